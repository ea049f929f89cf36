//! What changed in the documents.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::handbook::{Child, Document, Handbook};
use crate::links::Target;
use crate::markdown::{Block, BlockKind, Chapter, wording};

use super::matching::Matching;
use super::names::Edition;
use super::order::{Slot, woven};
use super::{DocumentChange, DocumentName, Wording, metadata, provision};

/// The changes of every document, in the reading order of the later edition.
pub(super) fn changes(matching: &Matching<'_>) -> Vec<DocumentChange> {
    let (old, new) = (reading_order(matching.before.handbook), reading_order(matching.after.handbook));
    let places: HashMap<usize, usize> =
        new.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    let place_after = |number: &usize| places.get(&(*matching.document_after.get(*number)?)?).copied();
    let before: Vec<Option<usize>> = old.iter().map(place_after).collect();
    let pairs: Vec<(Option<usize>, Option<usize>)> = woven(&before, new.len())
        .into_iter()
        .map(|slot| match slot {
            Slot::There(place) => {
                let after = new.get(place).copied();
                (after.and_then(|after| *matching.document_before.get(after)?), after)
            }
            Slot::Gone(place) => (old.get(place).copied(), None),
        })
        .collect();
    let changes: Vec<DocumentChange> = pairs
        .into_par_iter()
        .map(|(before, after)| change(matching, &Texts::of(matching, before, after)))
        .collect();
    changes.into_iter().filter(|change| !change.is_empty()).collect()
}

/// Every document, a folder's own page at the place of the folder.
fn reading_order(handbook: &Handbook) -> Vec<usize> {
    let of_child = |child: &Child| match child {
        Child::Document(number) => Some(*number),
        Child::Section(number) => handbook.sections.get(*number)?.index,
    };
    let mut order: Vec<usize> = handbook.sections.in_reading_order().iter().filter_map(of_child).collect();
    let mut is_there = vec![false; handbook.documents.len()];
    order.retain(|number| is_there.get_mut(*number).is_some_and(|seen| !std::mem::replace(seen, true)));
    order.extend(is_there.iter().enumerate().filter(|(_, seen)| !**seen).map(|(number, _)| number));
    order
}

fn change(matching: &Matching<'_>, texts: &Texts<'_>) -> DocumentChange {
    let old = texts.before.and_then(|number| Some((number, matching.earlier(number)?)));
    let new = texts.after.and_then(|number| Some((number, matching.later(number)?)));
    let title = old.zip(new).and_then(|((_, old), (_, new))| Wording::of_line(&old.title, &new.title));
    let text = if texts.are_same {
        None
    } else {
        Wording::of(&texts.outside(Edition::Before), &texts.outside(Edition::After))
    };
    let is_whole = |named: Option<&Target>| match named {
        None => true,
        Some(target) => texts.after.is_some_and(|after| *target == Target::Document(after)),
    };
    let reasons = texts.after.map(|after| provision::reasons_of(matching, after, texts.before, is_whole));
    DocumentChange {
        before: old.map(|(number, document)| name(document, number)),
        after: new.map(|(number, document)| name(document, number)),
        gone: old.filter(|_| new.is_none()).and_then(|(_, document)| matching.gone_document(document)),
        title,
        metadata: metadata::changes(matching, texts.before, texts.after),
        values_changed: old
            .zip(new)
            .is_some_and(|(old, new)| metadata::values_changed(matching, old.1, new.1)),
        text,
        reordered: provision::reordered(matching, texts),
        provisions: provision::changes(matching, texts),
        reasons: reasons.unwrap_or_default(),
    }
}

/// A document as the redline names it.
pub(super) fn name(document: &Document, number: usize) -> DocumentName {
    DocumentName {
        number,
        id: document.id().map(ToString::to_string),
        address: document.address.clone(),
        title: document.title.clone(),
        kind: document.kind(),
    }
}

/// The text of a document in both editions.
pub(super) struct Texts<'m> {
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
    /// Whether it reads the same: then its blocks are not here.
    pub(super) are_same: bool,
    old: Parts<'m>,
    new: Parts<'m>,
}

/// The blocks of a chapter by the provision that they stand in.
#[derive(Default)]
struct Parts<'m> {
    blocks: HashMap<Option<usize>, Vec<Block>>,
    chapter: Option<&'m Chapter>,
}

impl<'m> Texts<'m> {
    pub(super) fn of(matching: &Matching<'m>, before: Option<usize>, after: Option<usize>) -> Self {
        let are_same =
            before.zip(after).is_some_and(|(before, after)| read_the_same(matching, before, after));
        let parts = |number: Option<usize>, edition| match number {
            Some(number) if !are_same => Parts::of(matching, number, edition),
            Some(_) | None => Parts::default(),
        };
        let (old, new) = (parts(before, Edition::Before), parts(after, Edition::After));
        Self { before, after, are_same, old, new }
    }

    fn parts(&self, edition: Edition) -> &Parts<'m> {
        match edition {
            Edition::Before => &self.old,
            Edition::After => &self.new,
        }
    }

    /// The blocks of a provision, without those of provisions within it.
    pub(super) fn of_provision(&self, edition: Edition, provision: usize) -> Vec<Block> {
        self.parts(edition).blocks.get(&Some(provision)).cloned().unwrap_or_default()
    }

    /// The blocks outside provisions; headings have the rank that they have on the page.
    fn outside(&self, edition: Edition) -> Vec<Block> {
        let parts = self.parts(edition);
        let mut blocks = parts.blocks.get(&None).cloned().unwrap_or_default();
        let shift = parts.chapter.map_or(0, Chapter::heading_shift);
        for block in &mut blocks {
            if let BlockKind::Heading(rank) = &mut block.form.kind {
                *rank += shift;
            }
        }
        blocks
    }
}

impl<'m> Parts<'m> {
    fn of(matching: &Matching<'m>, number: usize, edition: Edition) -> Self {
        let Some(document) = matching.side(edition).handbook.documents.get(number) else {
            return Self::default();
        };
        let chapter = &document.chapter;
        let mut blocks: HashMap<Option<usize>, Vec<Block>> = HashMap::new();
        for block in wording(chapter, &|reference| matching.lead(number, reference, edition)) {
            let provision = block.heading.and_then(|heading| chapter.provision_number_around(heading));
            blocks.entry(provision).or_default().push(block);
        }
        Self { blocks, chapter: Some(chapter) }
    }
}

/// Whether two chapters are written with the same letters and lead to the same places: then nothing needs to be read.
fn read_the_same(matching: &Matching<'_>, before: usize, after: usize) -> bool {
    let (Some(old), Some(new)) = (matching.earlier(before), matching.later(after)) else { return false };
    let lead = |number, reference, edition| matching.lead(number, reference, edition);
    old.chapter.text() == new.chapter.text()
        && (0..new.chapter.references.len()).all(|reference| {
            lead(before, reference, Edition::Before) == lead(after, reference, Edition::After)
        })
}
