//! The documents, and the provisions in them, that speak of a place in an act.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::act::Address;
use crate::diagnostic::Lang;
use crate::handbook::Document;
use crate::links::{Backlink, ProvisionRef, Target};
use crate::site::Volume;

use super::super::hrefs::Hrefs;
use super::listed::{ListedDocument, MOST_DOCUMENTS, MoreView};
use super::trials::trial_key;

/// A document that speaks of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CitingView {
    document: ListedDocument,
    /// The provisions of the document that cite the place.
    provisions: Vec<CitingProvision>,
    /// The sentence that cites the place, where no provision does; none for a document that only names it in
    /// its front matter.
    sentence: Option<String>,
}

impl Serialize for CitingView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize_with(serializer, 2, |view| {
            view.serialize_field("provisions", &self.provisions)?;
            view.serialize_field("sentence", &self.sentence)
        })
    }
}

/// The documents that speak of a place.
pub(super) struct CitingViews {
    pub(super) documents: Vec<CitingView>,
    /// Those beyond them, which the page of the article lists.
    pub(super) more: Option<MoreView>,
}

/// A provision that cites a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CitingProvision {
    id: String,
    title: String,
    href: String,
    level: &'static str,
    level_label: String,
    /// The sentence that cites the place; none where only the list of provisions is wanted.
    sentence: Option<String>,
    /// `tested`, `on_trial`, or none when no practice tries it.
    trial: Option<&'static str>,
}

/// How much a list of citing documents says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The documents and provisions, [`MOST_DOCUMENTS`] at most.
    Brief,
    /// All of them, with the sentence around each citation.
    Sentences,
}

/// The documents that speak of exactly this place, each once, in the order of the handbook.
pub(super) fn citing(volume: &Volume, address: &Address) -> Vec<usize> {
    by_document(volume, address).map(|(document, _)| document).collect()
}

/// The same as views, with the provisions.
pub(super) fn citing_views(hrefs: Hrefs<'_>, address: &Address, detail: Detail, lang: Lang) -> CitingViews {
    let volume = hrefs.volume;
    let mut documents: Vec<_> = by_document(volume, address).collect();
    // Guidelines first: who looks up an article wants the rule before what tells of it.
    documents.sort_by_key(|(number, _)| volume.handbook.documents.get(*number).map(Document::kind));
    let most = match detail {
        Detail::Brief => MOST_DOCUMENTS,
        Detail::Sentences => usize::MAX,
    };
    let on_its_page = || hrefs.to_target(&Target::Address(address.clone()));
    let more = MoreView::beyond(most, documents.len(), on_its_page);
    let documents = documents.into_iter().take(most).filter_map(|(number, backlinks)| {
        let document = volume.handbook.documents.get(number)?;
        Some(Citing { hrefs, number, document, backlinks, detail, lang }.view())
    });
    CitingViews { documents: documents.collect(), more }
}

/// What leads to a place, document by document: the backlinks come in the order of the handbook.
fn by_document<'s>(volume: &'s Volume, address: &Address) -> impl Iterator<Item = (usize, &'s [Backlink])> {
    let backlinks = volume.links.backlinks(&Target::Address(address.clone()), &volume.handbook);
    let groups = backlinks.chunk_by(|a, b| a.document == b.document);
    groups.filter_map(|group| Some((group.first()?.document, group)))
}

/// One document that cites a place.
struct Citing<'s> {
    hrefs: Hrefs<'s>,
    number: usize,
    document: &'s Document,
    /// What leads from the document to the place.
    backlinks: &'s [Backlink],
    detail: Detail,
    lang: Lang,
}

impl Citing<'_> {
    fn view(&self) -> CitingView {
        let document = ListedDocument::of(self.hrefs, self.number, self.document, self.lang);
        let provisions = self.provisions(&document.href);
        let sentence = match provisions.is_empty() {
            true => self.backlinks.iter().find_map(|backlink| self.sentence(backlink)),
            false => None,
        };
        CitingView { document, provisions, sentence }
    }

    /// The provisions that cite the place, in the order of the document.
    fn provisions(&self, href: &str) -> Vec<CitingProvision> {
        let chapter = &self.document.chapter;
        let mut found: Vec<(usize, &Backlink)> = self
            .backlinks
            .iter()
            .filter_map(|backlink| Some((chapter.provision_number_around(backlink.heading?)?, backlink)))
            .collect();
        found.sort_by_key(|(provision, backlink)| (*provision, backlink.at));
        found.dedup_by_key(|(provision, _)| *provision);
        let views = found.into_iter();
        views.filter_map(|(provision, backlink)| self.provision(provision, backlink, href)).collect()
    }

    fn provision(&self, number: usize, backlink: &Backlink, href: &str) -> Option<CitingProvision> {
        let volume = self.hrefs.volume;
        let provision = self.document.chapter.provisions.get(number)?;
        let heading = self.document.chapter.headings.get(provision.heading)?;
        let trials =
            volume.links.trials.of_provision(ProvisionRef { document: self.number, provision: number });
        Some(CitingProvision {
            id: heading.id.to_string(),
            title: heading.text.clone(),
            href: format!("{href}#{}", heading.id),
            level: provision.level.name(),
            level_label: volume.labels(self.lang).level(provision.level).to_owned(),
            sentence: self.sentence(backlink),
            trial: trial_key(trials, &volume.handbook),
        })
    }

    fn sentence(&self, backlink: &Backlink) -> Option<String> {
        match self.detail {
            Detail::Brief => None,
            Detail::Sentences => self.document.chapter.sentence_at(backlink.at?).map(str::to_owned),
        }
    }
}
