//! The pages of acts and articles: structure and titles from the act's data, who speaks of what, and the way
//! to the official text.

use serde::Serialize;

use crate::act::{Act, Address, Article, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::Date;
use crate::links::Target;

use super::super::hrefs::Hrefs;
use super::super::{Site, SitePath};
use super::citing::{CitingView, citing, citing_views};
use super::frame::{Frame, LinkView, PageInfo};
use super::linked;

/// What `acts.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ActsPage {
    frame: Frame,
    title: String,
    acts: Vec<ActSummary>,
}

#[derive(Debug, Serialize)]
struct ActSummary {
    /// As people say it.
    title: String,
    /// In full.
    full_title: String,
    href: String,
    articles: usize,
}

/// What `act.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ActPage {
    frame: Frame,
    title: String,
    full_title: String,
    citation: String,
    journal: Option<String>,
    in_force: Option<DateView>,
    celex: Option<String>,
    official: Option<String>,
    chapters: Vec<ChapterView>,
    /// What nobody has compared with the official text, in the words of who compared the rest.
    unverified: Vec<String>,
    /// The language of those words, where it is not the page's.
    notes_lang: Option<&'static str>,
    has_unverified_titles: bool,
    /// Whether the act has articles that the handbook does not list.
    partial: bool,
}

#[derive(Debug, Serialize)]
struct DateView {
    iso: String,
    words: String,
}

/// A chapter with its articles; an act without chapters has one without a number.
#[derive(Debug, Serialize)]
struct ChapterView {
    number: Option<String>,
    title: Option<String>,
    unverified: bool,
    articles: Vec<ArticleSummary>,
}

#[derive(Debug, Serialize)]
struct ArticleSummary {
    citation: String,
    title: Option<String>,
    unverified: bool,
    href: String,
    /// How many documents speak of it.
    documents: usize,
}

/// What `article.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ArticlePage {
    frame: Frame,
    title: String,
    /// `art. 5`.
    citation: String,
    /// `articolo 5 del regolamento …`.
    full_citation: String,
    heading: Option<String>,
    unverified: bool,
    chapter: Option<String>,
    note: Option<String>,
    /// The language of the note, where it is not the page's.
    notes_lang: Option<&'static str>,
    phases: Vec<String>,
    keywords: Vec<String>,
    official: Option<String>,
    /// Whether nobody has checked that the link to the single article works.
    official_unverified: bool,
    /// The official text of the whole act.
    official_act: Option<String>,
    places: Vec<PlaceView>,
    documents: Vec<CitingView>,
}

/// A place within an article.
#[derive(Debug, Serialize)]
struct PlaceView {
    id: String,
    /// From 1: paragraph, letter, point.
    depth: usize,
    citation: String,
    full_citation: String,
    documents: Vec<CitingView>,
}

/// The view of the list of acts.
pub(in crate::site) fn acts(site: &Site, path: &SitePath) -> ActsPage {
    let lang = site.handbook.config.default_language();
    let hrefs = Hrefs { site, from: path };
    let strings = site.theme.strings(lang);
    let title = strings.get("acts").to_owned();
    let info = PageInfo {
        title: &title,
        description: strings.get("acts_description"),
        lang,
        child: None,
        above: Vec::new(),
    };
    let summaries = site.handbook.acts.iter().map(|act| ActSummary {
        title: short_title(act, lang).to_owned(),
        full_title: act.title.in_lang(lang).to_owned(),
        href: hrefs.to(&site.pages.act(act.id.as_str())),
        articles: act.articles.len(),
    });
    let acts = summaries.collect();
    ActsPage { frame: Frame::new(site, path, info), title, acts }
}

/// The view of one act.
pub(in crate::site) fn act(site: &Site, path: &SitePath, act: &Act) -> ActPage {
    let lang = site.handbook.config.default_language();
    let hrefs = Hrefs { site, from: path };
    let title = short_title(act, lang).to_owned();
    let info = PageInfo {
        title: &title,
        description: act.title.in_lang(lang),
        lang,
        child: None,
        above: vec![acts_link(site, hrefs, lang)],
    };
    let chapters = chapters(hrefs, act, lang);
    let mut frame = Frame::new(site, path, info);
    frame.set_linked(linked::of_act(site, path, act, lang));
    ActPage {
        frame,
        title,
        full_title: act.title.in_lang(lang).to_owned(),
        citation: act.name(lang, Form::Full).to_owned(),
        journal: act
            .oj
            .as_ref()
            .and_then(|oj| oj.citation.as_ref())
            .map(|text| text.in_lang(lang).to_owned()),
        in_force: act
            .dates
            .in_force
            .as_deref()
            .and_then(Date::parse)
            .map(|date| DateView { iso: date.to_string(), words: date.in_words(lang) }),
        celex: act.celex.clone(),
        official: act.links.act(lang),
        partial: act.partial,
        has_unverified_titles: chapters
            .iter()
            .any(|c| c.unverified || c.articles.iter().any(|a| a.unverified)),
        chapters,
        unverified: act.verification.not_verified.clone(),
        notes_lang: act.notes_language.map(Lang::tag),
    }
}

