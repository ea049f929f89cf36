//! Documents that replace each other in a circle: then none of them holds.

use crate::diagnostic::{Code, Diagnostic};
use crate::handbook::Handbook;
use crate::say;

use super::Links;

/// One problem for each circle, at the first of its documents.
pub(super) fn circles(handbook: &Handbook, links: &Links) -> Vec<Diagnostic> {
    let next = |number: usize| {
        let successor = handbook.documents.get(number)?.front.superseded_by.as_ref()?;
        // Whatever else it names is no successor, and is told elsewhere.
        links.metadata(number, successor)?.document()
    };
    let mut problems = Vec::new();
    // Which walk came by a document: a walk that meets itself has found a circle.
    let mut walks: Vec<Option<usize>> = vec![None; handbook.documents.len()];
    for start in 0..handbook.documents.len() {
        let mut at = Some(start);
        while let Some(number) = at {
            match walks.get_mut(number) {
                Some(walk @ None) => *walk = Some(start),
                Some(Some(walk)) if *walk == start => {
                    problems.extend(circle(number, next, handbook));
                    break;
                }
                Some(Some(_)) | None => break,
            }
            at = next(number);
        }
    }
    problems
}

fn circle(member: usize, next: impl Fn(usize) -> Option<usize>, handbook: &Handbook) -> Option<Diagnostic> {
    let following = std::iter::successors(next(member), |number| next(*number));
    let mut members: Vec<usize> = following.take_while(|number| *number != member).chain([member]).collect();
    let first = members.iter().enumerate().min_by_key(|(_, number)| **number)?.0;
    members.rotate_left(first);
    let documents: Vec<_> = members.iter().filter_map(|number| handbook.documents.get(*number)).collect();
    let (document, others) = documents.split_first()?;
    let at = |document: &crate::handbook::Document| {
        let value = document.front.superseded_by.as_ref();
        value.map(|value| document.place_at(value.range.clone()))
    };
    let problem = Diagnostic::error(
        Code::UnfitTarget,
        say!("i documenti si sostituiscono in circolo, e nessuno vale"; "the documents replace each other in a circle, and none holds"),
    )
    .at(at(document)?)
    .help(say!("togli `superseded_by` dal documento che vale"; "remove `superseded_by` from the document that holds"));
    Some(others.iter().filter_map(|document| at(document)).fold(problem, |problem, place| {
        problem.related(place, say!("e questo da un altro ancora"; "and this one by yet another"))
    }))
}
