//! What concerns a reader: the pages of values, the data of the combined filter, and the analytic index.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{ACT, Handbook};

const VOCABULARIES: &str = "audience: {partner: Partner, valutatore: Valutatore}\n\
    funds: {FSE: Fondo sociale, \"FSE+\": Fondo sociale Plus}\n\
    territories: [Basilicata, Puglia, \"P.A. Trento\"]\n";

/// One guideline that names values, one that names none, one of another value, and one of each end.
fn handbook() -> Handbook {
    let guideline = |id: &str, front_matter: &str| {
        format!(
            "---\nid: {id}\ntitle: Linea {id}\n{front_matter}---\n\n## Parte\n\n### Prima norma di {id} {{#{id}.1 .deve}}\n\nSi veda l'art. 8 e l'art. 5, par. 2.\n\nAncora art. 8, e [[art. 2]].\n\n### Seconda {{#{id}.2 .puo}}\n\nTesto.\n"
        )
    };
    let handbook = Handbook::of(&[
        ("index.md", "# Casa\n"),
        ("handbook.yaml", "base_url: https://example.org/\n"),
        ("acts/reg-2014-240.yaml", ACT),
        ("vocabularies.yaml", VOCABULARIES),
        (
            "activity-lines.yaml",
            "lines: [{id: om, name: OM}, {id: alc, name: ALC}]\ngroups: [{id: g, name: G}]\nbodies: [{id: b, name: basilicàta, group: g, lines: [om]}]\n",
        ),
        (
            "glossary.yaml",
            "terms: [{term: preavviso, definition: x}, {term: autorità di gestione, acronym: AdG, definition: y}]\n",
        ),
        ("pratiche/p.md", "---\nid: PR-1\ntitle: Pratica\naudience: [partner]\nkeywords: [Preavvisò]\n---\n"),
    ]);
    for (file, id, front_matter) in [
        ("01-a", "A", "audience: [partner]\nterritories: [Basilicata]\nfunds: [FSE]\n"),
        ("02-b", "B", "status: draft\n"),
        ("03-c", "C", "audience: [valutatore]\nfunds: [\"FSE+\"]\n"),
        ("04-d", "D", "status: withdrawn\naudience: [partner]\n"),
        ("05-e", "E", "status: superseded\n"),
    ] {
        handbook.file(&format!("linee-guida/{file}.md"), guideline(id, front_matter));
    }
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    handbook
}

/// The links of the provisions in a part of a page, without the way up.
fn provisions(html: &str) -> Vec<&str> {
    let lists =
        html.split("<ul class=\"checklist\">").skip(1).filter_map(|rest| rest.split("</section>").next());
    let links =
        lists.flat_map(|list| list.split("<a href=\"").skip(1)).filter_map(|rest| rest.split('"').next());
    links.filter(|href| !href.contains("/atti/")).map(|href| href.trim_start_matches("../")).collect()
}

fn both(guideline: &str) -> [String; 2] {
    [1, 2].map(|number| format!("linee-guida/{guideline}/#{}.{number}", guideline.to_uppercase()))
}

#[test]
fn the_page_of_a_value_lists_what_names_it_and_then_what_holds_for_all() {
    let handbook = handbook();
    for (value, named, for_all) in [
        ("destinatari/partner", vec!["a"], vec!["b"]),
        ("destinatari/valutatore", vec!["c"], vec!["b"]),
        ("fondi/fse", vec!["a"], vec!["b"]),
        ("fondi/fse-plus", vec!["c"], vec!["b"]),
        ("territori/basilicata", vec!["a"], vec!["b", "c"]),
        ("territori/puglia", vec![], vec!["b", "c"]),
    ] {
        let page = handbook.page(&format!("che-cosa-riguarda-me/{value}/index.html"));
        let (first, rest) = page.split_once("id=\"_for-all\"").unwrap();
        let expected = |guidelines: &[&str]| guidelines.iter().flat_map(|g| both(g)).collect::<Vec<_>>();
        assert_eq!(provisions(first), expected(&named), "{value}");
        assert_eq!(provisions(rest), expected(&for_all), "{value}");
        assert_eq!(page.contains("status--draft"), for_all.contains(&"b"), "{value}");
    }
}

#[test]
fn a_provision_shows_its_level_and_each_place_that_it_cites_in_the_order_of_the_act() {
    let page = handbook().page("che-cosa-riguarda-me/destinatari/partner/index.html");
    let item = page.split("#A.1\">").nth(1).unwrap().split("#A.2\">").next().unwrap();
    assert!(
        item.starts_with("A.1 Prima norma di A</a> <span class=\"level level--deve\">Deve (obbligo)</span>"),
        "{item}"
    );
    let citations: Vec<_> = item
        .split("<li><a href=\"../../../atti/reg-2014-240/")
        .skip(1)
        .map(|rest| rest.split("</a>").next().unwrap())
        .collect();
    assert_eq!(citations, ["art-2/\">art. 2", "art-5/#par-2\">art. 5, par. 2", "art-8/\">art. 8"]);
}

#[test]
fn the_page_of_a_territory_tells_what_the_source_records_and_a_gap_is_never_no() {
    let handbook = handbook();
    let page = |value: &str| handbook.page(&format!("che-cosa-riguarda-me/territori/{value}/index.html"));
    let known = page("basilicata");
    assert!(known.contains("<div><dt>OM</dt><dd>sì</dd></div>"), "{known}");
    assert!(known.contains("<div><dt>ALC</dt><dd>non rilevato</dd></div>"));
    assert!(page("p-a-trento").contains("Non vuol dire «no»."));
    let audience = handbook.page("che-cosa-riguarda-me/destinatari/partner/index.html");
    assert!(!audience.contains("id=\"_activity\""));
    assert!(audience.contains("href=\"../../../pratiche/p/\">Pratica</a>"));
}

