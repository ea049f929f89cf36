//! The tables, from the records of `handbook.json`.

use std::collections::HashMap;

use super::act::AddressData;
use super::document::DocumentData;
use super::handbook::HandbookData;
use super::place::PlaceData;

/// What tells Excel that a file is UTF-8: without it, a western Windows reads `à` as two signs. A program must pass
/// over it (`utf-8-sig` in Python); for programs there is `handbook.json`.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Between the values of one cell.
const SEPARATOR: &str = "|";

/// A table with its header.
#[derive(Debug)]
pub(super) struct Table {
    header: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as RFC 4180 has it: commas, quotes where needed, lines that end with CR LF.
    pub(super) fn into_csv(self) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
        // Writing to memory cannot fail, and every row has as many cells as the header.
        let _ = writer.write_record(self.header);
        for row in self.rows {
            let _ = writer.write_record(row.into_iter().map(harmless));
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// A text that a spreadsheet would compute gets an apostrophe before it. Numbers are left alone.
fn harmless(cell: String) -> String {
    let computes = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if computes { format!("'{cell}") } else { cell }
}

fn joined<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let mut cell = String::new();
    for value in values {
        if !cell.is_empty() {
            cell.push_str(SEPARATOR);
        }
        cell.push_str(value.as_ref());
    }
    cell
}

fn text(value: Option<impl Into<String>>) -> String {
    value.map(Into::into).unwrap_or_default()
}

fn yes_or_no(value: bool) -> String {
    (if value { "yes" } else { "no" }).to_owned()
}

fn place_name(place: &PlaceData) -> String {
    place.name.clone().unwrap_or_else(|| place.url.clone())
}

/// `documents.csv`.
pub(super) fn documents(data: &HandbookData<'_>) -> Table {
    let header = &[
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
    ];
    let rows = data.documents.iter().map(|document| {
        vec![
            document.url.clone(),
            text(document.id),
            document.kind.to_owned(),
            document.title.to_owned(),
            text(document.description),
            text(document.status),
            document.language.to_owned(),
            joined(&document.articles),
            joined(document.phases),
            joined(document.audience),
            joined(document.partner_types),
            joined(document.periods),
            joined(&document.funds),
            joined(document.territories),
            joined(document.keywords),
            text(document.version),
            text(document.updated.clone()),
            text(document.review_by.clone()),
            yes_or_no(document.illustrative),
            document.superseded_by.as_ref().map(place_name).unwrap_or_default(),
        ]
    });
    Table { header, rows: rows.collect() }
}

/// `provisions.csv`.
pub(super) fn provisions(data: &HandbookData<'_>) -> Table {
    let header = &["id", "document", "document_id", "title", "level", "url", "addresses"];
    let rows = data.provisions.iter().map(|provision| {
        vec![
            provision.id.to_owned(),
            provision.document.clone(),
            text(provision.document_id),
            provision.title.to_owned(),
            provision.level.to_owned(),
            provision.url.clone(),
            joined(&provision.addresses),
        ]
    });
    Table { header, rows: rows.collect() }
}

fn places<'d, 's>(data: &'d HandbookData<'s>) -> impl Iterator<Item = &'d AddressData<'s>> {
    data.acts.iter().flat_map(|act| &act.addresses)
}

/// `addresses.csv`.
pub(super) fn addresses(data: &HandbookData<'_>) -> Table {
    let header = &[
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
    ];
    let rows = places(data).map(|place| {
        let trials = place.trials.iter().map(|trial| format!("{} {}", trial.practice, trial.number));
        vec![
            place.address.clone(),
            place.act.to_owned(),
            place.article.clone(),
            place.citation.clone(),
            text(place.title),
            yes_or_no(place.title_unverified),
            place.url.clone(),
            place.state.to_owned(),
            joined(&place.provisions),
            joined(trials),
            yes_or_no(place.tested),
            text(place.not_applicable),
            joined(&place.phases),
        ]
    });
    Table { header, rows: rows.collect() }
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
    let header = &["address", "guideline", "guideline_id", "provisions"];
    let documents = document_of(data);
    let mut rows = Vec::new();
    for place in places(data) {
        for (guideline, provisions) in by_document(place, &documents) {
            let (url, id) = (guideline.url.clone(), text(guideline.id));
            rows.push(vec![place.address.clone(), url, id, joined(provisions)]);
        }
    }
    Table { header, rows }
}

/// `coverage-phases.csv`: a row for each phase in which a place is implemented, or should be.
pub(super) fn coverage_phases(data: &HandbookData<'_>) -> Table {
    let header = &["address", "phase", "provisions", "expected"];
    let documents = document_of(data);
    let phases = data.phases();
    let mut rows = Vec::new();
    for place in places(data) {
        for phase in &phases {
            let in_phase = |provision: &&&str| {
                documents.get(**provision).is_some_and(|document| document.phases.iter().any(|p| p == phase))
            };
            let provisions = joined(place.provisions.iter().filter(in_phase));
            let expected = place.phases.contains(phase);
            if expected || !provisions.is_empty() {
                let phase = (*phase).to_owned();
                rows.push(vec![place.address.clone(), phase, provisions, yes_or_no(expected)]);
            }
        }
    }
    Table { header, rows }
}

/// `references.csv`.
pub(super) fn references(data: &HandbookData<'_>) -> Table {
    let header = &["document", "anchor", "provision", "how", "to_kind", "to_name", "to_url", "sentence"];
    let rows = data.references.iter().map(|reference| {
        vec![
            reference.from.document.clone(),
            text(reference.from.anchor),
            text(reference.from.provision),
            reference.how.name().to_owned(),
            reference.to.kind.name().to_owned(),
            text(reference.to.name.clone()),
            reference.to.url.clone(),
            text(reference.sentence),
        ]
    });
    Table { header, rows: rows.collect() }
}

/// `terms.csv`.
pub(super) fn terms(data: &HandbookData<'_>) -> Table {
    let header = &["name", "acronym", "forms", "definition", "url", "uses"];
    let rows = data.terms.iter().map(|term| {
        vec![
            term.name.to_owned(),
            text(term.acronym),
            joined(term.forms),
            term.definition.to_owned(),
            term.url.clone(),
            term.uses.to_string(),
        ]
    });
    Table { header, rows: rows.collect() }
}

/// `trials.csv`.
pub(super) fn trials(data: &HandbookData<'_>) -> Table {
    let header = &[
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
    ];
    let rows = data.trials.iter().map(|trial| {
        vec![
            trial.practice.clone(),
            text(trial.practice_id),
            trial.number.to_string(),
            trial.provision.as_ref().map(place_name).unwrap_or_default(),
            trial.provision.as_ref().map(|place| place.url.clone()).unwrap_or_default(),
            text(trial.edition),
            text(trial.outcome),
            yes_or_no(trial.concluded),
            yes_or_no(trial.counts),
            text(trial.lesson),
        ]
    });
    Table { header, rows: rows.collect() }
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
            assert_eq!(harmless(cell.to_owned()), written);
        }
    }

    #[test]
    fn a_table_is_utf_8_with_its_mark_and_quotes_what_needs_quotes() {
        let rows = vec![vec!["a, \"b\"".to_owned(), "due\nrighe".to_owned()]];
        let csv = Table { header: &["x", "y"], rows }.into_csv();
        assert_eq!(String::from_utf8(csv).unwrap(), "\u{feff}x,y\r\n\"a, \"\"b\"\"\",\"due\nrighe\"\r\n");
    }
}
