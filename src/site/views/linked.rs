//! What a page says of itself to machines, as JSON-LD in the words of schema.org.
//!
//! It says nothing that the handbook does not: what is not known is left out.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::act::{Act, ActId, Address, Article, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Document, Kind, Status, Term};

use super::super::{SitePath, Volume};

/// A page of the handbook, or the handbook.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Work<'s> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Organization<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Work<'s>>>,
    /// For a guideline: the acts that it implements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<Legislation<'s>>,
    /// For other documents: the acts that they are about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Legislation<'s>>,
}

#[derive(Debug, Serialize)]
struct Organization<'s> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    name: &'s str,
}

/// An act, or an article of one.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Legislation<'s> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    of_type: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_identifier: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Legislation<'s>>>,
    /// The page of the handbook about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<String>,
}

const CONTEXT: &str = "https://schema.org";

/// What a document's page says of itself.
pub(super) fn of_document(volume: &Volume, path: &SitePath, document: &Document) -> String {
    let handbook = &volume.handbook;
    let common = Work {
        context: Some(CONTEXT),
        url: address(volume, path),
        description: document.front.description.as_deref(),
        in_language: Some(document.lang.tag()),
        date_modified: document.front.updated.map(|date| date.to_string()),
        license: handbook.config.licence.as_ref().map(|licence| licence.url.as_str()),
        publisher: publisher(volume),
        ..Work::default()
    };
    if *path == SitePath::page("") {
        return block(&Work { of_type: "WebSite", name: &handbook.title, ..common });
    }
    let acts = acts_of(volume, document);
    let (is_based_on, about) = match document.kind() {
        Kind::Guideline => (acts, Vec::new()),
        Kind::Practice | Kind::Tool | Kind::Indicator | Kind::Page => (Vec::new(), acts),
    };
    block(&Work {
        of_type: match document.kind() {
            Kind::Guideline | Kind::Practice | Kind::Tool | Kind::Indicator => "TechArticle",
            Kind::Page => "WebPage",
        },
        name: &document.title,
        identifier: document.id().map(|id| id.as_str()),
        version: document.front.version.as_deref(),
        creative_work_status: document.front.status.and_then(status),
        is_part_of: Some(Box::new(whole(volume))),
        is_based_on,
        about,
        ..common
    })
}

/// What the page of an act says of it.
pub(super) fn of_act(volume: &Volume, path: &SitePath, act: &Act, lang: Lang) -> String {
    let page = address(volume, path);
    block(&Legislation { context: Some(CONTEXT), main_entity_of_page: page, ..legislation(act, lang) })
}

/// What the page of an article says of it. A title or a link that nobody has checked is left out.
pub(super) fn of_article(
    volume: &Volume,
    path: &SitePath,
    act: &Act,
    (article, whole): (&Article, &Address),
    lang: Lang,
) -> String {
    let title = article.title.as_ref().filter(|_| !article.unverified.title(lang));
    block(&Legislation {
        context: Some(CONTEXT),
        of_type: "Legislation",
        name: act.format(whole, Style::new(lang, Form::Full).with_act()),
        alternate_name: title.map(|title| title.in_lang(lang)),
        same_as: act.links.article(article.number, lang).filter(|_| !act.links.article_unverified),
        is_part_of: Some(Box::new(legislation(act, lang))),
        main_entity_of_page: address(volume, path),
        ..Legislation::default()
    })
}

/// What the glossary says of itself. Its terms are on the page: a second time they would double its weight.
pub(super) fn of_glossary(volume: &Volume, path: &SitePath, title: &str, lang: Lang) -> String {
    block(&Work {
        context: Some(CONTEXT),
        of_type: "DefinedTermSet",
        url: address(volume, path),
        name: title,
        in_language: Some(lang.tag()),
        license: volume.handbook.config.licence.as_ref().map(|licence| licence.url.as_str()),
        is_part_of: Some(Box::new(whole(volume))),
        ..Work::default()
    })
}

/// A term of the glossary.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DefinedTerm<'s> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    of_type: &'static str,
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<&'s str>,
    description: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    in_language: &'static str,
    in_defined_term_set: Work<'s>,
}

/// What a term's own page says of it.
pub(super) fn of_term(volume: &Volume, path: &SitePath, term: &Term, lang: Lang) -> String {
    block(&DefinedTerm {
        context: CONTEXT,
        of_type: "DefinedTerm",
        name: &term.name,
        alternate_name: term.acronym.as_deref().filter(|acronym| *acronym != term.name),
        description: &term.definition,
        url: address(volume, path),
        in_language: lang.tag(),
        in_defined_term_set: Work {
            of_type: "DefinedTermSet",
            name: volume.theme.strings(lang).get("glossary"),
            url: address(volume, &volume.pages.glossary()),
            ..Work::default()
        },
    })
}

/// A value as the text of a script element: without a `<`, nothing in it can end the element.
fn block(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

fn address(volume: &Volume, path: &SitePath) -> Option<String> {
    volume.base_url.as_ref().map(|base| format!("{base}{}", path.url()))
}

/// The handbook as that of which a page is a part.
fn whole(volume: &Volume) -> Work<'_> {
    Work { of_type: "WebSite", name: &volume.handbook.title, url: volume.base_url.clone(), ..Work::default() }
}

fn publisher(volume: &Volume) -> Option<Organization<'_>> {
    let name = volume.handbook.config.publisher.as_deref()?;
    Some(Organization { of_type: "Organization", name })
}

/// The statuses that warn. `approved` is a claim of the handbook, which its page puts into the handbook's own words.
fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Draft => Some("Draft"),
        Status::Consultation => Some("In consultation"),
        Status::Approved => None,
        Status::Superseded => Some("Superseded"),
        Status::Withdrawn => Some("Withdrawn"),
    }
}

/// The acts that a document is about, each once, in the order of the handbook.
fn acts_of<'s>(volume: &'s Volume, document: &Document) -> Vec<Legislation<'s>> {
    let named: BTreeSet<&ActId> = document.front.articles.iter().map(|(address, _)| address.act()).collect();
    let acts = volume.handbook.acts.iter().filter(|act| named.contains(&act.id));
    acts.map(|act| legislation(act, document.lang)).collect()
}

fn legislation(act: &Act, lang: Lang) -> Legislation<'_> {
    Legislation {
        of_type: "Legislation",
        name: act.name(lang, Form::Full).to_owned(),
        legislation_identifier: act.eli.as_deref().or(act.celex.as_deref()),
        legislation_date: act.dates.adopted.map(|day| day.to_string()),
        same_as: act.links.act(lang),
        ..Legislation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_block_and_every_text_survives_it() {
        let title = "</script><!-- \"virgolette\" & 'apici' \u{2028}";
        let text = block(&Work { of_type: "WebPage", name: title, ..Work::default() });
        assert!(!text.contains('<'), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["name"], title);
    }
}
