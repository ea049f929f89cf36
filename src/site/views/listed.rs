//! A document in a list of documents, whatever the list is of.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diagnostic::Lang;
use crate::handbook::{Child, Document, Status};

use super::super::hrefs::Hrefs;
use super::words::{kind_key, status_label};

/// The most documents that a list shows whose documents are all listed elsewhere.
pub(super) const MOST_DOCUMENTS: usize = 100;

/// The documents beyond those that a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct MoreView {
    /// How many there are.
    count: usize,
    /// Where they are all listed.
    href: String,
}

impl MoreView {
    /// Those of so many documents that a list of `most` does not show; `None` where it shows them all.
    pub(super) fn beyond(most: usize, documents: usize, href: impl FnOnce() -> String) -> Option<Self> {
        let count = documents.saturating_sub(most);
        (count > 0).then(|| Self { count, href: href() })
    }
}

/// What every list says of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// Writes it as a part of a view that says more of the document, in so many fields: all stand side by side. So does
    /// `serde(flatten)`, which makes the name of every field anew for each document of each list.
    pub(super) fn serialize_with<S: Serializer>(
        &self,
        serializer: S,
        fields: usize,
        write: impl FnOnce(&mut S::SerializeStruct) -> Result<(), S::Error>,
    ) -> Result<S::Ok, S::Error> {
        let Self { title, href, id, kind, kind_label, status, status_label, lang } = self;
        let mut view = serializer.serialize_struct("ListedDocument", 8 + fields)?;
        view.serialize_field("title", title)?;
        view.serialize_field("href", href)?;
        view.serialize_field("id", id)?;
        view.serialize_field("kind", kind)?;
        view.serialize_field("kind_label", kind_label)?;
        view.serialize_field("status", status)?;
        view.serialize_field("status_label", status_label)?;
        view.serialize_field("lang", lang)?;
        write(&mut view)?;
        view.end()
    }
}
