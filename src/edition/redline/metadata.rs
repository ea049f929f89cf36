//! What changed in the metadata of a document, key by key, in the words that readers know.

use crate::diagnostic::{Lang, Text};
use crate::handbook::{Chart, Details, Document, FrontMatter, IdReference, Kind, Status, Vocabulary};
use crate::say;

use super::KeyChange;
use super::matching::Matching;
use super::names::{Edition, citation};

/// The keys whose values are others, in the order of the front matter; how pages look is no such key, and `changes`,
/// `aliases`, `moved_from` and `withdrawn` tell of the change itself.
pub(super) fn changes(
    matching: &Matching<'_>,
    before: Option<usize>,
    after: Option<usize>,
) -> Vec<KeyChange> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let (old, new) = (values(matching, before, Edition::Before), values(matching, after, Edition::After));
    let mut changes = Vec::new();
    for (key, values) in &new {
        let earlier = old
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, values)| values.as_slice())
            .unwrap_or_default();
        changes.extend(change(key, earlier, values));
    }
    let only_old = old.iter().filter(|(key, _)| !new.iter().any(|(known, _)| known == key));
    changes.extend(only_old.filter_map(|(key, values)| change(key, values, &[])));
    changes
}

/// A value: what it is, and the words for it.
pub(super) type Named = (String, Text);

pub(super) fn change(key: &'static str, before: &[Named], after: &[Named]) -> Option<KeyChange> {
    let is_same = before.iter().map(|(value, _)| value).eq(after.iter().map(|(value, _)| value));
    let words = |values: &[Named]| values.iter().map(|(_, words)| words.clone()).collect();
    (!is_same).then(|| KeyChange { key, before: words(before), after: words(after) })
}

pub(super) fn plain(values: impl IntoIterator<Item = impl ToString>) -> Vec<Named> {
    let named = |value: &dyn ToString| (value.to_string(), Text::verbatim(value.to_string()));
    values.into_iter().map(|value| named(&value)).collect()
}

fn values(matching: &Matching<'_>, number: usize, edition: Edition) -> Vec<(&'static str, Vec<Named>)> {
    let handbook = matching.side(edition).handbook;
    let Some(document) = handbook.documents.get(number) else { return Vec::new() };
    let front = &document.front;
    let vocabularies = &handbook.vocabularies;
    let named = |value: &IdReference| {
        let words = matching.value(number, value, edition);
        (words.it.clone(), words)
    };
    let references = |values: &[IdReference]| values.iter().map(named).collect::<Vec<_>>();
    let funds: Vec<String> = front.funds.iter().map(|(fund, _)| fund.clone()).collect();
    let articles = front.articles.iter();
    let articles =
        articles.map(|(address, _)| (address.to_string(), citation(address, matching.after.handbook)));
    let mut all = vec![
        ("kind", kind(document.kind())),
        ("description", plain(&front.description)),
        ("status", front.status.iter().map(|status| status_words(*status, &vocabularies.statuses)).collect()),
        ("superseded_by", references(front.superseded_by.as_slice())),
        ("review_by", plain(front.review_by.iter().map(|(date, _)| date))),
        ("order", plain(front.order)),
        ("articles", articles.collect()),
        ("phases", labelled(&front.phases, &vocabularies.phases)),
        ("audience", labelled(&front.audience, &vocabularies.audience)),
        ("partner_types", labelled(&front.partner_types, &vocabularies.partner_types)),
        ("periods", labelled(&front.periods, &vocabularies.periods)),
        ("funds", labelled(&funds, &vocabularies.funds)),
        ("territories", labelled(&front.territories, &vocabularies.territories)),
        ("keywords", plain(&front.keywords)),
        ("version", plain(&front.version)),
        ("updated", plain(front.updated)),
        ("illustrative", illustrative(front)),
    ];
    match &front.details {
        Details::Guideline | Details::Page => {}
        Details::Practice { .. } => all.push(("tests", trials(document, &named, &vocabularies.outcomes))),
        Details::Tool { tool_type, supports } => {
            all.push(("tool_type", labelled(tool_type.as_slice(), &vocabularies.tool_types)));
            all.push(("supports", references(supports)));
        }
        Details::Indicator { nature, unit, formula, source, data, label, chart, measures } => {
            all.push(("nature", labelled(nature.as_slice(), &vocabularies.indicator_natures)));
            all.push(("unit", plain(unit)));
            all.push(("formula", plain(formula)));
            all.push(("source", plain(source)));
            all.push(("data", plain(data.iter().map(|data| &data.text))));
            all.push(("label", plain(label.iter().map(|label| &label.text))));
            all.push(("chart", chart_words(chart)));
            all.push(("measures", references(measures)));
        }
    }
    all
}

