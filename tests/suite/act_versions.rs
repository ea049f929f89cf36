//! Two versions of an act side by side: which one counts, what cites what changed, and what readers see of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use vademecum::diagnostic::Code;
use vademecum::handbook;
use vademecum::links::link;
use vademecum::lint::lint;
use vademecum::source::MemorySource;

use crate::harness::{Handbook, Problem, Said};

const OLD: &str = "id: l-1
title: Legge uno
in_force_from: 2014-03-15
articles:
- number: 5
  title: Partner
  paragraphs: [{number: 1}, {number: 2, points: [a, b]}, {number: 3}]
- number: 6
  title: Tempi
- {number: 7}
";

/// Letter c) is new, paragraph 3 and article 7 are gone, article 6 has another heading, article 8 is new.
const NEW: &str = "id: l-1
title: Legge uno
in_force_from: 2027-01-01
articles:
- number: 5
  title: Partner
  paragraphs: [{number: 1}, {number: 2, points: [a, b, c]}]
- number: 6
  title: Termini
- {number: 8}
";

const VERSION: &str = "acts/l-1.2027-01-01.yaml";

/// The act in its two versions, and one more file.
fn handbook(path: &str, text: &str) -> Handbook {
    Handbook::of(&[("acts/l-1.yaml", OLD), (VERSION, NEW), (path, text)])
}

/// The suspect references of what was said, with their places.
fn suspects(said: &Said) -> Vec<&Problem> {
    said.breaches.iter().filter(|breach| breach.code == "suspect-reference").collect()
}

fn suspects_at(handbook: &Handbook) -> Vec<String> {
    suspects(&handbook.check()).into_iter().map(|breach| format!("{}:{}", breach.file, breach.at)).collect()
}

#[test]
fn a_provision_that_cites_what_changed_is_suspect_where_it_cites_it() {
    let handbook = handbook(
        "linee-guida/01-una.md",
        "---\nid: LG-1\ntitle: Una\narticles: [\"art. 5\", \"art. 8\"]\n---\n\nSi parla dell'art. 6.\n\n\
         ## Fare {#LG-1.1 .deve}\n\nSi fa (art. 5, par. 2, lett. a)). Si fa (art. 5, par. 2), e poi (art. 5, par. 2).\n\n\
         ## Dire {#LG-1.2 .deve}\n\nSi dice: [[art. 6]]. Si dice (art. 5, par. 1).\n",
    );
    let said = handbook.check();
    let found = suspects(&said);
    let places: Vec<_> = found.iter().map(|breach| breach.at.as_str()).collect();
    assert_eq!(places, ["4:12", "4:22", "7:15", "11:42", "15:12"]);
    let messages: Vec<_> = found.iter().map(|breach| breach.message.as_str()).collect();
    let changed = "and the act changed with the version in force from 2027-01-01";
    assert_eq!(
        messages,
        [
            format!("the document cites `Art. 5`, {changed}: `Art. 5(2)(c)` added; `Art. 5(3)` removed"),
            format!("the document cites `Art. 8`, {changed}: `Art. 8` added"),
            format!("the document cites `Art. 6`, {changed}: new heading of `Art. 6` (it was “Tempi”)"),
            format!("the provision `LG-1.1` cites `Art. 5(2)`, {changed}: `Art. 5(2)(c)` added"),
            format!(
                "the provision `LG-1.2` cites `Art. 6`, {changed}: new heading of `Art. 6` (it was “Tempi”)"
            ),
        ]
    );
    for breach in &found {
        assert_eq!((breach.severity.as_str(), breach.related), ("warning", 1));
        assert_eq!(
            breach.help,
            "read the text again in the light of the new version, then write in the front matter `reviewed: {l-1: 2027-01-01}`"
        );
    }
    assert_eq!((said.code, said.places()), (0, vec![]));
}

