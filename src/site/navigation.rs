//! The navigation of a page: the sections of the handbook, opened down to where the reader is.
//!
//! Made as text and not by a template: it is the one part that grows with the handbook, and a page must not
//! pay for pages it does not show. A section of thousands is a window around the reader's place.

use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use crate::handbook::{Child, Section};
use crate::theme::Strings;

use super::hrefs::Hrefs;

/// How many entries of a section are shown at once, and how many before the reader's place.
const MOST_ENTRIES: usize = 60;
const ENTRIES_BEFORE: usize = 25;

/// The navigation as nested lists of links; the current page carries `aria-current`.
pub(super) fn navigation(hrefs: Hrefs<'_>, current: Option<Child>, strings: &Strings) -> String {
    let handbook = &hrefs.volume.handbook;
    let mut writer = Writer { hrefs, current, open: Vec::new(), strings, html: String::with_capacity(4_096) };
    let mut around = match current {
        Some(Child::Section(number)) => Some(number),
        Some(child) => handbook.sections.around(child, &handbook.documents),
        None => None,
    };
    // A document that is its section's own page stands for the section.
    while let Some(number) = around {
        writer.open.push(number);
        around = handbook.sections.get(number).and_then(|section| section.parent);
    }
    if let Some(root) = handbook.sections.get(0) {
        writer.list(root);
    }
    writer.html
}

struct Writer<'s> {
    hrefs: Hrefs<'s>,
    current: Option<Child>,
    /// The sections from the reader's up to the root.
    open: Vec<usize>,
    strings: &'s Strings,
    html: String,
}

impl Writer<'_> {
    // Recursion follows the open sections only: as deep as the reader's own folder.
    fn list(&mut self, section: &Section) {
        let children = &section.children;
        if children.is_empty() {
            return;
        }
        let here = children.iter().position(|child| self.is_on_the_way(*child)).unwrap_or(0);
        let first = if children.len() > MOST_ENTRIES { here.saturating_sub(ENTRIES_BEFORE) } else { 0 };
        self.html.push_str("<ul>\n");
        for child in children.iter().skip(first).take(MOST_ENTRIES) {
            self.entry(*child);
        }
        if children.len() > MOST_ENTRIES {
            self.all_entries(section);
        }
        self.html.push_str("</ul>\n");
    }

    fn entry(&mut self, child: Child) {
        let handbook = &self.hrefs.volume.handbook;
        let (title, section) = match child {
            Child::Document(number) => (handbook.documents.get(number).map(|d| d.title.as_str()), None),
            Child::Section(number) => {
                let section = handbook.sections.get(number);
                (section.map(|s| s.title.as_str()), section.filter(|_| self.open.contains(&number)))
            }
        };
        let href = self.hrefs.to_child(child);
        self.html.push_str("<li>");
        self.link(&href, title.unwrap_or(""), self.is_current(child));
        if let Some(section) = section {
            self.html.push('\n');
            self.list(section);
        }
        self.html.push_str("</li>\n");
    }

    /// The way to the entries that the window leaves out.
    fn all_entries(&mut self, section: &Section) {
        let Some(number) = self.hrefs.volume.handbook.sections.of_folder(&section.path) else { return };
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
