//! What concerns one value: its guidelines with their provisions, and what helps with them.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diagnostic::Lang;
use crate::handbook::{Body, Child, Document, Kind, Status};
use crate::links::Target;
use crate::markdown::{Provision, without_accents};

use super::super::concerns::{Dimension, Facet, Value};
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::concerns::concerns_link;
use super::frame::{Frame, LinkView, PageInfo};
use super::listed::ListedDocument;
use super::words::status_label;

/// Beyond this many, the guidelines that hold for all values are counted and not listed: the page of every value
/// would repeat the whole handbook.
const MOST_FOR_ALL: usize = 200;

/// What `concern.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ConcernPage {
    frame: Frame,
    title: String,
    /// The words for the dimension.
    dimension: String,
    /// How many provisions hold for the value.
    provisions: usize,
    /// The guidelines that name the value.
    named: Vec<GuidelineView>,
    /// The guidelines that declare nothing in the dimension.
    for_all: Vec<GuidelineView>,
    /// How many those are, where they are too many to be repeated on the page of every value.
    for_all_beyond: usize,
    /// Practices, tools and indicators.
    documents: Vec<HelpView>,
    activity: Option<ActivityView>,
}

/// A guideline that concerns the reader.
#[derive(Debug, Serialize)]
pub(super) struct GuidelineView {
    title: String,
    href: String,
    id: Option<String>,
    status: Option<&'static str>,
    status_label: String,
    pub(super) provisions: Vec<ProvisionView>,
}

/// One of its provisions.
#[derive(Debug, Serialize)]
pub(super) struct ProvisionView {
    id: String,
    title: String,
    href: String,
    level: &'static str,
    level_label: String,
    /// The places of acts that it cites.
    citations: Vec<CitationView>,
}

#[derive(Debug, Serialize)]
struct CitationView {
    text: String,
    href: String,
}

/// A practice, tool or indicator.
#[derive(Debug)]
struct HelpView {
    document: ListedDocument,
    /// Whether it declares nothing in the dimension.
    for_all: bool,
}

impl Serialize for HelpView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let for_all = &self.for_all;
        self.document.serialize_with(serializer, 1, |view| view.serialize_field("for_all", for_all))
    }
}

/// What the table of the activity lines says of a territory.
#[derive(Debug, Serialize)]
struct ActivityView {
    href: String,
    /// Whether the table has a body of that name.
    known: bool,
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize)]
struct LineView {
    name: String,
    /// `false` is "not recorded", never "no".
    recorded: bool,
}

/// The view of one value.
pub(in crate::site) fn concern(
    volume: &Volume,
    path: &SitePath,
    dimension: &Dimension,
    value: &Value,
) -> ConcernPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let strings = volume.theme.strings(lang);
    let facet = dimension.facet;
    let label = facet.vocabulary(&volume.handbook.vocabularies).label(&value.id, lang);
    let title = format!("{}: {label}", strings.get("concerns_of"));
    let dimension_label = strings.get(facet.key()).to_owned();
    let page_title = format!("{title} ({dimension_label})");
    let index = concerns_link(hrefs, lang);
    let place = LinkView::new(&dimension_label, format!("{}#_{}", index.href, facet.slug(lang)));
    let info = PageInfo {
        title: &page_title,
        description: strings.get("concerns_description"),
        lang,
        child: None,
        above: vec![index, place],
    };
    let named = guidelines(hrefs, &value.named, lang);
    let unnamed: Vec<usize> =
        dimension.for_all.iter().copied().filter(|n| is_guideline(volume, *n)).collect();
    let is_beyond = unnamed.len() > MOST_FOR_ALL;
    let for_all = if is_beyond { Vec::new() } else { guidelines(hrefs, &unnamed, lang) };
    let holding = value.named.iter().filter(|n| is_guideline(volume, **n)).chain(&unnamed);
    let provisions =
        holding.filter_map(|n| volume.handbook.documents.get(*n)).map(|d| d.chapter.provisions.len()).sum();
    ConcernPage {
        frame: Frame::new(volume, path, info),
        title,
        dimension: dimension_label,
        provisions,
        for_all_beyond: if is_beyond { unnamed.len() } else { 0 },
        documents: help(hrefs, dimension, value, lang),
        activity: (facet == Facet::Territories).then(|| activity(hrefs, &value.id, label)).flatten(),
        named,
        for_all,
    }
}

