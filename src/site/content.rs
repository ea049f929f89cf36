//! What one edition of the handbook says: its sources, read and linked.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::edition::redline::Side;
use crate::handbook::{self, Handbook};
use crate::links::{Links, link};
use crate::say;
use crate::source::Source;

use super::Clock;

/// The sources of a handbook, read and linked; copies share them.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) source: Arc<dyn Source>,
    pub(super) handbook: Arc<Handbook>,
    pub(super) links: Arc<Links>,
}

impl Content {
    /// Reads everything; the problems are all that can be known without the rules and the pages.
    pub(super) fn read(source: Arc<dyn Source>, clock: &mut Clock) -> (Self, Vec<Diagnostic>) {
        let (handbook, mut diagnostics) = handbook::load(source.as_ref());
        clock.lap(say!("testi e dati"; "texts and data"));
        let (links, problems) = link(&handbook);
        diagnostics.extend(problems);
        clock.lap(say!("collegamenti"; "links"));
        (Self { source, handbook: Arc::new(handbook), links: Arc::new(links) }, diagnostics)
    }

    /// It as one side of a redline.
    pub(super) fn side(&self) -> Side<'_> {
        Side { handbook: &self.handbook, links: &self.links }
    }
}
