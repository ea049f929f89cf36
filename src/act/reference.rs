//! `regolamento delegato (UE) n. 240/2014`, `legge 7 agosto 1990, n. 241`: a noun and a number.

use crate::yaml::Date;

use super::cursor::Cursor;
use super::kind::Noun;

/// The name of an act by kind, number and year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) noun: Noun,
    /// Number and year, in either order; the year may have two digits.
    pub(super) pair: Option<(u32, u32)>,
}

/// What may stand between the noun and its number.
const BETWEEN: &[&str] = &[
    "delegato",
    "di",
    "esecuzione",
    "legislativo",
    "legge",
    "regionale",
    "costituzionale",
    "ministeriale",
    "del",
    "dell",
    "della",
    "delegated",
    "implementing",
    "of",
    "the",
    "and",
    "e",
    "ue",
    "ce",
    "cee",
    "eu",
    "ec",
    "eec",
    "euratom",
    "parlamento",
    "europeo",
    "consiglio",
    "commissione",
    "european",
    "parliament",
    "council",
    "commission",
    "presidente",
    "repubblica",
];

const NUMBER: &[&str] = &["n", "no", "nr", "num", "numero", "number"];

/// After `2014/24/` comes one of these.
const COMMUNITIES: &[&str] = &["ue", "ce", "cee", "eu", "ec", "eec"];

/// No name is longer, in words and marks.
const MOST_TOKENS: usize = 30;

impl Reference {
    /// Steps over a noun and, where there is one, its number.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let noun = Noun::read(cursor)?;
        let mut c = *cursor;
        let pair = pair(&mut c);
        if pair.is_some() {
            *cursor = c;
        }
        Some(Self { noun, pair })
    }
}

fn is_year(value: u32) -> bool {
    (1800..=2199).contains(&value)
}

fn pair(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    let mut year = None;
    let mut numbered = false;
    for _ in 0..MOST_TOKENS {
        cursor.skip_spaces();
        if cursor.peek()?.is_ascii_digit() {
            let value = cursor.digits()?;
            if let Some(pair) = slashed(value, cursor) {
                return Some(pair);
            }
            if numbered {
                return year.or_else(|| year_after(cursor)).map(|year| (value, year));
            }
            year = Some(value).filter(|value| is_year(*value));
        } else if cursor.eat_word(NUMBER) {
            numbered = true;
        } else if !eat_between(cursor) && !cursor.eat(&['(', ')', ',', '.', '-', '‑', '\'', '’', 'º', '°'])
        {
            return None;
        }
    }
    None
}

/// `240/2014`, `2014/24/UE`.
fn slashed(first: u32, cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    let mut c = *cursor;
    let second = c.eat(&['/']).then(|| c.digits())??;
    if !c.at_word_end() {
        return None;
    }
    let mut community = c;
    if community.eat(&['/']) && community.eat_word(COMMUNITIES) && community.at_word_end() {
        c = community;
    }
    *cursor = c;
    Some((first, second))
}

/// `n. 241 del 1990`, `n. 241 del 7 agosto 1990`.
fn year_after(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut c = *cursor;
    for _ in 0..6 {
        c.skip_spaces();
        if c.peek()?.is_ascii_digit() {
            let value = c.digits()?;
            if is_year(value) {
                *cursor = c;
                return Some(value);
            }
        } else if !eat_between(&mut c) && !c.eat(&['.', '/']) {
            return None;
        }
    }
    None
}

/// A word between the noun and its number, or the month of a date there.
fn eat_between(cursor: &mut Cursor<'_>) -> bool {
    let word = cursor.word();
    let is_month = Date::is_month(word);
    if is_month {
        cursor.advance(word.len());
    }
    is_month || cursor.eat_word(BETWEEN)
}

/// Whether a number and a year, as somebody wrote them, are those of an act.
pub(super) fn same_pair(written: (u32, u32), act: (u32, u32)) -> bool {
    let same_year = |written: u32| written == act.1 || (written < 100 && written == act.1 % 100);
    let (a, b) = written;
    (a == act.0 && same_year(b)) || (b == act.0 && same_year(a))
}

/// Puts the year second, where it can be told.
pub(super) fn number_and_year((a, b): (u32, u32)) -> (u32, u32) {
    if is_year(a) && !is_year(b) { (b, a) } else { (a, b) }
}
