//! A document's page.

use serde::Serialize;

use crate::handbook::{Child, Details, Document, IdReference, Status, Trial, Vocabulary};
use crate::links::Target;
use crate::markdown::{Host, html};
use crate::theme::Strings;

use super::super::hrefs::{DocumentHost, Hrefs, title_of};
use super::super::{SitePath, Volume, citation};
use super::citation::{CitationView, citation_view};
use super::cycle::{ChangeView, changes};
use super::frame::{Frame, LinkView, PageInfo};
use super::linked;
use super::mentions::{MentionsView, mentions};
use super::redline::{ChangedView, changed};
use super::section::{EntryView, entries};
use super::trials::{TrialRow, trial_rows};
use super::values::ValuesView;
use super::words::{DateView, kind_key, status_label};

/// What `document.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct DocumentPage {
    frame: Frame,
    document: DocumentView,
}

#[derive(Debug, Serialize)]
struct DocumentView {
    title: String,
    /// The id of the title, when the author wrote the title as a heading.
    title_id: Option<String>,
    id: Option<String>,
    kind: &'static str,
    kind_label: String,
    status: Option<&'static str>,
    status_label: String,
    description: Option<String>,
    illustrative: bool,
    updated: Option<DateView>,
    version: Option<String>,
    facts: Vec<FactView>,
    trials: Vec<TrialView>,
    contents: Vec<ContentsView>,
    /// What ends the ids of the template, where several documents share the page.
    mark: String,
    /// The rank of its own headings.
    rank: u8,
    /// HTML.
    body: String,
    /// The values of an indicator.
    values: Option<ValuesView>,
    /// What its folder holds, when it is the folder's own page.
    entries: Vec<EntryView>,
    backlinks: MentionsView,
    /// The practices that try a guideline's provisions.
    tested_by: Vec<TrialRow>,
    changes: Vec<ChangeView>,
    superseded_by: Option<LinkView>,
    review_by: Option<DateView>,
    /// How it is cited, with the addresses of its paragraphs.
    citation: Option<CitationView>,
    /// What has changed in it since the edition before.
    changed: Option<ChangedView>,
}

/// A document on the page with the whole handbook: no navigation, and nothing that other documents say of it.
#[derive(Debug, Serialize)]
pub(super) struct ChapterView {
    title: String,
    id: Option<String>,
    kind: &'static str,
    kind_label: String,
    status: Option<&'static str>,
    status_label: String,
    description: Option<String>,
    illustrative: bool,
    updated: Option<DateView>,
    version: Option<String>,
    facts: Vec<FactView>,
    trials: Vec<TrialView>,
    changes: Vec<ChangeView>,
    superseded_by: Option<LinkView>,
    /// The id of its beginning.
    anchor: String,
    mark: String,
    rank: u8,
    /// HTML.
    body: String,
    values: Option<ValuesView>,
}

/// A row of the box of metadata.
#[derive(Debug, Serialize)]
struct FactView {
    /// The key of the front matter.
    key: &'static str,
    label: String,
    values: Vec<ValueView>,
    /// Whether it stands on the page, and not in the box that opens.
    open: bool,
}

