//! The words of the interface, by key and language.

use std::collections::BTreeMap;

use tera::Value;

use crate::diagnostic::{Code, Diagnostic, Lang, Place, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, parse};

use super::files::ThemeFiles;

/// The interface strings of one language.
#[derive(Debug, Clone)]
pub struct Strings {
    words: BTreeMap<String, String>,
    /// The same for templates, which share it.
    value: Value,
}

impl Default for Strings {
    fn default() -> Self {
        Self { words: BTreeMap::new(), value: Value::none() }
    }
}

impl Strings {
    pub(super) fn load(files: &ThemeFiles, lang: Lang) -> (Self, Vec<Diagnostic>) {
        let mut strings = Self::default();
        let mut diagnostics = Vec::new();
        let asked = files.strings_asked();
        for (layer, file) in files.strings(lang).enumerate() {
            let node = match parse(file) {
                Ok(node) => node,
                Err(problem) => {
                    diagnostics.push(*problem);
                    continue;
                }
            };
            let mut decoder = Decoder::new(file);
            for entry in node.map(&mut decoder).unwrap_or(&[]) {
                let Some(text) = entry.value.text(&mut decoder) else { continue };
                let known = strings.words.insert(entry.key.clone(), text.to_owned()).is_some();
                if layer > 0 && !known && !asked.contains(entry.key.as_str()) {
                    let place = Place::range(file, entry.key_range.clone());
                    decoder.report(strings.nobody_asks(&entry.key).at(place));
                }
            }
            diagnostics.extend(decoder.finish());
        }
        strings.value = Value::from_serializable(&strings.words);
        (strings, diagnostics)
    }

    /// A key of the handbook's own that neither the program nor a template has.
    fn nobody_asks(&self, key: &str) -> Diagnostic {
        let others = self.words.keys().map(String::as_str).filter(|other| *other != key);
        let help = match nearest(key, others) {
            Some(near) => did_you_mean(near),
            None => {
                say!("le scritte sono in docs/theme.md; un modello del manuale ne usa una nuova con `{{{{ t.{key} }}}}`"; "the strings are in docs/theme.md; a template of the handbook's own uses a new one with `{{{{ t.{key} }}}}`")
            }
        };
        Diagnostic::warning(
            Code::InterfaceString,
            say!("il tema non usa la scritta `{key}`"; "the theme does not use the string `{key}`"),
        )
        .help(help)
    }

    /// The words of a key; the key itself where there are none, so that a gap is seen and not fatal.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// All of them, as templates see them.
    pub(super) fn value(&self) -> &Value {
        &self.value
    }

    /// Every key with its words.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemorySource;

    #[test]
    fn the_two_languages_have_the_same_keys() {
        let (files, _) = ThemeFiles::gather(&MemorySource::default(), "italia");
        let keys = |lang| {
            let (strings, found) = Strings::load(&files, lang);
            assert!(found.is_empty(), "{found:?}");
            strings.all().keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys(Lang::It), keys(Lang::En));
    }

    #[test]
    fn a_handbook_replaces_single_words_and_learns_of_those_nobody_uses() {
        let own = MemorySource::new([("themes/italia/strings/it.yaml", "home: Casa\nhomme: Casa\n")]);
        let (files, _) = ThemeFiles::gather(&own, "italia");
        let (strings, found) = Strings::load(&files, Lang::It);
        assert_eq!(strings.get("home"), "Casa");
        assert_ne!(strings.get("contents"), "contents");
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::InterfaceString]);
    }
}
