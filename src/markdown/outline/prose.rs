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

/// At least two capitals in a short word that stands alone and is no Roman number: `AdG`, `CCIAA`, not `XIV`.
fn is_acronym(text: &str, word: &Range<usize>) -> bool {
    let name = text.get(word.clone()).unwrap_or("");
    let capitals = name.chars().filter(|letter| letter.is_uppercase()).count();
    let letters_only = name.trim_end_matches('+').chars().all(char::is_alphabetic);
    let is_roman = name.chars().all(|letter| "IVXLCDM".contains(letter));
    capitals >= 2 && letters_only && !is_roman && name.chars().count() <= 7 && stands_alone(text, word)
}

/// `(ABC)` after the words, or `ABC (the words)`.
fn is_explained(text: &str, word: &Range<usize>) -> bool {
    let before = text.get(..word.start).unwrap_or("");
    let after = text.get(word.end..).unwrap_or("");
    (before.ends_with('(') && after.starts_with([')', ',', ';'])) || after.starts_with(" (")
}
