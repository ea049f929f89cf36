//! A YAML value with its place.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, Text};
use crate::say;

use super::Decoder;

/// A value and the byte range where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Byte range in the file (for a list or a mapping, of its beginning).
    pub range: Range<usize>,
    /// What it holds.
    pub value: Value,
}

/// What a YAML value can be. Numbers and booleans stay as they are written: `2024.10` never becomes 2024.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, number or boolean, as written (without quotes).
    Scalar {
        /// The text.
        text: String,
        /// Whether it is written in quotes or as a block: then it is a text, whatever it looks like.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Byte range of the key.
    pub key_range: Range<usize>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The place of this value, for a diagnostic.
    pub fn place(&self, decoder: &Decoder) -> Place {
        Place::range(decoder.file(), self.range.clone())
    }

    /// The text of a scalar that is not empty; anything else is reported.
    pub fn text(&self, decoder: &mut Decoder) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => Some(text),
            Value::Scalar { .. } | Value::Null => {
                decoder.report(
                    Diagnostic::error(Code::WrongType, say!("qui serve un testo, e non c'è nulla"; "a text belongs here, and there is nothing"))
                        .at(self.place(decoder))
                        .help(say!("scrivi un valore, oppure togli la chiave"; "write a value, or remove the key")),
                );
                None
            }
            Value::List(items) => {
                let help = match only_words(items) {
                    Some(words) => say!("scrivi `{words}`"; "write `{words}`"),
                    None => one_text(),
                };
                self.wrong_type(decoder, &say!("un testo"; "a text"), help)
            }
            Value::Map(_) => self.wrong_type(decoder, &say!("un testo"; "a text"), one_text()),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&self, decoder: &mut Decoder) -> Option<bool> {
        let text = self.text(decoder)?;
        match text {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let place = self.place(decoder);
                decoder.report(
                    Diagnostic::error(Code::InvalidValue, say!("`{other}` non è né `true` né `false`"; "`{other}` is neither `true` nor `false`"))
                        .at(place)
                        .help(say!("scrivi `true` per sì, `false` per no"; "write `true` for yes, `false` for no")),
                );
                None
            }
        }
    }

    /// A whole number from 0.
    pub fn number(&self, decoder: &mut Decoder) -> Option<u32> {
        let text = self.text(decoder)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            let place = self.place(decoder);
            decoder.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    say!("`{text}` non è un numero intero"; "`{text}` is not a whole number"),
                )
                .at(place)
                .help(
                    say!("scrivi un numero in cifre, da `0` in su"; "write a number in digits, from `0` up"),
                ),
            );
        }
        parsed
    }

    /// The items of a list; a single text counts as a list of one.
    pub fn list(&self, decoder: &mut Decoder) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            Value::Scalar { .. } => Some(std::slice::from_ref(self)),
            Value::Null => Some(&[]),
            Value::Map(_) => self.wrong_type(
                decoder,
                &say!("un elenco"; "a list"),
                say!("scrivi i valori fra parentesi quadre: `[uno, due]`"; "write the values in square brackets: `[one, two]`"),
            ),
        }
    }

    /// The entries of a mapping.
    pub fn map(&self, decoder: &mut Decoder) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(&[]),
            Value::Scalar { .. } | Value::List(_) => self.wrong_type(
                decoder,
                &say!("un insieme di coppie `chiave: valore`"; "a set of `key: value` pairs"),
                say!("scrivi una coppia `chiave: valore` per riga, con lo stesso rientro"; "write one `key: value` pair a line, all indented alike"),
            ),
        }
    }

    fn wrong_type<T>(&self, decoder: &mut Decoder, wanted: &Text, help: Text) -> Option<T> {
        let (wanted_it, wanted_en) = (&wanted.it, &wanted.en);
        let (found_it, found_en) = match &self.value {
            Value::Null => ("nulla", "nothing"),
            Value::Scalar { .. } => ("un testo", "a text"),
            Value::List(_) => ("un elenco", "a list"),
            Value::Map(_) => ("un insieme di coppie `chiave: valore`", "a set of `key: value` pairs"),
        };
        decoder.report(
            Diagnostic::error(Code::WrongType, say!("qui serve {wanted_it}, e c'è {found_it}"; "{wanted_en} belongs here, and there is {found_en}"))
                .at(self.place(decoder))
                .help(help),
        );
        None
    }
}

/// The words of a list of one, where they need no quotes.
fn only_words(items: &[Node]) -> Option<&str> {
    let [only] = items else { return None };
    let Value::Scalar { text, .. } = &only.value else { return None };
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\''));
    (plain && text.starts_with(char::is_alphabetic)).then_some(text)
}

fn one_text() -> Text {
    say!("scrivi un solo valore, senza parentesi e senza trattini"; "write one value, without brackets and without hyphens")
}
