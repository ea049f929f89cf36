//! Folders as sections: nesting, titles and reading order.

use std::collections::HashMap;

use crate::diagnostic::Lang;
use crate::markdown::slug;
use crate::source::SourcePath;

use super::Documents;

/// A folder of documents.
#[derive(Debug, Clone)]
pub struct Section {
    /// The folder.
    pub path: SourcePath,
    /// Its address on the site, without slashes at the ends; empty for the root.
    pub address: String,
    /// The title: of its own page, else of the folder's name.
    pub title: String,
    /// The language of its pages.
    pub lang: Lang,
    /// Its own page among the documents, when the author wrote one.
    pub index: Option<usize>,
    /// The section around it; `None` for the root.
    pub parent: Option<usize>,
    /// What it holds, in reading order.
    pub children: Vec<Child>,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Child {
    /// A section within it.
    Section(usize),
    /// A document in it.
    Document(usize),
}

/// The tree of sections; the first is the root.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    sections: Vec<Section>,
    by_path: HashMap<SourcePath, usize>,
    /// Every page of the tree in reading order.
    reading_order: Vec<Child>,
    position: HashMap<Child, usize>,
}

/// What decides the place among neighbours: explicit order or numeric prefix, then the name.
type OrderKey = (u32, String);

impl Sections {
    /// Builds the tree of all folders that hold a document, at whatever depth.
    pub(super) fn build(documents: &Documents, languages: &[Lang]) -> Self {
        let mut tree = Self::default();
        tree.section(&SourcePath::root(), languages);
        for (index, document) in documents.iter().enumerate() {
            let section = tree.section(&document.path.parent(), languages);
            if let Some(section) = tree.sections.get_mut(section) {
                if document.is_index {
                    section.index = Some(index);
                    section.title.clone_from(&document.title);
                } else {
                    section.children.push(Child::Document(index));
                }
            }
        }
        tree.sort(documents);
        tree.read(0);
        tree.position = tree.reading_order.iter().enumerate().map(|(at, child)| (*child, at)).collect();
        tree
    }

    /// All sections; the first is the root.
    pub fn all(&self) -> &[Section] {
        &self.sections
    }

    /// Every page of the tree, in reading order: a section before what it holds.
    pub fn in_reading_order(&self) -> &[Child] {
        &self.reading_order
    }

    /// The section with this index.
    pub fn get(&self, index: usize) -> Option<&Section> {
        self.sections.get(index)
    }

    /// The section of a folder.
    pub fn of_folder(&self, path: &SourcePath) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The section that a page stands in: for a section's own page, the section around it.
    pub fn around(&self, child: Child, documents: &Documents) -> Option<usize> {
        match child {
            Child::Section(index) => self.get(index)?.parent,
            Child::Document(index) => self.of_folder(&documents.get(index)?.path.parent()),
        }
    }

    /// The pages before and after one, in reading order and in the same language.
    pub fn neighbours(&self, child: Child, documents: &Documents) -> (Option<Child>, Option<Child>) {
        let Some(&at) = self.position.get(&child) else { return (None, None) };
        let lang = self.lang(child, documents);
        let same_language =
            |other: Option<&Child>| other.copied().filter(|c| self.lang(*c, documents) == lang);
        let before = at.checked_sub(1).and_then(|before| self.reading_order.get(before));
        (same_language(before), same_language(self.reading_order.get(at + 1)))
    }

    fn lang(&self, child: Child, documents: &Documents) -> Option<Lang> {
        match child {
            Child::Section(index) => self.get(index).map(|section| section.lang),
            Child::Document(index) => documents.get(index).map(|document| document.lang),
        }
    }

    /// The section of a folder, made with those around it when it is new.
    fn section(&mut self, path: &SourcePath, languages: &[Lang]) -> usize {
        if let Some(&index) = self.by_path.get(path) {
            return index;
        }
        let parent = (!path.is_root()).then(|| self.section(&path.parent(), languages));
        let index = self.sections.len();
        self.sections.push(Section {
            path: path.clone(),
            address: folder_address(path),
            title: title_of_name(path.file_name()),
            lang: language_of(path, languages),
            index: None,
            parent,
            children: Vec::new(),
        });
        self.by_path.insert(path.clone(), index);
        if let Some(around) = parent.and_then(|parent| self.sections.get_mut(parent)) {
            around.children.push(Child::Section(index));
        }
        index
    }

