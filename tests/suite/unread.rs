//! One cause, one message: what depends on a file that cannot be read is not judged in the same run.

use crate::harness::Handbook;

/// A handbook in which every file depends on every other, without a problem or a breach.
const WHOLE: [(&str, &str); 12] = [
    (
        "handbook.yaml",
        "title: Prova\nlanguages: [it, en]\nacts: [l-2, l-1]\ncollections: {guide: guideline, prove: practice, attrezzi: tool}\nnot_applicable:\n- {articles: [\"art. 3\"], reason: x}\nlints: {uncovered-address: off}\nlegal:\n- {label: Note, target: note.md#fine}\n",
    ),
    (
        "acts/l-1.yaml",
        "id: l-1\ntitle: Legge 1\ncitation: {it: {short: legge n. 1/2001}}\narticles:\n- number: 7\n",
    ),
    (
        "acts/l-2.yaml",
        "id: l-2\ntitle: Legge due (DUE)\narticles:\n- number: 1\n  paragraphs: [{number: 1}, {number: 2}]\n- number: 2\n- number: 3\n",
    ),
    (
        "glossary.yaml",
        "terms:\n- term: tavolo dei partner\n  acronym: TdP\n  definition: Chi siede insieme (art. 1, par. 2).\n  see: [GU-01, \"art. 2\", note.md]\n- term: note.md\n  definition: Le note.\n  also: [TdP]\n",
    ),
    ("vocabularies.yaml", "phases: {prima: \"Prima fase (PFX)\"}\n"),
    ("activity-lines.yaml", "lines: [{id: l1, name: LAX}]\n"),
    (
        "guide/01-uno.md",
        "---\nid: GU-01\ntitle: \"La prima: guida\"\nstatus: approved\narticles: [\"art. 2\", \"art. 7 della legge n. 1/2001\"]\nphases: [prima]\n---\n\nIl TdP, nella PFX, con LAX, vede [[GU-02]], [[La seconda guida]], [[AT-01.1]] e [[art. 2]].\n\n## Fare {#GU-01.1 .deve}\n\nSi fa (art. 1, par. 2; art. 7 della legge n. 1/2001). Vedi [passi](02-due.md#passi), [[art. 7 della legge n. 1/2001]], [l'atto](../acts/l-2.yaml) e [[tavolo dei partner]].\n",
    ),
    (
        "guide/02-due.md",
        "---\nid: GU-02\ntitle: La seconda guida\nstatus: superseded\nsuperseded_by: GU-01\n---\n\n## Passi\n\nVedi [[note.md]] e [il glossario](../glossary.yaml#tavolo-dei-partner).\n",
    ),
    ("prove/01-prova.md", "---\nid: PR-01\ntitle: Una prova\ntests: [GU-01.1, GU-02]\n---\n\nSi prova.\n"),
    (
        "attrezzi/01-modello.md",
        "---\nid: AT-01\ntitle: Un modello\nsupports: [GU-01, GU-02]\n---\n\n## Parte {#AT-01.1 .puo}\n\nVedi [[PR-01]] e [la prova](../prove/01-prova.md).\n",
    ),
    ("note.md", "Le note.\n\n## Fine\n\nVedi [[AT-01]] e [le linee](activity-lines.yaml).\n"),
    ("en/guide/01-one.md", "---\nid: GU-03\ntitle: One\narticles: [\"art. 2\"]\n---\n\nText.\n"),
];

fn whole() -> Handbook {
    Handbook::of(&WHOLE)
}

#[test]
fn the_handbook_that_the_cases_start_from_is_without_fault() {
    let said = whole().check();
    assert_eq!((said.places(), said.breaches_at()), (vec![], vec![]), "{:#?}", said.breaches);
}

