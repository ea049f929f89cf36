//! Opens the store that the settings name.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::edition::{FolderStore, Shelf};
use crate::handbook::{Handbook, StoreKind};
use crate::source::Source;

/// The editions of a handbook.
pub(super) fn open(source: &Arc<dyn Source>, handbook: &Handbook) -> (Shelf, Vec<Diagnostic>) {
    let settings = &handbook.config.editions;
    let (store, mut diagnostics) = match &settings.store {
        StoreKind::Folder | StoreKind::Git { .. } => FolderStore::list(Arc::clone(source)),
    };
    let (shelf, problems) = Shelf::new(Box::new(store), settings, handbook.config_file.as_ref());
    diagnostics.extend(problems);
    (shelf, diagnostics)
}
