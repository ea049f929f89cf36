//! Numbers of articles and paragraphs, with what lawmakers append to them.

use std::fmt;

/// Latin suffixes of inserted articles, in their order (*Regole e suggerimenti per la redazione dei testi
/// normativi*, Italian drafting rules).
const LATIN: &[&str] = &[
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "nonies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "quinquiesdecies",
    "sexdecies",
    "sexiesdecies",
    "septiesdecies",
    "octiesdecies",
    "noviesdecies",
    "vicies",
];

/// The number of an article or paragraph: `5`, `5-bis`, `5a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    value: u32,
    suffix: Option<Suffix>,
}

/// What follows the digits; in the order of insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Suffix {
    /// `5-bis`: the place in [`LATIN`].
    Latin(usize),
    /// `5a`, as English versions of Union acts number.
    Letter(char),
}

impl Number {
    /// A number without a suffix.
    pub fn plain(value: u32) -> Self {
        Self { value, suffix: None }
    }

    /// The whole text as a number: `5`, `5-bis`, `5 bis`, `5bis`, `5a`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, length) = Self::read(text)?;
        (length == text.len()).then_some(number)
    }

    /// The number at the start of `text`, and its length in bytes; `None` where none ends at a word's end.
    pub(super) fn read(text: &str) -> Option<(Self, usize)> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 6 {
            return None;
        }
        let value = text.get(..digits)?.parse().ok()?;
        let rest = text.get(digits..)?;
        let (suffix, length) =
            Suffix::read(rest).map_or((None, 0), |(suffix, length)| (Some(suffix), length));
        let end = digits + length;
        let ends = !text.get(end..)?.starts_with(char::is_alphanumeric);
        ends.then_some((Self { value, suffix }, end))
    }

    /// The digits alone.
    pub fn value(self) -> u32 {
        self.value
    }
}

impl Suffix {
    fn read(rest: &str) -> Option<(Self, usize)> {
        let joined = rest.strip_prefix(['-', '‑', ' ', '\u{a0}']).unwrap_or(rest);
        let letters: usize = joined.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let word = joined.get(..letters)?.to_lowercase();
        let skipped = rest.len() - joined.len();
        if let Some(at) = LATIN.iter().position(|latin| *latin == word) {
            return Some((Self::Latin(at), skipped + letters));
        }
        // Capitals are no suffix: `articolo 5G`.
        let mut chars = joined.get(..letters)?.chars();
        let first = chars.next().filter(char::is_ascii_lowercase)?;
        (skipped == 0 && chars.next().is_none()).then_some((Self::Letter(first), letters))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)?;
        match self.suffix {
            Some(Suffix::Latin(at)) => write!(f, "-{}", LATIN.get(at).copied().unwrap_or("")),
            Some(Suffix::Letter(letter)) => write!(f, "{letter}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_read_in_every_spelling_and_shown_in_one() {
        for (text, shown) in
            [("5", "5"), ("5-bis", "5-bis"), ("5 bis", "5-bis"), ("5BIS", "5-bis"), ("5a", "5a")]
        {
            assert_eq!(Number::parse(text).unwrap().to_string(), shown);
        }
        for bad in ["", "x", "5 partner", "5ab", "-5", "5-", "12345678"] {
            assert_eq!(Number::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn inserted_articles_come_between_their_neighbours() {
        let numbers = ["5", "5-bis", "5-ter", "5-decies", "6"].map(|text| Number::parse(text).unwrap());
        assert!(numbers.is_sorted());
    }
}
