//! The first pass: what a chapter contains, and what is wrong in it.

mod ids;
mod leftovers;
mod notes;
mod numbers;
mod paragraphs;
mod prose;
mod provisions;
mod sentences;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, OffsetIter, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile};
use crate::say;

use super::inline_html::{self, Verdict};
use super::places::Places;
use super::{Chapter, Citation, LONG_SENTENCE, Reading, Reference, ReferenceKind, Sentence, options};
use ids::{RawHeading, with_ids};
use leftovers::Leftover;
use notes::Notes;
use paragraphs::Paragraphs;
use prose::{Cited, Prose, Terms};
use provisions::provisions;
use sentences::BlockText;

/// The deepest nesting of lists, quotes and notes; browsers give up long after readers do.
pub const MOST_LEVELS: usize = 32;

/// Reads the Markdown in `body` of `file`: its headings, provisions and references, and its problems.
pub fn outline(file: &SourceFile, body: Range<usize>, reading: Reading<'_>) -> (Chapter, Vec<Diagnostic>) {
    let text = file.text().get(body.clone()).unwrap_or("");
    let missing = RefCell::new(Vec::new());
    let note_missing = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        missing.borrow_mut().push((link.link_type, link.reference.to_string(), link.span));
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options(reading.typography), Some(note_missing));
    let mut outliner = Outliner::new(file, body.clone(), text, reading);
    outliner.run(parser.into_offset_iter());
    outliner.place_notes();
    let missing = missing.into_inner();
    let mut diagnostics = outliner.diagnostics;
    diagnostics.extend(missing.into_iter().filter_map(|(kind, name, span)| {
        undefined_reference(kind, &name, Place::range(file, span.start + body.start..span.end + body.start))
    }));
    let (mut headings, title) = with_ids(outliner.headings, file, &mut diagnostics);
    let provisions = provisions(&headings, &body, file, &mut diagnostics);
    numbers::assign(&mut headings, &provisions);
    let paragraphs = outliner.paragraphs.with_ids(reading.paragraphs, &headings, title.as_ref());
    let (terms, acronyms) = outliner.terms.finish();
    // Collected in place, they would keep the room of the larger ones.
    let mut kept = Vec::with_capacity(headings.len());
    kept.extend(headings.into_iter().map(|taken| taken.heading));
    let mut chapter = Chapter {
        file: file.clone(),
        typography: reading.typography,
        title,
        headings: kept,
        provisions,
        paragraphs,
        references: outliner.references,
        citations: outliner.citations,
        terms,
        acronyms,
        sentences: outliner.sentences,
        long_sentences: outliner.long_sentences,
        lead: outliner.lead.unwrap_or_default(),
        body,
        places: Places::default(),
    };
    chapter.places = Places::of(&chapter);
    (chapter, diagnostics)
}

struct Outliner<'a> {
    file: &'a SourceFile,
    base: usize,
    text: &'a str,
    headings: Vec<RawHeading>,
    /// How many of them are no title.
    counted: usize,
    references: Vec<Reference>,
    diagnostics: Vec<Diagnostic>,
    lead: Option<String>,
    depth: usize,
    blocks: usize,
    /// What collects text now: at most a heading, and the links open in it.
    heading: Option<RawHeading>,
    paragraph: Option<String>,
    open_references: Vec<usize>,
    in_code: bool,
    in_cell: bool,
    reading: Reading<'a>,
    prose: Prose,
    citations: Vec<Citation>,
    terms: Terms,
    notes: Notes,
    paragraphs: Paragraphs,
    /// The citations of the block that is being read, as wholes.
    whole: Vec<Range<usize>>,
    block: BlockText,
    sentences: Vec<Sentence>,
    long_sentences: Vec<(usize, Range<usize>)>,
    /// How many references and terms came before the block that is being read.
    before_block: Mentions,
}

/// How many references, citations and terms a chapter has up to a place.
#[derive(Clone, Copy, Default)]
struct Mentions {
    references: usize,
    citations: usize,
    terms: usize,
}

impl<'a> Outliner<'a> {
    fn new(file: &'a SourceFile, body: Range<usize>, text: &'a str, reading: Reading<'a>) -> Self {
        Self {
            file,
            base: body.start,
            text,
            headings: Vec::new(),
            counted: 0,
            references: Vec::new(),
            diagnostics: Vec::new(),
            lead: None,
            depth: 0,
            blocks: 0,
            heading: None,
            paragraph: None,
            open_references: Vec::new(),
            in_code: false,
            in_cell: false,
            reading,
            prose: Prose::default(),
            citations: Vec::new(),
            terms: Terms::default(),
            notes: Notes::default(),
            paragraphs: Paragraphs::default(),
            whole: Vec::new(),
            block: BlockText::default(),
            sentences: Vec::new(),
            long_sentences: Vec::new(),
            before_block: Mentions::default(),
        }
    }

