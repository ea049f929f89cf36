//! The links of one page, relative to where it stands.

use std::borrow::Cow;

use crate::act::{Acts, Address, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Child, Handbook};
use crate::links::Target;
use crate::markdown::{
    Citation, CitationForms, Heading, Highlighter, Host, Lexicon, Link, Reference, TermLink, TermUse,
    linked_text,
};

use super::whole::Whole;
use super::{SitePath, Volume, provision};

/// The page that a host shows for every address that does not exist.
pub(super) const NOT_FOUND: &str = "404.html";

/// Writes links as one page must write them.
#[derive(Clone, Copy)]
pub(super) struct Hrefs<'s> {
    pub(super) volume: &'s Volume,
    pub(super) from: &'s SitePath,
}

impl<'s> Hrefs<'s> {
    /// The link to a page or file. The 404 page is shown at any depth, so its links start from the root.
    pub(super) fn to(self, path: &SitePath) -> String {
        if self.from.as_str() == NOT_FOUND {
            return format!("{}{}", self.volume.root_of_host(), path.url());
        }
        self.from.href_to(path)
    }

    /// The link to a path of the whole site, which may be of another edition.
    pub(super) fn to_site(self, path: &SitePath) -> String {
        if self.from.as_str() == NOT_FOUND {
            return format!("{}{}", self.volume.root_of_host(), path.url());
        }
        self.from.under(&self.volume.mount.folder).href_to(path)
    }

    /// The link to an address of a text, where readers are sent to for it: a page, and a place on it after a `#`.
    pub(super) fn to_text(self, text: usize, address: &str) -> String {
        self.to_address(&self.volume.library.public_folder(text), address)
    }

    /// The link to an address of a text in its own folder, where it stays for ever.
    pub(super) fn to_edition(self, text: usize, address: &str) -> String {
        self.to_address(&self.volume.library.folder(text), address)
    }

    /// The link to an address of the volume that the page is in.
    pub(super) fn to_own(self, address: &str) -> String {
        self.to_address(&self.volume.mount.folder, address)
    }

    fn to_address(self, folder: &str, address: &str) -> String {
        let (page, anchor) = address.split_once('#').map_or((address, None), |(page, at)| (page, Some(at)));
        let page = SitePath::page(page).under(folder);
        match anchor {
            Some(anchor) => format!("{}#{anchor}", self.to_site(&page)),
            None => self.to_site(&page),
        }
    }

    /// Where things stand on the page, if it is the one with the whole handbook.
    pub(super) fn whole(self) -> Option<&'s Whole> {
        self.volume.pages.is_print(self.from).then(|| self.volume.whole())
    }

    /// The link to what a reference names.
    pub(super) fn to_target(self, target: &Target) -> String {
        if let Target::External(url) = target {
            return url.clone();
        }
        if let Some(place) = self.whole().and_then(|whole| whole.anchor(target, &self.volume.handbook)) {
            return format!("#{place}");
        }
        let Some((path, anchor)) = self.volume.pages.of_target(target, &self.volume.handbook) else {
            return String::new();
        };
        match anchor {
            Some(anchor) if path == *self.from => format!("#{anchor}"),
            Some(anchor) => format!("{}#{anchor}", self.to(&path)),
            None => self.to(&path),
        }
    }

    /// The link to a place that a text cites, with its name in full.
    fn to_cited(self, address: &Address, lang: Lang) -> Link {
        let act = self.volume.handbook.acts.get(address.act());
        let style = Style::new(lang, Form::Full).with_act();
        Link {
            href: self.to_target(&Target::Address(address.clone())),
            label: act.map(|act| act.format(address, style)).unwrap_or_default(),
        }
    }

    /// The link to a term, expanded where what is written is its acronym.
    fn to_term(self, number: usize, written: Option<&str>) -> TermLink {
        let term = self.volume.handbook.glossary.terms.get(number);
        let stands_for =
            term.filter(|term| term.acronym.as_deref() == written && written != Some(&term.name));
        TermLink {
            href: self.to_target(&Target::Term(number)),
            expansion: stands_for.map(|term| term.name.clone()),
        }
    }

    /// A text of the metadata as HTML, with its citations and terms as links; `own` is the term that it defines.
    pub(super) fn with_links(self, text: &str, own: Option<usize>, lang: Lang) -> String {
        let handbook = &self.volume.handbook;
        let (no_acts, no_terms) = (Acts::default(), Lexicon::default());
        let acts = if handbook.config.link_citations { &handbook.acts } else { &no_acts };
        let lexicon = if handbook.config.link_terms { &handbook.glossary.lexicon } else { &no_terms };
        linked_text(text, acts, lexicon, own, &TextHost { hrefs: self, text, lang })
    }

    /// The link to a page of the tree of folders.
    pub(super) fn to_child(self, child: Child) -> String {
        self.volume.pages.child(child).map(|path| self.to(path)).unwrap_or_default()
    }
}

