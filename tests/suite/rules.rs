//! The rules of writing: each is broken once in a handbook that keeps them all, found at its place, mended with
//! the words of its help, turned off, and turned into an error.

use vademecum::handbook::LintLevels;

use crate::harness::Handbook;

/// A handbook that keeps every rule.
const CLEAN: [(&str, &str); 9] = [
    (
        "handbook.yaml",
        "title: Prova\nnot_applicable:\n- {articles: [\"art. 3\"], reason: \"Riguarda l'entrata in vigore.\"}\n",
    ),
    (
        "acts/l-1.yaml",
        "id: l-1\ntitle: Atto di prova\narticles:\n- {number: 1, paragraphs: [{number: 1}, {number: 2, points: [a, b]}]}\n- {number: 2}\n- {number: 3}\nin_force_from: 2020-01-01\n",
    ),
    (
        "glossary.yaml",
        "terms:\n- term: tavolo dei partner\n  acronym: TdP\n  definition: Chi siede insieme.\n",
    ),
    (
        "vocabularies.yaml",
        "periods: [\"2007-2013\", \"2014-2020\", \"2021-2027\"]\nfunds:\n  FESR: {label: Sviluppo, periods: [\"2021-2027\"]}\n  FSE: {label: Sociale, periods: [\"2007-2013\", \"2014-2020\"]}\n",
    ),
    (
        "linee-guida/01-consultare.md",
        "---\nid: LG-01\ntitle: Consultare\nstatus: approved\narticles: [\"art. 1\"]\nperiods: [\"2021-2027\"]\nfunds: [FESR]\nreview_by: 2999-12-31\n---\n\nIl tavolo dei partner si riunisce presto.\n\n## Che cosa fare\n\n### Avvisare {#LG-01.1 .deve}\n\nL'ufficio avvisa tutti (art. 1, par. 1). Serve il [calendario tipo](../strumenti/01-calendario.md).\n\n### Rispondere {#LG-01.2 .deve}\n\nL'ufficio risponde (art. 1, par. 2). Lo dice anche un'altra norma (art. 2).\n\n![Il percorso in quattro passi](../img/percorso.png)\n",
    ),
    (
        "linee-guida/02-consultare-prima.md",
        "---\nid: LG-02\ntitle: Consultare come prima\nstatus: superseded\nsuperseded_by: LG-01\n---\n\nUn testo di prima.\n",
    ),
    (
        "pratiche/01-prova.md",
        "---\nid: PR-01\ntitle: Una prova\ntests:\n- provision: LG-01.1\n  edition: \"2026.1\"\n---\n",
    ),
    ("strumenti/01-calendario.md", "---\nid: ST-01\ntitle: Calendario tipo\nstatus: approved\n---\n"),
    ("img/percorso.png", "png"),
];

const GUIDELINE: &str = "linee-guida/01-consultare.md";

