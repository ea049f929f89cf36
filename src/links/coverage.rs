//! Coverage: which places of the acts the provisions of the guidelines implement, and which they do not.
//!
//! A provision implements the places that its own text cites. A guideline that is withdrawn or superseded
//! implements nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::act::{Act, ActId, Address, Article};
use crate::handbook::{Document, Handbook, Kind, NotApplicable, Status};

use super::{Links, ProvisionRef, TrialRef, Trials};

/// The coverage of every act, in the handbook's order.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// By act.
    pub acts: Vec<ActCoverage>,
    /// Where each place stands in `acts`: the act, the place.
    numbers: HashMap<Address, (usize, usize)>,
}

/// The coverage of one act.
#[derive(Debug, Clone)]
pub struct ActCoverage {
    /// The act.
    pub act: ActId,
    /// Every place of the act, in its order.
    pub places: Vec<Place>,
}

/// A place of an act, and what the handbook makes of it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The place.
    pub address: Address,
    /// How far it is implemented.
    pub state: State,
    /// The provisions that cite exactly this place, in the order of the handbook.
    pub provisions: Vec<ProvisionRef>,
    /// The trials of those provisions, each once.
    pub trials: Vec<TrialRef>,
    /// Which entry of [`Handbook::not_applicable`] exempts it, whether it is implemented all the same or not.
    pub exempted: Option<usize>,
}

/// How far a place is implemented. Each place has exactly one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// No provision cites it, anything inside it or anything around it.
    Gap,
    /// Only a wider place is cited: the article, but not this letter.
    Around,
    /// A narrower place is cited, but not this one as a whole.
    Inside,
    /// A provision cites it.
    Cited,
    /// The handbook says, with a reason, that no guideline has to implement it.
    NotApplicable,
}

impl State {
    /// Every state, gaps first.
    pub const ALL: [Self; 5] = [Self::Gap, Self::Around, Self::Inside, Self::Cited, Self::NotApplicable];

    /// The stable name, as in the data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Around => "around",
            Self::Inside => "inside",
            Self::Cited => "cited",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// Whether a document counts for coverage: a guideline of the handbook's first language that is not out of force.
/// One in another language says the same again.
pub fn counts(document: &Document, handbook: &Handbook) -> bool {
    document.kind() == Kind::Guideline && is_live(document, handbook)
}

/// Whether a document is of the handbook's first language, and not out of force.
pub fn is_live(document: &Document, handbook: &Handbook) -> bool {
    document.lang == handbook.config.default_language() && !document.front.status.is_some_and(Status::is_over)
}

impl Coverage {
    /// Computes the coverage of every act.
    pub(super) fn of(handbook: &Handbook, links: &Links) -> Self {
        let cited = cited(handbook, links);
        let around: BTreeSet<Address> = cited.keys().flat_map(wider).collect();
        let acts = handbook.acts.iter().map(|act| {
            let places = act.addresses().into_iter();
            let places = places.map(|address| place(address, &cited, &around, handbook, &links.trials));
            ActCoverage { act: act.id.clone(), places: places.collect() }
        });
        let acts: Vec<_> = acts.collect();
        let places = acts.iter().enumerate().flat_map(|(act, coverage)| {
            let places = coverage.places.iter().enumerate();
            places.map(move |(number, place)| (place.address.clone(), (act, number)))
        });
        Self { numbers: places.collect(), acts }
    }

    /// The coverage of a place.
    pub fn place(&self, address: &Address) -> Option<&Place> {
        let (act, number) = self.numbers.get(address)?;
        self.acts.get(*act)?.places.get(*number)
    }

