//! The redline: what changed between two editions, told exactly and so that it reads well.

use proptest::prelude::*;
use vademecum::diagnostic::Lang;
use vademecum::edition::redline::{Edit, Redline, Side, Wording, json, redline, text};
use vademecum::handbook::{self, Handbook};
use vademecum::links::{Links, link};
use vademecum::source::MemorySource;

use crate::harness::ACT;
use crate::redline_model::{Model, Step, expected, found};

type Files = Vec<(String, String)>;

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// A handbook in memory, which must be without errors.
pub(crate) fn read(files: &Files) -> (Handbook, Links) {
    let source = MemorySource::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let (handbook, mut problems) = handbook::load(&source);
    let (links, more) = link(&handbook);
    problems.extend(more);
    let errors: Vec<_> = problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{files:#?}");
    (handbook, links)
}

fn compare(before: &Files, after: &Files) -> (Redline, Handbook) {
    let (old, old_links) = read(before);
    let (new, new_links) = read(after);
    let found =
        redline(Side { handbook: &old, links: &old_links }, Side { handbook: &new, links: &new_links });
    (found, new)
}

/// The redline in Italian, line by line.
fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let (found, handbook) = compare(&files(before), &files(after));
    text(&found, &handbook, Lang::It).lines().map(str::to_owned).collect()
}

/// The redline of one guideline, from its first line on, without the summary.
fn of_guideline(before: &str, after: &str) -> Vec<String> {
    let page = |text: &str| format!("---\nid: LG-04\ntitle: Consultare\n{text}");
    let lines = told(
        &[("acts/reg-2014-240.yaml", ACT), ("linee-guida/04-consultare.md", &page(before))],
        &[("acts/reg-2014-240.yaml", ACT), ("linee-guida/04-consultare.md", &page(after))],
    );
    lines.into_iter().skip_while(|line| !line.is_empty()).skip(2).collect()
}

#[test]
fn a_provision_that_says_something_else_is_told_word_by_word() {
    let lines = of_guideline(
        "---\n\n### Calendario {#LG-04.1 .dovrebbe}\n\nL'autorità pubblica il calendario (art. 5, par. 1).\n\nI documenti si inviano 5 giorni prima.\n\n- a\n- b\n",
        "changes: [{provision: LG-04.1, because: [\"art. 11\"], note: \"Troppo tardi.\"}]\n---\n\n### Calendario {#LG-04.1 .deve}\n\nL'autorità pubblica il\ncalendario (art. 5, par. 2).\n\nI documenti si inviano *10* giorni prima.\n\n* a\n* b\n* c\n",
    );
    assert_eq!(
        lines,
        [
            "  LG-04.1 Calendario",
            "    OBBLIGO NUOVO: da [-«dovrebbe»-] a {+«deve»+}",
            "    testo:",
            "      L'autorità pubblica il calendario (art. 5, par. [-1-]{+2+}).",
            "      I documenti si inviano [-5-]{+10+} giorni prima.",
            "      …",
            "      {+• c+}",
            "    cita anche: art. 5, par. 2",
            "    non cita più: art. 5, par. 1",
            "    perché: art. 11: Troppo tardi.",
        ]
    );
}

#[test]
fn another_spelling_of_the_same_handbook_is_no_change() {
    let one = "status: approved\nphases: [programmi]\n---\n\nTesto *in corsivo* e\nsu due righe.\n\n## Uno {#uno}\n\n- a\n- b\n\n### P {#LG-04.1 .deve}\n\nVedi [qui](04-consultare.md#uno) (art. 5).\n";
    let other = "phases:\n  - programmi\nstatus: approved # in vigore\n---\nTesto _in corsivo_ e su due righe.\n\nUno {#uno}\n---\n\n*   a\n\n*   b\n\n###   P   {#LG-04.1 .deve}\nVedi [qui][x] (art.&nbsp;5).\n\n[x]: #uno\n";
    assert_eq!(of_guideline(one, other), [""; 0]);
}

