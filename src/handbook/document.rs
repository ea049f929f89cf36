//! One Markdown file of the handbook.

use std::ops::Range;

use crate::act::Address;
use crate::diagnostic::{Lang, Place};
use crate::markdown::{Chapter, Heading};
use crate::source::SourcePath;

use super::{Chart, Date, Id, IdReference, Moved, Reviewed, Withdrawal};

/// A document: its metadata, its text's outline, its place on the site.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where the file is.
    pub path: SourcePath,
    /// Its address on the site without the language's and the page's ends: `linee-guida/consultare-i-partner`,
    /// empty for the home page.
    pub address: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The title: of the front matter, else of the first heading, else of the file's name.
    pub title: String,
    /// Whether it is its folder's own page (`index.md`, `README.md`).
    pub is_index: bool,
    /// Its metadata.
    pub front: FrontMatter,
    /// How its headings are numbered.
    pub numbering: Numbering,
    /// Its text.
    pub chapter: Chapter,
}

/// How the headings of a document are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Not at all.
    Off,
    /// From 1: `1`, `1.1`.
    Plain,
    /// Under the document's own number: `4.1`, `4.1.1`.
    Under(u32),
}

/// What the metadata of a document say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The author's name for the document, with its place in the file.
    pub id: Option<(Id, Range<usize>)>,
    /// The title, where the metadata give one.
    pub title: Option<String>,
    /// One sentence on what it says.
    pub description: Option<String>,
    /// Where it stands in its life.
    pub status: Option<Status>,
    /// Where its status stands in the file.
    pub status_at: Option<Range<usize>>,
    /// The document that replaces it.
    pub superseded_by: Option<IdReference>,
    /// Its former addresses and ids.
    pub aliases: Vec<IdReference>,
    /// The former ids and anchors whose place something in it has taken.
    pub moved_from: Vec<Moved>,
    /// What it once held.
    pub withdrawn: Vec<Withdrawal>,
    /// The day by which somebody should review it.
    pub review_by: Option<(Date, Range<usize>)>,
    /// Against which versions of the acts it was reviewed.
    pub reviewed: Vec<Reviewed>,
    /// What has changed in it since the edition before, and why.
    pub changes: Vec<Change>,
    /// Its place among its neighbours, before the numeric prefix of its name.
    pub order: Option<u32>,
    /// The addresses that the document as a whole is about, each with its place in the file.
    pub articles: Vec<(Address, Range<usize>)>,
    /// Values of the vocabularies.
    pub phases: Vec<String>,
    /// For whom it is.
    pub audience: Vec<String>,
    /// Which partners it concerns.
    pub partner_types: Vec<String>,
    /// Programming periods.
    pub periods: Vec<String>,
    /// Funds, each with its place in the file.
    pub funds: Vec<(String, Range<usize>)>,
    /// Territories.
    pub territories: Vec<String>,
    /// Words under which a reader may look for it.
    pub keywords: Vec<String>,
    /// The author's own version, as written: `2024.10` stays `2024.10`.
    pub version: Option<String>,
    /// When it was last updated.
    pub updated: Option<Date>,
    /// Whether its figures or stories are examples, not facts; the page says so.
    pub illustrative: bool,
    /// Whether citations in its prose become links; `None` leaves it to the handbook.
    pub link_citations: Option<bool>,
    /// The same for terms.
    pub link_terms: Option<bool>,
    /// Whether its headings are numbered; `None` leaves it to the handbook and the kind.
    pub numbered_headings: Option<bool>,
    /// What only its kind has.
    pub details: Details,
}

impl Document {
    /// The author's name for it.
    pub fn id(&self) -> Option<&Id> {
        self.front.id.as_ref().map(|(id, _)| id)
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        match &self.front.details {
            Details::Guideline => Kind::Guideline,
            Details::Practice { .. } => Kind::Practice,
            Details::Tool { .. } => Kind::Tool,
            Details::Indicator { .. } => Kind::Indicator,
            Details::Page => Kind::Page,
        }
    }

    /// The number of one of its headings as readers see it.
    pub fn number_of(&self, heading: &Heading) -> Option<String> {
        let own = match self.numbering {
            Numbering::Off => return None,
            Numbering::Plain => None,
            Numbering::Under(number) => usize::try_from(number).ok(),
        };
        let numbers: Vec<_> = own.iter().chain(&heading.number).map(ToString::to_string).collect();
        (!heading.number.is_empty()).then(|| numbers.join("."))
    }

