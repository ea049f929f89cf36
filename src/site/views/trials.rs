//! Trials as the pages of guidelines, articles and of the cycle show them.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Child, Handbook};
use crate::links::TrialRef;

use super::super::hrefs::{Hrefs, title_of};
use super::frame::LinkView;

/// A trial, seen from what it tries.
#[derive(Debug, Serialize)]
pub(super) struct TrialRow {
    practice: LinkView,
    /// The practice's id.
    practice_id: Option<String>,
    /// What was tried.
    provision: LinkView,
    edition: Option<String>,
    outcome: Option<String>,
    /// Whether it has come to an end.
    concluded: bool,
    /// HTML.
    lesson: Option<String>,
}

/// How far trials have come: `tested`, `on_trial`, or none.
pub(super) fn trial_key(trials: &[TrialRef], handbook: &Handbook) -> Option<&'static str> {
    match trials {
        [] => None,
        some if some.iter().any(|trial| trial.is_concluded(handbook)) => Some("tested"),
        _ => Some("on_trial"),
    }
}

/// The rows of trials, in their order.
pub(super) fn trial_rows(hrefs: Hrefs<'_>, trials: &[TrialRef], lang: Lang) -> Vec<TrialRow> {
    trials.iter().filter_map(|trial| trial_row(hrefs, *trial, lang)).collect()
}

fn trial_row(hrefs: Hrefs<'_>, trial: TrialRef, lang: Lang) -> Option<TrialRow> {
    let handbook = &hrefs.volume.handbook;
    let practice = handbook.documents.get(trial.practice)?;
    let said = trial.get(handbook)?;
    let tried = hrefs.volume.links.metadata(trial.practice, &said.provision)?;
    Some(TrialRow {
        practice: LinkView::new(&practice.title, hrefs.to_child(Child::Document(trial.practice))),
        practice_id: practice.id().map(ToString::to_string),
        provision: LinkView::new(title_of(tried, handbook, lang), hrefs.to_target(tried)),
        edition: said.edition.as_ref().map(|edition| edition.text.clone()),
        outcome: said
            .outcome
            .as_ref()
            .map(|outcome| handbook.vocabularies.outcomes.label(outcome, lang).to_owned()),
        concluded: trial.is_concluded(handbook),
        lesson: said.lesson.as_ref().map(|lesson| hrefs.with_links(lesson, None, lang)),
    })
}
