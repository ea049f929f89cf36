//! The files of the index in the form that the library writes and that its script reads: arrays of CBOR (RFC 8949),
//! packed. The library promises none of it, so its minor version is fixed.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use minicbor::{CborLen, Decode, Encode};

/// Stands before the contents of every packed file.
const SIGN: &[u8] = b"pagefind_dcd";

/// What is loaded before the first search: the pages, and which piece holds which words.
#[derive(Debug, PartialEq, Encode, Decode)]
pub(super) struct List {
    #[n(0)]
    version: String,
    #[n(1)]
    pub(super) pages: Vec<ListedPage>,
    #[n(2)]
    pub(super) pieces: Vec<ListedPiece>,
    #[n(3)]
    filters: Vec<ListedFilter>,
    #[n(4)]
    sorts: Vec<ListedSort>,
    #[n(5)]
    fields: Vec<String>,
}

/// A page by the name of its fragment, which is what results are made of.
#[derive(Debug, PartialEq, Encode, Decode)]
pub(super) struct ListedPage {
    #[n(0)]
    pub(super) name: String,
    #[n(1)]
    words: u32,
    #[n(2)]
    group: String,
}

/// A piece by its name. It is loaded for every word from `from` to `to`, both included.
#[derive(Debug, PartialEq, Encode, Decode)]
pub(super) struct ListedPiece {
    #[n(0)]
    pub(super) from: String,
    #[n(1)]
    pub(super) to: String,
    #[n(2)]
    pub(super) name: String,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct ListedFilter {
    #[n(0)]
    filter: String,
    #[n(1)]
    name: String,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct ListedSort {
    #[n(0)]
    sort: String,
    #[n(1)]
    pages: Vec<u32>,
}

/// A piece of the index: words by the alphabet.
#[derive(Debug, PartialEq, Encode, Decode)]
pub(super) struct Piece {
    #[n(0)]
    pub(super) words: Vec<Word>,
}

/// A word, without its ending and its accents, and where it stands.
#[derive(Debug, Clone, PartialEq, Encode, Decode, CborLen)]
pub(super) struct Word {
    #[n(0)]
    pub(super) word: String,
    #[n(1)]
    pub(super) pages: Vec<Page>,
    #[n(2)]
    pub(super) variants: Vec<Variant>,
}

/// A form of a word with accents.
#[derive(Debug, Clone, PartialEq, Encode, Decode, CborLen)]
pub(super) struct Variant {
    #[n(0)]
    pub(super) form: String,
    #[n(1)]
    pub(super) pages: Vec<Page>,
}

/// A page on which a word stands, and where on it.
#[derive(Debug, Clone, PartialEq, Encode, Decode, CborLen)]
pub(super) struct Page {
    /// How many pages after the one before.
    #[n(0)]
    pub(super) step: u32,
    /// In the form that `places.rs` reads.
    #[n(1)]
    pub(super) places: Vec<i32>,
    /// Where in what is known of the page: its title, its keys.
    #[n(2)]
    pub(super) fields: Vec<i32>,
}

/// What a packed file holds.
///
/// # Errors
/// It is not of this form.
pub(super) fn unpacked<T: for<'b> Decode<'b, ()>>(packed: &[u8]) -> io::Result<T> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    let bytes = bytes.strip_prefix(SIGN).ok_or_else(|| io::Error::other("no file of the index"))?;
    minicbor::decode(bytes).map_err(io::Error::other)
}

/// The bytes of a file before it is packed.
///
/// # Errors
/// None that is known: writing to memory cannot fail.
pub(super) fn bytes(value: impl Encode<()>) -> io::Result<Vec<u8>> {
    minicbor::to_vec(value).map_err(io::Error::other)
}

/// A packed file.
///
/// # Errors
/// None that is known: writing to memory cannot fail.
pub(super) fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(SIGN)?;
    packed.write_all(bytes)?;
    packed.finish()
}
