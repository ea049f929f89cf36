//! What an edition published may move or be withdrawn, and the handbook says so: `aliases`, `moved_from`, `withdrawn`.

use crate::harness::Handbook;

/// Two guidelines and a glossary; `front` goes into the metadata of the first, `settings` into `handbook.yaml`.
fn handbook(front: &str, settings: &str) -> Handbook {
    Handbook::of(&[
        ("handbook.yaml", &format!("title: Prova\n{settings}")),
        ("index.md", "# Casa\n"),
        ("note.md", "Le note.\n"),
        (
            "linee-guida/04-consultare.md",
            &format!(
                "---\nid: LG-04\n{front}---\n\n## Metodo {{#metodo}}\n\n### Calendario {{#LG-04.1 .deve}}\n\nTesto.\n"
            ),
        ),
        ("linee-guida/05-decidere.md", "---\nid: LG-05\n---\n\n### Voto {#LG-05.1 .deve}\n\nTesto.\n"),
        (
            "glossary.yaml",
            "terms:\n- {term: tavolo dei partner, aliases: [tavolo], definition: x}\n- {term: quorum, definition: y}\n",
        ),
    ])
}

/// The problems of a value: `line:column code`, with the help.
fn problems(front: &str, settings: &str) -> Vec<String> {
    let said = handbook(front, settings).check();
    said.problems.iter().map(|problem| format!("{} ({})", problem.place(), problem.help)).collect()
}

#[test]
fn whatever_was_published_can_be_moved_or_withdrawn() {
    let front = "aliases: [LG-12, /linee-guida/vecchio-nome/, 'vecchia pagina']\n\
        moved_from: {LG-09.2: LG-04.1, 'linee-guida/altra#passi': metodo, '#vecchio': LG-04, 'LG-09.3': LG-04.1-p1}\n\
        withdrawn:\n- {id: LG-04.2, date: 2026-01-31, reason: 'Non serve più.', successor: LG-05.1}\n\
        - {id: '#modello', date: 2026-01-31, reason: 'Non serve più.'}\n";
    let settings = "withdrawn:\n- {id: LG-13, date: 2026-01-31, reason: x, successor: /linee-guida/decidere/}\n\
        - {id: pratiche/tavolo, date: 2026-01-31, reason: x, successor: 'linee-guida/consultare#metodo'}\n\
        - {id: glossario/organo, date: 2026-01-31, reason: x, successor: quorum}\n\
        - {id: Comitato ristretto, date: 2026-01-31, reason: x, successor: glossario/quorum}\n\
        - {id: strumenti, date: 2026-01-31, reason: x, successor: linee-guida}\n";
    assert_eq!(problems(front, settings), [""; 0]);
}

#[test]
fn the_place_that_something_moved_to_is_in_the_document() {
    for (to, help) in [
        ("LG-04.2", "did you mean `LG-04.1`?"),
        ("metodi", "did you mean `metodo`?"),
        ("LG-05.1", "did you mean `LG-04.1`?"),
        ("altrove", "write the id of a heading of this document, or declare it withdrawn in `withdrawn`"),
    ] {
        let found = problems(&format!("moved_from:\n  LG-09.2: {to}\n"), "");
        assert_eq!(found, [format!("linee-guida/04-consultare.md:4:12 broken-anchor ({help})")], "{to}");
    }
}

#[test]
fn a_successor_is_a_page_of_the_handbook_or_a_place_of_one() {
    for (successor, expected) in [
        ("LG-06", "unknown-target (did you mean `LG-04`, `LG-05`?)"),
        (
            "linee-guida/decidre",
            "unknown-target (write an id (`LG-04`), a citation (`art. 5`), a term of the glossary or a title)",
        ),
        (
            "https://a.it",
            "unknown-target (write an id (`LG-04`), a citation (`art. 5`), a term of the glossary or a title)",
        ),
    ] {
        let withdrawal =
            format!("withdrawn:\n- id: LG-13\n  date: 2026-01-31\n  reason: x\n  successor: {successor}\n");
        assert_eq!(problems("", &withdrawal), [format!("handbook.yaml:6:14 {expected}")], "{successor}");
        assert_eq!(
            problems(&withdrawal, ""),
            [format!("linee-guida/04-consultare.md:7:14 {expected}")],
            "{successor}"
        );
    }
}

#[test]
fn a_withdrawal_says_when_and_why() {
    assert_eq!(
        problems("", "withdrawn:\n- {id: LG-13, date: 31/01/2026}\n- {reason: x, dato: 2026-01-31}\n"),
        [
            "handbook.yaml:3:3 missing-key (add a line `reason: …`)",
            "handbook.yaml:3:21 invalid-value (write year, month and day: `2026-01-31`)",
            "handbook.yaml:4:3 missing-key (add a line `date: …`)",
            "handbook.yaml:4:3 missing-key (add a line `id: …`)",
            "handbook.yaml:4:15 unknown-key (did you mean `date`?)",
        ]
    );
}

#[test]
fn a_name_that_something_still_has_is_no_former_name() {
    let withdrawn = |id: &str| format!("withdrawn:\n- {{id: {id}, date: 2026-01-31, reason: x}}\n");
    for name in [
        "LG-05",
        "lg-05",
        "LG-05.1",
        "LG-04",
        "note",
        "/linee-guida/decidere/",
        "linee-guida",
        "linee-guida/consultare",
    ] {
        let found = handbook(&format!("aliases: ['{name}']\n"), "").check();
        assert_eq!(found.places(), ["linee-guida/04-consultare.md:3:11 duplicate-id"], "{name}");
    }
    for name in ["LG-05.1", "LG-04.1", "metodo", "'#metodo'", "linee-guida/decidere#LG-05.1"] {
        let found = handbook(&format!("moved_from: {{{name}: LG-04.1}}\n"), "").check();
        assert_eq!(found.places(), ["linee-guida/04-consultare.md:3:14 duplicate-id"], "{name}");
        assert_eq!(found.only().related, 1, "{name}");
    }
    for name in ["LG-05", "quorum", "Quorum", "glossario/quorum", "glossary/quorum/", "tavolo dei partner"] {
        assert_eq!(
            handbook("", &withdrawn(name)).check().places(),
            ["handbook.yaml:3:8 duplicate-id"],
            "{name}"
        );
    }
    // An anchor of another page and a term are no ids of documents.
    assert_eq!(problems("aliases: [quorum]\n", &withdrawn("metodo")), [""; 0]);
}

#[test]
fn a_former_name_is_told_once() {
    let claimed = |front: &str, settings: &str| {
        let said = handbook(front, settings).check();
        assert!(said.problems.iter().all(|problem| problem.related == 1), "{:#?}", said.problems);
        said.places()
    };
    assert_eq!(
        claimed("aliases: [LG-12, lg-12, x, /x/]\nmoved_from: {LG-12: LG-04.1}\n", ""),
        [
            "linee-guida/04-consultare.md:3:18 duplicate-id",
            "linee-guida/04-consultare.md:3:28 duplicate-id",
            "linee-guida/04-consultare.md:4:14 duplicate-id",
        ]
    );
    assert_eq!(
        claimed(
            "withdrawn: [{id: LG-12, date: 2026-01-31, reason: x}]\n",
            "withdrawn: [{id: LG-12, date: 2026-01-31, reason: x}, {id: glossario/tavolo, date: 2026-01-31, reason: x}]\n"
        ),
        ["handbook.yaml:2:18 duplicate-id", "handbook.yaml:2:60 duplicate-id"]
    );
}
