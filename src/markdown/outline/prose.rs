//! Runs of plain prose, and the citations, terms and acronyms in them.
//!
//! The parser hands out words in pieces; a citation may go over several, and over the end of a line. A run
//! joins pieces that follow each other in the source with nothing but blanks between.

use std::ops::Range;

use std::collections::HashSet;

use crate::act::{Acts, scan};
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::markdown::lexicon::{stands_alone, words};
use crate::markdown::{Citation, Lexicon, TermUse};

/// A run of prose.
pub(super) struct Run {
    /// Where it starts in the Markdown.
    pub(super) start: usize,
    /// As it stands there, byte for byte; only the `>` of a quote that goes over a line end is a blank.
    pub(super) text: String,
}

/// The run that is being gathered.
#[derive(Default)]
pub(super) struct Prose {
    run: Option<Run>,
}

impl Prose {
    /// Adds a piece of the Markdown; the run before it comes back when the piece does not go on from it.
    pub(super) fn add(&mut self, markdown: &str, span: &Range<usize>) -> Option<Run> {
        let piece = markdown.get(span.clone()).unwrap_or("");
        if let Some(run) = &mut self.run {
            let gap = markdown.get(run.start + run.text.len()..span.start);
            // Only blanks, and the marks of a quote at the start of its next line.
            if let Some(gap) = gap.filter(|gap| gap.chars().all(|c| c.is_whitespace() || c == '>')) {
                run.text.push_str(&gap.replace('>', " "));
                run.text.push_str(piece);
                return None;
            }
        }
        self.run.replace(Run { start: span.start, text: piece.to_owned() })
    }

    /// Ends the run.
    pub(super) fn end(&mut self) -> Option<Run> {
        self.run.take()
    }
}

/// The citations in a run that starts at `start` of the file, and what is wrong with them.
pub(super) fn citations(
    file: &SourceFile,
    (text, start): (&str, usize),
    heading: Option<usize>,
    acts: &Acts,
) -> (Vec<Citation>, Vec<Diagnostic>) {
    let global = |range: &Range<usize>| start + range.start..start + range.end;
    let (mut citations, mut diagnostics) = (Vec::new(), Vec::new());
    for found in scan(text, acts) {
        for cited in found.places {
            match cited.address {
                Ok(address) => citations.push(Citation { address, range: global(&cited.range), heading }),
                Err(problem) => {
                    let place = Place::range(file, global(&cited.range));
                    diagnostics.push(problem.into_diagnostic().at(place));
                }
            }
        }
        for note in found.notes {
            let place = Place::range(file, global(&note.range));
            diagnostics.push(note.into_diagnostic().at(place));
        }
    }
    (citations, diagnostics)
}

/// The terms and acronyms of a chapter, while its prose is read.
#[derive(Default)]
pub(super) struct Terms {
    pub(super) uses: Vec<TermUse>,
    /// The terms that are linked already under the heading that is being read.
    linked: HashSet<usize>,
    /// What may be acronyms, each at its first place.
    unknown: Vec<(String, Range<usize>)>,
    /// The acronyms that stand beside their words: `Fondo europeo (FEX)`.
    explained: HashSet<String>,
}

impl Terms {
    /// A new heading: terms may be linked again.
    pub(super) fn next_section(&mut self) {
        self.linked.clear();
    }

    /// Reads a run of prose that starts at `start` of the file; what stands in `taken` is a citation.
    pub(super) fn read(
        &mut self,
        (text, start): (&str, usize),
        taken: &[Citation],
        heading: Option<usize>,
        lexicon: &Lexicon,
        link: bool,
    ) {
        let is_free = |range: &Range<usize>| {
            let overlaps =
                |citation: &Citation| citation.range.start < range.end && range.start < citation.range.end;
            !taken.iter().any(overlaps)
        };
        let first = self.uses.len();
        for (term, range) in lexicon.scan(text) {
            let range = start + range.start..start + range.end;
            if is_free(&range) {
                let linked = link && self.linked.insert(term);
                self.uses.push(TermUse { term, range, heading, linked });
            }
        }
        for word in words(text).filter(|word| is_acronym(text, word)) {
            let range = start + word.start..start + word.end;
            let known = self.uses.iter().skip(first).any(|use_| use_.range.contains(&range.start));
            if known || !is_free(&range) {
                continue;
            }
            let name = text.get(word.clone()).unwrap_or("");
            if is_explained(text, &word) {
                self.explained.insert(name.to_owned());
            }
            if !self.unknown.iter().any(|(other, _)| other == name) {
                self.unknown.push((name.to_owned(), range));
            }
        }
    }

    /// The uses of terms, and the acronyms that nothing explains.
    pub(super) fn finish(mut self) -> (Vec<TermUse>, Vec<(String, Range<usize>)>) {
        self.unknown.retain(|(name, _)| !self.explained.contains(name));
        (self.uses, self.unknown)
    }
}

/// Ordinary words that texts like to write in capitals. Longer ones are known by their shape.
const EMPHASIS: [&str; 36] = [
    "AND", "ANCHE", "BOZZA", "DEVE", "DEVI", "DOPO", "ECCO", "ENTRO", "FINE", "GRATIS", "KO", "MAI", "MAX",
    "MIN", "MUST", "NE", "NO", "NON", "NOT", "NOTA", "NUOVO", "OGGI", "OGNI", "OK", "ONLY", "OR", "PIN",
    "POI", "PRIMA", "QUI", "SE", "SI", "SOLO", "STOP", "TUTTI", "YES",
];

/// A short word that stands alone and is written in capitals, but for one small letter inside at most: `CCIAA`,
/// `AdG`. No Roman number, and no word that is only stressed.
fn is_acronym(text: &str, word: &Range<usize>) -> bool {
    let name = text.get(word.clone()).unwrap_or("");
    let letters = name.trim_end_matches('+');
    let count = letters.chars().count();
    let small = letters.chars().filter(|letter| letter.is_lowercase()).count();
    let has_the_shape = (2..=7).contains(&name.chars().count())
        && letters.chars().all(|letter| letter.is_ascii_alphabetic())
        && letters.starts_with(char::is_uppercase)
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
