//! Editions: each at its own address, each name leading on.

use std::fs;
use std::sync::Arc;

use proptest::prelude::*;
use vademecum::diagnostic::Diagnostic;
use vademecum::edition::{Published, Register, SEAL, Seal, folder_of};
use vademecum::handbook::Date;
use vademecum::site::{Options, Site};
use vademecum::source::{MemorySource, Source, SourcePath};

use crate::harness::Handbook;
use crate::redline::steps;
use crate::redline_model::Model;

const ACT: &str = include_str!("../../content/acts/reg-2014-240.yaml");

/// A handbook with two editions that differ in every way in which a name can: and a draft.
fn two_editions() -> Handbook {
    let handbook = Handbook::of(&[
        (
            "handbook.yaml",
            "title: Manuale\nbase_url: https://esempio.it/m/\nacts: [reg-2014-240]\nlints: {article-without-guideline: off, uncovered-address: off, unused-term: off, guideline-without-article: off, undefined-acronym: off}\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
        ("index.md", "# Manuale\n\nInizio.\n"),
        (
            "linee-guida/01-quattro.md",
            "---\nid: LG-04\ntitle: Consultare\nstatus: approved\n---\n\n### Pubblicare {#LG-04.1 .deve}\n\nSi pubblica (art. 5, par. 1).\n\n### Rispondere {#LG-04.2 .dovrebbe}\n\nSi risponde (art. 5, par. 2).\n\n### Contare {#LG-04.3 .puo}\n\nSi conta (art. 5, par. 2).\n\n## Tempi {#tempi}\n\nTesto.\n",
        ),
        (
            "linee-guida/02-cinque.md",
            "---\nid: LG-05\ntitle: Preparare\nstatus: approved\nupdated: 2025-11-01\n---\n\nTesto (art. 6).\n",
        ),
        ("nota.md", "# Nota\n\nUna nota.\n"),
        ("dati.csv", "a,b\n1,2\n"),
        ("glossary.yaml", "terms:\n  - term: Tavolo\n    definition: Un tavolo.\n"),
    ]);
    handbook.publish("2025.1", "2025-11-30", "La prima edizione.\n\nÈ una prova.");
    fs::rename(handbook.path("linee-guida/01-quattro.md"), handbook.path("linee-guida/01-consultare.md"))
        .unwrap();
    handbook.file("linee-guida/01-consultare.md", "---\nid: LG-04\ntitle: Consultare bene\nstatus: approved\naliases: [linee-guida/quattro]\nwithdrawn:\n  - {id: LG-04.3, date: 2026-05-01, reason: \"Nessuno contava.\", successor: LG-04.1}\n---\n\n### Pubblicare {#LG-04.1 .deve}\n\nSi pubblica subito (art. 5, par. 1).\n\n## Tempi {#tempi}\n\nTesto.\n");
    handbook.file("linee-guida/02-cinque.md", "---\nid: LG-05\ntitle: Preparare\nstatus: approved\nupdated: 2025-11-01\nmoved_from: {LG-04.2: LG-05.1}\n---\n\n### Rispondere {#LG-05.1 .deve}\n\nSi risponde (art. 5, par. 2).\n");
    handbook.remove("nota.md");
    handbook.remove("dati.csv");
    handbook.edit(
        "handbook.yaml",
        "acts:",
        "withdrawn: [{id: nota, date: 2026-05-01, reason: \"Non serviva.\"}]\nacts:",
    );
    handbook.edit(
        "glossary.yaml",
        "  - term: Tavolo\n",
        "  - term: Tavolo dei partner\n    aliases: [Tavolo]\n",
    );
    handbook.publish("2026.1", "2026-06-30", "La seconda edizione.");
    handbook
}

#[test]
fn every_edition_has_its_address_and_the_root_is_the_newest() {
    let handbook = two_editions();
    handbook.edit("linee-guida/01-consultare.md", "subito", "presto");
    let said = handbook.build();
    assert_eq!((said.code, said.problems.len()), (0, 0), "{}", said.stderr);
    assert!(handbook.page("linee-guida/consultare/index.html").contains("subito"));
    assert!(handbook.page("edizioni/2026.1/linee-guida/consultare/index.html").contains("subito"));
    assert!(!handbook.page("edizioni/2025.1/linee-guida/quattro/index.html").contains("subito"));
    assert!(!handbook.published().iter().any(|path| path.starts_with("edizioni/bozza/")));
    let said = handbook.build_with(&["--draft"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let draft = handbook.page("edizioni/bozza/linee-guida/consultare/index.html");
    assert!(draft.contains("presto") && draft.contains("<meta name=\"robots\" content=\"noindex\">"));
}

/// The part of a page that is its own.
fn main_of(page: &str) -> &str {
    let start = page.find("<main").unwrap();
    &page[start..page.find("</main>").unwrap()]
}

#[test]
fn whatever_an_edition_published_in_the_root_still_answers_there() {
    let handbook = two_editions();
    assert_eq!(handbook.build().code, 0);
    let published = handbook.published();
    let old = published.iter().filter_map(|path| path.strip_prefix("edizioni/2025.1/"));
    let gone: Vec<&str> = old
        .filter(|path| !path.starts_with("pagefind/") && !published.iter().any(|now| now == path))
        .collect();
    assert_eq!(gone, [""; 0]);
    let seal = Seal::parse(&handbook.text("editions/2025.1/seal.json")).unwrap();
    for place in seal.register.places() {
        let path = if place.page.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{}/index.html", place.page)
        };
        let page = handbook.page(&path);
        if let Some(anchor) = &place.anchor {
            assert!(page.contains(&format!("id=\"{anchor}\"")), "{} has no {anchor}", place.page);
        }
    }
    assert_eq!(handbook.page("dati.csv"), "a,b\n1,2\n");
    assert_eq!(handbook.page("nota/index.md"), "# Nota\n\nUna nota.\n");
}

#[test]
fn an_old_address_leads_on_without_a_script_or_says_why_it_ends() {
    let handbook = two_editions();
    assert_eq!(handbook.build().code, 0);
    let moved = handbook.page("linee-guida/quattro/index.html");
    assert!(
        moved
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"0; url=../consultare/\"></noscript>")
    );
    let places = main_of(&moved);
    assert!(places.contains("<li id=\"LG-04.1\"><strong>LG-04.1 Pubblicare</strong>: ora è in <a href=\"../consultare/#LG-04.1\">"), "{places}");
    assert!(places.contains("ora è in <a href=\"../cinque/#LG-05.1\">LG-05.1 Rispondere</a>"), "{places}");
    assert!(
        places.contains("Nessuno contava. Al suo posto: <a href=\"../consultare/#LG-04.1\">"),
        "{places}"
    );
    // A host that leads on by itself keeps the place: what went elsewhere is told on the new page.
    let new = handbook.page("linee-guida/consultare/index.html");
    assert!(new.contains("<li id=\"LG-04.2\">") && new.contains("<li id=\"LG-04.3\">"), "{}", main_of(&new));
    assert!(handbook.page("_redirects").contains("/linee-guida/quattro/ /linee-guida/consultare/ 301\n"));
    assert!(
        handbook
            .page(".htaccess")
            .contains("RedirectMatch 301 \"^/m/linee-guida/quattro/$\" \"/m/linee-guida/consultare/\"")
    );
    let withdrawn = handbook.page("nota/index.html");
    assert!(main_of(&withdrawn).contains("1º maggio 2026</time>. Non serviva."), "{}", main_of(&withdrawn));
    assert!(main_of(&withdrawn).contains("<a href=\"../edizioni/2025.1/nota/\">Edizione 2025.1</a>"));
    assert!(handbook.page("glossario/tavolo/index.html").contains("url=../tavolo-dei-partner/"));
}

#[test]
fn a_page_of_an_old_edition_says_so_and_knows_where_it_is_now() {
    let handbook = two_editions();
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("edizioni/2025.1/linee-guida/quattro/index.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://esempio.it/m/linee-guida/consultare/\">"));
    assert!(page.contains("data-edition=\"edizione 2025.1, 30 novembre 2025 · SOSTITUITA\""));
    assert!(page.contains("data-address=\"https://esempio.it/m/edizioni/2025.1/linee-guida/quattro/\""));
    let main = main_of(&page);
    assert!(main.contains("<a href=\"../../../../linee-guida/consultare/\">La stessa pagina"), "{main}");
    assert!(
        main.contains("<a href=\"../../../../linee-guida/cinque/#LG-05.1\">LG-05.1 Rispondere</a>"),
        "{main}"
    );
    assert!(main.contains("Ritiro: Nessuno contava."), "{main}");
    // What stands in the root is cited by the address that will stay.
    let new = handbook.page("linee-guida/consultare/index.html");
    assert!(new.contains("https://esempio.it/m/edizioni/2026.1/linee-guida/consultare/#LG-04.1"));
    assert!(new.contains("LG-04.1, Manuale, edizione 2026.1, 30 giugno 2026"));
    // The switcher says which edition lacks the page.
    let note = handbook.page("edizioni/2025.1/nota/index.html");
    assert!(note.contains("<a href=\"../../2026.1/\">Edizione 2026.1</a> <span class=\"status status--approved\">In vigore</span> <span class=\"editions-menu__lacks\">"), "{note}");
    assert!(
        main_of(&note).contains("L'edizione in vigore non ha questa pagina.")
            || main_of(&note).contains("L&#39;edizione in vigore non ha questa pagina."),
        "{}",
        main_of(&note)
    );
}

