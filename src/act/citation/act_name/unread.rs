//! Levels that no address has, between a citation and its act: `art. 8, ultimo periodo, del TUEL`.

use crate::act::citation::item;
use crate::act::citation::keyword::{LevelWord, ordinal};
use crate::act::cursor::Cursor;

/// Words of levels, and what counts and joins them.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "periodo", "periodi", "frase", "frasi", "sentence", "sentences", "capoverso", "capoversi", "alinea", "trattino",
    "trattini", "indent", "indents", "parte", "comma", "commi", "paragrafo", "paragrafi", "subparagraph",
    "subparagraphs", "paragraph", "paragraphs", "lettera", "lettere", "letter", "letters", "primi", "prime", "prima",
    "seconda", "terza", "quarta", "quinta", "ultimo", "ultima", "ultimi", "ultime", "penultimo", "penultima", "last",
    "inciso", "seguente", "seguenti", "ss", "seg", "segg", "ff", "et", "seq",
];

const JOINTS: &[&str] = &["e", "ed", "o", "od", "and", "or", "a", "to", "da"];

/// No chain of levels is longer, in words.
const MOST_WORDS: usize = 12;

/// Where such levels end; `None` where there are none.
pub(super) fn levels<'t>(start: Cursor<'t>) -> Option<Cursor<'t>> {
    let (mut c, mut end) = (start, None);
    for _ in 0..MOST_WORDS {
        c.skip_spaces();
        c.eat(&[',']);
        c.skip_spaces();
        if c.eat_word(JOINTS) && c.peek().is_some_and(char::is_whitespace) {
            continue;
        }
        if !level(&mut c) {
            break;
        }
        end = Some(c);
    }
    end
}

fn level(c: &mut Cursor<'_>) -> bool {
    if item::bracketed(c).is_some() || LevelWord::read(c).is_some() || ordinal(c).is_some() {
        return true;
    }
    if c.eat_word(WORDS) {
        c.eat(&['.']);
        return true;
    }
    label(c)
}

/// `2`, `a)`
fn label(c: &mut Cursor<'_>) -> bool {
    let mut after = *c;
    let is_letter = after.word().chars().count() == 1;
    after.advance(if is_letter { after.word().len() } else { 0 });
    if !is_letter && after.digits().is_none() {
        return false;
    }
    let closed = after.eat(&[')']);
    let known = after.at_word_end() && (closed || !after.rest().starts_with(['\'', '’', '.', '/', '%']));
    if known {
        *c = after;
    }
    known
}
