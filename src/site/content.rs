//! What one edition of the handbook says: its sources, read and linked.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::edition::redline::Side;
use crate::handbook::{Handbook, Loaded};
use crate::links::{Links, link};
use crate::say;
use crate::source::{Source, SourcePath};

use super::Clock;

/// The sources of a handbook, read and linked; copies share them.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) source: Arc<dyn Source>,
    pub(super) handbook: Arc<Handbook>,
    pub(super) links: Arc<Links>,
    loaded: Arc<Loaded>,
}

impl Content {
    /// Reads everything but what is as it was `before`.
    pub(super) fn read(source: Arc<dyn Source>, before: Option<&Self>, clock: &mut Clock) -> Self {
        let loaded = Loaded::new(source.as_ref(), before.map(|before| before.loaded.as_ref()));
        clock.lap(say!("testi e dati"; "texts and data"));
        let (links, _) = link(&loaded.handbook);
        clock.lap(say!("collegamenti"; "links"));
        Self::new(source, loaded, links)
    }

    /// Reads some documents again, and tells how many say something else now. `None` where that is not enough: one is no
    /// document, or something has changed that other pages and lists know of it.
    pub(super) fn reread(&self, source: Arc<dyn Source>, paths: &[SourcePath]) -> Option<(Self, usize)> {
        let (loaded, changed) = self.loaded.reread(source.as_ref(), paths)?;
        // What is wrong between documents has its place in them.
        let has_problems = !changed.is_empty() && !self.links.problems_between().is_empty();
        if has_problems {
            return None;
        }
        let links = self.links.relink(&self.handbook, &loaded.handbook, &changed)?;
        Some((Self::new(source, loaded, links), changed.len()))
    }

    fn new(source: Arc<dyn Source>, loaded: Loaded, links: Links) -> Self {
        let handbook = Arc::new(loaded.handbook.clone());
        Self { source, handbook, links: Arc::new(links), loaded: Arc::new(loaded) }
    }

    /// All that can be known to be wrong without the rules and the pages.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        [self.loaded.diagnostics(), self.links.diagnostics()].concat()
    }

    /// It as one side of a redline.
    pub(super) fn side(&self) -> Side<'_> {
        Side { handbook: &self.handbook, links: &self.links }
    }
}
