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

/// The references that lead to documents and to their parts, by the number of the document; each list in the order of the
/// handbook. A copy shares what does not change.
#[derive(Debug, Clone, Default)]
pub(super) struct ToDocuments(Vec<Arc<HashMap<Target, Vec<Backlink>>>>);

/// The references that lead elsewhere, each list in the order of the handbook. What lies outside the handbook has none.
#[derive(Debug, Default)]
pub(super) struct ToOthers(HashMap<Target, Vec<Backlink>>);

impl ToDocuments {
    /// Adds a reference that leads to a document; any other is passed over.
    pub(super) fn add(&mut self, target: &Target, from: Backlink) {
        let Some(list) = self.list(target) else { return };
        let at = list.partition_point(|other| other.document <= from.document);
        if says_more(at.checked_sub(1).and_then(|before| list.get(before)), &from) {
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
    pub(super) fn to(&self, number: usize, target: &Target) -> &[Backlink] {
        self.0.get(number).and_then(|document| document.get(target)).map_or(&[], Vec::as_slice)
    }

    /// The documents that lead to a document or to a part of it.
    pub(super) fn sources(&self, number: usize) -> impl Iterator<Item = usize> {
        let lists = self.0.get(number).into_iter().flat_map(|document| document.values());
        lists.flatten().map(|from| from.document)
    }

    fn list(&mut self, target: &Target) -> Option<&mut Vec<Backlink>> {
        let number = target.document()?;
        if self.0.len() <= number {
            self.0.resize_with(number + 1, Arc::default);
        }
        list(Arc::make_mut(self.0.get_mut(number)?), target)
    }
}

impl ToOthers {
    /// Adds a reference that leads to something else than a document; any other is passed over.
    pub(super) fn add(&mut self, target: &Target, from: Backlink) {
        if target.document().is_some() || matches!(target, Target::External(_)) {
            return;
        }
        let Some(list) = list(&mut self.0, target) else { return };
        if says_more(list.last(), &from) {
            list.push(from);
        }
    }

    /// The references to exactly this place.
    pub(super) fn to(&self, target: &Target) -> &[Backlink] {
        self.0.get(target).map_or(&[], Vec::as_slice)
    }
}

/// A front matter that names a place twice says it once.
fn says_more(before: Option<&Backlink>, from: &Backlink) -> bool {
    from.at.is_some() || before != Some(from)
}

/// The list of a place. Most places are known by now: their names are not copied again.
fn list<'m>(lists: &'m mut HashMap<Target, Vec<Backlink>>, target: &Target) -> Option<&'m mut Vec<Backlink>> {
    if !lists.contains_key(target) {
        lists.insert(target.clone(), Vec::new());
    }
    lists.get_mut(target)
}
