//! `llms.txt` (llmstxt.org): the handbook's title, what it is, and the text of each page, section by section.

use crate::diagnostic::Lang;
use crate::handbook::{Child, Document};

use super::data::DataFile;
use super::{SitePath, Volume};

/// The file; its links are whole where the site's address is known, else relative to the file.
pub(super) fn llms(volume: &Volume) -> String {
    let handbook = &volume.handbook;
    let mut text = format!("# {}\n", line(&handbook.title));
    let home = handbook.sections.get(0).and_then(|root| handbook.documents.get(root.index?));
    let summary = handbook.config.description.as_deref().or(home.map(Document::summary));
    if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
        text.push_str(&format!("\n> {}\n", line(summary)));
    }
    if let Some(notice) = &handbook.config.notice {
        text.push_str(&format!("\n{}\n", line(notice)));
    }
    let strings = volume.theme.strings(handbook.config.default_language());
    let Some(root) = handbook.sections.get(0) else { return text };
    let own = root.children.iter().filter_map(|child| match child {
        Child::Document(number) => Some(*number),
        Child::Section(_) => None,
    });
    section(&mut text, volume, strings.get("llms_pages"), root.index.into_iter().chain(own));
    for child in &root.children {
        if let Child::Section(number) = child
            && let Some(folder) = handbook.sections.get(*number)
        {
            section(&mut text, volume, &folder.title, documents_of(volume, *number).into_iter());
        }
    }
    optional(&mut text, volume, handbook.config.default_language());
    text
}

/// A section with its documents, drafts aside; nothing where there are none.
fn section(text: &mut String, volume: &Volume, title: &str, documents: impl Iterator<Item = usize>) {
    let before = text.len();
    text.push_str(&format!("\n## {}\n\n", line(title)));
    let empty = text.len();
    for number in documents {
        let Some(document) = volume.handbook.documents.get(number).filter(|document| !document.is_draft())
        else {
            continue;
        };
        let markdown = volume.pages.markdown(document);
        let path = match volume.pages.get(&markdown) {
            Some(_) => markdown,
            None => SitePath::page(&document.address),
        };
        let name = match document.id() {
            Some(id) => format!("{id} {}", document.title),
            None => document.title.clone(),
        };
        text.push_str(&entry(volume, &name, &path, document.summary()));
    }
    if text.len() == empty {
        text.truncate(before);
    }
}

/// What a model can do without: the data, and the pages that are made from them.
fn optional(text: &mut String, volume: &Volume, lang: Lang) {
    let strings = volume.theme.strings(lang);
    text.push_str("\n## Optional\n\n");
    let data = volume.pages.data(DataFile::Handbook);
    text.push_str(&entry(volume, strings.get("data_page"), &data, strings.get("llms_data")));
    for (key, path) in [
        ("acts", volume.pages.acts()),
        ("coverage", volume.pages.coverage()),
        ("glossary", volume.pages.glossary()),
        ("analytic_index", volume.pages.analytic_index()),
    ] {
        if volume.pages.get(&path).is_some() {
            text.push_str(&entry(volume, strings.get(key), &path, ""));
        }
    }
}

/// Every document of a section and of those in it, in reading order, its own page first.
fn documents_of(volume: &Volume, section: usize) -> Vec<usize> {
    let sections = &volume.handbook.sections;
    let mut found = Vec::new();
    // Depth is bounded by the file system's paths; an explicit stack keeps it off ours.
    let mut stack = vec![Child::Section(section)];
    while let Some(child) = stack.pop() {
        match child {
            Child::Document(number) => found.push(number),
            Child::Section(number) => {
                if let Some(section) = sections.get(number) {
                    found.extend(section.index);
                    stack.extend(section.children.iter().rev());
                }
            }
        }
    }
    found
}

fn entry(volume: &Volume, name: &str, path: &SitePath, about: &str) -> String {
    let base = volume.base_url.as_deref().unwrap_or("");
    let name = line(name).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    // A bracket would end the link.
    let url = format!("{base}{}", path.url()).replace('(', "%28").replace(')', "%29");
    match line(about).as_str() {
        "" => format!("- [{name}]({url})\n"),
        about => format!("- [{name}]({url}): {about}\n"),
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
