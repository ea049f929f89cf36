//! A folder on disk.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostic;

use super::{Source, SourcePath, Stamp, absolute, problem};

/// The file that a build leaves in the folder that it publishes to: such a folder is not a source.
pub const OUTPUT_RECORD: &str = ".vademecum.json";

/// The files of a folder as they were when it was scanned; each is read from disk when it is asked for.
///
/// Hidden files, but for those that a site may need, and what editors leave behind (`file~`, `#file#`, `file.swp`) are
/// not part of a handbook.
/// Symbolic links are followed while they stay in the folder.
#[derive(Debug, Clone)]
pub struct FolderSource {
    /// The folder and those in it that are passed over, as they were given: a link may come to lead elsewhere.
    given: (PathBuf, Vec<PathBuf>),
    root: PathBuf,
    paths: Arc<[SourcePath]>,
    /// The path on disk, which may be in another normalisation than the [`SourcePath`].
    disk: Arc<BTreeMap<SourcePath, PathBuf>>,
    /// Whether a file may stand at two paths.
    has_links: bool,
    /// Whether there is something that could not be listed: nobody knows its path.
    has_problems: bool,
    /// How often a file was told to have changed, for whoever watches the folder.
    touched: Option<BTreeMap<SourcePath, u64>>,
}

/// What a folder is after something in it has changed.
#[derive(Debug)]
pub enum Change {
    /// Nothing that belongs to the handbook has.
    Nothing,
    /// These files were written, and no other has come or gone.
    Files(FolderSource, Vec<SourcePath>),
    /// Files may have come or gone: the folder was listed again, with these problems.
    Tree(FolderSource, Vec<Diagnostic>),
}

impl FolderSource {
    /// Lists a folder; `excluded` folders (an output folder inside the handbook) are passed over.
    pub fn scan(root: &Path, excluded: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let canonical = absolute(root);
        let given = (std::path::absolute(root).unwrap_or_else(|_| root.to_owned()), excluded.to_owned());
        let excluded: Vec<PathBuf> = excluded.iter().map(|folder| absolute(folder)).collect();
        let mut scan = Scan {
            root: &canonical,
            excluded: &excluded,
            disk: BTreeMap::new(),
            has_links: false,
            diagnostics: Vec::new(),
        };
        scan.run();
        let Scan { disk, has_links, diagnostics, .. } = scan;
        let source = Self {
            given,
            root: canonical,
            paths: disk.keys().cloned().collect(),
            disk: Arc::new(disk),
            has_links,
            has_problems: !diagnostics.is_empty(),
            touched: None,
        };
        (source, diagnostics)
    }

    /// The same for whoever watches it: each file has a stamp.
    #[must_use]
    pub fn watched(self) -> Self {
        Self { touched: Some(self.touched.unwrap_or_default()), ..self }
    }

    /// What it is after these paths of the disk have changed; whoever does not know which gives none.
    pub fn after(&self, changed: Option<&[PathBuf]>) -> Change {
        let Some(changed) = changed else { return self.listed_again() };
        let mut after = self.clone();
        let mut written = Vec::new();
        let mut is_same_tree = !self.has_links;
        for path in changed {
            let there = fs::symlink_metadata(path).ok();
            match self.known(path) {
                Some(known) => {
                    is_same_tree &= there.is_some_and(|metadata| metadata.is_file());
                    *after.touched.get_or_insert_default().entry(known.clone()).or_default() += 1;
                    written.push(known);
                }
                // What nobody knew and is not there has come and gone, if it was not what could not be listed.
                None => {
                    is_same_tree &= there.is_none() && !self.had_folder(path) && !self.has_problems;
                }
            }
        }
        match (is_same_tree, written.is_empty()) {
            (false, _) => after.listed_again(),
            (true, true) => Change::Nothing,
            (true, false) => Change::Files(after, written),
        }
    }

    fn listed_again(&self) -> Change {
        let (root, excluded) = &self.given;
        let (source, diagnostics) = Self::scan(root, excluded);
        Change::Tree(Self { touched: self.touched.clone(), ..source }, diagnostics)
    }

