//! Why an edition cannot be published, whatever the handbook says.

use std::path::Path;
use std::time::SystemTime;

use crate::diagnostic::{Diagnostic, Text};
use crate::edition::{Edition, folder_of, uncommitted};
use crate::handbook::{Date, EditionNumber, StoreKind, not_a_date, not_a_number};
use crate::say;
use crate::site::{Options, Site};
use crate::source::Source;

/// Why, and what to do.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) message: Text,
    pub(super) help: Text,
}

/// A problem of a value on the command line.
impl From<Diagnostic> for Refusal {
    fn from(problem: Diagnostic) -> Self {
        Self { message: problem.message, help: problem.help.unwrap_or_default() }
    }
}

/// The number that a text of the command line names.
pub(super) fn number(text: &str) -> Result<EditionNumber, Refusal> {
    text.parse().map_err(|error| not_a_number(text, &error).into())
}

/// The day that a text of the command line names; without one, today.
pub(super) fn date(text: Option<&str>) -> Result<Date, Refusal> {
    match text {
        Some(text) => Date::parse(text).ok_or_else(|| not_a_date(text).into()),
        None => Options::at(SystemTime::now()).today.ok_or_else(|| Refusal {
            message: say!("l'orologio di questo computer non dice che giorno è"; "this computer's clock does not tell the day"),
            help: say!("scrivi il giorno della pubblicazione: `--date 2026-11-25`"; "write the day of publication: `--date 2026-11-25`"),
        }),
    }
}

/// Every reason that lies in the editions that there are, in where they are kept, and in the repository.
pub(super) fn of(
    site: &Site,
    source: &dyn Source,
    number: EditionNumber,
    date: Date,
    handbook: &Path,
) -> Vec<Refusal> {
    let of_store = match &site.handbook().config.editions.store {
        StoreKind::Folder => place(number, handbook),
        // A tag that is there is an edition that is there.
        StoreKind::Git { .. } => None,
    };
    let newest = site.editions().editions().last().map(Edition::number);
    let of_number = newest.filter(|newest| number <= *newest).map(|newest| {
        let is_there = site.editions().editions().iter().any(|edition| edition.number() == number);
        not_the_next(number, is_there, newest, date)
    });
    // What stands in the place of an edition that is there needs no word of its own.
    of_number.or(of_store).into_iter().chain(of_repository(source)).collect()
}

fn not_the_next(number: EditionNumber, is_there: bool, newest: EditionNumber, date: Date) -> Refusal {
    let message = match is_there {
        true => {
            say!("l'edizione {number} è già pubblicata, e non cambia più"; "the edition {number} is published already, and never changes again")
        }
        false => {
            say!("l'edizione {number} verrebbe prima di quella più recente"; "the edition {number} would come before the newest one")
        }
    };
    let help = match newest.next_in(date.year()) {
        Some(next) => {
            say!("la più recente è la {newest}: la prossima può essere `{next}`"; "the newest is {newest}: the next can be `{next}`")
        }
        None => {
            say!("la più recente è la {newest}, l'ultima possibile del suo anno"; "the newest is {newest}, the last that its year can have")
        }
    };
    Refusal { message, help }
}

/// Something that is no edition stands where this one would.
fn place(number: EditionNumber, handbook: &Path) -> Option<Refusal> {
    let place = folder_of(number);
    handbook.join(&place).symlink_metadata().is_ok().then(|| taken(&place))
}

/// The words for it.
pub(super) fn taken(place: &str) -> Refusal {
    Refusal {
        message: say!("c'è già qualcosa in `{place}`, e un'edizione non prende il posto di nulla"; "there is something in `{place}` already, and an edition takes the place of nothing"),
        help: say!("guarda che cos'è e toglilo, oppure scegli un altro numero"; "look at what it is and remove it, or choose another number"),
    }
}

/// Files of the handbook that its repository does not have as they are.
fn of_repository(source: &dyn Source) -> Option<Refusal> {
    let changed = match uncommitted(source) {
        Ok(changed) if changed.is_empty() => return None,
        Ok(changed) => changed,
        Err(problem) => return Some((*problem).into()),
    };
    let shown: Vec<_> = changed.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    let shown = shown.join(", ");
    let Text { it, en } = match changed.len().saturating_sub(SHOWN) {
        0 => Text::verbatim(shown),
        more => say!("{shown} e altri {more}"; "{shown} and {more} more"),
    };
    Some(Refusal {
        message: say!("nel repository non ci sono ancora le ultime modifiche: {it}"; "the repository does not have the latest changes yet: {en}"),
        help: say!("salvale con `git add` e `git commit`, oppure annullale, e ripeti il comando"; "save them with `git add` and `git commit`, or undo them, and repeat the command"),
    })
}

/// How many files are named.
const SHOWN: usize = 5;
