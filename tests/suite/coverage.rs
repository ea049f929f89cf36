//! Coverage and the cycle of trials, on handbooks small enough to count by hand.

use serde_json::Value;

use crate::harness::Handbook;

const LAW: &str = "
id: legge-1-2099
title: {it: Legge di prova}
citation: {it: {full: legge 1/2099, short: l. 1/2099}, en: {full: Law 1/2099}}
articles:
- {number: 1, phases: [uno, due], paragraphs: [{number: 1, points: [a, b]}, {number: 2}]}
- {number: 2, phases: [due], paragraphs: [{number: null}]}
- {number: 3, phases: [uno], paragraphs: [{number: 1}, {number: 2}]}
";

const LISTS: &str = "phases: [uno, due]\noutcomes:\n  conferma: {label: Conferma}\n  aperta: {label: Aperta, concluded: false}\n";

/// A handbook with one guideline, `LG-1`, whose front matter and text are given, and more files.
fn handbook(front: &str, text: &str, more: &[(&str, &str)]) -> Handbook {
    let guideline = format!("---\nid: LG-1\ntitle: Prima\n{front}\n---\n\n{text}\n");
    let mut files = vec![("acts/legge-1-2099.yaml", LAW), ("vocabularies.yaml", LISTS)];
    files.push(("linee-guida/01-prima.md", guideline.as_str()));
    files.extend(more);
    Handbook::of(&files)
}

fn built(handbook: &Handbook) -> Value {
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    serde_json::from_str(&handbook.page("dati/handbook.json")).unwrap()
}

/// The state of each address, in the order of the act.
fn states(data: &Value) -> Vec<String> {
    let addresses = data["acts"][0]["addresses"].as_array().unwrap();
    let short = |address: &Value| {
        let name = address["address"].as_str().unwrap().split_once(':').unwrap().1;
        format!("{name} {}", address["state"].as_str().unwrap())
    };
    addresses.iter().map(short).collect()
}

fn tested(data: &Value) -> u64 {
    data["coverage"]["total"]["tested"].as_u64().unwrap()
}

#[test]
fn each_place_has_the_state_that_the_provisions_give_it() {
    let text =
        "## A {#LG-1.1 .deve}\n\nUno (art. 1, par. 1, lett. a)).\n\n## B {#LG-1.2 .puo}\n\nDue ([[art. 3]]).";
    let exempt =
        ("handbook.yaml", "not_applicable: [{articles: [\"art. 2\"], reason: \"Non chiede nulla.\"}]\n");
    let data = built(&handbook("", text, &[exempt]));
    assert_eq!(
        states(&data),
        [
            "1 inside",
            "1.1 inside",
            "1.1.a cited",
            "1.1.b gap",
            "1.2 gap",
            "2 not-applicable",
            "3 cited",
            "3.1 around",
            "3.2 around"
        ]
    );
}

#[test]
fn a_reason_stands_where_it_holds_and_not_where_a_provision_implements_the_place() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 3, par. 1).";
    let exempt =
        ("handbook.yaml", "not_applicable: [{articles: [\"art. 3\"], reason: \"Motivo di prova.\"}]\n");
    let handbook = handbook("", text, &[exempt]);
    let data = built(&handbook);
    assert_eq!(states(&data)[6..], ["3 inside", "3.1 cited", "3.2 not-applicable"]);
    let reasons: Vec<_> = data["acts"][0]["addresses"].as_array().unwrap()[6..]
        .iter()
        .map(|address| address["not_applicable"].as_str())
        .collect();
    assert_eq!(reasons, [None, None, Some("Motivo di prova.")]);
    let coverage = handbook.page("copertura/index.html");
    assert_eq!(coverage.matches("Motivo di prova.").count(), 1, "once, at art. 3, par. 2");
    let article = handbook.page("atti/legge-1-2099/art-3/index.html");
    let whole = article.split("class=\"places\"").next().unwrap();
    assert!(!whole.contains("Motivo di prova."), "the article as a whole is implemented in part");
}

#[test]
fn a_phase_is_missing_only_where_nothing_of_the_article_is_implemented_in_it() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 1, par. 1, lett. a)), due (art. 2).";
    let exempt = ("handbook.yaml", "not_applicable: [{articles: [\"art. 3\"], reason: \"x\"}]\n");
    let handbook = handbook("phases: [uno]", text, &[exempt]);
    built(&handbook);
    let page = handbook.page("copertura/index.html");
    let table = page.split("legge-1-2099-phases").nth(2).unwrap().split("</table>").next().unwrap();
    let missing: Vec<_> = table
        .split("<tr")
        .filter(|row| row.contains(">manca<"))
        .map(|row| row.split("\">").nth(3).unwrap().split('<').next().unwrap())
        .collect();
    assert_eq!(missing, ["art. 1", "art. 2"], "both in phase `due`; art. 3 is exempt");
}

