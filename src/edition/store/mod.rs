//! Where the sources of editions are kept.

mod folder;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::handbook::{Date, EditionNumber};
use crate::source::{Source, SourcePath};

use super::Seal;

pub use folder::{EDITIONS, FolderStore, folder_of};

/// A place where editions are kept.
pub trait Store: Send + Sync {
    /// The editions, the lowest number first.
    fn editions(&self) -> &[Listed];

    /// One file of an edition, without a look at the others; `None` where it has none of this name.
    fn peek(&self, edition: &Listed, path: &SourcePath) -> Option<SourceFile>;

    /// The sources of an edition.
    ///
    /// # Errors
    /// The store does not have them whole.
    fn open(&self, edition: &Listed) -> Result<Arc<dyn Source>, Vec<Diagnostic>>;
}

/// An edition of a store.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its number.
    pub number: EditionNumber,
    /// When it was published.
    pub date: Date,
    /// What its publisher says of it.
    pub note: String,
    /// Its seal, where the store keeps one beside the sources.
    pub seal: Option<Arc<Seal>>,
    /// The edition, for diagnostics.
    pub place: Place,
}
