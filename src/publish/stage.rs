//! Where rendered files wait until all of them are there.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::site::SitePath;

use super::PublishError;
use super::record::{Entry, Record, STAGE_PREFIX, modified};

/// A folder inside the output folder, so that moving out of it is one step of the file system.
pub(super) struct Stage {
    folder: TempDir,
    /// The output folder, when this build made it: it goes again if the build fails.
    made: Option<PathBuf>,
    committed: bool,
}

impl Stage {
    /// Makes the output folder if there is none, clears what an interrupted build left, and opens a stage.
    pub(super) fn create(output: &Path) -> Result<Self, PublishError> {
        let fail = |error| PublishError::Io(output.to_owned(), error);
        let made = (!output.exists()).then(|| output.to_owned());
        fs::create_dir_all(output).map_err(fail)?;
        for entry in fs::read_dir(output).map_err(fail)?.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(STAGE_PREFIX) {
                let path = entry.path();
                let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
        }
        let folder = tempfile::Builder::new().prefix(STAGE_PREFIX).tempdir_in(output).map_err(fail)?;
        Ok(Self { folder, made, committed: false })
    }

    /// Writes one file to the stage.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, PublishError> {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).map_err(|error| PublishError::Io(path.clone(), error))?;
        Ok(path)
    }

    /// Moves the staged files to their places and removes those of the earlier build that the site no longer
    /// has; returns how many were removed.
    pub(super) fn commit(
        mut self,
        output: &Path,
        before: &Record,
        after: BTreeMap<String, Entry>,
        staged: &[(PathBuf, SitePath)],
    ) -> Result<usize, PublishError> {
        let stale: Vec<&String> = before.files.keys().filter(|path| !after.contains_key(*path)).collect();
        // A file where a folder must be, or the other way round, has to go first.
        let (first, last): (Vec<&String>, Vec<&String>) =
            stale.iter().partition(|path| in_the_way(path, &after));
        refuse_others(output, staged, &first)?;
        let mut record = Record { files: before.files.clone() };
        record.files.extend(after.iter().map(|(path, entry)| (path.clone(), entry.clone())));
        record.save(output)?;
        self.committed = true;
        for path in first {
            remove(output, path)?;
        }
        let mut files = after;
        for (from, path) in staged {
            let target = output.join(path.as_str());
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(|error| PublishError::Io(folder.to_owned(), error))?;
            }
            fs::rename(from, &target).map_err(|error| PublishError::Io(target.clone(), error))?;
            if let Some(entry) = files.get_mut(path.as_str()) {
                entry.modified = fs::metadata(&target).ok().as_ref().and_then(modified);
            }
        }
        for path in last {
            remove(output, path)?;
        }
        let removed = stale.len();
        Record { files }.save(output)?;
        Ok(removed)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(made) = self.made.take().filter(|_| !self.committed) {
            // The stage is in it; both are ours, and nothing else can be there yet.
            let _ = fs::remove_dir_all(self.folder.path());
            let _ = fs::remove_dir(made);
        }
    }
}

/// Whether a path of the earlier build is a folder of the new one, or has one of its files as a folder.
fn in_the_way(stale: &str, after: &BTreeMap<String, Entry>) -> bool {
    let as_folder = format!("{stale}/");
    let is_folder_now =
        after.range(as_folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&as_folder));
    let parents = stale.match_indices('/').map(|(at, _)| stale.get(..at).unwrap_or(""));
    is_folder_now || parents.into_iter().any(|parent| after.contains_key(parent))
}

/// Removes a file of ours and the folders that it leaves empty.
fn remove(output: &Path, path: &str) -> Result<(), PublishError> {
    let target = output.join(path);
    match fs::remove_file(&target) {
        Ok(()) => {}
        Err(error)
            if error.kind() == io::ErrorKind::NotFound || error.kind() == io::ErrorKind::NotADirectory => {}
        Err(error) => return Err(PublishError::Io(target, error)),
    }
    let folders = target.ancestors().skip(1).take_while(|folder| *folder != output);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Refuses to publish where somebody else's file or link stands in the place of a file or folder of ours.
fn refuse_others(
    output: &Path,
    staged: &[(PathBuf, SitePath)],
    going: &[&String],
) -> Result<(), PublishError> {
    let goes = |path: &Path| {
        let relative = path.strip_prefix(output).ok().and_then(Path::to_str);
        going.iter().any(|going| Some(going.as_str()) == relative)
    };
    let mut seen = HashSet::new();
    for (_, path) in staged {
        let target = output.join(path.as_str());
        let folders = target.ancestors().skip(1).take_while(|folder| *folder != output);
        for folder in folders.map(Path::to_owned).collect::<Vec<_>>() {
            let is_other =
                fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir()) && !goes(&folder);
            if seen.insert(folder.clone()) && is_other {
                return Err(PublishError::NotOurs(folder));
            }
        }
        if fs::symlink_metadata(&target).is_ok_and(|metadata| metadata.is_dir()) {
            let mut inside = WalkDir::new(&target).into_iter().filter_map(Result::ok);
            if let Some(other) = inside.find(|entry| !entry.file_type().is_dir() && !goes(entry.path())) {
                return Err(PublishError::NotOurs(other.into_path()));
            }
        }
    }
    Ok(())
}
