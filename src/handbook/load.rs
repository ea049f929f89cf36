//! From files to a handbook.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::act::{Act, Acts, Address, Form, Style, read_citation};
use crate::diagnostic::{self, Code, Diagnostic, Lang, Place, SourceFile};
use crate::markdown::{Chapter, Reading, outline};
use crate::say;
use crate::source::{Source, SourcePath, read_text, text_of, unreadable};

use super::data;
use super::document::{Details, Document, FrontMatter, Kind, Numbering};
use super::front_matter::Metadata;
use super::sections::{folder_address, language_of, number_of_name, slug_of_name, title_of_name};
use super::{
    ActivityLines, Config, DataTable, Date, Glossary, Sections, Unread, Values, Vocabularies, act_files,
    front_matter,
};

/// A handbook, read and checked file by file.
#[derive(Debug, Clone, Default)]
pub struct Handbook {
    /// The settings.
    pub config: Config,
    /// The title of the whole.
    pub title: String,
    /// The acts; the first is the default of citations.
    pub acts: Acts,
    /// The closed lists.
    pub vocabularies: Vocabularies,
    /// The terms.
    pub glossary: Glossary,
    /// The activity lines, when the handbook has them.
    pub activity_lines: Option<ActivityLines>,
    /// The documents, in the order of their paths.
    pub documents: Vec<Document>,
    /// The tables of the indicators, by their files.
    pub data: BTreeMap<SourcePath, DataTable>,
    /// The files that are copied as they are, each with its address on the site.
    pub files: Vec<(SourcePath, String)>,
    /// The tree of folders.
    pub sections: Sections,
    /// The places of acts that no guideline has to implement.
    pub not_applicable: Vec<NotApplicable>,
    /// The day of the newest document: when the handbook was last updated.
    pub updated: Option<Date>,
    /// The settings' file, for diagnostics of settings that name something else.
    pub config_file: Option<SourceFile>,
    /// What could not be read.
    pub unread: Unread,
}

/// A place of an act that no guideline has to implement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotApplicable {
    /// The place.
    pub address: Address,
    /// Why.
    pub reason: String,
    /// Where the settings say so.
    pub range: Range<usize>,
}

impl Handbook {
    /// The short citation of a place, with the act's name where that is not the one that citations mean anyway.
    pub fn citation(&self, address: &Address, lang: Lang) -> String {
        let Some(act) = self.acts.get(address.act()) else { return address.to_string() };
        let style = Style::new(lang, Form::Short);
        let is_default = self.acts.default_act().is_some_and(|default| default.id == act.id);
        act.format(address, if is_default { style } else { style.with_act() })
    }

    /// A citation as an editor of this handbook writes it, whatever the language of the message that proposes it.
    pub fn citation_to_write(&self, address: &Address) -> String {
        self.citation(address, self.config.default_language())
    }

    /// The values of an indicator, when it has data that could be read as a table.
    pub fn values_of(&self, document: &Document) -> Option<Values<'_>> {
        Values::of(document, &self.data)
    }
}

/// The files that configure; they are read, not published.
pub(super) const CONFIG: &str = "handbook.yaml";
pub(super) const VOCABULARIES: &str = "vocabularies.yaml";
pub(super) const GLOSSARY: &str = "glossary.yaml";
pub(super) const ACTIVITY_LINES: &str = "activity-lines.yaml";
/// The file that seals an edition; the program writes it, and a handbook has none of its own.
pub const SEAL: &str = "seal.json";
/// The folders whose files have a meaning of their own.
const OWN_FOLDERS: [&str; 3] = ["acts", "themes", "editions"];

