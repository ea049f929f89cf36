//! Citations in prose and in metadata.
//!
//! ```text
//! keyword ─► grammar ─► act_name ─► resolve ─► Found      scan: in prose; cite: a whole string
//! (words)    (drafts)   (whose)     (addresses, problems)
//! ```
//! The grammar reads words and labels without knowing any act; `resolve` then asks the act which of its
//! levels a label is, so that `Article 4(2)(i)` and `Article 6(a)` come out right.
//!
//! An act's name after a citation belongs to that citation and its list (`artt. 5 e 6 del …`); in
//! `art. 5 e art. 6 del …` it belongs to the second one only.

mod act_name;
mod draft;
mod grammar;
mod inverse;
mod item;
mod keyword;
mod problem;
mod resolve;
mod whole;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::acts::Acts;
use super::address::Address;
use super::cursor::Cursor;
use act_name::Named;

pub use problem::Problem;
pub use whole::{Citation, cite, read_citation};

/// A citation found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Byte range in the text, with the act's name where it follows.
    pub range: Range<usize>,
    /// Where its words end and the act's name, if it follows, begins.
    pub named_from: usize,
    /// The places cited, in the order of the text.
    pub places: Vec<Cited>,
    /// What is understood and yet not written as the act's rules want: warnings.
    pub notes: Vec<Problem>,
}

/// One place of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Byte range in the text; empty for a place inside a range that the text does not spell out, such as
    /// article 14 in `artt. 13-16`.
    pub range: Range<usize>,
    /// The place, or why the act does not have it.
    pub address: Result<Address, Problem>,
}

/// Every citation in a run of prose, in order. One that names an act that the handbook lacks, or an article
/// that the file of a [partial](super::Act::partial) act does not list, is left alone.
pub fn scan(text: &str, acts: &Acts) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_start(text, from) {
        let read = inverse::before(text, from, start).or_else(|| grammar::read(Cursor::new(text, start)));
        from = start + 3;
        let Some(mut parsed) = read else {
            continue;
        };
        from = parsed.end.max(from);
        let (act, end) = match act_name::of(text, &parsed, acts) {
            Named::Act(act, end) => (act, end),
            Named::Unknown(range) => {
                from = range.end.max(from);
                continue;
            }
            Named::Nothing => match acts.default_act() {
                Some(act) => (act, parsed.end),
                None => return found,
            },
        };
        from = end.max(from);
        parsed.drafts.retain(|draft| !act.partial || act.article(draft.article).is_some());
        if !parsed.drafts.is_empty() {
            found.push(resolve::found(act, &parsed, end));
        }
    }
    found
}

/// Where the next word that begins with `art` starts.
fn next_start(text: &str, mut from: usize) -> Option<usize> {
    loop {
        let found = next_art(text.as_bytes(), from)?;
        // Letters, and the marks of paths and handles: `smart. 3`, `docs/art. 5`, `@art 5`.
        let inside = text
            .get(..found)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '\\' | '@' | '#' | '.'));
        if !inside {
            return Some(found);
        }
        from = found + 3;
    }
}

/// Where `art` stands next, capitals aside. Every text is searched from end to end: what the third byte cannot be the end
/// of is stepped over at once (Horspool's search).
fn next_art(text: &[u8], from: usize) -> Option<usize> {
    let mut third = from + 2;
    loop {
        third += match text.get(third)?.to_ascii_lowercase() {
            b'a' => 2,
            b'r' => 1,
            b't' if text.get(third - 2..third)?.eq_ignore_ascii_case(b"ar") => return Some(third - 2),
            _ => 3,
        };
    }
}
