//! All editions of a handbook, with the state of each.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile};
use crate::handbook::{Config, Consultation, EditionNumber, EditionSettings, WithdrawnEdition};
use crate::say;
use crate::source::{Source, SourcePath};

use super::{Listed, Register, Store};

/// An edition with where it stands in its life.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What its store knows of it.
    pub listed: Listed,
    /// Where it stands.
    pub state: State,
}

/// Where an edition stands in its life. A draft is no edition yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Comments are asked for: it does not hold yet.
    Consultation(Consultation),
    /// It holds.
    Approved,
    /// A later one has taken its place.
    Superseded(EditionNumber),
    /// It was withdrawn.
    Withdrawn(WithdrawnEdition),
}

impl Edition {
    /// Its number.
    pub fn number(&self) -> EditionNumber {
        self.listed.number
    }

    /// Whether readers were once sent to it as the text that holds: consultations never were.
    pub fn was_current(&self) -> bool {
        !matches!(self.state, State::Consultation(_))
    }
}

/// The editions of a handbook.
#[derive(Default)]
pub struct Shelf {
    store: Option<Box<dyn Store>>,
    editions: Vec<Edition>,
    registers: Vec<OnceLock<Option<Arc<Register>>>>,
}

/// The settings of an edition stand in this file of its own.
const SETTINGS: &str = "handbook.yaml";

impl Shelf {
    /// The editions of a store; `settings` are today's, which say what was withdrawn since, and stand in `file`.
    pub fn new(
        store: Box<dyn Store>,
        settings: &EditionSettings,
        file: Option<&SourceFile>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let numbers: Vec<EditionNumber> = store.editions().iter().map(|edition| edition.number).collect();
        for withdrawn in &settings.withdrawn {
            let named = [Some(withdrawn.edition), withdrawn.successor];
            let unknown = named.into_iter().flatten().filter(|number| !numbers.contains(number));
            diagnostics.extend(unknown.map(|number| unknown_edition(number, &numbers, withdrawn, file)));
        }
        let own: Vec<Option<Consultation>> =
            store.editions().iter().map(|edition| consultation_of(store.as_ref(), edition)).collect();
        let withdrawn_in =
            |number| settings.withdrawn.iter().find(|withdrawn| withdrawn.edition == number).cloned();
        let mut editions = Vec::new();
        // From the newest down: each that would hold is superseded by the one that does.
        let mut holds: Option<EditionNumber> = None;
        for (listed, consultation) in store.editions().iter().zip(own).rev() {
            let state = match (withdrawn_in(listed.number), consultation, holds) {
                (Some(withdrawn), _, _) => State::Withdrawn(withdrawn),
                (None, Some(consultation), None) => State::Consultation(consultation),
                (None, None, None) => {
                    holds = Some(listed.number);
                    State::Approved
                }
                (None, _, Some(newer)) => State::Superseded(newer),
            };
            editions.push(Edition { listed: listed.clone(), state });
        }
        editions.reverse();
        let registers = editions.iter().map(|_| OnceLock::new()).collect();
        (Self { store: Some(store), editions, registers }, diagnostics)
    }

    /// The editions, the lowest number first.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition that holds; where none was approved yet, the newest that may be read in its place.
    pub fn current(&self) -> Option<usize> {
        let newest =
            |wanted: fn(&State) -> bool| self.editions.iter().rposition(|edition| wanted(&edition.state));
        newest(|state| matches!(state, State::Approved))
            .or_else(|| newest(|state| matches!(state, State::Consultation(_))))
    }

    /// The sources of an edition.
    ///
    /// # Errors
    /// Its store does not have them whole.
    pub fn open(&self, index: usize) -> Result<Arc<dyn Source>, Vec<Diagnostic>> {
        match self.store.as_ref().zip(self.editions.get(index)) {
            Some((store, edition)) => store.open(&edition.listed),
            None => Err(Vec::new()),
        }
    }

    /// The names that an edition published: those that its seal tells, else what `make` finds in its sources.
    pub fn register(&self, index: usize, make: impl FnOnce() -> Option<Register>) -> Option<Arc<Register>> {
        let known = || self.editions.get(index)?.listed.seal.as_ref().map(|seal| Arc::clone(&seal.register));
        self.registers.get(index)?.get_or_init(|| known().or_else(|| make().map(Arc::new))).clone()
    }
}

/// The consultation that an edition itself was published for.
fn consultation_of(store: &dyn Store, edition: &Listed) -> Option<Consultation> {
    let file = store.peek(edition, &SourcePath::new(SETTINGS).ok()?)?;
    Config::load(&file).0?.editions.consultation
}

fn unknown_edition(
    number: EditionNumber,
    known: &[EditionNumber],
    withdrawn: &WithdrawnEdition,
    file: Option<&SourceFile>,
) -> Diagnostic {
    let known = known.iter().map(|number| format!("`{number}`")).collect::<Vec<_>>().join(", ");
    let help = match known.is_empty() {
        true => {
            say!("il manuale non ha ancora edizioni: togli la voce"; "the handbook has no edition yet: remove the entry")
        }
        false => say!("le edizioni pubblicate sono {known}"; "the published editions are {known}"),
    };
    let problem = Diagnostic::error(
        Code::UnknownEdition,
        say!("l'edizione `{number}` non è mai stata pubblicata"; "the edition `{number}` was never published"),
    )
    .help(help);
    match file {
        Some(file) => problem.at(Place::range(file, withdrawn.range.clone())),
        None => problem,
    }
}
