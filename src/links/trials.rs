//! Which provisions were tried by which practices: the way back from a practice to the guideline.

use std::collections::BTreeMap;

use crate::handbook::{Details, Handbook, Status, Trial};

use super::{Links, Target};

/// A provision of a document. The derived order is the order of the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvisionRef {
    /// The document.
    pub document: usize,
    /// Among its chapter's provisions.
    pub provision: usize,
}

/// A trial of a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrialRef {
    /// The practice's document.
    pub practice: usize,
    /// Among its trials.
    pub trial: usize,
}

/// The trials of the handbook, by what they try.
#[derive(Debug, Clone, Default)]
pub struct Trials {
    by_provision: BTreeMap<ProvisionRef, Vec<TrialRef>>,
    by_document: BTreeMap<usize, Vec<TrialRef>>,
}

impl Trials {
    /// Gathers the trials of every practice that is not withdrawn.
    pub(super) fn gather(handbook: &Handbook, links: &Links) -> Self {
        let mut trials = Self::default();
        for (practice, document) in handbook.documents.iter().enumerate() {
            let Details::Practice { trials: tried } = &document.front.details else { continue };
            if document.front.status == Some(Status::Withdrawn) {
                continue;
            }
            for (number, trial) in tried.iter().enumerate() {
                let trial_ref = TrialRef { practice, trial: number };
                match links.metadata(practice, &trial.provision) {
                    Some(Target::Provision { document, provision }) => {
                        let tried = ProvisionRef { document: *document, provision: *provision };
                        trials.add(tried, trial_ref);
                    }
                    // A practice that tries a whole guideline tries each of its provisions.
                    Some(Target::Document(document)) => {
                        let provisions =
                            handbook.documents.get(*document).map_or(0, |d| d.chapter.provisions.len());
                        for provision in 0..provisions {
                            trials.add(ProvisionRef { document: *document, provision }, trial_ref);
                        }
                    }
                    Some(_) | None => {}
                }
            }
        }
        trials
    }

    fn add(&mut self, tried: ProvisionRef, trial: TrialRef) {
        self.by_provision.entry(tried).or_default().push(trial);
        let of_document = self.by_document.entry(tried.document).or_default();
        if !of_document.contains(&trial) {
            of_document.push(trial);
        }
    }

    /// The trials of a provision.
    pub fn of_provision(&self, provision: ProvisionRef) -> &[TrialRef] {
        self.by_provision.get(&provision).map_or(&[], Vec::as_slice)
    }

    /// The trials of any provision of a document, each once.
    pub fn of_document(&self, document: usize) -> &[TrialRef] {
        self.by_document.get(&document).map_or(&[], Vec::as_slice)
    }
}

impl TrialRef {
    /// What the practice says of it.
    pub fn get(self, handbook: &Handbook) -> Option<&Trial> {
        match &handbook.documents.get(self.practice)?.front.details {
            Details::Practice { trials } => trials.get(self.trial),
            Details::Guideline | Details::Tool { .. } | Details::Indicator { .. } | Details::Page => None,
        }
    }

    /// Whether the trial tested something: it has an outcome that the vocabulary counts as an end, and its
    /// practice is neither a draft nor an example.
    pub fn is_concluded(self, handbook: &Handbook) -> bool {
        let Some(practice) = handbook.documents.get(self.practice) else { return false };
        let happened = !practice.front.illustrative && practice.front.status != Some(Status::Draft);
        let outcome = self.get(handbook).and_then(|trial| trial.outcome.as_deref());
        happened && outcome.is_some_and(|outcome| handbook.vocabularies.outcomes.is_conclusive(outcome))
    }
}
