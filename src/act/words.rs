//! The words of citations in both languages, for the reader and the writer alike.

use crate::diagnostic::Lang;

use super::data::CitationStyle;
use super::format::Form;
use super::structure::Level;

/// How many unnumbered subparagraphs have an ordinal here.
pub(super) const MOST_SUBPARAGRAPHS: usize = 20;

/// Italian ordinals, masculine: `primo comma`.
pub(super) const ORDINALS_IT: [&str; MOST_SUBPARAGRAPHS] = [
    "primo",
    "secondo",
    "terzo",
    "quarto",
    "quinto",
    "sesto",
    "settimo",
    "ottavo",
    "nono",
    "decimo",
    "undicesimo",
    "dodicesimo",
    "tredicesimo",
    "quattordicesimo",
    "quindicesimo",
    "sedicesimo",
    "diciassettesimo",
    "diciottesimo",
    "diciannovesimo",
    "ventesimo",
];

/// English ordinals: `first subparagraph`.
pub(super) const ORDINALS_EN: [&str; MOST_SUBPARAGRAPHS] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The ordinal of a subparagraph, counted from 1.
pub(super) fn ordinal(ordinals: &[&'static str], number: u32) -> &'static str {
    let at = (number as usize).checked_sub(1);
    at.and_then(|at| ordinals.get(at)).copied().unwrap_or("")
}

/// What a level is called before one label and before several.
pub(super) struct LevelWords {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
}

impl LevelWords {
    pub(super) fn of(level: Level, style: CitationStyle, lang: Lang, form: Form) -> Self {
        let (one, many) = match lang {
            Lang::It => italian(level, style, form),
            Lang::En => english(level, form),
        };
        Self { one, many }
    }
}

fn italian(level: Level, style: CitationStyle, form: Form) -> (&'static str, &'static str) {
    match (level, style, form) {
        (Level::Article, _, Form::Full) => ("articolo", "articoli"),
        (Level::Article, _, Form::Short) => ("art.", "artt."),
        (Level::Paragraph, CitationStyle::Eu, Form::Full) => ("paragrafo", "paragrafi"),
        (Level::Paragraph, CitationStyle::Eu, Form::Short) => ("par.", "parr."),
        (Level::Paragraph, CitationStyle::Italian, Form::Full | Form::Short) => ("comma", "commi"),
        (Level::Subparagraph, _, Form::Full | Form::Short) => ("comma", "commi"),
        (Level::Letter, _, Form::Full) => ("lettera", "lettere"),
        (Level::Letter, _, Form::Short) => ("lett.", "lett."),
        (Level::Point, CitationStyle::Eu, Form::Full | Form::Short) => ("punto", "punti"),
        (Level::Point, CitationStyle::Italian, Form::Full) => ("numero", "numeri"),
        (Level::Point, CitationStyle::Italian, Form::Short) => ("n.", "nn."),
    }
}

fn english(level: Level, form: Form) -> (&'static str, &'static str) {
    match (level, form) {
        (Level::Article, Form::Full) => ("Article", "Articles"),
        (Level::Article, Form::Short) => ("Art.", "Arts"),
        (Level::Paragraph, Form::Full | Form::Short) => ("paragraph", "paragraphs"),
        (Level::Subparagraph, Form::Full | Form::Short) => ("subparagraph", "subparagraphs"),
        (Level::Letter | Level::Point, Form::Full | Form::Short) => ("point", "points"),
    }
}
