//! The site that is being served, and how its handbook stands.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::diagnostic::{Diagnostic, Lang};
use crate::site::{Site, SitePath};

use super::search::Search;

/// The last good site, and the problems of the newest state.
pub(super) struct Live {
    lang: Lang,
    /// Replaced in one step; whoever listens is told.
    state: watch::Sender<State>,
    search: Arc<Search>,
}

/// What a request sees: taken once, so that a page is never half old.
#[derive(Clone)]
pub(super) struct State {
    pub(super) site: Arc<Site>,
    /// Different after every replacement, and after a restart.
    pub(super) generation: u64,
    /// The errors as HTML; empty where there is none.
    pub(super) problems: Arc<str>,
    pub(super) diagnostics: Arc<[Diagnostic]>,
}

impl Live {
    /// Begins with the first site.
    pub(super) fn new(
        site: Arc<Site>,
        problems: Arc<str>,
        diagnostics: Arc<[Diagnostic]>,
        lang: Lang,
    ) -> Self {
        // Two servers one after the other must differ: a counter from the time of the start does.
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let generation = u64::try_from(since_1970.as_millis()).unwrap_or_default();
        let (state, _) = watch::channel(State { site, generation, problems, diagnostics });
        Self { lang, state, search: Arc::default() }
    }

    /// The state as it is now.
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// Puts another site in the place of the one that is up.
    pub(super) fn replace(&self, site: Arc<Site>, problems: Arc<str>) {
        self.search.renew(&site);
        self.state.send_modify(|state| {
            (state.site, state.problems) = (site, problems);
            state.generation += 1;
        });
    }

    /// Tells how the handbook stands.
    pub(super) fn set_problems(&self, problems: Arc<str>, diagnostics: Arc<[Diagnostic]>) {
        self.state.send_if_modified(|state| {
            let is_news = state.problems != problems;
            (state.problems, state.diagnostics) = (problems, diagnostics);
            is_news
        });
    }

    /// A file of the search index.
    pub(super) fn search(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.search.file(path, &self.state().site)
    }

    /// The language of problems.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The state now and each that replaces it; somebody who is slow sees only the newest.
    pub(super) fn news(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }
}
