//! What became of what an earlier edition published: `aliases`, `moved_from` and `withdrawn`.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::markdown::slug;
use crate::say;
use crate::source::SourcePath;
use crate::yaml::{Decoder, Fields, Node};

use super::sections::{folder_address, slug_of_name};
use super::{Date, IdReference};

/// A former id or anchor, and what has taken its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The id or address that an earlier edition published.
    pub from: IdReference,
    /// The id in the document that now says so.
    pub to: IdReference,
}

/// Something that an earlier edition published and this one no longer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Its id or address.
    pub name: IdReference,
    /// Since when.
    pub date: Date,
    /// Why, for readers who come with an old address.
    pub reason: String,
    /// What they may read in its place.
    pub successor: Option<IdReference>,
}

impl Moved {
    pub(super) fn list(fields: &mut Fields<'_, '_>) -> Vec<Self> {
        let mut moved = Vec::new();
        for entry in fields.entries("moved_from") {
            let from = IdReference { text: entry.key.clone(), range: entry.key_range.clone() };
            let from = checked(from, Form::Anchor, fields.decoder());
            let to = entry.value.text(fields.decoder()).map(str::to_owned);
            let to = to.map(|text| IdReference::new((text, &entry.value)));
            moved.extend(from.zip(to).map(|(from, to)| Self { from, to }));
        }
        moved
    }
}

impl Withdrawal {
    pub(super) fn list(fields: &mut Fields<'_, '_>) -> Vec<Self> {
        let items = fields.list("withdrawn");
        items.iter().filter_map(|item| Self::decode(item, fields.decoder())).collect()
    }

    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let mut fields = Fields::of(node, decoder);
        fields.require("id");
        let name = fields.text_node("id").map(IdReference::new);
        let name = name.and_then(|name| checked(name, Form::Anchor, fields.decoder()));
        fields.require("date");
        let date = fields.node("date").and_then(|node| Date::decode(node, fields.decoder()));
        let reason = fields.required_text("reason");
        let successor = fields.text_node("successor").map(IdReference::new);
        fields.finish();
        Some(Self { name: name?, date: date?, reason: reason?, successor })
    }
}

/// The former addresses and ids of a document.
pub(super) fn aliases(fields: &mut Fields<'_, '_>) -> Vec<IdReference> {
    let names = IdReference::list(fields, "aliases");
    names.into_iter().filter_map(|name| checked(name, Form::Page, fields.decoder())).collect()
}

/// What a former name may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// An id, or the address of a page.
    Page,
    /// The same, or a place of a page.
    Anchor,
}

/// A former name that can have been one; another is reported.
fn checked(name: IdReference, form: Form, decoder: &mut Decoder) -> Option<IdReference> {
    let written = name.text.trim();
    let (page, anchor) = written.split_once('#').map_or((written, None), |(page, a)| (page, Some(a)));
    let help = if written.contains("://") {
        say!("scrivi solo il percorso: `linee-guida/vecchio-nome`"; "write the path only: `linee-guida/old-name`")
    } else if let Some(address) = address_of_file(page) {
        say!("scrivi l'indirizzo sul sito, e non il file: `{address}`"; "write the address on the site, and not the file: `{address}`")
    } else if !is_path(page) || anchor.is_some_and(|anchor| anchor.is_empty() || anchor.contains('/')) {
        form_help(form)
    } else if let (Some(anchor), Form::Page) = (anchor, form) {
        say!("un punto della pagina (`#{anchor}`) va in `moved_from`"; "a place of the page (`#{anchor}`) belongs into `moved_from`")
    } else {
        return Some(name);
    };
    let problem = Diagnostic::error(
        Code::InvalidValue,
        say!("`{written}` non è un identificativo né un indirizzo del sito"; "`{written}` is neither an id nor an address of the site"),
    );
    let place = crate::diagnostic::Place::range(decoder.file(), name.range);
    decoder.report(problem.at(place).help(help));
    None
}

/// Whether a text can be an id, the name of a term or a path; empty stands for the document's own page.
fn is_path(page: &str) -> bool {
    let page = page.trim_matches('/');
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['?', '\\']);
    page.is_empty() || page.split('/').all(is_part)
}

