//! A link as the author wrote it.

use std::ops::Range;

/// A reference from a chapter to something else, not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// How it is written.
    pub kind: ReferenceKind,
    /// Where it leads, as written: a relative path, a URL, an id, a title.
    pub target: String,
    /// The words that the reader sees; empty for a `[[target]]` without its own text.
    pub text: String,
    /// Where it stands: the target itself where it is written in the link, else the whole link.
    pub range: Range<usize>,
    /// Index of the heading that it stands under.
    pub heading: Option<usize>,
}

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `[text](target)` and its reference style.
    Link,
    /// `![alternative](target)`.
    Image,
    /// `[[target]]`.
    Wiki,
    /// `[[target|text]]`.
    WikiWithText,
    /// `<https://…>` or `<name@host>`.
    Autolink,
}
