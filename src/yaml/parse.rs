//! Text to [`Node`], and the library's errors in our words.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use crate::diagnostic::{Code, Diagnostic, Place, Position, SourceFile, Text};
use crate::say;

use super::node::{Entry, Node, Value};

/// No file of a handbook nests deeper than eight levels. The library's recursion takes tens of kilobytes of
/// stack a level in a debug build, so its default of 64 would overflow a thread of 2 MB.
const MOST_LEVELS: usize = 20;

/// Reads a whole file. An empty file is [`Value::Null`].
///
/// # Errors
/// The one problem that stopped the reader: malformed YAML, a duplicate key, an alias bomb.
pub fn parse(file: &SourceFile) -> Result<Node, Box<Diagnostic>> {
    parse_at(file, 0..file.text().len())
}

/// Reads the part of a file that is YAML, such as a front matter; places count in the whole file.
///
/// # Errors
/// As [`parse`].
pub fn parse_at(file: &SourceFile, range: Range<usize>) -> Result<Node, Box<Diagnostic>> {
    let text = file.text().get(range.clone()).unwrap_or("");
    // Without `strict_booleans`, `NO` (Norway, or an Italian "no") would be false.
    let options = serde_yaml::options! {
        strict_booleans: true,
        budget: serde_yaml::budget! { max_depth: MOST_LEVELS },
    };
    serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options)
        .map(|raw| Reader { text, base: range.start }.node(raw))
        .map_err(|error| Box::new(explain(error.without_snippet(), file, &range)))
}

/// A value as the library sees it; the text of numbers and booleans is taken from the source afterwards.
enum Raw {
    Null,
    /// A number or a boolean: only its source is faithful.
    Literal,
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

/// Turns the library's value into ours; `base` is where the YAML starts in the file.
struct Reader<'a> {
    text: &'a str,
    base: usize,
}

impl Reader<'_> {
    // Recursion is bounded: the library refuses what is nested deeper than its own budget.
    fn node(&self, raw: Spanned<Raw>) -> Node {
        let source = self.source(&raw.defined);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Literal => Value::Scalar { text: source.to_owned(), quoted: false },
            Raw::Text(text) => Value::Scalar { quoted: text != source, text },
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry {
                        key_range: self.range(&key.referenced),
                        key: key.value,
                        value: self.node(value),
                    })
                    .collect(),
            ),
        };
        Node { range: self.range(&raw.referenced), value }
    }

    fn range(&self, location: &Location) -> Range<usize> {
        let range = local_range(location);
        self.base + range.start..self.base + range.end
    }

    fn source(&self, location: &Location) -> &str {
        self.text.get(local_range(location)).unwrap_or("").trim_end()
    }
}

fn local_range(location: &Location) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    start..start + span.byte_len().unwrap_or(0) as usize
}

/// The library's error as a diagnostic in our words, at the line of the file.
fn explain(error: &serde_yaml::Error, file: &SourceFile, range: &Range<usize>) -> Diagnostic {
    let first = file.position(range.start);
    let at = error.location().map_or(range.start, |location| {
        let line = first.line + (location.line() as usize).saturating_sub(1);
        file.offset(Position { line, column: location.column() as usize })
    });
    let at = at.min(range.end);
    // The library may stop at the end of the line before the tab.
    let line = file.position(at).line;
    let at = [line, line + 1].into_iter().find_map(|line| tab_in_indent(file, line)).unwrap_or(at);
    let line = file.position(at).line;
    let line_range = file.line_range(line, line);
    let line_text = file.text().get(line_range.clone()).unwrap_or("").to_owned();
    let place = Place::range(file, at..next_char(file.text(), at).min(range.end.max(at)));
    let reason = error.to_string();
    if let serde_yaml::Error::DuplicateMappingKey { key, .. } = error {
        let key = key.as_deref().unwrap_or("?");
        return Diagnostic::error(
            Code::DuplicateKey,
            say!("la chiave `{key}` c'è due volte"; "the key `{key}` is there twice"),
        )
        .at(place)
        .help(say!("tieni una sola riga `{key}: …`"; "keep one line `{key}: …`"));
    }
    let (message, help) = words_for(&reason, &line_text);
    Diagnostic::error(Code::InvalidYaml, message).at(place).help_opt(help)
}

/// The first tab among the blanks that indent a line.
fn tab_in_indent(file: &SourceFile, line: usize) -> Option<usize> {
    let range = file.line_range(line, line);
    let text = file.text().get(range.clone())?;
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    text.get(..indent)?.find('\t').map(|tab| range.start + tab)
}

fn next_char(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8())
}

