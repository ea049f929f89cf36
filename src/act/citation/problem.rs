//! What is wrong with a citation, and the citation that was meant.

use std::ops::Range;

use crate::act::data::{Act, CitationStyle};
use crate::act::format::{Form, Style, place};
use crate::act::number::Number;
use crate::act::structure::{AddressError, Existing, Level};
use crate::diagnostic::{Code, Diagnostic, Lang, Text};
use crate::say;
use crate::yaml::Date;

/// What is wrong with a citation, for whoever knows the file in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `CitationStyle` is a warning, every other code an error.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// A citation that works when pasted, in the language and length of the one that was typed.
    pub help: Option<Text>,
    /// Byte range in the text that was read.
    pub range: Range<usize>,
}

impl Problem {
    /// The problem as a diagnostic, still without its place in a file.
    pub fn into_diagnostic(self) -> Diagnostic {
        let is_warning = self.code == Code::CitationStyle;
        let make = if is_warning { Diagnostic::warning } else { Diagnostic::error };
        make(self.code, self.message).help_opt(self.help)
    }

    /// A label that no level has.
    pub(super) fn unreadable(label: &str) -> Self {
        Self {
            code: Code::InvalidCitation,
            message: say!("`{label}` non indica nessuna parte di un articolo"; "`{label}` names no part of an article"),
            help: None,
            range: 0..0,
        }
    }
}

/// A citation of a place that the act does not have; the help has the act's name if `style` has it.
pub(super) fn unknown_address(act: &Act, error: &AddressError, style: Style) -> Problem {
    let asked = place(&error.asked, act.style, style);
    let mut message = match lost_since(act, error) {
        Some(day) => say!(
            "`{asked}` non esiste più: c'era fino alla versione dell'atto in vigore dal {day}; ora ";
            "`{asked}` no longer exists: it was there until the version of the act in force from {day}; now "
        ),
        None => say!("`{asked}` non esiste: "; "`{asked}` does not exist: "),
    };
    let plain = Style { with_act: false, ..style };
    let reason = reason(act, error, plain);
    message.it.push_str(&reason.it);
    message.en.push_str(&reason.en);
    let nearest = error.nearest.as_ref().filter(|_| !is_unlisted(act, error));
    let help = nearest.map(|nearest| correction(act, error, &act.format(nearest, style)));
    Problem { code: Code::UnknownAddress, message, help, range: 0..0 }
}

/// What a partial file does not list may well exist: nothing nearby is meant, and nothing is gone.
fn is_unlisted(act: &Act, error: &AddressError) -> bool {
    act.partial && error.level == Level::Article
}

fn lost_since(act: &Act, error: &AddressError) -> Option<Date> {
    act.lost_since(&error.asked).filter(|_| !is_unlisted(act, error))
}

/// What to write in place of a citation that leads nowhere; `better` is the nearest that leads somewhere.
pub(super) fn correction(act: &Act, error: &AddressError, better: &str) -> Text {
    match lost_since(act, error) {
        // What is near may speak of something else.
        Some(_) => say!(
            "leggi nella nuova versione che cosa ne è stato: cita il punto che ne ha preso il posto (il più vicino è `{better}`), oppure togli la citazione";
            "read in the new version what became of it: cite the place that has taken its place (the nearest is `{better}`), or remove the citation"
        ),
        None => say!("scrivi `{better}`"; "write `{better}`"),
    }
}

