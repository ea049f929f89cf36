//! Publishing: only what changed, only what is ours, all or nothing, the same bytes every time.

use std::fs;
use std::time::Duration;

use crate::harness::{ACT, Handbook, bytes_of, files_of, program};

fn small() -> Handbook {
    Handbook::of(&[
        ("index.md", "# Casa\n\n[due](due.md)\n"),
        ("due.md", "# Due\n"),
        ("img/a.png", "png"),
        ("handbook.yaml", "base_url: https://example.org/vademecum\n"),
    ])
}

#[test]
fn two_builds_of_one_handbook_are_byte_for_byte_the_same() {
    let handbook = Handbook::of(&[
        ("index.md", "# Casa\n"),
        (
            "linee-guida/a.md",
            "---\nid: LG-1\narticles: [\"artt. 5 e 6\"]\nphases: [a, b]\n---\n\n## X {#LG-1.1 .deve}\n\n[[art. 5]]\n",
        ),
        ("acts/reg-2014-240.yaml", ACT),
        ("handbook.yaml", "base_url: https://example.org\n"),
    ]);
    assert_eq!(handbook.build().code, 0);
    let first = bytes_of(&handbook.beside("public"));
    fs::remove_dir_all(handbook.beside("public")).unwrap();
    assert_eq!(handbook.build().code, 0);
    let second = bytes_of(&handbook.beside("public"));
    let content = |files: Vec<(String, Vec<u8>)>| {
        files.into_iter().filter(|(name, _)| name != ".vademecum.json").collect::<Vec<_>>()
    };
    assert_eq!(content(first), content(second));
}

#[test]
fn twins_of_a_file_give_the_bytes_of_the_clean_file() {
    let clean =
        "---\ntitle: Perché è così\n---\n\n## Responsabilità\n\nTesto però.\n\n```rust\nlet x = 1;\n```\n";
    let build = |name: &str, text: &str| {
        let handbook = Handbook::of(&[(name, text)]);
        assert_eq!(handbook.build().code, 0, "{text:?}");
        handbook.page("perche/index.html")
    };
    let expected = build("perché.md", clean);
    assert_eq!(build("perché.md", &format!("\u{feff}{clean}")), expected);
    assert_eq!(build("perché.md", &clean.replace('\n', "\r\n")), expected);
    let decomposed = clean
        .replace('é', "e\u{301}")
        .replace('à', "a\u{300}")
        .replace('ò', "o\u{300}")
        .replace('ì', "i\u{300}");
    assert_eq!(build("perche\u{301}.md", &decomposed), expected);
}

#[test]
fn an_unchanged_file_is_not_written_again() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let times = || -> Vec<_> {
        let root = handbook.beside("public");
        files_of(&root)
            .iter()
            // The search index holds the words of every page, so it is another one.
            .filter(|f| !f.starts_with('.') && !f.starts_with("pagefind/"))
            .map(|f| (f.clone(), fs::metadata(root.join(f)).unwrap().modified().unwrap()))
            .collect()
    };
    let before = times();
    std::thread::sleep(Duration::from_millis(20));
    // Below the first paragraph, which the home page shows as the page's summary.
    handbook.file("due.md", "# Due\n\n## Nuovo\n");
    assert_eq!(handbook.build().code, 0);
    let after = times();
    let changed: Vec<_> =
        before.iter().zip(&after).filter(|(a, b)| a != b).map(|(_, b)| b.0.as_str()).collect();
    // The page with the whole handbook holds it too.
    assert_eq!(changed, ["due/index.html", "due/index.md", "stampa/index.html"]);
}

#[test]
fn a_file_that_somebody_changed_is_repaired() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let page = handbook.beside("public/due/index.html");
    let good = fs::read(&page).unwrap();
    fs::write(&page, "rotto").unwrap();
    fs::remove_file(handbook.beside("public/index.html")).unwrap();
    assert_eq!(handbook.build().code, 0);
    assert_eq!(fs::read(&page).unwrap(), good);
    assert!(handbook.beside("public/index.html").exists());
}