#[test]
fn one_slip_gives_one_message_whatever_depends_on_its_file() {
    let mut wrong = Vec::new();
    for (file, from, to, expected) in [
        ("acts/l-2.yaml", "number: 2\n-", "number: : 2\n-", "acts/l-2.yaml:6:11 invalid-yaml"),
        ("acts/l-1.yaml", "number: 7", "number: : 7", "acts/l-1.yaml:5:11 invalid-yaml"),
        ("acts/l-2.yaml", "- number: 2\n", "- numbr: 2\n", ""),
        ("acts/l-2.yaml", "id: l-2", "[", "acts/l-2.yaml:4:1 invalid-yaml"),
        ("handbook.yaml", "acts: [l-2, l-1]", "acts: [l-3, l-1]", "handbook.yaml:3:8 unknown-act"),
        ("handbook.yaml", "title: Prova", "title: Prova\ntitle: Due", "handbook.yaml:2:1 duplicate-key"),
        ("handbook.yaml", "title: Prova", "title: : Prova", "handbook.yaml:1:8 invalid-yaml"),
        (
            "guide/01-uno.md",
            "title: \"La prima: guida\"",
            "title: La prima: guida",
            "guide/01-uno.md:3:16 invalid-yaml",
        ),
        (
            "guide/01-uno.md",
            "phases: [prima]\n---\n",
            "phases: [prima]\n",
            "guide/01-uno.md:1:1 unclosed-front-matter",
        ),
        ("guide/01-uno.md", "id: GU-01\n", "id: GU 01\n", "guide/01-uno.md:2:5 invalid-id"),
        ("guide/02-due.md", "id: GU-02", "id: GU-02\nid: GU-03", "guide/02-due.md:3:1 duplicate-key"),
        ("prove/01-prova.md", "title: Una prova", "title: Una: prova", "prove/01-prova.md:3:11 invalid-yaml"),
        ("attrezzi/01-modello.md", "id: AT-01", "id: : AT-01", "attrezzi/01-modello.md:2:5 invalid-yaml"),
        ("glossary.yaml", "terms:\n", "terms: :\n", "glossary.yaml:1:8 invalid-yaml"),
        (
            "glossary.yaml",
            "terms:\n",
            "terms:\n- {term: Note.MD, definition: x}\n",
            "glossary.yaml:7:3 duplicate-id",
        ),
        ("glossary.yaml", "  definition: Le note.\n", "", "glossary.yaml:6:3 missing-key"),
        ("vocabularies.yaml", "phases:", "phases: :", "vocabularies.yaml:1:9 invalid-yaml"),
        ("activity-lines.yaml", "lines:", "lines: :", "activity-lines.yaml:1:8 invalid-yaml"),
    ] {
        let handbook = whole();
        handbook.edit(file, from, to);
        let said = handbook.check();
        if expected.is_empty() {
            // Two problems of one entry: all of them are in the file that has it.
            assert!(said.problems.iter().all(|problem| problem.file == file), "{:#?}", said.problems);
        } else if said.places() != [expected] {
            wrong.push((file, to, said.places()));
        }
        assert_eq!((said.code, said.breaches_at()), (1, vec![]), "{file}: {to}");
    }
    assert_eq!(wrong, []);
}

#[test]
fn bytes_that_are_no_text_give_one_message_too() {
    for (file, _) in WHOLE {
        let handbook = whole();
        handbook.file(file, b"\xff\xfe");
        let said = handbook.check();
        assert_eq!((said.places(), said.breaches_at()), (vec![format!("{file}:1:1 not-utf8")], vec![]));
    }
}

#[test]
fn what_does_not_depend_on_the_file_is_told_all_the_same() {
    for (file, from, to) in [
        ("acts/l-2.yaml", "number: 2\n-", "number: : 2\n-"),
        ("glossary.yaml", "terms:\n", "terms: :\n"),
        ("guide/01-uno.md", "title: \"La prima: guida\"", "title: La prima: guida"),
        ("vocabularies.yaml", "phases:", "phases: :"),
    ] {
        let handbook = whole();
        handbook.edit(file, from, to);
        handbook.file("altro.md", "[manca](manca.md), [[PR-99]] e [qui](note.md)\n");
        let said = handbook.check();
        assert_eq!(said.places().len(), 3, "{file}: {:#?}", said.problems);
        assert!(said.places().contains(&"altro.md:1:9 broken-link".to_owned()));
        assert!(said.places().contains(&"altro.md:1:22 unknown-target".to_owned()));
        assert_eq!(said.breaches_at(), ["altro.md:1:38 vague-link-text"], "{file}");
    }
}
