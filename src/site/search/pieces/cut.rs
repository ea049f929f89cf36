//! Where the list of words is cut, and for which words a piece is loaded.
//!
//! The library's script loads every piece whose range holds what was typed, or its stem; where no range does, it guesses,
//! and loads more than it needs. Then it looks for all loaded words that begin so; where there are none, for the longest
//! loaded word that is a beginning of it. So ranges leave no gap, and reach beyond a piece's own words: what begins
//! alike is loaded together, as long as it is not too much.

use super::format::Word;

/// The most that a piece holds, in bytes before it is packed; a word that is larger has a piece of its own. Larger pieces
/// weigh more in each search, and smaller ones in the list of all pieces, which every first search loads.
const LARGEST: usize = 24_000;

/// Words that have so many letters in common at their beginning belong together; with fewer, half a book would.
const ALIKE: usize = 4;

/// The most that words which belong together may weigh, in packed bytes.
const TOGETHER: usize = 24_000;

/// Comes after every letter.
const END: char = char::MAX;

/// A piece as the ranges see it.
#[derive(Debug)]
pub(super) struct Extent {
    pub(super) first: String,
    pub(super) last: String,
    /// In packed bytes.
    pub(super) weight: usize,
}

/// Cuts a list of words, which is in order, into pieces.
pub(super) fn cut(words: Vec<Word>) -> Vec<Vec<Word>> {
    let mut pieces = Vec::new();
    let (mut piece, mut size) = (Vec::new(), 0);
    for word in words {
        let more = minicbor::len(&word);
        if size + more > LARGEST && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            size = 0;
        }
        size += more;
        piece.push(word);
    }
    pieces.extend((!piece.is_empty()).then_some(piece));
    pieces
}

/// For each piece the range of what it is loaded for, both ends included.
pub(super) fn ranges(pieces: &[Extent]) -> Vec<(String, String)> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let cuts = pieces.windows(2).enumerate().filter_map(|(index, around)| match around {
        [before, after] => Some(around_cut(pieces, index, before, after)),
        _ => None,
    });
    let (ends, mut starts): (Vec<_>, Vec<_>) = cuts.unzip();
    starts.insert(0, beginning(&first.first, 1).to_owned());
    starts.into_iter().zip(ends.into_iter().chain([all_from(&last.last)])).collect()
}

/// The end of the range before a cut, and the start of the one after it. If the words on both sides belong together, the
/// ranges overlap in all that begins as they do. Else the second starts with the shortest beginning that the words before
/// do not have: whoever types a beginning finds the first word with it.
fn around_cut(pieces: &[Extent], index: usize, before: &Extent, after: &Extent) -> (String, String) {
    let shared = before.last.chars().zip(after.first.chars()).take_while(|(a, b)| a == b).count();
    let mut alike = (ALIKE..=shared).map(|letters| beginning(&after.first, letters));
    if let Some(alike) = alike.find(|alike| weight(pieces, index, alike) <= TOGETHER) {
        return (all_from(alike), alike.to_owned());
    }
    let start = beginning(&after.first, shared + 1);
    (just_before(start), start.to_owned())
}

/// What the pieces around the cut after `index` weigh that hold words with this beginning.
fn weight(pieces: &[Extent], index: usize, beginning: &str) -> usize {
    let (before, after) = pieces.split_at_checked(index + 1).unwrap_or_default();
    let before = before.iter().rev().take_while(|piece| piece.last.starts_with(beginning));
    let after = after.iter().take_while(|piece| piece.first.starts_with(beginning));
    before.chain(after).map(|piece| piece.weight).sum()
}

/// The end of a range that holds all that begins so.
fn all_from(beginning: &str) -> String {
    format!("{beginning}{END}")
}

/// The end of a range that holds all that comes before a start, which is not empty.
fn just_before(start: &str) -> String {
    let mut letters = start.chars();
    let last = letters.next_back().and_then(|last| (char::MIN..last).next_back());
    letters.chain(last).chain([END]).collect()
}

