//! The list of all editions.

use serde::Serialize;

use crate::edition::Edition;

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::edition::{
    ConsultationView, WithdrawnView, consultation_of, consultation_view, name, state_label, status_of,
    withdrawn_edition,
};
use super::frame::{Frame, LinkView, PageInfo};
use super::words::DateView;

/// What `editions.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct EditionsPage {
    frame: Frame,
    title: String,
    description: String,
    /// The newest first.
    editions: Vec<EditionRow>,
    /// The handbook as it is on disk, where it can be read.
    draft: Option<LinkView>,
    /// The feed of editions.
    feed: Option<String>,
}

/// An edition.
#[derive(Debug, Serialize)]
struct EditionRow {
    number: String,
    name: String,
    href: String,
    state: &'static str,
    state_label: String,
    date: DateView,
    /// What its publisher says of it, paragraph by paragraph.
    note: Vec<String>,
    /// When comments are asked for.
    consultation: Option<ConsultationView>,
    /// Since when and why it no longer holds.
    withdrawn: Option<WithdrawnView>,
    /// What has changed since the edition before.
    changes: Option<LinkView>,
}

/// The view of the list.
pub(in crate::site) fn editions(volume: &Volume, path: &SitePath) -> EditionsPage {
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let hrefs = Hrefs { volume, from: path };
    let library = &volume.library;
    let info = PageInfo::made(volume, "editions", "editions_description");
    let (title, description) = (info.title.to_owned(), info.description.to_owned());
    let changes_of = |text: usize| {
        let before = library.before(text)?;
        let page = volume.pages.changes().under(&library.folder(text));
        Some(LinkView::new(library.number(before)?.to_string(), hrefs.to_site(&page)))
    };
    let row = |(text, edition): (usize, &Edition)| {
        let status = status_of(volume, text);
        EditionRow {
            number: edition.number().to_string(),
            name: name(volume, text, strings),
            href: hrefs.to_edition(text, ""),
            state: status.name(),
            state_label: state_label(status, strings),
            date: DateView::new(edition.listed.date, lang),
            note: paragraphs(&edition.listed.note),
            consultation: consultation_of(volume, text)
                .map(|consultation| consultation_view(consultation, lang)),
            withdrawn: withdrawn_edition(hrefs, edition, lang, strings),
            changes: changes_of(text),
        }
    };
    let draft = library.shows_draft.then(|| {
        LinkView::new(name(volume, library.draft(), strings), hrefs.to_edition(library.draft(), ""))
    });
    let feed = library.editions_feed();
    EditionsPage {
        title,
        description,
        editions: library.shelf.editions().iter().enumerate().rev().map(row).collect(),
        draft,
        feed: volume.pages.get(&feed).map(|_| hrefs.to(&feed)),
        frame: Frame::new(volume, path, info),
    }
}

/// A note is plain text; an empty line parts paragraphs.
fn paragraphs(note: &str) -> Vec<String> {
    note.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
