//! The site that is being served, and what browsers are told when it changes.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::broadcast;

use crate::diagnostic::{self, Diagnostic, Lang, overlay};
use crate::site::{self, KnownSeals, Site, SitePath};
use crate::source::FolderSource;

use super::search::Search;
use super::{Event, Options};

/// The last good site, and the problems of the newest state.
pub(super) struct Live {
    handbook: PathBuf,
    excluded: Vec<PathBuf>,
    lang: Lang,
    /// Of editions nobody reads more than once.
    seals: KnownSeals,
    state: RwLock<State>,
    search: Search,
    news: broadcast::Sender<News>,
}

/// What a request sees: taken once, so that a page is never half old.
#[derive(Clone)]
pub(super) struct State {
    pub(super) site: Arc<Site>,
    /// Different after every replacement, and after a restart.
    pub(super) generation: u64,
    /// The problems as HTML; empty when there are none that keep the newest state back.
    pub(super) problems: Arc<str>,
    diagnostics: Arc<[Diagnostic]>,
}

/// What browsers are told.
#[derive(Debug, Clone)]
pub(super) enum News {
    /// There are new pages.
    Generation(u64),
    /// The newest state has problems (HTML), or no longer has (empty).
    Problems(Arc<str>),
}

impl Live {
    /// Reads the handbook for the first time. With errors, what is whole is served under the problems.
    pub(super) fn start(options: &Options, tell: &dyn Fn(Event<'_>)) -> Self {
        let seals = KnownSeals::default();
        let (site, diagnostics) = load(&options.handbook, &options.excluded, &seals);
        tell(Event::Loaded { diagnostics: &diagnostics, replaced: true, first: true });
        // Two servers one after the other must differ: a counter from the time of the start does.
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let generation = u64::try_from(since_1970.as_millis()).unwrap_or_default();
        let problems = problems(&diagnostics, options.lang);
        let state = State { site: Arc::new(site), generation, problems, diagnostics: diagnostics.into() };
        let (news, _) = broadcast::channel(16);
        Self {
            handbook: options.handbook.clone(),
            excluded: options.excluded.clone(),
            lang: options.lang,
            seals,
            state: RwLock::new(state),
            search: Search::default(),
            news,
        }
    }

    /// The state as it is now.
    pub(super) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A file of the search index.
    pub(super) fn search(&self, path: &SitePath) -> Option<Vec<u8>> {
        let state = self.state();
        self.search.file(path, &state.site, state.generation)
    }

    /// The language of problems.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// What browsers will be told from now on.
    pub(super) fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Reads the handbook again; a state without errors replaces the pages.
    pub(super) fn reload(&self, tell: &dyn Fn(Event<'_>)) {
        let (site, diagnostics) = load(&self.handbook, &self.excluded, &self.seals);
        let good = !diagnostics.iter().any(Diagnostic::is_error);
        let before = self.state();
        let after = State {
            site: if good { Arc::new(site) } else { before.site },
            generation: before.generation + u64::from(good),
            problems: problems(&diagnostics, self.lang),
            diagnostics: diagnostics.into(),
        };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = after.clone();
        // Nobody listening is no failure.
        let _ = self.news.send(News::Problems(after.problems));
        if good {
            let _ = self.news.send(News::Generation(after.generation));
        }
        // The terminal says each state once: not again what it said before.
        if good || before.diagnostics != after.diagnostics {
            tell(Event::Loaded { diagnostics: &after.diagnostics, replaced: good, first: false });
        }
    }
}

fn load(handbook: &std::path::Path, excluded: &[PathBuf], seals: &KnownSeals) -> (Site, Vec<Diagnostic>) {
    let (source, mut diagnostics) = FolderSource::scan(handbook, excluded);
    let options =
        site::Options { shows_draft: true, seals: seals.clone(), ..site::Options::at(SystemTime::now()) };
    let (site, problems) = Site::load(Arc::new(source), &options);
    diagnostics.extend(problems);
    diagnostic::sort(&mut diagnostics);
    (site, diagnostics)
}

/// The errors as HTML; warnings do not keep a page back, so they do not cover it.
fn problems(diagnostics: &[Diagnostic], lang: Lang) -> Arc<str> {
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    if errors.is_empty() { "".into() } else { overlay::render(&errors, lang).into() }
}
