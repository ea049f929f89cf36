//! One Markdown chapter: what it contains, and its HTML.
//!
//! [`outline`] reads a chapter once and tells its headings, provisions and references, each with its place;
//! [`html`] walks the same events again when a page is rendered, with every reference resolved by then. The
//! two passes see the same headings and references in the same order, so an index names one in both.

mod anchor;
mod highlight;
mod html;
mod inline_html;
mod level;
mod lexicon;
mod outline;
mod passages;
mod places;
mod reference;
mod slug;
mod wording;

use std::ops::Range;

use pulldown_cmark::Options;

pub use anchor::{Anchor, AnchorError, decode_fragment};
pub use highlight::Highlighter;
pub use html::{CitationForms, Host, Labels, Link, Remark, TermLink, html, linked_text};
pub use level::Level;
pub use lexicon::Lexicon;
pub use outline::{MOST_LEVELS, outline};
pub use passages::{Passage, passages};
pub use reference::{Reference, ReferenceKind};
pub use slug::{slug, unique, without_accents};
pub use wording::{Block, BlockKind, Form, Lead, Word, wording, words_of};

use crate::act::{Acts, Address};
use crate::diagnostic::SourceFile;
use places::Places;

/// What a chapter contains. Offsets count in the whole file.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file.
    pub file: SourceFile,
    /// The Markdown in it: the file without its front matter.
    pub body: Range<usize>,
    /// Whether quotes and dashes are made typographic.
    pub typography: bool,
    /// The heading that is the page's title, when the body opens with a `# …`; it is not among `headings`.
    pub title: Option<Heading>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The provisions, in order.
    pub provisions: Vec<Provision>,
    /// The paragraphs and points that have an address of their own, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The references, in order.
    pub references: Vec<Reference>,
    /// The citations in its prose, in order.
    pub citations: Vec<Citation>,
    /// The terms of the glossary in its prose, in order.
    pub terms: Vec<TermUse>,
    /// The acronyms in its prose that the lexicon does not have and the chapter does not explain, each once.
    pub acronyms: Vec<(String, Range<usize>)>,
    /// The sentences that hold a reference, a citation or a term, in order.
    pub sentences: Vec<Sentence>,
    /// The sentences that are longer than [`LONG_SENTENCE`], each with its number of words.
    pub long_sentences: Vec<(usize, Range<usize>)>,
    /// The first paragraph as plain text, for a page without a description.
    pub lead: String,
    /// Which provision each place belongs to.
    places: Places,
}

/// A place of an act that the prose cites.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The place.
    pub address: Address,
    /// Where it is cited; empty for a place inside a range that the text does not spell out.
    pub range: Range<usize>,
    /// Index of the heading that it stands under.
    pub heading: Option<usize>,
}

/// A term of the glossary that the prose uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// Its number in the lexicon.
    pub term: usize,
    /// Where it stands.
    pub range: Range<usize>,
    /// Index of the heading that it stands under.
    pub heading: Option<usize>,
    /// Whether it becomes a link: the first use under its heading does, where terms are linked at all.
    pub linked: bool,
    /// Whether its words are given, if it is an acronym: at the first use of an acronym under its heading they are.
    pub explained: bool,
}

/// A sentence as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The words, with one blank between them.
    pub text: String,
    /// From its first word to the first word of the next sentence of its block.
    pub range: Range<usize>,
}

/// The words of a sentence beyond which readers lose its thread (a common rule of plain-language guides).
pub const LONG_SENTENCE: usize = 40;

/// What an [`outline`] reads beside plain Markdown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Whether quotes and dashes are made typographic.
    pub typography: bool,
    /// The acts whose citations become links; `None` leaves citations alone.
    pub acts: Option<&'a Acts>,
    /// The forms of the terms that are looked for.
    pub lexicon: Option<&'a Lexicon>,
    /// Whether a term's first use under a heading becomes a link.
    pub link_terms: bool,
    /// What the paragraphs before the first heading are named after; `None` gives no paragraph an address.
    pub paragraphs: Option<&'a str>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// From 1 to 6, as written.
    pub level: u8,
    /// Its id, unique on the page.
    pub id: Anchor,
    /// Whether the author wrote the id.
    pub explicit: bool,
    /// Its text, without markup.
    pub text: String,
    /// Its place among the headings: `[2, 1]` is the first under the second. Empty for a provision and what stands in
    /// it, which have the provision's id, and in lists and quotes.
    pub number: Vec<usize>,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A paragraph, or a point of a list, that can be cited by its address.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its id: `LG-04.1-p2` is the second under the heading `LG-04.1`.
    pub id: Anchor,
    /// Index of the heading that it stands under.
    pub heading: Option<usize>,
    /// Its number there.
    pub number: usize,
    /// Where it begins.
    pub start: usize,
}

