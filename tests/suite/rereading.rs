//! What is read again after a save: whatever has changed, the site is the one that a fresh reading makes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use rayon::prelude::*;
use vademecum::diagnostic::{Diagnostic, Lang, json};
use vademecum::handbook::Date;
use vademecum::site::{After, KnownSeals, Options, Site};
use vademecum::source::{Change, FolderSource, Source};

use crate::harness::{Handbook, in_writing};
use crate::redline_model::Dice;
use crate::rereading_model::{Edited, Step};

/// A handbook as a preview reads it: again, what has changed.
struct Reading {
    source: FolderSource,
    listing: Vec<Diagnostic>,
    site: Box<Site>,
    options: Options,
}

/// How an edit was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Nothing,
    OtherWords,
    Anew,
}

/// A site, to be compared: what stands at each path, and every problem.
#[derive(Debug, PartialEq, Eq)]
struct State {
    paths: Vec<(String, Result<Vec<u8>, String>)>,
    problems: Vec<String>,
}

fn options(seals: &KnownSeals) -> Options {
    let today = Date::parse("2026-11-26");
    Options { search: true, shows_draft: true, seals: seals.clone(), today, ..Options::default() }
}

impl Reading {
    fn start(root: &Path) -> Self {
        let options = options(&KnownSeals::default());
        let (source, listing) = FolderSource::scan(root, &[]);
        let source = source.watched();
        let site = Box::new(Site::read(Arc::new(source.clone()), &options, None));
        Self { source, listing, site, options }
    }

    fn take(&mut self, changed: &BTreeSet<PathBuf>) -> Taken {
        let changed: Vec<PathBuf> = changed.iter().cloned().collect();
        let (source, written) = match self.source.after(Some(&changed)) {
            Change::Nothing => return Taken::Nothing,
            Change::Files(source, written) => (source, written),
            Change::Tree(source, listing) => {
                self.listing = listing;
                (source, Vec::new())
            }
        };
        self.source = source.clone();
        let (site, taken) = match self.site.after(Arc::new(source), &written, &self.options) {
            After::Same => return Taken::Nothing,
            After::OtherWords(site) => (site, Taken::OtherWords),
            After::Anew(site) => (site, Taken::Anew),
        };
        self.site = site;
        taken
    }

    fn state(&self) -> State {
        let rules = self.site.rules(self.options.today);
        State::of(&self.site, [&self.listing, &self.site.problems(), &rules].into_iter().flatten())
    }
}

impl State {
    /// Of a reading that knows of none before.
    fn fresh(root: &Path) -> Self {
        let (source, listing) = FolderSource::scan(root, &[]);
        let source: Arc<dyn Source> = Arc::new(source);
        let (site, problems) = Site::load(source, &options(&KnownSeals::default()));
        Self::of(&site, listing.iter().chain(&problems))
    }

    fn of<'a>(site: &Site, problems: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let mut problems: Vec<String> = problems.map(line).collect();
        problems.sort();
        let mut paths: Vec<_> =
            site.parts().filter_map(Result::ok).flat_map(|part| part.paths().collect::<Vec<_>>()).collect();
        paths.sort();
        let paths = paths.par_iter().map(|path| {
            let bytes = site.render(path).unwrap().map_err(|problem| line(&problem));
            (path.as_str().to_owned(), bytes)
        });
        Self { paths: paths.collect(), problems }
    }

    /// What the other has in another way.
    fn differences(&self, other: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        for (mine, theirs, side) in [(self, other, "only here"), (other, self, "only fresh")] {
            let alone = mine.problems.iter().filter(|problem| !theirs.problems.contains(problem));
            differences.extend(alone.map(|problem| format!("{side}: {problem}")));
            let alone =
                mine.paths.iter().filter(|(path, _)| !theirs.paths.iter().any(|(other, _)| other == path));
            differences.extend(alone.map(|(path, _)| format!("{side}: {path}")));
        }
        for (path, mine) in &self.paths {
            let theirs = other.paths.iter().find(|(other, _)| other == path);
            if let Some((_, theirs)) = theirs.filter(|(_, theirs)| theirs != mine) {
                differences.push(format!("{path}: {}", first_difference(&shown(mine), &shown(theirs))));
            }
        }
        differences
    }
}

fn line(problem: &Diagnostic) -> String {
    json::render(problem, Lang::En)
}

