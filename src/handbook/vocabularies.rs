//! `vocabularies.yaml`: closed lists, with labels per language.

use crate::diagnostic::{Code, Diagnostic, Lang, SourceFile, Text, did_you_mean, nearest};
use crate::say;
use crate::yaml::{self, Decoder, Fields, Node, Value, read};

/// One value of a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What metadata write.
    pub id: String,
    /// What readers see.
    pub label: Text,
    /// Citations of the places of an act that this value is about (partner types, phases).
    pub citations: Vec<String>,
    /// The programming periods that it belongs to; empty for all.
    pub periods: Vec<String>,
    /// The ISTAT and NUTS 2 codes of a territory.
    pub codes: Option<TerritoryCodes>,
    /// Whether an outcome of this name ends a trial; `concluded: false` for one that only began.
    pub concluded: bool,
}

/// The official codes of a territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryCodes {
    /// ISTAT, two digits.
    pub istat: String,
    /// NUTS 2.
    pub nuts2: String,
}

/// A closed list. One that the handbook does not have accepts any value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    entries: Option<Vec<Entry>>,
}

impl Vocabulary {
    /// Its values in order; none for a list that the handbook does not have.
    pub fn entries(&self) -> &[Entry] {
        self.entries.as_deref().unwrap_or(&[])
    }

    /// The label of a value; the value itself where there is none.
    pub fn label<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.known_label(id, lang).unwrap_or(id)
    }

    /// The label of a value that the list has.
    pub fn known_label(&self, id: &str, lang: Lang) -> Option<&str> {
        self.entries().iter().find(|entry| entry.id == id).map(|entry| entry.label.in_lang(lang))
    }

    /// Whether an outcome ends a trial; one that the list does not have does.
    pub fn is_conclusive(&self, id: &str) -> bool {
        self.entries().iter().find(|entry| entry.id == id).is_none_or(|entry| entry.concluded)
    }

    /// Reads a value of this list in a YAML node; one that the list does not have is reported.
    pub(super) fn decode(&self, node: &Node, decoder: &mut Decoder) -> Option<String> {
        let text = node.text(decoder)?;
        let Some(entries) = &self.entries else { return Some(text.to_owned()) };
        if entries.iter().any(|entry| entry.id == text) {
            return Some(text.to_owned());
        }
        let by_label =
            entries.iter().find(|entry| Lang::ALL.iter().any(|lang| entry.label.in_lang(*lang) == text));
        let near =
            by_label.map(|e| e.id.as_str()).or_else(|| nearest(text, entries.iter().map(|e| e.id.as_str())));
        let help = match near {
            Some(near) => did_you_mean(near),
            None => {
                let all =
                    entries.iter().map(|entry| format!("`{}`", entry.id)).collect::<Vec<_>>().join(", ");
                say!("i valori ammessi sono {all}"; "the values allowed are {all}")
            }
        };
        let place = node.place(decoder);
        decoder.report(
            Diagnostic::error(
                Code::UnknownValue,
                say!("`{text}` non è nel vocabolario"; "`{text}` is not in the vocabulary"),
            )
            .at(place)
            .help(help),
        );
        None
    }
}

/// Every closed list of a handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the list of its name in vocabularies.yaml")]
pub struct Vocabularies {
    pub phases: Vocabulary,
    pub levels: Vocabulary,
    pub statuses: Vocabulary,
    pub audience: Vocabulary,
    pub partner_types: Vocabulary,
    pub periods: Vocabulary,
    pub funds: Vocabulary,
    pub outcomes: Vocabulary,
    pub tool_types: Vocabulary,
    pub indicator_natures: Vocabulary,
    pub territories: Vocabulary,
}

impl Vocabularies {
    /// Every list.
    pub fn all(&self) -> [&Vocabulary; 11] {
        [
            &self.phases,
            &self.levels,
            &self.statuses,
            &self.audience,
            &self.partner_types,
            &self.periods,
            &self.funds,
            &self.outcomes,
            &self.tool_types,
            &self.indicator_natures,
            &self.territories,
        ]
    }

    /// Reads `vocabularies.yaml`; `None` where it cannot be read.
    pub fn load(file: &SourceFile) -> (Option<Self>, Vec<Diagnostic>) {
        read(file, Self::decode)
    }

    fn decode(fields: &mut Fields<'_, '_>) -> Self {
        let mut list = |key, lists: fn(&Node, &mut Decoder) -> Vec<Entry>| Vocabulary {
            entries: fields.node(key).map(|node| lists(node, fields.decoder())),
        };
        Self {
            phases: list("phases", entries),
            levels: list("levels", entries),
            statuses: list("statuses", entries),
            audience: list("audience", entries),
            partner_types: list("partner_types", entries),
            periods: list("periods", entries),
            funds: list("funds", funds),
            outcomes: list("outcomes", entries),
            tool_types: list("tool_types", entries),
            indicator_natures: list("indicator_natures", entries),
            territories: list("territories", territories),
        }
    }
}

/// A plain list of ids, or a mapping from ids to labels or to more.
fn entries(node: &Node, decoder: &mut Decoder) -> Vec<Entry> {
    match &node.value {
        Value::Map(map) => map.iter().map(|entry| labelled(entry, decoder)).collect(),
        Value::List(_) | Value::Scalar { .. } | Value::Null => {
            ids(node, decoder).map(|id| bare(&id)).collect()
        }
    }
}

