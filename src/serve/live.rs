//! The site that is being served, and what browsers are told when it changes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::diagnostic::{self, Diagnostic, Lang, Text, overlay};
use crate::say;
use crate::site::{self, KnownSeals, Site, SitePath};
use crate::source::FolderSource;

use super::search::Search;
use super::{Event, Loaded, Options, told};

/// The last good site, and the problems of the newest state.
pub(super) struct Live {
    handbook: PathBuf,
    excluded: Vec<PathBuf>,
    lang: Lang,
    /// Of editions nobody reads more than once.
    seals: KnownSeals,
    /// Replaced in one step; whoever listens is told.
    state: watch::Sender<State>,
    search: Search,
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

impl Live {
    /// Reads the handbook for the first time. With errors, what is whole is served under the problems.
    pub(super) fn start(options: &Options, tell: &dyn Fn(Event<'_>)) -> Self {
        let seals = KnownSeals::default();
        let since = Instant::now();
        let (site, diagnostics) = load(&options.handbook, &options.excluded, &seals);
        tell(Event::Loaded(Loaded {
            diagnostics: &diagnostics,
            new: &diagnostics,
            mended: false,
            replaced: true,
            first: true,
            changed: &[],
            took: since.elapsed(),
        }));
        // Two servers one after the other must differ: a counter from the time of the start does.
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let generation = u64::try_from(since_1970.as_millis()).unwrap_or_default();
        let heading = say!("Il manuale ha problemi: si vede ciò che è intero"; "The handbook has problems: what is whole is shown");
        let problems = problems(&heading, &diagnostics, options.lang);
        let state = State { site: Arc::new(site), generation, problems, diagnostics: diagnostics.into() };
        let (state, _) = watch::channel(state);
        Self {
            handbook: options.handbook.clone(),
            excluded: options.excluded.clone(),
            lang: options.lang,
            seals,
            state,
            search: Search::default(),
        }
    }

    /// The state as it is now.
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
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

    /// The state now and each that replaces it; somebody who is slow sees only the newest.
    pub(super) fn news(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Reads the handbook again; a state without errors replaces the pages.
    pub(super) fn reload(&self, tell: &dyn Fn(Event<'_>)) {
        let since = Instant::now();
        let (site, diagnostics) = load(&self.handbook, &self.excluded, &self.seals);
        let good = !diagnostics.iter().any(Diagnostic::is_error);
        let before = self.state();
        let heading = say!("Il manuale ha problemi: questa è l'ultima versione buona della pagina"; "The handbook has problems: this is the last good version of the page");
        let after = State {
            site: if good { Arc::new(site) } else { before.site },
            generation: before.generation + u64::from(good),
            problems: problems(&heading, &diagnostics, self.lang),
            diagnostics: diagnostics.into(),
        };
        self.state.send_replace(after.clone());
        // The terminal says each state once: not again what it said before.
        let difference = told::difference(&before.diagnostics, &after.diagnostics);
        if good || difference.is_one() {
            tell(Event::Loaded(Loaded {
                diagnostics: &after.diagnostics,
                new: &difference.new,
                mended: difference.mended,
                replaced: good,
                first: false,
                changed: &[],
                took: since.elapsed(),
            }));
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
fn problems(heading: &Text, diagnostics: &[Diagnostic], lang: Lang) -> Arc<str> {
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    if errors.is_empty() { "".into() } else { overlay::render(heading, &errors, lang).into() }
}
