//! A tree of files in memory.

use std::collections::BTreeMap;
use std::io;

use super::{Source, SourcePath};

/// Files that exist only here, or copies of others as they were at one moment.
#[derive(Debug, Clone, Default)]
pub struct MemorySource {
    paths: Vec<SourcePath>,
    files: BTreeMap<SourcePath, Vec<u8>>,
}

impl MemorySource {
    /// A tree of these files; a path that leads out of the tree is left out.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files
            .into_iter()
            .filter_map(|(path, text)| Some((SourcePath::new(path).ok()?, text.as_bytes().to_vec())));
        Self::of_bytes(files)
    }

    /// A tree of these files, of whatever bytes.
    pub fn of_bytes(files: impl IntoIterator<Item = (SourcePath, Vec<u8>)>) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        Self { paths: files.keys().cloned().collect(), files }
    }
}

impl Source for MemorySource {
    fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
