use super::*;
use crate::act::data::Act;
use crate::act::format::{Form, Style};
use crate::diagnostic::{Code, Lang, SourceFile};

pub(super) const CODE: &str = include_str!("../../../content/acts/reg-2014-240.yaml");

/// An act as Italian national law has them; nothing in the program knows it.
pub(super) const LAW: &str = "
id: legge-7-2001
title: {it: Legge sulla partecipazione}
citation_style: italian
citation: {it: {full: legge 7 marzo 2001 n. 7, short: l. 7/2001}, en: {full: Law 7/2001}}
articles:
- number: 1
  paragraphs:
  - {number: 1, points: [a, a-bis, b], subpoints: {a: [1, 2, 3]}}
  - {number: 1-bis}
  - {number: 2, points: [1, 2], point_style: number-without-letter}
- number: 1-bis
- {number: 2, paragraphs: [{points: [a, i], subparagraphs: 3}]}
";

pub(super) fn act(yaml: &str) -> Act {
    let (act, problems) = Act::load(&SourceFile::new("a.yaml", yaml));
    assert_eq!(problems, []);
    act.unwrap()
}

pub(super) fn acts() -> Acts {
    Acts::new(vec![act(CODE), act(LAW)])
}

/// What each place of a text is: `text → address`.
fn found(text: &str) -> Vec<String> {
    let show = |cited: &Cited| {
        let words = &text[cited.range.clone()];
        match &cited.address {
            Ok(address) if *address.act() == acts().default_act().unwrap().id => {
                format!("{words} → {}", address.locus())
            }
            Ok(address) => format!("{words} → {address}"),
            Err(problem) => format!("{words} → {}", problem.code),
        }
    };
    scan(text, &acts()).iter().flat_map(|found| &found.places).map(show).collect()
}

/// The compact forms of what a whole string cites.
fn cited(text: &str) -> String {
    match cite(text, &acts()) {
        Ok(addresses) => {
            let compact: Vec<_> = addresses.iter().map(|address| address.locus().to_string()).collect();
            compact.join(" ")
        }
        Err(problems) => problems[0].code.to_string(),
    }
}

fn problem(text: &str) -> (String, String, Option<String>) {
    let problem = cite(text, &acts()).unwrap_err().remove(0);
    (problem.code.to_string(), problem.message.it, problem.help.map(|help| help.it))
}

#[test]
fn the_table_of_the_style_guide() {
    let act = act(CODE);
    let rows = [
        ("5.2.c", "articolo 5, paragrafo 2, lettera c)", "art. 5, par. 2, lett. c)", "Article 5(2)(c)"),
        (
            "3.1.a.ii",
            "articolo 3, paragrafo 1, lettera a), punto ii)",
            "art. 3, par. 1, lett. a), punto ii)",
            "Article 3(1)(a)(ii)",
        ),
        ("6.a", "articolo 6, lettera a)", "art. 6, lett. a)", "Article 6(a)"),
        ("4.2.i", "articolo 4, paragrafo 2, punto i)", "art. 4, par. 2, punto i)", "Article 4(2)(i)"),
        (
            "18.1#2",
            "articolo 18, paragrafo 1, secondo comma",
            "art. 18, par. 1, secondo comma",
            "Article 18(1), second subparagraph",
        ),
    ];
    for (compact, full, short, english) in rows {
        let address = cite(compact, &acts()).unwrap().remove(0);
        assert_eq!(address.to_string(), format!("reg-2014-240:{compact}"));
        assert_eq!(act.format(&address, Style::new(Lang::It, Form::Full)), full);
        assert_eq!(act.format(&address, Style::new(Lang::It, Form::Short)), short);
        assert_eq!(act.format(&address, Style::new(Lang::En, Form::Full)), english);
        for written in [full, short, english] {
            assert_eq!(cited(written), compact, "{written}");
        }
    }
    let range = cite("artt. 13-16", &acts()).unwrap();
    assert_eq!(act.format_all(&range, Style::new(Lang::It, Form::Full)), "articoli da 13 a 16");
    assert_eq!(act.format_all(&range, Style::new(Lang::It, Form::Short)), "artt. 13-16");
    assert_eq!(act.format_all(&range, Style::new(Lang::En, Form::Full)), "Articles 13 to 16");
}

