//! `[[target]]`: an id, a citation, a term or a title.

use crate::act::{Address, cite};
use crate::diagnostic::{Code, Diagnostic, Text, nearest_many};
use crate::say;

use super::path::{self, problem};
use super::{Index, Target};

/// What a name means. Ids come first: they are made to be unambiguous; then citations, terms and titles.
pub(super) fn resolve(name: &str, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let name = name.trim();
    let (id, anchor) = name.split_once('#').map_or((name, None), |(id, anchor)| (id, Some(anchor)));
    if let Some(target) = index.id(id) {
        return match anchor {
            Some(anchor) => heading_of(target, anchor, index),
            None => Ok(target.clone()),
        };
    }
    if let Some(other) = index.ids().find(|known| known.eq_ignore_ascii_case(id)) {
        return Err(problem(
            Code::WrongCase,
            say!("`{id}` differisce dall'identificativo solo per maiuscole e minuscole"; "`{id}` differs from the id only in upper and lower case"),
            Some(say!("scrivi `[[{other}]]`"; "write `[[{other}]]`")),
        ));
    }
    if let Some(citation) = citation(name, index) {
        return citation;
    }
    let terms = index.terms(name).into_iter().map(Target::Term);
    let found: Vec<_> = terms.chain(index.titled(name).iter().copied().map(Target::Document)).collect();
    match found.as_slice() {
        [] => Err(unknown(name, index)),
        [only] => Ok(only.clone()),
        many => Err(ambiguous(name, many, index)),
    }
}

/// What a name in metadata means: the same, and the help names it as metadata do, without brackets.
pub(super) fn resolve_value(name: &str, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let plain = |text: String| text.replace("`[[", "`").replace("]]`", "`");
    resolve(name, index).map_err(|mut problem| {
        problem.help = problem.help.map(|help| Text { it: plain(help.it), en: plain(help.en) });
        problem
    })
}

/// Whether a name that could not be resolved may well be in a file that could not be read.
pub(super) fn may_be_unread(problem: &Diagnostic, name: &str, index: Index<'_>) -> bool {
    let unread = &index.handbook.unread;
    let is_unknown = problem.code == Code::UnknownTarget;
    unread.may_cause(problem.code) || (is_unknown && (unread.may_define(name) || unread.may_cite(name)))
}

fn heading_of(target: &Target, anchor: &str, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let document = target.document().and_then(|number| Some((number, index.handbook.documents.get(number)?)));
    match document {
        Some((number, _)) => path::heading(number, anchor, index),
        None => Err(problem(
            Code::BrokenAnchor,
            say!("la pagina non ha un punto `#{anchor}`"; "the page has no place `#{anchor}`"),
            None,
        )),
    }
}

/// A name that reads as a citation; one of a place that the act lacks is an error that says what it has.
fn citation(name: &str, index: Index<'_>) -> Option<Result<Target, Box<Diagnostic>>> {
    let starts_as_one = ["art", "§", "reg"].iter().any(|start| name.to_lowercase().starts_with(start));
    match cite(name, &index.handbook.acts) {
        Ok(addresses) => match addresses.as_slice() {
            [] => None,
            [address] => Some(Ok(Target::Address(address.clone()))),
            [first, ..] => Some(Err(several_places(name, first, index))),
        },
        Err(problems) if starts_as_one => {
            let first = problems.into_iter().find(|problem| problem.code != Code::InvalidCitation)?;
            Some(Err(Box::new(first.into_diagnostic())))
        }
        Err(_) => None,
    }
}

/// A link has one end: a range or a list of articles needs one for each.
fn several_places(name: &str, first: &Address, index: Index<'_>) -> Box<Diagnostic> {
    let one = index.handbook.citation_to_write(first);
    problem(
        Code::AmbiguousTarget,
        say!("`{name}` indica più luoghi, e un collegamento porta a uno solo"; "`{name}` names several places, and a link leads to one"),
        Some(
            say!("scrivi un collegamento per ciascuno, a cominciare da `[[{one}]]`"; "write a link for each, beginning with `[[{one}]]`"),
        ),
    )
}

fn unknown(name: &str, index: Index<'_>) -> Box<Diagnostic> {
    let near = nearest_many(name, index.ids().chain(index.words()), 3);
    let near = near.into_iter().map(|name| format!("`[[{name}]]`")).collect::<Vec<_>>().join(", ");
    let help = if near.is_empty() {
        say!("scrivi un identificativo (`LG-04`), una citazione (`art. 5`), un termine del glossario o un titolo"; "write an id (`LG-04`), a citation (`art. 5`), a term of the glossary or a title")
    } else {
        say!("forse intendevi {near}"; "did you mean {near}?")
    };
    problem(
        Code::UnknownTarget,
        say!("non c'è nulla che si chiami `{name}`"; "there is nothing called `{name}`"),
        Some(help),
    )
}

fn ambiguous(name: &str, found: &[Target], index: Index<'_>) -> Box<Diagnostic> {
    let documents = &index.handbook.documents;
    let names: Vec<_> = found
        .iter()
        .filter_map(|target| match target {
            Target::Term(number) => {
                index.handbook.glossary.terms.get(*number).map(|term| format!("`[[{}]]`", term.name))
            }
            other => documents.get(other.document()?).map(|document| match &document.front.id {
                Some((id, _)) => format!("`[[{id}]]`"),
                None => format!("`{}`", document.path),
            }),
        })
        .collect();
    let names = names.join(", ");
    problem(
        Code::AmbiguousTarget,
        say!("`{name}` può voler dire più cose"; "`{name}` can mean several things"),
        Some(say!("scegli tra {names}"; "choose among {names}")),
    )
}
