//! A value of the metadata that names something else.

use std::ops::Range;

use crate::yaml::{Fields, Node};

/// A value that names something else of the handbook, resolved by the next room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdReference {
    /// The id, path or citation as written.
    pub text: String,
    /// Where it stands.
    pub range: Range<usize>,
}

impl IdReference {
    pub(super) fn new((text, node): (String, &Node)) -> Self {
        Self { text, range: node.range.clone() }
    }

    /// The references in a list under a key; absent is empty.
    pub(super) fn list(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<Self> {
        fields.texts(key).into_iter().map(Self::new).collect()
    }
}
