//! Suspect references: texts that cite what changed of an act since somebody reviewed them against it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::act::{Act, Address, Changed, Form, PlaceChange, Style};
use crate::diagnostic::{Code, Diagnostic, Lang, Text};
use crate::handbook::{Date, Document, Status};
use crate::links::Target;
use crate::markdown::Provision;
use crate::say;

use super::Linter;

/// How many changes a message names.
const MOST_NAMED: usize = 3;

/// A place that a document cites.
struct Cited<'h> {
    address: &'h Address,
    range: Range<usize>,
    /// Where it is cited: `articles`, a provision by its heading, or the text around them.
    holder: Holder<'h>,
}

#[derive(Clone, Copy)]
enum Holder<'h> {
    Metadata,
    Provision(&'h Provision),
    Text,
}

impl Holder<'_> {
    /// A place that one holder cites twice is told once.
    fn key(self) -> (u8, usize) {
        match self {
            Self::Metadata => (0, 0),
            Self::Provision(provision) => (1, provision.heading),
            Self::Text => (2, 0),
        }
    }
}

impl<'h> Linter<'h> {
    /// Against the version that the document was reviewed against, else the oldest that the handbook has.
    pub(super) fn suspects(&mut self) {
        if self.handbook.unread.acts() || !self.is_on(Code::SuspectReference) {
            return;
        }
        let handbook = self.handbook;
        let was_read = |act: &Act| act.versions().all(|v| !handbook.unread.has_named(v.place.file.name()));
        for act in handbook.acts.iter().filter(|act| !act.earlier().is_empty() && was_read(act)) {
            let mut known: BTreeMap<Option<Date>, Vec<PlaceChange>> = BTreeMap::new();
            for (number, document) in handbook.documents.iter().enumerate() {
                let is_over = document.front.status.is_some_and(Status::is_over);
                if is_over || handbook.unread.has(&document.path) {
                    continue;
                }
                let Some(base) = reviewed(document, act) else { continue };
                let changes = known.entry(base.holds_from()).or_insert_with(|| act.changes_since(base));
                self.suspects_of(number, document, act, changes);
            }
        }
    }

    fn suspects_of(&mut self, number: usize, document: &Document, act: &Act, changes: &[PlaceChange]) {
        let mut told = BTreeSet::new();
        for cited in self.cited(number, document).into_iter().filter(|cited| cited.address.act() == &act.id) {
            let touching: Vec<_> = changes.iter().filter(|change| change.touches(cited.address)).collect();
            if !touching.is_empty() && told.insert((cited.holder.key(), cited.address.clone())) {
                self.suspect(document, act, &cited, &touching);
            }
        }
    }

