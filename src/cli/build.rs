//! `vademecum build`: publishes the handbook to a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostic::{self, Diagnostic, Lang};
use crate::publish::{Progress, PublishError, Report, publish, refuse_overlap};
use crate::say;
use crate::site::{Options, Site};
use crate::source::FolderSource;

use super::console::{Console, plural};
use super::timings::{Spent, timings};
use super::{HandbookArg, MessageFormat, Outcome, base_url};

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    handbook: HandbookArg,
    /// The folder to publish to
    #[arg(long, short, default_value = "public", value_name = "DIR")]
    output: PathBuf,
    /// Where the site will be, instead of the handbook's own `base_url`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Leave out the search: its page, its index and the way to it
    #[arg(long)]
    no_search: bool,
    /// Publish the handbook as it is on disk too, beside its editions: at `edizioni/bozza/`, for a consultation
    #[arg(long)]
    draft: bool,
    /// Say how long each stage took, and which templates and pages were the slowest
    #[arg(long)]
    timings: bool,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
}

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, args.message_format);
    let Some(folder) = args.handbook.find(&console) else { return Outcome::Failed };
    if let Err(error) = refuse_overlap(&folder, &args.output) {
        return refused(&console, error);
    }
    let started = Instant::now();
    let output = std::path::absolute(&args.output).unwrap_or_else(|_| args.output.clone());
    let (source, mut diagnostics) = FolderSource::scan(&folder, std::slice::from_ref(&output));
    let options = Options {
        base_url: args.base_url.clone(),
        search: !args.no_search,
        shows_draft: args.draft,
        ..Options::at(SystemTime::now())
    };
    let scanning = started.elapsed();
    let (site, problems) = Site::load(Arc::new(source), &options);
    diagnostics.extend(problems);
    diagnostic::sort(&mut diagnostics);
    let loading = started.elapsed();
    console.diagnostics(&diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        console.count(&diagnostics);
        console.say(&say!("Nulla è stato scritto."; "Nothing was written."));
        return Outcome::HandbookErrors;
    }
    let begun = Instant::now();
    let bar = progress_bar();
    let result = publish(&site, &output, &|progress| match progress {
        Progress::More(pages) => bar.inc_length(pages as u64),
        Progress::Done => bar.inc(1),
    });
    bar.finish_and_clear();
    let publishing = begun.elapsed();
    let outcome = match result {
        Ok(report) => {
            console.count(&diagnostics);
            done(&console, &report, &args.output, started.elapsed());
            if args.timings {
                let spent = Spent { scanning, loading, publishing, total: started.elapsed() };
                timings(&console, &site, &report, &spent);
            }
            Outcome::Done
        }
        Err(error) => refused(&console, error),
    };
    // The program ends here: to take every page's words apart once more would be time for nothing.
    std::mem::forget(site);
    outcome
}

/// A bar on a terminal, nothing elsewhere.
fn progress_bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

fn done(console: &Console, report: &Report, output: &Path, took: Duration) {
    let Report { written, unchanged, removed, .. } = report;
    let (shown, seconds) = (output.display(), format!("{:.2}", took.as_secs_f64()));
    let pages = written + unchanged;
    let (files_it, files_en) = (plural(pages, "file", "file"), plural(pages, "file", "files"));
    let seconds_it = seconds.replace('.', ",");
    console.say(&say!(
        "Pubblicato in `{shown}`: {files_it} ({written} scritti, {unchanged} invariati, {removed} tolti) in {seconds_it} s.";
        "Published to `{shown}`: {files_en} ({written} written, {unchanged} unchanged, {removed} removed) in {seconds} s."
    ));
}

/// Says why nothing was published.
fn refused(console: &Console, error: PublishError) -> Outcome {
    match error {
        PublishError::Diagnostics(diagnostics) => {
            console.diagnostics(&diagnostics);
            console.count(&diagnostics);
            console.say(&say!("Nulla è stato scritto."; "Nothing was written."));
            return Outcome::HandbookErrors;
        }
        PublishError::NotOurs(path) => {
            let path = path.display();
            console.failure(
                &say!("`{path}` non è stato scritto da vademecum: non lo tocco"; "`{path}` was not written by vademecum: it is left alone"),
                Some(&say!("scegli una cartella nuova o vuota con `--output`, oppure svuota questa"; "choose a new or empty folder with `--output`, or empty this one")),
            );
        }
        PublishError::Overlap(path) => {
            let path = path.display();
            console.failure(
                &say!("la cartella di uscita `{path}` contiene i sorgenti o sta in mezzo a loro"; "the output folder `{path}` holds the sources or lies among them"),
                Some(&say!("scegli una cartella fuori dal manuale con `--output`"; "choose a folder outside the handbook with `--output`")),
            );
        }
        PublishError::DamagedRecord(path) => {
            let path = path.display();
            console.failure(
                &say!("il registro `{path}` non si può leggere"; "the record `{path}` cannot be read"),
                Some(&say!("togli la cartella di uscita e ripeti"; "remove the output folder and run again")),
            );
        }
        PublishError::Io(path, error) => {
            let path = path.display();
            console.failure(
                &say!("`{path}` non si può scrivere: {error}"; "`{path}` cannot be written: {error}"),
                Some(&say!("controlla permessi e spazio su disco, o scegli un'altra cartella con `--output`"; "check permissions and disk space, or choose another folder with `--output`")),
            );
        }
    }
    Outcome::Failed
}
