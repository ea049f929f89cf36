//! What changed in the glossary.

use crate::diagnostic::Text;
use crate::handbook::{IdReference, Term};
use crate::links::Target;

use super::matching::Matching;
use super::metadata::{Named, change, plain};
use super::names::{Edition, citation};
use super::order::{Slot, woven};
use super::{KeyChange, TermChange, Wording};
use crate::markdown::{Block, BlockKind, Form, words_of};

/// The changes of every term.
pub(super) fn changes(matching: &Matching<'_>) -> Vec<TermChange> {
    let (old, new) = (&matching.before.handbook.glossary.terms, &matching.after.handbook.glossary.terms);
    let slots = woven(&matching.term_after, new.len()).into_iter();
    let changes = slots.filter_map(|slot| match slot {
        Slot::There(number) => {
            let before =
                matching.term_before.get(number).copied().flatten().and_then(|number| old.get(number));
            Some(there(matching, before, new.get(number)?))
        }
        Slot::Gone(number) => old.get(number).map(|term| gone(matching, term)),
    });
    changes.filter(|change| !is_empty(change)).collect()
}

fn is_empty(change: &TermChange) -> bool {
    change.before == change.after
        && !change.moved
        && change.definition.is_none()
        && change.metadata.is_empty()
}

fn there(matching: &Matching<'_>, before: Option<&Term>, after: &Term) -> TermChange {
    let text = |term: &Term| blocks(&term.definition);
    TermChange {
        before: before.map(|term| term.name.clone()),
        after: Some(after.name.clone()),
        slug: after.slug.clone(),
        gone: None,
        moved: before.is_some_and(|before| before.slug != after.slug),
        definition: match before {
            Some(before) => Wording::of_line(&before.definition, &after.definition),
            None => Wording::added(&text(after)),
        },
        metadata: before.map(|before| metadata(matching, before, after)).unwrap_or_default(),
    }
}

fn gone(matching: &Matching<'_>, term: &Term) -> TermChange {
    TermChange {
        before: Some(term.name.clone()),
        after: None,
        slug: term.slug.clone(),
        gone: matching.gone_term(&term.slug),
        moved: false,
        definition: Wording::removed(&blocks(&term.definition)),
        metadata: Vec::new(),
    }
}

fn blocks(definition: &str) -> Vec<Block> {
    let form = Form { kind: BlockKind::Paragraph, depth: 0, quotes: 0, alert: None, in_note: false };
    vec![Block { heading: None, form, words: words_of(definition) }]
}

fn metadata(matching: &Matching<'_>, before: &Term, after: &Term) -> Vec<KeyChange> {
    // The name and the acronym are forms of every term.
    let forms = |term: &Term| {
        let own =
            term.forms.iter().filter(|form| **form != term.name && Some(*form) != term.acronym.as_ref());
        plain(own.collect::<Vec<_>>())
    };
    let named = |values: &[IdReference], edition| {
        values.iter().map(|value| named(matching, value, edition)).collect::<Vec<_>>()
    };
    let keys = [
        change("acronym", &plain(&before.acronym), &plain(&after.acronym)),
        change("forms", &forms(before), &forms(after)),
        change("see", &named(&before.see, Edition::Before), &named(&after.see, Edition::After)),
        change("also", &named(&before.also, Edition::Before), &named(&after.also, Edition::After)),
    ];
    keys.into_iter().flatten().collect()
}

fn named(matching: &Matching<'_>, value: &IdReference, edition: Edition) -> Named {
    match matching.side(edition).links.glossary(value) {
        Some(target @ Target::Address(address)) => {
            (matching.name(target, edition), citation(address, matching.after.handbook))
        }
        Some(target) => {
            let name = matching.name(target, edition);
            (name.clone(), Text::verbatim(name))
        }
        None => (value.text.clone(), Text::verbatim(value.text.clone())),
    }
}