    /// Every place that a document cites, with where; the reasons of its changes are history.
    fn cited<'d>(&self, number: usize, document: &'d Document) -> Vec<Cited<'d>>
    where
        'h: 'd,
    {
        let chapter = &document.chapter;
        let holder = |heading: Option<usize>| {
            heading
                .and_then(|heading| chapter.provision_around(heading))
                .map_or(Holder::Text, Holder::Provision)
        };
        let named = document.front.articles.iter();
        let mut all: Vec<Cited<'d>> = named
            .map(|(address, range)| Cited { address, range: range.clone(), holder: Holder::Metadata })
            .collect();
        all.extend(chapter.citations.iter().map(|citation| Cited {
            address: &citation.address,
            range: citation.range.clone(),
            holder: holder(citation.heading),
        }));
        let links = self.links;
        all.extend(chapter.references.iter().enumerate().filter_map(|(at, reference)| {
            let Some(Target::Address(address)) = links.text(number, at) else { return None };
            Some(Cited { address, range: reference.range.clone(), holder: holder(reference.heading) })
        }));
        all.sort_by_key(|cited| cited.range.start);
        all
    }

    fn suspect(&mut self, document: &Document, act: &Act, cited: &Cited<'_>, changes: &[&PlaceChange]) {
        let Some(day) = act.holds_from() else { return };
        let words = |lang| self.handbook.citation(cited.address, lang);
        let (it, en) = (words(Lang::It), words(Lang::En));
        let what = self.what_changed(changes);
        let (what_it, what_en) = (&what.it, &what.en);
        let who = match cited.holder {
            Holder::Provision(provision) => {
                let heading = document.chapter.headings.get(provision.heading);
                heading.map(|heading| {
                    let id = &heading.id;
                    say!("la disposizione `{id}` cita"; "the provision `{id}` cites")
                })
            }
            Holder::Metadata | Holder::Text => None,
        };
        let who = who.unwrap_or_else(|| say!("il documento cita"; "the document cites"));
        let (who_it, who_en) = (&who.it, &who.en);
        let message = say!(
            "{who_it} `{it}`, e l'atto è cambiato con la versione in vigore dal {day}: {what_it}";
            "{who_en} `{en}`, and the act changed with the version in force from {day}: {what_en}"
        );
        let line = reviewed_line(document, act, day);
        let help = say!(
            "rileggi il testo alla luce della nuova versione, poi scrivi fra i metadati `{line}`";
            "read the text again in the light of the new version, then write in the front matter `{line}`"
        );
        let mut problem = Diagnostic::warning(Code::SuspectReference, message)
            .at(document.place_at(cited.range.clone()))
            .help(help);
        if let Some(article) = act.article(cited.address.article()) {
            let here = say!("l'articolo nella nuova versione"; "the article in the new version");
            problem = problem.related(article.place.clone(), here);
        }
        self.push(problem);
    }

    fn what_changed(&self, changes: &[&PlaceChange]) -> Text {
        let named: Vec<Text> = changes.iter().take(MOST_NAMED).map(|change| self.change(change)).collect();
        let join = |lang| named.iter().map(|text| text.in_lang(lang)).collect::<Vec<_>>().join("; ");
        let mut all = Text { it: join(Lang::It), en: join(Lang::En) };
        match changes.len().saturating_sub(MOST_NAMED) {
            0 => {}
            1 => {
                all.it.push_str("; e un'altra modifica");
                all.en.push_str("; and one more change");
            }
            more => {
                all.it.push_str(&format!("; e altre {more} modifiche"));
                all.en.push_str(&format!("; and {more} more changes"));
            }
        }
        all
    }

    /// One change in words; a place that is gone is cited as it was.
    fn change(&self, change: &PlaceChange) -> Text {
        let act = self.handbook.acts.get(change.address.act());
        let place = |lang| {
            act.map(|act| act.format(&change.address, Style::new(lang, Form::Short))).unwrap_or_default()
        };
        let (it, en) = (place(Lang::It), place(Lang::En));
        match &change.what {
            Changed::Added => say!("aggiunta di `{it}`"; "`{en}` added"),
            Changed::Removed => say!("soppressione di `{it}`"; "`{en}` removed"),
            Changed::Amended => say!("modifica del testo di `{it}`"; "wording of `{en}` amended"),
            Changed::Title { before: Some(title) } => {
                let (title_it, title_en) = (&title.it, &title.en);
                say!("nuova rubrica di `{it}` (prima «{title_it}»)"; "new heading of `{en}` (it was “{title_en}”)")
            }
            Changed::Title { before: None } => say!("nuova rubrica di `{it}`"; "new heading of `{en}`"),
            Changed::Chapter => say!("altro capo per `{it}`"; "another chapter for `{en}`"),
            Changed::References => say!("altri rinvii di `{it}`"; "other references of `{en}`"),
            Changed::Keywords => say!("altre parole chiave di `{it}`"; "other keywords of `{en}`"),
            Changed::Note => say!("altra nota a `{it}`"; "another note on `{en}`"),
        }
    }
}

/// The version that a document has to be held against: the one that it was reviewed against, else the oldest. `None` for
/// the newest, and for a day on which none begins, which is an error of its own.
fn reviewed<'a>(document: &Document, act: &'a Act) -> Option<&'a Act> {
    let reviewed = document.front.reviewed.iter().find(|reviewed| reviewed.act == act.id);
    let base = match reviewed {
        Some(reviewed) => act.version_from(reviewed.version),
        None => act.earlier().last(),
    };
    base.filter(|base| base.holds_from() != act.holds_from())
}

/// The line of the front matter that says that the document was reviewed, with what it says already of other acts.
fn reviewed_line(document: &Document, act: &Act, day: Date) -> String {
    let mut entries: Vec<(&str, Date)> = document
        .front
        .reviewed
        .iter()
        .filter(|reviewed| reviewed.act != act.id)
        .map(|reviewed| (reviewed.act.as_str(), reviewed.version))
        .collect();
    entries.push((act.id.as_str(), day));
    let entries: Vec<_> = entries.iter().map(|(act, day)| format!("{act}: {day}")).collect();
    format!("reviewed: {{{}}}", entries.join(", "))
}