#[test]
fn the_data_of_the_filter_and_the_pages_of_single_values_say_the_same() {
    let handbook = handbook();
    let data: Value = serde_json::from_str(&handbook.page("dati/filtro.json")).unwrap();
    let guidelines = data["guidelines"].as_array().unwrap();
    assert_eq!(guidelines.iter().map(|g| g["id"].as_str().unwrap()).collect::<Vec<_>>(), ["A", "B", "C"]);
    let index = handbook.page("che-cosa-riguarda-me/index.html");
    let mut pages = 0;
    for dimension in index.split("<select ").skip(1) {
        let name = dimension.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        let options = dimension.split("</select>").next().unwrap();
        for slug in options.split("<option value=\"").skip(2).map(|rest| rest.split('"').next().unwrap()) {
            let holds = |guideline: &&Value| {
                let named = guideline["values"].get(name).and_then(Value::as_array);
                named.is_none_or(|named| named.iter().any(|value| value == slug))
            };
            let found = guidelines.iter().filter(holds).flat_map(|g| g["provisions"].as_array().unwrap());
            let found: BTreeSet<&str> = found.map(|provision| provision["href"].as_str().unwrap()).collect();
            let page = handbook.page(&format!("che-cosa-riguarda-me/{name}/{slug}/index.html"));
            assert_eq!(provisions(&page).into_iter().collect::<BTreeSet<_>>(), found, "{name}/{slug}");
            let link = format!("<a href=\"{name}/{slug}/\">");
            let row = index.split(link.as_str()).nth(1).unwrap().split("</li>").next().unwrap();
            assert!(row.contains(&format!(">{} disposizioni<", found.len())), "{row}");
            pages += 1;
        }
    }
    assert_eq!(pages, 7);
}

#[test]
fn the_pages_of_values_are_in_the_site_map_and_in_the_navigation_and_the_data_are_not() {
    let handbook = handbook();
    let map = handbook.page("sitemap.xml");
    for address in ["che-cosa-riguarda-me/", "che-cosa-riguarda-me/fondi/fse-plus/", "indice-analitico/"] {
        assert!(map.contains(&format!("<loc>https://example.org/{address}</loc>")), "{address}");
    }
    assert!(!map.contains("filtro.json"));
    let references = handbook.page("index.html");
    let references = references.split("nav--references").nth(1).unwrap();
    assert!(references.find("che-cosa-riguarda-me/").unwrap() < references.find("atti/").unwrap());
    let facts = handbook.page("linee-guida/a/index.html");
    assert!(facts.contains("<a href=\"../../che-cosa-riguarda-me/fondi/fse/\">Fondo sociale</a>"));
}

#[test]
fn an_english_handbook_has_english_addresses_and_leaves_out_the_other_language() {
    let handbook = Handbook::of(&[
        ("handbook.yaml", "languages: [en, it]\ncollections: {guidelines: guideline}\n"),
        ("guidelines/a.md", "---\nphases: [calls]\n---\n\n## Rule {#A.1 .deve}\n\nText.\n"),
        ("it/guidelines/a.md", "---\nphases: [bandi]\n---\n\n## Norma {#B.1 .deve}\n\nTesto.\n"),
    ]);
    assert_eq!(handbook.build().code, 0);
    let published = handbook.published();
    let pages =
        |start: &str| published.iter().filter(|file| file.starts_with(start)).cloned().collect::<Vec<_>>();
    assert_eq!(
        pages("what-concerns-me/"),
        ["what-concerns-me/index.html", "what-concerns-me/phases/calls/index.html"]
    );
    assert_eq!(pages("data/filter"), ["data/filter.json"]);
    assert!(!handbook.page("index-of-terms/index.html").contains("Norma"));
}

#[test]
fn without_provisions_there_is_nothing_to_choose_from() {
    let handbook = Handbook::of(&[("linee-guida/a.md", "---\naudience: [x]\n---\n\n## A\n\nTesto.\n")]);
    assert_eq!(handbook.build().code, 0);
    let published = handbook.published();
    assert!(
        !published.iter().any(|file| file.contains("riguarda") || file.contains("filtro.json")),
        "{published:?}"
    );
}

#[test]
fn the_analytic_index_says_what_stands_at_the_end_of_each_link() {
    let page = handbook().page("indice-analitico/index.html");
    for entry in [
        "<li>preavviso: <a href=\"../glossario/#preavviso\">Glossario</a>, <a href=\"../pratiche/p/\">Pratica <span>PR-1</span></a></li>",
        "<li>AdG: <a href=\"../glossario/#autorita-di-gestione\">vedi autorità di gestione</a></li>",
        "<li>Linea A: <a href=\"../linee-guida/a/\">Linea guida <span>A</span></a></li>",
        "<li>Linea D: <a href=\"../linee-guida/d/\">Linea guida (Ritirato) <span>D</span></a></li>",
        "<li>Prima norma di A: <a href=\"../linee-guida/a/#A.1\">Disposizione <span>A.1</span></a></li>",
        "<li>Casa: <a href=\"../\">Pagina</a></li>",
    ] {
        assert!(page.contains(entry), "{entry}");
    }
    let seconds = page.split("<li>Seconda: ").nth(1).unwrap().split("</li>").next().unwrap();
    assert_eq!(seconds.matches("<a ").count(), 5, "five provisions of one title are one entry");
    assert!(page.contains(">art. 5</a>"), "the keywords of articles lead to them");
}
