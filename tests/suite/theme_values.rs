//! `docs/theme.md` explains every value that a template gets, and no other: held against what templates see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::harness::{Handbook, in_writing, program};

/// The documented values of a template or of a kind of value: name, and the kind that its type links to.
type Values = BTreeMap<String, Option<String>>;

/// The page's headings with the text below each, down to the next heading.
fn sections(page: &str) -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut title = String::new();
    let mut in_code = false;
    for line in page.lines() {
        in_code ^= line.starts_with("```");
        match line
            .split_once(' ')
            .filter(|(hashes, _)| !in_code && !hashes.is_empty() && hashes.bytes().all(|b| b == b'#'))
        {
            Some((_, heading)) => heading.clone_into(&mut title),
            None => {
                let text = sections.entry(title.clone()).or_default();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    sections
}

/// The kind that a type such as `list of [links](#link)` links to.
fn kind_of(text: &str) -> Option<String> {
    let anchor = text.split("](#").nth(1)?.split(')').next()?;
    Some(anchor.replace('-', " "))
}

/// The rows of the table in a section, and of the kind that it adds to.
fn values_of(sections: &BTreeMap<String, String>, title: &str) -> Values {
    let text = sections.get(title).unwrap_or_else(|| panic!("docs/theme.md explains `{title}`"));
    let adds_to =
        text.lines().find(|line| line.starts_with("A [") && line.ends_with(", and:")).and_then(kind_of);
    let mut values = adds_to.map(|kind| values_of(sections, &kind)).unwrap_or_default();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.split(" | ").collect();
        for name in cells[0].split('`').skip(1).step_by(2) {
            assert!(values.insert(name.to_owned(), kind_of(cells[1])).is_none(), "{title}: {name} twice");
        }
    }
    values
}

/// The values whose names begin with `owner.`, without that.
fn of_owner(values: &Values, owner: &str) -> Values {
    let name = |(name, kind): (&String, &Option<String>)| {
        Some((name.strip_prefix(owner)?.strip_prefix('.')?.to_owned(), kind.clone()))
    };
    values.iter().filter_map(name).collect()
}

struct Comparison<'d> {
    sections: &'d BTreeMap<String, String>,
    met: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Comparison<'_> {
    /// Holds an object against its documented values: exactly these, each of the documented kind.
    fn object(&mut self, place: &str, object: &serde_json::Map<String, Value>, values: &Values) {
        let names = |keys: Vec<&String>| keys.into_iter().cloned().collect::<BTreeSet<_>>();
        let (seen, known) = (names(object.keys().collect()), names(values.keys().collect()));
        self.wrong.extend(seen.difference(&known).map(|name| format!("{place}: `{name}` is not documented")));
        self.wrong.extend(known.difference(&seen).map(|name| format!("{place}: there is no `{name}`")));
        for (name, value) in object {
            if let Some(kind) = values.get(name) {
                self.value(&format!("{place}.{name}"), value, kind.as_deref());
            }
        }
    }

    fn value(&mut self, place: &str, value: &Value, kind: Option<&str>) {
        match (value, kind) {
            (Value::Array(items), kind) => items.iter().for_each(|item| self.value(place, item, kind)),
            (Value::Object(object), Some(kind)) => {
                self.met.insert(kind.to_owned());
                let values = values_of(self.sections, kind);
                self.object(kind, object, &values);
            }
            (Value::Object(_), None) => {
                self.wrong.insert(format!("{place}: has parts that are not documented"));
            }
            _ => {}
        }
    }

    /// Holds what the template of one chapter of the whole handbook sees.
    fn chapter(&mut self, mut view: serde_json::Map<String, Value>) {
        assert_eq!(view.remove("page"), Some("print-chapter".into()));
        view.remove("t").unwrap();
        self.object("print-chapter.html", &view, &values_of(self.sections, "print-chapter.html"));
    }

    /// Holds what one page's template sees against its section.
    fn page(&mut self, mut view: serde_json::Map<String, Value>) {
        let template = format!("{}.html", view.remove("page").unwrap().as_str().unwrap());
        view.remove("t").unwrap();
        let title = self.sections.keys().find(|title| title.split(", ").any(|name| name == template));
        let title = title.unwrap_or_else(|| panic!("docs/theme.md explains {template}")).clone();
        let values = values_of(self.sections, &title);
        let frame = of_owner(&values_of(self.sections, "What every template gets"), "frame");
        for (owner, values) in [("frame", frame), ("document", of_owner(&values, "document"))] {
            if let Some(Value::Object(object)) = view.get(owner) {
                self.object(owner, object, &values);
                view.remove(owner);
            }
        }
        let own = values.into_iter().filter(|(name, _)| !name.contains('.')).collect();
        self.object(&template, &view, &own);
    }
}

