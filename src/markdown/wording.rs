//! A chapter as readers read it: its blocks, the words of each, and what the linked words lead to. However the same text
//! is written in Markdown, it reads the same.

use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::inline_html::{Verdict, pieces};
use super::{Chapter, options};

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Block {
    /// Index of the heading that it stands under, in [`Chapter::headings`]; a heading stands under itself, a note where
    /// it is mentioned first.
    pub heading: Option<usize>,
    /// What kind of block it is.
    pub form: Form,
    /// Its words, signs and blanks.
    pub words: Vec<Word>,
}

/// How a block stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// What it is.
    pub kind: BlockKind,
    /// In how many lists it stands.
    pub depth: usize,
    /// In how many quotes it stands.
    pub quotes: usize,
    /// What the innermost of them warns of: `note`, `tip`, `important`, `warning`, `caution`.
    pub alert: Option<&'static str>,
    /// Whether it belongs to a note.
    pub in_note: bool,
}

/// A kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading of this rank, as written.
    Heading(u8),
    /// The beginning of a point.
    Item {
        /// Whether the points are numbered.
        ordered: bool,
        /// The number of the first point of a list that does not begin with 1.
        from: Option<u64>,
        /// Whether it is a task, and done.
        task: Option<bool>,
    },
    /// A cell of a table.
    Cell {
        /// Whether it begins a row.
        first: bool,
        /// Whether it is of the row of names.
        head: bool,
    },
    /// A block of code; each of its blanks counts.
    Code,
    /// A term that a list of definitions defines.
    Term,
    /// A definition.
    Definition,
    /// The line between two parts.
    Rule,
}

/// The smallest piece of a text: a word, a sign or the blank between two.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// The letters.
    pub text: String,
    /// What it leads to, where it stands in a link or is the description of an image.
    pub link: Option<Arc<str>>,
}

/// What a reference is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// A name of what it leads to that no other thing has.
    pub name: String,
    /// The words that readers see where the author wrote none.
    pub label: String,
}

/// The blocks of a chapter in order, without its title; `lead` tells where the reference of this number leads.
pub fn wording(chapter: &Chapter, lead: &dyn Fn(usize) -> Lead) -> Vec<Block> {
    let mut reader = Reader::new(chapter, lead);
    // Typographic signs come from a setting, and not from the text.
    for event in Parser::new_ext(chapter.text(), options(false)) {
        reader.event(event);
    }
    reader.end_block();
    reader.finish()
}

/// The words, signs and blanks of a plain text.
pub fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    add_words(&mut words, text, None);
    trim(&mut words);
    words
}

struct Reader<'a> {
    lead: &'a dyn Fn(usize) -> Lead,
    title_seen: bool,
    in_title: bool,
    headings: usize,
    references: usize,
    /// The lists around, each with whether it is numbered and the number of its next point.
    lists: Vec<Option<u64>>,
    quotes: Vec<Option<&'static str>>,
    kind: BlockKind,
    /// Whether a block without words is one all the same.
    keep_empty: bool,
    runs: Vec<Run>,
    links: Vec<Open>,
    table: Option<(bool, bool)>,
    blocks: Vec<Block>,
    /// The note that is being read, and the heading of the first mention of each.
    note: Option<String>,
    mentions: HashMap<String, Option<usize>>,
    notes: Vec<(String, Vec<Block>)>,
}

/// Text between two marks.
#[derive(Default)]
struct Run {
    text: String,
    link: Option<Arc<str>>,
    /// Whether each blank counts.
    is_code: bool,
}

/// A link or image that is being read.
struct Open {
    name: Arc<str>,
    /// What to write where it has no words.
    label: String,
    /// How many runs came before it.
    before: usize,
    /// Whether the words between its ends are its own, and not a target.
    has_words: bool,
}

