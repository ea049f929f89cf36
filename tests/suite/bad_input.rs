//! Bad input, tried one by one: each is named at its line and column with a way out, nothing panics, and
//! every problem of every file comes out in one run.

use std::fs;

use crate::harness::{ACT, Handbook, bytes_of, program};

const VOCABULARIES: &str = "phases: {programmi: Programmi, bandi: Bandi}\n";

#[test]
fn malformed_yaml_is_named_at_the_line_of_the_file() {
    let handbook = Handbook::of(&[("a.md", "---\ntitle: x\narticles: [\"art. 5\n---\n\ntesto\n")]);
    let said = handbook.check();
    assert_eq!(
        (said.code, said.problems[0].code.as_str(), said.problems[0].at.as_str()),
        (1, "invalid-yaml", "3:12")
    );
}

#[test]
fn a_tab_in_yaml_says_that_yaml_wants_spaces() {
    let handbook = Handbook::of(&[("handbook.yaml", "title: x\nlicence:\n\tname: y\n"), ("index.md", "x\n")]);
    let said = handbook.check();
    let problem = said.only();
    assert_eq!((problem.file.as_str(), problem.at.as_str()), ("handbook.yaml", "3:1"));
    assert_eq!(problem.message, "a tab indents the line: YAML wants spaces");
}

#[test]
fn a_file_that_cannot_be_read_is_not_a_file_that_is_missing() {
    let handbook = Handbook::of(&[("a.md", "[g](glossary.yaml)\n"), ("glossary.yaml", "terms: [\n")]);
    assert_eq!(handbook.check().only().file, "glossary.yaml");
}

#[test]
fn a_duplicate_key_is_named_where_it_comes_again() {
    let said = Handbook::of(&[("a.md", "---\ntitle: x\nid: A-1\ntitle: y\n---\n")]).check();
    assert_eq!(said.places(), ["a.md:4:1 duplicate-key"]);
}

#[test]
fn an_unquoted_colon_says_how_to_quote_the_value() {
    let handbook = Handbook::of(&[("a.md", "---\nid: A-1\ntitle: Art. 5: consultazione\n---\n")]);
    let said = handbook.check();
    assert_eq!((said.only().at.as_str(), said.only().code.as_str()), ("3:14", "invalid-yaml"));
    assert_eq!(said.only().help, "put the value in quotes: `title: \"Art. 5: consultazione\"`");
    handbook.file("a.md", "---\nid: A-1\ntitle: \"Art. 5: consultazione\"\n---\n");
    assert_eq!(handbook.check().code, 0, "the help works when pasted");
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    let said = Handbook::of(&[("a.md", "---\ntitel: x\n---\n"), ("handbook.yaml", "titolo: x\n")]).check();
    assert_eq!(said.places(), ["a.md:2:1 unknown-key", "handbook.yaml:1:1 unknown-key"]);
    assert_eq!(said.problems[0].help, "did you mean `title`?");
}

#[test]
fn a_key_of_another_kind_is_unknown() {
    let said = Handbook::of(&[("linee-guida/a.md", "---\ntool_type: modello\n---\n")]).check();
    assert_eq!(said.places(), ["linee-guida/a.md:2:1 unknown-key"]);
}

#[test]
fn a_value_outside_its_vocabulary_is_refused_with_the_nearest_one() {
    let handbook = Handbook::of(&[
        ("a.md", "---\nphases: [programi, bandi]\n---\n"),
        ("vocabularies.yaml", VOCABULARIES),
    ]);
    let said = handbook.check();
    assert_eq!(said.places(), ["a.md:2:10 unknown-value"]);
    assert_eq!(said.only().help, "did you mean `programmi`?");
}

#[test]
fn words_that_yaml_could_take_for_something_else_stay_as_written() {
    for version in ["no", "on", "1.10", "2024.10", "yes", "0x10", "1e3"] {
        let handbook =
            Handbook::of(&[("index.md", &format!("---\ntitle: {version}\nversion: {version}\n---\n"))]);
        assert_eq!(handbook.build().code, 0, "{version}");
        let page = handbook.page("index.html");
        assert!(page.contains(&format!("<h1>{version}</h1>")), "{version}: {page}");
        assert!(page.contains(&format!("Versione: {version}<")), "{version}: {page}");
    }
}

