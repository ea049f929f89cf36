//! What makes a page easy to read and to cite: numbers, addresses of paragraphs, citations, images.

use crate::harness::Handbook;

/// The text of each heading between `<hN …>` and its permalink, in order.
fn headings(html: &str) -> Vec<String> {
    let body = html.split("<div class=\"prose\">").nth(1).unwrap();
    let lines = body
        .lines()
        .filter(|line| line.starts_with("<h2") || line.starts_with("<h3") || line.starts_with("<h4"));
    let text = |line: &str| {
        let inner = line.split_once('>').unwrap().1.split(" <a class=\"permalink\"").next().unwrap();
        inner.replace("<span class=\"number\">", "").replace("</span>", "")
    };
    lines.take_while(|line| !line.contains("id=\"_")).map(text).collect()
}

fn contents(html: &str) -> Vec<String> {
    let list = html.split("<nav class=\"contents\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let entries = list.split("<a href=\"#").skip(1);
    let text = |entry: &str| {
        let inner = entry.split_once('>').unwrap().1.split("</a>").next().unwrap();
        inner.replace("<span class=\"number\">", "").replace("</span>", "")
    };
    entries.map(text).collect()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let from = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    from.split(end).next().unwrap()
}

fn built(files: &[(&str, &str)]) -> Handbook {
    let handbook = Handbook::of(files);
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    handbook
}

const SECTIONS: &str = "## Prima\n\nx\n\n## Seconda\n\n### Parte\n\nx\n\n### Altra\n\nx\n";

#[test]
fn a_guideline_is_numbered_under_its_own_number_in_headings_and_contents_and_not_in_ids() {
    let handbook = built(&[("linee-guida/03-a.md", SECTIONS)]);
    let page = handbook.page("linee-guida/a/index.html");
    assert_eq!(headings(&page), ["3.1 Prima", "3.2 Seconda", "3.2.1 Parte", "3.2.2 Altra"]);
    assert_eq!(contents(&page), headings(&page));
    assert!(page.contains("<h3 id=\"altra\"><span class=\"number\">3.2.2</span> Altra <a class=\"permalink\" href=\"#altra\""), "{page}");
}

#[test]
fn beside_provisions_the_numbers_are_plain_and_a_provision_has_its_id_alone() {
    let text =
        "## Prima\n\nx\n\n### Norma {#LG-03.1 .deve}\n\n#### Dentro\n\nx\n\n## Seconda\n\n### Parte\n\nx\n";
    let handbook = built(&[("linee-guida/03-a.md", text)]);
    let page = handbook.page("linee-guida/a/index.html");
    assert_eq!(headings(&page), ["1 Prima", "Norma", "Dentro", "2 Seconda", "2.1 Parte"]);
    assert_eq!(contents(&page), ["1 Prima", "LG-03.1 Norma", "2 Seconda", "2.1 Parte"]);
}

#[test]
fn the_order_that_an_author_gives_is_the_number_and_without_any_it_is_left_out() {
    let ordered = format!("---\norder: 12\n---\n\n{SECTIONS}");
    let handbook = built(&[("linee-guida/03-a.md", &ordered), ("linee-guida/b.md", SECTIONS)]);
    assert_eq!(headings(&handbook.page("linee-guida/a/index.html"))[3], "12.2.2 Altra");
    assert_eq!(headings(&handbook.page("linee-guida/b/index.html"))[3], "2.2 Altra");
}

