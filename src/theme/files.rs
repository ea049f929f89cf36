//! The files of a theme: those inside the program, and a handbook's own over them.

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::Embed;

use crate::diagnostic::{Code, Diagnostic, Lang, Place, SourceFile, did_you_mean, nearest};
use crate::say;
use crate::source::{Source, SourcePath, read_text, unreadable};

use super::CATCH_ALL;

#[derive(Embed)]
#[folder = "themes/italia"]
struct Embedded;

/// The theme that is inside the program.
pub(super) const BUILT_IN: &str = "italia";

/// Where a handbook keeps its themes, a folder each.
const THEMES: &str = "themes";

/// Every file of the theme, by its path within the theme.
pub(super) struct ThemeFiles {
    templates: BTreeMap<String, Template>,
    /// Those of the program are there for every theme: they are the words of the interface, not its look.
    strings: BTreeMap<String, SourceFile>,
    /// The handbook's own string files, which add to the program's rather than replace them.
    own_strings: BTreeMap<String, SourceFile>,
    assets: BTreeMap<String, Vec<u8>>,
}

/// A template as it was read.
pub(super) struct Template {
    pub(super) file: SourceFile,
    /// Whether the handbook brings it.
    pub(super) is_own: bool,
}

/// A template with the name that `extends` and `include` use.
pub(super) type Named = (String, Template);

/// What a file of a theme is for.
enum Role<'n> {
    Template(&'n str),
    Strings,
    Asset(&'n str),
    /// A file for people, such as a licence.
    Note,
    Unknown,
}

impl<'n> Role<'n> {
    fn of(name: &'n str) -> Self {
        let is_strings = || Lang::ALL.iter().any(|lang| name == format!("strings/{lang}.yaml"));
        match name.split_once('/') {
            Some(("templates", template)) => Self::Template(template),
            Some(("assets", asset)) => Self::Asset(asset),
            Some(("strings", _)) if is_strings() => Self::Strings,
            None if ["README", "LICENSE", "LICENCE"].iter().any(|note| name.starts_with(note)) => Self::Note,
            Some(_) | None => Self::Unknown,
        }
    }
}

impl ThemeFiles {
    /// The files of the theme with this name: those of the program, where it is its own, and the handbook's.
    pub(super) fn gather(source: &dyn Source, theme: &str) -> (Self, Vec<Diagnostic>) {
        let mut files = Self {
            templates: BTreeMap::new(),
            strings: BTreeMap::new(),
            own_strings: BTreeMap::new(),
            assets: BTreeMap::new(),
        };
        for name in Embedded::iter() {
            files.add_embedded(&name, theme == BUILT_IN);
        }
        let mut diagnostics = files.add_own(source, theme);
        diagnostics.extend(files.unused_templates());
        (files, diagnostics)
    }

    fn add_embedded(&mut self, name: &str, whole: bool) {
        let Some(embedded) = Embedded::get(name) else { return };
        let text = || {
            let shown = format!("{THEMES}/{BUILT_IN}/{name}");
            SourceFile::new(shown, String::from_utf8_lossy(&embedded.data).into_owned())
        };
        match Role::of(name) {
            Role::Strings => {
                self.strings.insert(name.to_owned(), text());
            }
            Role::Template(template) if whole => {
                self.templates.insert(template.to_owned(), Template { file: text(), is_own: false });
            }
            Role::Asset(asset) if whole => {
                self.assets.insert(asset.to_owned(), embedded.data.into_owned());
            }
            Role::Template(_) | Role::Asset(_) | Role::Note | Role::Unknown => {}
        }
    }

    fn add_own(&mut self, source: &dyn Source, theme: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (path, name) in own_files(source, theme) {
            let added = match Role::of(name) {
                Role::Template(template) => read_text(source, path).map(|file| {
                    self.templates.insert(template.to_owned(), Template { file, is_own: true });
                }),
                Role::Strings => read_text(source, path).map(|file| {
                    self.own_strings.insert(name.to_owned(), file);
                }),
                Role::Asset(asset) => source
                    .read(path)
                    .map(|bytes| {
                        self.assets.insert(asset.to_owned(), bytes);
                    })
                    .map_err(|error| Box::new(unreadable(path, &error))),
                Role::Note => Ok(()),
                Role::Unknown => Err(Box::new(misplaced(path, theme, name))),
            };
            diagnostics.extend(added.err().map(|problem| *problem));
        }
        diagnostics
    }

    /// The handbook's templates that no page has and no other template names.
    fn unused_templates(&self) -> Vec<Diagnostic> {
        let known: Vec<String> = pages().into_iter().chain([CATCH_ALL.to_owned()]).collect();
        let is_named = |name: &str| {
            let others = self.templates.iter().filter(|(other, _)| other.as_str() != name);
            others.map(|(_, template)| template.file.text()).any(|text| names(text, name))
        };
        let own = self.templates.iter().filter(|(_, template)| template.is_own);
        own.filter(|(name, _)| !known.contains(name) && !is_named(name))
            .map(|(name, template)| {
                let help = match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => did_you_mean(near),
                    None => say!("le pagine e i loro modelli sono in docs/theme.md; un altro modello serve solo se uno di quelli lo nomina con `include` o `extends`"; "the pages and their templates are in docs/theme.md; another one is of use only where one of those names it, with `include` or `extends`"),
                };
                Diagnostic::warning(Code::ThemeFile, say!("nessuna pagina usa il modello `{name}`"; "no page uses the template `{name}`"))
                    .at(Place::file(&template.file))
                    .help(help)
            })
            .collect()
    }

    /// The keys of strings that the templates name: the `home` of `t.home`.
    pub(super) fn strings_asked(&self) -> BTreeSet<&str> {
        self.templates.values().flat_map(|template| keys_of_strings(template.file.text())).collect()
    }

    /// The files of a language's strings, the program's first.
    pub(super) fn strings(&self, lang: Lang) -> impl Iterator<Item = &SourceFile> {
        let name = format!("strings/{lang}.yaml");
        self.strings.get(&name).into_iter().chain(self.own_strings.get(&name))
    }

    /// The templates, by the name that `extends` and `include` use, and the assets, by their path under `assets/`.
    pub(super) fn into_parts(self) -> (Vec<Named>, BTreeMap<String, Vec<u8>>) {
        (self.templates.into_iter().collect(), self.assets)
    }
}

