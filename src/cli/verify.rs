//! `vademecum verify`: whether every edition still is what was published.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::diagnostic::{self, Diagnostic, Lang, Place, SourceFile};
use crate::edition::{EDITIONS, KnownSeals, Store, open_store};
use crate::handbook::{Config, EditionNumber, EditionSettings};
use crate::say;
use crate::source::{FolderSource, Source, SourcePath, read_text};

use super::console::{Console, plural};
use super::{HandbookArg, MessageFormat, Outcome};

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    handbook: HandbookArg,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
}

pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, args.message_format);
    let Some(folder) = args.handbook.find(&console) else { return Outcome::Failed };
    let (source, mut problems) = scan(&folder);
    let (settings, file, found) = settings(&source);
    problems.extend(found);
    let source: Arc<dyn Source> = Arc::new(source);
    let editions = match open_store(&source, &settings, file.as_ref(), &KnownSeals::default()) {
        Ok((store, found)) => {
            problems.extend(found);
            verify(store.as_ref(), &mut problems)
        }
        Err(problem) => {
            problems.push(*problem);
            Vec::new()
        }
    };
    diagnostic::sort(&mut problems);
    console.diagnostics(&problems);
    if args.message_format == MessageFormat::Human {
        tell(&console, &editions, problems.is_empty());
    }
    console.count(&problems);
    if problems.iter().any(Diagnostic::is_error) { Outcome::HandbookErrors } else { Outcome::Done }
}

/// An edition with the number of its files, or of those that are no longer as they were.
struct Verified {
    number: EditionNumber,
    files: Result<usize, usize>,
}

/// Holds every edition against its seal.
fn verify(store: &dyn Store, problems: &mut Vec<Diagnostic>) -> Vec<Verified> {
    let editions = store.editions().iter().map(|edition| {
        let files = match store.open(edition) {
            Ok(source) => Ok(source.paths().len()),
            Err(found) => {
                let changed = found.len();
                problems.extend(found);
                Err(changed)
            }
        };
        Verified { number: edition.number, files }
    });
    editions.collect()
}

/// The handbook's files, and what is wrong with those of editions.
fn scan(handbook: &Path) -> (FolderSource, Vec<Diagnostic>) {
    let (source, mut problems) = FolderSource::scan(handbook, &[handbook.join("public")]);
    let name = |place: &Place| SourcePath::new(place.file.name());
    let of_editions = |place: &Place| name(place).is_ok_and(|name| name.parts().next() == Some(EDITIONS));
    problems.retain(|problem| problem.place.as_ref().is_some_and(of_editions));
    (source, problems)
}

/// Where the settings say that editions are kept; where they have errors, nobody knows, and the errors are told.
fn settings(source: &dyn Source) -> (EditionSettings, Option<SourceFile>, Vec<Diagnostic>) {
    let path = SourcePath::new("handbook.yaml").ok().filter(|path| source.contains(path));
    let Some(path) = path else { return (EditionSettings::default(), None, Vec::new()) };
    let file = match read_text(source, &path) {
        Ok(file) => file,
        Err(problem) => return (EditionSettings::default(), None, vec![*problem]),
    };
    let (config, mut problems) = Config::load(&file);
    problems.retain(Diagnostic::is_error);
    (config.unwrap_or_default().editions, Some(file), problems)
}

/// One line for each edition.
fn tell(console: &Console, editions: &[Verified], is_well: bool) {
    for Verified { number, files } in editions {
        match files {
            Ok(files) => {
                let (it, en) = (plural(*files, "file", "file"), plural(*files, "file", "files"));
                console.say(&say!("{number}: com'era, {it}"; "{number}: as it was, {en}"));
            }
            Err(changed) => {
                let (it, en) = (
                    plural(*changed, "file non è com'era", "file non sono com'erano"),
                    plural(*changed, "file is not as it was", "files are not as they were"),
                );
                console.say(&say!("{number}: {it}"; "{number}: {en}"));
            }
        }
    }
    if editions.is_empty() && is_well {
        console.say(&say!("Il manuale non ha ancora edizioni."; "The handbook has no edition yet."));
    }
}
