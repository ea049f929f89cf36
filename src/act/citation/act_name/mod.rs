//! Whose place a citation means.

mod before;
mod unread;

use std::ops::Range;

use crate::act::acts::Acts;
use crate::act::cursor::Cursor;
use crate::act::data::Act;
use crate::act::kind::{Kind, eat_adjectives};
use crate::act::names::is_acronym;
use crate::act::reference::Reference;

use super::draft::Parsed;

/// What the words around a citation say of its act.
pub(super) enum Named<'a> {
    /// An act of the handbook; the name ends here.
    Act(&'a Act, usize),
    /// An act that the handbook lacks; where its name stands.
    Unknown(Range<usize>),
    /// Nothing: the default act.
    Nothing,
}

const PREPOSITIONS: &[&str] = &["del", "dello", "della", "dei", "degli", "delle", "of"];

/// The act named after a citation, or right before it.
pub(super) fn of<'a>(text: &str, parsed: &Parsed, acts: &'a Acts) -> Named<'a> {
    let end = Cursor::new(text, parsed.end);
    match after(end, acts) {
        Named::Nothing => {}
        named @ (Named::Act(..) | Named::Unknown(_)) => return named,
    }
    match unread::levels(end).map(|end| after(end, acts)) {
        // The link says no more than what was read.
        Some(Named::Act(act, _)) => Named::Act(act, parsed.end),
        Some(unknown @ Named::Unknown(_)) => unknown,
        Some(Named::Nothing) | None => before::name(text, parsed, acts),
    }
}

/// Whether an act's name begins here, known or not.
pub(super) fn is_announced(c: Cursor<'_>) -> bool {
    !matches!(after(c, &Acts::default()), Named::Nothing)
}

fn after<'a>(end: Cursor<'_>, acts: &'a Acts) -> Named<'a> {
    let mut c = end;
    c.skip_spaces();
    if c.peek() == Some('(') {
        return in_brackets(c, end, acts);
    }
    let comma = c.eat(&[',']);
    c.skip_spaces();
    if c.at() == end.at() {
        return Named::Nothing;
    }
    let preposition = eat_preposition(&mut c);
    let start = c;
    let mut named = c;
    eat_adjectives(&mut named);
    for act in acts {
        for mut c in [c, named] {
            if act.names.eat_literal(&mut c, preposition) || (preposition && act.names.eat_nickname(&mut c)) {
                return Named::Act(act, c.at());
            }
        }
    }
    if let Some(reference) = Reference::read(&mut c) {
        return of_reference(&reference, start, c, preposition, acts);
    }
    // `GDPR`, `del citato TUEL`: an acronym that no act of the handbook has.
    let counts = |end: &usize| preposition || !comma || closes_citation(start, *end);
    match acronym(named).filter(counts) {
        Some(end) => Named::Unknown(start.at()..end),
        None => Named::Nothing,
    }
}

/// Whether an acronym after a comma ends the citation, as in `(art. 6, par. 1, GDPR)`: a sentence that goes on there,
/// `secondo l'art. 5, ADG e OI scrivono`, does not stop after one word.
fn closes_citation(start: Cursor<'_>, end: usize) -> bool {
    let mut after = start;
    after.advance(end - start.at());
    let name = after.since(start);
    let capitals = name.len() > 2 && !name.contains(char::is_lowercase);
    capitals && !after.rest().trim_start().starts_with(char::is_alphanumeric)
}

/// `art. 8 (RDC)`, `art. 3 (Cost.)`, `art. 13 (reg. (UE) 2016/679)`; the name stays out of the link.
fn in_brackets<'a>(open: Cursor<'_>, end: Cursor<'_>, acts: &'a Acts) -> Named<'a> {
    let mut c = open;
    c.eat(&['(']);
    let start = c;
    let closes = |at: usize| {
        let mut c = start;
        c.advance(at - start.at());
        c.peek() == Some(')')
    };
    for act in acts {
        let mut c = start;
        if act.names.eat_literal(&mut c, false) && closes(c.at()) {
            return Named::Act(act, end.at());
        }
    }
    if let Some(reference) = Reference::read(&mut c)
        && (reference.pair.is_some() || reference.noun.abbreviated)
        && closes(c.at())
    {
        return match of_reference(&reference, start, c, false, acts) {
            Named::Act(act, _) => Named::Act(act, end.at()),
            other @ (Named::Unknown(_) | Named::Nothing) => other,
        };
    }
    match acronym(start).filter(|at| closes(*at)) {
        Some(at) => Named::Unknown(start.at()..at),
        None => Named::Nothing,
    }
}

fn of_reference<'a>(
    reference: &Reference,
    start: Cursor<'_>,
    end: Cursor<'_>,
    preposition: bool,
    acts: &'a Acts,
) -> Named<'a> {
    let known = reference
        .pair
        .and_then(|pair| acts.iter().find(|act| act.names.matches(Some(reference.noun.kind), pair)));
    if let Some(act) = known {
        return Named::Act(act, end.at());
    }
    let mut c = end;
    if reference.pair.is_none() && c.skip_spaces() {
        // `del regolamento RDC`
        for act in acts {
            let mut c = c;
            if act.names.eat_literal(&mut c, false) {
                return Named::Act(act, c.at());
            }
        }
        if let Some(end) = acronym(c) {
            return Named::Unknown(start.at()..end);
        }
    }
    // `art. 3 Costituzione` is clear; but without preposition and number, `regolamento` is just the next word.
    let clear = matches!(reference.noun.kind, Kind::Constitution | Kind::Treaty);
    if clear || preposition || reference.pair.is_some() || reference.noun.abbreviated {
        return Named::Unknown(start.at()..end.at());
    }
    Named::Nothing
}

/// Where an acronym ends that begins here: `GDPR`, `T.U.E.L.`; an id such as `LG-04` is none.
fn acronym(start: Cursor<'_>) -> Option<usize> {
    let rest = start.rest();
    let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    if rest.get(..length).is_some_and(is_acronym) {
        let mut after = rest.get(length..)?.chars();
        let glued = after.next().is_some_and(|mark| matches!(mark, '-' | '‑' | '_' | '@' | '/' | '.'))
            && after.next().is_some_and(char::is_alphanumeric);
        return (!glued).then_some(start.at() + length);
    }
    let mut c = start;
    let mut letters = 0;
    while c.peek().is_some_and(char::is_uppercase) && c.word().chars().count() == 1 {
        let mut next = c;
        next.advance(c.word().len());
        if !next.eat(&['.']) {
            break;
        }
        (c, letters) = (next, letters + 1);
    }
    (letters > 1).then_some(c.at())
}

/// `del`, `dell'`, `of the`
fn eat_preposition(cursor: &mut Cursor<'_>) -> bool {
    let mut c = *cursor;
    let elided = {
        let mut e = c;
        (e.eat_word(&["dell"]) && e.eat(&['\'', '’'])).then_some(e)
    };
    if let Some(after) = elided {
        c = after;
        c.skip_spaces();
    } else if c.eat_word(PREPOSITIONS) && c.skip_spaces() {
        if c.eat_word(&["the"]) {
            c.skip_spaces();
        }
    } else {
        return false;
    }
    *cursor = c;
    true
}
