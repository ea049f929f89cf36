//! What others take hold of the pages by: languages, feed, site map, llms.txt, Markdown, editing links, headers.

use vademecum::site::HEADERS;

use crate::harness::Handbook;

/// The lines of a page that hold some words, without the white space around them.
fn lines<'p>(page: &'p str, words: &str) -> Vec<&'p str> {
    page.lines().map(str::trim).filter(|line| line.contains(words)).collect()
}

fn built(files: &[(&str, &str)]) -> Handbook {
    let handbook = Handbook::of(files);
    let said = handbook.build();
    assert_eq!((said.code, said.places()), (0, vec![]), "{}", said.stderr);
    handbook
}

#[test]
fn a_page_names_itself_to_those_who_show_links_to_it() {
    let handbook = built(&[
        (
            "handbook.yaml",
            "title: \"Carta & penna\"\nbase_url: https://example.org/x\nimage: {file: img/a.png, description: Un foglio}\n",
        ),
        ("img/a.png", "png"),
        ("index.md", "# Casa\n\nBenvenuti.\n"),
        ("due.md", "---\ntitle: \"Due \\\"cose\\\"\"\ndescription: Che cosa.\nupdated: 2026-02-03\n---\n"),
    ]);
    assert_eq!(
        lines(&handbook.page("due/index.html"), "<meta property="),
        [
            "<meta property=\"og:title\" content=\"Due &quot;cose&quot;\">",
            "<meta property=\"og:description\" content=\"Che cosa.\">",
            "<meta property=\"og:type\" content=\"article\">",
            "<meta property=\"og:locale\" content=\"it_IT\">",
            "<meta property=\"og:site_name\" content=\"Carta &amp; penna\">",
            "<meta property=\"og:url\" content=\"https://example.org/x/due/\">",
            "<meta property=\"og:image\" content=\"https://example.org/x/img/a.png\">",
            "<meta property=\"og:image:alt\" content=\"Un foglio\">",
            "<meta property=\"article:modified_time\" content=\"2026-02-03\">",
        ]
    );
    assert_eq!(
        lines(&handbook.page("index.html"), "og:type"),
        ["<meta property=\"og:type\" content=\"website\">"]
    );
}

#[test]
fn pages_at_the_same_address_in_two_languages_are_translations_of_each_other() {
    let handbook = built(&[
        ("handbook.yaml", "languages: [it, en]\nbase_url: https://example.org/\n"),
        ("index.md", "# Casa\n"),
        ("en/index.md", "# Home\n"),
        ("linee-guida/04-consultare.md", "# Consultare\n"),
        ("en/linee-guida/4-consultare.md", "# Consulting\n"),
        ("linee-guida/05-solo.md", "# Solo italiano\n"),
    ]);
    let alternates = |page: &str| -> Vec<String> {
        lines(&handbook.page(page), "hreflang")
            .iter()
            .filter_map(|line| line.strip_prefix("<link rel=\"alternate\" "))
            .map(str::to_owned)
            .collect()
    };
    let consulting = [
        "hreflang=\"it\" href=\"https://example.org/linee-guida/consultare/\">",
        "hreflang=\"en\" href=\"https://example.org/en/linee-guida/consultare/\">",
        "hreflang=\"x-default\" href=\"https://example.org/linee-guida/consultare/\">",
    ];
    assert_eq!(alternates("linee-guida/consultare/index.html"), consulting);
    assert_eq!(alternates("en/linee-guida/consultare/index.html"), consulting);
    assert_eq!(
        alternates("en/index.html"),
        [
            "hreflang=\"it\" href=\"https://example.org/\">",
            "hreflang=\"en\" href=\"https://example.org/en/\">",
            "hreflang=\"x-default\" href=\"https://example.org/\">",
        ]
    );
    // A folder without a page of its own has its twin too.
    assert_eq!(alternates("en/linee-guida/index.html").len(), 3);
    assert_eq!(alternates("linee-guida/solo/index.html"), [""; 0]);
    assert_eq!(alternates("dati/index.html"), [""; 0]);
    let page = handbook.page("en/linee-guida/consultare/index.html");
    assert_eq!(
        lines(&page, "<li><a href=\"../../../linee-guida/consultare/\""),
        ["<li><a href=\"../../../linee-guida/consultare/\" hreflang=\"it\" lang=\"it\">Italiano</a></li>"]
    );
    assert_eq!(
        lines(&handbook.page("sitemap.xml"), "<loc>https://example.org/en/linee-guida/consultare/</loc>"),
        ["<url><loc>https://example.org/en/linee-guida/consultare/</loc>\
          <xhtml:link rel=\"alternate\" hreflang=\"it\" href=\"https://example.org/linee-guida/consultare/\"/>\
          <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/en/linee-guida/consultare/\"/></url>"]
    );
}

