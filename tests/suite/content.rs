//! The handbook in `content/`: complete, honest about what it is, and without a broken link in what is published.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use vademecum::handbook::{Handbook, Kind};

use crate::harness::{files_of, program};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn handbook() -> Handbook {
    let (source, problems) = vademecum::source::FolderSource::scan(&content(), &[]);
    assert!(problems.is_empty(), "{problems:?}");
    vademecum::handbook::load(&source).0
}

/// The published site, built once for all tests of this file.
pub(crate) fn site() -> &'static Path {
    static SITE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = SITE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let said = program()
            .arg("build")
            .arg(content())
            .arg("--output")
            .arg(dir.path().join("site"))
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
        dir
    });
    Box::leak(dir.path().join("site").into_boxed_path())
}

fn pages() -> impl Iterator<Item = (String, String)> {
    let html = files_of(site()).into_iter().filter(|file| file.ends_with(".html"));
    html.map(|file| {
        let text = std::fs::read_to_string(site().join(&file)).unwrap();
        (file, text)
    })
}

/// The values of an attribute, wherever it stands in a page. Our own output is regular enough for that.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn it_has_no_problem_at_all() {
    let said = program().arg("check").arg(content()).args(["--deny", "warnings"]).output().unwrap();
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn it_has_what_a_reader_was_promised() {
    let handbook = handbook();
    let count = |kind| {
        handbook.documents.iter().filter(|document| document.kind() == kind && !document.is_index).count()
    };
    assert!(count(Kind::Guideline) >= 14);
    assert!(count(Kind::Practice) >= 6);
    assert!(count(Kind::Tool) >= 8);
    assert!(count(Kind::Indicator) >= 5);
    assert!(handbook.glossary.terms.len() >= 50);
    let provisions: usize = handbook.documents.iter().map(|document| document.chapter.provisions.len()).sum();
    assert!(provisions >= 60, "{provisions}");
}

#[test]
fn its_guidelines_treat_every_article_from_2_to_18() {
    let handbook = handbook();
    let guidelines = handbook.documents.iter().filter(|document| document.kind() == Kind::Guideline);
    let treated: BTreeSet<u32> = guidelines
        .flat_map(|document| &document.articles)
        .map(|(address, _)| address.article().value())
        .collect();
    let missing: Vec<u32> = (2..=18).filter(|article| !treated.contains(article)).collect();
    assert_eq!(missing, [0_u32; 0]);
}

#[test]
fn every_provision_cites_an_address_and_every_citation_exists() {
    let handbook = handbook();
    for document in &handbook.documents {
        for provision in &document.chapter.provisions {
            let text = &document.chapter.file.text()[provision.range.clone()];
            let found = vademecum::act::scan(text, &handbook.acts);
            let cited: Vec<_> = found.iter().flat_map(|found| &found.places).collect();
            let place = document.chapter.file.position(provision.range.start);
            assert!(!cited.is_empty(), "{}:{} cites nothing", document.path, place.line);
            for place in cited {
                assert!(place.address.is_ok(), "{}: {:?}", document.path, place.address);
            }
        }
    }
}

#[test]
fn every_page_says_that_it_is_a_demonstration() {
    for (file, html) in pages() {
        assert!(html.contains("Dimostrazione: questo manuale non è un documento ufficiale"), "{file}");
    }
}

#[test]
fn every_indicator_and_practice_is_marked_as_illustrative() {
    let handbook = handbook();
    for document in &handbook.documents {
        if matches!(document.kind(), Kind::Indicator | Kind::Practice) {
            assert!(document.illustrative, "{}", document.path);
        }
    }
}

#[test]
fn a_blank_in_the_activity_lines_is_not_recorded_and_never_no() {
    let html = std::fs::read_to_string(site().join("linee-di-attivita/index.html")).unwrap();
    let handbook = handbook();
    let lines = handbook.activity_lines.unwrap();
    let ticks: usize = lines.bodies.iter().map(|body| body.lines.len()).sum();
    let cells = lines.bodies.len() * lines.lines.len();
    assert_eq!(html.matches("<td><strong>sì</strong></td>").count(), ticks);
    assert_eq!(html.matches(">non rilevato</span></td>").count(), cells - ticks);
    assert!(!html.contains("<td>no</td>"));
}

