//! The YAML between `---` lines at the head of a document.

use std::ops::Range;

use crate::act::{Acts, Address, read_citation};
use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Fields, Node, Value, parse_at};

use super::collections::decode_kind;
use super::document::{Change, Details, FrontMatter, Kind, Status, Trial};
use super::vocabularies::{Vocabularies, Vocabulary};
use super::{Chart, Date, Id, IdReference, Moved, Reviewed, Withdrawal, succession};

/// Finds the front matter: its YAML and where the Markdown starts. A file without one has an empty range.
pub(super) fn split(file: &SourceFile) -> (Range<usize>, usize, Option<Diagnostic>) {
    let text = file.text();
    let Some(rest) = text.strip_prefix("---\n").or_else(|| (text == "---").then_some("")) else {
        return (0..0, 0, None);
    };
    let start = text.len() - rest.len();
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (start..at, at + line.len(), None);
        }
        at += line.len();
    }
    // A rule `---` may well open a page of plain Markdown: only keys make it a front matter.
    if !rest.lines().next().is_some_and(|line| line.contains(':')) {
        return (0..0, 0, None);
    }
    let problem = Diagnostic::error(
        Code::UnclosedFrontMatter,
        say!("i metadati si aprono con `---` e non si chiudono"; "the front matter is opened with `---` and never closed"),
    )
    .at(Place::range(file, 0..3))
    .help(say!("aggiungi una riga `---` dopo l'ultima chiave"; "add a line `---` after the last key"));
    (0..0, text.len(), Some(problem))
}

/// A front matter, and what is wrong in it.
pub(super) struct Metadata {
    pub(super) front: FrontMatter,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether it is a mapping at all: of another nothing is known.
    pub(super) is_read: bool,
}

/// Reads a front matter; `folder_kind` is the kind that the document's folder gives it.
pub(super) fn read(
    file: &SourceFile,
    yaml: Range<usize>,
    folder_kind: Kind,
    acts: &Acts,
    vocabularies: &Vocabularies,
) -> Metadata {
    let mut decoder = Decoder::new(file);
    let node = match parse_at(file, yaml.clone()) {
        Ok(node) => node.map(&mut decoder).is_some().then_some(node),
        Err(problem) => {
            decoder.report(*problem);
            None
        }
    };
    let is_read = node.is_some();
    let node = node.unwrap_or(Node { range: yaml, value: Value::Map(Vec::new()) });
    let mut fields = Fields::of(&node, &mut decoder);
    let kind =
        fields.node("kind").and_then(|node| decode_kind(node, fields.decoder())).unwrap_or(folder_kind);
    let front = decode(&mut fields, kind, acts, vocabularies);
    fields.finish();
    Metadata { front, diagnostics: decoder.finish(), is_read }
}

fn decode(fields: &mut Fields<'_, '_>, kind: Kind, acts: &Acts, vocabularies: &Vocabularies) -> FrontMatter {
    let mut keywords: Vec<_> = fields.texts("keywords").into_iter().map(|(text, _)| text).collect();
    keywords.extend(fields.texts("tags").into_iter().map(|(text, _)| text));
    FrontMatter {
        id: fields
            .node("id")
            .and_then(|node| Id::decode(node, fields.decoder()).map(|id| (id, node.range.clone()))),
        title: fields.text("title"),
        description: fields.text("description"),
        status: fields.node("status").and_then(|node| status(node, fields.decoder())),
        status_at: fields.node("status").map(|node| node.range.clone()),
        superseded_by: fields.text_node("superseded_by").map(IdReference::new),
        aliases: succession::aliases(fields),
        moved_from: Moved::list(fields),
        withdrawn: Withdrawal::list(fields),
        review_by: fields
            .node("review_by")
            .and_then(|node| Date::decode(node, fields.decoder()).map(|date| (date, node.range.clone()))),
        reviewed: Reviewed::list(fields, acts),
        changes: fields.list("changes").iter().map(|node| change(node, fields.decoder())).collect(),
        order: fields.number("order"),
        articles: articles(fields, acts),
        phases: values(fields, "phases", &vocabularies.phases),
        audience: values(fields, "audience", &vocabularies.audience),
        partner_types: values(fields, "partner_types", &vocabularies.partner_types),
        periods: values(fields, "periods", &vocabularies.periods),
        funds: placed_values(fields, "funds", &vocabularies.funds),
        territories: values(fields, "territories", &vocabularies.territories),
        keywords,
        version: fields.text("version"),
        updated: fields.node("updated").and_then(|node| Date::decode(node, fields.decoder())),
        illustrative: fields.boolean("illustrative", false),
        link_citations: fields.node("link_citations").and_then(|node| node.boolean(fields.decoder())),
        link_terms: fields.node("link_terms").and_then(|node| node.boolean(fields.decoder())),
        numbered_headings: fields.node("numbered_headings").and_then(|node| node.boolean(fields.decoder())),
        details: details(fields, kind, vocabularies),
    }
}

fn details(fields: &mut Fields<'_, '_>, kind: Kind, vocabularies: &Vocabularies) -> Details {
    match kind {
        Kind::Guideline => Details::Guideline,
        Kind::Practice => {
            let items = fields.list("tests");
            let trials =
                items.iter().filter_map(|item| trial(item, fields.decoder(), vocabularies)).collect();
            Details::Practice { trials }
        }
        Kind::Tool => Details::Tool {
            tool_type: value(fields, "tool_type", &vocabularies.tool_types),
            supports: IdReference::list(fields, "supports"),
        },
        Kind::Indicator => Details::Indicator {
            nature: value(fields, "nature", &vocabularies.indicator_natures),
            unit: fields.text("unit"),
            formula: fields.text("formula"),
            source: fields.text("source"),
            data: IdReference::list(fields, "data").into_iter().next(),
            label: fields.text_node("label").map(IdReference::new),
            chart: chart(fields),
            measures: IdReference::list(fields, "measures"),
        },
        Kind::Page => Details::Page,
    }
}

