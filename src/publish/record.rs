//! The record of a build, kept beside what it wrote: which files are ours, and what they hold.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::site::SitePath;
use crate::source::OUTPUT_RECORD;

use super::PublishError;

/// The beginning of the names of what is ours only while a build goes on.
pub(super) const STAGE_PREFIX: &str = ".vademecum-stage-";

/// One file that we wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// BLAKE3, in hexadecimal.
    pub(super) hash: String,
    /// In bytes.
    pub(super) size: u64,
    /// When it was last modified, in nanoseconds since 1970: a cheap sign that nobody touched it.
    pub(super) modified: Option<u64>,
}

impl Entry {
    /// Whether a file on disk is as it was written, as far as its size and time tell.
    fn is_untouched(&self, found: &fs::Metadata) -> bool {
        self.modified.is_some() && self.modified == modified(found) && found.len() == self.size
    }
}

/// The files of the earlier build, by their path.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) files: BTreeMap<String, Entry>,
    /// What each search index was made of, by its folder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) searched: BTreeMap<String, String>,
}

/// How a file on disk compares with what the site has now.
pub(super) enum State {
    /// Nothing to do.
    Same(Entry),
    /// It is missing or different, and ours to write.
    Different,
    /// Somebody else's file is in its place.
    NotOurs,
}

impl Record {
    /// The record in an output folder; empty for a folder that is new or empty.
    pub(super) fn open(output: &Path) -> Result<Self, PublishError> {
        let path = output.join(OUTPUT_RECORD);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| PublishError::DamagedRecord(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if holds_something(output)? {
                    Err(PublishError::NotOurs(output.to_owned()))
                } else {
                    Ok(Self::default())
                }
            }
            Err(error) => Err(PublishError::Io(path, error)),
        }
    }

    /// Writes the record, whole or not at all.
    pub(super) fn save(&self, output: &Path) -> Result<(), PublishError> {
        let path = output.join(OUTPUT_RECORD);
        let fail = |error| PublishError::Io(path.clone(), error);
        let mut file = tempfile::Builder::new().prefix(STAGE_PREFIX).tempfile_in(output).map_err(fail)?;
        let json = serde_json::to_vec(self).map_err(|error| fail(error.into()))?;
        file.write_all(&json).map_err(fail)?;
        file.persist(&path).map_err(|error| fail(error.error))?;
        Ok(())
    }

    /// The files of a search index that was made of the same; `None` where there is none, and where one of them is no
    /// longer as it was written.
    pub(super) fn index_of(
        &self,
        output: &Path,
        folder: &SitePath,
        mark: &str,
    ) -> Option<Vec<(SitePath, Entry)>> {
        self.searched.get(folder.as_str()).filter(|known| *known == mark)?;
        let inside = format!("{folder}/");
        let files = self.files.range(inside.clone()..).take_while(|(path, _)| path.starts_with(&inside));
        let kept = files.map(|(path, entry)| {
            let metadata = fs::symlink_metadata(output.join(path)).ok().filter(|found| found.is_file())?;
            entry.is_untouched(&metadata).then_some((SitePath::parse(path)?, entry.clone()))
        });
        kept.collect::<Option<Vec<_>>>().filter(|kept| !kept.is_empty())
    }

    /// Compares the file on disk with what the site has now.
    pub(super) fn state_of(&self, path: &SitePath, target: &Path, now: &Entry, bytes: &[u8]) -> State {
        if self.files.is_empty() {
            // The folder was empty when the build began.
            return State::Different;
        }
        let Ok(metadata) = fs::symlink_metadata(target) else { return State::Different };
        let Some(before) = self.files.get(path.as_str()) else {
            return if metadata.is_dir() { State::Different } else { State::NotOurs };
        };
        if !metadata.is_file() {
            return State::Different;
        }
        let modified = modified(&metadata);
        let same = if before.is_untouched(&metadata) {
            before.hash == now.hash
        } else {
            metadata.len() == now.size && fs::read(target).is_ok_and(|old| old == bytes)
        };
        if same { State::Same(Entry { modified, ..now.clone() }) } else { State::Different }
    }
}

/// When a file was last modified, in nanoseconds since 1970.
pub(super) fn modified(metadata: &fs::Metadata) -> Option<u64> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

/// Whether a folder holds anything but what an interrupted build of ours left.
fn holds_something(output: &Path) -> Result<bool, PublishError> {
    match fs::read_dir(output) {
        Ok(entries) => {
            let mut names = entries.filter_map(Result::ok).map(|entry| entry.file_name());
            Ok(names.any(|name| !name.to_string_lossy().starts_with(STAGE_PREFIX)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(PublishError::Io(output.to_owned(), error)),
    }
}
