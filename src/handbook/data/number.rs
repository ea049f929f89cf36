//! A number as people write it in a table.

use crate::diagnostic::Lang;

/// The sign between a number's whole part and its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    Point,
    Comma,
}

impl Decimal {
    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// A plain number: digits, perhaps a sign before them and decimals after. It keeps the decimals as written:
/// `40.0` says how finely somebody measured, and `40` does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// With a point and a hyphen, whatever the file has.
    written: String,
    value: f64,
}

impl Number {
    /// Reads a number. Groups of thousands and units are no part of it: `1.234` in one country is `1,234` in
    /// another, and nobody should have to guess.
    pub(super) fn parse(text: &str, decimal: Decimal) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(digits) => ("-", digits),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = match digits.split_once(decimal.sign()) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !decimals.is_none_or(all_digits) {
            return None;
        }
        let decimals = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
        let written = format!("{sign}{whole}{decimals}");
        let value: f64 = written.parse().ok()?;
        value.is_finite().then_some(Self { written, value })
    }

    /// How much it is.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// As a reader of this language writes it; the minus is the sign that screen readers say.
    pub fn in_lang(&self, lang: Lang) -> String {
        let text = self.written.replace('-', "−");
        match lang {
            Lang::It => text.replace('.', ","),
            Lang::En => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_decimals_and_speaks_the_readers_language() {
        for (text, decimal, it, en) in [
            ("40.0", Decimal::Point, "40,0", "40.0"),
            ("40,50", Decimal::Comma, "40,50", "40.50"),
            ("7", Decimal::Comma, "7", "7"),
            ("-3.5", Decimal::Point, "−3,5", "−3.5"),
            ("−3", Decimal::Point, "−3", "−3"),
            ("+2", Decimal::Point, "2", "2"),
            ("007", Decimal::Point, "007", "007"),
        ] {
            let number = Number::parse(text, decimal).unwrap();
            assert_eq!((number.in_lang(Lang::It).as_str(), number.in_lang(Lang::En).as_str()), (it, en));
        }
        assert_eq!(Number::parse("-3,5", Decimal::Comma).unwrap().value().to_string(), "-3.5");
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_no_number() {
        let endless = "9".repeat(400);
        for text in
            ["", "-", ".", "5.", ".5", "1,234.5", "12%", "1e3", "NaN", "inf", "1 000", "--1", &endless]
        {
            assert_eq!(Number::parse(text, Decimal::Point), None, "{text}");
        }
        assert_eq!(Number::parse("1.234", Decimal::Comma), None);
        assert_eq!(Number::parse("1.234,5", Decimal::Comma), None);
    }
}
