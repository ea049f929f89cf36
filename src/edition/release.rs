//! Writes an edition: the whole of it, or nothing that anybody sees.
//!
//! The files go into a folder whose name hides it, and which no command reads. When all of them are on the disk, one
//! renaming makes them the edition: a power cut before it leaves no edition, one after it the whole.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::handbook::{Date, EditionNumber};
use crate::source::{FolderSource, MemorySource, Source, SourcePath};

use super::{Changed, Disk, EDITIONS, Register, SEAL, Seal, folder_of};

/// The end of the name of a folder in which an edition is being written; it begins with a dot.
const UNFINISHED: &str = ".unfinished";

/// An edition that is ready to be written.
#[derive(Debug, Clone)]
pub struct Release {
    seal: Seal,
    source: MemorySource,
}

/// Why an edition was not written.
#[derive(Debug)]
pub enum ReleaseError {
    /// There is something in its place.
    Taken(PathBuf),
    /// Another release is going on.
    Busy(PathBuf),
    /// The file system refused this.
    Io(PathBuf, io::Error),
    /// What is on the disk is not what was written.
    Different(PathBuf, Vec<Changed>),
    /// The edition is in its place, and the disk did not say that it will stay there.
    Unsure(PathBuf, io::Error),
}

/// Whether an edition keeps this file of a handbook. It keeps no other edition, and no theme: an edition is shown in the
/// theme of the day.
pub fn is_recorded(path: &SourcePath) -> bool {
    let is_apart = !path.parent().is_root() && path.parts().next().is_some_and(|top| APART.contains(&top));
    !is_apart && path.as_str() != SEAL
}

/// The folders that no edition keeps.
const APART: [&str; 2] = [EDITIONS, "themes"];

impl Release {
    /// The edition of a handbook that publishes these names. It keeps the bytes of the files as they are now.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(
        number: EditionNumber,
        date: Date,
        note: String,
        handbook: &dyn Source,
        register: Register,
    ) -> io::Result<Self> {
        let recorded = handbook.paths().iter().filter(|path| is_recorded(path));
        let files = recorded.map(|path| Ok((path.clone(), handbook.read(path)?)));
        let source = MemorySource::of_bytes(files.collect::<io::Result<Vec<_>>>()?);
        let seal = Seal::of(number, date, note, &source, register)?;
        Ok(Self { seal, source })
    }

    /// The seal.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// How many bytes all files have, the seal among them.
    pub fn size(&self) -> usize {
        let files = self.source.paths().iter().filter_map(|path| self.source.read(path).ok());
        files.map(|bytes| bytes.len()).sum::<usize>() + self.seal.to_json().len()
    }

    /// Writes the edition into its folder of the handbook, and looks whether all of it is there. What a release that was
    /// cut short has left goes first.
    ///
    /// # Errors
    /// Nothing is where the edition would be, but for [`ReleaseError::Taken`], where something was, for
    /// [`ReleaseError::Unsure`], and for a disk that loses what it said it had.
    pub fn write(&self, handbook: &Path, disk: &dyn Disk) -> Result<(), ReleaseError> {
        let editions = handbook.join(EDITIONS);
        let target = handbook.join(folder_of(self.seal.edition));
        if !editions.is_dir() {
            disk.create_folder(&editions).map_err(in_place(&editions))?;
            disk.sync(handbook).map_err(in_place(handbook))?;
        }
        let _lock = lock(&editions)?;
        if target.symlink_metadata().is_ok() {
            return Err(ReleaseError::Taken(target));
        }
        clear(&editions, disk)?;
        let stage = editions.join(format!(".{}{UNFINISHED}", self.seal.edition));
        let staged = self.stage(&stage, disk).and_then(|()| self.verify(&stage));
        let moved = staged.and_then(|()| disk.rename(&stage, &target).map_err(in_place(&target)));
        if moved.is_err() {
            // Why it failed is what the editor wants to know; the next release tries again.
            let _ = remove(&stage, disk);
        }
        moved?;
        disk.sync(&editions).map_err(|error| ReleaseError::Unsure(target.clone(), error))?;
        self.verify(&target)
    }

    /// Writes every file, the seal last, and waits until the disk has them.
    fn stage(&self, stage: &Path, disk: &dyn Disk) -> Result<(), ReleaseError> {
        let folders = self.folders();
        for folder in &folders {
            let path = stage.join(folder.as_str());
            disk.create_folder(&path).map_err(in_place(&path))?;
        }
        for name in self.source.paths() {
            let bytes = self.source.read(name).map_err(in_place(Path::new(name.as_str())))?;
            write(&stage.join(name.as_str()), &bytes, disk)?;
        }
        write(&stage.join(SEAL), self.seal.to_json().as_bytes(), disk)?;
        for folder in folders.iter().rev() {
            let path = stage.join(folder.as_str());
            disk.sync(&path).map_err(in_place(&path))?;
        }
        Ok(())
    }

    /// The folders of the edition, each after the one that holds it; its own first.
    fn folders(&self) -> BTreeSet<SourcePath> {
        let mut folders = BTreeSet::from([SourcePath::root()]);
        for path in self.source.paths() {
            let mut folder = path.parent();
            while folders.insert(folder.clone()) {
                folder = folder.parent();
            }
        }
        folders
    }

    /// Reads the edition back.
    fn verify(&self, folder: &Path) -> Result<(), ReleaseError> {
        let seal = folder.join(SEAL);
        let (source, _) = FolderSource::scan(folder, std::slice::from_ref(&seal));
        let mut changes = self.seal.changes(&source);
        if std::fs::read(&seal).map_err(in_place(&seal))? != self.seal.to_json().as_bytes() {
            changes.push(Changed::Content(SEAL.to_owned()));
        }
        if changes.is_empty() { Ok(()) } else { Err(ReleaseError::Different(folder.to_owned(), changes)) }
    }
}

fn write(path: &Path, bytes: &[u8], disk: &dyn Disk) -> Result<(), ReleaseError> {
    disk.write(path, bytes).and_then(|()| disk.sync(path)).map_err(in_place(path))
}

/// Keeps a second release away, which would take the first's unfinished folder for a leftover. The system lets go of it
/// with the process, however that ends.
fn lock(editions: &Path) -> Result<Option<File>, ReleaseError> {
    // Where a folder cannot be opened or locked, two editors are not kept apart: reading back tells.
    let Ok(file) = File::open(editions) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ReleaseError::Busy(editions.to_owned())),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Removes what releases that were cut short have left.
fn clear(editions: &Path, disk: &dyn Disk) -> Result<(), ReleaseError> {
    for entry in editions.read_dir().map_err(in_place(editions))? {
        let entry = entry.map_err(in_place(editions))?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(UNFINISHED));
        if number.is_some_and(|number| number.parse::<EditionNumber>().is_ok()) {
            remove(&entry.path(), disk)?;
        }
    }
    Ok(())
}

/// Removes a folder with all that it holds.
fn remove(folder: &Path, disk: &dyn Disk) -> Result<(), ReleaseError> {
    for entry in WalkDir::new(folder).follow_root_links(false).contents_first(true) {
        let entry = entry.map_err(|error| ReleaseError::Io(folder.to_owned(), error.into()))?;
        let path = entry.path();
        let removed =
            if entry.file_type().is_dir() { disk.remove_folder(path) } else { disk.remove_file(path) };
        removed.map_err(in_place(path))?;
    }
    Ok(())
}

fn in_place(path: &Path) -> impl Fn(io::Error) -> ReleaseError {
    move |error| ReleaseError::Io(path.to_owned(), error)
}