/// What the act has instead.
fn reason(act: &Act, error: &AddressError, style: Style) -> Text {
    let parent = error.parent.as_ref().map(|parent| act.format(parent, style)).unwrap_or_default();
    match &error.existing {
        Existing::Articles(numbers) if act.partial => listed(act, numbers),
        Existing::Articles(numbers) => articles(act, numbers.len()),
        Existing::Paragraphs(numbers) => {
            let span = span(numbers, |number| number.to_string());
            let (one, many) = paragraph_words(act.style);
            match error.level {
                Level::Article | Level::Paragraph if numbers.len() == 1 => say!(
                    "`{parent}` ha un solo {one} numerato ({span})";
                    "`{parent}` has one numbered paragraph ({span})"
                ),
                Level::Article | Level::Paragraph => {
                    let count = numbers.len();
                    say!(
                        "`{parent}` ha {count} {many} ({span})";
                        "`{parent}` has {count} paragraphs ({span})"
                    )
                }
                Level::Subparagraph | Level::Letter | Level::Point => say!(
                    "`{parent}` è diviso in {many} ({span}), e bisogna dire quale";
                    "`{parent}` is divided into paragraphs ({span}), and the citation must say which"
                ),
            }
        }
        Existing::Subparagraphs(count) => {
            say!("`{parent}` ha {count} commi senza numero"; "`{parent}` has {count} unnumbered subparagraphs")
        }
        Existing::Letters(letters) => {
            let span =
                Text { it: span(letters, |l| format!("{l})")), en: span(letters, |l| format!("({l})")) };
            below(act.style, error.level, Level::Letter, &parent, &span)
        }
        Existing::Points(points) => {
            let span = Text { it: span(points, |p| format!("{p})")), en: span(points, |p| format!("({p})")) };
            below(act.style, error.level, Level::Point, &parent, &span)
        }
        Existing::Nothing if error.level == Level::Paragraph => {
            let (_, many) = paragraph_words(act.style);
            say!("`{parent}` non ha {many} numerati"; "`{parent}` has no numbered paragraphs")
        }
        Existing::Nothing => {
            let (it, en) = words(error.level, act.style);
            say!("`{parent}` non ha {it}"; "`{parent}` has no {en}")
        }
    }
}

fn articles(act: &Act, count: usize) -> Text {
    let name = Text {
        it: act.name(Lang::It, Form::Short).to_owned(),
        en: act.name(Lang::En, Form::Short).to_owned(),
    };
    let mut text = match count {
        1 => say!(" ha un solo articolo"; " has one article"),
        _ => say!(" ha {count} articoli"; " has {count} articles"),
    };
    text.it.insert_str(0, &name.it);
    text.en.insert_str(0, &name.en);
    text
}

/// The file lists only some articles.
fn listed(act: &Act, numbers: &[Number]) -> Text {
    let (it, en) = (act.name(Lang::It, Form::Short), act.name(Lang::En, Form::Short));
    let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    let numbers = numbers.join(", ");
    say!("di {it} il manuale conosce solo gli articoli {numbers}"; "of {en} the handbook knows only articles {numbers}")
}

/// The parent has letters or points, and they are not what was asked for.
fn below(style: CitationStyle, asked: Level, has: Level, parent: &str, span: &Text) -> Text {
    let (asked_it, asked_en) = words(asked, style);
    let (has_it, has_en) = words(has, style);
    let (it, en) = (&span.it, &span.en);
    if asked == has {
        return say!("`{parent}` ha {has_it} {it}"; "`{parent}` has {has_en} {en}");
    }
    if asked == Level::Point {
        return say!(
            "`{parent}` ha {has_it} {it}, e bisogna dire quale";
            "`{parent}` has {has_en} {en}, and the citation must say which"
        );
    }
    say!("`{parent}` non ha {asked_it}, ma {has_it} {it}"; "`{parent}` has no {asked_en}, but {has_en} {en}")
}

/// What Italian calls the numbered parts of an article: paragraphs in the acts of the Union, *commi* in those of Italy.
fn paragraph_words(style: CitationStyle) -> (&'static str, &'static str) {
    match style {
        CitationStyle::Eu => ("paragrafo", "paragrafi"),
        CitationStyle::Italian => ("comma", "commi"),
    }
}

fn words(level: Level, style: CitationStyle) -> (&'static str, &'static str) {
    match (level, style) {
        (Level::Article, _) => ("articoli", "articles"),
        (Level::Paragraph, CitationStyle::Eu) => ("paragrafi numerati", "numbered paragraphs"),
        (Level::Paragraph, CitationStyle::Italian) => ("commi numerati", "numbered paragraphs"),
        (Level::Subparagraph, _) => ("commi distinti", "distinct subparagraphs"),
        (Level::Letter, _) => ("lettere", "letters"),
        (Level::Point, CitationStyle::Eu) => ("punti", "points"),
        (Level::Point, CitationStyle::Italian) => ("numeri", "points"),
    }
}

/// `1–4`, `a)–d)`, or the only one.
fn span<T>(labels: &[T], show: impl Fn(&T) -> String) -> String {
    match labels {
        [] => String::new(),
        [only] => show(only),
        [first, .., last] => format!("{}–{}", show(first), show(last)),
    }
}
