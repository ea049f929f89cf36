//! `vademecum release`: publishes the handbook as an edition, which never changes again.

mod note;
mod refusal;
mod report;

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::diagnostic::{self, Diagnostic, Lang};
use crate::edition::{RealDisk, Release, ReleaseError, is_recorded};
use crate::handbook::Date;
use crate::say;
use crate::site::{Options, Site};
use crate::source::{FolderSource, Held};

use super::console::Console;
use super::{HandbookArg, MessageFormat, Outcome};

use refusal::Refusal;

#[derive(Debug, Args)]
pub(super) struct ReleaseArgs {
    /// The number of the edition: the year, a dot, and which edition of that year it is (2026.1)
    #[arg(value_name = "EDITION")]
    edition: String,
    #[command(flatten)]
    handbook: HandbookArg,
    /// What this edition is, in a few words for its readers [default: asked for on a terminal]
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The day of publication, AAAA-MM-GG [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Do all of it but writing
    #[arg(long)]
    dry_run: bool,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
}

pub(super) fn run(args: &ReleaseArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, args.message_format);
    let (number, date) = match (refusal::number(&args.edition), refusal::date(args.date.as_deref())) {
        (Ok(number), Ok(date)) => (number, date),
        (number, date) => {
            let refusals: Vec<_> = number.err().into_iter().chain(date.err()).collect();
            return refused(&console, &[], &refusals);
        }
    };
    let Some(folder) = args.handbook.find(&console) else { return Outcome::Failed };
    let Checked { source, site, problems } = check(&folder, date);
    let mut refusals = refusal::of(&site, number, date, &folder);
    // Nobody is asked for words that would be lost.
    let may_ask = problems.is_empty() && refusals.is_empty();
    let note = note::find(args.note.as_deref(), number, may_ask.then_some(&console));
    refusals.extend(note.as_ref().err().cloned());
    let note = match note {
        Ok(note) if problems.is_empty() && refusals.is_empty() => note,
        Ok(_) | Err(_) => return refused(&console, &problems, &refusals),
    };
    let release = Release::of(number, date, note, source.as_ref(), site.register());
    let written = release.map_err(|error| ReleaseError::Io(folder.clone(), error)).and_then(|release| {
        match args.dry_run {
            true => report::would_be_written(&console, &release, &folder),
            false => {
                release.write(&folder, &RealDisk)?;
                report::written(&console, &release, &folder, args.handbook.handbook.as_deref());
            }
        }
        Ok(())
    });
    match written {
        Ok(()) => Outcome::Done,
        Err(error) => {
            report::failed(&console, error);
            Outcome::Failed
        }
    }
}

/// The handbook as it was read, once: what was checked is what is sealed.
struct Checked {
    source: Arc<Held>,
    site: Site,
    problems: Vec<Diagnostic>,
}

/// Everything that `check` says, on the day of the edition.
fn check(folder: &Path, date: Date) -> Checked {
    let (source, mut problems) = FolderSource::scan(folder, &[folder.join("public")]);
    let (source, unreadable) = Held::of(Arc::new(source), is_recorded);
    let source = Arc::new(source);
    problems.extend(unreadable);
    let options = Options { search: true, today: Some(date), ..Options::default() };
    let (site, found) = Site::load(Arc::<Held>::clone(&source), &options);
    problems.extend(found);
    if !problems.iter().any(Diagnostic::is_error) {
        problems.extend(site.dry_run());
    }
    diagnostic::sort(&mut problems);
    Checked { source, site, problems }
}

/// Says why no edition is published: every reason at once.
fn refused(console: &Console, problems: &[Diagnostic], refusals: &[Refusal]) -> Outcome {
    console.diagnostics(problems);
    console.count(problems);
    if !problems.is_empty() && !problems.iter().any(Diagnostic::is_error) {
        console.say(&say!(
            "Un'edizione non si corregge più: anche gli avvisi impediscono di pubblicarla.";
            "An edition is never mended afterwards: warnings stop its publication too."
        ));
    }
    for Refusal { message, help } in refusals {
        console.failure(message, Some(help));
    }
    console.say(&say!("Nulla è stato scritto."; "Nothing was written."));
    if refusals.is_empty() { Outcome::HandbookErrors } else { Outcome::Failed }
}
