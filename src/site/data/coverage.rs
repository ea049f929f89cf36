//! The totals of coverage.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::links::{ActCoverage, Place, ProvisionRef, State};
use crate::markdown::Level;
use crate::site::Volume;

/// The totals of coverage. All of them follow from `acts`, `provisions` and `documents`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Coverage")]
pub(super) struct CoverageData<'s> {
    /// Act by act.
    pub(super) acts: Vec<ActTotals<'s>>,
    /// Over all acts.
    pub(super) total: Totals,
}

/// The totals of one act.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "ActCoverage")]
pub(super) struct ActTotals<'s> {
    /// The id of the act.
    pub(super) act: &'s str,
    /// The totals.
    pub(super) total: Totals,
}

/// How many there are of what.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Totals {
    /// The addresses.
    pub(super) addresses: usize,
    /// The addresses in each state; they add up to `addresses`.
    pub(super) states: StateTotals,
    /// The addresses with a concluded trial.
    pub(super) tested: usize,
    /// The provisions that count and cite one of the addresses, each once, by level. Over all acts: those that cite any.
    pub(super) provisions: LevelTotals,
}

/// How many addresses are in each state.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct StateTotals {
    /// No provision cites the place, anything inside it or anything around it.
    pub(super) gap: usize,
    /// Only a wider place is cited.
    pub(super) around: usize,
    /// Only a narrower place is cited.
    pub(super) inside: usize,
    /// A provision cites the place.
    pub(super) cited: usize,
    /// No guideline has to implement the place.
    #[serde(rename = "not-applicable")]
    pub(super) not_applicable: usize,
}

/// How many provisions there are of each level.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct LevelTotals {
    /// Duties.
    pub(super) deve: usize,
    /// Recommendations.
    pub(super) dovrebbe: usize,
    /// Faculties.
    pub(super) puo: usize,
    /// Good practices.
    #[serde(rename = "buona-pratica")]
    pub(super) buona_pratica: usize,
}

impl CoverageData<'_> {
    /// The totals of a handbook.
    pub(super) fn of(volume: &Volume) -> CoverageData<'_> {
        let acts = &volume.links.coverage.acts;
        CoverageData {
            acts: acts.iter().map(|act| act_totals(volume, act)).collect(),
            total: Totals::of(volume, acts.iter().flat_map(|act| &act.places)),
        }
    }
}

fn act_totals<'s>(volume: &Volume, act: &'s ActCoverage) -> ActTotals<'s> {
    ActTotals { act: act.act.as_str(), total: Totals::of(volume, &act.places) }
}

impl Totals {
    fn of<'p>(volume: &Volume, places: impl IntoIterator<Item = &'p Place>) -> Self {
        let mut totals = Self::default();
        let mut provisions: BTreeSet<ProvisionRef> = BTreeSet::new();
        for place in places {
            totals.addresses += 1;
            *totals.states.of(place.state) += 1;
            totals.tested += usize::from(place.is_tested(&volume.handbook));
            provisions.extend(&place.provisions);
        }
        for provision in provisions {
            let document = volume.handbook.documents.get(provision.document);
            let provision = document.and_then(|d| d.chapter.provisions.get(provision.provision));
            if let Some(provision) = provision {
                *totals.provisions.of(provision.level) += 1;
            }
        }
        totals
    }
}

impl StateTotals {
    fn of(&mut self, state: State) -> &mut usize {
        match state {
            State::Gap => &mut self.gap,
            State::Around => &mut self.around,
            State::Inside => &mut self.inside,
            State::Cited => &mut self.cited,
            State::NotApplicable => &mut self.not_applicable,
        }
    }
}

impl LevelTotals {
    fn of(&mut self, level: Level) -> &mut usize {
        match level {
            Level::Must => &mut self.deve,
            Level::Should => &mut self.dovrebbe,
            Level::May => &mut self.puo,
            Level::GoodPractice => &mut self.buona_pratica,
        }
    }
}
