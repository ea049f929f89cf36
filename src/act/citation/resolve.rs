//! From words and labels to places, with the act's help.

use crate::act::address::{Address, Locus};
use crate::act::data::{Act, CitationStyle, Paragraph};
use crate::act::format::Style;
use crate::act::label::{Letter, Point};
use crate::act::number::Number;
use crate::diagnostic::Code;
use crate::say;

use super::draft::{Draft, Hint, Parsed, Part};
use super::problem::{Problem, unknown_address};
use super::{Cited, Found};

/// The citation as places of this act; `end` is where the act's name ends.
pub(super) fn found(act: &Act, parsed: &Parsed, end: usize) -> Found {
    let style = Style::new(parsed.lang, parsed.form);
    let mut places: Vec<Cited> = Vec::with_capacity(parsed.drafts.len());
    let mut notes = Vec::new();
    for (at, draft) in parsed.drafts.iter().enumerate() {
        let last = at + 1 == parsed.drafts.len();
        let range = draft.range.start..if last { end } else { draft.range.end };
        // A correction is pasted over the range, so it repeats the act's name where the range holds it.
        let named = Style { with_act: last && end > parsed.end, ..style };
        let mut place = Place::new(act, draft.article);
        let address = place.fill(&draft.parts).and_then(|()| {
            act.check(place.locus.clone()).map_err(|error| unknown_address(act, &error, named))
        });
        if let Ok(address) = &address {
            notes.extend(place.note.map(|word| word.problem(act, address, style, draft)));
            if draft.through {
                let between = between(act, places.last(), address);
                let gap = places.last().map_or(range.start, |cited| cited.range.end);
                places.extend(
                    between.into_iter().map(|address| Cited { range: gap..gap, address: Ok(address) }),
                );
            }
        }
        let address = address.map_err(|problem| Problem { range: range.clone(), ..problem });
        places.push(Cited { range, address });
    }
    Found { range: parsed.start..end, named_from: parsed.end, places, notes }
}

/// What a range leaves out: in `13-16`, articles 14 and 15.
fn between(act: &Act, first: Option<&Cited>, last: &Address) -> Vec<Address> {
    let Some(Ok(first)) = first.map(|cited| &cited.address) else {
        return Vec::new();
    };
    let siblings = act.siblings(last);
    let at = |address: &Address| siblings.iter().position(|sibling| sibling == address);
    match (at(first), at(last)) {
        (Some(from), Some(to)) => siblings.get(from + 1..to.max(from + 1)).unwrap_or(&[]).to_vec(),
        (Some(_) | None, _) => Vec::new(),
    }
}

/// The compact form without the act: `3.1.a.ii`, `18.1#2`.
pub(super) fn compact(act: &Act, text: &str) -> Option<Locus> {
    let (levels, subparagraph) = match text.split_once('#') {
        Some((levels, number)) => (levels, Some(number.parse().ok()?)),
        None => (text, None),
    };
    let mut labels = levels.split('.');
    let mut place = Place::new(act, Number::parse(labels.next()?)?);
    for label in labels {
        place.any(label).ok()?;
    }
    place.locus.subparagraph = subparagraph;
    Some(place.locus)
}

/// The word that the act's own rules replace.
#[derive(Debug, Clone, Copy)]
enum Misused {
    /// `comma` for the numbered paragraph of a Union act.
    Comma,
    /// `paragrafo` for the comma of an Italian act.
    Paragraph,
}

impl Misused {
    fn problem(self, act: &Act, address: &Address, style: Style, draft: &Draft) -> Problem {
        let better = act.format(address, style);
        let message = match self {
            Self::Comma if address.locus().subparagraph.is_some() => say!(
                "i commi di questo articolo non hanno numero: si citano con l'ordinale";
                "the subparagraphs of this article have no number: they are cited by their ordinal"
            ),
            Self::Comma => say!(
                "negli atti dell'Unione la parte numerata di un articolo è il `paragrafo`, non il `comma`";
                "in acts of the Union the numbered part of an article is the paragraph (`paragrafo`), not the `comma`"
            ),
            Self::Paragraph => say!(
                "negli atti italiani la parte numerata di un articolo è il `comma`, non il `paragrafo`";
                "in Italian acts the numbered part of an article is the `comma`, not the paragraph (`paragrafo`)"
            ),
        };
        Problem {
            code: Code::CitationStyle,
            message,
            help: Some(say!("scrivi `{better}`"; "write `{better}`")),
            range: draft.range.clone(),
        }
    }
}

