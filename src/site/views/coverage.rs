//! Coverage: which places of the acts the guidelines implement, gaps first.

use serde::Serialize;

use crate::act::{Act, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Child, Document, Status};
use crate::links::{ActCoverage, Place, ProvisionRef, State, Target, counts};
use crate::markdown::Level;

use super::super::data::DataFile;
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::coverage_picture::{PictureView, picture};
use super::frame::{Frame, LinkView, PageInfo};
use super::trials::trial_key;
use super::words::status_label;

/// Beyond this many guidelines the table names those of each row, instead of giving each a column.
const MOST_COLUMNS: usize = 40;

/// What `coverage.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct CoveragePage {
    frame: Frame,
    title: String,
    /// The states, gaps first, with their words.
    states: Vec<StateView>,
    acts: Vec<ActView>,
    /// The provisions in force, by level.
    levels: Vec<LevelView>,
    provisions: usize,
    /// The files of the same figures.
    downloads: Vec<LinkView>,
}

/// A state in words.
#[derive(Debug, Serialize)]
struct StateView {
    name: &'static str,
    label: String,
    meaning: String,
}

#[derive(Debug, Serialize)]
struct LevelView {
    name: &'static str,
    label: String,
    count: usize,
    /// How many of them cite a place of an act.
    citing: usize,
    /// How many of them a practice has tried to the end.
    tested: usize,
}

/// One act.
#[derive(Debug, Serialize)]
struct ActView {
    id: String,
    title: String,
    href: String,
    /// How many places it has.
    total: usize,
    /// In the order of the states.
    counts: Vec<usize>,
    /// How many places a practice has tested.
    tested: usize,
    gaps: Vec<LinkView>,
    around: Vec<LinkView>,
    exempt: Vec<ExemptView>,
    picture: PictureView,
    /// The columns of the table of guidelines; empty where there are too many.
    guidelines: Vec<ColumnView>,
    phases: Vec<String>,
    rows: Vec<RowView>,
}

/// A place that no guideline has to implement.
#[derive(Debug, Serialize)]
struct ExemptView {
    place: LinkView,
    /// HTML.
    reason: String,
}

/// A guideline as a column.
#[derive(Debug, Serialize)]
struct ColumnView {
    id: String,
    title: String,
    href: String,
    /// Its status in words, where it is not approved.
    status: Option<String>,
}

/// A place as a row.
#[derive(Debug, Serialize)]
struct RowView {
    citation: String,
    href: String,
    depth: usize,
    state: &'static str,
    state_label: String,
    /// `tested`, `on_trial`, or `None` when no practice tries it.
    trial: Option<&'static str>,
    /// For each column, how many provisions of the guideline cite the place; empty without columns.
    cells: Vec<usize>,
    /// The guidelines whose provisions cite the place; only without columns.
    guidelines: Vec<LinkView>,
    /// For each level, how many provisions cite the place.
    levels: [usize; Level::ALL.len()],
    /// For each phase, how many provisions cite the place.
    phases: Vec<PhaseCell>,
}

#[derive(Debug, Serialize)]
struct PhaseCell {
    count: usize,
    /// Whether the act's data say that the article concerns the phase.
    expected: bool,
    /// Whether it is the article's, and no guideline of the phase implements anything of the article.
    missing: bool,
}

/// The view of the coverage.
pub(in crate::site) fn coverage(volume: &Volume, path: &SitePath) -> CoveragePage {
    let lang = volume.handbook.config.default_language();
    let info = PageInfo::made(volume, "coverage", "coverage_description");
    let title = info.title.to_owned();
    let maker = Maker { volume, hrefs: Hrefs { volume, from: path }, lang };
    let acts = volume.links.coverage.acts.iter();
    let acts =
        acts.filter_map(|coverage| Some(maker.act(volume.handbook.acts.get(&coverage.act)?, coverage)));
    let levels = maker.levels();
    CoveragePage {
        frame: Frame::new(volume, path, info),
        title,
        states: State::ALL.into_iter().map(|state| maker.state(state)).collect(),
        acts: acts.collect(),
        provisions: levels.iter().map(|level| level.count).sum(),
        levels,
        downloads: downloads(Hrefs { volume, from: path }),
    }
}

