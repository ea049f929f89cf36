//! `vademecum diff`: what changed between two editions.

use std::sync::Arc;
use std::time::SystemTime;

use clap::{Args, ValueEnum};

use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::handbook::{EditionNumber, not_a_number};
use crate::say;
use crate::site::{DiffForm, Options, Site};
use crate::source::FolderSource;

use super::console::Console;
use super::{HandbookArg, MessageFormat, Outcome};

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The earlier edition
    #[arg(value_name = "BEFORE")]
    before: String,
    /// The later edition, or `draft` for the handbook as it is on disk
    #[arg(value_name = "AFTER", default_value = "draft")]
    after: String,
    #[command(flatten)]
    handbook: HandbookArg,
    /// How the difference is written, to the output stream
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a person at a terminal
    Text,
    /// A page by itself
    Html,
    /// For programs
    Json,
}

pub(super) fn run(args: &DiffArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, MessageFormat::Human);
    let Some(folder) = args.handbook.find(&console) else { return Outcome::Failed };
    let (source, mut diagnostics) = FolderSource::scan(&folder, &[folder.join("public")]);
    let (site, problems) = Site::load(Arc::new(source), &Options::at(SystemTime::now()));
    diagnostics.extend(problems);
    let (before, after) = match (named(&args.before, &site), named(&args.after, &site)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            for (message, help) in [before.err(), after.err()].into_iter().flatten() {
                console.failure(&message, Some(&help));
            }
            return Outcome::Failed;
        }
    };
    // The text on disk comes after every edition.
    let place = |text: Option<usize>| text.unwrap_or(usize::MAX);
    if place(before) > place(after) {
        let (earlier, later) = (&args.after, &args.before);
        console.failure(
            &say!("la prima edizione viene dopo la seconda"; "the first edition comes after the second"),
            Some(&say!("scrivi `vademecum diff {earlier} {later}`"; "write `vademecum diff {earlier} {later}`")),
        );
        return Outcome::Failed;
    }
    // Of the handbook on disk only what it says is compared; whether it is right is for `check` to tell.
    let broken: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|_| after.is_none()).filter(Diagnostic::is_error).collect();
    console.diagnostics(&broken);
    let form = match args.format {
        Format::Text => DiffForm::Text,
        Format::Html => DiffForm::Html,
        Format::Json => DiffForm::Json,
    };
    match site.diff(before, after, form, lang) {
        Ok(text) => {
            console.output(&text);
            if broken.is_empty() { Outcome::Done } else { Outcome::HandbookErrors }
        }
        Err(problems) => {
            console.diagnostics(&problems);
            console.count(&problems);
            Outcome::HandbookErrors
        }
    }
}

/// The edition that an argument names; `None` for the handbook as it is on disk.
fn named(name: &str, site: &Site) -> Result<Option<usize>, (Text, Text)> {
    if matches!(name, "draft" | "bozza") {
        return Ok(None);
    }
    let editions = site.editions().editions();
    let known =
        editions.iter().map(|edition| format!("`{}`", edition.number())).collect::<Vec<_>>().join(", ");
    let help = match known.is_empty() {
        true => say!("il manuale non ha ancora edizioni"; "the handbook has no edition yet"),
        false => {
            say!("le edizioni pubblicate sono {known}; `bozza` è il testo nella cartella"; "the published editions are {known}; `draft` is the text in the folder")
        }
    };
    let number: EditionNumber =
        name.parse().map_err(|error| (not_a_number(name, &error).message, help.clone()))?;
    let index = editions.iter().position(|edition| edition.number() == number);
    index
        .map(Some)
        .ok_or_else(|| (say!("l'edizione `{number}` non c'è"; "there is no edition `{number}`"), help))
}
