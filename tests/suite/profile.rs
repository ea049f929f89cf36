//! What a public body's site owes its readers, what it may look like, and what `check` says of what is missing.

use crate::harness::Handbook;

/// The settings of a public body that lack nothing, as docs/handbook.md gives them to paste.
const SETTINGS: &str = r##"title: Manuale di prova
profile: pa
publisher: Ente di prova
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/deed.it"}
legal:
  - role: accessibility
    target: https://form.agid.gov.it/view/prova
  - role: privacy
    target: privacy.md
  - role: legal-notes
    target: note-legali.md
  - role: feedback
    target: mailto:manuale@ente.example
  - label: Credits
    target: note-legali.md#crediti
funding:
  statement: Cofinanziato dall'Unione europea
  emblems:
    - file: immagini/emblema ue.svg
      alternative: Emblema dell'Unione europea
primary_color: "#7a1f5c"
font:
  family: Lettere di prova
  files:
    - file: caratteri/prova.woff2
    - file: caratteri/prova-neretto.ttf
      weight: 700
    - file: caratteri/prova-variabile.woff2
      weight: "200 900"
      italic: true
"##;

const FILES: [(&str, &str); 8] = [
    ("handbook.yaml", SETTINGS),
    ("privacy.md", "---\nupdated: 2026-03-01\n---\n# Privacy\n"),
    ("note-legali.md", "---\nupdated: 2026-05-09\n---\n# Note legali\n\n## Crediti {#crediti}\n"),
    ("cartella/senza-data.md", "# Senza data\n"),
    ("immagini/emblema ue.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("caratteri/prova.woff2", "a"),
    ("caratteri/prova-neretto.ttf", "b"),
    ("caratteri/prova-variabile.woff2", "c"),
];

fn public_body() -> Handbook {
    Handbook::of(&FILES)
}

/// A handbook of one dated page with these settings.
fn with_settings(settings: &str) -> Handbook {
    Handbook::of(&[("handbook.yaml", settings), ("index.md", "---\nupdated: 2026-01-02\n---\n# Inizio\n")])
}

/// The footer of a page, a line for each of its own.
fn foot(page: &str) -> &str {
    page.split("<footer class=\"footer\">").nth(1).unwrap().split("</footer>").next().unwrap()
}

#[test]
fn every_page_of_a_public_body_has_the_marked_links_the_licence_the_day_and_the_funding() {
    let handbook = public_body();
    let said = handbook.build();
    assert_eq!((said.code, said.places()), (0, vec![]));
    for page in handbook.published().iter().filter(|page| page.ends_with(".html")) {
        let html = handbook.page(page);
        let slim = html.split("masthead__slim").nth(1).unwrap().split("masthead__bar").next().unwrap();
        assert!(slim.contains("<p>Ente di prova</p>"), "{page}");
        let foot = foot(&html);
        for wanted in [
            "<a href=\"https://form.agid.gov.it/view/prova\" data-element=\"accessibility-link\">Dichiarazione di accessibilità</a>",
            "privacy/\" data-element=\"privacy-policy-link\">Informativa privacy</a>",
            "note-legali/\" data-element=\"legal-notes\">Note legali</a>",
            "<a href=\"mailto:manuale@ente.example\" data-element=\"report-inefficiency\">Segnalazioni e suggerimenti</a>",
            "<a rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/deed.it\">CC BY 4.0</a>",
            "immagini/emblema%20ue.svg\" alt=\"Emblema dell&#x27;Unione europea\" loading=\"lazy\">",
            "<p>Cofinanziato dall&#x27;Unione europea</p>",
        ] {
            // Its own page links to itself without a path; the whole handbook, to the place where it stands there.
            let own = page.starts_with("privacy/") && wanted.starts_with("privacy/");
            let own = own || page.starts_with("note-legali/") && wanted.starts_with("note-legali/");
            let inside =
                wanted.split_once("/\"").filter(|(name, _)| ["privacy", "note-legali"].contains(name));
            let wanted = match inside.filter(|_| page == "stampa/index.html") {
                Some((name, rest)) => &format!("<a href=\"#{name}\"{rest}"),
                None => wanted,
            };
            assert!(own || unescaped(foot).contains(&unescaped(wanted)), "{page} lacks {wanted} in {foot}");
        }
    }
}

/// Two ways to write an apostrophe are one.
fn unescaped(html: &str) -> String {
    html.replace("&#x27;", "'").replace("&#39;", "'").replace("&apos;", "'")
}

#[test]
fn a_page_says_its_own_day_and_a_page_without_one_says_the_newest_of_the_handbook() {
    let handbook = public_body();
    assert_eq!(handbook.build().code, 0);
    let days = |page: &str| {
        let html = handbook.page(page);
        let days = html.split("<time datetime=\"").skip(1).filter_map(|rest| rest.split('"').next());
        days.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(days("privacy/index.html"), ["2026-03-01"]);
    for page in
        ["index.html", "cartella/index.html", "cartella/senza-data/index.html", "dati/index.html", "404.html"]
    {
        assert_eq!(days(page), ["2026-05-09"], "{page}");
        assert!(handbook.page(page).contains("Ultimo aggiornamento del manuale: <time"), "{page}");
    }
}

#[test]
fn everything_that_the_profile_lacks_is_told_at_once_and_what_the_helps_say_to_paste_is_enough() {
    let handbook =
        Handbook::of(&[("handbook.yaml", "title: Prova\nprofile: pa\n"), ("index.md", "# Inizio\n")]);
    let said = handbook.check();
    assert_eq!(said.code, 1);
    assert_eq!(said.places(), vec!["handbook.yaml:2:10 profile-incomplete"; 7]);
    assert!(said.problems.iter().all(|problem| problem.severity == "error"));
    let mut lacks: Vec<_> = said.problems.iter().map(|problem| problem.message.as_str()).collect();
    lacks.sort_unstable();
    assert_eq!(
        lacks,
        [
            "the profile `pa` lacks an address for feedback",
            "the profile `pa` lacks the day of the last update: no document has one",
            "the profile `pa` lacks the licence of the content",
            "the profile `pa` lacks the link to the accessibility statement",
            "the profile `pa` lacks the link to the legal notes",
            "the profile `pa` lacks the link to the privacy notice",
            "the profile `pa` lacks the publisher's name",
        ]
    );
    // Each help says a line: some of the settings, some under `legal:`, one of the metadata.
    let lines: Vec<_> = said
        .problems
        .iter()
        .filter_map(|problem| problem.help.split('`').find(|code| code.contains(": ")))
        .collect();
    let (links, others): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| line.starts_with("- "));
    let (metadata, settings): (Vec<&str>, Vec<&str>) =
        others.into_iter().partition(|line| line.starts_with("updated"));
    let settings = settings.join("\n");
    handbook.file("handbook.yaml", format!("profile: pa\n{settings}\nlegal:\n{}\n", links.join("\n")));
    handbook.file("index.md", format!("---\n{}\n---\n# Inizio\n", metadata.join("\n")));
    // No link is invented: until its file is there, it is broken.
    let said = handbook.check();
    assert_eq!(said.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["broken-link"; 4]);
    for file in ["dichiarazione-di-accessibilita.md", "privacy.md", "note-legali.md", "segnalazioni.md"] {
        handbook.file(file, "# Pagina\n");
    }
    let said = handbook.check();
    assert_eq!((said.code, said.places()), (0, vec![]));
}

#[test]
fn without_the_profile_nothing_is_demanded_and_the_same_keys_serve() {
    let handbook = public_body();
    handbook.edit("handbook.yaml", "profile: pa\n", "");
    assert_eq!(handbook.build().code, 0);
    assert!(foot(&handbook.page("index.html")).contains("data-element=\"privacy-policy-link\""));
    let said = Handbook::of(&[("index.md", "# Inizio\n")]).check();
    assert_eq!((said.code, said.places()), (0, vec![]));
}

#[test]
fn what_is_there_and_wrong_is_told_where_it_stands_and_is_not_missing_too() {
    let handbook = with_settings(concat!(
        "profile: pa\n",
        "publisher: Ente\n",
        "licence: {name: CC BY}\n",
        "legal:\n",
        "  - {role: accessibility, target: \"http://form.agid.gov.it/view/x\"}\n",
        "  - {role: privaci, target: manca.md}\n",
        "  - {role: legal-notes, target: \"mailto:a@ente.example\"}\n",
        "  - {role: feedback, target: scrivici.md}\n",
        "  - {role: feedback, target: index.md}\n",
        "  - {target: index.md}\n",
    ));
    let said = handbook.check();
    assert_eq!(
        said.places(),
        [
            "handbook.yaml:3:10 missing-key",
            "handbook.yaml:5:35 invalid-value",
            "handbook.yaml:6:12 unknown-value",
            "handbook.yaml:7:33 invalid-value",
            "handbook.yaml:8:30 broken-link",
            "handbook.yaml:9:12 duplicate-key",
            "handbook.yaml:10:5 missing-key",
        ]
    );
    assert_eq!(said.problems[2].help, "did you mean `privacy`?");
    assert_eq!(said.problems[5].related, 1);
}

#[test]
fn a_day_that_is_written_wrongly_is_not_missing_too() {
    let handbook = public_body();
    for file in ["privacy.md", "note-legali.md"] {
        handbook.file(file, "---\nupdated: 9/5/2026\n---\n# Pagina\n\n## Crediti {#crediti}\n");
    }
    assert_eq!(
        handbook.check().places(),
        ["note-legali.md:2:10 invalid-value", "privacy.md:2:10 invalid-value"]
    );
}

#[test]
fn an_unknown_profile_is_an_error() {
    let said = with_settings("profile: comune\n").check();
    assert_eq!(said.only().place(), "handbook.yaml:1:10 unknown-value");
    assert_eq!(said.only().help, "write `pa`, or remove the key");
}

#[test]
fn the_published_style_sheet_holds_the_colour_and_the_font_and_no_page_holds_a_style() {
    let handbook = public_body();
    assert_eq!(handbook.build().code, 0);
    let css = handbook.page("assets/style.css");
    let own = css.split("/* The handbook's own */\n").nth(1).expect("its own rules stand at the end");
    assert_eq!(
        own.lines().collect::<Vec<_>>(),
        [
            ":root { --primary: #7a1f5c; --link: light-dark(#7a1f5c, #c69fb9); --accent: light-dark(#7a1f5c, #c69fb9); }",
            "@font-face { font-family: \"Lettere di prova\"; src: url(\"../caratteri/prova.woff2\") format(\"woff2\"); font-weight: 400; font-style: normal; font-display: swap; }",
            "@font-face { font-family: \"Lettere di prova\"; src: url(\"../caratteri/prova-neretto.ttf\") format(\"truetype\"); font-weight: 700; font-style: normal; font-display: swap; }",
            "@font-face { font-family: \"Lettere di prova\"; src: url(\"../caratteri/prova-variabile.woff2\") format(\"woff2\"); font-weight: 200 900; font-style: italic; font-display: swap; }",
            ":root { --sans: \"Lettere di prova\", \"Titillium Web\", system-ui, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif; }",
        ]
    );
    let html = handbook.page("index.html");
    assert!(!html.contains("style=") && !html.contains("<style"));
    assert_eq!(html.matches("rel=\"stylesheet\"").count(), 1);
}

#[test]
fn the_themes_own_colour_changes_no_byte_of_its_style_sheet() {
    let plain = with_settings("title: Prova\n");
    let named = with_settings("title: Prova\nprimary_color: \"#0066CC\"\n");
    assert_eq!((plain.build().code, named.build().code), (0, 0));
    assert_eq!(plain.page("assets/style.css"), named.page("assets/style.css"));
}

#[test]
fn a_colour_on_which_nobody_could_read_is_an_error_and_the_nearest_that_reads_can_be_pasted() {
    let handbook = with_settings("title: Prova\nprimary_color: \"#ffcc00\"\n");
    let said = handbook.check();
    let problem = said.only();
    assert_eq!(problem.place(), "handbook.yaml:2:16 low-contrast");
    assert_eq!(
        problem.message,
        "on `#ffcc00` the theme's words in `#ffffff` have a contrast of 1.51:1, and it takes at least 4.5:1"
    );
    let italian = handbook.check_in("it");
    assert!(italian.only().message.contains("un contrasto di 1,51:1"), "{}", italian.only().message);
    let paste = problem.help.split('`').nth(1).unwrap();
    assert!(paste.starts_with("primary_color: \"#"), "{paste}");
    handbook.file("handbook.yaml", format!("title: Prova\n{paste}\n"));
    assert_eq!(handbook.check().places(), [""; 0]);
}

#[test]
fn the_contrast_is_that_with_the_handbooks_own_style_sheet() {
    let handbook = with_settings("title: Prova\nprimary_color: \"#ffcc00\"\n");
    handbook.file(
        "themes/italia/assets/style.css",
        ":root { --primary: #222; --on-primary: #1a1a1a; --back: light-dark(#fff, #000) }\n",
    );
    assert_eq!(handbook.build().places(), [""; 0]);
    let css = handbook.page("assets/style.css");
    assert!(css.starts_with(":root { --primary: #222;"));
    assert!(css.ends_with(":root { --primary: #ffcc00; --link: light-dark(#907300, #ffcc00); --accent: light-dark(#907300, #ffcc00); }\n"), "{css}");
}

#[test]
fn a_colour_without_quotes_or_without_its_hash_is_explained() {
    for (settings, at, help) in [
        (
            "primary_color: #004d99\n",
            "handbook.yaml:1:14 wrong-type",
            "write `\"#004d99\"`: without quotes what follows a `#` is a comment",
        ),
        (
            "primary_color: 004d99\n",
            "handbook.yaml:1:16 invalid-value",
            "write `\"#004d99\"`: a hash and six hexadecimal digits, in quotes",
        ),
        (
            "primary_color: blu\n",
            "handbook.yaml:1:16 invalid-value",
            "write `\"#0066cc\"`: a hash and six hexadecimal digits, in quotes",
        ),
    ] {
        let said = with_settings(settings).check();
        assert_eq!((said.only().place().as_str(), said.only().help.as_str()), (at, help));
    }
}

#[test]
fn an_emblem_has_its_words_and_every_file_of_the_settings_is_there_and_is_the_handbooks_own() {
    let handbook = with_settings(concat!(
        "funding:\n",
        "  statement: Cofinanziato dall'Unione europea\n",
        "  emblems:\n",
        "    - file: emblema.svg\n",
        "    - {file: manca.svg, alternative: Emblema}\n",
        "    - {file: \"https://esempio.it/ue.svg\", alternative: Emblema}\n",
        "font:\n",
        "  family: \"Bella\\\"; }\"\n",
        "  files:\n",
        "    - {file: lettere.zip}\n",
        "    - {file: lettere.woff2, weight: neretto}\n",
        "    - {file: index.md}\n",
    ));
    let said = handbook.check();
    assert_eq!(
        said.places(),
        [
            "handbook.yaml:4:7 missing-key",
            "handbook.yaml:5:14 broken-link",
            "handbook.yaml:6:14 outside-handbook",
            "handbook.yaml:8:11 invalid-value",
            "handbook.yaml:10:14 invalid-value",
            "handbook.yaml:11:37 invalid-value",
            "handbook.yaml:12:14 invalid-value",
        ]
    );
}

#[test]
fn words_in_one_language_are_marked_on_a_page_in_another() {
    let handbook = Handbook::of(&[
        (
            "handbook.yaml",
            "languages: [it, en]\nlegal:\n  - {label: Crediti, target: index.md}\n  - {label: {it: Aiuto, en: Help}, target: index.md}\n  - {role: privacy, target: index.md}\nfunding: {statement: Con fondi europei}\n",
        ),
        ("index.md", "# Inizio\n"),
        ("en/index.md", "# Home\n"),
    ]);
    assert_eq!(handbook.build().places(), [""; 0]);
    let english = handbook.page("en/index.html");
    for wanted in [
        "lang=\"it\">Crediti</a>",
        "<a href=\"../\">Help</a>",
        "data-element=\"privacy-policy-link\">Privacy notice</a>",
        "<div class=\"funding\" lang=\"it\">",
    ] {
        assert!(english.contains(wanted), "{wanted}");
    }
    let italian = handbook.page("index.html");
    assert!(italian.contains(">Crediti</a>") && italian.contains(">Aiuto</a>"));
    assert!(!foot(&italian).contains("lang="));
}
