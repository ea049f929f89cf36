//! An address with places to fill in, page by page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::{Code, Diagnostic, Text, did_you_mean, nearest};
use crate::say;
use crate::yaml::Fields;

/// What RFC 3986 calls unreserved stays; all else is escaped, so that no title can end a parameter.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// In the path of an address, folders stay folders.
const PATH: &AsciiSet = &VALUE.remove(b'/');

/// What a page fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// The file that the page is made of, relative to the handbook; empty where there is none.
    Path,
    /// The page's own address.
    Address,
    /// The title of the page, or of the provision.
    Title,
    /// The id of the provision.
    Id,
}

impl Placeholder {
    fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Address => "address",
            Self::Title => "title",
            Self::Id => "id",
        }
    }
}

/// An address of another site with places that each page fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlTemplate {
    /// Each place with the text before it.
    places: Vec<(String, Placeholder)>,
    rest: String,
}

/// Where a page is changed, or where its problems are told.
pub(super) struct Rules {
    /// What may be filled in.
    pub(super) known: &'static [Placeholder],
    /// Whether the file must be: without it, every page leads to the same place.
    pub(super) needs_path: bool,
    /// Whether it may be a mailbox.
    pub(super) may_be_mail: bool,
}

/// Where a page is changed: an editor of the file.
pub(super) const EDIT: Rules = Rules { known: &[Placeholder::Path], needs_path: true, may_be_mail: false };
/// Where a problem is told: a form or a mailbox.
pub(super) const REPORT: Rules = Rules {
    known: &[Placeholder::Path, Placeholder::Address, Placeholder::Title],
    needs_path: false,
    may_be_mail: true,
};
/// Where a comment on a provision is left: a form or a mailbox.
pub(super) const COMMENT: Rules = Rules {
    known: &[Placeholder::Id, Placeholder::Address, Placeholder::Title],
    needs_path: false,
    may_be_mail: true,
};

impl UrlTemplate {
    /// The template under a key; a wrong one is reported.
    pub(super) fn decode(
        fields: &mut Fields<'_, '_>,
        text: Option<(String, &crate::yaml::Node)>,
        rules: &Rules,
    ) -> Option<Self> {
        let (text, node) = text?;
        match Self::parse(&text, rules) {
            Ok(template) => Some(template),
            Err((message, help)) => {
                let place = node.place(fields.decoder());
                fields.decoder().report(Diagnostic::error(Code::InvalidValue, message).at(place).help(help));
                None
            }
        }
    }

    fn parse(text: &str, rules: &Rules) -> Result<Self, (Text, Text)> {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        let is_mail = rules.may_be_mail && text.starts_with("mailto:");
        if !is_web && !is_mail {
            let help = match rules.may_be_mail {
                true => {
                    say!("scrivi l'indirizzo da `https://` o `mailto:` in poi"; "write the address from `https://` or `mailto:` on")
                }
                false => {
                    say!("scrivi l'indirizzo da `https://` in poi"; "write the address from `https://` on")
                }
            };
            return Err((
                say!("`{text}` non è un indirizzo intero"; "`{text}` is not a whole address"),
                help,
            ));
        }
        if let Some(wrong) = text.chars().find(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>')) {
            let escaped = utf8_percent_encode(wrong.encode_utf8(&mut [0; 4]), VALUE).to_string();
            return Err((
                say!("`{wrong}` non può stare in un indirizzo"; "`{wrong}` cannot stand in an address"),
                say!("scrivi `{escaped}` al suo posto"; "write `{escaped}` in its place"),
            ));
        }
        let template = Self::of_parts(text, rules.known)?;
        if rules.needs_path && !template.has(Placeholder::Path) {
            let folder = text.trim_end_matches('/');
            return Err((
                say!("manca `{{path}}`: ogni pagina porterebbe allo stesso posto"; "`{{path}}` is missing: every page would lead to the same place"),
                say!("scrivi dove va il file, per esempio `{folder}/{{path}}`"; "write where the file goes, for example `{folder}/{{path}}`"),
            ));
        }
        Ok(template)
    }

