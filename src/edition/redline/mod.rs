//! What changed between two editions: document by document, provision by provision, word by word.
//!
//! Everything is matched by its id, through the moves that the later edition declares, and never by its place. What
//! readers read is compared, not how it is spelt in Markdown.

mod coverage;
mod document;
mod json;
mod matching;
mod metadata;
mod names;
mod order;
mod provision;
mod summary;
mod term;
mod text;
mod wording;

use std::collections::BTreeMap;

use crate::act::Address;
use crate::diagnostic::Text;
use crate::handbook::{Date, Handbook, Kind};
use crate::links::Links;
use crate::markdown::Level;

pub use coverage::{ActFigures, CoverageChange, Figures};
pub use json::json;
pub use summary::{ByLevel, Counts, Summary};
pub use text::{key_words, text};
pub use wording::{Edit, Piece, Wording};

/// An edition as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Side<'h> {
    /// Its texts.
    pub handbook: &'h Handbook,
    /// Where its references lead.
    pub links: &'h Links,
}

/// What changed between two editions; what did not change is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// In the reading order of the later edition; what is gone stands where it stood.
    pub documents: Vec<DocumentChange>,
    /// The terms of the glossary, in the order of the alphabet.
    pub terms: Vec<TermChange>,
    /// Which places of the acts are implemented and tested.
    pub coverage: CoverageChange,
}

/// A document of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentName {
    /// Its number in [`Handbook::documents`] of its edition.
    pub number: usize,
    /// Its id.
    pub id: Option<String>,
    /// Its address on the site.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
}

/// What changed in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentChange {
    /// The document of the earlier edition; `None` for a new one.
    pub before: Option<DocumentName>,
    /// The document of the later edition; `None` for one that is gone.
    pub after: Option<DocumentName>,
    /// Why it is gone, where the later edition says so.
    pub gone: Option<Gone>,
    /// Its title.
    pub title: Option<Wording>,
    /// Its metadata, key by key.
    pub metadata: Vec<KeyChange>,
    /// Whether the values of an indicator are others.
    pub values_changed: bool,
    /// Its text outside provisions.
    pub text: Option<Wording>,
    /// The ids of the fewest provisions that must have moved, for the others to stand as they stand.
    pub reordered: Vec<String>,
    /// Its provisions, in order; those that are gone stand where they stood.
    pub provisions: Vec<ProvisionChange>,
    /// Why it changed as a whole.
    pub reasons: Vec<Reason>,
}

/// A provision of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionName {
    /// Its document.
    pub document: DocumentName,
    /// Its number among the provisions of the document's chapter.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much it binds.
    pub level: Level,
}

/// What changed in a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionChange {
    /// The provision of the earlier edition; `None` for a new one.
    pub before: Option<ProvisionName>,
    /// The provision of the later edition; `None` for one that is gone.
    pub after: Option<ProvisionName>,
    /// Why it is gone, where the later edition says so.
    pub gone: Option<Gone>,
    /// Whether it has another id or stands in another document.
    pub moved: bool,
    /// Its title.
    pub title: Option<Wording>,
    /// Its text; all of it, of a provision that is new or gone.
    pub text: Option<Wording>,
    /// The places of acts that it now cites.
    pub gained: Vec<Address>,
    /// Those that it no longer cites.
    pub lost: Vec<Address>,
    /// Why it changed.
    pub reasons: Vec<Reason>,
}

/// What the later edition says of something that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Since when; `None` where it has become a part of something else.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// The name of what has taken its place.
    pub successor: Option<String>,
}

/// A key of the metadata with other values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The key, as an editor writes it.
    pub key: &'static str,
    /// Its values in the earlier edition, in the words of the vocabularies.
    pub before: Vec<Text>,
    /// Its values in the later edition.
    pub after: Vec<Text>,
}

/// Why something changed, as the later edition says in `changes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The document of the later edition that says so.
    pub document: usize,
    /// Its number among the changes of that document.
    pub change: usize,
    /// The edition that brings it.
    pub edition: Option<String>,
    /// The names of the practices and the citations that it gives.
    pub because: Vec<Text>,
    /// In words.
    pub note: Option<String>,
}

