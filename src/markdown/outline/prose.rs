//! Runs of plain prose, and the citations in them.
//!
//! The parser hands out words in pieces; a citation may go over several, and over the end of a line. A run
//! joins pieces that follow each other in the source with nothing but blanks between.

use std::ops::Range;

use crate::act::{Acts, scan};
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::markdown::Citation;

/// The run that is being gathered.
#[derive(Default)]
pub(super) struct Prose {
    run: Option<Range<usize>>,
}

impl Prose {
    /// Adds a piece; the run before it comes back when the piece does not go on from it.
    pub(super) fn add(&mut self, text: &str, span: &Range<usize>) -> Option<Range<usize>> {
        match &mut self.run {
            Some(run) if text.get(run.end..span.start).is_some_and(|gap| gap.trim().is_empty()) => {
                run.end = span.end;
                None
            }
            _ => self.run.replace(span.clone()),
        }
    }

    /// Ends the run.
    pub(super) fn end(&mut self) -> Option<Range<usize>> {
        self.run.take()
    }
}

/// The citations in a run, and what is wrong with them; `base` is where the Markdown starts in the file.
pub(super) fn citations(
    file: &SourceFile,
    run: Range<usize>,
    base: usize,
    heading: Option<usize>,
    acts: &Acts,
) -> (Vec<Citation>, Vec<Diagnostic>) {
    let start = base + run.start;
    let text = file.text().get(start..base + run.end).unwrap_or("");
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
