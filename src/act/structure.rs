//! What an act has: the way from a place that somebody asks for to an [`Address`].

use super::address::{Address, Locus};
use super::data::{Act, Article, Paragraph};
use super::label::{Letter, Point};
use super::number::Number;

/// A level of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The article.
    Article,
    /// The numbered paragraph.
    Paragraph,
    /// The unnumbered subparagraph.
    Subparagraph,
    /// The letter.
    Letter,
    /// The point, roman or arabic.
    Point,
}

/// Why an act does not have a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    /// What was asked for.
    pub asked: Locus,
    /// The level at which the way ends.
    pub level: Level,
    /// The last place on the way that the act has; `None` where there is no such article.
    pub parent: Option<Address>,
    /// What the act has there instead.
    pub existing: Existing,
    /// The nearest place that the act has; `None` only for an act without articles.
    pub nearest: Option<Address>,
}

/// What an act has where something else was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existing {
    /// Articles.
    Articles(Vec<Number>),
    /// Numbered paragraphs.
    Paragraphs(Vec<Number>),
    /// This many subparagraphs.
    Subparagraphs(u32),
    /// Letters.
    Letters(Vec<Letter>),
    /// Points.
    Points(Vec<Point>),
    /// Nothing narrower.
    Nothing,
}

impl Act {
    /// The article with this number.
    pub fn article(&self, number: Number) -> Option<&Article> {
        self.articles.iter().find(|article| article.number == number)
    }

    /// Every address, in the order of the act.
    pub fn addresses(&self) -> Vec<Address> {
        self.articles.iter().flat_map(|article| self.addresses_of(article)).collect()
    }

    /// Every address of one article, itself first.
    pub fn addresses_of(&self, article: &Article) -> Vec<Address> {
        let whole = Locus::article(article.number);
        let mut all = vec![whole.clone()];
        for paragraph in &article.paragraphs {
            let here = Locus { paragraph: paragraph.number, ..whole.clone() };
            if paragraph.number.is_some() {
                all.push(here.clone());
            }
            all.extend(inside(paragraph, &here));
        }
        all.into_iter().map(|locus| Address::of(&self.id, locus)).collect()
    }

    /// Whether the act has this address.
    pub fn contains(&self, address: &Address) -> bool {
        *address.act() == self.id && self.check(address.locus().clone()).is_ok()
    }

    /// The address of a place.
    ///
    /// # Errors
    /// Where the act does not have it: what it has instead.
    pub fn check(&self, place: Locus) -> Result<Address, Box<AddressError>> {
        match self.missing(&place) {
            None => Ok(Address::of(&self.id, place)),
            Some((level, parent, existing)) => Err(Box::new(AddressError {
                nearest: self.nearest(&place, level),
                asked: place,
                level,
                parent: parent.map(|locus| Address::of(&self.id, locus)),
                existing,
            })),
        }
    }

    fn missing(&self, place: &Locus) -> Option<(Level, Option<Locus>, Existing)> {
        let Some(article) = self.article(place.article) else {
            let numbers = self.articles.iter().map(|article| article.number).collect();
            return Some((Level::Article, None, Existing::Articles(numbers)));
        };
        let mut way = Locus::article(article.number);
        let Some(paragraph) = article.paragraphs.iter().find(|known| known.number == place.paragraph) else {
            // A numbered article, asked for as a whole.
            if *place == way {
                return None;
            }
            let level = first_level(place);
            return Some((level, Some(way), paragraphs_of(article)));
        };
        way.paragraph = paragraph.number;
        missing_inside(paragraph, place, way).map(|(level, way, existing)| (level, Some(way), existing))
    }
}

/// The widest level below the article that a place names.
fn first_level(place: &Locus) -> Level {
    if place.paragraph.is_some() {
        Level::Paragraph
    } else if place.letter.is_some() {
        Level::Letter
    } else if place.point.is_some() {
        Level::Point
    } else {
        Level::Subparagraph
    }
}

fn paragraphs_of(article: &Article) -> Existing {
    let numbers: Vec<_> = article.paragraphs.iter().filter_map(|paragraph| paragraph.number).collect();
    if numbers.is_empty() {
        article.paragraphs.first().map_or(Existing::Nothing, list_of)
    } else {
        Existing::Paragraphs(numbers)
    }
}

/// What stands directly below a paragraph.
fn list_of(paragraph: &Paragraph) -> Existing {
    if !paragraph.letters().is_empty() {
        Existing::Letters(paragraph.letters().iter().map(|item| item.letter.clone()).collect())
    } else if !paragraph.points().is_empty() {
        Existing::Points(paragraph.points().to_vec())
    } else {
        Existing::Nothing
    }
}

fn missing_inside(paragraph: &Paragraph, place: &Locus, mut way: Locus) -> Option<(Level, Locus, Existing)> {
    if let Some(subparagraph) = place.subparagraph {
        let count = paragraph.subparagraphs;
        // The data do not say in which subparagraph a list stands.
        let alone = place.letter.is_none() && place.point.is_none();
        if !alone || subparagraph == 0 || subparagraph > count {
            let existing =
                if alone && count > 0 { Existing::Subparagraphs(count) } else { list_of(paragraph) };
            return Some((Level::Subparagraph, way, existing));
        }
    }
    let points = match &place.letter {
        None if place.point.is_some() && paragraph.points().is_empty() => {
            return Some((Level::Point, way, list_of(paragraph)));
        }
        None => paragraph.points(),
        Some(letter) => {
            let Some(item) = paragraph.letter(letter) else {
                return Some((Level::Letter, way, list_of(paragraph)));
            };
            way.letter = Some(letter.clone());
            &item.points
        }
    };
    let point = place.point?;
    if points.contains(&point) {
        return None;
    }
    let existing = if points.is_empty() { Existing::Nothing } else { Existing::Points(points.to_vec()) };
    Some((Level::Point, way, existing))
}

/// The places inside a paragraph, in order.
fn inside(paragraph: &Paragraph, here: &Locus) -> Vec<Locus> {
    let mut all: Vec<Locus> = (1..=paragraph.subparagraphs)
        .map(|number| Locus { subparagraph: Some(number), ..here.clone() })
        .collect();
    for item in paragraph.letters() {
        let letter = Locus { letter: Some(item.letter.clone()), ..here.clone() };
        all.push(letter.clone());
        all.extend(item.points.iter().map(|point| Locus { point: Some(*point), ..letter.clone() }));
    }
    all.extend(paragraph.points().iter().map(|point| Locus { point: Some(*point), ..here.clone() }));
    all
}
