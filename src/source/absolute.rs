//! Paths of the disk in one form, so that they can be compared.

use std::path::{Component, Path, PathBuf};

/// The path without links, also where its end does not exist yet.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut there = path.as_path();
    loop {
        if let Ok(real) = there.canonicalize() {
            let ending = missing.iter().rev().fold(real, |path: PathBuf, part| match part {
                Component::ParentDir => path.parent().map(Path::to_owned).unwrap_or(path),
                part => path.join(part),
            });
            return ending;
        }
        let Some(parent) = there.parent() else { return path };
        missing.extend(there.components().next_back());
        there = parent;
    }
}
