//! Several places at once: `artt. 13-16`, `art. 3, par. 1, lett. a), b) e c)`.

use crate::diagnostic::Lang;

use super::address::{Address, Locus};
use super::data::Act;
use super::format::{Form, Style, place};
use super::structure::Level;
use super::words::LevelWords;

/// From this many neighbours on, a range reads better than a list.
const RANGE: usize = 3;

impl Act {
    /// The places beside an address under the same parent, itself among them, in the order of the act.
    pub fn siblings(&self, address: &Address) -> Vec<Address> {
        let Some(article) = self.article(address.article()) else {
            return Vec::new();
        };
        if address.is_article() {
            let numbers = self.articles.iter().map(|article| article.number);
            return numbers.map(|number| Address::of(&self.id, Locus::article(number))).collect();
        }
        let level = address.level();
        let parent = address.parent();
        self.addresses_of(article)
            .into_iter()
            .filter(|other| other.level() == level && other.parent() == parent)
            .collect()
    }
}

impl Address {
    /// The narrowest level that it names.
    pub fn level(&self) -> Level {
        let locus = self.locus();
        if locus.subparagraph.is_some() {
            Level::Subparagraph
        } else if locus.point.is_some() {
            Level::Point
        } else if locus.letter.is_some() {
            Level::Letter
        } else if locus.paragraph.is_some() {
            Level::Paragraph
        } else {
            Level::Article
        }
    }
}

/// Cuts sorted addresses into groups that one list can hold: same level, same parent.
pub(super) fn groups(sorted: &[Address]) -> Vec<&[Address]> {
    sorted
        .chunk_by(|a, b| {
            a.level() == b.level() && a.level() != Level::Subparagraph && a.parent() == b.parent()
        })
        .collect()
}

/// One group as a citation without the act's name.
pub(super) fn text(act: &Act, group: &[Address], style: Style) -> String {
    let Some(first) = group.first() else {
        return String::new();
    };
    if group.len() == 1 {
        return place(first.locus(), act.style, style);
    }
    let level = first.level();
    let words = LevelWords::of(level, act.style, style.lang, style.form);
    let items = items(act, group, style);
    match (first.parent(), style.lang) {
        (None, Lang::It | Lang::En) => format!("{} {items}", words.many),
        (Some(parent), Lang::It) => {
            format!("{}, {} {items}", place(parent.locus(), act.style, style), words.many)
        }
        (Some(parent), Lang::En) => format!("{}{items}", place(parent.locus(), act.style, style)),
    }
}

fn items(act: &Act, group: &[Address], style: Style) -> String {
    let siblings = group.first().map(|first| act.siblings(first)).unwrap_or_default();
    let at = |address: &Address| siblings.iter().position(|sibling| sibling == address).unwrap_or(usize::MAX);
    let mut items = Vec::new();
    for run in group.chunk_by(|a, b| at(a).checked_add(1) == Some(at(b))) {
        if let (true, [first, .., last]) = (run.len() >= RANGE, run) {
            items.push(range(&label(first, style.lang), &label(last, style.lang), first.level(), style));
        } else {
            items.extend(run.iter().map(|address| label(address, style.lang)));
        }
    }
    let and = match style.lang {
        Lang::It => " e ",
        Lang::En => " and ",
    };
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
        None => String::new(),
    }
}

fn range(first: &str, last: &str, level: Level, style: Style) -> String {
    match (style.lang, style.form) {
        (Lang::It, Form::Full) => format!("da {first} a {last}"),
        (Lang::En, Form::Short) if level == Level::Article => format!("{first}-{last}"),
        (Lang::It, Form::Short) => format!("{first}-{last}"),
        (Lang::En, Form::Full | Form::Short) => format!("{first} to {last}"),
    }
}

fn label(address: &Address, lang: Lang) -> String {
    let locus = address.locus();
    let bare = match address.level() {
        Level::Article => return locus.article.to_string(),
        Level::Paragraph => locus.paragraph.map(|paragraph| paragraph.to_string()),
        Level::Subparagraph => locus.subparagraph.map(|number| number.to_string()),
        Level::Letter => locus.letter.as_ref().map(ToString::to_string),
        Level::Point => locus.point.map(|point| point.to_string()),
    }
    .unwrap_or_default();
    match (lang, address.level()) {
        (Lang::En, _) => format!("({bare})"),
        (Lang::It, Level::Paragraph) => bare,
        (Lang::It, Level::Article | Level::Subparagraph | Level::Letter | Level::Point) => format!("{bare})"),
    }
}
