//! The handbook as data: what is published fits its schema, its totals, its tables and the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::content::{site, values};
use crate::harness::{ACT, Handbook, files_of};

/// A published site, with where its data are.
struct Published<'a> {
    root: &'a Path,
    folder: &'static str,
}

impl Published<'_> {
    fn read(&self, name: &str) -> String {
        let path = self.root.join(self.folder).join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}

fn content() -> Published<'static> {
    Published { root: site(), folder: "dati" }
}

/// A handbook in which everything that data can get wrong is there at once.
fn awkward() -> Handbook {
    Handbook::of(&[
        (
            "handbook.yaml",
            "title: 'Manual </script> \"A\" & B'\nlanguages: [en, it]\nbase_url: https://example.org/m\npublisher: '<b>Body</b>'\n\
             acts: [reg-2014-240]\ncollections: {guides: guideline, practices: practice, tools: tool, figures: indicator}\n\
             not_applicable:\n- {articles: ['art. 1', 'art. 19', 'art. 12'], reason: 'Names the \"subject\", no duty'}\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
        ("vocabularies.yaml", "outcomes: {good: Good, begun: {label: Begun, concluded: false}}\n"),
        (
            "glossary.yaml",
            "terms:\n- {term: partner, forms: [partners], definition: '=1+1', see: [G-1], also: ['è qui']}\n- {term: 'è qui', definition: x}\n",
        ),
        (
            "index.md",
            "# Home\n\n## Start\n\n[Here](#start), [there](guides/a%20b.md), <https://example.org/?a=1&b=2>.\n",
        ),
        (
            "guides/a b.md",
            "---\nid: G-1\ntitle: '=HYPERLINK(\"x\"), </script> <!-- ''q'''\nstatus: approved\narticles: ['art. 5', 'art. 12']\nphases: [programmi]\nkeywords: ['a|b', '-1']\n---\n\n\
             ## Rules {#Regole-è}\n\n### First {#G-1.1 .deve}\n\nThe partners act (Article 5(2)(c)); see Article 3(1)(a)(ii).\n\n\
             ### Second {#G-1.2 .puo}\n\nOnly Article 12, then [home](../index.md#start).\n",
        ),
        (
            "guides/old.md",
            "---\nid: G-2\nstatus: superseded\nsuperseded_by: G-1\n---\n\n### Gone {#G-2.1 .dovrebbe}\n\nArticle 7 says so.\n",
        ),
        (
            "guides/gone.md",
            "---\nstatus: withdrawn\n---\n\n### Gone too {#G-3.1 .deve}\n\nArticle 8 says so.\n",
        ),
        (
            "guides/plan.md",
            "---\nstatus: draft\n---\n\n### Plan {#G-4.1 .buona-pratica}\n\nArticle 5(2)(c) and Article 17.\n",
        ),
        (
            "practices/p.md",
            "---\nid: P-1\ntests:\n- {provision: G-1.1, outcome: good}\n- {provision: G-4.1, outcome: begun, lesson: '+ or -'}\n---\n\nText.\n",
        ),
        (
            "practices/q.md",
            "---\nstatus: withdrawn\ntests:\n- {provision: G-1, outcome: good}\n---\n\nText.\n",
        ),
        (
            "practices/r.md",
            "---\ntests:\n- {provision: G-1}\n---\n\n### Not in a guideline {#P-3.1 .deve}\n\nArticle 18.\n",
        ),
        ("tools/t.md", "---\nsupports: [G-1, G-1.2]\n---\n\n| a | b |\n|---|---|\n| partner | `x` |\n"),
        ("figures/i.md", "---\nunit: '%'\ndata: i.csv\nmeasures: [G-1.2]\n---\n\nText.\n"),
        ("figures/i.csv", "a,b\n1,2\n"),
        ("it/pagina.md", "---\ntitle: Pagina\n---\n\nTesto con un partner.\n"),
    ])
}

/// Runs a check on the demonstration, on the awkward handbook and on a folder with one page.
fn on_each(check: impl Fn(Published<'_>)) {
    check(content());
    let awkward = awkward();
    let said = awkward.build();
    assert_eq!(said.code, 0, "{:#?}", said.problems);
    check(Published { root: &awkward.beside("public"), folder: "data" });
    let bare = Handbook::of(&[("a.md", "Text.\n")]);
    assert_eq!(bare.build().code, 0);
    check(Published { root: &bare.beside("public"), folder: "dati" });
}

fn list<'v>(value: &'v Value, field: &str) -> &'v Vec<Value> {
    value[field].as_array().unwrap_or_else(|| panic!("{field} is no list"))
}