/// `"2014-2020": [FESR, FSE]`: the funds of each period; or a mapping as any other.
fn funds(node: &Node, decoder: &mut Decoder) -> Vec<Entry> {
    let by_period = match &node.value {
        Value::Map(map) if map.iter().all(|entry| matches!(entry.value.value, Value::List(_))) => map,
        Value::Map(_) | Value::List(_) | Value::Scalar { .. } | Value::Null => return entries(node, decoder),
    };
    let mut funds: Vec<Entry> = Vec::new();
    for period in by_period {
        for id in ids(&period.value, decoder) {
            match funds.iter_mut().find(|fund| fund.id == id) {
                Some(fund) => fund.periods.push(period.key.clone()),
                None => funds.push(Entry { periods: vec![period.key.clone()], ..bare(&id) }),
            }
        }
    }
    funds
}

/// `Campania: [15, ITF3]`: the codes of each territory; or a mapping as any other.
fn territories(node: &Node, decoder: &mut Decoder) -> Vec<Entry> {
    let Value::Map(map) = &node.value else { return entries(node, decoder) };
    map.iter()
        .map(|entry| match &entry.value.value {
            Value::List(_) => {
                let mut codes = ids(&entry.value, decoder);
                let codes =
                    codes.next().zip(codes.next()).map(|(istat, nuts2)| TerritoryCodes { istat, nuts2 });
                Entry { codes, ..bare(&entry.key) }
            }
            Value::Map(_) | Value::Scalar { .. } | Value::Null => labelled(entry, decoder),
        })
        .collect()
}

fn ids<'n>(node: &'n Node, decoder: &mut Decoder) -> impl Iterator<Item = String> + use<'n> {
    let items = node.list(decoder).unwrap_or(&[]);
    let ids: Vec<_> = items.iter().filter_map(|item| item.text(decoder).map(str::to_owned)).collect();
    ids.into_iter()
}

fn bare(id: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        label: Text::verbatim(id),
        citations: Vec::new(),
        periods: Vec::new(),
        codes: None,
        concluded: true,
    }
}

fn labelled(entry: &yaml::Entry, decoder: &mut Decoder) -> Entry {
    let mut found = bare(&entry.key);
    match &entry.value.value {
        Value::Null => {}
        Value::Scalar { text, .. } => found.label = Text::verbatim(text),
        Value::List(_) | Value::Map(_) => {
            let mut fields = Fields::of(&entry.value, decoder);
            if let Some(label) = fields.node("label").and_then(|node| bilingual(node, fields.decoder())) {
                found.label = label;
            }
            found.citations = ["articles", "addresses"]
                .into_iter()
                .flat_map(|key| fields.texts(key))
                .map(|t| t.0)
                .collect();
            found.periods =
                ["period", "periods"].into_iter().flat_map(|key| fields.texts(key)).map(|t| t.0).collect();
            let codes = fields.text("istat").zip(fields.text("nuts2"));
            found.codes = codes.map(|(istat, nuts2)| TerritoryCodes { istat, nuts2 });
            found.concluded = fields.boolean("concluded", true);
            fields.finish();
        }
    }
    found
}

/// A text, or one per language; a language that is missing borrows the other's words.
pub(super) fn bilingual(node: &Node, decoder: &mut Decoder) -> Option<Text> {
    match &node.value {
        Value::Map(_) => {
            let mut fields = Fields::of(node, decoder);
            let (it, en) = (fields.text("it"), fields.text("en"));
            fields.finish();
            let either = it.clone().or_else(|| en.clone())?;
            Some(Text { it: it.unwrap_or_else(|| either.clone()), en: en.unwrap_or(either) })
        }
        Value::Scalar { .. } | Value::List(_) | Value::Null => node.text(decoder).map(Text::verbatim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    fn load(yaml: &str) -> (Vocabularies, Vec<String>) {
        let (vocabularies, found) = Vocabularies::load(&SourceFile::new("vocabularies.yaml", yaml));
        (vocabularies.unwrap(), found.into_iter().map(|d| d.message.en).collect())
    }

    #[test]
    fn lists_may_be_short_or_rich() {
        let (v, found) = load(
            "audience: [partner, valutatore]\nlevels: {deve: \"Deve (obbligo)\"}\n\
             phases:\n  bandi: {label: {it: Bandi, en: Calls}, articles: [12]}\n\
             funds: {\"2014-2020\": [FESR, FSE], \"2021-2027\": [FESR]}\nterritories: {Basilicata: [17, ITF5]}\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(v.phases.label("bandi", Lang::En), "Calls");
        assert_eq!(v.levels.label("deve", Lang::It), "Deve (obbligo)");
        assert_eq!(v.audience.label("partner", Lang::It), "partner");
        assert_eq!(v.funds.entries()[0].periods, ["2014-2020", "2021-2027"]);
        assert_eq!(v.territories.entries()[0].codes.as_ref().unwrap().istat, "17");
    }

    #[test]
    fn an_unknown_list_is_named() {
        assert_eq!(load("fases: [x]\n").1, ["unknown key `fases`"]);
    }

    #[test]
    fn a_value_outside_the_list_finds_its_neighbour_and_a_label_its_id() {
        let (v, _) = load("phases: {programmi: Programmi, bandi: {label: \"Bandi e inviti\"}}\n");
        let file = SourceFile::new("a.md", "- programi\n- Bandi e inviti\n- altro\n- bandi\n");
        let node = parse(&file).unwrap();
        let mut decoder = Decoder::new(&file);
        let items = node.list(&mut decoder).unwrap();
        let read: Vec<_> = items.iter().map(|item| v.phases.decode(item, &mut decoder)).collect();
        assert_eq!(read, [None, None, None, Some("bandi".to_owned())]);
        let helps: Vec<_> = decoder.finish().into_iter().map(|d| d.help.unwrap().en).collect();
        assert_eq!(
            helps,
            [
                "did you mean `programmi`?",
                "did you mean `bandi`?",
                "the values allowed are `programmi`, `bandi`"
            ]
        );
    }
}
