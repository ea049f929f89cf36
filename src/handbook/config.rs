//! `handbook.yaml`. Every key has a default: a folder of Markdown without the file is a handbook too.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Lang, SourceFile};
use crate::say;
use crate::yaml::{Decoder, Fields, Node, read, unknown_language};

use super::collections::{self, Collection};
use super::{
    Colour, EditionSettings, Font, Funding, Handles, IdReference, LegalLink, LintLevels, Profile, Withdrawal,
    legal,
};

/// The handbook's settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// The title of the whole; without it, the home page's title.
    pub title: Option<String>,
    /// One sentence on what the handbook is, for search engines.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The languages; the first is that of the pages outside a language's own folder.
    pub languages: Vec<Lang>,
    /// Where the site will be, with a final `/`; without it there is no site map.
    pub base_url: Option<String>,
    /// Under which licence the content may be reused.
    pub licence: Option<Licence>,
    /// A sentence shown on every page, such as that this is a demonstration.
    pub notice: Option<String>,
    /// Links at the foot of every page: legal notes, accessibility, privacy.
    pub legal: Vec<LegalLink>,
    /// The acts in their order; the first is the default of every citation. `None`: all of `acts/`, by name.
    pub acts: Option<Vec<IdReference>>,
    /// Which top folder holds which kind of document.
    pub collections: Vec<Collection>,
    /// Whether quotes and dashes are made typographic.
    pub typography: bool,
    /// Whether citations in prose become links, and are checked; a document may say otherwise.
    pub link_citations: bool,
    /// Whether a term's first use under a heading becomes a link; a document may say otherwise.
    pub link_terms: bool,
    /// Whether the headings of guidelines are numbered; a document may say otherwise.
    pub numbered_headings: bool,
    /// Whether there is a page with the whole handbook; `None` leaves it to the handbook's size.
    pub print_page: Option<bool>,
    /// The acronyms that every reader knows.
    pub known_acronyms: Vec<String>,
    /// How strictly each rule is held.
    pub lints: LintLevels,
    /// The theme; without it, the one inside the program.
    pub theme: Option<IdReference>,
    /// The places of acts that no guideline has to implement.
    pub exemptions: Vec<Exemption>,
    /// What earlier editions published and this one no longer has.
    pub withdrawn: Vec<Withdrawal>,
    /// Whose obligations the handbook is held to.
    pub profile: Option<Profile>,
    /// Who has paid for it.
    pub funding: Option<Funding>,
    /// The colour of the site, and where the settings name it.
    pub primary_color: Option<(Colour, Range<usize>)>,
    /// The letters that the handbook brings.
    pub font: Option<Font>,
    /// Pictures, and where pages are changed and reported.
    pub handles: Handles,
    /// Where editions are kept, and where this text stands in its life.
    pub editions: EditionSettings,
}

/// Places that no guideline has to implement, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// Citations of the places.
    pub articles: Vec<IdReference>,
    /// Why.
    pub reason: String,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Its name, such as `CC BY 4.0`.
    pub name: String,
    /// Where its text is.
    pub url: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            publisher: None,
            languages: vec![Lang::It],
            base_url: None,
            licence: None,
            notice: None,
            legal: Vec::new(),
            acts: None,
            collections: collections::standard(),
            typography: false,
            link_citations: true,
            link_terms: true,
            numbered_headings: true,
            print_page: None,
            known_acronyms: Vec::new(),
            lints: LintLevels::default(),
            theme: None,
            exemptions: Vec::new(),
            withdrawn: Vec::new(),
            profile: None,
            funding: None,
            primary_color: None,
            font: None,
            handles: Handles::default(),
            editions: EditionSettings::default(),
        }
    }
}

impl Config {
    /// The language of the pages outside a language's own folder.
    pub fn default_language(&self) -> Lang {
        self.languages.first().copied().unwrap_or_default()
    }

    /// Reads `handbook.yaml`; `None` where it cannot be read.
    pub fn load(file: &SourceFile) -> (Option<Self>, Vec<Diagnostic>) {
        read(file, Self::decode)
    }

