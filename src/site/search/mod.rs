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
pub(super) type IndexFiles = BTreeMap<SitePath, Vec<u8>>;

/// The index of a site.
///
/// # Errors
/// The library cannot make it.
#[cfg(feature = "search")]
pub(super) fn index(volume: &Volume) -> Result<IndexFiles, Box<Diagnostic>> {
    index::index(&records::records(volume))
}

/// Without the feature there is none.
#[cfg(not(feature = "search"))]
pub(super) fn index(_: &Volume) -> Result<IndexFiles, Box<Diagnostic>> {
    Ok(IndexFiles::new())
}
