//! The whole of `handbook.json`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Vocabularies, Vocabulary};
use crate::site::Volume;

use super::act::{self, ActData};
use super::coverage::CoverageData;
use super::document::{self, DocumentData, IndicatorData, ToolData};
use super::provision::{self, ProvisionData};
use super::reference::{ReferenceData, References};
use super::term::{self, TermData};
use super::trial::{self, TrialData};
use super::{DataFile, FORMAT};

/// A handbook of guidelines as data. Every field is always there; what is not known is `null`, or an empty list. All
/// URLs but absolute ones are relative to the site's root; they are percent-encoded, and a fragment after `#` is not.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Handbook")]
pub(super) struct HandbookData<'s> {
    /// The URL of the schema of this file, relative to this file.
    schema: &'static str,
    /// The version of the schema. It rises when a field is renamed, removed or changes its meaning; a new field, or a new
    /// value in a closed list, does not raise it.
    format: u32,
    /// The program that made this file.
    generator: &'static str,
    /// The title of the handbook.
    title: &'s str,
    /// One sentence on what it is.
    description: Option<&'s str>,
    /// Who publishes it.
    publisher: Option<&'s str>,
    /// Its languages as BCP 47 tags; the words of this file are in the first.
    languages: Vec<&'static str>,
    /// Where the site is, with a final `/`; `null` where the handbook does not say.
    base_url: Option<&'s str>,
    /// The site's root, relative to this file.
    root: String,
    /// Under which licence the content may be reused.
    licence: Option<LicenceData<'s>>,
    /// What the handbook says of itself on every page, such as that it is a demonstration. Say so when you reuse the data.
    notice: Option<&'s str>,
    /// The closed lists of the handbook, with the words for each value.
    vocabularies: Vec<VocabularyData<'s>>,
    /// Every page that an author wrote.
    pub(super) documents: Vec<DocumentData<'s>>,
    /// Every provision, in the order of the handbook.
    pub(super) provisions: Vec<ProvisionData<'s>>,
    /// Every act, with its places.
    pub(super) acts: Vec<ActData<'s>>,
    /// Every reference of a document: metadata, links, citations and uses of terms.
    #[schemars(with = "Vec<ReferenceData<'s>>")]
    pub(super) references: References<'s>,
    /// The glossary.
    pub(super) terms: Vec<TermData<'s>>,
    /// What the practices try.
    pub(super) trials: Vec<TrialData<'s>>,
    /// What only the tools have.
    tools: Vec<ToolData<'s>>,
    /// What only the indicators have.
    indicators: Vec<IndicatorData<'s>>,
    /// The totals of coverage.
    coverage: CoverageData<'s>,
}

/// A licence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Licence")]
pub(super) struct LicenceData<'s> {
    /// Its name.
    name: &'s str,
    /// Where its text is.
    url: &'s str,
}

/// A closed list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Vocabulary")]
pub(super) struct VocabularyData<'s> {
    /// Its name: that of the field that takes its values, in the plural.
    pub(super) name: &'static str,
    /// Its values in order; none for a list that the handbook does not have, whose fields take any value.
    pub(super) values: Vec<ValueData<'s>>,
}

/// A value of a closed list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Value")]
pub(super) struct ValueData<'s> {
    /// The stable name.
    pub(super) id: &'s str,
    /// The words for it.
    pub(super) label: &'s str,
}

impl<'s> HandbookData<'s> {
    /// The data of a site.
    pub(super) fn of(volume: &'s Volume) -> Self {
        let config = &volume.handbook.config;
        Self {
            schema: DataFile::Schema.name(),
            format: FORMAT,
            generator: "Vademecum",
            title: &volume.handbook.title,
            description: config.description.as_deref(),
            publisher: config.publisher.as_deref(),
            languages: config.languages.iter().map(|lang| lang.tag()).collect(),
            base_url: volume.base_url.as_deref(),
            root: volume.pages.data(DataFile::Handbook).up(),
            licence: config
                .licence
                .as_ref()
                .map(|licence| LicenceData { name: &licence.name, url: &licence.url }),
            notice: config.notice.as_deref(),
            vocabularies: vocabularies(&volume.handbook.vocabularies, config.default_language()),
            documents: document::documents(volume).collect(),
            provisions: provision::provisions(volume).collect(),
            acts: act::acts(volume),
            references: References(volume),
            terms: term::terms(volume),
            trials: trial::trials(volume).collect(),
            tools: document::tools(volume).collect(),
            indicators: document::indicators(volume).collect(),
            coverage: CoverageData::of(volume),
        }
    }

    /// The names of the phases: those of the vocabulary, then others that acts and documents name.
    pub(super) fn phases(&self) -> Vec<&str> {
        let known = self.vocabularies.iter().find(|list| list.name == "phases");
        let mut phases: Vec<&str> =
            known.into_iter().flat_map(|list| &list.values).map(|value| value.id).collect();
        let of_acts = self
            .acts
            .iter()
            .flat_map(|act| &act.addresses)
            .flat_map(|address| address.phases.iter().copied());
        let of_documents = self.documents.iter().flat_map(|document| document.phases).map(String::as_str);
        for phase in of_acts.chain(of_documents) {
            if !phases.contains(&phase) {
                phases.push(phase);
            }
        }
        phases
    }
}

fn vocabularies(all: &Vocabularies, lang: Lang) -> Vec<VocabularyData<'_>> {
    let lists = [
        ("phases", &all.phases),
        ("levels", &all.levels),
        ("statuses", &all.statuses),
        ("audience", &all.audience),
        ("partner_types", &all.partner_types),
        ("periods", &all.periods),
        ("funds", &all.funds),
        ("outcomes", &all.outcomes),
        ("tool_types", &all.tool_types),
        ("indicator_natures", &all.indicator_natures),
        ("territories", &all.territories),
    ];
    lists.into_iter().map(|(name, list)| VocabularyData { name, values: values(list, lang) }).collect()
}

fn values(list: &Vocabulary, lang: Lang) -> Vec<ValueData<'_>> {
    let entries = list.entries().iter();
    entries.map(|entry| ValueData { id: &entry.id, label: entry.label.in_lang(lang) }).collect()
}
