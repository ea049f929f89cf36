//! The documents, and what only tools and indicators have.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Change, Details, Document, IdReference, Status};
use crate::site::Volume;

use super::names;
use super::place::{PlaceData, document_url};

/// One page that an author wrote. The optional fields are those of the handbook's metadata; `null`, or an empty
/// list, means that the author does not say.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Document")]
pub(super) struct DocumentData<'s> {
    /// Where it is, relative to the site's root; empty for the home page. Every document has one, and no two share it.
    pub(super) url: String,
    /// The author's name for it, such as `LG-04`: it never changes.
    pub(super) id: Option<&'s str>,
    /// The kind of document.
    #[schemars(schema_with = "names::kind")]
    pub(super) kind: &'static str,
    /// The title.
    pub(super) title: &'s str,
    /// One sentence on what it says.
    pub(super) description: Option<&'s str>,
    /// Where it stands in its life. What the handbook calls a status is in `vocabularies`.
    #[schemars(schema_with = "names::status")]
    pub(super) status: Option<&'static str>,
    /// The language that it is written in, as a BCP 47 tag.
    pub(super) language: &'static str,
    /// The places of acts that the document as a whole is about, in compact form.
    pub(super) articles: Vec<String>,
    /// The phases that it concerns (vocabulary `phases`).
    pub(super) phases: &'s [String],
    /// For whom it is (vocabulary `audience`).
    pub(super) audience: &'s [String],
    /// Which partners it concerns (vocabulary `partner_types`).
    pub(super) partner_types: &'s [String],
    /// The programming periods that it concerns (vocabulary `periods`).
    pub(super) periods: &'s [String],
    /// The funds that it concerns (vocabulary `funds`).
    pub(super) funds: Vec<&'s str>,
    /// The territories that it concerns (vocabulary `territories`).
    pub(super) territories: &'s [String],
    /// Words under which a reader may look for it.
    pub(super) keywords: &'s [String],
    /// The author's own version, as written.
    pub(super) version: Option<&'s str>,
    /// The day of its last update.
    #[schemars(extend("format" = "date"))]
    pub(super) updated: Option<String>,
    /// The day by which somebody should review it.
    #[schemars(extend("format" = "date"))]
    pub(super) review_by: Option<String>,
    /// Whether its figures or stories are examples: it describes no events that happened and no recorded data.
    pub(super) illustrative: bool,
    /// The document that replaces it.
    pub(super) superseded_by: Option<PlaceData>,
    /// What has changed in it since the edition before, and why.
    pub(super) changes: Vec<ChangeData<'s>>,
}

/// A change of a document, with its reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Change")]
pub(super) struct ChangeData<'s> {
    /// The edition that brings it.
    pub(super) edition: Option<&'s str>,
    /// What has changed, where it is not the document as a whole.
    pub(super) provision: Option<PlaceData>,
    /// The practices or the places of acts that are its reason.
    pub(super) because: Vec<PlaceData>,
    /// What has changed, in words.
    pub(super) note: Option<&'s str>,
}

/// What only a tool has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Tool")]
pub(super) struct ToolData<'s> {
    /// The URL of its document.
    pub(super) document: String,
    /// What it is (vocabulary `tool_types`).
    pub(super) tool_type: Option<&'s str>,
    /// The guidelines and provisions that it serves.
    pub(super) supports: Vec<PlaceData>,
}

/// What only an indicator has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Indicator")]
pub(super) struct IndicatorData<'s> {
    /// The URL of its document.
    pub(super) document: String,
    /// What it measures (vocabulary `indicator_natures`).
    pub(super) nature: Option<&'s str>,
    /// The unit of its values.
    pub(super) unit: Option<&'s str>,
    /// How it is computed.
    pub(super) formula: Option<&'s str>,
    /// Who records it.
    pub(super) source: Option<&'s str>,
    /// The file of its values.
    pub(super) data: Option<PlaceData>,
    /// The guidelines and provisions that it measures.
    pub(super) measures: Vec<PlaceData>,
}

