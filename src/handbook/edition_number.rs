//! The number of an edition.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::say;
use crate::yaml::{Decoder, Node};

/// The number of an edition, `AAAA.N`: the year and which edition of that year. They compare as numbers, so 2026.10
/// comes after 2026.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EditionNumber {
    year: u16,
    ordinal: u16,
}

/// Why a text is not the number of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberError(Text);

impl NumberError {
    /// The reason, as a sentence that goes on after the text.
    pub fn reason(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for NumberError {}

impl FromStr for EditionNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let Some((year, ordinal)) = text.split_once('.') else {
            return Err(NumberError(
                say!("manca il punto fra l'anno e il numero"; "the dot between year and number is missing"),
            ));
        };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !is_number(year) {
            return Err(NumberError(
                say!("prima del punto serve un anno di quattro cifre"; "before the dot there must be a year of four digits"),
            ));
        }
        if !is_number(ordinal) {
            return Err(NumberError(
                say!("dopo il punto serve un numero"; "after the dot there must be a number"),
            ));
        }
        if ordinal.starts_with('0') {
            return Err(NumberError(
                say!("il numero dopo il punto comincia da 1 e non ha zeri davanti"; "the number after the dot begins at 1 and has no leading zeros"),
            ));
        }
        let too_large = || {
            NumberError(
                say!("il numero dopo il punto è troppo grande"; "the number after the dot is too large"),
            )
        };
        Ok(Self {
            year: year.parse().map_err(|_| too_large())?,
            ordinal: ordinal.parse().map_err(|_| too_large())?,
        })
    }
}

impl EditionNumber {
    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The number that may follow this one in a year: the first of a later year, else the next of its own.
    pub fn next_in(self, year: u16) -> Option<Self> {
        if year > self.year {
            return Some(Self { year, ordinal: 1 });
        }
        Some(Self { year: self.year, ordinal: self.ordinal.checked_add(1)? })
    }

    /// Reads a number of the metadata; a wrong one is reported with its reason.
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = node.text(decoder)?.to_owned();
        match text.parse() {
            Ok(number) => Some(number),
            Err(error) => {
                let place = node.place(decoder);
                decoder.report(not_a_number(&text, &error).at(place));
                None
            }
        }
    }
}

/// The problem of a text that should be the number of an edition.
pub fn not_a_number(text: &str, error: &NumberError) -> Diagnostic {
    let Text { it, en } = error.reason();
    Diagnostic::error(
        Code::InvalidValue,
        say!("`{text}` non è il numero di un'edizione: {it}"; "`{text}` is not the number of an edition: {en}"),
    )
    .help(say!("scrivi l'anno, un punto e il numero, per esempio `2026.1`"; "write the year, a dot and the number, such as `2026.1`"))
}

impl fmt::Display for EditionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}.{}", self.year, self.ordinal)
    }
}

impl From<EditionNumber> for String {
    fn from(number: EditionNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for EditionNumber {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_sort_as_numbers() {
        let number = |text: &str| text.parse::<EditionNumber>().unwrap();
        assert!(number("2026.10") > number("2026.9"));
        assert!(number("2027.1") > number("2026.10"));
        assert_eq!(number("2026.10").to_string(), "2026.10");
    }

    #[test]
    fn the_next_number_is_the_first_of_a_later_year_or_the_next_of_its_own() {
        let next = |text: &str, year| text.parse::<EditionNumber>().unwrap().next_in(year);
        assert_eq!(next("2026.9", 2026).unwrap().to_string(), "2026.10");
        assert_eq!(next("2026.9", 2027).unwrap().to_string(), "2027.1");
        assert_eq!(next("2026.9", 2025).unwrap().to_string(), "2026.10");
        assert_eq!(next("2026.65535", 2026), None);
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        for (text, reason) in [
            ("2026", "the dot between year and number is missing"),
            ("26.1", "before the dot there must be a year of four digits"),
            ("v2026.1", "before the dot there must be a year of four digits"),
            ("2026.", "after the dot there must be a number"),
            ("2026.1.2", "after the dot there must be a number"),
            ("2026.1/../../x", "after the dot there must be a number"),
            ("2026.01", "the number after the dot begins at 1 and has no leading zeros"),
            ("2026.0", "the number after the dot begins at 1 and has no leading zeros"),
            ("2026.70000", "the number after the dot is too large"),
            ("2026.+1", "after the dot there must be a number"),
        ] {
            assert_eq!(text.parse::<EditionNumber>().unwrap_err().to_string(), reason, "{text}");
        }
    }
}