/// One rule, broken and mended.
struct Case {
    rule: &'static str,
    /// File, words, and the words that break the rule.
    broken: (&'static str, &'static str, &'static str),
    /// Where the breach is reported.
    at: &'static str,
    /// What the help holds in backquotes, where it holds a correction that can be pasted.
    paste: Option<&'static str>,
    /// File, words, and the words that mend it; the pasted correction is among them.
    mended: (&'static str, &'static str, &'static str),
}

const CASES: [Case; 17] = [
    Case {
        rule: "guideline-without-article",
        broken: (
            "linee-guida/03-vuota.md",
            "",
            "---\nid: LG-03\ntitle: Vuota\n---\n\nNon si parla di norme.\n",
        ),
        at: "linee-guida/03-vuota.md:2:5",
        paste: Some("articles: [\"art. 1\"]"),
        mended: ("linee-guida/03-vuota.md", "title: Vuota\n", "title: Vuota\narticles: [\"art. 1\"]\n"),
    },
    Case {
        rule: "duty-without-address",
        broken: (
            GUIDELINE,
            "Lo dice anche un'altra norma (art. 2).",
            "(art. 2)\n\n### Restituire {#LG-01.3 .deve}\n\nL'ufficio restituisce.",
        ),
        at: "linee-guida/01-consultare.md:23:1",
        paste: Some("(art. 1)"),
        mended: (GUIDELINE, "L'ufficio restituisce.", "L'ufficio restituisce (art. 1)."),
    },
    Case {
        rule: "rests-on-draft",
        broken: ("strumenti/01-calendario.md", "status: approved", "status: draft"),
        at: "linee-guida/01-consultare.md:17:69",
        paste: Some("status: approved"),
        mended: ("strumenti/01-calendario.md", "status: draft", "status: approved"),
    },
    Case {
        rule: "no-successor",
        broken: ("linee-guida/02-consultare-prima.md", "superseded_by: LG-01\n", ""),
        at: "linee-guida/02-consultare-prima.md:4:9",
        paste: Some("status: withdrawn"),
        mended: ("linee-guida/02-consultare-prima.md", "status: superseded", "status: withdrawn"),
    },
    Case {
        rule: "unknown-edition",
        broken: ("pratiche/01-prova.md", "\"2026.1\"", "\"2026.2\""),
        at: "pratiche/01-prova.md:6:12",
        paste: Some("2026.1"),
        mended: ("pratiche/01-prova.md", "\"2026.2\"", "\"2026.1\""),
    },
    Case {
        rule: "fund-not-of-period",
        broken: (GUIDELINE, "funds: [FESR]", "funds: [FESR, FSE]"),
        at: "linee-guida/01-consultare.md:7:15",
        paste: Some("periods: [\"2021-2027\", \"2007-2013\", \"2014-2020\"]"),
        mended: (
            GUIDELINE,
            "periods: [\"2021-2027\"]",
            "periods: [\"2021-2027\", \"2007-2013\", \"2014-2020\"]",
        ),
    },
    Case {
        rule: "unused-term",
        broken: (GUIDELINE, "Il tavolo dei partner si riunisce", "I tavoli dei partner si riuniscono"),
        at: "glossary.yaml:2:9",
        paste: None,
        mended: ("glossary.yaml", "  acronym: TdP\n", "  acronym: TdP\n  forms: [tavoli dei partner]\n"),
    },
    Case {
        rule: "undefined-acronym",
        broken: (GUIDELINE, "si riunisce presto", "si riunisce presto con il BUR"),
        at: "linee-guida/01-consultare.md:11:49",
        paste: Some("- {term: \"full name\", acronym: BUR, definition: \"…\"}"),
        mended: (
            "glossary.yaml",
            "terms:\n",
            "terms:\n- {term: \"full name\", acronym: BUR, definition: \"…\"}\n",
        ),
    },
    Case {
        rule: "article-without-guideline",
        broken: ("handbook.yaml", "art. 3", "art. 2"),
        at: "acts/l-1.yaml:6:12",
        paste: Some("- {articles: [\"art. 3\"], reason: \"…\"}"),
        mended: (
            "handbook.yaml",
            "not_applicable:\n",
            "not_applicable:\n- {articles: [\"art. 3\"], reason: \"…\"}\n",
        ),
    },
    Case {
        rule: "uncovered-address",
        broken: (GUIDELINE, "(art. 1, par. 2)", "(art. 1, par. 1)"),
        at: "acts/l-1.yaml:4:12",
        paste: Some("(art. 1, par. 2)"),
        mended: (GUIDELINE, "L'ufficio risponde (art. 1, par. 1)", "L'ufficio risponde (art. 1, par. 2)"),
    },
    Case {
        rule: "suspect-reference",
        broken: (
            "acts/l-1.2027-01-01.yaml",
            "",
            "id: l-1\ntitle: Atto di prova\narticles:\n- {number: 1, paragraphs: [{number: 1}, {number: 2, points: [a, b]}]}\n- {number: 2}\n- {number: 3}\nin_force_from: 2027-01-01\namended: [\"art. 2\"]\n",
        ),
        at: "linee-guida/01-consultare.md:21:68",
        paste: Some("reviewed: {l-1: 2027-01-01}"),
        mended: (GUIDELINE, "id: LG-01\n", "id: LG-01\nreviewed: {l-1: 2027-01-01}\n"),
    },
    Case {
        rule: "review-overdue",
        broken: (GUIDELINE, "review_by: 2999-12-31", "review_by: 2020-02-29"),
        at: "linee-guida/01-consultare.md:8:12",
        paste: None,
        mended: (GUIDELINE, "review_by: 2020-02-29", "review_by: 2998-01-01"),
    },
    Case {
        rule: "long-sentence",
        broken: (
            GUIDELINE,
            "Il tavolo dei partner si riunisce presto.",
            "Poco. Il tavolo dei partner si riunisce presto e poi uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti ventuno ventidue ventitré ventiquattro venticinque ventisei ventisette ventotto ventinove trenta trentuno trentadue trentatré.",
        ),
        at: "linee-guida/01-consultare.md:11:7",
        paste: None,
        mended: (GUIDELINE, "presto e poi uno", "presto. Uno"),
    },
    Case {
        rule: "vague-link-text",
        broken: (GUIDELINE, "[calendario tipo]", "[clicca **qui**]"),
        at: "linee-guida/01-consultare.md:17:68",
        paste: Some("[the model calendar](../strumenti/01-calendario.md)"),
        mended: (
            GUIDELINE,
            "[clicca **qui**](../strumenti/01-calendario.md)",
            "[the model calendar](../strumenti/01-calendario.md)",
        ),
    },
    Case {
        rule: "missing-alternative",
        broken: (GUIDELINE, "![Il percorso in quattro passi]", "![]"),
        at: "linee-guida/01-consultare.md:23:5",
        paste: Some("![what it shows](../img/percorso.png)"),
        mended: (GUIDELINE, "![](../img/percorso.png)", "![what it shows](../img/percorso.png)"),
    },
    Case {
        rule: "heading-skipped",
        broken: (GUIDELINE, "### Avvisare", "#### Avvisare"),
        at: "linee-guida/01-consultare.md:15:1",
        paste: Some("### Avvisare {#LG-01.1 .deve}"),
        mended: (GUIDELINE, "#### Avvisare {#LG-01.1 .deve}", "### Avvisare {#LG-01.1 .deve}"),
    },
    // A page whose own title stands in the text counts from there.
    Case {
        rule: "heading-skipped",
        broken: ("nota.md", "", "# Nota\n\n### Un *punto*\n"),
        at: "nota.md:3:1",
        paste: Some("## Un *punto*"),
        mended: ("nota.md", "### Un *punto*", "## Un *punto*"),
    },
];

fn clean() -> Handbook {
    let handbook = Handbook::of(&CLEAN);
    handbook.publish_files("2026.1", &[("img/percorso.png", "png")]);
    handbook
}

/// Replaces words of a file; with no words to replace, the file is new.
fn apply(handbook: &Handbook, (file, from, to): (&str, &str, &str)) {
    match from {
        "" => handbook.file(file, to),
        from => handbook.edit(file, from, to),
    }
}

fn broken(case: &Case) -> Handbook {
    let handbook = clean();
    apply(&handbook, case.broken);
    handbook
}

/// Says in the settings how much a rule weighs.
fn weigh(handbook: &Handbook, rule: &str, weight: &str) {
    let settings = handbook.text("handbook.yaml");
    handbook.file("handbook.yaml", format!("{settings}lints: {{{rule}: {weight}}}\n"));
}

#[test]
fn the_handbook_that_the_cases_start_from_keeps_every_rule_and_the_cases_break_every_rule() {
    let said = clean().check();
    assert_eq!((said.code, said.places(), said.breaches_at()), (0, vec![], vec![]));
    let mut tried: Vec<_> = CASES.iter().map(|case| case.rule).collect();
    tried.dedup();
    let mut rules: Vec<_> = LintLevels::RULES.iter().map(|rule| rule.name()).collect();
    tried.sort_unstable();
    rules.sort_unstable();
    assert_eq!(tried, rules);
}

#[test]
fn a_breach_of_each_rule_is_a_warning_at_its_place_and_the_help_mends_it() {
    for case in &CASES {
        let handbook = broken(case);
        let said = handbook.check();
        assert_eq!(said.places(), [""; 0], "{}: {:#?}", case.rule, said.problems);
        assert_eq!(said.breaches_at(), [format!("{} {}", case.at, case.rule)], "{:#?}", said.breaches);
        assert_eq!((said.code, said.breaches[0].severity.as_str()), (0, "warning"), "{}", case.rule);
        let help = &said.breaches[0].help;
        assert!(!help.is_empty(), "{}", case.rule);
        if let Some(paste) = case.paste {
            assert!(help.contains(&format!("`{paste}`")), "{}: {help}", case.rule);
            assert!(case.mended.2.contains(paste), "{}: the test pastes what the help says", case.rule);
        }
        apply(&handbook, case.mended);
        let said = handbook.check();
        assert_eq!((said.places(), said.breaches_at()), (vec![], vec![]), "{}", case.rule);
    }
}

#[test]
fn each_rule_can_be_turned_off_and_made_an_error() {
    for case in &CASES {
        let handbook = broken(case);
        weigh(&handbook, case.rule, "off");
        let said = handbook.check();
        assert_eq!((said.code, said.places(), said.breaches_at()), (0, vec![], vec![]), "{}", case.rule);

        let handbook = broken(case);
        weigh(&handbook, case.rule, "error");
        let said = handbook.build();
        assert_eq!(said.breaches_at(), [format!("{} {}", case.at, case.rule)]);
        assert_eq!((said.code, said.breaches[0].severity.as_str()), (1, "error"), "{}", case.rule);
        assert!(!handbook.beside("public").exists(), "{}: nothing is published", case.rule);
    }
}

#[test]
fn an_acronym_is_known_where_its_words_a_list_a_line_of_activity_or_the_glossary_explain_it() {
    for (text, unknown) in [
        ("Esce sul BUR.", "1:10"),
        ("Esce sul Bollettino ufficiale (BUR). Il BUR è pubblico.", ""),
        ("Il BUR esce. Il Bollettino ufficiale (BUR) è pubblico.", ""),
        ("Il BUR (Bollettino ufficiale) è pubblico.", ""),
        ("Il Fondo (FEX) vale.", ""),
        // A bracket explains only with words in it, or after words.
        ("Il BUR (2021) esce.", "1:4"),
        ("Il BUR (art. 2) esce.", "1:4"),
        ("Il BUR (Bollettino) esce.", "1:4"),
        ("Una nota. Vedi (BUR).", "1:17"),
        ("Il *Bollettino ufficiale* (BUR) esce.", ""),
        ("Il BUR ([Bollettino ufficiale](index.md)) esce.", ""),
        // Capitals for stress.
        ("NON oggi, OGGI, GIOVEDÌ, MAX, SECONDO MODO, OK, SUBITO.", ""),
        ("Il video è su YouTube, scritto in LaTeX.", ""),
        ("ATTENZIONE: SI CHIUDE ALLE DIECI.", ""),
        ("Lo dicono BUR, MEF e ISTAT.", "1:11 1:16 1:22"),
        ("Vale il titolo II BUR.", "1:19"),
        ("Il CCIAA e l'ISPRA.", "1:4 1:14"),
        // A term in another case.
        ("Lo dice il TDP.", "1:12"),
        // What everybody knows, and the names of acts.
        ("In UE il PDF del CEX e di CDX.", ""),
        ("Solo `BUR` e [BUR](nota.md).\n\n## BUR\n\n    BUR", ""),
        ("Il capo XIV e la parte IV.", ""),
        ("Vedi il TdP.", ""),
        ("Si usa la linea LAX, con il fondo FESR del FEX.", ""),
        ("La sigla BURO-X e il file BUR.pdf, BUR_2.", ""),
        ("Lo dicono AdG, poi AdG e ancora AdG.", "1:11"),
        ("Un ABCDEFGH, un A1B2, una A e un Comune.", ""),
    ] {
        let handbook = clean();
        handbook.file(
            "vocabularies.yaml",
            "funds: {FESR: Sviluppo}\nphases: {fondo: \"Fondo di prova (FEX)\"}\nperiods: [\"2021-2027\"]\n",
        );
        handbook.file("activity-lines.yaml", "lines: [{id: l1, name: LAX}]\n");
        handbook.edit("handbook.yaml", "title: Prova\n", "title: Prova\nknown_acronyms: [UE, PDF]\n");
        let names = "title: Atto di prova (CDX)\nshort_title: Codice di esempio (CEX)\n";
        handbook.edit("acts/l-1.yaml", "title: Atto di prova\n", names);
        handbook.file("index.md", "---\ntitle: Inizio\n---\n");
        handbook.file("nota.md", format!("{text}\n"));
        let said = handbook.check();
        assert_eq!(said.places(), [""; 0], "{text}: {:#?}", said.problems);
        let expected: Vec<String> =
            unknown.split_whitespace().map(|at| format!("nota.md:{at} undefined-acronym")).collect();
        assert_eq!(said.breaches_at(), expected, "{text}");
    }
}

#[test]
fn a_term_in_a_heading_in_code_in_a_definition_or_in_the_words_of_a_link_is_no_use() {
    for (text, is_used) in [
        ("Il tavolo dei partner.", true),
        ("Il TdP.", true),
        ("Un [[tavolo dei partner]].", true),
        ("Un [[TdP|tavolo]].", true),
        ("Un [tavolo](glossary.yaml#tavolo-dei-partner).", true),
        ("| A |\n|---|\n| tavolo dei partner |", true),
        ("Nota.[^1]\n\n[^1]: Il tavolo dei partner.", true),
        ("## Il tavolo dei partner\n\nTesto.", false),
        ("`tavolo dei partner`\n\n```\ntavolo dei partner\n```", false),
        ("[tavolo dei partner](linee-guida/01-consultare.md)", false),
        ("![tavolo dei partner](img/percorso.png)", false),
        ("Il tavolo dei *partner*.", true),
    ] {
        let handbook = clean();
        handbook.edit(GUIDELINE, "Il tavolo dei partner si riunisce presto.", "Ci si riunisce presto.");
        handbook.edit("glossary.yaml", "Chi siede insieme.", "Non è il tavolo dei partner.");
        handbook.file("nota.md", format!("{text}\n"));
        let said = handbook.check();
        assert_eq!(said.places(), [""; 0], "{text}: {:#?}", said.problems);
        let expected: &[&str] = if is_used { &[] } else { &["glossary.yaml:2:9 unused-term"] };
        assert_eq!(said.breaches_at(), expected, "{text}");
    }
}

#[test]
fn a_successor_that_does_not_exist_is_an_error_and_no_breach() {
    let handbook = clean();
    handbook.edit("linee-guida/02-consultare-prima.md", "superseded_by: LG-01", "superseded_by: LG-00");
    let said = handbook.check();
    assert_eq!(said.places(), ["linee-guida/02-consultare-prima.md:5:16 unknown-target"]);
    assert_eq!((said.code, said.breaches_at()), (1, vec![]));
    assert!(
        said.only().help.contains("`[[LG-01]]`") || said.only().help.contains("`LG-01`"),
        "{}",
        said.only().help
    );
}

#[test]
fn a_place_left_out_is_named_once_at_its_widest_and_an_exemption_covers_what_is_inside() {
    let handbook = clean();
    handbook.edit(GUIDELINE, "(art. 1, par. 2)", "(art. 1, par. 2, lett. a))");
    let said = handbook.check();
    let [breach] = said.breaches.as_slice() else { panic!("{:#?}", said.breaches) };
    assert_eq!(breach.message, "no provision implements art. 1, par. 2, lett. b)");
    handbook.edit("handbook.yaml", "[\"art. 3\"]", "[\"art. 3\", \"art. 1, par. 2\"]");
    assert_eq!(handbook.check().breaches_at(), [""; 0]);
}

#[test]
fn a_duty_may_name_its_source_as_a_link_and_no_other_level_needs_one() {
    for (text, keeps) in [
        ("## Fare {#LG-03.1 .deve}\n\nL'ufficio fa.", false),
        ("## Fare {#LG-03.1 .deve}\n\nL'ufficio fa: [[art. 2]].", true),
        ("## Fare {#LG-03.1 .deve}\n\nL'ufficio fa.\n\n### Come\n\nSubito (art. 2).", true),
        ("## Fare {#LG-03.1 .deve}\n\nL'ufficio fa `art. 2`.\n\n## Poi\n\nart. 2", false),
        ("## Fare {#LG-03.1 .dovrebbe}\n\nL'ufficio fa.", true),
        ("## Fare {#LG-03.1 .puo}\n\nL'ufficio fa.", true),
        ("## Fare {#LG-03.1 .buona-pratica}\n\nL'ufficio fa.", true),
    ] {
        let handbook = clean();
        let front_matter = "---\nid: LG-03\ntitle: Altra\narticles: [\"art. 2\"]\n---\n\n";
        handbook.file("linee-guida/03-altra.md", format!("{front_matter}{text}\n"));
        let expected: &[&str] =
            if keeps { &[] } else { &["linee-guida/03-altra.md:7:1 duty-without-address"] };
        assert_eq!(handbook.check().breaches_at(), expected, "{text}");
    }
}

#[test]
fn a_guideline_out_of_force_breaks_no_rule_on_acts_and_implements_nothing() {
    let handbook = clean();
    weigh(&handbook, "no-successor", "off");
    handbook.edit(GUIDELINE, "status: approved", "status: withdrawn");
    let said = handbook.check();
    assert_eq!(said.breaches_at(), [""; 0], "without guidelines in force no article is asked for");
    handbook.file("linee-guida/03-altra.md", "---\nid: LG-03\ntitle: Altra\narticles: [\"art. 2\"]\n---\n");
    assert_eq!(handbook.check().breaches_at(), ["acts/l-1.yaml:4:12 article-without-guideline"]);
}

#[test]
fn rules_on_acts_are_quiet_in_a_handbook_without_guidelines_or_without_acts() {
    let guideline = "---\nid: LG-01\ntitle: Una\n---\n\n## Fare {#LG-01.1 .deve}\n\nL'ufficio fa.\n";
    let without_acts = Handbook::of(&[("linee-guida/01-una.md", guideline)]);
    let said = without_acts.check();
    assert_eq!((said.code, said.places(), said.breaches_at()), (0, vec![], vec![]));
    let act = CLEAN.iter().find(|(path, _)| *path == "acts/l-1.yaml").unwrap().1;
    let without_guidelines = Handbook::of(&[("acts/l-1.yaml", act), ("index.md", "Una pagina.\n")]);
    let said = without_guidelines.check();
    assert_eq!((said.code, said.places(), said.breaches_at()), (0, vec![], vec![]));
    without_acts.file("acts/l-1.yaml", act);
    assert_eq!(
        without_acts.check().breaches.iter().map(|breach| breach.code.as_str()).collect::<Vec<_>>(),
        [
            "article-without-guideline",
            "article-without-guideline",
            "article-without-guideline",
            "guideline-without-article",
            "duty-without-address",
        ]
    );
}

#[test]
fn a_misspelt_rule_or_weight_is_an_error_at_its_place() {
    let handbook = clean();
    weigh(&handbook, "long-sentense", "off");
    let said = handbook.check();
    assert_eq!(
        (said.places(), said.only().help.as_str()),
        (vec!["handbook.yaml:4:24 unknown-key".to_owned()], "did you mean `long-sentence`?")
    );
    let handbook = clean();
    weigh(&handbook, "long-sentence", "of");
    let said = handbook.check();
    assert_eq!(said.places(), ["handbook.yaml:4:24 unknown-value"]);
    assert_eq!(said.only().help, "write `off`, `warning` or `error`");
}

/// Adds a page, and gives the breaches of one rule on it: place and help.
fn breaches_of(handbook: &Handbook, rule: &str, page: &str) -> Vec<(String, String)> {
    handbook.file("nota.md", page);
    let said = handbook.check();
    assert_eq!(said.places(), [""; 0], "{page}: {:#?}", said.problems);
    let of_rule = said.breaches.into_iter().filter(|breach| breach.code == rule && breach.file == "nota.md");
    of_rule.map(|breach| (breach.at, breach.help)).collect()
}

#[test]
fn a_link_whose_words_lead_nowhere_is_named_and_one_that_says_something_is_not() {
    let target = "linee-guida/01-consultare.md";
    let handbook = clean();
    for words in [
        "qui",
        "Qui.",
        "clicca qui",
        "clicca qui per scaricare",
        "Clicca su questo link",
        "fai clic sul pulsante",
        "scopri di più",
        "maggiori informazioni",
        "leggi di più",
        "Approfondisci",
        "vai",
        "Vai al sito",
        "questo documento",
        "il documento",
        "documento",
        "questa pagina",
        "per saperne di più".trim_start_matches("per "),
        "learn more",
        "Read more",
        "this page",
        "click here to download",
        "find out more",
        "more details",
        ">>",
        "→",
        "**qui**",
        "https://esempio.it/x",
        "www.esempio.it",
        "",
    ] {
        let found = breaches_of(&handbook, "vague-link-text", &format!("[{words}]({target})\n"));
        let help = format!("write what is found there: `[the model calendar]({target})`");
        assert_eq!(found.iter().map(|(_, help)| help.clone()).collect::<Vec<_>>(), [help], "{words}");
    }
    for words in [
        "A",
        "il calendario tipo",
        "leggi il calendario",
        "documento unico",
        "click day",
        "Vai al glossario",
        "informazioni sul bando",
        "this act",
        "art. 5",
        "3",
        "pagina 3",
        "www",
        "clicchiamo",
        "![Un percorso](img/percorso.png)",
    ] {
        let found = breaches_of(&handbook, "vague-link-text", &format!("[{words}]({target})\n"));
        assert_eq!(found, [], "{words}");
    }
    let plain = "<https://esempio.it/>, [[LG-01]] e [[LG-01|la consultazione]]\n";
    assert_eq!(breaches_of(&handbook, "vague-link-text", plain), []);
}

#[test]
fn the_help_for_a_vague_reference_is_a_reference() {
    let handbook = clean();
    let found = breaches_of(&handbook, "vague-link-text", "Vedi [[LG-01|qui]] o [[LG-01]].\n");
    let help = "remove the words, and the title comes by itself: `[[LG-01]]`; or write what is found there: `[[LG-01|…]]`";
    assert_eq!(found, [("1:8".to_owned(), help.to_owned())]);
}

#[test]
fn the_help_for_a_heading_keeps_its_braces_and_that_for_periods_the_ones_that_are_there() {
    let handbook = clean();
    let text = "## Uno\n\n#### Fare **bene** {#nota-1 .deve}\n";
    assert_eq!(
        breaches_of(&handbook, "heading-skipped", text),
        [("3:1".to_owned(), "write `### Fare **bene** {#nota-1 .deve}`".to_owned())]
    );
    handbook.file("vocabularies.yaml", "funds: {FEX: {label: Uno, periods: [\"2007-2013\"]}}\n");
    let text = "---\nperiods: [\"2014-2020\", \"2021-2027\"]\nfunds: [FEX]\n---\n";
    handbook.edit(GUIDELINE, "funds: [FESR]\n", "");
    let help = "remove the fund, or add the period: `periods: [\"2014-2020\", \"2021-2027\", \"2007-2013\"]`";
    assert_eq!(breaches_of(&handbook, "fund-not-of-period", text), [("3:9".to_owned(), help.to_owned())]);
}

#[test]
fn citations_in_helps_are_written_in_the_language_of_the_handbook() {
    for (languages, gap, duty, list) in [
        ("[it]", "art. 1, par. 2", "art. 1", "[[art. 1, par. 1]]"),
        ("[en]", "Art. 1(2)", "Art. 1", "[[Art. 1(1)]]"),
    ] {
        let handbook = Handbook::of(&[
            ("handbook.yaml", &format!("languages: {languages}\ncollections: {{g: guideline}}\n")),
            (
                "acts/l-1.yaml",
                "id: l-1\ntitle: Act\narticles: [{number: 1, paragraphs: [{number: 1}, {number: 2}]}]\n",
            ),
            (
                "g/a.md",
                "---\nid: G-1\narticles: [\"Article 1\"]\n---\n\n## A {#G-1.1 .deve}\n\nArticle 1(1).\n\n## B {#G-1.2 .deve}\n\nB.\n",
            ),
        ]);
        let said = handbook.check_in("it");
        let helps: Vec<_> = said.breaches.iter().map(|breach| breach.help.as_str()).collect();
        assert!(
            helps[0].contains(&format!("`({gap})`")) && helps[0].contains(&format!("[\"{gap}\"]")),
            "{helps:?}"
        );
        assert!(helps[1].contains(&format!("`({duty})`")), "{helps:?}");
        handbook.file("b.md", "[[art. 1, par. 1 e 2]]\n");
        let help = handbook.check().only().help.clone();
        assert!(help.contains(list), "{help}");
    }
}

#[test]
fn a_successor_belongs_to_a_superseded_text_and_holds() {
    let old = "linee-guida/02-consultare-prima.md";
    for status in ["draft", "consultation", "approved", "withdrawn"] {
        let handbook = clean();
        handbook.edit(old, "superseded_by: LG-01\n", "superseded_by: LG-01\narticles: [\"art. 1\"]\n");
        handbook.edit(old, "status: superseded", &format!("status: {status}"));
        let said = handbook.check();
        // A guideline that is in force again breaks other rules, too.
        let found: Vec<_> = said.breaches.iter().filter(|breach| breach.code == "no-successor").collect();
        assert_eq!(found.len(), 1, "{status}");
        assert_eq!((found[0].file.as_str(), found[0].at.as_str()), (old, "5:16"), "{status}");
        assert!(found[0].help.contains("`status: superseded`"));
    }
    let handbook = clean();
    handbook.edit(old, "status: superseded\n", "");
    handbook.edit(old, "superseded_by: LG-01\n", "superseded_by: LG-01\narticles: [\"art. 1\"]\n");
    assert_eq!(handbook.check().breaches_at(), [format!("{old}:4:16 no-successor")]);

    let handbook = clean();
    handbook.edit(old, "superseded_by: LG-01", "superseded_by: ST-01");
    handbook.edit("strumenti/01-calendario.md", "status: approved", "status: withdrawn");
    let said = handbook.check();
    assert_eq!(said.breaches_at(), [format!("{old}:5:16 no-successor")]);
    assert!(said.breaches[0].help.contains("`status: withdrawn`"));
}

#[test]
fn the_acronym_of_a_term_in_another_case_is_mended_with_the_form_of_the_glossary() {
    let handbook = clean();
    let found = breaches_of(&handbook, "undefined-acronym", "Lo dice il TDP.\n");
    assert_eq!(found, [("1:12".to_owned(), "write `TdP`".to_owned())]);
    assert_eq!(breaches_of(&handbook, "undefined-acronym", "Lo dice il TdP.\n"), []);
}
