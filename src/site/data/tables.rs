//! The tables, from the records of `handbook.json`.

use std::borrow::Cow;
use std::collections::HashMap;

use super::act::{ActData, AddressData};
use super::document::DocumentData;
use super::handbook::HandbookData;
use super::place::PlaceData;
use super::provision::ProvisionData;
use super::reference::References;
use super::term::TermData;
use super::trial::TrialData;

/// What tells Excel that a file is UTF-8: without it, a western Windows reads `à` as two signs. A program must pass
/// over it (`utf-8-sig` in Python); for programs there is `handbook.json`.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Between the values of one cell.
const SEPARATOR: &str = "|";

/// A table, written row by row.
pub(super) struct Table {
    writer: csv::Writer<Vec<u8>>,
    rows: usize,
}

type Cell<'d> = Cow<'d, str>;

impl Table {
    fn new(header: &[&str]) -> Self {
        Self::within(Vec::new(), header)
    }

    fn within(mut room: Vec<u8>, header: &[&str]) -> Self {
        room.extend_from_slice(BYTE_ORDER_MARK);
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(room);
        let mut table = Self { writer, rows: 0 };
        table.write(header.iter().copied().map(Cell::Borrowed));
        table
    }

    fn row<'d>(&mut self, cells: impl IntoIterator<Item = Cell<'d>>) {
        self.write(cells.into_iter().map(harmless));
        self.rows += 1;
    }

    fn write<'d>(&mut self, cells: impl Iterator<Item = Cell<'d>>) {
        // Writing to memory cannot fail, and every row has as many cells as the header.
        for cell in cells {
            let _ = self.writer.write_field(cell.as_ref());
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The table as RFC 4180 has it: commas, quotes where needed, lines that end with CR LF. And how many rows it has, its
    /// header aside.
    pub(super) fn finish(self) -> (Vec<u8>, Option<usize>) {
        (self.writer.into_inner().unwrap_or_default(), Some(self.rows))
    }
}

/// A text that a spreadsheet would compute gets an apostrophe before it. Numbers are left alone.
fn harmless(cell: Cell<'_>) -> Cell<'_> {
    let computes = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if computes { format!("'{cell}").into() } else { cell }
}

fn joined<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Cell<'static> {
    let mut cell = String::new();
    for value in values {
        if !cell.is_empty() {
            cell.push_str(SEPARATOR);
        }
        cell.push_str(value.as_ref());
    }
    cell.into()
}

fn text(value: Option<&str>) -> Cell<'_> {
    value.unwrap_or_default().into()
}

fn yes_or_no(value: bool) -> Cell<'static> {
    (if value { "yes" } else { "no" }).into()
}

fn place_name(place: &PlaceData) -> &str {
    place.name.as_deref().unwrap_or(&place.url)
}

/// `documents.csv`.
pub(super) fn documents<'s>(documents: impl Iterator<Item = DocumentData<'s>>) -> Table {
    let mut table = Table::new(&[
        "url",
        "id",
        "kind",
        "title",
        "description",
        "status",
        "language",
        "articles",
        "phases",
        "audience",
        "partner_types",
        "periods",
        "funds",
        "territories",
        "keywords",
        "version",
        "updated",
        "review_by",
        "illustrative",
        "superseded_by",
    ]);
    for document in documents {
        table.row([
            document.url.as_str().into(),
            text(document.id),
            document.kind.into(),
            document.title.into(),
            text(document.description),
            text(document.status),
            document.language.into(),
            joined(&document.articles),
            joined(document.phases),
            joined(document.audience),
            joined(document.partner_types),
            joined(document.periods),
            joined(&document.funds),
            joined(document.territories),
            joined(document.keywords),
            text(document.version),
            text(document.updated.as_deref()),
            text(document.review_by.as_deref()),
            yes_or_no(document.illustrative),
            text(document.superseded_by.as_ref().map(place_name)),
        ]);
    }
    table
}

/// `provisions.csv`.
pub(super) fn provisions<'s>(provisions: impl Iterator<Item = ProvisionData<'s>>) -> Table {
    let mut table = Table::new(&["id", "document", "document_id", "title", "level", "url", "addresses"]);
    for provision in provisions {
        table.row([
            provision.id.into(),
            provision.document.as_str().into(),
            text(provision.document_id),
            provision.title.into(),
            provision.level.into(),
            provision.url.as_str().into(),
            joined(&provision.addresses),
        ]);
    }
    table
}

fn places<'d, 's>(acts: &'d [ActData<'s>]) -> impl Iterator<Item = &'d AddressData<'s>> {
    acts.iter().flat_map(|act| &act.addresses)
}

/// `addresses.csv`.
pub(super) fn addresses(acts: &[ActData<'_>]) -> Table {
    let mut table = Table::new(&[
        "address",
        "act",
        "article",
        "citation",
        "title",
        "title_unverified",
        "url",
        "state",
        "provisions",
        "trials",
        "tested",
        "not_applicable",
        "phases",
    ]);
    for place in places(acts) {
        let trials = place.trials.iter().map(|trial| format!("{} {}", trial.practice, trial.number));
        table.row([
            place.address.as_str().into(),
            place.act.into(),
            place.article.as_str().into(),
            place.citation.as_str().into(),
            text(place.title),
            yes_or_no(place.title_unverified),
            place.url.as_str().into(),
            place.state.into(),
            joined(&place.provisions),
            joined(trials),
            yes_or_no(place.tested),
            text(place.not_applicable),
            joined(&place.phases),
        ]);
    }
    table
}

/// The document of each provision.
fn document_of<'d, 's>(data: &'d HandbookData<'s>) -> HashMap<&'d str, &'d DocumentData<'s>> {
    let by_url: HashMap<&str, &DocumentData<'_>> =
        data.documents.iter().map(|document| (document.url.as_str(), document)).collect();
    let provisions = data.provisions.iter();
    provisions.filter_map(|p| Some((p.id, *by_url.get(p.document.as_str())?))).collect()
}

