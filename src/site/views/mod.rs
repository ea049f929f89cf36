//! What templates see: one small struct per kind of page. `docs/theme.md` explains every value.

mod activity_lines;
mod acts;
mod analytic_index;
mod chart;
mod citation;
mod citing;
mod concern;
mod concerns;
mod coverage;
mod coverage_picture;
mod cycle;
mod data;
mod departed;
mod document;
mod edition;
mod editions;
mod filter;
mod foot;
mod frame;
mod glossary;
mod handles;
mod linked;
mod listed;
mod mentions;
mod not_found;
mod print;
mod redline;
mod search;
mod section;
mod terms;
mod trials;
mod values;
mod words;

pub(super) use activity_lines::activity_lines;
pub(super) use acts::{act, acts, article, article_title, short_title, whole_act};
pub(super) use analytic_index::analytic_index;
pub(super) use concern::concern;
pub(super) use concerns::concerns;
pub(super) use coverage::coverage;
pub(super) use cycle::cycle;
pub(super) use data::data;
pub(super) use departed::departed;
pub(super) use document::document;
pub(super) use edition::{
    consultation_of, name as edition_name, state_label, status_of, title_of as title_of_place,
};
pub(super) use editions::editions;
pub(super) use filter::filter;
pub(super) use glossary::glossary;
pub(super) use not_found::not_found;
pub(super) use print::print;
pub(super) use redline::redline;
pub(super) use search::search;
pub(super) use section::section;
pub(super) use terms::term;
pub(super) use words::{kind_key, status_label};
