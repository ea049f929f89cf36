//! The labels below a paragraph: letters, and roman or arabic points.

use std::cmp::Ordering;
use std::fmt;

use super::number::Number;

/// A letter of a list: `a`, `aa`, `a-bis`; `z` comes before `aa`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Letter(String);

impl Letter {
    /// One letter, the same letter twice, or either with a Latin suffix; capitals are lowered.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let (base, suffix) = text.split_once('-').map_or((text.as_str(), None), |(b, s)| (b, Some(s)));
        let mut chars = base.chars();
        let first = chars.next().filter(char::is_ascii_lowercase)?;
        let doubled = chars.next().is_none_or(|second| second == first) && chars.next().is_none();
        // `1-bis` is how `Number` knows the Latin suffixes.
        let suffixed = suffix.is_none_or(|suffix| Number::parse(&format!("1-{suffix}")).is_some());
        (doubled && suffixed).then_some(Self(text))
    }

    /// The letter as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place in the alphabet, from 0.
    pub(super) fn index(&self) -> usize {
        self.0.bytes().next().map_or(0, |b| usize::from(b.saturating_sub(b'a')))
    }

    fn key(&self) -> (usize, &str, Option<Number>) {
        let (base, suffix) = self.0.split_once('-').map_or((self.as_str(), None), |(b, s)| (b, Some(s)));
        (base.len(), base, suffix.and_then(|suffix| Number::parse(&format!("1-{suffix}"))))
    }
}

impl Ord for Letter {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Letter {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A point: roman in Union acts (`ii`), arabic in Italian ones (`2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// A lower-case roman number, from 1 to 39.
    Roman(u8),
    /// An arabic number.
    Number(Number),
}

const ROMAN: &[(&str, u8)] = &[("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];

impl Point {
    /// A roman number up to 39 (longer lists do not occur, and `di`, `li`, `mi` are words) or an arabic one.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(number) = Number::parse(text) {
            return Some(Self::Number(number));
        }
        let text = text.to_lowercase();
        let roman = (text.len() <= 8).then(|| (1..=39).find(|value| roman(*value) == text))?;
        roman.map(Self::Roman)
    }
}

fn roman(mut value: u8) -> String {
    let mut text = String::new();
    for (digits, worth) in ROMAN {
        while value >= *worth {
            text.push_str(digits);
            value -= worth;
        }
    }
    text
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Roman(value) => f.write_str(&roman(*value)),
            Self::Number(number) => number.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_sort_as_lists_do() {
        let letters = ["a", "a-bis", "b", "z", "aa", "bb"].map(|text| Letter::parse(text).unwrap());
        assert!(letters.is_sorted());
        for bad in ["", "ab", "aaa", "1", "a-x", "è", "a-"] {
            assert_eq!(Letter::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn roman_points_read_as_they_are_shown() {
        for value in 1..=39 {
            assert_eq!(Point::parse(&roman(value)), Some(Point::Roman(value)));
        }
        for word in ["", "iiii", "vx", "di", "li", "il", "è"] {
            assert_eq!(Point::parse(word), None, "{word}");
        }
        assert!(Point::parse("viii") < Point::parse("IX"));
    }
}