#[test]
fn every_way_of_writing_leads_to_the_address() {
    for (written, compact) in [
        ("art.5", "5"),
        ("Art.5", "5"),
        ("ART. 5", "5"),
        ("Articolo\u{a0}5", "5"),
        ("art.\u{a0}5,\u{202f}par.\u{a0}2,\u{a0}lett.\u{a0}c)", "5.2.c"),
        ("ART. 5, PAR. 2, LETT. C)", "5.2.c"),
        ("art.5,par.2,lett.c)", "5.2.c"),
        ("art. 5 par. 2 lett. c", "5.2.c"),
        ("art. 5, § 2, lett. (c)", "5.2.c"),
        ("art. 5 §2", "5.2"),
        ("art. 5(2)(c)", "5.2.c"),
        ("art. 5.2.c", "5.2.c"),
        ("reg-2014-240:5.2.c", "5.2.c"),
        ("5.2.c", "5.2.c"),
        ("Article 5 (2) (c)", "5.2.c"),
        ("Article 5, paragraph 2, point (c)", "5.2.c"),
        ("Article 3(1), point (a)(ii)", "3.1.a.ii"),
        ("Article 5(3)", "5.3"),
        ("art. 4, par. 2, punto ii", "4.2.ii"),
        ("art. 6, punto a)", "6.a"),
        ("art. 5, comma 2", "5.2"),
        ("art. 18, par. 1, comma secondo", "18.1#2"),
        ("artt. 5 e 6", "5 6"),
        ("art. 5 e 6", "5 6"),
        ("artt. 14, 15", "14 15"),
        ("articoli 13, 15 e 16", "13 15 16"),
        ("articoli da 13 a 16", "13 14 15 16"),
        ("artt. 13-16", "13 14 15 16"),
        ("artt. 13 – 16", "13 14 15 16"),
        ("art. 13 all'art. 16", "13 14 15 16"),
        ("Articles 13 to 16", "13 14 15 16"),
        ("Articles 5(2) and 6(a)", "5.2 6.a"),
        ("artt. 3, 5-7 e 9", "3 5 6 7 9"),
        ("art. 3, par. 1, lett. a), b) e c)", "3.1.a 3.1.b 3.1.c"),
        ("art. 5, par. 2, lettere da a) a c)", "5.2.a 5.2.b 5.2.c"),
        ("art. 5, par. 2, lett. a)-c)", "5.2.a 5.2.b 5.2.c"),
        ("art. 5, par. 2, lett. a, b e d", "5.2.a 5.2.b 5.2.d"),
        ("art. 11, lett. d), e) ed f)", "11.d 11.e 11.f"),
        ("art. 5, parr. 1 e 2", "5.1 5.2"),
        ("art. 5, par. 1 e 2", "5.1 5.2"),
        ("art. 5, paragrafi da 1 a 3", "5.1 5.2 5.3"),
        ("art. 5, par. 1, e par. 2, lett. a)", "5.1 5.2.a"),
        ("art. 5, par. 2, lett. a) e lett. c)", "5.2.a 5.2.c"),
        ("art. 3, par. 1, lett. a), punti i) e iii)", "3.1.a.i 3.1.a.iii"),
        ("artt. 5, par. 2, e 6", "5.2 6"),
        ("Article 5(1) and (2)", "5.1 5.2"),
        ("Article 5(2), points (a) and (c)", "5.2.a 5.2.c"),
        ("Article 5(2)(a) to (c)", "5.2.a 5.2.b 5.2.c"),
        ("Article 3(1)(a)(ii) and (b)", "3.1.a.ii 3.1.b"),
        ("art. 5, par. 2; art. 8", "5.2 8"),
        ("art. 11, lett. e), art. 15 e art. 16, par. 1", "11.e 15 16.1"),
    ] {
        assert_eq!(cited(written), compact, "{written}");
    }
}

