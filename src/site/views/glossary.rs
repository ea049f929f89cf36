//! The glossary's page.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{IdReference, Term};
use crate::links::Target;

use super::super::hrefs::{Hrefs, title_of};
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo};
use super::linked;

/// What `glossary.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct GlossaryPage {
    frame: Frame,
    title: String,
    letters: Vec<LetterView>,
    count: usize,
}

/// The terms under one letter.
#[derive(Debug, Serialize)]
struct LetterView {
    letter: String,
    terms: Vec<TermView>,
}

/// An entry.
#[derive(Debug, Serialize)]
pub(super) struct TermView {
    id: String,
    name: String,
    acronym: Option<String>,
    /// HTML.
    definition: String,
    see: Vec<LinkView>,
    also: Vec<LinkView>,
    /// How many documents use it.
    uses: usize,
    /// The page that lists them.
    page: String,
}

/// The view of the glossary.
pub(in crate::site) fn glossary(volume: &Volume, path: &SitePath) -> GlossaryPage {
    let lang = volume.handbook.config.default_language();
    let info = PageInfo::made(volume, "glossary", "glossary_description");
    let title = info.title.to_owned();
    let hrefs = Hrefs { volume, from: path };
    let terms = &volume.handbook.glossary.terms;
    let mut letters: Vec<LetterView> = Vec::new();
    for (number, term) in terms.iter().enumerate() {
        let letter: String = term.slug.chars().take(1).map(|c| c.to_ascii_uppercase()).collect();
        let view = term_view(hrefs, number, term, lang);
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.terms.push(view),
            None => letters.push(LetterView { letter, terms: vec![view] }),
        }
    }
    let mut frame = Frame::new(volume, path, info);
    frame.set_linked(linked::of_glossary(volume, path, &title, lang));
    GlossaryPage { frame, title, letters, count: terms.len() }
}

/// An entry with its links.
pub(super) fn term_view(hrefs: Hrefs<'_>, number: usize, term: &Term, lang: Lang) -> TermView {
    let backlinks = hrefs.volume.links.backlinks(&Target::Term(number), &hrefs.volume.handbook);
    let mut documents: Vec<usize> = backlinks.iter().map(|backlink| backlink.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let links = |references: &[IdReference]| {
        references
            .iter()
            .filter_map(|reference| {
                let target = hrefs.volume.links.glossary(reference)?;
                Some(LinkView::new(title_of(target, &hrefs.volume.handbook, lang), hrefs.to_target(target)))
            })
            .collect()
    };
    TermView {
        id: term.slug.clone(),
        name: term.name.clone(),
        acronym: term.acronym.clone().filter(|acronym| *acronym != term.name),
        definition: hrefs.with_links(&term.definition, Some(number), lang),
        see: links(&term.see),
        also: links(&term.also),
        uses: documents.len(),
        page: hrefs.to(&hrefs.volume.pages.term(&term.slug)),
    }
}
