//! The seal of an edition: what its sources were, so that everybody can see that they still are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Place, Position, SourceFile};
use crate::handbook::{Date, EditionNumber};
use crate::say;
use crate::source::{Source, SourcePath};

use super::Register;

/// The form of the seal; a program reads its own and older ones.
const FORMAT: u32 = 1;

/// The seal of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Which edition.
    pub edition: EditionNumber,
    /// When it was published.
    pub date: Date,
    /// What its publisher says of it.
    pub note: String,
    /// The BLAKE3 hash of each file, in hexadecimal, by its path.
    pub sources: BTreeMap<String, String>,
    /// What it published under which name.
    pub register: Arc<Register>,
}

/// The seal as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
    edition: EditionNumber,
    date: String,
    note: String,
    sources: BTreeMap<String, String>,
    register: Arc<Register>,
    /// BLAKE3 over all of the above: the seal itself is sealed.
    #[serde(default)]
    digest: String,
}

/// Why a seal cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// It is no JSON, or lacks something.
    Unreadable {
        /// What the reader says.
        reason: String,
        /// Where.
        at: Position,
    },
    /// It was written by a newer program.
    Newer(u32),
    /// Somebody has changed it.
    Broken,
}

/// How a file of an edition differs from what was sealed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Its content is another.
    Content(String),
    /// It is no longer there.
    Missing(String),
    /// It was not there.
    Added(String),
}

impl Seal {
    /// Seals these sources.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(
        edition: EditionNumber,
        date: Date,
        note: String,
        source: &dyn Source,
        register: Register,
    ) -> std::io::Result<Self> {
        let hash = |path: &SourcePath| Ok((path.as_str().to_owned(), hash(&source.read(path)?)));
        let sources = source.paths().par_iter().map(hash).collect::<std::io::Result<_>>()?;
        Ok(Self { edition, date, note, sources, register: Arc::new(register) })
    }

    /// The seal as a file.
    pub fn to_json(&self) -> String {
        let mut written = self.written();
        written.digest = digest(&written);
        let mut json = serde_json::to_string_pretty(&written).unwrap_or_default();
        json.push('\n');
        json
    }

    fn written(&self) -> Written {
        Written {
            format: FORMAT,
            edition: self.edition,
            date: self.date.to_string(),
            note: self.note.clone(),
            sources: self.sources.clone(),
            register: Arc::clone(&self.register),
            digest: String::new(),
        }
    }

    /// Reads a seal.
    ///
    /// # Errors
    /// It cannot be read, or is not what was written.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let unreadable = |error: serde_json::Error| SealError::Unreadable {
            reason: reason_of(&error),
            at: Position { line: error.line().max(1), column: error.column().max(1) },
        };
        let format = serde_json::from_str::<Format>(text).map_err(unreadable)?.format;
        if format > FORMAT {
            return Err(SealError::Newer(format));
        }
        let mut written: Written = serde_json::from_str(text).map_err(unreadable)?;
        let claimed = std::mem::take(&mut written.digest);
        let date = Date::parse(&written.date).ok_or(SealError::Broken)?;
        if digest(&written) != claimed {
            return Err(SealError::Broken);
        }
        let Written { edition, note, sources, register, .. } = written;
        Ok(Self { edition, date, note, sources, register })
    }

    /// The files that are no longer as they were sealed, in order.
    pub fn changes(&self, source: &dyn Source) -> Vec<Changed> {
        let there: BTreeSet<&str> = source.paths().iter().map(SourcePath::as_str).collect();
        let sealed = self.sources.par_iter().filter_map(|(name, sealed)| {
            let path = SourcePath::new(name).ok().filter(|_| there.contains(name.as_str()));
            let bytes = path.and_then(|path| source.read(&path).ok());
            match bytes {
                None => Some(Changed::Missing(name.clone())),
                Some(bytes) if hash(&bytes) != *sealed => Some(Changed::Content(name.clone())),
                Some(_) => None,
            }
        });
        let mut changes: Vec<Changed> = sealed.collect();
        let added = there.into_iter().filter(|name| !self.sources.contains_key(*name));
        changes.extend(added.map(|name| Changed::Added(name.to_owned())));
        changes.sort_by(|a, b| a.name().cmp(b.name()));
        changes
    }
}

/// The seals that were read before, by the hash of their files: whoever reads a handbook at every change of it reads each
/// seal once. Copies share what they know.
#[derive(Debug, Clone, Default)]
pub struct KnownSeals(Arc<Mutex<HashMap<blake3::Hash, Arc<Seal>>>>);