    fn run<F: pulldown_cmark::BrokenLinkCallback<'a>>(&mut self, events: OffsetIter<'a, F>) {
        for (event, span) in events {
            match &event {
                Event::Start(tag) if is_block(tag) => self.end_block(span.start),
                Event::End(tag) if is_block_end(tag) => self.end_block(span.end),
                Event::Text(words) | Event::Code(words) if !self.in_code => self.block.add(words, span.start),
                Event::SoftBreak | Event::HardBreak => self.block.add(" ", span.start),
                _ => {}
            }
            self.gather(&event, &span);
            match event {
                Event::Start(tag) => {
                    if !self.start(tag, &span) {
                        return;
                    }
                }
                Event::End(tag) => self.end(tag),
                Event::Text(words) => {
                    self.words(&words);
                    if !self.in_code && !self.in_cell {
                        self.report_leftover(leftovers::in_words(self.text, &span));
                    }
                }
                Event::Code(words) => self.words(&words),
                Event::SoftBreak | Event::HardBreak => self.words(" "),
                Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span),
                Event::FootnoteReference(name) => self.notes.mention(&name, self.current_heading()),
                Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) | Event::Rule => {}
            }
        }
    }

    /// Goes into an element; `false` when the chapter is nested too deep to go on.
    fn start(&mut self, tag: Tag<'_>, span: &Range<usize>) -> bool {
        if let Tag::FootnoteDefinition(name) = &tag {
            self.notes.start(name, self.mentions());
        }
        self.paragraphs.see(&tag, self.depth, self.base + span.start, self.last_heading());
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
                self.depth += 1;
                if self.depth > MOST_LEVELS {
                    self.too_deep(span);
                    return false;
                }
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.heading = Some(RawHeading {
                    level: rank(level),
                    id: id.map(|id| id.to_string()),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    strangers: attrs.iter().map(|(name, _)| name.to_string()).collect(),
                    text: String::new(),
                    range: self.global(span),
                    top_level: self.depth == 0,
                    is_title: self.blocks == 0 && level == HeadingLevel::H1,
                });
            }
            Tag::TableCell => {
                self.in_cell = true;
                self.report_leftover(leftovers::in_cell(self.text, span));
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::Paragraph if self.depth == 0 && self.lead.is_none() => self.paragraph = Some(String::new()),
            Tag::Link { link_type, dest_url, .. } => self.open(link_kind(link_type), &dest_url, span),
            Tag::Image { dest_url, .. } => self.open(ReferenceKind::Image, &dest_url, span),
            _ => {}
        }
        self.blocks += 1;
        true
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::FootnoteDefinition {
            self.notes.end(self.mentions());
        }
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList => {
                self.depth -= 1;
            }
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Heading(_) => {
                self.counted += usize::from(self.heading.as_ref().is_some_and(|heading| !heading.is_title));
                self.headings.extend(self.heading.take());
            }
            TagEnd::Paragraph => self.lead = self.lead.take().or(self.paragraph.take()),
            TagEnd::Link | TagEnd::Image => {
                self.open_references.pop();
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(words);
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.push_str(words);
        }
        for &open in &self.open_references {
            if let Some(reference) = self.references.get_mut(open)
                && reference.kind != ReferenceKind::Wiki
            {
                reference.text.push_str(words);
            }
        }
    }

    /// Gathers prose for citations and terms: not a heading, and code, links and HTML only as what stands between.
    fn gather(&mut self, event: &Event<'_>, span: &Range<usize>) {
        if self.in_code || self.heading.is_some() {
            return;
        }
        let span = span.clone();
        match event {
            Event::Text(words) if self.open_references.is_empty() => {
                let source = self.text.get(span.clone()).unwrap_or("");
                // Typography puts other signs for these; an apostrophe may stand within a term.
                let is_source = words.len() == source.len() || source.starts_with(['\'', '"', '-', '.']);
                self.prose.add(if is_source { source } else { words }, span);
            }
            Event::Text(words) | Event::Code(words) => self.prose.add_foreign(words, span),
            Event::SoftBreak | Event::HardBreak => self.prose.add("\n", span),
            Event::InlineHtml(html) => self.gather_html(html, &span),
            Event::FootnoteReference(_)
            | Event::Start(Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => self.prose.add_barrier(),
            Event::Start(_)
            | Event::End(_)
            | Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_)
            | Event::Rule => {}
        }
    }

    fn gather_html(&mut self, html: &str, span: &Range<usize>) {
        for (verdict, range) in inline_html::pieces(html) {
            let source = span.start + range.start..span.start + range.end;
            match verdict {
                Verdict::Allowed(tag) if tag.name == "br" => self.prose.add_foreign(" ", source),
                Verdict::Allowed(_) | Verdict::Comment => self.prose.add_barrier(),
                Verdict::Text | Verdict::Refused { .. } => {
                    self.prose.add_foreign(html.get(range).unwrap_or(""), source);
                }
            }
        }
    }

    /// Reads the prose of a block that has ended: its citations first, as a term inside one is a part of it.
    fn read_prose(&mut self) {
        if self.prose.is_empty() {
            return;
        }
        let mut prose = std::mem::take(&mut self.prose);
        let heading = self.last_heading();
        let acts = self.reading.acts;
        let mut cited = acts.map_or_else(Cited::default, |acts| {
            prose::citations(self.file, &prose, self.base, heading, acts)
        });
        self.citations.append(&mut cited.citations);
        self.diagnostics.append(&mut cited.diagnostics);
        self.whole.append(&mut cited.whole);
        if let Some(lexicon) = self.reading.lexicon {
            self.terms.read(&prose, self.base, &cited, heading, lexicon);
        }
        prose.clear();
        self.prose = prose;
    }

    /// What a note says belongs to the heading under which it is mentioned first.
    fn place_notes(&mut self) {
        for (note, heading) in self.notes.placed() {
            let references = self.references.get_mut(note.references.clone()).into_iter().flatten();
            references.for_each(|reference| reference.heading = heading);
            let citations = self.citations.get_mut(note.citations.clone()).into_iter().flatten();
            citations.for_each(|citation| citation.heading = heading);
            let terms = self.terms.uses.get_mut(note.terms.clone()).into_iter().flatten();
            terms.for_each(|term| term.heading = heading);
        }
        if self.reading.link_terms {
            self.terms.link(&self.notes.terms());
        }
    }

    fn mentions(&self) -> Mentions {
        Mentions {
            references: self.references.len(),
            citations: self.citations.len(),
            terms: self.terms.uses.len(),
        }
    }

    /// Ends a block of text.
    fn end_block(&mut self, at: usize) {
        self.read_prose();
        let now = self.mentions();
        let before = std::mem::replace(&mut self.before_block, now);
        if !self.block.is_empty() {
            self.block.end(at, self.base, &self.whole);
            self.keep_sentences(before);
            self.block.clear();
        }
        self.whole.clear();
    }

    /// Keeps those of the block's sentences that something refers from, and counts the words of long ones.
    fn keep_sentences(&mut self, before: Mentions) {
        let references = self.references.iter().skip(before.references).map(|reference| &reference.range);
        let citations = self.citations.iter().skip(before.citations).map(|citation| &citation.range);
        let terms = self.terms.uses.iter().skip(before.terms).map(|term| &term.range);
        let mut places: Vec<usize> =
            references.chain(citations).chain(terms).map(|range| range.start).collect();
        places.sort_unstable();
        for (sentence, range) in self.block.sentences() {
            let range = self.base + range.start..self.base + range.end;
            let words = sentences::count_beyond(LONG_SENTENCE, sentence);
            self.long_sentences.extend(words.map(|words| (words, range.clone())));
            let next = places.partition_point(|place| *place < range.start);
            if places.get(next).is_some_and(|place| *place < range.end) {
                self.sentences.push(Sentence { text: sentences::plain(sentence), range });
            }
        }
    }

    /// The heading that stands before; the title is none, as an index counts what `Chapter::headings` will hold.
    fn last_heading(&self) -> Option<usize> {
        self.counted.checked_sub(1)
    }

    /// The heading that is being read, else the one that stands before.
    fn current_heading(&self) -> Option<usize> {
        match &self.heading {
            Some(heading) if !heading.is_title => Some(self.counted),
            Some(_) | None => self.last_heading(),
        }
    }

    fn report_leftover(&mut self, leftover: Option<Leftover>) {
        self.diagnostics.extend(leftover.map(|leftover| leftover.diagnostic(self.file, self.base)));
    }

    fn open(&mut self, kind: ReferenceKind, target: &str, span: &Range<usize>) {
        // The target's own place makes the better diagnostic; escaped or defined elsewhere, it is not in the span.
        let written = self.text.get(span.clone()).unwrap_or("");
        let range = match written.rfind(target) {
            Some(at) if !target.is_empty() => span.start + at..span.start + at + target.len(),
            Some(_) | None => span.clone(),
        };
        self.open_references.push(self.references.len());
        // `[[LG-04\|testo]]` is how a table wants it; the backslash belongs to the table.
        let target = if kind == ReferenceKind::WikiWithText { target.trim_end_matches('\\') } else { target };
        self.references.push(Reference {
            kind,
            target: target.to_owned(),
            text: String::new(),
            range: self.global(&range),
            heading: self.last_heading(),
        });
    }

    fn html(&mut self, html: &str, span: Range<usize>) {
        for (verdict, range) in inline_html::pieces(html) {
            let Verdict::Refused { name } = verdict else {
                continue;
            };
            let place =
                Place::range(self.file, self.global(&(span.start + range.start..span.start + range.end)));
            self.diagnostics.push(
                Diagnostic::warning(Code::RawHtml, say!("l'elemento HTML `{name}` appare come testo"; "the HTML element `{name}` is shown as text"))
                    .at(place)
                    .help(inline_html::help(&name)),
            );
        }
    }

    fn too_deep(&mut self, span: &Range<usize>) {
        let start = self.global(span).start;
        self.diagnostics.push(
            Diagnostic::error(
                Code::NestingTooDeep,
                say!("elenchi o citazioni annidati oltre {MOST_LEVELS} livelli"; "lists or quotes nested beyond {MOST_LEVELS} levels"),
            )
            .at(Place::range(self.file, start..start))
            .help(say!("dividi il testo in sezioni"; "divide the text into sections")),
        );
    }

    fn global(&self, span: &Range<usize>) -> Range<usize> {
        self.base + span.start..self.base + span.end
    }
}