#[test]
fn what_moves_is_not_removed_and_added() {
    let lines = told(
        &[
            (
                "linee-guida/01-uno.md",
                "---\nid: LG-01\n---\n\n### A {#LG-01.1 .deve}\n\nVedi [[LG-02.1]].\n\n### B {#LG-01.2 .deve}\n\nb\n\n### C {#LG-01.3 .puo}\n\nc\n",
            ),
            (
                "linee-guida/02-due.md",
                "---\nid: LG-02\n---\n\nVedi [uno](01-uno.md).\n\n### D {#LG-02.1 .deve}\n\nd\n\n### E {#LG-02.2 .deve}\n\ne\n",
            ),
        ],
        &[
            (
                "linee-guida/01-primo.md",
                "---\nid: LG-01\ntitle: Uno\naliases: [linee-guida/uno]\nmoved_from: {LG-02.1: LG-01.9}\n---\n\n### C {#LG-01.3 .puo}\n\nc\n\n### A {#LG-01.1 .deve}\n\nVedi [[LG-01.9]].\n\n### B {#LG-01.2 .deve}\n\nb\n\n#### D {#LG-01.9 .deve}\n\nd\n",
            ),
            (
                "linee-guida/02-due.md",
                "---\nid: LG-02\nwithdrawn: [{id: LG-02.2, date: 2026-01-31, reason: \"Non serve più.\", successor: LG-01.2}]\n---\n\nVedi [uno](01-primo.md).\n",
            ),
        ],
    );
    assert_eq!(
        lines,
        [
            "In breve",
            "  obblighi venuti meno: 1",
            "  Disposizioni: 1 in meno, 1 con un altro posto o nome",
            "    ritirate, per livello: 1 «deve»",
            "    in un altro posto della pagina: 1",
            "  Documenti: 1 con un altro posto o nome",
            "",
            "LG-01 Uno (/linee-guida/primo)",
            "  prima all'indirizzo /linee-guida/uno",
            "  in un altro posto della pagina: LG-01.3",
            "  LG-01.9 D",
            "    prima LG-02.1, in LG-02",
            "",
            "LG-02 Due (/linee-guida/due)",
            "  LG-02.2 E: ritirata, era «deve»",
            "    ritiro del 31 gennaio 2026: Non serve più.",
            "    al suo posto: LG-01.2",
            "    testo: [-e-]",
        ]
    );
}

#[test]
fn what_is_new_or_gone_is_told_whole_with_its_date_and_reason() {
    let lines = told(
        &[
            ("handbook.yaml", "title: Prova\n"),
            ("linee-guida/01-uno.md", "---\nid: LG-01\n---\n\nPrimo.\n\n### A {#LG-01.1 .puo}\n\na\n"),
            ("linee-guida/02-due.md", "---\nid: LG-02\n---\n\nSecondo.\n"),
            (
                "glossary.yaml",
                "terms:\n- {term: quorum, definition: Il numero legale.}\n- {term: tavolo, definition: Chi siede.}\n",
            ),
        ],
        &[
            (
                "handbook.yaml",
                "title: Prova\nwithdrawn:\n- {id: LG-01, date: 2026-01-31, reason: \"Superata.\", successor: LG-03}\n- {id: LG-01.1, date: 2026-01-31, reason: \"Superata.\"}\n",
            ),
            ("linee-guida/02-due.md", "---\nid: LG-02\n---\n\nSecondo.\n"),
            (
                "linee-guida/03-tre.md",
                "---\nid: LG-03\n---\n\n### B {#LG-03.1 .deve}\n\nUn `testo`:\n\n1. uno\n2. [due](02-due.md)\n\n| x | y |\n|---|---|\n| 1 | 2 |\n",
            ),
            (
                "glossary.yaml",
                "terms:\n- {term: numero legale, aliases: [quorum], definition: Il numero legale., acronym: NL}\n- {term: tavolo, definition: Chi siede insieme.}\n",
            ),
        ],
    );
    assert_eq!(
        lines,
        [
            "In breve",
            "  obblighi nuovi: 1",
            "  Disposizioni: 1 in più, 1 in meno",
            "    nuove, per livello: 1 «deve»",
            "    ritirate, per livello: 1 «può»",
            "  Documenti: 1 in più, 1 in meno",
            "  Glossario: 1 con un altro posto o nome, 1 con altre parole",
            "",
            "LG-01 Uno (/linee-guida/uno): documento ritirato",
            "  ritiro del 31 gennaio 2026: Superata.",
            "  al suo posto: LG-03",
            "  testo fuori dalle disposizioni: [-Primo.-]",
            "  LG-01.1 A: ritirata, era «può»",
            "    ritiro del 31 gennaio 2026: Superata.",
            "    testo: [-a-]",
            "",
            "LG-03 Tre (/linee-guida/tre): documento nuovo",
            "  LG-03.1 B: nuova, «deve»",
            "    testo:",
            "      {+Un testo:+}",
            "      {+1. uno+}",
            "      {+1. due<LG-02>+}",
            "      {+| x | y+}",
            "      {+| 1 | 2+}",
            "",
            "Glossario",
            "  numero legale: prima «quorum»",
            "    sigla: {+NL+}",
            "  tavolo",
            "    definizione: Chi siede{+ insieme+}.",
        ]
    );
}

