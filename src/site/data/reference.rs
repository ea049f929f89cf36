//! The references from documents to anything.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::handbook::Document;
use crate::links::Target;
use crate::site::Volume;

use super::place::{PlaceData, document_url};

/// All references. Each record is made when it is written: together they are larger than the handbook.
pub(super) struct References<'s>(pub(super) &'s Volume);

impl<'s> References<'s> {
    /// Their records, document by document.
    pub(super) fn records(&self) -> impl Iterator<Item = ReferenceData<'s>> {
        let volume = self.0;
        let documents = volume.handbook.documents.iter().enumerate();
        documents.flat_map(|(number, document)| references(volume, number, document))
    }
}

impl Serialize for References<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.records())
    }
}

/// One reference of a document to something else. A text that refers twice has two.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Reference")]
pub(super) struct ReferenceData<'s> {
    /// Where it stands.
    pub(super) from: OriginData<'s>,
    /// How it is written.
    pub(super) how: How,
    /// Where it leads.
    pub(super) to: PlaceData,
    /// The sentence around it, as plain text; `null` for metadata, and where it stands in no sentence.
    pub(super) sentence: Option<&'s str>,
}

/// Where a reference stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Origin")]
pub(super) struct OriginData<'s> {
    /// The URL of the document.
    pub(super) document: Arc<str>,
    /// The anchor of the heading that it stands under; `null` before the first heading, and for metadata.
    pub(super) anchor: Option<&'s str>,
    /// The id of the provision that it stands in.
    pub(super) provision: Option<&'s str>,
}

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum How {
    /// A link that the author wrote.
    Link,
    /// A citation of a place of an act, in prose.
    Citation,
    /// A use of a term of the glossary, in prose, whether the page shows it as a link or not.
    Term,
    /// A value of the document's metadata.
    Metadata,
}

impl How {
    /// The stable name, as `Serialize` writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Citation => "citation",
            Self::Term => "term",
            Self::Metadata => "metadata",
        }
    }
}

/// The records of a document's references: metadata first, then the text in its order.
fn references<'s>(volume: &'s Volume, number: usize, document: &'s Document) -> Vec<ReferenceData<'s>> {
    let gatherer = Gatherer { volume, document, url: document_url(volume, number).into() };
    let chapter = &document.chapter;
    let mut found: Vec<(usize, ReferenceData<'s>)> = Vec::new();
    for (index, reference) in chapter.references.iter().enumerate() {
        let Some(target) = volume.links.text(number, index) else { continue };
        let at = reference.range.start;
        found.push((at, gatherer.in_text(How::Link, target, reference.heading, at)));
    }
    for citation in &chapter.citations {
        let at = citation.range.start;
        let target = Target::Address(citation.address.clone());
        found.push((at, gatherer.in_text(How::Citation, &target, citation.heading, at)));
    }
    for term in &chapter.terms {
        let at = term.range.start;
        found.push((at, gatherer.in_text(How::Term, &Target::Term(term.term), term.heading, at)));
    }
    found.sort_by_key(|(at, _)| *at);
    let articles = document.front.articles.iter().map(|(address, _)| Target::Address(address.clone()));
    let articles = articles.map(|target| gatherer.in_metadata(&target));
    let values = volume.links.of_metadata(number, document).map(|target| gatherer.in_metadata(target));
    articles.chain(values).chain(found.into_iter().map(|(_, reference)| reference)).collect()
}

struct Gatherer<'s> {
    volume: &'s Volume,
    document: &'s Document,
    url: Arc<str>,
}

impl<'s> Gatherer<'s> {
    fn in_text(&self, how: How, target: &Target, heading: Option<usize>, at: usize) -> ReferenceData<'s> {
        let chapter = &self.document.chapter;
        let id = |heading: usize| chapter.headings.get(heading).map(|heading| heading.id.as_str());
        let provision = heading.and_then(|heading| chapter.provision_around(heading));
        let from = OriginData {
            document: Arc::clone(&self.url),
            anchor: heading.and_then(id),
            provision: provision.and_then(|provision| id(provision.heading)),
        };
        ReferenceData { from, how, to: PlaceData::of(self.volume, target), sentence: chapter.sentence_at(at) }
    }

    fn in_metadata(&self, target: &Target) -> ReferenceData<'s> {
        let from = OriginData { document: Arc::clone(&self.url), anchor: None, provision: None };
        ReferenceData { from, how: How::Metadata, to: PlaceData::of(self.volume, target), sentence: None }
    }
}