#[test]
fn an_address_that_a_page_would_link_to_is_a_whole_one_and_runs_nothing() {
    let handbook = Handbook::of(&[
        ("index.md", "x\n"),
        ("handbook.yaml", "licence: {name: x, url: \"javascript:alert(1)\"}\n"),
        (
            "acts/l-1.yaml",
            "id: l-1\ntitle: Legge\nlinks:\n  act: leggi\n  article_eli: {template: \"data:text/html,{N}\"}\narticles: [{number: 1}]\n",
        ),
    ]);
    let said = handbook.check();
    assert_eq!(
        said.places(),
        [
            "acts/l-1.yaml:4:8 invalid-value",
            "acts/l-1.yaml:5:27 invalid-value",
            "handbook.yaml:1:25 invalid-value"
        ]
    );
    assert!(said.problems.iter().all(|problem| problem.help == "write the address from `https://` on"));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(",");
        yaml.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    for file in ["handbook.yaml", "vocabularies.yaml", "glossary.yaml"] {
        let said = Handbook::of(&[("index.md", "x\n"), (file, &yaml)]).check();
        assert_eq!((said.only().code.as_str(), said.only().file.as_str()), ("invalid-yaml", file));
    }
}

#[test]
fn a_front_matter_that_never_closes_is_named() {
    let said = Handbook::of(&[("a.md", "---\ntitle: x\n\nTesto senza fine.\n")]).check();
    assert_eq!(said.places(), ["a.md:1:1 unclosed-front-matter"]);
}

#[test]
fn three_hyphens_inside_a_value_do_not_close_the_front_matter() {
    let handbook =
        Handbook::of(&[("index.md", "---\ntitle: \"a --- b\"\ndescription: uno --- due\n---\n\ntesto\n")]);
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.page("index.html").contains("<h1>a --- b</h1>"));
}

#[test]
fn bytes_that_are_not_utf8_are_named_at_their_place() {
    let handbook = Handbook::new();
    handbook.file("a.md", b"# uno\n\nperch\xe9\n");
    handbook.file("b.md", b"\xff\xfeU\x00");
    assert_eq!(handbook.check().places(), ["a.md:3:6 not-utf8", "b.md:1:1 not-utf8"]);
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_not_utf8_is_named() {
    use std::os::unix::ffi::OsStrExt;
    let handbook = Handbook::of(&[("index.md", "x\n")]);
    fs::write(handbook.root().join(std::ffi::OsStr::from_bytes(b"due\xff.md")), "x").unwrap();
    assert_eq!(handbook.check().only().code, "unusable-name");
}

#[test]
fn an_empty_file_is_a_page_with_a_sensible_title() {
    let handbook = Handbook::of(&[("index.md", ""), ("02-prima-pagina.md", ""), ("handbook.yaml", "")]);
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.page("prima-pagina/index.html").contains("<h1>Prima pagina</h1>"));
}

#[test]
fn a_file_of_fifty_megabytes_is_read_to_its_end() {
    let handbook = Handbook::of(&[("index.md", "x\n")]);
    let mut text = "parola ".repeat(50 * 1024 * 1024 / 7);
    text.push_str("\n\n[manca](manca.md)\n");
    handbook.file("grande.md", &text);
    assert_eq!(handbook.check().places(), ["grande.md:3:9 broken-link"]);
}

