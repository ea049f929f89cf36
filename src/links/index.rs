//! Everything that a reference can name, by its name.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::Handbook;
use crate::say;
use crate::source::SourcePath;

use super::Target;

/// The names of a handbook: ids, paths, terms and titles.
#[derive(Debug)]
pub struct Index<'h> {
    /// The handbook.
    pub handbook: &'h Handbook,
    ids: HashMap<String, Target>,
    paths: HashMap<&'h SourcePath, Target>,
    /// Paths without regard to case, for a better message.
    folded_paths: HashMap<String, &'h SourcePath>,
    forms: HashMap<&'h str, Vec<usize>>,
    folded_forms: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
}

impl<'h> Index<'h> {
    /// Gathers the names; an id that two places claim is reported.
    pub fn new(handbook: &'h Handbook) -> (Self, Vec<Diagnostic>) {
        let mut index = Self {
            handbook,
            ids: HashMap::new(),
            paths: HashMap::new(),
            folded_paths: HashMap::new(),
            forms: HashMap::new(),
            folded_forms: HashMap::new(),
            titles: HashMap::new(),
        };
        let diagnostics = index.add_ids();
        index.add_paths();
        index.add_terms_and_titles();
        (index, diagnostics)
    }

    /// The document or provision with this id.
    pub fn id(&self, id: &str) -> Option<&Target> {
        self.ids.get(id)
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// What stands at a path of the handbook.
    pub fn path(&self, path: &SourcePath) -> Option<&Target> {
        self.paths.get(path)
    }

    /// The path that differs from this one only in upper and lower case.
    pub fn path_in_other_case(&self, path: &SourcePath) -> Option<&'h SourcePath> {
        self.folded_paths.get(&path.as_str().to_lowercase()).copied()
    }

    /// Every path that a link can name.
    pub fn paths(&self) -> impl Iterator<Item = &'h SourcePath> {
        self.paths.keys().copied()
    }

    /// The terms that a text can mean: those with exactly this form, else those with it in another case.
    pub fn terms(&self, form: &str) -> Vec<usize> {
        match self.forms.get(form) {
            Some(terms) => terms.clone(),
            None => self.folded_forms.get(&form.to_lowercase()).cloned().unwrap_or_default(),
        }
    }

    /// The documents with this title, in whatever case.
    pub fn titled(&self, title: &str) -> &[usize] {
        self.titles.get(&title.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The names that a reader would recognise: terms and titles.
    pub fn words(&self) -> impl Iterator<Item = &'h str> {
        let titles = self.handbook.documents.iter().map(|document| document.title.as_str());
        self.forms.keys().copied().chain(titles)
    }

    fn add_ids(&mut self) -> Vec<Diagnostic> {
        let mut first: HashMap<String, (String, Place)> = HashMap::new();
        let mut diagnostics = Vec::new();
        let mut add = |ids: &mut HashMap<String, Target>, id: &str, place: Place, target| {
            if let Some((before, first_place)) = first.get(&id.to_lowercase()) {
                diagnostics.push(duplicate_id(id, before, place, first_place));
                return;
            }
            first.insert(id.to_lowercase(), (id.to_owned(), place));
            ids.insert(id.to_owned(), target);
        };
        for (number, document) in self.handbook.documents.iter().enumerate() {
            if let Some((id, range)) = &document.front.id {
                add(&mut self.ids, id.as_str(), document.place_at(range.clone()), Target::Document(number));
            }
            for (provision, statement) in document.chapter.provisions.iter().enumerate() {
                let Some(heading) = document.chapter.headings.get(statement.heading) else { continue };
                let target = Target::Provision { document: number, provision };
                add(&mut self.ids, heading.id.as_str(), document.place_at(heading.range.clone()), target);
            }
        }
        diagnostics
    }

    fn add_paths(&mut self) {
        let handbook = self.handbook;
        for (number, document) in handbook.documents.iter().enumerate() {
            self.paths.insert(&document.path, Target::Document(number));
        }
        for (number, section) in handbook.sections.all().iter().enumerate() {
            self.paths.insert(&section.path, section.index.map_or(Target::Section(number), Target::Document));
        }
        for (number, (path, _)) in handbook.files.iter().enumerate() {
            self.paths.insert(path, Target::File(number));
        }
        self.folded_paths = self.paths.keys().map(|path| (path.as_str().to_lowercase(), *path)).collect();
    }

    fn add_terms_and_titles(&mut self) {
        for (number, term) in self.handbook.glossary.terms.iter().enumerate() {
            for form in &term.forms {
                let exact = self.forms.entry(form).or_default();
                let folded = self.folded_forms.entry(form.to_lowercase()).or_default();
                for list in [exact, folded] {
                    if !list.contains(&number) {
                        list.push(number);
                    }
                }
            }
        }
        for (number, document) in self.handbook.documents.iter().enumerate() {
            self.titles.entry(document.title.to_lowercase()).or_default().push(number);
        }
    }
}

fn duplicate_id(id: &str, before: &str, place: Place, first: &Place) -> Diagnostic {
    let message = if id == before {
        say!("l'identificativo `{id}` è già usato"; "the id `{id}` is already used")
    } else {
        say!("l'identificativo `{id}` differisce da `{before}` solo per maiuscole e minuscole"; "the id `{id}` differs from `{before}` only in upper and lower case")
    };
    Diagnostic::error(Code::DuplicateId, message)
        .at(place)
        .help(say!("dai a uno dei due un altro identificativo"; "give one of the two another id"))
        .related(first.clone(), say!("il primo è qui"; "the first is here"))
}
