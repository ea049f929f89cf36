//! Rules on what the guidelines leave out of the acts.

use std::collections::BTreeSet;

use crate::act::{Act, Address, Article, Form, Style};
use crate::diagnostic::{Code, Lang, Text};
use crate::links::{State, counts};
use crate::say;

use super::Linter;

impl Linter<'_> {
    /// Holds only for a handbook that has guidelines: one without implements nothing, and knows it.
    pub(super) fn acts(&mut self) {
        if self.handbook.unread.acts() || self.handbook.unread.documents() {
            return;
        }
        let documents = || self.handbook.documents.iter().enumerate();
        let guidelines = || documents().filter(|(_, document)| counts(document, self.handbook));
        if guidelines().next().is_none() {
            return;
        }
        // What guidelines are about, and what they speak of outside their provisions.
        let mut spoken_of = BTreeSet::new();
        for (number, guideline) in guidelines() {
            spoken_of.extend(self.links.addresses(number, guideline).map(Address::whole_article));
        }
        for act in self.handbook.acts.iter() {
            for article in &act.articles {
                self.article(act, article, &spoken_of);
            }
        }
    }

    fn article(&mut self, act: &Act, article: &Article, spoken_of: &BTreeSet<Address>) {
        let Some(coverage) = self.links.coverage.of_act(act) else { return };
        let of_article: Vec<_> =
            coverage.places.iter().filter(|place| place.address.article() == article.number).collect();
        let Some((whole, inside)) = of_article.split_first() else { return };
        if whole.exempted.is_none() && !spoken_of.contains(&whole.address) {
            let cited = self.handbook.citation_to_write(&whole.address);
            let [it, en] =
                Lang::ALL.map(|lang| act.format(&whole.address, Style::new(lang, Form::Full).with_act()));
            self.report(
                Code::ArticleWithoutGuideline,
                article.place.clone(),
                say!("nessuna linea guida riguarda l'{it}"; "no guideline is about {en}"),
                exempt(&cited),
            );
            return;
        }
        let gaps: Vec<_> = inside.iter().filter(|place| place.state == State::Gap).collect();
        for place in &gaps {
            // A gap inside a gap is filled with it.
            let is_inside = |gap: &Address| *gap != place.address && gap.covers(&place.address);
            if gaps.iter().any(|gap| is_inside(&gap.address)) {
                continue;
            }
            let cited = self.handbook.citation_to_write(&place.address);
            self.report(
                Code::UncoveredAddress,
                article.place.clone(),
                say!("nessuna disposizione attua {cited}"; "no provision implements {cited}"),
                exempt(&cited),
            );
        }
    }
}

fn exempt(cited: &str) -> Text {
    say!(
        "cita `({cited})` in una disposizione, oppure scrivi in handbook.yaml, sotto `not_applicable:`, la voce `- {{articles: [\"{cited}\"], reason: \"…\"}}`";
        "cite `({cited})` in a provision, or write in handbook.yaml, under `not_applicable:`, the entry `- {{articles: [\"{cited}\"], reason: \"…\"}}`"
    )
}