    /// Whether it is still being written: readers who know its address may see it, and nobody else is sent there.
    pub fn is_draft(&self) -> bool {
        self.front.status == Some(Status::Draft)
    }

    /// The document as a whole, for a diagnostic.
    pub fn place(&self) -> Place {
        Place::file(&self.chapter.file)
    }

    /// A place in it, for a diagnostic.
    pub fn place_at(&self, range: Range<usize>) -> Place {
        Place::range(&self.chapter.file, range)
    }

    /// Its metadata as they were written.
    fn metadata(&self) -> Option<&str> {
        self.chapter.file.text().get(..self.chapter.body.start)
    }

    /// Whether another text of the same file differs in nothing that has a name in the handbook: its metadata, its title, its
    /// provisions and what else its author named, in the same order. Other places may have come or gone; links alone know them.
    pub(super) fn differs_in_words_only(&self, other: &Self) -> bool {
        let Self { path, address, lang, title, is_index, front, numbering, chapter } = self;
        let is_same = *path == other.path && *address == other.address && *lang == other.lang;
        is_same
            && *title == other.title
            && *is_index == other.is_index
            // What could not be read of them is known too, and has its place.
            && self.metadata() == other.metadata()
            && *numbering == other.numbering
            && chapter.has_same_names(&other.chapter)
            // A former name may lead to any place.
            && (front.moved_from.is_empty() || chapter.has_same_places(&other.chapter))
    }

    /// The description, else the beginning of the text.
    pub fn summary(&self) -> &str {
        self.front.description.as_deref().unwrap_or(&self.chapter.lead)
    }
}

/// What only one kind of document has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Details {
    /// A guideline: its provisions are in its text.
    Guideline,
    /// A practice, with the provisions that it tries.
    Practice {
        /// The trials.
        trials: Vec<Trial>,
    },
    /// A tool for the partners.
    Tool {
        /// What it is, from the vocabulary `tool_types`.
        tool_type: Option<String>,
        /// The guidelines and provisions that it serves.
        supports: Vec<IdReference>,
    },
    /// An indicator.
    Indicator {
        /// What it measures, from the vocabulary `indicator_natures`.
        nature: Option<String>,
        /// The unit of its values.
        unit: Option<String>,
        /// How it is computed.
        formula: Option<String>,
        /// Who records it.
        source: Option<String>,
        /// The file of its values, beside the document.
        data: Option<IdReference>,
        /// The column that names the rows of the data; the first, if the author names none.
        label: Option<IdReference>,
        /// What is drawn of the data.
        chart: Chart,
        /// The guidelines and provisions that it measures.
        measures: Vec<IdReference>,
    },
    /// A plain page.
    Page,
}

/// What a practice says of a provision that it tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The guideline or provision.
    pub provision: IdReference,
    /// The edition that was tried.
    pub edition: Option<IdReference>,
    /// How it went, from the vocabulary `outcomes`.
    pub outcome: Option<String>,
    /// What was, or is to be, learnt.
    pub lesson: Option<String>,
}

/// A change of a document, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The edition that brings it.
    pub edition: Option<String>,
    /// What has changed, where it is not the document as a whole.
    pub provision: Option<IdReference>,
    /// The practice or the place of an act that is its reason.
    pub because: Vec<IdReference>,
    /// What has changed, in words.
    pub note: Option<String>,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Linea guida.
    Guideline,
    /// Pratica.
    Practice,
    /// Strumento.
    Tool,
    /// Indicatore.
    Indicator,
    /// A plain page.
    Page,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Guideline, Self::Practice, Self::Tool, Self::Indicator, Self::Page];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guideline => "guideline",
            Self::Practice => "practice",
            Self::Tool => "tool",
            Self::Indicator => "indicator",
            Self::Page => "page",
        }
    }

    /// The kind with this stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where a document stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Open to comments.
    Consultation,
    /// In force.
    Approved,
    /// Replaced by another.
    Superseded,
    /// No longer in force, and not replaced.
    Withdrawn,
}

impl Status {
    /// Every status, in the order of a life.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Consultation, Self::Approved, Self::Superseded, Self::Withdrawn];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Consultation => "consultation",
            Self::Approved => "approved",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether a document with this status no longer holds.
    pub fn is_over(self) -> bool {
        match self {
            Self::Superseded | Self::Withdrawn => true,
            Self::Draft | Self::Consultation | Self::Approved => false,
        }
    }

    /// The status with this stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
