//! Citations in prose: they become links by themselves, and a wrong one is named before it is published.

use vademecum::source::MemorySource;

use crate::harness::{ACT, Handbook, files_of};

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

/// The prose with each citation as `[words](place)`; every element is closed in order.
fn marked(text: &str) -> String {
    let html = prose(text);
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else if name != "br" {
            assert!(name != "a" || !open.contains(&"a"), "a link in a link: {html}");
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "{html}");
    let (mut marked, mut rest) = (String::new(), html.as_str());
    while let Some((before, after)) = rest.split_once("<a class=\"citation\" href=\"../atti/reg-2014-240/") {
        let (href, after) = after.split_once('"').unwrap();
        let (_, after) = after.split_once('>').unwrap();
        let (words, after) = after.split_once("</a>").unwrap();
        marked.push_str(&format!("{before}[{words}]({href})"));
        rest = after;
    }
    marked + rest
}

#[test]
fn a_citation_goes_over_emphasis_and_entities() {
    for (text, expected) in [
        (
            "art. 5, **par. 2**, lett. a) e",
            "[art. 5, <strong>par. 2</strong>, lett. a)](art-5/#par-2-lett-a) e",
        ),
        ("**art. 5**, par. 2 e", "[<strong>art. 5</strong>, par. 2](art-5/#par-2) e"),
        ("**art. 5, par. 2** e", "<strong>[art. 5, par. 2](art-5/#par-2)</strong> e"),
        ("art. 5, ***par. 2*** e", "[art. 5, <em><strong>par. 2</strong></em>](art-5/#par-2) e"),
        (
            "**Vedi art. 5**, par. 2 e",
            "<strong>Vedi [art. 5](art-5/#par-2)</strong>[, par. 2](art-5/#par-2) e",
        ),
        ("art. 5, **par. 2 e poi**", "[art. 5, ](art-5/#par-2)<strong>[par. 2](art-5/#par-2) e poi</strong>"),
        (
            "*Uno art. 5*, **par. 2**, *lett. a) e*",
            "<em>Uno [art. 5](art-5/#par-2-lett-a)</em>[, <strong>par. 2</strong>, ](art-5/#par-2-lett-a)\
             <em>[lett. a)](art-5/#par-2-lett-a) e</em>",
        ),
        ("*artt. 5* e **6**", "<em>[artt. 5](art-5/)</em> e <strong>[6](art-6/)</strong>"),
        ("art.&nbsp;5, par.&#160;2 e", "[art.\u{a0}5, par.\u{a0}2](art-5/#par-2) e"),
        ("art. 5,\\\npar. 2 e", "[art. 5,<br />\npar. 2](art-5/#par-2) e"),
    ] {
        assert_eq!(marked(text), format!("<p>{expected}</p>"), "{text}");
    }
}

#[test]
fn what_a_link_cannot_say_whole_is_no_link_to_something_wider() {
    for text in [
        "art. 5, <b>par. 2</b> e",
        "art. 5, [par. 2](x.png) e",
        "art. 5, `par. 2` e",
        "art. 5[^1], par. 2\n\n[^1]: x",
        "art. 5, ~~par. 2~~ e",
        "art. 13 del [GDPR](x.png)",
        "art. 8 del [regolamento (UE) 2021/1060](x.png)",
        "art. 13 **GDPR**",
        "[Cost.](x.png), art. 3",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
    assert_eq!(links("art. 5 del [CCEP](x.png) e"), ["art. 5 → art-5/"]);
    assert_eq!(links("artt. 5[^1], 6 e 7\n\n[^1]: x"), ["artt. 5 → art-5/", "6 → art-6/", "7 → art-7/"]);
    assert_eq!(links("art. 5[^1] vale\n\n[^1]: x"), ["art. 5 → art-5/"]);
}

const SIGNS: &str = "# Prova

Dall'articolo 2 all'articolo 18, \"artt. 13--16\" e l'art. 5 -- l'AdG... --, 'art. 6'...
";

#[test]
fn typography_changes_no_citation_and_no_term() {
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let read = |file: String| std::fs::read_to_string(content.join(&file)).ok().map(|text| (file, text));
    let files = files_of(&content).into_iter().filter(|file| !file.starts_with("editions/"));
    let mut texts: Vec<_> = files.filter_map(read).collect();
    texts.push(("prova.md".to_owned(), SIGNS.to_owned()));
    let found = |typography: bool| -> Vec<_> {
        let set = |(file, text): &(String, String)| match file.as_str() {
            "handbook.yaml" => (file.clone(), format!("{text}\ntypography: {typography}\n")),
            _ => (file.clone(), text.clone()),
        };
        let texts: Vec<_> = texts.iter().map(set).collect();
        let source = MemorySource::new(texts.iter().map(|(file, text)| (file.as_str(), text.as_str())));
        let (handbook, _) = vademecum::handbook::load(&source);
        let of_document = |document: &vademecum::handbook::Document| {
            assert_eq!(document.chapter.typography, typography);
            let cited = document.chapter.citations.iter().map(|c| (c.address.to_string(), c.range.clone()));
            let terms = document.chapter.terms.iter().map(|term| (term.term, term.range.clone()));
            (document.path.to_string(), cited.collect::<Vec<_>>(), terms.collect::<Vec<_>>())
        };
        handbook.documents.iter().map(of_document).collect()
    };
    let plain = found(false);
    let signs = plain.iter().find(|(path, _, _)| path == "prova.md").unwrap();
    // Articles 2 to 18, 13 to 16, 5 and 6; and the acronym.
    assert_eq!((signs.1.len(), signs.2.len()), (17 + 4 + 2, 1), "{signs:?}");
    assert_eq!(plain, found(true));
}

#[test]
fn a_citation_in_a_note_belongs_to_the_provision_that_mentions_the_note_first() {
    let guideline = |first: &str, last: &str| {
        format!(
            "---\nid: LG-1\ntitle: Guida\n---\n\n{first}## X {{#LG-1.1 .deve}}\n\nTesto.[^n]\n\n## Y {{#LG-1.2 .deve}}\n\nAltro.[^n]\n\n{last}"
        )
    };
    let (note, by_name) = ("[^n]: Lo dice l'art. 5, par. 2.\n\n", "[^n]: Lo dice [[art. 5, par. 2]].\n\n");
    for text in [guideline(note, ""), guideline("", note), guideline(by_name, ""), guideline("", by_name)] {
        let handbook = Handbook::of(&[("linee-guida/a.md", text.as_str()), ("acts/reg-2014-240.yaml", ACT)]);
        assert_eq!(handbook.build().code, 0);
        let page = handbook.page("atti/reg-2014-240/art-5/index.html");
        assert!(
            page.contains("linee-guida/a/#LG-1.1\"") && !page.contains("linee-guida/a/#LG-1.2\""),
            "{page}"
        );
        // A duty that cites nothing breaks a rule; the one with the note keeps it.
        let duties: Vec<_> =
            handbook.check().breaches.into_iter().filter(|b| b.code == "duty-without-address").collect();
        assert_eq!(duties.len(), 1, "{text}");
        assert!(duties[0].message.contains("LG-1.2"), "{text}: {}", duties[0].message);
    }
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
