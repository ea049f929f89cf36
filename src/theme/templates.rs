//! The templates, compiled, and applied to pages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::say;

use super::files::{Named, ThemeFiles};
use super::tally::{Tally, TemplateTime};
use super::{CATCH_ALL, PARTS, assets, explain};

/// The theme's templates, compiled.
pub(super) struct Templates {
    tera: Tera,
    files: Vec<Named>,
    /// What each took so far.
    tallies: BTreeMap<String, Tally>,
    /// The theme's name, and where a handbook asks for it.
    theme: String,
    asked_at: Option<Place>,
    /// Why there are none: no page can be made then.
    unreadable: Option<Box<Diagnostic>>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.files.iter().map(|(name, _)| name)).finish()
    }
}

/// The assets of a theme, by their path under `assets/`.
type Assets = Arc<BTreeMap<String, Vec<u8>>>;

impl Templates {
    /// Compiles the templates; all that is wrong in any of them comes out at once.
    pub(super) fn load(
        files: ThemeFiles,
        theme: String,
        asked_at: Option<Place>,
    ) -> (Self, Assets, Vec<Diagnostic>) {
        let (named, assets) = files.into_parts();
        let assets = Arc::new(assets);
        let mut tera = engine(&assets);
        let added = tera.add_raw_templates(named.iter().map(|(name, template)| (name, template.file.text())));
        let diagnostics = match added {
            Ok(()) => Vec::new(),
            // The engine stops at the first template that it cannot parse.
            Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => unparsable(&named),
            Err(error) => explain::unreadable(&error, &named),
        };
        let unreadable = diagnostics.first().cloned().map(Box::new);
        let tallies = named.iter().map(|(name, _)| (name.clone(), Tally::default())).collect();
        (Self { tera, files: named, tallies, theme, asked_at, unreadable }, assets, diagnostics)
    }

    pub(super) fn render(
        &self,
        template: &str,
        strings: &Value,
        view: &impl Serialize,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        if let Some(problem) = &self.unreadable {
            return Err(problem.clone());
        }
        let Some(applied) = self.serving(template) else {
            return Err(Box::new(self.missing(template, page)));
        };
        let render = || -> Result<String, tera::Error> {
            let mut context = Context::from_serialize(view)?;
            context.insert_value("t", strings.clone());
            context.insert("page", template.strip_suffix(".html").unwrap_or(template));
            self.tera.render(applied, &context)
        };
        let start = Instant::now();
        let rendered = render();
        if let Some(tally) = self.tallies.get(applied) {
            tally.add(start.elapsed());
        }
        rendered.map_err(|error| Box::new(explain::inapplicable(&error, &self.files, applied, page)))
    }

    /// What each template that was applied took so far.
    pub(super) fn times(&self) -> impl Iterator<Item = TemplateTime<'_>> {
        self.tallies.iter().filter_map(|(name, tally)| tally.read(name))
    }

    /// Whether the theme has this template.
    pub(super) fn has(&self, template: &str) -> bool {
        self.files.iter().any(|(known, _)| known == template)
    }

    /// The template that is applied where this one is asked for. The one for all pages serves no part of a page: it
    /// would look for a frame there.
    fn serving<'t>(&self, template: &'t str) -> Option<&'t str> {
        let catch_all = (!PARTS.contains(&template)).then_some(CATCH_ALL);
        [Some(template), catch_all].into_iter().flatten().find(|name| self.has(name))
    }

    /// A page, or a part of one, for which the theme has no template.
    fn missing(&self, template: &str, page: &str) -> Diagnostic {
        let theme = &self.theme;
        let help = if PARTS.contains(&template) {
            say!("aggiungi `themes/{theme}/templates/{template}`"; "add `themes/{theme}/templates/{template}`")
        } else {
            say!("aggiungi `themes/{theme}/templates/{template}`, oppure `{CATCH_ALL}`, che vale per ogni pagina senza un modello suo"; "add `themes/{theme}/templates/{template}`, or `{CATCH_ALL}`, which serves every page without a template of its own")
        };
        let diagnostic = Diagnostic::error(
            Code::MissingTemplate,
            say!("il tema `{theme}` non ha il modello `{template}`, che serve a `{page}`"; "the theme `{theme}` has no template `{template}`, which `{page}` needs"),
        )
        .help(help);
        match &self.asked_at {
            Some(place) => diagnostic.at(place.clone()),
            None => diagnostic,
        }
    }
}

/// The engine with what it has for every theme.
fn engine(assets: &Assets) -> Tera {
    let mut tera = Tera::default();
    tera.register_function("asset", assets::asset(Arc::clone(assets)));
    tera
}

/// What is wrong in each template that cannot be parsed.
fn unparsable(files: &[Named]) -> Vec<Diagnostic> {
    let fails = |(name, template): &Named| {
        let error = Tera::default().add_raw_template(name, template.file.text()).err()?;
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| explain::unreadable(&error, files))
    };
    files.iter().filter_map(fails).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemorySource;

    /// A template with each of its tags left out, one at a time.
    fn without_a_tag(text: &str) -> impl Iterator<Item = String> + '_ {
        let tags = text.match_indices("{%").chain(text.match_indices("{{"));
        tags.filter_map(|(start, _)| {
            let end = start + text[start..].find("}}").into_iter().chain(text[start..].find("%}")).min()?;
            Some(format!("{}{}", &text[..start], &text[end + 2..]))
        })
    }

    #[test]
    fn whatever_tag_a_template_lacks_the_problem_has_its_place_in_it() {
        let text = include_str!("../../themes/italia/templates/document.html");
        let (mut whole, mut broken) = (0, 0);
        for text in without_a_tag(text) {
            let source = MemorySource::new([("themes/italia/templates/document.html", text.as_str())]);
            let (files, _) = ThemeFiles::gather(&source, "italia");
            let (_, _, found) = Templates::load(files, "italia".to_owned(), None);
            whole += usize::from(found.is_empty());
            broken += usize::from(!found.is_empty());
            for problem in found {
                let place = problem.place.expect("a place");
                assert_eq!(place.file.name(), "themes/italia/templates/document.html");
                assert!(place.range.is_some_and(|range| range.end <= text.len()), "{:?}", problem.message);
            }
        }
        assert!(whole > 50 && broken > 50, "{whole} {broken}");
    }
}
