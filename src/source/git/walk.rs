//! Lists the files of a handbook in a commit, as a walk over the folder on disk would.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::say;
use crate::source::{OUTPUT_RECORD, SourcePath, Unavailable, ignored, problem, unreadable};

use super::objects::{Entry, Fault, Objects};
use super::tree::{Astray, Folder, Found, Trees};

/// More files than any handbook has: a tree that repeats itself could hold without end.
const MOST_FILES: usize = 250_000;

/// Deeper than any system opens files.
const DEEPEST: usize = 128;

/// The files of a handbook, and what was wrong on the way.
pub(super) struct Listing {
    pub(super) files: BTreeMap<SourcePath, ObjectId>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether there are more files than anybody could want; then the others are not listed.
    pub(super) is_endless: bool,
}

/// Lists a folder and all that is in it. Submodules are passed over: their files are in another repository.
pub(super) fn list(objects: &Objects, trees: &mut Trees<'_>, handbook: &Folder) -> Listing {
    let listing = Listing { files: BTreeMap::new(), diagnostics: Vec::new(), is_endless: false };
    let mut walk = Walk { objects, trees, handbook, listing, left: MOST_FILES };
    let mut above = Vec::new();
    walk.folder("", handbook, &mut above);
    walk.listing
}

struct Walk<'a, 'o> {
    objects: &'a Objects,
    trees: &'a mut Trees<'o>,
    handbook: &'a Folder,
    listing: Listing,
    /// How many names may still come.
    left: usize,
}

impl Walk<'_, '_> {
    /// `shown` is the path by which the walk came, which links may have led elsewhere than the folder's own.
    fn folder(&mut self, shown: &str, folder: &Folder, above: &mut Vec<Folder>) {
        let entries = match self.trees.entries(folder) {
            Ok(entries) => entries,
            Err(fault) => return self.unavailable(shown, &fault),
        };
        let is_output = entries.iter().any(|entry| entry.name == OUTPUT_RECORD.as_bytes());
        if is_output && !above.is_empty() {
            return;
        }
        if above.len() > DEEPEST {
            return self.report(unreadable_for(shown, &too_deep()));
        }
        above.push(folder.clone());
        let mut names = BTreeSet::new();
        for entry in entries.iter() {
            if self.left == 0 {
                self.listing.is_endless = true;
                break;
            }
            self.left -= 1;
            if let Some(name) = self.name(shown, entry) {
                let is_new = names.insert(name.clone());
                self.entry(&join(shown, &name), folder, entry, is_new, above);
            }
        }
        above.pop();
    }

    fn entry(&mut self, shown: &str, folder: &Folder, entry: &Entry, is_new: bool, above: &mut Vec<Folder>) {
        match entry.kind {
            _ if !is_new => self.report(problem::twins(shown, shown)),
            EntryKind::Tree => self.folder(shown, &folder.child(&entry.name, entry.id), above),
            EntryKind::Blob | EntryKind::BlobExecutable => self.file(shown, entry.id),
            EntryKind::Link => self.link(shown, folder, entry.id, above),
            EntryKind::Commit => {}
        }
    }

    fn file(&mut self, shown: &str, id: ObjectId) {
        match SourcePath::new(shown) {
            Ok(path) => drop(self.listing.files.insert(path, id)),
            Err(_) => self.report(problem::unusable_name(shown)),
        }
    }

    fn link(&mut self, shown: &str, folder: &Folder, link: ObjectId, above: &mut Vec<Folder>) {
        let outside = |folder: &Folder| !folder.is_within(self.handbook);
        match self.trees.follow(folder, link) {
            Ok(Found::File(folder, _) | Found::Folder(folder)) if outside(&folder) => {
                self.report(problem::link_outside(shown));
            }
            Ok(Found::File(_, id)) => self.file(shown, id),
            Ok(Found::Folder(folder)) if above.contains(&folder) => self.report(problem::link_loop(shown)),
            Ok(Found::Folder(folder)) => self.folder(shown, &folder, above),
            Err(Astray::Outside) => self.report(problem::link_outside(shown)),
            Err(Astray::Nowhere) => self.report(problem::dangling_link(shown)),
            Err(Astray::Loop) => self.report(problem::link_loop(shown)),
            Err(Astray::Fault(fault)) => self.unavailable(shown, &fault),
        }
    }

    /// The name of an entry as part of a path; `None` for one that is passed over, and for one that no file could have.
    fn name(&mut self, shown: &str, entry: &Entry) -> Option<String> {
        let name = str::from_utf8(&entry.name).ok();
        let is_part = |name: &&str| !["", ".", ".."].contains(name) && !name.contains('/');
        if name.is_some_and(|name| is_part(&name) && ignored(name.as_ref())) {
            return None;
        }
        let is_path = |name: &&str| SourcePath::new(name).is_ok();
        let usable = name.filter(is_part).filter(is_path);
        if usable.is_none() {
            let lossy = String::from_utf8_lossy(&entry.name);
            self.report(problem::unusable_name(&join(shown, &lossy)));
        }
        usable.map(|name| name.nfc().collect())
    }

    fn unavailable(&mut self, shown: &str, fault: &Fault) {
        let unavailable = self.objects.explain(fault);
        self.report(unreadable_for(shown, &unavailable));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.listing.diagnostics.push(diagnostic);
    }
}

fn unreadable_for(shown: &str, unavailable: &Unavailable) -> Diagnostic {
    let path = SourcePath::new(shown).unwrap_or_else(|_| SourcePath::root());
    unreadable(&path, &unavailable.clone().into())
}

fn too_deep() -> Unavailable {
    Unavailable {
        why: say!("le cartelle stanno una nell'altra per più di {DEEPEST} livelli"; "folders are nested more than {DEEPEST} deep"),
        help: say!("porta più in alto i file che servono"; "move the files that are needed further up"),
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
