//! The second pass: a chapter's HTML, with every reference resolved by the [`Host`].
//!
//! Our own renderer, because the parser's stock one writes inline styles on table cells (a strict
//! Content-Security-Policy forbids them), footnotes without a way back, ids that collide and headings
//! without ids. On plain CommonMark the two agree; `tests/commonmark.rs` holds us to it.

mod blocks;
mod citing;
mod footnotes;
mod inlines;
mod marks;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::{Chapter, Citation, Heading, Highlighter, Level, Reference, TermUse, options};
pub use citing::{CitationForms, Remark};
use footnotes::Footnotes;
pub use marks::linked_text;
use marks::{Mark, OpenMark};

/// What surrounds a chapter: it knows where references lead.
pub trait Host {
    /// The link that a reference became; `index` counts the chapter's references.
    fn link(&self, index: usize, reference: &Reference) -> Link;

    /// The link to a place that the prose cites; its label names the place in full.
    fn citation(&self, citation: &Citation) -> Link;

    /// The link to a term of the glossary.
    fn term(&self, term: &TermUse) -> TermLink;

    /// Width and height of the image that a reference shows, where they are known.
    fn image_size(&self, _index: usize) -> Option<(u32, u32)> {
        None
    }

    /// The number of a heading as readers see it.
    fn number(&self, _heading: &Heading) -> Option<String> {
        None
    }

    /// How a provision is cited, by its heading; `None` where the page does not say it.
    fn citing(&self, _provision: &Heading) -> Option<CitationForms> {
        None
    }

    /// The id that a place of the chapter has on the page: another one where many chapters share the page.
    fn id<'i>(&self, id: &'i str) -> Cow<'i, str> {
        Cow::Borrowed(id)
    }

    /// What colours code; asked where there is code in a named language.
    fn highlighter(&self) -> Option<&Highlighter> {
        None
    }

    /// The chapter's name where many chapters share the page: its headings then stand a rank lower, under the name, and
    /// what needs a name of its own on the page bears it too.
    fn shared(&self) -> Option<&str> {
        None
    }
}

/// A resolved reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Where it leads, as the page must write it.
    pub href: String,
    /// The words for a reference that has none of its own: the target's title.
    pub label: String,
}

/// A resolved use of a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermLink {
    /// Where it leads, as the page must write it.
    pub href: String,
    /// The words for which it stands, where it is an acronym.
    pub expansion: Option<String>,
}

/// The words that the renderer adds to a chapter, in the page's language.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Names a heading's link to itself; followed by the heading's text.
    pub permalink: String,
    /// Heading of the notes.
    pub footnotes: String,
    /// Names the way back from a note.
    pub back_to_text: String,
    /// A task that is done.
    pub task_done: String,
    /// A task that is to do.
    pub task_to_do: String,
    /// Names the frame in which a wide table scrolls.
    pub table: String,
    /// Opens the box that says how a provision is cited.
    pub cite: String,
    /// Names the short form of a citation.
    pub cite_short: String,
    /// Names the full form.
    pub cite_full: String,
    /// Names the address.
    pub cite_address: String,
    /// Names the links to the paragraphs.
    pub cite_paragraphs: String,
    /// Names the links to the same provision in other editions.
    pub cite_editions: String,
    /// Titles of the five alerts: note, tip, important, warning, caution.
    pub alerts: [String; 5],
    /// Names of the levels, in the order of [`Level::ALL`].
    pub levels: [String; 4],
}

impl Labels {
    /// The name of a level.
    pub fn level(&self, level: Level) -> &str {
        let index = Level::ALL.iter().position(|known| *known == level).unwrap_or(0);
        self.levels.get(index).map_or("", String::as_str)
    }
}

/// The HTML of a chapter's body: no `h1`, every heading with its id, provisions in sections of their own.
pub fn html(chapter: &Chapter, host: &dyn Host, labels: &Labels) -> String {
    let text = chapter.text();
    let mut writer = Writer::new(chapter, host, labels, text.len() + text.len() / 3);
    for (event, span) in Parser::new_ext(text, options(chapter.typography)).into_offset_iter() {
        writer.event(event, span);
    }
    writer.finish()
}

