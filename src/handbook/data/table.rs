//! A CSV file as a table, with all that is wrong in it.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, SourceFile};

use super::number::{Decimal, Number};
use super::problem;
use super::records::{Field, records};

/// A table: named columns, and rows that all have a cell in each.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many bytes its file has.
    pub size: usize,
    pub(super) file: SourceFile,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first row.
    pub name: String,
    range: Range<usize>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// As written; empty where nothing is recorded.
    pub text: String,
    /// The same as a number, if it is one.
    pub number: Option<Number>,
    pub(super) range: Range<usize>,
}

impl DataTable {
    /// Reads a CSV text: names of columns in the first row, separated by `,` with a decimal point, or by `;` with
    /// a decimal comma, as spreadsheets write in the two halves of the world. The table is whole even where the
    /// file is wrong: short rows end in empty cells, long ones lose what is too much.
    pub(in crate::handbook) fn read(file: &SourceFile, size: usize) -> (Self, Vec<Diagnostic>) {
        let mut table = Self { columns: Vec::new(), rows: Vec::new(), size, file: file.clone() };
        let (from, separator) = match declared(file.text()) {
            None => (0, Some(usual(file.text()))),
            Some((sign, end)) => (end, Separator::of(&sign)),
        };
        let Some(Separator { sign, decimal }) = separator else {
            return (table, vec![problem::other_separator(file, from)]);
        };
        let mut records = records(file.text(), from, sign).into_iter();
        let Some(header) = records.next() else { return (table, vec![problem::empty_file(file)]) };
        let mut diagnostics = table.header(header);
        if table.columns.is_empty() {
            return (table, diagnostics);
        }
        for record in records {
            diagnostics
                .extend(record.iter().filter(|f| !f.is_quoted_well).map(|f| problem::lone_quote(file, f)));
            diagnostics.extend(table.wrong_length(&record));
            table.add(record, decimal);
        }
        (table, diagnostics)
    }

    /// The number of the column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The cells of a column, from the first row to the last.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(column))
    }

    /// Whether a column holds numbers, and nothing else where it holds something.
    pub fn is_numeric(&self, column: usize) -> bool {
        let is_number_or_blank = |cell: &Cell| cell.number.is_some() || cell.text.is_empty();
        self.cells(column).all(is_number_or_blank) && self.cells(column).any(|cell| cell.number.is_some())
    }

    /// Reads the names of the columns; there are none where the fields are parted by something else.
    fn header(&mut self, record: Vec<Field>) -> Vec<Diagnostic> {
        let file = self.file.clone();
        if let Some(field) = record.iter().find(|field| field.text.contains('\t')) {
            return vec![problem::tabs(&file, field)];
        }
        let mut diagnostics = Vec::new();
        for field in record {
            let folded = field.text.to_lowercase();
            let first = self.columns.iter().find(|column| column.name.to_lowercase() == folded);
            if !field.is_quoted_well {
                diagnostics.push(problem::lone_quote(&file, &field));
            } else if field.text.is_empty() {
                diagnostics.push(problem::nameless_column(&file, &field));
            } else if let Some(first) = first {
                let first = Place::range(&file, first.range.clone());
                diagnostics.push(problem::same_column(&file, &field, first));
            }
            self.columns.push(Column { name: field.text, range: field.range });
        }
        diagnostics
    }

    fn wrong_length(&self, record: &[Field]) -> Option<Diagnostic> {
        let (found, wanted) = (record.len(), self.columns.len());
        let start = record.get(if found > wanted { wanted } else { 0 })?.range.start;
        let end = record.last()?.range.end;
        (found != wanted).then(|| problem::wrong_length(&self.file, start..end, found, wanted))
    }

    fn add(&mut self, record: Vec<Field>, decimal: Decimal) {
        let end = record.last().map_or(0, |field| field.range.end);
        let mut row: Vec<Cell> = record
            .into_iter()
            .map(|field| Cell {
                number: Number::parse(&field.text, decimal),
                text: field.text,
                range: field.range,
            })
            .collect();
        row.resize(self.columns.len(), Cell { text: String::new(), number: None, range: end..end });
        self.rows.push(row);
    }
}

/// What parts the fields, and the decimals that go with it.
struct Separator {
    sign: u8,
    decimal: Decimal,
}

impl Separator {
    fn of(sign: &str) -> Option<Self> {
        match sign {
            "," => Some(Self { sign: b',', decimal: Decimal::Point }),
            ";" => Some(Self { sign: b';', decimal: Decimal::Comma }),
            _ => None,
        }
    }
}

/// The sign that a first line `sep=;` declares, as Excel reads and writes it, and where the next line starts.
fn declared(text: &str) -> Option<(String, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let bare = line.trim_end_matches('\n').trim_end_matches([' ', ',']).trim_matches('"');
    let head = bare.get(..4).filter(|head| head.eq_ignore_ascii_case("sep="))?;
    let sign = line.trim_matches(['"', '\n']).get(head.len()..)?.chars().next().map(String::from);
    Some((sign.unwrap_or_default(), line.len()))
}

