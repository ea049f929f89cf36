//! The words that announce an article or a level.

use std::sync::LazyLock;

use crate::act::cursor::{Cursor, is_one_of};
use crate::act::format::Form;
use crate::act::word_set::WordSet;
use crate::act::words::{ORDINALS_EN, ORDINALS_IT};
use crate::diagnostic::Lang;

use super::draft::Hint;

/// `art.`, `artt.`, `articolo`, `Articles` …
#[derive(Debug, Clone, Copy)]
pub(super) struct ArticleWord {
    pub(super) many: bool,
    /// `None` for `art.`, which both languages write.
    pub(super) lang: Option<Lang>,
    pub(super) form: Form,
}

impl ArticleWord {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let word = cursor.word();
        let (many, lang, form) = match () {
            () if is_one_of(word, &["art"]) => (false, None, Form::Short),
            () if is_one_of(word, &["artt"]) => (true, Some(Lang::It), Form::Short),
            () if is_one_of(word, &["arts"]) => (true, Some(Lang::En), Form::Short),
            () if is_one_of(word, &["articolo"]) => (false, Some(Lang::It), Form::Full),
            () if is_one_of(word, &["articoli"]) => (true, Some(Lang::It), Form::Full),
            () if is_one_of(word, &["article"]) => (false, Some(Lang::En), Form::Full),
            () if is_one_of(word, &["articles"]) => (true, Some(Lang::En), Form::Full),
            () => return None,
        };
        cursor.advance(word.len());
        cursor.eat(&['.']);
        cursor.skip_spaces();
        Some(Self { many, lang, form })
    }
}

/// The word of a level below the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct LevelWord {
    pub(super) hint: Hint,
    pub(super) many: bool,
    /// `secondo comma` carries its number before the word.
    pub(super) ordinal: Option<u32>,
    /// Whether it announces quantities as well (`n. 3 copie`).
    pub(super) counts: bool,
}

const LEVELS: &[(&[&str], Hint, bool)] = &[
    (&["par", "para", "paragrafo", "paragraph"], Hint::Paragraph, false),
    (&["parr", "paras", "paragrafi", "paragraphs"], Hint::Paragraph, true),
    (&["comma"], Hint::Comma, false),
    (&["commi"], Hint::Comma, true),
    (&["lett", "lettera", "letter"], Hint::Letter, false),
    (&["lettere", "letters"], Hint::Letter, true),
    (&["punto"], Hint::Point, false),
    (&["punti"], Hint::Point, true),
    (&["numero", "num"], Hint::Point, false),
    (&["numeri"], Hint::Point, true),
    (&["point"], Hint::Any, false),
    (&["points"], Hint::Any, true),
];

/// Abbreviations that are words or letters without their dot.
const DOTTED: &[(&[&str], Hint, bool)] = &[
    (&["c", "co"], Hint::Comma, false),
    (&["cc"], Hint::Comma, true),
    (&["n"], Hint::Point, false),
    (&["nn"], Hint::Point, true),
];

/// Every word with which a level begins.
static BEGINNINGS: LazyLock<WordSet> = LazyLock::new(|| {
    let words = LEVELS.iter().chain(DOTTED).flat_map(|(words, _, _)| words.iter().copied());
    WordSet::of(words.chain(ORDINALS_IT).chain(ORDINALS_EN))
});

/// Whether a level may begin here. Asked at every word before an article, and nearly always in vain.
fn begins_level(c: Cursor<'_>) -> bool {
    c.peek() == Some('§') || BEGINNINGS.has(c.word())
}

impl LevelWord {
    /// Steps over the word, its dot and the spaces after it.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut c = *cursor;
        if !begins_level(c) {
            return None;
        }
        let found = Self::sign(&mut c)
            .or_else(|| Self::plain(&mut c))
            .or_else(|| Self::dotted(&mut c))
            .or_else(|| Self::subparagraph(&mut c))?;
        *cursor = c;
        Some(found)
    }

    fn sign(c: &mut Cursor<'_>) -> Option<Self> {
        if !c.eat(&['§']) {
            return None;
        }
        let many = c.eat(&['§']);
        c.skip_spaces();
        Some(Self { hint: Hint::Paragraph, many, ordinal: None, counts: false })
    }

    fn plain(c: &mut Cursor<'_>) -> Option<Self> {
        let word = c.word();
        let (_, hint, many) = LEVELS.iter().find(|(words, _, _)| is_one_of(word, words))?;
        let mut after = *c;
        after.advance(word.len());
        after.eat(&['.']);
        after.skip_spaces();
        // `comma secondo`
        let ordinal = if *hint == Hint::Comma { ordinal(&mut after) } else { None };
        *c = after;
        let hint = if ordinal.is_some() { Hint::Subparagraph } else { *hint };
        let counts = is_one_of(word, &["numero", "numeri", "num"]);
        Some(Self { hint, many: *many, ordinal, counts })
    }

    fn dotted(c: &mut Cursor<'_>) -> Option<Self> {
        let word = c.word();
        let (_, hint, many) = DOTTED.iter().find(|(words, _, _)| is_one_of(word, words))?;
        let mut after = *c;
        after.advance(word.len());
        if !after.eat(&['.']) {
            return None;
        }
        after.skip_spaces();
        if !after.peek()?.is_ascii_digit() {
            return None;
        }
        *c = after;
        let counts = *hint == Hint::Point;
        Some(Self { hint: *hint, many: *many, ordinal: None, counts })
    }

    fn subparagraph(c: &mut Cursor<'_>) -> Option<Self> {
        let mut after = *c;
        let number = ordinal(&mut after)?;
        after.skip_spaces();
        let hint = if after.eat_word(&["comma", "subparagraph"]) {
            Hint::Subparagraph
        } else if after.eat_word(&["paragrafo", "paragraph"]) {
            Hint::Ordinal
        } else {
            return None;
        };
        *c = after;
        Some(Self { hint, many: false, ordinal: Some(number), counts: false })
    }
}

