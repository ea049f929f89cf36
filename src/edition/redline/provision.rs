//! What changed in the provisions of a document.

use std::collections::BTreeSet;

use crate::act::Address;
use crate::handbook::Change;
use crate::links::{ProvisionRef, Target};
use crate::markdown::{Block, BlockKind, Word};

use super::document::{Texts, name};
use super::matching::Matching;
use super::names::{Edition, citation, id_of};
use super::order::{Slot, moved, woven};
use super::{ProvisionChange, ProvisionName, Reason, Side, Wording};
use crate::diagnostic::Text;

/// A provision with its text.
struct Told {
    name: ProvisionName,
    title: Vec<Word>,
    blocks: Vec<Block>,
    cites: BTreeSet<Address>,
}

/// The changes of the provisions of a document that is in one edition or in both.
pub(super) fn changes(matching: &Matching<'_>, texts: &Texts<'_>) -> Vec<ProvisionChange> {
    let count = |number: Option<usize>, edition| {
        let document = number.and_then(|number| matching.side(edition).handbook.documents.get(number));
        document.map_or(0, |document| document.chapter.provisions.len())
    };
    let (old, new) = (count(texts.before, Edition::Before), count(texts.after, Edition::After));
    let place_after = |provision: usize| {
        let before = ProvisionRef { document: texts.before?, provision };
        let after = matching.provision_after.get(&before)?;
        Some((after.document, after.provision))
    };
    // What went into another document is told there.
    let stays: Vec<usize> = (0..old)
        .filter(|n| place_after(*n).is_none_or(|(document, _)| Some(document) == texts.after))
        .collect();
    let places: Vec<Option<usize>> =
        stays.iter().map(|n| place_after(*n).map(|(_, provision)| provision)).collect();
    let slots = woven(&places, new).into_iter();
    let changes = slots.filter_map(|slot| match slot {
        Slot::There(provision) => there(matching, texts, provision),
        Slot::Gone(at) => gone(matching, texts, *stays.get(at)?),
    });
    changes.filter(|change| !change.is_empty()).collect()
}

/// The ids of the fewest provisions that changed places within the document.
pub(super) fn reordered(matching: &Matching<'_>, texts: &Texts<'_>) -> Vec<String> {
    let Some((before, after)) = texts.before.zip(texts.after) else { return Vec::new() };
    let Some(document) = matching.later(after) else { return Vec::new() };
    let count = document.chapter.provisions.len();
    let pairs = (0..count).filter_map(|provision| {
        let old = matching.provision_before.get(&ProvisionRef { document: after, provision })?;
        (old.document == before).then_some((provision, old.provision))
    });
    let (new, old): (Vec<usize>, Vec<usize>) = pairs.unzip();
    let moved = moved(&old).into_iter();
    moved.filter_map(|at| id_of(&document.chapter, *new.get(at)?).map(str::to_owned)).collect()
}

fn there(matching: &Matching<'_>, texts: &Texts<'_>, provision: usize) -> Option<ProvisionChange> {
    let after = ProvisionRef { document: texts.after?, provision };
    let before = matching.provision_before.get(&after).copied();
    let is_here = before.is_none_or(|before| Some(before.document) == texts.before);
    let same_text = is_here && before.is_some() && texts.are_same;
    if same_text && before.is_some_and(|before| cite_the_same(matching, before, after)) {
        return None;
    }
    let new = told(matching, texts, after, Edition::After, same_text)?;
    let reasons = reasons(matching, after);
    let Some(before) = before else {
        return Some(ProvisionChange {
            before: None,
            gone: None,
            moved: false,
            title: None,
            text: Wording::added(&new.blocks),
            gained: new.cites.into_iter().collect(),
            lost: Vec::new(),
            reasons,
            after: Some(new.name),
        });
    };
    let elsewhere;
    let its_texts = if is_here {
        texts
    } else {
        elsewhere = Texts::of(matching, Some(before.document), None);
        &elsewhere
    };
    let old = told(matching, its_texts, before, Edition::Before, same_text)?;
    Some(ProvisionChange {
        gone: None,
        moved: old.name.id != new.name.id || !is_here,
        title: Wording::of_words(&old.title, &new.title),
        text: Wording::of(&old.blocks, &new.blocks),
        gained: new.cites.difference(&old.cites).cloned().collect(),
        lost: old.cites.difference(&new.cites).cloned().collect(),
        reasons,
        before: Some(old.name),
        after: Some(new.name),
    })
}