/// The words for a target that a reference names without its own.
pub(super) fn title_of(target: &Target, handbook: &Handbook, lang: Lang) -> String {
    let document = |number: usize| handbook.documents.get(number);
    match target {
        Target::Document(number) => document(*number).map(|d| d.title.clone()).unwrap_or_default(),
        Target::Heading { document: number, anchor } => document(*number)
            .and_then(|d| d.chapter.heading_with_id(anchor))
            .map(|heading| heading.text.clone())
            .unwrap_or_default(),
        Target::Provision { document: number, provision } => document(*number)
            .and_then(|d| d.chapter.headings.get(d.chapter.provisions.get(*provision)?.heading))
            .map(|heading| format!("{} {}", heading.id, heading.text))
            .unwrap_or_default(),
        Target::Section(number) => {
            handbook.sections.get(*number).map(|s| s.title.clone()).unwrap_or_default()
        }
        Target::Address(address) => handbook.citation(address, lang),
        Target::Act(id) => {
            handbook.acts.get(id).map(|act| act.name(lang, Form::Short).to_owned()).unwrap_or_default()
        }
        Target::Term(number) => {
            handbook.glossary.terms.get(*number).map(|t| t.name.clone()).unwrap_or_default()
        }
        Target::Glossary | Target::ActivityLines | Target::File(_) => String::new(),
        Target::External(url) => url.clone(),
    }
}

/// The references of one document.
pub(super) struct DocumentHost<'s> {
    pub(super) hrefs: Hrefs<'s>,
    pub(super) document: usize,
    pub(super) lang: Lang,
}

impl Host for DocumentHost<'_> {
    fn link(&self, index: usize, reference: &Reference) -> Link {
        let volume = self.hrefs.volume;
        match volume.links.text(self.document, index) {
            Some(target) => Link {
                href: self.hrefs.to_target(target),
                label: title_of(target, &volume.handbook, self.lang),
            },
            None => Link { href: reference.target.clone(), label: reference.target.clone() },
        }
    }

    fn citation(&self, citation: &Citation) -> Link {
        self.hrefs.to_cited(&citation.address, self.lang)
    }

    fn term(&self, term: &TermUse) -> TermLink {
        let document = self.hrefs.volume.handbook.documents.get(self.document);
        let written = document.and_then(|document| document.chapter.file.text().get(term.range.clone()));
        self.hrefs.to_term(term.term, written)
    }

    fn image_size(&self, index: usize) -> Option<(u32, u32)> {
        let file = self.hrefs.volume.links.text(self.document, index)?.file()?;
        self.hrefs.volume.image_size(file)
    }

    fn number(&self, heading: &Heading) -> Option<String> {
        self.hrefs.volume.handbook.documents.get(self.document)?.number_of(heading)
    }

    fn citing(&self, heading: &Heading) -> Option<CitationForms> {
        if self.hrefs.whole().is_some() {
            return None;
        }
        let document = self.hrefs.volume.handbook.documents.get(self.document)?;
        Some(provision::forms(self.hrefs, document, heading))
    }

    fn id<'i>(&self, id: &'i str) -> Cow<'i, str> {
        match self.hrefs.whole() {
            Some(whole) => Cow::Owned(whole.id(self.document, id).into_owned()),
            None => Cow::Borrowed(id),
        }
    }

    fn highlighter(&self) -> Option<&Highlighter> {
        Some(self.hrefs.volume.highlighter())
    }

    fn shared(&self) -> Option<&str> {
        self.hrefs.whole()?;
        Some(&self.hrefs.volume.handbook.documents.get(self.document)?.title)
    }
}

/// A plain text of the metadata: it has no references.
struct TextHost<'s> {
    hrefs: Hrefs<'s>,
    text: &'s str,
    lang: Lang,
}

impl Host for TextHost<'_> {
    fn link(&self, _: usize, reference: &Reference) -> Link {
        Link { href: reference.target.clone(), label: reference.target.clone() }
    }

    fn citation(&self, citation: &Citation) -> Link {
        self.hrefs.to_cited(&citation.address, self.lang)
    }

    fn term(&self, term: &TermUse) -> TermLink {
        self.hrefs.to_term(term.term, self.text.get(term.range.clone()))
    }
}
