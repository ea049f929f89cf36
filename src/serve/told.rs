//! What is new among problems, so that the terminal says each of them once.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};

/// How one state differs from the one before.
pub(super) struct Difference {
    /// The problems that were not there.
    pub(super) new: Vec<Diagnostic>,
    /// Whether others are no longer there.
    pub(super) mended: bool,
}

impl Difference {
    /// Whether there is any.
    pub(super) fn is_one(&self) -> bool {
        self.mended || !self.new.is_empty()
    }
}

/// What a problem is known by: its line may have moved since.
type Mark<'a> = (Code, &'a str, &'a str, &'a str);

/// Compares the problems of two states.
pub(super) fn difference(before: &[Diagnostic], after: &[Diagnostic]) -> Difference {
    let mut known: HashMap<Mark<'_>, usize> = HashMap::new();
    for diagnostic in before {
        *known.entry(mark(diagnostic)).or_default() += 1;
    }
    let mut new = Vec::new();
    for diagnostic in after {
        match known.get_mut(&mark(diagnostic)) {
            Some(left @ 1..) => *left -= 1,
            Some(0) | None => new.push(diagnostic.clone()),
        }
    }
    Difference { new, mended: known.values().any(|left| *left > 0) }
}

fn mark(diagnostic: &Diagnostic) -> Mark<'_> {
    let place = diagnostic.place.as_ref();
    let file = place.map_or("", |place| place.file.name());
    let words = place.and_then(|place| place.file.text().get(place.range.clone()?)).unwrap_or("");
    (diagnostic.code, &diagnostic.message.it, file, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, SourceFile};
    use crate::say;

    fn at(text: &str, words: &str) -> Diagnostic {
        let file = SourceFile::new("a.md", text);
        let start = text.find(words).unwrap();
        Diagnostic::error(Code::BrokenLink, say!("rotto"; "broken"))
            .at(Place::range(&file, start..start + words.len()))
    }

    #[test]
    fn a_problem_that_has_only_moved_is_not_new() {
        let difference = difference(&[at("x y", "x")], &[at("sopra\n\nx y", "x")]);
        assert_eq!(difference.new, []);
        assert!(!difference.is_one());
    }

    #[test]
    fn one_more_of_the_same_is_new_and_one_less_is_mended() {
        let one = at("x y", "x");
        let more = difference(std::slice::from_ref(&one), &[one.clone(), one.clone()]);
        assert_eq!((more.new, more.mended), (vec![one.clone()], false));
        let less = difference(&[one.clone(), one.clone()], &[one]);
        assert_eq!((less.new, less.mended), (vec![], true));
    }

    #[test]
    fn another_in_its_place_is_new() {
        let found = difference(&[at("x y", "x")], &[at("x y", "y")]);
        assert_eq!((found.new, found.mended), (vec![at("x y", "y")], true));
    }
}
