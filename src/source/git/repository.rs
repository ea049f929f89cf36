//! A repository around a handbook, and the files of one tag.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use gix::ObjectId;
use gix::open::{Options, Permissions};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::source::{Source, SourcePath, Unavailable, absolute, unreadable};

use super::list::unreadable as unreadable_tag;
use super::objects::{Fault, Objects, reason};
use super::tree::{Folder, Trees};
use super::{Moment, Tag, TagPattern, changes, layout, list, release, walk};

/// No object of a handbook is larger; a larger one is made to fill the memory.
const LARGEST_OBJECT: u64 = 1 << 30;

/// The git repository around a handbook's folder.
///
/// Only the repository's own settings are read, and none of them is one that runs a program. `GIT_DIR` and its like are not asked.
#[derive(Debug)]
pub struct GitRepository {
    objects: Arc<Objects>,
    /// The handbook's folder in the repository; the root in a bare one.
    handbook: SourcePath,
}

/// The files of a handbook as a tag holds them. Every thread may read.
#[derive(Debug)]
pub struct GitSource {
    objects: Arc<Objects>,
    paths: Vec<SourcePath>,
    files: BTreeMap<SourcePath, ObjectId>,
}

impl GitRepository {
    /// Finds the repository in which a folder is: the folder may be anywhere in it, in a linked worktree, or in a bare repository.
    ///
    /// # Errors
    /// The folder is in no repository, or in one that cannot be opened.
    pub fn discover(handbook: &Path) -> Result<Self, Box<Diagnostic>> {
        let folder = absolute(handbook);
        let options = reading();
        let trust = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
        let shared = gix::ThreadSafeRepository::discover_opts(&folder, Default::default(), trust)
            .map_err(|error| Box::new(not_opened(handbook, &error)))?;
        let root = shared.work_tree.as_deref().map(absolute);
        let inside = root.as_deref().and_then(|root| folder.strip_prefix(root).ok()?.to_str());
        let handbook = inside.and_then(|path| SourcePath::new(path).ok()).unwrap_or_else(SourcePath::root);
        Ok(Self { objects: Arc::new(Objects::new(shared)), handbook })
    }

    /// The tags that are editions, in the order of their names, and what is wrong with those that cannot be one. A problem's place is
    /// named by the tag. Tags that do not fit the pattern cost nothing.
    pub fn tags(&self, pattern: &TagPattern) -> (Vec<Tag>, Vec<Diagnostic>) {
        let (tags, mut diagnostics) = list::tags(&self.objects, pattern);
        if self.is_shallow() {
            diagnostics.push(perhaps_incomplete(pattern, tags.is_empty()));
        }
        (tags, diagnostics)
    }

    /// The handbook in a tag, and what is wrong with single files of it: a problem's place is the path in the handbook, as it is
    /// for a folder on disk. The handbook is where it is today, or in the one folder of the tag that has a `handbook.yaml`.
    ///
    /// # Errors
    /// The tag's files cannot be had, or none of its folders, or more than one, can be the handbook. The place is named by the tag.
    pub fn source(&self, tag: &Tag) -> Result<(GitSource, Vec<Diagnostic>), Box<Diagnostic>> {
        let id =
            ObjectId::from_hex(tag.id.as_bytes()).map_err(|_| self.no_edition(&tag.full, &Fault::Endless))?;
        let mut trees = Trees::new(&self.objects);
        let root = Folder::root(id);
        let folder = layout::handbook(&self.objects, &mut trees, &tag.full, &root, &self.handbook)?;
        self.files(&mut trees, &folder, &tag.full)
    }

    /// Whether the clone has only the newest part of the history (`git clone --depth`), and so may lack tags and their files.
    pub fn is_shallow(&self) -> bool {
        self.objects.is_shallow()
    }

    /// The files of the handbook that are not as in the last commit, in order: changed, new, or gone. `today` is the handbook as the
    /// program reads it, so that a file which git ignores and the handbook has is one of them: a tag would not hold it.
    ///
    /// # Errors
    /// There is no commit yet, or its files cannot be had.
    pub fn changes(&self, today: &dyn Source) -> Result<Vec<SourcePath>, Box<Diagnostic>> {
        let root = Folder::root(release::head(&self.objects)?.tree);
        let mut trees = Trees::new(&self.objects);
        let folder = trees.folder(&root, self.handbook.parts());
        let committed = match folder.map_err(|fault| self.no_edition("HEAD", &fault))? {
            Some(folder) => self.files(&mut trees, &folder, "HEAD")?.0.files,
            None => BTreeMap::new(),
        };
        Ok(changes::between(&committed, today))
    }

    /// Makes an annotated tag of the last commit, which must not exist yet. The tagger is who git's settings say.
    ///
    /// The tag's object is there before its name is, so that a crash leaves the whole tag or none.
    ///
    /// # Errors
    /// The name is taken or is none for a tag, git does not know who makes it, or the repository cannot be written.
    pub fn write_tag(&self, name: &str, message: &str, when: Moment) -> Result<(), Box<Diagnostic>> {
        let tagger = self.objects.with(|repository| release::tagger(repository.git_dir()))?;
        release::write(&self.objects, name, message, when, tagger)
    }