/// Without a declaration: the sign that the first line has more of.
fn usual(text: &str) -> Separator {
    let header = text.trim_start_matches('\n').lines().next().unwrap_or("");
    let bare: String = header.split('"').step_by(2).collect();
    let count = |sign| bare.matches(sign).count();
    match count(';') > count(',') {
        true => Separator { sign: b';', decimal: Decimal::Comma },
        false => Separator { sign: b',', decimal: Decimal::Point },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn read(text: &str) -> (DataTable, Vec<String>) {
        let file = SourceFile::new("a.csv", text);
        let (table, found) = DataTable::read(&file, text.len());
        let found = found
            .into_iter()
            .map(|d| {
                let at = d.place.unwrap().positions().unwrap().0;
                format!("{}:{} {}", at.line, at.column, d.message.en)
            })
            .collect();
        (table, found)
    }

    fn texts(table: &DataTable) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn both_halves_of_the_world_write_the_same_table() {
        let (comma, found) = read("riunione,valore\n\"A, prima\",40.5\nB,7\n");
        assert_eq!(found, [""; 0]);
        let (semicolon, found) = read("riunione;valore\nA, prima;40,5\nB;7\n");
        assert_eq!(found, [""; 0]);
        for table in [comma, semicolon] {
            assert_eq!(
                table.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
                ["riunione", "valore"]
            );
            assert_eq!(table.rows[0][0].text, "A, prima");
            assert_eq!(table.rows[0][1].number.as_ref().unwrap().in_lang(Lang::It), "40,5");
            assert!(table.is_numeric(1) && !table.is_numeric(0));
        }
    }

    #[test]
    fn a_sign_in_quotes_separates_nothing() {
        let (table, found) = read("\"a; b; c\",d\n1,2\n");
        assert_eq!((table.columns.len(), found.len()), (2, 0));
    }

    #[test]
    fn every_problem_comes_out_at_its_line_and_column() {
        let (table, found) = read("nome,,Nome,valore\nA,1\nB,1,2,3\n\nC,1,2,3,4,5\n\"D,1\n");
        assert_eq!(
            found,
            [
                "1:6 the column has no name",
                "1:7 two columns are called `Nome`",
                "2:1 the number of fields is not that of the columns: 2 instead of 4",
                "5:9 the number of fields is not that of the columns: 6 instead of 4",
                "6:1 quotes are opened here and never closed",
                "6:1 the number of fields is not that of the columns: 1 instead of 4",
            ]
        );
        assert_eq!(texts(&table)[0], ["A", "1", "", ""]);
        assert_eq!(texts(&table)[2], ["C", "1", "2", "3"]);
    }

    #[test]
    fn a_first_line_may_declare_the_separator() {
        for text in [
            "sep=;\nnome;valore\nA;40,5\n",
            "SEP=;\nnome;valore\nA;40,5\n",
            "\"sep=;\"\nnome;valore\nA;40,5\n",
        ] {
            let (table, found) = read(text);
            assert_eq!((texts(&table), found), (vec![vec!["A", "40,5"]], vec![]), "{text:?}");
            assert!(table.is_numeric(1));
        }
        let (table, found) = read("sep=,\na,\nx,1.5,2\n");
        assert_eq!(table.columns.len(), 2);
        assert_eq!(
            found,
            [
                "2:3 the column has no name",
                "3:7 the number of fields is not that of the columns: 3 instead of 2"
            ]
        );
        for other in ["sep=|\na|b\n", "sep=\na,b\n", "sep=\t\na\tb\n"] {
            assert_eq!(read(other).1, ["1:1 only `,` and `;` can part the columns"], "{other:?}");
        }
        assert_eq!(read("sep,x\n1,2\n").1, [""; 0], "a column may have the name");
    }

    #[test]
    fn what_is_wrong_in_an_empty_last_field_is_told_on_its_own_line() {
        assert_eq!(read("a,,\n").1, ["1:3 the column has no name", "1:4 the column has no name"]);
        let (table, _) = read("a,b,c\nx,1,\ny,2,\n");
        let at: Vec<_> = table.cells(2).map(|cell| table.file.position(cell.range.start)).collect();
        assert_eq!(at.iter().map(|at| (at.line, at.column)).collect::<Vec<_>>(), [(2, 5), (3, 5)]);
    }

    #[test]
    fn an_empty_file_and_one_with_tabs_say_so_and_one_without_rows_is_right() {
        assert_eq!(read("\n\n").1, ["1:1 the file holds no data"]);
        assert_eq!(read("a\tb\n1\t2\n").1, ["1:1 tabs part the columns"]);
        let (table, found) = read("a,b\n");
        assert_eq!((table.rows.len(), found.len()), (0, 0));
        assert!(!table.is_numeric(0));
    }

    #[test]
    fn a_column_of_numbers_may_have_gaps() {
        let (table, _) = read("n,x,y\nA,1,\nB,,\nC,3,due\n");
        assert_eq!([0, 1, 2, 9].map(|column| table.is_numeric(column)), [false, true, false, false]);
        assert_eq!(table.column("y"), Some(2));
        assert_eq!(table.column("Y"), None);
    }
}
