//! Waits for files to change.
//!
//! The system's own events (`native`) say where to look, and a `lookout` what is different there from the `snapshot` before.
//! From time to time everything is compared, so that what no event tells is found too: after that, and on `disks` that are
//! known not to tell, everything is compared all the time.

mod batch;
mod disks;
mod lookout;
mod native;
mod repository;
mod snapshot;

use std::collections::BTreeSet;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::diagnostic::Text;
use crate::say;

use batch::Batch;
use lookout::Lookout;
use native::{Happened, Hint};
use repository::Repository;

/// Changes that come this close together are one change: an editor writes in pieces, `git` in thousands.
const BATCH: Duration = Duration::from_millis(25);
/// Where everything that changed is gone, or a file is empty, this long: an editor that deletes or empties a file to write it
/// anew is not slower.
const GONE: Duration = Duration::from_millis(100);
/// While a file is being written, this long: who has it open may pause, and the system tells when it is closed.
const WRITING: Duration = Duration::from_secs(2);
/// While git is at work, this long: it pauses on a slow disk, and it says when it has done.
const AT_WORK: Duration = Duration::from_secs(2);
/// A stream of changes that never pauses is answered at least this often.
const STARVE: Duration = Duration::from_millis(500);
/// The same while a file is being written.
const STARVE_WRITING: Duration = Duration::from_secs(5);
/// The same while git is at work.
const STARVE_AT_WORK: Duration = Duration::from_secs(30);
/// How often all files are compared where the system does not tell of changes.
const COMPARE: Pace = Pace { every: Duration::from_millis(500), rest: 4 };
/// The same where it does, to see that it does.
const VERIFY: Pace = Pace { every: Duration::from_secs(3), rest: 50 };
/// While a comparison takes less than this, another one sees whether a change has ended.
const QUICK: Duration = Duration::from_millis(100);
/// An event that comes later than this after its change is one that does not come.
const LATE: Duration = Duration::from_secs(1);
/// How often a handbook's folder that is gone is looked for, and when that is told.
const SEEK: Duration = Duration::from_millis(50);
const LOST: Duration = Duration::from_secs(1);

/// How often all files are compared.
struct Pace {
    every: Duration,
    /// At least this many times as long as the last comparison took is nothing compared.
    rest: u32,
}

/// How long a change is waited for.
#[derive(Debug, PartialEq, Eq)]
struct Patience {
    /// So long nothing may happen before it has ended.
    quiet: Duration,
    at_most: Duration,
}

/// What has changed since the last look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Files and folders that were written, added or removed. Their paths are absolute and without links above the handbook,
    /// as those of a [`FolderSource`](crate::source::FolderSource) are; what is reached through a link has both its names.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Nobody knows what has changed: another folder stands in the handbook's place, or none, or there are other tags in the
    /// repository around it, in which editions may be kept.
    pub(super) everything: bool,
}

/// Watches a handbook's folder for as long as it lives. Changes wait until somebody asks for them, so that none is lost
/// between the first reading of the handbook and the first look at its changes.
pub(super) struct Watcher {
    lookout: Lookout,
    hints: Receiver<Hint>,
    repository: Option<Repository>,
    /// Whether all files are compared all the time.
    compares: bool,
    /// Why, until it is told.
    reason: Option<Text>,
    /// When all files are compared next, and how long it took last.
    due: Instant,
    took: Duration,
    /// What a comparison found before an event told of it, and when.
    untold: Option<(Instant, BTreeSet<PathBuf>)>,
    /// What was told since the last answer, and has not been looked at.
    heard: Batch,
    lost: Option<Lost>,
}

/// The handbook's folder is gone.
struct Lost {
    since: Instant,
    is_told: bool,
}