/// The first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::super::format::Page;
    use super::*;

    /// A word whose entry takes about so many bytes.
    fn word(word: &str, size: usize) -> Word {
        let page = Page { step: 1, places: vec![1; size], fields: Vec::new() };
        Word { word: word.to_owned(), pages: vec![page], variants: Vec::new() }
    }

    fn extents(pieces: &[(&str, &str, usize)]) -> Vec<Extent> {
        let extent = |(first, last, weight): &(&str, &str, usize)| Extent {
            first: (*first).to_owned(),
            last: (*last).to_owned(),
            weight: *weight,
        };
        pieces.iter().map(extent).collect()
    }

    /// The pieces that the library's script loads for what was typed, without its guesses: their ranges hold it.
    fn loaded(ranges: &[(String, String)], typed: &str) -> Vec<usize> {
        let holds = |(from, to): &(String, String)| from.as_str() <= typed && typed <= to.as_str();
        ranges.iter().enumerate().filter(|(_, range)| holds(range)).map(|(index, _)| index).collect()
    }

    #[test]
    fn a_word_that_is_too_large_has_a_piece_of_its_own() {
        let words = vec![word("a", 10), word("b", LARGEST + 1), word("c", 10), word("d", 10)];
        let pieces = cut(words);
        let words: Vec<Vec<_>> =
            pieces.iter().map(|piece| piece.iter().map(|word| word.word.as_str()).collect()).collect();
        assert_eq!(words, [vec!["a"], vec!["b"], vec!["c", "d"]]);
    }

    #[test]
    fn words_that_begin_alike_are_loaded_together_unless_they_weigh_too_much() {
        let light = ranges(&extents(&[("bozza", "consiglio", 9_000), ("consult", "dado", 9_000)]));
        for typed in ["cons", "consigl", "consult", "consultazion"] {
            assert_eq!(loaded(&light, typed), [0, 1], "{typed}");
        }
        assert_eq!(loaded(&light, "con"), [0]);
        assert_eq!(loaded(&light, "dado"), [1]);

        let heavy = ranges(&extents(&[("bozza", "consiglio", 9_000), ("consult", "dado", 20_000)]));
        for (typed, expected) in [("cons", [0]), ("consigliere", [0]), ("consu", [1]), ("consult", [1])] {
            assert_eq!(loaded(&heavy, typed), expected, "{typed}");
        }
    }

    /// Words that begin alike more often than not, the last of them longer than the rest.
    fn words() -> impl Strategy<Value = Vec<String>> {
        btree_set("[abà]{1,9}", 1..80).prop_map(|words| words.into_iter().collect())
    }

    /// Pieces of a few words each, with weights of all sizes.
    fn in_pieces(words: &[String], cuts: &[(usize, usize)]) -> (Vec<Extent>, Vec<Vec<String>>) {
        let (mut rest, mut extents, mut pieces) = (words, Vec::new(), Vec::new());
        for &(length, weight) in cuts.iter().cycle() {
            let (piece, after) = rest.split_at(length.min(rest.len()));
            let Some((first, last)) = piece.first().zip(piece.last()) else { break };
            extents.push(Extent { first: first.clone(), last: last.clone(), weight });
            pieces.push(piece.to_vec());
            rest = after;
        }
        (extents, pieces)
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_piece_too_large(sizes in vec(1..LARGEST + 2_000, 1..30)) {
            let words: Vec<_> = sizes.iter().enumerate().map(|(index, size)| word(&format!("{index:04}"), *size)).collect();
            let pieces = cut(words.clone());
            for piece in &pieces {
                prop_assert!(piece.len() == 1 || piece.iter().map(minicbor::len).sum::<usize>() <= LARGEST);
            }
            prop_assert_eq!(pieces.concat(), words);
        }

        #[test]
        fn whatever_is_typed_loads_a_piece_and_the_first_word_that_begins_so(
            words in words(), cuts in vec((1_usize..9, 1..TOGETHER), 1..9), typed in "[abàc]{1,9}",
        ) {
            let (extents, pieces) = in_pieces(&words, &cuts);
            let ranges = ranges(&extents);
            let typed = words.iter().flat_map(|word| (1..10).map(|letters| beginning(word, letters))).chain([typed.as_str()]);
            for typed in typed {
                let loaded = loaded(&ranges, typed);
                let first = pieces.iter().position(|piece| piece.iter().any(|word| word.starts_with(typed)));
                prop_assert!(first.is_none_or(|first| loaded.contains(&first)), "{typed}: {first:?} of {ranges:?}");
                let is_among = words[0].as_str() <= typed && typed <= words[words.len() - 1].as_str();
                prop_assert!(!is_among || !loaded.is_empty(), "{typed}: none of {ranges:?}");
            }
        }

        #[test]
        fn what_belongs_together_is_loaded_together_and_never_too_much(
            words in words(), cuts in vec((1_usize..9, 1..TOGETHER), 1..9),
        ) {
            let (extents, pieces) = in_pieces(&words, &cuts);
            let ranges = ranges(&extents);
            for word in &words {
                let loaded = loaded(&ranges, word);
                let weigh = |pieces: &[usize]| pieces.iter().map(|index| extents[*index].weight).sum::<usize>();
                prop_assert!(weigh(&loaded) <= TOGETHER, "{word}: {loaded:?}");
                for letters in ALIKE..=word.chars().count() {
                    let alike = beginning(word, letters);
                    let holding = |piece: &Vec<String>| piece.iter().any(|word| word.starts_with(alike));
                    let together: Vec<_> = (0..pieces.len()).filter(|index| holding(&pieces[*index])).collect();
                    prop_assert!(weigh(&together) > TOGETHER || together.iter().all(|piece| loaded.contains(piece)));
                }
            }
        }
    }
}
