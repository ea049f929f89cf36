//! The names that a handbook publishes: its pages, and the places on them that others may cite.

use std::collections::BTreeMap;

use crate::act::Form;
use crate::edition::{Published, PublishedKind, Register, Withdrawn};
use crate::handbook::{Document, Handbook, Withdrawal};
use crate::links::Links;

use super::SitePath;
use super::page::{Page, Pages};

/// The register of a handbook with these pages.
pub(super) fn of(handbook: &Handbook, links: &Links, pages: &Pages) -> Register {
    let mut places = Vec::new();
    let mut paths = Vec::new();
    for (path, page) in pages.iter() {
        let address = address(path);
        match page {
            Page::Document(number) => {
                if let Some(document) = handbook.documents.get(*number) {
                    of_document(document, &address, &mut places);
                }
            }
            Page::Act(number) => {
                if let Some(act) = handbook.acts.iter().nth(*number) {
                    let title = act.name(handbook.config.default_language(), Form::Short);
                    places.push(place(PublishedKind::Act, Some(act.id.to_string()), &address, None, title));
                }
            }
            Page::Article { act, article } => of_article(handbook, pages, (*act, *article), &mut places),
            Page::Term(number) => {
                if let Some(term) = handbook.glossary.terms.get(*number) {
                    places.push(place(PublishedKind::Term, None, &address, None, &term.name));
                    let list = self::address(&pages.glossary());
                    places.push(place(PublishedKind::Term, None, &list, Some(&term.slug), &term.name));
                }
            }
            Page::Section(_)
            | Page::Acts
            | Page::WholeAct(_)
            | Page::Glossary
            | Page::ActivityLines
            | Page::DataIndex
            | Page::Data(_)
            | Page::Coverage
            | Page::Cycle
            | Page::Concerns
            | Page::Concern { .. }
            | Page::AnalyticIndex
            | Page::Search
            | Page::Print
            | Page::Changes
            | Page::Feed(_)
            | Page::Markdown(_)
            | Page::File(_) => paths.push(address),
            // Nobody links to what only programs read, and what is of the whole site stays with it.
            Page::Filter
            | Page::NotFound
            | Page::Sitemap
            | Page::Robots
            | Page::Llms
            | Page::Host(_)
            | Page::Asset(_)
            | Page::Editions
            | Page::EditionsFeed
            | Page::Departed(_)
            | Page::Kept(_) => {}
        }
    }
    let (moved, withdrawn) = (moved(handbook, pages), withdrawn(handbook, links, pages));
    Register::new(places, paths, moved, withdrawn)
}

/// The address of a page without its final `/`, or the path of a file.
pub(super) fn address(path: &SitePath) -> String {
    let path = path.as_str();
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/').to_owned(),
        Some(_) | None => path.to_owned(),
    }
}

fn place(
    kind: PublishedKind,
    id: Option<String>,
    page: &str,
    anchor: Option<&str>,
    title: &str,
) -> Published {
    Published { kind, id, page: page.to_owned(), anchor: anchor.map(str::to_owned), title: title.to_owned() }
}

fn of_document(document: &Document, page: &str, places: &mut Vec<Published>) {
    let id = document.id().map(ToString::to_string);
    places.push(place(PublishedKind::Document, id, page, None, &document.title));
    let chapter = &document.chapter;
    for (index, heading) in chapter.headings.iter().enumerate() {
        let anchor = heading.id.as_str();
        if chapter.provision_at(index).is_some() {
            let id = Some(anchor.to_owned());
            places.push(place(PublishedKind::Provision, id, page, Some(anchor), &heading.text));
        } else if heading.explicit
            || document.front.moved_from.iter().any(|moved| moved.to.text.trim() == anchor)
        {
            places.push(place(PublishedKind::Heading, None, page, Some(anchor), &heading.text));
        }
    }
}

fn of_article(
    handbook: &Handbook,
    pages: &Pages,
    (act, article): (usize, usize),
    places: &mut Vec<Published>,
) {
    let lang = handbook.config.default_language();
    let Some((act, article)) =
        handbook.acts.iter().nth(act).and_then(|act| Some((act, act.articles.get(article)?)))
    else {
        return;
    };
    for address in act.addresses_of(article) {
        let page = self::address(&pages.article(&address));
        let anchor = address.anchor();
        let title = handbook.citation(&address, lang);
        let id = Some(address.to_string());
        places.push(place(PublishedKind::Act, id, &page, anchor.as_deref(), &title));
    }
}

/// Former names, each with the name of what has taken its place.
fn moved(handbook: &Handbook, pages: &Pages) -> BTreeMap<String, String> {
    let mut moved = BTreeMap::new();
    for document in &handbook.documents {
        let own = document.address.as_str();
        let name = document.id().map_or_else(|| own.to_owned(), ToString::to_string);
        for alias in &document.front.aliases {
            moved.insert(alias.former(own), name.clone());
        }
        for change in &document.front.moved_from {
            let to = document.chapter.heading_with_id(change.to.text.trim());
            let is_provision = document.chapter.headings.iter().enumerate().any(|(index, heading)| {
                heading.id.as_str() == change.to.text.trim() && document.chapter.provision_at(index).is_some()
            });
            if let Some(to) = to {
                let to = if is_provision { to.id.to_string() } else { format!("{own}#{}", to.id) };
                moved.insert(change.from.former(own), to);
            }
        }
    }
    let glossary = address(&pages.glossary());
    for term in &handbook.glossary.terms {
        for alias in &term.aliases {
            for sign in ['/', '#'] {
                let (old, new) = (alias.term_slug(), &term.slug);
                moved.insert(format!("{glossary}{sign}{old}"), format!("{glossary}{sign}{new}"));
            }
        }
    }
    moved
}

/// Former names that were given up. A term may be called by its name alone.
fn withdrawn(handbook: &Handbook, links: &Links, pages: &Pages) -> BTreeMap<String, Withdrawn> {
    let of_documents = handbook.documents.iter().enumerate().flat_map(|(number, document)| {
        document.front.withdrawn.iter().map(move |gone| (Some((number, document)), gone))
    });
    let of_settings = handbook.config.withdrawn.iter().map(|gone| (None, gone));
    let glossary = address(&pages.glossary());
    let mut withdrawn = BTreeMap::new();
    for (document, withdrawal) in of_documents.chain(of_settings) {
        let own = document.map_or("", |(_, document)| document.address.as_str());
        let told = told(withdrawal, document.map(|(number, _)| number), handbook, links, pages);
        let term = withdrawal.name.term_slug();
        withdrawn.insert(withdrawal.name.former(own), told.clone());
        for sign in ['/', '#'] {
            withdrawn.entry(format!("{glossary}{sign}{term}")).or_insert_with(|| told.clone());
        }
    }
    withdrawn
}

/// What is told of a name: its successor by the address that it has on the site, however the author calls it.
fn told(
    withdrawal: &Withdrawal,
    document: Option<usize>,
    handbook: &Handbook,
    links: &Links,
    pages: &Pages,
) -> Withdrawn {
    let successor = withdrawal.successor.as_ref();
    let target = successor.and_then(|value| match document {
        Some(number) => links.metadata(number, value),
        None => links.setting(value),
    });
    let place =
        target.and_then(|target| pages.of_target(target, handbook)).map(|(path, anchor)| match anchor {
            Some(anchor) => format!("{}#{anchor}", address(&path)),
            None => address(&path),
        });
    Withdrawn {
        date: withdrawal.date.to_string(),
        reason: withdrawal.reason.clone(),
        successor: place.or_else(|| successor.map(|value| value.text.clone())),
    }
}
