//! The id of a place on a page.

use std::collections::HashSet;
use std::fmt;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::slug::{slug, unique};

/// An id within a page: a letter or digit, then letters, digits, `.`, `-`, `_`. An id that starts with `_`
/// belongs to the interface of the site, so the two cannot collide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(String);

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorError {
    /// It starts with `_`.
    Reserved,
    /// It is empty, starts with a sign or holds a character that an id cannot have.
    Character,
}

impl Anchor {
    /// An id that an author wrote.
    ///
    /// # Errors
    /// When it is reserved for the interface or holds what an id cannot have.
    pub fn explicit(id: &str) -> Result<Self, AnchorError> {
        if id.starts_with('_') {
            return Err(AnchorError::Reserved);
        }
        let starts_well = id.chars().next().is_some_and(char::is_alphanumeric);
        let ends_well = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if starts_well && ends_well { Ok(Self(id.to_owned())) } else { Err(AnchorError::Character) }
    }

    /// An id made from a heading's text, different from all that are taken; it is then taken too.
    pub fn generated(text: &str, taken: &mut HashSet<String>) -> Self {
        let base = match slug(text) {
            empty if empty.is_empty() => "sezione".to_owned(),
            slug => slug,
        };
        Self(unique(&base, taken))
    }

    /// The id of a paragraph: the name of what it stands under and its number there, different from all that are taken.
    pub(super) fn of_paragraph(base: &str, number: usize, taken: &mut HashSet<String>) -> Self {
        let name = if base.is_empty() { format!("p{number}") } else { format!("{base}-p{number}") };
        Self(unique(&name, taken))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a link's fragment says, whether it is percent-encoded or not, in whatever normalisation.
pub fn decode_fragment(fragment: &str) -> String {
    percent_decode_str(fragment).decode_utf8_lossy().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_cannot_take_the_ids_of_the_interface() {
        assert_eq!(Anchor::explicit("_main"), Err(AnchorError::Reserved));
        assert_eq!(Anchor::explicit("due parole"), Err(AnchorError::Character));
        assert_eq!(Anchor::explicit(""), Err(AnchorError::Character));
        assert_eq!(Anchor::explicit("LG-04.1").unwrap().as_str(), "LG-04.1");
    }

    #[test]
    fn made_ids_are_never_empty_and_never_twice() {
        let mut taken = HashSet::from(["nota".to_owned()]);
        let ids: Vec<_> =
            ["Nota", "Nota", "???", "!", "Sezione 2"].map(|t| Anchor::generated(t, &mut taken).0).into();
        assert_eq!(ids, ["nota-2", "nota-3", "sezione", "sezione-2", "sezione-2-2"]);
    }

    #[test]
    fn the_spellings_of_a_fragment_are_one() {
        let plain = decode_fragment("responsabilità");
        assert_eq!(decode_fragment("responsabilit%C3%A0"), plain);
        assert_eq!(decode_fragment("responsabilita\u{300}"), plain);
    }
}
