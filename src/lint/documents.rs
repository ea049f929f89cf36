//! Rules on documents and their metadata.

use crate::diagnostic::{Code, Place};
use crate::handbook::{Details, Document, EditionNumber, Status};
use crate::links::counts;
use crate::markdown::Level;
use crate::say;

use super::Linter;

impl Linter<'_> {
    pub(super) fn documents(&mut self) {
        let unread = &self.handbook.unread;
        for (number, document) in self.handbook.documents.iter().enumerate() {
            if unread.has(&document.path) {
                continue;
            }
            let implements = counts(document, self.handbook);
            if implements && !self.handbook.acts.is_empty() && !unread.acts() {
                self.guideline_without_article(number, document);
                self.duties_without_address(number, document);
            }
            self.rests_on_draft(number, document);
            self.no_successor(number, document);
            self.unknown_editions(document);
            self.funds_not_of_period(document);
            self.review_overdue(document);
        }
    }

    fn guideline_without_article(&mut self, number: usize, document: &Document) {
        if self.links.addresses(number, document).next().is_some() {
            return;
        }
        let place = document.front.id.as_ref().map(|(_, range)| document.place_at(range.clone()));
        let example = self.example_of(document);
        self.report(
            Code::GuidelineWithoutArticle,
            place.unwrap_or_else(|| beginning(document)),
            say!("la linea guida non dice quale articolo attua"; "the guideline does not say which article it implements"),
            say!("aggiungi fra i metadati la riga `articles: [\"{example}\"]`, con l'articolo giusto"; "add to the front matter the line `articles: [\"{example}\"]`, with the right article"),
        );
    }

    /// A citation that the document could have: its own first article, else the first of the first act.
    fn example_of(&self, document: &Document) -> String {
        let own = document.front.articles.first().map(|(address, _)| address.clone());
        let first = || self.handbook.acts.default_act()?.addresses().into_iter().next();
        own.or_else(first).map(|address| self.handbook.citation_to_write(&address)).unwrap_or_default()
    }

    fn duties_without_address(&mut self, number: usize, document: &Document) {
        let chapter = &document.chapter;
        for provision in chapter.provisions.iter().filter(|provision| provision.level == Level::Must) {
            let Some(heading) = chapter.headings.get(provision.heading) else { continue };
            if self.links.cited_by(number, chapter, provision).is_empty() {
                let id = &heading.id;
                let example = self.example_of(document);
                self.report(
                    Code::DutyWithoutAddress,
                    document.place_at(heading.range.clone()),
                    say!("l'obbligo `{id}` non cita nessun punto di un atto"; "the duty `{id}` cites no place of an act"),
                    say!("cita nel testo la norma da cui viene, per esempio `({example})`; se non è un obbligo di legge, usa `.dovrebbe`"; "cite in its text the rule it comes from, such as `({example})`; if no law imposes it, use `.dovrebbe`"),
                );
            }
        }
    }

    /// A provision of an approved guideline that refers to a draft; a mention elsewhere rests on nothing.
    fn rests_on_draft(&mut self, number: usize, document: &Document) {
        if document.front.status != Some(Status::Approved) || !counts(document, self.handbook) {
            return;
        }
        for (index, reference) in document.chapter.references.iter().enumerate() {
            let heading = reference.heading;
            let in_provision = heading.is_some_and(|h| document.chapter.provision_around(h).is_some());
            let target = self.links.text(number, index).and_then(|target| target.document());
            let draft = target.and_then(|target| self.handbook.documents.get(target));
            let Some(draft) = draft.filter(|draft| in_provision && draft.front.status == Some(Status::Draft))
            else {
                continue;
            };
            let title = &draft.title;
            self.report(
                Code::RestsOnDraft,
                document.place_at(reference.range.clone()),
                say!("una disposizione approvata rimanda a «{title}», che è una bozza"; "an approved provision refers to “{title}”, which is a draft"),
                say!("sposta il rimando fuori dalla disposizione, oppure approva prima l'altro testo (`status: approved`)"; "move the reference out of the provision, or approve the other text first (`status: approved`)"),
            );
        }
    }

    /// A text that is superseded has a successor that holds, and no other text has one.
    fn no_successor(&mut self, number: usize, document: &Document) {
        let is_superseded = document.front.status == Some(Status::Superseded);
        let Some(value) = &document.front.superseded_by else {
            if is_superseded {
                self.without_successor(document);
            }
            return;
        };
        let place = document.place_at(value.range.clone());
        if !is_superseded {
            self.report(
                Code::NoSuccessor,
                place,
                say!("il testo dice da quale altro è sostituito, ma il suo stato non è `superseded`"; "the text says by which other it is superseded, but its status is not `superseded`"),
                say!("scrivi fra i metadati `status: superseded`, oppure togli la riga `superseded_by`"; "write `status: superseded` in the front matter, or remove the line `superseded_by`"),
            );
            return;
        }
        let successor = self.links.metadata(number, value).and_then(|target| target.document());
        let successor = successor.and_then(|successor| self.handbook.documents.get(successor));
        if successor.is_some_and(|successor| successor.front.status == Some(Status::Withdrawn)) {
            let text = &value.text;
            self.report(
                Code::NoSuccessor,
                place,
                say!("il testo è sostituito da `{text}`, che è ritirato"; "the text is superseded by `{text}`, which is withdrawn"),
                say!("nomina un testo che vale, oppure togli la riga e scrivi `status: withdrawn`"; "name a text that holds, or remove the line and write `status: withdrawn`"),
            );
        }
    }

    fn without_successor(&mut self, document: &Document) {
        let place = document.front.status_at.clone().map(|range| document.place_at(range));
        self.report(
            Code::NoSuccessor,
            place.unwrap_or_else(|| beginning(document)),
            say!("il testo è sostituito ma non dice da quale altro"; "the text is superseded but does not say by which other"),
            say!("aggiungi fra i metadati la riga `superseded_by: LG-00`, con l'identificativo giusto, oppure scrivi `status: withdrawn`"; "add to the front matter the line `superseded_by: LG-00`, with the right id, or write `status: withdrawn`"),
        );
    }

    fn unknown_editions(&mut self, document: &Document) {
        let Details::Practice { trials } = &document.front.details else { return };
        for edition in trials.iter().filter_map(|trial| trial.edition.as_ref()) {
            if edition.text.parse().is_ok_and(|number: EditionNumber| self.editions.contains(&number)) {
                continue;
            }
            let help = match self
                .editions
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
            {
                none if none.is_empty() => {
                    say!("il manuale non ha ancora edizioni: togli la riga `edition:`"; "the handbook has no edition yet: remove the line `edition:`")
                }
                all => say!("le edizioni pubblicate sono {all}"; "the published editions are {all}"),
            };
            let text = &edition.text;
            self.report(
                Code::UnknownEdition,
                document.place_at(edition.range.clone()),
                say!("l'edizione `{text}` non è mai stata pubblicata"; "the edition `{text}` was never published"),
                help,
            );
        }
    }

    fn funds_not_of_period(&mut self, document: &Document) {
        if document.front.periods.is_empty() {
            return;
        }
        for (fund, range) in &document.front.funds {
            let entry = self.handbook.vocabularies.funds.entries().iter().find(|entry| entry.id == *fund);
            let Some(entry) = entry.filter(|entry| {
                !entry.periods.is_empty()
                    && !entry.periods.iter().any(|period| document.front.periods.contains(period))
            }) else {
                continue;
            };
            let (theirs, ours) = (entry.periods.join(", "), document.front.periods.join(", "));
            let both = document.front.periods.iter().chain(&entry.periods);
            let both = both.map(|period| format!("\"{period}\"")).collect::<Vec<_>>().join(", ");
            self.report(
                Code::FundNotOfPeriod,
                document.place_at(range.clone()),
                say!("il fondo `{fund}` è del periodo {theirs}, il documento del periodo {ours}"; "the fund `{fund}` is of the period {theirs}, the document of the period {ours}"),
                say!("togli il fondo, oppure aggiungi il periodo: `periods: [{both}]`"; "remove the fund, or add the period: `periods: [{both}]`"),
            );
        }
    }

    fn review_overdue(&mut self, document: &Document) {
        let Some((date, range)) = &document.front.review_by else { return };
        if self.today.is_some_and(|today| *date < today) {
            self.report(
                Code::ReviewOverdue,
                document.place_at(range.clone()),
                say!("il testo era da rivedere entro il {date}"; "the text was to be reviewed by {date}"),
                say!("rivedi il testo e scrivi in `review_by` la prossima data"; "review the text and write the next date in `review_by`"),
            );
        }
    }
}

/// The beginning of a document without a better place.
fn beginning(document: &Document) -> Place {
    document.place_at(0..0)
}
