//! Where a handbook's files come from: a read-only tree of files.
//!
//! A [`Source`] is a folder, the tag of a git repository, a tree in memory. Paths are [`SourcePath`]s,
//! which cannot leave the tree; texts come out normalised ([`read_text`]), so that everything after this room
//! sees one line ending, no byte order mark and one form of each accented letter.

mod absolute;
mod folder;
mod folder_of;
mod git;
mod held;
mod memory;
mod path;
mod problem;
mod stamp;
mod text;
mod unavailable;

use std::io;
use std::path::Path;

pub use absolute::absolute;
pub use folder::{Change, FolderSource, OUTPUT_RECORD};
pub(crate) use folder::{ignored, passed_over};
pub use folder_of::FolderOf;
pub use git::{GitRepository, GitSource, Moment, Tag, TagPattern};
pub use held::Held;
pub use memory::MemorySource;
pub use path::{PathError, SourcePath};
pub use stamp::Stamp;
pub(crate) use stamp::file_id;
pub use text::{normalize, read_text, text_of, unreadable};
use unavailable::Unavailable;

/// A read-only tree of files.
pub trait Source: Send + Sync {
    /// Every file, in the order of their paths.
    fn paths(&self) -> &[SourcePath];

    /// The bytes of a file.
    ///
    /// # Errors
    /// What the file system says: the file is gone, may not be read, is no file.
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>>;

    /// A sign of a file's bytes: as long as it is the same, they are. `None` where there is no such sign.
    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        let _ = path;
        None
    }

    /// Where the tree is on disk, if it is a folder there.
    fn folder(&self) -> Option<&Path> {
        None
    }

    /// Whether there is a file at this path.
    fn contains(&self, path: &SourcePath) -> bool {
        self.paths().binary_search(path).is_ok()
    }
}
