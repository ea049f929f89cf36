//! What the system tells of changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind};

use crate::diagnostic::Text;
use crate::say;
use crate::source::{OUTPUT_RECORD, ignored};

/// What the system has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hint {
    /// Something has happened here.
    At(PathBuf, Happened),
    /// More has happened than the system could keep.
    Overflow,
}

/// What has happened at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happened {
    /// Whoever was writing it has closed it.
    Closed,
    /// Perhaps nothing: permissions, times.
    Little,
    /// Its contents have changed.
    Written,
    /// Its contents are changing: the system tells when it is closed.
    Writing,
    /// It came, went or was renamed.
    Moved,
}

/// The system's own watch over the folders of a handbook.
pub(super) struct Native {
    watcher: Box<dyn Watcher + Send>,
    /// Whether each folder needs a watch of its own. Where the system watches a whole tree, the root's is enough.
    ///
    /// `notify` would do it too, but with watches in `.git`, in outputs and wherever links lead, without looking again at
    /// what came into a new folder before its watch did.
    each_folder: bool,
}

/// Whether the system tells when a file is closed that was written.
const TELLS_OF_CLOSING: bool = cfg!(any(target_os = "linux", target_os = "android"));

impl Native {
    /// Starts to watch no folder yet but what gives the handbook's path its folder; a hint is sent for whatever happens to the
    /// handbook in the folders that are added.
    pub(super) fn start(root: &Path, handbook: &Path, hints: Sender<Hint>) -> Result<Self, Text> {
        let places = [root.to_owned(), handbook.to_owned()];
        let handler = move |event: notify::Result<Event>| {
            for hint in hints_of(event, &places) {
                // The receiver is gone only when the process ends.
                let _ = hints.send(hint);
            }
        };
        let watcher = RecommendedWatcher::new(handler, settings()).map_err(|error| reason(&error))?;
        let each_folder = RecommendedWatcher::kind() == WatcherKind::Inotify;
        let mut native = Self { watcher: Box::new(watcher), each_folder };
        if !each_folder {
            native.watch(root, RecursiveMode::Recursive)?;
        }
        if handbook.is_symlink()
            && let Some(folder) = handbook.parent()
        {
            // The link may come to lead to another folder.
            native.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok(native)
    }

    /// Watches a folder of the handbook; not the folders in it.
    pub(super) fn add(&mut self, folder: &Path) -> Result<(), Text> {
        if self.each_folder { self.watch(folder, RecursiveMode::NonRecursive) } else { Ok(()) }
    }

    /// Has all told that has happened before.
    pub(super) fn catch_up(&mut self) {
        // The events and this word come to the same thread, one after the other. The settings are those that it has.
        let _ = self.watcher.configure(settings());
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Text> {
        match self.watcher.watch(folder, mode) {
            // It has gone meanwhile, or may not be read: whoever reads the handbook says so.
            Err(error) if self.each_folder && !is_end(&error) => Ok(()),
            added => added.map_err(|error| reason(&error)),
        }
    }

    #[cfg(test)]
    pub(super) fn of(watcher: impl Watcher + Send + 'static) -> Self {
        Self { watcher: Box::new(watcher), each_folder: true }
    }
}

fn settings() -> Config {
    Config::default().with_follow_symlinks(false)
}

/// Whether nothing more can be watched.
fn is_end(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

fn reason(error: &notify::Error) -> Text {
    match &error.kind {
        ErrorKind::MaxFilesWatch => say!(
            "il sistema non sorveglia altre cartelle (limite `fs.inotify.max_user_watches`)";
            "the system watches no more folders (limit `fs.inotify.max_user_watches`)"
        ),
        ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_OPEN) && cfg!(target_os = "linux") => {
            say!(
                "il sistema non ammette altri programmi che sorvegliano (limite `fs.inotify.max_user_instances`)";
                "the system admits no more programs that watch (limit `fs.inotify.max_user_instances`)"
            )
        }
        _ => {
            say!("il sistema non avvisa di ciò che cambia ({error})"; "the system does not tell of changes ({error})")
        }
    }
}

/// `EMFILE`, which `std::io::ErrorKind` has no stable name for.
const TOO_MANY_OPEN: i32 = 24;

fn hints_of(event: notify::Result<Event>, places: &[PathBuf; 2]) -> Vec<Hint> {
    // Whatever goes wrong: not everything is told.
    let Some(event) = event.ok().filter(|event| !event.need_rescan()) else { return vec![Hint::Overflow] };
    let Some(happened) = happened(event.kind) else { return Vec::new() };
    let [root, handbook] = places;
    let is_heard = |path: &PathBuf| path == handbook || path.strip_prefix(root).is_ok_and(is_part);
    event.paths.into_iter().filter(is_heard).map(|path| Hint::At(path, happened)).collect()
}

/// Whether a path in the handbook is one that it may have, or tells of an output folder.
fn is_part(path: &Path) -> bool {
    let is_record = path.file_name().is_some_and(|name| name == OUTPUT_RECORD);
    let path = if is_record { path.parent().unwrap_or(path) } else { path };
    !path.components().any(|part| ignored(part.as_os_str()))
}

/// `None` for a mere reading.
fn happened(kind: EventKind) -> Option<Happened> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Happened::Closed),
        EventKind::Access(_) => None,
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(Happened::Little),
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_OF_CLOSING => Some(Happened::Writing),
        EventKind::Modify(ModifyKind::Data(_)) => Some(Happened::Written),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => Some(Happened::Moved),
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{Flag, MetadataKind, RemoveKind};

    use super::*;

    #[test]
    fn reading_and_editors_own_files_are_not_heard() {
        let places = ["/h", "/link"].map(PathBuf::from);
        let hints = |kind, path: &str| hints_of(Ok(Event::new(kind).add_path(path.into())), &places);
        let modify = EventKind::Modify(ModifyKind::Any);
        let at = |path: &str, happened| vec![Hint::At(path.into(), happened)];
        assert_eq!(hints(modify, "/h/a.md"), at("/h/a.md", Happened::Moved));
        assert_eq!(hints(EventKind::Remove(RemoveKind::Any), "/h/img"), at("/h/img", Happened::Moved));
        assert_eq!(hints(modify, "/link"), at("/link", Happened::Moved));
        let permissions = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert_eq!(hints(permissions, "/h/a.md"), at("/h/a.md", Happened::Little));
        assert_eq!(hints(EventKind::Access(AccessKind::Read), "/h/a.md"), []);
        for path in ["/h/.#a.md", "/h/a.md~", "/h/.git/refs/a", "/h/b/.c.md.swp", "/other/a.md", "/linked"] {
            assert_eq!(hints(modify, path), [], "{path}");
        }
        let record = format!("/h/out/{OUTPUT_RECORD}");
        assert_eq!(hints(modify, &record), at(&record, Happened::Moved));
    }

    #[test]
    fn what_the_system_could_not_keep_is_told_as_such() {
        let places = ["/h", "/h"].map(PathBuf::from);
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(hints_of(Ok(overflow), &places), [Hint::Overflow]);
        assert_eq!(hints_of(Err(notify::Error::generic("broken")), &places), [Hint::Overflow]);
    }
}
