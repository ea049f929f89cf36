//! What is new, as an Atom feed (RFC 4287). Its days are those that the handbook gives; no clock is asked.

use crate::diagnostic::Lang;
use crate::handbook::{Date, Document, Handbook};

use super::views::kind_key;
use super::xml::{element, escape};
use super::{SitePath, Volume};

/// A reader of news asks every hour: what is older than the last fifty changes is on the site.
const MOST: usize = 50;

/// Whether a language has something to tell: a document with a day, which is not a draft.
pub(super) fn has_entries(handbook: &Handbook, lang: Lang) -> bool {
    handbook.documents.iter().any(|document| document.lang == lang && day(document).is_some())
}

/// The day on which a document became what readers see.
fn day(document: &Document) -> Option<Date> {
    document.front.updated.filter(|_| !document.is_draft())
}

/// The documents of a language, the newest first; of one day, by their addresses.
fn newest(handbook: &Handbook, lang: Lang) -> Vec<(Date, &Document)> {
    let of_language = handbook.documents.iter().filter(|document| document.lang == lang);
    let mut dated: Vec<_> =
        of_language.filter_map(|document| day(document).map(|day| (day, document))).collect();
    dated.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.address.cmp(&y.address)));
    dated.truncate(MOST);
    dated
}

/// The feed of a language.
pub(super) fn feed(volume: &Volume, lang: Lang) -> String {
    let base = volume.base_url.as_deref().unwrap_or("");
    let (handbook, config) = (&volume.handbook, &volume.handbook.config);
    let documents = newest(handbook, lang);
    let own = format!("{base}{}", volume.pages.feed(lang).url());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"
    );
    element(&mut xml, "title", &handbook.title);
    if let Some(description) = &config.description {
        element(&mut xml, "subtitle", description);
    }
    element(&mut xml, "id", &own);
    link(&mut xml, "self", "application/atom+xml", &own);
    let home = if lang == config.default_language() { "" } else { lang.tag() };
    link(&mut xml, "alternate", "text/html", &format!("{base}{}", SitePath::page(home).url()));
    if let Some((newest, _)) = documents.first() {
        element(&mut xml, "updated", &instant(*newest));
    }
    xml.push_str("<author>");
    element(&mut xml, "name", config.publisher.as_deref().unwrap_or(&handbook.title));
    xml.push_str("</author>\n");
    if let Some(licence) = &config.licence {
        element(&mut xml, "rights", &format!("{} ({})", licence.name, licence.url));
    }
    for (day, document) in documents {
        entry(&mut xml, volume, base, day, document);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, volume: &Volume, base: &str, day: Date, document: &Document) {
    let url = format!("{base}{}", SitePath::page(&document.address).url());
    let title = match document.id() {
        Some(id) => format!("{id} {}", document.title),
        None => document.title.clone(),
    };
    xml.push_str("<entry>\n");
    element(xml, "title", &title);
    element(xml, "id", &url);
    link(xml, "alternate", "text/html", &url);
    element(xml, "updated", &instant(day));
    xml.push_str(&format!("<category term=\"{}\" label=\"", document.kind().name()));
    escape(xml, volume.theme.strings(document.lang).get(kind_key(document.kind())));
    xml.push_str("\"/>\n");
    if !document.summary().is_empty() {
        element(xml, "summary", document.summary());
    }
    let notes: Vec<&str> =
        document.front.changes.iter().filter_map(|change| change.note.as_deref()).collect();
    if !notes.is_empty() {
        element(xml, "content", &notes.join("\n"));
    }
    xml.push_str("</entry>\n");
}

pub(super) fn link(xml: &mut String, rel: &str, media_type: &str, href: &str) {
    xml.push_str(&format!("<link rel=\"{rel}\" type=\"{media_type}\" href=\""));
    escape(xml, href);
    xml.push_str("\"/>\n");
}

/// The handbook knows days only: its day begins in UTC.
pub(super) fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
