//! Plain prose, and the citations, terms and acronyms in it.
//!
//! The parser hands out words in pieces; a citation may go over several, over the end of a line and over emphasis.
//! What is read is the prose of a block as the reader sees it; a place found in it knows where it stands in the source.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::act::{Acts, Found, scan};
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::markdown::lexicon::{capitalised_words, stands_alone, words};
use crate::markdown::{Citation, Lexicon, TermUse};

/// The prose of a block, while it is gathered.
#[derive(Default)]
pub(super) struct Prose {
    /// The words that the reader sees.
    text: String,
    pieces: Vec<Piece>,
    /// What no citation and no term may go over: links, code, the author's HTML, marks of notes. In order.
    barriers: Vec<Range<usize>>,
}

/// Where a piece of the prose stands in the source.
struct Piece {
    at: usize,
    length: usize,
    source: Range<usize>,
}

impl Prose {
    /// Adds words that stand in the source, byte for byte or for something else such as `&nbsp;`.
    pub(super) fn add(&mut self, words: &str, source: Range<usize>) {
        self.pieces.push(Piece { at: self.text.len(), length: words.len(), source });
        self.text.push_str(words);
    }

    /// Adds words that the reader sees and that belong to something else.
    pub(super) fn add_foreign(&mut self, words: &str, source: Range<usize>) {
        let start = self.text.len();
        self.add(words, source);
        self.barriers.push(start..self.text.len());
    }

    /// Marks a place that nothing may go over.
    pub(super) fn add_barrier(&mut self) {
        self.barriers.push(self.text.len()..self.text.len());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Makes place for the next block.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.barriers.clear();
    }

    /// Whether a barrier stands within a range of the text.
    fn is_cut(&self, range: &Range<usize>) -> bool {
        let next = self.barriers.partition_point(|barrier| barrier.end <= range.start);
        self.barriers.get(next).is_some_and(|barrier| barrier.start < range.end)
    }

    /// A range of the text as one of the file, in which the source starts at `base`.
    fn in_file(&self, range: &Range<usize>, base: usize) -> Range<usize> {
        let source = self.source(range);
        base + source.start..base + source.end
    }

    /// A range of the text as one of the source.
    fn source(&self, range: &Range<usize>) -> Range<usize> {
        let end = self.source_end(range.end);
        if range.is_empty() {
            return end..end;
        }
        let start = match self.piece(range.start + 1) {
            Some(piece) if piece.length == piece.source.len() => {
                piece.source.start + (range.start - piece.at)
            }
            Some(piece) => piece.source.start,
            None => 0,
        };
        start..end.max(start)
    }

    fn source_end(&self, end: usize) -> usize {
        match self.piece(end) {
            Some(piece) if piece.length == piece.source.len() => piece.source.start + (end - piece.at),
            Some(piece) => piece.source.end,
            None => 0,
        }
    }

    /// The piece that holds the byte before this place.
    fn piece(&self, end: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at < end);
        self.pieces.get(after.checked_sub(1)?)
    }
}

/// What a block's prose cites.
#[derive(Default)]
pub(super) struct Cited {
    pub(super) citations: Vec<Citation>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Every citation as a whole, in the file, linked or not: no sentence ends in one.
    pub(super) whole: Vec<Range<usize>>,
    /// The linked places in the prose: no term stands in one.
    taken: Vec<Range<usize>>,
}

/// The citations in the prose of a block; `base` is where the Markdown starts in the file.
pub(super) fn citations(
    file: &SourceFile,
    prose: &Prose,
    base: usize,
    heading: Option<usize>,
    acts: &Acts,
) -> Cited {
    let global = |range: &Range<usize>| prose.in_file(range, base);
    let mut cited = Cited::default();
    for found in scan(&prose.text, acts) {
        cited.whole.push(global(&found.range));
        for place in &found.places {
            let Some(range) = uncut(prose, &found, &place.range) else { continue };
            match &place.address {
                Ok(address) => {
                    let address = address.clone();
                    cited.citations.push(Citation { address, range: global(&range), heading });
                    cited.taken.push(range);
                }
                Err(problem) => {
                    let place = Place::range(file, global(&range));
                    cited.diagnostics.push(problem.clone().into_diagnostic().at(place));
                }
            }
        }
        for note in found.notes.into_iter().filter(|note| !prose.is_cut(&note.range)) {
            let place = Place::range(file, global(&note.range));
            cited.diagnostics.push(note.into_diagnostic().at(place));
        }
    }
    cited
}

