//! The command line: one file per command.

mod build;
mod check;
mod console;
mod diff;
mod release;
mod serve;
mod timings;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Lang;

use console::Console;

/// Turns Markdown guideline chapters into a checked, cross-linked handbook.
#[derive(Debug, Parser)]
#[command(name = "vademecum", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The language of messages
    #[arg(long, global = true, value_enum, default_value_t = LangArg::It)]
    lang: LangArg,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Publish the handbook to a folder
    Build(build::BuildArgs),
    /// Say everything that a build would say, and write nothing
    Check(check::CheckArgs),
    /// Say what changed between two editions, provision by provision and word by word
    Diff(diff::DiffArgs),
    /// Preview the handbook in a browser, and follow every change
    Serve(serve::ServeArgs),
    /// Publish the handbook as an edition, which is kept for ever as it is
    Release(release::ReleaseArgs),
    /// Say whether every edition still is what was published
    Verify(verify::VerifyArgs),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArg {
    It,
    En,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Excerpts for a person, on the error stream
    Human,
    /// One JSON object a line, on the output stream
    Json,
}

/// Where the handbook is.
#[derive(Debug, Args)]
struct HandbookArg {
    /// The handbook's folder [default: `content` where it holds a handbook, else `.`]
    #[arg(value_name = "HANDBOOK")]
    handbook: Option<PathBuf>,
}

/// How a command ended: the exit codes of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done; warnings are allowed.
    Done,
    /// The handbook has errors.
    HandbookErrors,
    /// The command could not be carried out.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::from(0),
            Outcome::HandbookErrors => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the command that the arguments name. Bad usage ends the process with code 2.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let lang = match cli.lang {
        LangArg::It => Lang::It,
        LangArg::En => Lang::En,
    };
    let outcome = match cli.command {
        Command::Build(args) => build::run(&args, lang),
        Command::Check(args) => check::run(&args, lang),
        Command::Diff(args) => diff::run(&args, lang),
        Command::Serve(args) => serve::run(&args, lang),
        Command::Release(args) => release::run(&args, lang),
        Command::Verify(args) => verify::run(&args, lang),
    };
    outcome.into()
}

impl HandbookArg {
    /// The folder of the handbook; says why when there is none.
    fn find(&self, console: &Console) -> Option<PathBuf> {
        let folder = match &self.handbook {
            Some(folder) => folder.clone(),
            None if holds_handbook(Path::new("content")) => PathBuf::from("content"),
            None => PathBuf::from("."),
        };
        if let Err(error) = std::fs::read_dir(&folder) {
            let shown = folder.display();
            console.failure(
                &crate::say!("la cartella `{shown}` non si può leggere: {error}"; "the folder `{shown}` cannot be read: {error}"),
                Some(&crate::say!("indica la cartella del manuale: `vademecum check CARTELLA`"; "name the handbook's folder: `vademecum check FOLDER`")),
            );
            return None;
        }
        Some(folder)
    }
}

/// Whether a folder looks like a handbook: it has settings, or Markdown.
fn holds_handbook(folder: &Path) -> bool {
    if folder.join("handbook.yaml").is_file() {
        return true;
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|extension| extension == "md"))
}

/// An absolute http(s) address for `--base-url`.
fn base_url(text: &str) -> Result<String, String> {
    crate::handbook::clean_base_url(text)
        .ok_or_else(|| "write the whole address, such as https://example.org/handbook/".to_owned())
}