#[test]
fn what_became_a_part_of_something_else_is_told_with_its_place() {
    let lines = told(
        &[
            (
                "linee-guida/01-uno.md",
                "---\nid: LG-01\n---\n\n### A {#LG-01.1 .deve}\n\na\n\n### B {#LG-01.2 .deve}\n\nb\n\n### C {#LG-01.3 .puo}\n\nc\n",
            ),
            ("linee-guida/02-due.md", "---\nid: LG-02\n---\n\nSecondo.\n"),
        ],
        &[(
            "linee-guida/01-uno.md",
            "---\nid: LG-01\naliases: [LG-02]\nmoved_from: {LG-01.2: LG-01.1}\n---\n\n### A {#LG-01.1 .deve}\n\na\n\nb\n\n### C {#LG-01.3}\n\nc\n",
        )],
    );
    assert_eq!(
        lines[6..],
        [
            "LG-01 Uno (/linee-guida/uno)",
            "  testo fuori dalle disposizioni:",
            "    {+# C+}",
            "    {+c+}",
            "  LG-01.1 A",
            "    testo:",
            "      …",
            "      {+b+}",
            "  LG-01.2 B: ritirata, era «deve»",
            "    al suo posto: LG-01.1",
            "    testo: [-b-]",
            "  LG-01.3 C: ritirata, era «può»",
            "    al suo posto: LG-01#LG-01.3",
            "    testo: [-c-]",
            "",
            "LG-02 Due (/linee-guida/due): documento ritirato",
            "  al suo posto: LG-01",
            "  testo fuori dalle disposizioni: [-Secondo.-]",
        ]
    );
}

#[test]
fn a_link_with_another_end_is_a_change_and_one_that_follows_a_move_is_none() {
    let before = [
        (
            "linee-guida/01-uno.md",
            "---\nid: LG-01\n---\n\n## Passi {#passi}\n\n### A {#LG-01.1 .deve}\n\nx\n",
        ),
        (
            "nota.md",
            "Vedi [qui](linee-guida/01-uno.md#passi), [là](linee-guida/01-uno.md#LG-01.1-p1) e [[LG-01.1]].\n\n## T\n\n[fuori](https://a.it)\n",
        ),
    ];
    let moved = told(
        &before,
        &[
            (
                "linee-guida/01-primo.md",
                "---\nid: LG-09\ntitle: Uno\naliases: [LG-01, linee-guida/uno]\nmoved_from: {\"linee-guida/uno#passi\": tappe, LG-01.1: LG-09.1}\n---\n\n## Passi {#tappe}\n\n### A {#LG-09.1 .deve}\n\nx\n",
            ),
            (
                "nota.md",
                "Vedi [qui](linee-guida/01-primo.md#tappe), [là](linee-guida/01-primo.md#LG-09.1-p1) e [[LG-09.1]].\n\n## T\n\n[fuori](https://a.it)\n",
            ),
        ],
    );
    assert_eq!(
        moved[4..],
        [
            "LG-09 Uno (/linee-guida/primo)",
            "  prima all'indirizzo /linee-guida/uno",
            "  prima LG-01",
            "  LG-09.1 A",
            "    prima LG-01.1, in LG-01",
        ]
    );
    let other = [
        before[0],
        (
            "nota.md",
            "Vedi [qui](linee-guida/01-uno.md), [là](linee-guida/01-uno.md#LG-01.1-p1) e [[LG-01.1]].\n\n## T\n\n[fuori](https://b.it)\n",
        ),
    ];
    assert_eq!(
        told(&before, &other)[3..],
        [
            "Nota (/nota)",
            "  testo fuori dalle disposizioni:",
            "    Vedi [-qui<LG-01#passi>-]{+qui<LG-01>+}, là<LG-01#LG-01.1-p1> e LG-01.1<LG-01.1>.",
            "    …",
            "    [-fuori<https://a.it>-]{+fuori<https://b.it>+}",
        ]
    );
}

