//! Citations that begin with the narrowest level: `lettera c) del paragrafo 2 dell'articolo 5`.

use std::ops::Range;

use crate::act::cursor::Cursor;

use super::draft::{Draft, Hint, Parsed, Part, last_depth};
use super::keyword::{Joint, LevelWord};
use super::{grammar, item};

/// How far before the article such a citation can begin, in bytes.
const MOST_BEFORE: usize = 160;

/// The citation whose article is at this place of the text, and which begins after `from`.
pub(super) fn before(text: &str, from: usize, article: usize) -> Option<Parsed> {
    let lead = text.get(from..article)?;
    if !(lead.ends_with(['\'', '’']) || lead.trim_end().ends_with("of")) {
        return None;
    }
    let earliest = text.ceil_char_boundary(article.saturating_sub(MOST_BEFORE).max(from));
    let mut after_letter = from < earliest;
    // The longest one wins, so the earliest beginning is tried first.
    for (at, letter) in text.get(earliest..article)?.char_indices() {
        let begins = !after_letter && (letter.is_alphabetic() || letter == '§');
        after_letter = letter.is_alphanumeric();
        if begins
            && let Some(parsed) = read(Cursor::new(text, earliest + at))
            && parsed.drafts.first().is_some_and(|draft| draft.range.start == parsed.start)
            && parsed.start < article
            && article < parsed.end
        {
            return Some(parsed);
        }
    }
    None
}

/// A citation that begins here with a level; `None` where no article follows it.
pub(super) fn read(start: Cursor<'_>) -> Option<Parsed> {
    let mut c = start;
    let (above, narrowest) = chain(&mut c)?;
    let mut wider: Vec<Part> = Vec::new();
    let mut parsed = loop {
        let mut after = c;
        after.skip_spaces();
        after.eat(&[',']);
        after.skip_spaces();
        if !eat_of(&mut after) {
            return None;
        }
        if let Some(parsed) = grammar::read(after) {
            break parsed;
        }
        wider.push(item::worded(&mut after, false)?);
        c = after;
    };
    let mut drafts = std::mem::take(&mut parsed.drafts).into_iter();
    let article = drafts.next()?;
    let mut around = article.parts;
    around.extend(wider.into_iter().rev());
    around.extend(above);
    let count = narrowest.len();
    let of_label = |(number, (part, range)): (usize, (Part, Range<usize>))| {
        let mut parts = around.clone();
        let above = last_depth(&parts);
        parts.push(part);
        // The last label of a list takes the article with it.
        let end = if number + 1 == count { article.range.end } else { range.end };
        let start = if number == 0 { start.at() } else { range.start };
        let draft = Draft { article: article.article, parts, range: start..end, through: false };
        (last_depth(&draft.parts) > above).then_some(draft)
    };
    let inverse: Option<Vec<Draft>> = narrowest.into_iter().enumerate().map(of_label).collect();
    parsed.start = start.at();
    parsed.drafts = inverse?.into_iter().chain(drafts).collect();
    Some(parsed)
}

/// `paragrafo 2, lettera c)`: the levels above the narrowest one, and its labels.
fn chain(cursor: &mut Cursor<'_>) -> Option<(Vec<Part>, Labels)> {
    let (mut above, mut narrowest) = (Vec::new(), labels(cursor)?);
    while let [(only, _)] = narrowest.as_slice() {
        let mut c = *cursor;
        c.skip_spaces();
        c.eat(&[',']);
        c.skip_spaces();
        let mut parts = above.clone();
        parts.push(only.clone());
        let Some(next) = labels(&mut c) else { break };
        let narrower = next.first().is_some_and(|(part, _)| {
            let depth = last_depth(&parts);
            let with = [parts.as_slice(), std::slice::from_ref(part)].concat();
            last_depth(&with) > depth
        });
        if !narrower {
            break;
        }
        (above, narrowest, *cursor) = (parts, next, c);
    }
    Some((above, narrowest))
}

type Labels = Vec<(Part, Range<usize>)>;

/// `dell'`, `del`, `of`: what follows is the wider level.
fn eat_of(cursor: &mut Cursor<'_>) -> bool {
    let mut c = *cursor;
    let is_there = if c.eat_word(&["dell"]) {
        c.eat(&['\'', '’'])
    } else {
        c.eat_word(&["del", "della", "dello", "of"]) && c.skip_spaces()
    };
    if is_there {
        *cursor = c;
    }
    is_there
}

/// One level with its labels: `lettera c)`, `lettere a), b) e c)`, `secondo comma`.
fn labels(cursor: &mut Cursor<'_>) -> Option<Labels> {
    let mut many = *cursor;
    let word = LevelWord::read(&mut many)?;
    let start = cursor.at();
    let first = item::worded(cursor, false)?;
    let mut labels = vec![(first.clone(), start..cursor.at())];
    if !word.many || matches!(first.hint, Hint::Subparagraph | Hint::Ordinal) {
        return Some(labels);
    }
    loop {
        let mut c = *cursor;
        let Some(Joint::Comma | Joint::And { .. }) = Joint::read(&mut c) else { return Some(labels) };
        let start = c.at();
        let Some((label, shape)) = item::label(&mut c, first.hint) else { return Some(labels) };
        labels.push((Part { label, shape, ..first.clone() }, start..c.at()));
        *cursor = c;
    }
}
