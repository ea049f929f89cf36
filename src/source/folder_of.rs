//! A folder of another tree, as a tree of its own.

use std::io;
use std::sync::Arc;

use super::{Source, SourcePath};

/// The files of one folder of another source.
pub struct FolderOf {
    source: Arc<dyn Source>,
    paths: Vec<SourcePath>,
    folder: String,
}

impl FolderOf {
    /// The files in `folder`, but for those of these names in it.
    pub fn new(source: Arc<dyn Source>, folder: &str, without: &[&str]) -> Self {
        let folder = format!("{folder}/");
        let inside = source.paths().iter().filter_map(|path| path.as_str().strip_prefix(&folder));
        let paths = inside
            .filter(|name| !without.contains(name))
            .filter_map(|name| SourcePath::new(name).ok())
            .collect();
        Self { source, paths, folder }
    }
}

impl Source for FolderOf {
    fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let path = SourcePath::new(&format!("{}{path}", self.folder));
        self.source.read(&path.map_err(|_| io::ErrorKind::NotFound)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemorySource;

    #[test]
    fn a_folder_is_a_tree_of_its_own() {
        let source = MemorySource::new([("a/b.md", "b"), ("a/c/d.md", "d"), ("ab.md", ""), ("a/e.md", "")]);
        let folder = FolderOf::new(Arc::new(source), "a", &["e.md"]);
        let paths: Vec<_> = folder.paths().iter().map(SourcePath::as_str).collect();
        assert_eq!(paths, ["b.md", "c/d.md"]);
        assert_eq!(folder.read(&SourcePath::new("c/d.md").unwrap()).unwrap(), b"d");
        assert!(folder.read(&SourcePath::new("../ab.md").unwrap_or_else(|_| SourcePath::root())).is_err());
    }
}
