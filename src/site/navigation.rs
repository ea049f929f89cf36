//! The navigation of a page: the sections of the handbook, opened down to where the reader is.
//!
//! Made as text and not by a template: it is the one part that grows with the handbook, and a page must not
//! pay for pages it does not show. A section of thousands is a window around the reader's place.

use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use crate::handbook::{Child, Section};
use crate::theme::Strings;

use super::SitePath;
use super::hrefs::Hrefs;

/// How many entries of a section are shown at once, and how many before the reader's place.
const MOST_ENTRIES: usize = 60;
const ENTRIES_BEFORE: usize = 25;

/// The navigation as nested lists of links; the current page carries `aria-current`.
pub(super) fn navigation(hrefs: Hrefs<'_>, current: Option<Child>, strings: &Strings) -> String {
    let shared = current.and_then(|current| shared(hrefs, current, strings));
    shared.unwrap_or_else(|| Writer::new(hrefs, current, strings).write().html)
}

/// The navigation of the pages of one folder. It differs from one to the next in the entry of the page itself.
pub(super) struct Siblings {
    html: String,
    /// Where the entries of the folder stand, in order.
    entries: Vec<Range<usize>>,
}

/// The navigation of a page beside others; `None` for one that stands for its folder, or in one whose list is a window around
/// its place.
fn shared(hrefs: Hrefs<'_>, current: Child, strings: &Strings) -> Option<String> {
    let (volume, handbook) = (hrefs.volume, &hrefs.volume.handbook);
    let number = handbook.sections.around(current, &handbook.documents)?;
    let section = handbook.sections.get(number).filter(|section| section.children.len() <= MOST_ENTRIES)?;
    let folder = if section.address.is_empty() { String::new() } else { format!("{}/", section.address) };
    let stands_beside = hrefs.from.as_str().strip_prefix(&folder)?.matches('/').count() == 1;
    let at = section.children.iter().position(|child| *child == current).filter(|_| stands_beside)?;
    let siblings = volume.siblings(number)?.get_or_init(|| {
        // No page has this address: each entry leads somewhere else.
        let from = SitePath::page(&format!("{folder}_"));
        let mut writer = Writer::new(Hrefs { volume, from: &from }, None, strings);
        writer.open(Some(number));
        let Writer { html, entries, .. } = writer.write();
        Siblings { html, entries }
    });
    let entry = siblings.entries.get(at)?;
    let mut own = Writer::new(hrefs, Some(current), strings);
    own.html.push_str(siblings.html.get(..entry.start)?);
    own.entry(current);
    own.html.push_str(siblings.html.get(entry.end..)?);
    Some(own.html)
}

struct Writer<'s> {
    hrefs: Hrefs<'s>,
    current: Option<Child>,
    /// The sections from the reader's up to the root.
    open: Vec<usize>,
    strings: &'s Strings,
    html: String,
    /// Where the entries of the reader's section stand.
    entries: Vec<Range<usize>>,
}

impl<'s> Writer<'s> {
    fn new(hrefs: Hrefs<'s>, current: Option<Child>, strings: &'s Strings) -> Self {
        let handbook = &hrefs.volume.handbook;
        let html = String::with_capacity(4_096);
        let mut writer = Self { hrefs, current, open: Vec::new(), strings, html, entries: Vec::new() };
        writer.open(match current {
            // A document that is its section's own page stands for the section.
            Some(Child::Section(number)) => Some(number),
            Some(child) => handbook.sections.around(child, &handbook.documents),
            None => None,
        });
        writer
    }

    /// Opens a section and those around it.
    fn open(&mut self, section: Option<usize>) {
        let mut around = section;
        while let Some(number) = around {
            self.open.push(number);
            around = self.hrefs.volume.handbook.sections.get(number).and_then(|section| section.parent);
        }
    }

    fn write(mut self) -> Self {
        if let Some(root) = self.hrefs.volume.handbook.sections.get(0) {
            self.list(0, root);
        }
        self
    }

    // Recursion follows the open sections only: as deep as the reader's own folder.
    fn list(&mut self, number: usize, section: &Section) {
        let is_own = self.open.first() == Some(&number);
        let children = &section.children;
        if children.is_empty() {
            return;
        }
        let here = children.iter().position(|child| self.is_on_the_way(*child)).unwrap_or(0);
        let first = if children.len() > MOST_ENTRIES { here.saturating_sub(ENTRIES_BEFORE) } else { 0 };
        self.html.push_str("<ul>\n");
        for child in children.iter().skip(first).take(MOST_ENTRIES) {
            let start = self.html.len();
            self.entry(*child);
            if is_own {
                self.entries.push(start..self.html.len());
            }
        }
        if children.len() > MOST_ENTRIES {
            self.all_entries(number, section);
        }
        self.html.push_str("</ul>\n");
    }

    fn entry(&mut self, child: Child) {
        let handbook = &self.hrefs.volume.handbook;
        let (title, section) = match child {
            Child::Document(number) => (handbook.documents.get(number).map(|d| d.title.as_str()), None),
            Child::Section(number) => {
                let section = handbook.sections.get(number);
                let opened = section.filter(|_| self.open.contains(&number));
                (section.map(|s| s.title.as_str()), opened.map(|section| (number, section)))
            }
        };
        let href = self.hrefs.to_child(child);
        self.html.push_str("<li>");
        self.link(&href, title.unwrap_or(""), self.is_current(child));
        if let Some((number, section)) = section {
            self.html.push('\n');
            self.list(number, section);
        }
        self.html.push_str("</li>\n");
    }

    /// The way to the entries that the window leaves out.
    fn all_entries(&mut self, number: usize, section: &Section) {
        let href = self.hrefs.to_child(Child::Section(number));
        let words = format!("{} ({})", self.strings.get("all_entries"), section.children.len());
        self.html.push_str("<li class=\"nav__all\">");
        self.link(&href, &words, false);
        self.html.push_str("</li>\n");
    }

    fn link(&mut self, href: &str, words: &str, current: bool) {
        // Writing to a String cannot fail.
        self.html.push_str("<a href=\"");
        let _ = escape_href(&mut self.html, href);
        self.html.push_str(if current { "\" aria-current=\"page\">" } else { "\">" });
        let _ = escape_html_body_text(&mut self.html, words);
        self.html.push_str("</a>");
    }

    fn is_current(&self, child: Child) -> bool {
        match (self.current, child) {
            // A section's own page is listed as the section.
            (Some(Child::Document(document)), Child::Section(section)) => {
                self.hrefs.volume.handbook.sections.get(section).is_some_and(|s| s.index == Some(document))
            }
            (current, child) => current == Some(child),
        }
    }

    fn is_on_the_way(&self, child: Child) -> bool {
        match child {
            Child::Section(number) => self.open.contains(&number),
            Child::Document(_) => self.is_current(child),
        }
    }
}