#[test]
fn what_the_site_no_longer_has_goes_and_what_is_not_ours_stays() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    fs::write(handbook.beside("public/CNAME"), "example.org").unwrap();
    fs::write(handbook.beside("public/due/nota.txt"), "mia").unwrap();
    handbook.remove("due.md");
    handbook.remove("img/a.png");
    handbook.file("index.md", "# Casa\n");
    assert_eq!(handbook.build().code, 0);
    let published = handbook.published();
    assert!(!published.contains(&"due/index.html".to_owned()));
    assert!(!handbook.beside("public/img").exists(), "a folder that is left empty goes too");
    assert!(published.contains(&"CNAME".to_owned()) && published.contains(&"due/nota.txt".to_owned()));
}

#[test]
fn a_page_can_become_a_folder_and_a_folder_a_file() {
    let handbook = Handbook::of(&[("index.md", "x\n"), ("a/b", "file"), ("c", "file")]);
    assert_eq!(handbook.build().code, 0);
    fs::remove_dir_all(handbook.path("a")).unwrap();
    handbook.remove("c");
    handbook.file("a", "file");
    handbook.file("c/d", "file");
    let said = handbook.build();
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(handbook.beside("public/a").is_file() && handbook.beside("public/c/d").is_file());
}

#[test]
fn a_folder_of_somebody_elses_files_is_left_alone() {
    let handbook = small();
    fs::create_dir(handbook.beside("public")).unwrap();
    fs::write(handbook.beside("public/tesi.doc"), "anni di lavoro").unwrap();
    let said = handbook.build();
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("was not written by vademecum"), "{}", said.stderr);
    assert_eq!(handbook.published(), ["tesi.doc"]);
}

#[test]
fn somebody_elses_file_in_the_place_of_a_page_is_not_overwritten() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    fs::write(handbook.beside("public/robot.txt"), "").unwrap();
    handbook.file("nuovo.bin", "nostro");
    fs::write(handbook.beside("public/nuovo.bin"), "loro").unwrap();
    let before = bytes_of(&handbook.beside("public"));
    assert_eq!(handbook.build().code, 2);
    assert_eq!(bytes_of(&handbook.beside("public")), before);
}

#[test]
fn somebody_elses_file_in_the_place_of_a_folder_stops_the_build_before_it_writes() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    fs::write(handbook.beside("public/tre"), "loro").unwrap();
    handbook.file("tre.md", "x\n");
    handbook.file("due.md", "# Cambiato\n");
    let before = bytes_of(&handbook.beside("public"));
    assert_eq!(handbook.build().code, 2);
    assert_eq!(bytes_of(&handbook.beside("public")), before);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_leads_nobody_out() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let outside = handbook.beside("altrove");
    fs::create_dir(&outside).unwrap();
    fs::remove_dir_all(handbook.beside("public/due")).unwrap();
    std::os::unix::fs::symlink(&outside, handbook.beside("public/due")).unwrap();
    assert_eq!(handbook.build().code, 2);
    assert_eq!(files_of(&outside), [""; 0]);
}

#[test]
fn an_output_folder_around_or_among_the_sources_is_refused() {
    let handbook = small();
    handbook.file("parte/a.md", "x\n");
    for output in ["handbook", ".", "handbook/parte/public"] {
        let output = handbook.beside(output);
        let said = program().arg("build").arg(handbook.root()).arg("--output").arg(&output).output().unwrap();
        assert_eq!(said.status.code(), Some(2), "{}", output.display());
    }
    assert_eq!(
        files_of(&handbook.root()),
        ["due.md", "handbook.yaml", "img/a.png", "index.md", "parte/a.md"]
    );
}

#[test]
fn an_output_folder_in_the_root_of_the_handbook_is_never_read_as_source() {
    let handbook = small();
    for _ in 0..2 {
        let said = program().arg("build").current_dir(handbook.root()).output().unwrap();
        assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    }
    let published = files_of(&handbook.path("public"));
    assert!(published.iter().all(|file| !file.starts_with("public")), "{published:?}");
}