    fn of_parts(text: &str, known: &'static [Placeholder]) -> Result<Self, (Text, Text)> {
        let mut template = Self { places: Vec::new(), rest: String::new() };
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { return Err(unclosed(known)) };
            let Some(placeholder) = known.iter().find(|known| known.name() == name) else {
                return Err(unknown(name, known));
            };
            template.places.push((before.to_owned(), *placeholder));
            rest = after;
        }
        rest.clone_into(&mut template.rest);
        Ok(template)
    }

    /// Whether a page fills this in.
    pub fn has(&self, placeholder: Placeholder) -> bool {
        self.places.iter().any(|(_, known)| *known == placeholder)
    }

    /// The address for one page, by what it says for each place; everything filled in is escaped.
    pub fn fill<'a>(&self, says: impl Fn(Placeholder) -> &'a str) -> String {
        let mut url = String::new();
        for (before, placeholder) in &self.places {
            url.push_str(before);
            // In a query or a mailbox's subject a slash is part of a value.
            let in_path = *placeholder == Placeholder::Path && !url.contains(['?', '#']);
            let escaped = if in_path { PATH } else { VALUE };
            url.extend(utf8_percent_encode(says(*placeholder), escaped));
        }
        url.push_str(&self.rest);
        url
    }
}

fn unclosed(known: &[Placeholder]) -> (Text, Text) {
    let known = listed(known);
    (
        say!("c'è una `{{` senza la sua `}}`"; "there is a `{{` without its `}}`"),
        say!("i segnaposto previsti qui sono {known}; una parentesi vera si scrive `%7B`"; "the placeholders known here are {known}; a real brace is written `%7B`"),
    )
}

fn unknown(name: &str, known: &[Placeholder]) -> (Text, Text) {
    let help = match nearest(name, known.iter().map(|known| known.name())) {
        Some(near) => did_you_mean(&format!("{{{near}}}")),
        None => {
            let known = listed(known);
            say!("i segnaposto previsti qui sono {known}"; "the placeholders known here are {known}")
        }
    };
    (say!("segnaposto sconosciuto `{{{name}}}`"; "unknown placeholder `{{{name}}}`"), help)
}

fn listed(known: &[Placeholder]) -> String {
    known.iter().map(|known| format!("`{{{}}}`", known.name())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, rules: &Rules) -> String {
        let template = UrlTemplate::parse(text, rules).unwrap();
        template.fill(|placeholder| match placeholder {
            Placeholder::Path => "linee guida/04 è.md",
            Placeholder::Address => "https://a.it/x/",
            Placeholder::Title => "Pari & dispari?",
            Placeholder::Id => "LG-04.1",
        })
    }

    #[test]
    fn what_a_page_fills_in_cannot_end_the_place_that_it_fills() {
        assert_eq!(
            filled("https://f.it/edit/main/{path}", &EDIT),
            "https://f.it/edit/main/linee%20guida/04%20%C3%A8.md"
        );
        assert_eq!(
            filled("https://f.it/new?file={path}&a={address}&t={title}#x", &REPORT),
            "https://f.it/new?file=linee%20guida%2F04%20%C3%A8.md&a=https%3A%2F%2Fa.it%2Fx%2F&t=Pari%20%26%20dispari%3F#x"
        );
        assert_eq!(
            filled("mailto:a@b.it?subject={title}", &REPORT),
            "mailto:a@b.it?subject=Pari%20%26%20dispari%3F"
        );
        assert_eq!(filled("https://f.it/segnala", &REPORT), "https://f.it/segnala");
    }

    #[test]
    fn a_wrong_template_says_what_belongs_there() {
        let wrong = |text: &str, rules: &Rules| {
            let (message, help) = UrlTemplate::parse(text, rules).unwrap_err();
            format!("{} ({})", message.en, help.en)
        };
        for (text, said) in [
            (
                "forge.it/{path}",
                "`forge.it/{path}` is not a whole address (write the address from `https://` on)",
            ),
            ("https://f.it/{paht}", "unknown placeholder `{paht}` (did you mean `{path}`?)"),
            (
                "https://f.it/{file}",
                "unknown placeholder `{file}` (the placeholders known here are `{path}`)",
            ),
            (
                "https://f.it/{path",
                "there is a `{` without its `}` (the placeholders known here are `{path}`; a real brace is written `%7B`)",
            ),
            (
                "https://f.it/edit/",
                "`{path}` is missing: every page would lead to the same place (write where the file goes, for example `https://f.it/edit/{path}`)",
            ),
            ("https://f.it/a b/{path}", "` ` cannot stand in an address (write `%20` in its place)"),
        ] {
            assert_eq!(wrong(text, &EDIT), said);
        }
        assert_eq!(
            wrong("tel:1", &REPORT),
            "`tel:1` is not a whole address (write the address from `https://` or `mailto:` on)"
        );
    }
}
