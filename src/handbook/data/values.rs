//! What an indicator says of its table: which column names the rows, and which is drawn.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::diagnostic::Diagnostic;
use crate::handbook::{Details, Document, IdReference};
use crate::source::SourcePath;

use super::problem;
use super::table::DataTable;

/// More rows than this are drawn only where the author names the column: a chart of a hundred bars is longer
/// than its table, and says less.
const MOST_BARS: usize = 40;

/// What the author wants drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Chart {
    /// The last column that holds numbers.
    #[default]
    LastNumbers,
    /// Nothing.
    Nothing,
    /// This column.
    Column(IdReference),
}

/// A table as its indicator wants it shown.
#[derive(Debug, Clone, Copy)]
pub struct Values<'h> {
    /// The table.
    pub table: &'h DataTable,
    /// The column that names the rows.
    pub label: usize,
    /// The column to draw.
    pub chart: Option<usize>,
}

impl<'h> Values<'h> {
    /// The values of a document, if it is an indicator with data that could be read.
    pub(in crate::handbook) fn of(
        document: &Document,
        tables: &'h BTreeMap<SourcePath, DataTable>,
    ) -> Option<Self> {
        let Details::Indicator { label, chart, .. } = &document.front.details else { return None };
        let table = tables.get(&path_of(document)?)?;
        let label = label.as_ref().and_then(|label| table.column(&label.text)).unwrap_or(0);
        let chart = match chart {
            Chart::LastNumbers if table.rows.len() > MOST_BARS => None,
            Chart::LastNumbers => {
                (0..table.columns.len()).rfind(|column| *column != label && table.is_numeric(*column))
            }
            Chart::Nothing => None,
            Chart::Column(column) => table.column(&column.text).filter(|_| !table.rows.is_empty()),
        };
        Some(Self { table, label, chart })
    }

    /// What document and table do not agree on. A file that is missing is not told here: the link to it is broken.
    pub(in crate::handbook) fn check(
        document: &Document,
        tables: &BTreeMap<SourcePath, DataTable>,
    ) -> Vec<Diagnostic> {
        let Details::Indicator { data, label, chart, .. } = &document.front.details else {
            return Vec::new();
        };
        let drawn = match chart {
            Chart::Column(column) => Some(column),
            Chart::LastNumbers | Chart::Nothing => None,
        };
        let named = label.iter().chain(drawn);
        let file = &document.chapter.file;
        let Some(values) = Values::of(document, tables) else {
            let is_csv = data.as_ref().is_some_and(|data| data.text.to_lowercase().ends_with(".csv"));
            return named
                .filter(|_| !is_csv)
                .map(|column| problem::column_without_data(column, file))
                .collect();
        };
        let table = values.table;
        let unknown = named
            .filter(|column| table.column(&column.text).is_none())
            .map(|column| problem::unknown_column(column, table, file));
        let nameless = table.cells(values.label).filter(|cell| cell.text.is_empty());
        let nameless = nameless.map(|cell| problem::nameless_row(table, values.label, cell));
        let numbers = values.chart.into_iter().flat_map(|column| table.cells(column));
        let wrong = numbers.filter(|cell| cell.number.is_none() && !cell.text.is_empty());
        unknown.chain(nameless).chain(wrong.map(|cell| problem::not_a_number(table, cell))).collect()
    }
}

/// The file of a document's values, where it is one that can be read as a table.
pub(in crate::handbook) fn path_of(document: &Document) -> Option<SourcePath> {
    let Details::Indicator { data: Some(data), .. } = &document.front.details else { return None };
    let written = percent_decode_str(&data.text).decode_utf8_lossy();
    let path = document.path.parent().join(&written).ok()?;
    (path.extension() == "csv").then_some(path)
}
