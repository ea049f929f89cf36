//! What can be wrong with data, in words.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text, did_you_mean, nearest};
use crate::handbook::IdReference;
use crate::say;

use super::records::Field;
use super::table::{Cell, DataTable};

pub(super) fn empty_file(file: &SourceFile) -> Diagnostic {
    invalid(say!("il file non contiene dati"; "the file holds no data"))
        .at(Place::range(file, 0..0))
        .help(say!("scrivi i nomi delle colonne nella prima riga, per esempio `gruppo,valore`"; "write the names of the columns in the first row, such as `group,value`"))
}

pub(super) fn nameless_column(file: &SourceFile, field: &Field) -> Diagnostic {
    at_field(say!("la colonna non ha un nome"; "the column has no name"), file, field)
        .help(say!("scrivi un nome, oppure togli la colonna da tutte le righe"; "write a name, or remove the column from every row"))
}

pub(super) fn same_column(file: &SourceFile, field: &Field, first: Place) -> Diagnostic {
    let name = &field.text;
    at_field(say!("due colonne si chiamano `{name}`"; "two columns are called `{name}`"), file, field)
        .related(first, say!("la prima è questa"; "the first is this"))
        .help(say!("cambia uno dei due nomi"; "change one of the two names"))
}

pub(super) fn tabs(file: &SourceFile, field: &Field) -> Diagnostic {
    at_field(say!("le colonne sono separate da tabulazioni"; "tabs part the columns"), file, field).help(
        say!("salva di nuovo il foglio come CSV, con `,` o `;` fra le colonne"; "save the sheet again as CSV, with `,` or `;` between the columns"),
    )
}

pub(super) fn other_separator(file: &SourceFile, end: usize) -> Diagnostic {
    invalid(say!("fra le colonne possono stare solo `,` e `;`"; "only `,` and `;` can part the columns"))
        .at(Place::range(file, 0..end.saturating_sub(1)))
        .help(say!("salva di nuovo il foglio con `;` fra le colonne e `sep=;` nella prima riga"; "save the sheet again with `;` between the columns and `sep=;` in the first row"))
}

pub(super) fn lone_quote(file: &SourceFile, field: &Field) -> Diagnostic {
    let start = field.range.start;
    invalid(say!("le virgolette si aprono qui e non si chiudono"; "quotes are opened here and never closed"))
        .at(Place::range(file, start..start + 1))
        .help(say!("chiudi le virgolette; dentro, scrivile due volte: `\"\"`"; "close the quotes; inside them, write a quote twice: `\"\"`"))
}

pub(super) fn wrong_length(
    file: &SourceFile,
    range: Range<usize>,
    found: usize,
    wanted: usize,
) -> Diagnostic {
    invalid(
        say!("il numero dei campi non è quello delle colonne: {found} invece di {wanted}"; "the number of fields is not that of the columns: {found} instead of {wanted}"),
    )
    .at(Place::range(file, range))
    .help(say!("ogni riga ha un campo per colonna, anche vuoto; un campo che contiene il separatore va tra virgolette"; "each row has a field for each column, if only an empty one; a field that holds the separator stands in quotes"))
}

pub(super) fn nameless_row(table: &DataTable, label: usize, cell: &Cell) -> Diagnostic {
    let column = table.columns.get(label).map(|column| column.name.as_str()).unwrap_or_default();
    invalid(
        say!("la riga non ha un nome nella colonna `{column}`"; "the row has no name in the column `{column}`"),
    )
    .at(Place::range(&table.file, cell.range.clone()))
    .help(say!("scrivi a che cosa si riferisce la riga, oppure toglila"; "write what the row is about, or remove it"))
}

pub(super) fn not_a_number(table: &DataTable, cell: &Cell) -> Diagnostic {
    let text = &cell.text;
    invalid(
        say!("`{text}` non è un numero, e il grafico si disegna con questa colonna"; "`{text}` is not a number, and the chart is drawn from this column"),
    )
    .at(Place::range(&table.file, cell.range.clone()))
    .help(say!("scrivi solo cifre, senza unità e senza separatore delle migliaia (`1234.5`, oppure `1234,5` se fra i campi c'è `;`); se il valore manca, lascia vuoto"; "write digits only, without a unit and without a sign for thousands (`1234.5`, or `1234,5` where `;` parts the fields); leave it empty where there is no value"))
}

pub(super) fn unknown_column(column: &IdReference, table: &DataTable, file: &SourceFile) -> Diagnostic {
    let (name, data) = (&column.text, table.file.name());
    let names = || table.columns.iter().map(|column| column.name.as_str());
    let help = match nearest(name, names()) {
        Some(near) => did_you_mean(near),
        None => {
            let all = names().collect::<Vec<_>>().join("`, `");
            say!("le colonne sono `{all}`"; "the columns are `{all}`")
        }
    };
    Diagnostic::error(
        Code::UnknownValue,
        say!("`{data}` non ha la colonna `{name}`"; "`{data}` has no column `{name}`"),
    )
    .at(Place::range(file, column.range.clone()))
    .help(help)
}

pub(super) fn column_without_data(column: &IdReference, file: &SourceFile) -> Diagnostic {
    let name = &column.text;
    invalid(
        say!("non c'è un file CSV in cui cercare la colonna `{name}`"; "there is no CSV file to look for the column `{name}` in"),
    )
    .at(Place::range(file, column.range.clone()))
    .help(say!("aggiungi `data:` con il nome di un file `.csv`, oppure togli questa chiave"; "add `data:` with the name of a `.csv` file, or remove this key"))
}

fn at_field(message: Text, file: &SourceFile, field: &Field) -> Diagnostic {
    invalid(message).at(Place::range(file, field.range.clone()))
}

fn invalid(message: Text) -> Diagnostic {
    Diagnostic::error(Code::InvalidData, message)
}
