//! The feed of editions (Atom, RFC 4287): who reads it learns when the handbook has a new text.

use super::feed::{instant, link};
use super::views::{edition_name, state_label, status_of};
use super::xml::element;
use super::{SitePath, Volume};

/// The feed, the newest edition first. Consultations are in it: it is for them that people wait.
pub(super) fn feed(volume: &Volume) -> String {
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let library = &volume.library;
    let base = library.base_url.as_deref().unwrap_or("");
    let own = format!("{base}{}", library.editions_feed().url());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"
    );
    element(&mut xml, "title", &format!("{} · {}", strings.get("editions"), volume.handbook.title));
    element(&mut xml, "id", &own);
    link(&mut xml, "self", "application/atom+xml", &own);
    link(&mut xml, "alternate", "text/html", &format!("{base}{}", library.editions_page().url()));
    let editions = library.shelf.editions();
    if let Some(newest) = editions.iter().map(|edition| edition.listed.date).max() {
        element(&mut xml, "updated", &instant(newest));
    }
    xml.push_str("<author>");
    let publisher = volume.handbook.config.publisher.as_deref();
    element(&mut xml, "name", publisher.unwrap_or(&volume.handbook.title));
    xml.push_str("</author>\n");
    for (text, edition) in editions.iter().enumerate().rev() {
        let url = format!("{base}{}", SitePath::page("").under(&library.folder(text)).url());
        let status = state_label(status_of(volume, text), strings);
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &format!("{} ({status})", edition_name(volume, text, strings)));
        element(&mut xml, "id", &url);
        link(&mut xml, "alternate", "text/html", &url);
        if library.before(text).is_some() {
            let changes = volume.pages.changes().under(&library.folder(text));
            link(&mut xml, "related", "text/html", &format!("{base}{}", changes.url()));
        }
        element(&mut xml, "updated", &instant(edition.listed.date));
        element(&mut xml, "summary", &edition.listed.note);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}