impl<'a> Reader<'a> {
    fn new(chapter: &Chapter, lead: &'a dyn Fn(usize) -> Lead) -> Self {
        Self {
            lead,
            title_seen: chapter.title.is_none(),
            in_title: false,
            headings: 0,
            references: 0,
            lists: Vec::new(),
            quotes: Vec::new(),
            kind: BlockKind::Paragraph,
            keep_empty: false,
            runs: Vec::new(),
            links: Vec::new(),
            table: None,
            blocks: Vec::new(),
            note: None,
            mentions: HashMap::new(),
            notes: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.kind == BlockKind::Code => self.add_run(&words, true),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.add(&words),
            Event::Code(code) => self.add_run(&code, true),
            Event::SoftBreak | Event::HardBreak => self.add(" "),
            Event::Html(html) | Event::InlineHtml(html) => self.authors_html(&html),
            Event::FootnoteReference(name) => self.mention(&name),
            Event::TaskListMarker(done) => {
                if let BlockKind::Item { task, .. } = &mut self.kind {
                    *task = Some(done);
                }
            }
            Event::Rule => {
                self.begin(BlockKind::Rule, true);
                self.end_block();
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::Paragraph => self.start_paragraph(),
            Tag::HtmlBlock => self.begin(BlockKind::Paragraph, false),
            Tag::BlockQuote(alert) => {
                self.end_block();
                self.quotes.push(alert.map(name_of_alert));
            }
            Tag::CodeBlock(_) => self.begin(BlockKind::Code, true),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => {
                self.end_block();
                self.note = Some(name.to_string());
                self.notes.push((name.to_string(), Vec::new()));
            }
            Tag::DefinitionList | Tag::Table(_) | Tag::MetadataBlock(_) => self.end_block(),
            Tag::DefinitionListTitle => self.begin(BlockKind::Term, false),
            Tag::DefinitionListDefinition => self.begin(BlockKind::Definition, false),
            Tag::TableHead => self.table = Some((true, true)),
            Tag::TableRow => self.table = Some((true, false)),
            Tag::TableCell => self.start_cell(),
            Tag::Link { link_type, .. } => {
                self.open(!matches!(link_type, LinkType::WikiLink { has_pothole: false }));
            }
            Tag::Image { .. } => self.open(true),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_block();
                self.in_title = false;
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes.pop();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.note = None;
            }
            TagEnd::Link | TagEnd::Image => self.close(),
            TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::MetadataBlock(_) => self.end_block(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    fn start_heading(&mut self, rank: u8) {
        self.begin(BlockKind::Heading(rank), true);
        if self.title_seen {
            self.headings += 1;
        } else {
            (self.title_seen, self.in_title) = (true, true);
        }
    }

    /// The paragraph that opens a point or a definition is the point; so a loose list reads as a tight one.
    fn start_paragraph(&mut self) {
        let opens = matches!(self.kind, BlockKind::Item { .. } | BlockKind::Definition);
        if !(opens && self.runs.is_empty()) {
            self.begin(BlockKind::Paragraph, false);
        }
    }

    fn start_item(&mut self) {
        let number = self.lists.last_mut();
        let is_first_at =
            number.and_then(|number| number.as_mut().map(|number| std::mem::replace(number, 1)));
        let from = is_first_at.filter(|number| *number != 1);
        self.begin(BlockKind::Item { ordered: is_first_at.is_some(), from, task: None }, true);
    }

    fn start_cell(&mut self) {
        let (first, head) = self.table.unwrap_or_default();
        self.table = Some((false, head));
        self.begin(BlockKind::Cell { first, head }, true);
    }

    fn begin(&mut self, kind: BlockKind, keep_empty: bool) {
        self.end_block();
        (self.kind, self.keep_empty) = (kind, keep_empty);
    }

    fn end_block(&mut self) {
        let mut words = words_of_runs(&std::mem::take(&mut self.runs));
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let keep_empty = std::mem::take(&mut self.keep_empty);
        if kind != BlockKind::Code {
            trim(&mut words);
        }
        if self.in_title || (words.is_empty() && !keep_empty) {
            return;
        }
        let form = Form {
            kind,
            depth: self.lists.len(),
            quotes: self.quotes.len(),
            alert: self.quotes.last().copied().flatten(),
            in_note: self.note.is_some(),
        };
        let block = Block { heading: self.headings.checked_sub(1), form, words };
        match self.notes.last_mut().filter(|_| form.in_note) {
            Some((_, blocks)) => blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    fn add(&mut self, text: &str) {
        self.add_run(text, false);
    }

    /// Entities and escapes end an event, and no word.
    fn add_run(&mut self, text: &str, is_code: bool) {
        let link = self.links.last().map(|open| open.name.clone());
        match self.runs.last_mut() {
            Some(run) if run.link == link && run.is_code == is_code => run.text.push_str(text),
            Some(_) | None => self.runs.push(Run { text: text.to_owned(), link, is_code }),
        }
    }

    /// Harmless elements and comments have no words of their own; everything else is shown as the text that it is.
    fn authors_html(&mut self, html: &str) {
        for (verdict, range) in pieces(html) {
            match verdict {
                Verdict::Text | Verdict::Refused { .. } => self.add(html.get(range).unwrap_or("")),
                Verdict::Allowed(tag) if tag.name == "br" => self.add(" "),
                Verdict::Comment | Verdict::Allowed(_) => {}
            }
        }
    }

    fn open(&mut self, has_words: bool) {
        let Lead { name, label } = (self.lead)(self.references);
        self.references += 1;
        self.links.push(Open { name: name.into(), label, before: self.runs.len(), has_words });
        self.runs.push(Run { link: self.links.last().map(|open| open.name.clone()), ..Run::default() });
    }

    fn close(&mut self) {
        let Some(open) = self.links.pop() else { return };
        let is_empty = self.runs.iter().skip(open.before).all(|run| run.text.trim().is_empty());
        if is_empty || !open.has_words {
            self.runs.truncate(open.before);
            self.runs.push(Run { text: open.label, link: Some(open.name), is_code: false });
        }
        // What follows is no part of it, whatever it leads to.
        self.runs.push(Run { link: self.links.last().map(|open| open.name.clone()), ..Run::default() });
    }

    fn mention(&mut self, name: &CowStr<'_>) {
        // A note's number is no word: its place among the notes makes it.
        self.add("[*]");
        if self.note.is_none() {
            let heading = self.headings.checked_sub(1);
            self.mentions.entry(name.to_string()).or_insert(heading);
        }
    }

    /// The notes follow the text, each under the heading of its first mention.
    fn finish(mut self) -> Vec<Block> {
        for (name, mut blocks) in self.notes {
            if let Some(heading) = self.mentions.get(&name) {
                blocks.iter_mut().for_each(|block| block.heading = *heading);
            }
            self.blocks.append(&mut blocks);
        }
        self.blocks
    }
}

fn name_of_alert(alert: BlockQuoteKind) -> &'static str {
    match alert {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

fn words_of_runs(runs: &[Run]) -> Vec<Word> {
    let mut words = Vec::new();
    for run in runs {
        if run.is_code {
            add_code(&mut words, &run.text, run.link.as_ref());
        } else {
            add_words(&mut words, &run.text, run.link.as_ref());
        }
    }
    words
}

fn add_code(words: &mut Vec<Word>, code: &str, link: Option<&Arc<str>>) {
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let is_blank = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != is_blank).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        if is_blank {
            words.push(Word { text: piece.to_owned(), link: None });
        } else {
            add_words(words, piece, link);
        }
        rest = after;
    }
}

/// A blank is one blank, however long; a number with its points is one word.
fn add_words(words: &mut Vec<Word>, text: &str, link: Option<&Arc<str>>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = rest.split_at(length_of_word(rest, first));
        let is_inside = rest.len() < text.len() && !after.is_empty();
        rest = after;
        let is_blank = first.is_whitespace();
        let follows_blank = words.last().is_none_or(|word| word.text == " ");
        if is_blank && follows_blank {
            continue;
        }
        let text = if is_blank { " ".to_owned() } else { piece.to_owned() };
        // The halves of a word that emphasis parts are one word.
        if let Some(last) = words.last_mut()
            && last.link.as_ref() == link
            && is_word(&last.text)
            && is_word(&text)
        {
            last.text.push_str(&text);
            continue;
        }
        words.push(Word { text, link: link.filter(|_| !is_blank || is_inside).cloned() });
    }
}

fn length_of_word(text: &str, first: char) -> usize {
    if first.is_whitespace() {
        return text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    }
    if !first.is_alphanumeric() {
        return first.len_utf8();
    }
    let mut chars = text.char_indices().peekable();
    let mut before = first;
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let in_number = matches!(c, '.' | ',' | '/') && before.is_ascii_digit() && next_is_digit;
        if !(c.is_alphanumeric() || in_number) {
            return at;
        }
        before = c;
    }
    text.len()
}

fn is_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphanumeric)
}

