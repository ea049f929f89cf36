//! From files to a handbook.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::act::{Act, Acts, Address, Form, Style, read_citation};
use crate::diagnostic::{Code, Diagnostic, Lang, Place, SourceFile};
use crate::say;
use crate::source::{Source, SourcePath, read_text, text_of, unreadable};

use super::document_file::{DocumentFile, Shared};
use super::sections::folder_address;
use super::{
    ActivityLines, Config, DataTable, Date, Document, Documents, Glossary, Loaded, Sections, Unread, Values,
    Vocabularies, act_files, data,
};

/// A handbook, read and checked file by file. A copy shares what it holds.
#[derive(Debug, Clone, Default)]
pub struct Handbook {
    /// The settings.
    pub config: Arc<Config>,
    /// The title of the whole.
    pub title: String,
    /// The acts; the first is the default of citations.
    pub acts: Arc<Acts>,
    /// The closed lists.
    pub vocabularies: Arc<Vocabularies>,
    /// The terms.
    pub glossary: Arc<Glossary>,
    /// The activity lines, when the handbook has them.
    pub activity_lines: Option<Arc<ActivityLines>>,
    /// The documents, in the order of their paths.
    pub documents: Documents,
    /// The tables of the indicators, by their files.
    pub data: Arc<BTreeMap<SourcePath, DataTable>>,
    /// The files that are copied as they are, each with its address on the site.
    pub files: Arc<Vec<(SourcePath, String)>>,
    /// The tree of folders.
    pub sections: Arc<Sections>,
    /// The places of acts that no guideline has to implement.
    pub not_applicable: Arc<Vec<NotApplicable>>,
    /// The day of the newest document: when the handbook was last updated.
    pub updated: Option<Date>,
    /// The settings' file, for diagnostics of settings that name something else.
    pub config_file: Option<SourceFile>,
    /// What could not be read.
    pub unread: Arc<Unread>,
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

    /// Whether an indicator names this file as its data, be it a table or not.
    pub fn is_data(&self, path: &SourcePath) -> bool {
        self.documents.iter().filter_map(data::path_of).any(|named| named == *path)
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
    let loaded = Loaded::new(source, None);
    let diagnostics = loaded.diagnostics();
    (loaded.handbook, diagnostics)
}

impl Loaded {
    /// Reads every file of a handbook; documents that are as they were `before` are not read again.
    pub fn new(source: &dyn Source, before: Option<&Self>) -> Self {
        let mut reader = Reader::new(source);
        let config_file = reader.text(CONFIG);
        let config = Arc::new(reader.part(config_file.as_ref(), Config::load).unwrap_or_default());
        let acts = Arc::new(reader.acts(&config, config_file.as_ref()));
        let cited = if reader.unread.default_act() { Arc::default() } else { Arc::clone(&acts) };
        let vocabularies = reader.text(VOCABULARIES);
        let vocabularies = reader.part(vocabularies.as_ref(), Vocabularies::load).unwrap_or_default();
        let glossary = Arc::new(reader.glossary(&cited));
        let activity_lines = reader.text(ACTIVITY_LINES);
        let lines = reader.part(activity_lines.as_ref(), ActivityLines::load);
        // A table that cannot be read is there all the same: a link to it is not broken.
        let activity_lines = activity_lines.map(|_| Arc::new(lines.unwrap_or_default()));
        let not_applicable = reader.not_applicable(&config, &cited, config_file.as_ref());
        let shared = Shared {
            config: Arc::clone(&config),
            acts: cited,
            vocabularies: Arc::new(vocabularies),
            glossary: Arc::clone(&glossary),
            settings_are_unread: reader.unread.settings(),
            key: reader.read.finalize(),
        };
        let files = reader.documents(&shared, before);
        let documents: Documents = files.iter().filter_map(|file| file.read.document.clone()).collect();
        let updated = reader.updated(&documents, &files, &config, config_file.as_ref());
        let data = Arc::new(reader.data(&documents));
        reader.refuse_seal();
        let copied = Arc::new(reader.files());
        let sections = Sections::build(&documents, &config.languages);
        let home = sections.get(0).map(|root| root.title.clone()).filter(|title| !title.is_empty());
        let title = config.title.clone().or(home).unwrap_or_else(|| "Manuale".to_owned());
        let handbook = Handbook {
            config,
            title,
            acts,
            vocabularies: Arc::clone(&shared.vocabularies),
            glossary,
            activity_lines,
            documents,
            data,
            files: copied,
            sections: Arc::new(sections),
            not_applicable: Arc::new(not_applicable),
            updated,
            config_file,
            unread: Arc::new(reader.unread),
        };
        let wrong = files.iter().enumerate().filter(|(_, file)| !file.read.problems.is_empty());
        let wrong = wrong.map(|(at, _)| at).collect();
        Self { handbook, files, wrong, problems: reader.diagnostics.into(), shared }
    }
}

/// Reads files and keeps what is wrong in them.
struct Reader<'a> {
    source: &'a dyn Source,
    diagnostics: Vec<Diagnostic>,
    unread: Unread,
    /// Of every text that was read, its name and its words.
    read: blake3::Hasher,
}

impl<'a> Reader<'a> {
    fn new(source: &'a dyn Source) -> Self {
        Self { source, diagnostics: Vec::new(), unread: Unread::default(), read: blake3::Hasher::new() }
    }

    /// The text of a file that may be missing.
    fn text(&mut self, path: &str) -> Option<SourceFile> {
        let path = SourcePath::new(path).ok().filter(|path| self.source.contains(path))?;
        let text = read_text(self.source, &path);
        // One that cannot be read says something else than an empty one: nobody knows what.
        self.read.update(&[u8::from(text.is_ok())]);
        for part in [path.as_str(), text.as_ref().map_or("", SourceFile::text)] {
            self.read.update(&part.len().to_le_bytes()).update(part.as_bytes());
        }
        match text {
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

    fn documents(&mut self, shared: &Shared, before: Option<&Loaded>) -> Vec<Arc<DocumentFile>> {
        let paths: Vec<&SourcePath> = self.source.paths().iter().filter(|path| is_document(path)).collect();
        let known = |path| before.and_then(|before| before.file(path, shared.key));
        let files: Vec<_> =
            paths.par_iter().map(|path| DocumentFile::read(self.source, path, shared, known(path))).collect();
        for file in &files {
            if let Some(text) = &file.read.unread {
                self.unread.add(&file.path, text.as_ref());
            }
        }
        files
    }

    /// The day of the newest document. A profile wants one on every page, and no clock may give it.
    fn updated(
        &mut self,
        documents: &Documents,
        files: &[Arc<DocumentFile>],
        config: &Config,
        file: Option<&SourceFile>,
    ) -> Option<Date> {
        let updated = documents.iter().filter_map(|document| document.front.updated).max();
        let demand = config.profile.as_ref().zip(file).filter(|_| updated.is_none());
        if let Some((profile, file)) = demand.filter(|_| !self.may_have_misread_a_day(files)) {
            self.diagnostics.push(profile.no_date(file));
        }
        updated
    }

    /// Whether a document, or a value of its metadata, could not be read: that is the problem to tell.
    fn may_have_misread_a_day(&self, files: &[Arc<DocumentFile>]) -> bool {
        let mut problems = files.iter().flat_map(|file| &file.read.problems);
        self.unread.documents() || problems.any(|problem| problem.code == Code::InvalidValue)
    }

    /// The tables that indicators name; what one says of the other is checked too.
    fn data(&mut self, documents: &Documents) -> BTreeMap<SourcePath, DataTable> {
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
