//! What changed of an act since the version before, as its pages tell it.

use serde::Serialize;

use crate::act::{Act, Changed, Form, Number, PlaceChange, Style};
use crate::diagnostic::Lang;
use crate::links::Target;
use crate::site::hrefs::Hrefs;

use super::words::DateView;

/// The changes since the version before.
#[derive(Debug, Serialize)]
pub(super) struct ActChanges {
    /// From when that version held.
    since: Option<DateView>,
    places: Vec<ChangedPlace>,
}

/// A place that is not what it was.
#[derive(Debug, Serialize)]
struct ChangedPlace {
    citation: String,
    /// `None` for a place that is gone.
    href: Option<String>,
    /// What changed of it, in words.
    what: String,
    /// The article's former heading, where it has another.
    former_title: Option<String>,
}

/// The changes of the whole act, or of one article; `None` where the handbook has no version before.
pub(super) fn act_changes(
    hrefs: Hrefs<'_>,
    act: &Act,
    article: Option<Number>,
    lang: Lang,
) -> Option<ActChanges> {
    let before = act.earlier().first()?;
    let changes = act.changes_since(before);
    let of_article = |change: &&PlaceChange| article.is_none_or(|number| change.address.article() == number);
    let shown = changes.iter().filter(of_article);
    Some(ActChanges {
        since: before.holds_from().map(|day| DateView::new(day, lang)),
        places: shown.filter_map(|change| place(hrefs, act, change, lang)).collect(),
    })
}

fn place(hrefs: Hrefs<'_>, act: &Act, change: &PlaceChange, lang: Lang) -> Option<ChangedPlace> {
    let is_there = act.contains(&change.address);
    let (key, former) = match &change.what {
        Changed::Added => ("change_added", None),
        Changed::Removed => ("change_removed", None),
        Changed::Amended => ("change_amended", None),
        Changed::Title { before } => ("change_title", before.as_ref()),
        Changed::Chapter => ("change_chapter", None),
        Changed::References => ("change_references", None),
        // Of the editors' own data, and not of the act.
        Changed::Keywords | Changed::Note => return None,
    };
    Some(ChangedPlace {
        citation: act.format(&change.address, Style::new(lang, Form::Short)),
        href: is_there.then(|| hrefs.to_target(&Target::Address(change.address.clone()))),
        what: hrefs.volume.theme.strings(lang).get(key).to_owned(),
        former_title: former.map(|title| title.in_lang(lang).to_owned()),
    })
}
