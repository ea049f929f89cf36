//! Where a reference leads.

use crate::act::{ActId, Address};

/// A place that a reference can lead to. Numbers index the handbook's own lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A document.
    Document(usize),
    /// A heading of a document.
    Heading {
        /// The document.
        document: usize,
        /// The heading's id.
        anchor: String,
    },
    /// A provision of a document.
    Provision {
        /// The document.
        document: usize,
        /// Among the chapter's provisions.
        provision: usize,
    },
    /// A folder's page.
    Section(usize),
    /// A place in an act.
    Address(Address),
    /// An act as a whole.
    Act(ActId),
    /// A term of the glossary.
    Term(usize),
    /// The glossary.
    Glossary,
    /// The table of the activity lines.
    ActivityLines,
    /// A file that is copied.
    File(usize),
    /// Outside the handbook.
    External(String),
}

impl Target {
    /// The file of the handbook that this is.
    pub fn file(&self) -> Option<usize> {
        match self {
            Self::File(number) => Some(*number),
            Self::Document(_)
            | Self::Heading { .. }
            | Self::Provision { .. }
            | Self::Section(_)
            | Self::Address(_)
            | Self::Act(_)
            | Self::Term(_)
            | Self::Glossary
            | Self::ActivityLines
            | Self::External(_) => None,
        }
    }

    /// The document that this is, or is a part of.
    pub fn document(&self) -> Option<usize> {
        match self {
            Self::Document(document) | Self::Heading { document, .. } | Self::Provision { document, .. } => {
                Some(*document)
            }
            Self::Section(_)
            | Self::Address(_)
            | Self::Act(_)
            | Self::Term(_)
            | Self::Glossary
            | Self::ActivityLines
            | Self::File(_)
            | Self::External(_) => None,
        }
    }
}