#[test]
fn metadata_are_told_in_the_words_of_the_vocabularies() {
    let vocabularies = ("vocabularies.yaml", "phases: {prima: Prima fase, dopo: Fase seguente}\n");
    let lines = told(
        &[
            vocabularies,
            ("linee-guida/01-uno.md", "---\nstatus: draft\nphases: [prima]\nkeywords: [a, b]\n---\n"),
        ],
        &[
            vocabularies,
            (
                "linee-guida/01-uno.md",
                "---\nstatus: approved\nphases: [prima, dopo]\nkeywords: [a]\nlink_terms: false\n---\n",
            ),
        ],
    );
    assert_eq!(
        lines[2..],
        [
            "Uno (/linee-guida/uno)",
            "  stato: [-bozza-]{+approvato+}",
            "  fasi: [-Prima fase-]{+Prima fase, Fase seguente+}",
            "  parole chiave: [-a, b-]{+a+}",
        ]
    );
}

#[test]
fn other_values_of_an_indicator_and_the_reason_of_a_whole_document_are_told() {
    let page = |more: &str| {
        format!("---\nid: IN-01\ntitle: Riunioni\ndata: riunioni.csv\nunit: giorni\n{more}---\n")
    };
    let (before, after) = (page(""), page("changes: [{note: \"Nuovi dati.\"}]\n"));
    let lines = told(
        &[("conoscenza/01-riunioni.md", &before), ("conoscenza/riunioni.csv", "anno,giorni\n2024,5\n")],
        &[
            ("conoscenza/01-riunioni.md", &after),
            ("conoscenza/riunioni.csv", "anno,giorni\n2024,5\n2025,9\n"),
        ],
    );
    let expected = [
        "IN-01 Riunioni (/conoscenza/riunioni)",
        "  i valori della tabella sono altri",
        "  perché: Nuovi dati.",
    ];
    assert!(lines.ends_with(&expected.map(str::to_owned)), "{lines:?}");
}

#[test]
fn the_redline_reads_in_english_too() {
    let page = |level: &str| format!("---\nid: LG-01\ntitle: One\n---\n\n### A {{#LG-01.1 .{level}}}\n\na\n");
    let (found, handbook) = compare(&files(&[("a.md", &page("deve"))]), &files(&[("a.md", &page("puo"))]));
    assert_eq!(
        text(&found, &handbook, Lang::En).lines().collect::<Vec<_>>(),
        [
            "In short",
            "  duties that ended: 1",
            "    from “must” to “may”: 1",
            "",
            "LG-01 One (/a)",
            "  LG-01.1 A",
            "    NO LONGER A DUTY: from [-“must”-] to {+“may”+}",
        ]
    );
    let (none, handbook) = compare(&files(&[("a.md", "a")]), &files(&[("a.md", "*a*")]));
    assert_eq!(text(&none, &handbook, Lang::En), "Nothing changed\n");
}

#[test]
fn a_form_that_changed_is_told_where_the_words_stayed() {
    assert_eq!(
        of_guideline(
            "---\n\nUno:\n\n- due parole\n- tre\n",
            "---\n\nUno:\n\ndue parole\n\n- tre\n- quattro\n"
        ),
        [
            "  testo fuori dalle disposizioni:",
            "    …",
            "    [-• -]{+¶ +}due parole",
            "    …",
            "    {+• quattro+}"
        ]
    );
    assert_eq!(
        of_guideline("---\n\nUno e due. Tre.\n", "---\n\nUno e due.\n\nTre.\n"),
        ["  testo fuori dalle disposizioni:", "    Uno e due.[- -]", "    {+¶ +}Tre."]
    );
}

