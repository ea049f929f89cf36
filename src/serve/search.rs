//! The search index of the site that is being served. It is made when a browser first asks for it. From then on it follows the
//! site: it is made anew in the background and replaced when it is ready; until then the one before answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::site::{IndexFiles, Part, Site, SitePath};

/// The file that a search begins with.
const ENTRY: &str = "pagefind/pagefind-entry.json";
/// After so long without a change, and at least as long as the last index took, another one is made.
const QUIET: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(super) struct Search {
    /// By the folder of the part that is searched.
    made: Mutex<HashMap<String, Made>>,
    /// The site that the indexes have to follow, where one is behind; whoever makes them waits for no other.
    behind: Mutex<Option<Arc<Site>>>,
}

struct Made {
    of: Part,
    /// What the files are made of.
    mark: String,
    files: IndexFiles,
    /// Searches that began with it go on with it.
    before: IndexFiles,
}

impl Search {
    /// A file of the index of this site; `None` for any other path, and where the site cannot be searched.
    pub(super) fn file(&self, path: &SitePath, site: &Site) -> Option<Vec<u8>> {
        let (part, path) = site.searched_at(path)?;
        // Whoever asks before there is any waits for the same index.
        let mut made = lock(&self.made);
        let folder = part.folder().to_owned();
        if !made.contains_key(&folder) {
            let searched = part.searched()?;
            let (mark, files) = (searched.mark(), searched.index().ok()?);
            made.insert(folder.clone(), Made { of: part, mark, files, before: IndexFiles::default() });
        }
        let made = made.get(&folder)?;
        made.files.get(&path).or_else(|| made.before.get(&path)).cloned()
    }

    /// Makes the indexes that are behind a site, in the background; those that nobody has asked for are left.
    pub(super) fn renew(self: &Arc<Self>, site: &Arc<Site>) {
        if lock(&self.made).is_empty() {
            return;
        }
        if lock(&self.behind).replace(Arc::clone(site)).is_none() {
            let search = Arc::clone(self);
            thread::spawn(move || search.follow());
        }
    }

    /// Goes on until no index is behind.
    fn follow(&self) {
        let mut took = Duration::ZERO;
        loop {
            let site = self.settled(QUIET.max(took));
            let begun = Instant::now();
            self.make(&site);
            took = begun.elapsed();
            let mut behind = lock(&self.behind);
            if behind.as_ref().is_none_or(|newest| Arc::ptr_eq(newest, &site)) {
                *behind = None;
                return;
            }
        }
    }

    /// The site that no other has replaced for so long.
    fn settled(&self, quiet: Duration) -> Arc<Site> {
        loop {
            let newest = lock(&self.behind).clone();
            thread::sleep(quiet);
            let now = lock(&self.behind).clone();
            if let (Some(newest), Some(now)) = (newest, now)
                && Arc::ptr_eq(&newest, &now)
            {
                return now;
            }
        }
    }

    fn make(&self, site: &Site) {
        let folders: Vec<String> = lock(&self.made).keys().cloned().collect();
        let entries = folders.iter().filter_map(|folder| SitePath::parse(&format!("{folder}{ENTRY}")));
        for (part, _) in entries.filter_map(|entry| site.searched_at(&entry)) {
            let is_behind = |made: &Made| !made.of.says_the_same(&part);
            if !lock(&self.made).get(part.folder()).is_some_and(is_behind) {
                continue;
            }
            let Some(searched) = part.searched() else { continue };
            let mark = searched.mark();
            let is_same = lock(&self.made).get(part.folder()).is_some_and(|made| made.mark == mark);
            let Ok(files) = (!is_same).then(|| searched.index()).transpose() else { continue };
            if let Some(made) = lock(&self.made).get_mut(part.folder()) {
                made.of = part;
                if let Some(files) = files {
                    made.before = std::mem::replace(&mut made.files, files);
                    made.mark = mark;
                }
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
