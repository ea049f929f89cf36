//! A named text and the way from byte offsets to the lines and columns that an editor shows.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A line and a column, both counted from 1; columns count characters, as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters (not bytes).
    pub column: usize,
}

/// A file's name and text, cheap to clone: every diagnostic of a file shares one.
#[derive(Clone)]
pub struct SourceFile(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// Byte offset of the start of each line; made when the first position is asked for.
    lines: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// A file with its (already normalised) text; `name` is relative to the handbook.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Arc::new(Inner { name: name.into(), text: text.into(), lines: OnceLock::new() }))
    }

    /// A file that cannot be shown: a folder, an image, bytes that are not text.
    pub fn without_text(name: impl Into<String>) -> Self {
        Self::new(name, "")
    }

    /// The path relative to the handbook.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The line and column of a byte offset; an offset past the end or inside a character counts as the
    /// nearest one before it.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text().floor_char_boundary(offset);
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0);
        let column = self.text().get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The byte offset of a line and a column, clamped to the text.
    pub fn offset(&self, position: Position) -> usize {
        let Some(&start) = self.lines().get(position.line.saturating_sub(1)) else {
            return self.text().len();
        };
        let rest = self.text().get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        let inside =
            line.char_indices().nth(position.column.saturating_sub(1)).map_or(line.len(), |(i, _)| i);
        start + inside
    }

    /// The byte range of the lines from `first` to `last` (from 1), without the last line's end.
    pub fn line_range(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        let lines = self.lines();
        let start = lines.get(first.saturating_sub(1)).copied().unwrap_or(self.text().len());
        let end = lines.get(last).map_or(self.text().len(), |next| next - 1);
        start..end.max(start)
    }

    fn lines(&self) -> &[usize] {
        self.0.lines.get_or_init(|| {
            let newlines = self.0.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        })
    }
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.name == other.0.name && self.0.text == other.0.text)
    }
}

impl Eq for SourceFile {}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SourceFile").field(&self.0.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let file = SourceFile::new("a.md", "è vero\nperché no\n");
        let at = |needle: &str| file.position(file.text().find(needle).unwrap());
        assert_eq!(at("vero"), Position { line: 1, column: 3 });
        assert_eq!(at("no"), Position { line: 2, column: 8 });
        assert_eq!(file.position(usize::MAX), Position { line: 3, column: 1 });
    }

    #[test]
    fn offset_is_the_way_back_from_position() {
        let file = SourceFile::new("a.md", "è vero\n\nperché no");
        for (offset, _) in file.text().char_indices() {
            assert_eq!(file.offset(file.position(offset)), offset);
        }
    }

    #[test]
    fn an_empty_file_has_one_line() {
        let file = SourceFile::new("a.md", "");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.line_range(1, 1), 0..0);
    }
}
