//! The look: templates, interface strings and assets.
//!
//! The theme `italia` is inside the program. A handbook replaces any file of it, one by one, with a file of
//! the same path under its own `themes/italia/`; it can add templates and assets too. Or it brings a whole theme of
//! its own, `themes/NAME/`, and names it in `handbook.yaml`: of `italia` only the interface strings remain then.

mod assets;
mod explain;
mod files;
mod labels;
mod strings;
mod tally;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Lang, Place, did_you_mean, nearest};
use crate::markdown::Labels;
use crate::say;
use crate::source::Source;

use files::{BUILT_IN, ThemeFiles};
pub use strings::Strings;
pub use tally::TemplateTime;
use templates::Templates;

/// The template of every page that has none of its own in the theme.
const CATCH_ALL: &str = "page.html";

/// The templates that the program applies to a part of a page, without a frame.
const PARTS: [&str; 1] = ["print-chapter.html"];

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    strings: [Strings; Lang::ALL.len()],
    labels: [Labels; Lang::ALL.len()],
    assets: Arc<BTreeMap<String, Vec<u8>>>,
}

/// The theme that a handbook asks for.
#[derive(Debug)]
pub struct Choice<'h> {
    /// Its name.
    pub name: &'h str,
    /// Where it is asked for.
    pub place: Place,
}

impl Theme {
    /// The theme that a handbook chose, else the one inside the program, with the handbook's own files. Where the
    /// choice names no theme, the program's is loaded, so that other problems come out too.
    pub fn load(source: &dyn Source, choice: Option<Choice<'_>>) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let known = choice.as_ref().map(|_| files::names_of_themes(source)).unwrap_or_default();
        let choice = choice.filter(|choice| {
            let is_known = known.contains(choice.name);
            if !is_known {
                diagnostics.push(unknown_theme(choice, known.iter().map(String::as_str)));
            }
            is_known
        });
        let name = choice.as_ref().map_or(BUILT_IN, |choice| choice.name).to_owned();
        let (files, problems) = ThemeFiles::gather(source, &name);
        diagnostics.extend(problems);
        let strings = Lang::ALL.map(|lang| {
            let (strings, problems) = Strings::load(&files, lang);
            diagnostics.extend(problems);
            strings
        });
        let labels = [0, 1].map(|index: usize| strings.get(index).map(labels::labels).unwrap_or_default());
        let (templates, assets, problems) = Templates::load(files, name, choice.map(|choice| choice.place));
        diagnostics.extend(problems);
        (Self { templates, strings, labels, assets }, diagnostics)
    }

    /// Renders a template; its values are `view`, the strings of the language as `t`, and the template's name without
    /// its ending as `page`.
    ///
    /// # Errors
    /// The theme has no such template, or it names a value that does not exist; `page` says where it happened.
    pub fn render(
        &self,
        template: &str,
        lang: Lang,
        view: &impl Serialize,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.templates.render(template, self.strings(lang).value(), view, page)
    }

    /// What each template took so far, by name; only those that were applied.
    pub fn template_times(&self) -> impl Iterator<Item = TemplateTime<'_>> {
        self.templates.times()
    }

    /// Whether the theme has a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.templates.has(template)
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

fn unknown_theme<'a>(choice: &Choice<'_>, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let name = choice.name;
    let help = match nearest(name, known.clone()) {
        Some(near) => did_you_mean(near),
        None => {
            let known = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            say!("i temi sono {known}; un tema del manuale è una cartella di `themes/`"; "the themes are {known}; a theme of the handbook's own is a folder of `themes/`")
        }
    };
    Diagnostic::error(Code::UnknownTheme, say!("il tema `{name}` non c'è"; "there is no theme `{name}`"))
        .at(choice.place.clone())
        .help(help)
}
