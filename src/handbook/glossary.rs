//! `glossary.yaml`: the terms and acronyms of the handbook.

use std::ops::Range;

use crate::act::{Acts, scan};
use crate::diagnostic::{Code, Diagnostic, Place, SourceFile};
use crate::markdown::{Lexicon, slug};
use crate::say;
use crate::yaml::{Decoder, Fields, Node, read};

use super::IdReference;

/// An entry of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub name: String,
    /// Its id on the glossary's page.
    pub slug: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// The forms in which a text may use it, the name and the acronym among them.
    pub forms: Vec<String>,
    /// What it means.
    pub definition: String,
    /// Citations and ids of documents where more is said.
    pub see: Vec<IdReference>,
    /// Other terms.
    pub also: Vec<IdReference>,
    /// Its former names or slugs.
    pub aliases: Vec<IdReference>,
    /// Where it stands in the file.
    pub range: Range<usize>,
    /// Where its name stands.
    pub name_at: Range<usize>,
}

/// All terms, in the order of the alphabet.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// The file, for diagnostics; `None` when the handbook has no glossary.
    pub file: Option<SourceFile>,
    /// The terms.
    pub terms: Vec<Term>,
    /// Their forms, by the numbers of `terms`.
    pub lexicon: Lexicon,
}

impl Glossary {
    /// Reads `glossary.yaml`; `None` where it cannot be read, or where an entry cannot be kept.
    pub fn load(file: &SourceFile, acts: &Acts) -> (Option<Self>, Vec<Diagnostic>) {
        let (terms, problems) = read(file, |fields| {
            let items = fields.list("terms");
            let mut terms: Vec<_> =
                items.iter().filter_map(|item| term(item, acts, fields.decoder())).collect();
            terms.sort_by(|a, b| (&a.slug, a.range.start).cmp(&(&b.slug, b.range.start)));
            refuse_twins(&mut terms, fields.decoder());
            (terms.len() == items.len()).then_some(terms)
        });
        let glossary = terms.flatten().map(|terms| {
            let forms = terms.iter().enumerate();
            let forms = forms.flat_map(|(number, term)| term.forms.iter().map(move |f| (f.as_str(), number)));
            let lexicon = Lexicon::new(forms);
            Self { file: Some(file.clone()), terms, lexicon }
        });
        (glossary, problems)
    }

    /// A glossary that cannot be read is there all the same: a link to it is not broken.
    pub(super) fn unread(file: &SourceFile) -> Self {
        Self { file: Some(file.clone()), ..Self::default() }
    }
}

fn term(node: &Node, acts: &Acts, decoder: &mut Decoder) -> Option<Term> {
    let mut fields = Fields::of(node, decoder);
    let name = fields.required_text("term");
    let name_at = fields.node("term").map_or_else(|| node.range.clone(), |node| node.range.clone());
    let acronym = fields.text("acronym");
    let mut forms: Vec<String> = fields.texts("forms").into_iter().map(|(text, _)| text).collect();
    let definition = fields.required_text("definition");
    if let Some((text, node)) = fields.text_node("definition") {
        check_citations(&text, node, acts, fields.decoder());
    }
    let see = IdReference::list(&mut fields, "see");
    let also = IdReference::list(&mut fields, "also");
    let aliases = IdReference::list(&mut fields, "aliases");
    fields.finish();
    // Without its definition the term is there all the same: a reference to it is not broken.
    let (name, definition) = (name?, definition.unwrap_or_default());
    for form in std::iter::once(&name).chain(&acronym) {
        if !forms.contains(form) {
            forms.push(form.clone());
        }
    }
    let slug = slug(&name);
    let range = node.range.clone();
    Some(Term { slug, name, acronym, forms, definition, see, also, aliases, range, name_at })
}

/// A definition's citations become links, so what is wrong in them is told.
fn check_citations(text: &str, node: &Node, acts: &Acts, decoder: &mut Decoder) {
    for found in scan(text, acts) {
        let problems = found.places.into_iter().filter_map(|cited| cited.address.err());
        for problem in problems.chain(found.notes) {
            let place = place_in(text, problem.range.clone(), node, decoder);
            decoder.report(problem.into_diagnostic().at(place));
        }
    }
}

/// A part of a text where the file writes the text as it is; else the whole value.
fn place_in(text: &str, part: Range<usize>, node: &Node, decoder: &Decoder) -> Place {
    let written = decoder.file().text().get(node.range.clone()).unwrap_or("");
    match written.find(text) {
        Some(at) => {
            let start = node.range.start + at;
            Place::range(decoder.file(), start + part.start..start + part.end)
        }
        None => node.place(decoder),
    }
}

/// Two terms with one slug would share a place on the page.
fn refuse_twins(terms: &mut Vec<Term>, decoder: &mut Decoder) {
    terms.dedup_by(|twin, first| {
        let same = twin.slug == first.slug;
        if same {
            let name = &twin.name;
            let file = decoder.file().clone();
            decoder.report(
                Diagnostic::error(
                    Code::DuplicateId,
                    say!("il termine `{name}` c'è due volte"; "the term `{name}` is there twice"),
                )
                .at(Place::range(&file, twin.range.clone()))
                .help(say!("unisci le due voci in una"; "join the two entries into one"))
                .related(
                    Place::range(&file, first.range.clone()),
                    say!("il primo è qui"; "the first is here"),
                ),
            );
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_in_alphabetical_order_with_all_their_forms() {
        let file = SourceFile::new(
            "glossary.yaml",
            "terms:\n- {term: programma, definition: x}\n- {term: È vero, acronym: EV, forms: [è veri], definition: y}\n",
        );
        let (glossary, found) = Glossary::load(&file, &Acts::default());
        assert!(found.is_empty(), "{found:?}");
        let terms: Vec<_> =
            glossary.as_ref().unwrap().terms.iter().map(|t| (t.slug.as_str(), t.forms.join("|"))).collect();
        assert_eq!(terms, [("e-vero", "è veri|È vero|EV".to_owned()), ("programma", "programma".to_owned())]);
    }

    #[test]
    fn a_term_twice_or_without_definition_is_named() {
        let file = SourceFile::new(
            "glossary.yaml",
            "terms:\n- {term: a b, definition: x}\n- {term: A-B, definition: y}\n- {term: c}\n",
        );
        let messages: Vec<_> =
            Glossary::load(&file, &Acts::default()).1.into_iter().map(|d| d.message.en).collect();
        assert_eq!(messages, ["the key `definition` is missing", "the term `A-B` is there twice"]);
    }
}
