//! The files of a theme: those inside the program, and a handbook's own over them.

use std::collections::BTreeMap;

use rust_embed::Embed;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::{Source, SourcePath, read_text, unreadable};

#[derive(Embed)]
#[folder = "themes/italia"]
struct Embedded;

/// Where a handbook keeps its own.
const FOLDER: &str = "themes/italia";

/// Every file of the theme, by its path within the theme.
pub(super) struct ThemeFiles {
    texts: BTreeMap<String, SourceFile>,
    assets: BTreeMap<String, Vec<u8>>,
    /// The handbook's own string files, which add to the theme's rather than replace them.
    own_strings: BTreeMap<String, SourceFile>,
}

impl ThemeFiles {
    pub(super) fn gather(source: &dyn Source) -> (Self, Vec<Diagnostic>) {
        let mut files =
            Self { texts: BTreeMap::new(), assets: BTreeMap::new(), own_strings: BTreeMap::new() };
        for name in Embedded::iter() {
            let Some(file) = Embedded::get(&name) else { continue };
            if name.starts_with("assets/") {
                files.assets.insert(name.into_owned(), file.data.into_owned());
            } else {
                let text = String::from_utf8_lossy(&file.data).into_owned();
                let shown = format!("{FOLDER}/{name}");
                files.texts.insert(name.into_owned(), SourceFile::new(shown, text));
            }
        }
        let diagnostics = files.add_own(source);
        (files, diagnostics)
    }

    fn add_own(&mut self, source: &dyn Source) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let Ok(folder) = SourcePath::new(FOLDER) else { return diagnostics };
        for path in source.paths().iter().filter(|path| path.is_within(&folder)) {
            let name = path.as_str().trim_start_matches(FOLDER).trim_start_matches('/').to_owned();
            if name.starts_with("assets/") {
                match source.read(path) {
                    Ok(bytes) => {
                        self.assets.insert(name, bytes);
                    }
                    Err(error) => diagnostics.push(unreadable(path, &error)),
                }
                continue;
            }
            match read_text(source, path) {
                Ok(file) if name.starts_with("strings/") => {
                    self.own_strings.insert(name, file);
                }
                Ok(file) => {
                    self.texts.insert(name, file);
                }
                Err(problem) => diagnostics.push(*problem),
            }
        }
        diagnostics
    }

    /// The templates, by the name that `extends` and `include` use.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &SourceFile)> {
        self.texts.iter().filter_map(|(name, file)| Some((name.strip_prefix("templates/")?, file)))
    }

    /// The files of a language's strings, the theme's first.
    pub(super) fn strings(&self, lang: crate::diagnostic::Lang) -> impl Iterator<Item = &SourceFile> {
        let name = format!("strings/{lang}.yaml");
        self.texts.get(&name).into_iter().chain(self.own_strings.get(&name))
    }

    /// The assets, by their path under `assets/`.
    pub(super) fn assets(&self) -> BTreeMap<String, Vec<u8>> {
        self.assets
            .iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix("assets/")?.to_owned(), bytes.clone())))
            .collect()
    }
}
