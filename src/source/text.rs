//! Bytes to text, in the one form that all other rooms rely on.

use std::io;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;

use super::{Source, SourcePath, Unavailable};

/// Reads a text file: UTF-8, without byte order mark, `\n` at line ends, NFC. Lines and columns stay those
/// that the editor sees.
///
/// # Errors
/// The file cannot be read, or is not UTF-8 (then the place is the first wrong byte).
pub fn read_text(source: &dyn Source, path: &SourcePath) -> Result<SourceFile, Box<Diagnostic>> {
    text_of(path, source.read(path).map_err(|error| Box::new(unreadable(path, &error)))?)
}

/// The text in a file's bytes, in the same form.
///
/// # Errors
/// It is not UTF-8.
pub fn text_of(path: &SourcePath, bytes: Vec<u8>) -> Result<SourceFile, Box<Diagnostic>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(path.as_str(), normalize(text))),
        Err(error) => Err(Box::new(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()))),
    }
}

/// A file that the file system, or whoever else keeps it, does not give out.
pub fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let (why, help) = match Unavailable::of(error) {
        Some(Unavailable { why, help }) => (why.clone(), help.clone()),
        None => (
            Text::verbatim(error.to_string()),
            say!("controlla i permessi del file"; "check the file's permissions"),
        ),
    };
    let Text { it, en } = why;
    Diagnostic::error(
        Code::UnreadableFile,
        say!("il file non si può leggere: {it}"; "the file cannot be read: {en}"),
    )
    .at(Place::file(&SourceFile::without_text(path.as_str())))
    .help(help)
}

/// The one form of a text: no byte order mark, `\n` for `\r\n` and `\r`, NFC. Clean text is not copied.
pub fn normalize(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    in_nfc(text)
}

/// A text in NFC: letters with their accents as one sign. One that is already is not copied.
pub(super) fn in_nfc(text: String) -> String {
    let may_change = text.bytes().max() >= Some(FIRST_MARK);
    if !may_change || is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

/// The first byte of the first combining mark, U+0300, in UTF-8. What holds only letters before it is in NFC.
const FIRST_MARK: u8 = 0xCC;

fn not_utf8(path: &SourcePath, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes.get(..valid).unwrap_or(&[]);
    let shown = normalize(String::from_utf8_lossy(before).into_owned());
    let at = shown.len();
    let file = SourceFile::new(path.as_str(), shown);
    Diagnostic::error(Code::NotUtf8, say!("il file non è in UTF-8: qui c'è un byte che non è testo"; "the file is not UTF-8: here is a byte that is not text"))
        .at(Place::range(&file, at..at))
        .help(say!("salva di nuovo il file con la codifica UTF-8"; "save the file again with the UTF-8 encoding"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_of_a_text_become_the_same_text() {
        let clean = "# Responsabilità\n\ntesto\n";
        for twin in [
            "\u{feff}# Responsabilità\n\ntesto\n",
            "# Responsabilità\r\n\r\ntesto\r\n",
            "# Responsabilità\r\rtesto\r",
            "# Responsabilita\u{300}\n\ntesto\n",
        ] {
            assert_eq!(normalize(twin.to_owned()), clean, "{twin:?}");
        }
    }

    #[test]
    fn the_first_wrong_byte_has_its_line_and_column() {
        let bytes = b"uno\ndu\xe8\n".to_vec();
        let path = SourcePath::new("a.md").unwrap();
        let found = not_utf8(&path, &bytes, 6);
        let start = found.place.unwrap().positions().unwrap().0;
        assert_eq!((start.line, start.column), (2, 3));
    }
}