/// A place while its labels come in.
struct Place<'a> {
    act: &'a Act,
    locus: Locus,
    note: Option<Misused>,
}

impl<'a> Place<'a> {
    fn new(act: &'a Act, article: Number) -> Self {
        Self { act, locus: Locus::article(article), note: None }
    }

    fn fill(&mut self, parts: &[Part]) -> Result<(), Problem> {
        parts.iter().try_for_each(|part| self.part(part))
    }

    fn part(&mut self, part: &Part) -> Result<(), Problem> {
        let label = part.label.as_str();
        match part.hint {
            Hint::Paragraph => {
                if self.act.style == CitationStyle::Italian {
                    self.note = Some(Misused::Paragraph);
                }
                self.paragraph(label)
            }
            Hint::Ordinal => self.ordinal(label),
            Hint::Comma => self.comma(label),
            Hint::Subparagraph => self.subparagraph(label),
            Hint::Letter => self.letter(label),
            Hint::Point => self.point(label),
            Hint::Any => self.any(label),
        }
    }

    fn numbered(&self) -> bool {
        self.act.article(self.locus.article).is_none_or(|article| article.is_numbered())
    }

    /// The paragraph that the place names so far.
    fn here(&self) -> Option<&'a Paragraph> {
        let article = self.act.article(self.locus.article)?;
        article.paragraphs.iter().find(|paragraph| paragraph.number == self.locus.paragraph)
    }

    fn paragraph(&mut self, label: &str) -> Result<(), Problem> {
        self.locus.paragraph = Some(Number::parse(label).ok_or_else(|| Problem::unreadable(label))?);
        Ok(())
    }

    /// Whether the article has paragraphs, and none of them a number.
    fn unnumbered(&self) -> bool {
        !self.numbered() && self.here().is_some_and(|paragraph| paragraph.subparagraphs > 0)
    }

    fn ordinal(&mut self, label: &str) -> Result<(), Problem> {
        if self.act.style == CitationStyle::Italian {
            self.note = Some(Misused::Paragraph);
        }
        if self.unnumbered() { self.subparagraph(label) } else { self.paragraph(label) }
    }

    fn comma(&mut self, label: &str) -> Result<(), Problem> {
        if self.act.style != CitationStyle::Italian {
            self.note = Some(Misused::Comma);
        }
        if self.unnumbered() { self.subparagraph(label) } else { self.paragraph(label) }
    }

    fn subparagraph(&mut self, label: &str) -> Result<(), Problem> {
        // In an Italian act with numbered commas, `secondo comma` is comma 2.
        if self.act.style == CitationStyle::Italian && self.locus.paragraph.is_none() && self.numbered() {
            return self.paragraph(label);
        }
        self.locus.subparagraph = Some(label.parse().map_err(|_| Problem::unreadable(label))?);
        Ok(())
    }

    fn letter(&mut self, label: &str) -> Result<(), Problem> {
        self.locus.letter = Some(Letter::parse(label).ok_or_else(|| Problem::unreadable(label))?);
        Ok(())
    }

    /// `punto ii)`; also `punto a)`, as some translations call a letter.
    fn point(&mut self, label: &str) -> Result<(), Problem> {
        let is_letter = self.locus.letter.is_none()
            && Letter::parse(label)
                .is_some_and(|letter| self.here().is_some_and(|here| here.letter(&letter).is_some()));
        match Point::parse(label) {
            Some(point) if !is_letter => {
                self.locus.point = Some(point);
                Ok(())
            }
            Some(_) | None if self.locus.letter.is_none() => self.letter(label),
            Some(_) | None => Err(Problem::unreadable(label)),
        }
    }

    /// A label whose level only the act can tell.
    fn any(&mut self, label: &str) -> Result<(), Problem> {
        let locus = &self.locus;
        let first = locus.paragraph.is_none() && locus.letter.is_none() && locus.point.is_none();
        if label.starts_with(|c: char| c.is_ascii_digit()) {
            let direct =
                first && !self.numbered() && self.here().is_some_and(|here| !here.points().is_empty());
            return if first && !direct { self.paragraph(label) } else { self.point(label) };
        }
        if locus.letter.is_some() {
            return self.point(label);
        }
        let points = self.here().map_or(&[][..], Paragraph::points);
        match Point::parse(label) {
            Some(point) if points.contains(&point) || Letter::parse(label).is_none() => {
                self.locus.point = Some(point);
                Ok(())
            }
            Some(_) | None => self.letter(label),
        }
    }
}