fn texts<'v>(value: &'v Value, field: &str) -> Vec<&'v str> {
    list(value, field).iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn the_data_fit_the_schema_that_is_published_with_them() {
    on_each(|published| {
        let data = published.json("handbook.json");
        let schema = published.json(data["schema"].as_str().unwrap());
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&data).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, [""; 0]);
    });
}

#[test]
fn the_schema_lets_no_field_come_or_go_unseen() {
    let schema = content().json("handbook.schema.json");
    let definitions = schema["$defs"].as_object().unwrap();
    let objects = definitions.iter().filter(|(_, definition)| definition["type"] == "object");
    let mut checked = 0;
    for (name, object) in objects.chain([(&"Handbook".to_owned(), &schema)]) {
        assert_eq!(object["additionalProperties"], false, "{name}");
        let fields: BTreeSet<&str> =
            object["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, texts(object, "required").into_iter().collect(), "{name}");
        for (field, description) in object["properties"].as_object().unwrap() {
            assert!(description["description"].is_string(), "{name}.{field} is not described");
        }
        checked += 1;
    }
    assert_eq!(checked, FIELDS.len());
}

/// The contract: a change here is one for everybody who reads the data. docs/data.md says what it takes.
const FIELDS: [&str; 22] = [
    "Act: id, title, citation, celex, eli, adopted, in_force, in_force_from, url, official_url, partial, addresses",
    "ActCoverage: act, total",
    "Address: address, act, article, citation, title, title_unverified, url, state, provisions, trials, tested, not_applicable, phases",
    "Change: edition, provision, because, note",
    "Coverage: acts, total",
    "Document: url, id, kind, title, description, status, language, articles, phases, audience, partner_types, periods, funds, territories, keywords, version, updated, review_by, illustrative, superseded_by, changes",
    "Handbook: schema, format, generator, title, description, publisher, languages, base_url, root, licence, notice, vocabularies, documents, provisions, acts, references, terms, trials, tools, indicators, coverage",
    "Indicator: document, nature, unit, formula, source, data, measures",
    "LevelTotals: deve, dovrebbe, puo, buona-pratica",
    "Licence: name, url",
    "Origin: document, anchor, provision",
    "Place: kind, name, url",
    "Provision: id, document, document_id, title, level, url, addresses",
    "Reference: from, how, to, sentence",
    "StateTotals: gap, around, inside, cited, not-applicable",
    "Term: name, acronym, forms, definition, url, see, also, uses",
    "Tool: document, tool_type, supports",
    "Totals: addresses, states, tested, provisions",
    "Trial: practice, practice_id, number, provision, edition, outcome, concluded, counts, lesson",
    "TrialName: practice, number",
    "Value: id, label",
    "Vocabulary: name, values",
];

#[test]
fn the_names_of_the_fields_are_those_that_were_promised() {
    let schema = content().json("handbook.schema.json");
    assert_eq!(content().json("handbook.json")["format"], 1);
    let mut found: Vec<String> = schema["$defs"]
        .as_object()
        .unwrap()
        .iter()
        .chain([(&"Handbook".to_owned(), &schema)])
        .filter_map(|(name, definition)| {
            let fields = definition["properties"].as_object()?;
            let fields: Vec<&str> = fields.keys().map(String::as_str).collect();
            Some(format!("{name}: {}", fields.join(", ")))
        })
        .collect();
    found.sort();
    assert_eq!(found, FIELDS);
}

/// What follows from the documents, the provisions and the acts, by the words of docs/data.md and of the schema alone.
struct Recomputed<'v> {
    data: &'v Value,
    documents: BTreeMap<&'v str, &'v Value>,
    /// The provisions that count, with what they cite.
    counting: Vec<(&'v Value, Vec<&'v str>)>,
}

