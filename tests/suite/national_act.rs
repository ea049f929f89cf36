//! A handbook on an act of national law: nothing in the program knows one act by its name or asks for a Union one.

use std::path::Path;

use crate::harness::{Handbook, files_of};

/// A law that no Region has.
const LAW: &str = "id: lr-999-2099
title: {it: Legge regionale di prova sulla partecipazione, en: Regional trial law on participation}
short_title: {it: Legge di prova, en: Trial law}
citation_style: italian
citation:
  it: {full: \"legge regionale 1º gennaio 2099, n. 999\", short: l.r. 999/2099}
links: {act: \"https://leggi.example.org/999\"}
articles:
- number: 1
  title: Oggetto
- number: 2
  title: Partecipazione
  paragraphs:
  - {number: 1}
  - {number: 1-bis}
  - {number: 2}
  - {number: 3, points: [a, b, b-bis, c], subpoints: {b: [1, 2, 3]}}
- number: 2-bis
  paragraphs: [{number: 1, points: [a, b]}, {number: 2}]
- number: 3
- number: 4
  paragraphs: [{number: null, subparagraphs: 2}]
";

const GUIDELINE: &str = "---
id: LG-1
title: Ascoltare
articles: [\"art. 2\", \"artt. 2-bis e 3\"]
---

Il tavolo locale ascolta tutti.

## Avvisare {#LG-1.1 .deve}

L'ufficio avvisa (art. 2, commi 1, 1-bis e 2).

## Rispondere {#LG-1.2 .deve}

L'ufficio risponde (art. 2, comma 3, lettera b), numero 1)). Vale l'art. 2-bis, e vale l'art. 3.
";

fn handbook(page: &str) -> Handbook {
    Handbook::of(&[
        ("acts/lr-999-2099.yaml", LAW),
        ("linee-guida/01-ascoltare.md", GUIDELINE),
        ("a.md", page),
        (
            "glossary.yaml",
            "terms: [{term: tavolo locale, definition: Chi siede insieme., see: [\"art. 2, comma 1\"]}]\n",
        ),
        (
            "handbook.yaml",
            "not_applicable:\n- {articles: [\"art. 1\", \"art. 4\"], reason: \"Non chiedono nulla.\"}\n",
        ),
    ])
}

/// The citations of a page: `words → place`.
fn links(text: &str) -> Vec<String> {
    let handbook = handbook(text);
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{text}: {:#?}", said.problems);
    let page = handbook.page("a/index.html");
    let links = page.split("<a class=\"citation\" href=\"../atti/lr-999-2099/").skip(1);
    links
        .map(|rest| {
            let (href, rest) = rest.split_once('"').unwrap();
            let words = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
            format!("{words} → {href}")
        })
        .collect()
}

#[test]
fn citations_in_the_words_of_italian_law_lead_to_their_places() {
    for (text, expected) in [
        (
            "l'art. 2, comma 3, lettera b), numero 1)",
            vec!["art. 2, comma 3, lettera b), numero 1) → art-2/#par-3-lett-b-punto-1"],
        ),
        (
            "l'art. 2, comma 3, lett. b), n. 2)",
            vec!["art. 2, comma 3, lett. b), n. 2) → art-2/#par-3-lett-b-punto-2"],
        ),
        ("l'articolo 2, comma 1-bis", vec!["articolo 2, comma 1-bis → art-2/#par-1-bis"]),
        ("art. 2, commi 1 e 2", vec!["art. 2, commi 1 → art-2/#par-1", "2 → art-2/#par-2"]),
        ("il comma 1-bis dell'art. 2", vec!["comma 1-bis dell'art. 2 → art-2/#par-1-bis"]),
        ("artt. 1-3", vec!["artt. 1 → art-1/", "3 → art-3/"]),
        ("artt. 1, 2-bis e 3", vec!["artt. 1 → art-1/", "2-bis → art-2-bis/", "3 → art-3/"]),
        (
            "art. 2, comma 3, lettere a) e b-bis)",
            vec!["art. 2, comma 3, lettere a) → art-2/#par-3-lett-a", "b-bis) → art-2/#par-3-lett-b-bis"],
        ),
        ("art. 4, secondo comma", vec!["art. 4, secondo comma → art-4/#comma-2"]),
        ("l'art. 1 della l.r. 999/2099", vec!["art. 1 della l.r. 999/2099 → art-1/"]),
        (
            "l'art. 1 della legge regionale 1º gennaio 2099, n. 999",
            vec!["art. 1 della legge regionale 1º gennaio 2099, n. 999 → art-1/"],
        ),
        ("l'art. 1 del regolamento delegato (UE) n. 240/2014", vec![]),
        ("l'art. 97 della Costituzione", vec![]),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn a_wrong_citation_learns_what_the_law_has_in_its_own_words() {
    for (text, message, help) in [
        ("art. 9", "`art. 9` non esiste: l.r. 999/2099 ha 5 articoli", "scrivi `art. 4`"),
        (
            "art. 2, comma 7",
            "`art. 2, comma 7` non esiste: `art. 2` ha 4 commi (1–3)",
            "scrivi `art. 2, comma 3`",
        ),
        (
            "art. 2, comma 3, lett. b), n. 4)",
            "`art. 2, comma 3, lett. b), n. 4)` non esiste: `art. 2, comma 3, lett. b)` ha numeri 1)–3)",
            "scrivi `art. 2, comma 3, lett. b), n. 3)`",
        ),
        (
            "art. 2, lett. b)",
            "`art. 2, lett. b)` non esiste: `art. 2` è diviso in commi (1–3), e bisogna dire quale",
            "scrivi `art. 2, comma 3, lett. b)`",
        ),
        (
            "art. 3, comma 1",
            "`art. 3, comma 1` non esiste: `art. 3` non ha commi numerati",
            "scrivi `art. 3`",
        ),
    ] {
        let handbook = handbook(&format!("Vedi {text}.\n"));
        let said = handbook.check_in("it");
        let problem = said.only();
        assert_eq!(
            (problem.place().as_str(), problem.message.as_str()),
            ("a.md:1:6 unknown-address", message)
        );
        assert_eq!(problem.help, help, "{text}");
        let better = help.split('`').nth(1).unwrap();
        handbook.file("a.md", format!("Vedi {better}.\n"));
        assert_eq!(handbook.check().places(), [""; 0], "{better}");
    }
}

#[test]
fn a_word_of_union_law_is_warned_of_with_the_word_of_italian_law() {
    let said = handbook("Vedi l'art. 2, par. 1.\n").check();
    assert_eq!(said.only().place(), "a.md:1:8 citation-style");
    assert!(said.only().help.contains("`art. 2, comma 1`"), "{}", said.only().help);
}

#[test]
fn the_pages_of_the_law_speak_its_words_and_know_who_implements_it() {
    let handbook = handbook("[[art. 2, comma 3, lett. b), n. 1)]] e il tavolo locale.\n");
    let said = handbook.build();
    assert_eq!((said.code, said.places()), (0, vec![]));
    let article = handbook.page("atti/lr-999-2099/art-2/index.html");
    assert!(article.contains("<h1>Art. 2: Partecipazione</h1>"), "{article}");
    assert!(article.contains(">art. 2, comma 3, lett. b), n. 1)</a>"), "{article}");
    assert!(article.contains("articolo 2 della legge regionale 1º gennaio 2099, n. 999"), "{article}");
    assert!(article.contains("Testo ufficiale su leggi.example.org</a>"), "{article}");
    let place = article
        .split("id=\"par-3-lett-b-punto-1\"")
        .nth(1)
        .unwrap()
        .split("<li class=\"place")
        .next()
        .unwrap();
    assert!(place.contains("LG-1.2 Rispondere"), "{place}");
    let coverage = handbook.page("copertura/index.html");
    for words in ["art. 2, comma 1-bis", "art. 2, comma 3, lett. a)", "Non chiedono nulla."] {
        assert!(coverage.contains(words), "{words}: {coverage}");
    }
    let whole = handbook.page("atti/lr-999-2099/intero/index.html");
    assert!(whole.contains("art. 2-bis") && whole.contains("art. 4, secondo comma"), "{whole}");
    let page = handbook.page("a/index.html");
    assert!(
        page.contains(
            "<a href=\"../atti/lr-999-2099/art-2/#par-3-lett-b-punto-1\">art. 2, comma 3, lett. b), n. 1)</a>"
        ),
        "{page}"
    );
    assert!(
        page.contains("<a class=\"term\" href=\"../glossario/#tavolo-locale\">tavolo locale</a>"),
        "{page}"
    );
    let glossary = handbook.page("glossario/index.html");
    assert!(
        glossary.contains("<a href=\"../atti/lr-999-2099/art-2/#par-1\">art. 2, comma 1</a>"),
        "{glossary}"
    );
    // Nothing speaks of the Union's law.
    for file in handbook.published().iter().filter(|file| file.ends_with(".html")) {
        let html = handbook.page(file);
        for stranger in ["240", "EUR-Lex", "eur-lex", "Codice", "paragraf", "par. "] {
            assert!(!html.contains(stranger), "{file}: {stranger}");
        }
    }
}

#[test]
fn the_rules_hold_for_the_law_and_their_helps_use_its_words() {
    let handbook = handbook("Testo.\n");
    let said = handbook.check();
    assert_eq!(said.breaches_at(), ["acts/lr-999-2099.yaml:11:11 uncovered-address"; 5]);
    let messages: Vec<_> = said.breaches.iter().map(|breach| breach.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "no provision implements art. 2, comma 3, lett. a)",
            "no provision implements art. 2, comma 3, lett. b), n. 2)",
            "no provision implements art. 2, comma 3, lett. b), n. 3)",
            "no provision implements art. 2, comma 3, lett. b-bis)",
            "no provision implements art. 2, comma 3, lett. c)",
        ]
    );
    handbook.file(
        "linee-guida/02-altra.md",
        "---\nid: LG-2\ntitle: Altra\n---\n\n## Fare {#LG-2.1 .deve}\n\nSi fa.\n",
    );
    let said = handbook.check();
    let helps: Vec<_> = said.breaches.iter().skip(5).map(|breach| breach.help.as_str()).collect();
    assert_eq!(
        helps,
        [
            "add to the front matter the line `articles: [\"art. 1\"]`, with the right article",
            "cite in its text the rule it comes from, such as `(art. 1)`; if no law imposes it, use `.dovrebbe`",
        ]
    );
}

/// The program may name an act in an example, never in a rule.
#[test]
fn no_source_of_the_program_names_an_act_but_in_examples_of_its_comments_and_tests() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut named = Vec::new();
    for file in files_of(&src) {
        let is_test = file.ends_with("tests.rs") || file.ends_with("properties.rs");
        let code = std::fs::read_to_string(src.join(&file)).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate().filter(|_| !is_test) {
            let is_comment = line.trim_start().starts_with("//");
            let names = ["240/2014", "2014-240", "2021/1060", "2021-1060", "32014R0240"];
            if !is_comment && names.iter().any(|name| line.contains(name)) {
                named.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_eq!(named, [""; 0]);
}
