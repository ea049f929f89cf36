//! The links of one page, relative to where it stands.

use crate::act::{Address, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Child, Handbook};
use crate::links::Target;
use crate::markdown::{Citation, Host, Link, Reference, TermLink, TermUse};

use super::{Site, SitePath};

/// The page that a host shows for every address that does not exist.
pub(super) const NOT_FOUND: &str = "404.html";

/// Writes links as one page must write them.
#[derive(Clone, Copy)]
pub(super) struct Hrefs<'s> {
    pub(super) site: &'s Site,
    pub(super) from: &'s SitePath,
}

impl Hrefs<'_> {
    /// The link to a page or file. The 404 page is shown at any depth, so its links start from the root.
    pub(super) fn to(self, path: &SitePath) -> String {
        if self.from.as_str() == NOT_FOUND {
            return format!("{}{}", self.site.root_of_host(), path.url());
        }
        self.from.href_to(path)
    }

    /// The link to what a reference names.
    pub(super) fn to_target(self, target: &Target) -> String {
        if let Target::External(url) = target {
            return url.clone();
        }
        let Some((path, anchor)) = self.site.pages.of_target(target, &self.site.handbook) else {
            return String::new();
        };
        match anchor {
            Some(anchor) if path == *self.from => format!("#{anchor}"),
            Some(anchor) => format!("{}#{anchor}", self.to(&path)),
            None => self.to(&path),
        }
    }

    /// The link to a page of the tree of folders.
    pub(super) fn to_child(self, child: Child) -> String {
        self.site.pages.child(child).map(|path| self.to(path)).unwrap_or_default()
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
        Target::Address(address) => citation(address, handbook, lang),
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

/// The short citation of an address, with the act's name when it is not the handbook's first.
pub(super) fn citation(address: &Address, handbook: &Handbook, lang: Lang) -> String {
    let Some(act) = handbook.acts.get(address.act()) else { return address.to_string() };
    let style = Style::new(lang, Form::Short);
    let is_default = handbook.acts.default_act().is_some_and(|default| default.id == act.id);
    act.format(address, if is_default { style } else { style.with_act() })
}

/// The references of one document.
pub(super) struct DocumentHost<'s> {
    pub(super) hrefs: Hrefs<'s>,
    pub(super) document: usize,
    pub(super) lang: Lang,
}

impl Host for DocumentHost<'_> {
    fn link(&self, index: usize, reference: &Reference) -> Link {
        let site = self.hrefs.site;
        match site.links.text(self.document, index) {
            Some(target) => Link {
                href: self.hrefs.to_target(target),
                label: title_of(target, &site.handbook, self.lang),
            },
            None => Link { href: reference.target.clone(), label: reference.target.clone() },
        }
    }

    fn citation(&self, citation: &Citation) -> Link {
        let site = self.hrefs.site;
        let act = site.handbook.acts.get(citation.address.act());
        let style = Style::new(self.lang, Form::Full).with_act();
        Link {
            href: self.hrefs.to_target(&Target::Address(citation.address.clone())),
            label: act.map(|act| act.format(&citation.address, style)).unwrap_or_default(),
        }
    }

    fn term(&self, use_: &TermUse) -> TermLink {
        let handbook = &self.hrefs.site.handbook;
        let term = handbook.glossary.terms.get(use_.term);
        let document = handbook.documents.get(self.document);
        let written = document.and_then(|document| document.chapter.file.text().get(use_.range.clone()));
        TermLink {
            href: self.hrefs.to_target(&Target::Term(use_.term)),
            expansion: term
                .filter(|term| term.name != term.acronym.as_deref().unwrap_or(""))
                .filter(|term| term.acronym.as_deref() == written)
                .map(|term| term.name.clone()),
        }
    }
}