fn chapters(hrefs: Hrefs<'_>, act: &Act, lang: Lang) -> Vec<ChapterView> {
    let mut chapters: Vec<ChapterView> = Vec::new();
    for article in &act.articles {
        let summary = summary(hrefs, act, article, lang);
        match chapters.last_mut().filter(|chapter| chapter.number == article.chapter) {
            Some(chapter) => chapter.articles.push(summary),
            None => {
                let known =
                    act.chapters.iter().find(|chapter| Some(&chapter.number) == article.chapter.as_ref());
                chapters.push(ChapterView {
                    number: article.chapter.clone(),
                    title: known.and_then(|c| c.title.as_ref()).map(|title| title.in_lang(lang).to_owned()),
                    unverified: known.is_some_and(|chapter| chapter.unverified.title(lang)),
                    articles: vec![summary],
                });
            }
        }
    }
    chapters
}

fn summary(hrefs: Hrefs<'_>, act: &Act, article: &Article, lang: Lang) -> ArticleSummary {
    let addresses = act.addresses_of(article);
    let whole = addresses.first();
    let mut documents: Vec<usize> =
        addresses.iter().flat_map(|address| citing(hrefs.site, address)).collect();
    documents.sort_unstable();
    documents.dedup();
    ArticleSummary {
        citation: whole.map(|address| act.format(address, Style::new(lang, Form::Short))).unwrap_or_default(),
        title: article.title.as_ref().map(|title| title.in_lang(lang).to_owned()),
        unverified: article.unverified.title(lang),
        href: whole.map(|address| hrefs.to_target(&Target::Address(address.clone()))).unwrap_or_default(),
        documents: documents.len(),
    }
}

/// The view of one article.
pub(in crate::site) fn article(
    site: &Site,
    path: &SitePath,
    act: &Act,
    number: usize,
) -> Option<ArticlePage> {
    let lang = site.handbook.config.default_language();
    let hrefs = Hrefs { site, from: path };
    let article = act.articles.get(number)?;
    let addresses = act.addresses_of(article);
    let (whole, places) = addresses.split_first()?;
    let citation = act.format(whole, Style::new(lang, Form::Short));
    let full_citation = act.format(whole, Style::new(lang, Form::Full).with_act());
    let heading = article.title.as_ref().map(|title| title.in_lang(lang).to_owned());
    let title = heading
        .as_ref()
        .map_or_else(|| citation.clone(), |heading| format!("{}: {heading}", capital(&citation)));
    let page_title = format!("{title} ({})", act.name(lang, Form::Short));
    let phases = &site.handbook.vocabularies.phases;
    let above = vec![
        acts_link(site, hrefs, lang),
        LinkView::new(short_title(act, lang), hrefs.to(&site.pages.act(act.id.as_str()))),
    ];
    let mut frame = Frame::new(
        site,
        path,
        PageInfo { title: &page_title, description: &full_citation, lang, child: None, above },
    );
    frame.set_linked(linked::of_article(site, path, act, (article, whole), lang));
    frame.set_neighbours(
        number.checked_sub(1).and_then(|before| article_link(hrefs, act, before, lang)),
        article_link(hrefs, act, number + 1, lang),
    );
    Some(ArticlePage {
        frame,
        title,
        unverified: article.unverified.title(lang),
        chapter: chapter_words(site, act, article, lang),
        note: article.note.clone(),
        notes_lang: act.notes_language.map(Lang::tag),
        phases: article.phases.iter().map(|phase| phases.label(&phase.name, lang).to_owned()).collect(),
        keywords: article.keywords(lang).to_vec(),
        official: act.links.article(article.number, lang),
        official_unverified: act.links.article_unverified,
        official_act: act.links.act(lang),
        places: places.iter().map(|place| place_view(hrefs, act, place, lang)).collect(),
        documents: citing_views(hrefs, whole, lang),
        citation,
        full_citation,
        heading,
    })
}

fn place_view(hrefs: Hrefs<'_>, act: &Act, address: &Address, lang: Lang) -> PlaceView {
    let locus = address.locus();
    let levels = [
        locus.paragraph.is_some(),
        locus.letter.is_some(),
        locus.point.is_some(),
        locus.subparagraph.is_some(),
    ];
    PlaceView {
        id: address.anchor().unwrap_or_default(),
        depth: levels.into_iter().filter(|level| *level).count(),
        citation: act.format(address, Style::new(lang, Form::Short)),
        full_citation: act.format(address, Style::new(lang, Form::Full).with_act()),
        documents: citing_views(hrefs, address, lang),
    }
}

fn article_link(hrefs: Hrefs<'_>, act: &Act, number: usize, lang: Lang) -> Option<LinkView> {
    let article = act.articles.get(number)?;
    let summary = summary(hrefs, act, article, lang);
    let title = summary
        .title
        .map_or_else(|| summary.citation.clone(), |title| format!("{}: {title}", capital(&summary.citation)));
    Some(LinkView::new(title, summary.href))
}

fn acts_link(site: &Site, hrefs: Hrefs<'_>, lang: Lang) -> LinkView {
    LinkView::new(site.theme.strings(lang).get("acts"), hrefs.to(&site.pages.acts()))
}

fn chapter_words(site: &Site, act: &Act, article: &Article, lang: Lang) -> Option<String> {
    let number = article.chapter.as_ref()?;
    let word = site.theme.strings(lang).get("chapter");
    let title = act.chapters.iter().find(|chapter| chapter.number == *number)?.title.as_ref();
    Some(title.map_or_else(
        || format!("{word} {number}"),
        |title| format!("{word} {number}: {}", title.in_lang(lang)),
    ))
}

fn short_title(act: &Act, lang: Lang) -> &str {
    act.short_title.as_ref().unwrap_or(&act.title).in_lang(lang)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