#[test]
fn every_value_of_every_file_of_data_stands_in_its_table_and_the_drawn_ones_in_the_chart() {
    let handbook = handbook();
    let indicators: Vec<_> =
        handbook.documents.iter().filter_map(|d| Some((d, handbook.values_of(d)?))).collect();
    assert!(indicators.len() >= 5);
    for (document, values) in indicators {
        let html = std::fs::read_to_string(site().join(&document.address).join("index.html")).unwrap();
        let section = html.split("<section class=\"values\">").nth(1).unwrap();
        let (chart, table) = section.split_once("<table>").unwrap();
        let file = files_of(&content())
            .into_iter()
            .find(|file| file.ends_with(".csv") && file.contains(document.path.stem()));
        let text = std::fs::read_to_string(content().join(file.unwrap())).unwrap();
        let rows: Vec<Vec<String>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.replace('.', ",")).collect())
            .collect();
        assert_eq!(rows.len(), values.table.rows.len());
        for row in rows {
            let cells: Vec<String> =
                row.iter().skip(1).map(|cell| format!("<td class=\"right\">{cell}</td>")).collect();
            let whole = format!("<tr><th scope=\"row\">{}</th>{}</tr>", row[0], cells.concat());
            assert!(table.contains(&whole), "{}: {whole}", document.path);
            let drawn = format!(">{}</text>", row[values.chart.unwrap()]);
            assert!(chart.contains(&drawn), "{}: {drawn}", document.path);
            let first_word = row[0].split(' ').next().unwrap();
            assert!(chart.contains(&format!(">{first_word}")), "{}: {first_word}", document.path);
        }
        assert!(section.contains("(valori illustrativi)</caption>"));
    }
}

#[test]
fn every_link_of_every_page_leads_to_a_file_and_a_place_of_the_site() {
    let pages: BTreeMap<String, String> = pages().collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(file, html)| (file.as_str(), values(html, "id").into_iter().collect())).collect();
    let mut checked = 0;
    for (file, html) in &pages {
        for link in values(html, "href").into_iter().chain(values(html, "src")) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, fragment) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id)));
            let target = resolve(file, path);
            assert!(site().join(&target).is_file(), "{file}: {link} leads to {target}");
            if let Some(id) = fragment {
                assert!(ids[target.as_str()].contains(id), "{file}: {link} has no such place");
            }
            checked += 1;
        }
    }
    assert!(checked > 1_000, "{checked}");
}

#[test]
fn every_link_in_the_data_of_the_filter_leads_to_a_file_and_a_place_of_the_site() {
    let data = std::fs::read_to_string(site().join("dati/filtro.json")).unwrap();
    let mut checked = 0;
    for link in data.split("\"href\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let (path, id) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id)));
        let html = std::fs::read_to_string(site().join(resolve("index.html", path))).unwrap();
        assert!(id.is_none_or(|id| values(&html, "id").contains(&id)), "{link}");
        checked += 1;
    }
    assert!(checked > 150, "{checked}");
}

/// The file that a relative link of a page leads to.
fn resolve(file: &str, path: &str) -> String {
    if path.is_empty() {
        return file.to_owned();
    }
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        file.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.ends_with('/') || path.ends_with("..") || path == "." {
        if joined.is_empty() { "index.html".to_owned() } else { format!("{joined}/index.html") }
    } else {
        joined
    }
}

#[test]
fn no_id_comes_twice_on_a_page_and_the_interface_keeps_to_its_own() {
    for (file, html) in pages() {
        let ids = values(&html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{file}");
    }
}

#[test]
fn no_page_holds_inline_style_or_script_or_asks_another_host_for_anything() {
    for (file, html) in pages() {
        for forbidden in [" style=\"", "<style", "onclick=", "javascript:"] {
            assert!(!html.contains(forbidden), "{file}: {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            let start = script.split('>').next().unwrap();
            // A block of data is not executed.
            let is_data = start == " type=\"application/ld+json\"";
            assert!(is_data || start.contains("src="), "{file}: an inline script");
        }
        for source in values(&html, "src") {
            assert!(!source.contains("//"), "{file}: {source}");
        }
    }
}

#[test]
fn an_unverified_title_says_so_on_its_page() {
    let html = std::fs::read_to_string(site().join("atti/reg-2014-240/art-5/index.html")).unwrap();
    assert!(html.contains("titolo non verificato"));
    assert!(html.contains("https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:32014R0240"));
}

#[test]
fn each_problem_of_a_planted_set_is_found_in_a_copy() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("content");
    assert!(Command::new("cp").arg("-r").arg(content()).arg(&copy).status().unwrap().success());
    let plant = |file: &str, from: &str, to: &str| {
        let path = copy.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    plant("linee-guida/04-consultare-i-partner.md", "status: approved", "status: aprovato");
    plant("linee-guida/05-preparare-accordo.md", "\"art. 6\"", "\"art. 26\"");
    plant(
        "linee-guida/04-consultare-i-partner.md",
        "../strumenti/01-calendario.md",
        "../strumenti/calendario.md",
    );
    plant("pratiche/01-calendario-consultazioni.md", "[[LG-04.1]]", "[[LG-04.9]]");
    plant("glossary.yaml", "acronym: AP", "acronimo: AP");
    let said = program().arg("check").arg(&copy).args(["--message-format", "json"]).output().unwrap();
    assert_eq!(said.status.code(), Some(1));
    let out = String::from_utf8(said.stdout).unwrap();
    let codes: BTreeSet<&str> = out.lines().filter_map(|line| line.split('"').nth(3)).collect();
    assert_eq!(
        codes,
        ["broken-link", "unknown-address", "unknown-key", "unknown-target", "unknown-value"]
            .into_iter()
            .collect()
    );
    assert_eq!(out.lines().count(), 5, "{out}");
}
