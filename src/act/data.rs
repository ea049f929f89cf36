//! An act as data: what its YAML file says.

use crate::diagnostic::{Lang, Place, Text};
use crate::yaml::Date;

use super::address::Address;
use super::id::ActId;
use super::label::{Letter, Point};
use super::names::Names;
use super::number::Number;

/// A legal text that guidelines implement. Made by [`Act::load`].
#[derive(Debug, Clone)]
pub struct Act {
    /// The handbook's name for it.
    pub id: ActId,
    /// Where its id stands in its file.
    pub place: Place,
    /// The day from which this version of it holds, with its place in the file.
    pub in_force_from: Option<(Date, Place)>,
    /// The places that have other words than in the version before: the data hold no text that could be compared.
    pub amended: Vec<Address>,
    /// The kind of act in the words of its ELI, such as `reg_del`.
    pub kind: Option<String>,
    /// The CELEX number, for acts of the Union.
    pub celex: Option<String>,
    /// The European Legislation Identifier.
    pub eli: Option<String>,
    /// The id of the Official Journal's page.
    pub oj_id: Option<String>,
    /// The words with which its places are cited.
    pub style: CitationStyle,
    /// The title in full.
    pub title: Text,
    /// The title as people say it.
    pub short_title: Option<Text>,
    /// The act's name in citations.
    pub citation: ActCitation,
    /// The dates of its life.
    pub dates: Dates,
    /// Where it was published.
    pub oj: Option<OfficialJournal>,
    /// The acts on which it rests.
    pub legal_basis: Vec<RelatedAct>,
    /// Other acts that concern it.
    pub related: Vec<RelatedAct>,
    /// The languages in which it exists, as BCP 47 tags.
    pub languages: Vec<String>,
    /// Where the official text is.
    pub links: Links,
    /// The language of remarks and of the verification, where it is not the handbook's.
    pub notes_language: Option<Lang>,
    /// How many recitals it has.
    pub recitals: Option<u32>,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
    /// Whether it has more articles than the file lists: prose that cites those is left alone.
    pub partial: bool,
    /// What was compared with the official text and what was not.
    pub verification: Verification,
    pub(super) names: Names,
    /// Its earlier versions, the newest first; none of those has any of its own.
    pub(super) earlier: Vec<Self>,
}

/// The words that name the levels below an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CitationStyle {
    /// `paragrafo`, `lettera`, `punto` (Interinstitutional style guide of the Union).
    #[default]
    Eu,
    /// `comma`, `lettera`, `numero` (Italian drafting rules).
    Italian,
}

/// The act's name in citations; what the file leaves out falls back to the next longer name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActCitation {
    /// `regolamento delegato (UE) n. 240/2014`.
    pub full: Text,
    /// `reg. (UE) n. 240/2014`.
    pub short: Text,
    /// `reg. 240/2014`.
    pub very_short: Text,
}

/// The dates of an act's life.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    /// Adoption.
    pub adopted: Option<Date>,
    /// Publication in the official journal.
    pub published: Option<Date>,
    /// Entry into force.
    pub in_force: Option<Date>,
    /// End of validity; `None` while it is in force.
    pub end_of_validity: Option<Date>,
}

/// The place of publication.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficialJournal {
    /// Such as `L`.
    pub series: Option<String>,
    /// The number of the issue.
    pub number: Option<String>,
    /// When the issue came out.
    pub date: Option<Date>,
    /// Such as `1-7`.
    pub pages: Option<String>,
    /// Such as `GU L 74 del 14.3.2014, pag. 1`.
    pub citation: Option<Text>,
}

/// Another act, named in this one's file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelatedAct {
    /// Its CELEX number.
    pub celex: Option<String>,
    /// Its ELI.
    pub eli: Option<String>,
    /// Its name.
    pub label: Option<String>,
    /// The article meant, in compact form.
    pub article: Option<String>,
    /// The programming period, such as `2021-2027`.
    pub period: Option<String>,
    /// How it relates, such as `base`.
    pub relation: Option<String>,
    /// The paragraphs of the article meant.
    pub paragraphs: Vec<Paragraph>,
    /// Remarks.
    pub note: Option<String>,
}

/// Templates of links to the official text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    pub(super) act: Option<String>,
    pub(super) act_html: Option<String>,
    pub(super) act_pdf: Option<String>,
    pub(super) article: Option<String>,
    /// Whether nobody has checked that the links to single articles resolve.
    pub article_unverified: bool,
    /// What there is to know of the links to single articles.
    pub article_note: Option<String>,
}

impl Links {
    /// The official page of the act.
    pub fn act(&self, lang: Lang) -> Option<String> {
        in_lang(self.act.as_deref(), lang)
    }

    /// The official text as HTML.
    pub fn act_html(&self, lang: Lang) -> Option<String> {
        in_lang(self.act_html.as_deref(), lang)
    }

