//! What may be wrong with a name in a tree of files, wherever the tree is kept.

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;

/// A symbolic link that leads out of the handbook.
pub(super) fn link_outside(name: &str) -> Diagnostic {
    problem(
        Code::SymlinkOutside,
        name,
        say!("il collegamento simbolico porta fuori dal manuale"; "the symbolic link leads out of the handbook"),
        say!("copia il file nel manuale al posto del collegamento"; "copy the file into the handbook in place of the link"),
    )
}

/// A symbolic link that leads to itself, or to a folder in which it is.
pub(super) fn link_loop(name: &str) -> Diagnostic {
    problem(
        Code::SymlinkLoop,
        name,
        say!("il collegamento simbolico torna su sé stesso"; "the symbolic link leads back to itself"),
        say!("togli il collegamento"; "remove the link"),
    )
}

/// A symbolic link to a file that is not there.
pub(super) fn dangling_link(name: &str) -> Diagnostic {
    problem(
        Code::DanglingSymlink,
        name,
        say!("il collegamento simbolico non porta a nulla"; "the symbolic link leads nowhere"),
        say!("togli il collegamento, o rimetti il file a cui porta"; "remove the link, or put back the file that it leads to"),
    )
}

/// A name that is no text, or that no address can hold.
pub(super) fn unusable_name(name: &str) -> Diagnostic {
    problem(
        Code::UnusableName,
        name,
        say!("il nome del file non è testo UTF-8 o contiene caratteri che un indirizzo non ammette"; "the file's name is not UTF-8 or holds characters that an address cannot have"),
        say!("rinomina il file con lettere, cifre e trattini"; "rename the file with letters, digits and hyphens"),
    )
}

/// Two files with one name; `first` is how the first is written.
pub(super) fn twins(name: &str, first: &str) -> Diagnostic {
    problem(
        Code::DuplicatePath,
        name,
        say!("due file hanno lo stesso nome, scritto con codici diversi: `{first}`"; "two files have the same name, written in different codes: `{first}`"),
        say!("rinomina o togli uno dei due"; "rename or remove one of them"),
    )
}

/// A file or a folder that the file system does not give out.
pub(super) fn unreadable(name: &str, reason: &str) -> Diagnostic {
    problem(
        Code::UnreadableFile,
        name,
        say!("non si può leggere: {reason}"; "cannot be read: {reason}"),
        say!("controlla i permessi"; "check the permissions"),
    )
}

fn problem(code: Code, name: &str, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(code, message).at(Place::file(&SourceFile::without_text(name))).help(help)
}