#[test]
fn the_list_and_the_feed_tell_every_edition_with_its_note() {
    let handbook = two_editions();
    assert_eq!(handbook.build().code, 0);
    let list = handbook.page("edizioni/index.html");
    let (new, old) = (list.find("La seconda edizione.").unwrap(), list.find("<p>È una prova.</p>").unwrap());
    assert!(new < old && list.contains("<a href=\"2026.1/modifiche/\">"), "{}", main_of(&list));
    let feed = handbook.page("edizioni/feed.xml");
    assert!(
        feed.contains(
            "<title>Edizione 2026.1 (In vigore)</title>\n<id>https://esempio.it/m/edizioni/2026.1/</id>"
        ),
        "{feed}"
    );
    assert!(feed.contains("<updated>2026-06-30T00:00:00Z</updated>"), "{feed}");
}

#[test]
fn what_changed_is_told_word_by_word_and_on_each_chapter() {
    let handbook = two_editions();
    handbook.edit("linee-guida/02-cinque.md", "moved_from:", "changes: [{edition: \"2026.1\", provision: LG-05.1, because: [\"art. 6\"], note: Prova.}]\nmoved_from:");
    handbook.publish("2026.2", "2026-07-31", "La terza.");
    fs::remove_dir_all(handbook.path("editions/2026.1")).unwrap();
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("edizioni/2026.2/modifiche/index.html");
    let main = main_of(&page);
    assert!(main.contains("Obblighi nuovi: <strong>1</strong>"), "{main}");
    assert!(main.contains("Si pubblica <ins><span class=\"hidden\">[aggiunto: </span>subito <span class=\"hidden\">]</span></ins>(art. 5, par. 1)."), "{main}");
    assert!(main.contains("<strong class=\"redline__duty\">Obbligo nuovo</strong>"), "{main}");
    assert!(
        main.contains("Prova.") && main.contains("<a href=\"../atti/reg-2014-240/art-6/\">art. 6</a>"),
        "{main}"
    );
    let chapter = handbook.page("linee-guida/cinque/index.html");
    assert!(chapter.contains("<a href=\"../../modifiche/#_LG-05\">"), "{}", main_of(&chapter));
}

