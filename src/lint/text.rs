//! Rules on how a text reads.

use crate::diagnostic::Code;
use crate::handbook::Document;
use crate::markdown::{LONG_SENTENCE, ReferenceKind};
use crate::say;

use super::Linter;

/// Words of a link that say nothing to who reads the links alone (WCAG 2.4.4, 2.4.9).
const VAGUE: [&str; 22] = [
    "clicca",
    "clicca qui",
    "cliccare qui",
    "fai clic qui",
    "qui",
    "leggi qui",
    "vedi qui",
    "scarica qui",
    "link",
    "questo link",
    "a questo link",
    "collegamento",
    "pagina",
    "questa pagina",
    "leggi",
    "leggi tutto",
    "continua",
    "here",
    "click here",
    "read more",
    "this link",
    "more",
];

impl Linter<'_> {
    pub(super) fn texts(&mut self) {
        for document in &self.handbook.documents {
            self.long_sentences(document);
            self.vague_links(document);
            self.missing_alternatives(document);
            self.skipped_headings(document);
        }
    }

    fn long_sentences(&mut self, document: &Document) {
        for (words, range) in &document.chapter.long_sentences {
            self.report(
                Code::LongSentence,
                document.place_at(range.start..range.start),
                say!("la frase ha {words} parole"; "the sentence has {words} words"),
                say!("dividila: oltre {LONG_SENTENCE} parole chi legge perde il filo"; "divide it: beyond {LONG_SENTENCE} words readers lose the thread"),
            );
        }
    }

    fn vague_links(&mut self, document: &Document) {
        for reference in &document.chapter.references {
            let is_link = match reference.kind {
                ReferenceKind::Link | ReferenceKind::WikiWithText => true,
                ReferenceKind::Image | ReferenceKind::Wiki | ReferenceKind::Autolink => false,
            };
            let words = reference.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if is_link && VAGUE.contains(&words.as_str()) {
                let text = &reference.text;
                let target = &reference.target;
                self.report(
                    Code::VagueLinkText,
                    document.place_at(reference.range.clone()),
                    say!("le parole del collegamento, «{text}», non dicono dove porta"; "the words of the link, “{text}”, do not say where it leads"),
                    say!("scrivi che cosa si trova là: `[il calendario tipo]({target})`"; "write what is found there: `[the model calendar]({target})`"),
                );
            }
        }
    }

    fn missing_alternatives(&mut self, document: &Document) {
        let images = document.chapter.references.iter().filter(|r| r.kind == ReferenceKind::Image);
        for image in images.filter(|image| image.text.trim().is_empty()) {
            let target = &image.target;
            self.report(
                Code::MissingAlternative,
                document.place_at(image.range.clone()),
                say!("l'immagine non ha un testo alternativo"; "the image has no alternative text"),
                say!("descrivila fra le parentesi quadre: `![che cosa mostra]({target})`"; "describe it in the square brackets: `![what it shows]({target})`"),
            );
        }
    }

    /// Headings are the table of contents of who cannot see the page (WCAG 1.3.1, 2.4.6).
    fn skipped_headings(&mut self, document: &Document) {
        let chapter = &document.chapter;
        let shift = chapter.heading_shift();
        let mut above = 1;
        for heading in &chapter.headings {
            let level = heading.level + shift;
            if level > above + 1 {
                let expected = "#".repeat(usize::from((above + 1).saturating_sub(shift)));
                let right = document.chapter.file.text().get(heading.range.clone()).map_or_else(
                    || format!("{expected} {}", heading.text),
                    |source| with_rank(source, &expected),
                );
                let written = "#".repeat(usize::from(heading.level));
                self.report(
                    Code::HeadingSkipped,
                    document.place_at(heading.range.clone()),
                    say!("il titolo salta un livello: `{written}` dove serve `{expected}`"; "the heading leaves out a rank: `{written}` where `{expected}` belongs"),
                    say!("scrivi `{right}`"; "write `{right}`"),
                );
            }
            above = level;
        }
    }
}

/// The first line of a heading with other marks before it; what stands in its braces stays.
fn with_rank(source: &str, marks: &str) -> String {
    let line = source.lines().next().unwrap_or("").trim();
    format!("{marks} {}", line.trim_start_matches('#').trim_start())
}