/// Whether two provisions cite the same places, as their acts are in each edition.
fn cite_the_same(matching: &Matching<'_>, before: ProvisionRef, after: ProvisionRef) -> bool {
    let cited = |side: Side<'_>, number: ProvisionRef| -> Option<Vec<Address>> {
        let chapter = &side.handbook.documents.get(number.document)?.chapter;
        let provision = chapter.provisions.get(number.provision)?;
        Some(side.links.cited_by(number.document, chapter, provision).into_iter().cloned().collect())
    };
    cited(matching.before, before) == cited(matching.after, after)
}

fn gone(matching: &Matching<'_>, texts: &Texts<'_>, provision: usize) -> Option<ProvisionChange> {
    let number = ProvisionRef { document: texts.before?, provision };
    let old = told(matching, texts, number, Edition::Before, false)?;
    Some(ProvisionChange {
        after: None,
        gone: matching.gone_provision(matching.earlier(number.document)?, &old.name.id),
        moved: false,
        title: None,
        text: Wording::removed(&old.blocks),
        gained: Vec::new(),
        lost: old.cites.into_iter().collect(),
        reasons: Vec::new(),
        before: Some(old.name),
    })
}

fn told(
    matching: &Matching<'_>,
    texts: &Texts<'_>,
    number: ProvisionRef,
    edition: Edition,
    same_text: bool,
) -> Option<Told> {
    let side = matching.side(edition);
    let document = side.handbook.documents.get(number.document)?;
    let chapter = &document.chapter;
    let provision = chapter.provisions.get(number.provision)?;
    let heading = chapter.headings.get(provision.heading)?;
    let name = ProvisionName {
        document: name(document, number.document),
        number: number.provision,
        id: heading.id.to_string(),
        title: heading.text.clone(),
        level: provision.level,
    };
    let cites = side.links.cited_by(number.document, chapter, provision).into_iter().cloned().collect();
    let blocks = if same_text { Vec::new() } else { texts.of_provision(edition, number.provision) };
    let (own, blocks): (Vec<Block>, Vec<Block>) =
        blocks.into_iter().partition(|block| is_own_heading(block, provision.heading));
    let title = own.into_iter().flat_map(|block| block.words).collect();
    let blocks = blocks.into_iter().map(|block| lowered(block, heading.level)).collect();
    Some(Told { name, title, blocks, cites })
}

fn is_own_heading(block: &Block, heading: usize) -> bool {
    block.heading == Some(heading)
        && matches!(block.form.kind, BlockKind::Heading(_))
        && block.form.depth == 0
}

/// A heading in a provision stands under the provision's, whatever rank that has in its document.
fn lowered(mut block: Block, rank: u8) -> Block {
    if let BlockKind::Heading(own) = &mut block.form.kind {
        *own = own.saturating_sub(rank);
    }
    block
}

/// Why a provision changed, as its own edition says for the first time.
fn reasons(matching: &Matching<'_>, provision: ProvisionRef) -> Vec<Reason> {
    let target = Target::Provision { document: provision.document, provision: provision.provision };
    let own = matching.provision_before.get(&provision).map(|before| before.document);
    reasons_of(matching, provision.document, own, |named| named == Some(&target))
}

/// The changes that a document of the later edition tells, of what is wanted.
pub(super) fn reasons_of(
    matching: &Matching<'_>,
    number: usize,
    before: Option<usize>,
    is_wanted: impl Fn(Option<&Target>) -> bool,
) -> Vec<Reason> {
    let Some(document) = matching.later(number) else { return Vec::new() };
    let known: Vec<&Change> = before
        .and_then(|before| matching.earlier(before))
        .map(|old| old.front.changes.iter().collect())
        .unwrap_or_default();
    let changes = document.front.changes.iter().enumerate();
    let wanted = changes.filter(|(_, change)| {
        let named = change.provision.as_ref().and_then(|value| matching.after.links.metadata(number, value));
        is_wanted(named) && !known.iter().any(|old| is_same(old, change))
    });
    let reason = |(at, change): (usize, &Change)| Reason {
        document: number,
        change: at,
        edition: change.edition.clone(),
        because: change.because.iter().map(|value| because(matching, number, value)).collect(),
        note: change.note.clone(),
    };
    wanted.map(reason).collect()
}

fn because(matching: &Matching<'_>, number: usize, value: &crate::handbook::IdReference) -> Text {
    match matching.after.links.metadata(number, value) {
        Some(Target::Address(address)) => citation(address, matching.after.handbook),
        Some(target) => Text::verbatim(matching.after_name(target)),
        None => Text::verbatim(value.text.clone()),
    }
}

/// Whether an earlier edition gave this reason already.
fn is_same(old: &Change, new: &Change) -> bool {
    let because = |change: &Change| change.because.iter().map(|value| value.text.clone()).collect::<Vec<_>>();
    old.edition == new.edition && old.note == new.note && because(old) == because(new)
}
