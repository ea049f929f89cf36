//! Opens the store that the settings name.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::edition::{FolderStore, GitStore, Shelf, Store, Tags};
use crate::handbook::{Handbook, StoreKind};
use crate::source::Source;

/// The editions of a handbook.
pub(super) fn open(source: &Arc<dyn Source>, handbook: &Handbook) -> (Shelf, Vec<Diagnostic>) {
    let (store, mut diagnostics) = match store(source, handbook) {
        Ok(found) => found,
        Err(problem) => return (Shelf::default(), vec![*problem]),
    };
    let settings = &handbook.config.editions;
    let (shelf, problems) = Shelf::new(store, settings, handbook.config_file.as_ref());
    diagnostics.extend(problems);
    (shelf, diagnostics)
}

fn store(
    source: &Arc<dyn Source>,
    handbook: &Handbook,
) -> Result<(Box<dyn Store>, Vec<Diagnostic>), Box<Diagnostic>> {
    match (&handbook.config.editions.store, source.folder()) {
        (StoreKind::Git { tags, range }, Some(folder)) => {
            let settings = handbook.config_file.as_ref();
            let settings = settings.cloned().unwrap_or_else(|| SourceFile::without_text("handbook.yaml"));
            let place = Place::range(&settings, range.clone());
            let pattern = tags.clone().unwrap_or_default();
            let wanted = Tags { pattern: &pattern, all: tags.is_some(), place };
            let (store, problems) = GitStore::list(folder, &wanted)?;
            Ok((Box::new(store), problems))
        }
        // An edition of an edition is of no interest: only a folder on disk has a repository around it.
        (StoreKind::Folder, _) | (StoreKind::Git { .. }, None) => {
            let (store, problems) = FolderStore::list(Arc::clone(source));
            Ok((Box::new(store), problems))
        }
    }
}