    fn decode(fields: &mut Fields<'_, '_>) -> Self {
        let (legal, roles) = legal::decode(fields);
        Self {
            title: fields.text("title"),
            description: fields.text("description"),
            publisher: fields.text("publisher"),
            languages: languages(fields),
            base_url: fields
                .text_node("base_url")
                .and_then(|(url, node)| base_url(&url, node, fields.decoder())),
            licence: fields.node("licence").and_then(|node| licence(node, fields.decoder())),
            notice: fields.text("notice"),
            legal,
            acts: fields.node("acts").is_some().then(|| IdReference::list(fields, "acts")),
            collections: match fields.node("collections") {
                Some(node) => collections::decode(node, fields.decoder()),
                None => collections::standard(),
            },
            typography: fields.boolean("typography", false),
            link_citations: fields.boolean("link_citations", true),
            link_terms: fields.boolean("link_terms", true),
            numbered_headings: fields.boolean("numbered_headings", true),
            print_page: fields.node("print_page").and_then(|node| node.boolean(fields.decoder())),
            known_acronyms: fields.texts("known_acronyms").into_iter().map(|(text, _)| text).collect(),
            lints: match fields.node("lints") {
                Some(node) => LintLevels::decode(node, fields.decoder()),
                None => LintLevels::default(),
            },
            theme: fields.text_node("theme").map(IdReference::new),
            exemptions: fields
                .list("not_applicable")
                .iter()
                .filter_map(|node| exemption(node, fields.decoder()))
                .collect(),
            withdrawn: Withdrawal::list(fields),
            profile: Profile::decode(fields, &roles),
            funding: fields.node("funding").and_then(|node| Funding::decode(node, fields.decoder())),
            primary_color: fields.node("primary_color").and_then(|node| {
                Colour::decode(node, fields.decoder()).map(|colour| (colour, node.range.clone()))
            }),
            font: fields.node("font").and_then(|node| Font::decode(node, fields.decoder())),
            handles: Handles::decode(fields),
            editions: match fields.node("editions") {
                Some(node) => EditionSettings::decode(node, fields.decoder()),
                None => EditionSettings::default(),
            },
        }
    }
}

fn languages(fields: &mut Fields<'_, '_>) -> Vec<Lang> {
    let mut languages = Vec::new();
    for (tag, node) in fields.texts("languages") {
        match Lang::parse(&tag) {
            Some(lang) if !languages.contains(&lang) => languages.push(lang),
            Some(_) => {}
            None => {
                let place = node.place(fields.decoder());
                fields.decoder().report(unknown_language(&tag).at(place));
            }
        }
    }
    if languages.is_empty() { vec![Lang::It] } else { languages }
}

/// A site's address must be absolute, and ends with `/` so that paths can follow.
fn base_url(url: &str, node: &Node, decoder: &mut Decoder) -> Option<String> {
    match clean_base_url(url) {
        Some(url) => Some(url),
        None => {
            let place = node.place(decoder);
            decoder.report(
                Diagnostic::error(Code::InvalidValue, say!("`{url}` non è l'indirizzo di un sito"; "`{url}` is not the address of a site"))
                    .at(place)
                    .help(say!("scrivi l'indirizzo intero: `https://esempio.it/vademecum/`"; "write the whole address: `https://example.org/handbook/`")),
            );
            None
        }
    }
}

/// An absolute http(s) URL with a final `/`; `None` for anything else.
pub(crate) fn clean_base_url(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host_is_there = !rest.is_empty() && !rest.starts_with('/');
    // What RFC 3986 knows no place for ends a line or a block of the files that hosts read.
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || r#"?#"<>\^`{|}"#.contains(c);
    let clean = !url.contains(is_foreign);
    (host_is_there && clean).then(|| format!("{}/", url.trim_end_matches('/')))
}

fn licence(node: &Node, decoder: &mut Decoder) -> Option<Licence> {
    let mut fields = Fields::of(node, decoder);
    fields.require("url");
    let (name, url) = (fields.required_text("name"), fields.url("url"));
    fields.finish();
    Some(Licence { name: name?, url: url? })
}

fn exemption(node: &Node, decoder: &mut Decoder) -> Option<Exemption> {
    let mut fields = Fields::of(node, decoder);
    fields.require("articles");
    let articles = IdReference::list(&mut fields, "articles");
    let reason = fields.required_text("reason");
    fields.finish();
    Some(Exemption { articles, reason: reason? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(yaml: &str) -> (Config, Vec<String>) {
        let (config, found) = Config::load(&SourceFile::new("handbook.yaml", yaml));
        (config.unwrap(), found.into_iter().map(|d| format!("{} {}", d.code, d.message.en)).collect())
    }

    #[test]
    fn an_empty_file_is_all_defaults() {
        let (config, found) = load("");
        assert_eq!((config.languages, found), (vec![Lang::It], vec![]));
        assert_eq!(config.collections.len(), 4);
    }

    #[test]
    fn every_wrong_setting_is_named_at_once() {
        let (_, found) = load(
            "titolo: x\nbase_url: esempio.it\nlanguages: [it, fr]\nlicence: {name: CC}\ntypography: si\n",
        );
        assert_eq!(
            found,
            [
                "invalid-value there is no language `fr`",
                "invalid-value `esempio.it` is not the address of a site",
                "missing-key the key `url` is missing",
                "invalid-value `si` is neither `true` nor `false`",
                "unknown-key unknown key `titolo`",
            ]
        );
    }

    #[test]
    fn a_base_url_always_ends_with_a_slash() {
        assert_eq!(clean_base_url("https://a.it/x").as_deref(), Some("https://a.it/x/"));
        assert_eq!(clean_base_url("https://a.it/x//").as_deref(), Some("https://a.it/x/"));
        for wrong in [
            "a.it",
            "https://",
            "https:///x",
            "ftp://a.it",
            "https://a.it/?q",
            "https://a it/",
            "https://a.it/{x}",
            "https://a.it/\u{1}",
        ] {
            assert_eq!(clean_base_url(wrong), None, "{wrong}");
        }
    }
}
