//! What others take hold of a page by: previews of links, other languages, news, the source, a place to tell problems.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{Document, Placeholder};

use super::super::headers::{POLICY_IN_PAGE, REFERRER};
use super::super::hrefs::{Hrefs, NOT_FOUND};
use super::super::page::Page;
use super::super::translations::translations;
use super::edition::is_hidden;

/// The handles of a page.
#[derive(Debug, Serialize)]
pub(super) struct HandlesView {
    /// The Content Security Policy, for hosts that set no headers.
    policy: &'static str,
    /// The policy on what other sites learn of the page a reader comes from.
    referrer: &'static str,
    /// Whether search engines should pass over the page.
    pub(super) is_hidden: bool,
    /// Where a page that has moved leads on to by itself.
    pub(super) refresh: Option<String>,
    icon_type: &'static str,
    /// `article` or `website`, in the words of Open Graph.
    kind: &'static str,
    locale: &'static str,
    modified: Option<String>,
    image: Option<ImageView>,
    /// The page in each language, and the one for all other languages; empty where it has one language only.
    languages: Vec<LanguageView>,
    /// The feed of the page's language.
    feed: Option<String>,
    /// The Markdown of the page.
    markdown: Option<String>,
    /// Where the page's source is changed.
    edit: Option<String>,
    /// Where its problems are told.
    report: Option<String>,
}

/// The picture beside a link to the site; its address is whole, as those who show it ask.
#[derive(Debug, Serialize)]
struct ImageView {
    url: String,
    description: String,
}

/// The page in a language.
#[derive(Debug, Serialize)]
struct LanguageView {
    /// A tag, or `x-default`.
    tag: &'static str,
    /// The language in its own words; null for `x-default`.
    name: Option<String>,
    href: String,
    /// The same, whole where the site's address is known: search engines want it so.
    url: String,
    /// Whether it is the page itself.
    current: bool,
}

impl HandlesView {
    pub(super) fn new(hrefs: Hrefs<'_>, title: &str, lang: Lang) -> Self {
        let volume = hrefs.volume;
        let page = volume.pages.get(hrefs.from);
        let document = match page {
            Some(Page::Document(number)) => volume.handbook.documents.get(*number),
            Some(_) | None => None,
        };
        let handles = &volume.handbook.config.handles;
        let is_there = hrefs.from.as_str() != NOT_FOUND;
        let source = page.and_then(|page| source(hrefs, page));
        let feed = volume.pages.feed(lang);
        let markdown = document.map(|document| volume.pages.markdown(document));
        let is_home = document.is_some_and(|document| document.address.is_empty());
        let address = address(hrefs);
        Self {
            policy: POLICY_IN_PAGE,
            referrer: REFERRER,
            is_hidden: !is_there || document.is_some_and(Document::is_draft) || is_hidden(volume),
            refresh: None,
            icon_type: icon_type(hrefs),
            kind: if document.is_some() && !is_home { "article" } else { "website" },
            locale: locale(lang),
            modified: document.and_then(|document| document.front.updated).map(|day| day.to_string()),
            image: image(hrefs),
            languages: page.map(|page| languages(hrefs, page)).unwrap_or_default(),
            feed: volume.pages.get(&feed).map(|_| hrefs.to(&feed)),
            markdown: markdown.filter(|path| volume.pages.get(path).is_some()).map(|path| hrefs.to(&path)),
            edit: handles
                .edit_url
                .as_ref()
                .zip(source.as_deref())
                .map(|(template, source)| template.fill(|_| source)),
            report: handles.report_url.as_ref().filter(|_| is_there).map(|template| {
                template.fill(|placeholder| match placeholder {
                    Placeholder::Path => source.as_deref().unwrap_or(""),
                    Placeholder::Address => &address,
                    Placeholder::Title => title,
                    Placeholder::Id => "",
                })
            }),
        }
    }
}

/// The page's own address: whole where the site's is known, else from the site's root.
fn address(hrefs: Hrefs<'_>) -> String {
    format!("{}{}", hrefs.volume.base_url.as_deref().unwrap_or("/"), hrefs.from.url())
}

/// The file that a page is made of, relative to the handbook. Pages that are made of many files have none.
fn source(hrefs: Hrefs<'_>, page: &Page) -> Option<String> {
    let handbook = &hrefs.volume.handbook;
    let act = |number: usize| handbook.acts.iter().nth(number).map(|act| act.place.file.name().to_owned());
    match page {
        Page::Document(number) => {
            handbook.documents.get(*number).map(|document| document.path.as_str().to_owned())
        }
        Page::Act(number) | Page::WholeAct(number) | Page::Article { act: number, .. } => act(*number),
        Page::Glossary | Page::Term(_) => Some("glossary.yaml".to_owned()),
        Page::ActivityLines => Some("activity-lines.yaml".to_owned()),
        Page::Section(_)
        | Page::Acts
        | Page::DataIndex
        | Page::Data(_)
        | Page::Coverage
        | Page::Cycle
        | Page::Concerns
        | Page::Concern { .. }
        | Page::Filter
        | Page::AnalyticIndex
        | Page::Search
        | Page::Print
        | Page::Changes
        | Page::Editions
        | Page::EditionsFeed
        | Page::Departed(_)
        | Page::Kept(_)
        | Page::NotFound
        | Page::Sitemap
        | Page::Robots
        | Page::Feed(_)
        | Page::Llms
        | Page::Markdown(_)
        | Page::Host(_)
        | Page::Asset(_)
        | Page::File(_) => None,
    }
}

fn icon_type(hrefs: Hrefs<'_>) -> &'static str {
    let handles = &hrefs.volume.handbook.config.handles;
    let end = handles.icon.as_ref().and_then(|icon| icon.text.rsplit_once('.'));
    match end.map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some(_) | None => "image/svg+xml",
    }
}

/// In the form of Open Graph: a language with a country.
fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::It => "it_IT",
        Lang::En => "en_GB",
    }
}

fn image(hrefs: Hrefs<'_>) -> Option<ImageView> {
    let volume = hrefs.volume;
    let image = volume.handbook.config.handles.image.as_ref()?;
    let (path, _) = volume.pages.of_target(volume.links.setting(&image.file)?, &volume.handbook)?;
    Some(ImageView {
        url: format!("{}{}", volume.base_url.as_ref()?, path.url()),
        description: image.description.clone(),
    })
}

fn languages(hrefs: Hrefs<'_>, page: &Page) -> Vec<LanguageView> {
    let volume = hrefs.volume;
    let view = |tag, name: Option<&str>, path| LanguageView {
        tag,
        name: name.map(str::to_owned),
        href: hrefs.to(path),
        url: match &volume.base_url {
            Some(base) => format!("{base}{}", path.url()),
            None => hrefs.to(path),
        },
        current: path == hrefs.from,
    };
    let found = translations(volume, page);
    let own = |lang: Lang| volume.theme.strings(lang).get("language_name");
    let mut views: Vec<_> =
        found.iter().map(|(lang, path)| view(lang.tag(), Some(own(*lang)), path)).collect();
    let default = volume.handbook.config.default_language();
    let other = found.iter().find(|(lang, _)| *lang == default);
    views.extend(other.map(|(_, path)| view("x-default", None, path)));
    views
}
