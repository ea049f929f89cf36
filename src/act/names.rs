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
        self.literal.push(Name { text: text.to_owned(), acronym: is_own_acronym(text) });
        if let Some(reference) = Reference::read(&mut Cursor::new(text, 0)) {
            self.kind = self.kind.or(Some(reference.noun.kind));
            self.pairs.extend(reference.pair.map(number_and_year));
        }
    }

    /// `Codice europeo di condotta (CCEP)` gives the whole, the words around the brackets and the acronym in them.
    fn add_short_title(&mut self, text: &str) {
        self.add(text);
        let (first, _) = text.split_once('(').unwrap_or((text, ""));
        self.add(first.trim());
        let mut without = String::new();
        for (at, part) in text.split('(').enumerate() {
            let (inside, after) =
                if at == 0 { ("", part) } else { part.split_once(')').unwrap_or((part, "")) };
            let acronyms = inside.split([',', ';', '/', ' ']).map(str::trim);
            acronyms.filter(|word| is_own_acronym(word)).for_each(|word| self.add(word));
            without.push_str(after);
        }
        self.add(&without.split_whitespace().collect::<Vec<_>>().join(" "));
        self.nicknames.extend(Nickname::of(first));
    }

    /// The acronyms among its names, each once.
    pub(super) fn acronyms(&self) -> impl Iterator<Item = &str> {
        self.literal.iter().filter(|name| name.acronym).map(|name| name.text.as_str())
    }

    /// How long the longest of its names is with which a text ends.
    pub(super) fn ends(&self, text: &str) -> Option<usize> {
        let lengths = self.literal.iter().filter_map(|name| {
            let start = text.len().checked_sub(name.text.len()).filter(|at| text.is_char_boundary(*at))?;
            let free = !text.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || c == '.');
            let end = name.eat(Cursor::new(text, start)).filter(|_| free)?;
            (end.at() == text.len()).then_some(name.text.len())
        });
        lengths.max()
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
                    || (!self.acronym && is_same_letter(found, wanted))
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

/// Whether two letters are one, capitals aside.
fn is_same_letter(one: char, other: char) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(&other),
        false => one.to_lowercase().eq(other.to_lowercase()),
    }
}

/// Whether a word looks like the acronym of something: two capitals or more, and nothing but letters and digits.
pub(super) fn is_acronym(word: &str) -> bool {
    word.len() <= MOST_LETTERS
        && word.chars().all(char::is_alphanumeric)
        && word.starts_with(char::is_uppercase)
        && word.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// The longest acronym, in bytes: beyond it capitals are a word that somebody shouts.
const MOST_LETTERS: usize = 16;

/// What a short title has in brackets and yet is not its act's name.
const COMMUNITIES: &[&str] = &["UE", "CE", "CEE", "EU", "EC", "EEC", "EURATOM", "SEE", "EEA"];

fn is_own_acronym(word: &str) -> bool {
    let is_roman = word.chars().all(|letter| "IVX".contains(letter));
    is_acronym(word) && !is_roman && !COMMUNITIES.contains(&word.to_uppercase().as_str())
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
