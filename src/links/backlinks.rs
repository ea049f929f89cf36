//! What leads to a place.

use std::collections::HashMap;

use super::Target;

/// A reference that leads somewhere, seen from there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Backlink {
    /// The document that it stands in.
    pub document: usize,
    /// The heading that it stands under, in that document.
    pub heading: Option<usize>,
    /// Where it stands in the text; `None` for one of the front matter.
    pub at: Option<usize>,
}

/// Every reference by the place that it leads to, in the order of the handbook.
#[derive(Debug, Clone, Default)]
pub struct Backlinks(HashMap<Target, Vec<Backlink>>);

impl Backlinks {
    pub(super) fn add(&mut self, target: &Target, from: Backlink) {
        let list = self.0.entry(target.clone()).or_default();
        // A front matter that names a place twice says it once.
        if from.at.is_some() || list.last() != Some(&from) {
            list.push(from);
        }
    }

    /// The references to exactly this place.
    pub fn to(&self, target: &Target) -> &[Backlink] {
        self.0.get(target).map_or(&[], Vec::as_slice)
    }
}
