//! What a preview sees of every way that files change, and what it never shows meanwhile.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::harness::{ACT, Handbook, program};
use crate::served::{FREE, Server};

const BY_EVENTS: [&str; 2] = FREE;
const BY_COMPARING: [&str; 3] = ["--port", "0", "--poll"];

fn handbook() -> Handbook {
    Handbook::of(&[
        ("handbook.yaml", "title: Prova\n"),
        ("index.md", "# Casa\n"),
        ("parte/due.md", "# Due\n\nprima\n"),
        ("parte/tre.md", "# Tre\n\n![a](../img/a.svg)\n\nCita l'[[informare]].\n"),
        ("glossary.yaml", "terms:\n- term: informare\n  definition: Dare notizia.\n"),
        ("img/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
        ("acts/reg-2014-240.yaml", ACT),
    ])
}

fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Prova", "-c", "user.email=prova@ente.example", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Reads pages for as long as files change: each is there all the time, down to the words that end it.
fn while_read(server: &Server, pages: &[&str], end: &str, change: impl FnOnce()) {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                for page in pages {
                    let answer = server.get(page);
                    assert!(
                        answer.status == 200 && answer.body.contains(end),
                        "{page}: {}\n{}",
                        answer.head,
                        answer.body
                    );
                }
            }
        });
        let changed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(change));
        is_over.store(true, Ordering::Relaxed);
        reader.join().unwrap();
        changed.unwrap();
    });
}

/// What an editor does with a text.
type Save<'a> = &'a dyn Fn(&str);

