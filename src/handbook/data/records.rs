//! CSV taken apart: records of fields, each with its place in the file.

use std::mem;
use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Without its quotes, and without blanks around it.
    pub(super) text: String,
    /// Where it stands, with its quotes.
    pub(super) range: Range<usize>,
    /// Whether its quotes come in pairs: a lone one swallows what follows it.
    pub(super) is_quoted_well: bool,
}

/// Takes a text apart at this separator, from a line on. Empty lines are no records.
pub(super) fn records(text: &str, from: usize, separator: u8) -> Vec<Vec<Field>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    // A field is never longer than its file; the reader asks for one byte more than it fills.
    let mut output = vec![0; text.len() + 1];
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut start, mut at, mut filled) = (from, from, 0);
    loop {
        let input = text.as_bytes().get(at..).unwrap_or_default();
        let (result, read, written) = reader.read_field(input, output.get_mut(filled..).unwrap_or_default());
        at += read;
        filled += written;
        match result {
            // The next call gets no input, which tells the reader that the file ends here.
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::Field { record_end } => {
                let unquoted = String::from_utf8_lossy(output.get(..filled).unwrap_or_default());
                let is_first = record.is_empty();
                record.push(field(text, start..at, &unquoted, (char::from(separator), is_first)));
                (start, filled) = (at, 0);
                if record_end {
                    records.push(mem::take(&mut record));
                }
            }
            ReadFieldResult::OutputFull | ReadFieldResult::End => return records,
        }
    }
}

/// A field; `consumed` is all that the reader took for it: the sign after it, and the empty lines before it where
/// it is the first of its record. A line's end in any other is its own.
fn field(text: &str, consumed: Range<usize>, unquoted: &str, (separator, is_first): (char, bool)) -> Field {
    let raw = text.get(consumed.clone()).unwrap_or("");
    let from_content = if is_first { raw.trim_start_matches('\n') } else { raw };
    let content = from_content.strip_suffix(['\n', separator]).unwrap_or(from_content);
    let start = consumed.end - from_content.len();
    Field {
        text: unquoted.trim().to_owned(),
        range: start..start + content.len(),
        is_quoted_well: !from_content.starts_with('"') || from_content.matches('"').count().is_multiple_of(2),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str, separator: u8) -> Vec<Vec<(String, String)>> {
        let pair = |field: Field| (field.text, text[field.range].to_owned());
        records(text, 0, separator).into_iter().map(|record| record.into_iter().map(pair).collect()).collect()
    }

    fn same(fields: &[&str]) -> Vec<(String, String)> {
        fields.iter().map(|field| ((*field).to_owned(), (*field).to_owned())).collect()
    }

    #[test]
    fn a_field_knows_its_words_and_where_they_stand() {
        assert_eq!(texts("a,b\n1,2\n", b','), [same(&["a", "b"]), same(&["1", "2"])]);
        assert_eq!(texts("a;è\n1,5;2", b';'), [same(&["a", "è"]), same(&["1,5", "2"])]);
        assert_eq!(texts("a,,\n", b','), [same(&["a", "", ""])]);
        assert_eq!(texts("a,b,", b','), [same(&["a", "b", ""])]);
        assert_eq!(texts("\n\na\n\n\nb\n\n", b','), [same(&["a"]), same(&["b"])]);
        assert_eq!(
            texts("\"x, \"\"y\"\"\", z \n", b','),
            [vec![("x, \"y\"".into(), "\"x, \"\"y\"\"\"".into()), ("z".into(), " z ".into())]]
        );
        assert_eq!(texts("", b','), [[]; 0]);
    }

    #[test]
    fn an_empty_last_field_stands_on_its_own_line() {
        for text in ["a,b,\nx,1,\n\ny,2,\n", "a,b,\nx,1,\ny,2,"] {
            let lines: Vec<_> = records(text, 0, b',')
                .iter()
                .map(|record| text[..record[2].range.start].matches('\n').count() + 1)
                .collect();
            assert_eq!(lines, if text.contains("\n\n") { [1, 2, 4] } else { [1, 2, 3] }, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_seen() {
        let well = |text| records(text, 0, b',').iter().flatten().all(|field| field.is_quoted_well);
        assert!(well("a,\"b\n1\",2\n"));
        assert!(well("5\" di pollice,b\n"));
        assert!(!well("a,\"b\n1,2\n3,4\n"));
        assert!(!well("a,\"b\"c\"\n"));
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_its_fields_stand_in_it_one_after_the_other(text in "[a,;\"\n è]{0,40}") {
            let mut end = 0;
            for field in records(&text, 0, b',').iter().flatten() {
                prop_assert!(field.range.start >= end);
                prop_assert!(text.get(field.range.clone()).is_some());
                end = field.range.end;
            }
        }
    }
}