    /// The file at a path of the disk.
    fn known(&self, path: &Path) -> Option<SourcePath> {
        let relative = path.strip_prefix(&self.root).ok()?.to_str()?;
        let known = SourcePath::new(relative).ok()?;
        self.disk.get(&known).is_some_and(|disk| disk == path).then_some(known)
    }

    /// Whether there was a folder at a path of the disk.
    fn had_folder(&self, path: &Path) -> bool {
        self.disk.values().any(|file| file.starts_with(path))
    }
}

impl Source for FolderSource {
    fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    fn folder(&self) -> Option<&Path> {
        Some(&self.root)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        fs::read(self.disk.get(path).ok_or(io::ErrorKind::NotFound)?)
    }

    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        let touched = self.touched.as_ref()?.get(path).copied().unwrap_or_default();
        Stamp::of(&fs::metadata(self.disk.get(path)?).ok()?, touched)
    }
}

/// One walk over a folder.
struct Scan<'a> {
    root: &'a Path,
    excluded: &'a [PathBuf],
    disk: BTreeMap<SourcePath, PathBuf>,
    has_links: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut walk =
            WalkDir::new(self.root).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
        while let Some(step) = walk.next() {
            match step {
                Ok(entry) if passed_over(&entry, self.excluded) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    if !self.take(&entry) && entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Err(error) => self.walk_error(&error),
            }
        }
    }

    /// Takes a file or agrees to go into a folder; `false` when it is refused.
    fn take(&mut self, entry: &DirEntry) -> bool {
        if entry.path_is_symlink() {
            self.has_links = true;
            if !self.stays_inside(entry.path()) {
                return false;
            }
        }
        let Some(path) = self.source_path(entry.path()) else {
            return false;
        };
        if entry.file_type().is_file()
            && let Some(first) = self.disk.insert(path.clone(), entry.path().to_owned())
        {
            self.diagnostics.push(problem::twins(path.as_str(), &first.display().to_string()));
        }
        true
    }

    fn stays_inside(&mut self, link: &Path) -> bool {
        let target = link.canonicalize();
        if target.as_ref().is_ok_and(|target| target.starts_with(self.root)) {
            return true;
        }
        self.diagnostics.push(problem::link_outside(&self.shown(link)));
        false
    }

    fn source_path(&mut self, path: &Path) -> Option<SourcePath> {
        let relative = path.strip_prefix(self.root).ok()?;
        let found = relative.to_str().and_then(|text| SourcePath::new(text).ok());
        if found.is_none() {
            self.diagnostics.push(problem::unusable_name(&self.shown(path)));
        }
        found
    }

    fn walk_error(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(self.root).to_owned();
        let is_link = path.is_symlink();
        let was_gone = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
        // Or somebody has removed it in the meantime, and may have made it anew since.
        if path.file_name().is_some_and(ignored) || (path != self.root && was_gone && !is_link) {
            return;
        }
        let name = self.shown(&path);
        let too_many_links = error.io_error().is_some_and(|e| e.raw_os_error() == Some(TOO_MANY_LINKS));
        self.diagnostics.push(if error.loop_ancestor().is_some() || too_many_links {
            problem::link_loop(&name)
        } else if is_link {
            problem::dangling_link(&name)
        } else {
            let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            problem::unreadable(&name, &reason)
        });
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}

/// Whether what a walk has found is no part of a handbook, with all that is in it.
pub(crate) fn passed_over(entry: &DirEntry, excluded: &[PathBuf]) -> bool {
    ignored(entry.file_name())
        || excluded.iter().any(|folder| entry.path() == folder)
        || (entry.file_type().is_dir() && is_output(entry.path()))
}

/// Whether a folder is one that a build published to.
fn is_output(folder: &Path) -> bool {
    folder.join(OUTPUT_RECORD).is_file()
}

/// `ELOOP`, which `std::io::ErrorKind` has no stable name for.
const TOO_MANY_LINKS: i32 = if cfg!(target_os = "linux") { 40 } else { 62 };

