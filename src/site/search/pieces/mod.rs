//! The index of the library, cut and named anew, so that a first search is light whatever it is for.
//!
//! Of ten thousand pages the library's own files weigh 700 kB and more before some first results: the names of all pages, and
//! a piece of the list of words that also holds what stands beside a word in the alphabet, be it a word of every page.
//! Here names follow each other, pieces are of one size, a word of very many pages has a piece of its own, and it keeps
//! fewer of its places on each page, since they hardly rank anything. What is lost is a phrase in quotation marks that
//! stands only where such a word was left out.

mod cut;
mod format;
mod fragments;
mod places;

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;

use cut::Extent;
use format::{List, ListedPiece, Piece, Word};

/// The most that the entry of one word takes, in bytes before it is packed, as far as leaving out places goes
/// (`places.rs`). It packs to a third or less.
const WORD: usize = 70_000;

/// How many signs of a content's hash make a name.
const SIGNS: usize = 8;

/// Where the library's script finds the list of each language.
const ENTRY: &str = "pagefind-entry.json";

/// The files of an index, by their path in its folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Cuts and names an index anew.
///
/// # Errors
/// The library's files are not what they are known to be.
pub(super) fn anew(files: &mut Files) -> io::Result<()> {
    let entry = files.get(ENTRY).map(Vec::as_slice).unwrap_or_default();
    let mut entry: serde_json::Value = serde_json::from_slice(entry)?;
    for (language, known) in
        entry.get_mut("languages").and_then(|all| all.as_object_mut()).into_iter().flatten()
    {
        let Some(hash) = known.get_mut("hash") else { continue };
        *hash = of_language(language, hash.as_str().unwrap_or_default(), files)?.into();
    }
    files.insert(ENTRY.to_owned(), serde_json::to_vec(&entry)?);
    Ok(())
}

/// The same for one language, whose list has this name; gives the new one.
fn of_language(language: &str, name: &str, files: &mut Files) -> io::Result<String> {
    let path = |name: &str| format!("pagefind.{name}.pf_meta");
    let mut list: List = format::unpacked(&take(files, &path(name))?)?;
    fragments::rename(&mut list, language, files);
    let mut words = words(&list, files)?;
    words.par_iter_mut().for_each(|word| places::lighten(word, WORD));
    list.pieces = pieces(words, language, files)?;
    let bytes = format::bytes(&list)?;
    let name = named(language, &bytes, |_| false);
    files.insert(path(&name), format::packed(&bytes)?);
    Ok(name)
}

/// Takes the words of a language out of the library's own pieces, in their order.
fn words(list: &List, files: &mut Files) -> io::Result<Vec<Word>> {
    let pieces = list.pieces.iter().map(|piece| take(files, &path(&piece.name)));
    let packed: Vec<_> = pieces.collect::<io::Result<_>>()?;
    let pieces = packed.par_iter().map(|packed| format::unpacked::<Piece>(packed));
    let pieces: Vec<_> = pieces.collect::<io::Result<_>>()?;
    Ok(pieces.into_iter().flat_map(|piece| piece.words).collect())
}

/// Writes words in pieces, and lists them.
fn pieces(words: Vec<Word>, language: &str, files: &mut Files) -> io::Result<Vec<ListedPiece>> {
    let written = cut::cut(words).into_par_iter().map(|words| {
        let word = |word: Option<&Word>| word.map_or_else(String::new, |word| word.word.clone());
        let (first, last) = (word(words.first()), word(words.last()));
        let bytes = format::bytes(Piece { words })?;
        let packed = format::packed(&bytes)?;
        Ok((Extent { first, last, weight: packed.len() }, bytes, packed))
    });
    let (mut extents, mut names) = (Vec::new(), Vec::new());
    for (extent, bytes, packed) in written.collect::<io::Result<Vec<_>>>()? {
        let name = named(language, &bytes, |name| files.contains_key(&path(name)));
        files.insert(path(&name), packed);
        extents.push(extent);
        names.push(name);
    }
    let listed = cut::ranges(&extents).into_iter().zip(names);
    Ok(listed.map(|((from, to), name)| ListedPiece { from, to, name }).collect())
}

fn path(name: &str) -> String {
    format!("index/{name}.pf_index")
}

/// A name by content; longer where another content has it.
fn named(language: &str, bytes: &[u8], is_taken: impl Fn(&str) -> bool) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let names = (SIGNS..=hash.len()).filter_map(|length| hash.get(..length));
    let mut names = names.map(|hash| format!("{language}_{hash}"));
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

fn take(files: &mut Files, path: &str) -> io::Result<Vec<u8>> {
    files.remove(path).ok_or_else(|| io::Error::other(format!("no {path}")))
}

#[cfg(test)]
mod tests {
    use super::super::index::by_library;
    use super::super::record::{Part, Record};
    use super::*;
    use crate::diagnostic::Lang;
    use crate::site::SitePath;

