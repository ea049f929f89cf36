//! What a value of metadata may name: a successor is a document, a practice tries a provision.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::handbook::{Details, Document, Handbook, IdReference, Kind};
use crate::say;

use super::Target;
use super::path::problem;

/// What a value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `superseded_by`.
    Successor,
    /// `tests`, `supports`, `measures`.
    Rule,
    /// `provision` of a change.
    Changed,
    /// `because` of a change.
    Reason,
}

/// The values of a front matter that name something else, each with what it stands for.
pub(super) fn references_of(document: &Document) -> Vec<(Role, &IdReference)> {
    let mut all = Vec::new();
    all.extend(document.front.superseded_by.iter().map(|value| (Role::Successor, value)));
    for change in &document.front.changes {
        all.extend(change.provision.iter().map(|value| (Role::Changed, value)));
        all.extend(change.because.iter().map(|value| (Role::Reason, value)));
    }
    match &document.front.details {
        Details::Guideline | Details::Page => {}
        Details::Practice { trials } => all.extend(trials.iter().map(|trial| (Role::Rule, &trial.provision))),
        Details::Tool { supports: rules, .. } | Details::Indicator { measures: rules, .. } => {
            all.extend(rules.iter().map(|rule| (Role::Rule, rule)));
        }
    }
    all
}

impl Role {
    /// The target, where it is of the kind that the value must name; `own` is the document that has the value.
    pub(super) fn check(
        self,
        target: Target,
        value: &IdReference,
        own: usize,
        handbook: &Handbook,
    ) -> Result<Target, Box<Diagnostic>> {
        let of_kind = |kind| {
            let document = target.document().and_then(|number| handbook.documents.get(number));
            document.is_some_and(|document| document.kind() == kind)
        };
        let is_document = matches!(target, Target::Document(_));
        let is_rule = matches!(target, Target::Provision { .. }) || (is_document && of_kind(Kind::Guideline));
        let fits = match self {
            Self::Successor => is_document && target != Target::Document(own),
            Self::Rule => is_rule,
            Self::Changed => is_rule || target == Target::Document(own),
            Self::Reason => matches!(target, Target::Address(_) | Target::Act(_)) || of_kind(Kind::Practice),
        };
        if fits { Ok(target) } else { Err(self.unfit(&target, value, own, handbook)) }
    }

    fn unfit(self, target: &Target, value: &IdReference, own: usize, handbook: &Handbook) -> Box<Diagnostic> {
        let text = &value.text;
        let (message, help) = match self {
            Self::Successor if *target == Target::Document(own) => (
                say!("il documento non può sostituire sé stesso"; "a document cannot replace itself"),
                say!("scrivi l'identificativo del documento nuovo, oppure togli la riga"; "write the id of the new document, or remove the line"),
            ),
            Self::Successor => (
                say!("`{text}` non è un documento"; "`{text}` is not a document"),
                successor(target, handbook),
            ),
            Self::Rule | Self::Changed => (
                say!("`{text}` non è una linea guida né una disposizione"; "`{text}` is neither a guideline nor a provision"),
                rule(target, handbook),
            ),
            Self::Reason => (
                say!("`{text}` non è una pratica né un punto di un atto"; "`{text}` is neither a practice nor a place of an act"),
                reason(handbook),
            ),
        };
        problem(Code::UnfitTarget, message, Some(help))
    }
}

/// The document around a provision or a heading, else what belongs here.
fn successor(target: &Target, handbook: &Handbook) -> Text {
    let around = target.document().and_then(|number| handbook.documents.get(number)).and_then(Document::id);
    match around {
        Some(id) => say!("scrivi il documento intero: `{id}`"; "write the document as a whole: `{id}`"),
        None => say!("scrivi l'identificativo del documento nuovo"; "write the id of the new document"),
    }
}

fn rule(target: &Target, handbook: &Handbook) -> Text {
    if matches!(target, Target::Address(_)) {
        return say!("scrivi un identificativo; gli articoli di un atto vanno in `articles`"; "write an id; the articles of an act belong into `articles`");
    }
    match first_of(Kind::Guideline, handbook) {
        Some(id) => {
            say!("scrivi l'identificativo di una linea guida, per esempio `{id}`, o di una disposizione"; "write the id of a guideline, for example `{id}`, or of a provision")
        }
        None => {
            say!("togli la riga: il manuale non ha linee guida"; "remove the line: the handbook has no guideline")
        }
    }
}

fn reason(handbook: &Handbook) -> Text {
    match first_of(Kind::Practice, handbook) {
        Some(id) => {
            say!("scrivi una pratica, per esempio `{id}`, o una citazione fra virgolette; altri motivi vanno in `note`"; "write a practice, for example `{id}`, or a citation in quotes; other reasons belong into `note`")
        }
        None => {
            say!("scrivi una citazione fra virgolette; altri motivi vanno in `note`"; "write a citation in quotes; other reasons belong into `note`")
        }
    }
}

/// The first id of a document of this kind.
fn first_of(kind: Kind, handbook: &Handbook) -> Option<&crate::handbook::Id> {
    handbook.documents.iter().filter(|document| document.kind() == kind).find_map(Document::id)
}
