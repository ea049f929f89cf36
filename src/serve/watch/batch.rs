//! What belongs to one change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::native::{Happened, Hint};

/// What has been told and found since the last answer.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The most that happened at each path.
    pub(super) hints: BTreeMap<PathBuf, Happened>,
    /// The files that somebody is writing.
    writing: BTreeSet<PathBuf>,
    /// Whether the system told less than happened.
    pub(super) overflow: bool,
    /// What a comparison found.
    pub(super) found: BTreeSet<PathBuf>,
    /// Whether something changed of which nobody knows what it changes.
    pub(super) everything: bool,
}

impl Batch {
    pub(super) fn add(&mut self, hint: Hint) {
        match hint {
            Hint::At(path, happened) => {
                match happened {
                    Happened::Writing => drop(self.writing.insert(path.clone())),
                    Happened::Closed | Happened::Moved => drop(self.writing.remove(&path)),
                    Happened::Little | Happened::Written => {}
                }
                let most = self.hints.entry(path).or_insert(happened);
                *most = happened.max(*most);
            }
            Hint::Overflow => self.overflow = true,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hints.is_empty() && !self.has_other_files()
    }

    /// Whether some file is another than it was, as far as anybody knows.
    pub(super) fn changes_files(&self) -> bool {
        self.hints.values().any(|happened| *happened >= Happened::Written) || self.has_other_files()
    }

    fn has_other_files(&self) -> bool {
        self.overflow || self.everything || !self.found.is_empty()
    }

    /// Whether somebody has begun to write a file, and has not closed it yet.
    pub(super) fn is_being_written(&self) -> bool {
        self.writing.iter().any(|path| path.is_file())
    }

    /// Whether what changed may be about to come back: a file is empty, or nothing is there any more.
    pub(super) fn may_come_back(&self) -> bool {
        let changed = || self.hints.keys().chain(&self.found);
        let is_gone = |path: &PathBuf| path.symlink_metadata().is_err();
        let is_all_gone = !self.overflow && !self.everything && changed().all(is_gone);
        is_all_gone || changed().any(|path| is_empty_file(path))
    }
}

fn is_empty_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0)
}
