//! Words, links, images and the author's own HTML.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::super::inline_html::{Verdict, pieces};
use super::{ImageText, Link, Writer};

fn part(words: &str, from: usize, to: usize) -> &str {
    words.get(from..to).unwrap_or("")
}

impl Writer<'_> {
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
        let start = self.chapter.body.start + span.start;
        let end = self.chapter.body.start + span.end;
        if words.len() != span.len() {
            self.sign(words, start, end);
            return;
        }
        let mut at = start;
        loop {
            if let Some((close, closing)) = self.open_mark {
                let stop = close.min(end);
                self.words(part(words, at - start, stop - start));
                at = stop;
                if close > end {
                    return;
                }
                self.open_mark = None;
                self.markup(closing);
            }
            let Some(mark) = self.marks.get(self.next_mark).copied().filter(|next| next.range().start < end)
            else {
                break;
            };
            self.next_mark += 1;
            let range = mark.range();
            if range.start < at {
                continue;
            }
            self.words(part(words, at - start, range.start - start));
            at = range.start;
            let host = self.host;
            let closing = mark.open(self.out(), host);
            self.open_mark = Some((range.end, closing));
        }
        self.words(part(words, at - start, words.len()));
    }

    /// Words that stand for others in the source, such as a typographic apostrophe: no mark begins or ends in them.
    fn sign(&mut self, words: &str, start: usize, end: usize) {
        if let Some((close, closing)) = self.open_mark
            && close <= start
        {
            self.open_mark = None;
            self.markup(closing);
        }
        while self.marks.get(self.next_mark).is_some_and(|mark| mark.range().start < end) {
            self.next_mark += 1;
        }
        self.words(words);
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
        let Some(link) = self.take_link() else { return };
        self.put("<img src=\"");
        self.put_href(&link.href);
        self.put("\" alt=\"");
        self.image = Some(ImageText { depth: 0, title: title.to_owned() });
    }

    pub(super) fn end_image(&mut self) {
        match &mut self.image {
            Some(image) if image.depth > 0 => image.depth -= 1,
            Some(_) => {
                let title = self.image.take().map(|image| image.title).unwrap_or_default();
                if !title.is_empty() {
                    self.put("\" title=\"");
                    self.put_attribute(&title);
                }
                self.put("\" />");
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
