//! The preview: the bytes of the build, reloads, the last good page under the problems, and nothing for strangers.

use std::io::{BufRead, BufReader};

use vademecum::site::HEADERS;

use crate::harness::{ACT, Handbook, bytes_of, program};
use crate::served::{FREE, Server};

fn handbook() -> Handbook {
    Handbook::of(&[
        ("index.md", "# Casa\n"),
        ("parte/due.md", "# Due\n\nprima\n"),
        ("img/a.png", "png"),
        ("acts/reg-2014-240.yaml", ACT),
    ])
}

#[test]
fn a_preview_shows_the_bytes_of_the_build_and_its_own_script_after_them() {
    let handbook = handbook();
    assert_eq!(handbook.build().code, 0);
    let server = Server::start(&handbook, &FREE);
    let script = "<script type=\"module\" src=\"/_vademecum/live.js\" data-page=\"";
    let mut published = bytes_of(&handbook.beside("public"));
    published.retain(|(file, _)| !file.starts_with('.'));
    assert!(published.iter().any(|(file, _)| file.starts_with("pagefind/")));
    for (file, published) in published {
        let answer = server.get(&format!("/{}", file.trim_end_matches("index.html")));
        assert_eq!(answer.status, 200, "{file}");
        let own = answer.body.rfind(script).map_or(0, |at| answer.body.len() - at);
        let preview = &answer.bytes[..answer.bytes.len() - own];
        assert_eq!(preview.len() < answer.bytes.len(), file.ends_with(".html"), "{file}");
        assert!(preview == published, "{file}");
    }
}

#[test]
fn it_answers_as_a_static_host_would() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    let page = server.get("/parte/due/");
    for header in ["content-type: text/html; charset=utf-8", "cache-control: no-cache"] {
        assert!(page.head.contains(header), "{header}: {}", page.head);
    }
    let image = server.get("/img/a.png");
    assert!(image.head.contains("content-type: image/png"), "{}", image.head);
    assert!(server.get("/assets/style.css").head.contains("content-type: text/css"));
    let moved = server.get("/parte/due");
    assert_eq!((moved.status, moved.head.contains("location: /parte/due/")), (301, true));
    let missing = server.get("/manca/");
    assert_eq!((missing.status, missing.body.contains("Pagina non trovata")), (404, true));
    // The files for hosts say the same: tests/suite/handles.rs.
    for answer in [&page, &image, &moved, &missing, &server.get("/_vademecum/live.js")] {
        for (name, value) in HEADERS {
            let line = format!("{name}: {value}").to_lowercase();
            assert!(answer.head.lines().any(|said| said == line), "{line}: {}", answer.head);
        }
    }
    let tag = page.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    let again = server.ask(&format!(
        "GET /parte/due/ HTTP/1.1\r\nHost: {}\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n",
        server.address
    ));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let head =
        server.ask(&format!("HEAD / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let post =
        server.ask(&format!("POST / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address));
    assert_eq!(post.status, 405);
}

#[test]
fn nothing_outside_the_site_is_served_and_no_foreign_name_is_answered() {
    let handbook = handbook();
    std::fs::write(handbook.beside("secret.txt"), "segreto").unwrap();
    let server = Server::start(&handbook, &FREE);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/parte/../../secret.txt",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/handbook.yaml",
        "/acts/reg-2014-240.yaml",
        "/parte/due.md",
    ] {
        let answer = server.get(path);
        assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
        assert!(!answer.body.contains("segreto"));
    }
    let foreign = server.ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(foreign.status, 421);
}

fn follows_changes(more: &[&str]) {
    let handbook = handbook();
    let server = Server::start(&handbook, more);
    assert!(server.get("/parte/due/").body.contains("prima"));
    handbook.file("parte/due.md", "# Due\n\ndopo\n");
    server.until("/parte/due/", |page| page.body.contains("dopo"));
    handbook.file("parte/nuova/tre.md", "# Tre\n");
    server.until("/parte/nuova/tre/", |page| page.status == 200);
    handbook.remove("parte/due.md");
    server.until("/parte/due/", |page| page.status == 404);
    handbook.file("handbook.yaml", "title: Nuovo titolo\n");
    server.until("/", |page| page.body.contains("Nuovo titolo"));
}

#[test]
fn a_change_of_any_file_is_seen() {
    follows_changes(&FREE);
}

#[test]
fn a_change_of_any_file_is_seen_by_polling_too() {
    follows_changes(&["--port", "0", "--poll"]);
}

#[test]
fn a_broken_handbook_keeps_the_last_good_pages_and_shows_its_problems() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    handbook.file("parte/due.md", "# Due\n\n[x](manca.md) dopo\n");
    let problems = server.news("manca.md");
    assert!(problems.contains("broken-link"), "{problems}");
    assert!(server.get("/parte/due/").body.contains("prima"));
    assert_eq!(server.get("/").status, 200);
    handbook.file("parte/due.md", "# Due\n\ndopo\n");
    server.until("/parte/due/", |page| page.body.contains("dopo"));
    assert!(!server.news("event: news").contains("broken-link"));
}

#[test]
fn a_handbook_that_is_broken_from_the_start_shows_what_is_whole() {
    let handbook = handbook();
    handbook.file("tre.md", "[x](manca.md)\n");
    let server = Server::start(&handbook, &FREE);
    assert!(server.get("/parte/due/").body.contains("prima"));
    assert!(server.news("broken-link").contains("tre.md"));
}

#[test]
fn a_port_that_is_taken_ends_with_2_and_says_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = program()
        .arg("serve")
        .arg(handbook().root())
        .args(["--port", &port, "--lang", "en"])
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains(&format!("cannot listen on `127.0.0.1:{port}`")));
}

