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

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde::Serialize;
use serde_json::Value;

use super::Volume;
use handbook::HandbookData;

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

/// The bytes of every file under `/dati/`: made together, as all of them come from the same records.
#[derive(Debug)]
pub(super) struct DataFiles(Vec<Made>);

#[derive(Debug)]
struct Made {
    file: DataFile,
    bytes: Vec<u8>,
    rows: Option<usize>,
}

impl DataFiles {
    /// Makes the files. It starts no parallel work: the pages that wait for it may be waited for.
    pub(super) fn make(volume: &Volume) -> Self {
        let data = HandbookData::of(volume);
        let made = DataFile::ALL.into_iter().map(|file| {
            let table = match file {
                DataFile::Handbook => return Made { file, bytes: json(&data), rows: None },
                DataFile::Schema => return Made { file, bytes: schema(), rows: None },
                DataFile::Documents => tables::documents(&data),
                DataFile::Provisions => tables::provisions(&data),
                DataFile::Addresses => tables::addresses(&data),
                DataFile::CoverageGuidelines => tables::coverage_guidelines(&data),
                DataFile::CoveragePhases => tables::coverage_phases(&data),
                DataFile::References => tables::references(&data),
                DataFile::Terms => tables::terms(&data),
                DataFile::Trials => tables::trials(&data),
            };
            Made { file, rows: Some(table.rows), bytes: table.into_csv() }
        });
        Self(made.collect())
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, file: DataFile) -> &[u8] {
        self.get(file).map_or(&[], |made| &made.bytes)
    }

    /// How many rows a table has, its header aside.
    pub(super) fn rows(&self, file: DataFile) -> Option<usize> {
        self.get(file)?.rows
    }

    fn get(&self, file: DataFile) -> Option<&Made> {
        self.0.iter().find(|made| made.file == file)
    }
}

/// Serialising our own structs to memory cannot fail.
fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes.push(b'\n');
    bytes
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