/// What a site may need under a name that hides it: what other programs look for (RFC 8615), and Apache's settings.
const NEEDED: [&str; 2] = [".well-known", ".htaccess"];

/// How files end that editors and office programs leave or need while they save: Vim, Helix, the JetBrains family.
const LEFT: [&str; 6] = [".swp", ".swx", ".swo", ".bck", "___jb_tmp___", "___jb_old___"];
/// What Vim writes and removes to see whether it may write in a folder.
const VIMS_TRIAL: &str = "4913";

/// Hidden files, editors' locks, backups and swap files.
pub(crate) fn ignored(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    (name.starts_with('.') && !NEEDED.contains(&name.as_ref()))
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || name == VIMS_TRIAL
        || LEFT.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn scan(root: &Path) -> (Vec<String>, Vec<String>) {
        let (source, found) = FolderSource::scan(root, &[root.join("public")]);
        let problems =
            found.iter().map(|d| format!("{} {}", d.code, d.place.as_ref().unwrap().file.name())).collect();
        (source.paths().iter().map(ToString::to_string).collect(), problems)
    }

    #[test]
    fn what_editors_leave_and_what_we_write_is_no_part_of_a_handbook() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "a.md",
            "a.md~",
            ".a.md.swp",
            "#a.md#",
            ".git/config",
            "public/index.html",
            "b/c.md",
            "x.swp",
            "4913",
            "~$dati.xlsx",
            ".~lock.dati.ods#",
            "a.md___jb_tmp___",
            "a.md___jb_old___",
            "a.md.bck",
        ] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(scan(dir.path()), (vec!["a.md".to_owned(), "b/c.md".to_owned()], vec![]));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_and_named_when_they_lead_elsewhere() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "").unwrap();
        fs::write(dir.path().join("a.md"), "").unwrap();
        fs::create_dir(dir.path().join("folder")).unwrap();
        symlink("a.md", dir.path().join("inside.md")).unwrap();
        symlink("nowhere.md", dir.path().join("dangling.md")).unwrap();
        symlink(outside.path().join("secret"), dir.path().join("secret.md")).unwrap();
        symlink(outside.path(), dir.path().join("outside")).unwrap();
        symlink("self.md", dir.path().join("self.md")).unwrap();
        symlink("..", dir.path().join("folder/up")).unwrap();
        symlink("user@host.1:2", dir.path().join(".#a.md")).unwrap();
        let (paths, problems) = scan(dir.path());
        assert_eq!(paths, ["a.md", "inside.md"]);
        assert_eq!(
            problems,
            [
                "dangling-symlink dangling.md",
                "symlink-loop folder/up",
                "symlink-outside outside",
                "symlink-outside secret.md",
                "symlink-loop self.md"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_text_and_twins_are_named() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(OsStr::from_bytes(b"bad\xff.md")), "").unwrap();
        fs::write(dir.path().join("perch\u{e9}.md"), "").unwrap();
        fs::write(dir.path().join("perche\u{301}.md"), "").unwrap();
        let (paths, problems) = scan(dir.path());
        assert_eq!(paths, ["perché.md"]);
        assert_eq!(problems, ["unusable-name bad\u{fffd}.md", "duplicate-path perché.md"]);
    }

    #[test]
    fn a_folder_that_goes_while_it_is_listed_is_no_problem() {
        let dir = tempfile::tempdir().unwrap();
        let is_over = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    for name in ["a", "b", "c", "d"] {
                        fs::create_dir(dir.path().join(name)).unwrap();
                    }
                    for name in ["a", "b", "c", "d"] {
                        fs::remove_dir(dir.path().join(name)).unwrap();
                    }
                }
            });
            let problems: Vec<_> = (0..2_000).flat_map(|_| scan(dir.path()).1).collect();
            is_over.store(true, std::sync::atomic::Ordering::Relaxed);
            assert_eq!(problems, [""; 0]);
        });
    }
}
