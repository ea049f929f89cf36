//! How much changed, in figures.

use crate::markdown::Level;

use super::{ProvisionChange, Redline};

/// The figures of a redline. A thing that changed in two ways counts in both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The documents.
    pub documents: Counts,
    /// The provisions.
    pub provisions: Counts,
    /// The new provisions by level.
    pub added: ByLevel,
    /// The provisions that are gone, by level.
    pub withdrawn: ByLevel,
    /// The provisions that bind otherwise: from which level, to which, how many.
    pub levels: Vec<(Level, Level, usize)>,
    /// Those that gained or lost places of acts.
    pub readdressed: usize,
    /// Those that changed places in their document.
    pub reordered: usize,
    /// The terms of the glossary.
    pub terms: Counts,
}

/// How many there are of each kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New ones.
    pub added: usize,
    /// Those that are gone.
    pub withdrawn: usize,
    /// Those with another id, address or document.
    pub moved: usize,
    /// Those whose title or text reads otherwise.
    pub reworded: usize,
}

/// How many there are of each level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByLevel([usize; 4]);

impl ByLevel {
    /// How many have this level.
    pub fn get(&self, level: Level) -> usize {
        Level::ALL.iter().zip(self.0).find(|(known, _)| **known == level).map_or(0, |(_, count)| count)
    }

    fn add(&mut self, level: Level) {
        for (count, known) in self.0.iter_mut().zip(Level::ALL) {
            *count += usize::from(known == level);
        }
    }
}

impl Summary {
    pub(super) fn of(redline: &Redline) -> Self {
        let mut summary = Self::default();
        for document in &redline.documents {
            let counts = &mut summary.documents;
            counts.added += usize::from(document.before.is_none());
            counts.withdrawn += usize::from(document.after.is_none());
            counts.moved += usize::from(document.is_moved());
            let is_reworded = document.title.is_some() || document.text.is_some();
            counts.reworded += usize::from(document.is_changed() && is_reworded);
            summary.reordered += document.reordered.len();
        }
        for provision in redline.provisions() {
            summary.add_provision(provision);
        }
        for term in &redline.terms {
            let is_kept = term.before.is_some() && term.after.is_some();
            summary.terms.added += usize::from(term.before.is_none());
            summary.terms.withdrawn += usize::from(term.after.is_none());
            summary.terms.moved += usize::from(term.moved);
            summary.terms.reworded += usize::from(is_kept && term.definition.is_some());
        }
        summary.levels.sort_unstable();
        summary
    }

    fn add_provision(&mut self, provision: &ProvisionChange) {
        match (&provision.before, &provision.after) {
            (None, Some(after)) => {
                self.provisions.added += 1;
                self.added.add(after.level);
            }
            (Some(before), None) => {
                self.provisions.withdrawn += 1;
                self.withdrawn.add(before.level);
            }
            (Some(_), Some(_)) | (None, None) => {
                let is_readdressed = !provision.gained.is_empty() || !provision.lost.is_empty();
                self.readdressed += usize::from(is_readdressed);
            }
        }
        self.provisions.moved += usize::from(provision.moved);
        self.provisions.reworded += usize::from(provision.is_reworded());
        if let Some((from, to)) = provision.level() {
            match self.levels.iter_mut().find(|(a, b, _)| (*a, *b) == (from, to)) {
                Some((_, _, count)) => *count += 1,
                None => self.levels.push((from, to, 1)),
            }
        }
    }

    /// How many statements bind now and did not: new duties, and what became one.
    pub fn new_duties(&self) -> usize {
        let risen = self.levels.iter().filter(|(_, to, _)| *to == Level::Must).map(|(_, _, count)| count);
        self.added.get(Level::Must) + risen.sum::<usize>()
    }

    /// How many statements bound and do not now.
    pub fn ended_duties(&self) -> usize {
        let fallen =
            self.levels.iter().filter(|(from, _, _)| *from == Level::Must).map(|(_, _, count)| count);
        self.withdrawn.get(Level::Must) + fallen.sum::<usize>()
    }
}
