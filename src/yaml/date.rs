//! A day of the calendar.

use std::fmt;

use super::{Decoder, Node};
use crate::diagnostic::{Code, Diagnostic, Lang};
use crate::say;

/// A day, written `AAAA-MM-GG` (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day that a text names.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (date.day >= 1 && date.day <= days_in(date.year, date.month)).then_some(date)
    }

    /// The day on which a number of seconds have passed since 1970-01-01T00:00:00Z.
    pub fn of_unix_time(seconds: u64) -> Option<Self> {
        let mut days = seconds / (24 * 60 * 60);
        let mut year = 1970;
        loop {
            let in_year = (1..=12).map(|month| u64::from(days_in(year, month))).sum();
            if days < in_year {
                break;
            }
            days -= in_year;
            year = year.checked_add(1)?;
        }
        let mut month = 1;
        while days >= u64::from(days_in(year, month)) {
            days -= u64::from(days_in(year, month));
            month += 1;
        }
        Some(Self { year, month, day: u8::try_from(days).ok()? + 1 })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The number of seconds from 1970-01-01T00:00:00Z to the day's beginning there; negative before.
    pub fn unix_time(self) -> i64 {
        let in_year = |year| (1..=12).map(|month| i64::from(days_in(year, month))).sum::<i64>();
        let years: i64 = match self.year {
            year @ 1970.. => (1970..year).map(in_year).sum(),
            year => -(year..1970).map(in_year).sum::<i64>(),
        };
        let months: i64 = (1..self.month).map(|month| i64::from(days_in(self.year, month))).sum();
        (years + months + i64::from(self.day) - 1) * 24 * 60 * 60
    }

    /// Whether a word is the name of a month, in Italian or English, capitals aside.
    pub fn is_month(word: &str) -> bool {
        MONTHS_IT.iter().chain(&MONTHS_EN).any(|month| month.eq_ignore_ascii_case(word))
    }

    /// The day in a YAML value; a wrong one is reported.
    pub fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = node.text(decoder)?;
        let date = Self::parse(text);
        if date.is_none() {
            let problem = not_a_date(text).at(node.place(decoder));
            decoder.report(problem);
        }
        date
    }

    /// The day in words: `25 novembre 2026`, `25 November 2026`.
    pub fn in_words(self, lang: Lang) -> String {
        let months = match lang {
            Lang::It => MONTHS_IT,
            Lang::En => MONTHS_EN,
        };
        let month = months.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or("");
        let day = if lang == Lang::It && self.day == 1 { "1º".to_owned() } else { self.day.to_string() };
        format!("{day} {month} {}", self.year)
    }
}

/// The problem of a text that should be a day.
pub fn not_a_date(text: &str) -> Diagnostic {
    let example = turned(text).map_or_else(|| "2026-11-25".to_owned(), |date| date.to_string());
    Diagnostic::error(Code::InvalidValue, say!("`{text}` non è una data"; "`{text}` is not a date"))
        .help(say!("scrivi anno, mese e giorno: `{example}`"; "write year, month and day: `{example}`"))
}

/// `25/11/2026`, as Italian offices write a day.
fn turned(text: &str) -> Option<Date> {
    let mut parts: Vec<String> = text.split(['/', '.', '-']).map(|part| format!("{part:0>2}")).collect();
    parts.reverse();
    Date::parse(&parts.join("-"))
}

const MONTHS_IT: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How many days a month has; 0 for a month that does not exist.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for text in ["2024-02-29", "2000-02-29", "2026-11-25"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "25/11/2026", "2026-11-25-1", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_clock_tells_the_day() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (1_798_761_599, "2026-12-31"),
        ] {
            assert_eq!(Date::of_unix_time(seconds).unwrap().to_string(), day);
        }
        assert_eq!(Date::of_unix_time(u64::MAX), None);
        for (day, seconds) in [
            ("1970-01-01", 0),
            ("2000-02-29", 951_782_400),
            ("2026-12-31", 1_798_675_200),
            ("1969-12-31", -86_400),
        ] {
            assert_eq!(Date::parse(day).unwrap().unix_time(), seconds);
        }
    }

    #[test]
    fn the_first_of_the_month_is_an_ordinal_in_italian() {
        let date = Date::parse("2026-05-01").unwrap();
        assert_eq!(date.in_words(Lang::It), "1º maggio 2026");
        assert_eq!(date.in_words(Lang::En), "1 May 2026");
    }
}
