//! Where on a page a word stands, and which of its places tell most.

use std::cmp::Reverse;

use super::format::Word;

/// The weight of places that no mark stands before. They come first.
const UNMARKED: i32 = 25;

/// How many places of a word a page keeps, where the word has too many: the first of these that is few enough.
const MOST: [usize; 5] = [16, 8, 4, 2, 1];

/// A place: how many words stand before it, and how much a word weighs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    weight: i32,
    position: i32,
}

/// Makes a word's entry at most so many bytes large, as far as that goes: of a word that stands many times on very many
/// pages it keeps on each only the places that tell most, at least one. No page is left out.
pub(super) fn lighten(word: &mut Word, bytes: usize) {
    for most in MOST {
        if minicbor::len(&*word) <= bytes {
            return;
        }
        let variants = word.variants.iter_mut().flat_map(|variant| &mut variant.pages);
        for page in word.pages.iter_mut().chain(variants) {
            page.places = telling(&page.places, most);
        }
    }
}

/// The places that tell most, in the form of the index: those that weigh most, and among them the first in the text.
fn telling(places: &[i32], most: usize) -> Vec<i32> {
    let mut places = read(places);
    places.sort_by_key(|place| (Reverse(place.weight), place.position));
    places.truncate(most);
    write(places)
}

/// In the index a place is its distance from the place before; a negative number is a mark, after which the places
/// have another weight and distances begin anew.
fn read(places: &[i32]) -> Vec<Place> {
    let (mut weight, mut position) = (UNMARKED, 0_i32);
    let mut read = Vec::new();
    for &number in places {
        if number < 0 {
            (weight, position) = (!number, 0);
        } else {
            position = position.saturating_add(number);
            read.push(Place { weight, position });
        }
    }
    read
}

/// The same, written again.
fn write(mut places: Vec<Place>) -> Vec<i32> {
    places.sort_by_key(|place| (place.weight != UNMARKED, place.weight, place.position));
    let (mut weight, mut before) = (UNMARKED, 0);
    let mut written = Vec::new();
    for place in places {
        if place.weight != weight {
            (weight, before) = (place.weight, 0);
            written.push(!weight);
        }
        written.push(place.position - before);
        before = place.position;
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::super::format::{Page, Variant};
    use super::*;

    /// Places 3 and 5 without a mark, 7 in prose of the weight 24, 2 and 9 in a heading.
    const PLACES: [i32; 7] = [3, 2, !24, 7, !120, 2, 7];

    fn page(places: &[i32]) -> Page {
        Page { step: 1, places: places.to_vec(), fields: vec![-1, 0] }
    }

    #[test]
    fn headings_tell_more_than_prose_and_the_beginning_more_than_the_end() {
        assert_eq!(telling(&PLACES, 9), PLACES);
        assert_eq!(telling(&PLACES, 3), [3, !120, 2, 7]);
        assert_eq!(telling(&PLACES, 2), [!120, 2, 7]);
        assert_eq!(telling(&PLACES, 1), [!120, 2]);
    }

    #[test]
    fn a_word_that_is_too_large_keeps_all_its_pages_and_a_place_on_each() {
        let pages = vec![page(&PLACES), page(&[]), page(&[4])];
        let variants = vec![Variant { form: "età".to_owned(), pages: vec![page(&PLACES)] }];
        let before = Word { word: "eta".to_owned(), pages, variants };
        let mut word = before.clone();
        lighten(&mut word, minicbor::len(&before));
        assert_eq!(word, before);

        lighten(&mut word, 0);
        assert_eq!(word.pages, [page(&[!120, 2]), page(&[]), page(&[4])]);
        assert_eq!(word.variants[0].pages, [page(&[!120, 2])]);
    }

    #[test]
    fn no_more_is_left_out_than_must_be() {
        let mut word = Word { word: "a".to_owned(), pages: vec![page(&[1; 20])], variants: Vec::new() };
        let bytes = minicbor::len(&word) - 4;
        lighten(&mut word, bytes);
        assert_eq!(word.pages, [page(&[1; 16])]);
    }

    proptest! {
        #[test]
        fn places_are_read_as_they_are_written(
            places in btree_set((prop::sample::select(vec![12, 24, UNMARKED, 120]), 0..100_000), 0..40),
            most in 0_usize..50,
        ) {
            let places: Vec<_> = places.into_iter().map(|(weight, position)| Place { weight, position }).collect();
            let written = write(places.clone());
            let mut again = read(&written);
            prop_assert_eq!(write(again.clone()), written.clone());
            again.sort_by_key(|place| (place.weight, place.position));
            prop_assert_eq!(&again, &places);

            let told = read(&telling(&written, most));
            prop_assert_eq!(told.len(), most.min(places.len()));
            let least = told.iter().map(|place| place.weight).min();
            let left = places.iter().filter(|place| !told.contains(place));
            prop_assert!(left.clone().all(|place| Some(place.weight) <= least || most == 0));
        }

        #[test]
        fn whatever_a_file_holds_is_read(places in vec(any::<i32>(), 0..20)) {
            prop_assert!(telling(&places, 1).len() <= 2);
        }
    }
}