#[test]
fn nesting_without_end_is_refused() {
    for deep in [">", "- ", "> - "] {
        let handbook = Handbook::of(&[("a.md", &format!("{}x\n", deep.repeat(100_000)))]);
        assert_eq!(handbook.check().only().code, "nesting-too-deep", "{deep:?}");
    }
    let handbook = Handbook::of(&[
        ("handbook.yaml", &"[".repeat(100_000)),
        ("vocabularies.yaml", &"- ".repeat(100_000)),
    ]);
    let said = handbook.check();
    assert_eq!(
        said.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
        ["invalid-yaml", "invalid-yaml"]
    );
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_that_lead_astray_are_named() {
    use std::os::unix::fs::symlink;
    let handbook = Handbook::of(&[("index.md", "x\n")]);
    fs::write(handbook.beside("secret.md"), "segreto\n").unwrap();
    symlink("manca.md", handbook.path("dangling.md")).unwrap();
    symlink(handbook.beside("secret.md"), handbook.path("outside.md")).unwrap();
    symlink("loop", handbook.path("loop")).unwrap();
    symlink("user@host.123:456", handbook.path(".#index.md")).unwrap();
    assert_eq!(
        handbook.check().places(),
        ["dangling.md dangling-symlink", "loop symlink-loop", "outside.md symlink-outside"]
    );
    assert_eq!(handbook.build().code, 1);
    assert!(!handbook.beside("public").exists(), "a handbook with errors publishes nothing");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let handbook = Handbook::of(&[("index.md", "x\n"), ("chiuso.md", "x\n")]);
    // Root may read everything, so a folder of the system that gives an error on reading stands in for it.
    fs::set_permissions(handbook.path("chiuso.md"), fs::Permissions::from_mode(0o000)).unwrap();
    let as_root = fs::read(handbook.path("chiuso.md")).is_ok();
    if as_root {
        handbook.remove("chiuso.md");
        // Reading one's own memory at address 0 fails for everybody; the file is listed as a regular one.
        let source = vademecum::source::FolderSource::scan(std::path::Path::new("/proc/self/task"), &[]).0;
        let memory =
            vademecum::source::Source::paths(&source).iter().find(|path| path.file_name() == "mem").cloned();
        let problem = vademecum::source::read_text(&source, &memory.unwrap()).unwrap_err();
        assert_eq!(problem.code.name(), "unreadable-file");
        let _ = symlink("x", handbook.path(".x"));
    } else {
        assert_eq!(handbook.check().places(), ["chiuso.md unreadable-file"]);
    }
}

#[test]
fn what_editors_leave_is_not_read() {
    let handbook = Handbook::of(&[
        ("index.md", "x\n"),
        ("a.md~", "[x](y.md)"),
        ("#a.md#", "[x](y.md)"),
        (".a.md.swp", "\u{1}"),
    ]);
    assert_eq!(handbook.build().code, 0);
    assert!(handbook.published().iter().all(|file| !file.contains("a.md")), "{:?}", handbook.published());
}

#[test]
fn every_problem_of_every_file_comes_out_at_once_sorted_by_place() {
    let handbook = Handbook::of(&[
        (
            "b.md",
            "---\ntitle: x\nstatus: aproved\nupdated: ieri\n---\n\n[x](manca.md)\n\n## A {#_x}\n\n[[NIENTE]]\n",
        ),
        ("a.md", "---\narticles: [\"art. 20\", \"art. 5\"]\n---\n\n[y](../fuori.md) ![z](z.png)\n"),
        ("glossary.yaml", "terms:\n- {term: a, see: [ZZ-9], definition: x}\n"),
        ("handbook.yaml", "acts: [reg-2014-240, altro]\nbase_url: x\n"),
        ("acts/reg-2014-240.yaml", ACT),
    ]);
    let said = handbook.check();
    assert_eq!(
        said.places(),
        [
            "a.md:2:12 unknown-address",
            "a.md:5:5 outside-handbook",
            "a.md:5:23 broken-link",
            "b.md:3:9 unknown-value",
            "b.md:4:10 invalid-value",
            "b.md:7:5 broken-link",
            "b.md:9:1 reserved-id",
            "b.md:11:3 unknown-target",
            "glossary.yaml:2:19 unknown-target",
            "handbook.yaml:1:22 unknown-act",
            "handbook.yaml:2:11 invalid-value",
        ]
    );
    assert_eq!(said.code, 1);
}

#[test]
fn an_output_folder_that_cannot_be_written_changes_nothing_and_ends_with_2() {
    let handbook = Handbook::of(&[("index.md", "x\n")]);
    // A file where the folder should be: nobody, not even root, can write into it.
    fs::write(handbook.beside("public"), "not a folder").unwrap();
    let said = handbook.build();
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("cannot be written"), "{}", said.stderr);
    assert_eq!(fs::read_to_string(handbook.beside("public")).unwrap(), "not a folder");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_while_writing_leaves_the_earlier_site_whole() {
    let handbook = Handbook::of(&[("index.md", "prima\n")]);
    assert_eq!(handbook.build().code, 0);
    let before = bytes_of(&handbook.beside("public"));
    handbook.file("index.md", "dopo\n");
    handbook.file("grande.bin", vec![7_u8; 4 * 1024 * 1024]);
    // A limit on the size of files gives the same error to the program as a disk without room.
    let limited = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_vademecum"))
        .arg("build")
        .arg(handbook.root())
        .arg("--output")
        .arg(handbook.beside("public"))
        .output()
        .unwrap();
    assert_eq!(limited.status.code(), Some(2), "{}", String::from_utf8_lossy(&limited.stderr));
    assert_eq!(bytes_of(&handbook.beside("public")), before);
}

#[test]
fn a_folder_that_is_not_there_ends_with_2_and_says_how_to_go_on() {
    let said = program().args(["check", "/nowhere/at/all", "--lang", "en"]).output().unwrap();
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("vademecum check FOLDER"));
    assert_eq!(program().args(["check", "--no-such-flag"]).output().unwrap().status.code(), Some(2));
}
