//! The paragraphs of a chapter that have an address of their own.

use std::collections::HashSet;

use pulldown_cmark::Tag;

use crate::markdown::{Anchor, Heading, Paragraph};

use super::ids::TakenHeading;

/// The paragraphs and points in the flow of a chapter, while it is read.
#[derive(Default)]
pub(super) struct Paragraphs {
    /// Where each begins, and the heading that it stands under.
    found: Vec<(usize, Option<usize>)>,
    /// Whether the outermost element is a list.
    in_list: bool,
}

impl Paragraphs {
    /// Notes what begins here. Of a list, its own points have an address, and not what they hold: a letter cites the
    /// second point, and not the second paragraph of its third part.
    pub(super) fn see(&mut self, tag: &Tag<'_>, depth: usize, start: usize, heading: Option<usize>) {
        match tag {
            Tag::Paragraph if depth == 0 => self.found.push((start, heading)),
            Tag::Item if depth == 1 && self.in_list => self.found.push((start, heading)),
            Tag::List(_) if depth == 0 => self.in_list = true,
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList if depth == 0 => {
                self.in_list = false;
            }
            _ => {}
        }
    }

    /// Gives each its id, after those of the headings are taken. `name` is what those before the first heading are
    /// named after; without one no paragraph has an id.
    pub(super) fn with_ids(
        self,
        name: Option<&str>,
        headings: &[TakenHeading],
        title: Option<&Heading>,
    ) -> Vec<Paragraph> {
        let Some(name) = name else { return Vec::new() };
        let all = headings.iter().map(|taken| &taken.heading).chain(title);
        let mut taken: HashSet<String> = all.map(|heading| heading.id.to_string()).collect();
        let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(self.found.len());
        for (start, heading) in self.found {
            let before = paragraphs.last().filter(|last| last.heading == heading);
            let number = before.map_or(1, |before| before.number + 1);
            let above = heading.and_then(|heading| headings.get(heading));
            let base = above.map_or(name, |above| above.heading.id.as_str());
            let id = Anchor::of_paragraph(base, number, &mut taken);
            paragraphs.push(Paragraph { id, heading, number, start });
        }
        paragraphs
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceFile;
    use crate::markdown::{Reading, outline};

    fn ids(text: &str, name: Option<&str>) -> Vec<String> {
        let file = SourceFile::new("a.md", text);
        let reading = Reading { paragraphs: name, ..Reading::default() };
        let (chapter, _) = outline(&file, 0..text.len(), reading);
        chapter.paragraphs.iter().map(|paragraph| paragraph.id.to_string()).collect()
    }

    #[test]
    fn paragraphs_and_points_are_named_after_the_heading_and_counted_there() {
        let text =
            "a\n\n## B\n\nb\n\n- c\n  - d\n- e\n\n  f\n\n> g\n\nh\n\n### I {#LG-01.1 .deve}\n\ni\n\nl\n";
        assert_eq!(
            ids(text, Some("LG-01")),
            ["LG-01-p1", "b-p1", "b-p2", "b-p3", "b-p4", "LG-01.1-p1", "LG-01.1-p2"]
        );
        assert_eq!(ids("a\n", Some("")), ["p1"]);
        assert_eq!(ids(text, None), [""; 0]);
    }

    #[test]
    fn an_id_that_an_author_wrote_is_never_taken() {
        assert_eq!(ids("## B {#b}\n\nx\n\ny\n\n## C {#b-p1}\n", Some("")), ["b-p1-2", "b-p2"]);
    }
}