impl<'v> Recomputed<'v> {
    fn of(data: &'v Value) -> Self {
        let documents: BTreeMap<&str, &Value> = list(data, "documents")
            .iter()
            .map(|document| (document["url"].as_str().unwrap(), document))
            .collect();
        let counts = |provision: &&Value| {
            let document = documents[provision["document"].as_str().unwrap()];
            document["kind"] == "guideline"
                && document["status"] != "superseded"
                && document["status"] != "withdrawn"
        };
        let counting = list(data, "provisions").iter().filter(counts);
        let counting = counting.map(|provision| (provision, texts(provision, "addresses"))).collect();
        Self { data, documents, counting }
    }

    fn around(address: &str) -> Vec<&str> {
        let (act, _) = address.split_once(':').unwrap();
        let mut around = Vec::new();
        let mut rest = address;
        while let Some(at) = rest.rfind(['.', '#']).filter(|at| *at > act.len()) {
            rest = &rest[..at];
            around.push(rest);
        }
        around
    }

    fn state(&self, place: &Value) -> &'static str {
        let address = place["address"].as_str().unwrap();
        let cited: Vec<&str> = self.counting.iter().flat_map(|(_, addresses)| addresses).copied().collect();
        if cited.contains(&address) {
            "cited"
        } else if cited.iter().any(|other| Self::around(other).contains(&address)) {
            "inside"
        } else if !place["not_applicable"].is_null() {
            "not-applicable"
        } else if Self::around(address).iter().any(|wider| cited.contains(wider)) {
            "around"
        } else {
            "gap"
        }
    }

    fn citing(&self, place: &Value) -> Vec<&'v Value> {
        let address = place["address"].as_str().unwrap();
        let cites = self.counting.iter().filter(|(_, addresses)| addresses.contains(&address));
        cites.map(|(provision, _)| *provision).collect()
    }

    fn is_tested(&self, provision: &Value) -> bool {
        list(self.data, "trials").iter().any(|trial| {
            let tried = &trial["provision"];
            let fits = match tried["kind"].as_str() {
                Some("provision") => tried["name"] == provision["id"],
                Some("document") => tried["url"] == provision["document"],
                _ => false,
            };
            let practice = self.documents[trial["practice"].as_str().unwrap()];
            fits && trial["concluded"] == true && practice["status"] != "withdrawn"
        })
    }

    fn totals(&self, places: &[&'v Value]) -> Value {
        let mut states: BTreeMap<&str, usize> = ["gap", "around", "inside", "cited", "not-applicable"]
            .into_iter()
            .map(|state| (state, 0))
            .collect();
        let mut levels: BTreeMap<&str, usize> =
            ["deve", "dovrebbe", "puo", "buona-pratica"].into_iter().map(|level| (level, 0)).collect();
        let mut tested = 0;
        let mut ids = BTreeSet::new();
        for place in places {
            *states.get_mut(self.state(place)).unwrap() += 1;
            let citing = self.citing(place);
            tested += usize::from(citing.iter().any(|provision| self.is_tested(provision)));
            for provision in citing {
                if ids.insert(provision["id"].as_str().unwrap()) {
                    *levels.get_mut(provision["level"].as_str().unwrap()).unwrap() += 1;
                }
            }
        }
        serde_json::json!({ "addresses": places.len(), "states": states, "tested": tested, "provisions": levels })
    }
}

