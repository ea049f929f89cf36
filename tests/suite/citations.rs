//! Citations in prose: they become links by themselves, and a wrong one is named before it is published.

use crate::harness::{ACT, Handbook};

fn handbook(text: &str) -> Handbook {
    Handbook::of(&[("a.md", text), ("x.png", "png"), ("acts/reg-2014-240.yaml", ACT)])
}

/// The text of the page, as published.
fn prose(text: &str) -> String {
    let handbook = handbook(text);
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{text}: {:#?}", said.problems);
    let page = handbook.page("a/index.html");
    page.split("<div class=\"prose\">").nth(1).unwrap().split("\n\n</div>").next().unwrap().trim().to_owned()
}

fn links(text: &str) -> Vec<String> {
    let html = prose(text);
    let anchors = html.split("<a class=\"citation\" href=\"").skip(1);
    anchors
        .map(|rest| {
            let href = rest.split('"').next().unwrap();
            let words = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
            format!("{words} → {}", href.trim_start_matches("../atti/reg-2014-240/"))
        })
        .collect()
}

#[test]
fn a_citation_leads_to_its_place_and_names_the_act() {
    assert_eq!(
        prose("Lo dice il Codice (art. 5, par. 2, lett. c)), sempre.\n"),
        "<p>Lo dice il Codice (<a class=\"citation\" href=\"../atti/reg-2014-240/art-5/#par-2-lett-c\" title=\"articolo 5, \
         paragrafo 2, lettera c), del regolamento delegato (UE) n. 240/2014\">art. 5, par. 2, lett. c)</a>), sempre.</p>"
    );
}

#[test]
fn citations_are_found_wherever_prose_is() {
    assert_eq!(
        links(
            "- artt. 5 e 6\n- **art. 11, lett. b)**\n\n> articolo 10, paragrafo 1\n\n| A |\n|---|\n| Article 5(3) |\n\nx[^1]\n\n[^1]: art. 2\n"
        ),
        [
            "artt. 5 → art-5/",
            "6 → art-6/",
            "art. 11, lett. b) → art-11/#lett-b",
            "articolo 10, paragrafo 1 → art-10/#par-1",
            "Article 5(3) → art-5/#par-3",
            "art. 2 → art-2/",
        ]
    );
}

#[test]
fn a_citation_goes_over_the_end_of_a_line() {
    assert_eq!(
        links("- come dice l'art. 5,\n  par. 2, lett. a)\n"),
        ["art. 5,\npar. 2, lett. a) → art-5/#par-2-lett-a"]
    );
}

#[test]
fn nothing_in_code_links_or_headings_is_a_citation() {
    assert_eq!(
        links("# art. 99\n\n## art. 98\n\n`art. 97` [art. 96](a.md) ![art. 95](x.png)\n\n    art. 94\n")
            .len(),
        0
    );
}

#[test]
fn a_citation_of_another_act_is_left_alone() {
    assert_eq!(
        links("L'art. 52 del regolamento (UE) n. 1303/2013 e l'art. 97 della Costituzione.\n").len(),
        0
    );
}

#[test]
fn a_wrong_citation_is_named_at_its_place_with_what_to_write() {
    for (text, at, help) in [
        ("Vedi l'art. 20.\n", "1:8", ""),
        ("uno\n\ndue (art. 6, par. 1, lett. a)).\n", "3:6", "art. 6, lett. a)"),
        ("## X\n\nart. 4, par. 2, lett. a)\n", "3:1", "art. 4, par. 2, punto i)"),
        ("è art. 5, par. 5\n", "1:3", ""),
    ] {
        let said = handbook(text).check();
        let problem = said.only();
        assert_eq!(
            (problem.code.as_str(), problem.severity.as_str()),
            ("unknown-address", "error"),
            "{text}"
        );
        assert!(problem.help.contains(help), "{text}: {}", problem.help);
        assert_eq!(problem.at, at, "{text}");
    }
}

#[test]
fn a_paragraph_called_comma_is_understood_and_warned_of() {
    let said = handbook("Vedi l'art. 5, comma 2.\n").check();
    assert_eq!(
        (said.code, said.only().code.as_str(), said.only().severity.as_str()),
        (0, "citation-style", "warning")
    );
    assert!(said.only().help.contains("art. 5, par. 2"), "{}", said.only().help);
}

#[test]
fn a_handbook_or_a_page_can_leave_citations_alone() {
    assert_eq!(links("---\nlink_citations: false\n---\n\nart. 5 e art. 99\n").len(), 0);
    let handbook = handbook("art. 99\n");
    handbook.file("handbook.yaml", "link_citations: false\n");
    assert_eq!(handbook.check().code, 0);
    handbook.file("b.md", "---\nlink_citations: true\n---\n\nart. 99\n");
    assert_eq!(handbook.check().places(), ["b.md:5:1 unknown-address"]);
}

#[test]
fn the_page_of_an_article_lists_the_provisions_that_cite_it() {
    let handbook = Handbook::of(&[
        (
            "linee-guida/a.md",
            "---\nid: LG-1\ntitle: Guida\n---\n\nart. 5\n\n## X {#LG-1.1 .deve}\n\n(art. 5, par. 2)\n\n### Sotto\n\n(art. 5, par. 2, lett. a))\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
    ]);
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("atti/reg-2014-240/art-5/index.html");
    let place = |id: &str| {
        page.split(&format!("id=\"{id}\""))
            .nth(1)
            .unwrap()
            .split("<li class=\"place")
            .next()
            .unwrap()
            .to_owned()
    };
    for id in ["par-2", "par-2-lett-a"] {
        assert!(place(id).contains("href=\"../../../linee-guida/a/#LG-1.1\""), "{id}: {}", place(id));
        assert!(place(id).contains("Deve"), "{id}: {}", place(id));
    }
    assert!(!place("par-1").contains("LG-1"), "{}", place("par-1"));
}
