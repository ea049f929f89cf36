//! The terms of the glossary.

use schemars::JsonSchema;
use serde::Serialize;

use crate::handbook::IdReference;
use crate::links::Target;
use crate::site::Volume;

use super::place::{self, PlaceData};

/// One entry of the glossary.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Term")]
pub(super) struct TermData<'s> {
    /// The term.
    pub(super) name: &'s str,
    /// Its acronym.
    pub(super) acronym: Option<&'s str>,
    /// Every form in which a text may use it, the name and the acronym among them.
    pub(super) forms: &'s [String],
    /// What it means.
    pub(super) definition: &'s str,
    /// Where it is, relative to the site's root.
    pub(super) url: String,
    /// Where more is said.
    pub(super) see: Vec<PlaceData>,
    /// Other terms.
    pub(super) also: Vec<PlaceData>,
    /// How often the documents' prose uses it: the number of `references` with `how` `term` that lead to it.
    pub(super) uses: usize,
}

/// The records of the terms, in the order of the alphabet.
pub(super) fn terms(volume: &Volume) -> Vec<TermData<'_>> {
    let terms = &volume.handbook.glossary.terms;
    let mut uses = vec![0; terms.len()];
    for used in volume.handbook.documents.iter().flat_map(|document| &document.chapter.terms) {
        if let Some(count) = uses.get_mut(used.term) {
            *count += 1;
        }
    }
    let terms = terms.iter().zip(uses).enumerate().map(|(number, (term, uses))| TermData {
        name: &term.name,
        acronym: term.acronym.as_deref(),
        forms: &term.forms,
        definition: &term.definition,
        url: place::url(volume, &Target::Term(number)),
        see: named(volume, &term.see),
        also: named(volume, &term.also),
        uses,
    });
    terms.collect()
}

fn named(volume: &Volume, values: &[IdReference]) -> Vec<PlaceData> {
    let targets = values.iter().filter_map(|value| volume.links.glossary(value));
    targets.map(|target| PlaceData::of(volume, target)).collect()
}