impl Watcher {
    /// Starts to watch; `compares` for one that asks the system for nothing.
    pub(super) fn start(handbook: &Path, excluded: &[PathBuf], compares: bool) -> Self {
        let (sender, hints) = channel();
        let begun = Instant::now();
        let lookout = Lookout::new(handbook, excluded, !compares, sender);
        let mut watcher = Self {
            hints,
            repository: Repository::around(&lookout.root),
            compares,
            reason: None,
            due: Instant::now() + if compares { COMPARE.every } else { VERIFY.every },
            took: begun.elapsed(),
            untold: None,
            heard: Batch::default(),
            lost: None,
            lookout,
        };
        if let Some(reason) = disks::silent(&watcher.lookout.root) {
            watcher.compare_always(reason);
        }
        watcher
    }

    /// Waits for the next batch of changes. Calls `on_comparing` when it must compare all files from now on, with the reason, if
    /// nobody asked for it.
    pub(super) fn next(&mut self, on_comparing: impl Fn(Text)) -> Changes {
        loop {
            if let Some(reason) = self.lookout.refused.take() {
                self.compare_always(reason);
            }
            if let Some(reason) = self.reason.take() {
                on_comparing(reason);
            }
            if let Some(changes) = self.wait() {
                return changes;
            }
        }
    }

    /// The changes since the last batch, if there are any already: whoever was reading files meanwhile may have read one that
    /// was half written.
    pub(super) fn meanwhile(&mut self) -> Option<Changes> {
        if self.lost.is_some() {
            return None;
        }
        self.lookout.catch_up();
        let mut batch = mem::take(&mut self.heard);
        self.hints.try_iter().for_each(|hint| batch.add(hint));
        if self.compares && self.took < QUICK {
            self.compare(&mut batch);
        }
        if !batch.changes_files() {
            self.heard = batch;
            return None;
        }
        self.gather(&mut batch);
        self.answer(batch)
    }

    /// Waits for changes; `None` when it must be asked again.
    fn wait(&mut self) -> Option<Changes> {
        if let Some(lost) = &self.lost {
            let (since, is_told) = (lost.since, lost.is_told);
            return self.seek(since, is_told);
        }
        let mut batch = mem::take(&mut self.heard);
        let now = Instant::now();
        if !batch.is_empty() {
            // It only has to be looked at.
        } else if self.due > now {
            let late = self.untold.as_ref().map_or(self.due, |(since, _)| *since + LATE);
            match self.hints.recv_timeout(self.due.min(late).saturating_duration_since(now)) {
                Ok(hint) => batch.add(hint),
                // Not before everything that waits has been heard.
                Err(_) => self.judge_the_untold(),
            }
        } else {
            self.compare(&mut batch);
        }
        if batch.is_empty() {
            return None;
        }
        self.gather(&mut batch);
        self.answer(batch)
    }

    /// Adds what follows so closely that it belongs to the same change.
    fn gather(&mut self, batch: &mut Batch) {
        let begun = Instant::now();
        let mut last = begun;
        let mut git_was_at_work = false;
        loop {
            let pause = if self.compares { BATCH.max(self.took) } else { BATCH };
            let hint = self.hints.recv_timeout(pause);
            let git_is_at_work = self.git_is_at_work();
            if let Ok(hint) = hint {
                batch.add(hint);
                last = Instant::now();
            } else {
                let compares = self.compares && (self.took < QUICK || git_is_at_work || git_was_at_work);
                if compares && self.compare(batch) {
                    last = Instant::now();
                } else if last.elapsed() >= self.patience(batch).quiet {
                    return;
                }
            }
            git_was_at_work = git_is_at_work;
            if begun.elapsed() >= STARVE && begun.elapsed() >= self.patience(batch).at_most {
                return;
            }
        }
    }

    /// How long a change is waited for.
    fn patience(&self, batch: &Batch) -> Patience {
        if self.git_is_at_work() {
            Patience { quiet: AT_WORK, at_most: STARVE_AT_WORK }
        } else if batch.is_being_written() {
            Patience { quiet: WRITING, at_most: STARVE_WRITING }
        } else if batch.may_come_back() {
            Patience { quiet: GONE, at_most: STARVE }
        } else {
            Patience { quiet: BATCH, at_most: STARVE }
        }
    }