/// The records of all documents, in the order of the handbook.
pub(super) fn documents(volume: &Volume) -> impl Iterator<Item = DocumentData<'_>> {
    let documents = volume.handbook.documents.iter().enumerate();
    documents.map(|(number, found)| document(volume, number, found))
}

/// The records of all tools.
pub(super) fn tools(volume: &Volume) -> impl Iterator<Item = ToolData<'_>> {
    let documents = volume.handbook.documents.iter().enumerate();
    documents.filter_map(|(number, document)| tool(volume, number, document))
}

/// The records of all indicators.
pub(super) fn indicators(volume: &Volume) -> impl Iterator<Item = IndicatorData<'_>> {
    let documents = volume.handbook.documents.iter().enumerate();
    documents.filter_map(|(number, document)| indicator(volume, number, document))
}

fn document<'s>(volume: &'s Volume, number: usize, document: &'s Document) -> DocumentData<'s> {
    DocumentData {
        url: document_url(volume, number),
        id: document.id().map(|id| id.as_str()),
        kind: document.kind().name(),
        title: &document.title,
        description: document.front.description.as_deref(),
        status: document.front.status.map(Status::name),
        language: Lang::tag(document.lang),
        articles: document.front.articles.iter().map(|(address, _)| address.to_string()).collect(),
        phases: &document.front.phases,
        audience: &document.front.audience,
        partner_types: &document.front.partner_types,
        periods: &document.front.periods,
        funds: document.front.funds.iter().map(|(fund, _)| fund.as_str()).collect(),
        territories: &document.front.territories,
        keywords: &document.front.keywords,
        version: document.front.version.as_deref(),
        updated: document.front.updated.map(|date| date.to_string()),
        review_by: document.front.review_by.as_ref().map(|(date, _)| date.to_string()),
        illustrative: document.front.illustrative,
        superseded_by: document.front.superseded_by.as_ref().and_then(|value| named(volume, number, value)),
        changes: document.front.changes.iter().map(|change| change_data(volume, number, change)).collect(),
    }
}

fn change_data<'s>(volume: &Volume, number: usize, change: &'s Change) -> ChangeData<'s> {
    ChangeData {
        edition: change.edition.as_deref(),
        provision: change.provision.as_ref().and_then(|value| named(volume, number, value)),
        because: all_named(volume, number, &change.because),
        note: change.note.as_deref(),
    }
}

/// The record of a tool; `None` for another document.
fn tool<'s>(volume: &Volume, number: usize, document: &'s Document) -> Option<ToolData<'s>> {
    match &document.front.details {
        Details::Tool { tool_type, supports } => Some(ToolData {
            document: document_url(volume, number),
            tool_type: tool_type.as_deref(),
            supports: all_named(volume, number, supports),
        }),
        Details::Guideline | Details::Practice { .. } | Details::Indicator { .. } | Details::Page => None,
    }
}

/// The record of an indicator; `None` for another document.
fn indicator<'s>(volume: &Volume, number: usize, document: &'s Document) -> Option<IndicatorData<'s>> {
    match &document.front.details {
        Details::Indicator { nature, unit, formula, source, data, measures, .. } => Some(IndicatorData {
            document: document_url(volume, number),
            nature: nature.as_deref(),
            unit: unit.as_deref(),
            formula: formula.as_deref(),
            source: source.as_deref(),
            data: data.as_ref().and_then(|value| named(volume, number, value)),
            measures: all_named(volume, number, measures),
        }),
        Details::Guideline | Details::Practice { .. } | Details::Tool { .. } | Details::Page => None,
    }
}

/// The place that a value of a document's metadata names.
pub(super) fn named(volume: &Volume, number: usize, value: &IdReference) -> Option<PlaceData> {
    volume.links.metadata(number, value).map(|target| PlaceData::of(volume, target))
}

fn all_named(volume: &Volume, number: usize, values: &[IdReference]) -> Vec<PlaceData> {
    values.iter().filter_map(|value| named(volume, number, value)).collect()
}
