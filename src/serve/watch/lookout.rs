//! The handbook's folder, and what is different in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use crate::diagnostic::Text;
use crate::source::absolute;

use super::native::{Happened, Hint, Native};
use super::snapshot::Snapshot;

/// Looks at a handbook's folder, and has the system watch it.
pub(super) struct Lookout {
    /// As it was given: a link may come to lead elsewhere.
    handbook: PathBuf,
    excluded: Vec<PathBuf>,
    /// The folder that stands there.
    pub(super) root: PathBuf,
    pub(super) snapshot: Snapshot,
    /// Whether the system is asked to watch.
    asks: bool,
    pub(super) native: Option<Native>,
    pub(super) hints: Sender<Hint>,
    /// Why the system does not watch, until it is told.
    pub(super) refused: Option<Text>,
}

impl Lookout {
    /// Looks at a folder for the first time. The system's hints are sent, if it is asked for any.
    pub(super) fn new(handbook: &Path, excluded: &[PathBuf], asks: bool, hints: Sender<Hint>) -> Self {
        let mut lookout = Self {
            handbook: std::path::absolute(handbook).unwrap_or_else(|_| handbook.to_owned()),
            excluded: excluded.to_owned(),
            root: PathBuf::new(),
            snapshot: Snapshot::new(PathBuf::new(), Vec::new(), !asks),
            asks,
            native: None,
            hints,
            refused: None,
        };
        lookout.begin();
        lookout
    }

    /// Starts anew with the folder that stands at the handbook's path now.
    pub(super) fn begin(&mut self) {
        self.root = absolute(&self.handbook);
        let excluded = self.excluded.iter().map(|folder| absolute(folder)).collect();
        self.snapshot = Snapshot::new(self.root.clone(), excluded, self.snapshot.verifies);
        self.native = None;
        if self.asks {
            match Native::start(&self.root, &self.handbook, self.hints.clone()) {
                Ok(native) => self.native = Some(native),
                Err(reason) => self.refused = Some(reason),
            }
        }
        self.look_everywhere();
    }

    /// Has the system tell all that has happened before.
    pub(super) fn catch_up(&mut self) {
        if let Some(native) = &mut self.native {
            native.catch_up();
        }
    }

    /// Whether there is a folder at the handbook's path.
    pub(super) fn is_there(&self) -> bool {
        self.handbook.is_dir()
    }

    /// Whether another folder, or none, stands at the handbook's path now.
    pub(super) fn is_replaced(&self) -> bool {
        self.snapshot.is_replaced() || absolute(&self.handbook) != self.root
    }

    /// Looks at all files.
    pub(super) fn look_everywhere(&mut self) -> BTreeSet<PathBuf> {
        self.look(&self.root.clone())
    }

    /// Looks where something has happened, once at each place.
    pub(super) fn look_where(&mut self, hints: Vec<(PathBuf, Happened)>) -> BTreeSet<PathBuf> {
        let (mut found, mut looked_at) = (BTreeSet::new(), BTreeSet::new());
        for (path, happened) in hints {
            let at = self.snapshot.concerned(&path);
            if let Some(at) = at.filter(|at| looked_at.insert(at.clone())) {
                found.append(&mut self.look_after(&path, happened, at));
            }
        }
        found
    }

    fn look_after(&mut self, path: &Path, happened: Happened, at: PathBuf) -> BTreeSet<PathBuf> {
        let was_known = self.snapshot.knows(path);
        let mut found = self.look(&at);
        if happened == Happened::Moved {
            // The watch on a folder may have gone with the folder that had its name before.
            for folder in self.snapshot.folders_in(path) {
                self.watch(&folder);
            }
        }
        // Size and time may be those of the writing before.
        let is_file = at == path && !path.is_dir();
        if is_file && happened >= Happened::Written && (was_known || self.snapshot.knows(path)) {
            found.insert(at);
        }
        found
    }

    fn look(&mut self, at: &Path) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        loop {
            let mut seen = self.snapshot.look(at);
            found.append(&mut seen.changed);
            for folder in &seen.folders {
                self.watch(folder);
            }
            if seen.folders.is_empty() || self.native.is_none() {
                return found;
            }
            // What came into a folder before its watch is seen by another look.
        }
    }

    /// Has a folder watched. When the system has no room for it, it is not asked again, and left to watch for others.
    fn watch(&mut self, folder: &Path) {
        if let Some(Err(reason)) = self.native.as_mut().map(|native| native.add(folder)) {
            (self.asks, self.native, self.refused) = (false, None, Some(reason));
        }
    }
}