#[test]
fn the_totals_of_coverage_follow_from_the_records() {
    on_each(|published| {
        let data = published.json("handbook.json");
        let recomputed = Recomputed::of(&data);
        let mut all = Vec::new();
        for act in list(&data, "acts") {
            let places: Vec<&Value> = list(act, "addresses").iter().collect();
            for place in &places {
                assert_eq!(place["state"], recomputed.state(place), "{}", place["address"]);
                let ids: Vec<&str> = recomputed
                    .citing(place)
                    .iter()
                    .map(|provision| provision["id"].as_str().unwrap())
                    .collect();
                assert_eq!(texts(place, "provisions"), ids, "{}", place["address"]);
                let tested = recomputed.citing(place).iter().any(|provision| recomputed.is_tested(provision));
                assert_eq!(place["tested"], tested, "{}", place["address"]);
            }
            let totals =
                list(&data["coverage"], "acts").iter().find(|totals| totals["act"] == act["id"]).unwrap();
            assert_eq!(totals["total"], recomputed.totals(&places), "{}", act["id"]);
            all.extend(places);
        }
        assert_eq!(data["coverage"]["total"], recomputed.totals(&all));
    });
}

#[test]
fn the_page_of_coverage_says_the_totals_that_follow_from_the_data() {
    let data = content().json("handbook.json");
    let recomputed = Recomputed::of(&data);
    let page = fs::read_to_string(site().join("copertura/index.html")).unwrap();
    for act in list(&data, "acts") {
        let id = act["id"].as_str().unwrap();
        let totals = recomputed.totals(&list(act, "addresses").iter().collect::<Vec<_>>());
        let section = page.split(&format!("<h2 id=\"_{id}\">")).nth(1).unwrap();
        let cell = |name: &str| -> u64 {
            let cell = section.split(&format!("data-state=\"{name}\">")).nth(1).unwrap();
            cell.split('<').next().unwrap().parse().unwrap()
        };
        for (state, count) in totals["states"].as_object().unwrap() {
            assert_eq!(cell(state), count.as_u64().unwrap(), "{id}: {state}");
        }
        assert_eq!(cell("total"), totals["addresses"].as_u64().unwrap(), "{id}");
        assert_eq!(cell("tested"), totals["tested"].as_u64().unwrap(), "{id}");
    }
}

#[test]
fn the_awkward_handbook_has_every_state_and_a_tested_place() {
    let handbook = awkward();
    handbook.build();
    let data: Value = serde_json::from_str(&handbook.page("data/handbook.json")).unwrap();
    let total = &data["coverage"]["total"];
    for (state, count) in total["states"].as_object().unwrap() {
        assert!(count.as_u64().unwrap() > 0, "{state}");
    }
    assert!(total["tested"].as_u64().unwrap() > 0);
    let of_place = |address: &str| {
        let places = list(&data["acts"][0], "addresses");
        places.iter().find(|place| place["address"] == address).unwrap().clone()
    };
    let cited = of_place("reg-2014-240:5.2.c");
    assert_eq!(texts(&cited, "provisions"), ["G-1.1", "G-4.1"]);
    assert_eq!(of_place("reg-2014-240:12")["state"], "cited", "a citation outdoes an exemption");
    for not_counted in ["reg-2014-240:7", "reg-2014-240:8", "reg-2014-240:18"] {
        assert_eq!(of_place(not_counted)["state"], "gap", "{not_counted}");
    }
}

/// A CSV file as its header and its rows.
fn table(published: &Published<'_>, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = published.read(name);
    let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{name} has no byte order mark"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let own = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = own(reader.headers().unwrap());
    (header, reader.records().map(|record| own(&record.unwrap())).collect())
}