#[test]
fn the_data_say_the_same_in_stable_names() {
    let (found, _) = compare(
        &files(&[(
            "linee-guida/01-uno.md",
            "---\nid: LG-01\ntitle: Uno\n---\n\n### A {#LG-01.1 .puo}\n\nentro 5 giorni\n",
        )]),
        &files(&[(
            "linee-guida/01-uno.md",
            "---\nid: LG-01\ntitle: Uno\n---\n\n### A {#LG-01.1 .deve}\n\nentro 9 giorni\n",
        )]),
    );
    let data: serde_json::Value = serde_json::from_str(&json(&found, Lang::En).unwrap()).unwrap();
    assert_eq!(data["format"], 1);
    assert_eq!(data["summary"]["new_duties"], 1);
    assert_eq!(
        data["summary"]["levels"][0],
        serde_json::json!({"before": "puo", "after": "deve", "count": 1})
    );
    let provision = &data["documents"][0]["provisions"][0];
    assert_eq!((&provision["change"], &provision["after"]["id"]), (&"changed".into(), &"LG-01.1".into()));
    assert_eq!(
        provision["text"],
        serde_json::json!([
            {"edit": "same", "pieces": [{"block": "paragraph", "depth": 0, "quotes": 0, "note": false}, {"text": "entro "}]},
            {"edit": "removed", "pieces": [{"text": "5"}]},
            {"edit": "added", "pieces": [{"text": "9"}]},
            {"edit": "same", "pieces": [{"text": " giorni"}]},
        ])
    );
}

#[test]
fn coverage_changes_in_figures() {
    let page = |citation: &str| format!("---\nid: LG-01\n---\n\n### A {{#LG-01.1 .deve}}\n\n{citation}\n");
    let (before, after) = (page("art. 5, par. 1"), page("art. 5, par. 2 e art. 8"));
    let lines = told(
        &[("acts/reg-2014-240.yaml", ACT), ("linee-guida/01-uno.md", &before)],
        &[("acts/reg-2014-240.yaml", ACT), ("linee-guida/01-uno.md", &after)],
    );
    assert_eq!(
        lines[3..6],
        [
            "  Copertura: punti attuati da 1 a 2 su 97; messi alla prova da 0 a 0",
            "    attuati ora: art. 5, par. 2; art. 8",
            "    non più attuati: art. 5, par. 1",
        ]
    );
}

/// Every wording of a redline.
fn wordings(found: &Redline) -> Vec<&Wording> {
    let of_documents =
        found.documents.iter().flat_map(|document| document.title.iter().chain(&document.text));
    let of_provisions =
        found.provisions().flat_map(|provision| provision.title.iter().chain(&provision.text));
    of_documents.chain(of_provisions).chain(found.terms.iter().flat_map(|term| &term.definition)).collect()
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..Step::KINDS, any::<u8>(), any::<u8>(), any::<u64>());
    prop::collection::vec(
        step.prop_map(|(kind, a, b, seed)| Step { kind, a: a.into(), b: b.into(), seed }),
        0..9,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_redline_tells_what_was_done_and_nothing_else(
        seed in any::<u64>(), steps in steps(), spelling in any::<(u64, u64)>(),
    ) {
        let before = Model::random(seed);
        let mut after = before.clone();
        for step in &steps {
            after.take(step);
        }
        let (old, new) = (before.files(None, spelling.0), after.files(Some(&before), spelling.1));
        let (redline, _) = compare(&old, &new);
        prop_assert_eq!(found(&redline), expected(&before, &after), "{:#?}\n{:#?}", old, new);
        for wording in wordings(&redline) {
            // No two pieces of one kind follow each other, and none is empty.
            let kinds: Vec<u8> = wording.edits.iter().map(|edit| match edit {
                Edit::Same(_) => 0,
                Edit::Removed(_) => 1,
                Edit::Added(_) => 2,
            }).collect();
            prop_assert!(kinds.windows(2).all(|pair| pair[0] != pair[1] && pair != [2, 1]), "{:?}", wording);
            prop_assert!(kinds.iter().any(|kind| *kind > 0), "{:?}", wording);
        }
        let back = compare(&new, &new).0;
        prop_assert!(back.is_empty(), "{:?}", back);
    }
}
