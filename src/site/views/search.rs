//! The page that searches. The dialogue that a reader opens on any other page is made from it too.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::Kind;
use crate::markdown::Level;

use super::super::concerns::Facet;
use super::super::hrefs::Hrefs;
use super::super::search::KINDS;
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo};
use super::words::kind_key;

/// What `search.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct SearchPage {
    frame: Frame,
    title: String,
    filters: Vec<FilterView>,
    /// Where to look without a search: the analytic index, the glossary, the acts.
    elsewhere: Vec<LinkView>,
}

/// Something to choose by.
#[derive(Debug, Serialize)]
struct FilterView {
    /// Its name in the index and in the page's address.
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Debug, Serialize)]
struct OptionView {
    value: String,
    label: String,
}

/// The view of the page that searches.
pub(in crate::site) fn search(volume: &Volume, path: &SitePath) -> SearchPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let info = PageInfo::made(volume, "search", "search_description");
    let title = info.title.to_owned();
    let filters = [
        kinds(volume, lang),
        values(volume, "phase", Facet::Phases, lang),
        values(volume, "audience", Facet::Audience, lang),
        levels(volume, lang),
    ];
    let elsewhere = [
        ("analytic_index", volume.pages.analytic_index()),
        ("glossary", volume.pages.glossary()),
        ("acts", volume.pages.acts()),
    ];
    let strings = volume.theme.strings(lang);
    let elsewhere = elsewhere.into_iter().filter(|(_, page)| volume.pages.get(page).is_some());
    SearchPage {
        frame: Frame::new(volume, path, info),
        title,
        filters: filters.into_iter().filter(|filter| filter.options.len() > 1).collect(),
        elsewhere: elsewhere.map(|(key, page)| LinkView::new(strings.get(key), hrefs.to(&page))).collect(),
    }
}

fn kinds(volume: &Volume, lang: Lang) -> FilterView {
    let strings = volume.theme.strings(lang);
    let handbook = &volume.handbook;
    let is_used = |kind: &Kind| handbook.documents.iter().any(|document| document.kind() == *kind);
    let documents = Kind::ALL.into_iter().filter(is_used).map(|kind| (kind.name(), kind_key(kind)));
    let others = [
        (!handbook.acts.is_empty(), KINDS.act, "kind_act"),
        (!handbook.acts.is_empty(), KINDS.article, "kind_article"),
        (!handbook.glossary.terms.is_empty(), KINDS.term, "glossary"),
    ];
    let others = others.into_iter().filter(|(is_used, ..)| *is_used).map(|(_, value, key)| (value, key));
    let option = |(value, key): (&str, &str)| OptionView {
        value: value.to_owned(),
        label: strings.get(key).to_owned(),
    };
    FilterView {
        name: "kind",
        label: strings.get("search_kind").to_owned(),
        options: documents.chain(others).map(option).collect(),
    }
}

/// The values of a vocabulary that a document declares.
fn values(volume: &Volume, name: &'static str, facet: Facet, lang: Lang) -> FilterView {
    let documents = &volume.handbook.documents;
    let is_used = |id: &String| documents.iter().any(|document| facet.of(document).contains(&id));
    let entries = facet.vocabulary(&volume.handbook.vocabularies).entries().iter();
    let options = entries
        .filter(|entry| is_used(&entry.id))
        .map(|entry| OptionView { value: entry.id.clone(), label: entry.label.in_lang(lang).to_owned() });
    let label = volume.theme.strings(lang).get(facet.key()).to_owned();
    FilterView { name, label, options: options.collect() }
}

fn levels(volume: &Volume, lang: Lang) -> FilterView {
    let labels = volume.labels(lang);
    let provisions = || volume.handbook.documents.iter().flat_map(|document| &document.chapter.provisions);
    let is_used = |level: &Level| provisions().any(|provision| provision.level == *level);
    let options = Level::ALL
        .into_iter()
        .filter(is_used)
        .map(|level| OptionView { value: level.name().to_owned(), label: labels.level(level).to_owned() });
    FilterView {
        name: "level",
        label: volume.theme.strings(lang).get("level").to_owned(),
        options: options.collect(),
    }
}
