//! Finding one's way in the tree of a commit, as in folders on a disk.

use std::collections::HashMap;
use std::sync::Arc;

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use unicode_normalization::UnicodeNormalization;

use super::objects::{Entry, Fault, Objects};

/// How many symbolic links may lead to one another, as on Linux.
const MOST_LINKS: usize = 40;

/// No system follows a longer path.
const LONGEST_PATH: usize = 4096;

/// The folders of one commit, each read once.
pub(super) struct Trees<'a> {
    objects: &'a Objects,
    read: HashMap<ObjectId, Arc<Vec<Entry>>>,
}

/// A folder in the commit: the names and trees from the root down, itself the last. The root has no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder(Vec<(Vec<u8>, ObjectId)>);

/// What a symbolic link leads to.
#[derive(Debug)]
pub(super) enum Found {
    /// A file, and the folder in which it is.
    File(Folder, ObjectId),
    /// A folder.
    Folder(Folder),
}

/// Why a symbolic link leads to nothing.
#[derive(Debug)]
pub(super) enum Astray {
    /// Out of the handbook.
    Outside,
    /// To a name that is not there.
    Nowhere,
    /// Back to itself.
    Loop,
    /// Into what the store cannot give.
    Fault(Fault),
}

impl Folder {
    /// The root of a commit.
    pub(super) fn root(tree: ObjectId) -> Self {
        Self(vec![(Vec::new(), tree)])
    }

    /// A folder in this one.
    pub(super) fn child(&self, name: &[u8], tree: ObjectId) -> Self {
        Self(self.0.iter().cloned().chain([(name.to_vec(), tree)]).collect())
    }

    /// The tree of the folder.
    pub(super) fn tree(&self) -> Option<ObjectId> {
        self.0.last().map(|(_, tree)| *tree)
    }

    /// How far below the root it is.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Whether this is `folder` or lies in it.
    pub(super) fn is_within(&self, folder: &Self) -> bool {
        self.0.starts_with(&folder.0)
    }

    /// The path from the root, for people.
    pub(super) fn shown(&self) -> String {
        let names: Vec<_> = self.0.iter().skip(1).map(|(name, _)| String::from_utf8_lossy(name)).collect();
        if names.is_empty() { ".".to_owned() } else { names.join("/") }
    }
}

impl<'a> Trees<'a> {
    pub(super) fn new(objects: &'a Objects) -> Self {
        Self { objects, read: HashMap::new() }
    }

    /// What is in a folder.
    pub(super) fn entries(&mut self, folder: &Folder) -> Result<Arc<Vec<Entry>>, Fault> {
        let Some(id) = folder.tree() else { return Ok(Arc::default()) };
        if let Some(entries) = self.read.get(&id) {
            return Ok(Arc::clone(entries));
        }
        let entries = Arc::new(self.objects.tree(id)?);
        self.read.insert(id, Arc::clone(&entries));
        Ok(entries)
    }

    /// The entry of a name: the same bytes, else the same text in another normalisation.
    pub(super) fn entry(&mut self, folder: &Folder, name: &[u8]) -> Result<Option<Entry>, Fault> {
        let entries = self.entries(folder)?;
        let same = entries.iter().find(|entry| entry.name == name);
        let twin = || entries.iter().find(|entry| is_twin(&entry.name, name));
        Ok(same.or_else(twin).cloned())
    }

    /// The folder at a path below another.
    pub(super) fn folder<'p>(
        &mut self,
        root: &Folder,
        parts: impl Iterator<Item = &'p str>,
    ) -> Result<Option<Folder>, Fault> {
        let mut folder = root.clone();
        for part in parts {
            match self.entry(&folder, part.as_bytes())? {
                Some(Entry { name, kind: EntryKind::Tree, id }) => folder = folder.child(&name, id),
                Some(_) | None => return Ok(None),
            }
        }
        Ok(Some(folder))
    }

    /// Follows a symbolic link that stands in a folder, over other links, while it stays in the commit.
    pub(super) fn follow(&mut self, folder: &Folder, link: ObjectId) -> Result<Found, Astray> {
        let mut at = folder.0.clone();
        let mut ahead = self.target(link)?;
        let mut links = 1;
        while let Some(part) = ahead.pop() {
            match part.as_slice() {
                b"" | b"." => continue,
                b".." => {
                    at.pop();
                    if at.is_empty() {
                        return Err(Astray::Outside);
                    }
                    continue;
                }
                _ => {}
            }
            let entry = self.entry(&Folder(at.clone()), &part).map_err(Astray::Fault)?;
            let entry = entry.ok_or(Astray::Nowhere)?;
            match entry.kind {
                EntryKind::Tree => at.push((entry.name, entry.id)),
                EntryKind::Blob | EntryKind::BlobExecutable if ahead.is_empty() => {
                    return Ok(Found::File(Folder(at), entry.id));
                }
                EntryKind::Link => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(Astray::Loop);
                    }
                    ahead.extend(self.target(entry.id)?);
                }
                EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Commit => {
                    return Err(Astray::Nowhere);
                }
            }
        }
        Ok(Found::Folder(Folder(at)))
    }

    /// The parts of the path that a link holds, the first of them last.
    fn target(&self, link: ObjectId) -> Result<Vec<Vec<u8>>, Astray> {
        let path = self.objects.blob(link).map_err(Astray::Fault)?;
        if path.starts_with(b"/") {
            return Err(Astray::Outside);
        }
        if path.is_empty() || path.len() > LONGEST_PATH {
            return Err(Astray::Nowhere);
        }
        Ok(path.rsplit(|byte| *byte == b'/').map(<[u8]>::to_vec).collect())
    }
}

fn is_twin(one: &[u8], other: &[u8]) -> bool {
    match (str::from_utf8(one), str::from_utf8(other)) {
        (Ok(one), Ok(other)) => one.nfc().eq(other.nfc()),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => false,
    }
}
