//! The pages of acts and articles: structure and titles from the act's data, who speaks of what, and the way
//! to the official text.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::act::{Act, Address, Article, Form, Style};
use crate::diagnostic::Lang;
use crate::handbook::{Child, Kind};
use crate::links::{ProvisionRef, Target, TrialRef};

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::act_changes::{ActChanges, act_changes};
use super::citing::{CitingView, CitingViews, Detail, citing, citing_views};
use super::coverage::state_keys;
use super::frame::{Frame, LinkView, PageInfo, child_link};
use super::linked;
use super::listed::MoreView;
use super::trials::{TrialRow, trial_rows};
use super::words::DateView;

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
    /// From when this version holds, where that is not the day on which the act came into force.
    version_from: Option<DateView>,
    /// What changed since the version before.
    changes: Option<ActChanges>,
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
    /// The page with all articles.
    whole: String,
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
    /// From when this version of the act holds.
    version_from: Option<DateView>,
    /// What changed of the article since the version before.
    changes: Option<ActChanges>,
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
    coverage: Option<CoverageView>,
    /// The trials of the provisions that implement the article.
    trials: Vec<TrialRow>,
    /// The tools that serve those provisions, or the guidelines on the article.
    tools: Vec<LinkView>,
}

/// What `whole-act.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct WholeActPage {
    frame: Frame,
    title: String,
    full_title: String,
    official: Option<String>,
    partial: bool,
    /// Whether its articles stand in chapters, whose headings are above theirs.
    has_chapters: bool,
    articles: Vec<WholeArticle>,
}

/// An article on the page of the whole act.
#[derive(Debug, Serialize)]
struct WholeArticle {
    id: String,
    /// The chapter that begins with it.
    chapter: Option<String>,
    title: String,
    /// Whether nobody has compared the title with the official text.
    unverified: bool,
    href: String,
    documents: Vec<CitingView>,
    /// Those beyond them, which the page of the article lists.
    more: Option<MoreView>,
    coverage: Option<CoverageView>,
    places: Vec<PlaceView>,
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
    /// Those beyond them, which the page of the article lists.
    more: Option<MoreView>,
    coverage: Option<CoverageView>,
}

/// How far a place is implemented.
#[derive(Debug, Serialize)]
struct CoverageView {
    state: &'static str,
    label: String,
    /// HTML: why no guideline has to implement it.
    reason: Option<String>,
}

/// The view of the list of acts.
pub(in crate::site) fn acts(volume: &Volume, path: &SitePath) -> ActsPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let info = PageInfo::made(volume, "acts", "acts_description");
    let title = info.title.to_owned();
    let summaries = volume.handbook.acts.iter().map(|act| ActSummary {
        title: short_title(act, lang).to_owned(),
        full_title: act.title.in_lang(lang).to_owned(),
        href: hrefs.to(&volume.pages.act(act.id.as_str())),
        articles: act.articles.len(),
    });
    let acts = summaries.collect();
    ActsPage { frame: Frame::new(volume, path, info), title, acts }
}