/// The themes that a handbook can ask for, in order: the program's and its own.
pub(super) fn names_of_themes(source: &dyn Source) -> BTreeSet<String> {
    let folders = source.paths().iter().filter_map(|path| {
        let (theme, _) = path.as_str().strip_prefix(THEMES)?.strip_prefix('/')?.split_once('/')?;
        Some(theme.to_owned())
    });
    folders.chain([BUILT_IN.to_owned()]).collect()
}

/// The files of a handbook's theme, each with its path within it.
fn own_files<'s>(source: &'s dyn Source, theme: &str) -> Vec<(&'s SourcePath, &'s str)> {
    let folder = format!("{THEMES}/{theme}/");
    let name = |path: &'s SourcePath| Some((path, path.as_str().strip_prefix(&folder)?));
    source.paths().iter().filter_map(name).collect()
}

/// The names of the program's own templates: there is one for each kind of page.
fn pages() -> BTreeSet<String> {
    Embedded::iter().filter_map(|name| name.strip_prefix("templates/").map(str::to_owned)).collect()
}

/// Whether a template's text names another one, in quotes of any kind.
pub(super) fn names(text: &str, template: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{template}{quote}")))
}

fn keys_of_strings(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices("t.").filter_map(move |(at, found)| {
        let stands_alone = !text.get(..at)?.ends_with(|c: char| is_part(c) || c == '.');
        let rest = text.get(at + found.len()..)?;
        let key = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
        (stands_alone && !key.is_empty()).then_some(key)
    })
}

/// A file of a theme that nothing reads.
fn misplaced(path: &SourcePath, theme: &str, name: &str) -> Diagnostic {
    let last = name.rsplit('/').next().unwrap_or(name);
    let folder = format!("{THEMES}/{theme}");
    let help = match last.rsplit_once('.') {
        Some((_, "yaml" | "yml")) => {
            say!("le scritte stanno in `{folder}/strings/it.yaml` e `{folder}/strings/en.yaml`"; "the strings stand in `{folder}/strings/it.yaml` and `{folder}/strings/en.yaml`")
        }
        Some((_, "html")) => {
            say!("spostalo in `{folder}/templates/{last}`"; "move it to `{folder}/templates/{last}`")
        }
        Some(_) | None => say!("spostalo in `{folder}/assets/{last}`"; "move it to `{folder}/assets/{last}`"),
    };
    let file = SourceFile::new(path.as_str(), "");
    Diagnostic::warning(
        Code::ThemeFile,
        say!("il tema non legge `{name}`"; "the theme does not read `{name}`"),
    )
    .at(Place::file(&file))
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_strings_are_read_from_the_templates() {
        let text = "{{ t.home }} {% if t.a_1 %}{{ document.t.no }} {{ dt.no }} t. {{t.end}}";
        assert_eq!(keys_of_strings(text).collect::<Vec<_>>(), ["home", "a_1", "end"]);
    }
}
