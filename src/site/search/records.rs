//! The records of all pages: documents, acts and their articles, the entries of the glossary, and the pages that the
//! program makes. Lists of what stands elsewhere (what concerns somebody, the data) have none.
#![cfg_attr(not(feature = "search"), expect(dead_code, reason = "only the index reads the records"))]

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::act::{Act, Address, Article, Form, Number, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Document, Kind, Status};
use crate::markdown::passages;
use crate::site::concerns::Facet;
use crate::site::page::Page;
use crate::site::views::{article_title, kind_key, short_title, status_label};
use crate::site::{SitePath, Volume};

use super::KINDS;
use super::record::{Heading, Part, Record};

/// The records, in the order of the paths.
pub(super) fn records(volume: &Volume) -> Vec<Record> {
    let pages: Vec<_> = volume.pages.iter().collect();
    pages.par_iter().filter_map(|(path, page)| record(volume, path, page)).collect()
}

fn record(volume: &Volume, path: &SitePath, page: &Page) -> Option<Record> {
    match page {
        Page::Document(number) => Some(of_document(volume, path, volume.handbook.documents.get(*number)?)),
        Page::Act(number) => Some(of_act(volume, path, volume.handbook.acts.iter().nth(*number)?)),
        Page::Article { act, article } => {
            of_article(volume, path, *act, volume.handbook.acts.iter().nth(*act)?, *article)
        }
        Page::Term(number) => of_term(volume, path, *number),
        Page::Acts => Some(made(volume, path, "acts", "acts_description")),
        Page::Glossary => Some(made(volume, path, "glossary", "glossary_description")),
        Page::Coverage => Some(made(volume, path, "coverage", "coverage_description")),
        Page::Editions => Some(made(volume, path, "editions", "editions_description")),
        Page::Cycle => Some(made(volume, path, "cycle", "cycle_description")),
        Page::Concerns => Some(made(volume, path, "concerns", "concerns_description")),
        Page::AnalyticIndex => Some(made(volume, path, "analytic_index", "analytic_index_description")),
        Page::DataIndex => Some(made(volume, path, "data_page", "data_page_description")),
        Page::ActivityLines => Some(of_activity_lines(volume, path)),
        Page::Section(_)
        | Page::WholeAct(_)
        | Page::Data(_)
        | Page::Concern { .. }
        | Page::Filter
        | Page::Search
        | Page::Print
        | Page::Changes
        | Page::EditionsFeed
        | Page::Departed(_)
        | Page::Kept(_)
        | Page::NotFound
        | Page::Sitemap
        | Page::Robots
        | Page::Feed(_)
        | Page::Llms
        | Page::Markdown(_)
        | Page::Host(_)
        | Page::Asset(_)
        | Page::File(_) => None,
    }
}

fn of_document(volume: &Volume, path: &SitePath, document: &Document) -> Record {
    let front = &document.front;
    let lang = document.lang;
    let status = front.status.filter(|status| *status != Status::Approved);
    let mut keys: Vec<String> = document.id().map(ToString::to_string).into_iter().collect();
    keys.extend(front.keywords.iter().cloned());
    Record {
        path: path.clone(),
        lang,
        title: document.title.clone(),
        keys,
        lesser_keys: articles(front.articles.iter().map(|(address, _)| address)),
        cites: articles(document.chapter.citations.iter().map(|citation| &citation.address)),
        kind: volume.theme.strings(lang).get(kind_key(document.kind())).to_owned(),
        status: status.map(|status| status_label(volume, status, lang)),
        is_over: front.status.is_some_and(Status::is_over),
        filters: filters(volume, document),
        parts: parts(volume, document),
    }
}

/// The keys of the articles that these places belong to, each once.
fn articles<'a>(places: impl Iterator<Item = &'a Address>) -> Vec<String> {
    places.map(Address::article).collect::<BTreeSet<_>>().into_iter().map(article_key).collect()
}

/// What stands in the index for the number of an article, which no prose holds; the search field writes it so.
fn article_key(number: Number) -> String {
    format!("art{number}")
}

/// The words of a document: its summary, then heading by heading.
fn parts(volume: &Volume, document: &Document) -> Vec<Part> {
    let chapter = &document.chapter;
    let labels = volume.labels(document.lang);
    let summary = Part { heading: None, blocks: document.front.description.iter().cloned().collect() };
    let passages = passages(chapter).into_iter().map(|passage| Part {
        heading: passage.heading.and_then(|index| {
            let heading = chapter.headings.get(index)?;
            let level = chapter.provision_at(index).map(|provision| provision.level);
            Some(Heading {
                id: heading.id.to_string(),
                text: heading.text.clone(),
                level: level.map(|level| (level, labels.level(level).to_owned())),
            })
        }),
        blocks: passage.blocks,
    });
    let notes: Vec<String> = document.front.changes.iter().filter_map(|change| change.note.clone()).collect();
    let changes = (!notes.is_empty()).then(|| Part {
        heading: Some(Heading {
            id: "_changes".to_owned(),
            text: volume.theme.strings(document.lang).get("changes").to_owned(),
            level: None,
        }),
        blocks: notes,
    });
    std::iter::once(summary).chain(passages).chain(changes).collect()
}

