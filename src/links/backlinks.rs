//! What leads to a place.

use std::collections::HashMap;
use std::sync::Arc;

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

/// Every reference by the place that it leads to, in the order of the handbook. A copy shares what does not change.
#[derive(Debug, Clone, Default)]
pub struct Backlinks {
    /// What leads to a document and to its parts, by the number of the document.
    documents: Vec<Arc<HashMap<Target, Vec<Backlink>>>>,
    /// What leads elsewhere.
    others: HashMap<Target, Arc<Vec<Backlink>>>,
}

impl Backlinks {
    pub(super) fn add(&mut self, target: &Target, from: Backlink) {
        let Some(list) = self.list(target) else { return };
        let at = list.partition_point(|other| other.document <= from.document);
        // A front matter that names a place twice says it once.
        let before = at.checked_sub(1).and_then(|before| list.get(before));
        if from.at.is_some() || before != Some(&from) {
            list.insert(at, from);
        }
    }

    /// Forgets what leads from a document to a place.
    pub(super) fn remove(&mut self, target: &Target, document: usize) {
        if let Some(list) = self.list(target) {
            list.retain(|from| from.document != document);
        }
    }

    /// The references to exactly this place.
    pub fn to(&self, target: &Target) -> &[Backlink] {
        let list = match target.document() {
            Some(number) => self.documents.get(number).and_then(|document| document.get(target)),
            None => self.others.get(target).map(Arc::as_ref),
        };
        list.map_or(&[], Vec::as_slice)
    }

    /// The list of a place; what lies outside the handbook has none.
    fn list(&mut self, target: &Target) -> Option<&mut Vec<Backlink>> {
        if matches!(target, Target::External(_)) {
            return None;
        }
        // Most places are known by now: their names are not copied again.
        let Some(number) = target.document() else {
            if !self.others.contains_key(target) {
                self.others.insert(target.clone(), Arc::default());
            }
            return self.others.get_mut(target).map(Arc::make_mut);
        };
        if self.documents.len() <= number {
            self.documents.resize_with(number + 1, Arc::default);
        }
        let document = Arc::make_mut(self.documents.get_mut(number)?);
        if !document.contains_key(target) {
            document.insert(target.clone(), Vec::new());
        }
        document.get_mut(target)
    }
}