/// What templates were told; the engine tells a `null` as nothing.
fn views(told: &str) -> Vec<serde_json::Map<String, Value>> {
    let told = told.replace("\": , \"", "\": null, \"").replace("\": }", "\": null}");
    serde_json::Deserializer::from_str(&told)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{error}: {told}"))
}

/// The settings that the handbook of this project does not need.
const MORE_SETTINGS: &str = "theme: telling\nimage: {file: una.png, description: Una}\n\
    funding: {statement: Con fondi, emblems: [{file: una.png, alternative: Una}]}\n";

/// The handbook of this project with what it lacks, in a theme that tells what it sees.
fn telling() -> Handbook {
    let handbook = in_writing();
    let settings = handbook.text("handbook.yaml");
    let settings = settings.replace("languages: [it]", "languages: [it, en]");
    handbook.file("handbook.yaml", format!("{MORE_SETTINGS}{settings}"));
    for template in ["page.html", "print-chapter.html"] {
        handbook.file(&format!("themes/telling/templates/{template}"), "{{ __tera_context | safe }}");
    }
    handbook.edit(
        "handbook.yaml",
        "acts: [reg-2014-240, reg-2021-1060]",
        "acts: [reg-2014-240, reg-2021-1060, l-1]",
    );
    for (name, title, day) in [("l-1", "Oggetto", "2020-01-01"), ("l-1.2027-01-01", "Scopo", "2027-01-01")] {
        let articles = format!("articles: [{{number: 1, title: {title}}}]");
        let act = format!("id: l-1\ntitle: Legge 1\nin_force_from: {day}\n{articles}\n");
        handbook.file(&format!("acts/{name}.yaml"), act);
    }
    handbook.file("una.png", "png");
    handbook.file("en/index.md", "# Home\n");
    handbook.file("appendici/una.md", "# Una\n");
    handbook.file(
        "linee-guida/90-cambiata.md",
        "---\nid: LG-90\ntitle: Cambiata\nstatus: approved\narticles: [\"art. 5\"]\nversion: \"1\"\nreview_by: 2090-01-01\n\
         changes:\n  - {edition: \"2026.1\", provision: LG-90.1, note: Nuova., because: [PR-01]}\n---\n\n\
         ## Avvisare {#LG-90.1 .deve}\n\nSi avvisa (art. 5).\n",
    );
    handbook.publish("2025.1", "2025-12-31", "La prima.");
    // What the next one does to the names and the words of the first.
    handbook.file(
        "linee-guida/90-cambiata.md",
        "---\nid: LG-90\ntitle: Cambiata ancora\nstatus: approved\narticles: [\"art. 5\"]\nversion: \"2\"\nreview_by: 2090-01-01\n\
         moved_from: {LG-90.1: LG-90.2}\n\
         changes:\n  - {edition: \"2026.1\", provision: LG-90.2, note: Nuova., because: [PR-01]}\n---\n\n\
         ## Avvisare in tempo {#LG-90.2 .dovrebbe}\n\nSi avvisa tutti (art. 6).\n\n## Dire {#LG-90.3 .deve}\n\nSi dice (art. 6).\n",
    );
    handbook.remove("appendici/una.md");
    // More than a list shows.
    for number in 0..=100 {
        let text = format!("# Nota {number}\n\nSecondo l'art. 5.\n");
        handbook.file(&format!("appendici/nota-{number}.md"), text);
    }
    let glossary = handbook.text("glossary.yaml");
    let definition = glossary.lines().position(|line| line.trim_start().starts_with("definition:")).unwrap();
    let lines = glossary.lines().enumerate();
    let reworded =
        lines.map(
            |(number, line)| {
                if number == definition { "    definition: \"Un'altra definizione.\"" } else { line }
            },
        );
    handbook.file("glossary.yaml", reworded.collect::<Vec<_>>().join("\n"));
    let settings = handbook.text("handbook.yaml");
    let gone =
        "withdrawn:\n  - {id: appendici/una, date: 2026-01-31, reason: Non serve., successor: LG-90}\n";
    let settings = if settings.contains("\nwithdrawn:\n") {
        settings.replace("withdrawn:\n", gone)
    } else {
        format!("{gone}{settings}")
    };
    let comments = "editions:\n  consultation: {opens: 2026-02-01, closes: 2026-03-01, comments: \"mailto:a@ente.example\"}\n";
    handbook.file("handbook.yaml", format!("{comments}{settings}"));
    handbook.publish("2026.1", "2026-01-31", "La seconda.");
    let withdrawn =
        "  withdrawn: [{edition: \"2025.1\", date: 2026-01-31, reason: Un errore., successor: \"2026.1\"}]\n";
    handbook.file("handbook.yaml", format!("{comments}{withdrawn}{settings}"));
    handbook
}

