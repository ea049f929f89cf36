//! Tests of the whole product: the program run on handbooks as an editor, a reader or a maintainer would.
//!
//! One crate, so that the program is linked once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::allow_attributes,
    reason = "a test fails by panicking"
)]

mod act_versions;
mod bad_input;
mod citations;
mod commonmark;
mod concerns;
mod content;
mod coverage;
mod data;
mod docs;
mod editions;
mod editor;
mod git;
mod handles;
mod harness;
mod http;
mod indicators;
mod national_act;
mod preview;
mod print;
mod profile;
mod publish;
mod reading;
mod redline;
mod redline_model;
mod references;
mod release;
mod rereading;
mod rereading_model;
mod rules;
mod search;
mod served;
mod succession;
mod terms;
mod theme;
mod theme_values;
mod unread;
mod watching;
