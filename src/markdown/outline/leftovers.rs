//! Marks of Markdown that stayed text: nobody means `[^1]`, `[[LG-04` or `[!NOTA]` to be read as it stands.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;

/// A mark that stayed text: where, what is wrong, what to write.
pub(super) struct Leftover {
    range: Range<usize>,
    message: Text,
    help: Text,
}

impl Leftover {
    /// The problem; `base` is where the Markdown starts in the file.
    pub(super) fn diagnostic(self, file: &SourceFile, base: usize) -> Diagnostic {
        let place = Place::range(file, base + self.range.start..base + self.range.end);
        Diagnostic::error(Code::UndefinedReference, self.message).at(place).help(self.help)
    }
}

/// Looks at a run of plain words, which the parser breaks at every bracket.
pub(super) fn in_words(text: &str, span: &Range<usize>) -> Option<Leftover> {
    let before = text.get(..span.start)?;
    if before.ends_with('\\') {
        return None;
    }
    let line = text.get(span.start..)?.lines().next()?;
    let first = line.chars().next()?;
    match first {
        '^' if before.ends_with('[') && !before.ends_with("\\[") => note(line, span.start),
        '[' if line.starts_with("[[") && !before.ends_with('[') => open_reference(line, span.start),
        '[' if line.starts_with("[!") => alert(before, line, span.start),
        _ => None,
    }
}

/// `[^name]` without a definition.
fn note(line: &str, caret: usize) -> Option<Leftover> {
    let name = line.strip_prefix('^')?.split_once(']')?.0;
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '[') {
        return None;
    }
    Some(Leftover {
        range: caret - 1..caret + 1 + name.len() + 1,
        message: say!("la nota `[^{name}]` non è definita"; "the footnote `[^{name}]` is not defined"),
        help: say!("aggiungi una riga `[^{name}]: testo della nota`"; "add a line `[^{name}]: text of the note`"),
    })
}

/// `[[name` that nothing closes on its line.
fn open_reference(line: &str, at: usize) -> Option<Leftover> {
    if line.contains("]]") {
        return None;
    }
    let name = line.strip_prefix("[[")?;
    let end = name.find([']', ',', ';']).unwrap_or(name.len());
    let name = name.get(..end)?.trim_end();
    Some(Leftover {
        range: at..at + "[[".len() + name.len(),
        message: say!("il rimando `[[{name}` non si chiude"; "the reference `[[{name}` is not closed"),
        help: say!("scrivi `[[{name}]]`"; "write `[[{name}]]`"),
    })
}

/// `> [!NOTA]`: an alert has one of five English names.
fn alert(before: &str, line: &str, at: usize) -> Option<Leftover> {
    let opens_a_quote = before.rsplit('\n').next().is_some_and(|start| start.trim_end().ends_with('>'));
    let name = line.strip_prefix("[!")?.split_once(']')?.0;
    let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
    (opens_a_quote && is_name).then(|| Leftover {
        range: at..at + "[!]".len() + name.len(),
        message: say!("`[!{name}]` non è un riquadro"; "`[!{name}]` is not an alert"),
        help: say!(
            "scrivi `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` o `[!CAUTION]`, da solo sulla riga";
            "write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`, alone on its line"
        ),
    })
}

/// `[[LG-04|testo]]` in a table: the `|` ends the cell in the middle of the reference.
pub(super) fn in_cell(text: &str, cell: &Range<usize>) -> Option<Leftover> {
    let content = text.get(cell.clone())?;
    let open =
        content.rfind("[[").filter(|open| !content.get(*open..).is_some_and(|rest| rest.contains("]]")))?;
    let name = content.get(open + 2..)?.trim();
    Some(Leftover {
        range: cell.start + open..cell.end,
        message: say!("in una tabella il segno `|` spezza il rimando `[[{name}`"; "in a table the sign `|` splits the reference `[[{name}`"),
        help: say!("scrivi `[[{name}\\|testo]]`"; "write `[[{name}\\|text]]`"),
    })
}
