//! The sentences of a chapter, as plain text with their places.

use std::ops::Range;

/// Words before a full stop that does not end a sentence.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "art", "artt", "par", "parr", "lett", "co", "cc", "nn", "nr", "reg", "dir", "dec", "es", "pag", "pagg", "pp", "cfr",
    "vol", "cap", "sez", "dott", "prof", "sig", "avv", "ing", "arch", "geom", "rag", "on", "spett", "gent", "lgs", "dlgs",
    "dl", "dpr", "dpcm", "cost", "cod", "disp", "prot", "fig", "tab", "tel", "segg", "dr", "mr", "mrs", "ms", "st", "vs",
    "para", "paras", "arts", "pt",
];

/// Words and letters that are one only before a number: `l. 241/1990`, `No. 3`.
const BEFORE_NUMBER: &[&str] = &["c", "l", "n", "p", "r", "no", "nos", "num", "all", "ss"];

/// The plain text of the block that is being read.
#[derive(Default)]
pub(super) struct BlockText {
    text: String,
    /// For each piece: where it starts in the text, and in the source.
    pieces: Vec<(usize, usize)>,
    /// Once it has ended: each sentence in the text, and from its first word to the first word of the next in the source.
    sentences: Vec<(Range<usize>, Range<usize>)>,
}

impl BlockText {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn add(&mut self, words: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(words);
    }

    /// Ends the block, at this place of the source. Its sentences together cover it; none ends within a citation, whose
    /// places count in the file, where the source starts at `base`.
    pub(super) fn end(&mut self, at: usize, base: usize, citations: &[Range<usize>]) {
        let Self { text, pieces, sentences } = self;
        let place = |offset: usize| {
            let before = pieces.partition_point(|(start, _)| *start <= offset);
            let piece = before.checked_sub(1).and_then(|piece| pieces.get(piece));
            piece.map_or(0, |(start, source)| source + (offset - start))
        };
        let in_citation = |offset: usize| {
            let at = base + place(offset);
            let next = citations.partition_point(|citation| citation.end <= at);
            citations.get(next).is_some_and(|citation| citation.start < at)
        };
        split(text, in_citation, |range| {
            let start = place(range.start);
            if let Some((_, last)) = sentences.last_mut() {
                last.end = start;
            }
            sentences.push((range, start..at.max(start)));
        });
    }

    /// Makes place for the next block.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.sentences.clear();
    }

    /// Each sentence of a block that has ended, as it is written, and its place in the source.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.sentences
            .iter()
            .map(|(words, place)| (self.text.get(words.clone()).unwrap_or(""), place.clone()))
    }
}

/// A sentence with one blank between its words.
pub(super) fn plain(sentence: &str) -> String {
    let mut plain = String::with_capacity(sentence.len());
    for word in sentence.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// Finds the sentences in a text, without the blanks around them; none ends where `goes_on` says so.
fn split(text: &str, goes_on: impl Fn(usize) -> bool, mut found: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for (at, mark) in marks(text) {
        let end = at + mark.len_utf8();
        let rest = text.get(end..).unwrap_or("");
        let closed = rest.trim_start_matches(['»', '”', '"', ')', '’', '\'']);
        let next = closed.trim_start();
        let is_blank = closed.len() != next.len();
        let follows = next.chars().next();
        let begins = follows.is_none_or(|letter| !letter.is_lowercase());
        let is_short = || mark == '.' && is_abbreviated(text.get(start..at).unwrap_or(""), follows);
        let stop = text.len() - closed.len();
        if is_blank && begins && !is_short() && !goes_on(stop) {
            without_blanks(text, start..stop).into_iter().for_each(&mut found);
            start = text.len() - next.len();
        }
    }
    without_blanks(text, start..text.len()).into_iter().for_each(&mut found);
}

/// The marks with which a sentence may end, and where they stand.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    // None of these bytes is a part of another letter; the one of the ellipsis is its first.
    let is_one = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | 0xE2);
    let mut from = 0;
    let next = move || {
        let at = from + text.as_bytes().get(from..)?.iter().position(is_one)?;
        from = at + 1;
        Some((at, text.get(at..)?.chars().next()?))
    };
    std::iter::from_fn(next).filter(|(_, mark)| matches!(mark, '.' | '!' | '?' | '…'))
}

