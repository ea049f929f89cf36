//! The preview as a host: HTTP by the letter, nothing for strangers, and nobody who can hold up the others.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use crate::harness::{Handbook, program};
use crate::served::{FREE, Server};

fn handbook() -> Handbook {
    Handbook::of(&[
        ("index.md", "# Casa\n\n![Un video](v.mp4)\n"),
        ("città nuova/due.md", "# Due\n"),
        ("v.mp4", "0123456789"),
        ("vuoto.csv", ""),
        ("archivio.md", "# Archivio\n\n[video](v.mp4) e [vuoto](vuoto.csv)\n"),
    ])
}

#[test]
fn a_client_that_has_the_bytes_is_told_so() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    for path in ["/", "/v.mp4", "/assets/style.css", "/_vademecum/live.js"] {
        let tag = server.get(path).header("etag").unwrap().to_owned();
        for known in [
            format!("If-None-Match: {tag}\r\n"),
            format!("If-None-Match: W/{tag}\r\n"),
            format!("If-None-Match: \"x, y\", {tag}\r\n"),
            format!("If-None-Match: \"x\"\r\nIf-None-Match: {tag}\r\n"),
            "If-None-Match: *\r\n".to_owned(),
        ] {
            for method in ["GET", "HEAD"] {
                let answer = server.with(method, path, &known);
                assert_eq!((answer.status, answer.bytes.len()), (304, 0), "{path} {known}");
                assert_eq!(answer.header("etag"), Some(tag.as_str()));
                assert_eq!(answer.header("cache-control"), Some("no-cache"));
            }
        }
        for other in ["\"x\"", "x", "", "W/", "\""] {
            let answer = server.with("GET", path, &format!("If-None-Match: {other}\r\n"));
            assert_eq!(answer.status, 200, "{path} {other}");
        }
    }
    assert_eq!(server.get("/manca/").header("etag"), None);
}

#[test]
fn a_part_of_a_file_is_answered_by_the_rules() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    let ask = |range: &str| {
        let answer = server.with("GET", "/v.mp4", &format!("Range: {range}\r\n"));
        (answer.status, answer.body.clone(), answer.header("content-range").unwrap_or("").to_owned())
    };
    for (range, body, place) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=4-", "456789", "bytes 4-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=-99", "0123456789", "bytes 0-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
        ("Bytes=9-9", "9", "bytes 9-9/10"),
        ("bytes=1-2,99-", "12", "bytes 1-2/10"),
    ] {
        assert_eq!(ask(range), (206, body.to_owned(), place.to_owned()), "{range}");
    }
    for beyond in ["bytes=10-", "bytes=99-100", "bytes=-0"] {
        assert_eq!(ask(beyond), (416, String::new(), "bytes */10".to_owned()), "{beyond}");
    }
    // Several parts, another unit, nonsense: whole.
    for whole in ["bytes=0-1,3-4", "lines=0-1", "bytes=3-1", "bytes=a-b", "bytes=", "0-3", "bytes=0-1-2"] {
        assert_eq!(ask(whole), (200, "0123456789".to_owned(), String::new()), "{whole}");
    }
    assert_eq!(server.with("GET", "/vuoto.csv", "Range: bytes=0-\r\n").status, 416);
    assert_eq!(server.with("GET", "/manca/", "Range: bytes=0-1\r\n").status, 404);
}

#[test]
fn a_part_is_of_the_bytes_that_the_client_has_or_it_is_the_whole() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    let whole = server.get("/v.mp4");
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let tag = whole.header("etag").unwrap();
    for (known, status) in [
        (tag.to_owned(), 206),
        (format!("W/{tag}"), 200),
        ("\"x\"".to_owned(), 200),
        ("Wed, 21 Oct 2015 07:28:00 GMT".to_owned(), 200),
    ] {
        let answer = server.with("GET", "/v.mp4", &format!("Range: bytes=0-1\r\nIf-Range: {known}\r\n"));
        assert_eq!(answer.status, status, "{known}");
    }
    let both = server.with("GET", "/v.mp4", &format!("Range: bytes=0-1\r\nIf-None-Match: {tag}\r\n"));
    assert_eq!(both.status, 304);
}

#[test]
fn head_tells_what_get_would_bring() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    for path in ["/", "/v.mp4", "/manca/", "/_vademecum/live.css", "/citta-nuova"] {
        let (get, head) = (server.get(path), server.with("HEAD", path, "Range: bytes=0-1\r\n"));
        assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{path}");
        for name in ["content-length", "content-type", "etag", "location", "accept-ranges"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
        assert_eq!(head.header("content-length"), Some(get.bytes.len().to_string().as_str()), "{path}");
    }
}

#[test]
fn only_reading_is_possible() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        for path in ["/", "/manca/", "/_vademecum/events"] {
            let answer = server.with(method, path, "Content-Length: 0\r\n");
            assert_eq!((answer.status, answer.header("allow")), (405, Some("get, head")), "{method} {path}");
        }
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_it_with_all_that_was_asked() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    for (asked, place) in [
        ("/citta-nuova", "/citta-nuova/"),
        ("/citta-nuova/due?a=%2F&b", "/citta-nuova/due/?a=%2f&b"),
        ("/%63itta%2Dnuova?", "/citta-nuova/?"),
    ] {
        let answer = server.get(asked);
        assert_eq!((answer.status, answer.header("location")), (301, Some(place)), "{asked}");
        assert_eq!(server.get(answer.header("location").unwrap()).status, 200, "{asked}");
    }
    assert_eq!(server.get("/?q=a").status, 200);
    assert_eq!(server.get("/v.mp4?q=a").status, 200);
    assert_eq!(server.get("/v.mp4/").status, 404);
}

