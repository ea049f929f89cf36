//! The page of the analytic index.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::Document;
use crate::links::Target;

use super::super::analytic_index::{Entry, Group, Locator, groups};
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, PageInfo};
use super::words::{kind_key, status_label};

/// What `analytic-index.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct AnalyticIndexPage {
    frame: Frame,
    title: String,
    groups: Vec<GroupView>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GroupView {
    /// `a` … `z`, else `others`.
    id: String,
    title: String,
    entries: Vec<EntryView>,
}

#[derive(Debug, Serialize)]
struct EntryView {
    words: String,
    locators: Vec<LocatorView>,
}

#[derive(Debug, Serialize)]
struct LocatorView {
    /// What stands there.
    label: String,
    /// Its id.
    id: Option<String>,
    href: String,
}

/// The view of the analytic index.
pub(in crate::site) fn analytic_index(volume: &Volume, path: &SitePath) -> AnalyticIndexPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let info = PageInfo::made(volume, "analytic_index", "analytic_index_description");
    let title = info.title.to_owned();
    let groups: Vec<_> =
        groups(&volume.handbook).into_iter().map(|group| group_view(hrefs, group, lang)).collect();
    AnalyticIndexPage {
        frame: Frame::new(volume, path, info),
        title,
        count: groups.iter().map(|group| group.entries.len()).sum(),
        groups,
    }
}

fn group_view(hrefs: Hrefs<'_>, group: Group, lang: Lang) -> GroupView {
    let (id, title) = match group.letter {
        Some(letter) => (letter.to_ascii_lowercase().to_string(), letter.to_string()),
        None => ("others".to_owned(), hrefs.volume.theme.strings(lang).get("index_others").to_owned()),
    };
    let entries = group.entries.into_iter().map(|entry| entry_view(hrefs, entry, lang));
    GroupView { id, title, entries: entries.collect() }
}

fn entry_view(hrefs: Hrefs<'_>, entry: Entry, lang: Lang) -> EntryView {
    let locators = entry.locators.iter().map(|locator| {
        let (label, id) = label(hrefs.volume, locator, lang);
        LocatorView { label, id, href: hrefs.to_target(locator.target()) }
    });
    EntryView { locators: locators.collect(), words: entry.words }
}

/// What stands at a place, and its id.
fn label(volume: &Volume, locator: &Locator, lang: Lang) -> (String, Option<String>) {
    let strings = volume.theme.strings(lang);
    let handbook = &volume.handbook;
    let is_itself = matches!(locator, Locator::Itself(_));
    match locator.target() {
        Target::Term(number) => match handbook.glossary.terms.get(*number).filter(|_| !is_itself) {
            Some(term) => (format!("{} {}", strings.get("see").to_lowercase(), term.name), None),
            None => (strings.get("glossary").to_owned(), None),
        },
        Target::Document(number) | Target::Heading { document: number, .. } => handbook
            .documents
            .get(*number)
            .map(|document| document_label(volume, document, is_itself, lang))
            .unwrap_or_default(),
        Target::Provision { document, provision } => {
            let chapter = handbook.documents.get(*document).map(|document| &document.chapter);
            let heading =
                chapter.and_then(|chapter| chapter.headings.get(chapter.provisions.get(*provision)?.heading));
            (strings.get("provision").to_owned(), heading.map(|heading| heading.id.to_string()))
        }
        Target::Address(address) => (handbook.citation(address, lang), None),
        Target::Section(_)
        | Target::Act(_)
        | Target::Glossary
        | Target::ActivityLines
        | Target::File(_)
        | Target::External(_) => (String::new(), None),
    }
}

/// The kind and the id; without an id the title, where the entry is another word.
fn document_label(
    volume: &Volume,
    document: &Document,
    is_itself: bool,
    lang: Lang,
) -> (String, Option<String>) {
    let id = document.id().map(ToString::to_string);
    let mut label = volume.theme.strings(lang).get(kind_key(document.kind())).to_owned();
    if let Some(status) = document.front.status.filter(|status| status.is_over()) {
        label = format!("{label} ({})", status_label(volume, status, lang));
    }
    if id.is_none() && !is_itself {
        label = format!("{label} {}", document.title);
    }
    (label, id)
}