    fn sort(&mut self, documents: &Documents) {
        let keys: Vec<OrderKey> = self
            .sections
            .iter()
            .map(|section| {
                let order = section
                    .index
                    .and_then(|index| documents.get(index))
                    .and_then(|document| document.front.order);
                order_key(section.path.file_name(), order)
            })
            .collect();
        let key = |child: &Child| match child {
            Child::Section(index) => keys.get(*index).cloned(),
            Child::Document(index) => {
                documents.get(*index).map(|d| order_key(d.path.file_name(), d.front.order))
            }
        };
        for section in &mut self.sections {
            section.children.sort_by_cached_key(key);
        }
    }

    fn read(&mut self, index: usize) {
        // Depth is bounded by the file system's paths; an explicit stack keeps it off ours.
        let mut stack = vec![Child::Section(index)];
        while let Some(child) = stack.pop() {
            self.reading_order.push(child);
            if let Child::Section(index) = child
                && let Some(section) = self.sections.get(index)
            {
                stack.extend(section.children.iter().rev());
            }
        }
    }
}

/// Where a folder's pages are on the site.
pub(super) fn folder_address(path: &SourcePath) -> String {
    // RFC 8615 gives this folder its name.
    let part = |name: &str| if name == ".well-known" { name.to_owned() } else { slug_of_name(name) };
    path.parts().map(part).collect::<Vec<_>>().join("/")
}

/// The language of a folder: that of a top folder named after it, else the default.
pub(super) fn language_of(path: &SourcePath, languages: &[Lang]) -> Lang {
    let named = path.parts().next().and_then(Lang::parse).filter(|lang| languages.contains(lang));
    named.or(languages.first().copied()).unwrap_or_default()
}

/// `04-consultare-i-partner` → `consultare-i-partner`.
pub(super) fn slug_of_name(name: &str) -> String {
    match slug(split_prefix(name).1) {
        empty if empty.is_empty() => "pagina".to_owned(),
        slug => slug,
    }
}

/// `04-consultare-i-partner` → 4.
pub(super) fn number_of_name(name: &str) -> Option<u32> {
    split_prefix(name).0
}

/// `04-consultare_i-partner` → `Consultare i partner`.
pub(super) fn title_of_name(name: &str) -> String {
    let words = split_prefix(name).1.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The number that orders a name, and the rest: at most three digits, so that `2021-1060` stays a name.
fn split_prefix(name: &str) -> (Option<u32>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name.get(digits..).unwrap_or("");
    match rest.strip_prefix(['-', '_', '.', ' ']) {
        Some(rest) if (1..=3).contains(&digits) && !rest.is_empty() => {
            (name.get(..digits).and_then(|number| number.parse().ok()), rest)
        }
        Some(_) | None => (None, name),
    }
}

fn order_key(name: &str, explicit: Option<u32>) -> OrderKey {
    (explicit.or(split_prefix(name).0).unwrap_or(u32::MAX), slug(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numeric_prefixes_order_and_are_not_part_of_the_name() {
        for (name, slug, title) in [
            ("04-consultare-i-partner", "consultare-i-partner", "Consultare i partner"),
            ("1. Perché", "perche", "Perché"),
            ("2021-1060", "2021-1060", "2021 1060"),
            ("12", "12", "12"),
            ("???", "pagina", "???"),
        ] {
            assert_eq!((slug_of_name(name).as_str(), title_of_name(name).as_str()), (slug, title), "{name}");
        }
        assert!(order_key("2-b", None) < order_key("10-a", None));
        assert!(order_key("10-a", Some(1)) < order_key("2-b", None));
        assert!(order_key("2-b", None) < order_key("a", None));
    }
}
