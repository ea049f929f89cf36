//! What a command says, and on which stream.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is the one place that prints")]

use std::io::IsTerminal;

use crate::diagnostic::{Diagnostic, Lang, Severity, Text, json, terminal};
use crate::say;

use super::MessageFormat;

/// The terminal of one command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    lang: Lang,
    format: MessageFormat,
    colour: bool,
}

impl Console {
    pub(super) fn new(lang: Lang, format: MessageFormat) -> Self {
        // https://no-color.org: any value that is not empty
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { lang, format, colour: std::io::stderr().is_terminal() && !no_colour }
    }

    /// Prints problems in the chosen format.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            match self.format {
                MessageFormat::Human => {
                    let style = terminal::Style { lang: self.lang, colour: self.colour };
                    eprintln!("{}", terminal::render(diagnostic, style));
                }
                MessageFormat::Json => println!("{}", json::render(diagnostic, self.lang)),
            }
        }
    }

    /// How many problems there are, when there are any.
    pub(super) fn count(&self, diagnostics: &[Diagnostic]) {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let (e_it, w_it) = (plural(errors, "errore", "errori"), plural(warnings, "avviso", "avvisi"));
        let (e_en, w_en) = (plural(errors, "error", "errors"), plural(warnings, "warning", "warnings"));
        match (errors, warnings) {
            (0, 0) => {}
            (0, _) => self.say(&say!("{w_it}"; "{w_en}")),
            (_, 0) => self.say(&say!("{e_it}"; "{e_en}")),
            _ => self.say(&say!("{e_it}, {w_it}"; "{e_en}, {w_en}")),
        }
    }

    /// What the command was asked for, on the output stream.
    pub(super) fn output(&self, text: &str) {
        use std::io::Write as _;
        // A reader that has seen enough, such as `head`, is no failure.
        let _ = std::io::stdout().write_all(text.as_bytes());
    }

    /// A line for the person at the terminal.
    pub(super) fn say(&self, text: &Text) {
        eprintln!("{}", text.in_lang(self.lang));
    }

    /// Why the command could not be carried out, and what to do.
    pub(super) fn failure(&self, text: &Text, help: Option<&Text>) {
        let (error, aid) = match self.lang {
            Lang::It => ("errore", "aiuto"),
            Lang::En => ("error", "help"),
        };
        eprintln!("{error}: {}", text.in_lang(self.lang));
        if let Some(help) = help {
            eprintln!("{aid}: {}", help.in_lang(self.lang));
        }
    }
}

/// `1 errore`, `2 errori`.
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
