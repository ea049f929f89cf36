//! How a document is cited, for a reader without a script too.

use serde::Serialize;

use crate::handbook::{Document, Kind};

use super::super::citation;
use super::super::hrefs::Hrefs;

/// The forms of a citation, and the addresses of what is in no provision: those stand in the provision's own box.
#[derive(Debug, Serialize)]
pub(super) struct CitationView {
    short: String,
    full: String,
    /// Only when the site's address is known.
    address: Option<String>,
    paragraphs: Vec<ParagraphsView>,
}

/// The paragraphs under one heading.
#[derive(Debug, Serialize)]
struct ParagraphsView {
    /// The heading; `None` before the first.
    heading: Option<String>,
    paragraphs: Vec<ParagraphView>,
}

#[derive(Debug, Serialize)]
struct ParagraphView {
    number: usize,
    id: String,
}

/// The view of a document that is worth citing: one with an id or a kind.
pub(super) fn citation_view(hrefs: Hrefs<'_>, document: &Document) -> Option<CitationView> {
    let id = document.id().map(ToString::to_string);
    if id.is_none() && document.kind() == Kind::Page {
        return None;
    }
    let forms = citation::forms(hrefs, document, id.as_deref(), &document.title);
    Some(CitationView {
        short: forms.short,
        full: forms.full,
        address: forms.address,
        paragraphs: paragraphs(document),
    })
}

fn paragraphs(document: &Document) -> Vec<ParagraphsView> {
    let chapter = &document.chapter;
    let mut groups: Vec<(Option<usize>, Vec<ParagraphView>)> = Vec::new();
    for paragraph in &chapter.paragraphs {
        if paragraph.heading.is_some_and(|heading| chapter.provision_at(heading).is_some()) {
            continue;
        }
        let view = ParagraphView { number: paragraph.number, id: paragraph.id.to_string() };
        match groups.last_mut().filter(|(heading, _)| *heading == paragraph.heading) {
            Some((_, group)) => group.push(view),
            None => groups.push((paragraph.heading, vec![view])),
        }
    }
    let heading = |index: usize| {
        let heading = chapter.headings.get(index)?;
        let number = document.number_of(heading).map(|number| format!("{number} ")).unwrap_or_default();
        Some(format!("{number}{}", heading.text))
    };
    groups
        .into_iter()
        .map(|(index, paragraphs)| ParagraphsView { heading: index.and_then(heading), paragraphs })
        .collect()
}
