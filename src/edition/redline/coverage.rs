//! How the coverage of the acts changed, in figures.

use std::collections::BTreeSet;

use crate::act::{ActId, Address};
use crate::links::{Place, State};

use super::Side;

/// What is implemented and tested in one edition and not in the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageChange {
    /// The acts of both editions, in the order of the later.
    pub acts: Vec<ActFigures>,
    /// The places that a provision now implements.
    pub gained: Vec<Address>,
    /// Those that none implements any longer.
    pub lost: Vec<Address>,
    /// The places that a practice has now tested.
    pub tested: Vec<Address>,
    /// Those that none has tested any longer.
    pub untested: Vec<Address>,
}

/// The figures of an act in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActFigures {
    /// The act.
    pub act: ActId,
    /// In the earlier edition; `None` where it does not have the act.
    pub before: Option<Figures>,
    /// In the later edition.
    pub after: Option<Figures>,
}

/// How many places of an act there are, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// All of them.
    pub places: usize,
    /// Those that a provision cites.
    pub implemented: usize,
    /// Those of which a practice has tried a provision to the end.
    pub tested: usize,
}

impl CoverageChange {
    pub(super) fn of(before: Side<'_>, after: Side<'_>) -> Self {
        let implemented = |side| places(side, |place| place.state == State::Cited);
        let tested = |side: Side<'_>| places(side, |place| place.is_tested(side.handbook));
        let (old, new) = (implemented(before), implemented(after));
        let (tried, tries) = (tested(before), tested(after));
        let less =
            |one: &BTreeSet<Address>, other: &BTreeSet<Address>| one.difference(other).cloned().collect();
        Self {
            acts: figures(before, after),
            gained: less(&new, &old),
            lost: less(&old, &new),
            tested: less(&tries, &tried),
            untested: less(&tried, &tries),
        }
    }

    /// Whether no place is implemented or tested that was not, or the other way round.
    pub fn is_empty(&self) -> bool {
        [&self.gained, &self.lost, &self.tested, &self.untested].iter().all(|places| places.is_empty())
    }

    /// The figures of all acts together, before and after.
    pub fn total(&self) -> (Figures, Figures) {
        let sum = |figures: &mut dyn Iterator<Item = Figures>| {
            figures.fold(Figures::default(), |sum, figures| Figures {
                places: sum.places + figures.places,
                implemented: sum.implemented + figures.implemented,
                tested: sum.tested + figures.tested,
            })
        };
        (
            sum(&mut self.acts.iter().filter_map(|act| act.before)),
            sum(&mut self.acts.iter().filter_map(|act| act.after)),
        )
    }
}

fn places(side: Side<'_>, is_wanted: impl Fn(&Place) -> bool) -> BTreeSet<Address> {
    let places = side.links.coverage.acts.iter().flat_map(|act| &act.places);
    places.filter(|place| is_wanted(place)).map(|place| place.address.clone()).collect()
}

fn figures(before: Side<'_>, after: Side<'_>) -> Vec<ActFigures> {
    let of = |side: Side<'_>, id: &ActId| {
        let act = side.links.coverage.acts.iter().find(|coverage| coverage.act == *id)?;
        Some(Figures {
            places: act.places.len(),
            implemented: act.count(State::Cited),
            tested: act.places.iter().filter(|place| place.is_tested(side.handbook)).count(),
        })
    };
    let mut ids: Vec<&ActId> = Vec::new();
    for act in after.links.coverage.acts.iter().chain(&before.links.coverage.acts) {
        if !ids.contains(&&act.act) {
            ids.push(&act.act);
        }
    }
    ids.into_iter()
        .map(|id| ActFigures { act: id.clone(), before: of(before, id), after: of(after, id) })
        .collect()
}