impl KnownSeals {
    /// Reads a seal, or recognises it.
    ///
    /// # Errors
    /// It cannot be read, or is not what was written.
    pub fn read(&self, text: &str) -> Result<Arc<Seal>, SealError> {
        let hash = blake3::hash(text.as_bytes());
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seal) = known().get(&hash) {
            return Ok(Arc::clone(seal));
        }
        let seal = Arc::new(Seal::parse(text)?);
        known().insert(hash, Arc::clone(&seal));
        Ok(seal)
    }
}

/// What every form of the seal has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Changed {
    /// The file.
    pub fn name(&self) -> &str {
        match self {
            Self::Content(name) | Self::Missing(name) | Self::Added(name) => name,
        }
    }
}

impl SealError {
    /// The problem, in the seal that could not be read.
    pub fn into_diagnostic(self, file: &SourceFile) -> Diagnostic {
        let (message, place) = match self {
            Self::Unreadable { reason, at } => {
                let start = file.offset(at);
                (
                    say!("il sigillo non si può leggere: {reason}"; "the seal cannot be read: {reason}"),
                    Place::range(file, start..start),
                )
            }
            Self::Newer(format) => (
                say!("il sigillo è del formato {format}, che questo programma non conosce"; "the seal has the format {format}, which this program does not know"),
                Place::file(file),
            ),
            Self::Broken => (
                say!("il sigillo è stato cambiato dopo la pubblicazione"; "the seal was changed after the publication"),
                Place::file(file),
            ),
        };
        Diagnostic::error(Code::UnreadableEdition, message).at(place).help(
            say!("rimetti la cartella dell'edizione com'era quando è stata pubblicata, per esempio da una copia o dal repository"; "put the edition's folder back as it was when it was published, from a copy or from the repository"),
        )
    }
}

/// The reader's own words, without the place that it adds.
fn reason_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// A digest of all sources: of their names and contents.
///
/// # Errors
/// One of them cannot be read.
pub(super) fn digest_of(source: &dyn Source) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    for path in source.paths() {
        hasher.update(path.as_str().as_bytes()).update(b"\0").update(hash(&source.read(path)?).as_bytes());
        hasher.update(b"\n");
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn digest(written: &Written) -> String {
    hash(&serde_json::to_vec(written).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Published, PublishedKind};
    use crate::source::MemorySource;

    fn sealed() -> (Seal, MemorySource) {
        let source = MemorySource::new([("a.md", "# A\n"), ("b/c.md", "# C\n")]);
        let place = Published {
            kind: PublishedKind::Document,
            id: Some("LG-01".to_owned()),
            page: "a".to_owned(),
            anchor: None,
            title: "A".to_owned(),
        };
        let register = Register::new(vec![place], Vec::new(), BTreeMap::new(), BTreeMap::new());
        let date = Date::parse("2026-01-31").unwrap();
        let number = "2026.1".parse().unwrap();
        (Seal::of(number, date, "Prima edizione.".to_owned(), &source, register).unwrap(), source)
    }

    #[test]
    fn a_seal_reads_back_as_it_was_written() {
        let (seal, source) = sealed();
        assert_eq!(Seal::parse(&seal.to_json()), Ok(seal.clone()));
        assert_eq!(seal.changes(&source), []);
    }

    #[test]
    fn wherever_a_seal_is_cut_or_changed_it_is_no_seal() {
        let (seal, _) = sealed();
        let json = seal.to_json();
        for end in 0..json.trim_end().len() {
            assert!(Seal::parse(&json[..end]).is_err(), "{end}");
        }
        for (from, to) in
            [("Prima", "Altra"), ("2026-01-31", "2026-01-30"), ("\"page\": \"a\"", "\"page\": \"b\"")]
        {
            assert_eq!(Seal::parse(&json.replace(from, to)), Err(SealError::Broken), "{from}");
        }
        let newer = json.replace("\"format\": 1", "\"format\": 2");
        assert_eq!(Seal::parse(&newer), Err(SealError::Newer(2)));
    }

    #[test]
    fn a_seal_that_is_known_is_not_read_again_and_another_is() {
        let (seal, _) = sealed();
        let known = KnownSeals::default();
        let first = known.read(&seal.to_json()).unwrap();
        assert!(Arc::ptr_eq(&first, &known.clone().read(&seal.to_json()).unwrap()));
        assert_eq!(known.read(&seal.to_json().replace("Prima", "Altra")), Err(SealError::Broken));
    }

    #[test]
    fn each_file_that_changed_is_named() {
        let (seal, _) = sealed();
        let now = MemorySource::new([("a.md", "# B\n"), ("d.md", "")]);
        assert_eq!(
            seal.changes(&now),
            [
                Changed::Content("a.md".to_owned()),
                Changed::Missing("b/c.md".to_owned()),
                Changed::Added("d.md".to_owned()),
            ]
        );
    }
}
