//! The values of an indicator: a chart, a table, and the file to download.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Cell, Number, Values};
use crate::theme::Strings;

use super::chart::{Drawing, Row, draw};

/// The values on an indicator's page.
#[derive(Debug, Serialize)]
pub(super) struct ValuesView {
    columns: Vec<ColumnView>,
    rows: Vec<Vec<CellView>>,
    chart: Option<ChartView>,
    href: String,
    /// How large the file is, in words.
    size: String,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    name: String,
    /// Whether it names the rows.
    label: bool,
    numbers: bool,
}

#[derive(Debug, Serialize)]
struct CellView {
    /// Empty where nothing is recorded.
    text: String,
    /// Whether it names its row.
    label: bool,
    /// Whether its column holds numbers.
    numbers: bool,
}

#[derive(Debug, Serialize)]
struct ChartView {
    /// The name of the column.
    title: String,
    /// The lowest and the highest value, in words.
    description: String,
    drawing: Drawing,
}

/// Labels that a description gives for one value; the others are counted.
const MOST_LABELS: usize = 3;

impl ValuesView {
    pub(super) fn new(values: Values<'_>, href: String, lang: Lang, strings: &Strings) -> Self {
        let table = values.table;
        let columns = (0..).zip(&table.columns).map(|(number, column)| ColumnView {
            name: readable(&column.name),
            label: number == values.label,
            numbers: number != values.label && table.is_numeric(number),
        });
        let columns: Vec<ColumnView> = columns.collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().zip(&columns);
            cells.map(|(cell, column)| CellView::new(cell, column, lang)).collect()
        });
        Self {
            rows: rows.collect(),
            chart: values.chart.and_then(|column| chart(values, column, lang, strings)),
            columns,
            href,
            size: size(table.size, lang, strings),
        }
    }
}

impl CellView {
    fn new(cell: &Cell, column: &ColumnView, lang: Lang) -> Self {
        let text = match &cell.number {
            // What names a row stays as it is written: `2024.1` may be a version.
            Some(number) if !column.label => number.in_lang(lang),
            Some(_) | None => cell.text.clone(),
        };
        Self { text, label: column.label, numbers: column.numbers }
    }
}

fn chart(values: Values<'_>, column: usize, lang: Lang, strings: &Strings) -> Option<ChartView> {
    let labels = values.table.cells(values.label).map(|cell| cell.text.as_str());
    let cells: Vec<(&str, Option<&Number>)> =
        labels.zip(values.table.cells(column).map(|cell| cell.number.as_ref())).collect();
    let rows: Vec<Row<'_>> = cells
        .iter()
        .map(|(label, number)| Row {
            label,
            value: number.map(|number| (number.value(), number.in_lang(lang))),
        })
        .collect();
    Some(ChartView {
        title: readable(&values.table.columns.get(column)?.name),
        description: description(&cells, lang, strings),
        drawing: draw(&rows),
    })
}

fn description(cells: &[(&str, Option<&Number>)], lang: Lang, strings: &Strings) -> String {
    let recorded: Vec<(&str, &Number)> =
        cells.iter().filter_map(|(label, number)| Some((*label, (*number)?))).collect();
    let by_value = |a: &&(&str, &Number), b: &&(&str, &Number)| a.1.value().total_cmp(&b.1.value());
    let (Some(lowest), Some(highest)) = (recorded.iter().min_by(by_value), recorded.iter().max_by(by_value))
    else {
        return strings.get("not_recorded").to_owned();
    };
    let sentence = |key: &str, extreme: &Number| {
        let labels: Vec<&str> = recorded
            .iter()
            .filter(|(_, number)| number.value().total_cmp(&extreme.value()).is_eq())
            .map(|(label, _)| *label)
            .collect();
        format!("{}: {} ({}).", strings.get(key), extreme.in_lang(lang), some_of(&labels, strings))
    };
    if lowest.1.value().total_cmp(&highest.1.value()).is_eq() {
        return sentence("chart_only", lowest.1);
    }
    format!("{} {}", sentence("chart_lowest", lowest.1), sentence("chart_highest", highest.1))
}

fn some_of(labels: &[&str], strings: &Strings) -> String {
    let mut text = labels.iter().take(MOST_LABELS).copied().collect::<Vec<_>>().join("; ");
    let others = labels.len().saturating_sub(MOST_LABELS);
    if others > 0 {
        text = format!("{text}; {}: {others}", strings.get("chart_others"));
    }
    text
}

/// `valore_percentuale` as people write it: `Valore percentuale`.
fn readable(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `342 byte`, `12,3 kB`, `4,5 MB`.
fn size(bytes: usize, lang: Lang, strings: &Strings) -> String {
    if bytes < 1000 {
        return format!("{bytes} {}", strings.get("bytes"));
    }
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    let text =
        if bytes < 1_000_000 { format!("{} kB", tenths(1000)) } else { format!("{} MB", tenths(1_000_000)) };
    match lang {
        Lang::It => text.replace('.', ","),
        Lang::En => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemorySource;
    use crate::theme::Theme;

    fn strings() -> Strings {
        Theme::load(&MemorySource::default(), None).0.strings(Lang::It).clone()
    }

    #[test]
    fn names_of_columns_read_as_words() {
        assert_eq!(readable("valore_percentuale"), "Valore percentuale");
        assert_eq!(readable("età_media"), "Età media");
        assert_eq!(readable("è_attivo"), "È attivo");
        assert_eq!(readable("AdG"), "AdG");
        assert_eq!(readable(""), "");
    }

    #[test]
    fn a_size_is_told_in_the_unit_that_people_use() {
        let strings = strings();
        let size = |bytes| size(bytes, Lang::It, &strings);
        assert_eq!(
            [size(999), size(1000), size(12_345), size(999_999), size(4_500_000)],
            ["999 byte", "1,0 kB", "12,3 kB", "999,9 kB", "4,5 MB"]
        );
    }
}
