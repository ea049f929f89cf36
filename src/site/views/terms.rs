//! A term's own page: its definition, and where the handbook uses it.

use serde::Serialize;

use crate::links::Target;

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo};
use super::glossary::{TermView, term_view};
use super::linked;
use super::mentions::{MentionsView, mentions};

/// What `term.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct TermPage {
    frame: Frame,
    title: String,
    term: TermView,
    forms: Vec<String>,
    /// The entry among the others.
    in_glossary: String,
    mentions: MentionsView,
}

/// The view of one term.
pub(in crate::site) fn term(volume: &Volume, path: &SitePath, number: usize) -> Option<TermPage> {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let terms = &volume.handbook.glossary.terms;
    let term = terms.get(number)?;
    let strings = volume.theme.strings(lang);
    let above = vec![LinkView::new(strings.get("glossary"), hrefs.to(&volume.pages.glossary()))];
    let info = PageInfo { title: &term.name, description: &term.definition, lang, child: None, above };
    let mut frame = Frame::new(volume, path, info);
    frame.set_linked(linked::of_term(volume, path, term, lang));
    let neighbour = |number: Option<usize>| {
        let number = number?;
        let neighbour = terms.get(number)?;
        Some(LinkView::new(&neighbour.name, hrefs.to(&volume.pages.term(&neighbour.slug))))
    };
    frame.set_neighbours(neighbour(number.checked_sub(1)), neighbour(number.checked_add(1)));
    let other = |form: &&String| **form != term.name && Some(*form) != term.acronym.as_ref();
    Some(TermPage {
        frame,
        title: term.name.clone(),
        term: term_view(hrefs, number, term, lang),
        forms: term.forms.iter().filter(other).cloned().collect(),
        in_glossary: hrefs.to_target(&Target::Term(number)),
        mentions: mentions(hrefs, [(Target::Term(number), None)], None, lang),
    })
}
