//! A document in a list of documents, whatever the list is of.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Child, Document, Status};

use super::super::hrefs::Hrefs;
use super::words::{kind_key, status_label};

/// What every list says of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ListedDocument {
    title: String,
    pub(super) href: String,
    id: Option<String>,
    kind: &'static str,
    kind_label: String,
    status: Option<&'static str>,
    status_label: String,
    /// Its language, where it is not the page's.
    lang: Option<&'static str>,
}

impl ListedDocument {
    /// The document with this number, on a page in this language.
    pub(super) fn of(hrefs: Hrefs<'_>, number: usize, document: &Document, lang: Lang) -> Self {
        let status = document.front.status;
        Self {
            title: document.title.clone(),
            href: hrefs.to_child(Child::Document(number)),
            id: document.id().map(ToString::to_string),
            kind: document.kind().name(),
            kind_label: hrefs.volume.theme.strings(lang).get(kind_key(document.kind())).to_owned(),
            status: status.map(Status::name),
            status_label: status.map(|status| status_label(hrefs.volume, status, lang)).unwrap_or_default(),
            lang: (document.lang != lang).then(|| document.lang.tag()),
        }
    }
}
