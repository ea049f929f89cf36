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

/// While files change during each reading, this long after the first nothing is put up: what was read may be half written.
const UNSETTLED: Duration = Duration::from_secs(2);

/// Whoever reads the handbook whenever it changes.
pub(super) struct Reader {
    live: Arc<Live>,
    lang: Lang,
    newest: Newest,
}

/// The newest state of the handbook, be it good or not.
struct Newest {
    /// Of editions nobody reads more than once.
    seals: KnownSeals,
    source: FolderSource,
    /// What is wrong with the list of its files.
    listing: Vec<Diagnostic>,
    site: Arc<Site>,
    /// What breaks its rules.
    rules: Vec<Diagnostic>,
}

impl Reader {
    /// Reads the handbook for the first time. With errors, what is whole is served under the problems. `meanwhile` tells what
    /// has changed while files were read.
    pub(super) fn start(
        options: &Options,
        meanwhile: impl FnMut() -> Option<Changes>,
        tell: &dyn Fn(Event<'_>),
    ) -> Self {
        let since = Instant::now();
        let mut newest = Newest::read(options);
        newest.settle(meanwhile);
        newest.look_at_rules();
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
        Self { live: Arc::new(live), lang: options.lang, newest }
    }

    /// What is served.
    pub(super) fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live)
    }

    /// Reads what has changed, and what changes while it is read; a state that can be shown replaces the pages. The rules are
    /// looked at when its pages are up: they change none.
    pub(super) fn read_again(
        &mut self,
        changes: &Changes,
        meanwhile: impl FnMut() -> Option<Changes>,
        tell: &dyn Fn(Event<'_>),
    ) {
        let since = Instant::now();
        let read = self.newest.read_again(changes).and(self.newest.settle(meanwhile));
        let written = match read {
            Read::Nothing => return,
            Read::Files(written) => written,
            Read::Anything => Vec::new(),
        };
        let before = self.live.state();
        let replaced = !self.newest.diagnostics(&[]).iter().any(Diagnostic::is_error);
        if replaced {
            // What broke the rules before stays said until they are looked at.
            let broken = problems(&heading(true), &self.newest.rules, self.lang);
            self.live.replace(Arc::clone(&self.newest.site), broken);
        }
        let took = since.elapsed();
        self.newest.look_at_rules();
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
}

/// What was read again.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    /// Nothing in it has changed.
    Nothing,
    /// These files; no other has come or gone.
    Files(Vec<SourcePath>),
    /// Nobody knows what.
    Anything,
}

impl Read {
    /// One reading after the other.
    fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::Nothing, read) | (read, Self::Nothing) => read,
            (Self::Files(mut files), Self::Files(more)) => {
                files.extend(more);
                files.sort();
                files.dedup();
                Self::Files(files)
            }
            (Self::Anything, _) | (_, Self::Anything) => Self::Anything,
        }
    }
}

impl Newest {
    /// Reads the handbook for the first time.
    fn read(options: &Options) -> Self {
        let seals = KnownSeals::default();
        let (source, listing) = FolderSource::scan(&options.handbook, &options.excluded);
        let source = source.watched();
        let site = Arc::new(Site::read(Arc::new(source.clone()), &settings(&seals), None));
        Self { seals, source, listing, site, rules: Vec::new() }
    }

    /// Reads what has changed.
    fn read_again(&mut self, changes: &Changes) -> Read {
        let paths: Vec<PathBuf> = changes.paths.iter().cloned().collect();
        let (source, written) = match self.source.after((!changes.everything).then_some(&paths)) {
            Change::Nothing => return Read::Nothing,
            Change::Files(source, written) => (source, written),
            Change::Tree(source, listing) => {
                self.listing = listing;
                (source, Vec::new())
            }
        };
        self.source = source.clone();
        self.site = match self.site.after(Arc::new(source), &written, &settings(&self.seals)) {
            After::Same => return Read::Nothing,
            After::OtherWords(site) | After::Anew(site) => Arc::from(site),
        };
        if written.is_empty() { Read::Anything } else { Read::Files(written) }
    }

