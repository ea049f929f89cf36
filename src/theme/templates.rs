//! The templates, and their errors as diagnostics.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;

use super::Strings;
use super::files::ThemeFiles;

/// The theme's templates, compiled.
pub(super) struct Templates {
    tera: Tera,
    files: Vec<(String, SourceFile)>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.files.iter().map(|(name, _)| name)).finish()
    }
}

impl Templates {
    pub(super) fn load(files: &ThemeFiles) -> (Self, Vec<Diagnostic>) {
        let files: Vec<_> = files.templates().map(|(name, file)| (name.to_owned(), file.clone())).collect();
        let mut tera = Tera::default();
        let added = tera.add_raw_templates(files.iter().map(|(name, file)| (name.as_str(), file.text())));
        let templates = Self { tera, files };
        let diagnostics = added.err().map(|error| templates.explain(&error, None)).into_iter().collect();
        (templates, diagnostics)
    }

    pub(super) fn render(
        &self,
        template: &str,
        strings: &Strings,
        view: &impl Serialize,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let render = || -> Result<String, tera::Error> {
            let mut context = Context::from_serialize(view)?;
            context.insert_value("t", Value::try_from_serializable(strings.all())?);
            self.tera.render(template, &context)
        };
        render().map_err(|error| Box::new(self.explain(&error, Some(page))))
    }

    /// The library's error at its line and column, with the page that met it.
    fn explain(&self, error: &tera::Error, page: Option<&str>) -> Diagnostic {
        let (reason, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.files.iter().find(|(name, _)| name == report.filename());
                let place = file.map(|(_, file)| Place::range(file, report.span().range.clone()));
                (report.message().to_owned(), place)
            }
            other => (other.to_string(), None),
        };
        let diagnostic = Diagnostic::error(Code::Template, message(&reason, page)).help(say!(
            "confronta il modello con quello del tema; i valori di ogni modello sono in docs/theme.md";
            "compare the template with the theme's own; the values of each template are in docs/theme.md"
        ));
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        }
    }
}

fn message(reason: &str, page: Option<&str>) -> Text {
    match page {
        Some(page) => {
            say!("il modello non si può applicare a `{page}`: {reason}"; "the template cannot be applied to `{page}`: {reason}")
        }
        None => say!("il modello non si può leggere: {reason}"; "the template cannot be read: {reason}"),
    }
}