/// The view of one act.
pub(in crate::site) fn act(volume: &Volume, path: &SitePath, act: &Act) -> ActPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let title = short_title(act, lang).to_owned();
    let info = PageInfo {
        title: &title,
        description: act.title.in_lang(lang),
        lang,
        child: None,
        above: vec![acts_link(volume, hrefs, lang)],
    };
    let chapters = chapters(hrefs, act, lang);
    let mut frame = Frame::new(volume, path, info);
    frame.set_linked(linked::of_act(volume, path, act, lang));
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
        in_force: act.dates.in_force.map(|date| DateView::new(date, lang)),
        version_from: version_from(act, lang).filter(|_| act.holds_from() != act.dates.in_force),
        changes: act_changes(hrefs, act, None, lang),
        celex: act.celex.clone(),
        official: act.links.act(lang),
        partial: act.partial,
        whole: hrefs.to(&volume.pages.whole_act(act.id.as_str())),
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
        addresses.iter().flat_map(|address| citing(hrefs.volume, address)).collect();
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
    volume: &Volume,
    path: &SitePath,
    act: &Act,
    number: usize,
) -> Option<ArticlePage> {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let article = act.articles.get(number)?;
    let addresses = act.addresses_of(article);
    let (whole, places) = addresses.split_first()?;
    let citation = act.format(whole, Style::new(lang, Form::Short));
    let full_citation = act.format(whole, Style::new(lang, Form::Full).with_act());
    let heading = article.title.as_ref().map(|title| title.in_lang(lang).to_owned());
    let title = article_title(act, article, whole, lang);
    let page_title = format!("{title} ({})", act.name(lang, Form::Short));
    let phases = &volume.handbook.vocabularies.phases;
    let above = vec![
        acts_link(volume, hrefs, lang),
        LinkView::new(short_title(act, lang), hrefs.to(&volume.pages.act(act.id.as_str()))),
    ];
    let mut frame = Frame::new(
        volume,
        path,
        PageInfo { title: &page_title, description: &full_citation, lang, child: None, above },
    );
    frame.set_linked(linked::of_article(volume, path, act, (article, whole), lang));
    frame.set_neighbours(
        number.checked_sub(1).and_then(|before| article_link(hrefs, act, before, lang)),
        article_link(hrefs, act, number + 1, lang),
    );
    Some(ArticlePage {
        frame,
        title,
        version_from: version_from(act, lang),
        changes: act_changes(hrefs, act, Some(article.number), lang),
        unverified: article.unverified.title(lang),
        chapter: chapter_words(volume, act, article, lang),
        note: article.note.clone(),
        notes_lang: act.notes_language.map(Lang::tag),
        phases: article.phases.iter().map(|phase| phases.label(&phase.name, lang).to_owned()).collect(),
        keywords: article.keywords(lang).to_vec(),
        official: act.links.article(article.number, lang),
        official_unverified: act.links.article_unverified,
        official_act: act.links.act(lang),
        places: places.iter().map(|place| place_view(hrefs, act, place, Detail::Sentences, lang)).collect(),
        documents: citing_views(hrefs, whole, Detail::Sentences, lang).documents,
        coverage: coverage_view(hrefs, whole, lang),
        trials: trial_rows(hrefs, &trials(volume, &addresses), lang),
        tools: tools(hrefs, &addresses),
        citation,
        full_citation,
        heading,
    })
}

/// `Art. 5: …`; `art. 5` where the act gives no title.
pub(in crate::site) fn article_title(act: &Act, article: &Article, whole: &Address, lang: Lang) -> String {
    let citation = act.format(whole, Style::new(lang, Form::Short));
    match &article.title {
        Some(title) => format!("{}: {}", capital(&citation), title.in_lang(lang)),
        None => citation,
    }
}

fn version_from(act: &Act, lang: Lang) -> Option<DateView> {
    act.holds_from().map(|day| DateView::new(day, lang))
}

/// The trials of the provisions that cite any of these places, each once.
fn trials(volume: &Volume, addresses: &[Address]) -> Vec<TrialRef> {
    let mut trials: Vec<TrialRef> = addresses
        .iter()
        .filter_map(|address| volume.links.coverage.place(address))
        .flat_map(|place| place.trials.iter().copied())
        .collect();
    trials.sort_unstable();
    trials.dedup();
    trials
}

/// The tools that serve a provision which cites any of these places, or a guideline with such a provision.
fn tools(hrefs: Hrefs<'_>, addresses: &[Address]) -> Vec<LinkView> {
    let volume = hrefs.volume;
    let places = addresses.iter().filter_map(|address| volume.links.coverage.place(address));
    let provisions = places.flat_map(|place| &place.provisions);
    let targets = provisions.flat_map(|ProvisionRef { document, provision }| {
        [Target::Document(*document), Target::Provision { document: *document, provision: *provision }]
    });
    let documents: BTreeSet<usize> = targets
        .flat_map(|target| volume.links.backlinks(&target, &volume.handbook))
        .filter(|backlink| backlink.at.is_none())
        .map(|backlink| backlink.document)
        .collect();
    let is_tool =
        |number: &usize| volume.handbook.documents.get(*number).is_some_and(|d| d.kind() == Kind::Tool);
    let tools = documents.into_iter().filter(is_tool);
    tools.map(|number| child_link(volume, hrefs, Child::Document(number))).collect()
}

/// The view of an act with all its articles.
pub(in crate::site) fn whole_act(volume: &Volume, path: &SitePath, act: &Act) -> WholeActPage {
    let lang = volume.handbook.config.default_language();
    let hrefs = Hrefs { volume, from: path };
    let words = volume.theme.strings(lang).get("whole_act");
    let title = format!("{}: {words}", short_title(act, lang));
    let above = vec![
        acts_link(volume, hrefs, lang),
        LinkView::new(short_title(act, lang), hrefs.to(&volume.pages.act(act.id.as_str()))),
    ];
    let info = PageInfo { title: &title, description: act.title.in_lang(lang), lang, child: None, above };
    let mut frame = Frame::new(volume, path, info);
    frame.set_linked(linked::of_act(volume, path, act, lang));
    WholeActPage {
        frame,
        full_title: act.title.in_lang(lang).to_owned(),
        official: act.links.act(lang),
        partial: act.partial,
        has_chapters: act.articles.iter().any(|article| article.chapter.is_some()),
        articles: act
            .articles
            .iter()
            .filter_map(|article| whole_article(hrefs, act, article, lang))
            .collect(),
        title,
    }
}