#[test]
fn the_published_site_is_no_source_wherever_it_is_and_however_the_handbook_is_named() {
    let handbook = small();
    let link = handbook.beside("link");
    std::os::unix::fs::symlink(handbook.root(), &link).unwrap();
    let build = |folder: &std::path::Path, output: &std::path::Path| {
        let said = program().arg("build").arg(folder).arg("--output").arg(output).output().unwrap();
        assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    };
    for _ in 0..2 {
        build(&link, &link.join("sito"));
        build(&handbook.root(), &handbook.beside("public"));
    }
    assert_eq!(files_of(&handbook.path("sito")).len(), handbook.published().len());
    assert!(handbook.published().iter().all(|file| !file.contains("sito")));
    let said = program().args(["check", ".", "--lang", "en"]).current_dir(handbook.root()).output().unwrap();
    assert!(
        String::from_utf8_lossy(&said.stderr).contains("2 documents"),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
}

#[test]
fn a_handbook_with_errors_changes_nothing() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let before = bytes_of(&handbook.beside("public"));
    handbook.file("due.md", "# Nuovo\n\n[x](manca.md)\n");
    assert_eq!(handbook.build().code, 1);
    assert_eq!(bytes_of(&handbook.beside("public")), before);
}

#[test]
fn a_template_that_cannot_be_applied_is_named_and_changes_nothing() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let before = bytes_of(&handbook.beside("public"));
    handbook.file(
        "themes/italia/templates/document.html",
        "<h1>{{ document.title }}</h1>\n{{ document.manca }}\n",
    );
    let said = handbook.build();
    assert_eq!(said.code, 1);
    assert_eq!(said.problems[0].code, "template");
    assert_eq!(said.problems[0].file, "themes/italia/templates/document.html");
    assert!(said.problems[0].at.starts_with("2:"), "{:?}", said.problems[0]);
    assert_eq!(bytes_of(&handbook.beside("public")), before);
    handbook.file("themes/italia/templates/document.html", "{% if %}\n");
    assert_eq!(handbook.check().problems[0].code, "template");
}

#[test]
fn a_handbook_replaces_files_of_the_theme_one_by_one() {
    let handbook = small();
    handbook.file("themes/italia/templates/document.html", "mio: {{ document.title }} {{ t.home }}");
    handbook.file("themes/italia/strings/it.yaml", "home: Casa\n");
    handbook.file("themes/italia/assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert_eq!(handbook.build().code, 0);
    assert_eq!(handbook.page("due/index.html"), "mio: Due Casa");
    assert!(handbook.page("assets/logo.svg").starts_with("<svg"));
    assert!(handbook.page("404.html").contains("<!doctype html>"), "what is not replaced stays");
}

#[test]
fn timings_tell_of_every_stage_and_count_the_pages_of_each_template() {
    let handbook = small();
    handbook.file("tre.md", "# Tre\n");
    let said = handbook.build_with(&["--timings"]);
    let lines = |end: &str| said.stderr.lines().filter(|line| line.ends_with(end)).count();
    let stages = [
        "list of files",
        "texts and data",
        "links",
        "editions",
        "rules",
        "theme",
        "problems printed",
        "files moved to their places",
    ];
    for stage in stages {
        assert_eq!(lines(&format!(" %  {stage}")), 1, "{stage}: {}", said.stderr);
    }
    assert_eq!(lines(" 100.0 %  in all"), 1, "{}", said.stderr);
    assert_eq!(lines(" %  document.html, 3 times"), 1, "{}", said.stderr);
    let pages = said.stderr.lines().skip_while(|line| *line != "The slowest pages:").skip(1);
    assert_eq!(pages.filter(|line| line.contains(" %  ")).count(), 10, "{}", said.stderr);
    assert_eq!(handbook.build().stderr.lines().filter(|line| line.contains(" ms ")).count(), 0);
}

#[test]
fn what_an_interrupted_build_left_is_cleared_and_does_not_count_as_somebody_elses() {
    let handbook = small();
    let leftover = handbook.beside("public/.vademecum-stage-abc");
    fs::create_dir_all(&leftover).unwrap();
    fs::write(leftover.join("7"), "mezzo").unwrap();
    assert_eq!(handbook.build().code, 0);
    assert!(!leftover.exists());
    assert!(handbook.published().iter().all(|file| !file.contains("stage")));
}

#[test]
fn addresses_of_the_site_are_in_the_site_map() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let map = handbook.page("sitemap.xml");
    for address in ["https://example.org/vademecum/", "https://example.org/vademecum/due/"] {
        assert!(map.contains(&format!("<loc>{address}</loc>")), "{map}");
    }
    assert!(handbook.page("robots.txt").contains("Sitemap: https://example.org/vademecum/sitemap.xml"));
    assert!(
        handbook.page("404.html").contains("href=\"/vademecum/assets/style.css\""),
        "a 404 is shown at any depth"
    );
    let said = handbook.build_with(&["--base-url", "https://altro.example/x/"]);
    assert_eq!(said.code, 0);
    assert!(handbook.page("sitemap.xml").contains("https://altro.example/x/due/"));
    assert_eq!(handbook.build_with(&["--base-url", "altro"]).code, 2);
}