fn form_help(form: Form) -> Text {
    match form {
        Form::Page => {
            say!("scrivi un identificativo (`LG-12`) o un indirizzo (`linee-guida/vecchio-nome`)"; "write an id (`LG-12`) or an address (`linee-guida/old-name`)")
        }
        Form::Anchor => {
            say!("scrivi un identificativo (`LG-12.1`) o un indirizzo (`linee-guida/vecchio-nome#punto`)"; "write an id (`LG-12.1`) or an address (`linee-guida/old-name#place`)")
        }
    }
}

/// The address that a file of this name had on the site.
fn address_of_file(page: &str) -> Option<String> {
    let path = SourcePath::new(page.trim_matches('/')).ok()?;
    if !matches!(path.extension().as_str(), "md" | "markdown") {
        return None;
    }
    let folder = folder_address(&path.parent());
    let name = slug_of_name(path.stem());
    Some(if folder.is_empty() { name } else { format!("{folder}/{name}") })
}

impl IdReference {
    /// A former name in the one form in which names are compared: `/linee-guida/x/#a` is `linee-guida/x#a`; one that
    /// begins with `#` is of the page at `own`.
    pub fn former(&self, own: &str) -> String {
        let text = self.text.trim();
        match text.split_once('#') {
            None => text.trim_matches('/').to_owned(),
            Some(("", anchor)) => format!("{own}#{anchor}"),
            Some((page, anchor)) => format!("{}#{anchor}", page.trim_matches('/')),
        }
    }

    /// The id on the glossary's page that the name of a term has or had.
    pub fn term_slug(&self) -> String {
        let text = self.text.trim().trim_matches('/');
        let name = ["glossario", "glossary"]
            .iter()
            .find_map(|folder| text.strip_prefix(folder)?.strip_prefix(['/', '#']));
        slug(name.unwrap_or(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::yaml::read;

    fn named(text: &str) -> IdReference {
        IdReference { text: text.to_owned(), range: 0..0 }
    }

    #[test]
    fn slashes_around_an_address_make_no_other_name() {
        for (text, expected) in [
            ("LG-12", "LG-12"),
            ("/linee-guida/x/", "linee-guida/x"),
            ("/linee-guida/x/#a", "linee-guida/x#a"),
            ("#a", "own/page#a"),
        ] {
            assert_eq!(named(text).former("own/page"), expected);
        }
    }

    #[test]
    fn a_term_is_named_by_its_words_its_slug_or_its_address() {
        for text in [
            "Tavolo dei partner",
            "tavolo-dei-partner",
            "glossario/tavolo-dei-partner",
            "/glossary/tavolo-dei-partner/",
            "glossario#tavolo-dei-partner",
        ] {
            assert_eq!(named(text).term_slug(), "tavolo-dei-partner", "{text}");
        }
    }

    #[test]
    fn what_was_never_a_name_on_a_site_is_refused_with_what_to_write() {
        let refused = |yaml: &str| {
            let file = SourceFile::new("a.yaml", yaml);
            let (_, problems) =
                read(&file, |fields| (aliases(fields), Moved::list(fields), Withdrawal::list(fields)));
            problems.into_iter().map(|d| format!("{} {}", d.code, d.help.unwrap().en)).collect::<Vec<_>>()
        };
        assert_eq!(
            refused("aliases: [https://a.it/x, linee-guida/04-x.md, ../x, a//b, 'x#y', /x/]\n"),
            [
                "invalid-value write the path only: `linee-guida/old-name`",
                "invalid-value write the address on the site, and not the file: `linee-guida/x`",
                "invalid-value write an id (`LG-12`) or an address (`linee-guida/old-name`)",
                "invalid-value write an id (`LG-12`) or an address (`linee-guida/old-name`)",
                "invalid-value a place of the page (`#y`) belongs into `moved_from`",
            ]
        );
        assert_eq!(
            refused("moved_from: {'x#': LG-1, 'x/#y': LG-1, '#z': LG-1, LG-9: }\nwithdrawn: [{id: x?}]\n"),
            [
                "invalid-value write an id (`LG-12.1`) or an address (`linee-guida/old-name#place`)",
                "wrong-type write a value, or remove the key",
                "invalid-value write an id (`LG-12.1`) or an address (`linee-guida/old-name#place`)",
                "missing-key add a line `date: …`",
                "missing-key add a line `reason: …`",
            ]
        );
    }
}