#[test]
fn a_document_that_was_reviewed_against_the_newest_version_is_silent_and_one_of_before_is_not() {
    let text =
        |reviewed: &str| format!("---\n{reviewed}\ntitle: Una\n---\n\nVedi art. 5, par. 2, e art. 6.\n");
    for (reviewed, expected) in [
        ("reviewed: {l-1: 2027-01-01}", &[][..]),
        ("reviewed: {l-1: 2014-03-15}", &["a.md:6:6", "a.md:6:24"]),
        ("description: Una", &["a.md:6:6", "a.md:6:24"]),
        ("status: withdrawn", &[]),
    ] {
        let handbook = handbook("a.md", &text(reviewed));
        assert_eq!(suspects_at(&handbook), expected, "{reviewed}");
    }
}

#[test]
fn of_three_versions_a_document_is_held_against_the_one_that_it_was_reviewed_against() {
    let text =
        |reviewed: &str| format!("---\n{reviewed}\ntitle: Una\n---\n\nVedi art. 5, par. 2, e art. 6.\n");
    let third = NEW.replace("2027-01-01", "2030-01-01").replace("  title: Termini\n", "  title: Scadenze\n");
    for (reviewed, expected) in [
        ("reviewed: {l-1: 2030-01-01}", &[][..]),
        ("reviewed: {l-1: 2027-01-01}", &["a.md:6:24"]),
        ("reviewed: {l-1: 2014-03-15}", &["a.md:6:6", "a.md:6:24"]),
        ("description: Una", &["a.md:6:6", "a.md:6:24"]),
    ] {
        let handbook = handbook("a.md", &text(reviewed));
        handbook.file("acts/l-1.2030-01-01.yaml", &third);
        assert_eq!(suspects_at(&handbook), expected, "{reviewed}");
    }
}

#[test]
fn what_the_help_says_can_be_pasted_beside_what_was_reviewed_of_other_acts() {
    let page = "---\nreviewed: {l-2: 2020-01-01}\ntitle: Una\n---\n\nVedi art. 6.\n";
    let handbook = handbook("a.md", page);
    handbook
        .file("acts/l-2.yaml", "id: l-2\ntitle: Due\nin_force_from: 2020-01-01\narticles: [{number: 1}]\n");
    let said = handbook.check();
    let [breach] = suspects(&said)[..] else { panic!("{:#?}", said.breaches) };
    let line = breach.help.split('`').nth(1).unwrap();
    assert_eq!(line, "reviewed: {l-2: 2020-01-01, l-1: 2027-01-01}");
    handbook.edit("a.md", "reviewed: {l-2: 2020-01-01}", line);
    let said = handbook.check();
    assert_eq!((said.places(), suspects(&said).len()), (vec![], 0));
}

#[test]
fn a_place_that_is_gone_says_until_when_it_was_there() {
    let handbook = handbook("a.md", "Vedi art. 5, par. 3, e art. 7, e art. 9.\n");
    let said = handbook.check();
    assert_eq!(
        said.places(),
        ["a.md:1:6 unknown-address", "a.md:1:24 unknown-address", "a.md:1:34 unknown-address"]
    );
    let messages: Vec<_> = said.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`art. 5, par. 3` no longer exists: it was there until the version of the act in force from 2027-01-01; now `art. 5` has 2 paragraphs (1–2)",
            "`art. 7` no longer exists: it was there until the version of the act in force from 2027-01-01; now Legge uno has 3 articles",
            "`art. 9` does not exist: Legge uno has 3 articles",
        ]
    );
    let helps: Vec<_> = said.problems.iter().map(|problem| problem.help.as_str()).collect();
    let read = "read in the new version what became of it: cite the place that has taken its place";
    assert_eq!(
        helps,
        [
            format!("{read} (the nearest is `art. 5, par. 2`), or remove the citation"),
            format!("{read} (the nearest is `art. 6`), or remove the citation"),
            "write `art. 8`".to_owned(),
        ]
    );
}

