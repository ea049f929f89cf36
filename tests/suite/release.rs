//! Publishing an edition: all of it or nothing, byte for byte, and for ever as it was.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use vademecum::edition::{Disk, RealDisk, Seal};
use vademecum::source::FolderSource;

use crate::harness::{Handbook, Said, bytes_of, files_of, program};

/// Texts as they come from other systems, files that are no text, and what an edition does not keep.
fn handbook() -> Handbook {
    let handbook = Handbook::of(&[
        ("handbook.yaml", "title: Prova\n"),
        ("index.md", "\u{feff}# Casa\r\n\r\n[due](due.md)\r\n"),
        ("due.md", "---\nid: P-2\n---\n\nResponsabilita\u{300}.\n"),
        ("parte/tre.md", "# Tre\n\n## Passi {#passi}\n\nTesto.\n"),
        (".well-known/security.txt", "Contact: mailto:a@ente.example\n"),
        ("themes/italia/strings/it.yaml", "home: Pagina iniziale\n"),
        ("due.md~", "una copia"),
        (".nascosto/a.md", "# No\n"),
        ("public/.vademecum.json", "{}"),
        ("public/index.html", "sito"),
    ]);
    handbook.file("img/a.png", b"\x89PNG\xff\x00\r\n");
    handbook
}

const RECORDED: [&str; 6] =
    [".well-known/security.txt", "due.md", "handbook.yaml", "img/a.png", "index.md", "parte/tre.md"];

fn release(handbook: &Handbook, number: &str, more: &[&str]) -> Said {
    handbook.run_json(&["release", number], &[&["--note", "Una prova."], more].concat())
}

fn verify(handbook: &Handbook) -> Said {
    handbook.run_json(&["verify"], &[])
}

/// The files of an edition but for its seal, which must hold.
fn recorded(handbook: &Handbook, number: &str) -> Vec<(String, Vec<u8>)> {
    let folder = handbook.path(&format!("editions/{number}"));
    let seal = Seal::parse(&fs::read_to_string(folder.join("seal.json")).unwrap()).unwrap();
    let (source, problems) = FolderSource::scan(&folder, &[folder.join("seal.json")]);
    assert_eq!((seal.changes(&source), problems), (vec![], vec![]));
    assert_eq!(seal.edition.to_string(), number);
    bytes_of(&folder).into_iter().filter(|(name, _)| name != "seal.json").collect()
}

/// The files that an edition keeps, as they are in the handbook.
fn to_record(handbook: &Handbook) -> Vec<(String, Vec<u8>)> {
    RECORDED.map(|name| (name.to_owned(), fs::read(handbook.path(name)).unwrap())).to_vec()
}

#[test]
fn an_edition_is_what_the_handbook_was_byte_for_byte() {
    let handbook = handbook();
    let said = release(&handbook, "2026.1", &["--date", "2026-01-31"]);
    assert_eq!((said.code, said.places()), (0, vec![]), "{}", said.stderr);
    assert_eq!(recorded(&handbook, "2026.1"), to_record(&handbook));
    let seal = Seal::parse(&handbook.text("editions/2026.1/seal.json")).unwrap();
    assert_eq!((seal.date.to_string().as_str(), seal.note.as_str()), ("2026-01-31", "Una prova."));
    assert!(["P-2", "parte/tre#passi", ""].iter().all(|name| seal.register.find(name).is_some()));
    for said in [handbook.check(), verify(&handbook), handbook.build()] {
        assert_eq!((said.code, said.places()), (0, vec![]), "{}", said.stderr);
    }
    handbook.edit("due.md", "Responsabilita\u{300}", "Doveri");
    assert_eq!(release(&handbook, "2026.2", &[]).code, 0);
    assert_eq!(recorded(&handbook, "2026.2"), to_record(&handbook));
    assert!(handbook.text("editions/2026.1/due.md").contains("Responsabilita\u{300}"));
}

