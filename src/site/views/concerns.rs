//! The ways into what concerns a reader: every value with its count, and the combined filter.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Document, Kind};

use super::super::concerns::Dimension;
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo};

/// What `concerns.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ConcernsPage {
    frame: Frame,
    title: String,
    dimensions: Vec<DimensionView>,
    /// The data of the combined filter, and the way from this page to the site's root.
    data: String,
    root: String,
}

#[derive(Debug, Serialize)]
struct DimensionView {
    slug: &'static str,
    label: String,
    values: Vec<ValueView>,
    /// Whether no guideline names any of the values.
    unnamed: bool,
}

#[derive(Debug, Serialize)]
struct ValueView {
    slug: String,
    label: String,
    href: String,
    /// How many provisions hold for it.
    provisions: usize,
}

/// The view of the ways in.
pub(in crate::site) fn concerns(volume: &Volume, path: &SitePath) -> ConcernsPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let info = PageInfo::made(volume, "concerns", "concerns_description");
    let title = info.title.to_owned();
    let dimensions = volume.concerns.dimensions.iter();
    ConcernsPage {
        frame: Frame::new(volume, path, info),
        title,
        dimensions: dimensions.map(|dimension| dimension_view(hrefs, dimension, lang)).collect(),
        data: hrefs.to(&volume.pages.filter()),
        root: hrefs.to(&SitePath::page("")),
    }
}

/// The link to the ways in.
pub(super) fn concerns_link(hrefs: Hrefs<'_>, lang: Lang) -> LinkView {
    let title = hrefs.volume.theme.strings(lang).get("concerns");
    LinkView::new(title, hrefs.to(&hrefs.volume.pages.concerns()))
}

fn dimension_view(hrefs: Hrefs<'_>, dimension: &Dimension, lang: Lang) -> DimensionView {
    let volume = hrefs.volume;
    let vocabulary = dimension.facet.vocabulary(&volume.handbook.vocabularies);
    let for_all = provisions(volume, &dimension.for_all);
    let values = dimension.values.iter().map(|value| ValueView {
        slug: value.slug.clone(),
        label: vocabulary.label(&value.id, lang).to_owned(),
        href: hrefs.to(&volume.pages.concern(dimension, value)),
        provisions: provisions(volume, &value.named) + for_all,
    });
    let names_none = |number: &usize| dimension.for_all.binary_search(number).is_ok();
    DimensionView {
        slug: dimension.facet.slug(lang),
        label: volume.theme.strings(lang).get(dimension.facet.key()).to_owned(),
        values: values.collect(),
        unnamed: volume.concerns.guidelines.iter().all(names_none),
    }
}

fn provisions(volume: &Volume, numbers: &[usize]) -> usize {
    let documents = numbers.iter().filter_map(|number| volume.handbook.documents.get(*number));
    let is_guideline = |document: &&Document| document.kind() == Kind::Guideline;
    documents.filter(is_guideline).map(|document| document.chapter.provisions.len()).sum()
}