    #[cfg(test)]
    pub(super) fn objects(&self) -> &Objects {
        &self.objects
    }

    fn files(
        &self,
        trees: &mut Trees<'_>,
        folder: &Folder,
        tag: &str,
    ) -> Result<(GitSource, Vec<Diagnostic>), Box<Diagnostic>> {
        trees.entries(folder).map_err(|fault| self.no_edition(tag, &fault))?;
        let walk::Listing { files, mut diagnostics, is_endless } = walk::list(&self.objects, trees, folder);
        if is_endless {
            let why = say!("contiene più file di quanti un manuale possa averne"; "it holds more files than a handbook can have");
            return Err(Box::new(unreadable_tag(tag, &why)));
        }
        let paths = files.keys().cloned().collect();
        let source = GitSource { objects: Arc::clone(&self.objects), paths, files };
        diagnostics.par_extend(source.paths.par_iter().filter_map(|path| source.check(path)));
        Ok((source, diagnostics))
    }

    fn no_edition(&self, tag: &str, fault: &Fault) -> Box<Diagnostic> {
        let Unavailable { why, help } = self.objects.explain(fault);
        Box::new(unreadable_tag(tag, &why).help(help))
    }
}

impl Source for GitSource {
    fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let id = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        let bytes = self.objects.blob(*id).map_err(|fault| self.objects.explain(&fault))?;
        if is_pointer(&bytes) { Err(in_large_storage().into()) } else { Ok(bytes) }
    }
}

impl GitSource {
    /// What reading a file would fail on, as far as can be told without unpacking it.
    fn check(&self, path: &SourcePath) -> Option<Diagnostic> {
        let id = *self.files.get(path)?;
        let error = match self.objects.header(id) {
            Ok((gix::objs::Kind::Blob, size)) if size > LONGEST_POINTER => return None,
            Ok((gix::objs::Kind::Blob, _)) => {
                return self.read(path).err().map(|error| unreadable(path, &error));
            }
            Ok((kind, _)) => self.objects.explain(&Fault::Unfit(id, kind)),
            Err(fault) => self.objects.explain(&fault),
        };
        Some(unreadable(path, &error.into()))
    }
}

/// How a repository is opened to be read: as it is by itself, without the user's settings and without the environment.
fn reading() -> Options {
    Options::default()
        .permissions(Permissions::isolated())
        .config_overrides([format!("gitoxide.objects.allocLimit={LARGEST_OBJECT}")])
}

fn not_opened(folder: &Path, error: &gix::Error) -> Diagnostic {
    let shown = folder.display();
    if error.is_not_found() {
        return Diagnostic::error(
            Code::NoRepository,
            say!("la cartella `{shown}` non è in un deposito git"; "the folder `{shown}` is not in a git repository"),
        )
        .help(say!("crea il deposito con `git init`, o tieni le edizioni nella cartella `editions/`"; "make the repository with `git init`, or keep the editions in the folder `editions/`"));
    }
    let reason = reason(error);
    Diagnostic::error(
        Code::NoRepository,
        say!("il deposito git di `{shown}` non si può aprire: {reason}"; "the git repository of `{shown}` cannot be opened: {reason}"),
    )
    .help(say!("prova con `git status` in quella cartella: dice che cosa non va"; "try `git status` in that folder: it says what is wrong"))
}

/// A clone that lacks history may lack editions; one that has none at all certainly cannot be published as it is.
fn perhaps_incomplete(pattern: &TagPattern, is_empty: bool) -> Diagnostic {
    let message = say!("questa copia del deposito è senza la storia: possono mancare etichette come `{pattern}`, e con loro delle edizioni"; "this clone of the repository is without its history: tags like `{pattern}`, and editions with them, may be missing");
    let diagnostic = if is_empty {
        Diagnostic::error(Code::UnreadableEdition, message)
    } else {
        Diagnostic::warning(Code::UnreadableEdition, message)
    };
    diagnostic.help(say!("completala con `git fetch --tags --unshallow`"; "complete it with `git fetch --tags --unshallow`"))
}

/// How long a pointer can be at most, by the specification of Git LFS.
const LONGEST_POINTER: u64 = 1024;

/// Whether a file only says where Git LFS keeps its content.
fn is_pointer(bytes: &[u8]) -> bool {
    bytes.len() as u64 <= LONGEST_POINTER && bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

fn in_large_storage() -> Unavailable {
    Unavailable {
        why: say!("il contenuto sta in Git LFS, e il deposito ne ha solo il segnaposto"; "its content is in Git LFS, and the repository has only a pointer to it"),
        help: say!("tieni il file nel deposito (`git lfs untrack`), o l'edizione nella cartella `editions/`"; "keep the file in the repository (`git lfs untrack`), or the edition in the folder `editions/`"),
    }
}
