//! The look: templates, interface strings and assets.
//!
//! The theme `italia` is inside the program. A handbook replaces any file of it, one by one, with a file of
//! the same path under its own `themes/italia/`; it can add templates and assets too.

mod files;
mod labels;
mod strings;
mod templates;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lang};
use crate::markdown::Labels;
use crate::source::Source;

use files::ThemeFiles;
pub use strings::Strings;
use templates::Templates;

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    strings: [Strings; Lang::ALL.len()],
    labels: [Labels; Lang::ALL.len()],
    assets: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// The theme inside the program with the files that a handbook replaces or adds.
    pub fn load(source: &dyn Source) -> (Self, Vec<Diagnostic>) {
        let (files, mut diagnostics) = ThemeFiles::gather(source);
        let (templates, problems) = Templates::load(&files);
        diagnostics.extend(problems);
        let strings = Lang::ALL.map(|lang| {
            let (strings, problems) = Strings::load(&files, lang);
            diagnostics.extend(problems);
            strings
        });
        let labels = [0, 1].map(|index: usize| strings.get(index).map(labels::labels).unwrap_or_default());
        let assets = files.assets();
        (Self { templates, strings, labels, assets }, diagnostics)
    }

    /// Renders a template; its values are `view`, and the strings of the language as `t`.
    ///
    /// # Errors
    /// The template names a value or a filter that does not exist; `page` says where it happened.
    pub fn render(
        &self,
        template: &str,
        lang: Lang,
        view: &impl Serialize,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.templates.render(template, self.strings(lang), view, page)
    }

    /// The interface strings of a language.
    pub fn strings(&self, lang: Lang) -> &Strings {
        let [it, en] = &self.strings;
        match lang {
            Lang::It => it,
            Lang::En => en,
        }
    }

    /// The words that the Markdown renderer adds, in a language.
    pub fn labels(&self, lang: Lang) -> &Labels {
        let [it, en] = &self.labels;
        match lang {
            Lang::It => it,
            Lang::En => en,
        }
    }

    /// The assets, by their path under `assets/`.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.assets.keys().map(String::as_str)
    }

    /// The bytes of an asset.
    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.assets.get(name).map(Vec::as_slice)
    }
}
