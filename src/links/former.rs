//! Former names: none is the name of something that is there, none is claimed twice, and what has taken the place of
//! one exists.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, nearest};
use crate::handbook::{Document, Handbook, IdReference, Withdrawal};
use crate::say;

use super::path::{self, problem};
use super::{Index, Target, wiki};

/// The folder of the glossary's pages, in whatever language they are.
const GLOSSARY: &str = "glossario";

/// Former names that cannot be told from another name.
pub(super) fn clashes(handbook: &Handbook) -> Vec<Diagnostic> {
    let claims = claims(handbook);
    if claims.is_empty() {
        return Vec::new();
    }
    let present = Present::of(handbook);
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut problems = Vec::new();
    for claim in claims {
        let key = claim.name.to_lowercase();
        if let Some(there) = present.find(&claim) {
            problems.push(still_there(&claim, there));
        } else if let Some(first) = first.get(&key) {
            problems.push(claimed_twice(&claim, first));
        } else {
            first.insert(key, claim.place);
        }
    }
    problems
}

/// Whether the handbook claims any.
pub(super) fn has_any(handbook: &Handbook) -> bool {
    !claims(handbook).is_empty()
}

/// A former name that the handbook claims.
struct Claim<'h> {
    /// In the form in which names are compared.
    name: String,
    value: &'h IdReference,
    place: Place,
    /// The document that claims it, whose anchors need no page before them.
    own: Option<&'h Document>,
    /// Whether it may be the name of a term without the glossary's address before it.
    is_term: bool,
}

fn claims(handbook: &Handbook) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    for document in &handbook.documents {
        let front = &document.front;
        let aliases = front.aliases.iter().map(|value| (value, false));
        let moved = front.moved_from.iter().map(|moved| (&moved.from, false));
        let withdrawn = front.withdrawn.iter().map(|withdrawal| (&withdrawal.name, true));
        for (value, is_term) in aliases.chain(moved).chain(withdrawn) {
            let (name, place) = (named(value, &document.address), document.place_at(value.range.clone()));
            claims.push(Claim { name, value, place, own: Some(document), is_term });
        }
    }
    if let Some(file) = &handbook.glossary.file {
        for value in handbook.glossary.terms.iter().flat_map(|term| &term.aliases) {
            let name = format!("{GLOSSARY}/{}", value.term_slug());
            claims.push(Claim {
                name,
                value,
                place: Place::range(file, value.range.clone()),
                own: None,
                is_term: false,
            });
        }
    }
    if let Some(file) = &handbook.config_file {
        for value in handbook.config.withdrawn.iter().map(|withdrawal| &withdrawal.name) {
            let place = Place::range(file, value.range.clone());
            claims.push(Claim { name: named(value, ""), value, place, own: None, is_term: true });
        }
    }
    claims
}

/// The name of a value; the pages of terms have one address in all languages.
fn named(value: &IdReference, own: &str) -> String {
    let name = value.former(own);
    let is_term = name.starts_with("glossario/") || name.starts_with("glossary/");
    if is_term { format!("{GLOSSARY}/{}", value.term_slug()) } else { name }
}

/// Every name of the handbook in lower case, each with its place where a file has one.
struct Present(HashMap<String, Option<Place>>);

impl Present {
    fn of(handbook: &Handbook) -> Self {
        let mut names = HashMap::new();
        for section in handbook.sections.all() {
            names.insert(section.address.to_lowercase(), None);
        }
        for (_, address) in handbook.files.iter() {
            names.insert(address.to_lowercase(), None);
        }
        for document in &handbook.documents {
            names.insert(document.address.to_lowercase(), Some(document.place()));
            if let Some((id, range)) = &document.front.id {
                names.insert(id.as_str().to_lowercase(), Some(document.place_at(range.clone())));
            }
            let chapter = &document.chapter;
            for heading in chapter.title.iter().chain(&chapter.headings) {
                let id = heading.id.as_str().to_lowercase();
                let place = document.place_at(heading.range.clone());
                names.insert(format!("{}#{id}", document.address.to_lowercase()), Some(place));
            }
            let opened = chapter.provisions.iter().filter_map(|p| chapter.headings.get(p.heading));
            for heading in opened {
                let place = document.place_at(heading.range.clone());
                names.insert(heading.id.as_str().to_lowercase(), Some(place));
            }
        }
        if let Some(file) = &handbook.glossary.file {
            for term in &handbook.glossary.terms {
                let place = Place::range(file, term.name_at.clone());
                names.insert(format!("{GLOSSARY}/{}", term.slug), Some(place));
            }
        }
        Self(names)
    }

    /// What has the name that is claimed as a former one.
    fn find(&self, claim: &Claim<'_>) -> Option<Option<&Place>> {
        let is_bare = !claim.value.text.contains(['/', '#']);
        let as_anchor = claim.own.filter(|_| is_bare).map(|own| format!("{}#{}", own.address, claim.name));
        let as_term = (is_bare && claim.is_term).then(|| format!("{GLOSSARY}/{}", claim.value.term_slug()));
        let names = std::iter::once(claim.name.clone()).chain(as_anchor).chain(as_term);
        names.filter_map(|name| self.0.get(&name.to_lowercase())).map(Option::as_ref).next()
    }
}

