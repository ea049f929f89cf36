//! The provisions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::handbook::Document;
use crate::site::Volume;

use super::names;
use super::place::{document_id, document_url};

/// One addressable statement of a document, with its normative level.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Provision")]
pub(super) struct ProvisionData<'s> {
    /// The author's name for it, such as `LG-04.1`: it never changes, and no two share it.
    pub(super) id: &'s str,
    /// The URL of the document that it stands in.
    pub(super) document: String,
    /// The id of that document.
    pub(super) document_id: Option<&'s str>,
    /// The title.
    pub(super) title: &'s str,
    /// How much it binds. What the handbook calls a level is in `vocabularies`.
    #[schemars(schema_with = "names::level")]
    pub(super) level: &'static str,
    /// Where it is, relative to the site's root.
    pub(super) url: String,
    /// The places of acts that its text cites, in compact form, each once. A provision implements what it cites.
    pub(super) addresses: Vec<String>,
}

/// The records of all provisions, in the order of the handbook.
pub(super) fn provisions(volume: &Volume) -> impl Iterator<Item = ProvisionData<'_>> {
    let documents = volume.handbook.documents.iter().enumerate();
    documents.flat_map(|(number, document)| of_document(volume, number, document))
}

fn of_document<'s>(
    volume: &'s Volume,
    number: usize,
    document: &'s Document,
) -> impl Iterator<Item = ProvisionData<'s>> {
    let chapter = &document.chapter;
    chapter.provisions.iter().filter_map(move |provision| {
        let heading = chapter.headings.get(provision.heading)?;
        let document = document_url(volume, number);
        Some(ProvisionData {
            id: heading.id.as_str(),
            document_id: document_id(volume, number),
            title: &heading.text,
            level: provision.level.name(),
            url: format!("{document}#{}", heading.id),
            addresses: volume
                .links
                .cited_by(number, chapter, provision)
                .into_iter()
                .map(ToString::to_string)
                .collect(),
            document,
        })
    })
}