#[derive(Debug, Serialize)]
struct ValueView {
    text: String,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct TrialView {
    provision: LinkView,
    edition: Option<String>,
    outcome: Option<String>,
    lesson: Option<String>,
}

/// An entry of the page's own contents.
#[derive(Debug, Serialize)]
pub(super) struct ContentsView {
    level: u8,
    id: String,
    /// The number of the heading, or the id of the provision.
    number: Option<String>,
    text: String,
}

/// The id of the section of the values.
const VALUES: &str = "_values";

impl FactView {
    fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

/// The view of a document.
pub(in crate::site) fn document(
    volume: &Volume,
    path: &SitePath,
    number: usize,
    document: &Document,
) -> DocumentPage {
    let maker = Maker {
        volume,
        hrefs: Hrefs { volume, from: path },
        number,
        document,
        strings: volume.theme.strings(document.lang),
    };
    let info = PageInfo {
        title: &document.title,
        description: document.summary(),
        lang: document.lang,
        child: Some(Child::Document(number)),
        above: Vec::new(),
    };
    let mut frame = Frame::new(volume, path, info);
    frame.set_linked(linked::of_document(volume, path, document));
    frame.set_edition(document.id().map(ToString::to_string), citation::edition(maker.hrefs, document));
    DocumentPage { frame, document: maker.view() }
}

/// A document as a chapter of the whole handbook.
pub(super) fn chapter(hrefs: Hrefs<'_>, number: usize, document: &Document, anchor: &str) -> ChapterView {
    let strings = hrefs.volume.theme.strings(document.lang);
    let maker = Maker { volume: hrefs.volume, hrefs, number, document, strings };
    let front = &document.front;
    ChapterView {
        title: document.title.clone(),
        id: document.id().map(ToString::to_string),
        kind: document.kind().name(),
        kind_label: maker.word(kind_key(document.kind())),
        status: front.status.map(Status::name),
        status_label: front.status.map(|s| status_label(hrefs.volume, s, document.lang)).unwrap_or_default(),
        description: front.description.clone(),
        illustrative: front.illustrative,
        updated: front.updated.map(|date| DateView::new(date, document.lang)),
        version: front.version.clone(),
        facts: maker.facts(),
        trials: maker.trials(),
        changes: changes(hrefs, number, &front.changes, document.lang),
        superseded_by: maker.superseded_by(),
        anchor: anchor.to_owned(),
        mark: maker.mark(),
        rank: maker.rank(),
        body: maker.body(),
        values: maker.values(),
    }
}

/// The contents of a document, for those of the whole handbook.
pub(super) fn contents_of(hrefs: Hrefs<'_>, number: usize, document: &Document) -> Vec<ContentsView> {
    let strings = hrefs.volume.theme.strings(document.lang);
    Maker { volume: hrefs.volume, hrefs, number, document, strings }.headings()
}

struct Maker<'s> {
    volume: &'s Volume,
    hrefs: Hrefs<'s>,
    number: usize,
    document: &'s Document,
    strings: &'s Strings,
}

impl Maker<'_> {
    fn view(&self) -> DocumentView {
        let document = self.document;
        let chapter = &document.chapter;
        DocumentView {
            title: document.title.clone(),
            title_id: chapter.title.as_ref().map(|heading| heading.id.to_string()),
            id: document.id().map(ToString::to_string),
            kind: document.kind().name(),
            kind_label: self.word(kind_key(document.kind())),
            status: document.front.status.map(Status::name),
            status_label: document
                .front
                .status
                .map(|s| status_label(self.volume, s, document.lang))
                .unwrap_or_default(),
            description: document.front.description.clone(),
            illustrative: document.front.illustrative,
            updated: document.front.updated.map(|date| DateView::new(date, document.lang)),
            version: document.front.version.clone(),
            facts: self.facts(),
            trials: self.trials(),
            contents: self.contents(),
            mark: self.mark(),
            rank: self.rank(),
            body: self.body(),
            values: self.values(),
            entries: self.entries(),
            backlinks: self.backlinks(),
            tested_by: trial_rows(
                self.hrefs,
                self.volume.links.trials.of_document(self.number),
                document.lang,
            ),
            changes: changes(self.hrefs, self.number, &document.front.changes, document.lang),
            superseded_by: self.superseded_by(),
            citation: citation_view(self.hrefs, document),
            changed: changed(self.hrefs, self.number, self.document.lang),
            review_by: document.front.review_by.as_ref().map(|(date, _)| DateView::new(*date, document.lang)),
        }
    }

    fn superseded_by(&self) -> Option<LinkView> {
        let value = self.value(self.document.front.superseded_by.as_ref()?);
        Some(LinkView::new(value.text, value.href.unwrap_or_default()))
    }

    fn mark(&self) -> String {
        self.hrefs.whole().map(|_| format!("-{}", self.number)).unwrap_or_default()
    }

    fn rank(&self) -> u8 {
        if self.hrefs.whole().is_some() { 3 } else { 2 }
    }

    fn body(&self) -> String {
        let chapter = &self.document.chapter;
        let host = DocumentHost { hrefs: self.hrefs, document: self.number, lang: self.document.lang };
        html(chapter, &host, self.volume.labels(self.document.lang))
    }