fn still_there(claim: &Claim<'_>, there: Option<&Place>) -> Diagnostic {
    let name = claim.value.text.trim();
    let problem = Diagnostic::error(
        Code::DuplicateId,
        say!("`{name}` non è un nome precedente: qualcosa si chiama ancora così"; "`{name}` is no former name: something is still called so"),
    )
    .at(claim.place.clone())
    .help(say!("togli la riga, oppure dai un altro nome a ciò che c'è"; "remove the line, or give what is there another name"));
    match there {
        Some(place) => problem.related(place.clone(), say!("si chiama così"; "this is called so")),
        None => problem,
    }
}

fn claimed_twice(claim: &Claim<'_>, first: &Place) -> Diagnostic {
    let name = claim.value.text.trim();
    Diagnostic::error(
        Code::DuplicateId,
        say!("il nome precedente `{name}` è già detto altrove"; "the former name `{name}` is already told elsewhere"),
    )
    .at(claim.place.clone())
    .help(say!("tieni una riga sola, quella di ciò che ne ha preso il posto"; "keep one line only, that of what has taken its place"))
    .related(first.clone(), say!("la prima volta è qui"; "the first time is here"))
}

/// The place of a document that its `moved_from` names.
pub(super) fn own_place(
    to: &IdReference,
    number: usize,
    document: &Document,
) -> Result<Target, Box<Diagnostic>> {
    let id = to.text.trim().trim_start_matches('#');
    let chapter = &document.chapter;
    if document.id().is_some_and(|own| own.as_str() == id) {
        return Ok(Target::Document(number));
    }
    if chapter.heading_with_id(id).is_some() {
        return Ok(path::target_of(number, document, id));
    }
    if chapter.paragraph_with_id(id).is_some() {
        return Ok(Target::Heading { document: number, anchor: id.to_owned() });
    }
    let headings = chapter.title.iter().chain(&chapter.headings).map(|heading| heading.id.as_str());
    let help = match nearest(id, headings.chain(document.id().map(crate::handbook::Id::as_str))) {
        Some(near) => did_you_mean(near),
        None => {
            say!("scrivi l'identificativo di un titolo di questo documento, oppure dichiaralo ritirato in `withdrawn`"; "write the id of a heading of this document, or declare it withdrawn in `withdrawn`")
        }
    };
    Err(problem(
        Code::BrokenAnchor,
        say!("questo documento non ha un punto `{id}`"; "this document has no place `{id}`"),
        Some(help),
    ))
}

/// The successors that withdrawals name.
pub(super) fn successors(withdrawn: &[Withdrawal]) -> impl Iterator<Item = &IdReference> {
    withdrawn.iter().filter_map(|withdrawal| withdrawal.successor.as_ref())
}

/// What a reader may read in the place of something withdrawn: a page of the handbook or a place of one, by any of its
/// names.
pub(super) fn successor(value: &IdReference, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let target = match wiki::resolve_value(&value.text, index) {
        Ok(target) => target,
        Err(problem) => at_address(value, index).ok_or(problem)?,
    };
    match target {
        Target::Document(_)
        | Target::Heading { .. }
        | Target::Provision { .. }
        | Target::Section(_)
        | Target::Term(_) => Ok(target),
        Target::Address(_)
        | Target::Act(_)
        | Target::Glossary
        | Target::ActivityLines
        | Target::File(_)
        | Target::External(_) => {
            let text = &value.text;
            Err(problem(
                Code::UnfitTarget,
                say!("`{text}` non è una pagina del manuale"; "`{text}` is no page of the handbook"),
                Some(
                    say!("scrivi l'identificativo di ciò che ne ha preso il posto; un articolo va in `reason`"; "write the id of what has taken its place; an article belongs into `reason`"),
                ),
            ))
        }
    }
}

fn at_address(value: &IdReference, index: Index<'_>) -> Option<Target> {
    let handbook = index.handbook;
    let name = named(value, "");
    if let Some(slug) = name.strip_prefix(GLOSSARY).and_then(|rest| rest.strip_prefix('/')) {
        return handbook.glossary.terms.iter().position(|term| term.slug == slug).map(Target::Term);
    }
    let (page, anchor) = name.split_once('#').map_or((name.as_str(), None), |(page, a)| (page, Some(a)));
    let document = handbook.documents.iter().position(|document| document.address == page);
    match (document, anchor) {
        (Some(number), Some(anchor)) => path::heading(number, anchor, index).ok(),
        (Some(number), None) => Some(Target::Document(number)),
        (None, Some(_)) => None,
        (None, None) => {
            handbook.sections.all().iter().position(|section| section.address == page).map(Target::Section)
        }
    }
}
