//! Rules on terms and acronyms.

use crate::act::Act;
use crate::diagnostic::{Code, Lang, Place};
use crate::handbook::{Handbook, Vocabulary};
use crate::links::Target;
use crate::say;

use super::Linter;

impl Linter<'_> {
    pub(super) fn glossary(&mut self) {
        let unread = &self.handbook.unread;
        if !unread.glossary() && !unread.documents() {
            self.unused_terms();
        }
        if self.is_on(Code::UndefinedAcronym) && !unread.explanations() {
            self.undefined_acronyms();
        }
    }

    fn unused_terms(&mut self) {
        let Some(file) = &self.handbook.glossary.file else { return };
        for (number, term) in self.handbook.glossary.terms.iter().enumerate() {
            if !self.links.backlinks(&Target::Term(number), self.handbook).is_empty() {
                continue;
            }
            let name = &term.name;
            self.report(
                Code::UnusedTerm,
                Place::range(file, term.name_at.clone()),
                say!("nessun testo usa il termine `{name}`"; "no text uses the term `{name}`"),
                say!("aggiungi a `forms` le forme che il testo usa, oppure togli la voce"; "add to `forms` the forms that the text uses, or remove the entry"),
            );
        }
    }

    fn undefined_acronyms(&mut self) {
        for document in &self.handbook.documents {
            for (name, range) in &document.chapter.acronyms {
                if is_known(name, self.handbook) {
                    continue;
                }
                let (message, help) = match in_other_case(name, self.handbook) {
                    Some(right) => (
                        say!("il glossario spiega `{right}`, e non `{name}`"; "the glossary explains `{right}`, and not `{name}`"),
                        say!("scrivi `{right}`"; "write `{right}`"),
                    ),
                    None => (
                        say!("la sigla `{name}` non è spiegata"; "the acronym `{name}` is not explained"),
                        say!("scrivila la prima volta dopo le parole intere, `nome per esteso ({name})`, oppure aggiungi a glossary.yaml la voce `- {{term: \"nome per esteso\", acronym: {name}, definition: \"…\"}}`; se la conoscono tutti, aggiungila in handbook.yaml a `known_acronyms`"; "write it after the full words the first time, `full name ({name})`, or add to glossary.yaml the entry `- {{term: \"full name\", acronym: {name}, definition: \"…\"}}`; if everybody knows it, add it in handbook.yaml to `known_acronyms`"),
                    ),
                };
                self.report(Code::UndefinedAcronym, document.place_at(range.clone()), message, help);
            }
        }
    }
}

/// The form of the glossary that differs from this acronym only in upper and lower case.
fn in_other_case<'h>(name: &str, handbook: &'h Handbook) -> Option<&'h str> {
    let mut forms = handbook.glossary.terms.iter().flat_map(|term| &term.forms);
    forms.find(|form| form.eq_ignore_ascii_case(name)).map(String::as_str)
}

/// Whether a name needs no explanation, or the handbook gives it elsewhere: in the label of a list, in the table of
/// activity lines, in the name of an act.
fn is_known(name: &str, handbook: &Handbook) -> bool {
    let lists = &handbook.vocabularies;
    let in_brackets = format!("({name})");
    let labels = |list: &Vocabulary| {
        list.entries().iter().any(|entry| {
            let explains = Lang::ALL.iter().any(|lang| entry.label.in_lang(*lang).contains(&in_brackets));
            explains || entry.id == name
        })
    };
    let is_of_act = |act: &Act| {
        let names = act.short_title.iter().chain([&act.title, &act.citation.short, &act.citation.very_short]);
        names.flat_map(|text| [&text.it, &text.en]).any(|text| text.contains(&in_brackets) || text == name)
    };
    handbook.config.known_acronyms.iter().any(|known| known == name)
        || handbook.acts.iter().any(is_of_act)
        || lists.all().into_iter().any(labels)
        || handbook.activity_lines.iter().flat_map(|table| &table.lines).any(|line| line.name == name)
}
