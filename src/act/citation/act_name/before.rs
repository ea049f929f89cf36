//! The act's name before a citation: `regolamento (UE) 2021/1060, art. 8`; `Cost., art. 3`; `RDC, art. 8`.

use crate::act::acts::Acts;
use crate::act::citation::draft::Parsed;
use crate::act::cursor::Cursor;
use crate::act::data::Act;
use crate::act::kind::{Kind, Noun};
use crate::act::names::is_acronym;
use crate::act::reference::Reference;

use super::Named;

/// How far before a citation its act's name may begin, in bytes.
const MOST_BEFORE: usize = 80;

/// What the words before a citation say of its act.
pub(super) fn name<'a>(text: &str, parsed: &Parsed, acts: &'a Acts) -> Named<'a> {
    let whole = text.get(..parsed.start).unwrap_or("");
    let elided = whole.strip_suffix(['\'', '’']).map(|words| words.trim_end_matches(char::is_alphabetic));
    let name = elided.unwrap_or(whole).trim_end_matches([' ', '\u{a0}', '\n', ',', '(', ':']);
    let joint = whole.get(name.len()..).unwrap_or("");
    if joint.is_empty() {
        return Named::Nothing;
    }
    if let Some(act) = known(name, acts) {
        return Named::Act(act, parsed.end);
    }
    let first = name.floor_char_boundary(name.len().saturating_sub(MOST_BEFORE));
    let is_listed = joint.chars().all(|c| c == ',' || c.is_whitespace());
    let after_comma = is_listed && joint.starts_with(',');
    if after_comma && let Some(act) = nicknamed(name, first, acts) {
        return Named::Act(act, parsed.end);
    }
    let unknown = || {
        let acronym = acronym(name).filter(|_| is_listed);
        acronym.or_else(|| noun(name, first, after_comma))
    };
    match numbered(name, first) {
        Some((_, reference, pair)) if let Some(act) = of_pair(&reference, pair, acts) => {
            Named::Act(act, parsed.end)
        }
        Some((start, _, _)) => Named::Unknown(start..parsed.end),
        None => unknown().map_or(Named::Nothing, |start| Named::Unknown(start..parsed.end)),
    }
}

/// The act one of whose names ends here, the longest if there are several.
fn known<'a>(name: &str, acts: &'a Acts) -> Option<&'a Act> {
    let ending = acts.iter().filter_map(|act| Some((act.names.ends(name)?, act)));
    ending.max_by_key(|(length, _)| *length).map(|(_, act)| act)
}

/// `il Codice, art. 5`
fn nicknamed<'a>(name: &str, first: usize, acts: &'a Acts) -> Option<&'a Act> {
    let ends_in = |act: &Act, start: usize| {
        let mut c = Cursor::new(name, start);
        act.names.eat_nickname(&mut c) && c.rest().is_empty()
    };
    starts(name, first).find_map(|start| acts.iter().find(|act| ends_in(act, start)))
}

fn of_pair<'a>(reference: &Reference, pair: (u32, u32), acts: &'a Acts) -> Option<&'a Act> {
    acts.iter().find(|act| act.names.matches(Some(reference.noun.kind), pair))
}

/// `regolamento (UE) 2021/1060`: a name that ends in its number, and where it starts.
fn numbered(name: &str, first: usize) -> Option<(usize, Reference, (u32, u32))> {
    let is_numbered =
        name.ends_with(|c: char| c.is_ascii_digit()) || name.ends_with("/UE") || name.ends_with("/EU");
    if !is_numbered {
        return None;
    }
    starts(name, first).find_map(|start| {
        let mut c = Cursor::new(name, start);
        let reference = Reference::read(&mut c)?;
        let pair = reference.pair.filter(|_| c.at() == name.len())?;
        Some((start, reference, pair))
    })
}

/// `Cost.`, `c.c.`, `nella Costituzione`, and after a comma `codice civile`: where the name starts.
fn noun(name: &str, first: usize, with_words: bool) -> Option<usize> {
    starts(name, first).find(|start| {
        let mut c = Cursor::new(name, *start);
        let Some(noun) = Noun::read(&mut c) else { return false };
        let rest = c.rest();
        match noun.kind {
            Kind::Constitution | Kind::Treaty => rest.is_empty(),
            Kind::Code if with_words && !rest.is_empty() => is_of_code(rest),
            Kind::Regulation
            | Kind::Directive
            | Kind::Decision
            | Kind::Law
            | Kind::RegionalLaw
            | Kind::LegislativeDecree
            | Kind::DecreeLaw
            | Kind::Decree
            | Kind::Code
            | Kind::Other => rest.is_empty() && noun.abbreviated,
        }
    })
}

/// ` civile`, ` di procedura civile`: at most four words in small letters.
fn is_of_code(rest: &str) -> bool {
    let plain = rest.chars().all(|c| c.is_lowercase() || c == ' ' || c == '\u{a0}' || c == '.');
    rest.starts_with([' ', '\u{a0}']) && plain && rest.split_whitespace().count() <= 4
}

/// `GDPR`, `T.U.E.L.`: where the acronym starts with which a text ends.
fn acronym(name: &str) -> Option<usize> {
    let words = name.trim_end_matches(|c: char| c.is_alphanumeric());
    let glued = words.ends_with(['-', '‑', '_', '@', '/', '.', '#']);
    if is_acronym(name.get(words.len()..)?) && !glued {
        return Some(words.len());
    }
    let dotted = name.trim_end_matches(|c: char| c.is_uppercase() || c == '.');
    let letters = name.get(dotted.len()..)?;
    let pairs = letters.chars().collect::<Vec<_>>();
    let alternate = pairs.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_uppercase()));
    (letters.len() >= 4 && alternate && !dotted.ends_with(char::is_alphanumeric)).then_some(dotted.len())
}

/// Where names may start: nouns that are no part of a longer word.
fn starts(name: &str, first: usize) -> impl Iterator<Item = usize> {
    let is_inside = |before: char| before.is_alphanumeric() || before == '.';
    let mut inside = name.get(..first).unwrap_or("").ends_with(is_inside);
    let places = name.get(first..).unwrap_or("").char_indices().filter_map(move |(at, letter)| {
        let begins = !std::mem::replace(&mut inside, is_inside(letter)) && letter.is_alphabetic();
        begins.then_some(first + at)
    });
    places.filter(|start| Noun::read(&mut Cursor::new(name, *start)).is_some())
}
