//! The links at the foot of every page, and what the law wants of them.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, Text, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Fields, Node};

use super::IdReference;
use super::vocabularies::bilingual;

/// A link at the foot of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalLink {
    /// Which of the links that a public body owes it is.
    pub role: Option<LegalRole>,
    /// What it says; `None` only where it has a role, and then the theme has the words.
    pub label: Option<Text>,
    /// A file of the handbook or a URL.
    pub target: IdReference,
}

/// What a link at the foot leads to, where that is one of the things that a public body has to offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegalRole {
    /// The statement on the site's accessibility (Directive (EU) 2016/2102, article 7).
    Accessibility,
    /// What becomes of readers' data (Regulation (EU) 2016/679, article 13).
    Privacy,
    /// Who answers for the site, and how its content may be used.
    LegalNotes,
    /// Where readers write what they found wrong or missing.
    Feedback,
}

impl LegalRole {
    /// Every role, in the order in which they are demanded.
    pub const ALL: [Self; 4] = [Self::Accessibility, Self::Privacy, Self::LegalNotes, Self::Feedback];

    /// The name in `handbook.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accessibility => "accessibility",
            Self::Privacy => "privacy",
            Self::LegalNotes => "legal-notes",
            Self::Feedback => "feedback",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// The links, and the roles that the settings give, be the rest of the entry right or wrong.
pub(super) fn decode(fields: &mut Fields<'_, '_>) -> (Vec<LegalLink>, Vec<LegalRole>) {
    let mut named: Vec<(LegalRole, Range<usize>)> = Vec::new();
    let nodes = fields.list("legal");
    let links = nodes.iter().filter_map(|node| link(node, fields.decoder(), &mut named)).collect();
    (links, named.into_iter().map(|(role, _)| role).collect())
}

fn link(node: &Node, decoder: &mut Decoder, named: &mut Vec<(LegalRole, Range<usize>)>) -> Option<LegalLink> {
    let mut fields = Fields::of(node, decoder);
    let written = fields.text_node("role");
    let has_role = fields.node("role").is_some();
    let role = written.and_then(|(name, node)| role(&name, node, fields.decoder(), named));
    if !has_role {
        fields.require("label");
    }
    let label = fields.node("label").and_then(|node| bilingual(node, fields.decoder()));
    fields.require("target");
    let target = fields.text_node("target");
    fields.finish();
    let (text, node) = target?;
    if let Some(role) = role
        && !is_fit(role, &text)
    {
        decoder.report(unfit(role, &text).at(node.place(decoder)));
        return None;
    }
    (role.is_some() || label.is_some()).then_some(LegalLink {
        role,
        label,
        target: IdReference::new((text, node)),
    })
}

/// The role that a text names. One that is misspelt counts as named: it is not missing, it is to be mended.
fn role(
    name: &str,
    node: &Node,
    decoder: &mut Decoder,
    named: &mut Vec<(LegalRole, Range<usize>)>,
) -> Option<LegalRole> {
    let role = LegalRole::parse(name);
    let near = nearest(name, LegalRole::ALL.map(LegalRole::name));
    let place = node.place(decoder);
    match role {
        None => decoder.report(unknown(name, near).at(place)),
        Some(role) => {
            if let Some((_, first)) = named.iter().find(|(other, _)| *other == role) {
                let first = Place::range(decoder.file(), first.clone());
                let again = Diagnostic::error(
                    Code::DuplicateKey,
                    say!("il ruolo `{name}` c'è già"; "the role `{name}` is there already"),
                )
                .at(place)
                .related(first, say!("il primo è questo"; "this is the first"))
                .help(say!("tieni una voce sola con questo ruolo"; "keep one entry with this role"));
                decoder.report(again);
            }
        }
    }
    if let Some(role) = role.or_else(|| near.and_then(LegalRole::parse)) {
        named.push((role, node.range.clone()));
    }
    role
}

fn unknown(name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => did_you_mean(near),
        None => {
            let all = LegalRole::ALL.map(LegalRole::name).join("`, `");
            say!("i ruoli sono `{all}`"; "the roles are `{all}`")
        }
    };
    Diagnostic::error(
        Code::UnknownValue,
        say!("`{name}` non è un ruolo di un collegamento"; "`{name}` is not a role of a link"),
    )
    .help(help)
}

/// Whether a target is a file of the handbook, which is checked later, or a safe address. Only who answers for
/// feedback may be reached by mail.
fn is_fit(role: LegalRole, target: &str) -> bool {
    if target.starts_with("//") {
        return false;
    }
    let Some((scheme, rest)) = target.split_once(':') else { return true };
    if scheme.contains(['/', '.', '#']) {
        return true;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        "mailto" => role == LegalRole::Feedback && is_mail(rest),
        _ => false,
    }
}

fn is_mail(address: &str) -> bool {
    let address = address.split('?').next().unwrap_or(address);
    address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !address.contains(char::is_whitespace)
    })
}

fn unfit(role: LegalRole, target: &str) -> Diagnostic {
    let message = say!("`{target}` non è un file del manuale né un indirizzo `https:`"; "`{target}` is neither a file of the handbook nor an `https:` address");
    let help = if role == LegalRole::Feedback {
        say!("scrivi un file del manuale, un indirizzo da `https://` in poi, o `mailto:` con una casella di posta"; "write a file of the handbook, an address from `https://` on, or `mailto:` with a mailbox")
    } else {
        say!("scrivi un file del manuale, o l'indirizzo da `https://` in poi"; "write a file of the handbook, or the address from `https://` on")
    };
    Diagnostic::error(Code::InvalidValue, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_safe_or_is_refused_and_a_mailbox_is_only_for_feedback() {
        use LegalRole::{Feedback, Privacy};
        for (role, target) in [
            (Privacy, "privacy.md"),
            (Privacy, "note.md#sezione:2"),
            (Privacy, "https://esempio.it/privacy"),
            (Feedback, "mailto:ufficio@esempio.it?subject=Manuale"),
        ] {
            assert!(is_fit(role, target), "{target}");
        }
        for (role, target) in [
            (Privacy, "http://esempio.it/privacy"),
            (Privacy, "//esempio.it/privacy"),
            (Privacy, "https:///privacy"),
            (Privacy, "mailto:ufficio@esempio.it"),
            (Feedback, "mailto:ufficio"),
            (Feedback, "tel:06123"),
            (Feedback, "javascript:alert(1)"),
        ] {
            assert!(!is_fit(role, target), "{target}");
        }
    }
}
