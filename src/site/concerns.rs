//! Whom the handbook concerns: by audience, partner type, phase, fund and territory.
//!
//! A provision has the values of its document. A document that declares nothing in a dimension holds for all
//! of its values. Withdrawn and superseded documents concern nobody any more, and plain pages have no rule.

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::Lang;
use crate::handbook::{Document, Handbook, Kind, Vocabularies, Vocabulary};
use crate::links::is_live;
use crate::markdown::{slug, unique};

/// A question that a reader can ask of the handbook: a key of the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Audience,
    PartnerTypes,
    Phases,
    Funds,
    Territories,
}

impl Facet {
    const ALL: [Self; 5] = [Self::Audience, Self::PartnerTypes, Self::Phases, Self::Funds, Self::Territories];

    /// The key in the front matter, in the vocabularies and among the interface strings.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::PartnerTypes => "partner_types",
            Self::Phases => "phases",
            Self::Funds => "funds",
            Self::Territories => "territories",
        }
    }

    /// The folder of its pages, and its name in a query.
    pub(super) fn slug(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Audience, Lang::It) => "destinatari",
            (Self::Audience, Lang::En) => "audience",
            (Self::PartnerTypes, Lang::It) => "partner",
            (Self::PartnerTypes, Lang::En) => "partner-types",
            (Self::Phases, Lang::It) => "fasi",
            (Self::Phases, Lang::En) => "phases",
            (Self::Funds, Lang::It) => "fondi",
            (Self::Funds, Lang::En) => "funds",
            (Self::Territories, Lang::It) => "territori",
            (Self::Territories, Lang::En) => "territories",
        }
    }

    /// What a document declares.
    pub(super) fn of(self, document: &Document) -> Vec<&String> {
        match self {
            Self::Audience => document.front.audience.iter().collect(),
            Self::PartnerTypes => document.front.partner_types.iter().collect(),
            Self::Phases => document.front.phases.iter().collect(),
            Self::Funds => document.front.funds.iter().map(|(fund, _)| fund).collect(),
            Self::Territories => document.front.territories.iter().collect(),
        }
    }

    /// The closed list of its values.
    pub(super) fn vocabulary(self, vocabularies: &Vocabularies) -> &Vocabulary {
        match self {
            Self::Audience => &vocabularies.audience,
            Self::PartnerTypes => &vocabularies.partner_types,
            Self::Phases => &vocabularies.phases,
            Self::Funds => &vocabularies.funds,
            Self::Territories => &vocabularies.territories,
        }
    }
}

/// The dimensions that the handbook has; none where no guideline has a provision.
#[derive(Debug, Default)]
pub(super) struct Concerns {
    pub(super) dimensions: Vec<Dimension>,
    /// Every guideline that concerns somebody, in the order of the handbook.
    pub(super) guidelines: Vec<usize>,
}

/// A facet with its values.
#[derive(Debug)]
pub(super) struct Dimension {
    pub(super) facet: Facet,
    pub(super) values: Vec<Value>,
    /// The documents that declare nothing here: they hold for all values.
    pub(super) for_all: Vec<usize>,
}

/// A value that has a page of its own.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) id: String,
    /// Its name in addresses, unique within its dimension.
    pub(super) slug: String,
    /// The documents that name it.
    pub(super) named: Vec<usize>,
}

impl Concerns {
    /// Sorts the documents of the handbook's language by what they declare.
    pub(super) fn of(handbook: &Handbook) -> Self {
        let documents: Vec<(usize, &Document)> =
            handbook.documents.iter().enumerate().filter(|(_, d)| counts(d, handbook)).collect();
        let is_guideline = |document: &Document| document.kind() == Kind::Guideline;
        let has_rule = |d: &Document| is_guideline(d) && !d.chapter.provisions.is_empty();
        if !documents.iter().any(|(_, document)| has_rule(document)) {
            return Self::default();
        }
        let dimensions = Facet::ALL.map(|facet| dimension(facet, &documents, handbook));
        Self {
            dimensions: dimensions.into_iter().filter(|dimension| !dimension.values.is_empty()).collect(),
            guidelines: documents
                .iter()
                .filter(|(_, d)| is_guideline(d))
                .map(|(number, _)| *number)
                .collect(),
        }
    }

    /// A value, with its dimension.
    pub(super) fn get(&self, dimension: usize, value: usize) -> Option<(&Dimension, &Value)> {
        let dimension = self.dimensions.get(dimension)?;
        Some((dimension, dimension.values.get(value)?))
    }

    /// The value that a front matter's key names.
    pub(super) fn named(&self, key: &str, id: &str) -> Option<(&Dimension, &Value)> {
        let dimension = self.dimensions.iter().find(|dimension| dimension.facet.key() == key)?;
        Some((dimension, dimension.values.iter().find(|value| value.id == id)?))
    }
}

