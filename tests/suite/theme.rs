//! Themes: one file of the program's own replaced, a theme of the handbook's own, and what is said of a wrong one.

use crate::harness::{ACT, Handbook, Said, bytes_of, program};

/// A handbook with a page of each kind.
fn of_every_kind() -> Handbook {
    Handbook::of(&[
        ("handbook.yaml", "title: Manuale\nacts: [reg-2014-240]\nbase_url: https://example.org/m/\n"),
        ("acts/reg-2014-240.yaml", ACT),
        ("glossary.yaml", "terms:\n  - term: preavviso\n    definition: Il tempo prima.\n"),
        ("vocabularies.yaml", "audience:\n  partner:\n    label: {it: Partner, en: Partners}\n"),
        (
            "activity-lines.yaml",
            "source: Prova\nlines:\n  - {id: a, name: A}\ngroups:\n  - {id: regioni, name: Regioni}\nbodies:\n  - {id: basilicata, name: Basilicata, group: regioni, lines: [a]}\n",
        ),
        ("index.md", "# Manuale\n\nTesto.\n"),
        (
            "linee-guida/01-uno.md",
            "---\nid: LG-01\ntitle: Uno\ndescription: Prova.\nstatus: approved\narticles: [\"art. 5\"]\naudience: [partner]\n---\n\n### Avvisare {#LG-01.1 .deve}\n\nCon preavviso (art. 5, par. 1).\n",
        ),
        (
            "pratiche/prova.md",
            "---\nid: PR-01\ntitle: Prova sul campo\nstatus: approved\n---\n\nTesto con un [modulo](../strumenti/modulo.md).\n",
        ),
        ("strumenti/modulo.md", "---\nid: ST-01\ntitle: Modulo\nstatus: approved\n---\n\nTesto.\n"),
    ])
}

/// A theme of five templates, which knows nothing of the program's own.
const MINIMO: [(&str, &str); 8] = [
    (
        "themes/minimo/templates/base.html",
        "<!doctype html>\n<html lang=\"{{ frame.lang }}\">\n<head><meta charset=\"utf-8\"><title>{{ frame.title }}</title>\
         <link rel=\"stylesheet\" href=\"{{ asset(name='look/minimo.css') }}\"></head>\n<body class=\"{{ page }}\">\n\
         <nav>{{ frame.navigation | safe }}</nav>\n<main>{% block content %}{% endblock %}</main>\n\
         <p><a href=\"{{ frame.home }}\">{{ t.home }}</a> {{ t.motto }}</p>\n</body>\n</html>\n",
    ),
    (
        "themes/minimo/templates/document.html",
        "{% extends \"base.html\" %}\n{% block content %}<h1>{{ document.title }}</h1>{{ document.body | safe }}{% endblock %}\n",
    ),
    (
        "themes/minimo/templates/article.html",
        "{% extends \"base.html\" %}\n{% block content %}<h1>{{ title }}</h1>\n{% set items = documents %}{% include \"parts/list.html\" %}{% endblock %}\n",
    ),
    (
        "themes/minimo/templates/page.html",
        "{% extends \"base.html\" %}\n{% block content %}<h1>{{ frame.title }}</h1>{% endblock %}\n",
    ),
    (
        "themes/minimo/templates/parts/list.html",
        "<ul>{% for item in items %}<li><a href=\"{{ item.href }}\">{{ item.title }}</a></li>{% endfor %}</ul>\n",
    ),
    ("themes/minimo/assets/look/minimo.css", "main { max-width: 40rem }\n"),
    ("themes/minimo/strings/it.yaml", "motto: Breve e chiaro\nhome: Da capo\n"),
    ("themes/minimo/LICENSE", "CC0\n"),
];

fn with_minimo() -> Handbook {
    let handbook = of_every_kind();
    for (path, text) in MINIMO {
        handbook.file(path, text);
    }
    handbook.edit("handbook.yaml", "title: Manuale\n", "title: Manuale\ntheme: minimo\n");
    handbook
}

/// `file:line:column code: message (help)` of each problem.
fn told(said: &Said) -> Vec<String> {
    said.problems.iter().map(|p| format!("{}: {} ({})", p.place(), p.message, p.help)).collect()
}

