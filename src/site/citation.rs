//! How a document or one of its provisions is cited.

use crate::diagnostic::Lang;
use crate::handbook::Document;
use crate::markdown::CitationForms;

use super::hrefs::Hrefs;

/// The forms for a place of a document: the short one is its id, the full one says all that a letter needs.
pub(super) fn forms(hrefs: Hrefs<'_>, document: &Document, id: Option<&str>, title: &str) -> CitationForms {
    let volume = hrefs.volume;
    let handbook = &volume.handbook;
    let title = match document.lang {
        Lang::It => format!("«{title}»"),
        Lang::En => format!("“{title}”"),
    };
    let parts = [
        Some(title.clone()),
        id.map(str::to_owned),
        Some(handbook.title.clone()),
        handbook.config.publisher.clone(),
        edition(hrefs, document),
    ];
    CitationForms {
        short: id.map_or(title, str::to_owned),
        full: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        address: volume
            .library
            .permanent_base(volume.mount.text)
            .map(|base| format!("{base}{}", hrefs.from.url())),
        editions: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Which text it is: the edition with its day, else the version that the author gives and the document's own day.
pub(super) fn edition(hrefs: Hrefs<'_>, document: &Document) -> Option<String> {
    let (volume, front) = (hrefs.volume, &document.front);
    if let Some(edition) = published(hrefs, document.lang) {
        return Some(edition);
    }
    let word = volume.theme.strings(document.lang).get("version").to_lowercase();
    let version = front.version.as_ref().map(|version| format!("{word} {version}"));
    let day = front.updated.map(|day| day.in_words(document.lang));
    let parts: Vec<String> = version.into_iter().chain(day).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The edition of a page with its day, where it is of one.
pub(super) fn published(hrefs: Hrefs<'_>, lang: Lang) -> Option<String> {
    let (library, text) = (&hrefs.volume.library, hrefs.volume.mount.text);
    let edition = library.edition(text)?;
    let word = hrefs.volume.theme.strings(lang).get("edition").to_lowercase();
    Some(format!("{word} {}, {}", edition.number(), edition.listed.date.in_words(lang)))
}
