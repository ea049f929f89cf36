//! A handbook in a temporary folder, and the program run on it as an editor runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;
use vademecum::edition::{RealDisk, Release};
use vademecum::handbook::{Date, LintLevels};
use vademecum::site::{Options, Site};
use vademecum::source::{FolderSource, Source};

/// A folder that goes away with the test.
pub(crate) struct Handbook {
    dir: TempDir,
}

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) problems: Vec<Problem>,
    /// The breaches of rules: a small handbook of a test breaks many without wanting to.
    pub(crate) breaches: Vec<Problem>,
    pub(crate) stderr: String,
}

/// One line of JSON output.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) file: String,
    /// `line:column`, or empty for a file as a whole.
    pub(crate) at: String,
    pub(crate) related: usize,
}

impl Handbook {
    pub(crate) fn new() -> Self {
        let handbook = Self { dir: TempDir::new().unwrap() };
        fs::create_dir(handbook.root()).unwrap();
        handbook
    }

    /// A handbook of these files.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let handbook = Self::new();
        for (path, text) in files {
            handbook.file(path, text);
        }
        handbook
    }

    /// The folder of the sources.
    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("handbook")
    }

    /// A path beside the sources.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file.
    pub(crate) fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The text of a file of the sources.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces words of a file, which must be there once.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "{path}: {from:?} is there once");
        self.file(path, text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// An edition of the handbook as it is, ready to be written. Only its errors are held against it.
    pub(crate) fn edition(&self, number: &str, day: &str, note: &str) -> Release {
        let (source, _) = FolderSource::scan(&self.root(), &[]);
        let source: Arc<dyn Source> = Arc::new(source);
        let options = Options { search: true, ..Options::default() };
        let (site, problems) = Site::load(Arc::clone(&source), &options);
        assert!(!problems.iter().any(|problem| problem.is_error()), "{problems:#?}");
        let (number, day) = (number.parse().unwrap(), Date::parse(day).unwrap());
        Release::of(number, day, note.to_owned(), source.as_ref(), site.register()).unwrap()
    }

    /// Publishes the handbook as it is as an edition.
    pub(crate) fn publish(&self, number: &str, day: &str, note: &str) {
        self.edition(number, day, note).write(&self.root(), &RealDisk).unwrap();
    }

    /// Gives the handbook an edition of these files, whatever it holds itself.
    pub(crate) fn publish_files(&self, number: &str, files: &[(&str, &str)]) {
        let other = Self::of(files);
        other.edition(number, "2026-01-31", "Una prova.").write(&self.root(), &RealDisk).unwrap();
    }

    /// Runs `check` with JSON lines, in English.
    pub(crate) fn check(&self) -> Said {
        self.run_json(&["check"], &[])
    }

    /// The same in another language.
    pub(crate) fn check_in(&self, lang: &str) -> Said {
        self.run_json(&["check", "--lang", lang], &[])
    }

    /// Runs `build` to the folder `public` beside the sources.
    pub(crate) fn build(&self) -> Said {
        self.build_with(&[])
    }

    pub(crate) fn build_with(&self, more: &[&str]) -> Said {
        let output = self.beside("public");
        self.run_json(&["build", "--output", output.to_str().unwrap()], more)
    }

    /// Runs a command with JSON lines, in English unless it says otherwise, with nobody at a terminal.
    pub(crate) fn run_json(&self, command: &[&str], more: &[&str]) -> Said {
        let output = program()
            .args(command)
            .arg(self.root())
            .args(["--message-format", "json"])
            .args(if command.contains(&"--lang") { &[] as &[&str] } else { &["--lang", "en"] })
            .args(more)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Said::of(&output)
    }

    /// The text of a published file.
    pub(crate) fn page(&self, path: &str) -> String {
        let path = self.beside("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Every published file, relative to the output folder, in order.
    pub(crate) fn published(&self) -> Vec<String> {
        files_of(&self.beside("public"))
    }
}

/// The program that is being tested.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_vademecum"))
}

/// Every file of a folder, relative to it, in order.
pub(crate) fn files_of(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    files
}

/// A copy of the handbook of this project as it is being written, without its editions: they are sealed, and have tests of
/// their own.
pub(crate) fn in_writing() -> Handbook {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let handbook = Handbook::new();
    for file in files_of(&content).iter().filter(|file| !file.starts_with("editions/")) {
        handbook.file(file, fs::read(content.join(file)).unwrap());
    }
    handbook
}

/// Every file of a folder with its bytes.
pub(crate) fn bytes_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files_of(folder).into_iter().map(|file| (file.clone(), fs::read(folder.join(file)).unwrap())).collect()
}

impl Said {
    fn of(output: &Output) -> Self {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!stderr.contains("panicked"), "the program panicked:\n{stderr}");
        let stdout = String::from_utf8(output.stdout.clone()).expect("JSON is UTF-8");
        let is_rule = |problem: &Problem| LintLevels::RULES.iter().any(|rule| rule.name() == problem.code);
        let (breaches, problems) = stdout.lines().map(Problem::of).partition(is_rule);
        let code = output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}"));
        Self { code, problems, breaches, stderr }
    }

    /// `file:line:column code`, in the order of the output.
    pub(crate) fn places(&self) -> Vec<String> {
        self.problems.iter().map(Problem::place).collect()
    }

    /// The same for the breaches of rules.
    pub(crate) fn breaches_at(&self) -> Vec<String> {
        self.breaches.iter().map(Problem::place).collect()
    }

    /// The only problem.
    pub(crate) fn only(&self) -> &Problem {
        assert_eq!(self.problems.len(), 1, "{:#?}\n{}", self.problems, self.stderr);
        &self.problems[0]
    }
}

impl Problem {
    /// `file:line:column code`, or `file code` for a file as a whole.
    pub(crate) fn place(&self) -> String {
        match self.at.is_empty() {
            true => format!("{} {}", self.file, self.code),
            false => format!("{}:{} {}", self.file, self.at, self.code),
        }
    }

    fn of(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let at = match (value["line"].as_u64(), value["column"].as_u64()) {
            (Some(line), Some(column)) => format!("{line}:{column}"),
            _ => String::new(),
        };
        Self {
            code: text("code"),
            severity: text("severity"),
            message: text("message"),
            help: text("help"),
            file: text("file"),
            at,
            related: value["related"].as_array().map_or(0, Vec::len),
        }
    }
}

/// The act of the demonstration handbook: real data for citations.
pub(crate) const ACT: &str = include_str!("../../content/acts/reg-2014-240.yaml");
