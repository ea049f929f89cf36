//! Notes: what one says belongs to the place that it explains, not to where it is written.

use std::collections::HashMap;
use std::ops::Range;

use super::Mentions;

/// The notes of a chapter, while it is read.
#[derive(Default)]
pub(super) struct Notes {
    /// Where each note is mentioned first.
    first: HashMap<String, Mention>,
    /// The note that is being read, and what came before it.
    open: Option<(String, Mentions)>,
    /// The notes that are read, in order.
    read: Vec<Note>,
}

/// A place where a note is mentioned.
struct Mention {
    heading: Option<usize>,
    /// The note in which it stands.
    inside: Option<String>,
}

/// What stands in a note.
pub(super) struct Note {
    name: String,
    pub(super) references: Range<usize>,
    pub(super) citations: Range<usize>,
    pub(super) terms: Range<usize>,
}

/// How many notes may mention each other in a chain.
const MOST_CHAINED: usize = 16;

impl Notes {
    pub(super) fn mention(&mut self, name: &str, heading: Option<usize>) {
        let inside = self.open.as_ref().map(|(name, _)| name.clone());
        self.first.entry(name.to_owned()).or_insert(Mention { heading, inside });
    }

    pub(super) fn start(&mut self, name: &str, before: Mentions) {
        self.open = Some((name.to_owned(), before));
    }

    pub(super) fn end(&mut self, now: Mentions) {
        let Some((name, before)) = self.open.take() else { return };
        self.read.push(Note {
            name,
            references: before.references..now.references,
            citations: before.citations..now.citations,
            terms: before.terms..now.terms,
        });
    }

    /// The notes, each with the heading of its first mention; a note that nothing mentions stays where it stands.
    pub(super) fn placed(&self) -> impl Iterator<Item = (&Note, Option<usize>)> {
        self.read.iter().filter_map(|note| Some((note, self.heading(&note.name)?)))
    }

    fn heading(&self, name: &str) -> Option<Option<usize>> {
        let mut mention = self.first.get(name)?;
        for _ in 0..MOST_CHAINED {
            match &mention.inside {
                None => return Some(mention.heading),
                Some(outer) => mention = self.first.get(outer)?,
            }
        }
        None
    }

    /// The numbers of the terms that stand in notes, in order.
    pub(super) fn terms(&self) -> Vec<Range<usize>> {
        self.read.iter().map(|note| note.terms.clone()).collect()
    }
}
