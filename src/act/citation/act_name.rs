//! Whose place a citation means.

use std::ops::Range;

use crate::act::acts::Acts;
use crate::act::cursor::Cursor;
use crate::act::data::Act;
use crate::act::kind::{Kind, Noun};
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

/// How far before a citation its act's name may begin, in bytes.
const BEFORE: usize = 80;

/// The act named after a citation, or right before it.
pub(super) fn of<'a>(text: &str, parsed: &Parsed, acts: &'a Acts) -> Named<'a> {
    match after(Cursor::new(text, parsed.end), acts) {
        Named::Nothing => before(text, parsed, acts),
        named @ (Named::Act(..) | Named::Unknown(_)) => named,
    }
}

fn after<'a>(mut c: Cursor<'_>, acts: &'a Acts) -> Named<'a> {
    let end = c;
    c.skip_spaces();
    c.eat(&[',']);
    c.skip_spaces();
    if c.at() == end.at() {
        return Named::Nothing;
    }
    let preposition = eat_preposition(&mut c);
    let start = c;
    for act in acts {
        if act.names.eat_literal(&mut c, preposition) || (preposition && act.names.eat_nickname(&mut c)) {
            return Named::Act(act, c.at());
        }
    }
    if let Some(reference) = Reference::read(&mut c) {
        return named(&reference, start, c, preposition, acts);
    }
    // `del GDPR`, `dell'IVASS`: an acronym that no act of the handbook has.
    let word = c.word();
    if preposition && word.chars().count() >= 3 && word.chars().all(char::is_uppercase) {
        return Named::Unknown(start.at()..start.at() + word.len());
    }
    Named::Nothing
}

fn named<'a>(
    reference: &Reference,
    start: Cursor<'_>,
    end: Cursor<'_>,
    preposition: bool,
    acts: &'a Acts,
) -> Named<'a> {
    let known = reference
        .pair
        .and_then(|pair| acts.iter().find(|act| act.names.matches(Some(reference.noun.kind), pair)));
    match known {
        Some(act) => Named::Act(act, end.at()),
        // `art. 3 Costituzione` is clear; but without preposition and number, `regolamento` is just the next word.
        None if matches!(reference.noun.kind, Kind::Constitution | Kind::Treaty) => {
            Named::Unknown(start.at()..end.at())
        }
        None if preposition || reference.pair.is_some() || reference.noun.abbreviated => {
            Named::Unknown(start.at()..end.at())
        }
        None => Named::Nothing,
    }
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

/// `regolamento (UE) 2021/1060, art. 8`; `nel d.lgs. 50/2016 all'art. 5`.
fn before<'a>(text: &str, parsed: &Parsed, acts: &'a Acts) -> Named<'a> {
    let whole = text.get(..parsed.start).unwrap_or("");
    let elided = whole.strip_suffix(['\'', '’']).map(|words| words.trim_end_matches(char::is_alphabetic));
    let name = elided.unwrap_or(whole).trim_end_matches([' ', '\u{a0}', '\n', ',', '(', ':']);
    let numbered =
        name.ends_with(|c: char| c.is_ascii_digit()) || name.ends_with("/UE") || name.ends_with("/EU");
    if !numbered {
        return Named::Nothing;
    }
    let first = name.floor_char_boundary(name.len().saturating_sub(BEFORE));
    let starts = name.get(first..).unwrap_or("").char_indices().map(|(at, _)| first + at);
    for start in starts {
        let inside = name
            .get(..start)
            .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '.'));
        let mut c = Cursor::new(name, start);
        if inside || Noun::read(&mut Cursor::new(name, start)).is_none() {
            continue;
        }
        if let Some(Reference { noun, pair: Some(pair) }) = Reference::read(&mut c)
            && c.at() == name.len()
        {
            return match acts.iter().find(|act| act.names.matches(Some(noun.kind), pair)) {
                Some(act) => Named::Act(act, parsed.end),
                None => Named::Unknown(start..parsed.end),
            };
        }
    }
    Named::Nothing
}
