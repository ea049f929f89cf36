//! The problems of many pages.

use crate::diagnostic::{self, Code, Diagnostic};
use crate::say;

/// Sorts what went wrong on all pages. A slip in a template comes out once, with the first page that met it: told for
/// every page, it would bury the others.
pub fn gather(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostic::sort(&mut found);
    let mut gathered: Vec<(Diagnostic, usize)> = Vec::new();
    for problem in found {
        match gathered.iter_mut().rev().find(|(first, _)| is_same_slip(first, &problem)) {
            Some((_, more)) => *more += 1,
            None => gathered.push((problem, 0)),
        }
    }
    gathered.into_iter().map(|(problem, more)| with_more_pages(problem, more)).collect()
}

/// Whether two pages met the same slip: only the page that each message names differs.
fn is_same_slip(first: &Diagnostic, other: &Diagnostic) -> bool {
    let is_of_templates = matches!(first.code, Code::Template | Code::MissingTemplate);
    is_of_templates && first.code == other.code && first.place == other.place && first.help == other.help
}

fn with_more_pages(mut problem: Diagnostic, more: usize) -> Diagnostic {
    if let Some(help) = problem.help.as_mut().filter(|_| more > 0) {
        let after = match more {
            1 => say!("; così è anche per un'altra pagina"; "; one more page has the same problem"),
            _ => say!("; così è anche per altre {more} pagine"; "; {more} more pages have the same problem"),
        };
        help.it.push_str(&after.it);
        help.en.push_str(&after.en);
    }
    problem
}