#[test]
fn what_changed_in_words_only_is_what_the_new_version_says() {
    let handbook =
        handbook("a.md", "Vedi art. 5, par. 1, e art. 5, par. 2, lett. a), e art. 5, par. 2, lett. b).\n");
    handbook
        .file(VERSION, NEW.replace("articles:", "amended: [5.1, \"art. 5, par. 2, lett. b)\"]\narticles:"));
    let said = handbook.check();
    assert_eq!(said.places(), [""; 0]);
    assert_eq!(suspects_at(&handbook), ["a.md:1:6", "a.md:1:52"]);
    assert!(suspects(&said)[0].message.ends_with("wording of `Art. 5(1)` amended"), "{:?}", said.breaches);
    handbook.edit(VERSION, "amended: [5.1,", "amended: [9, \"art. 5, comma 2\", pippo,");
    assert_eq!(
        handbook.check().places(),
        [
            format!("{VERSION}:4:11 unknown-address"),
            format!("{VERSION}:4:14 citation-style"),
            format!("{VERSION}:4:33 invalid-citation"),
        ]
    );
}

#[test]
fn an_act_with_versions_is_one_act_named_by_its_id() {
    let handbook = handbook("a.md", "Vedi art. 8.\n");
    assert_eq!(handbook.check().places(), [""; 0]);
    handbook.file("handbook.yaml", "acts: [l-1]\n");
    assert_eq!(handbook.check().places(), [""; 0]);
    handbook.file("handbook.yaml", "acts: [l-1.2027-01-01]\n");
    let said = handbook.check();
    assert_eq!(said.places(), ["handbook.yaml:1:8 unknown-act"]);
    assert_eq!(said.only().help, "write `l-1`: the newest version counts");
}

#[test]
fn names_and_days_that_do_not_fit_are_told_with_what_to_write() {
    let with = |name: &str, text: &str| {
        let handbook = Handbook::of(&[("acts/l-1.yaml", OLD), ("a.md", "Vedi art. 5.\n")]);
        handbook.file(&format!("acts/{name}"), text);
        let said = handbook.check();
        said.problems.iter().map(|p| format!("{}: {} | {}", p.place(), p.message, p.help)).collect::<Vec<_>>()
    };
    let undated = NEW.replace("in_force_from: 2027-01-01\n", "");
    for (name, text, expected) in [
        (
            "l-1.2027-06-01.yaml",
            NEW,
            "acts/l-1.2027-06-01.yaml:3:16 act-version: the file is called `l-1.2027-06-01.yaml` but the version holds from 2027-01-01 | rename the file to `l-1.2027-01-01.yaml`, or write `in_force_from: 2027-06-01`",
        ),
        (
            "l-1.2027-06-01.yaml",
            &undated,
            "acts/l-1.2027-06-01.yaml:1:5 act-version: the file is called `l-1.2027-06-01.yaml` but does not say from when it holds | add the line `in_force_from: 2027-06-01`",
        ),
        (
            "l-1.nuova.yaml",
            NEW,
            "acts/l-1.nuova.yaml act-version: `nuova` in the name of the file is no day: after the id comes the one from which the version holds | rename the file to `l-1.2027-01-01.yaml`, with the same day that the file says in `in_force_from`",
        ),
        (
            "l-1.2014-03-15.yaml",
            OLD,
            "acts/l-1.yaml:3:16 act-version: two versions of `l-1` hold from 2014-03-15 | mend the day of one of them, or remove one of the files",
        ),
        (
            "l-2.2027-01-01.yaml",
            NEW,
            "acts/l-2.2027-01-01.yaml unknown-act: the file is called `l-2.2027-01-01.yaml` but the act has `id: l-1` | rename the file to `l-1.2027-01-01.yaml`",
        ),
    ] {
        assert_eq!(with(name, text), [expected], "{name}");
    }
}

