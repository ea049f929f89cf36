//! A tree of which a part is held in memory.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::iter::Either;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

use super::{MemorySource, Source, SourcePath, unreadable};

/// A tree of which some files are held as they were at one moment, whatever happens to them afterwards. The others are
/// read when they are asked for.
pub struct Held {
    source: Arc<dyn Source>,
    held: MemorySource,
}

impl Held {
    /// Reads the files that are to be held, each once; those that cannot be read are reported.
    pub fn of(
        source: Arc<dyn Source>,
        is_to_hold: impl Fn(&SourcePath) -> bool + Sync,
    ) -> (Self, Vec<Diagnostic>) {
        let read = |path: &SourcePath| match source.read(path) {
            Ok(bytes) => Either::Left((path.clone(), bytes)),
            Err(error) => Either::Right(unreadable(path, &error)),
        };
        let paths = source.paths().par_iter().filter(|path| is_to_hold(path));
        let (files, problems): (Vec<_>, Vec<_>) = paths.partition_map(read);
        (Self { held: MemorySource::of_bytes(files), source }, problems)
    }
}

impl Source for Held {
    fn paths(&self) -> &[SourcePath] {
        self.source.paths()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        if self.held.contains(path) { self.held.read(path) } else { self.source.read(path) }
    }

    fn folder(&self) -> Option<&Path> {
        self.source.folder()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::FolderSource;

    #[test]
    fn what_is_held_stays_as_it_was_and_the_rest_does_not() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.md", "b.md"] {
            fs::write(dir.path().join(name), "prima").unwrap();
        }
        let (source, _) = FolderSource::scan(dir.path(), &[]);
        let (held, problems) = Held::of(Arc::new(source), |path| path.as_str() == "a.md");
        assert_eq!(problems, []);
        for name in ["a.md", "b.md"] {
            fs::write(dir.path().join(name), "dopo").unwrap();
        }
        let text = |name| held.read(&SourcePath::new(name).unwrap()).unwrap();
        assert_eq!((text("a.md"), text("b.md")), (b"prima".to_vec(), b"dopo".to_vec()));
        assert_eq!(held.paths().len(), 2);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), "").unwrap();
        let (source, _) = FolderSource::scan(dir.path(), &[]);
        fs::remove_file(dir.path().join("a.md")).unwrap();
        let (_, problems) = Held::of(Arc::new(source), |_| true);
        let names: Vec<_> = problems.iter().map(|d| d.place.as_ref().unwrap().file.name()).collect();
        assert_eq!(names, ["a.md"]);
    }
}