#[test]
fn no_name_vanishes_without_a_word() {
    let handbook = two_editions();
    let lost = |handbook: &Handbook| {
        let said = handbook.check();
        let problems = said.problems.into_iter().filter(|problem| problem.code == "vanished-name");
        problems
            .map(|problem| (problem.message, problem.help, format!("{}:{}", problem.file, problem.at)))
            .collect::<Vec<_>>()
    };
    assert_eq!(lost(&handbook), []);
    handbook.edit("linee-guida/01-consultare.md", "{#LG-04.1 .deve}", "{#LG-04.9 .deve}");
    handbook.edit("linee-guida/01-consultare.md", "## Tempi {#tempi}", "## Tempi");
    handbook.edit("linee-guida/01-consultare.md", ", successor: LG-04.1", "");
    let found = lost(&handbook);
    assert_eq!(found.len(), 2, "{found:#?}");
    let (message, help, file) = found.iter().find(|(message, ..)| message.contains("provision")).unwrap();
    assert_eq!(file, "linee-guida/01-consultare.md:2:5");
    assert!(message.contains("edition 2026.1") && message.contains("`LG-04.1`"), "{message}");
    assert!(help.contains("`moved_from: {\"LG-04.1\": LG-04.9}`"), "{help}");
    let (_, heading, _) = found.iter().find(|(message, ..)| message.contains("heading")).unwrap();
    let line = heading.split('`').find(|part| part.starts_with("withdrawn:")).unwrap().to_owned();
    assert!(line.contains("id: \"linee-guida/consultare#tempi\""), "{line}");
    // The lines can be pasted.
    handbook.edit("linee-guida/01-consultare.md", "aliases:", "moved_from: {\"LG-04.1\": LG-04.9}\naliases:");
    let item = line.replace("withdrawn: [", "  - ").replace("}]", "}");
    handbook.edit("linee-guida/01-consultare.md", "withdrawn:\n", &format!("withdrawn:\n{item}\n"));
    assert_eq!(lost(&handbook), []);
    // A document that goes takes what stands on it along, and is told once.
    handbook.remove("linee-guida/02-cinque.md");
    let found = lost(&handbook);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].0.contains("the document `LG-05`") && found[0].2 == "handbook.yaml:", "{found:#?}");
}

