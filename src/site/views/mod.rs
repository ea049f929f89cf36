//! What templates see: one small struct per kind of page. `docs/theme.md` explains every value.

mod activity_lines;
mod acts;
mod analytic_index;
mod citing;
mod concern;
mod concerns;
mod document;
mod filter;
mod frame;
mod glossary;
mod section;
mod words;

pub(super) use activity_lines::activity_lines;
pub(super) use acts::{act, acts, article};
pub(super) use analytic_index::analytic_index;
pub(super) use concern::concern;
pub(super) use concerns::concerns;
pub(super) use document::document;
pub(super) use filter::filter;
pub(super) use glossary::glossary;
pub(super) use section::{not_found, section};