fn shown(found: &Result<Vec<u8>, String>) -> String {
    match found {
        Ok(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(problem) => problem.clone(),
    }
}

fn first_difference(here: &str, fresh: &str) -> String {
    let pair = here.lines().zip(fresh.lines()).find(|(one, other)| one != other);
    pair.map_or_else(
        || "one is longer".to_owned(),
        |(one, other)| format!("\n  here  {one}\n  fresh {other}"),
    )
}

/// Edits a handbook and reads it again after each edit; how each was taken in.
fn edit(mut edited: Edited, steps: &[Step]) -> Vec<Taken> {
    let root = edited.handbook.root();
    let mut reading = Reading::start(&root);
    let mut before = reading.state();
    let mut taken = Vec::new();
    for step in steps {
        let changed = edited.take(*step);
        let how = reading.take(&changed);
        let fresh = State::fresh(&root);
        let now = reading.state();
        assert!(now == fresh, "{how:?} after {}\n\n{:#?}", edited.done.join("\n\n"), now.differences(&fresh));
        if how == Taken::Nothing {
            assert!(now == before, "nothing has changed, and something has");
        }
        before = now;
        taken.push(how);
    }
    taken
}

/// How many handbooks are edited; `VADEMECUM_CASES` says another number.
fn cases() -> u32 {
    std::env::var("VADEMECUM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_edited_the_site_is_the_one_that_a_fresh_reading_makes(
        seed in any::<u64>(),
        steps in proptest::collection::vec(
            (0..Step::KINDS, any::<u64>()).prop_map(|(kind, seed)| Step { kind, seed }), 1..14,
        ),
    ) {
        edit(Edited::random(&mut Dice(seed)), &steps);
    }
}

#[test]
fn words_are_taken_in_without_reading_the_rest() {
    let steps: Vec<Step> = (0..30).map(|seed| Step { kind: Step::WORDS, seed: seed * 7_919 }).collect();
    let taken = edit(Edited::whole(), &steps);
    assert_eq!(taken.iter().filter(|how| **how == Taken::OtherWords).count(), 30, "{taken:?}");
}

#[test]
fn so_are_words_in_every_chapter_of_the_handbook_in_writing() {
    let handbook = in_writing();
    let mut reading = Reading::start(&handbook.root());
    let documents: Vec<String> =
        reading.source.paths().iter().map(ToString::to_string).filter(|path| path.ends_with(".md")).collect();
    for path in documents {
        let text = handbook.text(&path);
        handbook.file(&path, format!("{}\n\nE altre parole.\n", text.trim_end()));
        let changed = [handbook.path(&path)].into();
        // A paragraph more is a place more, where paragraphs can be cited.
        let expected = if path.starts_with("linee-guida/") && !path.ends_with("index.md") {
            Taken::Anew
        } else {
            Taken::OtherWords
        };
        assert_eq!(reading.take(&changed), expected, "{path}");
    }
    let (now, fresh) = (reading.state(), State::fresh(&handbook.root()));
    assert!(now == fresh, "{:#?}", now.differences(&fresh));
}

/// Files of a handbook, and what is written of them one after the other.
type Script<'a> = (&'a [(&'a str, &'a [u8])], &'a [(&'a str, &'a [u8])]);

/// What is read again is what a fresh reading finds after each writing.
fn follow((files, written): Script<'_>) {
    let handbook = Handbook::new();
    for (path, text) in files {
        handbook.file(path, text);
    }
    let mut reading = Reading::start(&handbook.root());
    for (path, text) in written {
        handbook.file(path, text);
        let how = reading.take(&[handbook.path(path)].into());
        let (now, fresh) = (reading.state(), State::fresh(&handbook.root()));
        let text = String::from_utf8_lossy(text);
        assert!(now == fresh, "{how:?} after {path}\n{text}\n{:#?}", now.differences(&fresh));
    }
}

#[test]
fn a_table_that_could_not_be_read_is_there_when_it_can() {
    let indicator = b"---\nkind: indicator\ndata: a.csv\n---\n\nTesto.\n".as_slice();
    follow((
        &[("a.md", indicator), ("a.csv", b"\xff")],
        &[
            ("a.csv", b"chi,quanto\nX,1\n"),
            ("a.csv", b""),
            ("a.csv", b"chi,quanto\nX,2\n"),
            ("a.csv", b"chi,chi\nX,2\n"),
        ],
    ));
}

#[test]
fn settings_that_are_no_text_are_not_empty_ones() {
    let document = b"---\ntests: [LG-01]\nunit: a\n---\n\nTesto.\n".as_slice();
    follow((
        &[("handbook.yaml", b"\xff"), ("pratiche/a.md", document)],
        &[
            ("handbook.yaml", b""),
            ("handbook.yaml", b"\xff"),
            ("handbook.yaml", b"\xfe"),
            ("handbook.yaml", b""),
        ],
    ));
}

#[test]
fn a_problem_that_names_a_place_of_another_document_follows_it() {
    follow((
        &[
            ("a.md", b"# A\n\nVedi [[Uguale]] e [[XY-1]].\n"),
            ("b.md", b"Prima.\n\n# Uguale\n\n## Parte {#XY-1}\n"),
            ("c.md", b"Prima.\n\n# Uguale\n\n## Parte {#XY-1}\n"),
        ],
        &[
            ("b.md", b"Prima e\ndopo.\n\n# Uguale\n\n## Parte {#XY-1}\n"),
            ("a.md", b"# A\n\nOra [[Uguale]].\n"),
        ],
    ));
}

#[test]
fn a_day_that_could_not_be_read_keeps_a_complaint_back() {
    let settings = b"profile: pa\n".as_slice();
    follow((
        &[("handbook.yaml", settings), ("a.md", b"---\ntitle: A\nupdated: 2026-13-45\n---\n\nTesto.\n")],
        &[
            ("a.md", b"---\ntitle: A\n---\n\nTesto.\n"),
            ("a.md", b"---\ntitle: A\nupdated: domani\n---\n\nTesto.\n"),
        ],
    ));
}

#[test]
fn what_stands_in_the_metadata_beside_their_values_has_its_place() {
    follow((
        &[("a.md", b"---\n# commento\naliases: [manca mai]\nwithdrawn: [{id: b, date: 2026-01-01, reason: R.}]\n---\n\nTesto.\n"), ("b.md", b"# B\n")],
        &[
            ("a.md", b"---\n#\n#ommento\naliases: [manca mai]\nwithdrawn: [{id: b, date: 2026-01-01, reason: R.}]\n---\n\nTesto.\n"),
            ("a.md", b"---\n# commento\naliases: [manca mai]\nwithdrawn: [{id: b, date: 2026-01-01, reason: R.}]\n---\n\nAltro.\n"),
        ],
    ));
}

#[test]
fn words_that_name_the_draft_in_the_pages_of_an_edition_are_those_of_the_draft() {
    let handbook = Handbook::of(&[
        ("handbook.yaml", "title: M\nbase_url: https://ente.example/\n"),
        ("linee-guida/a.md", "---\nid: LG-01\nstatus: approved\n---\n\n## P {#LG-01.1 .deve}\n\nUno.\n"),
    ]);
    handbook.publish("2026.1", "2026-01-31", "La prima.");
    let mut reading = Reading::start(&handbook.root());
    // Somebody has opened the pages of the edition.
    reading.state();
    handbook.edit("linee-guida/a.md", "Uno.", "Due e più.");
    assert_eq!(reading.take(&[handbook.path("linee-guida/a.md")].into()), Taken::OtherWords);
    let (now, fresh) = (reading.state(), State::fresh(&handbook.root()));
    assert!(now == fresh, "{:#?}", now.differences(&fresh));
}

#[cfg(unix)]
#[test]
fn what_could_not_be_listed_is_forgotten_when_it_is_gone() {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let handbook = Handbook::of(&[("index.md", "# Casa\n"), ("perch\u{e9}.md", "# Perch\u{e9}\n")]);
    let root = handbook.root();
    symlink("manca.md", root.join("appeso.md")).unwrap();
    symlink("gira.md", root.join("gira.md")).unwrap();
    fs::write(root.join(OsStr::from_bytes(b"no\xff.md")), "").unwrap();
    fs::write(root.join("perche\u{301}.md"), "# Altro\n").unwrap();
    let mut reading = Reading::start(&root);
    for name in
        ["appeso.md".as_ref(), "gira.md".as_ref(), OsStr::from_bytes(b"no\xff.md"), "perch\u{e9}.md".as_ref()]
    {
        let before = reading.state();
        fs::remove_file(root.join(name)).unwrap();
        reading.take(&[root.join(name)].into());
        let (now, fresh) = (reading.state(), State::fresh(&root));
        assert!(now == fresh, "{}: {:#?}", name.display(), now.differences(&fresh));
        assert!(now.problems.len() < before.problems.len(), "{}", name.display());
    }
}