/// Walks the events; what it writes goes to the page, or to the note that is open.
struct Writer<'a> {
    chapter: &'a Chapter,
    host: &'a dyn Host,
    labels: &'a Labels,
    page: String,
    note: Option<String>,
    footnotes: Footnotes,
    heading_shift: u8,
    next_heading: usize,
    next_reference: usize,
    next_paragraph: usize,
    /// Inside the title, which the page's template writes.
    in_title: bool,
    title_seen: bool,
    /// Inside an image or a `[[target]]`: its events make no markup.
    image: Option<ImageText>,
    silent: usize,
    open_provision: Option<u8>,
    /// Elements of the author's own HTML that are still open.
    open_tags: Vec<&'static str>,
    /// How many of them were open before the paragraph or cell that is being written: those may go on after it.
    open_before_block: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    /// Where the cell that is being written starts in the output.
    cell_start: usize,
    /// How many tables there have been.
    tables: usize,
    in_table_head: bool,
    code: Option<CodeBlock>,
    /// The citations and terms that become links, in order.
    marks: Vec<Mark<'a>>,
    next_mark: usize,
    open_mark: Option<OpenMark<'a>>,
    /// The mark that goes on after the end of an element in which it began, and where it ends.
    broken_mark: Option<(Mark<'a>, usize)>,
}

/// The alternative text that an image is collecting.
struct ImageText {
    depth: usize,
    title: String,
    size: Option<(u32, u32)>,
}

/// A code block that is being collected, to be coloured as a whole.
struct CodeBlock {
    language: String,
    code: String,
}

impl<'a> Writer<'a> {
    fn new(chapter: &'a Chapter, host: &'a dyn Host, labels: &'a Labels, capacity: usize) -> Self {
        Self {
            chapter,
            host,
            labels,
            page: String::with_capacity(capacity),
            note: None,
            footnotes: Footnotes::default(),
            heading_shift: chapter.heading_shift() + u8::from(host.shared().is_some()),
            next_heading: 0,
            next_reference: 0,
            next_paragraph: 0,
            in_title: false,
            title_seen: chapter.title.is_none(),
            image: None,
            silent: 0,
            open_provision: None,
            open_tags: Vec::new(),
            open_before_block: 0,
            alignments: Vec::new(),
            cell: 0,
            cell_start: 0,
            tables: 0,
            in_table_head: false,
            code: None,
            marks: Mark::of(chapter),
            next_mark: 0,
            open_mark: None,
            broken_mark: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &span),
            Event::End(tag) => self.end(tag, &span),
            Event::Text(words) => self.prose(&words, span),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.authors_html(&html),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br />\n"),
            Event::Rule => {
                self.fresh_line();
                self.put("<hr />\n");
            }
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => self.task_marker(done),
            // Math is not among our options.
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title),
            Tag::Image { title, .. } => self.start_image(&title),
            Tag::Emphasis => self.start_inline("<em>", span),
            Tag::Strong => self.start_inline("<strong>", span),
            Tag::Strikethrough => self.start_inline("<del>", span),
            Tag::Superscript => self.start_inline("<sup>", span),
            Tag::Subscript => self.start_inline("<sub>", span),
            Tag::Heading { .. } => self.start_heading(),
            block => self.start_block(block, self.in_file(span).start),
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::Emphasis => self.end_inline("</em>", span),
            TagEnd::Strong => self.end_inline("</strong>", span),
            TagEnd::Strikethrough => self.end_inline("</del>", span),
            TagEnd::Superscript => self.end_inline("</sup>", span),
            TagEnd::Subscript => self.end_inline("</sub>", span),
            TagEnd::Heading(_) => self.end_heading(),
            block => self.end_block(block),
        }
    }

    fn finish(mut self) -> String {
        self.close_open_tags(0);
        self.close_provision(0);
        let rank = if self.host.shared().is_some() { 3 } else { 2 };
        let notes = std::mem::take(&mut self.footnotes).render(self.labels, self.host, rank);
        self.put(&notes);
        self.page
    }

    fn out(&mut self) -> &mut String {
        self.note.as_mut().unwrap_or(&mut self.page)
    }

    fn put(&mut self, html: &str) {
        self.out().push_str(html);
    }

    fn put_all(&mut self, html: &[&str]) {
        self.out().extend(html.iter().copied());
    }

    fn put_escaped(&mut self, words: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(self.out(), words);
    }

    fn put_attribute(&mut self, value: &str) {
        let _ = escape_html(self.out(), value);
    }

    fn put_href(&mut self, href: &str) {
        let _ = escape_href(self.out(), href);
    }

    /// A line break, unless at the start of a line.
    fn fresh_line(&mut self) {
        let out = self.out();
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    /// Inline markup, left out where only words count.
    fn markup(&mut self, html: &str) {
        if self.image.is_none() && self.silent == 0 && !self.in_title {
            self.put(html);
        }
    }
}