#[test]
fn a_file_that_is_renamed_keeps_its_old_address() {
    let handbook = two_editions();
    fs::rename(handbook.path("linee-guida/02-cinque.md"), handbook.path("linee-guida/02-preparare.md"))
        .unwrap();
    let said = handbook.check();
    let problem = said.problems.iter().find(|problem| problem.code == "vanished-name").expect("a problem");
    assert!(problem.help.contains("`aliases: [\"linee-guida/cinque\"]`"), "{problem:?}");
    handbook.edit(
        "linee-guida/02-preparare.md",
        "moved_from:",
        "aliases: [\"linee-guida/cinque\"]\nmoved_from:",
    );
    assert_eq!(handbook.check().code, 0);
}

#[test]
fn a_consultation_is_read_by_those_who_are_asked_and_by_no_search_engine() {
    let handbook = two_editions();
    handbook.edit(
        "handbook.yaml",
        "acts:",
        "editions:\n  consultation: {opens: 2026-09-01, closes: 2026-10-15, comments: \"https://moduli.esempio.it/?d={id}&a={address}\"}\nacts:",
    );
    handbook.edit("linee-guida/01-consultare.md", "subito", "sempre");
    handbook.publish("2026.2", "2026-09-01", "Testo in consultazione.");
    assert_eq!(handbook.build().code, 0);
    // The text that holds stays in the root.
    assert!(handbook.page("linee-guida/consultare/index.html").contains("subito"));
    let page = handbook.page("edizioni/2026.2/linee-guida/consultare/index.html");
    assert!(page.contains("sempre") && page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let main = main_of(&page);
    assert!(
        main.contains("1º settembre 2026</time> al <time datetime=\"2026-10-15\">15 ottobre 2026</time>"),
        "{main}"
    );
    assert!(main.contains("href=\"https://moduli.esempio.it/?d=LG-04.1&amp;a=https%3A%2F%2Fesempio.it%2Fm%2Fedizioni%2F2026.2%2Flinee-guida%2Fconsultare%2F%23LG-04.1\">Commenta LG-04.1</a>"), "{main}");
    let published = handbook.published();
    for file in ["feed.xml", "sitemap.xml"] {
        assert!(published.contains(&format!("edizioni/2026.1/{file}")), "{file}");
        assert!(!published.contains(&format!("edizioni/2026.2/{file}")), "{file}");
    }
    assert!(handbook.page("edizioni/feed.xml").contains("Edizione 2026.2 (In consultazione)"));
}

#[test]
fn an_edition_that_is_withdrawn_stays_and_says_why() {
    let handbook = two_editions();
    handbook.edit(
        "handbook.yaml",
        "acts:",
        "editions:\n  withdrawn: [{edition: \"2026.1\", date: 2026-08-01, reason: \"Un errore.\", successor: \"2025.1\"}]\nacts:",
    );
    assert_eq!(handbook.build().code, 0);
    assert!(!handbook.page("linee-guida/quattro/index.html").contains("subito"));
    let page = handbook.page("edizioni/2026.1/linee-guida/consultare/index.html");
    assert!(
        main_of(&page).contains("Un errore. Al suo posto: <a href=\"../../../../\">Edizione 2025.1</a>"),
        "{}",
        main_of(&page)
    );
    handbook.edit("handbook.yaml", "edition: \"2026.1\"", "edition: \"2026.7\"");
    let said = handbook.check();
    assert!(
        said.breaches.iter().any(|problem| problem.code == "unknown-edition"
            && problem.severity == "error"
            && problem.at.starts_with("5:")),
        "{:?}",
        said.breaches
    );
}

#[test]
fn editions_that_are_far_apart_are_compared_over_what_was_said_in_between() {
    let handbook = two_editions();
    // The next edition no longer repeats what the one before said of the first.
    handbook.edit("linee-guida/02-cinque.md", "moved_from: {LG-04.2: LG-05.1}\n", "");
    handbook.edit("linee-guida/01-consultare.md", "aliases: [linee-guida/quattro]\n", "");
    handbook.edit(
        "linee-guida/01-consultare.md",
        "withdrawn:\n  - {id: LG-04.3, date: 2026-05-01, reason: \"Nessuno contava.\", successor: LG-04.1}\n",
        "",
    );
    handbook.edit(
        "handbook.yaml",
        "withdrawn: [{id: nota, date: 2026-05-01, reason: \"Non serviva.\"}]\n",
        "",
    );
    handbook.edit("glossary.yaml", "    aliases: [Tavolo]\n", "");
    handbook.publish("2026.2", "2026-12-01", "La terza.");
    let diff = |format: &str| {
        let output = crate::harness::program()
            .args(["diff", "2025.1", "2026.2"])
            .arg(handbook.root())
            .args(["--format", format, "--lang", "en"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = diff("text");
    assert!(text.contains("formerly LG-04.2, in LG-04"), "{text}");
    assert!(text.contains("withdrawn on 1 May 2026: Nessuno contava."), "{text}");
    assert!(text.contains("withdrawn on 1 May 2026: Non serviva."), "{text}");
    assert!(text.contains("Tavolo dei partner: formerly “Tavolo”"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&diff("json")).unwrap();
    assert_eq!(json["summary"]["provisions"]["moved"], 1, "{json}");
    let html = diff("html");
    assert!(html.contains("<base href=\"https://esempio.it/m/edizioni/2026.2/modifiche/\">"), "{html}");
    assert!(html.contains("Obblighi nuovi: <strong>1</strong>"), "{html}");
    // An old address in the root is followed all the same.
    assert_eq!(handbook.build().code, 0);
    let page = handbook.page("linee-guida/quattro/index.html");
    assert!(
        main_of(&page).contains("<a href=\"../cinque/#LG-05.1\">LG-05.1 Rispondere</a>"),
        "{}",
        main_of(&page)
    );
}

/// A handbook in memory, with the editions that were published of it so far.
#[derive(Default)]
struct Shelf {
    editions: Vec<(String, Vec<u8>)>,
}

impl Shelf {
    /// The handbook with these files and all editions.
    fn source(&self, files: &[(String, String)]) -> Arc<dyn Source> {
        let own = files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec()));
        let all = own.chain(self.editions.iter().cloned());
        let all = all.map(|(path, bytes)| (SourcePath::new(&path).unwrap(), bytes));
        Arc::new(MemorySource::of_bytes(all))
    }

    /// Publishes these files as an edition; the errors are those that would keep a release back.
    fn publish(&mut self, number: &str, files: &[(String, String)]) -> Vec<Diagnostic> {
        let source = self.source(files);
        let (site, problems) = Site::load(Arc::clone(&source), &Options::default());
        let date = Date::parse("2026-01-31").unwrap();
        let own = Shelf::default().source(files);
        let seal =
            Seal::of(number.parse().unwrap(), date, "Prova.".to_owned(), own.as_ref(), site.register())
                .unwrap();
        let folder = folder_of(number.parse().unwrap());
        self.editions
            .extend(files.iter().map(|(path, text)| (format!("{folder}/{path}"), text.as_bytes().to_vec())));
        self.editions.push((format!("{folder}/{SEAL}"), seal.to_json().into_bytes()));
        problems.into_iter().filter(Diagnostic::is_error).collect()
    }

    fn register(&self, number: &str) -> Arc<Register> {
        let path = format!("{}/{SEAL}", folder_of(number.parse().unwrap()));
        let (_, seal) = self.editions.iter().find(|(known, _)| *known == path).unwrap();
        Seal::parse(std::str::from_utf8(seal).unwrap()).unwrap().register
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever editors do from edition to edition, as long as they say what became of names, every address of every
    /// edition answers in the root; and where they do not say it, the check names each.
    #[test]
    fn no_address_that_was_ever_published_is_lost(
        seed in any::<u64>(), first in steps(), second in steps(), spelling in any::<u64>(),
    ) {
        let one = Model::random(seed);
        let (mut two, mut steps) = (one.clone(), first.iter());
        steps.by_ref().for_each(|step| two.take(step));
        let mut three = two.clone();
        second.iter().for_each(|step| three.take(step));
        let mut shelf = Shelf::default();
        prop_assert_eq!(shelf.publish("2025.1", &one.files(None, spelling)), vec![]);
        prop_assert_eq!(shelf.publish("2025.2", &two.files(Some(&one), spelling)), vec![]);
        let newest = three.files(Some(&two), spelling);
        prop_assert_eq!(shelf.publish("2026.1", &newest), vec![]);
        let (site, _) = Site::load(shelf.source(&newest), &Options::default());
        for edition in ["2025.1", "2025.2"] {
            for place in shelf.register(edition).places() {
                let path = if place.page.is_empty() { "index.html".to_owned() } else { format!("{}/index.html", place.page) };
                let page = site.render(&vademecum::site::SitePath::parse(&path).unwrap());
                prop_assert!(page.is_some(), "{edition}: {path}");
                let page = String::from_utf8(page.unwrap().unwrap()).unwrap();
                if let Some(anchor) = &place.anchor {
                    prop_assert!(page.contains(&format!("id=\"{anchor}\"")), "{edition}: {path}#{anchor}");
                }
            }
        }
        // The same text without a word on what has changed: each name that is gone is named, and no other.
        let mut silent = Shelf::default();
        silent.publish("2025.1", &one.files(None, spelling));
        let told = silent.publish("2025.2", &two.files(None, spelling));
        let (before, after) = (silent.register("2025.1"), silent.register("2025.2"));
        let is_there = |name: &str| after.find(name).is_some();
        let lost = before.places().iter().filter(|place| !is_there(&place.name()) || (place.anchor.is_none() && !after.has_path(&place.page)));
        let lost = lost.filter(|place| place.anchor.is_none() || is_there(&place.page) || before.page(&place.page).is_none());
        let lost: Vec<String> = lost.map(Published::name).collect();
        let named = |name: &str| told.iter().any(|problem| problem.message.en.contains(&format!("`{name}`")));
        prop_assert!(lost.iter().all(|name| named(name)), "{lost:?} {told:#?}");
        prop_assert_eq!(told.is_empty(), lost.is_empty(), "{:?} {:#?}", lost, told);
    }
}
