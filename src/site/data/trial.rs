//! The trials of provisions by practices.

use schemars::JsonSchema;
use serde::Serialize;

use crate::handbook::{Details, Document, Status};
use crate::links::TrialRef;
use crate::site::Volume;

use super::document::named;
use super::place::{PlaceData, document_id, document_url};

/// What one practice says of one provision, or of one whole guideline, that it tries.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Trial")]
pub(super) struct TrialData<'s> {
    /// The URL of the practice's document.
    pub(super) practice: String,
    /// The id of the practice.
    pub(super) practice_id: Option<&'s str>,
    /// Its place among the trials of the practice, from 1: with `practice` it names the trial.
    pub(super) number: usize,
    /// The provision, or the guideline as a whole.
    pub(super) provision: Option<PlaceData>,
    /// The edition of the handbook that is tried.
    pub(super) edition: Option<&'s str>,
    /// How it went (vocabulary `outcomes`); `null` where nobody recorded it.
    pub(super) outcome: Option<&'s str>,
    /// Whether it tested something: it has an outcome that the vocabulary counts as an end, and its practice is neither
    /// a draft nor an example.
    pub(super) concluded: bool,
    /// Whether it counts for coverage: the trials of a withdrawn practice do not.
    pub(super) counts: bool,
    /// What was, or is to be, learnt.
    pub(super) lesson: Option<&'s str>,
}

/// The name of a trial.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "TrialName")]
pub(super) struct TrialName {
    /// The URL of the practice's document.
    pub(super) practice: String,
    /// Its place among the trials of the practice, from 1.
    pub(super) number: usize,
}

impl TrialName {
    pub(super) fn of(volume: &Volume, trial: TrialRef) -> Self {
        Self { practice: document_url(volume, trial.practice), number: trial.trial + 1 }
    }
}

/// The records of all trials, in the order of the handbook.
pub(super) fn trials(volume: &Volume) -> impl Iterator<Item = TrialData<'_>> {
    let documents = volume.handbook.documents.iter().enumerate();
    documents.flat_map(|(number, document)| of_practice(volume, number, document))
}

/// Those of a practice; none for another document.
fn of_practice<'s>(volume: &'s Volume, practice: usize, document: &'s Document) -> Vec<TrialData<'s>> {
    let Details::Practice { trials } = &document.front.details else { return Vec::new() };
    let trials = trials.iter().enumerate().map(|(number, trial)| TrialData {
        practice: document_url(volume, practice),
        practice_id: document_id(volume, practice),
        number: number + 1,
        provision: named(volume, practice, &trial.provision),
        edition: trial.edition.as_ref().map(|edition| edition.text.as_str()),
        outcome: trial.outcome.as_deref(),
        concluded: TrialRef { practice, trial: number }.is_concluded(&volume.handbook),
        counts: document.front.status != Some(Status::Withdrawn),
        lesson: trial.lesson.as_deref(),
    });
    trials.collect()
}
