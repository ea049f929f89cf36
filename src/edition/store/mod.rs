//! Where the sources of editions are kept.

mod folder;
mod git;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::handbook::{Date, EditionNumber, EditionSettings, StoreKind};
use crate::source::{Source, SourcePath};

use super::{KnownSeals, Seal};

pub use folder::{EDITIONS, FolderStore, folder_of};
pub use git::{GitStore, Tags, message_of};

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

/// A store, and what is wrong in it.
pub type OpenStore = (Box<dyn Store>, Vec<Diagnostic>);

/// Opens the store that the settings name, which stand in `file`; what is there and is no edition is reported. Seals that
/// are `known` are not read again.
///
/// # Errors
/// The handbook is in no repository, or in one that cannot be opened.
pub fn open_store(
    source: &Arc<dyn Source>,
    settings: &EditionSettings,
    file: Option<&SourceFile>,
    known: &KnownSeals,
) -> Result<OpenStore, Box<Diagnostic>> {
    match (&settings.store, source.folder()) {
        (StoreKind::Git { tags, range }, Some(folder)) => {
            let file = file.cloned().unwrap_or_else(|| SourceFile::without_text("handbook.yaml"));
            let place = Place::range(&file, range.clone());
            let pattern = tags.clone().unwrap_or_default();
            let wanted = Tags { pattern: &pattern, all: tags.is_some(), place };
            let (store, problems) = GitStore::list(folder, &wanted)?;
            Ok((Box::new(store), problems))
        }
        // An edition of an edition is of no interest: only a folder on disk has a repository around it.
        (StoreKind::Folder, _) | (StoreKind::Git { .. }, None) => {
            let (store, problems) = FolderStore::list(Arc::clone(source), known);
            Ok((Box::new(store), problems))
        }
    }
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
