//! Notes at the foot of a page, reachable both ways.
//!
//! Ids start with `_`, which no id of an author or of a heading can.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Host, Labels, Writer};

/// The notes of a page while it is written.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Names in the order of their first mention.
    order: Vec<String>,
    /// How often each is mentioned.
    mentions: HashMap<String, usize>,
    /// The notes' HTML.
    notes: HashMap<String, String>,
    /// Names in the order of their definitions.
    defined: Vec<String>,
    /// The note that is being written.
    open: Option<String>,
}

impl Footnotes {
    /// The number of a note, and how many times it has been mentioned, this one included.
    fn mention(&mut self, name: &str) -> (usize, usize) {
        let count = self.mentions.entry(name.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 {
            self.order.push(name.to_owned());
        }
        let number = self.order.iter().position(|known| known == name).unwrap_or(0) + 1;
        (number, *count)
    }

    /// All notes in the order of their mentions; those that nobody mentions come last, and are not lost.
    pub(super) fn render(mut self, labels: &Labels, host: &dyn Host, rank: u8) -> String {
        self.order.extend(self.defined.iter().filter(|name| !self.mentions.contains_key(*name)).cloned());
        if self.order.is_empty() {
            return String::new();
        }
        let mut html = format!(
            "<section class=\"footnotes\">\n<h{rank} id=\"{}\">{}</h{rank}>\n<ol>\n",
            host.id("_note"),
            labels.footnotes
        );
        for (index, name) in self.order.iter().enumerate() {
            let number = index + 1;
            let note = self.notes.get(name).map_or("", |note| note.trim_end());
            let mut back = String::new();
            for mention in 1..=self.mentions.get(name).copied().unwrap_or(0) {
                // Writing to a String cannot fail.
                let _ = write!(
                    back,
                    " <a class=\"footnotes__back\" href=\"#{}\" aria-label=\"{} {number}\">↩</a>",
                    host.id(&mention_id(number, mention)),
                    labels.back_to_text
                );
            }
            let note = match note.strip_suffix("</p>") {
                Some(note) => format!("{note}{back}</p>"),
                None => format!("{note}{back}"),
            };
            let id = note_id(number);
            let _ = writeln!(html, "<li id=\"{}\">{note}</li>", host.id(&id));
        }
        html.push_str("</ol>\n</section>\n");
        html
    }
}

fn note_id(number: usize) -> String {
    format!("_nota-{number}")
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("_rif-{number}") } else { format!("_rif-{number}-{mention}") }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        if self.in_title || self.image.is_some() || self.silent > 0 {
            return;
        }
        let (number, mention) = self.footnotes.mention(name);
        let (id, note) = (mention_id(number, mention), note_id(number));
        let (id, note) = (self.host.id(&id), self.host.id(&note));
        self.put(&format!("<sup class=\"note\"><a id=\"{id}\" href=\"#{note}\">{number}</a></sup>"));
    }

    pub(super) fn start_footnote(&mut self, name: &str) {
        self.footnotes.open = Some(name.to_owned());
        self.note = Some(String::new());
    }

    pub(super) fn end_footnote(&mut self) {
        let Some(name) = self.footnotes.open.take() else {
            return;
        };
        let note = self.note.take().unwrap_or_default();
        self.footnotes.defined.push(name.clone());
        self.footnotes.notes.entry(name).or_insert(note);
    }
}