fn sees_every_way_of_saving(more: &[&str]) {
    let handbook = handbook();
    let server = Server::start(&handbook, more);
    let (page, backup) = (handbook.path("parte/due.md"), handbook.path("parte/due.md~"));
    let saves: [(&str, Save<'_>); 5] = [
        ("in place", &|text| fs::write(&page, text).unwrap()),
        ("by a new file in its place", &|text| {
            handbook.file("parte/.due.md.tmp", text);
            fs::rename(handbook.path("parte/.due.md.tmp"), &page).unwrap();
        }),
        ("with a backup", &|text| {
            handbook.file("parte/4913", "");
            handbook.remove("parte/4913");
            fs::rename(&page, &backup).unwrap();
            fs::write(&page, text).unwrap();
            fs::remove_file(&backup).unwrap();
        }),
        ("removed and written anew", &|text| {
            fs::remove_file(&page).unwrap();
            fs::write(&page, text).unwrap();
        }),
        ("in pieces", &|text| {
            use std::io::Write;
            let mut file = fs::File::create(&page).unwrap();
            for piece in text.as_bytes().chunks(4) {
                file.write_all(piece).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }),
    ];
    while_read(&server, &["/", "/parte/due/", "/parte/tre/"], "</html>", || {
        for (number, (way, save)) in saves.iter().enumerate() {
            eprintln!("saved {way}");
            save(&format!("# Due\n\nsalvato {number} volte\n"));
            let words = format!("salvato {number} volte");
            server.until("/parte/due/", |page| page.body.contains(&words));
        }
    });
}

#[test]
fn a_page_is_there_and_whole_however_it_is_saved() {
    sees_every_way_of_saving(&BY_EVENTS);
}

#[test]
fn a_page_is_there_and_whole_however_it_is_saved_when_files_are_compared() {
    sees_every_way_of_saving(&BY_COMPARING);
}

fn sees_every_kind_of_file(more: &[&str]) {
    let handbook = handbook();
    let server = Server::start(&handbook, more);
    let becomes = |page: &str, words: &str| drop(server.until(page, |page| page.body.contains(words)));
    handbook.edit("handbook.yaml", "Prova", "Altro titolo");
    becomes("/", "Altro titolo");
    handbook.edit("glossary.yaml", "Dare notizia", "Far sapere");
    becomes("/glossario/informare/", "Far sapere");
    handbook.file("acts/reg-2014-240.yaml", ACT.replace("Codice europeo di condotta", "Altro codice"));
    becomes("/atti/reg-2014-240/", "<h1>Altro codice");
    handbook.edit("img/a.svg", "width=\"1\"", "width=\"7\"");
    becomes("/parte/tre/", "width=\"7\"");
    handbook.file("themes/italia/assets/redline.css", "/* mio */");
    becomes("/assets/redline.css", "/* mio */");
    handbook.file("themes/italia/templates/section.html", "<h1>mia: {{ title }}</h1></html>");
    becomes("/parte/", "mia: Parte");
    fs::remove_dir_all(handbook.path("themes")).unwrap();
    server.until("/parte/", |page| !page.body.contains("mia: Parte"));
}

#[test]
fn every_kind_of_file_is_seen() {
    sees_every_kind_of_file(&BY_EVENTS);
}

#[test]
fn every_kind_of_file_is_seen_when_files_are_compared() {
    sees_every_kind_of_file(&BY_COMPARING);
}

/// Writes a file in pieces, with pauses; another is saved in one of them.
#[cfg(target_os = "linux")]
fn write_slowly(handbook: &Handbook, file: &str, text: &str, other: &str) {
    use std::io::Write;
    let pause = || std::thread::sleep(std::time::Duration::from_millis(60));
    let (first, last) = text.split_at(text.len() / 2);
    let mut open = fs::File::create(handbook.path(file)).unwrap();
    pause();
    handbook.file("parte/tre.md", format!("# Tre\n\n{other}\n"));
    pause();
    open.write_all(first.as_bytes()).unwrap();
    pause();
    open.write_all(last.as_bytes()).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_is_seen_whole_or_not_at_all() {
    let handbook = handbook();
    // All that must be there ends a file.
    let kinds = [
        ("handbook.yaml", "/", "# Il nome viene dopo.\ntitle: Prova N, fine\n"),
        (
            "glossary.yaml",
            "/glossario/informare/",
            "terms:\n- term: informare\n  definition: Notizia N, fine.\n",
        ),
        ("parte/due.md", "/parte/due/", "# Due N\n\nprima\n\nfine\n"),
        ("themes/italia/assets/redline.css", "/assets/redline.css", "/* N */\n/* fine */\n"),
        ("themes/italia/templates/section.html", "/parte/", "<h1>{{ title }} N</h1>\n<p>fine</p></html>\n"),
    ];
    for (file, _, text) in &kinds {
        handbook.file(file, text);
    }
    let server = Server::start(&handbook, &BY_EVENTS);
    for (number, (file, page, text)) in kinds.iter().enumerate() {
        let mark = format!("M{number}");
        let text = text.replace('N', &mark);
        while_read(&server, &[page], "fine", || {
            write_slowly(&handbook, file, &text, &mark);
            server.until(page, |answer| answer.body.contains(&mark));
        });
    }
    assert_eq!(
        server.said().iter().filter(|line| line.contains("problem")).count(),
        0,
        "{:#?}",
        server.said()
    );
}

#[test]
fn a_file_that_was_gone_for_a_moment_is_there_again() {
    for more in [&BY_EVENTS[..], &BY_COMPARING] {
        let handbook = handbook();
        let names = ["a", "b", "c", "d", "e"].map(|name| format!("file/{name}.txt"));
        names.iter().for_each(|name| handbook.file(name, "Un testo.\n"));
        let server = Server::start(&handbook, more);
        for name in names {
            let (file, aside) = (handbook.path(&name), handbook.beside("aside.txt"));
            fs::rename(&file, &aside).unwrap();
            assert_ne!(server.get(&format!("/{name}")).status, 200, "{name}");
            fs::rename(&aside, &file).unwrap();
            server.until(&format!("/{name}"), |answer| answer.status == 200);
        }
    }
}

fn sees_folders_come_and_go(more: &[&str]) {
    let handbook = handbook();
    let server = Server::start(&handbook, more);
    let there = |page: &str| drop(server.until(page, |page| page.status == 200));
    let gone = |page: &str| drop(server.until(page, |page| page.status == 404));
    while_read(&server, &["/", "/parte/tre/"], "</html>", || {
        handbook.file("nuova/sotto/ancora/quattro.md", "# Quattro\n");
        there("/nuova/sotto/ancora/quattro/");
        fs::rename(handbook.path("nuova"), handbook.path("altra")).unwrap();
        gone("/nuova/sotto/ancora/quattro/");
        there("/altra/sotto/ancora/quattro/");
        fs::rename(handbook.path("altra"), handbook.beside("fuori")).unwrap();
        gone("/altra/sotto/ancora/quattro/");
        fs::rename(handbook.beside("fuori"), handbook.path("dentro")).unwrap();
        there("/dentro/sotto/ancora/quattro/");
        handbook.file("dentro/sotto/ancora/quattro.md", "# Quattro\n\ndopo\n");
        server.until("/dentro/sotto/ancora/quattro/", |page| page.body.contains("dopo"));
        fs::rename(handbook.path("dentro/sotto/ancora/quattro.md"), handbook.path("cinque.md")).unwrap();
        there("/cinque/");
        gone("/dentro/sotto/ancora/quattro/");
    });
}

#[test]
fn folders_and_files_are_seen_to_come_move_and_go() {
    sees_folders_come_and_go(&BY_EVENTS);
}

#[test]
fn folders_and_files_are_seen_to_come_move_and_go_when_files_are_compared() {
    sees_folders_come_and_go(&BY_COMPARING);
}

fn outlives_its_folder(more: &[&str]) {
    let handbook = handbook();
    let server = Server::start(&handbook, more);
    let (root, old) = (handbook.root(), handbook.beside("vecchio"));
    while_read(&server, &["/", "/parte/due/"], "</html>", || {
        let other = Handbook::of(&[("index.md", "# Casa\n"), ("parte/due.md", "# Due\n\naltrove\n")]);
        fs::rename(&root, &old).unwrap();
        fs::rename(other.root(), &root).unwrap();
        server.until("/parte/due/", |page| page.body.contains("altrove"));
        handbook.file("parte/due.md", "# Due\n\nqui\n");
        server.until("/parte/due/", |page| page.body.contains("qui"));
        // While it is gone, the pages stay.
        fs::rename(&root, handbook.beside("via")).unwrap();
        server.until("/", |page| page.status == 200);
        fs::rename(&old, &root).unwrap();
        server.until("/parte/due/", |page| page.body.contains("prima"));
    });
}

#[test]
fn another_folder_in_the_handbooks_place_is_served_instead() {
    outlives_its_folder(&BY_EVENTS);
}

#[test]
fn another_folder_in_the_handbooks_place_is_served_instead_when_files_are_compared() {
    outlives_its_folder(&BY_COMPARING);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_handbook_is_followed_wherever_it_leads() {
    use std::os::unix::fs::symlink;
    let handbook = handbook();
    let other = Handbook::of(&[("index.md", "# Casa\n\naltrove\n")]);
    let link = handbook.beside("link");
    symlink(handbook.root(), &link).unwrap();
    let server = Server::spawn(program().arg("serve").arg(&link).args(["--lang", "en"]).args(FREE));
    handbook.file("index.md", "# Casa\n\nqui\n");
    server.until("/", |page| page.body.contains("qui"));
    symlink(other.root(), handbook.beside("next")).unwrap();
    fs::rename(handbook.beside("next"), &link).unwrap();
    server.until("/", |page| page.body.contains("altrove"));
}

#[test]
fn another_branch_is_one_new_site() {
    for more in [&BY_EVENTS[..], &BY_COMPARING] {
        let handbook = handbook();
        let root = handbook.root();
        git(&root, &["init", "--quiet", "--initial-branch", "one"]);
        let write = |text: &str| {
            for number in 0..2_000 {
                let path = format!("parte/{}/capitolo-{number}.md", number % 40);
                handbook.file(&path, format!("# Capitolo {number}\n\n{text}\n"));
            }
        };
        write("uno");
        git(&root, &["add", "."]);
        git(&root, &["commit", "--quiet", "--message", "one"]);
        git(&root, &["checkout", "--quiet", "-b", "two"]);
        write("due e due");
        git(&root, &["commit", "--quiet", "--all", "--message", "two"]);
        let server = Server::start(&handbook, more);
        git(&root, &["checkout", "--quiet", "one"]);
        server.until("/parte/39/capitolo-1999/", |page| page.body.contains("<p>uno"));
        handbook.file("index.md", "# Casa\n\nfine\n");
        server.until("/", |page| page.body.contains("fine"));
        let said = server.says("Updated", 2);
        let updates = said.iter().filter(|line| line.starts_with("Updated")).count();
        assert_eq!(updates, 2, "{more:?}: the branch and the end: {said:#?}");
    }
}

#[test]
fn a_build_into_the_handbook_is_no_change_of_it() {
    for more in [&BY_EVENTS[..], &BY_COMPARING] {
        let handbook = handbook();
        // A folder that has never been one of the output is seen to become one.
        for folder in ["public", "site"] {
            let output = handbook.path(folder);
            let output = ["build", "--output", output.to_str().unwrap()];
            assert_eq!(handbook.run_json(&output, &[]).code, 0);
        }
        let server = Server::start(&handbook, more);
        for folder in ["public", "site"] {
            fs::remove_dir_all(handbook.path(folder).join("parte")).unwrap();
            let output = handbook.path(folder);
            let output = ["build", "--output", output.to_str().unwrap()];
            assert_eq!(handbook.run_json(&output, &[]).code, 0);
        }
        handbook.file("index.md", "# Casa\n\nfine\n");
        server.until("/", |page| page.body.contains("fine"));
        let said = server.says("Updated", 1);
        assert_eq!(said.iter().filter(|line| line.starts_with("Updated")).count(), 1, "{more:?}: {said:#?}");
    }
}

#[cfg(feature = "git")]
#[test]
fn an_edition_that_becomes_a_tag_is_seen() {
    let handbook = handbook();
    handbook.file("handbook.yaml", "title: Prova\neditions: {store: git}\n");
    let root = handbook.root();
    git(&root, &["init", "--quiet"]);
    git(&root, &["config", "user.name", "Prova"]);
    git(&root, &["config", "user.email", "prova@ente.example"]);
    git(&root, &["add", "."]);
    git(&root, &["commit", "--quiet", "--message", "uno"]);
    let server = Server::start(&handbook, &FREE);
    assert_eq!(server.get("/edizioni/2026.1/").status, 404);
    let said = handbook.run_json(&["release", "2026.1"], &["--note", "Una prova."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    server.until("/edizioni/2026.1/", |page| page.status == 200);
}
