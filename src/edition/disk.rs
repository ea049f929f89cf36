//! What a release does to the disk, one step after the other.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The steps in which a release changes the disk: so that a test can stop it at each.
pub trait Disk {
    /// Makes a folder, whose parent is there.
    ///
    /// # Errors
    /// What the file system says; there is something of this name already.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a new file.
    ///
    /// # Errors
    /// What the file system says; there is something of this name already.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Waits until a file's content, or a folder's list of names, is on the disk itself and not only promised.
    ///
    /// # Errors
    /// What the file system says.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Gives a folder another name.
    ///
    /// # Errors
    /// What the file system says; a folder that holds something has that name already.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the file system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// What the file system says; it holds something.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        if !path.is_dir() {
            return OpenOptions::new().write(true).open(path)?.sync_all();
        }
        if cfg!(not(unix)) {
            // There a folder cannot be opened, and looks after itself.
            return Ok(());
        }
        match fs::File::open(path)?.sync_all() {
            // Some network disks know no such thing for folders.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            done => done,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
