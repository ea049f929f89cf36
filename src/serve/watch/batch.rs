//! What belongs to one change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::native::{Happened, Hint};

/// What has been told and found since the last answer.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The most that happened at each path.
    pub(super) hints: BTreeMap<PathBuf, Happened>,
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
                let most = self.hints.entry(path).or_insert(happened);
                *most = happened.max(*most);
            }
            Hint::Overflow => self.overflow = true,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hints.is_empty() && !self.overflow && self.found.is_empty() && !self.everything
    }

    /// Whether nothing of what changed is there any more, so that it may be about to come back.
    pub(super) fn is_all_gone(&self) -> bool {
        let is_gone = |path: &PathBuf| path.symlink_metadata().is_err();
        !self.overflow && !self.everything && self.hints.keys().chain(&self.found).all(is_gone)
    }
}