#[test]
fn only_a_practice_that_took_place_tests_a_provision() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 2).";
    let trial = "tests: [{provision: LG-1.1, outcome: conferma}]";
    for (front, count) in
        [("status: approved", 1), ("status: draft", 0), ("illustrative: true", 0), ("status: withdrawn", 0)]
    {
        let practice = format!("---\nid: PR-1\n{front}\n{trial}\n---\n");
        let data = built(&handbook("", text, &[("pratiche/a.md", &practice)]));
        assert_eq!(tested(&data), count, "{front}");
    }
    let open = "---\nid: PR-1\ntests: [{provision: LG-1.1, outcome: aperta}]\n---\n";
    assert_eq!(
        tested(&built(&handbook("", text, &[("pratiche/a.md", open)]))),
        0,
        "an outcome that ends nothing"
    );
    let whole = "---\nid: PR-1\ntests: [{provision: LG-1, outcome: conferma}]\n---\n";
    assert_eq!(
        tested(&built(&handbook("", text, &[("pratiche/a.md", whole)]))),
        1,
        "a trial of the guideline"
    );
}

/// The ids under each heading of the cycle: tested, on trial, untested.
fn cycle(handbook: &Handbook) -> [Vec<String>; 3] {
    let page = handbook.page("ciclo-delle-prove/index.html");
    ["_tested", "_on-trial", "_untested"].map(|id| {
        let section = page.split(&format!("<h2 id=\"{id}\">")).nth(1).unwrap().split("<h2").next().unwrap();
        let ids = section.split("<span class=\"card__id\">").skip(1);
        ids.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    })
}

#[test]
fn the_cycle_tells_tested_from_tried_and_a_change_without_a_trial_from_both() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 2).";
    let second = "---\nid: LG-2\nchanges: [{edition: \"2026.1\", because: [art. 1], note: \"Cambiata.\"}]\n---\n\n## B {#LG-2.1 .puo}\n\nDue (art. 1).\n";
    let open =
        "---\nid: PR-1\ntests: [{provision: LG-1.1, outcome: aperta, lesson: \"Una lezione.\"}]\n---\n";
    let handbook = handbook("", text, &[("linee-guida/02-seconda.md", second), ("pratiche/a.md", open)]);
    built(&handbook);
    assert_eq!(cycle(&handbook), [vec![], vec!["LG-1".to_owned()], vec!["LG-2".to_owned()]]);
    let page = handbook.page("ciclo-delle-prove/index.html");
    for words in ["Una lezione.", "Cambiata.", "Edizione 2026.1", "Aperta"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn what_is_out_of_force_counts_for_nothing_and_says_so_where_it_is_listed() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 2).";
    let second = "---\nid: LG-2\n---\n\n## B {#LG-2.1 .puo}\n\nDue (art. 1).\n";
    let handbook =
        handbook("status: superseded\nsuperseded_by: LG-2", text, &[("linee-guida/02-seconda.md", second)]);
    let data = built(&handbook);
    assert_eq!(states(&data)[5], "2 gap");
    assert_eq!(cycle(&handbook)[2], ["LG-2"]);
    let article = handbook.page("atti/legge-1-2099/art-2/index.html");
    let entry = article.split("LG-1</span>").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(entry.contains("status--superseded"), "{entry}");
    assert!(handbook.page("linee-guida/prima/index.html").contains("Al suo posto: <a href"));
}

#[test]
fn a_translation_is_not_another_guideline() {
    let text = "## A {#LG-1.1 .deve}\n\nUno (art. 2).";
    let english = "---\nid: LG-1-en\ntitle: First\n---\n\n## A {#LG-1-en.1 .deve}\n\nOne (Article 1).\n";
    let settings = ("handbook.yaml", "languages: [it, en]\n");
    let handbook = handbook("", text, &[settings, ("en/linee-guida/01-first.md", english)]);
    let data = built(&handbook);
    assert_eq!(states(&data)[0], "1 gap");
    assert_eq!(cycle(&handbook), [vec![], vec![], vec!["LG-1".to_owned()]]);
    let article = handbook.page("atti/legge-1-2099/art-1/index.html");
    assert!(article.contains("lang=\"en\">First</a>"), "{article}");
    assert!(handbook.page("en/linee-guida/first/index.html").contains(">Home<"));
}
