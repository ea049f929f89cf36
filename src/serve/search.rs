//! The search index of the site that is being served. It is made when a browser first asks for it, and again when a
//! search begins on a newer site; the index before stays for the searches that began with it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::site::{Site, SitePath};

/// The file that a search begins with.
const ENTRY: &str = "pagefind/pagefind-entry.json";

#[derive(Default)]
pub(super) struct Search {
    /// By the folder of the part that is searched.
    made: Mutex<HashMap<String, Made>>,
}

#[derive(Default)]
struct Made {
    /// Of which site; `None` before the first.
    generation: Option<u64>,
    files: BTreeMap<SitePath, Vec<u8>>,
    before: BTreeMap<SitePath, Vec<u8>>,
}

impl Search {
    /// A file of the index of this site; `None` for any other path, and where the site cannot be searched.
    pub(super) fn file(&self, path: &SitePath, site: &Site, generation: u64) -> Option<Vec<u8>> {
        let (part, path) = site.searched_at(path)?;
        // Whoever asks meanwhile waits for the same index.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made.entry(part.folder().to_owned()).or_default();
        let begins = made.generation.is_none() || path.as_str() == ENTRY;
        if begins && made.generation != Some(generation) {
            let files = part.search_index().ok()?;
            made.before = std::mem::replace(&mut made.files, files);
            made.generation = Some(generation);
        }
        made.files.get(&path).or_else(|| made.before.get(&path)).cloned()
    }
}
