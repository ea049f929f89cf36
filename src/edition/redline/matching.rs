//! Which document, provision and term of the later edition is which of the earlier one.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::handbook::{Document, Handbook, IdReference, Withdrawal};
use crate::links::{ProvisionRef, Target};

use super::names::{id_of, name_of_document};
use super::{Between, Gone, Side};

/// The pairs of two editions, and what the later one says of the rest.
pub(super) struct Matching<'h> {
    pub(super) before: Side<'h>,
    pub(super) after: Side<'h>,
    /// For each document of the earlier edition, that of the later.
    pub(super) document_after: Vec<Option<usize>>,
    /// For each document of the later edition, that of the earlier.
    pub(super) document_before: Vec<Option<usize>>,
    pub(super) provision_after: BTreeMap<ProvisionRef, ProvisionRef>,
    pub(super) provision_before: BTreeMap<ProvisionRef, ProvisionRef>,
    /// For each term of the earlier edition, that of the later.
    pub(super) term_after: Vec<Option<usize>>,
    pub(super) term_before: Vec<Option<usize>>,
    /// What the later edition has put in the place of former ids and anchors.
    moved: HashMap<String, Target>,
    withdrawn: HashMap<String, Gone>,
    /// What the editions in between say.
    between: &'h Between,
}

impl<'h> Matching<'h> {
    pub(super) fn of(before: Side<'h>, after: Side<'h>, between: &'h Between) -> Self {
        let mut matching = Self {
            before,
            after,
            document_after: Vec::new(),
            document_before: Vec::new(),
            provision_after: BTreeMap::new(),
            provision_before: BTreeMap::new(),
            term_after: Vec::new(),
            term_before: Vec::new(),
            moved: HashMap::new(),
            withdrawn: HashMap::new(),
            between,
        };
        matching.read_moves();
        matching.read_moves_between();
        matching.match_documents();
        matching.match_provisions();
        matching.match_terms();
        matching.read_withdrawals();
        matching
    }

    /// What has taken the place of a former id or anchor; `own` is the address of the page that had it.
    pub(super) fn moved(&self, own: &str, id: &str) -> Option<&Target> {
        if self.moved.is_empty() {
            return None;
        }
        self.moved.get(&format!("{own}#{id}")).or_else(|| self.moved.get(id))
    }

    fn read_moves(&mut self) {
        for (number, document) in self.after.handbook.documents.iter().enumerate() {
            for alias in &document.front.aliases {
                self.moved.entry(alias.former("")).or_insert(Target::Document(number));
            }
            for moved in &document.front.moved_from {
                if let Some(target) = self.after.links.metadata(number, &moved.to) {
                    self.moved.entry(moved.from.former(&document.address)).or_insert_with(|| target.clone());
                }
            }
        }
    }

    /// The moves that the editions in between tell, as far as what they lead to is still there.
    fn read_moves_between(&mut self) {
        if self.between.moved.is_empty() {
            return;
        }
        let mut targets: HashMap<&str, Target> = HashMap::new();
        for (number, document) in self.after.handbook.documents.iter().enumerate() {
            let names = document.id().map(|id| id.as_str()).into_iter().chain([document.address.as_str()]);
            targets.extend(names.map(|name| (name, Target::Document(number))));
            for provision in 0..document.chapter.provisions.len() {
                if let Some(id) = id_of(&document.chapter, provision) {
                    targets.insert(id, Target::Provision { document: number, provision });
                }
            }
        }
        for (old, new) in &self.between.moved {
            if let Some(target) = targets.get(new.as_str()) {
                self.moved.entry(old.clone()).or_insert_with(|| target.clone());
            }
        }
    }