    /// Reads again what changes while it is read, until nothing does, or for [`UNSETTLED`].
    fn settle(&mut self, mut meanwhile: impl FnMut() -> Option<Changes>) -> Read {
        let since = Instant::now();
        let mut read = Read::Nothing;
        while since.elapsed() < UNSETTLED
            && let Some(changes) = meanwhile()
        {
            read = read.and(self.read_again(&changes));
        }
        read
    }

    fn look_at_rules(&mut self) {
        self.rules = self.site.rules(settings(&self.seals).today);
    }

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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;
    use std::net::Ipv4Addr;

    use crate::site::SitePath;

    use super::*;

    const STYLE: &str = "themes/italia/assets/style.css";

    /// A handbook whose style sheet says `whole`.
    fn handbook() -> (tempfile::TempDir, Options) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("themes/italia/assets")).unwrap();
        for (name, text) in [("index.md", "# Casa\n"), ("a.md", "# A\n"), (STYLE, "whole")] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let options = Options {
            handbook: dir.path().to_owned(),
            excluded: Vec::new(),
            host: Ipv4Addr::LOCALHOST.into(),
            port: None,
            poll: false,
            lang: Lang::It,
        };
        (dir, options)
    }

    fn style(live: &Live) -> String {
        let style = live.state().site.render(&SitePath::parse("assets/style.css").unwrap());
        String::from_utf8(style.unwrap().unwrap()).unwrap()
    }

    #[test]
    fn what_was_half_written_while_it_was_read_is_not_put_up() {
        let (dir, options) = handbook();
        let file = |name: &str| dir.path().canonicalize().unwrap().join(name);
        let changed = |names: &[&str]| Changes {
            paths: names.iter().map(|name| file(name)).collect(),
            everything: false,
        };
        fs::write(file(STYLE), "").unwrap();
        let mut rest = vec!["whole 1"];
        let write_rest = || {
            fs::write(file(STYLE), rest.pop()?).unwrap();
            Some(changed(&[STYLE]))
        };
        let mut reader = Reader::start(&options, write_rest, &|_| {});
        let live = reader.live();
        assert_eq!(style(&live), "whole 1");

        // Somebody saves a page and its style sheet slowly; all is put up once, with both.
        let told = RefCell::new(Vec::new());
        let tell = |event: Event<'_>| {
            if let Event::Loaded(loaded) = event {
                told.borrow_mut().push(loaded.changed.iter().map(ToString::to_string).collect::<Vec<_>>());
            }
        };
        let before = live.state().generation;
        fs::write(file("a.md"), "# Altro\n").unwrap();
        fs::write(file(STYLE), "").unwrap();
        let mut rest = vec!["whole 2", "whol"];
        let write_rest = || {
            fs::write(file(STYLE), rest.pop()?).unwrap();
            assert_eq!((live.state().generation, style(&live).as_str()), (before, "whole 1"));
            Some(changed(&[STYLE]))
        };
        reader.read_again(&changed(&["a.md", STYLE]), write_rest, &tell);
        assert_eq!((live.state().generation, style(&live).as_str()), (before + 1, "whole 2"));
        assert_eq!(told.take(), [["a.md", STYLE]]);
    }

    #[test]
    fn who_never_stops_writing_keeps_no_page_back_for_ever() {
        let (dir, options) = handbook();
        let path = dir.path().canonicalize().unwrap().join("a.md");
        let changes = Changes { paths: [path.clone()].into(), everything: false };
        let mut reader = Reader::start(&options, || None, &|_| {});
        let mut times = 0;
        let write = || {
            times += 1;
            fs::write(&path, format!("# Numero {times}\n")).unwrap();
            std::thread::sleep(UNSETTLED / 20);
            Some(changes.clone())
        };
        reader.read_again(&changes, write, &|_| {});
        let page = reader.live().state().site.render(&SitePath::parse("a/index.html").unwrap());
        assert!(String::from_utf8(page.unwrap().unwrap()).unwrap().contains(&format!("Numero {times}")));
    }
}
