//! Which top folder holds which kind of document.

use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Node};

use super::document::Kind;

/// A top folder and the kind of its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The folder's name.
    pub folder: String,
    /// The kind.
    pub kind: Kind,
}

/// The folders of a handbook that says nothing else.
pub(super) fn standard() -> Vec<Collection> {
    [
        ("linee-guida", Kind::Guideline),
        ("pratiche", Kind::Practice),
        ("strumenti", Kind::Tool),
        ("conoscenza", Kind::Indicator),
    ]
    .map(|(folder, kind)| Collection { folder: folder.to_owned(), kind })
    .into()
}

/// `collections: {linee-guida: guideline, …}`.
pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Vec<Collection> {
    let entries = node.map(decoder).unwrap_or(&[]);
    entries
        .iter()
        .filter_map(|entry| {
            let kind = decode_kind(&entry.value, decoder)?;
            Some(Collection { folder: entry.key.clone(), kind })
        })
        .collect()
}

/// The kind in a YAML value; an unknown one is reported.
pub(super) fn decode_kind(node: &Node, decoder: &mut Decoder) -> Option<Kind> {
    let text = node.text(decoder)?;
    let kind = Kind::parse(text);
    if kind.is_none() {
        let names = Kind::ALL.map(Kind::name);
        let help = match nearest(text, names) {
            Some(near) => did_you_mean(near),
            None => {
                let all = names.join("`, `");
                say!("i tipi sono `{all}`"; "the kinds are `{all}`")
            }
        };
        let place = node.place(decoder);
        decoder.report(
            Diagnostic::error(
                Code::UnknownValue,
                say!("`{text}` non è un tipo di documento"; "`{text}` is not a kind of document"),
            )
            .at(place)
            .help(help),
        );
    }
    kind
}