/// Reads every file of a handbook. The handbook is whole even where files are wrong: what could be read is in
/// it, what could not is among the diagnostics, sorted by place.
pub fn load(source: &dyn Source) -> (Handbook, Vec<Diagnostic>) {
    let mut reader = Reader { source, diagnostics: Vec::new(), unread: Unread::default() };
    let config_file = reader.text(CONFIG);
    let config = reader.part(config_file.as_ref(), Config::load).unwrap_or_default();
    let acts = reader.acts(&config, config_file.as_ref());
    let none = Acts::default();
    let cited = if reader.unread.default_act() { &none } else { &acts };
    let vocabularies = reader.text(VOCABULARIES);
    let vocabularies = reader.part(vocabularies.as_ref(), Vocabularies::load).unwrap_or_default();
    let glossary = reader.glossary(cited);
    let activity_lines = reader.text(ACTIVITY_LINES);
    let lines = reader.part(activity_lines.as_ref(), ActivityLines::load);
    // A table that cannot be read is there all the same: a link to it is not broken.
    let activity_lines = activity_lines.map(|_| lines.unwrap_or_default());
    let not_applicable = reader.not_applicable(&config, cited, config_file.as_ref());
    let documents = reader.documents(Shared {
        config: &config,
        acts: cited,
        vocabularies: &vocabularies,
        glossary: &glossary,
        settings_are_unread: reader.unread.settings(),
    });
    let updated = reader.updated(&documents, &config, config_file.as_ref());
    let data = reader.data(&documents);
    reader.refuse_seal();
    let files = reader.files();
    let sections = Sections::build(&documents, &config.languages);
    let home = sections.get(0).map(|root| root.title.clone()).filter(|title| !title.is_empty());
    let title = config.title.clone().or(home).unwrap_or_else(|| "Manuale".to_owned());
    let mut diagnostics = reader.diagnostics;
    diagnostic::sort(&mut diagnostics);
    let handbook = Handbook {
        config,
        title,
        acts,
        vocabularies,
        glossary,
        activity_lines,
        documents,
        data,
        files,
        sections,
        not_applicable,
        updated,
        config_file,
        unread: reader.unread,
    };
    (handbook, diagnostics)
}

/// What the reading of every document needs of the other files.
#[derive(Clone, Copy)]
struct Shared<'a> {
    config: &'a Config,
    acts: &'a Acts,
    vocabularies: &'a Vocabularies,
    glossary: &'a Glossary,
    settings_are_unread: bool,
}

/// What came of reading a document.
struct Read {
    document: Option<Document>,
    problems: Vec<Diagnostic>,
    /// Its text, as far as there is one, where its metadata could not be read.
    unread: Option<Option<SourceFile>>,
}

/// Reads files and keeps what is wrong in them.
struct Reader<'a> {
    source: &'a dyn Source,
    diagnostics: Vec<Diagnostic>,
    unread: Unread,
}

