//! The ways into what concerns a reader: every value with its count, and the combined filter.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Document, Kind};

use super::super::concerns::Dimension;
use super::super::hrefs::Hrefs;
use super::super::{Site, SitePath};
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
pub(in crate::site) fn concerns(site: &Site, path: &SitePath) -> ConcernsPage {
    let lang = site.handbook.config.default_language();
    let hrefs = Hrefs { site, from: path };
    let info = PageInfo::made(site, "concerns", "concerns_description");
    let title = info.title.to_owned();
    let dimensions = site.concerns.dimensions.iter();
    ConcernsPage {
        frame: Frame::new(site, path, info),
        title,
        dimensions: dimensions.map(|dimension| dimension_view(hrefs, dimension, lang)).collect(),
        data: hrefs.to(&site.pages.filter()),
        root: hrefs.to(&SitePath::page("")),
    }
}

/// The link to the ways in.
pub(super) fn concerns_link(hrefs: Hrefs<'_>, lang: Lang) -> LinkView {
    let title = hrefs.site.theme.strings(lang).get("concerns");
    LinkView::new(title, hrefs.to(&hrefs.site.pages.concerns()))
}

fn dimension_view(hrefs: Hrefs<'_>, dimension: &Dimension, lang: Lang) -> DimensionView {
    let site = hrefs.site;
    let vocabulary = dimension.facet.vocabulary(&site.handbook.vocabularies);
    let for_all = provisions(site, &dimension.for_all);
    let values = dimension.values.iter().map(|value| ValueView {
        slug: value.slug.clone(),
        label: vocabulary.label(&value.id, lang).to_owned(),
        href: hrefs.to(&site.pages.concern(dimension, value)),
        provisions: provisions(site, &value.named) + for_all,
    });
    let names_none = |number: &usize| dimension.for_all.binary_search(number).is_ok();
    DimensionView {
        slug: dimension.facet.slug(lang),
        label: site.theme.strings(lang).get(dimension.facet.key()).to_owned(),
        values: values.collect(),
        unnamed: site.concerns.guidelines.iter().all(names_none),
    }
}

fn provisions(site: &Site, numbers: &[usize]) -> usize {
    let documents = numbers.iter().filter_map(|number| site.handbook.documents.get(*number));
    let is_guideline = |document: &&Document| document.kind() == Kind::Guideline;
    documents.filter(is_guideline).map(|document| document.chapter.provisions.len()).sum()
}
