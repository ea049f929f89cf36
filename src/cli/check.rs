//! `vademecum check`: everything that a build would say, nothing written.

use std::sync::Arc;
use std::time::SystemTime;

use clap::{Args, ValueEnum};

use crate::diagnostic::{self, Diagnostic, Lang};
use crate::say;
use crate::site::{Options, Site};
use crate::source::FolderSource;

use super::console::{Console, plural};
use super::{HandbookArg, MessageFormat, Outcome};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    handbook: HandbookArg,
    /// What else counts as a failure
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings count as errors
    Warnings,
}

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, args.message_format);
    let Some(folder) = args.handbook.find(&console) else { return Outcome::Failed };
    let (source, mut diagnostics) = FolderSource::scan(&folder, &[folder.join("public")]);
    let (site, problems) = Site::load(Arc::new(source), &Options::at(SystemTime::now()));
    diagnostics.extend(problems);
    if !diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(site.dry_run());
    }
    diagnostic::sort(&mut diagnostics);
    console.diagnostics(&diagnostics);
    console.count(&diagnostics);
    let failed = diagnostics.iter().any(|d| d.is_error() || args.deny == Some(Deny::Warnings));
    if failed {
        return Outcome::HandbookErrors;
    }
    if args.message_format == MessageFormat::Human {
        console.say(&summary(&site, diagnostics.is_empty()));
    }
    Outcome::Done
}

/// What was checked.
fn summary(site: &Site, clean: bool) -> diagnostic::Text {
    let handbook = site.handbook();
    let documents = handbook.documents.len();
    let provisions: usize = handbook.documents.iter().map(|document| document.chapter.provisions.len()).sum();
    let references: usize = handbook.documents.iter().map(|document| document.chapter.references.len()).sum();
    let (d_it, d_en) =
        (plural(documents, "documento", "documenti"), plural(documents, "document", "documents"));
    let (p_it, p_en) =
        (plural(provisions, "disposizione", "disposizioni"), plural(provisions, "provision", "provisions"));
    let (r_it, r_en) =
        (plural(references, "rimando", "rimandi"), plural(references, "reference", "references"));
    let (it, en) = if clean { ("Tutto a posto", "All is well") } else { ("Nessun errore", "No errors") };
    say!("{it}: {d_it}, {p_it}, {r_it}."; "{en}: {d_en}, {p_en}, {r_en}.")
}