/// What a document can be chosen by. A guideline that declares nothing in a dimension holds for all of its values.
fn filters(volume: &Volume, document: &Document) -> Vec<(&'static str, String)> {
    let mut filters = vec![("kind", document.kind().name().to_owned())];
    for (name, facet) in [("phase", Facet::Phases), ("audience", Facet::Audience)] {
        let declared = facet.of(document);
        if declared.is_empty() && document.kind() == Kind::Guideline {
            let all = facet.vocabulary(&volume.handbook.vocabularies).entries();
            filters.extend(all.iter().map(|entry| (name, entry.id.clone())));
        } else {
            filters.extend(declared.into_iter().map(|value| (name, value.clone())));
        }
    }
    let levels =
        document.chapter.provisions.iter().map(|provision| ("level", provision.level.name().to_owned()));
    filters.extend(levels);
    filters.sort();
    filters.dedup();
    filters
}

fn of_act(volume: &Volume, path: &SitePath, act: &Act) -> Record {
    let lang = volume.handbook.config.default_language();
    let full = act.title.in_lang(lang).to_owned();
    let name = act.name(lang, Form::Full).to_owned();
    Record {
        keys: vec![act.id.to_string()],
        kind: word(volume, lang, "kind_act"),
        filters: vec![("kind", KINDS.act.to_owned())],
        parts: vec![Part { heading: None, blocks: vec![full, name] }],
        ..Record::new(path, lang, short_title(act, lang))
    }
}

/// An article is found by its number; that of the handbook's first act before the others.
fn of_article(volume: &Volume, path: &SitePath, rank: usize, act: &Act, number: usize) -> Option<Record> {
    let lang = volume.handbook.config.default_language();
    let article = act.articles.get(number)?;
    let addresses = act.addresses_of(article);
    let (whole, places) = addresses.split_first()?;
    let title = article_title(act, article, whole, lang);
    let key = vec![article_key(article.number)];
    let (keys, lesser_keys) = if rank == 0 { (key, Vec::new()) } else { (Vec::new(), key) };
    let short = Style::new(lang, Form::Short);
    let places = places.iter().filter_map(|place| {
        let heading = Heading { id: place.anchor()?, text: act.format(place, short), level: None };
        Some(Part { heading: Some(heading), blocks: Vec::new() })
    });
    let beginning = Part { heading: None, blocks: words_of(act, article, whole, lang) };
    Some(Record {
        keys,
        lesser_keys,
        kind: word(volume, lang, "kind_article"),
        filters: vec![("kind", KINDS.article.to_owned())],
        parts: std::iter::once(beginning).chain(places).collect(),
        ..Record::new(path, lang, &format!("{title} ({})", act.name(lang, Form::Short)))
    })
}

fn words_of(act: &Act, article: &Article, whole: &Address, lang: Lang) -> Vec<String> {
    let mut words = vec![act.format(whole, Style::new(lang, Form::Full).with_act())];
    words.extend(article.note.clone());
    words.push(article.keywords(lang).join(", "));
    words.retain(|text| !text.is_empty());
    words
}

fn of_term(volume: &Volume, path: &SitePath, number: usize) -> Option<Record> {
    let lang = volume.handbook.config.default_language();
    let term = volume.handbook.glossary.terms.get(number)?;
    let acronym = term.acronym.as_ref().filter(|acronym| **acronym != term.name);
    let title = match acronym {
        Some(acronym) => format!("{} ({acronym})", term.name),
        None => term.name.clone(),
    };
    Some(Record {
        keys: acronym.into_iter().chain(&term.forms).cloned().collect(),
        kind: word(volume, lang, "glossary"),
        filters: vec![("kind", KINDS.term.to_owned())],
        parts: vec![Part { heading: None, blocks: vec![term.definition.clone()] }],
        ..Record::new(path, lang, &title)
    })
}

fn of_activity_lines(volume: &Volume, path: &SitePath) -> Record {
    let mut record = made(volume, path, "activity_lines", "activity_lines_description");
    let Some(lines) = &volume.handbook.activity_lines else { return record };
    let names = lines.lines.iter().map(|line| match &line.expansion {
        Some((words, _)) => format!("{}: {words}", line.name),
        None => line.name.clone(),
    });
    let bodies =
        lines.bodies.iter().filter_map(|body| body.name.clone().or_else(|| body.source_name.clone()));
    let blocks = names.chain(bodies).collect();
    record.parts.push(Part { heading: None, blocks });
    record
}

/// A page that the program makes for the whole handbook, by the keys of its words among the interface strings.
fn made(volume: &Volume, path: &SitePath, title: &str, description: &str) -> Record {
    let lang = volume.handbook.config.default_language();
    Record {
        kind: word(volume, lang, "kind_made"),
        parts: vec![Part { heading: None, blocks: vec![word(volume, lang, description)] }],
        ..Record::new(path, lang, &word(volume, lang, title))
    }
}

impl Record {
    pub(super) fn new(path: &SitePath, lang: Lang, title: &str) -> Self {
        Self {
            path: path.clone(),
            lang,
            title: title.to_owned(),
            keys: Vec::new(),
            lesser_keys: Vec::new(),
            cites: Vec::new(),
            kind: String::new(),
            status: None,
            is_over: false,
            filters: Vec::new(),
            parts: Vec::new(),
        }
    }
}

fn word(volume: &Volume, lang: Lang, key: &str) -> String {
    volume.theme.strings(lang).get(key).to_owned()
}
