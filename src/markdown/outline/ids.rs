//! The ids of a chapter's headings.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile};
use crate::markdown::{Anchor, AnchorError, Heading, slug};
use crate::say;

/// A heading before the ids that must be made are made.
pub(super) struct RawHeading {
    pub(super) level: u8,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// What else stands in the braces: neither an id nor a class.
    pub(super) strangers: Vec<String>,
    pub(super) text: String,
    pub(super) range: Range<usize>,
    /// Whether it stands in the flow of the page, not in a list or a quote.
    pub(super) top_level: bool,
    pub(super) is_title: bool,
}

/// A heading with its id and what the author said beside it.
pub(super) struct TakenHeading {
    pub(super) heading: Heading,
    /// Whether the author wrote an id that cannot be; it is reported already.
    pub(super) refused: bool,
    pub(super) classes: Vec<String>,
    pub(super) strangers: Vec<String>,
    pub(super) top_level: bool,
}

/// Gives every heading its id: the author's first, so that a made one never takes it.
pub(super) fn with_ids(
    raw: Vec<RawHeading>,
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TakenHeading>, Option<Heading>) {
    let mut first: HashMap<String, Range<usize>> = HashMap::new();
    let explicit: Vec<_> =
        raw.iter().map(|heading| explicit_id(heading, file, &mut first, diagnostics)).collect();
    let mut taken: HashSet<String> = first.into_keys().collect();
    let (mut headings, mut title) = (Vec::with_capacity(raw.len()), None);
    for (raw, explicit) in raw.into_iter().zip(explicit) {
        let is_explicit = explicit.is_some();
        let heading = Heading {
            level: raw.level,
            id: explicit.unwrap_or_else(|| Anchor::generated(&raw.text, &mut taken)),
            explicit: is_explicit,
            text: raw.text.trim().to_owned(),
            number: Vec::new(),
            range: raw.range,
        };
        if raw.is_title {
            title = Some(heading);
        } else {
            headings.push(TakenHeading {
                refused: raw.id.is_some() && !heading.explicit,
                heading,
                classes: raw.classes,
                strangers: raw.strangers,
                top_level: raw.top_level,
            });
        }
    }
    (headings, title)
}

fn explicit_id(
    heading: &RawHeading,
    file: &SourceFile,
    first: &mut HashMap<String, Range<usize>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Anchor> {
    let id = heading.id.as_deref()?;
    let place = Place::range(file, heading.range.clone());
    match Anchor::explicit(id) {
        Ok(anchor) => {
            if let Some(before) = first.insert(id.to_owned(), heading.range.clone()) {
                diagnostics.push(
                    Diagnostic::error(Code::DuplicateId, say!("l'identificativo `{id}` c'è già in questa pagina"; "the id `{id}` is already on this page"))
                        .at(place)
                        .help(say!("dai a uno dei due un altro identificativo"; "give one of the two another id"))
                        .related(Place::range(file, before), say!("il primo è qui"; "the first is here")),
                );
                return None;
            }
            Some(anchor)
        }
        Err(error) => {
            let better = slug(id);
            let (code, message) = match error {
                AnchorError::Reserved => (
                    Code::ReservedId,
                    say!("gli identificativi che iniziano con `_` sono dell'interfaccia: `{id}`"; "ids that start with `_` belong to the interface: `{id}`"),
                ),
                AnchorError::Character => (
                    Code::InvalidId,
                    say!("`{id}` non può essere un identificativo: lettere, cifre, `.`, `-`, `_`"; "`{id}` cannot be an id: letters, digits, `.`, `-`, `_`"),
                ),
            };
            diagnostics.push(
                Diagnostic::error(code, message)
                    .at(place)
                    .help(say!("scrivi `{{#{better}}}`"; "write `{{#{better}}}`")),
            );
            None
        }
    }
}
