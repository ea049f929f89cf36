//! The data of the combined filter: every provision that concerns somebody, by guideline.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::concern::{GuidelineView, guideline};

#[derive(Debug, Serialize)]
struct FilterData<'s> {
    guidelines: Vec<Row<'s>>,
}

/// A guideline, with what it declares; a dimension that it leaves out holds for all values.
#[derive(Debug, Serialize)]
struct Row<'s> {
    #[serde(flatten)]
    guideline: GuidelineView,
    values: BTreeMap<&'static str, Vec<&'s str>>,
}

/// The data as JSON; links are relative to the site's root.
pub(in crate::site) fn filter(volume: &Volume) -> Vec<u8> {
    let lang = volume.handbook.config.default_language();
    let root = SitePath::page("");
    let hrefs = Hrefs { volume, from: &root };
    let rows = volume.concerns.guidelines.iter().filter_map(|number| {
        Some(Row { guideline: guideline(hrefs, *number, lang)?, values: values(volume, *number) })
    });
    // Plain structs always have a JSON form.
    serde_json::to_vec(&FilterData { guidelines: rows.collect() }).unwrap_or_default()
}

fn values(volume: &Volume, number: usize) -> BTreeMap<&'static str, Vec<&str>> {
    let lang = volume.handbook.config.default_language();
    let mut values: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for dimension in &volume.concerns.dimensions {
        let named = dimension.values.iter().filter(|value| value.named.binary_search(&number).is_ok());
        let slugs: Vec<&str> = named.map(|value| value.slug.as_str()).collect();
        if !slugs.is_empty() {
            values.insert(dimension.facet.slug(lang), slugs);
        }
    }
    values
}
