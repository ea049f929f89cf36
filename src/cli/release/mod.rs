//! `vademecum release`: publishes the handbook as an edition, which never changes again.

mod note;
mod refusal;
mod report;

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::diagnostic::{self, Diagnostic, Lang};
use crate::edition::{RealDisk, Release, ReleaseError, Tagged, is_recorded};
use crate::handbook::{Date, StoreKind};
use crate::say;
use crate::site::{Options, Site};
use crate::source::{FolderSource, Held, Source};

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
    let mut refusals = refusal::of(&site, source.as_ref(), number, date, &folder);
    // Nobody is asked for words that would be lost.
    let may_ask = problems.is_empty() && refusals.is_empty();
    let note = note::find(args.note.as_deref(), number, may_ask.then_some(&console));
    refusals.extend(note.as_ref().err().cloned());
    let note = match note {
        Ok(note) if problems.is_empty() && refusals.is_empty() => note,
        Ok(_) | Err(_) => return refused(&console, &problems, &refusals),
    };
    let order = Order { folder: &folder, named: args.handbook.handbook.as_deref(), is_trial: args.dry_run };
    match &site.handbook().config.editions.store {
        StoreKind::Folder => {
            let release = Release::of(number, date, note, source.as_ref(), site.register());
            in_folder(&console, order, release)
        }
        StoreKind::Git { tags, .. } => {
            let pattern = tags.clone().unwrap_or_default();
            let files = source.paths().len();
            let tagged = Tagged::of(number, date, &note, source.as_ref(), pattern);
            as_tag(&console, order, tagged, files)
        }
    }
}

/// What is done with an edition that is ready.
#[derive(Clone, Copy)]
struct Order<'a> {
    /// The handbook.
    folder: &'a Path,
    /// The same, where the command named it.
    named: Option<&'a Path>,
    /// Whether nothing is written.
    is_trial: bool,
}

impl Order<'_> {
    /// The handbook's folder as an argument of another command: with a space before it, or empty.
    fn argument(self) -> String {
        self.named.map_or_else(String::new, |folder| format!(" {}", folder.display()))
    }
}

fn in_folder(console: &Console, order: Order<'_>, release: std::io::Result<Release>) -> Outcome {
    let written =
        release.map_err(|error| ReleaseError::Io(order.folder.to_owned(), error)).and_then(|release| {
            if order.is_trial {
                report::would_be_written(console, &release, order.folder);
            } else {
                release.write(order.folder, &RealDisk)?;
                report::written(console, &release, order);
            }
            Ok(())
        });
    match written {
        Ok(()) => Outcome::Done,
        Err(error) => {
            report::failed(console, error);
            Outcome::Failed
        }
    }
}

fn as_tag(console: &Console, order: Order<'_>, tagged: std::io::Result<Tagged>, files: usize) -> Outcome {
    let tagged = match tagged {
        Ok(tagged) => tagged,
        Err(error) => {
            report::failed(console, ReleaseError::Io(order.folder.to_owned(), error));
            return Outcome::Failed;
        }
    };
    if order.is_trial {
        report::would_be_tagged(console, &tagged, files);
        return Outcome::Done;
    }
    match tagged.write(order.folder) {
        Ok(()) => {
            report::tagged(console, &tagged, files, order);
            Outcome::Done
        }
        Err(problems) => {
            console.diagnostics(&problems);
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
        problems.extend(site.dry_run_of_next());
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