    fn git_is_at_work(&self) -> bool {
        self.repository.as_ref().is_some_and(Repository::is_at_work)
    }

    /// What a batch comes to.
    fn answer(&mut self, mut batch: Batch) -> Option<Changes> {
        if self.loses_its_folder() {
            return None;
        }
        let mut hints = Vec::new();
        for (path, happened) in &batch.hints {
            let names = self.lookout.snapshot.names_of(path);
            hints.extend(names.into_iter().map(|name| (name, *happened)));
        }
        self.forget_the_told(&hints);
        batch.found.extend(self.lookout.look_where(hints));
        if batch.overflow {
            batch.found.extend(self.lookout.snapshot.uncertain());
            batch.found.extend(self.lookout.look_everywhere());
        }
        let changes = Changes { paths: batch.found, everything: batch.everything };
        (changes != Changes::default()).then_some(changes)
    }

    /// Compares all files with what they were; whether any has changed.
    fn compare(&mut self, batch: &mut Batch) -> bool {
        if self.loses_its_folder() {
            return false;
        }
        let begun = Instant::now();
        let found = self.lookout.look_everywhere();
        self.took = begun.elapsed();
        let pace = if self.compares { COMPARE } else { VERIFY };
        self.due = Instant::now() + pace.every.max(self.took * pace.rest);
        batch.everything |= self.repository.as_mut().is_some_and(Repository::has_other_tags);
        if !self.compares && !found.is_empty() {
            self.untold = Some((Instant::now(), found.clone()));
        }
        let is_any = !found.is_empty();
        batch.found.extend(found);
        is_any
    }

    /// An event that comes after the comparison that found its change has told of it all the same.
    fn forget_the_told(&mut self, hints: &[(PathBuf, Happened)]) {
        if let Some((_, paths)) = &mut self.untold {
            paths.retain(|path| !hints.iter().any(|(hint, _)| path.starts_with(hint)));
        }
    }

    /// Where the system has not told of a change, it will not tell of others.
    fn judge_the_untold(&mut self) {
        let Some((_, paths)) = self.untold.take_if(|(since, _)| since.elapsed() >= LATE) else { return };
        if let Some(path) = paths.first() {
            let path = path.strip_prefix(&self.lookout.root).unwrap_or(path).display();
            self.compare_always(say!(
                "`{path}` è cambiato senza che il sistema ne avvisasse";
                "`{path}` has changed and the system did not tell"
            ));
        }
    }

    fn compare_always(&mut self, reason: Text) {
        if !self.compares {
            (self.compares, self.lookout.snapshot.verifies, self.reason) = (true, true, Some(reason));
            self.due = Instant::now() + COMPARE.every;
        }
    }

    fn loses_its_folder(&mut self) -> bool {
        let is_lost = self.lookout.is_replaced();
        if is_lost {
            self.lost = Some(Lost { since: Instant::now(), is_told: false });
        }
        is_lost
    }

    /// Looks for the handbook's folder that is gone. It is told when it has been for some time, and when it is back.
    fn seek(&mut self, since: Instant, is_told: bool) -> Option<Changes> {
        let everything = Some(Changes { everything: true, ..Changes::default() });
        if self.lookout.is_there() {
            self.lookout.begin();
            self.repository = Repository::around(&self.lookout.root);
            (self.lost, self.untold) = (None, None);
            return everything;
        }
        let is_long = since.elapsed() >= LOST;
        self.lost = Some(Lost { since, is_told: is_told || is_long });
        if is_long && !is_told {
            return everything;
        }
        std::thread::sleep(SEEK);
        None
    }
}

#[cfg(test)]
mod tests;
