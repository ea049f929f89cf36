//! What templates see: one small struct per kind of page. `docs/theme.md` explains every value.

mod activity_lines;
mod acts;
mod analytic_index;
mod chart;
mod citing;
mod concern;
mod concerns;
mod coverage;
mod coverage_picture;
mod cycle;
mod data;
mod document;
mod filter;
mod frame;
mod glossary;
mod linked;
mod listed;
mod mentions;
mod section;
mod terms;
mod trials;
mod values;
mod words;

pub(super) use activity_lines::activity_lines;
pub(super) use acts::{act, acts, article, whole_act};
pub(super) use analytic_index::analytic_index;
pub(super) use concern::concern;
pub(super) use concerns::concerns;
pub(super) use coverage::coverage;
pub(super) use cycle::cycle;
pub(super) use data::data;
pub(super) use document::document;
pub(super) use filter::filter;
pub(super) use glossary::glossary;
pub(super) use section::{not_found, section};
pub(super) use terms::term;
