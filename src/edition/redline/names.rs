//! Names that a thing has in both editions: those of the later one, where it is there.

use crate::act::Address;
use crate::diagnostic::{Lang, Text};
use crate::handbook::{Document, Handbook, IdReference};
use crate::links::{ProvisionRef, Target};
use crate::markdown::{Chapter, Lead};

use super::Side;
use super::matching::Matching;

/// Which edition a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    Before,
    After,
}

/// The id of a provision.
pub(super) fn id_of(chapter: &Chapter, provision: usize) -> Option<&str> {
    let heading = chapter.provisions.get(provision)?.heading;
    Some(chapter.headings.get(heading)?.id.as_str())
}

/// The id of a document, else its address.
pub(super) fn name_of_document(document: &Document) -> String {
    match document.id() {
        Some(id) => id.to_string(),
        None => format!("/{}", document.address),
    }
}

impl<'h> Matching<'h> {
    pub(super) fn side(&self, edition: Edition) -> Side<'h> {
        match edition {
            Edition::Before => self.before,
            Edition::After => self.after,
        }
    }

    /// The name of a target in the later edition.
    pub(super) fn after_name(&self, target: &Target) -> String {
        self.name(target, Edition::After)
    }

    /// The name that both editions have for a target.
    pub(super) fn name(&self, target: &Target, edition: Edition) -> String {
        let handbook = self.side(edition).handbook;
        match target {
            Target::Document(number) => self.document(*number, edition),
            Target::Provision { document, provision } => self.provision(*document, *provision, edition),
            Target::Heading { document, anchor } => self.heading(*document, anchor, edition),
            Target::Section(number) => handbook
                .sections
                .get(*number)
                .map(|section| format!("/{}/", section.address))
                .unwrap_or_default(),
            Target::Address(address) => address.to_string(),
            Target::Act(act) => act.to_string(),
            Target::Term(number) => format!("glossario/{}", self.slug(*number, edition)),
            Target::Glossary => "glossario".to_owned(),
            Target::ActivityLines => "activity-lines.yaml".to_owned(),
            Target::File(number) => {
                handbook.files.get(*number).map(|(_, address)| address.clone()).unwrap_or_default()
            }
            Target::External(url) => url.clone(),
        }
    }

    fn document(&self, number: usize, edition: Edition) -> String {
        match edition {
            Edition::Before => self.name_of_old(number),
            Edition::After => self.later(number).map(name_of_document).unwrap_or_default(),
        }
    }

    fn provision(&self, document: usize, provision: usize, edition: Edition) -> String {
        let number = ProvisionRef { document, provision };
        let (handbook, number) = match (edition, self.provision_after.get(&number)) {
            (Edition::Before, Some(after)) => (self.after.handbook, *after),
            (Edition::Before, None) => (self.before.handbook, number),
            (Edition::After, _) => (self.after.handbook, number),
        };
        let chapter = handbook.documents.get(number.document).map(|document| &document.chapter);
        chapter.and_then(|chapter| id_of(chapter, number.provision)).unwrap_or_default().to_owned()
    }

    fn heading(&self, number: usize, anchor: &str, edition: Edition) -> String {
        let here = || format!("{}#{anchor}", self.document(number, edition));
        let Some(document) = self.earlier(number).filter(|_| edition == Edition::Before) else {
            return here();
        };
        if let Some(target) = self.moved(&document.address, anchor) {
            return self.after_name(target);
        }
        let chapter = &document.chapter;
        let paragraph = chapter.paragraph_with_id(anchor);
        let heading = match paragraph {
            Some(paragraph) => paragraph.heading,
            None => chapter.headings.iter().position(|heading| heading.id.as_str() == anchor),
        };
        let page = self.page_after(number, heading).map(|number| self.document(number, Edition::After));
        let page = page.unwrap_or_else(|| self.document(number, edition));
        // A paragraph of a provision is named after it, and has a new name with it.
        let own = heading
            .and_then(|heading| chapter.provision_at(heading)?.heading.eq(&heading).then_some(heading));
        let renamed = paragraph.zip(own).and_then(|(paragraph, heading)| {
            let provision = chapter.provision_number_around(heading)?;
            let id = self.provision(number, provision, edition);
            Some(format!("{id}-p{}", paragraph.number))
        });
        format!("{page}#{}", renamed.as_deref().unwrap_or(anchor))
    }

    fn slug(&self, number: usize, edition: Edition) -> &'h str {
        let after = self.term_after.get(number).copied().flatten();
        let (handbook, number) = match (edition, after) {
            (Edition::Before, Some(after)) => (self.after.handbook, after),
            (Edition::Before, None) => (self.before.handbook, number),
            (Edition::After, _) => (self.after.handbook, number),
        };
        handbook.glossary.terms.get(number).map(|term| term.slug.as_str()).unwrap_or_default()
    }

    /// What a reference of a text leads to, and the words that it has by itself.
    pub(super) fn lead(&self, document: usize, reference: usize, edition: Edition) -> Lead {
        let side = self.side(edition);
        let Some(target) = side.links.text(document, reference) else {
            let page = side.handbook.documents.get(document);
            let written = page.and_then(|page| page.chapter.references.get(reference));
            let name = written.map(|written| written.target.clone()).unwrap_or_default();
            return Lead { label: name.clone(), name };
        };
        let name = self.name(target, edition);
        let label = match target {
            Target::Address(address) => {
                let lang = side.handbook.documents.get(document).map(|page| page.lang).unwrap_or_default();
                self.after.handbook.citation(address, lang)
            }
            Target::Term(number) => self.term_name(*number, edition),
            Target::Document(_)
            | Target::Heading { .. }
            | Target::Provision { .. }
            | Target::Section(_)
            | Target::Act(_)
            | Target::Glossary
            | Target::ActivityLines
            | Target::File(_)
            | Target::External(_) => name.clone(),
        };
        Lead { name, label }
    }

    fn term_name(&self, number: usize, edition: Edition) -> String {
        let slug = self.slug(number, edition);
        let all = [self.after.handbook, self.before.handbook];
        let term =
            all.iter().find_map(|handbook| handbook.glossary.terms.iter().find(|term| term.slug == slug));
        term.map(|term| term.name.clone()).unwrap_or_default()
    }

    /// What a value of a document's metadata names.
    pub(super) fn value(&self, document: usize, value: &IdReference, edition: Edition) -> Text {
        match self.side(edition).links.metadata(document, value) {
            Some(Target::Address(address)) => citation(address, self.after.handbook),
            Some(target) => Text::verbatim(self.name(target, edition)),
            None => Text::verbatim(value.text.clone()),
        }
    }
}

/// A citation in both languages.
pub(super) fn citation(address: &Address, handbook: &Handbook) -> Text {
    Text { it: handbook.citation(address, Lang::It), en: handbook.citation(address, Lang::En) }
}
