//! The documents of a handbook, shared by all that were made of the same files.

use std::sync::Arc;

use rayon::prelude::*;

use super::Document;

/// The documents of a handbook, in the order of their paths. A copy shares them: a handbook of which one file was read
/// again is another handbook with one other document.
#[derive(Debug, Clone, Default)]
pub struct Documents(Vec<Arc<Document>>);

impl Documents {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The document of this number.
    pub fn get(&self, number: usize) -> Option<&Document> {
        self.0.get(number).map(Arc::as_ref)
    }

    /// Every document, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Document> + ExactSizeIterator + Clone {
        self.0.iter().map(Arc::as_ref)
    }

    /// The same, on all threads.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Document> {
        self.0.par_iter().map(Arc::as_ref)
    }

    /// Puts another document in the place of one.
    pub(super) fn replace(&mut self, number: usize, document: Arc<Document>) {
        if let Some(place) = self.0.get_mut(number) {
            *place = document;
        }
    }
}

impl FromIterator<Arc<Document>> for Documents {
    fn from_iter<T: IntoIterator<Item = Arc<Document>>>(documents: T) -> Self {
        Self(documents.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Documents {
    type Item = &'a Document;
    type IntoIter =
        std::iter::Map<std::slice::Iter<'a, Arc<Document>>, fn(&'a Arc<Document>) -> &'a Document>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Arc::as_ref)
    }
}