/// The data files with the figures of this page.
fn downloads(hrefs: Hrefs<'_>) -> Vec<LinkView> {
    let files =
        [DataFile::Addresses, DataFile::CoverageGuidelines, DataFile::CoveragePhases, DataFile::Handbook];
    files.map(|file| LinkView::new(file.name(), hrefs.to(&hrefs.volume.pages.data(file)))).into()
}

/// The keys of the words of a state: its name, and what it means.
pub(super) fn state_keys(state: State) -> (&'static str, &'static str) {
    match state {
        State::Gap => ("state_gap", "state_gap_meaning"),
        State::Around => ("state_around", "state_around_meaning"),
        State::Inside => ("state_inside", "state_inside_meaning"),
        State::Cited => ("state_cited", "state_cited_meaning"),
        State::NotApplicable => ("state_not_applicable", "state_not_applicable_meaning"),
    }
}

struct Maker<'s> {
    volume: &'s Volume,
    hrefs: Hrefs<'s>,
    lang: Lang,
}

impl Maker<'_> {
    fn state(&self, state: State) -> StateView {
        let strings = self.volume.theme.strings(self.lang);
        let (label, meaning) = state_keys(state);
        StateView {
            name: state.name(),
            label: strings.get(label).to_owned(),
            meaning: strings.get(meaning).to_owned(),
        }
    }

    fn act(&self, act: &Act, coverage: &ActCoverage) -> ActView {
        let handbook = &self.volume.handbook;
        let columns = self.columns(coverage);
        let columns = if columns.len() > MOST_COLUMNS { Vec::new() } else { columns };
        let in_state = |state| {
            let places = coverage.places.iter().filter(move |place| place.state == state);
            places.map(|place| self.link(act, place)).collect()
        };
        let exempt = coverage.exempt(handbook).into_iter().map(|(place, exemption)| ExemptView {
            place: self.link(act, place),
            reason: self.hrefs.with_links(&exemption.reason, None, self.lang),
        });
        ActView {
            id: act.id.to_string(),
            title: act.name(self.lang, Form::Full).to_owned(),
            href: self.hrefs.to_target(&Target::Act(act.id.clone())),
            total: coverage.places.len(),
            counts: State::ALL.into_iter().map(|state| coverage.count(state)).collect(),
            tested: coverage.places.iter().filter(|place| place.is_tested(handbook)).count(),
            gaps: in_state(State::Gap),
            around: in_state(State::Around),
            exempt: exempt.collect(),
            picture: picture(act, coverage, self.lang),
            guidelines: columns.iter().filter_map(|number| self.column(*number)).collect(),
            phases: handbook
                .vocabularies
                .phases
                .entries()
                .iter()
                .map(|phase| phase.label.in_lang(self.lang).to_owned())
                .collect(),
            rows: coverage.places.iter().map(|place| self.row(act, coverage, place, &columns)).collect(),
        }
    }

    /// The guidelines that cite the act in a provision, in the order of the handbook.
    fn columns(&self, coverage: &ActCoverage) -> Vec<usize> {
        let provisions = coverage.places.iter().flat_map(|place| &place.provisions);
        let mut documents: Vec<usize> = provisions.map(|provision| provision.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    fn column(&self, number: usize) -> Option<ColumnView> {
        let document = self.volume.handbook.documents.get(number)?;
        Some(ColumnView {
            id: document.front.id.as_ref().map_or_else(|| document.title.clone(), |(id, _)| id.to_string()),
            title: document.title.clone(),
            href: self.hrefs.to_child(Child::Document(number)),
            status: document
                .front
                .status
                .filter(|status| *status != Status::Approved)
                .map(|status| status_label(self.volume, status, self.lang)),
        })
    }

    fn row(&self, act: &Act, coverage: &ActCoverage, place: &Place, columns: &[usize]) -> RowView {
        let link = self.link(act, place);
        let of_guideline = |number: &usize| {
            place.provisions.iter().filter(|provision| provision.document == *number).count()
        };
        let mut guidelines: Vec<usize> = match columns {
            [] => place.provisions.iter().map(|provision| provision.document).collect(),
            _ => Vec::new(),
        };
        guidelines.dedup();
        RowView {
            citation: link.title,
            href: link.href,
            depth: super::acts::depth(&place.address),
            state: place.state.name(),
            state_label: self.volume.theme.strings(self.lang).get(state_keys(place.state).0).to_owned(),
            trial: trial_key(&place.trials, &self.volume.handbook),
            cells: columns.iter().map(of_guideline).collect(),
            guidelines: guidelines
                .into_iter()
                .filter_map(|number| self.column(number))
                .map(|column| LinkView::new(column.id, column.href))
                .collect(),
            levels: Level::ALL.map(|level| self.count_of_level(level, place)),
            phases: self.phases(act, coverage, place),
        }
    }

    fn count_of_level(&self, level: Level, place: &Place) -> usize {
        let documents = &self.volume.handbook.documents;
        let level_of = |provision: &ProvisionRef| {
            let chapter = &documents.get(provision.document)?.chapter;
            Some(chapter.provisions.get(provision.provision)?.level)
        };
        place.provisions.iter().filter(|provision| level_of(provision) == Some(level)).count()
    }

    fn phases(&self, act: &Act, coverage: &ActCoverage, place: &Place) -> Vec<PhaseCell> {
        let handbook = &self.volume.handbook;
        let article = act.article(place.address.article());
        let expected = article.map_or(&[][..], |article| &article.phases);
        let document = |provision: &ProvisionRef| handbook.documents.get(provision.document);
        let cell = |phase: &str| PhaseCell {
            count: place
                .provisions
                .iter()
                .filter_map(document)
                .filter(|document| document.front.phases.iter().any(|name| name == phase))
                .count(),
            expected: expected.iter().any(|known| known.name == phase),
            missing: place.address.is_article()
                && article.is_some_and(|article| coverage.lacks_phase(article, phase, handbook)),
        };
        handbook.vocabularies.phases.entries().iter().map(|phase| cell(&phase.id)).collect()
    }

    fn link(&self, act: &Act, place: &Place) -> LinkView {
        let citation = act.format(&place.address, Style::new(self.lang, Form::Short));
        LinkView::new(citation, self.hrefs.to_target(&Target::Address(place.address.clone())))
    }

    fn levels(&self) -> Vec<LevelView> {
        let guidelines = || {
            self.volume
                .handbook
                .documents
                .iter()
                .enumerate()
                .filter(|(_, d)| counts(d, &self.volume.handbook))
        };
        let of_level = |level: Level| {
            let mut view = LevelView {
                name: level.name(),
                label: self.volume.labels(self.lang).level(level).to_owned(),
                count: 0,
                citing: 0,
                tested: 0,
            };
            for (number, guideline) in guidelines() {
                self.count_level(level, number, guideline, &mut view);
            }
            view
        };
        Level::ALL.into_iter().map(of_level).collect()
    }

    fn count_level(&self, level: Level, document: usize, guideline: &Document, view: &mut LevelView) {
        let chapter = &guideline.chapter;
        for (provision, statement) in chapter.provisions.iter().enumerate().filter(|(_, p)| p.level == level)
        {
            let trials = self.volume.links.trials.of_provision(ProvisionRef { document, provision });
            view.count += 1;
            view.citing += usize::from(!self.volume.links.cited_by(document, chapter, statement).is_empty());
            view.tested += usize::from(trials.iter().any(|trial| trial.is_concluded(&self.volume.handbook)));
        }
    }
}
