//! Readers of the kinds of value that an act's file repeats.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::say;
use crate::yaml::{Date, Decoder, Fields, Node, Value};

use crate::act::data::Unverified;
use crate::act::number::Number;

/// A text in both languages, in one, or the same words for both; a missing language falls back to the other.
pub(super) fn text(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Text> {
    let node = fields.node(key)?;
    match &node.value {
        Value::Map(_) => {
            let mut languages = Fields::of(node, fields.decoder());
            let (it, en) = (languages.text("it"), languages.text("en"));
            languages.finish();
            both(it, en)
        }
        Value::Null | Value::Scalar { .. } | Value::List(_) => {
            node.text(fields.decoder()).map(Text::verbatim)
        }
    }
}

pub(super) fn both(it: Option<String>, en: Option<String>) -> Option<Text> {
    match (it, en) {
        (Some(it), Some(en)) => Some(Text { it, en }),
        (Some(only), None) | (None, Some(only)) => Some(Text::verbatim(only)),
        (None, None) => None,
    }
}

pub(super) fn strings(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<String> {
    fields.texts(key).into_iter().map(|(text, _)| text).collect()
}

/// A day; absent and `null` are both none.
pub(super) fn date(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Date> {
    let node = fields.node(key).filter(|node| node.value != Value::Null)?;
    Date::decode(node, fields.decoder())
}

pub(super) fn number(text: &str, node: &Node, decoder: &mut Decoder) -> Option<Number> {
    let number = Number::parse(text);
    if number.is_none() {
        invalid(
            node,
            decoder,
            say!("`{text}` non è un numero di articolo o di paragrafo"; "`{text}` is not the number of an article or paragraph"),
            Some(say!("scrivi un numero come `5` o `5-bis`"; "write a number such as `5` or `5-bis`")),
        );
    }
    number
}

/// `unverified: true` alone covers the whole entry; with `unverified_fields`, those only.
pub(super) fn unverified(fields: &mut Fields<'_, '_>) -> Unverified {
    let flag = fields.boolean("unverified", false);
    let listed = strings(fields, "unverified_fields");
    Unverified { all: flag && listed.is_empty(), fields: listed }
}

pub(super) fn invalid(node: &Node, decoder: &mut Decoder, message: Text, help: Option<Text>) {
    let place = node.place(decoder);
    decoder.report(Diagnostic::error(Code::InvalidValue, message).at(place).help_opt(help));
}

pub(super) fn repeated(node: &Node, decoder: &mut Decoder, message: Text) {
    let place = node.place(decoder);
    decoder.report(Diagnostic::error(Code::DuplicateId, message).at(place));
}