/// Whether a document is in force or on its way there, and says more than a plain page.
fn counts(document: &Document, handbook: &Handbook) -> bool {
    document.kind() != Kind::Page && is_live(document, handbook)
}

fn dimension(facet: Facet, documents: &[(usize, &Document)], handbook: &Handbook) -> Dimension {
    let entries = facet.vocabulary(&handbook.vocabularies).entries();
    let ids: Vec<String> = if entries.is_empty() {
        let used: BTreeSet<&String> = documents.iter().flat_map(|(_, d)| facet.of(d)).collect();
        used.into_iter().cloned().collect()
    } else {
        entries.iter().map(|entry| entry.id.clone()).collect()
    };
    let mut taken = HashSet::new();
    let mut values: Vec<Value> = Vec::new();
    for id in ids {
        if !values.iter().any(|value| value.id == id) {
            values.push(Value { slug: unique_slug(&id, &mut taken), id, named: Vec::new() });
        }
    }
    let mut for_all = Vec::new();
    for (number, document) in documents {
        let declared = facet.of(document);
        if declared.is_empty() {
            for_all.push(*number);
        }
        for value in values.iter_mut().filter(|value| declared.contains(&&value.id)) {
            value.named.push(*number);
        }
    }
    Dimension { facet, values, for_all }
}

/// The slug of a value; `FSE+` is not `FSE`, and what else would be one gets a number.
fn unique_slug(id: &str, taken: &mut HashSet<String>) -> String {
    let base = match slug(&id.replace('+', " plus ")) {
        empty if empty.is_empty() => "voce".to_owned(),
        slug => slug,
    };
    unique(&base, taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::load;
    use crate::source::MemorySource;

    fn concerns(files: &[(&str, &str)]) -> (Concerns, Handbook) {
        let (handbook, found) = load(&MemorySource::new(files.iter().copied()));
        assert!(found.is_empty(), "{found:?}");
        (Concerns::of(&handbook), handbook)
    }

    fn guideline(front_matter: &str) -> String {
        format!("---\n{front_matter}\n---\n\n## Norma {{#A.1 .deve}}\n\nTesto.\n")
    }

    #[test]
    fn values_that_would_share_an_address_differ_and_keep_the_order_of_the_list() {
        let one = guideline("funds: [FSE]");
        let (concerns, _) = concerns(&[
            ("linee-guida/a.md", one.as_str()),
            ("vocabularies.yaml", "funds: [\"FSE+\", FSE, \"F.S.E\", \"f s e\", \"?\", \"!\"]\n"),
        ]);
        let slugs: Vec<_> = concerns.dimensions[0].values.iter().map(|value| value.slug.as_str()).collect();
        assert_eq!(slugs, ["fse-plus", "fse", "f-s-e", "f-s-e-2", "voce", "voce-2"]);
    }

    #[test]
    fn without_a_list_the_values_are_those_that_documents_use() {
        let (one, two) = (guideline("audience: [z, a]"), guideline("status: withdrawn\naudience: [mai]"));
        let (concerns, _) =
            concerns(&[("linee-guida/a.md", one.as_str()), ("linee-guida/b.md", two.as_str())]);
        assert_eq!(concerns.dimensions.len(), 1);
        let ids: Vec<_> = concerns.dimensions[0].values.iter().map(|value| value.id.as_str()).collect();
        assert_eq!(ids, ["a", "z"]);
    }

    #[test]
    fn a_document_holds_where_it_is_named_or_declares_nothing_and_never_once_it_is_over() {
        let files = [
            ("linee-guida/a.md", guideline("audience: [x]")),
            ("linee-guida/b.md", guideline("phases: [f]")),
            ("linee-guida/c.md", guideline("status: superseded\naudience: [x]")),
            ("linee-guida/d.md", guideline("status: draft\naudience: [x, y]")),
            ("pratiche/e.md", "---\naudience: [y]\n---\nTesto.\n".to_owned()),
            ("pagina.md", "---\naudience: [y]\n---\nTesto.\n".to_owned()),
        ];
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let (concerns, handbook) = concerns(&files);
        let names = |numbers: &[usize]| -> Vec<_> {
            numbers.iter().map(|number| handbook.documents.get(*number).unwrap().path.to_string()).collect()
        };
        let audience = &concerns.dimensions[0];
        assert_eq!(names(&audience.values[0].named), ["linee-guida/a.md", "linee-guida/d.md"]);
        assert_eq!(names(&audience.values[1].named), ["linee-guida/d.md", "pratiche/e.md"]);
        assert_eq!(names(&audience.for_all), ["linee-guida/b.md"]);
        assert_eq!(names(&concerns.guidelines), ["linee-guida/a.md", "linee-guida/b.md", "linee-guida/d.md"]);
    }

    #[test]
    fn a_handbook_without_provisions_has_no_such_pages() {
        let (concerns, _) = concerns(&[("linee-guida/a.md", "---\naudience: [x]\n---\nTesto.\n")]);
        assert!(concerns.dimensions.is_empty());
    }
}
