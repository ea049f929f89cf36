//! The whole handbook on one page.

use std::collections::BTreeSet;

use crate::harness::{ACT, Handbook};

/// The values of an attribute, in order.
fn values<'t>(html: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every id once, and for every link within the page its place.
fn assert_whole(html: &str) {
    let ids = values(html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    let twice: Vec<_> =
        unique.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
    assert_eq!(twice, Vec::<&&str>::new());
    let lost: Vec<_> = values(html, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'))
        .filter(|id| !unique.contains(id))
        .collect();
    assert_eq!(lost, [""; 0]);
}

/// Two guidelines with the same headings, notes and tables, a practice, folders with and without a page, a glossary.
fn handbook() -> Handbook {
    let guideline = |number: u32, other: &str| {
        format!(
            "---\nid: LG-0{number}\ntitle: Linea {number}\nupdated: 2026-11-0{number}\narticles: [\"art. 5\"]\n---\n\nDel preavviso.[^a]\n\n## Tempi\n\nSi veda [i tempi](#tempi), [gli altri]({other}#tempi) e [[PR-01]].\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n### Norma {{#LG-0{number}.1 .deve}}\n\nArt. 5, par. 1.[^a]\n\n[^a]: Nota di {number}.\n"
        )
    };
    let handbook = Handbook::of(&[
        (
            "handbook.yaml",
            "title: Manuale\nbase_url: https://example.org/\nlicence: {name: CC, url: \"https://example.org/cc\"}\npublisher: Ente\nnotice: Avviso\nlanguages: [it, en]\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
        (
            "index.md",
            "# Casa\n\nSi va [alle linee](linee-guida/), [al glossario](glossary.yaml), [alla voce](glossary.yaml#preavviso), [ai tempi](linee-guida/01-uno.md#tempi), [in inglese](en/a.md) e [qui](#casa).\n",
        ),
        ("pratiche/index.md", "# Pratiche\n\nLe pratiche.\n"),
        ("pratiche/p.md", "---\nid: PR-01\ntitle: Pratica\ntests: [LG-02.1]\n---\n\nx\n"),
        (
            "glossary.yaml",
            "terms:\n  - {term: preavviso, definition: Prima, see: [LG-01.1]}\n  - {term: autorità, definition: y, also: [preavviso]}\n  - {term: tempi, definition: z}\n",
        ),
        ("en/a.md", "# English\n\nText.\n"),
    ]);
    handbook.file("linee-guida/01-uno.md", guideline(1, "02-due.md"));
    handbook.file("linee-guida/02-due.md", guideline(2, "01-uno.md"));
    handbook
}

fn built() -> Handbook {
    let handbook = handbook();
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    handbook
}

#[test]
fn every_id_is_there_once_and_every_link_within_the_page_has_its_place() {
    let page = built().page("stampa/index.html");
    assert_whole(&page);
    for id in [
        "home",
        "linee-guida",
        "LG-01",
        "LG-01.1",
        "LG-02",
        "LG-02.1",
        "LG-01.1-p1",
        "pratiche",
        "PR-01",
        "tempi",
    ] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn what_leads_to_a_place_of_the_handbook_leads_to_it_on_this_page() {
    let page = built().page("stampa/index.html");
    for link in [
        "<a href=\"#linee-guida\">alle linee</a>",
        "<a href=\"#_glossary\">al glossario</a>",
        "<a href=\"#preavviso\">alla voce</a>",
        "<a href=\"#LG-01-tempi\">ai tempi</a>",
        "<a href=\"#LG-01-tempi\">i tempi</a>, <a href=\"#LG-02-tempi\">gli altri</a> e <a href=\"#PR-01\">Pratica</a>",
        "<a href=\"#LG-02-tempi\">i tempi</a>, <a href=\"#LG-01-tempi\">gli altri</a> e <a href=\"#PR-01\">Pratica</a>",
        "<a href=\"#home\">qui</a>",
        "<a href=\"#LG-02.1\">LG-02.1 Norma</a>",
        "<a class=\"term\" href=\"#preavviso\">preavviso</a>",
        // What is not on this page is where it was.
        "<a href=\"../en/a/\">in inglese</a>",
        "href=\"../atti/reg-2014-240/art-5/#par-1\"",
    ] {
        assert!(page.contains(link), "{link}\n{page}");
    }
}

#[test]
fn the_notes_of_each_chapter_are_its_own_and_lead_both_ways() {
    let page = built().page("stampa/index.html");
    let notes: Vec<&str> = values(&page, "id").into_iter().filter(|id| id.contains("_nota-")).collect();
    let marks: Vec<&str> = values(&page, "id").into_iter().filter(|id| id.contains("_rif-")).collect();
    assert_eq!((notes.len(), marks.len()), (2, 4), "{notes:?} {marks:?}");
    for id in notes.iter().chain(&marks) {
        assert!(id.starts_with('_') && page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
}

#[test]
fn it_opens_with_a_cover_and_contents_and_the_chapters_stand_under_its_title() {
    let page = built().page("stampa/index.html");
    assert_eq!(page.matches("<h1").count(), 1);
    let cover = page.split("class=\"whole__cover\"").nth(1).unwrap().split("</header>").next().unwrap();
    for part in [
        "<p>Ente</p>",
        "<h1>Manuale</h1>",
        "Avviso",
        "2026-11-02",
        "https://example.org/cc",
        "https://example.org/stampa/",
    ] {
        assert!(cover.contains(part), "{part}\n{cover}");
    }
    let contents = page.split("class=\"whole__contents\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let listed: Vec<&str> = values(contents, "href");
    assert_eq!(
        listed,
        [
            "#home",
            "#linee-guida",
            "#LG-01",
            "#LG-01-tempi",
            "#LG-01.1",
            "#LG-02",
            "#LG-02-tempi",
            "#LG-02.1",
            "#pratiche",
            "#PR-01",
            "#_glossary"
        ]
    );
    assert!(page.contains("<h2 id=\"LG-01\">Linea 1</h2>"));
    assert!(page.contains("<h3 id=\"LG-01-tempi\"><span class=\"number\">1</span> Tempi"), "{page}");
    assert!(page.contains("<h4 id=\"LG-01.1\">Norma"));
    assert!(!page.contains("cite-forms") && !page.contains("English"));
}

#[test]
fn every_page_leads_to_it_and_search_engines_pass_it_over() {
    let handbook = built();
    let page = handbook.page("linee-guida/uno/index.html");
    assert_eq!(page.matches("href=\"../../stampa/\"").count(), 2, "in the navigation and at the foot");
    assert!(!page.contains("noindex"));
    assert!(handbook.page("stampa/index.html").contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!handbook.page("sitemap.xml").contains("/stampa/"));
}

#[test]
fn in_an_english_handbook_it_is_called_print_and_a_file_of_that_address_is_told() {
    let handbook = Handbook::of(&[("handbook.yaml", "languages: [en]\n"), ("a.md", "# A\n\nText.\n")]);
    assert_eq!(handbook.build().places(), [""; 0]);
    assert_whole(&handbook.page("print/index.html"));
    handbook.file("print.md", "# Mine\n");
    assert_eq!(handbook.check().places(), ["print.md duplicate-path"]);
}

#[test]
fn a_handbook_too_long_for_one_page_has_none_unless_it_asks_for_it() {
    let handbook = Handbook::of(&[("index.md", "# Casa\n")]);
    // Two files of a little more than two million bytes.
    let long = format!("# Lungo\n\n{}\n", "Una riga di testo.\n\n".repeat(101_000));
    handbook.file("a.md", &long);
    handbook.file("b.md", "# Breve\n");
    let has_page = |settings: &str| {
        handbook.file("handbook.yaml", settings);
        assert_eq!(handbook.build().code, 0);
        let home = handbook.page("index.html");
        let page = handbook.published().iter().any(|file| file == "stampa/index.html");
        assert_eq!(home.contains("href=\"stampa/\""), page, "{settings}");
        page
    };
    assert!(has_page("title: T\n"));
    assert!(!has_page("print_page: false\n"));
    handbook.file("b.md", &long);
    assert!(!has_page("title: T\n"));
    assert!(has_page("print_page: true\n"));
}