impl Reader<'_> {
    /// The text of a file that may be missing.
    fn text(&mut self, path: &str) -> Option<SourceFile> {
        let path = SourcePath::new(path).ok().filter(|path| self.source.contains(path))?;
        match read_text(self.source, &path) {
            Ok(file) => Some(file),
            Err(problem) => {
                self.diagnostics.push(*problem);
                if in_own_folder(&path) {
                    self.unread.add_act();
                }
                self.unread.add(&path, None);
                None
            }
        }
    }

    /// What a file holds; one that holds nothing of its kind is noted as unread.
    fn part<T>(
        &mut self,
        file: Option<&SourceFile>,
        load: impl Fn(&SourceFile) -> (Option<T>, Vec<Diagnostic>),
    ) -> Option<T> {
        let file = file?;
        let (value, problems) = load(file);
        if value.is_none()
            && let Ok(path) = SourcePath::new(file.name())
        {
            self.unread.add(&path, Some(file));
        }
        self.report(problems);
        value
    }

    /// Notes problems; those of citations only where the acts are known.
    fn report(&mut self, problems: impl IntoIterator<Item = Diagnostic>) {
        let unread = &self.unread;
        let told = problems.into_iter().filter(|problem| !unread.may_cause(problem.code));
        self.diagnostics.extend(told);
    }

    fn glossary(&mut self, acts: &Acts) -> Glossary {
        let Some(file) = self.text(GLOSSARY) else { return Glossary::default() };
        let glossary = self.part(Some(&file), |file| Glossary::load(file, acts));
        glossary.unwrap_or_else(|| Glossary::unread(&file))
    }

    /// The acts that the settings name, else every one of `acts/`.
    fn acts(&mut self, config: &Config, config_file: Option<&SourceFile>) -> Acts {
        let there = act_files::by_act(self.source.paths());
        let is_there = |name: &str| there.iter().any(|act| act.act == name);
        let wanted: Vec<&str> = match &config.acts {
            None => there.iter().map(|act| act.act).collect(),
            Some(names) => {
                let missing = names.iter().filter(|name| !is_there(&name.text));
                let unknown = config_file
                    .into_iter()
                    .flat_map(|file| missing.clone().map(|name| act_files::unknown(name, &there, file)));
                self.diagnostics.extend(unknown);
                names.iter().map(|name| name.text.as_str()).collect()
            }
        };
        let mut acts = Vec::new();
        for (number, name) in wanted.into_iter().enumerate() {
            let files = there.iter().find(|act| act.act == name).map_or(&[][..], |act| &act.files);
            let mut found = self.act(name, files);
            // Told already as misnamed: beside the files of its own name it would be there twice.
            found.retain(|act| act.id.as_str() == name || !is_there(act.id.as_str()));
            if found.is_empty() && number == 0 {
                self.unread.add_default_act();
            }
            acts.extend(found);
        }
        if self.unread.settings() {
            self.unread.add_default_act();
        }
        Acts::new(acts)
    }

    /// The act of these files, each a version of it; one that is missing, or has an error, is noted as unread.
    fn act(&mut self, name: &str, files: &[&SourcePath]) -> Vec<Act> {
        if files.is_empty() {
            self.unread.add_missing_act();
        }
        let read: Vec<(Option<Act>, bool)> = files.iter().map(|path| self.version(path)).collect();
        let newest = read.iter().flat_map(|(act, _)| act).filter_map(Act::holds_from).max();
        for (act, _) in read.iter().filter(|(_, is_whole)| !is_whole) {
            // What was wrong with an earlier version says nothing of the places that the act has.
            let is_earlier =
                act.as_ref().is_some_and(|act| act.holds_from().is_some_and(|day| Some(day) < newest));
            if !is_earlier {
                self.unread.add_act();
            }
        }
        let versions = read.into_iter().filter_map(|(act, _)| act).collect();
        let (acts, problems) = act_files::join(name, versions);
        if problems.iter().any(|problem| problem.code == Code::ActVersion) {
            // Nobody knows which is the newest.
            self.unread.add_act();
        }
        self.diagnostics.extend(problems);
        acts
    }

    /// A version of an act, and whether nothing is wrong with it.
    fn version(&mut self, path: &SourcePath) -> (Option<Act>, bool) {
        let Some(file) = self.text(path.as_str()) else { return (None, false) };
        let (act, problems) = Act::load(&file);
        let is_whole = act.is_some() && !problems.iter().any(Diagnostic::is_error);
        if !is_whole {
            self.unread.add(path, Some(&file));
        }
        self.diagnostics.extend(problems);
        (act, is_whole)
    }

    /// The places that the settings exempt, and what is wrong in their citations.
    fn not_applicable(
        &mut self,
        config: &Config,
        acts: &Acts,
        file: Option<&SourceFile>,
    ) -> Vec<NotApplicable> {
        let mut places = Vec::new();
        for (exemption, citation) in config
            .exemptions
            .iter()
            .flat_map(|exemption| exemption.articles.iter().map(move |c| (exemption, c)))
        {
            let problems = match read_citation(&citation.text, acts) {
                Ok(found) => {
                    places.extend(found.addresses.into_iter().map(|address| NotApplicable {
                        address,
                        reason: exemption.reason.clone(),
                        range: citation.range.clone(),
                    }));
                    found.notes
                }
                Err(problems) => problems,
            };
            let place = file.map(|file| Place::range(file, citation.range.clone()));
            self.report(problems.into_iter().map(|problem| {
                let mut diagnostic = problem.into_diagnostic();
                diagnostic.place.clone_from(&place);
                diagnostic
            }));
        }
        places
    }

    fn documents(&mut self, shared: Shared<'_>) -> Vec<Document> {
        let paths: Vec<&SourcePath> = self.source.paths().iter().filter(|path| is_document(path)).collect();
        let read: Vec<_> = paths
            .par_iter()
            .map(|path| match read_text(self.source, path) {
                Ok(file) => document(path, &file, shared),
                Err(problem) => Read { document: None, problems: vec![*problem], unread: Some(None) },
            })
            .collect();
        let mut documents = Vec::with_capacity(read.len());
        for (path, read) in paths.into_iter().zip(read) {
            documents.extend(read.document);
            self.report(read.problems);
            if let Some(text) = read.unread {
                self.unread.add(path, text.as_ref());
            }
        }
        documents
    }

    /// The day of the newest document. A profile wants one on every page, and no clock may give it.
    fn updated(
        &mut self,
        documents: &[Document],
        config: &Config,
        file: Option<&SourceFile>,
    ) -> Option<Date> {
        let updated = documents.iter().filter_map(|document| document.front.updated).max();
        let demand = config.profile.as_ref().zip(file).filter(|_| updated.is_none());
        if let Some((profile, file)) = demand.filter(|_| !self.may_have_misread_a_day()) {
            self.diagnostics.push(profile.no_date(file));
        }
        updated
    }

    /// Whether a document, or a value of its metadata, could not be read: that is the problem to tell.
    fn may_have_misread_a_day(&self) -> bool {
        let in_document = |problem: &Diagnostic| {
            let path = problem.place.as_ref().and_then(|place| SourcePath::new(place.file.name()).ok());
            path.is_some_and(|path| is_document(&path))
        };
        self.unread.documents()
            || self
                .diagnostics
                .iter()
                .any(|problem| problem.code == Code::InvalidValue && in_document(problem))
    }

    /// The tables that indicators name; what one says of the other is checked too.
    fn data(&mut self, documents: &[Document]) -> BTreeMap<SourcePath, DataTable> {
        let mut tables = BTreeMap::new();
        for path in documents.iter().filter_map(data::path_of) {
            if !tables.contains_key(&path)
                && let Some(table) = self.table(&path)
            {
                tables.insert(path, table);
            }
        }
        self.diagnostics.extend(documents.iter().flat_map(|document| Values::check(document, &tables)));
        tables
    }

    fn table(&mut self, path: &SourcePath) -> Option<DataTable> {
        if !self.source.contains(path) {
            return None;
        }
        let bytes = self.source.read(path).map_err(|error| Box::new(unreadable(path, &error)));
        let table = bytes.and_then(|bytes| {
            let size = bytes.len();
            Ok(DataTable::read(&text_of(path, bytes)?, size))
        });
        match table {
            Ok((table, problems)) => {
                self.diagnostics.extend(problems);
                // A file without columns is no table: what its indicator says of them cannot be judged.
                (!table.columns.is_empty()).then_some(table)
            }
            Err(problem) => {
                self.diagnostics.push(*problem);
                None
            }
        }
    }

    /// In an edition the seal would take the place of a file of its name.
    fn refuse_seal(&mut self) {
        let path = SourcePath::new(SEAL).ok().filter(|path| self.source.contains(path));
        self.diagnostics.extend(path.map(|path| {
            Diagnostic::error(
                Code::UnusableName,
                say!("`{SEAL}` è il nome del sigillo di un'edizione, che scrive il programma"; "`{SEAL}` is the name of an edition's seal, which the program writes"),
            )
            .at(Place::file(&SourceFile::without_text(path.as_str())))
            .help(say!("rinomina il file, o mettilo in una cartella"; "rename the file, or put it into a folder"))
        }));
    }

    /// What is neither Markdown nor configuration is copied.
    fn files(&self) -> Vec<(SourcePath, String)> {
        let configuration = [CONFIG, VOCABULARIES, GLOSSARY, ACTIVITY_LINES];
        self.source
            .paths()
            .iter()
            .filter(|path| {
                !is_markdown(path) && !in_own_folder(path) && !configuration.contains(&path.as_str())
            })
            .map(|path| {
                let folder = folder_address(&path.parent());
                let address = if folder.is_empty() {
                    path.file_name().to_owned()
                } else {
                    format!("{folder}/{}", path.file_name())
                };
                (path.clone(), address)
            })
            .collect()
    }
}