/// What to say of the library's reason, given the line where it stopped.
fn words_for(reason: &str, line: &str) -> (Text, Option<Text>) {
    let detail = reason.split(" at line ").next().unwrap_or(reason);
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') || detail.contains("tab") {
        return (
            say!("un carattere di tabulazione rientra la riga: YAML vuole spazi"; "a tab indents the line: YAML wants spaces"),
            Some(say!("sostituisci la tabulazione con due spazi"; "replace the tab with two spaces")),
        );
    }
    if let Some((key, value)) = line.split_once(": : ") {
        let (key, value) = (key.trim_start(), value.trim());
        return (
            say!("i due punti ci sono due volte"; "the colon is there twice"),
            Some(say!("scrivi `{key}: {value}`"; "write `{key}: {value}`")),
        );
    }
    if let Some(quoted) = quote_value(line)
        && (detail.contains("mapping values")
            || detail.contains("unexpected character")
            || detail.contains("':'"))
    {
        return (
            say!("il valore contiene un carattere che YAML legge come suo"; "the value holds a character that YAML takes for its own"),
            Some(say!("metti il valore tra virgolette: `{quoted}`"; "put the value in quotes: `{quoted}`")),
        );
    }
    if detail.contains("budget") {
        return (
            say!("il file si espande oltre ogni misura (riferimenti `*` a catena?)"; "the file expands beyond all measure (a chain of `*` aliases?)"),
            Some(
                say!("scrivi i valori per esteso, senza `&` e `*`"; "write the values out, without `&` and `*`"),
            ),
        );
    }
    if detail.contains("unclosed quote") {
        return (
            say!("le virgolette non si chiudono"; "the quotes are not closed"),
            Some(
                say!("chiudi le virgolette alla fine del valore"; "close the quotes at the end of the value"),
            ),
        );
    }
    if detail.contains("trailing content") {
        return (
            say!("qui c'è altro dopo la chiusura delle virgolette"; "there is something more here after the quotes close"),
            Some(say!(
                "chiudi le virgolette della riga di prima, o scrivi `\\\"` per un segno di virgolette nel testo";
                "close the quotes of the line before, or write `\\\"` for a quotation mark in the text"
            )),
        );
    }
    if detail.contains("unclosed bracket") {
        return (
            say!("la parentesi non si chiude"; "the bracket is not closed"),
            Some(say!("chiudi l'elenco con `]` (o `}}`)"; "close the list with `]` (or `}}`)")),
        );
    }
    (say!("YAML non valido: {detail}"; "invalid YAML: {detail}"), None)
}

/// `title: Art. 5: consultazione` → `title: "Art. 5: consultazione"`.
fn quote_value(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    let plain = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
    plain.then(|| format!("{}: \"{}\"", key.trim_start(), value.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn scalar(yaml: &str) -> (String, bool) {
        let file = SourceFile::new("a.yaml", format!("k: {yaml}\n"));
        let Value::Map(entries) = parse(&file).unwrap().value else { panic!("no mapping") };
        let Value::Scalar { text, quoted } = &entries[0].value.value else { panic!("no scalar") };
        (text.clone(), *quoted)
    }

    fn problem(yaml: &str) -> (String, usize, usize, Option<String>) {
        let file = SourceFile::new("a.yaml", yaml);
        let found = *parse(&file).unwrap_err();
        let start = found.place.unwrap().positions().unwrap().0;
        (found.message.in_lang(Lang::En).to_owned(), start.line, start.column, found.help.map(|h| h.en))
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        for plain in ["2024.10", "1.10", "no", "on", "NO", "true", "0x1F", "1e3", "007", "2025-11-25"] {
            assert_eq!(scalar(plain), (plain.to_owned(), false));
        }
        assert_eq!(scalar("\"1.10\""), ("1.10".to_owned(), true));
        assert_eq!(scalar("'a --- b'"), ("a --- b".to_owned(), true));
    }

    #[test]
    fn an_alias_has_the_text_of_its_anchor_and_its_own_place() {
        let file = SourceFile::new("a.yaml", "a: &x 1.10\nb: *x\n");
        let Value::Map(entries) = parse(&file).unwrap().value else { panic!("no mapping") };
        assert_eq!(entries[1].value.value, Value::Scalar { text: "1.10".into(), quoted: false });
        assert_eq!(file.position(entries[1].value.range.start).line, 2);
    }

    #[test]
    fn places_count_in_the_whole_file() {
        let file = SourceFile::new("a.md", "---\ntitle: x\nid: è\n---\n");
        let Value::Map(entries) = parse_at(&file, 4..20).unwrap().value else { panic!("no mapping") };
        assert_eq!(&file.text()[entries[1].value.range.clone()], "è");
        assert_eq!(file.position(entries[1].key_range.start), Position { line: 3, column: 1 });
    }

    #[test]
    fn an_unquoted_colon_says_how_to_quote() {
        assert_eq!(
            problem("id: x\ntitle: Art. 5: consultazione\n"),
            (
                "the value holds a character that YAML takes for its own".into(),
                2,
                14,
                Some("put the value in quotes: `title: \"Art. 5: consultazione\"`".into())
            )
        );
    }

    #[test]
    fn every_broken_yaml_has_its_line_and_its_words() {
        let cases = [
            ("a:\n\tb: 1\n", "a tab indents the line: YAML wants spaces", 2),
            ("a:\n  b: 1\n\tc: 2\n", "a tab indents the line: YAML wants spaces", 3),
            ("a:\n  - b\n \t- c\nd: 1\n", "a tab indents the line: YAML wants spaces", 3),
            ("a: 1\nb: 2\na: 3\n", "the key `a` is there twice", 3),
            ("a: 1\nb: 'x\n", "the quotes are not closed", 2),
            ("a: 1\nb: [x\n", "the bracket is not closed", 2),
            ("a: \"x\nb: \"y z\"\n", "there is something more here after the quotes close", 2),
            ("- a: : 5\n", "the colon is there twice", 1),
            ("a: *x\n", "invalid YAML: alias references unknown anchor", 1),
        ];
        for (yaml, words, line) in cases {
            let (message, at, _, _) = problem(yaml);
            assert_eq!((message.as_str(), at), (words, line), "{yaml:?}");
        }
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let before = vec![format!("*a{}", level - 1); 9].join(",");
            yaml.push_str(&format!("a{level}: &a{level} [{before}]\n"));
        }
        assert!(problem(&yaml).0.contains("expands beyond all measure"));
    }

    #[test]
    fn deep_nesting_is_refused_without_a_crash() {
        for deep in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000)] {
            assert!(parse(&SourceFile::new("a.yaml", deep)).is_err());
        }
    }
}
