//! How a folder's files were when somebody last looked: what differs now is what has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use walkdir::{DirEntry, WalkDir};

use crate::source::{OUTPUT_RECORD, file_id, ignored, passed_over};

/// So long after a change, a file may change again without another time: some disks keep times to two seconds.
const COARSEST: Duration = Duration::from_secs(2);
/// Contents of larger files are not compared: their size and time must tell.
const LARGEST_READ: u64 = 1 << 20;

/// The files of a handbook's folder, as far as a handbook has them, and how each was when it was last looked at.
pub(super) struct Snapshot {
    root: PathBuf,
    excluded: Vec<PathBuf>,
    /// Whether times and sizes alone must tell of every change, so that contents are compared where times cannot tell.
    pub(super) verifies: bool,
    entries: BTreeMap<PathBuf, Entry>,
    /// Symbolic links that stay inside, and where they lead.
    links: BTreeMap<PathBuf, PathBuf>,
    /// The number of the last look.
    looks: u64,
}

/// What a look has found.
#[derive(Default)]
pub(super) struct Seen {
    /// What was added, removed or changed.
    pub(super) changed: BTreeSet<PathBuf>,
    /// The folders among them that are there now, but for those that are reached through a link.
    pub(super) folders: Vec<PathBuf>,
}

struct Entry {
    stamp: Stamp,
    /// The number of the look that found it last.
    look: u64,
    /// Since when it has been like this, as long as that is so short that time and size do not tell of the next change.
    fresh: Option<Fresh>,
}

#[derive(Clone)]
struct Fresh {
    since: Instant,
    hash: Option<blake3::Hash>,
}

/// What tells without reading whether a file is another.
#[derive(Clone, PartialEq, Eq)]
struct Stamp {
    kind: Kind,
    /// The disk and the file on it, where the system numbers them.
    id: Option<(u64, u64)>,
    /// Who may read it; nothing else of the permissions counts.
    readable: u32,
    /// Size and time of the last change; nothing for folders, whose files tell.
    data: Option<(u64, SystemTime)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A link that is not followed, a pipe, what cannot be read.
    Other,
}

impl Snapshot {
    /// Of a folder that nobody has looked at yet.
    pub(super) fn new(root: PathBuf, excluded: Vec<PathBuf>, verifies: bool) -> Self {
        Self { root, excluded, verifies, entries: BTreeMap::new(), links: BTreeMap::new(), looks: 0 }
    }

    /// Whether another folder stands at the root's path now.
    pub(super) fn is_replaced(&self) -> bool {
        let now = self.root.metadata().ok().map(|metadata| file_id(&metadata));
        now != self.entries.get(&self.root).map(|entry| entry.stamp.id)
    }