#[test]
fn a_version_without_a_day_beside_another_is_told_the_day_on_which_the_act_came_into_force() {
    for (dates, help) in [
        ("dates: {in_force: 2014-03-15}", "add the line `in_force_from: 2014-03-15`"),
        ("dates: {in_force: 2027-01-01}", "add the line `in_force_from: YYYY-MM-DD`, with the right day"),
        ("type: reg", "add the line `in_force_from: YYYY-MM-DD`, with the right day"),
    ] {
        let handbook = handbook("a.md", "Vedi art. 7.\n");
        handbook.edit("acts/l-1.yaml", "in_force_from: 2014-03-15", dates);
        let said = handbook.check();
        // Which version is the newest is not known: the citation is not judged.
        assert_eq!(said.places(), ["acts/l-1.yaml:1:5 act-version"]);
        assert_eq!((said.only().help.as_str(), said.only().related), (help, 1));
        handbook.remove(VERSION);
        assert_eq!(handbook.check().places(), [""; 0], "alone, it need not say a day");
    }
}

#[test]
fn reviewed_names_an_act_and_the_day_of_a_version() {
    for (reviewed, at, help) in [
        ("reviewed: {l-2: 2027-01-01}", "a.md:2:12 unknown-act", "did you mean `l-1`?"),
        (
            "reviewed: {l-1: 2027-01-02}",
            "a.md:2:17 act-version",
            "the versions hold from `2027-01-01`, `2014-03-15`",
        ),
        ("reviewed: {l-1: 1/2/2027}", "a.md:2:17 invalid-value", "write year, month and day: `2027-02-01`"),
    ] {
        let said = handbook("a.md", &format!("---\n{reviewed}\n---\n\nVedi art. 5.\n")).check();
        assert_eq!(said.places(), [at], "{reviewed}");
        assert_eq!(said.only().help, help);
    }
}

#[test]
fn a_version_with_an_error_is_told_and_nothing_that_depends_on_it() {
    // The earlier one: citations are judged all the same, and what changed is not.
    let handbook = handbook("a.md", "Vedi art. 6, e art. 9.\n");
    handbook.edit("acts/l-1.yaml", "  title: Tempi\n", "  titolo: Tempi\n");
    let said = handbook.check();
    assert_eq!(said.places(), ["a.md:1:16 unknown-address", "acts/l-1.yaml:9:3 unknown-key"]);
    assert_eq!(suspects(&said).len(), 0);
    // The newest one: no citation is judged.
    handbook.file("acts/l-1.yaml", OLD);
    handbook.edit(VERSION, "  title: Termini\n", "  titolo: Termini\n");
    let said = handbook.check();
    assert_eq!(said.places(), [format!("{VERSION}:9:3 unknown-key")]);
    handbook.file(VERSION, "id: [l-1\n");
    let said = handbook.check();
    assert_eq!((said.only().code.as_str(), said.only().file.as_str()), ("invalid-yaml", VERSION));
}

