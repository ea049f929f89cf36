//! Editions in the handbook's own folder `editions/`, one folder each, with its seal.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::handbook::EditionNumber;
use crate::say;
use crate::source::{FolderOf, Source, SourcePath, read_text};

use super::super::{KnownSeals, SEAL};
use super::{Listed, Store};

/// The folder of editions in a handbook.
pub const EDITIONS: &str = "editions";

/// The editions in a handbook's folder `editions/`.
pub struct FolderStore {
    source: Arc<dyn Source>,
    editions: Vec<Listed>,
}

/// The folder of an edition, relative to the handbook.
pub fn folder_of(number: EditionNumber) -> String {
    format!("{EDITIONS}/{number}")
}

impl FolderStore {
    /// Lists the editions of a handbook; what is there and is none is reported.
    pub fn list(source: Arc<dyn Source>, known: &KnownSeals) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut editions = Vec::new();
        for (name, first) in names(source.as_ref()) {
            match listed(source.as_ref(), &name, &first, known) {
                Ok(edition) => editions.push(edition),
                Err(problem) => diagnostics.push(*problem),
            }
        }
        editions.sort_by_key(|edition: &Listed| edition.number);
        (Self { source, editions }, diagnostics)
    }
}

impl Store for FolderStore {
    fn editions(&self) -> &[Listed] {
        &self.editions
    }

    fn peek(&self, edition: &Listed, path: &SourcePath) -> Option<SourceFile> {
        let path = SourcePath::new(&format!("{}/{path}", folder_of(edition.number))).ok()?;
        self.source.contains(&path).then(|| read_text(self.source.as_ref(), &path).ok())?
    }

    fn open(&self, edition: &Listed) -> Result<Arc<dyn Source>, Vec<Diagnostic>> {
        let folder = folder_of(edition.number);
        let source = FolderOf::new(Arc::clone(&self.source), &folder, &[SEAL]);
        let changes = edition.seal.iter().flat_map(|seal| seal.changes(&source));
        let problems: Vec<Diagnostic> =
            changes.map(|change| changed(edition.number, &folder, &change)).collect();
        if problems.is_empty() { Ok(Arc::new(source)) } else { Err(problems) }
    }
}

/// What stands in the folder of editions: the name of each folder, or file, with the first path in it.
fn names(source: &dyn Source) -> BTreeMap<String, SourcePath> {
    let mut names = BTreeMap::new();
    for path in source.paths() {
        let mut parts = path.parts();
        if parts.next() == Some(EDITIONS)
            && let Some(name) = parts.next()
        {
            names.entry(name.to_owned()).or_insert_with(|| path.clone());
        }
    }
    names
}

fn listed(
    source: &dyn Source,
    name: &str,
    first: &SourcePath,
    known: &KnownSeals,
) -> Result<Listed, Box<Diagnostic>> {
    let number = name.parse::<EditionNumber>().map_err(|error| {
        let Text { it, en } = error.reason();
        Box::new(
            Diagnostic::error(
                Code::UnreadableEdition,
                say!("`{EDITIONS}/{name}` non è un'edizione: {it}"; "`{EDITIONS}/{name}` is no edition: {en}"),
            )
            .at(whole(first.as_str()))
            .help(say!("in `{EDITIONS}/` stanno solo le edizioni, ognuna nella cartella con il suo numero, come `{EDITIONS}/2026.1/`: sposta altrove il resto"; "`{EDITIONS}/` holds editions only, each in the folder of its number, such as `{EDITIONS}/2026.1/`: move all else away")),
        )
    })?;
    let path = format!("{}/{SEAL}", folder_of(number));
    let there = SourcePath::new(&path).ok().filter(|path| source.contains(path));
    let Some(seal_path) = there else {
        return Err(Box::new(
            Diagnostic::error(
                Code::UnreadableEdition,
                say!("l'edizione {number} non ha il suo sigillo `{path}`"; "the edition {number} lacks its seal `{path}`"),
            )
            .at(whole(first.as_str()))
            .help(say!("rimetti il sigillo da una copia; un'edizione nuova si pubblica con `vademecum release`"; "put the seal back from a copy; a new edition is published with `vademecum release`")),
        ));
    };
    let file = read_text(source, &seal_path)?;
    let seal = known.read(file.text()).map_err(|error| Box::new(error.into_diagnostic(&file)))?;
    if seal.edition != number {
        let sealed = seal.edition;
        return Err(Box::new(
            Diagnostic::error(
                Code::UnreadableEdition,
                say!("la cartella è dell'edizione {number}, ma il sigillo è della {sealed}"; "the folder is of the edition {number}, but the seal is of {sealed}"),
            )
            .at(Place::file(&file))
            .help(say!("rinomina la cartella in `{EDITIONS}/{sealed}`"; "rename the folder to `{EDITIONS}/{sealed}`")),
        ));
    }
    Ok(Listed {
        number,
        date: seal.date,
        note: seal.note.clone(),
        seal: Some(seal),
        place: Place::file(&file),
    })
}

fn changed(number: EditionNumber, folder: &str, change: &super::super::Changed) -> Diagnostic {
    use super::super::Changed;
    let message = match change {
        Changed::Content(_) => {
            say!("il file è cambiato dopo la pubblicazione dell'edizione {number}"; "the file has changed since the edition {number} was published")
        }
        Changed::Missing(_) => {
            say!("il file dell'edizione {number} non c'è più"; "the file of the edition {number} is no longer there")
        }
        Changed::Added(_) => {
            say!("il file non era nell'edizione {number}"; "the file was not in the edition {number}")
        }
    };
    Diagnostic::error(Code::ChangedEdition, message)
        .at(whole(&format!("{folder}/{}", change.name())))
        .help(say!("un'edizione pubblicata non cambia: rimetti la cartella com'era, e scrivi il testo nuovo nei sorgenti per l'edizione che viene"; "a published edition does not change: put the folder back as it was, and write the new text in the sources for the next edition"))
}

fn whole(name: &str) -> Place {
    Place::file(&SourceFile::without_text(name))
}
