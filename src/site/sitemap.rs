//! `sitemap.xml` and `robots.txt`.

use pulldown_cmark_escape::escape_html;

use super::Site;
use super::page::Page;

/// The pages that a search engine should know (sitemaps.org 0.9), with the dates that the handbook gives.
pub(super) fn sitemap(site: &Site) -> String {
    let base = site.base_url.as_deref().unwrap_or("");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, page) in site.pages.iter() {
        let updated = match page {
            Page::Document(number) => {
                site.handbook.documents.get(*number).and_then(|document| document.front.updated)
            }
            Page::Section(_)
            | Page::Acts
            | Page::Act(_)
            | Page::WholeAct(_)
            | Page::Article { .. }
            | Page::Glossary
            | Page::ActivityLines
            | Page::Term(_)
            | Page::Coverage
            | Page::Cycle
            | Page::Concerns
            | Page::Concern { .. }
            | Page::AnalyticIndex
            | Page::DataIndex => None,
            // What it holds has pages of its own.
            Page::Print
            | Page::Search
            | Page::NotFound
            | Page::Sitemap
            | Page::Robots
            | Page::Filter
            | Page::Data(_)
            | Page::Asset(_)
            | Page::File(_) => continue,
        };
        xml.push_str("<url><loc>");
        // Writing to a String cannot fail.
        let _ = escape_html(&mut xml, &format!("{base}{}", path.url()));
        xml.push_str("</loc>");
        if let Some(date) = updated {
            xml.push_str(&format!("<lastmod>{date}</lastmod>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Everybody may read everything.
pub(super) fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.base_url {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text
}
