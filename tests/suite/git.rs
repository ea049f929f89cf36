//! Editions that are tags of a git repository: sound repositories, and hostile ones.

#![cfg(all(feature = "git", unix))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rayon::prelude::*;
use tempfile::TempDir;
use vademecum::diagnostic::{Diagnostic, Lang, Severity};
use vademecum::source::{
    FolderSource, GitRepository, GitSource, Moment, Source, SourcePath, Tag, TagPattern,
};

/// A git repository that goes away with the test.
struct Repository {
    dir: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { dir: TempDir::new().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, args: &[&str]) -> String {
        git(self.root(), args, b"")
    }

    fn commit(&self, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            self.file(path, text);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "un commit"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Writes an object as it is, sound or not.
    fn object(&self, kind: &str, bytes: &[u8]) -> String {
        git(self.root(), &["hash-object", "-w", "--stdin", "--literally", "-t", kind], bytes)
    }

    /// Writes a tree of `(mode, name, id)`, in this order, and a tag of it.
    fn tag_tree(&self, tag: &str, entries: &[(&str, &[u8], &str)]) -> String {
        let tree = self.object("tree", &tree_bytes(entries));
        self.git(&["update-ref", &format!("refs/tags/{tag}"), &tree]);
        tree
    }

    /// Where a loose object is.
    fn object_path(&self, id: &str) -> PathBuf {
        self.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
    }

    fn lose(&self, id: &str) {
        fs::remove_file(self.object_path(id)).unwrap();
    }

    fn open(&self) -> GitRepository {
        GitRepository::discover(self.root()).unwrap()
    }

    fn open_at(&self, folder: &str) -> GitRepository {
        GitRepository::discover(&self.path(folder)).unwrap()
    }
}

fn git(folder: &Path, args: &[&str], input: &[u8]) -> String {
    let mut child = Command::new("git")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@ente.example")
        .env("GIT_AUTHOR_DATE", "2025-03-01T23:30:00+0100")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@ente.example")
        .env("GIT_COMMITTER_DATE", "2025-03-01T23:30:00-0200")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

fn tree_bytes(entries: &[(&str, &[u8], &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (mode, name, id) in entries {
        bytes.extend_from_slice(mode.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(name);
        bytes.push(0);
        bytes.extend((0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()));
    }
    bytes
}

fn pattern(text: &str) -> TagPattern {
    TagPattern::parse(text).unwrap()
}

/// The tags `v*`, which are all sound.
fn tags(repository: &GitRepository) -> Vec<Tag> {
    let (tags, problems) = repository.tags(&pattern("v*"));
    assert_eq!(told(&problems), [""; 0]);
    tags
}

/// The source of the only tag `v*`.
fn source(repository: &GitRepository) -> (GitSource, Vec<Diagnostic>) {
    let tags = tags(repository);
    assert_eq!(tags.len(), 1);
    repository.source(&tags[0]).unwrap()
}

/// `place code: message`, in English.
fn told(problems: &[Diagnostic]) -> Vec<String> {
    let place = |d: &Diagnostic| d.place.as_ref().map_or("", |place| place.file.name()).to_owned();
    problems.iter().map(|d| format!("{} {}: {}", place(d), d.code, d.message.in_lang(Lang::En))).collect()
}

/// `code place`, sorted.
fn places(problems: &[Diagnostic]) -> Vec<String> {
    let mut places: Vec<_> = problems
        .iter()
        .map(|d| format!("{} {}", d.code, d.place.as_ref().map_or("", |place| place.file.name())))
        .collect();
    places.sort();
    places
}

fn paths(source: &dyn Source) -> Vec<&str> {
    source.paths().iter().map(SourcePath::as_str).collect()
}

fn text(source: &dyn Source, path: &str) -> String {
    String::from_utf8(source.read(&SourcePath::new(path).unwrap()).unwrap()).unwrap()
}

fn help(problem: &Diagnostic) -> &str {
    problem.help.as_ref().unwrap().in_lang(Lang::En)
}

const SETTINGS: &str = "title: Manuale\n";

#[test]
fn every_tag_that_fits_the_pattern_is_an_edition_with_its_message_and_its_day() {
    let repository = Repository::new();
    repository.commit(&[("handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v2025.1"]);
    repository.git(&["tag", "--annotate", "v2025.2", "--message", "Seconda edizione\n\nApprovata.\n"]);
    repository.git(&["tag", "--annotate", "v2025.3", "v2025.2", "--message", "Un'etichetta di un'etichetta"]);
    repository.git(&["tag", "bozza"]);
    let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
    // 23:30 two hours behind UTC is half past one of the next day in UTC, and yet the first of March there.
    let date = Some(Moment { seconds: 1_740_879_000, offset: -7200 });
    let tag = |name: &str, message: Option<&str>| Tag {
        name: name.to_owned(),
        full: format!("v{name}"),
        message: message.map(str::to_owned),
        date,
        id: tree.clone(),
        is_annotated: message.is_some(),
    };
    let expected = [
        tag("2025.1", None),
        tag("2025.2", Some("Seconda edizione\n\nApprovata.")),
        tag("2025.3", Some("Un'etichetta di un'etichetta")),
    ];
    assert_eq!(tags(&repository.open()), expected);
    repository.git(&["pack-refs", "--all"]);
    repository.git(&["gc", "--quiet"]);
    assert_eq!(tags(&repository.open()), expected);
}

#[test]
fn the_files_of_a_tag_are_those_of_its_commit_wherever_the_repository_is_and_whatever_is_checked_out() {
    let repository = Repository::new();
    let before = [("content/handbook.yaml", SETTINGS), ("content/a.md", "# Prima\n"), ("src/x.md", "fuori")];
    repository.commit(&before);
    repository.git(&["tag", "v1"]);
    fs::remove_dir_all(repository.path("content")).unwrap();
    repository.commit(&[("content/handbook.yaml", SETTINGS), ("content/b.md", "# Dopo\n")]);

    let elsewhere = TempDir::new().unwrap();
    let place = |name: &str| elsewhere.path().join(name);
    let origin = repository.root().to_str().unwrap();
    repository.git(&["worktree", "add", "--quiet", place("linked").to_str().unwrap(), "HEAD"]);
    git(elsewhere.path(), &["clone", "--quiet", "--bare", origin, "bare.git"], b"");
    git(elsewhere.path(), &["clone", "--quiet", "--mirror", origin, "mirror.git"], b"");
    let folders = [
        repository.path("content"),
        place("linked").join("content"),
        place("bare.git"),
        place("bare.git/refs"),
        place("mirror.git"),
    ];
    for folder in folders {
        let (source, problems) = source(&GitRepository::discover(&folder).unwrap());
        assert_eq!(told(&problems), [""; 0]);
        assert_eq!(paths(&source), ["a.md", "handbook.yaml"], "{}", folder.display());
        assert_eq!(text(&source, "a.md"), "# Prima\n");
    }
}

#[test]
fn a_tag_and_the_folder_that_was_committed_hold_the_same() {
    let repository = Repository::new();
    for name in [
        "a.md",
        ".well-known/x",
        ".nascosto/y",
        "b/c.md",
        "b/d~",
        "#e#",
        "sito/.vademecum.json",
        "sito/i.html",
        "perch\u{e9}.md",
    ] {
        repository.file(name, name);
    }
    for (target, link) in [
        ("a.md", "dentro.md"),
        ("b", "cartella"),
        ("../a.md", "b/su.md"),
        ("cartella/c.md", "attraverso.md"),
        ("nulla.md", "rotto.md"),
        ("a.md/x", "sotto-un-file.md"),
        ("/etc/hostname", "fuori.md"),
        ("..", "b/giro"),
        ("si.md", "si.md"),
        ("due.md", "uno.md"),
        ("uno.md", "due.md"),
        ("user@host.1:2", ".#a.md"),
    ] {
        std::os::unix::fs::symlink(target, repository.path(link)).unwrap();
    }
    repository.commit(&[]);
    repository.git(&["tag", "v1"]);
    let (on_disk, told_of_disk) = FolderSource::scan(repository.root(), &[]);
    let (in_git, told_of_git) = source(&repository.open());
    assert_eq!(paths(&in_git), paths(&on_disk));
    assert_eq!(places(&told_of_git), places(&told_of_disk));
    assert!(told_of_git.len() == 8, "{:#?}", told(&told_of_git));
    for path in on_disk.paths() {
        assert_eq!(in_git.read(path).unwrap(), on_disk.read(path).unwrap(), "{path}");
    }
}

#[test]
fn a_link_may_leave_the_handbook_only_to_come_back() {
    let repository = Repository::new();
    repository.commit(&[("content/handbook.yaml", SETTINGS), ("content/a.md", "a"), ("segreto.md", "s")]);
    let link = |target: &str| repository.object("blob", target.as_bytes());
    let file = repository.object("blob", b"x");
    let content = repository.object(
        "tree",
        &tree_bytes(&[
            ("100644", b"a.md", &file),
            ("120000", b"casa.md", &link("../content/a.md")),
            ("120000", b"fuori.md", &link("../segreto.md")),
            ("100644", b"handbook.yaml", &file),
            ("120000", b"lontano.md", &link("../../../etc/passwd")),
        ]),
    );
    repository.tag_tree("v1", &[("40000", b"content", &content), ("100644", b"segreto.md", &file)]);
    let (source, problems) = source(&repository.open_at("content"));
    assert_eq!(paths(&source), ["a.md", "casa.md", "handbook.yaml"]);
    assert_eq!(places(&problems), ["symlink-outside fuori.md", "symlink-outside lontano.md"]);
}

#[test]
fn an_old_edition_is_found_where_its_files_were_then() {
    type Files = &'static [(&'static str, &'static str)];
    let old: [(&str, Files, &[&str]); 5] = [
        (
            "settings elsewhere",
            &[("manuale/handbook.yaml", SETTINGS), ("manuale/a.md", "")],
            &["a.md", "handbook.yaml"],
        ),
        ("settings at the root", &[("handbook.yaml", SETTINGS), ("content/a.md", "")], &["a.md"]),
        ("Markdown where it is today", &[("content/b/a.md", ""), ("README.md", "")], &["b/a.md"]),
        (
            "Markdown at the root",
            &[("README.md", ""), ("x/handbook.yaml/y", "")],
            &["README.md", "x/handbook.yaml/y"],
        ),
        (
            "an edition kept inside a handbook is part of it",
            &[("m/handbook.yaml", SETTINGS), ("m/editions/1/handbook.yaml", SETTINGS)],
            &["editions/1/handbook.yaml", "handbook.yaml"],
        ),
    ];
    for (what, files, expected) in old {
        let repository = Repository::new();
        repository.commit(files);
        repository.git(&["tag", "v1"]);
        fs::create_dir_all(repository.path("content")).unwrap();
        let (source, problems) = source(&repository.open_at("content"));
        assert_eq!((paths(&source), told(&problems)), (expected.to_vec(), vec![]), "{what}");
    }
}

#[test]
fn a_tag_with_no_handbook_or_with_several_says_so() {
    let repository = Repository::new();
    fs::create_dir(repository.path("content")).unwrap();
    repository.commit(&[("uno/handbook.yaml", SETTINGS), ("due/handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v1"]);
    repository.git(&["rm", "-r", "--quiet", "uno", "due"]);
    repository.commit(&[("programma.rs", "")]);
    repository.git(&["tag", "v2"]);
    let opened = repository.open_at("content");
    let problems: Vec<_> = tags(&opened).iter().map(|tag| *opened.source(tag).unwrap_err()).collect();
    assert_eq!(
        told(&problems),
        [
            "v1 unreadable-edition: the tag `v1` cannot be read as an edition: it holds several handbooks: `due`, `uno`",
            "v2 unreadable-edition: the tag `v2` cannot be read as an edition: it holds no handbook: neither `handbook.yaml` nor Markdown files"
        ]
    );
}

#[test]
fn a_clone_without_history_says_what_it_may_lack() {
    let repository = Repository::new();
    repository.commit(&[("handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v1"]);
    repository.commit(&[("a.md", "")]);
    repository.git(&["tag", "v2"]);
    let origin = format!("file://{}", repository.root().display());
    let clones = TempDir::new().unwrap();
    let clone = |name: &str, more: &[&str]| {
        let args = [&["clone", "--quiet", "--depth", "1"], more, &[&origin, name]].concat();
        git(clones.path(), &args, b"");
        GitRepository::discover(&clones.path().join(name)).unwrap()
    };
    let none = clone("none", &["--no-tags"]);
    let (found, problems) = none.tags(&pattern("v*"));
    assert_eq!((found.len(), problems.len(), problems[0].severity), (0, 1, Severity::Error));
    assert!(help(&problems[0]).contains("git fetch --tags --unshallow"));

    let one = clone("one", &["--branch", "v2"]);
    let (found, problems) = one.tags(&pattern("v*"));
    assert_eq!((found[0].name.as_str(), problems.len(), problems[0].severity), ("2", 1, Severity::Warning));
    assert_eq!(paths(&one.source(&found[0]).unwrap().0), ["a.md", "handbook.yaml"]);

    // The tag is here, and what it leads to is not.
    let first = repository.git(&["rev-parse", "v1"]);
    fs::write(clones.path().join("one/.git/refs/tags/v1"), format!("{first}\n")).unwrap();
    let (found, problems) = one.tags(&pattern("v*"));
    assert_eq!(found.len(), 1);
    assert_eq!(
        told(&problems)[0],
        format!(
            "v1 unreadable-edition: the tag `v1` cannot be read as an edition: the repository lacks the object {first}"
        )
    );
    assert!(help(&problems[0]).contains("git fetch --tags --unshallow"));

    // And with its history, all is well.
    git(&clones.path().join("one"), &["fetch", "--quiet", "--tags", "--unshallow", &origin], b"");
    assert!(!one.is_shallow());
    assert_eq!(tags(&GitRepository::discover(&clones.path().join("one")).unwrap()).len(), 2);
}

#[test]
fn a_partial_clone_names_the_files_that_it_lacks() {
    let repository = Repository::new();
    repository.commit(&[("handbook.yaml", SETTINGS), ("a.md", "# A\n")]);
    repository.git(&["tag", "v1"]);
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let clones = TempDir::new().unwrap();
    let origin = format!("file://{}", repository.root().display());
    git(clones.path(), &["clone", "--quiet", "--no-checkout", "--filter=blob:none", &origin, "c"], b"");
    let (source, problems) = source(&GitRepository::discover(&clones.path().join("c")).unwrap());
    assert_eq!(places(&problems), ["unreadable-file a.md", "unreadable-file handbook.yaml"]);
    assert!(help(&problems[0]).contains("--filter"), "{}", help(&problems[0]));
    assert!(source.read(&SourcePath::new("a.md").unwrap()).is_err());
}

#[test]
fn tags_that_lead_to_no_commit_are_named_and_the_others_are_read() {
    let repository = Repository::new();
    repository.commit(&[("handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v-buona"]);
    let blob = repository.object("blob", b"un file");
    repository.git(&["update-ref", "refs/tags/v-file", &blob]);
    let nowhere = "1234567890123456789012345678901234567890";
    repository.file(".git/refs/tags/v-manca", format!("{nowhere}\n"));
    repository.file(".git/refs/tags/v-vuota", "");
    repository.file(".git/refs/tags/v-testo", "non sono un id\n");
    repository.file(".git/refs/tags/v-rimando", "ref: refs/heads/main\n");
    let broken = repository.object("commit", b"non sono un commit\n");
    repository.file(".git/refs/tags/v-rotta", format!("{broken}\n"));
    let mut last = repository.git(&["rev-parse", "HEAD"]);
    let mut kind = "commit";
    for _ in 0..20 {
        let text = format!("object {last}\ntype {kind}\ntag x\ntagger A <a@b.example> 1 +0000\n\nm\n");
        last = repository.object("tag", text.as_bytes());
        kind = "tag";
    }
    repository.file(".git/refs/tags/v-catena", format!("{last}\n"));
    let wrong_kind = repository.object(
        "commit",
        format!("tree {blob}\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nm\n").as_bytes(),
    );
    repository.file(".git/refs/tags/v-albero", format!("{wrong_kind}\n"));

    let (found, problems) = repository.open().tags(&pattern("v-*"));
    assert_eq!(found.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["buona"]);
    let told = told(&problems);
    let about = |tag: &str| {
        let prefix = format!("{tag} unreadable-edition: the tag `{tag}` cannot be read as an edition: ");
        told.iter().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_else(|| panic!("{tag}: {told:#?}"))
    };
    assert_eq!(about("v-file"), format!("the object {blob} is a file, which it cannot be here"));
    assert_eq!(about("v-albero"), format!("the object {blob} is a file, which it cannot be here"));
    assert_eq!(about("v-manca"), format!("the repository lacks the object {nowhere}"));
    assert_eq!(about("v-rimando"), "it points at another name, and may change");
    assert_eq!(about("v-catena"), "it leads to a tag that leads to another, and so on");
    assert!(about("v-rotta").starts_with(&format!("the object {broken} of the repository is damaged")));
    let lists = told.iter().filter(|line| line.contains("the repository's list of tags is damaged")).count();
    assert_eq!(lists, 2, "the empty file and the file of text: {told:#?}");
    assert!(problems.iter().all(|problem| problem.help.is_some()));
}

#[test]
fn names_that_are_none_for_a_tag_are_told_only_when_they_fit_the_pattern() {
    let repository = Repository::new();
    let commit = repository.commit(&[("handbook.yaml", SETTINGS)]);
    let mut packed = b"# pack-refs with: peeled fully-peeled sorted \n".to_vec();
    for name in [b"altra/../../x".as_slice(), b"v\x01", b"v2025.1", b"v2025.1/../../x", b"v\xff", b"w..x"] {
        packed.extend_from_slice(commit.as_bytes());
        packed.extend_from_slice(b" refs/tags/");
        packed.extend_from_slice(name);
        packed.push(b'\n');
    }
    repository.file(".git/packed-refs", packed);
    let (found, problems) = repository.open().tags(&pattern("v*"));
    assert_eq!(found.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["2025.1"]);
    assert_eq!(
        told(&problems),
        ["v\\u{1}", "v2025.1/../../x", "v\u{fffd}"].map(|tag| format!(
            "{tag} unreadable-edition: the tag `{tag}` cannot be read as an edition: its name is not one of a tag"
        ))
    );
}

#[test]
fn a_million_tags_of_something_else_cost_no_look_at_their_objects() {
    let repository = Repository::new();
    let commit = repository.commit(&[("handbook.yaml", SETTINGS)]);
    let mut packed = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
    for number in 0..1_000_000 {
        // No such objects exist: whoever looks for one reports it.
        packed.push_str(&format!("{number:040x} refs/tags/build-{number:07}\n"));
    }
    packed.push_str(&format!("{commit} refs/tags/v2025.1\n"));
    repository.file(".git/packed-refs", packed);
    let opened = repository.open();
    let found = tags(&opened);
    assert_eq!(found.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["2025.1"]);
    let (found, problems) = opened.tags(&pattern("*"));
    assert_eq!(found, []);
    assert_eq!(
        told(&problems),
        [" unreadable-edition: more than 10000 tags are like `*`: they cannot all be editions"]
    );
}

#[test]
fn names_that_would_leave_the_folder_are_named_and_passed_over() {
    let repository = Repository::new();
    let file = repository.object("blob", b"x");
    let inner = repository.object("tree", &tree_bytes(&[("100644", b"dentro.md", &file)]));
    repository.tag_tree(
        "v1",
        &[
            ("100644", b"", &file),
            ("40000", b".", &inner),
            ("40000", b"..", &inner),
            ("40000", b".git", &inner),
            ("100644", b"../../fuori.md", &file),
            ("100644", b"/etc/passwd", &file),
            ("100644", b"a.md", &file),
            ("100644", b"a\\b.md", &file),
            ("100644", b"b/c.md", &file),
            ("100644", b"due.md", &file),
            ("40000", b"due.md", &inner),
            ("100644", b"handbook.yaml", &file),
            ("160000", b"modulo", &inner),
            ("100644", b"perche\xcc\x81.md", &file),
            ("100644", "perché.md".as_bytes(), &file),
            ("100644", b"riga\n.md", &file),
            ("100644", b"\xff.md", &file),
        ],
    );
    let (source, problems) = source(&repository.open());
    assert_eq!(paths(&source), ["a.md", "due.md", "handbook.yaml", "perché.md"]);
    assert_eq!(
        places(&problems),
        [
            "duplicate-path due.md",
            "duplicate-path perché.md",
            "unusable-name ",
            "unusable-name .",
            "unusable-name ..",
            "unusable-name ../../fuori.md",
            "unusable-name /etc/passwd",
            "unusable-name a\\b.md",
            "unusable-name b/c.md",
            "unusable-name riga\n.md",
            "unusable-name \u{fffd}.md",
        ]
    );
}

#[test]
fn what_the_store_lacks_is_named_file_by_file() {
    let repository = Repository::new();
    let long = "# Capitolo\n".repeat(500);
    let files = ["c.md", "d/e.md", "f.md", "handbook.yaml"].map(|path| (path, path));
    repository.commit(&[&files[..], &[("a.md", "manca"), ("b.md", &long)]].concat());
    repository.git(&["tag", "v1"]);
    let id = |path: &str| repository.git(&["rev-parse", &format!("v1:{path}")]);
    let (a, b, c, d) = (id("a.md"), id("b.md"), id("c.md"), id("d"));
    repository.lose(&a);
    repository.lose(&b);
    repository.lose(&d);
    fs::set_permissions(repository.object_path(&c), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();
    fs::write(repository.object_path(&c), b"guasto").unwrap();
    let (source, problems) = source(&repository.open());
    assert_eq!(
        places(&problems),
        ["unreadable-file a.md", "unreadable-file b.md", "unreadable-file c.md", "unreadable-file d"]
    );
    let told = told(&problems);
    assert!(
        told.contains(&format!(
            "a.md unreadable-file: the file cannot be read: the repository lacks the object {a}"
        )),
        "{told:#?}"
    );
    assert!(problems.iter().all(|problem| help(problem).contains("git fsck")));
    // Whoever reads the file all the same is told the same, so that one cause is told once.
    let path = SourcePath::new("a.md").unwrap();
    let again = vademecum::source::read_text(&source, &path).unwrap_err();
    assert!(problems.contains(&again));

    let tree = repository.git(&["rev-parse", "v1^{tree}"]);
    repository.lose(&tree);
    let (found, problems) = repository.open().tags(&pattern("v*"));
    assert_eq!((found.len(), places(&problems)), (0, vec!["unreadable-edition v1".to_owned()]));
}

#[test]
fn a_file_that_is_in_large_storage_is_named() {
    let repository = Repository::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    repository.commit(&[("handbook.yaml", SETTINGS), ("modello.pdf", pointer)]);
    repository.git(&["tag", "v1"]);
    let (_, problems) = source(&repository.open());
    assert_eq!(
        told(&problems),
        [
            "modello.pdf unreadable-file: the file cannot be read: its content is in Git LFS, and the repository has only a pointer to it"
        ]
    );
}

#[test]
fn trees_without_end_come_to_an_end() {
    let repository = Repository::new();
    let file = repository.object("blob", b"x");
    let mut deep = repository.object("tree", &tree_bytes(&[("100644", b"fondo.md", &file)]));
    for _ in 0..200 {
        deep = repository.object("tree", &tree_bytes(&[("40000", b"d", &deep)]));
    }
    let files: [(&str, &[u8], &str); 2] = [("100644", b"a.md", &file), ("100644", b"handbook.yaml", &file)];
    repository.tag_tree("v1", &[files.as_slice(), &[("40000", b"profonda", &deep)]].concat());
    let opened = repository.open();
    let (source, problems) = source(&opened);
    assert_eq!(paths(&source), ["a.md", "handbook.yaml"]);
    assert_eq!(problems.len(), 1);
    assert!(told(&problems)[0].ends_with("folders are nested more than 128 deep"), "{:?}", told(&problems));

    // Ten folders of ten folders of ten folders …: eleven objects, ten thousand million files.
    let mut wide = repository.object("tree", &tree_bytes(&[("100644", b"f.md", &file)]));
    let names: Vec<String> = (0..10).map(|number| format!("d{number}")).collect();
    for _ in 0..10 {
        let entries: Vec<_> = names.iter().map(|name| ("40000", name.as_bytes(), wide.as_str())).collect();
        wide = repository.object("tree", &tree_bytes(&entries));
    }
    repository.tag_tree("v1", &[files.as_slice(), &[("40000", b"larga", &wide)]].concat());
    let problem = opened.source(&tags(&opened)[0]).unwrap_err();
    assert!(told(&[*problem])[0].ends_with("it holds more files than a handbook can have"));
}

#[test]
fn many_threads_read_a_packed_repository_at_once() {
    let repository = Repository::new();
    let text =
        |number: usize| format!("# Capitolo {number}\n\n{}", "Il comitato esamina i documenti.\n".repeat(40));
    let names: Vec<_> = (0..2000).map(|number| format!("parte-{}/{number:04}.md", number % 20)).collect();
    for (number, name) in names.iter().enumerate() {
        repository.file(name, text(number));
    }
    repository.commit(&[("handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v1"]);
    repository.git(&["gc", "--quiet", "--aggressive"]);
    let opened = repository.open();
    let (source, problems) = source(&opened);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(source.paths().len(), 2001);
    names.par_iter().enumerate().for_each(|(number, name)| {
        assert_eq!(source.read(&SourcePath::new(name).unwrap()).unwrap(), text(number).as_bytes(), "{name}");
    });
}

#[test]
fn what_differs_from_the_last_commit_is_listed() {
    let repository = Repository::new();
    repository.commit(&[
        (".gitignore", "content/ignorato.md\n"),
        ("content/handbook.yaml", SETTINGS),
        ("content/a.md", "uno\ndue\n"),
        ("content/b.md", "b"),
        ("content/c.md", "c"),
        ("fuori.md", "f"),
    ]);
    let changes = || {
        let (today, _) = FolderSource::scan(&repository.path("content"), &[]);
        let changes = repository.open_at("content").changes(&today).unwrap();
        changes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(changes(), [""; 0]);
    repository.file("fuori.md", "altro");
    repository.file("content/a.md", "uno\r\ndue\r\n");
    assert_eq!(changes(), [""; 0], "another folder and other line ends are no change");
    repository.file("content/a.md", "uno\ntre\n");
    repository.git(&["add", "--all"]);
    fs::remove_file(repository.path("content/b.md")).unwrap();
    repository.file("content/nuovo.md", "n");
    repository.file("content/ignorato.md", "i");
    assert_eq!(changes(), ["a.md", "b.md", "ignorato.md", "nuovo.md"]);
}

#[test]
fn without_a_commit_there_is_nothing_to_release() {
    let repository = Repository::new();
    repository.file("handbook.yaml", SETTINGS);
    let (today, _) = FolderSource::scan(repository.root(), &[]);
    let problem = *repository.open().changes(&today).unwrap_err();
    assert_eq!(places(std::slice::from_ref(&problem)), ["no-repository "]);
    assert!(help(&problem).contains("git commit"));
}

#[test]
fn a_release_is_an_annotated_tag_that_git_understands_and_that_is_made_once() {
    let repository = Repository::new();
    let commit = repository.commit(&[("content/handbook.yaml", SETTINGS)]);
    repository.git(&["config", "user.name", "Ufficio Partenariato"]);
    repository.git(&["config", "user.email", "ufficio@ente.example"]);
    let opened = repository.open_at("content");
    let when = Moment { seconds: 1_767_222_000, offset: 3600 };
    opened.write_tag("v2026.1", "Edizione 2026.1\n\nApprovata dal comitato.\n\n", when).unwrap();
    let text = repository.git(&["cat-file", "tag", "v2026.1"]);
    assert!(text.starts_with(&format!("object {commit}\ntype commit\ntag v2026.1\ntagger ")), "{text}");
    assert!(text.ends_with("> 1767222000 +0100\n\nEdizione 2026.1\n\nApprovata dal comitato."), "{text}");
    repository.git(&["fsck", "--strict"]);
    let read = tags(&opened);
    assert_eq!((read[0].date, read[0].is_annotated), (Some(when), true));
    assert_eq!(read[0].message.as_deref(), Some("Edizione 2026.1\n\nApprovata dal comitato."));

    repository.git(&["pack-refs", "--all"]);
    repository.commit(&[("content/a.md", "")]);
    let again = *opened.write_tag("v2026.1", "di nuovo", when).unwrap_err();
    assert_eq!(
        told(&[again]),
        ["v2026.1 unwritable-tag: the tag `v2026.1` cannot be made: there is `v2026.1` already"]
    );
    assert_eq!(repository.git(&["rev-parse", "v2026.1^{commit}"]), commit);
    repository.git(&["tag", "v3/1"]);
    for name in ["v2026.1/2", "v3", "../x", "-d", "v 1", "v1.lock", ""] {
        let problem = *opened.write_tag(name, "m", when).unwrap_err();
        assert_eq!(places(&[problem]), [format!("unwritable-tag {name}")]);
    }
    assert_eq!(repository.git(&["tag", "--list"]), "v2026.1\nv3/1");
}

#[test]
fn a_folder_that_is_in_no_repository_has_a_way_out() {
    let folder = TempDir::new().unwrap();
    let problem = *GitRepository::discover(folder.path()).unwrap_err();
    assert_eq!(places(std::slice::from_ref(&problem)), ["no-repository "]);
    assert!(help(&problem).contains("git init"));
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    let problem = *GitRepository::discover(folder.path()).unwrap_err();
    assert_eq!(places(&[problem]), ["no-repository "]);
}

#[test]
fn settings_that_name_a_program_run_nothing() {
    let repository = Repository::new();
    repository.commit(&[("handbook.yaml", SETTINGS)]);
    repository.git(&["tag", "v1"]);
    let trace = repository.path("eseguito");
    let program = format!("touch '{}'", trace.display());
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "filter.x.smudge",
        "filter.x.process",
        "gpg.program",
        "core.alternateRefsCommand",
        "core.editor",
        "diff.external",
    ] {
        repository.git(&["config", key, &program]);
    }
    repository.git(&["config", "core.hooksPath", repository.path("ganci").to_str().unwrap()]);
    for hook in ["reference-transaction", "post-checkout", "pre-commit", "update"] {
        repository.file(&format!("ganci/{hook}"), format!("#!/bin/sh\n{program}\n"));
        fs::set_permissions(
            repository.path(&format!("ganci/{hook}")),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
    }
    repository.file(".git/info/attributes", "* filter=x\n");
    let opened = repository.open();
    let (files, _) = source(&opened);
    let read = files.read(&SourcePath::new("handbook.yaml").unwrap()).unwrap();
    assert_eq!(read, SETTINGS.as_bytes());
    let (today, _) = FolderSource::scan(repository.root(), &[]);
    opened.changes(&today).unwrap();
    let _ = opened.write_tag("v2", "m", Moment { seconds: 0, offset: 0 });
    assert!(!trace.exists());
}
