//! A mapping taken apart key by key.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Lang, Place, did_you_mean, nearest};
use crate::say;

use super::Decoder;
use super::node::{Entry, Node};

/// The keys of one mapping. Ask for the known ones, then [`finish`](Self::finish): what was not asked for
/// is unknown, and is reported with the nearest known key.
#[derive(Debug)]
pub struct Fields<'n, 'd> {
    decoder: &'d mut Decoder,
    entries: &'n [Entry],
    range: Range<usize>,
    asked: Vec<&'static str>,
}

impl<'n, 'd> Fields<'n, 'd> {
    /// Starts on a node that should be a mapping; anything else is reported and counts as empty.
    pub fn of(node: &'n Node, decoder: &'d mut Decoder) -> Self {
        let entries = node.map(decoder).unwrap_or(&[]);
        Self { decoder, entries, range: node.range.clone(), asked: Vec::new() }
    }

    /// The decoder, for problems of single values.
    pub fn decoder(&mut self) -> &mut Decoder {
        self.decoder
    }

    /// The value of a key, if it is there.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        node.text(self.decoder).map(str::to_owned)
    }

    /// The text of a key, with its node for later diagnostics.
    pub fn text_node(&mut self, key: &'static str) -> Option<(String, &'n Node)> {
        let node = self.node(key)?;
        node.text(self.decoder).map(|text| (text.to_owned(), node))
    }

    /// Reports a key that must be there and is not; what its value is worth is asked for as with any other key.
    pub fn require(&mut self, key: &'static str) {
        if self.node(key).is_none() {
            self.missing(key);
        }
    }

    /// The text of a key that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<String> {
        self.require(key);
        self.text(key)
    }

    /// An address that a page may link to. Another scheme could run a program.
    pub fn url(&mut self, key: &'static str) -> Option<String> {
        let (text, node) = self.text_node(key)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let place = node.place(self.decoder);
        self.decoder.report(
            Diagnostic::error(
                Code::InvalidValue,
                say!("`{text}` non è un indirizzo intero"; "`{text}` is not a whole address"),
            )
            .at(place)
            .help(say!("scrivi l'indirizzo da `https://` in poi"; "write the address from `https://` on")),
        );
        None
    }

    /// `true` or `false`; absent is `default`.
    pub fn boolean(&mut self, key: &'static str, default: bool) -> bool {
        self.node(key).and_then(|node| node.boolean(self.decoder)).unwrap_or(default)
    }

    /// A language of the interface, by its tag; an unknown one is reported.
    pub fn language(&mut self, key: &'static str) -> Option<Lang> {
        let (tag, node) = self.text_node(key)?;
        let lang = Lang::parse(&tag);
        if lang.is_none() {
            let place = node.place(self.decoder);
            self.decoder.report(unknown_language(&tag).at(place));
        }
        lang
    }

    /// A whole number.
    pub fn number(&mut self, key: &'static str) -> Option<u32> {
        self.node(key)?.number(self.decoder)
    }

    /// The items of a list; absent is empty, a single value is a list of one.
    pub fn list(&mut self, key: &'static str) -> &'n [Node] {
        self.node(key).and_then(|node| node.list(self.decoder)).unwrap_or(&[])
    }

    /// The texts of a list, each with its node.
    pub fn texts(&mut self, key: &'static str) -> Vec<(String, &'n Node)> {
        let items = self.list(key);
        items.iter().filter_map(|item| item.text(self.decoder).map(|text| (text.to_owned(), item))).collect()
    }

    /// The entries of a mapping under a key; absent is empty.
    pub fn entries(&mut self, key: &'static str) -> &'n [Entry] {
        self.node(key).and_then(|node| node.map(self.decoder)).unwrap_or(&[])
    }

    /// Reports a key that the format needs and the mapping lacks.
    pub fn missing(&mut self, key: &'static str) {
        let place = Place::range(self.decoder.file(), self.range.clone());
        self.decoder.report(
            Diagnostic::error(
                Code::MissingKey,
                say!("manca la chiave `{key}`"; "the key `{key}` is missing"),
            )
            .at(place)
            .help(say!("aggiungi una riga `{key}: …`"; "add a line `{key}: …`")),
        );
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        for entry in self.entries {
            let key = entry.key.as_str();
            if self.asked.contains(&key) {
                continue;
            }
            let help = match nearest(key, self.asked.iter().copied()) {
                Some(known) => did_you_mean(known),
                None => {
                    let mut known: Vec<_> = self.asked.iter().map(|key| format!("`{key}`")).collect();
                    known.sort_unstable();
                    known.dedup();
                    let known = known.join(", ");
                    say!("le chiavi previste qui sono {known}"; "the keys known here are {known}")
                }
            };
            let place = Place::range(self.decoder.file(), entry.key_range.clone());
            self.decoder.report(
                Diagnostic::error(
                    Code::UnknownKey,
                    say!("chiave sconosciuta `{key}`"; "unknown key `{key}`"),
                )
                .at(place)
                .help(help),
            );
        }
    }
}

/// A tag that names no language of the interface.
pub fn unknown_language(tag: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidValue, say!("la lingua `{tag}` non c'è"; "there is no language `{tag}`"))
        .help(say!("scrivi `it` o `en`"; "write `it` or `en`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::yaml::parse;

    fn decode(yaml: &str, take: impl FnOnce(&mut Fields<'_, '_>)) -> Vec<String> {
        let file = SourceFile::new("a.yaml", yaml);
        let node = parse(&file).unwrap();
        let mut decoder = Decoder::new(&file);
        let mut fields = Fields::of(&node, &mut decoder);
        take(&mut fields);
        fields.finish();
        decoder
            .finish()
            .into_iter()
            .map(|d| {
                let at = d.place.unwrap().positions().unwrap().0;
                let help = d.help.map(|help| format!(" ({})", help.en)).unwrap_or_default();
                format!("{}:{} {}{help}", at.line, at.column, d.message.en)
            })
            .collect()
    }

    #[test]
    fn every_problem_of_a_mapping_comes_out_at_once() {
        let found = decode("titel: x\nflag: no\ncount: tre\n", |fields| {
            assert_eq!(fields.required_text("title"), None);
            assert!(fields.boolean("flag", true));
            assert_eq!(fields.number("count"), None);
        });
        assert_eq!(
            found,
            [
                "1:1 the key `title` is missing (add a line `title: …`)",
                "2:7 `no` is neither `true` nor `false` (write `true` for yes, `false` for no)",
                "3:8 `tre` is not a whole number (write a number in digits, from `0` up)",
                "1:1 unknown key `titel` (did you mean `title`?)",
            ]
        );
    }

    #[test]
    fn a_stranger_gets_the_list_of_known_keys() {
        let found = decode("colour: red\n", |fields| {
            fields.text("title");
            fields.text("id");
        });
        assert_eq!(found, ["1:1 unknown key `colour` (the keys known here are `id`, `title`)"]);
    }

    #[test]
    fn one_text_is_a_list_of_one() {
        let found = decode("phases: programmi\n", |fields| {
            let texts: Vec<_> = fields.texts("phases").into_iter().map(|(text, _)| text).collect();
            assert_eq!(texts, ["programmi"]);
        });
        assert!(found.is_empty());
    }
}
