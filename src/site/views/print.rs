//! The whole handbook on one page, for paper.

use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lang};
use crate::handbook::{Child, Date, Term};

use super::super::hrefs::Hrefs;
use super::super::whole::{GLOSSARY, Whole};
use super::super::{SitePath, Volume};
use super::document::{ChapterView, ContentsView, chapter, contents_of};
use super::frame::{Frame, LinkView, PageInfo};
use super::glossary::{TermView, term_view};
use super::words::DateView;

/// What `print.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct PrintPage {
    frame: Frame,
    title: String,
    description: Option<String>,
    publisher: Option<String>,
    notice: Option<String>,
    licence: Option<LinkView>,
    /// The day of the newest document.
    updated: Option<DateView>,
    contents: Vec<EntryView>,
    /// HTML: every chapter by `print-chapter.html`.
    chapters: String,
    glossary: Vec<WholeTermView>,
    glossary_id: &'static str,
}

/// A chapter among the contents.
#[derive(Debug, Serialize)]
struct EntryView {
    id: String,
    /// The author's id.
    number: Option<String>,
    title: String,
    /// How deep its folder is; 0 for what stands at the root.
    depth: usize,
    headings: Vec<ContentsView>,
}

/// What `print-chapter.html` sees.
#[derive(Debug, Serialize)]
struct PrintChapter {
    /// A document; `None` for a folder without a page of its own.
    document: Option<ChapterView>,
    section: Option<LinkView>,
}

#[derive(Debug, Serialize)]
struct WholeTermView {
    anchor: String,
    term: TermView,
}

/// The view of the whole handbook.
///
/// # Errors
/// The template of a chapter cannot be applied.
pub(in crate::site) fn print(volume: &Volume, path: &SitePath) -> Result<PrintPage, Box<Diagnostic>> {
    let hrefs = Hrefs { volume, from: path };
    let whole = volume.whole();
    let config = &volume.handbook.config;
    let lang = config.default_language();
    let mut frame = Frame::new(volume, path, PageInfo::made(volume, "print", "print_description"));
    let updated = newest(volume, whole);
    frame.set_edition(None, updated.map(|date| date.in_words(lang)));
    frame.hide_from_search();
    Ok(PrintPage {
        frame,
        title: volume.handbook.title.clone(),
        description: config.description.clone(),
        publisher: config.publisher.clone(),
        notice: config.notice.clone(),
        licence: config.licence.as_ref().map(|licence| LinkView::new(&licence.name, &licence.url)),
        updated: updated.map(|date| DateView::new(date, lang)),
        contents: whole.chapters.iter().filter_map(|child| entry(hrefs, whole, *child)).collect(),
        chapters: chapters(hrefs, whole, lang)?,
        glossary: glossary(hrefs, whole, lang),
        glossary_id: GLOSSARY,
    })
}

fn newest(volume: &Volume, whole: &Whole) -> Option<Date> {
    let days = whole.chapters.iter().filter_map(|child| match child {
        Child::Document(number) => volume.handbook.documents.get(*number)?.front.updated,
        Child::Section(_) => None,
    });
    days.max()
}

fn entry(hrefs: Hrefs<'_>, whole: &Whole, child: Child) -> Option<EntryView> {
    let handbook = &hrefs.volume.handbook;
    let depth = |address: &str| address.matches('/').count() + usize::from(!address.is_empty());
    match child {
        Child::Document(number) => {
            let document = handbook.documents.get(number)?;
            Some(EntryView {
                id: whole.document(number)?.to_owned(),
                number: document.id().map(ToString::to_string),
                title: document.title.clone(),
                depth: depth(&document.address).saturating_sub(1),
                headings: if document.chapter.provisions.is_empty() {
                    Vec::new()
                } else {
                    contents_of(hrefs, number, document)
                },
            })
        }
        Child::Section(number) => {
            let section = handbook.sections.get(number)?;
            Some(EntryView {
                id: whole.section(number)?.to_owned(),
                number: None,
                title: section.title.clone(),
                depth: depth(&section.address).saturating_sub(1),
                headings: Vec::new(),
            })
        }
    }
}

/// The template of a chapter.
const CHAPTER: &str = "print-chapter.html";

/// Each chapter by itself and all in parallel: one value of a template need not hold the handbook.
fn chapters(hrefs: Hrefs<'_>, whole: &Whole, lang: Lang) -> Result<String, Box<Diagnostic>> {
    let volume = hrefs.volume;
    // A theme whose template for all pages makes this one too may pass over the chapters.
    if !volume.theme.has(CHAPTER) && !volume.theme.has("print.html") {
        return Ok(String::new());
    }
    let view = |child: &Child| match child {
        Child::Document(number) => Some(PrintChapter {
            document: Some(chapter(
                hrefs,
                *number,
                volume.handbook.documents.get(*number)?,
                whole.document(*number)?,
            )),
            section: None,
        }),
        Child::Section(number) => Some(PrintChapter {
            document: None,
            section: Some(LinkView::new(
                &volume.handbook.sections.get(*number)?.title,
                whole.section(*number)?.to_owned(),
            )),
        }),
    };
    let rendered: Result<Vec<String>, Box<Diagnostic>> = whole
        .chapters
        .par_iter()
        .filter_map(view)
        .map(|view| volume.theme.render(CHAPTER, lang, &view, hrefs.from.as_str()))
        .collect();
    Ok(rendered?.concat())
}

fn glossary(hrefs: Hrefs<'_>, whole: &Whole, lang: Lang) -> Vec<WholeTermView> {
    let mut terms: Vec<(usize, &Term)> = hrefs.volume.handbook.glossary.terms.iter().enumerate().collect();
    terms.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
    let view = |(number, term): (usize, &Term)| {
        Some(WholeTermView {
            anchor: whole.term(number)?.to_owned(),
            term: term_view(hrefs, number, term, lang),
        })
    };
    terms.into_iter().filter_map(view).collect()
}