/// Ids of places are those of the article's page, after the article's own.
fn whole_article(hrefs: Hrefs<'_>, act: &Act, article: &Article, lang: Lang) -> Option<WholeArticle> {
    let addresses = act.addresses_of(article);
    let (whole, places) = addresses.split_first()?;
    let number = act.articles.iter().position(|other| other.number == article.number)?;
    let before = number.checked_sub(1).and_then(|before| act.articles.get(before));
    let begins = before.is_none_or(|before| before.chapter != article.chapter);
    let link = article_link(hrefs, act, number, lang)?;
    let id = whole.slug();
    let place = |address: &Address| {
        let view = place_view(hrefs, act, address, Detail::Brief, lang);
        PlaceView { id: format!("{id}-{}", view.id), ..view }
    };
    let CitingViews { documents, more } = citing_views(hrefs, whole, Detail::Brief, lang);
    Some(WholeArticle {
        title: link.title,
        href: link.href,
        documents,
        more,
        coverage: coverage_view(hrefs, whole, lang),
        chapter: chapter_words(hrefs.volume, act, article, lang).filter(|_| begins),
        unverified: article.unverified.title(lang),
        places: places.iter().map(place).collect(),
        id,
    })
}

fn place_view(hrefs: Hrefs<'_>, act: &Act, address: &Address, detail: Detail, lang: Lang) -> PlaceView {
    let CitingViews { documents, more } = citing_views(hrefs, address, detail, lang);
    PlaceView {
        id: address.anchor().unwrap_or_default(),
        depth: depth(address),
        citation: act.format(address, Style::new(lang, Form::Short)),
        full_citation: act.format(address, Style::new(lang, Form::Full).with_act()),
        documents,
        more,
        coverage: coverage_view(hrefs, address, lang),
    }
}

/// `None` in a handbook without guidelines, which implements nothing.
fn coverage_view(hrefs: Hrefs<'_>, address: &Address, lang: Lang) -> Option<CoverageView> {
    let volume = hrefs.volume;
    volume.pages.get(&volume.pages.coverage())?;
    let place = volume.links.coverage.place(address)?;
    let reason = place.exemption(&volume.handbook).filter(|exemption| exemption.address == *address);
    Some(CoverageView {
        state: place.state.name(),
        label: volume.theme.strings(lang).get(state_keys(place.state).0).to_owned(),
        reason: reason.map(|exemption| hrefs.with_links(&exemption.reason, None, lang)),
    })
}

/// How deep a place lies in its article: 0 for the article itself, then paragraph, letter, point.
pub(super) fn depth(address: &Address) -> usize {
    let locus = address.locus();
    let levels = [
        locus.paragraph.is_some(),
        locus.letter.is_some(),
        locus.point.is_some(),
        locus.subparagraph.is_some(),
    ];
    levels.into_iter().filter(|level| *level).count()
}

fn article_link(hrefs: Hrefs<'_>, act: &Act, number: usize, lang: Lang) -> Option<LinkView> {
    let article = act.articles.get(number)?;
    let summary = summary(hrefs, act, article, lang);
    let title = summary
        .title
        .map_or_else(|| summary.citation.clone(), |title| format!("{}: {title}", capital(&summary.citation)));
    Some(LinkView::new(title, summary.href))
}

fn acts_link(volume: &Volume, hrefs: Hrefs<'_>, lang: Lang) -> LinkView {
    LinkView::new(volume.theme.strings(lang).get("acts"), hrefs.to(&volume.pages.acts()))
}

fn chapter_words(volume: &Volume, act: &Act, article: &Article, lang: Lang) -> Option<String> {
    let number = article.chapter.as_ref()?;
    let word = volume.theme.strings(lang).get("chapter");
    let title = act.chapters.iter().find(|chapter| chapter.number == *number)?.title.as_ref();
    Some(title.map_or_else(
        || format!("{word} {number}"),
        |title| format!("{word} {number}: {}", title.in_lang(lang)),
    ))
}

pub(in crate::site) fn short_title(act: &Act, lang: Lang) -> &str {
    act.short_title.as_ref().unwrap_or(&act.title).in_lang(lang)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
