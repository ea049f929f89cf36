//! The words that the Markdown renderer needs, out of the interface strings.

use crate::markdown::{Labels, Level};

use super::Strings;

/// The key of a level's name.
fn level_key(level: Level) -> &'static str {
    match level {
        Level::Must => "level_must",
        Level::Should => "level_should",
        Level::May => "level_may",
        Level::GoodPractice => "level_good_practice",
    }
}

pub(super) fn labels(strings: &Strings) -> Labels {
    let word = |key| strings.get(key).to_owned();
    Labels {
        permalink: word("permalink"),
        footnotes: word("footnotes"),
        back_to_text: word("back_to_text"),
        task_done: word("task_done"),
        task_to_do: word("task_to_do"),
        table: word("table"),
        cite: word("cite"),
        cite_short: word("cite_short"),
        cite_full: word("cite_full"),
        cite_address: word("permanent_address"),
        cite_paragraphs: word("cite_paragraphs"),
        cite_editions: word("cite_editions"),
        alerts: ["alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution"].map(word),
        levels: Level::ALL.map(|level| word(level_key(level))),
    }
}