#[test]
fn the_feed_tells_what_changed_the_newest_first() {
    let handbook = built(&[
        (
            "handbook.yaml",
            "title: Casa & bottega\nlanguages: [it, en]\nbase_url: https://example.org/x/\npublisher: Ente\n\
             licence: {name: CC BY 4.0, url: \"https://example.org/cc\"}\n",
        ),
        ("index.md", "# Casa\n"),
        ("b.md", "---\nupdated: 2026-01-02\n---\n# Due < tre\n"),
        (
            "a.md",
            "---\nid: LG-1\nupdated: 2026-01-02\ndescription: Che cosa.\nchanges: [{edition: \"2026.1\", note: \"Più tempo & meno fretta.\"}]\n---\n# Uno\n",
        ),
        ("c.md", "---\nupdated: 2026-03-04\n---\n# Tre\n"),
        ("bozza.md", "---\nstatus: draft\nupdated: 2026-05-06\n---\n# Bozza\n"),
        ("en/d.md", "---\nupdated: 2026-01-01\n---\n# Four\n"),
    ]);
    let entry = |title: &str, path: &str, day: &str, more: &str| {
        format!(
            "<entry>\n<title>{title}</title>\n<id>https://example.org/x/{path}/</id>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"https://example.org/x/{path}/\"/>\n\
             <updated>{day}T00:00:00Z</updated>\n<category term=\"page\" label=\"Pagina\"/>\n{more}</entry>\n"
        )
    };
    let expected = [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"it\">\n\
         <title>Casa &amp; bottega</title>\n<id>https://example.org/x/feed.xml</id>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/x/feed.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"https://example.org/x/\"/>\n\
         <updated>2026-03-04T00:00:00Z</updated>\n<author><name>Ente</name>\n</author>\n\
         <rights>CC BY 4.0 (https://example.org/cc)</rights>\n",
        &entry("Tre", "c", "2026-03-04", ""),
        &entry(
            "LG-1 Uno",
            "a",
            "2026-01-02",
            "<summary>Che cosa.</summary>\n<content>Più tempo &amp; meno fretta.</content>\n",
        ),
        &entry("Due &lt; tre", "b", "2026-01-02", ""),
        "</feed>\n",
    ];
    assert_eq!(handbook.page("feed.xml"), expected.concat());
    assert_eq!(
        lines(&handbook.page("en/feed.xml"), "<id>"),
        ["<id>https://example.org/x/en/feed.xml</id>", "<id>https://example.org/x/en/d/</id>"]
    );
    assert_eq!(
        lines(&handbook.page("en/d/index.html"), "atom+xml"),
        ["<link rel=\"alternate\" type=\"application/atom+xml\" title=\"News\" href=\"../feed.xml\">"]
    );
}

#[test]
fn there_is_no_feed_without_an_address_or_a_day() {
    for (settings, page) in
        [("title: X\n", "---\nupdated: 2026-01-01\n---\n# A\n"), ("base_url: https://a.it\n", "# A\n")]
    {
        let handbook = built(&[("handbook.yaml", settings), ("index.md", page)]);
        assert!(!handbook.published().contains(&"feed.xml".to_owned()), "{settings}");
        assert_eq!(lines(&handbook.page("index.html"), "atom+xml"), [""; 0]);
    }
}

#[test]
fn drafts_are_published_and_nobody_is_sent_to_them() {
    let handbook = built(&[
        ("handbook.yaml", "base_url: https://a.it\n"),
        ("index.md", "# Casa\n"),
        ("parte/bozza.md", "---\nstatus: draft\n---\n# Bozza\n"),
        ("parte/vista.md", "---\nstatus: consultation\nupdated: 2026-02-01\n---\n# Vista\n"),
    ]);
    let robots = |page: &str| lines(&handbook.page(page), "name=\"robots\"").len();
    assert_eq!(
        (robots("parte/bozza/index.html"), robots("parte/vista/index.html"), robots("404.html")),
        (1, 0, 1)
    );
    let sitemap = handbook.page("sitemap.xml");
    assert!(!sitemap.contains("bozza"), "{sitemap}");
    assert_eq!(
        lines(&sitemap, "/parte/"),
        [
            "<url><loc>https://a.it/parte/</loc><lastmod>2026-02-01</lastmod></url>",
            "<url><loc>https://a.it/parte/vista/</loc><lastmod>2026-02-01</lastmod></url>",
        ]
    );
    assert!(!handbook.page("llms.txt").contains("bozza"));
}

#[test]
fn the_markdown_of_a_page_stands_beside_it_as_its_author_wrote_it() {
    let text = "---\nid: LG-1\n---\n# Uno\n\nVedi [due](sotto/02-due.md).\n";
    let files = [("index.md", "# Casa\n"), ("01-uno.md", text), ("sotto/02-due.md", "# Due\n")];
    let handbook = built(&files);
    assert_eq!(handbook.page("uno/index.md"), text);
    assert_eq!(
        lines(&handbook.page("uno/index.html"), "text/markdown"),
        ["<link rel=\"alternate\" type=\"text/markdown\" href=\"index.md\">"]
    );
    assert_eq!(handbook.page("index.md"), "# Casa\n");

    let without = built(&[&files[..], &[("handbook.yaml", "publish_markdown: false\n")]].concat());
    assert!(!without.published().iter().any(|file| file.ends_with(".md")));
    assert_eq!(lines(&without.page("uno/index.html"), "text/markdown"), [""; 0]);
}

#[test]
fn llms_txt_lists_the_texts_section_by_section() {
    let handbook = built(&[
        ("handbook.yaml", "title: Il manuale\ndescription: Di prova.\nnotice: È una prova.\n"),
        ("index.md", "# Casa\n"),
        ("parte/index.md", "# La parte\n"),
        ("parte/02-b.md", "---\nid: LG-2\ndescription: Una [cosa].\n---\n# Le [cose]\n"),
        ("parte/01-a/x.md", "# Dentro\n"),
    ]);
    assert_eq!(
        handbook.page("llms.txt"),
        "# Il manuale\n\n> Di prova.\n\nÈ una prova.\n\n## Pagine\n\n- [Casa](index.md)\n\n## La parte\n\n\
         - [La parte](parte/index.md)\n- [Dentro](parte/a/x/index.md)\n\
         - [LG-2 Le \\[cose\\]](parte/b/index.md): Una [cosa].\n\n## Optional\n\n\
         - [Dati](dati/handbook.json): Il manuale intero, come JSON.\n"
    );
}

#[test]
fn links_that_edit_and_report_know_their_page_and_escape_what_they_say() {
    let handbook = built(&[
        (
            "handbook.yaml",
            "base_url: https://a.it/m\nedit_url: \"https://forge.it/edit/main/content/{path}\"\n\
             report_url: \"mailto:u@a.it?subject={title}&body={address}%20{path}\"\n",
        ),
        ("glossary.yaml", "terms:\n  - {term: Partner, definition: Chi lavora.}\n"),
        ("index.md", "# Casa\n"),
        ("parte/04 più.md", "# Pari & dispari?\n\nIl partner.\n"),
    ]);
    let actions = |page: &str| {
        let page = handbook.page(page);
        let actions =
            page.split("<ul class=\"page-actions\">").nth(1).and_then(|rest| rest.split("</ul>").next());
        let hrefs = actions.unwrap_or("").split("href=\"").skip(1);
        hrefs.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(
        actions("parte/piu/index.html"),
        [
            "https://forge.it/edit/main/content/parte/04%20pi%C3%B9.md",
            "mailto:u@a.it?subject=Pari%20%26%20dispari%3F&amp;body=https%3A%2F%2Fa.it%2Fm%2Fparte%2Fpiu%2F%20parte%2F04%20pi%C3%B9.md",
        ]
    );
    assert_eq!(
        actions("glossario/partner/index.html")[0],
        "https://forge.it/edit/main/content/glossary.yaml"
    );
    // A folder's list has no file: nothing to edit, and a problem can be told all the same.
    assert_eq!(
        actions("parte/index.html"),
        ["mailto:u@a.it?subject=Parte&amp;body=https%3A%2F%2Fa.it%2Fm%2Fparte%2F%20"]
    );
    assert_eq!(actions("404.html"), [""; 0]);
}

#[test]
fn wrong_settings_of_handles_are_told_at_their_place() {
    let handbook = Handbook::of(&[
        (
            "handbook.yaml",
            "edit_url: https://f.it/{paht}\nreport_url: f.it\nicon: img/aa.png\nimage: {file: a.svg, description: x}\n",
        ),
        ("img/a.png", "png"),
        ("index.md", "# Casa\n"),
    ]);
    let said = handbook.check();
    let told: Vec<_> = said.problems.iter().map(|p| format!("{} {} ({})", p.at, p.message, p.help)).collect();
    assert_eq!(
        told,
        [
            "1:11 unknown placeholder `{paht}` (did you mean `{path}`?)",
            "2:13 `f.it` is not a whole address (write the address from `https://` or `mailto:` on)",
            "3:7 the file `img/aa.png` does not exist (did you mean `img/a.png`?)",
            "4:15 `a.svg` is no picture that can be used here (write a file of the handbook that ends in `.png`, `.jpg`, `.jpeg`, `.webp`)",
        ]
    );
}

#[test]
fn a_handbook_brings_its_own_icon() {
    let handbook =
        built(&[("handbook.yaml", "icon: img/a.png\n"), ("img/a.png", "png"), ("parte/x.md", "# X\n")]);
    assert_eq!(
        lines(&handbook.page("parte/x/index.html"), "rel=\"icon\""),
        ["<link rel=\"icon\" href=\"../../img/a.png\" type=\"image/png\">"]
    );
}

#[test]
fn the_files_for_hosts_and_the_pages_say_what_serve_sends() {
    let handbook = built(&[("handbook.yaml", "base_url: https://a.it/m\n"), ("index.md", "# Casa\n")]);
    let files = ["_headers", ".htaccess", "nginx.conf"].map(|file| handbook.page(file));
    for (name, value) in HEADERS {
        let written = [
            format!("  {name}: {value}\n"),
            format!("Header always set {name} \"{value}\"\n"),
            format!("add_header {name} \"{value}\" always;\n"),
        ];
        for (file, line) in files.iter().zip(written) {
            assert_eq!(file.matches(&line).count(), 1, "{line}{file}");
        }
    }
    assert!(files[1].starts_with("ErrorDocument 404 /m/404.html\n"), "{}", files[1]);
    assert!(files[2].contains("error_page 404 \"/m/404.html\";\n"), "{}", files[2]);
    let (_, policy) = HEADERS[0];
    let in_page = policy.strip_suffix("; frame-ancestors 'self'").unwrap();
    let page = handbook.page("index.html");
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{in_page}\">");
    assert_eq!(lines(&page, "Content-Security-Policy"), [meta]);
    let at = |words: &str| page.find(words).unwrap();
    assert!(at("Content-Security-Policy") < at("stylesheet"), "a policy holds for what comes after it");
}

#[test]
fn a_host_file_of_the_handbooks_own_stands_and_so_does_what_is_well_known() {
    let handbook = built(&[
        ("index.md", "# Casa\n"),
        ("_headers", "/*\n  X-Own: yes\n"),
        (".htaccess", "Require all granted\n"),
        (".well-known/security.txt", "Contact: mailto:a@b.it\n"),
        (".git/config", "no"),
        (".env", "no"),
    ]);
    assert_eq!(handbook.page("_headers"), "/*\n  X-Own: yes\n");
    assert_eq!(handbook.page(".htaccess"), "Require all granted\n");
    assert_eq!(handbook.page(".well-known/security.txt"), "Contact: mailto:a@b.it\n");
    let hidden: Vec<_> = handbook.published().into_iter().filter(|file| file.starts_with('.')).collect();
    assert_eq!(hidden, [".htaccess", ".nojekyll", ".vademecum.json", ".well-known/security.txt"]);
}

#[test]
fn the_page_that_is_not_there_leads_on_without_a_script() {
    let handbook = built(&[
        ("handbook.yaml", "base_url: https://a.it/m\n"),
        ("index.md", "# Casa\n"),
        ("parte/x.md", "# X\n"),
        ("glossary.yaml", "terms:\n  - {term: Partner, definition: Chi lavora.}\n"),
    ]);
    let page = handbook.page("404.html");
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    assert_eq!(
        lines(main, "<li>").into_iter().filter(|line| !line.contains("Inizio")).collect::<Vec<_>>(),
        [
            "<li><a href=\"/m/\">Ricomincia dalla pagina iniziale</a></li>",
            "<li><a href=\"/m/parte/\">Parte</a></li>",
            "<li><a href=\"/m/indice-analitico/\">Indice analitico</a></li>",
            "<li><a href=\"/m/glossario/\">Glossario</a></li>",
        ]
    );
}

#[test]
fn an_icon_from_elsewhere_is_to_be_copied_into_the_handbook() {
    for elsewhere in ["../icona.svg", "https://example.org/icona.svg"] {
        let handbook =
            Handbook::of(&[("index.md", "# Casa\n"), ("handbook.yaml", &format!("icon: {elsewhere}\n"))]);
        let said = handbook.check();
        let found: Vec<_> =
            said.problems.iter().map(|p| (p.code.as_str(), p.at.as_str(), p.help.as_str())).collect();
        let help = "copy the file into the handbook, and write its name here";
        assert_eq!(found, [("outside-handbook", "1:7", help)], "{elsewhere}");
    }
}
