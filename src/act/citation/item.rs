//! The labels themselves, in every spelling.

use crate::act::cursor::Cursor;
use crate::act::label::{Letter, Point};
use crate::act::number::Number;

use super::draft::{Hint, Part, Shape};
use super::keyword::{LETTER_WORDS, LevelWord, eat_from, ends_announced, stands_alone};

/// A number that is not the beginning of something else (`5/2014`, `5%`).
pub(super) fn number(cursor: &mut Cursor<'_>) -> Option<Number> {
    let (number, length) = Number::read(cursor.rest())?;
    let mut c = *cursor;
    c.advance(length);
    if c.rest().starts_with(['/', '%', '€', '°']) {
        return None;
    }
    *cursor = c;
    Some(number)
}

/// A level word with its label: `par. 2`, `lett. a)`, `secondo comma`, `points (a)`; `inside` a level, `n. 2` is a point
/// even where the sentence goes on.
pub(super) fn worded(cursor: &mut Cursor<'_>, inside: bool) -> Option<Part> {
    let mut c = *cursor;
    let word = LevelWord::read(&mut c)?;
    if let Some(ordinal) = word.ordinal {
        *cursor = c;
        return Some(Part { hint: word.hint, label: ordinal.to_string(), many: false, shape: Shape::Bare });
    }
    let many = word.many | eat_from(&mut c);
    let (label, shape) = label(&mut c, word.hint).or_else(|| announced(&mut c, &word, inside))?;
    *cursor = c;
    Some(Part { hint: word.hint, label, many, shape })
}

/// A bare label that the word before it announces, with a sentence that goes on: `lett. a dice`, `punto 2 prevede`.
fn announced(cursor: &mut Cursor<'_>, word: &LevelWord, inside: bool) -> Option<(String, Shape)> {
    let mut c = *cursor;
    let label = symbol(&mut c).filter(|_| ends_announced(c))?;
    let numeric = label.starts_with(|c: char| c.is_ascii_digit());
    let known = match word.hint {
        Hint::Letter => Letter::parse(&label).is_some(),
        Hint::Point | Hint::Any if numeric => inside || !word.counts,
        // `un punto a favore`, `point a finger`
        Hint::Point | Hint::Any => !LETTER_WORDS.contains(&label.as_str()),
        Hint::Paragraph | Hint::Ordinal | Hint::Comma | Hint::Subparagraph => false,
    };
    known.then(|| {
        *cursor = c;
        (label, Shape::Bare)
    })
}

/// A bare label that goes on a list of bare ones, with a sentence that goes on after it.
pub(super) fn bare(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut c = *cursor;
    let label = symbol(&mut c).filter(|_| ends_announced(c))?;
    *cursor = c;
    Some(label)
}

/// The label after a level word, or the next one of a list.
pub(super) fn label(cursor: &mut Cursor<'_>, hint: Hint) -> Option<(String, Shape)> {
    match hint {
        Hint::Paragraph | Hint::Comma => {
            bracketed(cursor).filter(|(label, _)| Number::parse(label).is_some()).or_else(|| {
                let number = number(cursor)?;
                Some((number.to_string(), Shape::Bare))
            })
        }
        Hint::Subparagraph | Hint::Ordinal => None,
        Hint::Letter | Hint::Point | Hint::Any => bracketed(cursor).or_else(|| closed_or_bare(cursor)),
    }
}

/// `(a)`, `(2)`, `(ii)`
pub(super) fn bracketed(cursor: &mut Cursor<'_>) -> Option<(String, Shape)> {
    let mut c = *cursor;
    if !c.eat(&['(']) {
        return None;
    }
    let label = symbol(&mut c)?;
    if !c.eat(&[')']) {
        return None;
    }
    *cursor = c;
    Some((label, Shape::Bracketed))
}

/// `a)`, `ii)`, `a`
fn closed_or_bare(cursor: &mut Cursor<'_>) -> Option<(String, Shape)> {
    let mut c = *cursor;
    let label = symbol(&mut c)?;
    let shape = if c.eat(&[')']) {
        Shape::Closed
    } else if stands_alone(c) {
        Shape::Bare
    } else {
        return None;
    };
    *cursor = c;
    Some((label, shape))
}

/// `.2`, `.c`: the compact form, written after `art.`
pub(super) fn dotted(cursor: &mut Cursor<'_>, after_number_part: bool) -> Option<(String, Shape)> {
    let mut c = *cursor;
    if !c.eat(&['.']) {
        return None;
    }
    let small = c
        .peek()
        .is_some_and(|next| next.is_ascii_digit() || (after_number_part && next.is_ascii_lowercase()));
    let label = symbol(&mut c).filter(|_| small && c.at_word_end())?;
    *cursor = c;
    Some((label, Shape::Dotted))
}

/// Something that can be a label: a number, a letter with or without a suffix, a roman number.
fn symbol(cursor: &mut Cursor<'_>) -> Option<String> {
    if let Some((number, length)) = Number::read(cursor.rest()) {
        // `(2014)` is a year.
        if number.value() > 999 {
            return None;
        }
        cursor.advance(length);
        return Some(number.to_string());
    }
    let word = cursor.word();
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let mut c = *cursor;
    c.advance(word.len());
    let mut suffixed = c;
    if suffixed.eat(&['-', '‑', ' ', '\u{a0}']) {
        let label = format!("{word}-{}", suffixed.word());
        suffixed.advance(suffixed.word().len());
        if let Some(letter) = Letter::parse(&label).filter(|_| suffixed.at_word_end()) {
            *cursor = suffixed;
            return Some(letter.to_string());
        }
    }
    let known = Letter::parse(word).is_some() || Point::parse(word).is_some();
    *cursor = c;
    (known && c.at_word_end()).then(|| word.to_lowercase())
}