    /// The headings down to the third rank.
    fn headings(&self) -> Vec<ContentsView> {
        let chapter = &self.document.chapter;
        let shift = chapter.heading_shift();
        let host = DocumentHost { hrefs: self.hrefs, document: self.number, lang: self.document.lang };
        let headings = chapter.headings.iter().enumerate().map(|(index, heading)| ContentsView {
            level: heading.level + shift,
            id: host.id(heading.id.as_str()).into_owned(),
            number: match chapter.provision_at(index) {
                Some(_) => Some(heading.id.to_string()),
                None => self.document.number_of(heading),
            },
            text: heading.text.clone(),
        });
        headings.filter(|heading| heading.level <= 3 && !heading.text.is_empty()).collect()
    }

    fn contents(&self) -> Vec<ContentsView> {
        let values = self.volume.handbook.values_of(self.document).map(|_| ContentsView {
            level: 2,
            id: VALUES.to_owned(),
            number: None,
            text: self.word("values"),
        });
        self.headings().into_iter().chain(values).collect()
    }

    fn values(&self) -> Option<ValuesView> {
        let values = self.volume.handbook.values_of(self.document)?;
        let file = self.data_file()?;
        Some(ValuesView::new(values, self.hrefs.to_target(file.1), self.document.lang, self.strings))
    }

    fn entries(&self) -> Vec<EntryView> {
        let section = self
            .document
            .is_index
            .then(|| self.volume.handbook.sections.of_folder(&self.document.path.parent()));
        let section = section.flatten().and_then(|number| self.volume.handbook.sections.get(number));
        section.map(|section| entries(self.volume, self.hrefs, section)).unwrap_or_default()
    }

    /// What other documents say of this one and of its parts.
    fn backlinks(&self) -> MentionsView {
        let chapter = &self.document.chapter;
        let document = self.number;
        let provisions = chapter.provisions.iter().enumerate().map(|(provision, statement)| {
            let id = chapter.headings.get(statement.heading).map(|heading| heading.id.to_string());
            (Target::Provision { document, provision }, id)
        });
        let headings = chapter.title.iter().chain(&chapter.headings).map(|heading| {
            let target = Target::Heading { document, anchor: heading.id.to_string() };
            (target, Some(heading.text.clone()))
        });
        let paragraphs = chapter.paragraphs.iter().map(|paragraph| {
            let id = paragraph.id.to_string();
            (Target::Heading { document, anchor: id.clone() }, Some(id))
        });
        let parts = provisions.chain(headings).chain(paragraphs);
        let targets = std::iter::once((Target::Document(document), None)).chain(parts);
        mentions(self.hrefs, targets, Some(document), self.document.lang)
    }

    fn facts(&self) -> Vec<FactView> {
        let document = self.document;
        let vocabularies = &self.volume.handbook.vocabularies;
        let mut facts = vec![self.fact("articles", self.articles())];
        facts.push(self.terms("phases", &document.front.phases, &vocabularies.phases));
        facts.push(self.terms("audience", &document.front.audience, &vocabularies.audience));
        facts.push(self.terms("partner_types", &document.front.partner_types, &vocabularies.partner_types));
        facts.push(self.terms("periods", &document.front.periods, &vocabularies.periods));
        let funds: Vec<_> = document.front.funds.iter().map(|(fund, _)| fund.clone()).collect();
        facts.push(self.terms("funds", &funds, &vocabularies.funds));
        facts.push(self.terms("territories", &document.front.territories, &vocabularies.territories));
        facts.extend(self.details());
        facts.push(self.fact("keywords", plain(&document.front.keywords)));
        facts.retain(|fact| !fact.values.is_empty());
        facts
    }

