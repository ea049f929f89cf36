//! From a file to a document.

use std::sync::Arc;

use crate::act::Acts;
use crate::diagnostic::{Code, Diagnostic, SourceFile};
use crate::markdown::{Chapter, Reading, outline};
use crate::source::{Source, SourcePath, Stamp, read_text};

use super::document::{Details, Document, FrontMatter, Kind, Numbering};
use super::front_matter::{self, Metadata};
use super::sections::{folder_address, language_of, number_of_name, slug_of_name, title_of_name};
use super::{Config, Glossary, Vocabularies};

/// What the reading of every document needs of the other files.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    pub(super) config: Arc<Config>,
    /// None where nobody knows which act a citation means.
    pub(super) acts: Arc<Acts>,
    pub(super) vocabularies: Arc<Vocabularies>,
    pub(super) glossary: Arc<Glossary>,
    pub(super) settings_are_unread: bool,
    /// The same for the same files.
    pub(super) key: blake3::Hash,
}

/// A file of Markdown, as it was when it was read.
#[derive(Debug, Clone)]
pub(super) struct DocumentFile {
    pub(super) path: SourcePath,
    stamp: Option<Stamp>,
    pub(super) read: Arc<Read>,
}

/// What came of reading a document.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) document: Option<Arc<Document>>,
    pub(super) problems: Vec<Diagnostic>,
    /// Its text, as far as there is one, where its metadata could not be read.
    pub(super) unread: Option<Option<SourceFile>>,
}

impl DocumentFile {
    /// Reads a file, but for one that nobody has touched since it was read `before`; one that says the same is the same.
    pub(super) fn read(
        source: &dyn Source,
        path: &SourcePath,
        shared: &Shared,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        // Taken first: whoever writes in between is seen the next time.
        let stamp = source.stamp(path);
        if let Some(before) = before.filter(|before| stamp.is_some() && before.stamp == stamp) {
            return Arc::clone(before);
        }
        let read = match (read_text(source, path), before) {
            (Ok(file), Some(before)) if before.read.is_of(&file) => Arc::clone(&before.read),
            (Ok(file), _) => Arc::new(document(path, &file, shared)),
            (Err(problem), _) => {
                Arc::new(Read { document: None, problems: vec![*problem], unread: Some(None) })
            }
        };
        Arc::new(Self { path: path.clone(), stamp, read })
    }
}

impl Read {
    fn is_of(&self, file: &SourceFile) -> bool {
        self.document.as_ref().is_some_and(|document| document.chapter.file.text() == file.text())
    }

    /// Whether another reading of the file is a document that differs in nothing but its words: whatever other pages
    /// and lists know of it is the same.
    pub(super) fn differs_in_words_only(&self, other: &Self) -> bool {
        let are_read = self.unread.is_none() && other.unread.is_none();
        let documents = self.document.as_ref().zip(other.document.as_ref());
        are_read && documents.is_some_and(|(one, other)| one.differs_in_words_only(other))
    }
}

/// Reads one document.
fn document(path: &SourcePath, file: &SourceFile, shared: &Shared) -> Read {
    let Shared { config, acts, vocabularies, glossary, settings_are_unread, .. } = shared;
    let (yaml, body, unclosed) = front_matter::split(file);
    let is_index = matches!(path.stem().to_lowercase().as_str(), "index" | "readme");
    let lang = language_of(&path.parent(), &config.languages);
    let folder_kind = if is_index { Kind::Page } else { kind_of(path, config) };
    let Metadata { front, diagnostics: mut problems, is_read } =
        front_matter::read(file, yaml, folder_kind, acts, vocabularies);
    let is_read = is_read && unclosed.is_none();
    problems.extend(unclosed);
    if *settings_are_unread {
        // Nobody knows the kind that its folder gives it, which decides what keys it has.
        problems.retain(|problem| problem.code != Code::UnknownKey);
    }
    let is_guideline = matches!(front.details, Details::Guideline);
    let links_citations = is_read && front.link_citations.unwrap_or(config.link_citations);
    let reading = Reading {
        typography: config.typography,
        acts: links_citations.then_some(acts.as_ref()),
        // The glossary speaks the handbook's first language.
        lexicon: (lang == config.default_language()).then_some(&glossary.lexicon),
        link_terms: front.link_terms.unwrap_or(config.link_terms),
        paragraphs: is_guideline.then(|| front.id.as_ref().map_or("", |(id, _)| id.as_str())),
    };
    let (chapter, found) = outline(file, body..file.text().len(), reading);
    problems.extend(found);
    let heading = chapter.title.as_ref().map(|heading| heading.text.clone()).filter(|text| !text.is_empty());
    let own_name =
        if is_index { title_of_name(path.parent().file_name()) } else { title_of_name(path.stem()) };
    let title = front.title.clone().or(heading).unwrap_or(own_name);
    let address = page_address(path, is_index);
    let numbered = front.numbered_headings.unwrap_or(config.numbered_headings && is_guideline);
    let numbering = if numbered { numbering(path, is_index, &front, &chapter) } else { Numbering::Off };
    let document = Document { path: path.clone(), address, lang, title, is_index, front, numbering, chapter };
    let unread = (!is_read).then(|| Some(file.clone()));
    Read { document: Some(Arc::new(document)), problems, unread }
}

/// Under the document's own number, if it has one and no provision: beside the provision `LG-04.1` a heading `4.1`
/// would be taken for it.
fn numbering(path: &SourcePath, is_index: bool, front: &FrontMatter, chapter: &Chapter) -> Numbering {
    let of_name = number_of_name(path.stem()).filter(|_| !is_index);
    match front.order.or(of_name) {
        Some(number) if chapter.provisions.is_empty() => Numbering::Under(number),
        Some(_) | None => Numbering::Plain,
    }
}

/// The kind that a document's collection gives it; under a language's own folder, the collections are the same.
fn kind_of(path: &SourcePath, config: &Config) -> Kind {
    let folder = path.parent();
    let own_language = language_of(&folder, &config.languages) != config.default_language();
    let top = folder.parts().nth(usize::from(own_language));
    let found = config.collections.iter().find(|collection| Some(collection.folder.as_str()) == top);
    found.map_or(Kind::Page, |collection| collection.kind)
}

fn page_address(path: &SourcePath, is_index: bool) -> String {
    let folder = folder_address(&path.parent());
    match (is_index, folder.is_empty()) {
        (true, _) => folder,
        (false, true) => slug_of_name(path.stem()),
        (false, false) => format!("{folder}/{}", slug_of_name(path.stem())),
    }
}
