//! What could not be read. Its own problem is told once; what depends on it is not judged in the same run.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, SourceFile};
use crate::source::SourcePath;

use super::load::{ACTIVITY_LINES, CONFIG, GLOSSARY, VOCABULARIES, is_document};

/// The files of a handbook that could not be read, or not whole.
#[derive(Debug, Clone, Default)]
pub struct Unread {
    /// With their text, where there is one.
    files: BTreeMap<SourcePath, Option<SourceFile>>,
    acts: bool,
    places: bool,
    default_act: bool,
}

impl Unread {
    pub(super) fn add(&mut self, path: &SourcePath, text: Option<&SourceFile>) {
        self.files.insert(path.clone(), text.cloned());
    }

    /// An act is missing: citations that name it mean nothing.
    pub(super) fn add_missing_act(&mut self) {
        self.acts = true;
    }

    /// An act is not whole: nobody knows its names, or which places it has.
    pub(super) fn add_act(&mut self) {
        (self.acts, self.places) = (true, true);
    }

    /// Nobody knows which act a citation without a name means.
    pub(super) fn add_default_act(&mut self) {
        (self.acts, self.places, self.default_act) = (true, true, true);
    }

    /// Whether everything could be read.
    pub fn is_empty(&self) -> bool {
        let Self { files, acts, places, default_act } = self;
        files.is_empty() && !acts && !places && !default_act
    }

    /// Whether this file is among them.
    pub fn has(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the file of this name in the root is among them.
    pub fn has_named(&self, name: &str) -> bool {
        self.files.keys().any(|path| path.as_str() == name)
    }

    /// Whether the settings are: then nobody knows which acts, folders and rules hold.
    pub fn settings(&self) -> bool {
        self.has_named(CONFIG)
    }

    /// Whether the glossary is.
    pub fn glossary(&self) -> bool {
        self.has_named(GLOSSARY)
    }

    /// Whether a file that explains acronyms is.
    pub fn explanations(&self) -> bool {
        let names = [GLOSSARY, VOCABULARIES, ACTIVITY_LINES];
        self.acts || names.iter().any(|name| self.has_named(name))
    }

    /// Whether an act is, or is missing: then nobody knows what the guidelines leave out.
    pub fn acts(&self) -> bool {
        self.acts
    }

    /// Whether a problem of a citation, or of the version of an act, may be the fault of an act that is not there.
    pub fn may_cause(&self, problem: Code) -> bool {
        let of_acts = [Code::UnknownAct, Code::ActVersion].contains(&problem);
        (self.places && problem.is_of_citations()) || (self.acts && of_acts)
    }

    /// Whether the act is that citations without a name mean.
    pub fn default_act(&self) -> bool {
        self.default_act
    }

    /// Whether a document is, or its metadata.
    pub fn documents(&self) -> bool {
        self.files.keys().any(is_document)
    }

    /// Whether a name that nothing else has may be defined in one of them.
    pub fn may_define(&self, name: &str) -> bool {
        let name = name.split('#').next().unwrap_or(name).trim().to_lowercase();
        let defines = |path: &SourcePath| is_document(path) || path.as_str() == GLOSSARY;
        let holds = |file: &SourceFile| file.text().to_lowercase().contains(&name);
        self.files.iter().any(|(path, file)| defines(path) && file.as_ref().is_none_or(holds))
    }

    /// Whether a name reads as a citation of an act that could not be read.
    pub fn may_cite(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        let starts_as_one = ["art", "§", "reg"].iter().any(|start| name.starts_with(start));
        self.acts && (starts_as_one || name.starts_with(|first: char| first.is_ascii_digit()))
    }
}
