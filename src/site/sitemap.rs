//! `sitemap.xml` and `robots.txt`.

use crate::handbook::{Child, Date, Document};

use super::page::Page;
use super::translations::translations;
use super::xml::escape;
use super::{SitePath, Volume};

/// The pages that a search engine should know (sitemaps.org 0.9), with the days that the handbook gives. Drafts are
/// not among them: who finds one should have been sent there.
pub(super) fn sitemap(volume: &Volume) -> String {
    let latest = latest(volume.handbook.documents.iter());
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    if volume.handbook.config.languages.len() > 1 {
        xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    xml.push_str(">\n");
    for (path, page) in volume.pages.iter() {
        let updated = match page {
            Page::Document(number) => match volume.handbook.documents.get(*number) {
                Some(document) if !document.is_draft() => document.front.updated,
                Some(_) | None => continue,
            },
            Page::Section(number) => of_section(volume, *number),
            Page::Editions => volume.library.shelf.editions().iter().map(|edition| edition.listed.date).max(),
            // They change with any document.
            Page::Coverage | Page::Cycle | Page::Concerns | Page::AnalyticIndex | Page::DataIndex => latest,
            // Nothing says when they last changed, and a wrong day is worse than none.
            Page::Acts
            | Page::Act(_)
            | Page::WholeAct(_)
            | Page::Article { .. }
            | Page::Glossary
            | Page::ActivityLines
            | Page::Term(_)
            | Page::Concern { .. } => None,
            // What it holds has pages of its own.
            Page::Print
            | Page::Changes
            | Page::EditionsFeed
            | Page::Departed(_)
            | Page::Kept(_)
            | Page::Search
            | Page::NotFound
            | Page::Sitemap
            | Page::Robots
            | Page::Feed(_)
            | Page::Llms
            | Page::Markdown(_)
            | Page::Host(_)
            | Page::Filter
            | Page::Data(_)
            | Page::Asset(_)
            | Page::File(_) => continue,
        };
        entry(&mut xml, volume, path, page, updated);
    }
    xml.push_str("</urlset>\n");
    xml
}

fn entry(xml: &mut String, volume: &Volume, path: &SitePath, page: &Page, updated: Option<Date>) {
    let url = |path: &SitePath| format!("{}{}", volume.base_url.as_deref().unwrap_or(""), path.url());
    xml.push_str("<url><loc>");
    escape(xml, &url(path));
    xml.push_str("</loc>");
    if let Some(date) = updated {
        xml.push_str(&format!("<lastmod>{date}</lastmod>"));
    }
    for (lang, path) in translations(volume, page) {
        xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\""));
        escape(xml, &url(&path));
        xml.push_str("\"/>");
    }
    xml.push_str("</url>\n");
}

/// A folder's list is as new as the newest page that it lists.
fn of_section(volume: &Volume, number: usize) -> Option<Date> {
    let section = volume.handbook.sections.get(number)?;
    let own = section.children.iter().filter_map(|child| match child {
        Child::Document(number) => volume.handbook.documents.get(*number),
        Child::Section(number) => {
            let index = volume.handbook.sections.get(*number)?.index?;
            volume.handbook.documents.get(index)
        }
    });
    latest(own)
}

fn latest<'d>(documents: impl Iterator<Item = &'d Document>) -> Option<Date> {
    documents.filter_map(|document| document.front.updated).max()
}

/// Everybody may read everything.
pub(super) fn robots(volume: &Volume) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &volume.base_url {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text
}
