//! The editions of a handbook.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::edition::{KnownSeals, Shelf, open_store};
use crate::handbook::Handbook;
use crate::source::Source;

/// Opens the store that the settings name.
pub(super) fn open(
    source: &Arc<dyn Source>,
    handbook: &Handbook,
    known: &KnownSeals,
) -> (Shelf, Vec<Diagnostic>) {
    let (settings, file) = (&handbook.config.editions, handbook.config_file.as_ref());
    let (store, mut diagnostics) = match open_store(source, settings, file, known) {
        Ok(found) => found,
        Err(problem) => return (Shelf::default(), vec![*problem]),
    };
    let (shelf, problems) = Shelf::new(store, settings, file);
    diagnostics.extend(problems);
    (shelf, diagnostics)
}
