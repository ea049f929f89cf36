//! What a provision says of itself beside its text: where it is in other editions, and where it is commented on.

use crate::edition::{Published, Trail};
use crate::handbook::{Document, Placeholder};
use crate::markdown::{CitationForms, Heading, Link, Remark};
use crate::theme::Strings;

use super::citation;
use super::hrefs::Hrefs;
use super::views::{consultation_of, edition_name, title_of_place};

/// How a provision is cited, and what a reader must know of it.
pub(super) fn forms(hrefs: Hrefs<'_>, document: &Document, provision: &Heading) -> CitationForms {
    let id = provision.id.as_str();
    let mut forms = citation::forms(hrefs, document, Some(id), &provision.text);
    let (library, text) = (&hrefs.volume.library, hrefs.volume.mount.text);
    let strings = hrefs.volume.theme.strings(document.lang);
    if let Some(place) = library.has_editions().then(|| library.named(text, id)).flatten() {
        let trails = library.trails(&place, text);
        forms.editions = others(hrefs, &place, &trails, strings);
        let current = trails.get(library.current()).filter(|_| text != library.current());
        if let Some(trail) = current.filter(|_| library.edition(text).is_some()) {
            forms.remarks.push(in_current(hrefs, trail, strings));
        }
    }
    let comments =
        consultation_of(hrefs.volume, text).and_then(|consultation| consultation.comments.as_ref());
    if let Some(template) = comments {
        let address = forms.address.clone().map(|address| format!("{address}#{id}"));
        let address = address.unwrap_or_else(|| format!("/{}#{id}", hrefs.from.url()));
        let href = template.fill(|placeholder| match placeholder {
            Placeholder::Id => id,
            Placeholder::Title => &provision.text,
            Placeholder::Address => &address,
            Placeholder::Path => document.path.as_str(),
        });
        let label = format!("{} {id}", strings.get("comment"));
        forms.remarks.push(Remark {
            class: "comment",
            words: String::new(),
            link: Some(Link { href, label }),
        });
    }
    forms
}

/// The same provision in the other editions that have it, the newest first, and how it is called there.
fn others(hrefs: Hrefs<'_>, place: &Published, trails: &[Trail], strings: &Strings) -> Vec<Link> {
    let (library, text) = (&hrefs.volume.library, hrefs.volume.mount.text);
    let others = library.choices().rev().filter(|other| *other != text);
    let link = |other: usize| {
        let there = trails.get(other)?.place()?;
        let name = edition_name(hrefs.volume, other, strings);
        let label = if there.id == place.id { name } else { format!("{name}: {}", there.name()) };
        Some(Link { href: hrefs.to_edition(other, &there.address()), label })
    };
    others.filter_map(link).collect()
}

/// Where a provision of another edition is in the one that holds.
fn in_current(hrefs: Hrefs<'_>, trail: &Trail, strings: &Strings) -> Remark {
    let library = &hrefs.volume.library;
    let current = library.current();
    let link = |there: &Published| Link {
        href: hrefs.to_text(current, &there.address()),
        label: title_of_place(there),
    };
    match trail {
        Trail::Here(there) => {
            Remark { class: "current", words: strings.get("in_current").to_owned(), link: Some(link(there)) }
        }
        Trail::Withdrawn(withdrawn) => {
            let successor = withdrawn.successor.as_ref().and_then(|name| library.named(current, name));
            let successor = successor.as_ref().map(link);
            let mut words = format!("{} {}", strings.get("withdrawn_since_here"), withdrawn.reason);
            if successor.is_some() {
                words.push(' ');
                words.push_str(strings.get("withdrawn_successor"));
            }
            Remark { class: "gone", words, link: successor }
        }
        Trail::Absent => {
            Remark { class: "gone", words: strings.get("absent_in_current").to_owned(), link: None }
        }
    }
}
