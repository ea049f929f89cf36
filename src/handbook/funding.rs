//! Who has paid for the handbook: the statement and the emblems at the foot of every page.

use crate::diagnostic::Text;
use crate::yaml::{Decoder, Fields, Node};

use super::IdReference;
use super::vocabularies::bilingual;

/// A statement of funding. The European Union wants it beside its emblem (Regulation (EU) 2021/1060, article 47
/// and annex IX), which the handbook brings: the program has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// The words: `Cofinanziato dall'Unione europea`.
    pub statement: Text,
    /// The emblems, that of the Union first.
    pub emblems: Vec<Emblem>,
}

/// An image of the handbook with the words for who does not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emblem {
    /// The file.
    pub file: IdReference,
    /// What it shows.
    pub alternative: Text,
}

impl Funding {
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let mut fields = Fields::of(node, decoder);
        fields.require("statement");
        let statement = fields.node("statement").and_then(|node| bilingual(node, fields.decoder()));
        let emblems = fields.list("emblems");
        let emblems = emblems.iter().filter_map(|node| emblem(node, fields.decoder())).collect();
        fields.finish();
        Some(Self { statement: statement?, emblems })
    }
}

fn emblem(node: &Node, decoder: &mut Decoder) -> Option<Emblem> {
    let mut fields = Fields::of(node, decoder);
    fields.require("file");
    let file = fields.text_node("file").map(IdReference::new);
    fields.require("alternative");
    let alternative = fields.node("alternative").and_then(|node| bilingual(node, fields.decoder()));
    fields.finish();
    Some(Emblem { file: file?, alternative: alternative? })
}