    fn match_documents(&mut self) {
        let (old, new) = (&self.before.handbook.documents, &self.after.handbook.documents);
        let by_id: HashMap<&str, usize> = new
            .iter()
            .enumerate()
            .filter_map(|(number, document)| Some((document.id()?.as_str(), number)))
            .collect();
        let old_ids: HashSet<&str> =
            old.iter().filter_map(|document| Some(document.id()?.as_str())).collect();
        let by_address: HashMap<&str, usize> =
            new.iter().enumerate().map(|(number, document)| (document.address.as_str(), number)).collect();
        let id = |document: &Document| by_id.get(document.id()?.as_str()).copied();
        let alias = |document: &Document| {
            let names = document.id().map(|id| id.as_str()).into_iter().chain([document.address.as_str()]);
            names
                .filter_map(|name| {
                    if let Target::Document(number) = self.moved.get(name)? { Some(*number) } else { None }
                })
                .next()
        };
        let gone: HashSet<String> = withdrawals(self.after.handbook)
            .map(|(withdrawal, _, own)| withdrawal.name.former(own))
            .collect();
        let is_gone = |document: &Document| {
            gone.contains(&document.address) || document.id().is_some_and(|id| gone.contains(id.as_str()))
        };
        let address = |document: &Document| {
            let number = *by_address.get(document.address.as_str())?;
            // An id that the earlier edition does not have may be a new name; one that it has is another document.
            let is_other = new.get(number)?.id().is_some_and(|id| old_ids.contains(id.as_str()));
            (!is_other && !is_gone(document)).then_some(number)
        };
        let mut pairs = Pairs::new(old.len(), new.len());
        pairs.find(|number| id(old.get(number)?));
        pairs.find(|number| alias(old.get(number)?));
        pairs.find(|number| address(old.get(number)?));
        (self.document_after, self.document_before) = (pairs.after, pairs.before);
    }

    fn match_provisions(&mut self) {
        let new: HashMap<&str, ProvisionRef> = provisions(self.after.handbook).collect();
        let old: Vec<_> = provisions(self.before.handbook).collect();
        let by_move = |id: &str, number: &ProvisionRef| match self
            .moved(&self.earlier(number.document)?.address, id)?
        {
            Target::Provision { document, provision } => {
                Some(ProvisionRef { document: *document, provision: *provision })
            }
            Target::Document(_)
            | Target::Heading { .. }
            | Target::Section(_)
            | Target::Address(_)
            | Target::Act(_)
            | Target::Term(_)
            | Target::Glossary
            | Target::ActivityLines
            | Target::File(_)
            | Target::External(_) => None,
        };
        let found = old.iter().map(|(id, number)| (*number, new.get(id).copied()));
        // An id that stayed is first: what is declared to have moved may not take its place.
        let found =
            found.chain(old.iter().map(|(id, number)| (*number, by_move(id, number)))).collect::<Vec<_>>();
        for (number, found) in found {
            let Some(found) = found else { continue };
            if !self.provision_after.contains_key(&number) && !self.provision_before.contains_key(&found) {
                self.provision_after.insert(number, found);
                self.provision_before.insert(found, number);
            }
        }
    }

    fn match_terms(&mut self) {
        let (old, new) = (&self.before.handbook.glossary.terms, &self.after.handbook.glossary.terms);
        let by_slug: HashMap<&str, usize> =
            new.iter().enumerate().map(|(number, term)| (term.slug.as_str(), number)).collect();
        let by_alias: HashMap<String, usize> = new
            .iter()
            .enumerate()
            .flat_map(|(number, term)| term.aliases.iter().map(move |alias| (alias.term_slug(), number)))
            .collect();
        let mut pairs = Pairs::new(old.len(), new.len());
        pairs.find(|number| by_slug.get(old.get(number)?.slug.as_str()).copied());
        pairs.find(|number| by_alias.get(&old.get(number)?.slug).copied());
        pairs.find(|number| by_slug.get(self.between.term(&old.get(number)?.slug)?).copied());
        (self.term_after, self.term_before) = (pairs.after, pairs.before);
    }

    fn read_withdrawals(&mut self) {
        let mut withdrawn = HashMap::new();
        for (withdrawal, document, own) in withdrawals(self.after.handbook) {
            let successor = withdrawal.successor.as_ref();
            let target = successor.and_then(|value| match document {
                Some(number) => self.after.links.metadata(number, value),
                None => self.after.links.setting(value),
            });
            let name = |value: &IdReference| {
                target.map_or_else(|| value.text.clone(), |target| self.after_name(target))
            };
            let gone = Gone {
                date: Some(withdrawal.date),
                reason: Some(withdrawal.reason.clone()),
                successor: successor.map(name),
            };
            withdrawn.entry(withdrawal.name.former(own)).or_insert_with(|| gone.clone());
            withdrawn.entry(format!("glossario/{}", withdrawal.name.term_slug())).or_insert(gone);
        }
        for (name, gone) in &self.between.withdrawn {
            withdrawn.entry(name.clone()).or_insert_with(|| gone.clone());
        }
        self.withdrawn = withdrawn;
    }