#[test]
fn a_theme_of_the_handbooks_own_makes_every_page_and_takes_nothing_of_the_look_from_the_program() {
    let handbook = with_minimo();
    let said = handbook.build();
    assert_eq!((said.code, told(&said)), (0, vec![]));
    let published = handbook.published();
    let assets: Vec<_> = published.iter().filter(|file| file.starts_with("assets/")).collect();
    assert_eq!(assets, ["assets/look/minimo.css"]);
    let pages: Vec<_> = published.iter().filter(|file| file.ends_with(".html")).collect();
    assert!(pages.len() > 30, "{pages:?}");
    for page in pages {
        let html = handbook.page(page);
        assert!(html.starts_with("<!doctype html>\n<html lang=\"it\">"), "{page}: {html}");
        assert!(html.contains("Da capo</a> Breve e chiaro</p>"), "{page}");
        assert_eq!(html.matches("<h1>").count(), 1, "{page}");
        for of_italia in ["style.css", "site.js", "icon.svg", "filter.js", "masthead"] {
            assert!(!html.contains(of_italia), "{page} names {of_italia}");
        }
    }
    let class_of = |page: &str| {
        let html = handbook.page(page);
        html.split("<body class=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    for (page, class) in [
        ("index.html", "document"),
        ("linee-guida/index.html", "section"),
        ("atti/index.html", "acts"),
        ("atti/reg-2014-240/index.html", "act"),
        ("atti/reg-2014-240/art-5/index.html", "article"),
        ("atti/reg-2014-240/intero/index.html", "whole-act"),
        ("copertura/index.html", "coverage"),
        ("ciclo-delle-prove/index.html", "cycle"),
        ("glossario/index.html", "glossary"),
        ("glossario/preavviso/index.html", "term"),
        ("linee-di-attivita/index.html", "activity-lines"),
        ("dati/index.html", "data"),
        ("che-cosa-riguarda-me/index.html", "concerns"),
        ("che-cosa-riguarda-me/destinatari/partner/index.html", "concern"),
        ("indice-analitico/index.html", "analytic-index"),
        ("cerca/index.html", "search"),
        ("stampa/index.html", "print"),
        ("404.html", "not-found"),
    ] {
        assert_eq!(class_of(page).as_deref(), Some(class), "{page}");
    }
    assert!(handbook.page("linee-guida/uno/index.html").contains("</a>Con <a"), "the text of a document");
    assert!(
        handbook.page("atti/reg-2014-240/art-5/index.html").contains("../../../linee-guida/uno/\">Uno</a>")
    );
}

#[test]
fn an_asset_is_found_from_every_depth_under_any_name() {
    let handbook = with_minimo();
    handbook.file("themes/minimo/assets/look/più bello.css", "p {}\n");
    handbook.edit("themes/minimo/templates/base.html", "look/minimo.css", "look/più bello.css");
    assert_eq!(handbook.build().code, 0);
    for (page, href) in [
        ("index.html", "assets/look/pi%C3%B9%20bello.css"),
        ("linee-guida/uno/index.html", "../../assets/look/pi%C3%B9%20bello.css"),
        ("404.html", "/m/assets/look/pi%C3%B9%20bello.css"),
    ] {
        assert!(handbook.page(page).contains(&format!("href=\"{href}\"")), "{page}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_named_at_its_line_with_the_nearest() {
    let handbook = with_minimo();
    handbook.edit("handbook.yaml", "theme: minimo", "theme: minmo");
    let said = handbook.check();
    assert_eq!(
        told(&said),
        ["handbook.yaml:2:8 unknown-theme: there is no theme `minmo` (did you mean `minimo`?)"]
    );
    for name in ["../../altro", "minimo/templates", "x"] {
        handbook.edit("handbook.yaml", "theme: minmo", &format!("theme: {name}"));
        assert_eq!(
            told(&handbook.check()),
            [format!(
                "handbook.yaml:2:8 unknown-theme: there is no theme `{name}` (the themes are `italia`, `minimo`; \
                 a theme of the handbook's own is a folder of `themes/`)"
            )]
        );
        handbook.edit("handbook.yaml", &format!("theme: {name}"), "theme: minmo");
    }
    handbook.edit("handbook.yaml", "theme: minmo", "theme: italia");
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.page("index.html").contains("assets/style.css"));
}

#[test]
fn a_page_without_a_template_names_it_once_with_the_pages_that_need_it() {
    let handbook = with_minimo();
    handbook.remove("themes/minimo/templates/page.html");
    let said = handbook.build();
    assert_eq!(said.code, 1);
    let places = said.places();
    assert!(places.iter().all(|place| place == "handbook.yaml:2:8 missing-template"), "{places:?}");
    let messages: Vec<_> = told(&said);
    let section = "handbook.yaml:2:8 missing-template: the theme `minimo` has no template `section.html`, which \
                   `linee-guida/index.html` needs (add `themes/minimo/templates/section.html`, or `page.html`, which \
                   serves every page without a template of its own; 2 more pages have the same problem)";
    assert!(messages.contains(&section.to_owned()), "{messages:#?}");
    assert_eq!(messages.iter().filter(|message| message.contains("`concern.html`,")).count(), 1);
}

#[test]
fn the_chapters_of_the_whole_handbook_are_a_part_that_the_template_of_all_pages_does_not_serve() {
    let handbook = with_minimo();
    let with = |name: &str, text: &str| handbook.file(&format!("themes/minimo/templates/{name}"), text);
    with("print.html", "<h1>{{ title }}</h1>{{ chapters | safe }}");
    let said = handbook.check();
    assert_eq!(
        told(&said),
        [
            "handbook.yaml:2:8 missing-template: the theme `minimo` has no template `print-chapter.html`, which \
             `stampa/index.html` needs (add `themes/minimo/templates/print-chapter.html`)"
        ]
    );
    with("print-chapter.html", "{% if document %}<h2>{{ document.title }}</h2>{% endif %}");
    assert_eq!(handbook.build().code, 0);
    let page = "<h1>Manuale</h1><h2>Manuale</h2><h2>Uno</h2><h2>Prova sul campo</h2><h2>Modulo</h2>";
    assert_eq!(handbook.page("stampa/index.html"), page);
}

#[test]
fn a_handbook_replaces_each_kind_of_file_by_itself() {
    let plain = of_every_kind();
    assert_eq!(plain.build().code, 0);
    for (file, text, page, words) in [
        (
            "templates/not-found.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Persa</h1>{% endblock %}",
            "404.html",
            "<h1>Persa</h1>",
        ),
        (
            "templates/entries.html",
            "<p>{{ entries | length }} pagine</p>",
            "linee-guida/index.html",
            "<p>1 pagine</p>",
        ),
        ("strings/it.yaml", "home: Casa\n", "linee-guida/uno/index.html", ">Casa</a>"),
        ("assets/style.css", "p { color: red }\n", "assets/style.css", "p { color: red }\n"),
        ("assets/icon.svg", "<svg/>", "assets/icon.svg", "<svg/>"),
        ("assets/carattere.woff2", "x", "assets/carattere.woff2", "x"),
    ] {
        let handbook = of_every_kind();
        handbook.file(&format!("themes/italia/{file}"), text);
        let said = handbook.build();
        assert_eq!((said.code, told(&said)), (0, vec![]), "{file}");
        assert!(handbook.page(page).contains(words), "{file}: {page}");
    }
}

#[test]
fn a_template_of_the_handbooks_own_brings_its_strings_and_its_files() {
    let handbook = of_every_kind();
    handbook.file("themes/italia/templates/section.html", "{% extends \"base.html\" %}\n{% block main %}<h1>{{ title }}</h1>{% include \"saluto.html\" %}{% endblock %}\n");
    handbook.file(
        "themes/italia/templates/saluto.html",
        "<p><img src=\"{{ asset(name='logo.svg') }}\" alt=\"\"> {{ t.saluto }}</p>",
    );
    handbook.file("themes/italia/strings/it.yaml", "saluto: Benvenuti\n");
    handbook.file("themes/italia/assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let said = handbook.build();
    assert_eq!((said.code, told(&said)), (0, vec![]));
    let page = handbook.page("linee-guida/index.html");
    assert!(page.contains("<p><img src=\"../assets/logo.svg\" alt=\"\"> Benvenuti</p>"), "{page}");
}

#[test]
fn strings_of_a_wrong_form_are_told_at_their_place() {
    let handbook = of_every_kind();
    handbook.file(
        "themes/italia/strings/it.yaml",
        "home: [uno, due]\nmenu: {a: b}\nskip:\nhomme: Casa\nsaluto: Ciao\nnext: 3\n",
    );
    handbook.file("themes/italia/strings/en.yaml", "- home\n");
    let said = handbook.check();
    assert_eq!(
        said.places(),
        [
            "themes/italia/strings/en.yaml:1:1 wrong-type",
            "themes/italia/strings/it.yaml:1:7 wrong-type",
            "themes/italia/strings/it.yaml:2:7 wrong-type",
            "themes/italia/strings/it.yaml:3:5 wrong-type",
            "themes/italia/strings/it.yaml:4:1 interface-string",
            "themes/italia/strings/it.yaml:5:1 interface-string",
        ]
    );
    assert_eq!(said.problems[4].help, "did you mean `home`?");
    assert_eq!(said.problems[5].severity, "warning");
    handbook.file("themes/italia/strings/en.yaml", "home: \"a\n");
    assert_eq!(handbook.check().problems[0].file, "themes/italia/strings/en.yaml");
}

#[test]
fn a_file_of_a_theme_that_nothing_reads_is_a_warning_that_says_where_it_belongs() {
    let handbook = of_every_kind();
    for file in [
        "style.css",
        "strings/fr.yaml",
        "templates/documnt.html",
        "document.html",
        "README.md",
        "assets/x.css",
    ] {
        handbook.file(&format!("themes/italia/{file}"), "x: y\n");
    }
    let said = handbook.check();
    assert_eq!(said.code, 0);
    assert_eq!(
        told(&said),
        [
            "themes/italia/document.html theme-file: the theme does not read `document.html` (move it to `themes/italia/templates/document.html`)",
            "themes/italia/strings/fr.yaml theme-file: the theme does not read `strings/fr.yaml` (the strings stand in `themes/italia/strings/it.yaml` and `themes/italia/strings/en.yaml`)",
            "themes/italia/style.css theme-file: the theme does not read `style.css` (move it to `themes/italia/assets/style.css`)",
            "themes/italia/templates/documnt.html theme-file: no page uses the template `documnt.html` (did you mean `document.html`?)",
        ]
    );
}

/// What `check` says of these templates over the program's own; a build of them changes nothing.
fn said_of(templates: &[(&str, &str)]) -> Vec<String> {
    let handbook = of_every_kind();
    assert_eq!(handbook.build().code, 0);
    let before = bytes_of(&handbook.beside("public"));
    for (name, text) in templates {
        handbook.file(&format!("themes/italia/templates/{name}"), text);
    }
    let said = handbook.check();
    assert_eq!(said.code, 1, "{templates:?}");
    let built = handbook.build();
    assert_eq!((built.code, told(&built)), (1, told(&said)), "{templates:?}");
    assert_eq!(bytes_of(&handbook.beside("public")), before);
    told(&said).iter().map(|told| told.replace("themes/italia/templates/", "")).collect()
}

#[test]
fn templates_that_cannot_be_read_are_all_told_at_once() {
    let compare =
        "compare the template with the theme's own; the values of each template are in docs/theme.md";
    let said = said_of(&[("section.html", "{% if %}"), ("document.html", "a\n{{ document.title")]);
    assert_eq!(
        said,
        [
            format!(
                "document.html:2:13 template: the template cannot be read: Unexpected end of input ({compare})"
            ),
            format!(
                "section.html:1:7 template: the template cannot be read: Found `%}}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{{`, `[` or `(` ({compare})"
            ),
        ]
    );
    let said = said_of(&[
        ("document.html", "{% include \"entrys.html\" %}\n\n  {{ 'è' | big }}{{ now() }}"),
        ("section.html", "{% if title is large %}{% endif %}{{<logo/>}}"),
    ]);
    assert_eq!(
        said,
        [
            "document.html:1:12 template: the template cannot be read: there is no template `entrys.html` (did you mean `entries.html`?)".to_owned(),
            format!("document.html:3:12 template: the template cannot be read: there is no filter `big` ({compare})"),
            format!("document.html:3:21 template: the template cannot be read: there is no function `now` ({compare})"),
            format!("section.html:1:16 template: the template cannot be read: there is no test `large` ({compare})"),
            format!("section.html:1:37 template: the template cannot be read: there is no component `logo` ({compare})"),
        ]
    );
}

#[test]
fn templates_that_lead_to_each_other_in_a_circle_are_told_where_the_handbook_closes_it() {
    let help = "take one of the references away";
    assert_eq!(
        said_of(&[("document.html", "{% extends \"document.html\" %}")]),
        [format!(
            "document.html:1:12 template: the template cannot be read: the templates extend each other in a circle: `document.html` → `document.html` ({help})"
        )]
    );
    assert_eq!(
        said_of(&[("base.html", "{% extends \"section.html\" %}{% block main %}{% endblock %}")]),
        [format!(
            "base.html:1:12 template: the template cannot be read: the templates extend each other in a circle: `base.html` → `section.html` → `base.html` ({help})"
        )]
    );
    assert_eq!(
        said_of(&[("entries.html", "<p>\n{% include 'section.html' %}")]),
        [format!(
            "entries.html:2:12 template: the template cannot be read: the templates include each other in a circle: `entries.html` → `section.html` → `entries.html` ({help})"
        )]
    );
    assert_eq!(
        said_of(&[("document.html", "{% component a() %}{{<a/>}}{% endcomponent %}{{<a/>}}")]).len(),
        1,
        "a component that holds itself"
    );
}

#[test]
fn a_template_that_does_not_fit_those_of_the_program_is_blamed_itself() {
    assert_eq!(
        said_of(&[("document.html", "{% extends \"bass.html\" %}")]),
        [
            "document.html:1:12 template: the template cannot be read: there is no template `bass.html` (did you mean `base.html`?)"
        ]
    );
    assert_eq!(
        said_of(&[("base.html", "<!doctype html>\n")]),
        [
            "base.html template: the template cannot be read: the block `main` is missing in the template that is extended, as the program's templates that use `base.html` need it (compare `base.html` with the program's own)"
        ]
    );
    assert_eq!(
        said_of(&[("section.html", "{% include \"places.html\" %}")]),
        [
            "places.html:2:18 template: the template cannot be applied to `linee-guida/index.html`: the list to go through is not there (`places.html` is the program's and does not fit the handbook's templates: mend `section.html`; 2 more pages have the same problem)"
        ]
    );
}

#[test]
fn a_slip_in_a_template_is_told_once_with_the_page_that_met_it_first() {
    assert_eq!(
        said_of(&[("document.html", "{{ document.title }}\n{{ document.titel }}")]),
        [
            "document.html:2:13 template: the template cannot be applied to `index.html`: there is no value `titel` (did you mean `title`?; 3 more pages have the same problem)"
        ]
    );
    assert_eq!(
        said_of(&[("section.html", "{% include \"mio.html\" %}"), ("mio.html", "<p>\n  {{ t.saluto }}")]),
        [
            "mio.html:2:8 template: the template cannot be applied to `linee-guida/index.html`: there is no string `saluto` (add a line `saluto: …` to the theme's strings, in `strings/it.yaml` and `strings/en.yaml`; 2 more pages have the same problem)"
        ]
    );
    assert_eq!(
        said_of(&[("acts.html", "{{ asset(name=\"styel.css\") }}")]),
        [
            "acts.html:1:4 template: the template cannot be applied to `atti/index.html`: the theme has no file `assets/styel.css` (did you mean `style.css`?)"
        ]
    );
    assert_eq!(
        said_of(&[("document.html", "{{ document.updated.iso }}")]),
        [
            "document.html:1:21 template: the template cannot be applied to `index.html`: there is no value `iso` (the value that holds it may be missing: ask first with `{% if … %}`; 3 more pages have the same problem)"
        ]
    );
    assert_eq!(
        said_of(&[("glossary.html", "{{ count + title }}")]),
        [
            "glossary.html:1:4 template: the template cannot be applied to `glossario/index.html`: `+` requires both operands to be numbers, found `u64` and `string` (compare the template with the theme's own; the values of each template are in docs/theme.md)"
        ]
    );
}

#[test]
fn the_problems_of_templates_are_told_in_italian_too() {
    let handbook = of_every_kind();
    handbook.file("themes/italia/templates/section.html", "{{ titolo }}");
    let output = program().args(["check", "--lang", "it"]).arg(handbook.root()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("errore[template]: il modello non si può applicare a `linee-guida/index.html`: il valore `titolo` non c'è\n"), "{said}");
    assert!(said.contains("aiuto: forse intendevi `title`; così è anche per altre 2 pagine\n"), "{said}");
}

#[test]
fn the_theme_that_the_documentation_shows_makes_a_handbook() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theme.md")).unwrap();
    let (_, shown) = page.split_once("This is a whole theme:").unwrap();
    let template = shown.split("```text\n").nth(2).and_then(|rest| rest.split("```").next()).unwrap();
    let handbook = of_every_kind();
    handbook.edit("handbook.yaml", "title: Manuale\n", "title: Manuale\ntheme: minimo\n");
    handbook.file("themes/minimo/templates/page.html", template);
    handbook.file("themes/minimo/assets/minimo.css", "");
    let said = handbook.build();
    assert_eq!((said.code, told(&said)), (0, vec![]));
    assert!(handbook.page("linee-guida/uno/index.html").contains("href=\"../../assets/minimo.css\""));
    assert!(handbook.page("linee-guida/uno/index.html").contains("<body class=\"document\">"));
}
