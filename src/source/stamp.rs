//! Whether a file is still as it was.

use std::fs::Metadata;
use std::time::SystemTime;

/// A sign of a file's bytes: who has the same knows that nobody wrote the file in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The disk and the file on it, where the system numbers them: another file may be as old and as long.
    id: Option<(u64, u64)>,
    modified: SystemTime,
    /// In bytes.
    size: u64,
    /// How often somebody told that the file has changed: a file system's clock is too slow to tell two changes apart.
    touched: u64,
}

impl Stamp {
    /// The stamp of a file that was touched so often; `None` where the file system does not tell when.
    pub(super) fn of(metadata: &Metadata, touched: u64) -> Option<Self> {
        Some(Self {
            id: file_id(metadata),
            modified: metadata.modified().ok()?,
            size: metadata.len(),
            touched,
        })
    }
}

/// The numbers of a disk and of a file on it, where the system has any.
#[cfg(unix)]
pub(crate) fn file_id(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// The numbers of a disk and of a file on it; this system has none.
#[cfg(not(unix))]
pub(crate) fn file_id(_: &Metadata) -> Option<(u64, u64)> {
    None
}