#[test]
fn it_says_what_was_written_where_and_what_comes_next() {
    let handbook = handbook();
    let folder = handbook.root();
    let folder = folder.display();
    let trial = release(&handbook, "2026.1", &["--dry-run", "--date", "2026-01-31"]);
    assert_eq!(trial.code, 0);
    assert!(!handbook.path("editions").exists());
    let said = release(&handbook, "2026.1", &["--date", "2026-01-31"]);
    let size: usize = bytes_of(&handbook.path("editions/2026.1")).iter().map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(
        trial.stderr,
        format!(
            "The edition 2026.1 can be published. `{folder}/editions/2026.1/` would hold 6 files and the seal, {size} bytes in all.\nNothing was written.\n"
        )
    );
    assert_eq!(
        said.stderr,
        format!(
            "The edition 2026.1 is published in `{folder}/editions/2026.1/`: 6 files and the seal, {size} bytes in all.\n\
             Now commit `{folder}/editions/2026.1/`, if the handbook is in a repository, and publish the site with `vademecum build {folder}`.\n\
             Those files never change again: `vademecum verify {folder}` tells if somebody touches them.\n"
        )
    );
}

#[test]
fn a_number_that_is_not_the_next_is_refused_with_the_reason() {
    let handbook = handbook();
    handbook.publish("2026.9", "2026-01-31", "Una prova.");
    handbook.publish("2026.10", "2026-02-28", "Una prova.");
    let before = bytes_of(&handbook.root());
    for (number, more, message, help) in [
        ("2026.9", "2026-03-31", "the edition 2026.9 is published already", "the next can be `2026.11`"),
        ("2026.10", "2027-03-31", "the edition 2026.10 is published already", "the next can be `2027.1`"),
        (
            "2026.8",
            "2026-03-31",
            "the edition 2026.8 would come before the newest one",
            "the newest is 2026.10",
        ),
        ("2026.01", "2026-03-31", "has no leading zeros", "such as `2026.1`"),
        ("2026.11/../../x", "2026-03-31", "after the dot there must be a number", "such as `2026.1`"),
        ("v2026.11", "2026-03-31", "there must be a year of four digits", "such as `2026.1`"),
        ("2026.11", "31/3/2026", "`31/3/2026` is not a date", "write year, month and day: `2026-03-31`"),
    ] {
        let said = release(&handbook, number, &["--date", more]);
        assert_eq!((said.code, said.places()), (2, vec![]), "{number}");
        for words in [message, help, "Nothing was written."] {
            assert!(said.stderr.contains(words), "{number}: {words}: {}", said.stderr);
        }
    }
    assert_eq!(bytes_of(&handbook.root()), before);
}

#[test]
fn every_reason_comes_out_at_once_also_in_italian() {
    let handbook = handbook();
    handbook.file("due.md", "[x](manca.md)\n\nUn <div> qui.\n");
    handbook.file("editions/2026.1/.gitkeep", "");
    let said = handbook.run_json(&["release", "2026.1", "--lang", "it"], &[]);
    assert_eq!(said.code, 2);
    assert_eq!(said.places(), ["due.md:1:5 broken-link", "due.md:3:4 raw-html"]);
    for words in ["c'è già qualcosa in `editions/2026.1`", "manca la nota", "Nulla è stato scritto."] {
        assert!(said.stderr.contains(words), "{words}: {}", said.stderr);
    }
    assert_eq!(files_of(&handbook.path("editions")), ["2026.1/.gitkeep"]);
}

#[test]
fn whatever_check_says_stops_a_release_and_warnings_too() {
    for (file, text, problem) in [
        ("due.md", "---\nid: P-2\n---\n\n[x](manca.md)\n", "due.md:5:5 broken-link"),
        ("due.md", "---\nid: P-2\n---\n\nUn <div> qui.\n", "due.md:5:4 raw-html"),
        ("due.md", "---\nid: P-3\n---\n", "due.md:2:5 vanished-name"),
        ("themes/italia/strings/it.yaml", "homme: x\n", "themes/italia/strings/it.yaml:1:1 interface-string"),
        (
            "themes/italia/templates/editions.html",
            "{{ manca }}\n",
            "themes/italia/templates/editions.html:1:4 template",
        ),
        ("seal.json", "{}", "seal.json unusable-name"),
    ] {
        let handbook = handbook();
        handbook.publish("2025.1", "2025-01-31", "Una prova.");
        handbook.file(file, text);
        let before = bytes_of(&handbook.root());
        let said = release(&handbook, "2026.1", &[]);
        assert_eq!((said.code, said.places()), (1, vec![problem.to_owned()]), "{}", said.stderr);
        assert!(said.stderr.ends_with("Nothing was written.\n"), "{}", said.stderr);
        assert_eq!(said.places(), handbook.check().places());
        assert_eq!(bytes_of(&handbook.root()), before, "{file}");
    }
}

