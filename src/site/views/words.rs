//! The names of kinds and statuses, and days in words.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Date, Kind, Status};
use crate::site::Volume;

/// A day for people and for machines.
#[derive(Debug, Serialize)]
pub(super) struct DateView {
    iso: String,
    words: String,
}

impl DateView {
    pub(super) fn new(date: Date, lang: Lang) -> Self {
        Self { iso: date.to_string(), words: date.in_words(lang) }
    }
}

/// The key of a kind's name among the interface strings.
pub(in crate::site) fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Guideline => "kind_guideline",
        Kind::Practice => "kind_practice",
        Kind::Tool => "kind_tool",
        Kind::Indicator => "kind_indicator",
        Kind::Page => "kind_page",
    }
}

/// The words for a status: the vocabulary's, else the theme's.
pub(in crate::site) fn status_label(volume: &Volume, status: Status, lang: Lang) -> String {
    if let Some(known) = volume.handbook.vocabularies.statuses.known_label(status.name(), lang) {
        return known.to_owned();
    }
    let key = match status {
        Status::Draft => "status_draft",
        Status::Consultation => "status_consultation",
        Status::Approved => "status_approved",
        Status::Superseded => "status_superseded",
        Status::Withdrawn => "status_withdrawn",
    };
    volume.theme.strings(lang).get(key).to_owned()
}