    /// Pages of both languages: words with accents, a word of every page, and many that are nowhere else.
    fn records() -> Vec<Record> {
        let record = |number: usize| {
            let lang = if number.is_multiple_of(5) { Lang::En } else { Lang::It };
            let own: Vec<_> = (0..40).map(|word| format!("parola{}", number * 40 + word)).collect();
            let mut record = Record::new(&SitePath::file(&format!("{number:04}/index.html")), lang, "Età");
            record.keys.push(format!("LG-{number:03}"));
            record
                .parts
                .push(Part {
                    heading: None, blocks: vec![own.join(" "), "età eta ".repeat(1 + number % 3)]
                });
            record
        };
        (0..400).map(record).collect()
    }

    fn list_of(language: &str, files: &Files) -> List {
        let is_list =
            |path: &str| path.starts_with(&format!("pagefind.{language}_")) && path.ends_with(".pf_meta");
        let lists: Vec<_> = files.iter().filter(|(path, _)| is_list(path)).collect();
        assert_eq!(lists.len(), 1);
        format::unpacked(lists[0].1).unwrap()
    }

    fn words_of(list: &List, files: &Files) -> Vec<Word> {
        words(list, &mut files.clone()).unwrap()
    }

    fn fragments_of<'a>(list: &List, files: &'a Files) -> Vec<&'a [u8]> {
        let path = |name: &str| format!("fragment/{name}.pf_fragment");
        list.pages.iter().map(|page| files[&path(&page.name)].as_slice()).collect()
    }

    #[test]
    fn the_index_says_the_same_after_as_before_in_more_and_smaller_pieces() {
        let before = by_library(&records()).unwrap();
        let mut after = before.clone();
        anew(&mut after).unwrap();
        for language in ["it", "en"] {
            let (old, new) = (list_of(language, &before), list_of(language, &after));
            assert_eq!(words_of(&new, &after), words_of(&old, &before), "{language}");
            assert_eq!(fragments_of(&new, &after), fragments_of(&old, &before), "{language}");
            let named: Vec<_> = new.pages.iter().map(|page| page.name.clone()).collect();
            let width = if language == "it" { 3 } else { 2 };
            let expected: Vec<_> =
                (0..named.len()).map(|number| format!("{language}_{number:0width$}")).collect();
            assert_eq!(named, expected);
        }
        let pieces = |files: &Files| files.keys().filter(|path| path.starts_with("index/")).count();
        assert!(pieces(&after) > pieces(&before), "{} of {}", pieces(&after), pieces(&before));
        let fragments = |files: &Files| files.keys().filter(|path| path.starts_with("fragment/")).count();
        assert_eq!(fragments(&after), fragments(&before));
    }

    #[test]
    fn the_entry_names_the_list_of_each_language() {
        let mut files = by_library(&records()).unwrap();
        anew(&mut files).unwrap();
        let entry: serde_json::Value = serde_json::from_slice(&files[ENTRY]).unwrap();
        for language in ["it", "en"] {
            let name = entry["languages"][language]["hash"].as_str().unwrap();
            assert!(files.contains_key(&format!("pagefind.{name}.pf_meta")), "{entry}");
        }
    }

    #[test]
    fn the_same_records_make_the_same_files() {
        let made = || {
            let mut files = by_library(&records()).unwrap();
            anew(&mut files).unwrap();
            files
        };
        assert!(made() == made());
    }

    #[test]
    fn nothing_of_the_librarys_files_is_unknown() {
        let files = by_library(&records()).unwrap();
        for language in ["it", "en"] {
            let list = list_of(language, &files);
            let packed = format::packed(&format::bytes(&list).unwrap()).unwrap();
            assert!(files.values().any(|contents| *contents == packed), "the list of {language}");
            for piece in &list.pieces {
                let contents = &files[&path(&piece.name)];
                let read: Piece = format::unpacked(contents).unwrap();
                let written = format::packed(&format::bytes(&read).unwrap()).unwrap();
                assert!(written == *contents, "{}", piece.name);
            }
        }
    }

    #[test]
    fn a_file_of_another_form_is_an_error_and_no_panic() {
        let mut files = by_library(&records()).unwrap();
        for contents in
            files.iter_mut().filter(|(path, _)| path.starts_with("index/")).map(|(_, contents)| contents)
        {
            *contents = format::packed(b"something else").unwrap();
        }
        assert!(anew(&mut files).is_err());
        assert!(anew(&mut Files::new()).is_err());
    }

    #[test]
    fn contents_whose_hashes_begin_alike_have_names_of_their_own() {
        let name = named("it", b"a", |_| false);
        assert_eq!(name.len(), "it_".len() + SIGNS);
        let longer = named("it", b"a", |taken| taken == name);
        assert_eq!(longer.len(), name.len() + 1);
        assert!(longer.starts_with(&name));
    }
}
