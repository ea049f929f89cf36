//! Headings, provisions, lists, tables, alerts and code.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag, TagEnd};

use super::{CodeBlock, Writer};

impl Writer<'_> {
    pub(super) fn start_heading(&mut self) {
        if !self.title_seen {
            self.title_seen = true;
            self.in_title = true;
            return;
        }
        let index = self.next_heading;
        let Some(heading) = self.chapter.headings.get(index) else {
            return;
        };
        self.close_provision(heading.level);
        self.fresh_line();
        if let Some(provision) = self.chapter.provision_at(index) {
            self.put(&format!("<section class=\"provision provision--{}\">\n", provision.level.name()));
            self.open_provision = Some(heading.level);
        }
        let rank = self.rank(heading.level);
        self.put(&format!("<h{rank} id=\"{}\">", self.host.id(heading.id.as_str())));
        if let Some(number) = self.host.number(heading) {
            self.put(&format!("<span class=\"number\">{number}</span> "));
        }
        self.open_before_block = self.open_tags.len();
    }

    pub(super) fn end_heading(&mut self) {
        if std::mem::take(&mut self.in_title) {
            return;
        }
        let index = self.next_heading;
        self.next_heading += 1;
        let Some(heading) = self.chapter.headings.get(index) else {
            return;
        };
        self.close_open_tags(self.open_before_block);
        let id = self.host.id(heading.id.as_str());
        self.permalink(&id, &heading.text);
        let rank = self.rank(heading.level);
        self.put(&format!("</h{rank}>\n"));
        if let Some(provision) = self.chapter.provision_at(index) {
            let (name, label) = (provision.level.name(), self.labels.level(provision.level));
            self.put(&format!(
                "<div class=\"provision__mark\"><strong class=\"level level--{name}\">{label}</strong> <a href=\"#{id}\">{}</a>",
                heading.id
            ));
            self.citation_forms(index, heading);
            self.put("</div>\n");
        }
    }

    fn permalink(&mut self, id: &str, text: &str) {
        if self.labels.permalink.is_empty() {
            return;
        }
        self.put(&format!(" <a class=\"permalink\" href=\"#{id}\" aria-label=\""));
        self.put_attribute(&format!("{} {text}", self.labels.permalink));
        self.put("\">#</a>");
    }

    fn rank(&self, level: u8) -> u8 {
        (level + self.heading_shift).min(6)
    }

    /// Closes the open provision before a heading of this level, if the provision ends there.
    pub(super) fn close_provision(&mut self, level: u8) {
        if self.open_provision.is_some_and(|open| level <= open) {
            self.open_provision = None;
            self.close_open_tags(0);
            self.fresh_line();
            self.put("</section>\n");
        }
    }

    pub(super) fn start_block(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(Some(1)) => self.open_block("<ol>\n"),
            Tag::List(Some(first)) => self.open_block(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.open_block("<ul>\n"),
            Tag::Item => self.open_paragraph("li", at),
            Tag::Paragraph => {
                self.open_before_block = self.open_tags.len();
                self.open_paragraph("p", at);
            }
            Tag::BlockQuote(None) => self.open_block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::DefinitionList => self.open_block("<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>"),
            Tag::DefinitionListDefinition => self.open_block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.in_table_head = true;
                self.start_row("<thead>\n<tr>");
            }
            Tag::TableRow => self.start_row("<tr>"),
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(name) => self.start_footnote(&name),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            // Inline tags never come here: `start` takes them first.
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(true) => self.put("</ol>\n"),
            TagEnd::List(false) => self.put("</ul>\n"),
            TagEnd::Item => self.put("</li>\n"),
            TagEnd::Paragraph => {
                self.close_open_tags(self.open_before_block);
                self.put("</p>\n");
            }
            TagEnd::BlockQuote(None) => self.put("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.put("</div>\n"),
            TagEnd::DefinitionList => self.put("</dl>\n"),
            TagEnd::DefinitionListTitle => self.put("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.put("</dd>\n"),
            TagEnd::Table => self.put("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.put("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.put("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            // Inline tags never come here: `end` takes them first.
            _ => {}
        }
    }

    /// Opens a paragraph or a point; one with an address carries it, and a sign that leads to it.
    fn open_paragraph(&mut self, element: &str, at: usize) {
        self.fresh_line();
        let paragraph = self.chapter.paragraphs.get(self.next_paragraph);
        let Some(paragraph) = paragraph.filter(|paragraph| paragraph.start == at) else {
            return self.put_all(&["<", element, ">"]);
        };
        self.next_paragraph += 1;
        let id = self.host.id(paragraph.id.as_str());
        self.put_all(&["<", element, " id=\"", &id, "\">"]);
        if !self.labels.permalink.is_empty() {
            // For the mouse alone: one more stop at every paragraph would be a wall for those who go by keyboard or
            // ear. They find the same links in the box that says how to cite.
            self.put_all(&[
                "<a class=\"pilcrow\" href=\"#",
                &id,
                "\" tabindex=\"-1\" aria-hidden=\"true\"></a>",
            ]);
        }
    }

    fn open_block(&mut self, html: &str) {
        self.fresh_line();
        self.put(html);
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (name, index) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let title = self.labels.alerts.get(index).map_or("", String::as_str);
        self.open_block(&format!(
            "<div class=\"alert alert--{name}\" role=\"note\">\n<p class=\"alert__title\">{title}</p>\n"
        ));
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.alignments = alignments;
        self.tables += 1;
        // A region needs a name of its own: the number, and the heading that it stands under.
        let under = self.next_heading.checked_sub(1).and_then(|heading| self.chapter.headings.get(heading));
        let mut name = format!("{} {}", self.labels.table, self.tables);
        if let Some(heading) = under.filter(|heading| !heading.text.is_empty()) {
            name.push_str(": ");
            name.push_str(&heading.text);
        }
        if let Some(chapter) = self.host.shared() {
            name.push_str(" · ");
            name.push_str(chapter);
        }
        self.fresh_line();
        self.put("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.put_attribute(&name);
        self.put("\">\n<table>\n");
    }

    fn start_row(&mut self, html: &str) {
        self.cell = 0;
        self.put(html);
    }

    fn start_cell(&mut self) {
        self.open_before_block = self.open_tags.len();
        self.cell_start = self.out().len();
        self.put(if self.in_table_head { "<th scope=\"col\"" } else { "<td" });
        match self.alignments.get(self.cell) {
            Some(Alignment::Center) => self.put(" class=\"center\""),
            Some(Alignment::Right) => self.put(" class=\"right\""),
            Some(Alignment::Left | Alignment::None) | None => {}
        }
        self.put(">");
    }

    fn end_cell(&mut self) {
        self.close_open_tags(self.open_before_block);
        let start = self.cell_start;
        if self.in_table_head
            && self
                .out()
                .get(start..)
                .is_some_and(|cell| cell.ends_with('>') && cell.matches('>').count() == 1)
        {
            // A corner without words heads nothing.
            self.out().truncate(start);
            self.put("<td></td>");
        } else {
            self.put(if self.in_table_head { "</th>" } else { "</td>" });
        }
        self.cell += 1;
    }

    pub(super) fn task_marker(&mut self, done: bool) {
        let (checked, label) =
            if done { (" checked", &self.labels.task_done) } else { ("", &self.labels.task_to_do) };
        let label = label.clone();
        self.put(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\""));
        self.put_attribute(&label);
        self.put("\" />\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split(' ').next().unwrap_or("").to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        self.code = Some(CodeBlock { language, code: String::new() });
    }

    fn end_code(&mut self) {
        let Some(CodeBlock { language, code }) = self.code.take() else {
            return;
        };
        self.fresh_line();
        self.put("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.put(" class=\"language-");
            self.put_attribute(&language);
            self.put("\"");
        }
        self.put(">");
        let highlighter = if language.is_empty() { None } else { self.host.highlighter() };
        match highlighter.and_then(|highlighter| highlighter.html(&language, &code)) {
            Some(coloured) => self.put(&coloured),
            None => self.put_escaped(&code),
        }
        self.put("</code></pre>\n");
    }
}
