//! The search index: part of a build, left out on request, kept apart from what a handbook brings.

use std::fs;
use std::path::Path;

use crate::harness::{Handbook, bytes_of, files_of, program};

fn small() -> Handbook {
    Handbook::of(&[
        ("index.md", "# Casa\n\nUna casa.\n"),
        ("linee-guida/a.md", "---\nid: LG-1\n---\n\n## Avvisare {#LG-1.1 .deve}\n\nTesto.\n"),
    ])
}

/// The files of the index, by their path in its folder.
fn index_of(handbook: &Handbook) -> Vec<String> {
    let folder = handbook.beside("public").join("pagefind");
    if folder.is_dir() { files_of(&folder) } else { Vec::new() }
}

#[test]
fn a_build_makes_the_index_and_nothing_of_the_librarys_own_interface() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let files = index_of(&handbook);
    for name in ["pagefind.js", "pagefind-entry.json", "wasm.it.pagefind"] {
        assert!(files.iter().any(|file| file == name), "{name} is missing: {files:?}");
    }
    let scripts: Vec<_> =
        files.iter().filter(|file| file.ends_with(".js") || file.ends_with(".css")).collect();
    assert_eq!(scripts, ["pagefind.js"]);
    assert!(handbook.page("cerca/index.html").contains("role=\"search\""));
    assert!(handbook.page("linee-guida/a/index.html").contains("href=\"../../cerca/\""));
}

#[test]
fn an_unchanged_handbook_has_the_same_index_and_writes_none_of_it_again() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let first = bytes_of(&handbook.beside("public"));
    let said = handbook.build();
    assert!(said.stderr.contains("(0 written"), "{}", said.stderr);
    assert_eq!(first, bytes_of(&handbook.beside("public")));
}

/// Changes what the record says of a file of the index: whoever makes the index anew finds that the file is another one.
fn mistrust_the_index(handbook: &Handbook) {
    let path = handbook.beside("public").join(".vademecum.json");
    let mut record: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    record["files"]["pagefind/pagefind-entry.json"]["hash"] = "0".into();
    fs::write(path, record.to_string()).unwrap();
}

#[test]
fn an_index_is_made_anew_only_when_there_are_other_words_or_one_of_its_files_is_not_as_it_was() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let first = bytes_of(&handbook.beside("public").join("pagefind"));
    mistrust_the_index(&handbook);
    let said = handbook.build();
    assert!(said.stderr.contains("(0 written"), "it was made anew: {}", said.stderr);
    // A look that nobody searches for.
    handbook.file("themes/italia/assets/style.css", "p { color: red }");
    let said = handbook.build();
    assert!(said.stderr.contains("(1 written"), "{}", said.stderr);
    let entry = handbook.beside("public").join("pagefind/pagefind-entry.json");
    for spoil in [|path: &Path| fs::remove_file(path).unwrap(), |path: &Path| fs::write(path, "{}").unwrap()]
    {
        spoil(&entry);
        assert_eq!(handbook.build().code, 0);
        assert_eq!(bytes_of(&handbook.beside("public").join("pagefind")), first);
    }
    handbook.file("index.md", "# Casa\n\nAltre parole.\n");
    mistrust_the_index(&handbook);
    assert_eq!(handbook.build().code, 0);
    assert_ne!(bytes_of(&handbook.beside("public").join("pagefind")), first);
    let said = handbook.build_with(&["--no-search"]);
    assert_eq!((said.code, index_of(&handbook).len()), (0, 0));
    assert_eq!(handbook.build().code, 0);
    assert!(!index_of(&handbook).is_empty());
}

#[test]
fn an_index_that_has_changed_leaves_nothing_of_the_one_before() {
    let handbook = small();
    assert_eq!(handbook.build().code, 0);
    let before = index_of(&handbook);
    handbook.file("index.md", "# Casa\n\nUn'altra casa, con altre parole.\n");
    assert_eq!(handbook.build().code, 0);
    let after = index_of(&handbook);
    assert_eq!(before.len(), after.len());
    assert_ne!(before, after);
}

#[test]
fn without_search_there_is_no_index_no_page_and_no_way_to_it() {
    let handbook = small();
    let out = handbook.beside("public");
    let built =
        program().arg("build").arg(handbook.root()).arg("--no-search").arg("-o").arg(&out).output().unwrap();
    assert!(built.status.success());
    assert_eq!(index_of(&handbook), [""; 0]);
    assert!(!out.join("cerca").exists());
    let pages = files_of(&out).into_iter().filter(|file| file.ends_with(".html"));
    for page in pages {
        let html = fs::read_to_string(out.join(&page)).unwrap();
        assert!(!html.contains("cerca/"), "{page} leads to a search that is not there");
    }
}

#[test]
fn a_file_cannot_stand_among_those_of_the_index() {
    let handbook = small();
    handbook.file("pagefind/nota.md", "# Nota\n");
    let said = handbook.check();
    let found: Vec<_> =
        said.problems.iter().map(|problem| (problem.code.as_str(), problem.file.as_str())).collect();
    assert!(found.contains(&("duplicate-path", "pagefind/nota.md")), "{found:?}");
    assert!(said.problems.iter().any(|problem| problem.help.contains("`/pagefind`")));
}
