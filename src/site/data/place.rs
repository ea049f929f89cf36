//! A place that something leads to.

use schemars::JsonSchema;
use serde::Serialize;

use crate::handbook::Child;
use crate::links::{ProvisionRef, Target};
use crate::site::Volume;

/// A place that something refers to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Place")]
pub(super) struct PlaceData {
    /// What it is.
    pub(super) kind: PlaceKind,
    /// The stable name: the id of a document or provision, the anchor of a heading, the compact form of an address
    /// (`reg-2014-240:5.2.c`), the id of an act, the name of a term. `null` where there is none.
    pub(super) name: Option<String>,
    /// Where it is: relative to the site's root, or absolute outside the handbook.
    pub(super) url: String,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PlaceKind {
    /// A document.
    Document,
    /// A heading of a document that is no provision.
    Heading,
    /// A provision.
    Provision,
    /// The page of a folder.
    Section,
    /// A place in an act.
    Address,
    /// An act as a whole.
    Act,
    /// A term of the glossary.
    Term,
    /// The glossary.
    Glossary,
    /// The table of the activity lines.
    ActivityLines,
    /// A file that readers download, or an image.
    File,
    /// A place outside the handbook.
    External,
}

impl PlaceKind {
    /// The stable name, as `Serialize` writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Heading => "heading",
            Self::Provision => "provision",
            Self::Section => "section",
            Self::Address => "address",
            Self::Act => "act",
            Self::Term => "term",
            Self::Glossary => "glossary",
            Self::ActivityLines => "activity-lines",
            Self::File => "file",
            Self::External => "external",
        }
    }
}

impl PlaceData {
    /// The place that a reference leads to.
    pub(super) fn of(volume: &Volume, target: &Target) -> Self {
        let (kind, name) = name(volume, target);
        Self { kind, name, url: url(volume, target) }
    }
}

fn name(volume: &Volume, target: &Target) -> (PlaceKind, Option<String>) {
    let handbook = &volume.handbook;
    match target {
        Target::Document(number) => (PlaceKind::Document, document_id(volume, *number).map(str::to_owned)),
        Target::Heading { anchor, .. } => (PlaceKind::Heading, Some(anchor.clone())),
        Target::Provision { document, provision } => {
            let provision = ProvisionRef { document: *document, provision: *provision };
            (PlaceKind::Provision, provision_id(volume, provision).map(str::to_owned))
        }
        Target::Section(_) => (PlaceKind::Section, None),
        Target::Address(address) => (PlaceKind::Address, Some(address.to_string())),
        Target::Act(id) => (PlaceKind::Act, Some(id.to_string())),
        Target::Term(number) => {
            (PlaceKind::Term, handbook.glossary.terms.get(*number).map(|term| term.name.clone()))
        }
        Target::Glossary => (PlaceKind::Glossary, None),
        Target::ActivityLines => (PlaceKind::ActivityLines, None),
        Target::File(_) => (PlaceKind::File, None),
        Target::External(_) => (PlaceKind::External, None),
    }
}

/// The URL of a target, relative to the site's root.
pub(super) fn url(volume: &Volume, target: &Target) -> String {
    if let Target::External(url) = target {
        return url.clone();
    }
    match volume.pages.of_target(target, &volume.handbook) {
        Some((path, Some(anchor))) => format!("{}#{anchor}", path.url()),
        Some((path, None)) => path.url(),
        None => String::new(),
    }
}

/// The URL of a document, relative to the site's root.
pub(super) fn document_url(volume: &Volume, number: usize) -> String {
    volume.pages.child(Child::Document(number)).map(|path| path.url()).unwrap_or_default()
}

/// The author's id of a document.
pub(super) fn document_id(volume: &Volume, number: usize) -> Option<&str> {
    let document = volume.handbook.documents.get(number)?;
    document.id().map(|id| id.as_str())
}

/// The id of a provision.
pub(super) fn provision_id(volume: &Volume, provision: ProvisionRef) -> Option<&str> {
    let chapter = &volume.handbook.documents.get(provision.document)?.chapter;
    let heading = chapter.provisions.get(provision.provision)?.heading;
    chapter.headings.get(heading).map(|heading| heading.id.as_str())
}