fn labelled(values: &[String], vocabulary: &Vocabulary) -> Vec<Named> {
    let text = |id: &str| Text {
        it: vocabulary.label(id, Lang::It).to_owned(),
        en: vocabulary.label(id, Lang::En).to_owned(),
    };
    values.iter().map(|id| (id.clone(), text(id))).collect()
}

fn illustrative(front: &FrontMatter) -> Vec<Named> {
    let words = |yes: bool| if yes { say!("sì"; "yes") } else { say!("no"; "no") };
    vec![(front.illustrative.to_string(), words(front.illustrative))]
}

fn chart_words(chart: &Chart) -> Vec<Named> {
    match chart {
        Chart::LastNumbers => Vec::new(),
        Chart::Nothing => plain(["false"]),
        Chart::Column(column) => plain([&column.text]),
    }
}

/// Each trial as one value: a lesson that was learnt is another value.
fn trials(document: &Document, named: &dyn Fn(&IdReference) -> Named, outcomes: &Vocabulary) -> Vec<Named> {
    let Details::Practice { trials } = &document.front.details else { return Vec::new() };
    let mut values = Vec::new();
    for trial in trials {
        let (id, words) = named(&trial.provision);
        let edition = trial.edition.as_ref().map(|edition| edition.text.clone());
        let outcome = trial.outcome.as_slice();
        let rest = |outcome: Option<String>| {
            let all = edition.iter().chain(&outcome).chain(&trial.lesson);
            all.map(|part| format!(", {part}")).collect::<String>()
        };
        let label = |lang| trial.outcome.as_ref().map(|outcome| outcomes.label(outcome, lang).to_owned());
        let text = Text {
            it: format!("{}{}", words.it, rest(label(Lang::It))),
            en: format!("{}{}", words.en, rest(label(Lang::En))),
        };
        values.push((format!("{id}{}", rest(outcome.first().cloned())), text));
    }
    values
}

/// The words for a status: the vocabulary's, else the program's.
pub(super) fn status_words(status: Status, vocabulary: &Vocabulary) -> Named {
    let own = match status {
        Status::Draft => say!("bozza"; "draft"),
        Status::Consultation => say!("in consultazione"; "in consultation"),
        Status::Approved => say!("approvato"; "approved"),
        Status::Superseded => say!("sostituito"; "superseded"),
        Status::Withdrawn => say!("ritirato"; "withdrawn"),
    };
    let known = |lang| vocabulary.known_label(status.name(), lang).map(str::to_owned);
    let words = Text { it: known(Lang::It).unwrap_or(own.it), en: known(Lang::En).unwrap_or(own.en) };
    (status.name().to_owned(), words)
}

fn kind(kind: Kind) -> Vec<Named> {
    let words = match kind {
        Kind::Guideline => say!("linea guida"; "guideline"),
        Kind::Practice => say!("pratica"; "practice"),
        Kind::Tool => say!("strumento"; "tool"),
        Kind::Indicator => say!("indicatore"; "indicator"),
        Kind::Page => say!("pagina"; "page"),
    };
    vec![(kind.name().to_owned(), words)]
}

/// Whether the table of an indicator has other columns or rows.
pub(super) fn values_changed(matching: &Matching<'_>, old: &Document, new: &Document) -> bool {
    let old = matching.before.handbook.values_of(old).map(|values| values.table);
    let new = matching.after.handbook.values_of(new).map(|values| values.table);
    match (old, new) {
        (Some(old), Some(new)) => old.columns != new.columns || old.rows != new.rows,
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}
