//! The cycle of the trials: guideline, practice, outcome, next change.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Change, Child, Document, IdReference};
use crate::links::{TrialRef, counts};

use super::super::hrefs::{Hrefs, title_of};
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo};
use super::trials::{TrialRow, trial_rows};

/// What `cycle.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct CyclePage {
    frame: Frame,
    title: String,
    /// The guidelines that a practice has tried to the end.
    tested: Vec<GuidelineView>,
    /// Those that a practice tries, without an outcome yet.
    on_trial: Vec<GuidelineView>,
    /// Those that no practice tries.
    untested: Vec<GuidelineView>,
    /// How many guidelines there are.
    count: usize,
    activity_lines: Option<String>,
}

/// A guideline with its trials and changes.
#[derive(Debug, Serialize)]
struct GuidelineView {
    title: String,
    href: String,
    id: Option<String>,
    trials: Vec<TrialRow>,
    changes: Vec<ChangeView>,
}

/// A change and its reasons.
#[derive(Debug, Serialize)]
pub(super) struct ChangeView {
    edition: Option<String>,
    provision: Option<LinkView>,
    because: Vec<LinkView>,
    /// HTML.
    note: Option<String>,
}

/// The view of the cycle.
pub(in crate::site) fn cycle(volume: &Volume, path: &SitePath) -> CyclePage {
    let lang = volume.handbook.config.default_language();
    let info = PageInfo::made(volume, "cycle", "cycle_description");
    let title = info.title.to_owned();
    let hrefs = Hrefs { volume, from: path };
    let (mut tested, mut on_trial, mut untested) = (Vec::new(), Vec::new(), Vec::new());
    for (number, document) in
        volume.handbook.documents.iter().enumerate().filter(|(_, d)| counts(d, &volume.handbook))
    {
        let trials = volume.links.trials.of_document(number);
        if trials.is_empty() {
            untested.push(guideline(hrefs, number, document, trials, lang));
        } else if trials.iter().any(|trial| trial.is_concluded(&volume.handbook)) {
            tested.push(guideline(hrefs, number, document, trials, lang));
        } else {
            on_trial.push(guideline(hrefs, number, document, trials, lang));
        }
    }
    let activity_lines = volume.pages.activity_lines();
    CyclePage {
        frame: Frame::new(volume, path, info),
        title,
        count: tested.len() + on_trial.len() + untested.len(),
        tested,
        on_trial,
        untested,
        activity_lines: volume.pages.get(&activity_lines).map(|_| hrefs.to(&activity_lines)),
    }
}

fn guideline(
    hrefs: Hrefs<'_>,
    number: usize,
    document: &Document,
    trials: &[TrialRef],
    lang: Lang,
) -> GuidelineView {
    GuidelineView {
        title: document.title.clone(),
        href: hrefs.to_child(Child::Document(number)),
        id: document.id().map(ToString::to_string),
        trials: trial_rows(hrefs, trials, lang),
        changes: changes(hrefs, number, &document.front.changes, lang),
    }
}

/// The changes of a document, with links to their reasons.
pub(super) fn changes(hrefs: Hrefs<'_>, document: usize, changes: &[Change], lang: Lang) -> Vec<ChangeView> {
    let link = |reference: &IdReference| {
        let target = hrefs.volume.links.metadata(document, reference)?;
        Some(LinkView::new(title_of(target, &hrefs.volume.handbook, lang), hrefs.to_target(target)))
    };
    let view = |change: &Change| ChangeView {
        edition: change.edition.clone(),
        provision: change.provision.as_ref().and_then(link),
        because: change.because.iter().filter_map(link).collect(),
        note: change.note.as_ref().map(|note| hrefs.with_links(note, None, lang)),
    };
    changes.iter().map(view).collect()
}