#[test]
fn the_page_on_themes_explains_every_value_that_a_template_gets_and_no_other() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/theme.md")).unwrap();
    let sections = sections(&page);
    let handbook = telling();
    let said = handbook.build_with(&["--base-url", "https://example.org/"]);
    assert_eq!(said.code, 0, "{:#?}", said.problems);
    let mut comparison = Comparison { sections: &sections, met: BTreeSet::new(), wrong: BTreeSet::new() };
    let mut templates = BTreeSet::new();
    let published = handbook.published();
    let pages = published.iter().filter(|file| file.ends_with(".html")).map(|file| handbook.page(file));
    let mut alone = program();
    alone.args(["diff", "2025.1", "2026.1"]).arg(handbook.root()).args(["--format", "html"]);
    let alone = String::from_utf8(alone.output().unwrap().stdout).unwrap();
    for page in pages.chain([alone]) {
        for view in views(&page) {
            let template = view["page"].as_str().unwrap().to_owned();
            if template == "print" {
                let chapters = views(view["chapters"].as_str().unwrap());
                assert!(!chapters.is_empty());
                templates.insert("print-chapter".to_owned());
                chapters.into_iter().for_each(|chapter| comparison.chapter(chapter));
            }
            templates.insert(template);
            comparison.page(view);
        }
    }
    assert_eq!(comparison.wrong.into_iter().collect::<Vec<_>>(), [""; 0]);
    // Every kind was held against a real value, and every page's template too.
    let (_, after) = page.split_once("\n## Kinds of values\n").unwrap();
    let kinds = after.split("\n## ").next().unwrap().lines().filter_map(|line| line.strip_prefix("### "));
    let unmet: Vec<_> =
        kinds.filter(|kind| !comparison.met.contains(*kind) && *kind != "listed document").collect();
    assert_eq!(unmet, [""; 0]);
    let documented =
        sections.keys().flat_map(|title| title.split(", ")).filter_map(|name| name.strip_suffix(".html"));
    let documented: BTreeSet<_> = documented.filter(|name| *name != "base").map(str::to_owned).collect();
    assert_eq!(templates, documented);
}
