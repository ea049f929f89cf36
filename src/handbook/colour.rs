//! Colours, and how well one is read on another (WCAG 2.2, success criterion 1.4.3).

use std::fmt;

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::yaml::{Decoder, Node, Value};

/// A colour of the sRGB space without transparency, as CSS writes it: `#0066cc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// What every colour becomes when it is darkened all the way.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// What every colour becomes when it is lightened all the way.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// The colour that a text names: `#` and three or six hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digits: Vec<u8> = digits
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self { red: r * 17, green: g * 17, blue: b * 17 }),
            [r, s, g, h, b, c] => Some(Self { red: r * 16 + s, green: g * 16 + h, blue: b * 16 + c }),
            _ => None,
        }
    }

    /// The colour in a YAML value; a wrong one is reported.
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if matches!(node.value, Value::Null) {
            decoder.report(lost_in_a_comment(node, decoder));
            return None;
        }
        let text = node.text(decoder)?;
        let colour = Self::parse(text);
        if colour.is_none() {
            let place = node.place(decoder);
            // Most often only the `#` is missing.
            let meant = Self::parse(&format!("#{text}")).unwrap_or(EXAMPLE);
            decoder.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    say!("`{text}` non è un colore"; "`{text}` is not a colour"),
                )
                .at(place)
                .help(say!(
                    "scrivi `\"{meant}\"`: un cancelletto e sei cifre esadecimali, fra virgolette";
                    "write `\"{meant}\"`: a hash and six hexadecimal digits, in quotes"
                )),
            );
        }
        colour
    }

    /// How well the one is read on the other: from 1, not at all, to 21, black on white.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The first colour on the way to `end` that has this contrast with every one of `others`.
    pub fn towards(self, end: Self, others: &[Self], contrast: f64) -> Option<Self> {
        (0..=255).map(|step| self.mixed(end, step)).find(|colour| colour.reads_on(others, contrast))
    }

    /// The nearest darker or lighter colour that has this contrast with every one of `others`.
    pub fn nearest(self, others: &[Self], contrast: f64) -> Option<Self> {
        let both_ways = |step| [self.mixed(Self::BLACK, step), self.mixed(Self::WHITE, step)];
        (0..=255).flat_map(both_ways).find(|colour| colour.reads_on(others, contrast))
    }

    /// Whether it has this contrast with every one of `others`.
    pub fn reads_on(self, others: &[Self], contrast: f64) -> bool {
        others.iter().all(|other| self.contrast(*other) >= contrast)
    }

    /// `step` of 255 parts of the way to another colour.
    fn mixed(self, end: Self, step: u16) -> Self {
        let part = |from: u8, to: u8| {
            let sum = u16::from(from) * (255 - step) + u16::from(to) * step + 127;
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        Self {
            red: part(self.red, end.red),
            green: part(self.green, end.green),
            blue: part(self.blue, end.blue),
        }
    }

    /// The relative luminance that WCAG defines.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The blue of the theme.
const EXAMPLE: Colour = Colour { red: 0x00, green: 0x66, blue: 0xcc };

/// `key: #0066cc` without quotes is a key without a value, and a comment: nobody would guess it.
fn lost_in_a_comment(node: &Node, decoder: &Decoder) -> Diagnostic {
    let rest = decoder.file().text().get(node.range.start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let written =
        line.split_once('#').map(|(_, digits)| digits.split_whitespace().next().unwrap_or_default());
    let colour = written.and_then(|digits| Colour::parse(&format!("#{digits}"))).unwrap_or(EXAMPLE);
    Diagnostic::error(
        Code::WrongType,
        say!("qui serve un colore, e non c'è nulla"; "a colour belongs here, and there is nothing"),
    )
    .at(node.place(decoder))
    .help(say!(
        "scrivi `\"{colour}\"`: senza virgolette ciò che segue `#` è un commento";
        "write `\"{colour}\"`: without quotes what follows a `#` is a comment"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_a_hash_with_three_or_six_digits() {
        assert_eq!(colour("#06c"), colour("#0066CC"));
        assert_eq!(colour("#0066cc").to_string(), "#0066cc");
        for wrong in ["0066cc", "#0066c", "#0066cg", "blue", "#", "rgb(0 0 0)"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let rounded = |a: &str, b: &str| format!("{:.2}", colour(a).contrast(colour(b)));
        assert_eq!(rounded("#000", "#fff"), "21.00");
        assert_eq!(rounded("#fff", "#fff"), "1.00");
        assert_eq!(rounded("#0066cc", "#fff"), "5.57");
        assert_eq!(rounded("#767676", "#fff"), "4.54");
        assert_eq!(rounded("#777777", "#fff"), "4.48");
    }

    #[test]
    fn the_nearest_colour_that_reads_is_the_first_that_does() {
        let white = [Colour::WHITE];
        let found = colour("#ffcc00").nearest(&white, 4.5).unwrap();
        assert!(found.reads_on(&white, 4.5));
        let before = Colour { red: found.red + 1, green: found.green + 1, ..found };
        assert!(!before.reads_on(&white, 4.5), "{found} is the first, {before} does not read yet");
        assert_eq!(colour("#0066cc").nearest(&white, 4.5), Some(colour("#0066cc")));
        assert_eq!(colour("#0066cc").nearest(&[Colour::BLACK, Colour::WHITE], 7.0), None);
        assert_eq!(colour("#333").towards(Colour::WHITE, &[Colour::BLACK], 21.0), Some(Colour::WHITE));
    }
}