    /// The coverage of an act.
    pub fn of_act(&self, act: &Act) -> Option<&ActCoverage> {
        self.acts.iter().find(|coverage| coverage.act == act.id)
    }
}

impl ActCoverage {
    /// Whether no guideline of a phase implements an article or anything in it, though the act's data say that
    /// the article concerns the phase and nothing exempts it.
    pub fn lacks_phase(&self, article: &Article, phase: &str, handbook: &Handbook) -> bool {
        let is_in_phase = |provision: &ProvisionRef| {
            let document = handbook.documents.get(provision.document);
            document.is_some_and(|document| document.front.phases.iter().any(|name| name == phase))
        };
        let mut places = self.places.iter().filter(|place| place.address.article() == article.number);
        article.phases.iter().any(|known| known.name == phase)
            && places.clone().any(|place| place.address.is_article() && place.state != State::NotApplicable)
            && !places.any(|place| place.provisions.iter().any(is_in_phase))
    }

    /// The exempt places with their exemptions; what lies inside an exempt place is exempt with it, and left out.
    pub fn exempt<'h>(&self, handbook: &'h Handbook) -> Vec<(&Place, &'h NotApplicable)> {
        let is_exempt = |address: &Address| {
            self.places.iter().any(|place| place.address == *address && place.state == State::NotApplicable)
        };
        let exempt = self.places.iter().filter(|place| place.state == State::NotApplicable);
        let widest = exempt.filter(|place| !place.address.parent().is_some_and(|wider| is_exempt(&wider)));
        widest.filter_map(|place| Some((place, place.exemption(handbook)?))).collect()
    }

    /// How many places are in this state.
    pub fn count(&self, state: State) -> usize {
        self.places.iter().filter(|place| place.state == state).count()
    }
}

impl Place {
    /// Why no guideline has to implement it; `None` where one does.
    pub fn exemption<'h>(&self, handbook: &'h Handbook) -> Option<&'h NotApplicable> {
        match self.state {
            State::NotApplicable => handbook.not_applicable.get(self.exempted?),
            State::Gap | State::Around | State::Inside | State::Cited => None,
        }
    }

    /// Whether a practice has tried one of its provisions to the end.
    pub fn is_tested(&self, handbook: &Handbook) -> bool {
        self.trials.iter().any(|trial| trial.is_concluded(handbook))
    }
}

/// The provisions by the places that they cite.
fn cited(handbook: &Handbook, links: &Links) -> BTreeMap<Address, Vec<ProvisionRef>> {
    let mut cited: BTreeMap<Address, Vec<ProvisionRef>> = BTreeMap::new();
    for (document, guideline) in handbook.documents.iter().enumerate().filter(|(_, d)| counts(d, handbook)) {
        for (provision, statement) in guideline.chapter.provisions.iter().enumerate() {
            for address in links.cited_by(document, &guideline.chapter, statement) {
                cited.entry(address.clone()).or_default().push(ProvisionRef { document, provision });
            }
        }
    }
    cited
}

/// The places around a place, from the next wider one to the article.
fn wider(address: &Address) -> impl Iterator<Item = Address> + use<> {
    std::iter::successors(address.parent(), Address::parent)
}

fn place(
    address: Address,
    cited: &BTreeMap<Address, Vec<ProvisionRef>>,
    around: &BTreeSet<Address>,
    handbook: &Handbook,
    trials: &Trials,
) -> Place {
    let provisions = cited.get(&address).cloned().unwrap_or_default();
    let covers = |exemption: &NotApplicable| exemption.address.covers(&address);
    let exempted = handbook.not_applicable.iter().position(covers);
    let state = if !provisions.is_empty() {
        State::Cited
    } else if around.contains(&address) {
        State::Inside
    } else if exempted.is_some() {
        State::NotApplicable
    } else if wider(&address).any(|wider| cited.contains_key(&wider)) {
        State::Around
    } else {
        State::Gap
    };
    let mut tried: Vec<TrialRef> =
        provisions.iter().flat_map(|provision| trials.of_provision(*provision)).copied().collect();
    tried.sort_unstable();
    tried.dedup();
    Place { address, state, provisions, trials: tried, exempted }
}
