//! The handbook as data, for reuse: `handbook.json`, its JSON Schema, and a CSV file for each table.
//!
//! The structs of this folder are the contract. Their doc comments are published: the schema is derived from
//! them, so that it cannot say anything else than the data do. A field that is renamed or removed, or that
//! changes its meaning, raises [`FORMAT`].

mod act;
mod coverage;
mod document;
mod handbook;
mod names;
mod place;
mod provision;
mod reference;
mod tables;
mod term;
mod trial;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use super::Volume;
use handbook::HandbookData;
use reference::References;

/// The version of the contract.
const FORMAT: u32 = 1;

/// A file under `/dati/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum DataFile {
    Handbook,
    Schema,
    Documents,
    Provisions,
    Addresses,
    CoverageGuidelines,
    CoveragePhases,
    References,
    Terms,
    Trials,
}

impl DataFile {
    /// Every file, in the order of the page that lists them.
    pub(super) const ALL: [Self; 10] = [
        Self::Handbook,
        Self::Schema,
        Self::Documents,
        Self::Provisions,
        Self::Addresses,
        Self::CoverageGuidelines,
        Self::CoveragePhases,
        Self::References,
        Self::Terms,
        Self::Trials,
    ];

    /// Its name in the folder of data.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Handbook => "handbook.json",
            Self::Schema => "handbook.schema.json",
            Self::Documents => "documents.csv",
            Self::Provisions => "provisions.csv",
            Self::Addresses => "addresses.csv",
            Self::CoverageGuidelines => "coverage-guidelines.csv",
            Self::CoveragePhases => "coverage-phases.csv",
            Self::References => "references.csv",
            Self::Terms => "terms.csv",
            Self::Trials => "trials.csv",
        }
    }
}

/// The files under `/dati/`, each made when somebody asks for it.
#[derive(Default)]
pub(super) struct DataFiles(Mutex<BTreeMap<DataFile, Known>>);

/// What is known of a file that was made.
struct Known {
    extent: Extent,
    /// Where it was made for its extent alone, its bytes for who asks next.
    bytes: Option<Vec<u8>>,
}

/// How large a file is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// In bytes.
    pub(super) size: usize,
    /// Of a table, its header aside.
    pub(super) rows: Option<usize>,
}

impl DataFiles {
    /// The bytes of a file. They are not kept: all files together are almost as large as the handbook.
    pub(super) fn bytes(&self, volume: &Volume, file: DataFile) -> Vec<u8> {
        let kept = self.known().get_mut(&file).and_then(|known| known.bytes.take());
        kept.unwrap_or_else(|| {
            let (bytes, extent) = make(volume, file);
            self.known().insert(file, Known { extent, bytes: None });
            bytes
        })
    }

    /// How large a file is. One that nobody has asked for is made, and waits.
    pub(super) fn extent(&self, volume: &Volume, file: DataFile) -> Extent {
        let known = self.known().get(&file).map(|known| known.extent);
        known.unwrap_or_else(|| {
            let (bytes, extent) = make(volume, file);
            self.known().insert(file, Known { extent, bytes: Some(bytes) });
            extent
        })
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<DataFile, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make(volume: &Volume, file: DataFile) -> (Vec<u8>, Extent) {
    let (bytes, rows) = match file {
        DataFile::Handbook => (json(volume), None),
        DataFile::Schema => (schema(), None),
        DataFile::Documents => tables::documents(document::documents(volume)).finish(),
        DataFile::Provisions => tables::provisions(provision::provisions(volume)).finish(),
        DataFile::Addresses => tables::addresses(&act::acts(volume)).finish(),
        DataFile::CoverageGuidelines => tables::coverage_guidelines(&HandbookData::of(volume)).finish(),
        DataFile::CoveragePhases => tables::coverage_phases(&HandbookData::of(volume)).finish(),
        DataFile::References => tables::references(&References(volume), room(volume)).finish(),
        DataFile::Terms => tables::terms(term::terms(volume)).finish(),
        DataFile::Trials => tables::trials(trial::trials(volume)).finish(),
    };
    let size = bytes.len();
    (bytes, Extent { size, rows })
}

/// `handbook.json`.
fn json(volume: &Volume) -> Vec<u8> {
    let mut bytes = room(volume);
    // Serialising our own structs to memory cannot fail.
    let _ = serde_json::to_writer(&mut bytes, &HandbookData::of(volume));
    bytes.push(b'\n');
    bytes
}

/// Room for a file that tells of all texts, and is smaller than they are: it need not grow and be copied. A system gives
/// memory only where something is written.
fn room(volume: &Volume) -> Vec<u8> {
    let texts = volume.handbook.documents.iter().map(|document| document.chapter.file.text().len());
    Vec::with_capacity(texts.sum())
}

/// The JSON Schema (draft 2020-12) of `handbook.json`.
fn schema() -> Vec<u8> {
    // For what is written: a field that is always there is required, `null` or not.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(unwrap_description));
    let schema = settings.into_generator().into_root_schema_for::<HandbookData<'static>>();
    let mut bytes = serde_json::to_vec_pretty(&schema).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A description breaks its lines where the doc comment does; a reader of the schema has lines of their own.
fn unwrap_description(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
}