/// The name of a column, or a bare `false`; `"false"` in quotes is a name.
fn chart(fields: &mut Fields<'_, '_>) -> Chart {
    let Some((text, node)) = fields.text_node("chart") else { return Chart::default() };
    match &node.value {
        Value::Scalar { text, quoted: false } if text == "false" => Chart::Nothing,
        Value::Scalar { .. } | Value::Null | Value::List(_) | Value::Map(_) => {
            Chart::Column(IdReference::new((text, node)))
        }
    }
}

/// `LG-04.1`, or a mapping with the edition, the outcome and the lesson.
fn trial(node: &Node, decoder: &mut Decoder, vocabularies: &Vocabularies) -> Option<Trial> {
    if let Value::Scalar { text, .. } = &node.value {
        let provision = IdReference { text: text.clone(), range: node.range.clone() };
        return Some(Trial { provision, edition: None, outcome: None, lesson: None });
    }
    let mut fields = Fields::of(node, decoder);
    fields.require("provision");
    let provision = IdReference::list(&mut fields, "provision").into_iter().next();
    let edition = fields.text_node("edition").map(IdReference::new);
    let outcome = value(&mut fields, "outcome", &vocabularies.outcomes);
    let lesson = fields.text("lesson");
    fields.finish();
    Some(Trial { provision: provision?, edition, outcome, lesson })
}

/// What has changed since the edition before, and why.
fn change(node: &Node, decoder: &mut Decoder) -> Change {
    let mut fields = Fields::of(node, decoder);
    let change = Change {
        edition: fields.text("edition"),
        provision: fields.text_node("provision").map(IdReference::new),
        because: IdReference::list(&mut fields, "because"),
        note: fields.text("note"),
    };
    fields.finish();
    change
}

fn values(fields: &mut Fields<'_, '_>, key: &'static str, vocabulary: &Vocabulary) -> Vec<String> {
    placed_values(fields, key, vocabulary).into_iter().map(|(value, _)| value).collect()
}

fn placed_values(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    vocabulary: &Vocabulary,
) -> Vec<(String, Range<usize>)> {
    let items = fields.list(key);
    let values = items.iter().filter_map(|item| {
        vocabulary.decode(item, fields.decoder()).map(|value| (value, item.range.clone()))
    });
    values.collect()
}

fn value(fields: &mut Fields<'_, '_>, key: &'static str, vocabulary: &Vocabulary) -> Option<String> {
    fields.node(key).and_then(|node| vocabulary.decode(node, fields.decoder()))
}

fn status(node: &Node, decoder: &mut Decoder) -> Option<Status> {
    let text = node.text(decoder)?;
    let status = Status::parse(text);
    if status.is_none() {
        let names = Status::ALL.map(Status::name);
        let help = match nearest(text, names) {
            Some(near) => did_you_mean(near),
            None => {
                let all = names.join("`, `");
                say!("gli stati sono `{all}`"; "the statuses are `{all}`")
            }
        };
        let place = node.place(decoder);
        decoder.report(
            Diagnostic::error(
                Code::UnknownValue,
                say!("`{text}` non è uno stato"; "`{text}` is not a status"),
            )
            .at(place)
            .help(help),
        );
    }
    status
}

/// Citations in metadata: `art. 5, par. 2`, `artt. 14 e 15`, `5.2.c`.
fn articles(fields: &mut Fields<'_, '_>, acts: &Acts) -> Vec<(Address, Range<usize>)> {
    let mut addresses = Vec::new();
    for (text, node) in fields.texts("articles") {
        let (found, problems) = match read_citation(&text, acts) {
            Ok(citation) => (citation.addresses, citation.notes),
            Err(problems) => (Vec::new(), problems),
        };
        addresses.extend(found.into_iter().map(|address| (address, node.range.clone())));
        for problem in problems {
            let place = node.place(fields.decoder());
            fields.decoder().report(problem.into_diagnostic().at(place));
        }
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String, Option<Code>) {
        let file = SourceFile::new("a.md", text);
        let (yaml, body, problem) = split(&file);
        (text[yaml].to_owned(), text[body..].to_owned(), problem.map(|d| d.code))
    }

    #[test]
    fn a_front_matter_ends_at_a_line_of_its_own() {
        assert_eq!(
            parts("---\ntitle: a --- b\n---\n# x\n"),
            ("title: a --- b\n".into(), "# x\n".into(), None)
        );
        assert_eq!(parts("---\n---\n"), (String::new(), String::new(), None));
        assert_eq!(parts("---\nid: x\n---"), ("id: x\n".into(), String::new(), None));
        assert_eq!(parts("# x\n\n---\n"), (String::new(), "# x\n\n---\n".into(), None));
        assert_eq!(parts(""), (String::new(), String::new(), None));
    }

    #[test]
    fn one_that_never_closes_is_named_and_a_mere_rule_is_not() {
        assert_eq!(parts("---\ntitle: x\n\ntesto\n").2, Some(Code::UnclosedFrontMatter));
        assert_eq!(parts("---\n\ntesto\n"), (String::new(), "---\n\ntesto\n".into(), None));
    }
}