#[test]
fn whoever_speaks_badly_gets_an_answer_and_the_others_theirs() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    let host = server.address.clone();
    let long = "x".repeat(100_000);
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    for (request, statuses) in [
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(), [400, 400]),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\nConnection: close\r\n\r\n"), [400, 400]),
        ("GET / HTTP/1.1\r\nHost: caf\u{e9}\r\nConnection: close\r\n\r\n".to_owned(), [421, 400]),
        ("GET / HTTP/1.0\r\n\r\n".to_owned(), [200, 200]),
        (
            format!("GET http://{host}/citta-nuova/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            [200, 200],
        ),
        (
            format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            [421, 421],
        ),
        (format!("OPTIONS * HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), [405, 405]),
        (format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), [405, 405]),
        (format!("GET /{long} HTTP/1.1\r\nHost: {host}\r\n\r\n"), [414, 431]),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n"), [431, 431]),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n"), [431, 431]),
        ("\u{0}\u{1}\u{2}\r\n\r\n".to_owned(), [400, 400]),
        ("GET  /\r\n\r\n".to_owned(), [400, 400]),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), [400, 505]),
        (format!("GET /a b HTTP/1.1\r\nHost: {host}\r\n\r\n"), [400, 400]),
        (format!("GET evil HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), [400, 421]),
    ] {
        let mut stream = server.connect("");
        // It may answer before it has heard all.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let said = String::from_utf8_lossy(&bytes).into_owned();
        let status = said.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let shown: String = request.chars().take(80).collect();
        assert!(statuses.contains(&status), "{shown:?}: {said:?}");
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_connection_answers_more_than_once() {
    let handbook = handbook();
    let server = Server::start(&handbook, &FREE);
    let mut reader = BufReader::new(server.connect(""));
    for _ in 0..3 {
        let request = format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        reader.get_mut().write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert_eq!(line, "HTTP/1.1 200 OK\r\n");
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
    }
}

/// Clients of four kinds, none of which goes on: silent, halfway, listening without reading, asking without reading.
fn stuck(server: &Server, each: usize) -> Vec<TcpStream> {
    let host = &server.address;
    let kinds = [
        String::new(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Slo"),
        format!("GET /_vademecum/events?path=%2F HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET /grande/ HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    ];
    kinds.iter().flat_map(|request| (0..each).map(move |_| server.connect(request))).collect()
}

#[test]
fn a_thousand_clients_that_never_end_hold_up_nobody_and_cost_little() {
    rlimit::increase_nofile_limit(2048).unwrap();
    let handbook = handbook();
    handbook.file("grande.md", format!("# Grande\n\n{}", "Una riga come le altre.\n\n".repeat(50_000)));
    let server = Server::start(&handbook, &FREE);
    assert!(server.get("/grande/").bytes.len() > 1_000_000);
    let before = memory(&server);
    let clients = stuck(&server, 250);
    for _ in 0..5 {
        assert_eq!(server.get("/").status, 200);
    }
    handbook.file("index.md", "# Altra casa\n");
    server.says("Updated in ", 1);
    server.until("/", |page| page.body.contains("Altra casa"));
    // Two hundred and fifty pages of a megabyte and a half are one.
    if let (Some(before), Some(after)) = (before, memory(&server)) {
        assert!(after < before + 200_000, "from {before} kB to {after} kB");
    }
    assert_eq!(clients.len(), 1000);
}

/// The memory of a process in kB, where the system tells.
fn memory(server: &Server) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
}

#[cfg(unix)]
#[test]
fn where_the_system_gives_few_files_the_server_waits_and_goes_on() {
    let handbook = handbook();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 64; exec \"$0\" serve \"$1\" --lang en --port 0"]);
    let server = Server::spawn(command.arg(program().get_program()).arg(handbook.root()));
    // No more than wait in the queue of any system.
    let clients: Vec<_> = (0..100).map(|_| server.connect("")).collect();
    drop(clients);
    assert_eq!(server.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn the_end_comes_at_once_whoever_is_still_listening() {
    for signal in ["-INT", "-TERM"] {
        let handbook = handbook();
        handbook.file("grande.md", format!("# Grande\n\n{}", "Una riga.\n\n".repeat(20_000)));
        let mut server = Server::start(&handbook, &FREE);
        let _clients = stuck(&server, 3);
        assert_eq!(server.get("/").status, 200);
        assert!(
            Command::new("kill").arg(signal).arg(server.child.id().to_string()).status().unwrap().success()
        );
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn the_next_free_port_is_said_to_be_another() {
    // Taken by us, or by whoever has it.
    let _taken = TcpListener::bind("127.0.0.1:4000");
    let handbook = handbook();
    let server = Server::start(&handbook, &[]);
    let port = server.address.rsplit(':').next().unwrap();
    assert_ne!(port, "4000");
    assert!(server.said().contains(&format!("Port 4000 is taken: using {port}.")), "{:?}", server.said());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn an_address_for_all_is_told_as_one_that_opens_with_a_warning() {
    let handbook = handbook();
    let warning = "Beware: everyone on the same network can read it.";
    let open = Server::start(&handbook, &["--host", "0.0.0.0", "--port", "0"]);
    assert!(open.address.starts_with("127.0.0.1:"), "{}", open.address);
    assert_eq!(open.get("/").status, 200);
    open.says(warning, 1);
    assert!(!Server::start(&handbook, &FREE).said().contains(&warning.to_owned()));
    // Not every machine has it.
    if TcpListener::bind("[::1]:0").is_ok() {
        let six = Server::start(&handbook, &["--host", "::1", "--port", "0"]);
        assert!(six.address.starts_with("[::1]:"), "{}", six.address);
        assert_eq!(six.get("/").status, 200);
    }
}
