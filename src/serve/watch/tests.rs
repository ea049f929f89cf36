//! Every way that files change, told by the system and found by comparing.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use notify::{Config, NullWatcher, RecursiveMode};
use tempfile::TempDir;

use super::native::Native;
use super::*;

/// No test waits longer than this for what never comes.
const GIVE_UP: Duration = Duration::from_secs(60);
/// What a test writes after the rest, to know that all before it has been told.
const END: &str = "end.md";

/// A handbook `h` in a folder of its own, being watched.
struct Watched {
    dir: TempDir,
    changes: Receiver<Changes>,
    reasons: Receiver<Text>,
}

impl Watched {
    fn start(files: &[&str], compares: bool) -> Self {
        let dir = folder_of(files);
        let watcher = Watcher::start(&dir.path().join("h"), &[dir.path().join("h/public")], compares);
        Self::run(dir, watcher)
    }

    fn run(dir: TempDir, mut watcher: Watcher) -> Self {
        let ((told, changes), (compared, reasons)) = (channel(), channel());
        std::thread::spawn(move || {
            // A test that is over hears nothing any more.
            while told.send(watcher.next(|reason| drop(compared.send(reason)))).is_ok() {}
        });
        Self { dir, changes, reasons }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join("h").join(path)
    }

    fn beside(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// All batches of changes until a file is among them.
    fn until(&self, path: &str) -> Vec<Changes> {
        let mut all = Vec::new();
        loop {
            let changes = self.changes.recv_timeout(GIVE_UP).unwrap_or_else(|_| panic!("{path}: {all:?}"));
            let is_last = changes.paths.contains(&self.path(path)) || changes.everything;
            all.push(changes);
            if is_last {
                return all;
            }
        }
    }

    /// The paths, in the handbook, of all that has been told so far.
    fn told(&self) -> Vec<String> {
        self.write(END, "");
        let all = self.until(END);
        let root = self.path("");
        let paths: BTreeSet<_> = all.into_iter().flat_map(|changes| changes.paths).collect();
        let shown = |path: PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        paths.into_iter().map(shown).filter(|path| path != END).collect()
    }

    fn until_everything(&self) {
        while !self.changes.recv_timeout(GIVE_UP).unwrap().everything {}
    }
}

/// Cuts a watcher off from the system's events, also from those that are on their way.
fn deafen(watcher: &mut Watcher, native: Native) {
    watcher.lookout.native = Some(native);
    (watcher.lookout.hints, watcher.hints) = channel();
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn folder_of(files: &[&str]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("h")).unwrap();
    for file in files {
        write(&dir.path().join("h").join(file), "prima");
    }
    dir
}

fn in_both_ways(files: &[&str], test: impl Fn(&Watched)) {
    for compares in [false, true] {
        let watched = Watched::start(files, compares);
        test(&watched);
        assert!(watched.reasons.try_recv().is_err(), "the system has told of every change");
    }
}

#[test]
fn a_file_that_is_written_in_place_added_renamed_or_removed_is_told() {
    in_both_ways(&["a.md", "b/c.md"], |watched| {
        watched.write("a.md", "dopo");
        assert_eq!(watched.told(), ["a.md"]);
        // The same size, at nearly the same time.
        watched.write("a.md", "poi!");
        assert_eq!(watched.told(), ["a.md"]);
        watched.write("b/d.md", "");
        assert_eq!(watched.told(), ["b/d.md"]);
        watched.rename("b/d.md", "e.md");
        assert_eq!(watched.told(), ["b/d.md", "e.md"]);
        watched.remove("b/c.md");
        assert_eq!(watched.told(), ["b/c.md"]);
    });
}

#[test]
fn of_what_editors_do_to_save_a_file_only_the_file_is_told() {
    in_both_ways(&["a.md"], |watched| {
        // A new file in the place of the old one.
        for temporary in ["a.md___jb_tmp___", ".a.md.tmp", "sedXyZ123"] {
            watched.write(temporary, "dopo");
            watched.rename(temporary, "a.md");
            let told = watched.told();
            assert!(told.iter().all(|path| path == "a.md" || path == temporary), "{told:?}");
            assert!(told.contains(&"a.md".to_owned()));
        }
        // Vim: a trial, a swap file, a backup, the file anew.
        watched.write(".a.md.swp", "");
        watched.write("4913", "");
        watched.remove("4913");
        watched.rename("a.md", "a.md~");
        watched.write("a.md", "poi");
        watched.remove("a.md~");
        watched.remove(".a.md.swp");
        assert_eq!(watched.told(), ["a.md"]);
        // Kept besides.
        for other in [
            "#a.md#",
            ".#b.md",
            ".~lock.dati.ods#",
            "~$dati.xlsx",
            "a.md___jb_old___",
            "b.md.swp",
            "a.md.bck",
        ] {
            watched.write(other, "x");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("anna@host.7:1", watched.path(".#a.md")).unwrap();
        assert_eq!(watched.told(), [""; 0]);
    });
}

#[test]
fn a_file_that_is_written_in_pieces_is_told_after_the_last() {
    use std::io::Write;
    for compares in [false, true] {
        let dir = folder_of(&["a.md"]);
        let path = dir.path().canonicalize().unwrap().join("h/a.md");
        let mut watcher = Watcher::start(&dir.path().join("h"), &[], compares);
        let (told, texts) = channel();
        let seen = path.clone();
        std::thread::spawn(move || {
            loop {
                watcher.next(drop);
                let text = fs::read_to_string(&seen).unwrap_or_default();
                if told.send(text).is_err() {
                    return;
                }
            }
        });
        let mut file = fs::File::create(&path).unwrap();
        for piece in ["uno ", "due ", "tre ", "quattro"] {
            file.write_all(piece.as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(7));
        }
        while texts.recv_timeout(GIVE_UP).unwrap() != "uno due tre quattro" {}
    }
}

#[test]
fn changes_that_wait_are_one_batch() {
    let dir = folder_of(&["a.md"]);
    let watcher = Watcher::start(&dir.path().join("h"), &[], false);
    for number in 0..300 {
        write(&dir.path().join(format!("h/b/{number}.md")), "");
    }
    let watched = Watched::run(dir, watcher);
    let all = watched.until("b/299.md");
    assert_eq!(all.iter().map(|changes| changes.paths.len()).collect::<Vec<_>>(), [301]);
}

#[test]
fn what_is_gone_or_empty_is_waited_for_longer_and_what_somebody_is_at_longest() {
    let dir = folder_of(&["a.md", "b.md"]);
    let root = dir.path().join("h");
    fs::create_dir(root.join(".git")).unwrap();
    write(&root.join(".git/HEAD"), "ref: refs/heads/main\n");
    let watcher = Watcher::start(&root, &[], false);
    let quiet = |hints: &[(&str, Happened)]| {
        let mut batch = Batch::default();
        hints.iter().for_each(|(path, happened)| batch.add(Hint::At(root.join(path), *happened)));
        watcher.patience(&batch).quiet
    };
    use Happened::{Closed, Little, Moved, Writing, Written};
    assert_eq!(quiet(&[("a.md", Moved)]), BATCH);
    assert_eq!(quiet(&[("gone.md", Moved)]), GONE);
    assert_eq!(quiet(&[("a.md", Moved), ("gone.md", Moved)]), BATCH);
    write(&root.join("empty.md"), "");
    for happened in [Moved, Written] {
        assert_eq!(quiet(&[("a.md", happened), ("empty.md", happened)]), GONE);
    }
    assert_eq!(quiet(&[("a.md", Writing)]), WRITING);
    assert_eq!(quiet(&[("a.md", Writing), ("b.md", Closed), ("a.md", Little)]), WRITING);
    assert_eq!(quiet(&[("a.md", Writing), ("a.md", Closed)]), BATCH);
    assert_eq!(quiet(&[("a.md", Writing), ("a.md", Closed), ("a.md", Writing)]), WRITING);
    // Its folder has gone elsewhere with it.
    assert_eq!(quiet(&[("gone.md", Writing)]), GONE);
    write(&root.join(".git/index.lock"), "");
    assert_eq!(quiet(&[("a.md", Moved)]), AT_WORK);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_somebody_is_writing_is_not_told_before_it_is_closed() {
    use std::io::Write;
    let watched = Watched::start(&["a.md", "b.md"], false);
    let mut file = fs::File::create(watched.path("a.md")).unwrap();
    watched.write("b.md", "dopo");
    std::thread::sleep(GONE + BATCH);
    file.write_all(b"un pezzo").unwrap();
    std::thread::sleep(GONE + BATCH);
    file.write_all(b", e un altro").unwrap();
    assert!(watched.changes.try_recv().is_err());
    drop(file);
    assert_eq!(watched.told(), ["a.md", "b.md"]);
}

#[test]
fn what_changes_while_something_is_read_is_told_at_once_and_the_rest_later() {
    for compares in [false, true] {
        let dir = folder_of(&["a.md", "b.md"]);
        let root = dir.path().canonicalize().unwrap().join("h");
        let mut watcher = Watcher::start(&root, &[], compares);
        let paths = |changes: Changes| {
            let names = changes.paths.iter().map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap());
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(watcher.meanwhile(), None);
        write(&root.join("a.md"), "dopo");
        assert_eq!(watcher.meanwhile().map(paths), Some(vec!["a.md".to_owned()]));
        assert_eq!(watcher.meanwhile(), None);
        // What changes no file's bytes is not waited for, and not forgotten either.
        let file = fs::File::options().append(true).open(root.join("a.md")).unwrap();
        drop(file);
        assert_eq!(watcher.meanwhile(), None);
        assert_eq!(watcher.heard.is_empty(), compares);
        write(&root.join("b.md"), "dopo");
        assert_eq!(paths(watcher.next(drop)), ["b.md"]);
        assert!(watcher.heard.is_empty());
    }
}

#[test]
fn a_file_that_is_briefly_missing_is_there_when_it_is_told() {
    in_both_ways(&["a.md"], |watched| {
        watched.remove("a.md");
        std::thread::sleep(Duration::from_millis(5));
        watched.write("a.md", "dopo");
        assert_eq!(watched.told(), ["a.md"]);
    });
}

#[test]
fn folders_are_told_with_what_is_in_them() {
    in_both_ways(&["a.md", "b/c.md", "b/d/e.md"], |watched| {
        watched.write("new/deep/deeper/f.md", "");
        assert_eq!(watched.told(), ["new", "new/deep", "new/deep/deeper", "new/deep/deeper/f.md"]);
        watched.write("new/deep/deeper/f.md", "dopo");
        assert_eq!(watched.told(), ["new/deep/deeper/f.md"]);
        watched.rename("b", "moved");
        assert_eq!(
            watched.told(),
            ["b", "b/c.md", "b/d", "b/d/e.md", "moved", "moved/c.md", "moved/d", "moved/d/e.md"]
        );
        watched.write("moved/d/e.md", "dopo");
        assert_eq!(watched.told(), ["moved/d/e.md"]);
        fs::rename(watched.path("moved"), watched.beside("outside")).unwrap();
        assert_eq!(watched.told(), ["moved", "moved/c.md", "moved/d", "moved/d/e.md"]);
        write(&watched.beside("outside/c.md"), "fuori");
        assert_eq!(watched.told(), [""; 0]);
        fs::rename(watched.beside("outside"), watched.path("back")).unwrap();
        assert_eq!(watched.told(), ["back", "back/c.md", "back/d", "back/d/e.md"]);
        watched.write("back/d/e.md", "poi");
        assert_eq!(watched.told(), ["back/d/e.md"]);
        fs::remove_dir_all(watched.path("back")).unwrap();
        assert_eq!(watched.told(), ["back", "back/c.md", "back/d", "back/d/e.md"]);
        // Another folder of the same name, at once.
        for round in 0..5 {
            fs::remove_dir_all(watched.path("new")).unwrap();
            watched.write("new/g.md", "");
            watched.told();
            watched.write("new/g.md", "dopo");
            assert_eq!(watched.told(), ["new/g.md"], "{round}");
        }
    });
}

#[cfg(unix)]
#[test]
fn permissions_that_keep_a_file_readable_change_nothing() {
    use std::os::unix::fs::PermissionsExt;
    in_both_ways(&["a.md"], |watched| {
        let allow =
            |mode| fs::set_permissions(watched.path("a.md"), fs::Permissions::from_mode(mode)).unwrap();
        allow(0o755);
        assert_eq!(watched.told(), [""; 0]);
        allow(0o200);
        assert_eq!(watched.told(), ["a.md"]);
        allow(0o644);
        assert_eq!(watched.told(), ["a.md"]);
    });
}

#[cfg(unix)]
#[test]
fn what_is_reached_through_a_link_has_both_names() {
    use std::os::unix::fs::symlink;
    let files = ["a.md", "b/c.md"];
    for compares in [false, true] {
        let dir = folder_of(&files);
        symlink("a.md", dir.path().join("h/z.md")).unwrap();
        symlink("b", dir.path().join("h/y")).unwrap();
        write(&dir.path().join("outside/x.md"), "");
        symlink("../outside", dir.path().join("h/out")).unwrap();
        let watcher = Watcher::start(&dir.path().join("h"), &[], compares);
        let watched = Watched::run(dir, watcher);
        watched.write("a.md", "dopo");
        assert_eq!(watched.told(), ["a.md", "z.md"]);
        watched.write("y/c.md", "dopo");
        assert_eq!(watched.told(), ["b/c.md", "y/c.md"]);
        watched.write("b/d/e.md", "");
        assert_eq!(watched.told(), ["b/d", "b/d/e.md", "y/d", "y/d/e.md"]);
        write(&watched.beside("outside/x.md"), "dopo");
        assert_eq!(watched.told(), [""; 0]);
        // A link that leads nowhere is a problem to be told, and so is its end.
        symlink("nowhere.md", watched.path("n.md")).unwrap();
        assert_eq!(watched.told(), ["n.md"]);
        watched.write("nowhere.md", "");
        assert_eq!(watched.told(), if compares { vec!["n.md", "nowhere.md"] } else { vec!["nowhere.md"] });
        watched.remove("y");
        assert_eq!(watched.told(), ["y", "y/c.md", "y/d", "y/d/e.md"]);
        watched.write("b/c.md", "poi");
        assert_eq!(watched.told(), ["b/c.md"]);
    }
}

#[test]
fn another_folder_in_the_handbooks_place_is_watched_instead() {
    in_both_ways(&["a.md"], |watched| {
        let root = watched.path("");
        fs::rename(&root, watched.beside("old")).unwrap();
        write(&watched.beside("next/a.md"), "dopo");
        fs::rename(watched.beside("next"), &root).unwrap();
        watched.until_everything();
        watched.write("a.md", "poi");
        assert_eq!(watched.told(), ["a.md"]);
        fs::remove_dir_all(&root).unwrap();
        watched.until_everything();
        watched.write("b.md", "");
        watched.until_everything();
        watched.write("b.md", "poi");
        assert_eq!(watched.told(), ["b.md"]);
    });
}

#[cfg(unix)]
#[test]
fn a_link_to_the_handbook_that_comes_to_lead_elsewhere_is_followed() {
    use std::os::unix::fs::symlink;
    for compares in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["h", "one"] {
            write(&dir.path().join(folder).join("a.md"), "");
        }
        let link = dir.path().join("link");
        symlink("one", &link).unwrap();
        let watched = Watched::run(dir, Watcher::start(&link, &[], compares));
        symlink("h", watched.beside("other")).unwrap();
        fs::rename(watched.beside("other"), &link).unwrap();
        watched.until_everything();
        watched.write("a.md", "dopo");
        assert_eq!(watched.told(), ["a.md"]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let watched = Watched::start(&["a.md"], true);
    let made = Command::new("mkfifo").arg(watched.path("pipe.md")).status().unwrap();
    assert!(made.success());
    assert_eq!(watched.told(), ["pipe.md"]);
}

#[test]
fn an_output_folder_in_the_handbook_changes_nothing() {
    in_both_ways(&["a.md", "public/index.html", "site/.vademecum.json", "site/b/index.html"], |watched| {
        watched.write("public/index.html", "dopo");
        watched.write("public/new/index.html", "dopo");
        watched.write("site/.vademecum.json", "dopo");
        watched.write("site/b/index.html", "dopo");
        watched.write("site/c/index.html", "dopo");
        watched.write(".vademecum-stage-1/0-1", "dopo");
        watched.rename(".vademecum-stage-1/0-1", "site/d.html");
        assert_eq!(watched.told(), [""; 0]);
        // The first build into a folder of its own.
        fs::create_dir(watched.path("new")).unwrap();
        watched.write("new/.vademecum.json", "");
        watched.told();
        watched.write("new/index.html", "");
        assert_eq!(watched.told(), [""; 0]);
    });
}

#[test]
fn a_change_that_the_system_does_not_tell_is_found_and_from_then_on_all_files_are_compared() {
    let dir = folder_of(&["a.md"]);
    let mut watcher = Watcher::start(&dir.path().join("h"), &[], false);
    deafen(&mut watcher, Native::of(NullWatcher));
    watcher.due = Instant::now();
    write(&dir.path().join("h/a.md"), "dopo");
    let watched = Watched::run(dir, watcher);
    let only = Changes { paths: [watched.path("a.md")].into(), everything: false };
    assert_eq!(watched.until("a.md"), [only]);
    let reason = watched.reasons.recv_timeout(GIVE_UP).unwrap();
    assert_eq!(reason.en, "`a.md` has changed and the system did not tell");
    assert_eq!(watched.told(), [""; 0]);
    watched.write("a.md", "poi");
    assert_eq!(watched.told(), ["a.md"]);
}

#[test]
fn a_change_that_a_comparison_finds_before_its_event_comes_was_told_all_the_same() {
    let dir = folder_of(&["a.md", "b/c.md"]);
    let mut watcher = Watcher::start(&dir.path().join("h"), &[], false);
    write(&dir.path().join("h/a.md"), "dopo");
    fs::remove_dir_all(dir.path().join("h/b")).unwrap();
    watcher.due = Instant::now();
    let watched = Watched::run(dir, watcher);
    assert_eq!(watched.until("a.md").len(), 1);
    std::thread::sleep(LATE + BATCH);
    watched.told();
    assert!(watched.reasons.try_recv().is_err());
}

#[test]
fn more_events_than_the_system_can_keep_are_a_reason_to_look_and_no_change() {
    let dir = folder_of(&["a.md", "b.md"]);
    let old = std::time::SystemTime::now() - Duration::from_secs(60);
    for file in ["a.md", "b.md"] {
        fs::File::options()
            .write(true)
            .open(dir.path().join("h").join(file))
            .unwrap()
            .set_modified(old)
            .unwrap();
    }
    let mut watcher = Watcher::start(&dir.path().join("h"), &[], false);
    deafen(&mut watcher, Native::of(NullWatcher));
    let sender = watcher.lookout.hints.clone();
    sender.send(Hint::Overflow).unwrap();
    let watched = Watched::run(dir, watcher);
    std::thread::sleep(BATCH * 3);
    watched.write("b.md", "dopo");
    sender.send(Hint::Overflow).unwrap();
    let all = watched.until("b.md");
    assert_eq!(all, [Changes { paths: [watched.path("b.md")].into(), everything: false }]);
}

/// The files of a folder with their texts, told apart from folders.
fn texts_of(root: &Path) -> BTreeMap<PathBuf, String> {
    let files =
        walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file());
    files.map(|file| (file.path().to_owned(), fs::read_to_string(file.path()).unwrap())).collect()
}

/// One of many things that may happen to a handbook's files.
fn happen(watched: &Watched, random: &mut impl FnMut(usize) -> usize) {
    let files: Vec<_> = texts_of(&watched.path("")).into_keys().filter(|path| !path.ends_with(END)).collect();
    let file = files[random(files.len())].clone();
    let folder = watched.path(["a", "a/b", "a/b/c", "d", "d/e"][random(5)]);
    let text = format!("{}", random(10));
    match random(9) {
        0..3 => fs::write(&file, text).unwrap(),
        3 => write(&folder.join(format!("{}.md", random(20))), &text),
        4 => {
            write(&watched.beside("new.md"), &text);
            fs::rename(watched.beside("new.md"), &file).unwrap();
        }
        5 => {
            fs::remove_file(&file).unwrap();
            fs::write(&file, text).unwrap();
        }
        6 if files.len() > 5 => fs::remove_file(&file).unwrap(),
        7 if folder.is_dir() && files.iter().any(|file| !file.starts_with(&folder)) => {
            fs::rename(&folder, watched.beside("moved")).unwrap();
            if random(2) == 0 {
                fs::create_dir_all(folder.parent().unwrap()).unwrap();
                fs::rename(watched.beside("moved"), &folder).unwrap();
            } else {
                fs::remove_dir_all(watched.beside("moved")).unwrap();
            }
        }
        8 if folder.is_dir() && !watched.path("f").exists() => {
            fs::rename(&folder, watched.path("f")).unwrap();
        }
        _ if watched.path("f").exists() && !folder.exists() => {
            fs::create_dir_all(folder.parent().unwrap()).unwrap();
            fs::rename(watched.path("f"), &folder).unwrap();
        }
        _ => {}
    }
}

#[test]
fn who_reads_again_only_what_is_told_has_every_file_as_it_is() {
    let mut state = 7_u64;
    // Knuth's numbers: the same at every run.
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for (compares, rounds) in [(false, 150), (true, 25)] {
        let watched =
            Watched::start(&["z.md", "y.md", "a/1.md", "a/b/2.md", "a/b/c/3.md", "d/e/4.md"], compares);
        let mut known = texts_of(&watched.path(""));
        for round in 0..rounds {
            for _ in 0..=random(6) {
                happen(&watched, &mut random);
            }
            watched.write(END, &round.to_string());
            for path in watched.until(END).into_iter().flat_map(|changes| changes.paths) {
                if path.is_file() {
                    known.insert(path.clone(), fs::read_to_string(&path).unwrap());
                } else {
                    known.retain(|file, _| !file.starts_with(&path) || file.is_file());
                }
            }
            assert_eq!(known, texts_of(&watched.path("")), "compares: {compares}, round {round}");
        }
        assert!(watched.reasons.try_recv().is_err(), "the system has told of every change");
    }
}

/// A system that has no room for another watch.
#[derive(Debug)]
struct Full;

impl notify::Watcher for Full {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        Ok(Self)
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::Inotify
    }
}

#[test]
fn where_the_system_has_no_room_for_a_watch_all_files_are_compared() {
    let dir = folder_of(&["a.md"]);
    let mut watcher = Watcher::start(&dir.path().join("h"), &[], false);
    deafen(&mut watcher, Native::of(Full));
    watcher.due = Instant::now();
    write(&dir.path().join("h/b/c.md"), "");
    let watched = Watched::run(dir, watcher);
    watched.until("b/c.md");
    let reason = watched.reasons.recv_timeout(GIVE_UP).unwrap();
    assert_eq!(reason.en, "the system watches no more folders (limit `fs.inotify.max_user_watches`)");
    watched.write("b/c.md", "dopo");
    assert_eq!(watched.told(), ["b/c.md"]);
}

fn git(folder: &Path, args: &[&str]) {
    let config = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").current_dir(folder).args(config).args(args).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn another_branch_is_one_change_and_a_new_tag_may_change_everything() {
    for compares in [false, true] {
        let dir = folder_of(&["h.md"]);
        let root = dir.path().join("h");
        git(&root, &["init", "--quiet", "--initial-branch", "one"]);
        for number in 0..2_000 {
            write(&root.join(format!("{}/{number}.md", number % 20)), "uno");
        }
        git(&root, &["add", "."]);
        git(&root, &["commit", "--quiet", "--message", "one"]);
        git(&root, &["checkout", "--quiet", "-b", "two"]);
        for number in 0..2_000 {
            write(&root.join(format!("{}/{number}.md", number % 20)), "due, due");
        }
        git(&root, &["commit", "--quiet", "--all", "--message", "two"]);
        let watcher = Watcher::start(&root, &[], compares);
        let watched = Watched::run(dir, watcher);
        git(&root, &["checkout", "--quiet", "one"]);
        let sizes: Vec<_> = watched.until("19/1999.md").iter().map(|changes| changes.paths.len()).collect();
        assert_eq!(sizes, [2_000], "compares: {compares}");
        assert_eq!(watched.told(), [""; 0]);
        git(&root, &["tag", "2026.1"]);
        watched.until_everything();
    }
}
