//! What stands at the foot of every page, out of the settings.

use serde::Serialize;

use crate::diagnostic::{Lang, Text};
use crate::handbook::{Handbook, LegalRole};
use crate::theme::Strings;

use super::super::hrefs::Hrefs;
use super::super::page::Page;
use super::super::{SitePath, Volume};
use super::words::DateView;

/// A link at the foot.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LegalView {
    title: String,
    href: String,
    /// The language of the title, where it is not the page's.
    lang: Option<&'static str>,
    /// What the validators of Italian public sites look for, in the attribute `data-element`.
    element: Option<&'static str>,
}

/// Who has paid.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FundingView {
    statement: String,
    /// The language of the words, where it is not the page's.
    lang: Option<&'static str>,
    emblems: Vec<EmblemView>,
}

/// An image with its words.
#[derive(Debug, Clone, Serialize)]
struct EmblemView {
    src: String,
    alternative: String,
}

/// The links at the foot, in the order of the settings.
pub(super) fn legal(hrefs: Hrefs<'_>, lang: Lang, strings: &Strings) -> Vec<LegalView> {
    let volume = hrefs.volume;
    let links = volume.handbook.config.legal.iter().enumerate();
    let view = |(number, link): (usize, &crate::handbook::LegalLink)| {
        let href = hrefs.to_target(volume.links.legal(number)?);
        let words = link.role.map(words_key).map(|key| strings.get(key).to_owned());
        let (title, lang) = match &link.label {
            Some(label) => (label.in_lang(lang).to_owned(), foreign(label, &volume.handbook, lang)),
            None => (words?, None),
        };
        Some(LegalView { title, href, lang, element: link.role.map(element) })
    };
    links.filter_map(view).collect()
}

/// The statement of funding and its emblems.
pub(super) fn funding(hrefs: Hrefs<'_>, lang: Lang) -> Option<FundingView> {
    let volume = hrefs.volume;
    let funding = volume.handbook.config.funding.as_ref()?;
    let emblems = funding.emblems.iter().filter_map(|emblem| {
        let src = hrefs.to_target(volume.links.setting(&emblem.file)?);
        Some(EmblemView { src, alternative: emblem.alternative.in_lang(lang).to_owned() })
    });
    Some(FundingView {
        statement: funding.statement.in_lang(lang).to_owned(),
        lang: foreign(&funding.statement, &volume.handbook, lang),
        emblems: emblems.collect(),
    })
}

/// The day of the handbook's last update, where the page does not show a day of its own.
pub(super) fn updated(volume: &Volume, path: &SitePath, lang: Lang) -> Option<DateView> {
    let own = match volume.pages.get(path) {
        Some(Page::Document(number)) => volume.handbook.documents.get(*number)?.front.updated,
        Some(_) | None => None,
    };
    let handbook = own.is_none().then_some(volume.handbook.updated).flatten();
    handbook.map(|date| DateView::new(date, lang))
}

/// The language of words that are the same in all languages, on a page in another than the handbook's first.
fn foreign(words: &Text, handbook: &Handbook, lang: Lang) -> Option<&'static str> {
    let first = handbook.config.default_language();
    (words.it == words.en && lang != first).then(|| first.tag())
}

/// The key of the theme's words for a role.
fn words_key(role: LegalRole) -> &'static str {
    match role {
        LegalRole::Accessibility => "legal_accessibility",
        LegalRole::Privacy => "legal_privacy",
        LegalRole::LegalNotes => "legal_notes",
        LegalRole::Feedback => "legal_feedback",
    }
}

/// The marks that `pa-website-validator`, the validator of the Italian government, looks for in the `footer`.
fn element(role: LegalRole) -> &'static str {
    match role {
        LegalRole::Accessibility => "accessibility-link",
        LegalRole::Privacy => "privacy-policy-link",
        LegalRole::LegalNotes => "legal-notes",
        LegalRole::Feedback => "report-inefficiency",
    }
}
