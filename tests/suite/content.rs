//! The handbook in `content/`: complete, honest about what it is, and without a broken link in what is published.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use vademecum::handbook::{Handbook, Kind};

use tempfile::TempDir;

use crate::harness::{files_of, in_writing, program};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn handbook() -> Handbook {
    let (source, problems) = vademecum::source::FolderSource::scan(&content(), &[]);
    assert!(problems.is_empty(), "{problems:?}");
    vademecum::handbook::load(&source).0
}

/// The site of the text as it is being written, built once for all tests of this file.
pub(crate) fn site() -> &'static Path {
    static SITE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &SITE.get_or_init(|| build(&in_writing().root())).1
}

/// The site as it is published, with every edition.
fn published() -> &'static Path {
    static SITE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &SITE.get_or_init(|| build(&content())).1
}

fn build(handbook: &Path) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let site = dir.path().join("site");
    let said = program().arg("build").arg(handbook).arg("--output").arg(&site).output().unwrap();
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    (dir, site)
}

/// Every page of both sites: the next edition keeps what the published ones keep.
fn pages() -> impl Iterator<Item = (String, String)> {
    [site(), published()].into_iter().flat_map(pages_of)
}

fn pages_of(site: &Path) -> impl Iterator<Item = (String, String)> {
    let html = files_of(site).into_iter().filter(|file| file.ends_with(".html"));
    html.map(move |file| {
        let text = std::fs::read_to_string(site.join(&file)).unwrap();
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
fn its_editions_are_as_they_were_published() {
    let said = program().arg("verify").arg(content()).output().unwrap();
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    let seals = files_of(&content()).into_iter().filter(|file| file.ends_with("/seal.json"));
    assert_eq!(seals.collect::<Vec<_>>(), ["editions/2025.1/seal.json", "editions/2026.1/seal.json"]);
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
        .flat_map(|document| &document.front.articles)
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
            assert!(document.front.illustrative, "{}", document.path);
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
        let file = files_of(&content()).into_iter().find(|file| {
            file.starts_with("conoscenza/") && file.ends_with(".csv") && file.contains(document.path.stem())
        });
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
    for site in [site(), published()] {
        follow_every_link(site);
    }
}

fn follow_every_link(site: &Path) {
    let pages: BTreeMap<String, String> = pages_of(site).collect();
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
            assert!(site.join(&target).is_file(), "{file}: {link} leads to {target}");
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

/// A citation that the test's own reader finds in a Markdown source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cited {
    /// As it is written, with single blanks.
    words: String,
    /// The same place as the pages write it: `art. 5, par. 2, lett. c)`.
    short: String,
    act: &'static str,
}

/// The acts of the handbook, by the number that prose names them with; the first needs no name.
const ACTS: [(&str, &str); 2] = [("240/2014", "reg-2014-240"), ("2021/1060", "reg-2021-1060")];

/// The articles that the file of the second act lists; the others exist, and stay text.
const LISTED: [&str; 2] = ["8", "10"];

/// Markdown without what is no prose: front matter, blocks and spans of code, headings, links.
fn prose_of(markdown: &str) -> String {
    let body = markdown.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let body = body.map_or(markdown, |(_, body)| body);
    let mut in_code = false;
    let lines = body.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence && !line.starts_with('#')
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    let text: String = text.split('`').step_by(2).collect::<Vec<_>>().join("|");
    let mut prose = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        prose.push_str(before);
        prose.push('|');
        let after = after.trim_start_matches('[');
        let (_, after) = after.split_once(']').unwrap_or((after, ""));
        let after = after.trim_start_matches(']');
        rest =
            after.strip_prefix('(').and_then(|target| target.split_once(')')).map_or(after, |(_, rest)| rest);
    }
    prose.push_str(rest);
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `art. N, par. M, lett. x), punto ii)`, with or without the act's name: a reader that shares no line with the
/// product's.
fn citations_of(prose: &str) -> Vec<Cited> {
    let lower = prose.to_lowercase();
    assert_eq!(lower.len(), prose.len());
    let mut found = Vec::new();
    for (at, noun) in ["art. ", "articolo "].iter().flat_map(|noun| lower.match_indices(noun)) {
        let begins = !prose[..at].ends_with(char::is_alphanumeric);
        let mut end = at + noun.len();
        let Some(number) = label(prose, &mut end, |c| c.is_ascii_digit()).filter(|_| begins) else {
            continue;
        };
        let mut short = format!("art. {number}");
        for (name, letters, close) in
            [(", par. ", false, ""), (", lett. ", true, ")"), (", punto ", true, ")")]
        {
            let mut after = end + name.len();
            let part =
                prose[end..].starts_with(name).then(|| {
                    label(prose, &mut after, |c| {
                        if letters { c.is_ascii_lowercase() } else { c.is_ascii_digit() }
                    })
                });
            if let Some(part) = part.flatten().filter(|_| prose[after..].starts_with(close)) {
                end = after + close.len();
                short.push_str(&format!("{name}{part}{close}"));
            }
        }
        let mut act = ACTS[0].1;
        let rest = prose[end..].trim_start_matches(',');
        if rest.starts_with(" del reg") {
            let Some(slash) = rest.find('/').filter(|slash| *slash < 60) else { continue };
            let from = rest[..slash].rfind(' ').unwrap() + 1;
            let to = slash + 1 + rest[slash + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let Some((_, id)) = ACTS.iter().find(|(number, _)| *number == &rest[from..to]) else { continue };
            act = id;
            if act == ACTS[1].1 && !LISTED.contains(&number) {
                continue;
            }
            end = prose.len() - rest.len() + to;
        }
        found.push(Cited { words: prose[at..end].to_owned(), short, act });
    }
    found
}

/// The run of letters or digits at a place, which is moved behind it.
fn label<'t>(text: &'t str, at: &mut usize, is_part: impl Fn(char) -> bool) -> Option<&'t str> {
    let start = *at;
    *at += text[start..].chars().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    (*at > start).then(|| &text[start..*at])
}

#[test]
fn every_citation_in_the_prose_is_a_link_to_the_place_that_it_names() {
    let mut checked = 0;
    for document in &handbook().documents {
        let source = std::fs::read_to_string(content().join(document.path.as_str())).unwrap();
        let mut expected = citations_of(&prose_of(&source));
        let file = match document.address.as_str() {
            "" => "index.html".to_owned(),
            address => format!("{address}/index.html"),
        };
        let html = std::fs::read_to_string(site().join(&file)).unwrap();
        let mut found = Vec::new();
        for link in html.split("<a class=\"citation\" href=\"").skip(1) {
            let href = link.split('"').next().unwrap();
            let words = link.split('>').nth(1).unwrap().split('<').next().unwrap();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let (path, id) = href.split_once('#').map_or((href, None), |(path, id)| (path, Some(id)));
            let target = resolve(&file, path);
            let page = std::fs::read_to_string(site().join(&target)).unwrap();
            // What stands at the place: the title of the page, or the first words of the part.
            let start = id.map_or("<h1>".to_owned(), |id| format!(" id=\"{id}\""));
            let place = page.split(&start).nth(1).unwrap_or_else(|| panic!("{file}: {href}"));
            let name = match id {
                Some(_) => place.split("<a href=").nth(1).unwrap().split('>').nth(1).unwrap(),
                None => place,
            };
            let name = name.split(['<', ':']).next().unwrap().to_lowercase();
            let short = name.split(" del ").next().unwrap().trim_end_matches(',').to_owned();
            let act = ACTS.iter().find(|(_, id)| target.contains(&format!("/{id}/"))).unwrap().1;
            found.push(Cited { words, short, act });
        }
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{}", document.path);
        checked += found.len();
    }
    assert!(checked > 200, "{checked}");
}