/// A cited place that nothing cuts in two, if need be without the act's name; `None` where no link can say it all.
fn uncut(prose: &Prose, found: &Found, range: &Range<usize>) -> Option<Range<usize>> {
    let words = range.start..range.end.min(found.named_from).max(range.start);
    [range.clone(), words].into_iter().find(|range| !prose.is_cut(range))
}

/// The terms and acronyms of a chapter, while its prose is read.
#[derive(Default)]
pub(super) struct Terms {
    pub(super) uses: Vec<TermUse>,
    /// The words of the uses that look like acronyms, by the number of the use.
    acronyms: HashMap<usize, String>,
    /// What may be acronyms, each at its first place.
    unknown: Vec<(String, Range<usize>)>,
    known_unknown: HashSet<String>,
    /// The acronyms that stand beside their words: `Fondo europeo (FEX)`.
    explained: HashSet<String>,
}

impl Terms {
    /// Reads the prose of a block; what stands in a citation is a part of it.
    pub(super) fn read(
        &mut self,
        prose: &Prose,
        base: usize,
        cited: &Cited,
        heading: Option<usize>,
        lexicon: &Lexicon,
    ) {
        let text = prose.text.as_str();
        let is_free = |range: &Range<usize>| {
            let next = cited.taken.partition_point(|taken| taken.end <= range.start);
            cited.taken.get(next).is_none_or(|taken| taken.start >= range.end) && !prose.is_cut(range)
        };
        let global = |range: &Range<usize>| prose.in_file(range, base);
        let found: Vec<_> = lexicon.scan(text).into_iter().filter(|(_, range)| is_free(range)).collect();
        for (term, range) in &found {
            let written = text.get(range.clone()).unwrap_or("");
            if has_capitals(written) {
                self.acronyms.insert(self.uses.len(), written.to_owned());
            }
            let range = global(range);
            self.uses.push(TermUse { term: *term, range, heading, linked: false, explained: false });
        }
        for word in capitalised_words(text).filter(|word| is_acronym(text, word) && is_free(word)) {
            let next = found.partition_point(|(_, range)| range.end <= word.start);
            if found.get(next).is_some_and(|(_, range)| range.start <= word.start) {
                continue;
            }
            let name = text.get(word.clone()).unwrap_or("");
            if is_explained(text, &word) {
                self.explained.insert(name.to_owned());
            }
            if self.known_unknown.insert(name.to_owned()) {
                self.unknown.push((name.to_owned(), global(&word)));
            }
        }
    }

    /// Decides, where terms are linked, which uses readers see: the first under each heading is a link, and the first
    /// of an acronym has its words. What stands in a note comes after the text, as on the page.
    pub(super) fn link(&mut self, in_notes: &[Range<usize>]) {
        let is_in_note = |number: &usize| {
            let next = in_notes.partition_point(|note| note.end <= *number);
            in_notes.get(next).is_some_and(|note| note.contains(number))
        };
        let (notes, mut order): (Vec<usize>, Vec<usize>) = (0..self.uses.len()).partition(is_in_note);
        order.extend(notes);
        let (mut linked, mut explained) = (HashSet::new(), HashSet::new());
        for number in order {
            let Some(found) = self.uses.get_mut(number) else { continue };
            found.linked = linked.insert((found.heading, found.term));
            if let Some(acronym) = self.acronyms.get(&number) {
                found.explained = explained.insert((found.heading, acronym));
            }
        }
    }

    /// The uses of terms, and the acronyms that nothing explains.
    pub(super) fn finish(mut self) -> (Vec<TermUse>, Vec<(String, Range<usize>)>) {
        self.unknown.retain(|(name, _)| !self.explained.contains(name));
        (self.uses, self.unknown)
    }
}

