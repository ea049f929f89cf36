//! Terms of the glossary in prose: they become links by themselves, and their pages list every use.

use crate::harness::{ACT, Handbook};

const GLOSSARY: &str = "terms:
- term: autorità di gestione
  acronym: AdG
  forms: [autorità di gestione, autorità di gestione regionali]
  definition: Chi gestisce.
- {term: autorità, definition: Chi decide.}
- {term: conflitto d'interessi, definition: Un interesse che pesa.}
- {term: gestione, definition: Il gestire.}
- {term: programma, forms: [programma, programmi], definition: Un piano.}
- {term: ACT, definition: Una sigla senza parole.}
- {term: art. 5, definition: Un nome da citazione.}
";

fn handbook(text: &str) -> Handbook {
    Handbook::of(&[
        ("a.md", text),
        ("x.png", "png"),
        ("glossary.yaml", GLOSSARY),
        ("acts/reg-2014-240.yaml", ACT),
    ])
}

/// The prose of the page, as published.
fn prose_of(handbook: &Handbook) -> String {
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    let page = handbook.page("a/index.html");
    let prose = page.split("<div class=\"prose\">").nth(1).unwrap();
    prose.split("\n\n</div>").next().unwrap().trim().to_owned()
}

/// The linked terms of a page: `words → slug`, with `=` for an acronym that has its words.
fn links_of(handbook: &Handbook) -> Vec<String> {
    let html = prose_of(handbook);
    well_nested(&html);
    let links = html.split("<a class=\"term\" href=\"../glossario/#").skip(1);
    links
        .map(|rest| {
            let (slug, rest) = rest.split_once("\">").unwrap();
            let words = rest.split("</a>").next().unwrap();
            match words.strip_prefix("<abbr title=\"") {
                Some(abbr) => {
                    let (name, words) = abbr.split_once("\">").unwrap();
                    format!("{} = {name} → {slug}", words.trim_end_matches("</abbr>"))
                }
                None => format!("{words} → {slug}"),
            }
        })
        .collect()
}

fn links(text: &str) -> Vec<String> {
    links_of(&handbook(text))
}

/// Every element is closed by its own end tag, in order, and no link stands in a link.
fn well_nested(html: &str) {
    const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else if !VOID.contains(&name) {
            assert!(name != "a" || !open.contains(&"a"), "a link in a link: {html}");
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "{html}");
}

/// As a template writes it.
fn escaped(text: &str) -> String {
    text.replace('\'', "&#39;")
}

#[test]
fn a_term_is_a_link_to_its_entry_and_an_acronym_has_its_words() {
    assert_eq!(
        prose_of(&handbook("Scrive l'autorità di gestione, cioè l'AdG.\n\n## Poi\n\nL'AdG e l'ACT.\n")),
        "<p>Scrive l'<a class=\"term\" href=\"../glossario/#autorita-di-gestione\">autorità di gestione</a>, cioè l'<abbr title=\"autorità di gestione\">AdG</abbr>.</p>\n\
         <h2 id=\"poi\">Poi <a class=\"permalink\" href=\"#poi\" aria-label=\"Collegamento a Poi\">#</a></h2>\n\
         <p>L'<a class=\"term\" href=\"../glossario/#autorita-di-gestione\"><abbr title=\"autorità di gestione\">AdG</abbr></a> e \
         l'<a class=\"term\" href=\"../glossario/#act\">ACT</a>.</p>"
    );
}

#[test]
fn only_the_first_use_under_each_heading_is_linked() {
    assert_eq!(
        links(
            "programma, programma\n\n- programmi\n\n## Uno\n\nprogrammi, programma\n\n### Due\n\nprogramma\n\n### Tre\n\nniente\n\n## Quattro\n\nProgrammi\n"
        ),
        ["programma → programma", "programmi → programma", "programma → programma", "Programmi → programma"]
    );
    assert_eq!(links("# Titolo\n\nprogramma\n\n## Due\n\nprogramma\n").len(), 2);
}

#[test]
fn only_whole_words_in_their_longest_form_count() {
    for (text, expected) in [
        ("I programmatori del programma-quadro, programma_1, a@programma.it.", vec![]),
        ("le autorità di gestione regionali", vec!["autorità di gestione regionali → autorita-di-gestione"]),
        ("autorità di controllo e di gestione", vec!["autorità → autorita", "gestione → gestione"]),
        ("autorità, di gestione", vec!["autorità → autorita", "gestione → gestione"]),
        ("(programma), «programma».", vec!["programma → programma"]),
        ("adg, act, Act", vec![]),
        ("Autorità Di Gestione", vec!["Autorità Di Gestione → autorita-di-gestione"]),
        ("AUTORITÀ DI GESTIONE", vec!["AUTORITÀ DI GESTIONE → autorita-di-gestione"]),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn elisions_apostrophes_and_line_ends_do_not_hide_a_term() {
    for (text, expected) in [
        ("dell'autorità di gestione", "autorità di gestione → autorita-di-gestione"),
        ("dell’autorità di gestione", "autorità di gestione → autorita-di-gestione"),
        ("il conflitto d'interessi", "conflitto d'interessi → conflitto-d-interessi"),
        ("il conflitto d’interessi", "conflitto d’interessi → conflitto-d-interessi"),
        ("l'autorità\ndi gestione", "autorità\ndi gestione → autorita-di-gestione"),
        ("- l'autorità di\n  gestione", "autorità di\ngestione → autorita-di-gestione"),
        ("> l'autorità\n> di gestione", "autorità\ndi gestione → autorita-di-gestione"),
        ("> - l'autorità\n>   di\n>   gestione", "autorità\ndi\ngestione → autorita-di-gestione"),
        ("l'autorità\u{a0}di gestione", "autorità\u{a0}di gestione → autorita-di-gestione"),
    ] {
        assert_eq!(links(text), [expected], "{text}");
    }
}

#[test]
fn nothing_in_code_links_headings_images_or_citations_is_a_term() {
    for text in [
        "`programma`",
        "```\nprogramma\n```",
        "    programma",
        "[un programma](x.png)",
        "[[AdG|il programma]]",
        "<https://programma.it/programma>",
        "## Il programma",
        "![Il programma](x.png)",
        "Lo dice l'art. 5 e l'art. 5, par. 2.",
        "<abbr title=\"il programma\">altro</abbr>",
        "<!-- programma -->",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
    // What stands beside them is.
    assert_eq!(links("`programma` [x](x.png) programma ![y](x.png)"), ["programma → programma"]);
}

#[test]
fn a_term_stands_wherever_prose_is_and_the_html_stays_whole() {
    for (text, expected) in [
        ("- programma\n- *l'autorità di gestione*", 2),
        ("| A | B |\n|---|---|\n| programma | **AdG** |", 2),
        ("> [!NOTE]\n> Il programma.", 1),
        ("x[^1]\n\n[^1]: Il programma dell'autorità di gestione.", 2),
        ("***programma***, ~~AdG~~", 2),
        ("<b>l'autorità di gestione</b> <span lang=\"it\">programma</span>", 2),
        ("programma\n: l'AdG", 2),
        ("- [ ] programma\n- [x] AdG", 2),
        ("programma  \nAdG", 2),
        ("programma & <programma>, AdG &lt;programma", 2),
    ] {
        assert_eq!(links(text).len(), expected, "{text}: {}", prose_of(&handbook(text)));
    }
}

#[test]
fn a_term_goes_on_over_emphasis_and_not_over_code() {
    for (text, is_term) in [
        ("l'autorità *di gestione*", true),
        ("l'**autorità** di gestione", true),
        ("*l'autorità di* gestione", true),
        ("l'autorità `di` gestione", false),
    ] {
        let found = links(text);
        let is_found = found.iter().any(|link| link.ends_with("→ autorita-di-gestione"));
        assert_eq!(is_found, is_term, "{text}: {found:?}");
    }
}

#[test]
fn an_acronym_has_its_words_at_its_first_use_under_a_heading_even_after_the_long_form() {
    let count = |text: &str| {
        let html = prose_of(&handbook(text));
        well_nested(&html);
        (html.matches("class=\"term\"").count(), html.matches("<abbr").count())
    };
    assert_eq!(count("L'AdG, l'AdG e l'autorità di gestione.\n"), (1, 1));
    assert_eq!(count("L'autorità di gestione, l'AdG e l'AdG.\n"), (1, 1));
    assert_eq!(count("L'AdG.\n\n## Poi\n\nL'autorità di gestione, l'AdG.\n\n## Fine\n\nL'AdG.\n"), (3, 3));
    assert_eq!(count("---\nlink_terms: false\n---\n\nL'AdG.\n"), (0, 0));
}

#[test]
fn a_term_goes_over_emphasis_and_over_nothing_else() {
    let link =
        |words: &str| format!("<a class=\"term\" href=\"../glossario/#autorita-di-gestione\">{words}</a>");
    for (text, expected) in [
        ("l'**autorità** di gestione", format!("l'{}", link("<strong>autorità</strong> di gestione"))),
        ("l'autorità *di gestione* e", format!("l'{} e", link("autorità <em>di gestione</em>"))),
        ("*l'autorità di* gestione", format!("<em>l'{}</em>{}", link("autorità di"), link(" gestione"))),
        ("autorit&agrave;&nbsp;di gestione", link("autorità\u{a0}di gestione")),
    ] {
        let html = prose_of(&handbook(text));
        well_nested(&html);
        assert_eq!(html, format!("<p>{expected}</p>"), "{text}");
    }
    for text in [
        "l'autorità `di` gestione",
        "l'autorità <b>di gestione</b>",
        "l'autorità[^1] di gestione\n\n[^1]: x",
        "l'autorità ~~di~~ gestione",
    ] {
        let found = links(text);
        assert!(!found.iter().any(|link| link.ends_with("→ autorita-di-gestione")), "{text}: {found:?}");
    }
}

#[test]
fn a_term_in_a_note_is_used_where_the_note_is_first_mentioned() {
    let handbook = handbook(
        "## Uno {#uno}\n\nTesto.[^1] Il programma.\n\n## Due {#due}\n\nAltro.[^1]\n\n[^1]: Il programma e l'autorità di gestione.\n",
    );
    assert_eq!(links_of(&handbook), ["programma → programma", "autorità di gestione → autorita-di-gestione"]);
    let page = handbook.page("glossario/autorita-di-gestione/index.html");
    assert!(page.contains("href=\"../../a/#uno\"") && !page.contains("href=\"../../a/#due\""), "{page}");
}

#[test]
fn typographic_signs_do_not_hide_a_term_or_change_its_place() {
    for (text, expected) in [
        ("dell'autorità di gestione...", vec!["autorità di gestione → autorita-di-gestione"]),
        (
            "\"programma\" -- 'AdG'",
            vec!["programma → programma", "AdG = autorità di gestione → autorita-di-gestione"],
        ),
        ("un conflitto d'interessi", vec!["conflitto d’interessi → conflitto-d-interessi"]),
        ("un \"conflitto d'interessi\"", vec!["conflitto d’interessi → conflitto-d-interessi"]),
    ] {
        let handbook = handbook(text);
        handbook.file("handbook.yaml", "typography: true\n");
        assert_eq!(links_of(&handbook), expected, "{text}");
    }
    let handbook = handbook("\"Programma\" dell'AdG -- lo dice l'art. 5, par. 2 --.\n");
    handbook.file("handbook.yaml", "typography: true\n");
    let prose = prose_of(&handbook);
    assert!(
        prose.contains("“<a class=\"term\" href=\"../glossario/#programma\">Programma</a>” dell’<a"),
        "{prose}"
    );
    assert!(prose.contains("l’<a class=\"citation\""), "{prose}");
}

#[test]
fn of_a_form_with_two_terms_the_first_of_the_alphabet_counts_and_a_link_by_name_must_choose() {
    let handbook = handbook("il comitato");
    handbook.file(
        "glossary.yaml",
        "terms:\n- {term: comitato tecnico, forms: [comitato], definition: x}\n- {term: comitato di sorveglianza, forms: [comitato], definition: y}\n",
    );
    assert_eq!(links_of(&handbook), ["comitato → comitato-di-sorveglianza"]);
    handbook.file("a.md", "il [[comitato]]");
    let said = handbook.check();
    assert_eq!(said.places(), ["a.md:1:6 ambiguous-target"]);
    assert_eq!(said.only().help, "choose among `[[comitato di sorveglianza]]`, `[[comitato tecnico]]`");
}

#[test]
fn the_settings_and_a_page_can_leave_terms_alone_and_uses_count_all_the_same() {
    let handbook = handbook("---\nlink_terms: false\n---\n\nIl programma.\n");
    assert_eq!(links_of(&handbook), [""; 0]);
    assert!(handbook.page("glossario/programma/index.html").contains("<q>Il programma.</q>"));
    handbook.file("handbook.yaml", "link_terms: false\n");
    handbook.file("a.md", "Il programma.\n");
    assert_eq!(links_of(&handbook), [""; 0]);
    handbook.file("a.md", "---\nlink_terms: true\n---\n\nIl programma.\n");
    assert_eq!(links_of(&handbook), ["programma → programma"]);
}

#[test]
fn the_page_of_a_term_lists_every_use_with_its_sentence_and_the_heading_above_it() {
    let handbook = handbook(
        "---\nid: P-1\ntitle: Pagina\n---\n\nPrima. L'AdG scrive. Dopo.\n\n## Uso {#uso}\n\nNiente. Legge l'*autorità di gestione*, ancora l'AdG.\n\n- La terza è dell'AdG\n\n`AdG`\n",
    );
    handbook.file("b.md", "# Altra\n\nRisponde l'[[AdG|ufficio]].\n");
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("glossario/autorita-di-gestione/index.html");
    let uses = page.split("id=\"_uses\"").nth(1).unwrap().split("</section>").next().unwrap();
    let sentences: Vec<&str> =
        uses.split("<q>").skip(1).map(|rest| rest.split("</q>").next().unwrap()).collect();
    let expected = [
        "L'AdG scrive.",
        "Legge l'autorità di gestione, ancora l'AdG.",
        "La terza è dell'AdG",
        "Risponde l'ufficio.",
    ];
    assert_eq!(sentences, expected.map(escaped));
    assert!(uses.contains("<a class=\"mentions__where\" href=\"../../a/#uso\">Uso</a>"), "{uses}");
    assert!(uses.contains("<a href=\"../../b/\">Altra</a>"), "{uses}");
    assert!(page.contains("autorità di gestione regionali"), "its other forms: {page}");
    // A term without uses says so.
    let unused = handbook.page("glossario/conflitto-d-interessi/index.html");
    assert!(!unused.contains("<q>"), "{unused}");
    assert!(unused.contains("Nessun"), "{unused}");
}

#[test]
fn what_leads_to_a_document_a_provision_or_an_article_stands_there_with_its_sentence() {
    let handbook = Handbook::of(&[
        (
            "linee-guida/a.md",
            "---\nid: LG-1\ntitle: Guida\narticles: [\"art. 5\"]\n---\n\n### Fare {#LG-1.1 .deve}\n\nPrima. L'ufficio fa (art. 5, par. 1). Dopo.\n",
        ),
        (
            "b.md",
            "# Pagina\n\nUno. Vedi [[LG-1.1]] e basta. Due.\n\n## Poi\n\nLo spiega la [guida](linee-guida/a.md)! Tre.\n\nQuattro. Lo dice l'art. 5, par. 1.\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
    ]);
    assert_eq!(handbook.build().code, 0);
    let guideline = handbook.page("linee-guida/a/index.html");
    let backlinks = guideline.split("id=\"_backlinks\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(
        backlinks.contains("<span class=\"card__id\">LG-1.1</span> <q>Vedi LG-1.1 Fare e basta.</q>")
            || backlinks.contains("<span class=\"card__id\">LG-1.1</span> <q>Vedi LG-1.1 e basta.</q>"),
        "{backlinks}"
    );
    assert!(
        backlinks.contains(
            "<q>Lo spiega la guida!</q> <a class=\"mentions__where\" href=\"../../b/#poi\">Poi</a>"
        ),
        "{backlinks}"
    );
    assert!(!backlinks.contains("Uno.") && !backlinks.contains("Tre."), "{backlinks}");
    let article = handbook.page("atti/reg-2014-240/art-5/index.html");
    for sentence in ["L'ufficio fa (art. 5, par. 1).", "Lo dice l'art. 5, par. 1."] {
        assert!(article.contains(&format!("<q>{}</q>", escaped(sentence))), "{sentence}: {article}");
    }
}
