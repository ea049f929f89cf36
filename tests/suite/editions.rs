//! Editions: each at its own address, each name leading on.

use std::fs;
use std::sync::Arc;

use vademecum::edition::{SEAL, Seal, folder_of};
use vademecum::handbook::Date;
use vademecum::site::{Options, Site};
use vademecum::source::{FolderSource, Source};

use crate::harness::Handbook;

/// Publishes the handbook as it is as an edition, as `release` does.
fn publish(handbook: &Handbook, number: &str, day: &str, note: &str) {
    let (source, _) = FolderSource::scan(&handbook.root(), &[handbook.path("editions")]);
    let source: Arc<dyn Source> = Arc::new(source);
    let (site, problems) = Site::load(Arc::clone(&source), &Options::default());
    assert!(!problems.iter().any(|problem| problem.is_error()), "{problems:#?}");
    let number = number.parse().unwrap();
    let date = Date::parse(day).unwrap();
    let seal = Seal::of(number, date, note.to_owned(), source.as_ref(), site.register()).unwrap();
    let folder = folder_of(number);
    for path in source.paths() {
        handbook.file(&format!("{folder}/{path}"), source.read(path).unwrap());
    }
    handbook.file(&format!("{folder}/{SEAL}"), seal.to_json());
}

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
            "---\nid: LG-05\ntitle: Preparare\nstatus: approved\n---\n\nTesto (art. 6).\n",
        ),
        ("nota.md", "# Nota\n\nUna nota.\n"),
        ("dati.csv", "a,b\n1,2\n"),
        ("glossary.yaml", "terms:\n  - term: Tavolo\n    definition: Un tavolo.\n"),
    ]);
    publish(&handbook, "2025.1", "2025-11-30", "La prima edizione.\n\nÈ una prova.");
    fs::rename(handbook.path("linee-guida/01-quattro.md"), handbook.path("linee-guida/01-consultare.md"))
        .unwrap();
    handbook.file("linee-guida/01-consultare.md", "---\nid: LG-04\ntitle: Consultare bene\nstatus: approved\naliases: [linee-guida/quattro]\nwithdrawn:\n  - {id: LG-04.3, date: 2026-05-01, reason: \"Nessuno contava.\", successor: LG-04.1}\n---\n\n### Pubblicare {#LG-04.1 .deve}\n\nSi pubblica subito (art. 5, par. 1).\n\n## Tempi {#tempi}\n\nTesto.\n");
    handbook.file("linee-guida/02-cinque.md", "---\nid: LG-05\ntitle: Preparare\nstatus: approved\nmoved_from: {LG-04.2: LG-05.1}\n---\n\n### Rispondere {#LG-05.1 .deve}\n\nSi risponde (art. 5, par. 2).\n");
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
    publish(&handbook, "2026.1", "2026-06-30", "La seconda edizione.");
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

#[test]
fn zz_look() {
    let handbook = two_editions();
    let said = handbook.build_with(&["--draft"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    std::process::Command::new("cp")
        .args(["-r", handbook.beside("public").to_str().unwrap(), "/tmp/look"])
        .status()
        .unwrap();
    std::process::Command::new("cp")
        .args(["-r", handbook.root().to_str().unwrap(), "/tmp/lookhb"])
        .status()
        .unwrap();
}
