//! Where rendered files wait until all of them are there.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::site::SitePath;

use super::PublishError;
use super::record::{Entry, Record, STAGE_PREFIX, modified};

/// A folder inside the output folder, so that moving out of it is one step of the file system. In it the files stand as
/// they will in the site: a folder that the output does not have yet moves as a whole.
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

    /// Writes one file to the stage; returns when it was modified, if the file system says so.
    pub(super) fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<Option<u64>, PublishError> {
        let path = self.folder.path().join(path.as_str());
        let fail = |error| PublishError::Io(path.clone(), error);
        let mut file = create(&path).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        Ok(file.metadata().ok().as_ref().and_then(modified))
    }

    /// Moves the staged files to their places and removes those of the earlier build that the site no longer
    /// has; returns how many were removed.
    pub(super) fn commit(
        mut self,
        output: &Path,
        before: &Record,
        mut record: Record,
    ) -> Result<usize, PublishError> {
        let after = &record.files;
        let stale: Vec<&String> = before.files.keys().filter(|path| !after.contains_key(*path)).collect();
        // A file where a folder must be, or the other way round, has to go first.
        let (first, last): (Vec<&String>, Vec<&String>) =
            stale.iter().partition(|path| in_the_way(path, after));
        let going = first.iter().map(|path| output.join(path)).collect();
        refuse_others(self.folder.path(), output, &going)?;
        let removed = stale.len();
        if record == *before {
            self.committed = true;
            return Ok(0);
        }
        // Until all is done the record names what is there and what will be.
        let entry = |path: &&String| before.files.get(*path).map(|entry| ((*path).clone(), entry.clone()));
        record.files.extend(stale.iter().filter_map(entry));
        record.save(output)?;
        self.committed = true;
        for path in first {
            remove(output, path)?;
        }
        move_in(self.folder.path(), output)?;
        for path in last {
            remove(output, path)?;
        }
        if removed > 0 {
            for path in stale {
                record.files.remove(path);
            }
            record.save(output)?;
        }
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

/// Refuses to publish where somebody else's file or link stands in the place of a file or folder of ours; what is
/// `going` will be gone by then.
fn refuse_others(staged: &Path, output: &Path, going: &HashSet<PathBuf>) -> Result<(), PublishError> {
    for (from, to) in entries(staged, output)? {
        let Ok(there) = fs::symlink_metadata(&to) else { continue };
        match (from.is_dir(), there.is_dir()) {
            (true, true) => refuse_others(&from, &to, going)?,
            (true, false) if !going.contains(&to) => return Err(PublishError::NotOurs(to)),
            (false, true) => {
                let mut inside = WalkDir::new(&to).into_iter().filter_map(Result::ok);
                let is_other = |path: &Path| !going.contains(path);
                if let Some(other) =
                    inside.find(|entry| !entry.file_type().is_dir() && is_other(entry.path()))
                {
                    return Err(PublishError::NotOurs(other.into_path()));
                }
            }
            (true | false, false) => {}
        }
    }
    Ok(())
}

/// Moves what is staged to its place, as few steps as can be: what is missing there moves with all that is in it.
fn move_in(staged: &Path, output: &Path) -> Result<(), PublishError> {
    for (from, to) in entries(staged, output)? {
        if from.is_dir() && to.is_dir() {
            move_in(&from, &to)?;
        } else {
            fs::rename(&from, &to).map_err(|error| PublishError::Io(to, error))?;
        }
    }
    Ok(())
}

/// What a folder of the stage holds, each with its place in the output.
fn entries(staged: &Path, output: &Path) -> Result<Vec<(PathBuf, PathBuf)>, PublishError> {
    let fail = |error| PublishError::Io(staged.to_owned(), error);
    let entries = fs::read_dir(staged).map_err(fail)?;
    let pair = |entry: io::Result<fs::DirEntry>| {
        let entry = entry.map_err(fail)?;
        Ok((entry.path(), output.join(entry.file_name())))
    };
    entries.map(pair).collect()
}

/// Makes a file, and the folders around it where they are missing.
fn create(path: &Path) -> io::Result<File> {
    match (File::create(path), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            File::create(path)
        }
        (made, _) => made,
    }
}