/// The provisions of a place with the document of each, in groups: those of one document follow each other.
fn by_document<'d, 's>(
    place: &'d AddressData<'s>,
    documents: &HashMap<&'d str, &'d DocumentData<'s>>,
) -> Vec<(&'d DocumentData<'s>, Vec<&'d str>)> {
    let mut groups: Vec<(&DocumentData<'_>, Vec<&str>)> = Vec::new();
    for provision in &place.provisions {
        let Some(document) = documents.get(provision) else { continue };
        match groups.last_mut().filter(|(last, _)| last.url == document.url) {
            Some((_, provisions)) => provisions.push(provision),
            None => groups.push((document, vec![provision])),
        }
    }
    groups
}

/// `coverage-guidelines.csv`: a row for each guideline that implements a place.
pub(super) fn coverage_guidelines(data: &HandbookData<'_>) -> Table {
    let mut table = Table::new(&["address", "guideline", "guideline_id", "provisions"]);
    let documents = document_of(data);
    for place in places(&data.acts) {
        for (guideline, provisions) in by_document(place, &documents) {
            let (address, url) = (place.address.as_str(), guideline.url.as_str());
            table.row([address.into(), url.into(), text(guideline.id), joined(provisions)]);
        }
    }
    table
}

/// `coverage-phases.csv`: a row for each phase in which a place is implemented, or should be.
pub(super) fn coverage_phases(data: &HandbookData<'_>) -> Table {
    let mut table = Table::new(&["address", "phase", "provisions", "expected"]);
    let documents = document_of(data);
    let phases = data.phases();
    for place in places(&data.acts) {
        for phase in &phases {
            let in_phase = |provision: &&&str| {
                documents.get(**provision).is_some_and(|document| document.phases.iter().any(|p| p == phase))
            };
            let provisions = joined(place.provisions.iter().filter(in_phase));
            let expected = place.phases.contains(phase);
            if expected || !provisions.is_empty() {
                let address = place.address.as_str();
                table.row([address.into(), (*phase).into(), provisions, yes_or_no(expected)]);
            }
        }
    }
    table
}

/// `references.csv`.
pub(super) fn references(references: &References<'_>, room: Vec<u8>) -> Table {
    let mut table = Table::within(
        room,
        &["document", "anchor", "provision", "how", "to_kind", "to_name", "to_url", "sentence"],
    );
    for reference in references.records() {
        table.row([
            reference.from.document.as_ref().into(),
            text(reference.from.anchor),
            text(reference.from.provision),
            reference.how.name().into(),
            reference.to.kind.name().into(),
            text(reference.to.name.as_deref()),
            reference.to.url.as_str().into(),
            text(reference.sentence),
        ]);
    }
    table
}

/// `terms.csv`.
pub(super) fn terms(terms: Vec<TermData<'_>>) -> Table {
    let mut table = Table::new(&["name", "acronym", "forms", "definition", "url", "uses"]);
    for term in terms {
        table.row([
            term.name.into(),
            text(term.acronym),
            joined(term.forms),
            term.definition.into(),
            term.url.as_str().into(),
            term.uses.to_string().into(),
        ]);
    }
    table
}

/// `trials.csv`.
pub(super) fn trials<'s>(trials: impl Iterator<Item = TrialData<'s>>) -> Table {
    let mut table = Table::new(&[
        "practice",
        "practice_id",
        "number",
        "provision",
        "provision_url",
        "edition",
        "outcome",
        "concluded",
        "counts",
        "lesson",
    ]);
    for trial in trials {
        table.row([
            trial.practice.as_str().into(),
            text(trial.practice_id),
            trial.number.to_string().into(),
            text(trial.provision.as_ref().map(place_name)),
            text(trial.provision.as_ref().map(|place| place.url.as_str())),
            text(trial.edition),
            text(trial.outcome),
            yes_or_no(trial.concluded),
            yes_or_no(trial.counts),
            text(trial.lesson),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_compute_is_held_back_and_a_number_is_not() {
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+39 06 1", "'+39 06 1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("-2.5", "-2.5"),
            ("+3", "+3"),
            ("art. 5 = art. 6", "art. 5 = art. 6"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.into()), written);
        }
    }

    #[test]
    fn a_table_is_utf_8_with_its_mark_and_quotes_what_needs_quotes() {
        let mut table = Table::new(&["x", "y"]);
        table.row(["a, \"b\"".into(), "due\nrighe".into()]);
        let (csv, rows) = table.finish();
        assert_eq!(rows, Some(1));
        assert_eq!(String::from_utf8(csv).unwrap(), "\u{feff}x,y\r\n\"a, \"\"b\"\"\",\"due\nrighe\"\r\n");
    }
}