fn is_markdown(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "md" | "markdown")
}

pub(super) fn is_document(path: &SourcePath) -> bool {
    is_markdown(path) && !in_own_folder(path)
}

fn in_own_folder(path: &SourcePath) -> bool {
    !path.parent().is_root() && path.parts().next().is_some_and(|top| OWN_FOLDERS.contains(&top))
}

/// Reads one document.
fn document(path: &SourcePath, file: &SourceFile, shared: Shared<'_>) -> Read {
    let Shared { config, acts, vocabularies, glossary, settings_are_unread } = shared;
    let (yaml, body, unclosed) = front_matter::split(file);
    let is_index = matches!(path.stem().to_lowercase().as_str(), "index" | "readme");
    let lang = language_of(&path.parent(), &config.languages);
    let folder_kind = if is_index { Kind::Page } else { kind_of(path, config) };
    let Metadata { front, diagnostics: mut problems, is_read } =
        front_matter::read(file, yaml, folder_kind, acts, vocabularies);
    let is_read = is_read && unclosed.is_none();
    problems.extend(unclosed);
    if settings_are_unread {
        // Nobody knows the kind that its folder gives it, which decides what keys it has.
        problems.retain(|problem| problem.code != Code::UnknownKey);
    }
    let is_guideline = matches!(front.details, Details::Guideline);
    let links_citations = is_read && front.link_citations.unwrap_or(config.link_citations);
    let reading = Reading {
        typography: config.typography,
        acts: links_citations.then_some(acts),
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
    Read { document: Some(document), problems, unread }
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