    /// Whether something was here at the last look.
    pub(super) fn knows(&self, path: &Path) -> bool {
        self.entries.contains_key(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.entries.get(path).is_some_and(|entry| entry.stamp.kind == Kind::Folder)
    }

    /// What must be looked at when something has happened at a path: the path, or the first folder above it that nobody
    /// knows yet; `None` when it is no part of the handbook.
    pub(super) fn concerned(&self, path: &Path) -> Option<PathBuf> {
        let mut at = self.root.clone();
        for part in path.strip_prefix(&self.root).ok()?.components() {
            if part.as_os_str() == OUTPUT_RECORD {
                // The folder has become an output folder, or is one no longer.
                return Some(at);
            }
            at.push(part);
            if ignored(part.as_os_str()) || self.excluded.contains(&at) {
                return None;
            }
            if !self.is_folder(&at) {
                return Some(at);
            }
        }
        Some(at)
    }

    /// The path and every other path that leads to the same file, through a link.
    pub(super) fn names_of(&self, path: &Path) -> Vec<PathBuf> {
        let mut names = vec![path.to_owned()];
        for (link, target) in &self.links {
            let also: Vec<PathBuf> = names
                .iter()
                .filter(|name| !name.starts_with(link))
                .filter_map(|name| Some(under(link, name.strip_prefix(target).ok()?)))
                .collect();
            names.extend(also);
        }
        names
    }

    /// The folders in a folder, and itself, but for those that are reached through a link.
    pub(super) fn folders_in(&self, folder: &Path) -> Vec<PathBuf> {
        self.within(folder)
            .filter(|(path, entry)| entry.stamp.kind == Kind::Folder && !self.is_through_link(path))
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// The files that may have changed since the last look though they look the same.
    pub(super) fn uncertain(&self) -> BTreeSet<PathBuf> {
        let fresh = |entry: &Entry| entry.fresh.as_ref().is_some_and(|fresh| !fresh.is_over());
        self.entries.iter().filter(|(_, entry)| fresh(entry)).map(|(path, _)| path.clone()).collect()
    }

    /// Looks at a file, or at a folder and all that is in it.
    pub(super) fn look(&mut self, at: &Path) -> Seen {
        let is_first = self.entries.is_empty();
        self.looks += 1;
        let mut seen = Seen::default();
        self.links.retain(|link, _| !link.starts_with(at));
        let mut walk = WalkDir::new(at).follow_links(true).into_iter();
        while let Some(step) = walk.next() {
            let is_folder = step.as_ref().is_ok_and(|entry| entry.file_type().is_dir());
            let found = self.read(step);
            if is_folder && !found.as_ref().is_some_and(|(_, stamp)| stamp.kind == Kind::Folder) {
                walk.skip_current_dir();
            }
            if let Some((path, stamp)) = found {
                self.take(path, stamp, is_first, &mut seen);
            }
        }
        let is_gone = |entry: &Entry| entry.look != self.looks;
        let gone: Vec<_> =
            self.within(at).filter(|(_, entry)| is_gone(entry)).map(|(path, _)| path.clone()).collect();
        for path in gone {
            self.entries.remove(&path);
            seen.changed.insert(path);
        }
        seen
    }

    /// What a step of the walk has come to; `None` for what is no part of a handbook.
    fn read(&mut self, step: walkdir::Result<DirEntry>) -> Option<(PathBuf, Stamp)> {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path()?;
                return if path.file_name().is_some_and(ignored) { None } else { unfollowed(path) };
            }
        };
        if entry.path() != self.root && passed_over(&entry, &self.excluded) {
            return None;
        }
        if entry.path_is_symlink() {
            let target = entry.path().canonicalize().ok();
            let Some(target) = target.filter(|target| target.starts_with(&self.root)) else {
                return unfollowed(entry.path());
            };
            self.links.insert(entry.path().to_owned(), target);
        }
        let kind = match entry.file_type() {
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        let stamp = entry.metadata().ok().map(|metadata| Stamp::of(kind, &metadata))?;
        Some((entry.into_path(), stamp))
    }

    /// Compares what is there with what was, and keeps it.
    fn take(&mut self, path: PathBuf, stamp: Stamp, is_first: bool, seen: &mut Seen) {
        let look = self.looks;
        let before = self.entries.get_mut(&path).map(|before| {
            before.look = look;
            &*before
        });
        let is_same = before.is_some_and(|before| before.stamp == stamp);
        let known = before.and_then(|before| before.fresh.clone());
        if is_same && known.is_none() {
            return;
        }
        let is_file = stamp.kind == Kind::File;
        let begins = is_file && (!is_first || stamp.is_recent());
        let hash = if self.verifies && is_file && (is_same || begins) { hash(&path, &stamp) } else { None };
        // Until contents are compared there is none to compare with.
        let is_equal =
            is_same && known.as_ref().is_some_and(|known| known.hash.is_none() || known.hash == hash);
        let fresh = match known {
            Some(known) if is_equal => Some(Fresh { hash, ..known }).filter(|fresh| !fresh.is_over()),
            _ => begins.then(|| Fresh { since: Instant::now(), hash }),
        };
        if !is_equal {
            let is_other = before.is_none_or(|before| before.stamp.id != stamp.id);
            if stamp.kind == Kind::Folder && is_other && !self.is_through_link(&path) {
                seen.folders.push(path.clone());
            }
            seen.changed.insert(path.clone());
        }
        self.entries.insert(path, Entry { stamp, look, fresh });
    }

    fn within(&self, folder: &Path) -> impl Iterator<Item = (&PathBuf, &Entry)> {
        self.entries.range(folder.to_owned()..).take_while(move |(path, _)| path.starts_with(folder))
    }

    fn is_through_link(&self, path: &Path) -> bool {
        self.links.keys().any(|link| path.starts_with(link))
    }
}

impl Fresh {
    fn is_over(&self) -> bool {
        self.since.elapsed() > COARSEST
    }
}

impl Stamp {
    fn of(kind: Kind, metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let data = (kind != Kind::Folder).then_some((metadata.len(), modified));
        Self { kind, id: file_id(metadata), readable: readable(metadata), data }
    }

    /// Whether the last change is so near that another may follow at the same time.
    fn is_recent(&self) -> bool {
        self.data.is_some_and(|(_, modified)| modified.elapsed().map_or(true, |age| age < COARSEST))
    }
}

/// What stands at a path, without following where it leads.
fn unfollowed(path: &Path) -> Option<(PathBuf, Stamp)> {
    let metadata = path.symlink_metadata().ok()?;
    Some((path.to_owned(), Stamp::of(Kind::Other, &metadata)))
}

fn hash(path: &Path, stamp: &Stamp) -> Option<blake3::Hash> {
    let is_small = stamp.data.is_some_and(|(size, _)| size <= LARGEST_READ);
    let bytes = if is_small { std::fs::read(path).ok() } else { None };
    bytes.map(|bytes| blake3::hash(&bytes))
}

/// A path in a folder, or the folder when the path is empty.
fn under(folder: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { folder.to_owned() } else { folder.join(rest) }
}

#[cfg(unix)]
fn readable(metadata: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o444
}

#[cfg(not(unix))]
fn readable(_: &Metadata) -> u32 {
    0
}