#[test]
fn the_rules_are_held_against_the_day_of_the_edition() {
    let handbook = handbook();
    handbook.file(
        "linee-guida/01-a.md",
        "---\nid: LG-01\nstatus: approved\nreview_by: 2026-06-30\n---\n\nTesto.\n",
    );
    let late = release(&handbook, "2026.1", &["--date", "2026-07-01"]);
    assert_eq!(
        (late.code, late.breaches_at()),
        (1, vec!["linee-guida/01-a.md:4:12 review-overdue".to_owned()])
    );
    assert_eq!(release(&handbook, "2026.1", &["--date", "2026-06-30"]).code, 0);
}

#[test]
fn an_edition_without_a_note_is_refused_where_nobody_can_be_asked() {
    let handbook = handbook();
    for note in [&[] as &[&str], &["--note", " \n "]] {
        let said = handbook.run_json(&["release", "2026.1"], note);
        assert_eq!(said.code, 2);
        assert!(said.stderr.contains("the edition's note is missing"), "{}", said.stderr);
        assert!(said.stderr.contains("add `--note \"What is new in this edition.\"`"), "{}", said.stderr);
    }
    assert!(!handbook.path("editions").exists());
}

#[test]
fn an_edition_takes_the_place_of_nothing() {
    let handbook = handbook();
    fs::create_dir_all(handbook.path("editions/2026.1")).unwrap();
    let said = release(&handbook, "2026.1", &[]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("there is something in `editions/2026.1` already"), "{}", said.stderr);
    let edition = handbook.edition("2026.1", "2026-01-31", "Una prova.");
    assert!(edition.write(&handbook.root(), &RealDisk).is_err());
    assert_eq!(files_of(&handbook.path("editions")), [""; 0]);
}

#[test]
fn two_releases_at_a_time_do_not_meet() {
    let handbook = handbook();
    fs::create_dir_all(handbook.path("editions/.2026.1.unfinished")).unwrap();
    let editions = fs::File::open(handbook.path("editions")).unwrap();
    editions.lock().unwrap();
    let said = release(&handbook, "2026.1", &[]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("somebody else is publishing"), "{}", said.stderr);
    assert!(handbook.path("editions/.2026.1.unfinished").exists());
    editions.unlock().unwrap();
    assert_eq!(release(&handbook, "2026.1", &[]).code, 0);
    assert!(!handbook.path("editions/.2026.1.unfinished").exists());
}

#[test]
fn verify_names_each_file_that_is_not_as_it_was() {
    let handbook = handbook();
    handbook.publish("2025.1", "2025-01-31", "Una prova.");
    handbook.publish("2026.1", "2026-01-31", "Una prova.");
    // The same text to a reader, and other bytes.
    handbook.edit("editions/2025.1/index.md", "\u{feff}", "");
    handbook.file("editions/2025.1/img/a.png", b"\x89PNG\xff\x00\n");
    handbook.remove("editions/2025.1/parte/tre.md");
    handbook.file("editions/2025.1/parte/quattro.md", "");
    let said = verify(&handbook);
    let expected = [
        "editions/2025.1/img/a.png changed-edition",
        "editions/2025.1/index.md changed-edition",
        "editions/2025.1/parte/quattro.md changed-edition",
        "editions/2025.1/parte/tre.md changed-edition",
    ];
    assert_eq!((said.code, said.places()), (1, expected.map(str::to_owned).to_vec()));
    let messages: Vec<_> = said.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the file has changed since the edition 2025.1 was published",
            "the file has changed since the edition 2025.1 was published",
            "the file was not in the edition 2025.1",
            "the file of the edition 2025.1 is no longer there",
        ]
    );
    assert_eq!(said.stderr, "4 errors\n");
    assert_eq!(handbook.check().places(), expected, "a changed edition is not published");
}

