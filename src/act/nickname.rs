//! The noun that is enough to mean an act: *del Codice* for the Code of Conduct.

use super::cursor::{Cursor, is_one_of};
use super::kind::{Kind, Noun};

/// The noun of a short title and the words around it. Only a *codice* gets one: half of all acts are a
/// *regolamento* or a *legge*, and the bare word then says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nickname {
    noun: String,
    words: Vec<String>,
}

/// What makes another act of a *codice*, unless the short title has the word too.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "civile", "penale", "etico", "antimafia", "unico", "europeo", "appalti", "privacy", "deontologico", "stradale",
    "ambientale", "della", "del", "dei", "delle", "degli", "dell", "dello", "di", "in", "per", "sul", "sulla", "sui",
    "of", "on", "for",
];

/// Words of a short title that are followed; more would be its whole text.
const MOST_WORDS: usize = 12;

impl Nickname {
    /// The nickname that a short title gives.
    pub(super) fn of(short_title: &str) -> Option<Self> {
        let words: Vec<String> = short_title.split_whitespace().map(str::to_lowercase).collect();
        let is_code = |word: &&String| {
            Noun::read(&mut Cursor::new(word, 0)).is_some_and(|noun| noun.kind == Kind::Code)
        };
        let noun = words.iter().find(is_code)?.clone();
        Some(Self { noun, words })
    }

    /// Steps over *Codice* and the words of the short title after it; not over *codice dei contratti*.
    pub(super) fn eat(&self, cursor: &mut Cursor<'_>) -> bool {
        let mut c = *cursor;
        if !c.eat_word(&[self.noun.as_str()]) || !c.at_word_end() {
            return false;
        }
        let mut end = c;
        for _ in 0..MOST_WORDS {
            let spaced = c.skip_spaces();
            let word = c.word();
            if !spaced || word.is_empty() {
                break;
            }
            if self.words.iter().any(|own| is_one_of(word, &[own])) {
                c.advance(word.len());
                // `codice di …` is not yet anything.
                if !is_one_of(word, QUALIFIERS) {
                    end = c;
                }
            } else if is_one_of(word, QUALIFIERS) || word.starts_with(char::is_uppercase) {
                return false;
            } else {
                break;
            }
        }
        // A preposition of the title that leads elsewhere: `codice di procedura`.
        if c.since(end).trim().is_empty() {
            *cursor = end;
            return true;
        }
        false
    }
}
