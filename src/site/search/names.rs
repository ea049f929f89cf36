//! Shorter names for the pieces of the index.
//!
//! The library names what it knows of each page, a fragment, by its content. The list of these names is loaded before
//! the first search, and no compression makes it smaller: of ten thousand pages it is the largest part of all. Names
//! that follow each other compress to a fraction. They no longer tell of a change, so hosts must not keep fragments
//! for long (`headers.rs`).

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pagefind::api::SyntheticFile;

/// A text of fewer than 24 bytes in the list begins with this byte plus its length (RFC 8949, section 3.1).
const TEXT: u8 = 0x60;

/// Gives the fragments names that follow each other, in the order of the pages, in their own files and in the lists that
/// name them. Where a piece of another sort has the name of a fragment, all stay as they are.
///
/// # Errors
/// A list cannot be read or written.
pub(super) fn in_order(mut files: Vec<SyntheticFile>) -> io::Result<Vec<SyntheticFile>> {
    let fragments = names(&files, "pf_fragment");
    let others: HashSet<String> =
        names(&files, "pf_index").into_iter().chain(names(&files, "pf_filter")).collect();
    if !fragments.is_disjoint(&others) {
        return Ok(files);
    }
    let mut renamed = HashMap::new();
    for file in files.iter_mut().filter(|file| has_extension(&file.filename, "pf_meta")) {
        let mut list = Vec::new();
        GzDecoder::new(file.contents.as_slice()).read_to_end(&mut list)?;
        rename_in(&mut list, &fragments, &mut renamed);
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&list)?;
        file.contents = packed.finish()?;
    }
    for file in files.iter_mut().filter(|file| has_extension(&file.filename, "pf_fragment")) {
        if let Some(name) = stem(&file.filename).and_then(|name| renamed.get(name)) {
            file.filename = file.filename.with_file_name(format!("{name}.pf_fragment"));
        }
    }
    Ok(files)
}

/// Replaces every name in a list by one of the same length: where two contents begin alike, the library has given one
/// a longer name, which begins with the other. Each list is of one language and counts for itself: the library gives
/// them in no order.
fn rename_in(list: &mut [u8], fragments: &HashSet<String>, renamed: &mut HashMap<String, String>) {
    let others = renamed.len();
    let mut at = 0;
    while let Some(found) = list.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'_')) {
        let sign = at + found;
        at = sign + 1;
        // A language has two letters, and before them stands the length.
        let Some(start) = sign.checked_sub(2) else { continue };
        let header = start.checked_sub(1).and_then(|before| list.get(before)).copied().unwrap_or_default();
        let length = usize::from(header.saturating_sub(TEXT));
        let Some(place) = list.get_mut(start..start + length) else { continue };
        let Some(name) = std::str::from_utf8(place).ok().filter(|name| fragments.contains(*name)) else {
            continue;
        };
        let next = renamed.len() - others;
        let (language, hash) = name.split_at(3);
        let new = renamed
            .entry(name.to_owned())
            .or_insert_with(|| format!("{language}{next:0width$}", width = hash.len()));
        if new.len() == place.len() {
            place.copy_from_slice(new.as_bytes());
            at = start + length;
        }
    }
}

/// The names of the files of one sort.
fn names(files: &[SyntheticFile], extension: &str) -> HashSet<String> {
    let of_sort = files.iter().filter(|file| has_extension(&file.filename, extension));
    of_sort.filter_map(|file| stem(&file.filename).map(str::to_owned)).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn file(name: &str, contents: &[u8]) -> SyntheticFile {
        SyntheticFile { filename: PathBuf::from(name), contents: contents.to_vec() }
    }

    fn list(names: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(names).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn the_order_in_which_the_library_gives_the_languages_changes_no_name() {
        let made = |reversed: bool| {
            let mut files = vec![
                file("pagefind.en_aaaaaaaaaa.pf_meta", &list(b"jen_2222222")),
                file("pagefind.it_bbbbbbbbbb.pf_meta", &list(b"jit_3333333jit_1111111")),
                file("fragment/it_1111111.pf_fragment", b"second"),
                file("fragment/en_2222222.pf_fragment", b"english"),
                file("fragment/it_3333333.pf_fragment", b"first"),
            ];
            if reversed {
                files.reverse();
            }
            let files = in_order(files).unwrap();
            let mut files: Vec<_> = files.into_iter().map(|file| (file.filename, file.contents)).collect();
            files.sort();
            files
        };
        let fragment = |name: &str, contents: &[u8]| (PathBuf::from(name), contents.to_vec());
        assert_eq!(made(false), made(true));
        assert_eq!(
            made(false)[..3],
            [
                fragment("fragment/en_0000000.pf_fragment", b"english"),
                fragment("fragment/it_0000000.pf_fragment", b"first"),
                fragment("fragment/it_0000001.pf_fragment", b"second"),
            ]
        );
    }

    #[test]
    fn names_of_which_one_begins_with_another_are_not_mixed_up() {
        let list = list(b"kit_12345678jit_1234567jit_9999999");
        let files = vec![
            file("pagefind.it_aaaaaaaaaa.pf_meta", &list),
            file("fragment/it_1234567.pf_fragment", b"a"),
            file("fragment/it_12345678.pf_fragment", b"b"),
        ];
        let after = in_order(files).unwrap();
        let names: Vec<_> = after[1..].iter().map(|file| file.filename.to_str().unwrap()).collect();
        assert_eq!(names, ["fragment/it_0000001.pf_fragment", "fragment/it_00000000.pf_fragment"]);
        let mut list = Vec::new();
        GzDecoder::new(after[0].contents.as_slice()).read_to_end(&mut list).unwrap();
        // What is no fragment keeps its name.
        assert_eq!(list, b"kit_00000000jit_0000001jit_9999999");
    }
}