#[test]
fn every_table_has_its_documented_header_and_the_rows_of_the_data() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md")).unwrap();
    on_each(|published| {
        let data = published.json("handbook.json");
        let places: Vec<&Value> = list(&data, "acts").iter().flat_map(|act| list(act, "addresses")).collect();
        let document = |id: &str| {
            let provision = list(&data, "provisions").iter().find(|provision| provision["id"] == id).unwrap();
            provision["document"].as_str().unwrap()
        };
        let guidelines = places
            .iter()
            .map(|place| texts(place, "provisions").into_iter().map(document).collect::<BTreeSet<_>>().len());
        let rows = |field: &str| list(&data, field).len();
        for (name, expected) in [
            ("documents.csv", rows("documents")),
            ("provisions.csv", rows("provisions")),
            ("addresses.csv", places.len()),
            ("coverage-guidelines.csv", guidelines.sum()),
            ("references.csv", rows("references")),
            ("terms.csv", rows("terms")),
            ("trials.csv", rows("trials")),
        ] {
            let (header, rows) = table(&published, name);
            assert_eq!(rows.len(), expected, "{name}");
            assert!(
                page.contains(&format!("| `{name}` | `{}` |", header.join("`, `"))),
                "{name}: {header:?}"
            );
        }
        let (header, _) = table(&published, "coverage-phases.csv");
        assert!(page.contains(&format!("| `coverage-phases.csv` | `{}` |", header.join("`, `"))));
    });
}

#[test]
fn a_phase_has_a_row_where_a_place_is_implemented_in_it_or_should_be() {
    let handbook = awkward();
    handbook.build();
    let (_, rows) =
        table(&Published { root: &handbook.beside("public"), folder: "data" }, "coverage-phases.csv");
    let of_place = |address: &str| -> Vec<[&str; 3]> {
        let rows = rows.iter().filter(|row| row[0] == address);
        rows.map(|row| [row[1].as_str(), row[2].as_str(), row[3].as_str()]).collect()
    };
    // The act's file expects article 5 in two phases and article 12 in four; the draft that cites 5.2.c names no phase.
    let expected = [["accordo-di-partenariato", "", "yes"], ["programmi", "G-1.1", "yes"]];
    assert_eq!(of_place("reg-2014-240:5.2.c"), expected);
    let phases = ["sorveglianza", "bandi", "relazioni", "valutazione"].map(|phase| [phase, "", "yes"]);
    assert_eq!(of_place("reg-2014-240:12"), [&[["programmi", "G-1.2", "no"]], &phases[..]].concat());
}

#[test]
fn a_spreadsheet_computes_no_cell_and_the_json_keeps_the_text() {
    let handbook = awkward();
    handbook.build();
    let root = handbook.beside("public");
    let published = Published { root: &root, folder: "data" };
    for name in files_of(&root.join("data")).iter().filter(|name| name.ends_with(".csv")) {
        for cell in table(&published, name).1.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{name}: {cell}");
        }
    }
    assert!(table(&published, "terms.csv").1.iter().any(|row| row[3] == "'=1+1"));
    let data = published.json("handbook.json");
    assert!(list(&data, "terms").iter().any(|term| term["definition"] == "=1+1"));
}

/// Every text of the data that is a URL, with the name of its field.
fn urls<'v>(value: &'v Value, field: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| urls(value, name, found)),
        Value::Array(items) => items.iter().for_each(|item| urls(item, field, found)),
        Value::String(text) if matches!(field, "url" | "document" | "practice") => found.push(text),
        _ => {}
    }
}

#[test]
fn every_url_of_the_data_is_a_page_of_the_site_and_its_anchor_an_id_there() {
    on_each(|published| {
        let data = published.json("handbook.json");
        let mut found = Vec::new();
        urls(&data, "", &mut found);
        assert!(!found.is_empty());
        for url in found.into_iter().filter(|url| !url.contains("://")) {
            let (path, anchor) =
                url.split_once('#').map_or((url, None), |(path, anchor)| (path, Some(anchor)));
            let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
            let file = if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.into()
            };
            let path = published.root.join(&file);
            assert!(path.is_file(), "{url}");
            if let Some(anchor) = anchor {
                assert!(values(&fs::read_to_string(path).unwrap(), "id").contains(&anchor), "{url}");
            }
        }
    });
}

