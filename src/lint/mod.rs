//! Rules: what a handbook should not do although nothing in it is broken.
//!
//! Each rule has its code, and the weight that `handbook.yaml` gives it; one that is turned off is silent.
//! The list of the rules is [`LintLevels::RULES`](crate::handbook::LintLevels::RULES).

mod acts;
mod documents;
mod glossary;
mod suspects;
mod text;

use crate::diagnostic::{self, Code, Diagnostic, Place, Text};
use crate::handbook::{Date, EditionNumber, Handbook};
use crate::links::Links;

/// Applies every rule; `editions` are those that were published, and `today` is the day against which dates of review are held, `None` holds none. A rule that
/// asks a file that could not be read is silent: its breaches would be that file's fault.
pub fn lint(
    handbook: &Handbook,
    links: &Links,
    editions: &[EditionNumber],
    today: Option<Date>,
) -> Vec<Diagnostic> {
    if handbook.unread.settings() {
        return Vec::new();
    }
    let mut linter = Linter { handbook, links, editions, today, found: Vec::new() };
    linter.acts();
    linter.documents();
    linter.suspects();
    linter.glossary();
    linter.texts();
    let mut found = linter.found;
    diagnostic::sort(&mut found);
    found
}

struct Linter<'h> {
    handbook: &'h Handbook,
    links: &'h Links,
    editions: &'h [EditionNumber],
    today: Option<Date>,
    found: Vec<Diagnostic>,
}

impl Linter<'_> {
    fn is_on(&self, rule: Code) -> bool {
        self.handbook.config.lints.severity(rule).is_some()
    }

    /// Reports a breach of a rule, as heavily as the handbook wants.
    fn report(&mut self, rule: Code, place: Place, message: Text, help: Text) {
        self.push(Diagnostic::warning(rule, message).at(place).help(help));
    }

    /// The same, for a breach that is told with other places.
    fn push(&mut self, breach: Diagnostic) {
        if let Some(severity) = self.handbook.config.lints.severity(breach.code) {
            self.found.push(Diagnostic { severity, ..breach });
        }
    }
}
