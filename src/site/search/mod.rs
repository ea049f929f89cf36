//! What a reader can search for: the records of all pages, and the index over them.
//!
//! The index is made by Pagefind, used as a library: files that the reader's browser fetches piece by piece. What it
//! looks through comes from the handbook and not from the rendered pages, so the two are made at the same time.

#[cfg(feature = "search")]
mod index;
#[cfg(feature = "search")]
mod pieces;
mod record;
mod records;

use std::collections::BTreeMap;

#[cfg(feature = "search")]
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

use super::{SitePath, Volume};

/// The folder of the index; no file of a handbook can stand in it.
pub(super) const FOLDER: &str = "pagefind";

/// Whether this program can make an index.
pub(super) const IS_BUILT_IN: bool = cfg!(feature = "search");

/// The values of the filter `kind` that are not kinds of document.
pub(super) struct OtherKinds {
    pub(super) act: &'static str,
    pub(super) article: &'static str,
    pub(super) term: &'static str,
}

/// The names that the search page and the records share.
pub(super) const KINDS: OtherKinds = OtherKinds { act: "act", article: "article", term: "term" };

/// The files of the index, by their path on the site.
pub type IndexFiles = BTreeMap<SitePath, Vec<u8>>;

/// What a reader can search for on the pages of a site: what its index is made of.
pub struct Searched {
    #[cfg(feature = "search")]
    records: Vec<record::Record>,
}

#[cfg(feature = "search")]
impl Searched {
    pub(super) fn of(volume: &Volume) -> Self {
        Self { records: records::records(volume) }
    }

    /// Tells it from all else that an index was ever made of: BLAKE3, in hexadecimal.
    pub fn mark(&self) -> String {
        let one = |record: &record::Record| *blake3::hash(record.html().as_bytes()).as_bytes();
        let mut all = blake3::Hasher::new();
        all.update(&FORMAT.to_le_bytes());
        for (record, hash) in self.records.iter().zip(self.records.par_iter().map(one).collect::<Vec<_>>()) {
            all.update(&hash).update(record.path.as_str().as_bytes());
        }
        all.finalize().to_hex().to_string()
    }

    /// The files of the index.
    ///
    /// # Errors
    /// The library cannot make it.
    pub fn index(&self) -> Result<IndexFiles, Box<Diagnostic>> {
        index::index(&self.records)
    }
}

/// Without the feature no site has a page to search from, and nothing is searched.
#[cfg(not(feature = "search"))]
impl Searched {
    pub(super) fn of(_: &Volume) -> Self {
        Self {}
    }

    /// Always the same.
    pub fn mark(&self) -> String {
        String::new()
    }

    /// No files.
    ///
    /// # Errors
    /// None.
    pub fn index(&self) -> Result<IndexFiles, Box<Diagnostic>> {
        Ok(IndexFiles::new())
    }
}

/// Raised when the same records make another index: with another version of the library, or other pieces.
#[cfg(feature = "search")]
const FORMAT: u32 = 1;

#[cfg(all(test, feature = "search"))]
mod tests {
    use super::record::{Part, Record};
    use super::*;
    use crate::diagnostic::Lang;

    fn searched(words: &str) -> Searched {
        let part = Part { heading: None, blocks: vec![words.to_owned()] };
        let record = Record {
            path: SitePath::file("a/index.html"),
            lang: Lang::It,
            title: "Uno".to_owned(),
            keys: Vec::new(),
            lesser_keys: Vec::new(),
            cites: Vec::new(),
            kind: "Pagina".to_owned(),
            status: None,
            is_over: false,
            filters: Vec::new(),
            parts: vec![part],
        };
        Searched { records: vec![record] }
    }

    #[test]
    fn other_words_have_another_mark() {
        assert_eq!(searched("Due").mark(), searched("Due").mark());
        assert_ne!(searched("Due").mark(), searched("Tre").mark());
    }

    #[test]
    fn an_index_of_another_form_has_another_format() {
        let mut all = blake3::Hasher::new();
        for (path, bytes) in searched("Due parole.").index().unwrap() {
            all.update(path.as_str().as_bytes()).update(&bytes);
        }
        let is = (FORMAT, all.finalize().to_hex().to_string());
        let was = (1, "42e2613001c123a60ac6200f2068c3b7e02c299a7cf3c43db302bcd74682472b");
        assert_eq!((is.0, is.1.as_str()), was, "raise FORMAT, and note here what the index is now");
    }
}