/// Two capitals at least in one word, as an acronym has them.
fn has_capitals(word: &str) -> bool {
    !word.contains(char::is_whitespace) && word.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// Ordinary words that texts like to write in capitals. Longer ones are known by their shape.
const EMPHASIS: [&str; 36] = [
    "AND", "ANCHE", "BOZZA", "DEVE", "DEVI", "DOPO", "ECCO", "ENTRO", "FINE", "GRATIS", "KO", "MAI", "MAX",
    "MIN", "MUST", "NE", "NO", "NON", "NOT", "NOTA", "NUOVO", "OGGI", "OGNI", "OK", "ONLY", "OR", "PIN",
    "POI", "PRIMA", "QUI", "SE", "SI", "SOLO", "STOP", "TUTTI", "YES",
];

/// Of the words with a capital letter, a short one that stands alone and is written in capitals, but for one small letter inside at most: `CCIAA`,
/// `AdG`. No Roman number, and no word that is only stressed.
fn is_acronym(text: &str, word: &Range<usize>) -> bool {
    let name = text.get(word.clone()).unwrap_or("");
    let letters = name.trim_end_matches('+');
    let count = letters.chars().count();
    let small = letters.chars().filter(|letter| letter.is_lowercase()).count();
    let has_the_shape = (2..=7).contains(&name.chars().count())
        && letters.chars().all(|letter| letter.is_ascii_alphabetic())
        && letters.ends_with(char::is_uppercase)
        && small <= 1
        && count - small >= 2;
    let is_stressed = || small == 0 && letters == name && (is_ordinary(name) || is_shouted(text, word));
    has_the_shape && !is_roman(name) && stands_alone(text, word) && !is_stressed()
}

fn is_roman(name: &str) -> bool {
    name.chars().all(|letter| "IVXLCDM".contains(letter))
}

/// A word of the list, or one of five letters or more that reads as Italian: it ends in a vowel, and no three of its
/// consonants stand together.
fn is_ordinary(name: &str) -> bool {
    let is_vowel = |letter: char| "AEIOU".contains(letter);
    let mut runs = name.split(is_vowel).map(str::len);
    let reads_as_a_word = name.len() >= 5 && name.ends_with(['A', 'E', 'I', 'O']) && !name.ends_with("AA");
    EMPHASIS.contains(&name) || (reads_as_a_word && runs.all(|consonants| consonants < 3))
}

/// Whether the word before or after it is in capitals, too: acronyms rarely stand side by side.
fn is_shouted(text: &str, word: &Range<usize>) -> bool {
    let is_in_capitals = |other: &str| {
        let letters = other.trim_matches(|c: char| !c.is_alphanumeric());
        let has_letters = letters.chars().any(char::is_alphabetic);
        has_letters && letters.chars().all(char::is_uppercase) && !is_roman(letters)
    };
    let blank = |c: char| c.is_whitespace();
    let before = text.get(..word.start).unwrap_or("");
    let after = text.get(word.end..).unwrap_or("");
    // Only blanks between: a comma or a bracket parts two names.
    let last = before.strip_suffix(blank).and_then(|before| before.trim_end().rsplit(blank).next());
    let first = after.strip_prefix(blank).and_then(|after| after.trim_start().split(blank).next());
    let last = last.filter(|last| last.ends_with(char::is_alphanumeric));
    let first = first.filter(|first| first.starts_with(char::is_alphanumeric));
    last.into_iter().chain(first).any(is_in_capitals)
}

/// `(ABC)` after at least two words of its sentence, or `ABC (the words)`, at least two.
fn is_explained(text: &str, word: &Range<usize>) -> bool {
    let before = text.get(..word.start).unwrap_or("");
    let after = text.get(word.end..).unwrap_or("");
    if let Some(before) = before.strip_suffix('(')
        && after.starts_with([')', ',', ';'])
    {
        let sentence = before.rsplit(['.', ';', ':', '!', '?']).next().unwrap_or(before);
        // Words in italics or in a link are not in this run.
        return before.trim().is_empty() || has_words(sentence);
    }
    let Some(bracket) = after.strip_prefix(" (") else { return false };
    // A link in the bracket is not in this run.
    bracket.split_once(')').is_none_or(|(inside, _)| has_words(inside))
}

/// Whether there are two words at least.
fn has_words(text: &str) -> bool {
    words(text)
        .filter(|word| text.get(word.clone()).is_some_and(|w| w.chars().all(char::is_alphabetic)))
        .count()
        >= 2
}