#[test]
fn a_document_says_otherwise_than_its_kind_and_the_handbook_otherwise_than_the_program() {
    let with = |says: &str| format!("---\nnumbered_headings: {says}\n---\n\n{SECTIONS}");
    let files = [
        ("linee-guida/03-a.md", SECTIONS.to_owned()),
        ("linee-guida/04-b.md", with("false")),
        ("linee-guida/05-c.md", with("true")),
        ("06-d.md", SECTIONS.to_owned()),
        ("07-e.md", with("true")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let pages = ["linee-guida/a", "linee-guida/b", "linee-guida/c", "d", "e"];
    let first = |handbook: &Handbook| {
        pages.map(|page| headings(&handbook.page(&format!("{page}/index.html")))[0].clone())
    };
    let handbook = built(&files);
    assert_eq!(first(&handbook), ["3.1 Prima", "Prima", "5.1 Prima", "Prima", "7.1 Prima"]);
    handbook.file("handbook.yaml", "numbered_headings: false\n");
    handbook.build();
    assert_eq!(first(&handbook), ["Prima", "Prima", "5.1 Prima", "Prima", "7.1 Prima"]);
    handbook.file("handbook.yaml", "numbered_headings: no\n");
    assert_eq!(handbook.check().places(), ["handbook.yaml:1:20 invalid-value"]);
}

const PROVISIONS: &str = "---\nid: LG-01\ntitle: A\n---\n\nIntroduzione.\n\n## Parte\n\nUno.\n\n- due\n- tre\n\n### Norma {#LG-01.1 .deve}\n\nUno.\n\nDue.[^n]\n\n[^n]: Nota.\n";

#[test]
fn every_paragraph_of_a_guideline_has_an_address_and_a_page_of_another_kind_stays_as_it_is() {
    let handbook = built(&[("linee-guida/a.md", PROVISIONS), ("b.md", "Testo.\n")]);
    let page = handbook.page("linee-guida/a/index.html");
    for (element, id) in [
        ("p", "LG-01-p1"),
        ("p", "parte-p1"),
        ("li", "parte-p2"),
        ("li", "parte-p3"),
        ("p", "LG-01.1-p1"),
        ("p", "LG-01.1-p2"),
    ] {
        let sign = format!(
            "<{element} id=\"{id}\"><a class=\"pilcrow\" href=\"#{id}\" tabindex=\"-1\" aria-hidden=\"true\"></a>"
        );
        assert!(page.contains(&sign), "{sign}\n{page}");
    }
    assert_eq!(page.matches("class=\"pilcrow\"").count(), 6);
    assert!(handbook.page("b/index.html").contains("<p>Testo.</p>"));
}

#[test]
fn the_address_of_a_paragraph_stands_among_the_citations_for_those_without_a_mouse() {
    let handbook = built(&[("linee-guida/a.md", PROVISIONS)]);
    let page = handbook.page("linee-guida/a/index.html");
    let provision = between(&page, "<details class=\"cite-forms\">", "</details>");
    assert!(
        provision.contains("<dd><a href=\"#LG-01.1-p1\">1</a> <a href=\"#LG-01.1-p2\">2</a> </dd>"),
        "{provision}"
    );
    let rest = between(&page, "id=\"_cite\">", "</details>");
    assert!(rest.contains("<li>A: <a href=\"#LG-01-p1\">1</a> </li>"), "{rest}");
    assert!(
        rest.contains("<li>1 Parte: <a href=\"#parte-p1\">1</a> <a href=\"#parte-p2\">2</a> <a href=\"#parte-p3\">3</a> </li>"),
        "{rest}"
    );
}

#[test]
fn a_link_may_lead_to_a_paragraph_and_one_to_a_paragraph_that_is_not_there_is_broken() {
    let handbook = built(&[
        ("linee-guida/a.md", PROVISIONS),
        ("b.md", "[capoverso](linee-guida/a.md#LG-01.1-p2) e [[LG-01#parte-p3|punto]]\n"),
    ]);
    let page = handbook.page("b/index.html");
    assert!(page.contains("<a href=\"../linee-guida/a/#LG-01.1-p2\">capoverso</a>"), "{page}");
    assert!(page.contains("<a href=\"../linee-guida/a/#parte-p3\">punto</a>"), "{page}");
    assert!(handbook.page("linee-guida/a/index.html").contains("LG-01.1-p2</"), "what leads to it is listed");
    handbook.file("b.md", "[capoverso](linee-guida/a.md#LG-01.1-p3)\n");
    assert_eq!(handbook.check().places(), ["b.md:1:13 broken-anchor"]);
}

#[test]
fn a_provision_says_how_it_is_cited_without_a_script() {
    let text = PROVISIONS.replace("title: A\n", "title: A\nversion: 2024.10\nupdated: 2026-11-25\n");
    let config = "title: Manuale\npublisher: Ente <A>\n";
    let handbook = built(&[("linee-guida/a.md", &text), ("handbook.yaml", config)]);
    let page = handbook.page("linee-guida/a/index.html");
    let forms = between(&page, "<details class=\"cite-forms\">", "</details>");
    assert!(forms.contains("<summary>Cita<span class=\"hidden\"> LG-01.1</span></summary>"), "{forms}");
    assert!(forms.contains("<dt>Forma breve</dt><dd class=\"form\">LG-01.1</dd>"), "{forms}");
    let full = "«Norma», LG-01.1, Manuale, Ente &lt;A&gt;, versione 2024.10, 25 novembre 2026";
    assert!(forms.contains(&format!("<dt>Forma estesa</dt><dd class=\"form\">{full}</dd>")), "{forms}");
    assert!(forms.contains("<a href=\"#LG-01.1\">Collegamento a LG-01.1</a>"), "{forms}");

    handbook.file("handbook.yaml", format!("{config}base_url: https://example.org/m/\n"));
    handbook.build();
    let page = handbook.page("linee-guida/a/index.html");
    assert!(page.contains("<a href=\"#LG-01.1\">https://example.org/m/linee-guida/a/#LG-01.1</a>"), "{page}");
    let whole = between(&page, "id=\"_cite\">", "</details>");
    assert!(
        whole.contains("«A», LG-01, Manuale, Ente &lt;A&gt;, versione 2024.10, 25 novembre 2026"),
        "{whole}"
    );
    assert!(
        whole.contains(
            "<a href=\"https://example.org/m/linee-guida/a/\">https://example.org/m/linee-guida/a/</a>"
        ),
        "{whole}"
    );
}

#[test]
fn an_image_carries_its_size_and_waits_until_it_is_near() {
    let handbook = Handbook::of(&[
        ("a.md", "![Uno](img/a.png \"T\") ![Due](img/b.svg) ![Tre](img/c.png)\n"),
        (
            "img/b.svg",
            "<!DOCTYPE svg>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"/>\n",
        ),
        ("img/c.png", "not an image"),
    ]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x02\x58\x08\x02\0\0\0".to_vec();
    png.extend([0; 16]);
    handbook.file("img/a.png", png);
    assert_eq!(handbook.build().places(), [""; 0]);
    let page = handbook.page("a/index.html");
    let lazy = "loading=\"lazy\" decoding=\"async\" />";
    for image in [
        format!("<img src=\"../img/a.png\" alt=\"Uno\" title=\"T\" width=\"800\" height=\"600\" {lazy}"),
        format!("<img src=\"../img/b.svg\" alt=\"Due\" width=\"640\" height=\"480\" {lazy}"),
        format!("<img src=\"../img/c.png\" alt=\"Tre\" {lazy}"),
    ] {
        assert!(page.contains(&image), "{image}\n{page}");
    }
}

#[test]
fn the_margin_of_a_printed_page_knows_handbook_id_version_day_and_address() {
    let text = "---\nid: LG-01\nversion: \"3\"\nupdated: 2026-11-25\n---\n\nx\n";
    let config = "title: Manuale\nbase_url: https://example.org/\n";
    let handbook = built(&[("linee-guida/a.md", text), ("handbook.yaml", config)]);
    let root = "<html lang=\"it\" data-head=\"Manuale · LG-01\" data-edition=\"versione 3, 25 novembre 2026\" data-address=\"https://example.org/linee-guida/a/\">";
    assert!(handbook.page("linee-guida/a/index.html").contains(root));
}
