//! The documents, and the provisions in them, that speak of a place in an act.

use serde::Serialize;

use crate::act::Address;
use crate::diagnostic::Lang;
use crate::handbook::{Child, Document, Status};
use crate::links::{Backlink, Target};
use crate::site::Site;

use super::super::hrefs::Hrefs;
use super::words::{kind_key, status_label};

/// A document that speaks of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct CitingView {
    title: String,
    href: String,
    id: Option<String>,
    kind: &'static str,
    kind_label: String,
    status: Option<&'static str>,
    status_label: String,
    /// The provisions of the document that cite the place.
    provisions: Vec<CitingProvision>,
}

/// A provision that cites a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CitingProvision {
    id: String,
    title: String,
    href: String,
    level: &'static str,
    level_label: String,
}

/// The documents that speak of exactly this place, each once, in the order of the handbook.
pub(super) fn citing(site: &Site, address: &Address) -> Vec<usize> {
    let mut documents: Vec<usize> =
        backlinks(site, address).iter().map(|backlink| backlink.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}

/// The same as views, with the provisions.
pub(super) fn citing_views(hrefs: Hrefs<'_>, address: &Address, lang: Lang) -> Vec<CitingView> {
    let site = hrefs.site;
    let documents = citing(site, address).into_iter();
    documents
        .filter_map(|number| view(hrefs, address, number, site.handbook.documents.get(number)?, lang))
        .collect()
}

fn backlinks<'s>(site: &'s Site, address: &Address) -> &'s [Backlink] {
    site.links.backlinks.to(&Target::Address(address.clone()))
}

fn view(
    hrefs: Hrefs<'_>,
    address: &Address,
    number: usize,
    document: &Document,
    lang: Lang,
) -> Option<CitingView> {
    let site = hrefs.site;
    let headings = backlinks(site, address).iter().filter(|backlink| backlink.document == number);
    let mut provisions: Vec<usize> = headings
        .filter_map(|backlink| document.chapter.provision_around(backlink.heading?))
        .map(|provision| provision.heading)
        .collect();
    provisions.sort_unstable();
    provisions.dedup();
    let href = hrefs.to_child(Child::Document(number));
    Some(CitingView {
        title: document.title.clone(),
        id: document.id.as_ref().map(|(id, _)| id.to_string()),
        kind: document.kind().name(),
        kind_label: site.theme.strings(lang).get(kind_key(document.kind())).to_owned(),
        status: document.status.map(Status::name),
        status_label: document.status.map(|status| status_label(site, status, lang)).unwrap_or_default(),
        provisions: provisions
            .into_iter()
            .filter_map(|heading| provision(site, document, heading, &href, lang))
            .collect(),
        href,
    })
}

fn provision(
    site: &Site,
    document: &Document,
    heading: usize,
    href: &str,
    lang: Lang,
) -> Option<CitingProvision> {
    let level = document.chapter.provision_at(heading)?.level;
    let heading = document.chapter.headings.get(heading)?;
    Some(CitingProvision {
        id: heading.id.to_string(),
        title: heading.text.clone(),
        href: format!("{href}#{}", heading.id),
        level: level.name(),
        level_label: site.labels(lang).level(level).to_owned(),
    })
}
