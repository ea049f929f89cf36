//! A handbook that was read, and that can be read again in parts.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic};
use crate::source::{Source, SourcePath};

use super::Handbook;
use super::document_file::{DocumentFile, Shared};

/// A handbook as it was read, with what it takes to read a part of it again. A copy shares what it holds.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The handbook.
    pub handbook: Handbook,
    /// Every file of Markdown, in the order of their paths.
    pub(super) files: Vec<Arc<DocumentFile>>,
    /// The files in which something is wrong.
    pub(super) wrong: BTreeSet<usize>,
    /// What is wrong in other files.
    pub(super) problems: Arc<[Diagnostic]>,
    pub(super) shared: Shared,
}

impl Loaded {
    /// All that is wrong, sorted by place.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let unread = &self.handbook.unread;
        let wrong = self.wrong.iter().filter_map(|at| self.files.get(*at));
        let of_documents = wrong.flat_map(|file| &file.read.problems);
        // Those of citations only where the acts are known.
        let told = of_documents.filter(|problem| !unread.may_cause(problem.code));
        let mut diagnostics: Vec<_> = told.chain(self.problems.iter()).cloned().collect();
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Reads some files again, and tells the numbers of the documents that say something else now. `None` where that is not
    /// enough: one is no document, or something has changed that other pages and lists know of it.
    pub fn reread(&self, source: &dyn Source, paths: &[SourcePath]) -> Option<(Self, Vec<usize>)> {
        let mut again = self.clone();
        let mut changed = Vec::new();
        for path in paths {
            let at = self.position(path)?;
            let before = self.files.get(at)?;
            let file = DocumentFile::read(source, path, &self.shared, Some(before));
            if !Arc::ptr_eq(&file.read, &before.read) {
                if !file.read.differs_in_words_only(&before.read) {
                    return None;
                }
                let number = self.files.iter().take(at).filter(|file| file.read.document.is_some()).count();
                again.handbook.documents.replace(number, file.read.document.clone()?);
                changed.push(number);
            }
            match file.read.problems.is_empty() {
                true => again.wrong.remove(&at),
                false => again.wrong.insert(at),
            };
            *again.files.get_mut(at)? = file;
        }
        Some((again, changed))
    }

    /// A file as it was read before, where the same reading would come of the same text.
    pub(super) fn file(&self, path: &SourcePath, key: blake3::Hash) -> Option<&Arc<DocumentFile>> {
        self.files.get(self.position(path).filter(|_| self.shared.key == key)?)
    }

    fn position(&self, path: &SourcePath) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok()
    }
}