/// Whether an element is a block of its own, and not a part of a line.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_block_end(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn rank(level: HeadingLevel) -> u8 {
    level as u8
}

fn link_kind(link_type: LinkType) -> ReferenceKind {
    match link_type {
        LinkType::WikiLink { has_pothole: true } => ReferenceKind::WikiWithText,
        LinkType::WikiLink { has_pothole: false } => ReferenceKind::Wiki,
        LinkType::Autolink | LinkType::Email => ReferenceKind::Autolink,
        _ => ReferenceKind::Link,
    }
}

/// `[text][name]` without a definition is plain text to CommonMark; an author meant a link.
fn undefined_reference(kind: LinkType, name: &str, place: Place) -> Option<Diagnostic> {
    if !matches!(kind, LinkType::Reference | LinkType::Collapsed) {
        return None;
    }
    let message = say!("il collegamento `[{name}]` non è definito"; "the link `[{name}]` is not defined");
    let help = say!("aggiungi una riga `[{name}]: indirizzo`"; "add a line `[{name}]: address`");
    Some(Diagnostic::error(Code::UndefinedReference, message).at(place).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Acts;
    use crate::markdown::Level;

    fn read(text: &str) -> (Chapter, Vec<String>) {
        let file = SourceFile::new("a.md", text);
        let (chapter, mut found) = outline(&file, 0..text.len(), Reading::default());
        crate::diagnostic::sort(&mut found);
        let lines = found
            .iter()
            .map(|d| {
                let at = d.place.as_ref().unwrap().positions().unwrap().0;
                format!("{}:{} {}", at.line, at.column, d.code)
            })
            .collect();
        (chapter, lines)
    }

    fn ids(chapter: &Chapter) -> Vec<&str> {
        chapter.headings.iter().map(|heading| heading.id.as_str()).collect()
    }

    #[test]
    fn made_ids_are_readable_and_leave_the_authors_ids_alone() {
        let (chapter, found) = read("## Perché\n\n## Nota\n\n## Altro {#nota}\n\n## !\n\n## `x` è **y**\n");
        assert_eq!(ids(&chapter), ["perche", "nota-2", "nota", "sezione", "x-e-y"]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn a_leading_h1_is_the_title_and_no_heading() {
        let (chapter, _) = read("# Titolo *vero*\n\nPrimo capoverso.\n\n## Due\n");
        assert_eq!(chapter.title.as_ref().unwrap().text, "Titolo vero");
        assert_eq!(ids(&chapter), ["due"]);
        assert_eq!((chapter.lead.as_str(), chapter.heading_shift()), ("Primo capoverso.", 0));
        assert_eq!(read("testo\n\n# Uno\n").0.heading_shift(), 1);
    }

    #[test]
    fn a_provision_cites_each_place_in_it_once_in_the_order_of_the_act() {
        let act = "id: l-1\ntitle: Legge\narticles: [{number: 1}, {number: 2}, {number: 3}]\n";
        let (act, found) = crate::act::Act::load(&SourceFile::new("acts/l-1.yaml", act));
        assert!(found.is_empty(), "{found:?}");
        let acts = Acts::new(act.into_iter().collect());
        let text =
            "art. 3\n\n### A {#A.1 .deve}\n\nart. 2 e art. 1\n\n#### sotto\n\nart. 2\n\n### B {#A.2 .puo}\n";
        let file = SourceFile::new("a.md", text);
        let reading = Reading { acts: Some(&acts), ..Reading::default() };
        let (chapter, _) = outline(&file, 0..text.len(), reading);
        let cited = |provision: usize| -> Vec<String> {
            chapter.cited_by(&chapter.provisions[provision]).iter().map(ToString::to_string).collect()
        };
        assert_eq!(cited(0), ["l-1:1", "l-1:2"]);
        assert_eq!(cited(1), [""; 0]);
    }

    #[test]
    fn of_nested_provisions_the_innermost_has_what_stands_in_it() {
        let act = "id: l-1\ntitle: Legge\narticles: [{number: 1}, {number: 2}, {number: 3}, {number: 4}]\n";
        let (act, _) = crate::act::Act::load(&SourceFile::new("acts/l-1.yaml", act));
        let acts = Acts::new(act.into_iter().collect());
        let text = "# T\n\nart. 4\n\n## A {#A.1 .deve}\n\nart. 1 [a](a.md)\n\n### A1 {#A.1.1 .puo}\n\nart. 2 [b](b.md)[^n]\n\n\
                    #### A1a\n\nart. 3\n\n### A2\n\nart. 4\n\n## B\n\nart. 3 [c](c.md)\n\n[^n]: art. 4 [d](d.md)\n";
        let file = SourceFile::new("a.md", text);
        let reading = Reading { acts: Some(&acts), ..Reading::default() };
        let (chapter, _) = outline(&file, 0..text.len(), reading);
        let around: Vec<_> = (0..6).map(|heading| chapter.provision_number_around(heading)).collect();
        assert_eq!(around, [Some(0), Some(1), Some(1), Some(0), None, None]);
        assert_eq!(chapter.provision_around(2).unwrap().heading, 1);
        let at: Vec<_> = (0..6).map(|heading| chapter.provision_at(heading).map(|p| p.heading)).collect();
        assert_eq!(at, [Some(0), Some(1), None, None, None, None]);
        let of = |provision: usize| {
            let provision = &chapter.provisions[provision];
            let cited: Vec<_> = chapter.cited_by(provision).iter().map(ToString::to_string).collect();
            let links: Vec<_> =
                chapter.references_in(provision).map(|(at, r)| (at, r.target.clone())).collect();
            (cited, links)
        };
        let named = |at: usize, target: &str| (at, target.to_owned());
        assert_eq!(of(0), (vec!["l-1:1".to_owned(), "l-1:4".to_owned()], vec![named(0, "a.md")]));
        let inner = ["l-1:2", "l-1:3", "l-1:4"].map(str::to_owned).to_vec();
        assert_eq!(of(1), (inner, vec![named(1, "b.md"), named(3, "d.md")]));
    }

    #[test]
    fn what_a_note_says_stands_under_the_heading_of_its_first_mention() {
        for (text, expected) in [
            ("## A\n\nx[^1]\n\n## B\n\ny[^1]\n\n[^1]: [n](n.md)\n", Some(0)),
            ("[^1]: [n](n.md)\n\n## A\n\n## B\n\ny[^1]\n", Some(1)),
            ("## A\n\n## B [^1]\n\nx\n\n## C\n\n[^1]: [n](n.md)\n", Some(1)),
            ("# T [^1]\n\n## A\n\n[^1]: [n](n.md)\n", None),
            ("x[^1]\n\n## A\n\n[^1]: [n](n.md)\n", None),
            // A note within a note, notes that mention each other, and one that nothing mentions.
            ("## A\n\nx[^2]\n\n## B\n\n[^2]: y[^1]\n\n[^1]: [n](n.md)\n", Some(0)),
            ("## A\n\n## B\n\n[^2]: y[^1]\n\n[^1]: [n](n.md) [^2]\n", Some(1)),
            ("## A\n\n## B\n\n[^1]: [n](n.md)\n", Some(1)),
        ] {
            assert_eq!(read(text).0.references[0].heading, expected, "{text}");
        }
    }

    #[test]
    fn a_provision_reaches_to_the_next_heading_of_its_rank() {
        let text = "### A {#LG-1.1 .deve}\n\nuno\n\n#### sotto\n\n### B {#LG-1.2 .puo}\n\n## C\n";
        let (chapter, found) = read(text);
        let provisions: Vec<_> =
            chapter.provisions.iter().map(|p| (p.heading, p.level, &text[p.range.clone()])).collect();
        assert_eq!(
            provisions,
            [
                (0, Level::Must, "### A {#LG-1.1 .deve}\n\nuno\n\n#### sotto\n\n"),
                (2, Level::May, "### B {#LG-1.2 .puo}\n\n")
            ]
        );
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn every_wrong_id_and_provision_is_named() {
        let text = "## A {#_main}\n\n## B {#x}\n\n## C {#x}\n\n## D {.deve}\n\n## E {#y .deve .puo}\n\n## F {#z .dovrebe}\n\n- ## G {#w .deve}\n";
        assert_eq!(
            read(text).1,
            [
                "1:1 reserved-id",
                "5:1 duplicate-id",
                "7:1 invalid-provision",
                "9:1 invalid-provision",
                "11:1 invalid-provision",
                "13:3 invalid-provision"
            ]
        );
    }

    #[test]
    fn references_have_their_kind_text_place_and_section() {
        let text = "[a](b.md) ![c](d.png)\n\n## S\n\n[[LG-01]] [[PR-02|la *prova*]] <https://x.it> [r][def]\n\n[def]: e.md\n";
        let (chapter, _) = read(text);
        let found: Vec<_> = chapter
            .references
            .iter()
            .map(|r| (r.kind, r.target.as_str(), r.text.as_str(), &text[r.range.clone()], r.heading))
            .collect();
        assert_eq!(
            found,
            [
                (ReferenceKind::Link, "b.md", "a", "b.md", None),
                (ReferenceKind::Image, "d.png", "c", "d.png", None),
                (ReferenceKind::Wiki, "LG-01", "", "LG-01", Some(0)),
                (ReferenceKind::WikiWithText, "PR-02", "la prova", "PR-02", Some(0)),
                (ReferenceKind::Autolink, "https://x.it", "https://x.it", "https://x.it", Some(0)),
                (ReferenceKind::Link, "e.md", "r", "[r][def]", Some(0)),
            ]
        );
    }

    #[test]
    fn a_link_or_note_without_its_definition_is_named_and_plain_brackets_are_not() {
        assert_eq!(
            read("[a][manca] e [^n]\n\n[parentesi] e [x] fine\n").1,
            ["1:1 undefined-reference", "1:14 undefined-reference"]
        );
    }

    #[test]
    fn marks_that_stayed_text_are_named_and_code_is_left_alone() {
        assert_eq!(
            read("Vedi [[LG-04.1] e\n\n> [!NOTA]\n> x\n\n| a |\n|---|\n| [[LG-04|t]] |\n").1,
            ["1:6 undefined-reference", "3:3 undefined-reference", "8:3 undefined-reference"]
        );
        assert_eq!(read("`[[a` \\[[b e [x]\n\n```\n[[a\n[^n]\n```\n\n    [[a\n").1, [""; 0]);
    }

    #[test]
    fn what_else_stands_in_the_braces_of_a_heading_is_named() {
        assert_eq!(
            read("## A {#LG-1.1 deve}\n\n## B {#LG 1.1 .deve}\n\n## C {#x lang=it}\n").1,
            ["1:1 invalid-provision", "3:1 invalid-provision", "5:1 invalid-provision"]
        );
    }

    #[test]
    fn nesting_without_end_is_refused_quickly() {
        for deep in [">", "- ", "> - ", "1. "] {
            assert_eq!(read(&format!("{}x", deep.repeat(100_000))).1.len(), 1, "{deep:?}");
        }
    }

    #[test]
    fn html_that_cannot_be_checked_is_named_and_words_in_angle_brackets_are_text() {
        assert_eq!(
            read("<PA> e <br> e <script>x</script>\n\n<iframe src=x></iframe>\n").1,
            ["1:15 raw-html", "1:24 raw-html", "3:1 raw-html", "3:15 raw-html"]
        );
    }
}