#[test]
fn readers_see_from_when_the_version_holds_and_what_has_changed() {
    let handbook = handbook(
        "handbook.yaml",
        "base_url: https://example.org/\nedit_url: \"https://example.org/edit/{path}\"\n",
    );
    assert_eq!(handbook.build().places(), [""; 0]);
    let act = handbook.page("atti/l-1/index.html");
    assert!(act.contains(
        "<dt>Questa versione vale dal</dt><dd><time datetime=\"2027-01-01\">1º gennaio 2027</time></dd>"
    ));
    let (_, list) = act.split_once("<h2 id=\"_changes\">Che cosa è cambiato</h2>").unwrap();
    let list = list.split("</ul>").next().unwrap();
    let lines: Vec<_> = list.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "<p>Rispetto alla versione in vigore dal <time datetime=\"2014-03-15\">15 marzo 2014</time>:</p>",
            "<ul>",
            "<li><a href=\"art-5/#par-2-lett-c\">art. 5, par. 2, lett. c)</a>: nuovo</li>",
            "<li>art. 5, par. 3: soppresso</li>",
            "<li><a href=\"art-6/\">art. 6</a>: nuova rubrica (prima <q>Tempi</q>)</li>",
            "<li>art. 7: soppresso</li>",
            "<li><a href=\"art-8/\">art. 8</a>: nuovo</li>",
        ]
    );
    let article = handbook.page("atti/l-1/art-6/index.html");
    assert!(article.contains("<dt>Questa versione vale dal</dt>"));
    assert!(
        article.contains("<li><a href=\"./\">art. 6</a>: nuova rubrica (prima <q>Tempi</q>)</li>"),
        "{article}"
    );
    assert_eq!(article.matches("soppresso").count(), 0);
    assert!(article.contains("https://example.org/edit/acts/l-1.2027-01-01.yaml"));
    assert!(!handbook.published().contains(&"atti/l-1/art-7/index.html".to_owned()));
    let data: serde_json::Value = serde_json::from_str(&handbook.page("dati/handbook.json")).unwrap();
    assert_eq!(data["acts"].as_array().unwrap().len(), 1);
    assert_eq!(data["acts"][0]["in_force_from"], "2027-01-01");
}

#[test]
fn an_act_with_one_version_says_nothing_of_changes_and_names_a_day_once() {
    let act = "id: l-1\ntitle: Uno\ndates: {in_force: 2014-03-15}\nin_force_from: 2014-03-15\narticles: [{number: 1}]\n";
    let handbook = Handbook::of(&[("acts/l-1.yaml", act)]);
    assert_eq!(handbook.build().places(), [""; 0]);
    let page = handbook.page("atti/l-1/index.html");
    assert!(!page.contains("_changes") && !page.contains("Questa versione vale dal"));
    assert!(page.contains("15 marzo 2014"));
}

/// The structure of an act by the ways to its places, knowing nothing of addresses: `[5, 2, "a", "i"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Model {
    ways: BTreeSet<Vec<&'static str>>,
    titles: BTreeSet<(&'static str, u32)>,
    amended: Vec<Vec<&'static str>>,
}

const NUMBERS: [&str; 4] = ["1", "2", "3", "4"];
const LETTERS: [&str; 4] = ["a", "b", "c", "d"];
const POINTS: [&str; 3] = ["i", "ii", "iii"];

impl Model {
    /// From bits: every article has a number; paragraphs, letters and points are there or not.
    fn of(bits: &[bool]) -> Self {
        let mut bits = bits.iter().copied().cycle();
        let mut ways = BTreeSet::new();
        for article in NUMBERS {
            ways.insert(vec![article]);
            for paragraph in NUMBERS.into_iter().filter(|_| bits.next().unwrap()).collect::<Vec<_>>() {
                ways.insert(vec![article, paragraph]);
                for letter in LETTERS.into_iter().filter(|_| bits.next().unwrap()).collect::<Vec<_>>() {
                    ways.insert(vec![article, paragraph, letter]);
                    for point in POINTS.into_iter().filter(|_| bits.next().unwrap()).collect::<Vec<_>>() {
                        ways.insert(vec![article, paragraph, letter, point]);
                    }
                }
            }
        }
        let titles = NUMBERS.into_iter().map(|article| (article, 0)).collect();
        Self { ways, titles, amended: Vec::new() }
    }