fn is_guideline(volume: &Volume, number: usize) -> bool {
    volume.handbook.documents.get(number).is_some_and(|document| document.kind() == Kind::Guideline)
}

fn guidelines(hrefs: Hrefs<'_>, numbers: &[usize], lang: Lang) -> Vec<GuidelineView> {
    numbers.iter().filter_map(|number| guideline(hrefs, *number, lang)).collect()
}

/// The view of a guideline; `None` for a document of another kind.
pub(super) fn guideline(hrefs: Hrefs<'_>, number: usize, lang: Lang) -> Option<GuidelineView> {
    let document = hrefs.volume.handbook.documents.get(number).filter(|d| d.kind() == Kind::Guideline)?;
    let href = hrefs.to_child(Child::Document(number));
    let provisions = document.chapter.provisions.iter();
    Some(GuidelineView {
        title: document.title.clone(),
        id: document.id().map(ToString::to_string),
        status: document.front.status.map(Status::name),
        status_label: document.front.status.map(|s| status_label(hrefs.volume, s, lang)).unwrap_or_default(),
        provisions: provisions.filter_map(|p| provision(hrefs, number, document, p, &href, lang)).collect(),
        href,
    })
}

fn provision(
    hrefs: Hrefs<'_>,
    number: usize,
    document: &Document,
    provision: &Provision,
    href: &str,
    lang: Lang,
) -> Option<ProvisionView> {
    let volume = hrefs.volume;
    let heading = document.chapter.headings.get(provision.heading)?;
    let cited = volume.links.cited_by(number, &document.chapter, provision);
    let citations = cited.into_iter().map(|address| CitationView {
        text: volume.handbook.citation(address, lang),
        href: hrefs.to_target(&Target::Address(address.clone())),
    });
    Some(ProvisionView {
        id: heading.id.to_string(),
        title: heading.text.clone(),
        href: format!("{href}#{}", heading.id),
        level: provision.level.name(),
        level_label: volume.labels(lang).level(provision.level).to_owned(),
        citations: citations.collect(),
    })
}

/// The documents that are not guidelines, by kind; those that name the value come first.
fn help(hrefs: Hrefs<'_>, dimension: &Dimension, value: &Value, lang: Lang) -> Vec<HelpView> {
    let documents = &hrefs.volume.handbook.documents;
    let named = value.named.iter().map(|number| (false, *number));
    let all = named.chain(dimension.for_all.iter().map(|number| (true, *number)));
    let mut found: Vec<_> =
        all.filter_map(|(for_all, number)| Some((for_all, number, documents.get(number)?))).collect();
    found.retain(|(_, _, document)| document.kind() != Kind::Guideline);
    found.sort_by_key(|(for_all, number, document)| (*for_all, document.kind(), *number));
    let views = found.into_iter().map(|(for_all, number, document)| HelpView {
        document: ListedDocument::of(hrefs, number, document, lang),
        for_all,
    });
    views.collect()
}

/// `None` when the handbook has no table of the activity lines.
fn activity(hrefs: Hrefs<'_>, id: &str, label: &str) -> Option<ActivityView> {
    let data = hrefs.volume.handbook.activity_lines.as_ref()?;
    let names = [folded(id), folded(label)];
    let has_name = |body: &&Body| body.name.as_ref().is_some_and(|name| names.contains(&folded(name)));
    let is_named = |body: &&Body| body.territory.as_deref() == Some(id);
    let body = data.bodies.iter().find(is_named).or_else(|| data.bodies.iter().find(has_name));
    let lines = body.map(|body| {
        let line = data
            .lines
            .iter()
            .map(|line| LineView { name: line.name.clone(), recorded: body.lines.contains(&line.id) });
        line.collect()
    });
    Some(ActivityView {
        href: hrefs.to_target(&Target::ActivityLines),
        known: body.is_some(),
        lines: lines.unwrap_or_default(),
    })
}

fn folded(name: &str) -> String {
    without_accents(name).to_lowercase()
}
