//! What an act is called in prose, taken from its own data: never from what the program knows.

use crate::diagnostic::Text;

use super::cursor::Cursor;
use super::data::ActCitation;
use super::id::ActId;
use super::kind::Kind;
use super::nickname::Nickname;
use super::reference::{Reference, number_and_year, same_pair};

/// The names by which prose can mean an act.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Whole names, the longest first.
    literal: Vec<Name>,
    nicknames: Vec<Nickname>,
    pairs: Vec<(u32, u32)>,
    kind: Option<Kind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    text: String,
    /// An acronym: `CCEP`; in small letters it may be a word.
    acronym: bool,
}

impl Names {
    pub(super) fn of(
        id: &ActId,
        celex: Option<&str>,
        title: &Text,
        short_title: Option<&Text>,
        citation: &ActCitation,
    ) -> Self {
        let mut names = Self::default();
        for text in [&citation.full, &citation.short, &citation.very_short, title] {
            for text in [&text.it, &text.en] {
                names.add(text);
            }
        }
        for text in short_title.into_iter().flat_map(|text| [&text.it, &text.en]) {
            names.add_short_title(text);
        }
        names.pairs.extend(celex.and_then(celex_pair));
        names.pairs.extend(id_pair(id));
        names.literal.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.text.cmp(&b.text)));
        names.literal.dedup();
        names
    }

    fn add(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.literal.push(Name { text: text.to_owned(), acronym: is_acronym(text) });
        if let Some(reference) = Reference::read(&mut Cursor::new(text, 0)) {
            self.kind = self.kind.or(Some(reference.noun.kind));
            self.pairs.extend(reference.pair.map(number_and_year));
        }
    }

    /// `Codice europeo di condotta (CCEP)` gives the whole, the part before the bracket and the acronym.
    fn add_short_title(&mut self, text: &str) {
        self.add(text);
        let (words, rest) = text.split_once('(').unwrap_or((text, ""));
        self.add(words.trim());
        let acronym = rest.trim_end().trim_end_matches(')');
        if is_acronym(acronym) {
            self.add(acronym);
        }
        self.nicknames.extend(Nickname::of(words));
    }

    /// Whether kind, number and year are this act's.
    pub(super) fn matches(&self, kind: Option<Kind>, pair: (u32, u32)) -> bool {
        let same_kind = self.kind.is_none() || kind.is_none() || self.kind == kind;
        same_kind && self.pairs.iter().any(|own| same_pair(pair, *own))
    }

    /// Steps over one of the act's names; without a preposition before it, only over one that is no mere word.
    pub(super) fn eat_literal(&self, cursor: &mut Cursor<'_>, after_preposition: bool) -> bool {
        for name in &self.literal {
            let telling = name.acronym || name.text.bytes().any(|b| b.is_ascii_digit());
            if (after_preposition || telling)
                && let Some(end) = name.eat(*cursor)
            {
                *cursor = end;
                return true;
            }
        }
        false
    }

    /// Steps over the noun of the short title, where nothing after it makes it another act's.
    pub(super) fn eat_nickname(&self, cursor: &mut Cursor<'_>) -> bool {
        self.nicknames.iter().any(|nickname| nickname.eat(cursor))
    }
}

impl Name {
    /// The name from here on, any white space for its own, capitals aside unless it is an acronym.
    fn eat<'t>(&self, mut cursor: Cursor<'t>) -> Option<Cursor<'t>> {
        for (at, word) in self.text.split_whitespace().enumerate() {
            if at > 0 && !cursor.skip_spaces() {
                return None;
            }
            for wanted in word.chars() {
                let found = cursor.peek()?;
                let same = found == wanted
                    || (!self.acronym && found.to_lowercase().eq(wanted.to_lowercase()))
                    || (matches!(found, '\'' | '’') && matches!(wanted, '\'' | '’'));
                if !same {
                    return None;
                }
                cursor.advance(found.len_utf8());
            }
        }
        let ends = self.text.ends_with(|c: char| !c.is_alphanumeric()) || cursor.at_word_end();
        ends.then_some(cursor)
    }
}

fn is_acronym(text: &str) -> bool {
    text.len() > 1 && text.chars().all(char::is_uppercase)
}

/// `32014R0240`: sector, year, kind, number (the Union's CELEX numbers).
fn celex_pair(celex: &str) -> Option<(u32, u32)> {
    let year = celex.get(1..5)?.parse().ok()?;
    let number = celex.get(5..)?.trim_start_matches(|c: char| c.is_ascii_uppercase());
    Some((number.parse().ok()?, year))
}

/// `reg-2014-240`, `legge-241-1990`.
fn id_pair(id: &ActId) -> Option<(u32, u32)> {
    let mut numbers = id.as_str().split('-').filter_map(|group| group.parse().ok());
    Some(number_and_year((numbers.next()?, numbers.next()?)))
}
