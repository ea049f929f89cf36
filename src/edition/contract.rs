//! The contract of names: what an edition published, the next one keeps, moves or withdraws.

use crate::diagnostic::{Code, Diagnostic, Place, Text, nearest};
use crate::handbook::{Date, EditionNumber};
use crate::say;

use super::{Fate, Published, PublishedKind, Register};

/// What the contract is held against.
#[derive(Clone, Copy)]
pub struct Contract<'a> {
    /// The edition before.
    pub number: EditionNumber,
    /// Its names.
    pub before: &'a Register,
    /// The names of the text that would be the next edition.
    pub after: &'a Register,
    /// The day that a line to paste proposes.
    pub today: Option<Date>,
}

/// Where an editor says what became of a name.
pub struct Desk {
    /// The file.
    pub place: Place,
    /// The document's own metadata, and not the settings.
    pub is_document: bool,
}

/// One problem for each name that vanished without a word; `desk` tells where a word about it belongs.
pub fn vanished(contract: Contract<'_>, desk: &dyn Fn(&Published) -> Option<Desk>) -> Vec<Diagnostic> {
    let Contract { before, after, .. } = contract;
    let page_is_lost = |place: &Published| {
        let page = place.anchor.is_some().then(|| before.find(&place.page)).flatten();
        page.is_some_and(|page| after.page(&page.page).is_none() && after.fate(page) == Fate::Lost)
    };
    let problem = |place: &Published| match after.fate(place) {
        // A page tells of what stands on it.
        Fate::Lost => (!page_is_lost(place)).then(|| contract.lost(place, desk(place))),
        Fate::Here(now) => contract.is_silent_move(place, now).then(|| contract.moved(place, now, desk(now))),
        Fate::Withdrawn(_) => None,
    };
    before.places().iter().filter_map(problem).collect()
}

impl Contract<'_> {
    /// A page that stands elsewhere now, and does not say where it stood. What stands on it has its name.
    fn is_silent_move(&self, before: &Published, now: &Published) -> bool {
        before.anchor.is_none() && before.page != now.page && !self.after.moved().contains_key(&before.page)
    }

    fn lost(&self, place: &Published, desk: Option<Desk>) -> Diagnostic {
        let (name, number) = (place.name(), self.number);
        let Text { it, en } = what(place.kind);
        let message = say!("l'edizione {number} ha pubblicato {it} `{name}`, che ora non c'è più"; "the edition {number} published {en} `{name}`, which is no longer there");
        let day = self.today.map_or_else(|| "AAAA-MM-GG".to_owned(), |day| day.to_string());
        let withdraw = format!("withdrawn: [{{id: \"{name}\", date: {day}, reason: \"…\"}}]");
        let candidate = self.candidate(place);
        let in_document = desk.as_ref().is_some_and(|desk| desk.is_document);
        let help = match (candidate, place.kind) {
            (Some(new), PublishedKind::Document) => {
                let line = format!("aliases: [\"{name}\"]");
                say!("se ora è `{new}`, scrivi fra i suoi metadati la riga `{line}`; se è stato ritirato, scrivi in `handbook.yaml` la riga `{withdraw}`, con il motivo"; "if it is `{new}` now, write in its front matter the line `{line}`; if it was withdrawn, write in `handbook.yaml` the line `{withdraw}`, with the reason")
            }
            (Some(new), PublishedKind::Term) => {
                let alias = name.rsplit(['/', '#']).next().unwrap_or(&name);
                let line = format!("aliases: [\"{alias}\"]");
                say!("se ora è `{new}`, scrivi nella sua voce del glossario la riga `{line}`; se è stata ritirata, scrivi in `handbook.yaml` la riga `{withdraw}`, con il motivo"; "if it is `{new}` now, write in its entry of the glossary the line `{line}`; if it was withdrawn, write in `handbook.yaml` the line `{withdraw}`, with the reason")
            }
            (Some(new), PublishedKind::Provision | PublishedKind::Heading) => {
                let line = format!("moved_from: {{\"{name}\": {new}}}");
                say!("se ora è `{new}`, scrivi fra i metadati del suo documento la riga `{line}`; se è stata ritirata, la riga `{withdraw}`, con il motivo"; "if it is `{new}` now, write in its document's front matter the line `{line}`; if it was withdrawn, the line `{withdraw}`, with the reason")
            }
            (Some(_) | None, _) if in_document => {
                say!("rimetti `{name}`, oppure scrivi qui fra i metadati la riga `{withdraw}`, con il motivo"; "put `{name}` back, or write here in the front matter the line `{withdraw}`, with the reason")
            }
            (Some(_) | None, _) => {
                say!("rimetti `{name}`, oppure scrivi in `handbook.yaml` la riga `{withdraw}`, con il motivo"; "put `{name}` back, or write in `handbook.yaml` the line `{withdraw}`, with the reason")
            }
        };
        placed(Diagnostic::error(Code::VanishedName, message).help(help), desk)
    }

    fn moved(&self, before: &Published, now: &Published, desk: Option<Desk>) -> Diagnostic {
        let (number, page) = (self.number, &before.page);
        let name = now.name();
        let message = say!("`{name}` stava a `/{page}/` nell'edizione {number}, e quell'indirizzo ora non porta a nulla"; "`{name}` stood at `/{page}/` in the edition {number}, and that address leads nowhere now");
        let line = format!("aliases: [\"{page}\"]");
        let help = match now.kind {
            PublishedKind::Term => {
                let alias = page.rsplit('/').next().unwrap_or(page);
                let line = format!("aliases: [\"{alias}\"]");
                say!("scrivi nella sua voce del glossario la riga `{line}`"; "write in its entry of the glossary the line `{line}`")
            }
            PublishedKind::Document
            | PublishedKind::Provision
            | PublishedKind::Heading
            | PublishedKind::Act => {
                say!("scrivi fra i suoi metadati la riga `{line}`"; "write in its front matter the line `{line}`")
            }
        };
        placed(Diagnostic::error(Code::VanishedName, message).help(help), desk)
    }

    /// What may have taken the place of a lost one: something new of its kind, of nearly its title or name.
    fn candidate(&self, lost: &Published) -> Option<String> {
        let is_new =
            |place: &&Published| place.kind == lost.kind && self.after.origin(place, self.before).is_none();
        let new: Vec<&Published> = self.after.places().iter().filter(is_new).collect();
        let same_title = new.iter().find(|place| place.title == lost.title && !lost.title.is_empty());
        let near_title = || {
            let title = nearest(&lost.title, new.iter().map(|place| place.title.as_str()))?;
            new.iter().find(|place| place.title == title)
        };
        same_title.or_else(near_title).map(|place| place.name())
    }
}

fn what(kind: PublishedKind) -> Text {
    match kind {
        PublishedKind::Document => say!("il documento"; "the document"),
        PublishedKind::Provision => say!("la disposizione"; "the provision"),
        PublishedKind::Heading => say!("il titolo"; "the heading"),
        PublishedKind::Term => say!("la voce"; "the term"),
        PublishedKind::Act => say!("il punto dell'atto"; "the place of the act"),
    }
}

fn placed(problem: Diagnostic, desk: Option<Desk>) -> Diagnostic {
    match desk {
        Some(desk) => problem.at(desk.place),
        None => problem,
    }
}
