//! The place that somebody most likely meant.

use super::address::{Address, Locus};
use super::data::{Act, Article, Paragraph};
use super::label::{Letter, Point};
use super::number::Number;
use super::structure::Level;

impl Act {
    /// The nearest place to one that the act lacks; `level` is where the way ends.
    pub(super) fn nearest(&self, asked: &Locus, level: Level) -> Option<Address> {
        let locus = match level {
            Level::Article => Locus::article(nearest_number(
                asked.article,
                self.articles.iter().map(|article| article.number),
            )?),
            Level::Paragraph | Level::Subparagraph | Level::Letter | Level::Point => {
                in_article(self.article(asked.article)?, asked)
            }
        };
        Some(Address::of(&self.id, locus))
    }
}

/// The number below what was asked for, or else the first.
fn nearest_number(asked: Number, existing: impl Iterator<Item = Number> + Clone) -> Option<Number> {
    existing.clone().filter(|number| *number <= asked).max().or_else(|| existing.min())
}

fn in_article(article: &Article, asked: &Locus) -> Locus {
    let numbers = || article.paragraphs.iter().filter_map(|paragraph| paragraph.number);
    let wanted = match asked.paragraph {
        Some(number) if article.is_numbered() => nearest_number(number, numbers()),
        None if article.is_numbered() => holder(article, asked),
        // An article without numbers has one paragraph.
        Some(_) | None => None,
    };
    let paragraph = article.paragraphs.iter().find(|paragraph| paragraph.number == wanted);
    // After a wrong paragraph number, only what that paragraph really has is worth a guess.
    paragraph
        .and_then(|paragraph| in_paragraph(paragraph, asked))
        .unwrap_or_else(|| Locus { paragraph: wanted, ..Locus::article(article.number) })
}

/// Letters without a paragraph: the paragraph that has them, and the one that `secondo comma` may mean before others.
fn holder(article: &Article, asked: &Locus) -> Option<Number> {
    let has = |paragraph: &&Paragraph, with_subparagraph: bool| {
        in_paragraph(paragraph, asked).is_some_and(|locus| {
            locus.letter == asked.letter
                && locus.point == asked.point
                && (!with_subparagraph || locus.subparagraph == asked.subparagraph)
        })
    };
    let counted = asked.subparagraph.map(Number::plain);
    let paragraphs = || article.paragraphs.iter();
    let found = paragraphs()
        .find(|paragraph| has(paragraph, true))
        .or_else(|| paragraphs().find(|paragraph| paragraph.number == counted && has(paragraph, false)))
        .or_else(|| paragraphs().find(|paragraph| has(paragraph, false)))
        .or_else(|| paragraphs().find(|paragraph| counted.is_some() && paragraph.number == counted));
    found.and_then(|paragraph| paragraph.number)
}

/// The nearest place in one paragraph; `None` where it has nothing of the kind.
fn in_paragraph(paragraph: &Paragraph, asked: &Locus) -> Option<Locus> {
    let here = Locus { paragraph: paragraph.number, ..Locus::article(asked.article) };
    if let Some(letter) = &asked.letter {
        return below_letter(paragraph, asked, letter, here);
    }
    if let Some(point) = asked.point {
        if paragraph.points().contains(&point) {
            return Some(Locus { point: Some(point), ..here });
        }
        let holder = paragraph.letters().iter().find(|item| item.points.contains(&point));
        let letter = holder.map(|item| Locus {
            letter: Some(item.letter.clone()),
            point: Some(point),
            ..here.clone()
        });
        return letter.or_else(|| paragraph.points().last().map(|last| Locus { point: Some(*last), ..here }));
    }
    let last = paragraph.subparagraphs;
    asked
        .subparagraph
        .filter(|_| last > 0)
        .map(|number| Locus { subparagraph: Some(number.clamp(1, last)), ..here })
}

/// `n. 2` where the points are Roman is the second; else the last.
fn near_point(points: &[Point], asked: Point) -> Option<Point> {
    let counted = match asked {
        Point::Number(number) => (number.value() as usize).checked_sub(1).and_then(|at| points.get(at)),
        Point::Roman(value) => usize::from(value).checked_sub(1).and_then(|at| points.get(at)),
    };
    counted.or_else(|| points.last()).copied()
}

fn below_letter(paragraph: &Paragraph, asked: &Locus, letter: &Letter, here: Locus) -> Option<Locus> {
    let letters = paragraph.letters();
    let item = letters.iter().rev().find(|item| item.letter <= *letter).or_else(|| letters.first());
    if let Some(item) = item {
        let point = asked.point.filter(|point| item.letter == *letter && item.points.contains(point));
        let near =
            asked.point.filter(|_| item.letter == *letter).and_then(|point| near_point(&item.points, point));
        return Some(Locus { letter: Some(item.letter.clone()), point: point.or(near), ..here });
    }
    // A letter where there are points: `lett. i)` is point i), `lett. b)` the second one.
    let points = paragraph.points();
    let same = points.iter().find(|point| point.to_string() == letter.as_str());
    let point = same.or_else(|| points.get(letter.index())).or_else(|| points.last())?;
    Some(Locus { point: Some(*point), ..here })
}