    fn below(&self, way: &[&'static str]) -> Vec<&'static str> {
        let next = |other: &&Vec<&'static str>| other.len() == way.len() + 1 && other.starts_with(way);
        self.ways.iter().filter(next).map(|other| other[way.len()]).collect()
    }

    fn yaml(&self, day: &str) -> String {
        let mut text = format!("id: x\ntitle: X\nin_force_from: {day}\n");
        let amended: Vec<_> = self.amended.iter().map(|way| format!("\"{}\"", way.join("."))).collect();
        text.push_str(&format!("amended: [{}]\narticles:\n", amended.join(", ")));
        for article in self.below(&[]) {
            let edition = self.titles.iter().find(|(number, _)| *number == article).unwrap().1;
            let paragraphs: Vec<_> = self
                .below(&[article])
                .into_iter()
                .map(|paragraph| {
                    let letters = self.below(&[article, paragraph]);
                    let points = letters.iter().map(|letter| {
                        format!("{letter}: [{}]", self.below(&[article, paragraph, letter]).join(", "))
                    });
                    let points: Vec<_> = points.collect();
                    format!(
                        "{{number: {paragraph}, points: [{}], subpoints: {{{}}}}}",
                        letters.join(", "),
                        points.join(", ")
                    )
                })
                .collect();
            text.push_str(&format!(
                "- {{number: {article}, title: Titolo {edition}, paragraphs: [{}]}}\n",
                paragraphs.join(", ")
            ));
        }
        text
    }

    /// One change, and the way to what it is made to; `None` where it changes nothing.
    fn change(&mut self, kind: u8, pick: usize) -> Option<Vec<&'static str>> {
        let ways: Vec<_> = self.ways.iter().cloned().collect();
        let way = ways[pick % ways.len()].clone();
        match kind {
            0 => {
                self.ways.retain(|other| !other.starts_with(&way));
                Some(way)
            }
            1 => {
                let labels = [&NUMBERS[..], &LETTERS[..], &POINTS[..]].get(way.len() - 1)?.iter();
                let free = labels.copied().find(|label| !self.below(&way).contains(label))?;
                let new = [way.as_slice(), &[free]].concat();
                self.ways.insert(new.clone());
                Some(new)
            }
            2 => {
                let article = way[0];
                self.titles.remove(&(article, 0));
                self.titles.insert((article, 1));
                Some(vec![article])
            }
            _ => {
                self.amended.push(way.clone());
                Some(way)
            }
        }
    }
}

/// The ways of which a page that cites every place of the newer version is told that they are suspect.
fn told(old: &Model, new: &Model) -> BTreeSet<Vec<String>> {
    let citations: Vec<_> = new.ways.iter().map(|way| way.join(".")).collect();
    let quoted: Vec<_> = citations.iter().map(|citation| format!("\"{citation}\"")).collect();
    let page = format!("---\narticles: [{}]\n---\n\nTesto.\n", quoted.join(", "));
    let (first, second) = (old.yaml("2014-03-15"), new.yaml("2027-01-01"));
    let files = [("acts/x.yaml", first.as_str()), ("acts/x.2027-01-01.yaml", &second), ("a.md", &page)];
    let (handbook, problems) = handbook::load(&MemorySource::new(files));
    assert_eq!(problems, [], "{second}");
    let (links, problems) = link(&handbook);
    assert_eq!(problems, []);
    let found = lint(&handbook, &links, &[], None);
    let suspects = found.iter().filter(|problem| problem.code == Code::SuspectReference);
    suspects
        .map(|problem| {
            let place = problem.place.as_ref().unwrap();
            let cited = &place.file.text()[place.range.clone().unwrap()];
            cited.trim_matches('"').split('.').map(str::to_owned).collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_citations_that_touch_a_change_are_suspect(
        bits in proptest::collection::vec(any::<bool>(), 1..80), kind in 0u8..4, pick in any::<usize>(),
    ) {
        let old = Model::of(&bits);
        let mut new = old.clone();
        let changed = new.change(kind, pick);
        prop_assume!(!new.ways.is_empty());
        let touches = |way: &Vec<&'static str>| {
            changed.as_ref().is_some_and(|changed| way.starts_with(changed) || changed.starts_with(way))
        };
        let expected: BTreeSet<Vec<String>> = new
            .ways
            .iter()
            .filter(|way| touches(way))
            .map(|way| way.iter().map(|label| (*label).to_owned()).collect())
            .collect();
        prop_assert_eq!(told(&old, &new), expected);
    }
}
