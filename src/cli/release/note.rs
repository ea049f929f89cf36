//! The note of an edition: what its publisher says of it.

use std::io::{BufRead, IsTerminal};

use crate::handbook::EditionNumber;
use crate::say;

use super::super::console::Console;
use super::refusal::Refusal;

/// The note that was given with the command, else the one that the person at the terminal writes; nobody is asked
/// without a console to ask on.
pub(super) fn find(
    given: Option<&str>,
    number: EditionNumber,
    console: Option<&Console>,
) -> Result<String, Refusal> {
    let stdin = std::io::stdin();
    let note = match (given, console) {
        (Some(note), _) => note.to_owned(),
        // Whether there will be a note is seen when it is asked for.
        (None, None) if stdin.is_terminal() => return Ok(String::new()),
        (None, Some(console)) if stdin.is_terminal() => {
            console.say(&say!(
                "Che cos'è l'edizione {number}, per chi la legge? Scrivi la nota; una riga vuota la chiude.";
                "What is the edition {number}, for its readers? Write the note; an empty line ends it."
            ));
            read(stdin.lock())
        }
        (None, _) => String::new(),
    };
    let note = note.trim();
    if note.is_empty() { Err(missing()) } else { Ok(note.to_owned()) }
}

/// The lines before the first empty one.
fn read(input: impl BufRead) -> String {
    let lines = input.lines().map_while(Result::ok);
    lines.take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn missing() -> Refusal {
    Refusal {
        message: say!("manca la nota dell'edizione"; "the edition's note is missing"),
        help: say!("aggiungi al comando `--note \"Che cosa cambia in questa edizione.\"`"; "add `--note \"What is new in this edition.\"` to the command"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_ends_with_an_empty_line_or_with_the_input() {
        for (typed, note) in [
            ("Prima.\n\nseconda\n", "Prima."),
            ("Una\r\ndue\n", "Una\ndue"),
            ("Una", "Una"),
            ("\n", ""),
            ("", ""),
        ] {
            assert_eq!(read(typed.as_bytes()), note, "{typed:?}");
        }
    }
}
