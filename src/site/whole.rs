//! The whole handbook on one page: what stands on it, and the id that each place has there.
//!
//! Every page has its own ids; put together, two `tempi-in-sintesi` would be one. So each place gets the id that it
//! keeps on this page, once, and whatever leads to it asks here.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::handbook::{Child, Document, Handbook};
use crate::links::Target;
use crate::markdown::unique;

/// What stands on the page, in order, and where.
pub(super) struct Whole {
    /// The documents, and the folders without a page of their own.
    pub(super) chapters: Vec<Child>,
    documents: HashMap<usize, String>,
    sections: HashMap<usize, String>,
    /// The ids within a document that are others here; the rest stay as they are.
    changed: HashMap<usize, HashMap<String, String>>,
    terms: Vec<String>,
}

/// The most Markdown that the page holds where nobody asks for more, in bytes: well over a thousand printed sheets. Browsers
/// lay out a page as a whole, and the page costs as much as all others together.
const MOST_TEXT: usize = 4_000_000;

/// Whether there is such a page: where the handbook says so, else where it is not too long for one.
pub(super) fn is_wanted(handbook: &Handbook) -> bool {
    let length = || handbook.documents.iter().map(|document| document.chapter.body.len()).sum::<usize>();
    let is_short = || length() <= MOST_TEXT;
    !handbook.documents.is_empty() && handbook.config.print_page.unwrap_or_else(is_short)
}

/// The id of the glossary on the page.
pub(super) const GLOSSARY: &str = "_glossary";

impl Whole {
    /// Everything in the handbook's own language, in reading order.
    pub(super) fn of(handbook: &Handbook) -> Self {
        let mut whole = Self {
            chapters: chapters(handbook),
            documents: HashMap::new(),
            sections: HashMap::new(),
            changed: HashMap::new(),
            terms: Vec::new(),
        };
        let mut taken = HashSet::new();
        whole.name_chapters(handbook, &mut taken);
        whole.terms = handbook.glossary.terms.iter().map(|term| unique(&term.slug, &mut taken)).collect();
        for child in &whole.chapters {
            if let Child::Document(number) = child
                && let Some(document) = handbook.documents.get(*number)
                && let Some(name) = whole.documents.get(number)
            {
                whole.changed.insert(*number, changed_ids(document, name, &mut taken));
            }
        }
        whole
    }

    /// A chapter has its author's id, else its address. Provisions come before anything else that is made: their ids
    /// are what readers know, and unique in the handbook.
    fn name_chapters(&mut self, handbook: &Handbook, taken: &mut HashSet<String>) {
        let documents = self.chapters.iter().filter_map(|child| match child {
            Child::Document(number) => handbook.documents.get(*number),
            Child::Section(_) => None,
        });
        taken.extend(documents.flat_map(provision_ids).map(str::to_owned));
        for child in &self.chapters {
            match child {
                Child::Document(number) => {
                    let Some(document) = handbook.documents.get(*number) else { continue };
                    let name =
                        document.id().map_or_else(|| address_name(&document.address), ToString::to_string);
                    self.documents.insert(*number, unique(&name, taken));
                }
                Child::Section(number) => {
                    let Some(section) = handbook.sections.get(*number) else { continue };
                    self.sections.insert(*number, unique(&address_name(&section.address), taken));
                }
            }
        }
    }

    /// The id of a document's beginning.
    pub(super) fn document(&self, number: usize) -> Option<&str> {
        self.documents.get(&number).map(String::as_str)
    }

    /// The id of a folder's heading.
    pub(super) fn section(&self, number: usize) -> Option<&str> {
        self.sections.get(&number).map(String::as_str)
    }

    /// The id of a term.
    pub(super) fn term(&self, number: usize) -> Option<&str> {
        self.terms.get(number).map(String::as_str)
    }

    /// The id here of a place within a document. Those of the interface get the document's number.
    pub(super) fn id<'i>(&'i self, document: usize, id: &'i str) -> Cow<'i, str> {
        if id.starts_with('_') {
            return Cow::Owned(format!("_{document}{id}"));
        }
        let other = self.changed.get(&document).and_then(|changed| changed.get(id));
        Cow::Borrowed(other.map_or(id, String::as_str))
    }

    /// The id of what a reference names; `None` for what stands on another page.
    pub(super) fn anchor(&self, target: &Target, handbook: &Handbook) -> Option<String> {
        match target {
            Target::Document(number) => self.document(*number).map(str::to_owned),
            Target::Heading { document, anchor } => {
                self.document(*document)?;
                Some(self.id(*document, anchor).into_owned())
            }
            Target::Provision { document, provision } => {
                self.document(*document)?;
                let chapter = &handbook.documents.get(*document)?.chapter;
                let heading = chapter.headings.get(chapter.provisions.get(*provision)?.heading)?;
                Some(self.id(*document, heading.id.as_str()).into_owned())
            }
            Target::Section(number) => {
                let index = handbook.sections.get(*number)?.index;
                let own = index.and_then(|document| self.document(document));
                own.or_else(|| self.section(*number)).map(str::to_owned)
            }
            Target::Term(number) => self.term(*number).map(str::to_owned),
            Target::Glossary => (!self.terms.is_empty()).then(|| GLOSSARY.to_owned()),
            Target::Address(_)
            | Target::Act(_)
            | Target::ActivityLines
            | Target::File(_)
            | Target::External(_) => None,
        }
    }
}

fn chapters(handbook: &Handbook) -> Vec<Child> {
    let lang = handbook.config.default_language();
    let own = |child: &Child| match child {
        Child::Document(number) => {
            let document = handbook.documents.get(*number)?;
            (document.lang == lang).then_some(*child)
        }
        Child::Section(number) => {
            let section = handbook.sections.get(*number)?;
            let is_empty_root = section.parent.is_none() && section.index.is_none();
            let child = section.index.map_or(*child, Child::Document);
            (section.lang == lang && !is_empty_root).then_some(child)
        }
    };
    handbook.sections.in_reading_order().iter().filter_map(own).collect()
}

fn provision_ids(document: &Document) -> impl Iterator<Item = &str> {
    let chapter = &document.chapter;
    let headings = chapter.provisions.iter().filter_map(|provision| chapter.headings.get(provision.heading));
    headings.map(|heading| heading.id.as_str())
}

/// `progetto/tappe` → `progetto-tappe`; the home page has no address.
fn address_name(address: &str) -> String {
    if address.is_empty() { "home".to_owned() } else { address.replace('/', "-") }
}

/// The ids of a document that somebody before it has: they get its name before them.
fn changed_ids(document: &Document, name: &str, taken: &mut HashSet<String>) -> HashMap<String, String> {
    let chapter = &document.chapter;
    let provisions: HashSet<&str> = provision_ids(document).collect();
    let headings = chapter.headings.iter().map(|heading| heading.id.as_str());
    let paragraphs = chapter.paragraphs.iter().map(|paragraph| paragraph.id.as_str());
    // The title in the text is not written: what leads to it leads to the beginning.
    let title = chapter.title.iter().map(|title| (title.id.to_string(), name.to_owned()));
    let mut changed: HashMap<String, String> = title.collect();
    for id in headings.chain(paragraphs).filter(|id| !provisions.contains(id)) {
        if !taken.insert(id.to_owned()) {
            changed.insert(id.to_owned(), unique(&format!("{name}-{id}"), taken));
        }
    }
    changed
}