#[test]
fn a_folder_of_markdown_without_any_yaml_is_a_handbook() {
    let handbook = Handbook::of(&[
        ("README.md", "# Il mio manuale\n\n[primo](01-primo-passo.md) e [sotto](parte/dentro/nota.md)\n"),
        ("01-primo-passo.md", "Testo.\n"),
        ("parte/dentro/nota.md", "# Una nota\n"),
    ]);
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.page("index.html").contains("<title>Il mio manuale</title>"));
    assert!(handbook.page("primo-passo/index.html").contains("<h1>Primo passo</h1>"));
    assert!(handbook.page("parte/index.html").contains("<h1>Parte</h1>"));
    assert!(handbook.page("parte/dentro/nota/index.html").contains(">Una nota</h1>"));
    assert!(
        !handbook
            .published()
            .iter()
            .any(|file| file.contains("atti") || file.contains("glossario") || file.contains("sitemap"))
    );
}

#[test]
fn an_empty_folder_is_a_handbook_without_pages() {
    let handbook = Handbook::new();
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.page("index.html").contains("<h1>"));
}

#[test]
fn nothing_of_the_configuration_is_published() {
    let handbook = small();
    handbook.file("vocabularies.yaml", "phases: [a]\n");
    handbook.file("acts/reg-2014-240.yaml", ACT);
    handbook.publish("2025.1", "2025-01-31", "Una prova.");
    assert_eq!(handbook.build().code, 0);
    let published = handbook.published();
    assert!(
        published.iter().all(|file| {
            !file.ends_with(".yaml") && !file.contains("editions/") && !file.contains("seal.json")
        }),
        "{published:?}"
    );
}

#[test]
fn a_language_has_its_own_folder_words_and_collections() {
    let handbook = Handbook::of(&[
        ("handbook.yaml", "languages: [it, en]\n"),
        ("index.md", "# Casa\n"),
        ("linee-guida/a.md", "---\nid: LG-1\n---\n"),
        ("en/index.md", "# Home page\n"),
        ("en/linee-guida/a.md", "---\nid: LG-1-en\n---\n\n- [ ] x\n"),
    ]);
    let said = handbook.build();
    assert_eq!(said.code, 0, "{:?}", said.problems);
    let page = handbook.page("en/linee-guida/a/index.html");
    assert!(
        page.contains("<html lang=\"en\" ") && page.contains("Skip to content") && page.contains("Guideline"),
        "{page}"
    );
    assert!(page.contains("aria-label=\"To do\""), "{page}");
    let page = handbook.page("linee-guida/a/index.html");
    assert!(page.contains("<html lang=\"it\" ") && page.contains("Linea guida"), "{page}");
    let next = page.split("rel=\"next\"").nth(1).unwrap_or("");
    assert!(!next.contains("en/"), "reading goes on in the same language: {next}");
}