fn trim(words: &mut Vec<Word>) {
    while words.pop_if(|word| word.text == " ").is_some() {}
    if words.first().is_some_and(|word| word.text == " ") {
        words.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::markdown::{Reading, outline};

    fn read(text: &str) -> Vec<Block> {
        let (chapter, _) = outline(&SourceFile::new("a.md", text), 0..text.len(), Reading::default());
        let lead = |number: usize| {
            let target = chapter.references.get(number).map(|reference| reference.target.clone());
            Lead { name: target.unwrap_or_default(), label: "label".to_owned() }
        };
        wording(&chapter, &lead)
    }

    fn line(block: &Block) -> String {
        let text: Vec<_> = block
            .words
            .iter()
            .map(|word| match &word.link {
                Some(link) => format!("{}<{link}>", word.text),
                None => word.text.clone(),
            })
            .collect();
        format!("{:?} {:?} {}", block.heading, block.form.kind, text.join("|"))
    }

    #[test]
    fn another_spelling_of_the_same_text_reads_the_same() {
        for (one, other) in [
            ("Il *termine* è **di** 5 giorni.\n", "Il _termine_ è\n__di__ 5\ngiorni.\n"),
            ("## Uno\n\ntesto\n", "Uno\n---\n\ntesto\n"),
            ("- a\n- b\n", "* a\n\n* b\n"),
            ("1. a\n2. b\n", "1) a\n1) b\n"),
            ("[qui](b.md) e [là][x]\n\n[x]: c.md 'titolo'\n", "[qui][y] e [là](c.md)\n\n[y]: b.md\n"),
            ("responsabilit&agrave; &amp; 1.5\n", "responsabilità \\& 1\\.5\n"),
            ("```\na  b\n```\n", "    a  b\n"),
            ("| a | b |\n|---|---|\n| 1 | 2 |\n", "a|b\n:-:|---\n1|2\n"),
            ("a[^n]\n\n[^n]: nota\n\nb\n", "a[^1]\n\nb\n\n[^1]: nota\n"),
            ("x <b>y</b><!-- z -->\n", "x **y**\n"),
            ("par*ola*\n", "parola\n"),
            ("a\\\nb\n", "a  \nb\n"),
        ] {
            assert_eq!(read(one), read(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_a_reader_would_see_reads_otherwise() {
        for (one, other) in [
            ("5 giorni\n", "10 giorni\n"),
            ("[qui](b.md)\n", "[qui](c.md)\n"),
            ("[qui](b.md)\n", "qui\n"),
            ("- a\n- b\n", "a\n\nb\n"),
            ("- a\n- b\n", "1. a\n2. b\n"),
            ("1. a\n", "4. a\n"),
            ("- a\n- b\n", "- a\n  - b\n"),
            ("- [ ] a\n", "- [x] a\n"),
            ("> a\n", "a\n"),
            ("> [!NOTE]\n> a\n", "> [!WARNING]\n> a\n"),
            ("```\na  b\n```\n", "```\na b\n```\n"),
            ("`a  b`\n", "`a b`\n"),
            ("## a\n", "### a\n"),
            ("## a\n", "a\n"),
            ("a b\n", "a\n\nb\n"),
            ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 |\n| 2 |\n"),
            ("a[^n] b\n\n[^n]: c\n", "a b\n\nc\n"),
            ("![](a.png)\n", "![](b.png)\n"),
            ("1.000\n", "1000\n"),
            ("a\n\n---\n\nb\n", "a\n\nb\n"),
        ] {
            assert_ne!(read(one), read(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn each_block_stands_under_its_heading_and_a_note_where_it_is_mentioned() {
        let text = "# T\n\na [[LG-1]]\n\n## U\n\nb[^n] ![](f.png)\n\n## V\n\n- c [d e](x.md)\n\n[^n]: nota\n";
        let lines: Vec<_> = read(text).iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "None Paragraph a| |label<LG-1>",
                "Some(0) Heading(2) U",
                "Some(0) Paragraph b|[|*|]| |label<f.png>",
                "Some(1) Heading(2) V",
                "Some(1) Item { ordered: false, from: None, task: None } c| |d<x.md>| <x.md>|e<x.md>",
                "Some(0) Paragraph nota",
            ]
        );
    }

    #[test]
    fn a_number_with_its_points_is_one_word_and_an_end_of_sentence_none() {
        let words: Vec<_> =
            words_of(" dell'art. 5: 1.000,50 euro. ").into_iter().map(|word| word.text).collect();
        assert_eq!(words.join("|"), "dell|'|art|.| |5|:| |1.000,50| |euro|.");
    }
}