    fn details(&self) -> Vec<FactView> {
        let vocabularies = &self.volume.handbook.vocabularies;
        match &self.document.front.details {
            Details::Guideline | Details::Practice { .. } | Details::Page => Vec::new(),
            Details::Tool { tool_type, supports } => vec![
                self.terms("tool_type", tool_type.as_slice(), &vocabularies.tool_types),
                self.fact("supports", self.named(supports)),
            ],
            Details::Indicator { nature, unit, formula, source, measures, .. } => vec![
                self.terms("nature", nature.as_slice(), &vocabularies.indicator_natures),
                self.fact("formula", plain(formula.as_slice())).open(),
                self.fact("unit", plain(unit.as_slice())).open(),
                self.fact("source", plain(source.as_slice())).open(),
                self.fact("data", self.data()).open(),
                self.fact("measures", self.named(measures)),
            ],
        }
    }

    fn trials(&self) -> Vec<TrialView> {
        let Details::Practice { trials } = &self.document.front.details else { return Vec::new() };
        trials.iter().map(|trial| self.trial(trial)).collect()
    }

    fn trial(&self, trial: &Trial) -> TrialView {
        let lang = self.document.lang;
        let outcomes = &self.volume.handbook.vocabularies.outcomes;
        let value = self.value(&trial.provision);
        TrialView {
            provision: LinkView::new(value.text, value.href.unwrap_or_default()),
            edition: trial.edition.as_ref().map(|edition| edition.text.clone()),
            outcome: trial.outcome.as_ref().map(|outcome| outcomes.label(outcome, lang).to_owned()),
            lesson: trial.lesson.as_ref().map(|lesson| self.hrefs.with_links(lesson, None, lang)),
        }
    }

    fn articles(&self) -> Vec<ValueView> {
        let lang = self.document.lang;
        let mut values = Vec::new();
        for (address, _) in &self.document.front.articles {
            let target = Target::Address(address.clone());
            values.push(ValueView {
                text: title_of(&target, &self.volume.handbook, lang),
                href: Some(self.hrefs.to_target(&target)),
            });
        }
        values
    }

    fn named(&self, references: &[IdReference]) -> Vec<ValueView> {
        references.iter().map(|reference| self.value(reference)).collect()
    }

    fn value(&self, reference: &IdReference) -> ValueView {
        match self.volume.links.metadata(self.number, reference) {
            Some(target) => ValueView {
                text: title_of(target, &self.volume.handbook, self.document.lang),
                href: Some(self.hrefs.to_target(target)),
            },
            None => ValueView { text: reference.text.clone(), href: None },
        }
    }

    /// The way to the values on this page; where they cannot be shown, to their file.
    fn data(&self) -> Vec<ValueView> {
        let shown = self.volume.handbook.values_of(self.document).is_some();
        let value = |(data, target): (&IdReference, &Target)| match shown {
            true => {
                ValueView { text: self.word("values_below"), href: Some(format!("#{VALUES}{}", self.mark())) }
            }
            false => ValueView { text: data.text.clone(), href: Some(self.hrefs.to_target(target)) },
        };
        self.data_file().map(value).into_iter().collect()
    }

    fn data_file(&self) -> Option<(&IdReference, &Target)> {
        match &self.document.front.details {
            Details::Indicator { data: Some(data), .. } => {
                Some((data, self.volume.links.metadata(self.number, data)?))
            }
            Details::Indicator { data: None, .. }
            | Details::Guideline
            | Details::Practice { .. }
            | Details::Tool { .. }
            | Details::Page => None,
        }
    }

    fn terms(&self, key: &'static str, ids: &[String], vocabulary: &Vocabulary) -> FactView {
        let values = ids.iter().map(|id| ValueView {
            text: vocabulary.label(id, self.document.lang).to_owned(),
            href: self.concern(key, id),
        });
        self.fact(key, values.collect())
    }

    /// The page of what else concerns a value.
    fn concern(&self, key: &str, id: &str) -> Option<String> {
        let (dimension, value) = self.volume.concerns.named(key, id)?;
        Some(self.hrefs.to(&self.volume.pages.concern(dimension, value)))
    }

    fn fact(&self, key: &'static str, values: Vec<ValueView>) -> FactView {
        FactView { key, label: self.word(key), values, open: false }
    }

    fn word(&self, key: &str) -> String {
        self.strings.get(key).to_owned()
    }
}

fn plain(texts: &[String]) -> Vec<ValueView> {
    texts.iter().map(|text| ValueView { text: text.clone(), href: None }).collect()
}
