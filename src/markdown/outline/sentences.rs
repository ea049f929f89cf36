//! The sentences of a chapter, as plain text with their places.

use std::ops::Range;

use crate::markdown::Sentence;

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: [&str; 25] = [
    "art", "artt", "par", "lett", "co", "n", "nn", "nr", "reg", "dir", "dec", "es", "pag", "pagg", "p", "pp",
    "cfr", "vol", "cap", "sez", "dott", "prof", "sig", "avv", "ing",
];

/// The plain text of the block that is being read.
#[derive(Default)]
pub(super) struct BlockText {
    text: String,
    /// For each piece: where it starts in the text, and in the source.
    pieces: Vec<(usize, usize)>,
}

impl BlockText {
    pub(super) fn add(&mut self, words: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(words);
    }

    /// Ends the block, at this place of the source, and hands out its sentences. Together they cover the block.
    pub(super) fn end(&mut self, at: usize) -> Vec<Sentence> {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        let place = |offset: usize| {
            let before = pieces.partition_point(|(start, _)| *start <= offset);
            let piece = before.checked_sub(1).and_then(|piece| pieces.get(piece));
            piece.map_or(0, |(start, source)| source + (offset - start))
        };
        let mut sentences: Vec<Sentence> = Vec::new();
        for range in split(&text) {
            let start = place(range.start);
            if let Some(last) = sentences.last_mut() {
                last.range.end = start;
            }
            let words = text.get(range).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            sentences.push(Sentence { text: words, range: start..at.max(start) });
        }
        sentences
    }
}

/// The sentences in a text, without the blanks around them.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | '…')) {
        let end = at + mark.len_utf8();
        let rest = text.get(end..).unwrap_or("");
        let closed = rest.trim_start_matches(['»', '”', '"', ')', '’', '\'']);
        let next = closed.trim_start();
        let is_blank = closed.len() != next.len();
        let begins = next.chars().next().is_none_or(|letter| !letter.is_lowercase());
        if is_blank && begins && !(mark == '.' && is_abbreviated(text.get(start..at).unwrap_or(""))) {
            push(text, start..text.len() - closed.len(), &mut sentences);
            start = text.len() - next.len();
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let part = text.get(range.clone()).unwrap_or("");
    let trimmed = part.trim_start();
    let start = range.end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        sentences.push(start..end);
    }
}

/// Whether a text ends in an abbreviation or in the initial of a name.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// How many words a sentence has: what stands between blanks and holds a letter or a digit.
pub(super) fn count(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_where_a_reader_ends_it() {
        assert_eq!(
            sentences(
                "Lo dice l'art. 5, par. 2, lett. b). Il dott. M. Neri? «Sì.» Nel 2026 n. 3… 30 giorni. e poi"
            ),
            [
                "Lo dice l'art. 5, par. 2, lett. b).",
                "Il dott. M. Neri?",
                "«Sì.»",
                "Nel 2026 n. 3…",
                "30 giorni. e poi"
            ]
        );
        assert_eq!(sentences("  \n "), [""; 0]);
    }

    #[test]
    fn the_sentences_of_a_block_know_their_places_and_leave_no_gap() {
        let mut block = BlockText::default();
        block.add("Uno. Vedi ", 10);
        block.add("qui", 22);
        block.add(".", 40);
        let found = block.end(41);
        let found: Vec<_> = found.iter().map(|s| (s.text.as_str(), s.range.clone())).collect();
        assert_eq!(found, [("Uno.", 10..15), ("Vedi qui.", 15..41)]);
    }
}
