//! The author's own name for a document or a provision.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Anchor;
use crate::say;
use crate::yaml::{Decoder, Node};

/// A name such as `LG-04`: what links, citations and data use for ever, whatever becomes of title and place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// An id that an author wrote: a letter or digit, then letters, digits, `.`, `-`, `_`.
    pub fn parse(text: &str) -> Option<Self> {
        Anchor::explicit(text).ok().map(|anchor| Self(anchor.as_str().to_owned()))
    }

    /// The id in a YAML value; a wrong one is reported, and what was probably meant counts, so that references
    /// to it are not broken as well.
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let text = node.text(decoder)?;
        let id = Self::parse(text);
        let meant = if id.is_some() { None } else { near(text) };
        if id.is_none() {
            let place = node.place(decoder);
            let help = match &meant {
                Some(near) => say!("scrivi `{near}`"; "write `{near}`"),
                None => {
                    say!("usa lettere, cifre, `-`, `.`: per esempio `LG-04`"; "use letters, digits, `-`, `.`: for example `LG-04`")
                }
            };
            decoder.report(
                Diagnostic::error(
                    Code::InvalidId,
                    say!("`{text}` non può essere un identificativo"; "`{text}` cannot be an id"),
                )
                .at(place)
                .help(help),
            );
        }
        id.or(meant)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An id from a text that is none: hyphens for what it may not hold.
fn near(text: &str) -> Option<Id> {
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    Id::parse(&parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"))
}

impl From<&Anchor> for Id {
    fn from(anchor: &Anchor) -> Self {
        Self(anchor.as_str().to_owned())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
