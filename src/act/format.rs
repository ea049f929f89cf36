//! Addresses in the words of lawyers.
//!
//! Union acts: Interinstitutional style guide (Italian and English editions). Italian acts: the drafting
//! rules of Presidency and Chambers (*comma*, *lettera*, *numero*). What is written here, `citation` reads.

use crate::diagnostic::Lang;

use super::address::{Address, Locus};
use super::data::{Act, CitationStyle};
use super::series;
use super::structure::Level;
use super::words::{LevelWords, ORDINALS_EN, ORDINALS_IT, ordinal};

/// How much room the words take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `articolo 5, paragrafo 2, lettera c)`.
    Full,
    /// `art. 5, par. 2, lett. c)`.
    Short,
}

/// How a citation is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// The length of the words.
    pub form: Form,
    /// Whether the act's name follows.
    pub with_act: bool,
}

impl Style {
    /// Without the act's name.
    pub fn new(lang: Lang, form: Form) -> Self {
        Self { lang, form, with_act: false }
    }

    /// The same, with the act's name after the place.
    #[must_use]
    pub fn with_act(self) -> Self {
        Self { with_act: true, ..self }
    }
}

impl Act {
    /// One address as a citation.
    pub fn format(&self, address: &Address, style: Style) -> String {
        let place = place(address.locus(), self.style, style);
        self.named(place, address.is_article(), style)
    }

    /// Several addresses of this act, in its order, with lists and ranges: `artt. 13-16; art. 18, par. 1`.
    pub fn format_all(&self, addresses: &[Address], style: Style) -> String {
        let mut sorted = addresses.to_vec();
        sorted.sort();
        sorted.dedup();
        let groups = series::groups(&sorted);
        let texts: Vec<_> = groups
            .into_iter()
            .map(|group| {
                self.named(series::text(self, group, style), group.iter().all(Address::is_article), style)
            })
            .collect();
        texts.join("; ")
    }

    /// The act's name in citations.
    pub fn name(&self, lang: Lang, form: Form) -> &str {
        match form {
            Form::Full => self.citation.full.in_lang(lang),
            Form::Short => self.citation.short.in_lang(lang),
        }
    }

    fn named(&self, place: String, whole: bool, style: Style) -> String {
        if !style.with_act {
            return place;
        }
        let name = self.name(style.lang, style.form);
        match style.lang {
            // The style guide closes the levels with a comma before the act.
            Lang::It if whole => format!("{place} {}", of_it(name)),
            Lang::It => format!("{place}, {}", of_it(name)),
            Lang::En => format!("{place} {}", of_en(name)),
        }
    }
}

const FEMININE: &[&str] = &[
    "legge",
    "l",
    "direttiva",
    "dir",
    "decisione",
    "dec",
    "costituzione",
    "cost",
    "raccomandazione",
    "carta",
    "convenzione",
    "delibera",
    "deliberazione",
    "ordinanza",
    "circolare",
];

/// The name with its articulated preposition.
fn of_it(name: &str) -> String {
    let lower = name.to_lowercase();
    let first: String = lower.chars().take_while(|c| c.is_alphabetic()).collect();
    let mut chars = first.chars();
    let (initial, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    let vowel = |c: char| "aeiouàèéìòù".contains(c);
    if FEMININE.contains(&first.as_str()) {
        format!("della {name}")
    } else if vowel(initial) {
        format!("dell'{name}")
    } else if initial == 'z' || (initial == 's' && !vowel(second) && second != ' ') {
        format!("dello {name}")
    } else {
        format!("del {name}")
    }
}

/// A name with a number takes no article in English.
fn of_en(name: &str) -> String {
    let numbered = name.bytes().any(|b| b.is_ascii_digit());
    if numbered || name.starts_with("the ") { format!("of {name}") } else { format!("of the {name}") }
}

/// One place, all its levels.
pub(super) fn place(locus: &Locus, style: CitationStyle, how: Style) -> String {
    let words = |level| LevelWords::of(level, style, how.lang, how.form);
    let mut text = format!("{} {}", words(Level::Article).one, locus.article);
    match how.lang {
        Lang::It => {
            if let Some(paragraph) = locus.paragraph {
                text.push_str(&format!(", {} {paragraph}", words(Level::Paragraph).one));
            }
            if let Some(number) = locus.subparagraph {
                text.push_str(&format!(", {} comma", ordinal(&ORDINALS_IT, number)));
            }
            if let Some(letter) = &locus.letter {
                text.push_str(&format!(", {} {letter})", words(Level::Letter).one));
            }
            if let Some(point) = locus.point {
                text.push_str(&format!(", {} {point})", words(Level::Point).one));
            }
        }
        Lang::En => {
            let labels = [
                locus.paragraph.map(|paragraph| paragraph.to_string()),
                locus.letter.as_ref().map(ToString::to_string),
                locus.point.map(|point| point.to_string()),
            ];
            for label in labels.into_iter().flatten() {
                text.push_str(&format!("({label})"));
            }
            if let Some(number) = locus.subparagraph {
                text.push_str(&format!(", {} subparagraph", ordinal(&ORDINALS_EN, number)));
            }
        }
    }
    text
}
