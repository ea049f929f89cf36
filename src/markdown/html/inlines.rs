//! Words, links, images and the author's own HTML.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::super::inline_html::{Verdict, pieces};
use super::marks::{Mark, OpenMark};
use super::{ImageText, Link, Writer};

fn part(words: &str, from: usize, to: usize) -> &str {
    words.get(from..to).unwrap_or("")
}

impl<'a> Writer<'a> {
    pub(super) fn words(&mut self, words: &str) {
        if let Some(code) = &mut self.code {
            code.code.push_str(words);
        } else if self.silent > 0 || self.in_title {
        } else if self.image.is_some() {
            self.put_attribute(words);
        } else {
            self.put_escaped(words);
        }
    }

    /// Words of the prose; what the outline found to be a citation or a term becomes a link.
    pub(super) fn prose(&mut self, words: &str, span: Range<usize>) {
        let Range { start, end } = self.in_file(&span);
        if self.chapter.file.text().get(start..end) != Some(words) {
            // Words that stand for others in the source, such as `&nbsp;`: no mark begins or ends within them.
            self.open_mark_at(start);
            self.words(words);
            self.close_mark_at(end);
            return;
        }
        let mut at = start;
        while at < end {
            self.open_mark_at(at);
            let stop = match &self.open_mark {
                Some(open) => open.end,
                None => self.marks.get(self.next_mark).map_or(end, |next| next.range().start),
            };
            let stop = stop.clamp(at, end);
            self.words(part(words, at - start, stop - start));
            at = stop;
            self.close_mark_at(at);
            if self.open_mark.is_some() {
                break;
            }
        }
        self.words(part(words, at - start, words.len()));
    }

    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        let base = self.chapter.body.start;
        base + span.start..base + span.end
    }

    /// Opens the mark that begins here, or that goes on here.
    fn open_mark_at(&mut self, at: usize) {
        if self.open_mark.is_some() {
            return;
        }
        if let Some((mark, end)) = self.broken_mark.take().filter(|(_, end)| at < *end) {
            self.start_mark(mark, end);
            return;
        }
        while let Some(mark) = self.marks.get(self.next_mark).copied().filter(|mark| mark.range().start <= at)
        {
            self.next_mark += 1;
            if mark.range().start == at {
                self.start_mark(mark, mark.range().end);
                return;
            }
        }
    }

    fn start_mark(&mut self, mark: Mark<'a>, end: usize) {
        let host = self.host;
        let closing = mark.open(self.out(), host);
        self.open_mark = Some(OpenMark { mark, end, closing, inside: 0 });
    }

    fn close_mark_at(&mut self, at: usize) {
        if let Some(open) = self.open_mark.take_if(|open| open.end <= at && open.inside == 0) {
            self.markup(open.closing);
        }
    }

    /// Begins emphasis. A mark and emphasis may cross: what ends within the mark stands within its link, and round
    /// any other end the link is broken off and goes on, so that the HTML stays well nested.
    pub(super) fn start_inline(&mut self, html: &str, span: &Range<usize>) {
        let Range { start, end } = self.in_file(span);
        if self.open_mark.is_none()
            && let Some(mark) = self.marks.get(self.next_mark).copied()
            && mark.range().end > end
            && self.is_delimiters(start..mark.range().start)
        {
            self.next_mark += 1;
            self.start_mark(mark, mark.range().end);
        }
        let ends_inside =
            self.open_mark.as_ref().is_some_and(|open| end <= open.end || self.is_delimiters(open.end..end));
        match &mut self.open_mark {
            Some(open) if ends_inside => {
                open.inside += 1;
                open.end = open.end.max(end);
            }
            Some(_) => self.break_mark(),
            None => {}
        }
        self.markup(html);
    }

    pub(super) fn end_inline(&mut self, html: &str, span: &Range<usize>) {
        match &mut self.open_mark {
            Some(open) if open.inside > 0 => open.inside -= 1,
            Some(_) => self.break_mark(),
            None => {}
        }
        self.markup(html);
        self.close_mark_at(self.in_file(span).end);
    }

    fn break_mark(&mut self) {
        if let Some(open) = self.open_mark.take() {
            self.markup(open.closing);
            self.broken_mark = Some((open.mark, open.end));
        }
    }

    /// Whether nothing but the delimiters of emphasis stands here.
    fn is_delimiters(&self, range: Range<usize>) -> bool {
        let source = self.chapter.file.text().get(range);
        source.is_some_and(|source| source.bytes().all(|b| matches!(b, b'*' | b'_' | b'~')))
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        self.markup("<code>");
        self.words(code);
        self.markup("</code>");
    }

    pub(super) fn line_break(&mut self, html: &str) {
        if self.image.is_some() {
            self.words(" ");
        } else {
            self.markup(html);
        }
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str, title: &str) {
        let Some(link) = self.take_link() else { return };
        self.put("<a href=\"");
        if link_type == LinkType::Email && !target.starts_with("mailto:") {
            self.put("mailto:");
        }
        self.put_href(&link.href);
        if !title.is_empty() {
            self.put("\" title=\"");
            self.put_attribute(title);
        }
        self.put("\">");
        if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            self.put_escaped(&link.label);
            self.silent += 1;
        }
    }

    pub(super) fn end_link(&mut self) {
        if let Some(image) = &mut self.image {
            image.depth = image.depth.saturating_sub(1);
            return;
        }
        self.silent = self.silent.saturating_sub(1);
        self.markup("</a>");
    }

    pub(super) fn start_image(&mut self, title: &str) {
        let index = self.next_reference;
        let Some(link) = self.take_link() else { return };
        self.put("<img src=\"");
        self.put_href(&link.href);
        self.put("\" alt=\"");
        self.image = Some(ImageText { depth: 0, title: title.to_owned(), size: self.host.image_size(index) });
    }

    pub(super) fn end_image(&mut self) {
        match &mut self.image {
            Some(image) if image.depth > 0 => image.depth -= 1,
            Some(_) => {
                let Some(ImageText { title, size, .. }) = self.image.take() else { return };
                if !title.is_empty() {
                    self.put("\" title=\"");
                    self.put_attribute(&title);
                }
                // With its size the page keeps the place free, so that text does not jump when the image comes.
                if let Some((width, height)) = size {
                    self.put(&format!("\" width=\"{width}\" height=\"{height}"));
                }
                self.put("\" loading=\"lazy\" decoding=\"async\" />");
            }
            None => {}
        }
    }

    /// HTML that the author wrote: what is harmless passes, the rest shows as text.
    pub(super) fn authors_html(&mut self, html: &str) {
        if self.in_title || self.silent > 0 {
            return;
        }
        if self.image.is_some() {
            self.put_attribute(html);
            return;
        }
        for (verdict, range) in pieces(html) {
            let source = html.get(range).unwrap_or("");
            match verdict {
                Verdict::Text | Verdict::Refused { .. } => self.put_escaped(source),
                Verdict::Comment => {}
                Verdict::Allowed(tag) if tag.closing => self.close_tag(tag.name, source),
                Verdict::Allowed(tag) => {
                    self.put("<");
                    self.put(tag.name);
                    for (name, value) in &tag.attributes {
                        self.put(&format!(" {name}=\""));
                        // The author may have written entities already: what is escaped stays so.
                        self.put(&value.replace('"', "&quot;").replace('<', "&lt;"));
                        self.put("\"");
                    }
                    self.put(">");
                    if !tag.is_void() {
                        self.open_tags.push(tag.name);
                    }
                }
            }
        }
    }

    /// An end tag closes its element and those left open in it; without a start tag it is text.
    fn close_tag(&mut self, name: &str, source: &str) {
        if !self.open_tags.contains(&name) {
            self.put_escaped(source);
            return;
        }
        while let Some(open) = self.open_tags.pop() {
            self.put(&format!("</{open}>"));
            if open == name {
                break;
            }
        }
    }

    /// Closes what the author left open beyond the first `keep` elements, so that it cannot swallow the rest.
    pub(super) fn close_open_tags(&mut self, keep: usize) {
        while self.open_tags.len() > keep
            && let Some(open) = self.open_tags.pop()
        {
            self.put(&format!("</{open}>"));
        }
    }

    /// The link of the next reference; `None` where only words count.
    fn take_link(&mut self) -> Option<Link> {
        let index = self.next_reference;
        self.next_reference += 1;
        if self.in_title || self.silent > 0 {
            return None;
        }
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return None;
        }
        Some(self.host.link(index, self.chapter.references.get(index)?))
    }
}