/// `secondo`, `second`
pub(super) fn ordinal(c: &mut Cursor<'_>) -> Option<u32> {
    let word = c.word();
    let at = |ordinals: &[&str]| ordinals.iter().position(|ordinal| is_one_of(word, &[ordinal]));
    let at = at(&ORDINALS_IT).or_else(|| at(&ORDINALS_EN))?;
    c.advance(word.len());
    u32::try_from(at + 1).ok()
}

/// Words after which a bare number or letter is still part of a list: `artt. 5 e 6 del …`, but not
/// `artt. 5 e 6, 10 giorni prima`.
const GOES_ON: &[&str] = &[
    "e",
    "ed",
    "o",
    "od",
    "oppure",
    "nonché",
    "and",
    "or",
    "a",
    "al",
    "alla",
    "all",
    "to",
    "da",
    "dal",
    "del",
    "dello",
    "della",
    "dell",
    "dei",
    "degli",
    "delle",
    "of",
    "art",
    "artt",
    "reg",
    "regolamento",
    "dlgs",
    "d",
    "l",
    "legge",
];

/// Whether what follows a bare label leaves it a label.
pub(super) fn stands_alone(mut c: Cursor<'_>) -> bool {
    if !c.at_word_end() || c.rest().starts_with(['/', '%', '€', '°']) {
        return false;
    }
    c.skip_spaces();
    match c.peek() {
        Some(next) if next.is_alphabetic() => {
            is_one_of(c.word(), GOES_ON)
                || LevelWord::read(&mut c).is_some()
                || ArticleWord::read(&mut c).is_some()
        }
        Some(next) => !next.is_ascii_digit() && next != '%' && next != '€',
        None => true,
    }
}

/// Nouns of quantities: `artt. 5 e 6 e 10 giorni prima`.
#[rustfmt::skip]
const QUANTITIES: &[&str] = &[
    "giorno", "giorni", "mese", "mesi", "anno", "anni", "ora", "ore", "settimana", "settimane", "volta", "volte", "euro",
    "milione", "milioni", "miliardi", "mila", "partner", "persone", "copie", "cento", "day", "days", "month", "months",
    "year", "years", "week", "weeks", "hours", "times", "million", "copies", "people",
];

/// Words that are a letter as well: `lett. a) e i partner`.
pub(super) const LETTER_WORDS: &[&str] = &["a", "e", "i", "o"];

/// Whether a bare label ends here that the words before it announce: the sentence may go on after it.
pub(super) fn ends_announced(mut c: Cursor<'_>) -> bool {
    if !c.at_word_end() || c.rest().starts_with(['/', '%', '€', '°', '\'', '’']) {
        return false;
    }
    c.skip_spaces();
    !c.peek().is_some_and(|next| next.is_ascii_digit() || next == '%' || next == '€')
        && !is_one_of(c.word(), QUANTITIES)
}

/// `da`, `dal`, `from`: announces a range.
pub(super) fn eat_from(cursor: &mut Cursor<'_>) -> bool {
    let mut c = *cursor;
    if !c.eat_word(&["da", "dal", "dalla", "from"]) || !c.skip_spaces() {
        return false;
    }
    *cursor = c;
    true
}

/// What stands between two items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `,`
    Comma,
    /// `e`, `and`; with or without a comma before it.
    And { comma: bool },
    /// `a`, `to`
    To,
    /// `-`
    Hyphen,
}

impl Joint {
    /// Steps over a connection and the spaces around it.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut c = *cursor;
        c.skip_spaces();
        let comma = c.eat(&[',']);
        c.skip_spaces();
        let joint = match comma {
            false if c.eat(&['-', '–', '‑']) => {
                // `13--16`, which typography makes one dash.
                c.eat(&['-']);
                Self::Hyphen
            }
            false if word(&mut c, &["a", "al", "alla", "to"]) => Self::To,
            comma if word(&mut c, &["e", "ed", "o", "od", "oppure", "nonché", "and", "or"]) => {
                Self::And { comma }
            }
            true => Self::Comma,
            false => return None,
        };
        c.skip_spaces();
        *cursor = c;
        Some(joint)
    }
}

/// A word with a space after it: in `d), e) e f)` the first `e` is a letter.
fn word(cursor: &mut Cursor<'_>, wanted: &[&str]) -> bool {
    let mut c = *cursor;
    // `e/o`
    let known = c.eat_word(wanted)
        && (!c.eat(&['/']) || c.eat_word(&["o", "or"]))
        && c.peek().is_some_and(char::is_whitespace);
    if known {
        *cursor = c;
    }
    known
}
