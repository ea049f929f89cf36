//! The index of all words: terms, acronyms, titles, provisions and keywords, from A to Z.
//!
//! Words that differ only in case, accents or the form of the apostrophe are one entry.

use std::collections::{BTreeMap, HashSet};

use crate::handbook::Handbook;
use crate::links::Target;
use crate::markdown::{slug, without_accents};

/// The entries under one letter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// `None` for what begins with a digit or a sign.
    pub(super) letter: Option<char>,
    pub(super) entries: Vec<Entry>,
}

/// Words, with every place that they lead to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) words: String,
    pub(super) locators: Vec<Locator>,
}

/// A place that words lead to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Locator {
    /// The place that has these words as its name.
    Itself(Target),
    /// A place that has another name: what a keyword or an acronym leads to.
    Other(Target),
}

/// Whether the handbook has more words than the titles of its pages.
pub(super) fn is_wanted(handbook: &Handbook) -> bool {
    let has_words = !handbook.glossary.terms.is_empty();
    has_words
        || handbook.documents.iter().any(|d| !d.chapter.provisions.is_empty() || !d.front.keywords.is_empty())
}

/// Every entry in the order of the alphabet, each place once; digits and signs come last.
pub(super) fn groups(handbook: &Handbook) -> Vec<Group> {
    let mut words = Words::default();
    words.of_glossary(handbook);
    words.of_documents(handbook);
    words.of_acts(handbook);
    let mut groups: Vec<Group> = Vec::new();
    for (key, mut entry) in words.by_key {
        let mut seen = HashSet::new();
        entry.locators.retain(|locator| seen.insert(locator.target().clone()));
        match groups.last_mut().filter(|group| group.letter == key.letter.0) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group { letter: key.letter.0, entries: vec![entry] }),
        }
    }
    groups
}

#[derive(Default)]
struct Words {
    by_key: BTreeMap<Key, Entry>,
}

impl Words {
    fn of_glossary(&mut self, handbook: &Handbook) {
        for (number, term) in handbook.glossary.terms.iter().enumerate() {
            self.add(&term.name, Locator::Itself(Target::Term(number)));
        }
        for (number, term) in handbook.glossary.terms.iter().enumerate() {
            if let Some(acronym) = term.acronym.as_ref().filter(|acronym| **acronym != term.name) {
                self.add(acronym, Locator::Other(Target::Term(number)));
            }
        }
    }

    fn of_documents(&mut self, handbook: &Handbook) {
        let lang = handbook.config.default_language();
        let mut documents: Vec<_> =
            handbook.documents.iter().enumerate().filter(|(_, document)| document.lang == lang).collect();
        documents.sort_by_key(|(_, document)| document.kind());
        for (number, document) in &documents {
            self.add(&document.title, Locator::Itself(Target::Document(*number)));
        }
        for (number, document) in &documents {
            for (provision, found) in document.chapter.provisions.iter().enumerate() {
                if let Some(heading) = document.chapter.headings.get(found.heading) {
                    let target = Target::Provision { document: *number, provision };
                    self.add(&heading.text, Locator::Itself(target));
                }
            }
        }
        for (number, document) in &documents {
            for keyword in &document.front.keywords {
                self.add(keyword, Locator::Other(Target::Document(*number)));
            }
        }
    }

    fn of_acts(&mut self, handbook: &Handbook) {
        let lang = handbook.config.default_language();
        for act in handbook.acts.iter() {
            for article in &act.articles {
                let Some(whole) = act.addresses_of(article).into_iter().next() else { continue };
                for keyword in article.keywords(lang) {
                    self.add(keyword, Locator::Other(Target::Address(whole.clone())));
                }
            }
        }
    }

    /// The first to come names the entry.
    fn add(&mut self, words: &str, locator: Locator) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        let entry = self.by_key.entry(Key::of(&words));
        let entry = entry.or_insert_with(|| Entry { words, locators: Vec::new() });
        entry.locators.push(locator);
    }
}

impl Locator {
    /// The place.
    pub(super) fn target(&self) -> &Target {
        match self {
            Self::Itself(target) | Self::Other(target) => target,
        }
    }
}

/// What decides the place of words, and whether two spellings are one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    letter: Letter,
    /// Word by word, numbers by their value.
    parts: Vec<Part>,
    folded: String,
}

impl Key {
    fn of(words: &str) -> Self {
        let slug = slug(words);
        let letter = slug.chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let folded = without_accents(words).to_lowercase().replace(['’', 'ʼ'], "'");
        Self { letter: Letter(letter), parts: slug.split('-').map(Part::of).collect(), folded }
    }
}

/// Letters in their order, and after them what has none.
#[derive(Debug, PartialEq, Eq)]
struct Letter(Option<char>);

impl Ord for Letter {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.is_none(), self.0).cmp(&(other.0.is_none(), other.0))
    }
}

impl PartialOrd for Letter {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u64),
    Word(String),
}

impl Part {
    fn of(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Word(text.to_owned()), Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::load;
    use crate::source::MemorySource;

    fn entries(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
        let (handbook, found) = load(&MemorySource::new(files.iter().copied()));
        assert!(found.is_empty(), "{found:?}");
        let lines = groups(&handbook).into_iter().map(|group| {
            let entry = |entry: Entry| format!("{} ({})", entry.words, entry.locators.len());
            let letter = group.letter.map_or("#".to_owned(), String::from);
            (letter, group.entries.into_iter().map(entry).collect())
        });
        lines.collect()
    }

    #[test]
    fn words_stand_where_a_reader_looks_for_them() {
        let page = "---\ntitle: Zeta\nkeywords: [\"20 giorni\", città, \"3 giorni\", citare, Èlite, \"«eco»\", arte povera, arte, \"art. 5\", artefice]\n---\n";
        let expected = [
            ("A", vec!["art. 5 (1)", "arte (1)", "arte povera (1)", "artefice (1)"]),
            ("C", vec!["citare (1)", "città (1)"]),
            ("E", vec!["«eco» (1)", "Èlite (1)"]),
            ("Z", vec!["Zeta (1)"]),
            ("#", vec!["3 giorni (1)", "20 giorni (1)"]),
        ];
        let expected: Vec<(String, Vec<String>)> = expected
            .into_iter()
            .map(|(letter, words)| (letter.to_owned(), words.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!(entries(&[("a.md", page)]), expected);
    }

    #[test]
    fn equal_words_are_one_entry_and_each_place_comes_once() {
        let found = entries(&[
            ("a.md", "---\ntitle: L'attività\nkeywords: [\"l’attivita\", FSE]\n---\n"),
            ("b.md", "---\ntitle: Bì\nkeywords: [\"L'ATTIVITÀ\", \"FSE+\", bi]\n---\n"),
            ("glossary.yaml", "terms: [{term: Fondo, acronym: fse, definition: x}]\n"),
        ]);
        let words: Vec<_> = found.into_iter().flat_map(|(_, words)| words).collect();
        assert_eq!(words, ["Bì (1)", "Fondo (1)", "fse (2)", "FSE+ (1)", "L'attività (2)"]);
    }

    #[test]
    fn a_folder_of_plain_pages_needs_no_index() {
        let (handbook, _) = load(&MemorySource::new([("a.md", "# Titolo\n")]));
        assert!(!is_wanted(&handbook));
    }
}
