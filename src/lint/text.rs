//! Rules on how a text reads.

use crate::diagnostic::{Code, Text};
use crate::handbook::Document;
use crate::markdown::{LONG_SENTENCE, ReferenceKind};
use crate::say;

use super::Linter;

/// Words that say nothing of what a link leads to; a link made only of them is vague (WCAG 2.4.4, 2.4.9).
const VAGUE: [&str; 47] = [
    "altro",
    "approfondisci",
    "collegamento",
    "continua",
    "dettagli",
    "documento",
    "info",
    "informazioni",
    "leggi",
    "link",
    "maggiori",
    "pagina",
    "più",
    "qua",
    "quella",
    "quello",
    "questa",
    "questo",
    "qui",
    "sapere",
    "saperne",
    "scarica",
    "scopri",
    "sito",
    "tutto",
    "ulteriori",
    "vai",
    "vedi",
    "visita",
    "continue",
    "details",
    "document",
    "download",
    "find",
    "go",
    "here",
    "information",
    "learn",
    "more",
    "page",
    "read",
    "see",
    "site",
    "that",
    "this",
    "view",
    "visit",
];

/// Words that hold such words together, and alone are the name of something: `A`.
const GLUE: [&str; 14] =
    ["a", "al", "alla", "di", "il", "la", "su", "sul", "sulla", "for", "on", "out", "the", "to"];

/// How a link begins that tells the reader what to do with the mouse.
const COMMANDS: [&str; 8] =
    ["clicca", "cliccare", "cliccando", "fai clic", "fare clic", "click here", "click on", "click the"];

/// Why the words of a link do not say where it leads.
enum Vague {
    /// They say nothing.
    Words,
    /// There are none.
    Missing,
    /// They are an address, which a screen reader spells out.
    Address,
}

impl Vague {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        if text.is_empty() {
            return Some(Self::Missing);
        }
        if ["http://", "https://", "www."].iter().any(|start| text.starts_with(start)) {
            return Some(Self::Address);
        }
        let is_command = COMMANDS.iter().any(|start| {
            let rest = text.strip_prefix(start);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let is_vague = |word: &str| VAGUE.contains(&word);
        // Signs alone, such as `>>`, are no words either.
        let says_nothing = words.clone().all(|word| is_vague(word) || GLUE.contains(&word))
            && (words.peek().is_none() || words.any(is_vague));
        let says_nothing = is_command || text == "click" || says_nothing;
        says_nothing.then_some(Self::Words)
    }

    fn message(&self, text: &str) -> Text {
        match self {
            Self::Words => {
                say!("le parole del collegamento, «{text}», non dicono dove porta"; "the words of the link, “{text}”, do not say where it leads")
            }
            Self::Missing => say!("il collegamento non ha parole"; "the link has no words"),
            Self::Address => {
                say!("le parole del collegamento sono un indirizzo"; "the words of the link are an address")
            }
        }
    }
}

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
        let references = &document.chapter.references;
        for (number, reference) in references.iter().enumerate() {
            let is_wiki = match reference.kind {
                ReferenceKind::Link => false,
                ReferenceKind::WikiWithText => true,
                ReferenceKind::Image | ReferenceKind::Wiki | ReferenceKind::Autolink => continue,
            };
            let Some(vague) = Vague::of(&reference.text) else { continue };
            // `[![](image.png)](page.md)`: what it lacks is the image's alternative text.
            let holds_image = references.get(number + 1).is_some_and(|next| {
                next.kind == ReferenceKind::Image && next.range.start < reference.range.start
            });
            if holds_image {
                continue;
            }
            let target = &reference.target;
            let help = match is_wiki {
                true => {
                    say!("togli le parole, e il titolo viene da sé: `[[{target}]]`; oppure scrivi che cosa si trova là: `[[{target}|…]]`"; "remove the words, and the title comes by itself: `[[{target}]]`; or write what is found there: `[[{target}|…]]`")
                }
                false => {
                    say!("scrivi che cosa si trova là: `[il calendario tipo]({target})`"; "write what is found there: `[the model calendar]({target})`")
                }
            };
            self.report(
                Code::VagueLinkText,
                document.place_at(reference.range.clone()),
                vague.message(&reference.text),
                help,
            );
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
