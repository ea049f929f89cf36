//! The profile of a handbook: what the law, and not the program, wants of its publisher.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;
use crate::yaml::{Decoder, Fields, Node};

use super::LegalRole;

/// A profile, and where the settings claim it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Which one.
    pub kind: ProfileKind,
    /// Where the value stands in `handbook.yaml`.
    pub range: Range<usize>,
}

/// The profiles that a handbook may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// A public body of Italy (`pa`, *pubblica amministrazione*).
    PublicBody,
}

impl Profile {
    /// The profile that the settings claim. What it demands and they do not say is reported, all of it at once;
    /// what they say wrongly is reported where it stands, and not here again.
    pub(super) fn decode(fields: &mut Fields<'_, '_>, roles: &[LegalRole]) -> Option<Self> {
        let (name, node) = fields.text_node("profile")?;
        let kind = kind(&name, node, fields.decoder())?;
        let ProfileKind::PublicBody = kind;
        let publisher = fields.node("publisher").is_none().then(no_publisher);
        let licence = fields.node("licence").is_none().then(no_licence);
        let missing = LegalRole::ALL.into_iter().filter(|role| !roles.contains(role)).map(no_link);
        let missing: Vec<_> = publisher.into_iter().chain(missing).chain(licence).collect();
        let place = node.place(fields.decoder());
        for problem in missing {
            fields.decoder().report(problem.at(place.clone()));
        }
        Some(Self { kind, range: node.range.clone() })
    }

    /// No document has a day, and so no page could say when it was last updated.
    pub(super) fn no_date(&self, file: &SourceFile) -> Diagnostic {
        incomplete(
            &say!("la data dell'ultimo aggiornamento: nessun documento ne ha una"; "the day of the last update: no document has one"),
            say!("aggiungi la data ai metadati di ogni documento, per esempio `updated: 2026-11-25`"; "add the day to the metadata of every document, for example `updated: 2026-11-25`"),
        )
        .at(Place::range(file, self.range.clone()))
    }
}

fn kind(name: &str, node: &Node, decoder: &mut Decoder) -> Option<ProfileKind> {
    if name == "pa" {
        return Some(ProfileKind::PublicBody);
    }
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(
            Code::UnknownValue,
            say!("non c'è un profilo `{name}`"; "there is no profile `{name}`"),
        )
        .at(place)
        .help(say!("scrivi `pa`, oppure togli la chiave"; "write `pa`, or remove the key")),
    );
    None
}

fn incomplete(what: &Text, help: Text) -> Diagnostic {
    let (it, en) = (&what.it, &what.en);
    let message = say!("al profilo `pa` manca {it}"; "the profile `pa` lacks {en}");
    Diagnostic::error(Code::ProfileIncomplete, message).help(help)
}

fn no_publisher() -> Diagnostic {
    incomplete(
        &say!("il nome di chi pubblica"; "the publisher's name"),
        say!("aggiungi la riga `publisher: nome dell'ente`"; "add the line `publisher: name of the body`"),
    )
}

fn no_licence() -> Diagnostic {
    let line = "licence: {name: CC BY 4.0, url: \"https://creativecommons.org/licenses/by/4.0/deed.it\"}";
    incomplete(
        &say!("la licenza dei contenuti"; "the licence of the content"),
        say!("aggiungi la licenza che l'ente ha scelto, per esempio `{line}`"; "add the licence that the body has chosen, for example `{line}`"),
    )
}

fn no_link(role: LegalRole) -> Diagnostic {
    let (what, file) = match role {
        LegalRole::Accessibility => (
            say!("il collegamento alla dichiarazione di accessibilità"; "the link to the accessibility statement"),
            "dichiarazione-di-accessibilita.md",
        ),
        LegalRole::Privacy => {
            (say!("il collegamento all'informativa privacy"; "the link to the privacy notice"), "privacy.md")
        }
        LegalRole::LegalNotes => {
            (say!("il collegamento alle note legali"; "the link to the legal notes"), "note-legali.md")
        }
        LegalRole::Feedback => {
            (say!("un recapito per le segnalazioni"; "an address for feedback"), "segnalazioni.md")
        }
    };
    let role = role.name();
    incomplete(
        &what,
        say!(
            "aggiungi sotto `legal:` la voce `- {{role: {role}, target: {file}}}`, con il tuo file o il tuo indirizzo";
            "add under `legal:` the entry `- {{role: {role}, target: {file}}}`, with your own file or address"
        ),
    )
}