/// What changed in a term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermChange {
    /// Its name in the earlier edition; `None` for a new one.
    pub before: Option<String>,
    /// Its name in the later edition; `None` for one that is gone.
    pub after: Option<String>,
    /// Its address on the site under the glossary's, in the later edition if it is there.
    pub slug: String,
    /// Why it is gone, where the later edition says so.
    pub gone: Option<Gone>,
    /// Whether it has another address.
    pub moved: bool,
    /// Its definition; all of it, of a term that is new or gone.
    pub definition: Option<Wording>,
    /// Its other keys.
    pub metadata: Vec<KeyChange>,
}

/// What editions between the two say of names: each has its word on the names of the one before it only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Between {
    /// Former names, each with the name in the later edition.
    pub moved: BTreeMap<String, String>,
    /// Former names that were given up on the way.
    pub withdrawn: BTreeMap<String, Gone>,
}

impl Between {
    /// The slug that a term of the glossary has in the later edition.
    fn term(&self, slug: &str) -> Option<&str> {
        let name = |folder: &str| self.moved.get(&format!("{folder}/{slug}"));
        name("glossario").or_else(|| name("glossary"))?.split_once('/').map(|(_, slug)| slug)
    }
}

/// Tells what changed from one edition to the next.
pub fn redline(before: Side<'_>, after: Side<'_>) -> Redline {
    redline_over(before, after, &Between::default())
}

/// Tells what changed from one edition to a later one, over those in between.
pub fn redline_over(before: Side<'_>, after: Side<'_>, between: &Between) -> Redline {
    let matching = matching::Matching::of(before, after, between);
    Redline {
        documents: document::changes(&matching),
        terms: term::changes(&matching),
        coverage: CoverageChange::of(before, after),
    }
}

impl Redline {
    /// Whether nothing changed that a reader could see.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.terms.is_empty() && self.coverage.is_empty()
    }

    /// The part of a redline that is about one document.
    pub fn of_document(document: &DocumentChange) -> Self {
        Self { documents: vec![document.clone()], terms: Vec::new(), coverage: CoverageChange::default() }
    }

    /// How much changed, by kind.
    pub fn summary(&self) -> Summary {
        Summary::of(self)
    }

    /// The provisions that changed, in order.
    pub fn provisions(&self) -> impl Iterator<Item = &ProvisionChange> {
        self.documents.iter().flat_map(|document| &document.provisions)
    }
}

impl DocumentChange {
    /// Whether it has another id or address.
    pub fn is_moved(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => before.id != after.id || before.address != after.address,
            (Some(_) | None, Some(_) | None) => false,
        }
    }

    /// The document: of the later edition, else of the earlier.
    pub fn name(&self) -> Option<&DocumentName> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// Whether it is in both editions, and anything of it changed.
    pub fn is_changed(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }

    fn is_empty(&self) -> bool {
        let same = self.is_changed() && !self.is_moved() && self.title.is_none() && self.metadata.is_empty();
        same && !self.values_changed
            && self.text.is_none()
            && self.reordered.is_empty()
            && self.provisions.is_empty()
    }
}

impl ProvisionChange {
    /// Its level in both editions, where it is another.
    pub fn level(&self) -> Option<(Level, Level)> {
        let levels = self.before.as_ref().zip(self.after.as_ref());
        levels.map(|(before, after)| (before.level, after.level)).filter(|(before, after)| before != after)
    }

    /// Whether it is in both editions, and says something else.
    pub fn is_reworded(&self) -> bool {
        self.before.is_some() && self.after.is_some() && (self.title.is_some() || self.text.is_some())
    }

    /// The provision: of the later edition, else of the earlier.
    pub fn name(&self) -> Option<&ProvisionName> {
        self.after.as_ref().or(self.before.as_ref())
    }

    fn is_empty(&self) -> bool {
        let is_kept = self.before.is_some() && self.after.is_some();
        let says_the_same = self.title.is_none() && self.text.is_none() && self.level().is_none();
        is_kept && says_the_same && !self.moved && self.gained.is_empty() && self.lost.is_empty()
    }
}