/// The JSON-LD of a page.
fn linked(html: &str) -> Option<Value> {
    let mut blocks = html.split("<script type=\"application/ld+json\">").skip(1);
    let block = blocks.next()?.split("</script>").next().unwrap();
    assert_eq!(blocks.next(), None);
    Some(serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}")))
}

#[test]
fn pages_describe_themselves_as_what_they_are() {
    let mut types = BTreeMap::new();
    for file in files_of(site()).iter().filter(|file| file.ends_with(".html")) {
        if let Some(linked) = linked(&fs::read_to_string(site().join(file)).unwrap()) {
            assert_eq!(linked["@context"], "https://schema.org");
            types.insert(file.clone(), linked);
        }
    }
    let of = |file: &str| types.get(file).map(|linked| linked["@type"].as_str().unwrap());
    assert_eq!(of("index.html"), Some("WebSite"));
    assert_eq!(of("linee-guida/index.html"), Some("WebPage"));
    assert_eq!(of("linee-guida/consultare-i-partner/index.html"), Some("TechArticle"));
    assert_eq!(of("pratiche/calendario-consultazioni/index.html"), Some("TechArticle"));
    assert_eq!(of("atti/reg-2014-240/index.html"), Some("Legislation"));
    assert_eq!(of("glossario/index.html"), Some("DefinedTermSet"));
    assert_eq!(of("404.html"), None);
    let guideline = &types["linee-guida/consultare-i-partner/index.html"];
    let eli = "http://data.europa.eu/eli/reg_del/2014/240/oj";
    assert_eq!(guideline["isBasedOn"][0]["legislationIdentifier"], eli);
    assert_eq!(guideline["identifier"], "LG-04");
    assert_eq!(guideline["creativeWorkStatus"], Value::Null, "nobody has approved the demonstration");
    assert_eq!(types["linee-guida/buone-pratiche/index.html"]["creativeWorkStatus"], "Draft");
    let article = &types["atti/reg-2014-240/art-5/index.html"];
    assert_eq!(article["alternateName"], Value::Null, "the title is not verified");
    assert_eq!(article["sameAs"], Value::Null, "the link to the article is not verified");
    assert_eq!(article["isPartOf"]["legislationIdentifier"], eli);
}

#[test]
fn no_title_breaks_out_of_what_a_page_says_to_machines() {
    let handbook = awkward();
    handbook.build();
    let page = linked(&handbook.page("guides/a-b/index.html")).unwrap();
    assert_eq!(page["name"], "=HYPERLINK(\"x\"), </script> <!-- 'q'");
    assert_eq!(page["isPartOf"]["name"], "Manual </script> \"A\" & B");
    assert_eq!(page["publisher"]["name"], "<b>Body</b>");
    assert_eq!(page["url"], "https://example.org/m/guides/a-b/");
}

#[test]
fn only_the_home_page_and_the_page_of_the_data_offer_the_data_in_their_head() {
    let offers: Vec<String> = files_of(site())
        .into_iter()
        .filter(|file| file.ends_with(".html"))
        .filter(|file| fs::read_to_string(site().join(file)).unwrap().contains("type=\"application/json\""))
        .collect();
    assert_eq!(offers, ["dati/index.html", "index.html"]);
}

#[test]
fn a_file_of_the_handbook_at_the_place_of_the_data_is_an_error() {
    let handbook = Handbook::of(&[("a.md", "x\n"), ("dati/handbook.json", "{}\n")]);
    let said = handbook.check();
    assert_eq!(said.places(), ["dati/handbook.json duplicate-path"]);
}
