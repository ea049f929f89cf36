//! Everything that a reference can name, by its name.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::Handbook;
use crate::say;
use crate::source::SourcePath;

use super::Target;

/// The names of a handbook: ids, paths, terms and titles.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashMap<String, Target>,
    paths: HashMap<SourcePath, Target>,
    /// Paths without regard to case, for a better message; made when the first is asked for.
    folded_paths: OnceLock<HashMap<String, SourcePath>>,
    forms: HashMap<String, Vec<usize>>,
    folded_forms: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
}

/// The names of a handbook, and what has them.
#[derive(Debug, Clone, Copy)]
pub struct Index<'h> {
    /// The handbook.
    pub handbook: &'h Handbook,
    names: &'h Names,
}

impl Names {
    /// Gathers the names; an id that two places claim is reported.
    pub fn of(handbook: &Handbook) -> (Self, Vec<Diagnostic>) {
        let mut names = Self::default();
        let diagnostics = names.add_ids(handbook);
        names.add_paths(handbook);
        names.add_terms_and_titles(handbook);
        (names, diagnostics)
    }

    fn add_ids(&mut self, handbook: &Handbook) -> Vec<Diagnostic> {
        let mut first: HashMap<String, (usize, &str, Range<usize>)> = HashMap::new();
        let mut diagnostics = Vec::new();
        for (number, document) in handbook.documents.iter().enumerate() {
            let chapter = &document.chapter;
            let own = document.front.id.iter().map(|(id, at)| (id.as_str(), at, Target::Document(number)));
            let provisions = chapter.provisions.iter().enumerate().filter_map(|(provision, statement)| {
                let heading = chapter.headings.get(statement.heading)?;
                let target = Target::Provision { document: number, provision };
                Some((heading.id.as_str(), &heading.range, target))
            });
            for (id, at, target) in own.chain(provisions) {
                let folded = id.to_lowercase();
                if let Some((first, before, first_at)) = first.get(&folded) {
                    let place = document.place_at(at.clone());
                    let first = handbook.documents.get(*first).map(|first| first.place_at(first_at.clone()));
                    diagnostics.extend(first.map(|first| duplicate_id(id, before, place, &first)));
                    continue;
                }
                first.insert(folded, (number, id, at.clone()));
                self.ids.insert(id.to_owned(), target);
            }
        }
        diagnostics
    }

    fn add_paths(&mut self, handbook: &Handbook) {
        for (number, document) in handbook.documents.iter().enumerate() {
            self.paths.insert(document.path.clone(), Target::Document(number));
        }
        for (number, section) in handbook.sections.all().iter().enumerate() {
            let target = section.index.map_or(Target::Section(number), Target::Document);
            self.paths.insert(section.path.clone(), target);
        }
        for (number, (path, _)) in handbook.files.iter().enumerate() {
            self.paths.insert(path.clone(), Target::File(number));
        }
    }

    fn add_terms_and_titles(&mut self, handbook: &Handbook) {
        for (number, term) in handbook.glossary.terms.iter().enumerate() {
            for form in &term.forms {
                let exact = self.forms.entry(form.clone()).or_default();
                let folded = self.folded_forms.entry(form.to_lowercase()).or_default();
                for list in [exact, folded] {
                    if !list.contains(&number) {
                        list.push(number);
                    }
                }
            }
        }
        for (number, document) in handbook.documents.iter().enumerate() {
            self.titles.entry(document.title.to_lowercase()).or_default().push(number);
        }
    }
}

impl<'h> Index<'h> {
    /// The names of a handbook with what has them.
    pub fn new(handbook: &'h Handbook, names: &'h Names) -> Self {
        Self { handbook, names }
    }

    /// The document or provision with this id.
    pub fn id(&self, id: &str) -> Option<&'h Target> {
        self.names.ids.get(id)
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = &'h str> {
        self.names.ids.keys().map(String::as_str)
    }

    /// What stands at a path of the handbook.
    pub fn path(&self, path: &SourcePath) -> Option<&'h Target> {
        self.names.paths.get(path)
    }

    /// The path that differs from this one only in upper and lower case.
    pub fn path_in_other_case(&self, path: &SourcePath) -> Option<&'h SourcePath> {
        let fold = |path: &SourcePath| (path.as_str().to_lowercase(), path.clone());
        let folded = self.names.folded_paths.get_or_init(|| self.names.paths.keys().map(fold).collect());
        folded.get(&path.as_str().to_lowercase())
    }

    /// Every path that a link can name.
    pub fn paths(&self) -> impl Iterator<Item = &'h SourcePath> {
        self.names.paths.keys()
    }

    /// The terms that a text can mean: those with exactly this form, else those with it in another case.
    pub fn terms(&self, form: &str) -> Vec<usize> {
        match self.names.forms.get(form) {
            Some(terms) => terms.clone(),
            None => self.names.folded_forms.get(&form.to_lowercase()).cloned().unwrap_or_default(),
        }
    }

    /// The documents with this title, in whatever case.
    pub fn titled(&self, title: &str) -> &'h [usize] {
        self.names.titles.get(&title.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The names that a reader would recognise: terms and titles.
    pub fn words(&self) -> impl Iterator<Item = &'h str> {
        let titles = self.handbook.documents.iter().map(|document| document.title.as_str());
        self.names.forms.keys().map(String::as_str).chain(titles)
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
