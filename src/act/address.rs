//! A place in an act, exactly named.

use std::fmt;

use super::id::ActId;
use super::label::{Letter, Point};
use super::number::Number;

/// A place as somebody asks for it, whether the act has it or not; [`Act::check`](super::Act::check) makes
/// it an [`Address`]. The derived order is the order of an act.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locus {
    /// The article.
    pub article: Number,
    /// The numbered paragraph (*paragrafo*; *comma* in Italian acts); `None` where it has no number.
    pub paragraph: Option<Number>,
    /// The letter; a level that some lists lack.
    pub letter: Option<Letter>,
    /// The point below the letter, or directly below the paragraph.
    pub point: Option<Point>,
    /// The unnumbered subparagraph (*secondo comma*), counted from 1.
    pub subparagraph: Option<u32>,
}

impl Locus {
    /// A whole article.
    pub fn article(number: Number) -> Self {
        Self { article: number, paragraph: None, letter: None, point: None, subparagraph: None }
    }
}

/// The compact form without the act: `3.1.a.ii`, `18.1#2`.
impl fmt::Display for Locus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.article)?;
        if let Some(paragraph) = &self.paragraph {
            write!(f, ".{paragraph}")?;
        }
        if let Some(letter) = &self.letter {
            write!(f, ".{letter}")?;
        }
        if let Some(point) = &self.point {
            write!(f, ".{point}")?;
        }
        if let Some(subparagraph) = self.subparagraph {
            write!(f, "#{subparagraph}")?;
        }
        Ok(())
    }
}

/// A place that its act has. Made only by the act's own queries, so that it is always right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    act: ActId,
    locus: Locus,
}

impl Address {
    /// Only for the queries of `structure`, `nearest` and `series`, which take the place from the data.
    pub(super) fn of(act: &ActId, locus: Locus) -> Self {
        Self { act: act.clone(), locus }
    }

    /// The act.
    pub fn act(&self) -> &ActId {
        &self.act
    }

    /// The place in the act.
    pub fn locus(&self) -> &Locus {
        &self.locus
    }

    /// The number of the article.
    pub fn article(&self) -> Number {
        self.locus.article
    }

    /// Whether this is an article as a whole.
    pub fn is_article(&self) -> bool {
        self.locus == Locus::article(self.locus.article)
    }

    /// The address of the whole article.
    #[must_use]
    pub fn whole_article(&self) -> Self {
        Self::of(&self.act, Locus::article(self.locus.article))
    }

    /// The next wider place: the letter of a point, the paragraph of a letter, the article; `None` for an article.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let mut locus = self.locus.clone();
        let narrowed = locus.subparagraph.take().is_some()
            || locus.point.take().is_some()
            || locus.letter.take().is_some()
            || locus.paragraph.take().is_some();
        narrowed.then(|| Self::of(&self.act, locus))
    }

    /// Whether `other` is this place or lies inside it.
    pub fn covers(&self, other: &Self) -> bool {
        let (a, b) = (&self.locus, &other.locus);
        self.act == other.act
            && a.article == b.article
            && (a.paragraph.is_none() || a.paragraph == b.paragraph)
            && (a.letter.is_none() || a.letter == b.letter)
            && (a.point.is_none() || a.point == b.point)
            && (a.subparagraph.is_none() || a.subparagraph == b.subparagraph)
    }

    /// The article's part of the URL: `art-5`.
    pub fn slug(&self) -> String {
        format!("art-{}", self.locus.article)
    }

    /// The place on the article's page, such as `par-1-lett-a-punto-ii`; `None` for the article itself.
    pub fn anchor(&self) -> Option<String> {
        let locus = &self.locus;
        let parts: Vec<String> = [
            locus.paragraph.map(|paragraph| format!("par-{paragraph}")),
            locus.letter.as_ref().map(|letter| format!("lett-{letter}")),
            locus.point.map(|point| format!("punto-{point}")),
            locus.subparagraph.map(|subparagraph| format!("comma-{subparagraph}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join("-"))
    }
}

/// The compact form: `reg-2014-240:3.1.a.ii`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.act, self.locus)
    }
}
