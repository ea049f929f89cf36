//! A chapter's words without their markup, part by part: what a search looks through.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::inline_html::{Verdict, pieces};
use super::{Chapter, options};

/// The words under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// Index of the heading in [`Chapter::headings`]; `None` before the first.
    pub heading: Option<usize>,
    /// The words of each block, without the heading's own; none is empty.
    pub blocks: Vec<String>,
}

/// The words of a chapter, in order: one passage before the first heading, if it has words, and one for each heading.
pub fn passages(chapter: &Chapter) -> Vec<Passage> {
    let mut reader = Reader { title_seen: chapter.title.is_none(), ..Reader::default() };
    for event in Parser::new_ext(chapter.text(), options(chapter.typography)) {
        reader.event(event);
    }
    reader.end_block();
    let Reader { mut passages, open, .. } = reader;
    passages.push(open);
    passages.retain(|passage| passage.heading.is_some() || !passage.blocks.is_empty());
    passages
}

#[derive(Default)]
struct Reader {
    title_seen: bool,
    in_heading: bool,
    /// How many headings there have been, without the title.
    headings: usize,
    block: String,
    open: Passage,
    passages: Vec<Passage>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.start_heading(),
            Event::End(TagEnd::Heading(_)) => self.in_heading = false,
            Event::Start(Tag::TableCell) | Event::SoftBreak | Event::HardBreak => self.add(" "),
            Event::Start(tag) if is_inline(&tag.to_end()) => {}
            Event::End(tag) if is_inline(&tag) => {}
            Event::Start(_) | Event::End(_) | Event::Rule => self.end_block(),
            Event::Text(words) | Event::Code(words) => self.add(&words),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.add(&words),
            Event::Html(html) | Event::InlineHtml(html) => self.authors_html(&html),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_heading(&mut self) {
        self.end_block();
        self.in_heading = true;
        if !self.title_seen {
            self.title_seen = true;
            return;
        }
        let next = Passage { heading: Some(self.headings), blocks: Vec::new() };
        self.headings += 1;
        self.passages.push(std::mem::replace(&mut self.open, next));
    }

    fn add(&mut self, words: &str) {
        if !self.in_heading {
            self.block.push_str(words);
        }
    }

    /// Harmless elements and comments have no words of their own; everything else is shown as the text that it is.
    fn authors_html(&mut self, html: &str) {
        for (verdict, range) in pieces(html) {
            match verdict {
                Verdict::Text | Verdict::Refused { .. } => self.add(html.get(range).unwrap_or("")),
                Verdict::Comment | Verdict::Allowed(_) => {}
            }
        }
    }

    fn end_block(&mut self) {
        let words = self.block.split_whitespace().collect::<Vec<_>>().join(" ");
        self.block.clear();
        if !words.is_empty() {
            self.open.blocks.push(words);
        }
    }
}

/// Whether the words go on over the ends of this element.
fn is_inline(tag: &TagEnd) -> bool {
    match tag {
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::Link
        | TagEnd::Image
        | TagEnd::TableCell => true,
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::MetadataBlock(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::markdown::{Reading, outline};

    fn read(text: &str) -> Vec<(Option<usize>, Vec<String>)> {
        let (chapter, _) = outline(&SourceFile::new("a.md", text), 0..text.len(), Reading::default());
        passages(&chapter).into_iter().map(|passage| (passage.heading, passage.blocks)).collect()
    }

    fn blocks(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn words_stand_under_their_heading_without_markup_and_with_their_entities_read() {
        assert_eq!(
            read(
                "# Titolo\n\nPrima *di\ntutto* [qui](b.md).\n\n## Uno\n\n- responsabilit&agrave;\n- `b`\n\n### Due\n\n## Tre\n\nFine<b>!</b> <PA>\n"
            ),
            [
                (None, blocks(&["Prima di tutto qui."])),
                (Some(0), blocks(&["responsabilità", "b"])),
                (Some(1), vec![]),
                (Some(2), blocks(&["Fine! <PA>"])),
            ]
        );
    }

    #[test]
    fn the_cells_of_a_row_are_one_block_and_images_give_their_description() {
        assert_eq!(
            read("| a | b |\n|---|---|\n| 1 | 2 |\n\n![Una figura](f.png)[^n]\n\n[^n]: La nota.\n"),
            [(None, blocks(&["a b", "1 2", "Una figura", "La nota."]))]
        );
    }

    #[test]
    fn a_chapter_without_words_has_no_passage() {
        assert_eq!(read("# Titolo\n"), []);
    }
}
