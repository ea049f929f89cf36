//! What the grammar hands on: words and labels, not yet places.

use std::ops::Range;

use crate::act::format::Form;
use crate::act::number::Number;
use crate::diagnostic::Lang;

/// A citation as it is written.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) drafts: Vec<Draft>,
    /// Language and length of its words, so that a correction looks the same.
    pub(super) lang: Lang,
    pub(super) form: Form,
}

/// One place of a citation as it is written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) article: Number,
    pub(super) parts: Vec<Part>,
    pub(super) range: Range<usize>,
    /// Whether it ends a range that the draft before it begins.
    pub(super) through: bool,
}

/// One level as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) hint: Hint,
    /// The label in small letters; the number of a subparagraph.
    pub(super) label: String,
    /// Whether lists go on at this level: the word is plural, or there is no word.
    pub(super) many: bool,
    pub(super) shape: Shape,
}

/// What the words say about the level of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// `par.`, `§`
    Paragraph,
    /// `comma`: a paragraph in Italian acts, a subparagraph in Union ones.
    Comma,
    /// `primo paragrafo`: the numbered one, or the unnumbered one where none has a number.
    Ordinal,
    /// `secondo comma`, `second subparagraph`
    Subparagraph,
    /// `lett.`
    Letter,
    /// `punto`, `n.`
    Point,
    /// `(2)`, `point (a)`, `5.2`: only the act can tell.
    Any,
}

/// How a label is written, which is how a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `2`, `a`
    Bare,
    /// `a)`
    Closed,
    /// `(a)`
    Bracketed,
    /// `.2`
    Dotted,
}

impl Part {
    fn is_numeric(&self) -> bool {
        self.label.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// How deep the part at this place is: 1 paragraph, 2 subparagraph, 3 letter, 4 point.
pub(super) fn depth(parts: &[Part], at: usize) -> u8 {
    let Some(part) = parts.get(at) else { return 0 };
    match part.hint {
        Hint::Paragraph | Hint::Comma | Hint::Ordinal => 1,
        Hint::Subparagraph => 2,
        Hint::Letter => 3,
        Hint::Point => 4,
        Hint::Any if part.is_numeric() => {
            if at == 0 {
                1
            } else {
                4
            }
        }
        Hint::Any => {
            let lettered = (0..at).any(|before| depth(parts, before) >= 3);
            if lettered { 4 } else { 3 }
        }
    }
}

/// The depth of the last part; 0 for a bare article.
pub(super) fn last_depth(parts: &[Part]) -> u8 {
    parts.len().checked_sub(1).map_or(0, |last| depth(parts, last))
}