#[test]
fn verify_tells_of_every_edition_in_a_line() {
    let handbook = handbook();
    let said = || {
        let output = program().args(["verify", "--lang", "en"]).arg(handbook.root()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(said(), (Some(0), "The handbook has no edition yet.\n".to_owned()));
    for number in ["2026.10", "2026.9", "2025.1"] {
        handbook.publish(number, "2026-01-31", "Una prova.");
    }
    assert_eq!(
        said(),
        (
            Some(0),
            "2025.1: as it was, 6 files\n2026.9: as it was, 6 files\n2026.10: as it was, 6 files\n"
                .to_owned()
        )
    );
    handbook.remove("editions/2026.9/due.md");
    let (code, lines) = said();
    assert_eq!(code, Some(1));
    assert!(
        lines.ends_with("2025.1: as it was, 6 files\n2026.9: 1 file is not as it was\n2026.10: as it was, 6 files\n1 error\n"),
        "{lines}"
    );
}

#[test]
fn what_is_no_edition_is_named() {
    let handbook = handbook();
    handbook.publish("2025.1", "2025-01-31", "Una prova.");
    let seal = handbook.text("editions/2025.1/seal.json");
    handbook.publish("2026.1", "2026-01-31", "Una prova.");
    handbook.edit("editions/2026.1/seal.json", "Una prova.", "Un'altra.");
    handbook.file("editions/2026.2/index.md", "# Senza sigillo\n");
    handbook.file("editions/2026.3/seal.json", &seal);
    handbook.file("editions/2026.4/seal.json", &seal[..seal.find("prova").unwrap()]);
    handbook.file("editions/2026.5/seal.json", "");
    handbook.file("editions/2026.6/seal.json", b"\xff");
    handbook.file("editions/2026/index.md", "# Nome sbagliato\n");
    handbook.file("editions/nota.md", "# Non è qui che si scrive\n");
    let said = verify(&handbook);
    let places = said.places();
    let (files, codes): (Vec<_>, BTreeSet<_>) =
        places.iter().map(|place| place.rsplit_once(' ').unwrap()).unzip();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["not-utf8", "unreadable-edition"]);
    assert_eq!(said.code, 1);
    assert_eq!(files.len(), 8, "{files:?}");
    assert!(files.iter().any(|file| file.starts_with("editions/2026.4/seal.json:5:")), "{files:?}");
    for file in [
        "editions/2026.1/seal.json",
        "editions/2026.2/index.md",
        "editions/2026.3/seal.json",
        "editions/2026.5/seal.json:1:1",
        "editions/2026.6/seal.json:1:1",
        "editions/2026/index.md",
        "editions/nota.md",
    ] {
        assert!(files.contains(&file), "{file}: {files:?}");
    }
}

/// How a release ends before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// The process is killed: what it has done stays.
    Kill,
    /// The power is cut: files that the disk was not asked to have are empty.
    PowerCut,
    /// The same, and names that it was not asked to have are gone.
    PowerCutWithNames,
}

/// A disk on which nothing more happens after some steps; the last of them is half done.
struct DyingDisk {
    steps: Cell<usize>,
    is_dead: Cell<bool>,
    /// Files whose content was only promised.
    contents: RefCell<BTreeSet<PathBuf>>,
    /// Files and folders whose names were only promised.
    names: RefCell<BTreeSet<PathBuf>>,
}

impl DyingDisk {
    fn after(steps: usize) -> Self {
        let (contents, names) = (RefCell::default(), RefCell::default());
        Self { steps: Cell::new(steps), is_dead: Cell::new(false), contents, names }
    }

    /// One step: whether it happens.
    fn step(&self) -> io::Result<()> {
        match self.steps.get().checked_sub(1) {
            Some(left) => self.steps.set(left),
            None => self.is_dead.set(true),
        }
        if self.is_dead.get() { Err(io::Error::other("dead")) } else { Ok(()) }
    }

