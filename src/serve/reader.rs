//! Reads the handbook, and again what has changed of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::diagnostic::{self, Diagnostic, Lang, Text, overlay};
use crate::say;
use crate::site::{self, After, KnownSeals, Site};
use crate::source::{Change, FolderSource, SourcePath};

use super::live::Live;
use super::watch::Changes;
use super::{Event, Loaded, Options, told};

/// Whoever reads the handbook whenever it changes.
pub(super) struct Reader {
    live: Arc<Live>,
    /// Of editions nobody reads more than once.
    seals: KnownSeals,
    lang: Lang,
    newest: Newest,
}

/// The newest state of the handbook, be it good or not.
struct Newest {
    source: FolderSource,
    /// What is wrong with the list of its files.
    listing: Vec<Diagnostic>,
    site: Arc<Site>,
    /// What breaks its rules.
    rules: Vec<Diagnostic>,
}

impl Reader {
    /// Reads the handbook for the first time. With errors, what is whole is served under the problems.
    pub(super) fn start(options: &Options, tell: &dyn Fn(Event<'_>)) -> Self {
        let since = Instant::now();
        let seals = KnownSeals::default();
        let (source, listing) = FolderSource::scan(&options.handbook, &options.excluded);
        let source = source.watched();
        let settings = settings(&seals);
        let site = Arc::new(Site::read(Arc::new(source.clone()), &settings, None));
        let rules = site.rules(settings.today);
        let newest = Newest { source, listing, site, rules };
        let diagnostics = newest.diagnostics(&newest.rules);
        tell(Event::Loaded(Loaded {
            diagnostics: &diagnostics,
            new: &diagnostics,
            mended: false,
            replaced: true,
            first: true,
            changed: &[],
            took: since.elapsed(),
        }));
        let heading = say!("Il manuale ha problemi: si vede ciò che è intero"; "The handbook has problems: what is whole is shown");
        let problems = problems(&heading, &diagnostics, options.lang);
        let live = Live::new(Arc::clone(&newest.site), problems, diagnostics.into(), options.lang);
        Self { live: Arc::new(live), seals, lang: options.lang, newest }
    }

    /// What is served.
    pub(super) fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live)
    }

    /// Reads what has changed; a state that can be shown replaces the pages. The rules are looked at when its pages are up:
    /// they change none.
    pub(super) fn read_again(&mut self, changes: &Changes, tell: &dyn Fn(Event<'_>)) {
        let since = Instant::now();
        let Some(written) = self.read(changes) else { return };
        let before = self.live.state();
        let replaced = !self.newest.diagnostics(&[]).iter().any(Diagnostic::is_error);
        if replaced {
            // What broke the rules before stays said until they are looked at.
            let broken = problems(&heading(true), &self.newest.rules, self.lang);
            self.live.replace(Arc::clone(&self.newest.site), broken);
        }
        let took = since.elapsed();
        self.newest.rules = self.newest.site.rules(settings(&self.seals).today);
        let after: Arc<[Diagnostic]> = self.newest.diagnostics(&self.newest.rules).into();
        self.live.set_problems(problems(&heading(replaced), &after, self.lang), Arc::clone(&after));
        self.tell(&before.diagnostics, &after, (replaced, took), &written, tell);
    }

    /// The terminal says each state once: not again what it said before.
    fn tell(
        &self,
        before: &[Diagnostic],
        after: &[Diagnostic],
        (replaced, took): (bool, Duration),
        written: &[SourcePath],
        tell: &dyn Fn(Event<'_>),
    ) {
        let difference = told::difference(before, after);
        if replaced || difference.is_one() {
            tell(Event::Loaded(Loaded {
                diagnostics: after,
                new: &difference.new,
                mended: difference.mended,
                replaced,
                first: false,
                changed: written,
                took,
            }));
        }
    }

    /// Makes the newest site, and tells which files were written, if only files were; `None` where nothing has changed.
    fn read(&mut self, changes: &Changes) -> Option<Vec<SourcePath>> {
        let paths: Vec<PathBuf> = changes.paths.iter().cloned().collect();
        let (source, written) = match self.newest.source.after((!changes.everything).then_some(&paths)) {
            Change::Nothing => return None,
            Change::Files(source, written) => (source, written),
            Change::Tree(source, listing) => {
                self.newest.listing = listing;
                (source, Vec::new())
            }
        };
        self.newest.source = source.clone();
        self.newest.site = match self.newest.site.after(Arc::new(source), &written, &settings(&self.seals)) {
            After::Same => return None,
            After::OtherWords(site) | After::Anew(site) => Arc::from(site),
        };
        Some(written)
    }
}

impl Newest {
    /// All that is wrong, with what breaks the rules; sorted by place.
    fn diagnostics(&self, rules: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut diagnostics = [&self.listing, &self.site.problems(), rules].concat();
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }
}

fn settings(seals: &KnownSeals) -> site::Options {
    site::Options { shows_draft: true, seals: seals.clone(), ..site::Options::at(SystemTime::now()) }
}

fn heading(replaced: bool) -> Text {
    match replaced {
        true => {
            say!("La pagina è aggiornata, ma il manuale ha errori e non si può pubblicare"; "The page is up to date, but the handbook has errors and cannot be published")
        }
        false => {
            say!("Il manuale ha problemi: questa è l'ultima versione buona della pagina"; "The handbook has problems: this is the last good version of the page")
        }
    }
}

/// The errors as HTML; warnings do not keep a page back, so they do not cover it.
fn problems(heading: &Text, diagnostics: &[Diagnostic], lang: Lang) -> Arc<str> {
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    if errors.is_empty() { "".into() } else { overlay::render(heading, &errors, lang).into() }
}
