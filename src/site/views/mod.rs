//! What templates see: one small struct per kind of page. `docs/theme.md` explains every value.

mod activity_lines;
mod acts;
mod chart;
mod citing;
mod document;
mod frame;
mod glossary;
mod section;
mod values;
mod words;

pub(super) use activity_lines::activity_lines;
pub(super) use acts::{act, acts, article};
pub(super) use document::document;
pub(super) use glossary::glossary;
pub(super) use section::{not_found, section};
