//! Names of the fragments, which are what the library knows of each page.
//!
//! It names them by their content. The list of these names is loaded before the first search, and no compression makes
//! it smaller: of ten thousand pages it is the largest part of all. Names that follow each other compress to a
//! fraction. They no longer tell of a change, so hosts must not keep fragments for long (`headers.rs`).

use std::collections::HashMap;

use super::Files;
use super::format::List;

/// Names the fragments of a language in the order of its pages.
pub(super) fn rename(list: &mut List, language: &str, files: &mut Files) {
    let digits = list.pages.len().to_string().len();
    let mut names = HashMap::new();
    for page in &mut list.pages {
        let next = names.len();
        // Pages that are alike in all share a fragment.
        let name = names.entry(page.name.clone()).or_insert_with(|| format!("{language}_{next:0digits$}"));
        page.name.clone_from(name);
    }
    // All are taken away before the first comes back: a new name can be the old one of another.
    let contents: Vec<_> =
        names.into_iter().filter_map(|(old, new)| Some((new, files.remove(&path(&old))?))).collect();
    files.extend(contents.into_iter().map(|(name, contents)| (path(&name), contents)));
}

fn path(name: &str) -> String {
    format!("fragment/{name}.pf_fragment")
}