    /// What the later edition says of a provision that it does not have.
    pub(super) fn gone_provision(&self, document: &Document, id: &str) -> Option<Gone> {
        let address = format!("{}#{id}", document.address);
        let told = self.withdrawn.get(id).or_else(|| self.withdrawn.get(&address)).cloned();
        let told = told.or_else(|| Some(self.joined(self.moved(&document.address, id)?)));
        told.or_else(|| self.unbound(id))
    }

    /// A heading that kept its id, and is no provision any longer.
    fn unbound(&self, id: &str) -> Option<Gone> {
        let documents = self.after.handbook.documents.iter().enumerate();
        let mut headings = documents.filter(|(_, document)| document.chapter.heading_with_id(id).is_some());
        let (document, _) = headings.next()?;
        Some(self.joined(&Target::Heading { document, anchor: id.to_owned() }))
    }

    /// What the later edition says of a document that it does not have.
    pub(super) fn gone_document(&self, document: &Document) -> Option<Gone> {
        let id = document.id().map(|id| id.as_str());
        let names = id.into_iter().chain([document.address.as_str()]);
        let mut told = names.clone().filter_map(|name| self.withdrawn.get(name));
        told.next().cloned().or_else(|| {
            let mut joined = names.clone().filter_map(|name| self.moved.get(name));
            joined.next().map(|target| self.joined(target))
        })
    }

    /// What the later edition says of a term that it does not have.
    pub(super) fn gone_term(&self, slug: &str) -> Option<Gone> {
        self.withdrawn.get(&format!("glossario/{slug}")).cloned()
    }

    /// It has become a part of something else.
    fn joined(&self, target: &Target) -> Gone {
        Gone { date: None, reason: None, successor: Some(self.after_name(target)) }
    }

    /// A document of the earlier edition.
    pub(super) fn earlier(&self, number: usize) -> Option<&'h Document> {
        self.before.handbook.documents.get(number)
    }

    /// A document of the later edition.
    pub(super) fn later(&self, number: usize) -> Option<&'h Document> {
        self.after.handbook.documents.get(number)
    }

    /// The page of the later edition where a place under a heading of the earlier one now stands.
    pub(super) fn page_after(&self, number: usize, heading: Option<usize>) -> Option<usize> {
        let provision =
            heading.and_then(|heading| self.earlier(number)?.chapter.provision_number_around(heading));
        let moved = provision
            .and_then(|provision| self.provision_after.get(&ProvisionRef { document: number, provision }));
        moved.map(|found| found.document).or(*self.document_after.get(number)?)
    }

    /// The name of a document of the earlier edition, as the later one calls it.
    pub(super) fn name_of_old(&self, number: usize) -> String {
        let after = self.document_after.get(number).copied().flatten().and_then(|number| self.later(number));
        after.or_else(|| self.earlier(number)).map(name_of_document).unwrap_or_default()
    }
}

/// What is which, by numbers.
struct Pairs {
    after: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
}

impl Pairs {
    fn new(old: usize, new: usize) -> Self {
        Self { after: vec![None; old], before: vec![None; new] }
    }

    /// Pairs those that have no pair yet.
    fn find(&mut self, find: impl Fn(usize) -> Option<usize>) {
        for (number, after) in self.after.iter_mut().enumerate().filter(|(_, after)| after.is_none()) {
            if let Some(found) = find(number)
                && let Some(before @ None) = self.before.get_mut(found)
            {
                (*after, *before) = (Some(found), Some(number));
            }
        }
    }
}

/// The provisions of a handbook by their ids.
fn provisions(handbook: &Handbook) -> impl Iterator<Item = (&str, ProvisionRef)> {
    handbook.documents.iter().enumerate().flat_map(|(document, page)| {
        let chapter = &page.chapter;
        let numbers = 0..chapter.provisions.len();
        numbers.filter_map(move |provision| {
            Some((id_of(chapter, provision)?, ProvisionRef { document, provision }))
        })
    })
}

/// What a handbook says to be gone: with the document that says it, and its address.
fn withdrawals(handbook: &Handbook) -> impl Iterator<Item = (&Withdrawal, Option<usize>, &str)> {
    let documents = handbook.documents.iter().enumerate();
    let of_documents = documents.flat_map(|(number, document)| {
        document.front.withdrawn.iter().map(move |gone| (gone, Some(number), document.address.as_str()))
    });
    of_documents.chain(handbook.config.withdrawn.iter().map(|gone| (gone, None, "")))
}
