//! Problems as data: what is wrong, where, and what to do next.
//!
//! Every stage returns its value *and* a `Vec<Diagnostic>`; nothing here prints. The renderers turn the
//! same value into terminal excerpts ([`terminal`]), JSON lines ([`json`]) and the overlay that the watch
//! server shows in the browser ([`overlay`]).

mod code;
pub mod json;
mod nearest;
pub mod overlay;
mod source_file;
pub mod terminal;
mod text;

use std::ops::Range;

pub use code::Code;
pub use nearest::{did_you_mean, nearest, nearest_many};
pub use source_file::{Position, SourceFile};
pub use text::{Lang, Text};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The handbook cannot be published until this is mended.
    Error,
    /// The handbook can be published; somebody should look.
    Warning,
}

impl Severity {
    /// The stable name used in JSON output and in `handbook.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file; without a range, the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, with its text when it could be read as text.
    pub file: SourceFile,
    /// Byte range in the file's text.
    pub range: Option<Range<usize>>,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &SourceFile) -> Self {
        Self { file: file.clone(), range: None }
    }

    /// A byte range of a file.
    pub fn range(file: &SourceFile, range: Range<usize>) -> Self {
        Self { file: file.clone(), range: Some(range) }
    }

    /// Where the range starts and ends, counted as an editor counts; `None` for a file as a whole.
    pub fn positions(&self) -> Option<(Position, Position)> {
        let range = self.range.as_ref()?;
        Some((self.file.position(range.start), self.file.position(range.end)))
    }

    fn sort_key(&self) -> (&str, usize, usize) {
        let range = self.range.clone().unwrap_or(0..0);
        (self.file.name(), range.start, range.end)
    }
}

/// Another place that helps to understand the problem, such as the first of two equal ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where to look.
    pub place: Place,
    /// Why to look there.
    pub message: Text,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of problem.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: Text,
    /// What to do next; holds a correction that works when pasted, where there is one.
    pub help: Option<Text>,
    /// Where it is; `None` only for a problem of the handbook as a whole.
    pub place: Option<Place>,
    /// Other places that belong to the same problem.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// An error without a place yet; chain [`at`](Self::at) and [`help`](Self::help).
    pub fn error(code: Code, message: Text) -> Self {
        Self { code, severity: Severity::Error, message, help: None, place: None, related: Vec::new() }
    }

    /// A warning without a place yet.
    pub fn warning(code: Code, message: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where the problem is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Says what to do next, when there is something to say.
    #[must_use]
    pub fn help_opt(mut self, help: Option<Text>) -> Self {
        self.help = help;
        self
    }

    /// Points at another place of the same problem.
    #[must_use]
    pub fn related(mut self, place: Place, message: Text) -> Self {
        self.related.push(Related { place, message });
        self
    }

    /// Whether this one stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts problems by place, then by code, and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| {
            d.place.as_ref().map(|p| {
                let (name, start, end) = p.sort_key();
                (name.to_owned(), start, end)
            })
        };
        key(a).cmp(&key(b)).then(a.code.cmp(&b.code)).then_with(|| a.message.it.cmp(&b.message.it))
    });
    diagnostics.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    #[test]
    fn problems_come_out_by_file_then_place_then_code_without_repeats() {
        let a = SourceFile::new("a.md", "uno due");
        let b = SourceFile::new("b.md", "tre");
        let at = |file: &SourceFile, start| {
            Diagnostic::error(Code::BrokenLink, say!("rotto"; "broken"))
                .at(Place::range(file, start..start + 1))
        };
        let mut found = vec![at(&b, 0), at(&a, 4), at(&a, 0), at(&a, 4)];
        sort(&mut found);
        let places: Vec<_> =
            found.iter().filter_map(|d| d.place.as_ref()).map(|p| (p.file.name(), p.range.clone())).collect();
        assert_eq!(places, [("a.md", Some(0..1)), ("a.md", Some(4..5)), ("b.md", Some(0..1))]);
    }
}