/// An addressable statement of a guideline: a heading with an id and a normative level.
#[derive(Debug, Clone)]
pub struct Provision {
    /// Index of its heading in [`Chapter::headings`].
    pub heading: usize,
    /// How much it binds.
    pub level: Level,
    /// From its heading to the next heading of the same or a higher rank.
    pub range: Range<usize>,
}

impl Chapter {
    /// The Markdown.
    pub fn text(&self) -> &str {
        self.file.text().get(self.body.clone()).unwrap_or("")
    }

    /// Whether another chapter has the same title, the same provisions and the same other headings that their author named, in
    /// the same order.
    pub fn has_same_names(&self, other: &Self) -> bool {
        let title = |title: &Heading| (title.id.clone(), title.text.clone());
        self.title.as_ref().map(title) == other.title.as_ref().map(title) && self.names().eq(other.names())
    }

    /// Whether another chapter has the same places for links to lead to.
    pub fn has_same_places(&self, other: &Self) -> bool {
        self.anchors().eq(other.anchors())
    }

    fn names(&self) -> impl Iterator<Item = (&Anchor, &str, Option<Level>)> {
        let named = self.headings.iter().enumerate().map(|(index, heading)| {
            let level = self.provision_at(index).map(|provision| provision.level);
            (heading.explicit, (&heading.id, heading.text.as_str(), level))
        });
        named.filter(|(explicit, (_, _, level))| *explicit || level.is_some()).map(|(_, name)| name)
    }

    fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let headings = self.title.iter().chain(&self.headings).map(|heading| &heading.id);
        headings.chain(self.paragraphs.iter().map(|paragraph| &paragraph.id))
    }

    /// How many ranks the headings are lowered: the page's title is its only `h1`.
    pub fn heading_shift(&self) -> u8 {
        u8::from(self.headings.iter().any(|heading| heading.level == 1))
    }

    /// Whether the page has a place with this id.
    pub fn heading_with_id(&self, id: &str) -> Option<&Heading> {
        self.title.iter().chain(&self.headings).find(|heading| heading.id.as_str() == id)
    }

    /// The paragraph with this id.
    pub fn paragraph_with_id(&self, id: &str) -> Option<&Paragraph> {
        self.paragraphs.iter().find(|paragraph| paragraph.id.as_str() == id)
    }

    /// The paragraphs directly under a heading; under none, those before the first.
    pub fn paragraphs_under(&self, heading: Option<usize>) -> impl Iterator<Item = &Paragraph> {
        self.paragraphs.iter().filter(move |paragraph| paragraph.heading == heading)
    }

    /// The provision that a place under this heading belongs to: of several around it the innermost.
    pub fn provision_around(&self, heading: usize) -> Option<&Provision> {
        self.provisions.get(self.provision_number_around(heading)?)
    }

    /// The number of that provision.
    pub fn provision_number_around(&self, heading: usize) -> Option<usize> {
        *self.places.around.get(heading)?
    }

    /// The sentence around a place where a reference, a citation or a term stands.
    pub fn sentence_at(&self, at: usize) -> Option<&str> {
        let before = self.sentences.partition_point(|sentence| sentence.range.start <= at);
        let sentence = self.sentences.get(before.checked_sub(1)?)?;
        sentence.range.contains(&at).then_some(sentence.text.as_str())
    }

    /// The places that a provision's prose cites, each once, in the order of the act; a place in a provision within it
    /// is that one's.
    pub fn cited_by(&self, provision: &Provision) -> Vec<&Address> {
        let number = self.provision_number_around(provision.heading);
        let inside = number.and_then(|number| self.places.citations.get(number)).into_iter().flatten();
        let citations = inside.filter_map(|citation| self.citations.get(*citation));
        let mut cited: Vec<&Address> = citations.map(|citation| &citation.address).collect();
        cited.sort_unstable();
        cited.dedup();
        cited
    }

    /// The references in a provision's text, each with its number; one in a provision within it is that one's.
    pub fn references_in(&self, provision: &Provision) -> impl Iterator<Item = (usize, &Reference)> {
        let number = self.provision_number_around(provision.heading);
        let inside = number.and_then(|number| self.places.references.get(number)).into_iter().flatten();
        inside.filter_map(|number| Some((*number, self.references.get(*number)?)))
    }

    /// The provision whose heading has this index.
    pub fn provision_at(&self, heading: usize) -> Option<&Provision> {
        self.provision_around(heading).filter(|provision| provision.heading == heading)
    }
}

/// What we read beside CommonMark.
pub fn options(typography: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, typography);
    options
}