#[test]
fn a_template_that_fails_on_one_page_is_told_there_and_the_other_pages_stay_up() {
    let handbook = handbook();
    let section = "themes/italia/templates/section.html";
    handbook.file(section, "<h1>{{ title }}</h1>\n{{ titel }}\n");
    let server = Server::start(&handbook, &FREE);
    let broken = server.get("/parte/");
    assert_eq!(broken.status, 500);
    let place = "themes/italia/templates/section.html:2:4";
    for words in [place, "parte/index.html", "there is no value `titel`", "did you mean `title`?"] {
        assert!(broken.body.contains(words), "{words}: {}", broken.body);
    }
    assert_eq!(server.get("/parte/due/").status, 200);
    handbook.file(section, "<h1>{{ title }}</h1>\n");
    server.until("/parte/", |answer| answer.status == 200 && answer.body.starts_with("<h1>Parte</h1>"));
    handbook.file("themes/italia/templates/not-found.html", "{{ titel }}");
    server.until("/manca/", |answer| answer.status == 500 && answer.body.contains("not-found.html:1:4"));
}

/// The hash that a page carries, and the one that its tab is told.
fn carried(server: &Server, path: &str) -> (String, String) {
    let page = server.get(path);
    let own = page.body.rsplit("data-page=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let stream = server.connect(&format!(
        "GET /_vademecum/events?path={} HTTP/1.1\r\nHost: {}\r\n\r\n",
        path.replace('%', "%25").replace('/', "%2F"),
        server.address
    ));
    let told = BufReader::new(stream)
        .lines()
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("\"page\":\"")?.1.split('"').next()?.to_owned()));
    (own, told.unwrap())
}

#[test]
fn a_tab_is_told_of_its_own_page_and_of_no_other() {
    let handbook = handbook();
    handbook.file("themes/italia/templates/section.html", "{{ titel }}\n");
    handbook.file("perché.md", "# Perché\n");
    let server = Server::start(&handbook, &FREE);
    // Pages, one that cannot be rendered, one that is not there, and one whose address has letters that are encoded.
    let paths = ["/", "/parte/due/", "/parte/", "/manca/", "/perch%C3%A9/"];
    let before = paths.map(|path| carried(&server, path));
    for (path, (own, told)) in paths.iter().zip(&before) {
        assert_eq!((own.len(), own), (32, told), "{path}");
    }
    handbook.file("parte/due.md", "# Due\n\nprima\n\ne dopo\n");
    server.until("/parte/due/", |page| page.body.contains("e dopo"));
    let after = paths.map(|path| carried(&server, path));
    let changed: Vec<_> =
        paths.iter().enumerate().filter(|(at, _)| before[*at] != after[*at]).map(|(_, path)| *path).collect();
    assert_eq!(changed, ["/parte/due/"]);
    // An address that has become a folder's leads there.
    handbook.file("manca/qui.md", "# Qui\n");
    server.until("/manca/qui/", |page| page.status == 200);
    assert_ne!(carried(&server, "/manca/").1, before[3].1);
}

#[test]
fn the_terminal_says_each_problem_once() {
    let handbook = handbook();
    handbook.file("parte/due.md", "# Due\n\n[x](uno.md)\n");
    let server = Server::start(&handbook, &FREE);
    server.says("1 error", 1);
    // The first one has moved to another line.
    handbook.file("parte/due.md", "# Due\n\nprima\n\n[x](uno.md) [y](due-e-mezzo.md)\n");
    server.says("2 errors", 1);
    handbook.file("parte/due.md", "# Due\n\nprima\n\n[y](due-e-mezzo.md)\n");
    server.says("1 error", 2);
    handbook.file("parte/due.md", "# Due\n\nprima\n");
    let said = server.says("Updated in ", 1);
    let errors: Vec<_> = said.iter().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(errors.len(), 2, "{said:#?}");
    assert!(errors[0].contains("uno.md") && errors[1].contains("due-e-mezzo.md"), "{said:#?}");
    let rest: Vec<_> = said
        .iter()
        .filter(|line| {
            ["1 error", "2 errors", "The earlier", "Showing", "No problem", "Updated"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .map(|line| line.split([':', '.', ';']).next().unwrap())
        .map(|line| line.split(" in ").next().unwrap())
        .collect();
    assert_eq!(
        rest,
        [
            "1 error",
            "Showing what can be read",
            "2 errors",
            "The earlier pages stay",
            "1 error",
            "The earlier pages stay",
            "No problem",
            "Updated",
        ]
    );
}

#[test]
fn a_file_of_the_search_that_was_asked_for_too_early_is_there_when_the_index_is() {
    let handbook = handbook();
    assert_eq!(handbook.build().code, 0);
    let before = handbook.published();
    handbook.file("parte/due.md", "# Due\n\nparolachiave\n");
    assert_eq!(handbook.build().code, 0);
    let is_new = |file: &String| file.starts_with("pagefind/") && !before.contains(file);
    let new: Vec<_> = handbook.published().into_iter().filter(is_new).collect();
    assert!(!new.is_empty());
    handbook.file("parte/due.md", "# Due\n\nprima\n");
    let server = Server::start(&handbook, &FREE);
    assert_eq!(server.get("/pagefind/pagefind-entry.json").status, 200);
    handbook.file("parte/due.md", "# Due\n\nparolachiave\n");
    server.until("/parte/due/", |page| page.body.contains("parolachiave"));
    for file in new {
        server.until(&format!("/{file}"), |answer| answer.status == 200);
    }
}
