//! Objects of a repository, for any number of threads, and what may be wrong with one.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use gix::ObjectId;
use gix::objs::{Kind, TreeRefIter, tree::EntryKind};

use crate::diagnostic::Text;
use crate::say;
use crate::source::Unavailable;

/// The object store of a repository.
pub(super) struct Objects {
    shared: gix::ThreadSafeRepository,
    /// Handles that no thread is using: one keeps what it has unpacked, so that the next object of a pack costs less.
    idle: Mutex<Vec<gix::Repository>>,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) kind: EntryKind,
    pub(super) id: ObjectId,
}

/// Why an object cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The store does not have it.
    Missing(ObjectId),
    /// It is there, and cannot be read.
    Broken(ObjectId, String),
    /// It is another kind of thing than what leads to it says.
    Unfit(ObjectId, Kind),
    /// It leads to an object that leads on, and so without an end.
    Endless,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Objects").field(&self.shared.git_dir()).finish()
    }
}

impl Objects {
    pub(super) fn new(shared: gix::ThreadSafeRepository) -> Self {
        Self { shared, idle: Mutex::default() }
    }

    /// Works with a handle of this thread's own.
    pub(super) fn with<T>(&self, work: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let repository = taken.unwrap_or_else(|| self.shared.to_thread_local());
        let result = work(&repository);
        idle().push(repository);
        result
    }

    /// The kind and the bytes of an object.
    pub(super) fn read(&self, id: ObjectId) -> Result<(Kind, Vec<u8>), Fault> {
        self.with(|repository| match repository.try_find_object(id) {
            Ok(Some(object)) => Ok((object.kind, object.detach().data)),
            Ok(None) => Err(Fault::Missing(id)),
            Err(error) => Err(Fault::Broken(id, reason(&error))),
        })
    }

    /// The kind of an object and how many bytes it has, without unpacking it.
    pub(super) fn header(&self, id: ObjectId) -> Result<(Kind, u64), Fault> {
        self.with(|repository| match repository.try_find_header(id) {
            Ok(Some(header)) => Ok((header.kind(), header.size())),
            Ok(None) => Err(Fault::Missing(id)),
            Err(error) => Err(Fault::Broken(id, reason(&error))),
        })
    }

    /// The bytes of a file.
    pub(super) fn blob(&self, id: ObjectId) -> Result<Vec<u8>, Fault> {
        match self.read(id)? {
            (Kind::Blob, bytes) => Ok(bytes),
            (kind, _) => Err(Fault::Unfit(id, kind)),
        }
    }

    /// What is in a folder, in the order of the store.
    pub(super) fn tree(&self, id: ObjectId) -> Result<Vec<Entry>, Fault> {
        let bytes = match self.read(id)? {
            (Kind::Tree, bytes) => bytes,
            (kind, _) => return Err(Fault::Unfit(id, kind)),
        };
        let entry = |entry: gix::objs::tree::EntryRef<'_>| Entry {
            name: entry.filename.to_vec(),
            kind: entry.mode.kind(),
            id: entry.oid.to_owned(),
        };
        TreeRefIter::from_bytes(&bytes, id.kind())
            .map(|found| found.map(entry).map_err(|error| Fault::Broken(id, reason(&error))))
            .collect()
    }

    /// Whether the clone leaves out the older part of the history.
    pub(super) fn is_shallow(&self) -> bool {
        self.with(|repository| repository.is_shallow().unwrap_or(false))
    }

    /// Whether the clone leaves out objects on purpose, which git would fetch when it needs them.
    fn is_partial(&self) -> bool {
        self.with(|repository| {
            let config = repository.config_snapshot();
            let remotes = config.sections_by_name("remote").into_iter().flatten();
            remotes.into_iter().any(|remote| remote.value("promisor").is_some())
        })
    }

    /// What is wrong, and what to do next, in words.
    pub(super) fn explain(&self, fault: &Fault) -> Unavailable {
        Unavailable { why: fault.why(), help: self.way_out(fault) }
    }

    fn way_out(&self, fault: &Fault) -> Text {
        match fault {
            Fault::Missing(_) if self.is_shallow() => {
                say!("questa copia del deposito è senza la storia: completala con `git fetch --tags --unshallow`"; "this clone of the repository is without its history: complete it with `git fetch --tags --unshallow`")
            }
            Fault::Missing(_) if self.is_partial() => {
                say!("questa copia del deposito è parziale: clonalo di nuovo senza `--filter`"; "this clone of the repository is partial: clone it again without `--filter`")
            }
            Fault::Missing(_) | Fault::Broken(..) => {
                say!("il deposito è guasto: `git fsck` dice dove; clonalo di nuovo, o rimetti l'oggetto da una copia sana"; "the repository is damaged: `git fsck` says where; clone it again, or put the object back from a sound copy")
            }
            Fault::Unfit(..) | Fault::Endless => {
                say!("un'edizione è l'etichetta di un commit: togli questa con `git tag -d`, e rifalla sul commit giusto"; "an edition is the tag of a commit: remove this one with `git tag -d`, and make it again on the right commit")
            }
        }
    }
}

impl Fault {
    fn why(&self) -> Text {
        match self {
            Self::Missing(id) => {
                say!("nel deposito manca l'oggetto {id}"; "the repository lacks the object {id}")
            }
            Self::Broken(id, reason) => {
                say!("l'oggetto {id} del deposito è guasto: {reason}"; "the object {id} of the repository is damaged: {reason}")
            }
            Self::Unfit(id, kind) => {
                let (it, en) = match kind {
                    Kind::Blob => ("un file", "a file"),
                    Kind::Tree => ("una cartella", "a folder"),
                    Kind::Commit => ("un commit", "a commit"),
                    Kind::Tag => ("un'etichetta", "a tag"),
                };
                say!("l'oggetto {id} è {it}, e qui non può esserlo"; "the object {id} is {en}, which it cannot be here")
            }
            Self::Endless => {
                say!("porta a un'etichetta che porta a un'altra, e così via"; "it leads to a tag that leads to another, and so on")
            }
        }
    }
}

/// The words of the library: the first, which say what it was doing, and the last, which say what happened.
pub(super) fn reason(error: &gix::Error) -> String {
    let (what, cause) = (error.to_string(), error.probable_cause().to_string());
    if what.contains(&cause) { what } else { format!("{what}: {cause}") }
}