    /// What the disk forgets.
    fn lose(&self, death: Death) {
        for path in self.contents.borrow().iter().filter(|path| death != Death::Kill && path.exists()) {
            fs::write(path, "").unwrap();
        }
        for path in
            self.names.borrow().iter().filter(|path| death == Death::PowerCutWithNames && path.exists())
        {
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
    }

    /// Whether all that was done is on the disk.
    fn is_settled(&self) -> bool {
        self.contents.borrow().is_empty() && self.names.borrow().is_empty()
    }
}

impl Disk for DyingDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.names.borrow_mut().insert(path.to_owned());
        RealDisk.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let was_dead = self.is_dead.get();
        if let Err(dead) = self.step() {
            if !was_dead {
                fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
            }
            return Err(dead);
        }
        self.contents.borrow_mut().insert(path.to_owned());
        self.names.borrow_mut().insert(path.to_owned());
        RealDisk.write(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.contents.borrow_mut().remove(path);
        self.names.borrow_mut().retain(|name| name.parent() != Some(path));
        RealDisk.sync(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        for promised in [&self.contents, &self.names] {
            let moved = |path: &PathBuf| path.strip_prefix(from).map_or(path.clone(), |rest| to.join(rest));
            let moved = promised.borrow().iter().map(moved).collect();
            promised.replace(moved);
        }
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.contents.borrow_mut().remove(path);
        self.names.borrow_mut().remove(path);
        RealDisk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.names.borrow_mut().remove(path);
        RealDisk.remove_folder(path)
    }
}

/// Ends a release after each number of steps, until one comes to its end; `then` is what is done with what is left.
/// Returns whether the edition was there, for each.
fn end_at_every_step(death: Death, then: impl Fn(&Handbook, bool)) -> Vec<bool> {
    let mut there = Vec::new();
    loop {
        let handbook = handbook();
        if death == Death::Kill {
            // Another release has ended before its time. Without it, the folder of editions is made too.
            handbook.file("editions/.2025.9.unfinished/parte/tre.md", "# T");
            handbook.file("editions/.2025.9.unfinished/index.md", "# C");
        }
        let edition = handbook.edition("2026.1", "2026-01-31", "Una prova.");
        let disk = DyingDisk::after(there.len());
        let written = edition.write(&handbook.root(), &disk);
        assert_eq!(written.is_err(), disk.is_dead.get(), "{written:?}");
        disk.lose(death);
        let is_there = handbook.path("editions/2026.1").exists();
        there.push(is_there);
        if is_there {
            assert_eq!(recorded(&handbook, "2026.1"), to_record(&handbook), "{death:?} {}", there.len());
        }
        then(&handbook, is_there);
        let number = if is_there { "2026.2" } else { "2026.1" };
        let names: Vec<_> = fs::read_dir(handbook.path("editions"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.') || name == number)
            .collect();
        assert_eq!(names, [number], "the edition is there, and no leftover");
        if written.is_ok() {
            assert!(disk.is_settled(), "all of it is on the disk itself");
            return there;
        }
    }
}

/// Releases once more in the same process.
fn once_more(handbook: &Handbook, is_there: bool) {
    handbook.publish(if is_there { "2026.2" } else { "2026.1" }, "2026-02-28", "Di nuovo.");
}

#[test]
fn a_release_that_is_killed_at_any_step_leaves_the_whole_edition_or_none() {
    let there = end_at_every_step(Death::Kill, |handbook, is_there| {
        for said in [handbook.check(), verify(handbook), handbook.build()] {
            assert_eq!((said.code, said.places()), (0, vec![]), "{}", said.stderr);
        }
        let number = if is_there { "2026.2" } else { "2026.1" };
        assert_eq!(release(handbook, number, &[]).code, 0);
    });
    // Four leftovers, four folders, seven files that are written and settled, four folders settled, the renaming, the
    // list of editions.
    let steps = 4 + 4 + 2 * 7 + 4 + 1;
    let none = there.iter().filter(|is_there| !**is_there).count();
    assert_eq!((none, there.len()), (steps, steps + 2));
}

#[test]
fn a_power_cut_at_any_step_leaves_the_whole_edition_or_none() {
    for death in [Death::PowerCut, Death::PowerCutWithNames] {
        let there = end_at_every_step(death, once_more);
        assert_eq!(there.last(), Some(&true));
        assert!(there.contains(&false));
    }
}

#[cfg(unix)]
#[test]
fn a_leftover_that_is_a_link_is_removed_and_not_what_it_leads_to() {
    let handbook = handbook();
    let outside = handbook.beside("fuori");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "mio").unwrap();
    fs::create_dir(handbook.path("editions")).unwrap();
    std::os::unix::fs::symlink(&outside, handbook.path("editions/.2026.1.unfinished")).unwrap();
    assert_eq!(release(&handbook, "2026.1", &[]).code, 0);
    assert_eq!(files_of(&outside), ["a"]);
    assert_eq!(files_of(&handbook.path("editions")).len(), 7);
}

/// Runs git in the folder around a handbook, where a repository is made of it.
#[cfg(feature = "git")]
fn git(handbook: &Handbook, args: &[&str]) -> String {
    let output = std::process::Command::new("git")
        .args(["-c", "user.name=Prova", "-c", "user.email=prova@ente.example"])
        .args(args)
        .current_dir(handbook.beside("."))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", handbook.beside("."))
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[cfg(feature = "git")]
fn commit(handbook: &Handbook) {
    git(handbook, &["add", "--all"]);
    git(handbook, &["commit", "--quiet", "--message", "Un commit"]);
}

#[cfg(feature = "git")]
fn in_repository() -> Handbook {
    let handbook = handbook();
    git(&handbook, &["init", "--quiet"]);
    git(&handbook, &["config", "user.name", "Prova"]);
    git(&handbook, &["config", "user.email", "prova@ente.example"]);
    handbook
}

#[cfg(feature = "git")]
#[test]
fn what_the_repository_does_not_have_is_not_published() {
    let handbook = in_repository();
    let refused = |number: &str, words: &str| {
        let before = bytes_of(&handbook.root());
        let said = release(&handbook, number, &[]);
        assert_eq!((said.code, said.places()), (2, vec![]), "{}", said.stderr);
        assert!(said.stderr.contains(words), "{words}: {}", said.stderr);
        assert_eq!(bytes_of(&handbook.root()), before);
    };
    refused("2026.1", "the repository has no commit yet");
    commit(&handbook);
    handbook.edit("parte/tre.md", "Testo.", "Testo nuovo.");
    handbook.file("quattro.md", "# Quattro\n");
    refused("2026.1", "the repository does not have the latest changes yet: `parte/tre.md`, `quattro.md`");
    commit(&handbook);
    assert_eq!(release(&handbook, "2026.1", &[]).code, 0);
    refused(
        "2026.2",
        "`editions/2026.1/due.md`, `editions/2026.1/handbook.yaml`, `editions/2026.1/img/a.png`, `editions/2026.1/index.md` and 3 more",
    );
    commit(&handbook);
    // What is beside the handbook in the repository is of no interest.
    fs::write(handbook.beside("altro.txt"), "x").unwrap();
    assert_eq!(release(&handbook, "2026.2", &[]).code, 0);
}

#[cfg(feature = "git")]
#[test]
fn a_handbook_that_keeps_its_editions_in_tags_is_published_as_one() {
    let handbook = in_repository();
    handbook.file("handbook.yaml", "title: Prova\neditions: {store: git, tags: \"v*\"}\n");
    commit(&handbook);
    let trial = release(&handbook, "2026.1", &["--dry-run"]);
    assert_eq!(trial.code, 0, "{}", trial.stderr);
    assert!(trial.stderr.contains("The tag `v2026.1` would hold 7 files."), "{}", trial.stderr);
    assert_eq!(git(&handbook, &["tag"]), "");
    let said = release(&handbook, "2026.1", &["--date", "2026-01-31"]);
    assert_eq!((said.code, said.places()), (0, vec![]), "{}", said.stderr);
    assert!(said.stderr.contains("`git push origin v2026.1`"), "{}", said.stderr);
    let day = "--format=%(objecttype) %(taggerdate:short) %(contents:subject)";
    assert_eq!(git(&handbook, &["for-each-ref", day, "refs/tags"]), "tag 2026-01-31 Una prova.");
    assert!(!handbook.path("editions").exists());
    assert_eq!((verify(&handbook).code, handbook.check().code), (0, 0));
    assert!(release(&handbook, "2026.1", &[]).stderr.contains("the edition 2026.1 is published already"));
    handbook.edit("due.md", "Responsabilita\u{300}", "Doveri");
    assert_eq!(release(&handbook, "2026.2", &[]).code, 2);
    commit(&handbook);
    git(
        &handbook,
        &[
            "tag",
            "--force",
            "--annotate",
            "v2026.1",
            "--message",
            &git(&handbook, &["tag", "--list", "--format=%(contents)", "v2026.1"]),
        ],
    );
    let moved = verify(&handbook);
    assert_eq!((moved.code, moved.places()), (1, vec!["v2026.1 changed-edition".to_owned()]));
}

#[cfg(feature = "git")]
#[test]
fn tags_want_a_repository() {
    let handbook = handbook();
    handbook.file("handbook.yaml", "title: Prova\neditions: {store: git}\n");
    for said in [release(&handbook, "2026.1", &[]), verify(&handbook)] {
        assert_eq!((said.code, said.places()), (1, vec!["handbook.yaml:2:19 no-repository".to_owned()]));
    }
}
