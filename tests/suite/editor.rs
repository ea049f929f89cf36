//! An editor's session: many faults of many kinds at once, in a copy of the handbook. Each is found at its place, and
//! mended with the words of its help where the help has words to paste.

use std::path::Path;

use crate::harness::{Handbook, Problem, files_of};

/// A fault of its own kind.
struct Fault {
    code: &'static str,
    file: &'static str,
    /// Words of the file, and what stands in their place; with no words, `to` comes at the end of the file, or is a
    /// new file.
    from: &'static str,
    to: &'static str,
    /// The part of `to` that the problem points at, where it comes last; empty for a file as a whole.
    wrong: &'static str,
    mend: Mend,
}

enum Mend {
    /// The help holds the first in backquotes; the file gets the third for the second.
    Paste(&'static str, &'static str, &'static str),
    /// The help says what to do in words; the file gets what it had.
    Restore,
}

use Mend::{Paste, Restore};

const LG_04: &str = "linee-guida/04-consultare-i-partner.md";

const FAULTS: [Fault; 37] = [
    Fault {
        code: "unknown-value",
        file: LG_04,
        from: "status: approved",
        to: "status: aproved",
        wrong: "aproved",
        mend: Paste("approved", "aproved", "approved"),
    },
    Fault {
        code: "unknown-address",
        file: LG_04,
        from: "\"art. 5, par. 4\"]",
        to: "\"art. 5, par. 5\"]",
        wrong: "\"art. 5, par. 5\"",
        mend: Paste("art. 5, par. 4", "art. 5, par. 5", "art. 5, par. 4"),
    },
    Fault {
        code: "broken-link",
        file: LG_04,
        from: "../strumenti/01-calendario.md",
        to: "../strumenti/01-calendrio.md",
        wrong: "../strumenti/01-calendrio.md",
        mend: Paste(
            "../strumenti/01-calendario.md",
            "../strumenti/01-calendrio.md",
            "../strumenti/01-calendario.md",
        ),
    },
    Fault {
        code: "unknown-target",
        file: "progetto/01-obiettivi.md",
        from: "",
        to: "\nVedi [[LG-40]].\n",
        wrong: "LG-40",
        mend: Paste("[[LG-04]]", "[[LG-40]]", "[[LG-04]]"),
    },
    Fault {
        code: "unknown-key",
        file: "glossary.yaml",
        from: "acronym: AP\n",
        to: "acronimo: AP\n",
        wrong: "acronimo",
        mend: Paste("acronym", "acronimo", "acronym"),
    },
    Fault {
        code: "duplicate-key",
        file: "come-si-usa.md",
        from: "order: 6\n",
        to: "order: 6\norder: 6\n",
        wrong: "order",
        mend: Restore,
    },
    Fault {
        code: "missing-key",
        file: "handbook.yaml",
        from: "licence:\n  name: CC BY 4.0\n  url",
        to: "licence:\n  url",
        wrong: "url",
        mend: Paste("name: …", "licence:\n", "licence:\n  name: …\n"),
    },
    Fault {
        code: "wrong-type",
        file: "strumenti/05-dichiarazione-interessi.md",
        from: "title: Dichiarazione di assenza di conflitto d'interessi",
        to: "title: [Dichiarazione]",
        wrong: "[Dichiarazione]",
        mend: Paste("Dichiarazione", "[Dichiarazione]", "Dichiarazione"),
    },
    Fault {
        code: "invalid-value",
        file: "strumenti/06-lista-di-controllo.md",
        from: "updated: 2026-11-25",
        to: "updated: 25/11/2026",
        wrong: "25/11/2026",
        mend: Paste("2026-11-25", "25/11/2026", "2026-11-25"),
    },
    Fault {
        code: "invalid-yaml",
        file: "progetto/06-nota.md",
        from: "",
        to: "---\ntitle: Art. 5: consultazione\n---\n",
        wrong: ": consultazione",
        mend: Paste(
            "title: \"Art. 5: consultazione\"",
            "title: Art. 5: consultazione",
            "title: \"Art. 5: consultazione\"",
        ),
    },
    Fault {
        code: "unclosed-front-matter",
        file: "progetto/07-appunti.md",
        from: "",
        to: "---\ntitle: Nota\n\nTesto.\n",
        wrong: "---",
        mend: Paste("---", "title: Nota\n", "title: Nota\n---\n"),
    },
    Fault {
        code: "invalid-id",
        file: "progetto/02-prodotti.md",
        from: "title: Prodotti\n",
        to: "title: Prodotti\nid: PG 02\n",
        wrong: "PG 02",
        mend: Paste("PG-02", "PG 02", "PG-02"),
    },
    Fault {
        code: "reserved-id",
        file: "progetto/03-tappe.md",
        from: "",
        to: "\n## Nota {#_nota}\n\nTesto.\n",
        wrong: "## Nota",
        mend: Paste("{#nota}", "{#_nota}", "{#nota}"),
    },
    Fault {
        code: "duplicate-id",
        file: "linee-guida/06-rendicontare-accordo.md",
        from: "",
        to: "\n### Ancora {#LG-06.1 .dovrebbe}\n\nTesto.\n",
        wrong: "### Ancora",
        mend: Restore,
    },
    Fault {
        code: "invalid-provision",
        file: "progetto/04-organizzazione.md",
        from: "",
        to: "\n## Nota {#nota-1 .dovrebe}\n\nTesto.\n",
        wrong: "## Nota",
        mend: Paste(".dovrebbe", ".dovrebe", ".dovrebbe"),
    },
    Fault {
        code: "raw-html",
        file: "progetto/05-oltre-il-2020.md",
        from: "",
        to: "\nUn <div> qui.\n",
        wrong: "<div>",
        mend: Paste("\\<", "<div>", "\\<div>"),
    },
    Fault {
        code: "undefined-reference",
        file: "note-legali.md",
        from: "",
        to: "\nFine.[^fonte]\n",
        wrong: "[^fonte]",
        mend: Paste(
            "[^fonte]: text of the note",
            "Fine.[^fonte]\n",
            "Fine.[^fonte]\n\n[^fonte]: text of the note\n",
        ),
    },
    Fault {
        code: "broken-anchor",
        file: "note-legali.md",
        from: "come-si-usa.md#segnalare-un-errore",
        to: "come-si-usa.md#segnalare-un-erore",
        wrong: "come-si-usa.md#segnalare-un-erore",
        mend: Paste("#segnalare-un-errore", "#segnalare-un-erore", "#segnalare-un-errore"),
    },
    Fault {
        code: "wrong-case",
        file: "pratiche/03-dieci-giorni-lavorativi.md",
        from: "[[LG-10.2]]",
        to: "[[lg-10.2]]",
        wrong: "lg-10.2",
        mend: Paste("[[LG-10.2]]", "[[lg-10.2]]", "[[LG-10.2]]"),
    },
    Fault {
        code: "outside-handbook",
        file: "strumenti/07-questionario-partner.md",
        from: "",
        to: "\nIl [modello](../../archivio/modello.odt).\n",
        wrong: "../../archivio/modello.odt",
        mend: Restore,
    },
    Fault {
        code: "ambiguous-target",
        file: "strumenti/08-restituzione.md",
        from: "",
        to: "\nVedi [[artt. 14 e 15]].\n",
        wrong: "artt. 14 e 15",
        mend: Paste("[[art. 14]]", "[[artt. 14 e 15]]", "[[art. 14]]"),
    },
    Fault {
        code: "invalid-citation",
        file: "note-legali.md",
        from: "order: 7\n",
        to: "order: 7\narticles: [\"artcolo 5\"]\n",
        wrong: "\"artcolo 5\"",
        mend: Paste("articolo 5", "artcolo 5", "articolo 5"),
    },
    Fault {
        code: "unknown-act",
        file: "progetto/index.md",
        from: "order: 5\n",
        to: "order: 5\narticles: [\"art. 5 del reg. (UE) n. 1303/2013\"]\n",
        wrong: "\"art. 5 del reg. (UE) n. 1303/2013\"",
        mend: Restore,
    },
    Fault {
        code: "citation-style",
        file: "linee-guida/08-rendicontare-programmi.md",
        from: "",
        to: "\nLo dice l'art. 5, comma 2.\n",
        wrong: "art. 5, comma 2",
        mend: Paste("art. 5, par. 2", "art. 5, comma 2", "art. 5, par. 2"),
    },
    Fault {
        code: "duplicate-path",
        file: "strumenti/09-calendario.md",
        from: "",
        to: "Un altro.\n",
        wrong: "",
        mend: Restore,
    },
    Fault {
        code: "interface-string",
        file: "themes/italia/strings/it.yaml",
        from: "",
        to: "homme: Pagina iniziale\n",
        wrong: "homme",
        mend: Paste("home", "homme", "home"),
    },
    Fault {
        code: "invalid-data",
        file: "conoscenza/02-preavviso.csv",
        from: "12,4,5",
        to: "12,quattro,5",
        wrong: "quattro",
        mend: Restore,
    },
    Fault {
        code: "no-successor",
        file: "pratiche/04-gruppo-di-lavoro.md",
        from: "status: approved",
        to: "status: superseded",
        wrong: "superseded",
        mend: Paste("status: withdrawn", "status: superseded", "status: withdrawn"),
    },
    Fault {
        code: "unknown-edition",
        file: "pratiche/05-restituzione-dei-contributi.md",
        from: "  - provision: LG-04.4\n",
        to: "  - provision: LG-04.4\n    edition: \"2099.1\"\n",
        wrong: "\"2099.1\"",
        mend: Restore,
    },
    Fault {
        code: "undefined-acronym",
        file: "linee-guida/09-comporre-comitato.md",
        from: "",
        to: "\nEsce sul BURX.\n",
        wrong: "BURX",
        mend: Paste("full name (BURX)", "BURX", "full name (BURX)"),
    },
    Fault {
        code: "long-sentence",
        file: "linee-guida/11-dati-riservatezza-conflitti.md",
        from: "",
        to: "\nUno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti ventuno ventidue ventitré ventiquattro venticinque ventisei ventisette ventotto ventinove trenta trentuno trentadue trentatré trentaquattro trentacinque trentasei trentasette trentotto trentanove quaranta quarantuno.\n",
        wrong: "Uno due",
        mend: Restore,
    },
    Fault {
        code: "vague-link-text",
        file: "linee-guida/12-bandi.md",
        from: "",
        to: "\nIl calendario è [qui](../strumenti/01-calendario.md).\n",
        wrong: "../strumenti/01-calendario.md",
        mend: Paste(
            "[the model calendar](../strumenti/01-calendario.md)",
            "[qui](../strumenti/01-calendario.md)",
            "[the model calendar](../strumenti/01-calendario.md)",
        ),
    },
    Fault {
        code: "missing-alternative",
        file: "linee-guida/13-relazioni.md",
        from: "",
        to: "\n![](../conoscenza/02-preavviso.csv)\n",
        wrong: "../conoscenza/02-preavviso.csv",
        mend: Paste(
            "![what it shows](../conoscenza/02-preavviso.csv)",
            "![](../conoscenza/02-preavviso.csv)",
            "![what it shows](../conoscenza/02-preavviso.csv)",
        ),
    },
    Fault {
        code: "heading-skipped",
        file: "linee-guida/14-sorveglianza.md",
        from: "",
        to: "\n## Nota\n\n#### Punto\n\nTesto.\n",
        wrong: "#### Punto",
        mend: Paste("### Punto", "#### Punto", "### Punto"),
    },
    Fault {
        code: "review-overdue",
        file: "linee-guida/15-valutazione.md",
        from: "updated: 2025-12-10\n",
        to: "updated: 2025-12-10\nreview_by: 2025-06-30\n",
        wrong: "2025-06-30",
        mend: Restore,
    },
    Fault {
        code: "fund-not-of-period",
        file: "pratiche/03-dieci-giorni-lavorativi.md",
        from: "periods: [\"2021-2027\"]\n",
        to: "periods: [\"2021-2027\"]\nfunds: [FSE]\n",
        wrong: "FSE",
        mend: Paste(
            "periods: [\"2021-2027\", \"2014-2020\"]",
            "periods: [\"2021-2027\"]",
            "periods: [\"2021-2027\", \"2014-2020\"]",
        ),
    },
    Fault {
        code: "duty-without-address",
        file: "linee-guida/05-preparare-accordo.md",
        from: "",
        to: "\n### Nota {#LG-05.9 .deve}\n\nSi fa.\n",
        wrong: "### Nota",
        mend: Paste("(art. 6)", "Si fa.\n", "Si fa (art. 6).\n"),
    },
];

/// A copy of the handbook.
fn copy() -> Handbook {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let handbook = Handbook::new();
    for file in files_of(&content) {
        handbook.file(&file, std::fs::read(content.join(&file)).unwrap());
    }
    handbook
}

fn plant(handbook: &Handbook, fault: &Fault) {
    if fault.from.is_empty() {
        let before =
            if handbook.path(fault.file).exists() { handbook.text(fault.file) } else { String::new() };
        handbook.file(fault.file, before + fault.to);
    } else {
        handbook.edit(fault.file, fault.from, fault.to);
    }
}

fn mend(handbook: &Handbook, fault: &Fault, problem: &Problem) {
    match fault.mend {
        Paste(help, from, to) => {
            assert!(problem.help.contains(&format!("`{help}`")), "{}: {}", fault.code, problem.help);
            assert!(to.contains(help), "{}: what is pasted is what the help says", fault.code);
            handbook.edit(fault.file, from, to);
        }
        Restore => {
            assert!(!problem.help.is_empty(), "{} says what to do", fault.code);
            let text = handbook.text(fault.file);
            match text.replacen(fault.to, fault.from, 1) {
                empty if empty.is_empty() => handbook.remove(fault.file),
                rest => handbook.file(fault.file, rest),
            }
        }
    }
}

/// Where a fault stands in the file as it is now: `file:line:column`, counted here.
fn place_of(handbook: &Handbook, fault: &Fault) -> String {
    if fault.wrong.is_empty() {
        return format!("{} {}", fault.file, fault.code);
    }
    let text = handbook.text(fault.file);
    let at = text.find(fault.to).unwrap() + fault.to.rfind(fault.wrong).unwrap();
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{}:{line}:{column} {}", fault.file, fault.code)
}

fn problems(handbook: &Handbook) -> Vec<Problem> {
    let said = handbook.check();
    said.problems.into_iter().chain(said.breaches).collect()
}

fn places(problems: &[Problem]) -> Vec<String> {
    let mut places: Vec<String> = problems.iter().map(Problem::place).collect();
    places.sort();
    places
}

#[test]
fn every_fault_of_a_session_is_found_at_its_place_and_mended_with_its_help() {
    let handbook = copy();
    assert_eq!(places(&problems(&handbook)), [""; 0]);
    let mut codes: Vec<_> = FAULTS.iter().map(|fault| fault.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), FAULTS.len(), "each fault is of its own kind");
    for fault in &FAULTS {
        plant(&handbook, fault);
    }
    for (number, fault) in FAULTS.iter().enumerate() {
        let found = problems(&handbook);
        let found_at = places(&found);
        let expected: Vec<String> = FAULTS[number..].iter().map(|fault| place_of(&handbook, fault)).collect();
        let missing: Vec<_> = expected.iter().filter(|place| !found_at.contains(place)).collect();
        let beyond: Vec<_> = found.iter().filter(|problem| !expected.contains(&problem.place())).collect();
        assert!(missing.is_empty() && beyond.is_empty(), "before {}: {missing:#?} {beyond:#?}", fault.code);
        assert_eq!(found_at.len(), expected.len(), "none comes twice");
        let problem = found.iter().find(|problem| problem.code == fault.code).unwrap();
        mend(&handbook, fault, problem);
    }
    assert_eq!(places(&problems(&handbook)), [""; 0]);
}
