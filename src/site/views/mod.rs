//! What templates see: one small struct per kind of page. `docs/theme.md` explains every value.

mod activity_lines;
mod acts;
mod chart;
mod citing;
mod coverage;
mod coverage_picture;
mod cycle;
mod document;
mod frame;
mod glossary;
mod mentions;
mod section;
mod terms;
mod trials;
mod values;
mod words;

pub(super) use activity_lines::activity_lines;
pub(super) use acts::{act, acts, article, whole_act};
pub(super) use coverage::coverage;
pub(super) use cycle::cycle;
pub(super) use document::document;
pub(super) use glossary::glossary;
pub(super) use section::{not_found, section};
pub(super) use terms::term;
