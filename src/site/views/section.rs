//! A folder's page.

use serde::Serialize;

use crate::handbook::{Child, Document, Section, Status};

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, PageInfo};
use super::words::{kind_key, status_label};

/// What `section.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct SectionPage {
    frame: Frame,
    title: String,
    entries: Vec<EntryView>,
}

/// A page that a section lists.
#[derive(Debug, Serialize)]
pub(in crate::site) struct EntryView {
    title: String,
    href: String,
    id: Option<String>,
    kind_label: Option<String>,
    status: Option<&'static str>,
    status_label: Option<String>,
    description: String,
    /// How many pages it holds, when it is a section.
    pages: Option<usize>,
}

/// The view of a folder without a page of its own.
pub(in crate::site) fn section(
    volume: &Volume,
    path: &SitePath,
    number: usize,
    section: &Section,
) -> SectionPage {
    let hrefs = Hrefs { volume, from: path };
    let title = if section.parent.is_none() { &volume.handbook.title } else { &section.title };
    let info = PageInfo {
        title,
        description: volume.handbook.config.description.as_deref().unwrap_or(title),
        lang: section.lang,
        child: Some(Child::Section(number)),
        above: Vec::new(),
    };
    SectionPage {
        frame: Frame::new(volume, path, info),
        title: title.clone(),
        entries: entries(volume, hrefs, section),
    }
}

/// The pages that a section holds, in reading order.
pub(super) fn entries(volume: &Volume, hrefs: Hrefs<'_>, section: &Section) -> Vec<EntryView> {
    section.children.iter().filter_map(|child| entry(volume, hrefs, *child)).collect()
}

fn entry(volume: &Volume, hrefs: Hrefs<'_>, child: Child) -> Option<EntryView> {
    let handbook = &volume.handbook;
    let href = hrefs.to_child(child);
    match child {
        Child::Document(number) => Some(document_entry(volume, href, handbook.documents.get(number)?)),
        Child::Section(number) => {
            let section = handbook.sections.get(number)?;
            let own = section.index.and_then(|index| handbook.documents.get(index));
            Some(EntryView {
                title: section.title.clone(),
                href,
                id: None,
                kind_label: None,
                status: None,
                status_label: None,
                description: own.map(|document| document.summary().to_owned()).unwrap_or_default(),
                pages: Some(section.children.len()),
            })
        }
    }
}

fn document_entry(volume: &Volume, href: String, document: &Document) -> EntryView {
    let strings = volume.theme.strings(document.lang);
    EntryView {
        title: document.title.clone(),
        href,
        id: document.id().map(ToString::to_string),
        kind_label: Some(strings.get(kind_key(document.kind())).to_owned()),
        status: document.front.status.map(Status::name),
        status_label: document.front.status.map(|status| status_label(volume, status, document.lang)),
        description: document.summary().to_owned(),
        pages: None,
    }
}
