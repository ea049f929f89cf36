//! References: every kind resolves to the right place, and every broken one is named with its candidates.

use crate::harness::{ACT, Handbook};

/// A small handbook with one of everything that a reference can lead to.
fn handbook(page: &str) -> Handbook {
    Handbook::of(&[
        ("index.md", "# Casa\n"),
        ("prova/pagina.md", page),
        (
            "linee-guida/04-consultare.md",
            "---\nid: LG-04\ntitle: Consultare\narticles: [\"art. 5\"]\n---\n\n## Responsabilità\n\n### Calendario {#LG-04.1 .deve}\n\nTesto (art. 5, par. 1).\n",
        ),
        ("strumenti/01-Calendario tipo.md", "---\nid: ST-01\ntitle: Calendario tipo\n---\n"),
        ("img/Schema.png", "png"),
        ("acts/reg-2014-240.yaml", ACT),
        (
            "glossary.yaml",
            "terms:\n- {term: autorità di gestione, acronym: AdG, definition: x}\n- {term: Consultare, definition: y}\n",
        ),
    ])
}

/// The link that the page ends up with.
fn href(markdown: &str) -> String {
    let handbook = handbook(markdown);
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{markdown}: {:#?}", said.problems);
    let page = handbook.page("prova/pagina/index.html");
    let prose = page.split("<div class=\"prose\">").nth(1).unwrap();
    let link = prose.split(['"']).nth(1).unwrap();
    link.to_owned()
}

/// The code, the column and the help of the one problem.
fn broken(markdown: &str) -> (String, String, String) {
    let said = handbook(markdown).check();
    let problem = said.only();
    assert_eq!(problem.severity, "error");
    (problem.code.clone(), problem.at.clone(), problem.help.clone())
}

#[test]
fn every_kind_of_reference_leads_to_its_place() {
    for (markdown, expected) in [
        ("[x](../linee-guida/04-consultare.md)", "../../linee-guida/consultare/"),
        ("[x](../linee-guida/04-consultare.md#LG-04.1)", "../../linee-guida/consultare/#LG-04.1"),
        ("[x](/linee-guida/04-consultare.md)", "../../linee-guida/consultare/"),
        (
            "[x](../linee-guida/04-consultare.md#responsabilita)",
            "../../linee-guida/consultare/#responsabilita",
        ),
        (
            "[x](../linee-guida/04-consultare.md#responsabilità)",
            "../../linee-guida/consultare/#responsabilita",
        ),
        (
            "[x](../linee-guida/04-consultare.md#responsabilit%C3%A0)",
            "../../linee-guida/consultare/#responsabilita",
        ),
        ("[x](../linee-guida/)", "../../linee-guida/"),
        ("[x](../linee-guida)", "../../linee-guida/"),
        ("[x](../index.md)", "../../"),
        ("[x](..)", "../../"),
        ("[x](<../strumenti/01-Calendario tipo.md>)", "../../strumenti/calendario-tipo/"),
        ("[x](../strumenti/01-Calendario%20tipo.md)", "../../strumenti/calendario-tipo/"),
        ("[x](../img/Schema.png)", "../../img/Schema.png"),
        ("![x](../img/Schema.png)", "../../img/Schema.png"),
        ("[x](../glossary.yaml#autorita-di-gestione)", "../../glossario/#autorita-di-gestione"),
        ("[x](../acts/reg-2014-240.yaml)", "../../atti/reg-2014-240/"),
        ("[x](https://example.org/?a=1&b=2)", "https://example.org/?a=1&amp;b=2"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[[LG-04]]", "../../linee-guida/consultare/"),
        ("[[LG-04.1|testo]]", "../../linee-guida/consultare/#LG-04.1"),
        ("[[LG-04#responsabilita]]", "../../linee-guida/consultare/#responsabilita"),
        ("[[AdG]]", "../../glossario/#autorita-di-gestione"),
        ("[[Autorità di gestione]]", "../../glossario/#autorita-di-gestione"),
        ("[[Calendario tipo]]", "../../strumenti/calendario-tipo/"),
        ("[[art. 5]]", "../../atti/reg-2014-240/art-5/"),
        ("[[art. 5, par. 2, lett. c)]]", "../../atti/reg-2014-240/art-5/#par-2-lett-c"),
        ("[[art. 4, par. 2, punto i)]]", "../../atti/reg-2014-240/art-4/#par-2-punto-i"),
    ] {
        assert_eq!(href(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_reference_without_words_shows_the_title_of_its_target() {
    let handbook = handbook("[[LG-04]] [[LG-04.1]] [[art. 5, par. 2]]\n\n## Qui\n\n[sopra](#qui)\n");
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("prova/pagina/index.html");
    for words in
        [">Consultare</a>", ">LG-04.1 Calendario</a>", ">art. 5, par. 2</a>", "<a href=\"#qui\">sopra</a>"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn every_broken_reference_has_its_code_its_place_and_a_way_out() {
    for (markdown, code, at, help) in [
        (
            "[x](../linee-guida/04-consultar.md)",
            "broken-link",
            "1:5",
            "did you mean `../linee-guida/04-consultare.md`?",
        ),
        ("[x](consultare.md)", "broken-link", "1:5", "did you mean `../linee-guida/04-consultare.md`?"),
        (
            "[x](../linee-guida/consultare)",
            "broken-link",
            "1:5",
            "did you mean `../linee-guida/04-consultare.md`?",
        ),
        ("![x](schema.jpg)", "broken-link", "1:6", "did you mean `../img/Schema.png`?"),
        (
            "[x](../Linee-guida/04-Consultare.md)",
            "wrong-case",
            "1:5",
            "write `../linee-guida/04-consultare.md`",
        ),
        ("[x](../img/schema.PNG)", "wrong-case", "1:5", "write `../img/Schema.png`"),
        (
            "[x](../linee-guida/04-consultare.md#calendari)",
            "broken-anchor",
            "1:5",
            "the page has `#responsabilita`, `#LG-04.1`",
        ),
        (
            "[x](../linee-guida/04-consultare.md#Responsabilita)",
            "wrong-case",
            "1:5",
            "write `#responsabilita`",
        ),
        ("[x](../linee-guida/04-consultare.md#lg-04.1)", "wrong-case", "1:5", "write `#LG-04.1`"),
        ("[x](#manca)", "broken-anchor", "1:5", ""),
        (
            "[x](../../altrove.md)",
            "outside-handbook",
            "1:5",
            "copy the file into the handbook, or use its `https:` address",
        ),
        (
            "[x](javascript:alert)",
            "broken-link",
            "1:5",
            "use a file of the handbook, `https:`, `mailto:` or `tel:`",
        ),
        ("[x]()", "broken-link", "1:1", "write the file or the address in the brackets"),
        ("![x](../linee-guida/04-consultare.md)", "broken-link", "1:6", ""),
        ("[[LG-40]]", "unknown-target", "1:3", "did you mean `[[LG-04]]`?"),
        ("[[lg-04]]", "wrong-case", "1:3", "write `[[LG-04]]`"),
        ("[[Consultare]]", "ambiguous-target", "1:3", "choose among `[[Consultare]]`, `[[LG-04]]`"),
        ("[[LG-04#manca]]", "broken-anchor", "1:3", "the page has `#responsabilita`, `#LG-04.1`"),
        (
            "prima\n\nè [x](y z.md)\n\n[[nulla di simile]]",
            "unknown-target",
            "5:3",
            "write an id (`LG-04`), a citation (`art. 5`), a term of the glossary or a title",
        ),
        ("[x][manca]", "undefined-reference", "1:1", "add a line `[manca]: address`"),
        ("testo[^n]", "undefined-reference", "1:6", "add a line `[^n]: text of the note`"),
    ] {
        let found = broken(markdown);
        let expected = (code.to_owned(), at.to_owned(), help.to_owned());
        assert_eq!(found, expected, "{markdown}");
    }
}

#[test]
fn a_citation_in_a_reference_teaches_what_the_act_has() {
    for (citation, code) in [
        ("art. 20", "unknown-address"),
        ("art. 5, par. 5", "unknown-address"),
        ("art. 5, par. 2, lett. e)", "unknown-address"),
        ("art. 6, par. 1, lett. a)", "unknown-address"),
        ("art. 4, par. 2, lett. a)", "unknown-address"),
    ] {
        let (found, at, help) = broken(&format!("[[{citation}]]"));
        assert_eq!((found.as_str(), at.as_str()), (code, "1:3"), "{citation}");
        assert!(!help.is_empty(), "{citation}");
    }
}

#[test]
fn equal_ids_are_named_with_the_place_of_the_first() {
    let handbook = Handbook::of(&[
        ("linee-guida/a.md", "---\nid: LG-01\n---\n\n## X {#LG-01.1 .deve}\n"),
        ("linee-guida/b.md", "---\nid: lg-01\n---\n\n## Y {#LG-01.1 .puo}\n"),
    ]);
    let said = handbook.check();
    assert_eq!(said.places(), ["linee-guida/b.md:2:5 duplicate-id", "linee-guida/b.md:5:1 duplicate-id"]);
    assert!(said.problems.iter().all(|problem| problem.related == 1));
}

#[test]
fn two_contents_on_one_address_are_named_also_when_only_case_or_form_differ() {
    for (a, b) in [
        ("01-uno.md", "02-uno.md"),
        ("uno.md", "uno/index.md"),
        ("perché.md", "perche.md"),
        ("a/index.md", "a/README.md"),
        ("img/A.png", "img/a.png"),
        ("glossario.md", "glossary.yaml"),
        ("prova.md", "prova"),
        ("a/b.txt", "A"),
    ] {
        let text = if b.ends_with("yaml") { "terms: []\n" } else { "x\n" };
        let said = Handbook::of(&[(a, "x\n"), (b, text)]).check();
        assert_eq!(said.only().code, "duplicate-path", "{a} {b}");
    }
}

#[test]
fn values_of_a_front_matter_that_name_nothing_are_named_at_their_place() {
    let handbook = Handbook::of(&[
        ("pratiche/p.md", "---\ntests:\n- LG-99\n- {provision: LG-98, outcome: x}\n---\n"),
        ("strumenti/s.md", "---\nsupports: [LG-97]\n---\n"),
        ("conoscenza/i.md", "---\ndata: manca.csv\nmeasures: [\"LG-96\"]\n---\n"),
        ("handbook.yaml", "legal:\n- {label: Note, target: manca.md}\n"),
    ]);
    assert_eq!(
        handbook.check().places(),
        [
            "conoscenza/i.md:2:7 broken-link",
            "conoscenza/i.md:3:12 unknown-target",
            "handbook.yaml:2:25 broken-link",
            "pratiche/p.md:3:3 unknown-target",
            "pratiche/p.md:4:15 unknown-target",
            "strumenti/s.md:2:12 unknown-target",
        ]
    );
}

#[test]
fn a_reference_leads_to_one_place_and_an_image_is_a_file_of_the_handbook() {
    let (code, _, help) = broken("[[artt. 14 e 15]]");
    assert_eq!(
        (code.as_str(), help.as_str()),
        ("ambiguous-target", "write a link for each, beginning with `[[art. 14]]`")
    );
    assert_eq!(broken("![x](https://example.org/x.png)").0, "outside-handbook");
    assert_eq!(broken("[x](C:/x)").2, "");
}

#[test]
fn a_reference_in_a_table_escapes_its_bar() {
    let table = |cell: &str| format!("| A |\n|---|\n| {cell} |\n");
    assert_eq!(broken(&table("[[LG-04|testo]]")).2, "write `[[LG-04\\|text]]`");
    let handbook = handbook(&table("[[LG-04\\|testo]]"));
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("prova/pagina/index.html");
    assert!(page.contains("<a href=\"../../linee-guida/consultare/\">testo</a>"), "{page}");
}

#[test]
fn an_element_that_a_heading_leaves_open_ends_with_it() {
    let handbook =
        Handbook::of(&[("index.md", "# Inizio\n\n## Uno <b> due\n\nTesto.\n\n### Tre <sub>x\n\nAltro.\n")]);
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("index.html");
    for (open, close) in [("<b>", "</b>"), ("<sub>", "</sub>")] {
        let (start, end) = (page.find(open).unwrap(), page.find(close).unwrap());
        assert!(!page[start..end].contains("</h"), "{open} ends in its heading");
    }
}

#[test]
fn an_authors_element_goes_on_over_paragraphs_and_never_past_the_page() {
    let handbook = handbook("<details>\n\nuno <b>due\n\ntre\n\n</details>\n\n<details>\n\nfine\n");
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("prova/pagina/index.html");
    assert!(page.contains("<p>uno <b>due</b></p>\n<p>tre</p>\n</details>"), "{page}");
    assert!(
        page.contains("<p>fine</p>\n</details></div>") || page.contains("<p>fine</p>\n</details>\n</div>"),
        "{page}"
    );
}

#[test]
fn nothing_in_code_is_a_reference() {
    let handbook =
        handbook("`[[NIENTE]]` `[x](manca.md)`\n\n```\n[[NIENTE]] [x](manca.md)\n```\n\n    [[NIENTE]]\n");
    assert_eq!(handbook.check().code, 0);
}

/// The problem of a value in the metadata of a document that has a fellow of each kind: place and help.
fn of_value(path: &str, line: &str) -> Vec<(String, String)> {
    let handbook = Handbook::of(&[
        ("acts/l-1.yaml", "id: l-1\ntitle: Legge\narticles: [{number: 1}]\n"),
        ("glossary.yaml", "terms: [{term: tavolo, definition: x}]\n"),
        (
            "linee-guida/a.md",
            "---\nid: LG-01\ntitle: Prima\n---\n\n## Passi {#passi}\n\n## Fare {#LG-01.1 .puo}\n",
        ),
        ("pratiche/a.md", "---\nid: PR-01\n---\n"),
        ("strumenti/a.md", "---\nid: ST-01\n---\n"),
        ("conoscenza/a.md", "---\nid: IN-01\n---\n"),
        ("pagina.md", "---\nid: PA-01\n---\n"),
        (path, &format!("---\nid: XX-09\n{line}\n---\n")),
    ]);
    handbook.check().problems.into_iter().map(|problem| (problem.place(), problem.help)).collect()
}

#[test]
fn a_value_of_metadata_names_what_fits_there() {
    for (path, line) in [
        ("linee-guida/x.md", "superseded_by: LG-01"),
        ("strumenti/x.md", "superseded_by: PA-01"),
        ("pratiche/x.md", "tests: [LG-01, LG-01.1, Prima, {provision: LG-01.1}]"),
        ("strumenti/x.md", "supports: [LG-01, LG-01.1]"),
        ("conoscenza/x.md", "measures: [LG-01, LG-01.1]"),
        ("linee-guida/x.md", "changes: [{provision: LG-01.1, because: [PR-01, art. 1]}, {provision: LG-01}]"),
        ("strumenti/x.md", "changes: [{provision: XX-09, note: x}]"),
    ] {
        assert_eq!(of_value(path, line), [], "{line}");
    }
    let rule = "write the id of a guideline, for example `LG-01`, or of a provision";
    let article = "write an id; the articles of an act belong into `articles`";
    let reason =
        "write a practice, for example `PR-01`, or a citation in quotes; other reasons belong into `note`";
    for (path, line, wrong, help) in [
        (
            "linee-guida/x.md",
            "superseded_by: XX-09",
            "XX-09",
            "write the id of the new document, or remove the line",
        ),
        ("linee-guida/x.md", "superseded_by: LG-01.1", "LG-01.1", "write the document as a whole: `LG-01`"),
        (
            "linee-guida/x.md",
            "superseded_by: LG-01#passi",
            "LG-01#passi",
            "write the document as a whole: `LG-01`",
        ),
        ("linee-guida/x.md", "superseded_by: art. 1", "art. 1", "write the id of the new document"),
        ("linee-guida/x.md", "superseded_by: tavolo", "tavolo", "write the id of the new document"),
        ("pratiche/x.md", "tests: [ST-01]", "ST-01", rule),
        ("pratiche/x.md", "tests: [{provision: PR-01}]", "PR-01", rule),
        ("pratiche/x.md", "tests: [art. 1]", "art. 1", article),
        ("pratiche/x.md", "tests: [tavolo]", "tavolo", rule),
        ("strumenti/x.md", "supports: [IN-01]", "IN-01", rule),
        ("strumenti/x.md", "supports: [PA-01]", "PA-01", rule),
        ("conoscenza/x.md", "measures: [PR-01]", "PR-01", rule),
        ("linee-guida/x.md", "changes: [{provision: ST-01, note: x}]", "ST-01", rule),
        ("linee-guida/x.md", "changes: [{provision: art. 1, note: x}]", "art. 1", article),
        ("linee-guida/x.md", "changes: [{because: [LG-01]}]", "LG-01", reason),
        ("linee-guida/x.md", "changes: [{because: [ST-01]}]", "ST-01", reason),
        ("linee-guida/x.md", "changes: [{because: [tavolo]}]", "tavolo", reason),
    ] {
        let column = line.find(wrong).unwrap() + 1;
        assert_eq!(
            of_value(path, line),
            [(format!("{path}:3:{column} unfit-target"), help.to_owned())],
            "{line}"
        );
    }
}

#[test]
fn a_value_of_metadata_that_names_nothing_learns_the_id_without_brackets() {
    for (path, line) in [
        ("linee-guida/x.md", "superseded_by: LG-02"),
        ("pratiche/x.md", "tests: [LG-02]"),
        ("pratiche/x.md", "tests: [{provision: LG-02}]"),
        ("strumenti/x.md", "supports: [LG-02]"),
        ("conoscenza/x.md", "measures: [LG-02]"),
        ("linee-guida/x.md", "changes: [{provision: LG-02}]"),
        ("linee-guida/x.md", "changes: [{because: [LG-02]}]"),
    ] {
        let found = of_value(path, line);
        let [(place, help)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(
            place.ends_with("unknown-target") && help.contains("`LG-01`") && !help.contains('['),
            "{place} {help}"
        );
    }
}

#[test]
fn documents_that_replace_each_other_in_a_circle_are_named_once() {
    let document =
        |id: &str, next: &str| format!("---\nid: {id}\nstatus: superseded\nsuperseded_by: {next}\n---\n");
    let handbook = Handbook::of(&[
        ("a.md", &document("A-1", "B-1")),
        ("b.md", &document("B-1", "D-1")),
        ("c.md", &document("C-1", "B-1")),
        ("d.md", &document("D-1", "B-1")),
    ]);
    let said = handbook.check();
    assert_eq!((said.places(), said.only().related), (vec!["b.md:4:16 unfit-target".to_owned()], 1));
    handbook.file("d.md", "---\nid: D-1\n---\n");
    assert_eq!(handbook.check().places(), [""; 0], "a line of successors ends somewhere");
}

#[test]
fn the_page_of_a_whole_act_lists_a_hundred_documents_at_a_place_and_that_of_the_article_all() {
    let handbook = Handbook::of(&[("index.md", "# Casa\n"), ("acts/reg-2014-240.yaml", ACT)]);
    for number in 1..=103 {
        // Two of them speak of the article as a whole too.
        let also = if number > 101 { " E l'art. 5." } else { "" };
        handbook.file(
            &format!("d/{number:03}.md"),
            format!("# Uno {number}\n\nSecondo l'art. 5, par. 1.{also}\n"),
        );
    }
    assert_eq!(handbook.build().code, 0);
    let article = handbook.page("atti/reg-2014-240/art-5/index.html");
    let whole = handbook.page("atti/reg-2014-240/intero/index.html");
    let main = |page: &str| page.split("<main").nth(1).unwrap().to_owned();
    let listed = |page: &str| main(page).matches("<li><a href=\"../../../d/").count();
    assert_eq!((listed(&article), listed(&whole)), (103 + 2, 100 + 2));
    let words = "Altri documenti, elencati nella pagina dell&#39;articolo: 3</a></p>";
    let more = format!("<p><a href=\"../art-5/#par-1\">{words}");
    assert_eq!((article.matches(words).count(), whole.matches(&more).count()), (0, 1), "{whole}");
}

#[test]
fn what_a_hundred_documents_lead_to_says_how_many_more_do_and_leads_to_all() {
    let handbook = Handbook::of(&[("index.md", "# Casa\n"), ("meta.md", "# Meta\n")]);
    for number in 1..=102 {
        handbook
            .file(&format!("d/{number:03}.md"), format!("# Uno {number}\n\nVedi [la meta](../meta.md).\n"));
    }
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("meta/index.html");
    let listed = page.split("<main").nth(1).unwrap().matches("<li><a href=\"../d/").count();
    assert_eq!(listed, 100);
    assert!(
        page.contains("<p><a href=\"../dati/\">Altri documenti, elencati tutti nei dati: 2</a></p>"),
        "{page}"
    );
    assert!(handbook.page("dati/index.html").contains("references.csv"));
}
