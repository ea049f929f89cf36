//! Waits for files to change.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::{absolute, ignored, is_output};

/// Changes that come this close together are one change: an editor writes in pieces, `git` in thousands.
const BATCH: Duration = Duration::from_millis(25);
/// A stream of changes that never pauses is answered at least this often.
const STARVE: Duration = Duration::from_millis(500);
/// How often files are compared where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(500);

/// Watches a folder for as long as it lives. Changes wait until somebody asks for them, so that none is lost
/// between the first reading of the handbook and the first look at its changes.
pub(super) struct Watcher {
    _watcher: Option<Box<dyn notify::Watcher + Send>>,
    changes: Receiver<()>,
    /// Why native watching was not possible, when it was wanted.
    pub(super) fell_back: Option<String>,
}

impl Watcher {
    /// Starts to watch.
    pub(super) fn start(root: &Path, excluded: &[PathBuf], poll: bool) -> Self {
        let root = absolute(root);
        let excluded: Vec<PathBuf> = excluded.iter().map(|folder| absolute(folder)).collect();
        let (sender, changes) = channel();
        let filter_root = root.clone();
        let handler = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_change(&event, &filter_root, &excluded)) {
                // The receiver is gone only when the process ends.
                let _ = sender.send(());
            }
        };
        let mut fell_back = None;
        if !poll {
            match native(&root, handler.clone()) {
                Ok(watcher) => return Self { _watcher: Some(watcher), changes, fell_back },
                Err(error) => fell_back = Some(error.to_string()),
            }
        }
        Self { _watcher: polling(&root, handler).ok(), changes, fell_back }
    }

    /// Calls `on_change` after each batch of changes, for ever.
    pub(super) fn run(self, on_change: impl Fn()) {
        while next_batch(&self.changes) {
            on_change();
        }
    }
}

fn polling(
    root: &Path,
    handler: impl notify::EventHandler,
) -> notify::Result<Box<dyn notify::Watcher + Send>> {
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    let mut watcher = PollWatcher::new(handler, config)?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

fn native(
    root: &Path,
    handler: impl notify::EventHandler,
) -> notify::Result<Box<dyn notify::Watcher + Send>> {
    let mut watcher = RecommendedWatcher::new(handler, Config::default())?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Whether an event can change a page: not a mere reading, not an editor's own file, not our own output.
fn is_change(event: &Event, root: &Path, excluded: &[PathBuf]) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    event.paths.is_empty()
        || event.paths.iter().any(|path| {
            let relative = path.strip_prefix(root).unwrap_or(path);
            !relative.components().any(|part| ignored(part.as_os_str()))
                && !excluded.iter().any(|folder| path.starts_with(folder))
                && !path.ancestors().take_while(|folder| *folder != root).any(is_output)
        })
}

/// Waits for a change and for the quiet after it; `false` when nobody watches any more.
fn next_batch(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let first = Instant::now();
    while first.elapsed() < STARVE {
        match changes.recv_timeout(BATCH) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, ModifyKind};

    use super::*;

    #[test]
    fn reading_editors_files_and_our_own_output_change_nothing() {
        let root = Path::new("/h");
        let excluded = [PathBuf::from("/h/public")];
        let changes = |kind, path: &str| is_change(&Event::new(kind).add_path(path.into()), root, &excluded);
        let modify = EventKind::Modify(ModifyKind::Any);
        assert!(changes(modify, "/h/a.md"));
        assert!(changes(EventKind::Remove(notify::event::RemoveKind::Any), "/h/img"));
        assert!(!changes(EventKind::Access(AccessKind::Any), "/h/a.md"));
        for path in ["/h/.#a.md", "/h/a.md~", "/h/.git/index", "/h/public/index.html", "/h/b/.c.md.swp"] {
            assert!(!changes(modify, path), "{path}");
        }
    }

    #[test]
    fn changes_that_come_together_are_one_batch() {
        let (sender, receiver) = channel();
        for _ in 0..1_000 {
            sender.send(()).unwrap();
        }
        assert!(next_batch(&receiver));
        assert!(receiver.try_recv().is_err());
        drop(sender);
        assert!(!next_batch(&receiver));
    }
}