#[test]
fn prose_is_left_as_it_is_around_a_citation() {
    for (text, expected) in [
        ("Lo dice l'art. 5, par. 2 (lo dice).", vec!["art. 5, par. 2 → 5.2"]),
        ("(art. 5, par. 2, lett. c)), poi", vec!["art. 5, par. 2, lett. c) → 5.2.c"]),
        ("artt. 5 e 6", vec!["artt. 5 → 5", "6 → 6"]),
        ("artt. 13-15", vec!["artt. 13 → 13", " → 14", "15 → 15"]),
        ("art. 5 e 10 giorni dopo", vec!["art. 5 → 5"]),
        ("artt. 5 e 6, 10 giorni prima", vec!["artt. 5 → 5", "6 → 6"]),
        ("art. 5, par. 1 e 2 volte", vec!["art. 5, par. 1 → 5.1"]),
        ("art. 5, par. 2, lett. a) e i partner", vec!["art. 5, par. 2, lett. a) → 5.2.a"]),
        ("art. 5, par. 2, lett. a) a cura di", vec!["art. 5, par. 2, lett. a) → 5.2.a"]),
        ("art. 5, punto di contatto", vec!["art. 5 → 5"]),
        ("art. 2. Li vuole", vec!["art. 2 → 2"]),
        ("art. 5 (2) e", vec!["art. 5 → 5"]),
        ("Article 5 (2014)", vec!["Article 5 → 5"]),
        ("art. 5, n. 3 copie", vec!["art. 5 → 5"]),
        ("art. 15 e art. 16, par. 1.", vec!["art. 15 → 15", "art. 16, par. 1 → 16.1"]),
        ("art. 5 - 10 giorni", vec!["art. 5 → 5"]),
        ("art. 20", vec!["art. 20 → unknown-address"]),
        ("parte 5, smart. 3, arti 5, art 1xy, articolo del", vec![]),
        ("docs/art. 5 e art. 5/2014 e #art. 5", vec![]),
        ("art, arte, ART, art. 99999999", vec![]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_citation_goes_to_the_act_that_it_names() {
    let code = "reg. UE 240/14|regolamento delegato (UE) n. 240/2014|Reg. (UE) n. 240/2014|regolamento (UE) 240/2014";
    for name in code.split('|') {
        for text in [format!("art. 5 del {name}"), format!("art. 5, {name}"), format!("art. 5 {name}")] {
            assert_eq!(found(&text), [format!("{text} → 5")]);
        }
    }
    for (text, expected) in [
        ("artt. 5 e 6 del reg. 240/2014", vec!["artt. 5 → 5", "6 del reg. 240/2014 → 6"]),
        (
            "Article 5 of Delegated Regulation (EU) No 240/2014",
            vec!["Article 5 of Delegated Regulation (EU) No 240/2014 → 5"],
        ),
        ("art. 5 del Codice, che", vec!["art. 5 del Codice → 5"]),
        (
            "art. 5 del codice di condotta sul partenariato e",
            vec!["art. 5 del codice di condotta sul partenariato → 5"],
        ),
        ("Article 5 of the Code says", vec!["Article 5 of the Code → 5"]),
        ("art. 5 del CCEP", vec!["art. 5 del CCEP → 5"]),
        (
            "art. 1, comma 2, della legge 7 marzo 2001, n. 7",
            vec!["art. 1, comma 2, della legge 7 marzo 2001, n. 7 → legge-7-2001:1.2"],
        ),
        ("l'art. 1 della legge n. 7 del 2001", vec!["art. 1 della legge n. 7 del 2001 → legge-7-2001:1"]),
        ("la l. 7/2001, art. 1, lo dice", vec!["art. 1 → legge-7-2001:1"]),
        ("nella legge 7/2001 l'art. 1", vec!["art. 1 → legge-7-2001:1"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_citation_of_an_act_that_the_handbook_lacks_is_left_alone() {
    for name in [
        "del regolamento (UE) 2021/1060",
        "del regolamento (UE) n. 1303/2013",
        "del regolamento di esecuzione (UE) n. 240/2015",
        "della direttiva 240/2014/UE",
        "del d.lgs. 50/2016",
        "d. lgs. n. 50/2016",
        "del decreto legislativo 18 aprile 2016, n. 50",
        "del D.P.R. 445/2000",
        "della Costituzione",
        "Cost.",
        "Costituzione",
        "della legge 241/1990",
        "della legge 7 agosto 1990, n. 241",
        "l. 241/1990",
        "del TFUE",
        "TFUE",
        "del codice civile",
        "del codice dei contratti pubblici",
        "del codice di procedura civile",
        "del codice di condotta dei dipendenti",
        "c.c.",
        "del regolamento interno",
        "dello statuto",
        "dell'accordo",
        "del GDPR",
        "of Regulation (EU) 2021/1060",
        "of the Treaty",
        "reg. (UE) 2021/1060",
    ] {
        let text = format!("Vedi art. 5, par. 2, {name}, e art. 8.");
        assert_eq!(found(&text), ["art. 8 → 8"], "{name}");
    }
    assert_eq!(found("Il regolamento (UE) 2021/1060, art. 8, e"), Vec::<String>::new());
}

#[test]
fn the_last_item_of_a_list_is_read_whatever_word_follows() {
    for (text, expected) in [
        ("gli artt. 5, 6 e 7 chiedono", "artt. 5 → 5|6 → 6|7 → 7"),
        ("gli articoli 5 e 6 impongono", "articoli 5 → 5|6 → 6"),
        ("gli articoli da 13 a 15 impongono", "articoli da 13 → 13| → 14|15 → 15"),
        ("gli artt. 13-15 impongono", "artt. 13 → 13| → 14|15 → 15"),
        ("gli artt. 13--15 impongono", "artt. 13 → 13| → 14|15 → 15"),
        ("dall'articolo 13 all'articolo 15 si", "articolo 13 → 13| → 14|articolo 15 → 15"),
        ("Articles 5 and 6 apply", "Articles 5 → 5|6 → 6"),
        ("Articles 13 to 15 apply", "Articles 13 → 13| → 14|15 → 15"),
        ("art. 5, parr. 1 e 2 prevedono", "art. 5, parr. 1 → 5.1|2 → 5.2"),
        ("art. 5, paragrafi 1, 2 e 3 prevedono", "art. 5, paragrafi 1 → 5.1|2 → 5.2|3 → 5.3"),
        ("artt. 5, par. 2, e 6 prevedono", "artt. 5, par. 2 → 5.2|6 → 6"),
        ("art. 5, par. 2, lett. a-c", "art. 5, par. 2, lett. a → 5.2.a| → 5.2.b|c → 5.2.c"),
        ("art. 5, par. 2, lett. a–c dicono", "art. 5, par. 2, lett. a → 5.2.a| → 5.2.b|c → 5.2.c"),
        ("art. 5, par. 2, lett. a, b e d dicono", "art. 5, par. 2, lett. a → 5.2.a|b → 5.2.b|d → 5.2.d"),
        ("art. 11, lettere d ed e dicono", "art. 11, lettere d → 11.d|e → 11.e"),
        ("art. 5 par 2 lett. a dice", "art. 5 par 2 lett. a → 5.2.a"),
        ("par 2 lett c dell'art. 5 dice", "par 2 lett c dell'art. 5 → 5.2.c"),
        (
            "il paragrafo 2, lettere a) e c), dell'articolo 5",
            "paragrafo 2, lettere a) → 5.2.a|c), dell'articolo 5 → 5.2.c",
        ),
        ("art. 5 par 2 lett c", "art. 5 par 2 lett c → 5.2.c"),
        ("art. 4, par. 2, punto ii che", "art. 4, par. 2, punto ii → 4.2.ii"),
        ("art. 4, par. 2, punti i e ii chiedono", "art. 4, par. 2, punti i → 4.2.i|ii → 4.2.ii"),
        (
            "l. 7/2001, art. 1, comma 1, lett. a, n. 2 chiede",
            "art. 1, comma 1, lett. a, n. 2 → legge-7-2001:1.1.a.2",
        ),
        (
            "l. 7/2001, art. 1, comma 1, lett. a, nn. 1 e 2 chiedono",
            "art. 1, comma 1, lett. a, nn. 1 → legge-7-2001:1.1.a.1|2 → legge-7-2001:1.1.a.2",
        ),
        // What is no item stays out.
        ("artt. 5 e 6, 10 giorni prima", "artt. 5 → 5|6 → 6"),
        ("artt. 5 e 6 e 10 giorni prima", "artt. 5 → 5|6 → 6"),
        ("artt. 5 e 6 e 10 scadenze", "artt. 5 → 5|6 → 6"),
        ("artt. 5, 6 e 10 giorni prima", "artt. 5 → 5|6 → 6"),
        ("art. 5 e 3 partner", "art. 5 → 5"),
        ("art. 5 e 3 altri", "art. 5 → 5"),
        ("art. 5, parr. 1 e 2 volte", "art. 5, parr. 1 → 5.1"),
        ("artt. 5 e 6 % del", "artt. 5 → 5"),
        ("art. 5, par. 2, lett. a e i partner", "art. 5, par. 2, lett. a → 5.2.a"),
        ("art. 5, par. 2, lettere a e b e i partner", "art. 5, par. 2, lettere a → 5.2.a|b → 5.2.b"),
        ("art. 5, punto a favore", "art. 5 → 5"),
        ("art. 5, n. 3 altre", "art. 5 → 5"),
    ] {
        assert_eq!(found(text).join("|"), expected, "{text}");
    }
}

#[test]
fn a_number_after_a_letter_is_a_point_and_the_help_keeps_what_was_right() {
    for (text, help) in [
        ("art. 3, par. 1, lett. a, n. 2", "art. 3, par. 1, lett. a), punto ii)"),
        ("art. 3, par. 1, lett. a, n. 9", "art. 3, par. 1, lett. a), punto iii)"),
        ("lettera c) dell'articolo 5, secondo comma", "articolo 5, paragrafo 2, lettera c)"),
        ("articolo 5, secondo comma, lettera c)", "articolo 5, paragrafo 2, lettera c)"),
        ("articolo 5, primo comma, lettera c)", "articolo 5, paragrafo 2, lettera c)"),
        ("art. 5, par. 2, secondo comma, lett. c)", "art. 5, par. 2, lett. c)"),
        ("articolo 5, terzo comma", "articolo 5, paragrafo 3"),
    ] {
        let (code, _, found) = problem(text);
        assert_eq!((code.as_str(), found), ("unknown-address", Some(format!("scrivi `{help}`"))), "{text}");
    }
}

#[test]
fn an_acronym_or_an_abbreviation_beside_a_citation_names_its_act() {
    for text in [
        "(art. 13 GDPR)",
        "l'art. 8 RDC",
        "art. 9 TUEL",
        "art. 8 CPR e oltre",
        "art. 6, par. 1, lett. a), GDPR",
        "(art. 5, GDPR)",
        "art. 8, par. 1, del RDC",
        "artt. 5 e 6 MiFID2",
        "artt. 5, 6 e 7 GDPR",
        "l'articolo 6 UE",
        "l'art. 5 dell'UE",
        "art. 13 del citato GDPR",
        "art. 13 regolamento GDPR",
        "art. 13 (GDPR)",
        "art. 9 T.U.E.L.",
        "art. 9 del T.U.E.L.",
        "art. 5 II comma",
        "Cost., art. 3",
        "(Cost. art. 3)",
        "nella Costituzione, all'art. 3",
        "TFUE, art. 10",
        "c.c., art. 1418",
        "codice civile, art. 5",
        "codice di procedura civile, artt. 5 e 6",
        "GDPR, art. 13",
        "il GDPR art. 13",
        "T.U.E.L., art. 9",
        "MiFID2, artt. 5 e 6",
        "art. 1418 c.c.",
        "art. 18 cpc",
        "art. 5 c.p.c.",
        "art. 5 cod. civ.",
        "art. 5 disp. att. c.c.",
        "art. 3 (Cost.)",
        "art. 8 (reg. (UE) 2021/1060)",
        "art. 8 (1) del regolamento (UE) 2021/1060",
        "art. 8 (1) (a) GDPR",
        "art. 8, primo paragrafo, del regolamento (UE) 2021/1060",
        "art. 8, primo e secondo comma, del regolamento (UE) 2021/1060",
        "art. 8, par. 1, ultimo periodo, del TUEL",
        "art. 8, prima frase, Cost.",
        "artt. 5 e ss. c.c.",
        "art. 8 e seguenti del regolamento (UE) 2021/1060",
        "Article 8, last sentence, of Regulation (EU) 2021/1060",
        "Article 13 GDPR",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
        assert_eq!(found(&format!("{text}; art. 5"))[..], ["art. 5 → 5"], "{text}");
    }
}

#[test]
fn capitals_that_name_no_act_leave_a_citation_to_the_default_one() {
    for (text, expected) in [
        ("Lo dice l'art. 5. ADG e OI scrivono.", "art. 5 → 5"),
        ("l'art. 5 LG-04", "art. 5 → 5"),
        ("l'art. 5, ADG e OI", "art. 5 → 5"),
        ("l'AdG (art. 5) decide", "art. 5 → 5"),
        ("Per il FESR, l'art. 5 chiede", "art. 5 → 5"),
        ("FSE+, art. 5", "art. 5 → 5"),
        ("LG-04, art. 5", "art. 5 → 5"),
        ("art. 5 (2) e", "art. 5 → 5"),
        ("art. 5 A parte", "art. 5 → 5"),
        ("art. 5, primo e secondo comma, che", "art. 5 → 5"),
        ("il Codice, art. 5", "art. 5 → 5"),
        ("il codice europeo di condotta, art. 5", "art. 5 → 5"),
        ("CCEP, art. 5", "art. 5 → 5"),
        ("Codice europeo di condotta sul partenariato, art. 5", "art. 5 → 5"),
        ("art. 5 (CCEP)", "art. 5 → 5"),
        ("art. 5 CCEP", "art. 5 CCEP → 5"),
        ("art. 5 (1) del Codice", "art. 5 (1) del Codice → 5.1"),
        ("art. 5, primo paragrafo, del Codice", "art. 5, primo paragrafo, del Codice → 5.1"),
        ("art. 5, par. 1, ultimo periodo, del CCEP", "art. 5, par. 1 → 5.1"),
        ("art. 1, primo comma, secondo periodo, della l. 7/2001", "art. 1, primo comma → legge-7-2001:1.1"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn the_acronym_in_brackets_of_a_short_title_is_a_name_wherever_it_stands() {
    let common = "id: reg-2021-1060\ntitle: regolamento (UE) 2021/1060\nshort_title: {it: 'Regolamento (UE) recante disposizioni comuni (RDC) 2021-2027 (II)', en: Common provisions (CPR / ESI-CPR)}\narticles: [{number: 8}]\n";
    let acts = Acts::new(vec![act(CODE), act(common)]);
    assert_eq!(acts.acronyms().collect::<Vec<_>>(), ["CCEP", "ECCP", "CPR", "RDC"]);
    for text in [
        "art. 8 RDC",
        "art. 8 del RDC",
        "art. 8, RDC",
        "Article 8 CPR",
        "RDC, art. 8",
        "nell'RDC l'art. 8",
        "il RDC (art. 8)",
        "art. 8 (RDC)",
        "art. 8 del regolamento RDC",
        "art. 8 del regolamento recante disposizioni comuni",
    ] {
        let found = scan(text, &acts);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].places[0].address.clone().unwrap().to_string(), "reg-2021-1060:8", "{text}");
    }
    assert_eq!(scan("art. 8 UE", &acts), []);
}

#[test]
fn errors_teach_what_the_act_has_and_what_to_write() {
    let name = "reg. (UE) n. 240/2014";
    let rows = [
        ("art. 20", format!("`art. 20` non esiste: {name} ha 19 articoli"), "scrivi `art. 19`"),
        ("art. 5, par. 5", "`art. 5, par. 5` non esiste: `art. 5` ha 4 paragrafi (1–4)".into(), "scrivi `art. 5, par. 4`"),
        (
            "art. 5, par. 2, lett. e)",
            "`art. 5, par. 2, lett. e)` non esiste: `art. 5, par. 2` ha lettere a)–d)".into(),
            "scrivi `art. 5, par. 2, lett. d)`",
        ),
        (
            "art. 6, par. 1, lett. a)",
            "`art. 6, par. 1, lett. a)` non esiste: `art. 6` non ha paragrafi numerati, ma lettere a)–g)".into(),
            "scrivi `art. 6, lett. a)`",
        ),
        (
            "art. 4, par. 2, lett. a)",
            "`art. 4, par. 2, lett. a)` non esiste: `art. 4, par. 2` non ha lettere, ma punti i)–ii)".into(),
            "scrivi `art. 4, par. 2, punto i)`",
        ),
        (
            "art. 5, lett. c)",
            "`art. 5, lett. c)` non esiste: `art. 5` è diviso in paragrafi (1–4), e bisogna dire quale".into(),
            "scrivi `art. 5, par. 2, lett. c)`",
        ),
        (
            "art. 3, par. 1, punto iii)",
            "`art. 3, par. 1, punto iii)` non esiste: `art. 3, par. 1` ha lettere a)–c), e bisogna dire quale".into(),
            "scrivi `art. 3, par. 1, lett. a), punto iii)`",
        ),
        (
            "art. 3, par. 1, lett. b), punto v)",
            "`art. 3, par. 1, lett. b), punto v)` non esiste: `art. 3, par. 1, lett. b)` ha punti i)–ii)".into(),
            "scrivi `art. 3, par. 1, lett. b), punto ii)`",
        ),
        (
            "art. 5, par. 1, lett. a)",
            "`art. 5, par. 1, lett. a)` non esiste: `art. 5, par. 1` non ha lettere".into(),
            "scrivi `art. 5, par. 1`",
        ),
        (
            "art. 18, par. 1, terzo comma",
            "`art. 18, par. 1, terzo comma` non esiste: `art. 18, par. 1` ha 2 commi senza numero".into(),
            "scrivi `art. 18, par. 1, secondo comma`",
        ),
        ("art. 12, par. 1", "`art. 12, par. 1` non esiste: `art. 12` non ha paragrafi numerati".into(), "scrivi `art. 12`"),
        (
            "articolo 6, paragrafo 1",
            "`articolo 6, paragrafo 1` non esiste: `articolo 6` non ha paragrafi numerati, ma lettere a)–g)".into(),
            "scrivi `articolo 6`",
        ),
        ("Article 5(2)(e)", "`Article 5(2)(e)` non esiste: `Article 5(2)` ha lettere a)–d)".into(), "scrivi `Article 5(2)(d)`"),
        ("5.2.e", "`art. 5, par. 2, lett. e)` non esiste: `art. 5, par. 2` ha lettere a)–d)".into(), "scrivi `5.2.d`"),
    ];
    for (text, message, help) in rows {
        assert_eq!(problem(text), ("unknown-address".into(), message, Some(help.into())), "{text}");
    }
}

#[test]
fn a_correction_keeps_the_act_that_was_named() {
    let (_, _, help) = problem("art. 1, comma 3, della legge 7/2001");
    assert_eq!(help.unwrap(), "scrivi `art. 1, comma 2, della l. 7/2001`");
    let found = scan("artt. 20 e 21 del reg. 240/2014", &acts());
    let helps: Vec<_> =
        found[0].places.iter().map(|place| place.address.clone().unwrap_err().help.unwrap().it).collect();
    assert_eq!(helps, ["scrivi `art. 19`", "scrivi `art. 19 del reg. (UE) n. 240/2014`"]);
}

#[test]
fn every_help_of_an_unknown_address_is_a_citation_that_works() {
    for article in 0..=22 {
        for rest in [
            "",
            ", par. 1",
            ", par. 9",
            ", lett. a)",
            ", lett. z)",
            ", punto i)",
            ", par. 1, lett. h), punto x)",
            ", terzo comma",
            ", par. 1, quinto comma",
        ] {
            let text = format!("art. {article}{rest}");
            if let Err(problems) = cite(&text, &acts()) {
                let help = problems[0].help.clone().unwrap().it;
                let better = help.split('`').nth(1).unwrap();
                assert!(cite(better, &acts()).is_ok(), "{text}: {better}");
            }
        }
    }
}

#[test]
fn what_is_no_citation_says_how_one_looks() {
    for (text, code, message, help) in [
        (
            "il programma",
            "invalid-citation",
            "`il programma` non è una citazione",
            "scrivi una citazione come `art. 3, par. 1, lett. a)`",
        ),
        ("artcolo 5", "invalid-citation", "`artcolo 5` non è una citazione", "forse intendevi `articolo 5`"),
        (
            "art. 5, boh",
            "invalid-citation",
            "`boh` non è una citazione",
            "scrivi una citazione come `art. 3, par. 1, lett. a)`",
        ),
        (
            "art. 8 del regolamento (UE) 2021/1060",
            "unknown-act",
            "il manuale non ha l'atto `regolamento (UE) 2021/1060`",
            "gli atti del manuale sono `reg. (UE) n. 240/2014`, `l. 7/2001`; aggiungi l'atto in `acts/`, o citalo solo nel testo",
        ),
        (
            "reg-2014-24:5",
            "unknown-act",
            "il manuale non ha l'atto `reg-2014-24`",
            "forse intendevi `reg-2014-240`",
        ),
    ] {
        assert_eq!(problem(text), (code.into(), message.into(), Some(help.into())), "{text}");
    }
    assert_eq!(cite("", &acts()).unwrap_err()[0].code, Code::InvalidCitation);
}

#[test]
fn a_comma_in_a_union_act_is_understood_and_warned_of() {
    let citation = read_citation("art. 5, comma 2, lett. c)", &acts()).unwrap();
    assert_eq!(citation.addresses[0].locus().to_string(), "5.2.c");
    assert_eq!(citation.notes[0].code, Code::CitationStyle);
    assert_eq!(citation.notes[0].help.clone().unwrap().it, "scrivi `art. 5, par. 2, lett. c)`");
    let found = scan("Lo dice l'articolo 5, comma 2.", &acts());
    assert_eq!(found[0].notes[0].help.clone().unwrap().it, "scrivi `articolo 5, paragrafo 2`");
    assert!(read_citation("art. 18, par. 1, secondo comma", &acts()).unwrap().notes.is_empty());
}

#[test]
fn an_italian_act_is_cited_by_comma_lettera_numero() {
    let acts = Acts::new(vec![act(LAW)]);
    let law = acts.default_act().unwrap();
    for (compact, full, short) in [
        ("1.1.a.2", "articolo 1, comma 1, lettera a), numero 2)", "art. 1, comma 1, lett. a), n. 2)"),
        ("1.1.a-bis", "articolo 1, comma 1, lettera a-bis)", "art. 1, comma 1, lett. a-bis)"),
        ("1.1-bis", "articolo 1, comma 1-bis", "art. 1, comma 1-bis"),
        ("1.2.1", "articolo 1, comma 2, numero 1)", "art. 1, comma 2, n. 1)"),
        ("1-bis", "articolo 1-bis", "art. 1-bis"),
        ("2#3", "articolo 2, terzo comma", "art. 2, terzo comma"),
        ("2.i", "articolo 2, lettera i)", "art. 2, lett. i)"),
    ] {
        for written in [compact, full, short] {
            let citation = read_citation(written, &acts).unwrap();
            assert_eq!(citation.addresses[0].locus().to_string(), compact, "{written}");
            assert_eq!(citation.notes, [], "{written}");
        }
        let address = cite(compact, &acts).unwrap().remove(0);
        assert_eq!(law.format(&address, Style::new(Lang::It, Form::Full)), full);
        assert_eq!(law.format(&address, Style::new(Lang::It, Form::Short)), short);
    }
    let style = Style::new(Lang::It, Form::Full).with_act();
    let address = cite("1.1.a", &acts).unwrap().remove(0);
    assert_eq!(law.format(&address, style), "articolo 1, comma 1, lettera a), della legge 7 marzo 2001 n. 7");
    assert_eq!(cite("art. 1, c. 2", &acts).unwrap()[0].locus().to_string(), "1.2");
    assert_eq!(cite("art. 1, secondo comma", &acts).unwrap()[0].locus().to_string(), "1.2");
    assert_eq!(cite("art. 1, commi 1 e 2", &acts).unwrap().len(), 2);
    let warned = read_citation("art. 1, par. 2", &acts).unwrap();
    assert_eq!(warned.notes[0].help.clone().unwrap().it, "scrivi `art. 1, comma 2`");
}

#[test]
fn anchors_and_slugs_are_those_of_the_article_pages() {
    for (compact, anchor) in [
        ("5.2.c", Some("par-2-lett-c")),
        ("4.2.i", Some("par-2-punto-i")),
        ("6.a", Some("lett-a")),
        ("3.1.a.ii", Some("par-1-lett-a-punto-ii")),
        ("18.1#2", Some("par-1-comma-2")),
        ("5", None),
    ] {
        let address = cite(compact, &acts()).unwrap().remove(0);
        assert_eq!(address.anchor().as_deref(), anchor);
        assert_eq!(address.slug(), format!("art-{}", address.article()));
    }
}

#[test]
fn addresses_come_in_the_order_of_the_act() {
    for act in &acts() {
        let addresses = act.addresses();
        assert!(addresses.is_sorted());
        assert!(addresses.iter().all(|address| act.contains(address)));
    }
    let code: Vec<_> = act(CODE).addresses().iter().map(|a| a.locus().to_string()).collect();
    let places = ["18", "18.1", "18.1#1", "18.1#2", "18.2", "18.3", "19"];
    assert!(code.ends_with(&places.map(str::to_owned)));
}

#[test]
fn an_act_known_in_part_is_silent_on_the_rest() {
    let acts = Acts::new(vec![
        act(CODE),
        act("id: reg-2021-1060\ntitle: regolamento (UE) 2021/1060\npartial: true\narticles:\n\
             - {number: 8, paragraphs: [{number: 1, points: [a, b, c, d]}, {number: 2, subparagraphs: 2}]}\n- {number: 10}\n"),
    ]);
    let show = |text: &str| -> Vec<_> {
        let found = scan(text, &acts);
        let places = found.into_iter().flat_map(|found| found.places);
        places
            .map(|place| place.address.map_or_else(|problem| problem.code.to_string(), |a| a.to_string()))
            .collect()
    };
    assert_eq!(show("art. 8, par. 1, lett. d), del regolamento (UE) 2021/1060"), ["reg-2021-1060:8.1.d"]);
    assert_eq!(show("art. 8, par. 9, del regolamento (UE) 2021/1060"), ["unknown-address"]);
    assert_eq!(show("artt. 8 e 39 del reg. (UE) 2021/1060"), ["reg-2021-1060:8"]);
    assert_eq!(show("art. 39 del regolamento (UE) 2021/1060 e art. 5"), ["reg-2014-240:5"]);
    assert_eq!(
        cite("art. 39 del regolamento (UE) 2021/1060", &acts).unwrap_err()[0].message.it,
        "`art. 39` non esiste: di regolamento (UE) 2021/1060 il manuale conosce solo gli articoli 8, 10"
    );
}

#[test]
fn a_citation_may_begin_with_its_narrowest_level() {
    assert_eq!(
        found("La lettera c) del paragrafo 2 dell'articolo 5 e il paragrafo 1 dell’art. 8."),
        ["lettera c) del paragrafo 2 dell'articolo 5 → 5.2.c", "paragrafo 1 dell’art. 8 → unknown-address"]
    );
    assert_eq!(
        found("le lettere a) e b) dell'articolo 6, il par. 3 dell'art. 5"),
        ["lettere a) → 6.a", "b) dell'articolo 6 → 6.b", "par. 3 dell'art. 5 → 5.3"]
    );
    assert_eq!(
        found("il secondo comma dell'art. 18, par. 1"),
        ["secondo comma dell'art. 18, par. 1 → 18.1#2"]
    );
    assert_eq!(found("point (c) of Article 5(2)"), ["point (c) of Article 5(2) → 5.2.c"]);
    assert_eq!(found("points (a) and (b) of Article 6"), ["points (a) → 6.a", "(b) of Article 6 → 6.b"]);
    assert_eq!(
        found("la lettera a) dell'articolo 1, comma 1, della legge 7 marzo 2001 n. 7"),
        ["lettera a) dell'articolo 1, comma 1, della legge 7 marzo 2001 n. 7 → legge-7-2001:1.1.a"]
    );
    assert_eq!(cited("lettera c) del paragrafo 2 dell'articolo 5"), "5.2.c");
}

#[test]
fn words_before_an_article_that_name_no_level_are_left_alone() {
    for text in [
        "il testo dell'articolo 5",
        "ai sensi dell'art. 5",
        "una lettera dell'articolo 5",
        "par. dell'articolo 5",
    ] {
        let places = found(text);
        assert_eq!(places.len(), 1, "{text}: {places:?}");
        assert!(places[0].starts_with("art"), "{text}: {places:?}");
    }
}