fn without_blanks(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone()).unwrap_or("");
    let trimmed = part.trim_start();
    let start = range.end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    (start < end).then_some(start..end)
}

/// Whether a text ends in an abbreviation, or in the initial of a name.
fn is_abbreviated(before: &str, follows: Option<char>) -> bool {
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    if word.len() > MOST_LETTERS {
        return false;
    }
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let is_initial = is_letter && word.chars().all(char::is_uppercase);
    // `d.l.`, `e.g.`, `c.p.c.`: a letter after the dot of another.
    let mut chain = before.get(..before.len() - word.len()).unwrap_or("").chars().rev();
    let is_chained = is_letter && chain.next() == Some('.') && chain.next().is_some_and(char::is_alphabetic);
    let lower = word.to_lowercase();
    let is_counting =
        follows.is_some_and(|letter| letter.is_ascii_digit()) && BEFORE_NUMBER.contains(&lower.as_str());
    is_initial || is_chained || is_counting || ABBREVIATIONS.contains(&lower.as_str())
}

/// No abbreviation is longer.
const MOST_LETTERS: usize = 6;

/// How many words a sentence has that has more than so many: what stands between blanks and holds a letter or a digit.
pub(super) fn count_beyond(most: usize, sentence: &str) -> Option<usize> {
    // Nearly all are shorter: they have fewer bytes, or fewer of those with which a blank can begin.
    let may_be_blank = |byte: &u8| u8::from(matches!(byte, 0..=b' ' | 0xC2 | 0xE1..=0xE3));
    let blanks = |bytes: &[u8]| usize::from(bytes.iter().map(may_be_blank).sum::<u8>());
    if sentence.len() < 2 * most || sentence.as_bytes().chunks(255).map(blanks).sum::<usize>() < most {
        return None;
    }
    let words = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    (words > most).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let mut sentences = Vec::new();
        split(text, |_| false, |range| sentences.push(&text[range]));
        sentences
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
    fn only_sentences_of_more_words_are_counted_whatever_their_blanks() {
        for blank in [" ", "\n", "\t", "\u{a0}", "\u{2003}", "\u{1680}", "\u{3000}", "\u{85}", " — "] {
            let sentence = |words: usize| vec!["è"; words].join(blank);
            assert_eq!(count_beyond(40, &sentence(40)), None, "{blank:?}");
            assert_eq!(count_beyond(40, &sentence(41)), Some(41), "{blank:?}");
        }
    }

    #[test]
    fn no_abbreviation_ends_a_sentence() {
        for text in [
            "L'art. 5, c. 2, e i cc. 3 e 4 della l. 241/1990.",
            "Il d.l. 77/2021, il d. lgs. 50/2016, il D.Lgs. 36/2023 e il d.p.r. 445/2000.",
            "Il c.p.c. Lo dice e il Cod. Civ. pure, all. 3 e ss. 4.",
            "See No. 3, Nos. 4 and 5, i.e. Mr. Smith, e.g. Dr. Jones vs. St. Paul.",
        ] {
            assert_eq!(sentences(text), [text], "{text}");
        }
        assert_eq!(
            sentences("Rispose di no. Poi tacque. Ne scrive a tutti. La l. Fine."),
            ["Rispose di no.", "Poi tacque.", "Ne scrive a tutti.", "La l.", "Fine."]
        );
    }

    #[test]
    fn no_sentence_ends_in_a_citation() {
        let mut block = BlockText::default();
        block.add("Vedi 8 reg. X. Y 3. Poi.", 10);
        let whole = 100 + 15..100 + 28;
        block.end(34, 100, std::slice::from_ref(&whole));
        assert_eq!(
            block.sentences().map(|(words, _)| words).collect::<Vec<_>>(),
            ["Vedi 8 reg. X. Y 3.", "Poi."]
        );
    }

    #[test]
    fn the_sentences_of_a_block_know_their_places_and_leave_no_gap() {
        let mut block = BlockText::default();
        block.add("Uno. Vedi ", 10);
        block.add("qui", 22);
        block.add(".", 40);
        block.end(41, 0, &[]);
        assert_eq!(block.sentences().collect::<Vec<_>>(), [("Uno.", 10..15), ("Vedi qui.", 15..41)]);
        block.clear();
        assert!(block.is_empty() && block.sentences().next().is_none());
    }
}