    /// The official text as PDF.
    pub fn act_pdf(&self, lang: Lang) -> Option<String> {
        in_lang(self.act_pdf.as_deref(), lang)
    }

    /// The official page of one article.
    pub fn article(&self, number: Number, lang: Lang) -> Option<String> {
        in_lang(self.article.as_deref(), lang).map(|link| link.replace("{N}", &number.to_string()))
    }
}

/// EUR-Lex writes languages as `IT`, `EN`.
fn in_lang(template: Option<&str>, lang: Lang) -> Option<String> {
    template.map(|template| template.replace("{LANG2}", &lang.tag().to_uppercase()))
}

/// A chapter (*capo*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Such as `capo-i`.
    pub id: Option<String>,
    /// Such as `I`.
    pub number: String,
    /// Its heading.
    pub title: Option<Text>,
    /// The first and the last article.
    pub articles: Option<(Number, Number)>,
    /// Which of its fields nobody has compared with the official text.
    pub unverified: Unverified,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its number.
    pub number: Number,
    /// The number of its chapter.
    pub chapter: Option<String>,
    /// Its heading.
    pub title: Option<Text>,
    /// Its paragraphs; one without a number where paragraphs are not numbered.
    pub paragraphs: Vec<Paragraph>,
    /// The phases it concerns: editorial, not part of the act.
    pub phases: Vec<Phase>,
    /// Words for the index, in Italian: editorial.
    pub keywords_it: Vec<String>,
    /// Words for the index, in English: editorial.
    pub keywords_en: Vec<String>,
    /// Places of other acts that it names, such as `32013R1303#5.1`.
    pub refers_to: Vec<String>,
    /// Remarks.
    pub note: Option<String>,
    /// Which of its fields nobody has compared with the official text.
    pub unverified: Unverified,
    /// Where it stands in the file.
    pub place: Place,
}

impl Article {
    /// Whether its paragraphs are numbered.
    pub fn is_numbered(&self) -> bool {
        self.paragraphs.iter().any(|paragraph| paragraph.number.is_some())
    }

    /// Words for the index; where one language has none, the other's.
    pub fn keywords(&self, lang: Lang) -> &[String] {
        let (own, other) = match lang {
            Lang::It => (&self.keywords_it, &self.keywords_en),
            Lang::En => (&self.keywords_en, &self.keywords_it),
        };
        if own.is_empty() { other } else { own }
    }
}

/// A phase that an article concerns, with its place in the file: the vocabulary is checked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// The name in the vocabulary of phases.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// A paragraph (*paragrafo*; *comma* in Italian acts).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// `None` for the one unnumbered paragraph of an article.
    pub number: Option<Number>,
    /// What it lists.
    pub items: Items,
    /// How many unnumbered subparagraphs it has; 0 where they are not told apart.
    pub subparagraphs: u32,
}

/// The list in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Items {
    /// `a)`, `b)` …, each with its own points; empty where there is no list.
    Lettered(Vec<LetteredItem>),
    /// `i)`, `ii)` … or `1)`, `2)` … with no letter above.
    Points(Vec<Point>),
}

impl Default for Items {
    fn default() -> Self {
        Self::Lettered(Vec::new())
    }
}

impl Paragraph {
    /// Its letters, in order.
    pub fn letters(&self) -> &[LetteredItem] {
        match &self.items {
            Items::Lettered(letters) => letters,
            Items::Points(_) => &[],
        }
    }

    /// The points that stand directly below it, without a letter, in order.
    pub fn points(&self) -> &[Point] {
        match &self.items {
            Items::Lettered(_) => &[],
            Items::Points(points) => points,
        }
    }

    /// The entry of one letter.
    pub fn letter(&self, letter: &Letter) -> Option<&LetteredItem> {
        self.letters().iter().find(|item| item.letter == *letter)
    }
}

/// A letter and the points below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetteredItem {
    /// The letter.
    pub letter: Letter,
    /// Its points, in order.
    pub points: Vec<Point>,
}

/// What of an entry was not compared with the official text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unverified {
    /// Nothing of the entry was.
    pub all: bool,
    /// The fields that were not, such as `title.it`.
    pub fields: Vec<String>,
}

impl Unverified {
    /// Whether nobody has compared this field; `title` stands for every language of it.
    pub fn covers(&self, field: &str) -> bool {
        let whole = field.split('.').next().unwrap_or(field);
        self.all || self.fields.iter().any(|known| known == field || known == whole)
    }

    /// Whether nobody has compared the heading in this language.
    pub fn title(&self, lang: Lang) -> bool {
        self.covers(&format!("title.{}", lang.tag()))
    }
}

/// What was compared with the official text, in the words of who did it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What was.
    pub verified: Vec<String>,
    /// With which sources.
    pub sources: Vec<String>,
    /// What was not.
    pub not_verified: Vec<String>,
}
