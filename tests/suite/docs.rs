//! The documentation keeps up with the code.

use std::collections::BTreeSet;
use std::path::Path;

use crate::harness::files_of;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The keys that the code asks of a mapping: the literals given to the methods of `Fields` and their helpers.
fn keys_of(folder: &str) -> BTreeSet<String> {
    let asks = [
        "text(\"",
        "required_text(\"",
        "text_node(\"",
        "node(\"",
        "boolean(\"",
        "number(\"",
        "list(\"",
        "texts(\"",
        "entries(\"",
        "language(\"",
        "url(\"",
        "fields, \"",
    ];
    let mut keys = BTreeSet::new();
    for file in files_of(&root().join(folder)) {
        let code = read(&format!("{folder}/{file}"));
        let code = code.split("#[cfg(test)]").next().unwrap_or("");
        for ask in asks {
            let found = code.split(ask).skip(1).filter_map(|rest| rest.split('"').next());
            keys.extend(
                found
                    .filter(|key| {
                        key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
                    })
                    .map(str::to_owned),
            );
        }
    }
    keys
}

#[test]
fn every_key_that_the_code_reads_is_explained_to_editors() {
    let page = read("docs/handbook.md");
    let keys: BTreeSet<String> = ["src/handbook", "src/act"].into_iter().flat_map(keys_of).collect();
    assert!(keys.len() > 80, "the search for keys finds them: {keys:?}");
    let missing: Vec<_> = keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_link_between_the_projects_own_pages_leads_to_a_file() {
    let pages = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/handbook.md",
        "docs/markdown.md",
        "docs/diagnostics.md",
        "docs/theme.md",
        "docs/data.md",
        "docs/publishing.md",
    ];
    for page in pages {
        let text = read(page);
        let folder = root().join(page);
        let folder = folder.parent().unwrap();
        // Examples stand in code; links do not.
        let prose: String =
            text.split("```").step_by(2).flat_map(|part| part.split('`').step_by(2)).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let path = link.split('#').next().unwrap();
            assert!(folder.join(path).exists(), "{page}: {link}");
        }
    }
}

#[test]
fn a_block_of_code_starts_on_a_line_of_its_own() {
    for page in ["README.md", "docs/handbook.md", "docs/markdown.md", "docs/diagnostics.md", "docs/theme.md"]
    {
        for (number, line) in read(page).lines().enumerate() {
            let fence = line.find("```");
            assert!(fence.is_none_or(|at| line[..at].trim().is_empty()), "{page}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn the_architecture_names_every_room() {
    let page = read("ARCHITECTURE.md");
    for entry in std::fs::read_dir(root().join("src")).unwrap().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            assert!(page.contains(&format!("`{name}/`")), "{name}");
        }
    }
}

/// The rooms below each room: what it may import. The table of ARCHITECTURE.md, as a rule.
const MAY_IMPORT: [(&str, &[&str]); 14] = [
    ("diagnostic", &[]),
    ("yaml", &["diagnostic"]),
    ("source", &["diagnostic"]),
    ("act", &["diagnostic", "yaml"]),
    ("markdown", &["diagnostic", "act"]),
    ("theme", &["diagnostic", "yaml", "source", "markdown"]),
    ("handbook", &["diagnostic", "yaml", "source", "act", "markdown"]),
    ("links", &["diagnostic", "source", "act", "markdown", "handbook"]),
    ("edition", &["diagnostic", "yaml", "source", "act", "markdown", "handbook", "links"]),
    ("lint", &["diagnostic", "act", "markdown", "handbook", "links"]),
    ("site", &["diagnostic", "source", "act", "markdown", "handbook", "links", "edition", "lint", "theme"]),
    ("publish", &["diagnostic", "source", "site"]),
    ("serve", &["diagnostic", "source", "site"]),
    ("cli", &["diagnostic", "source", "handbook", "edition", "site", "publish", "serve"]),
];

#[test]
fn no_room_imports_one_above_it() {
    for (room, allowed) in MAY_IMPORT {
        for file in files_of(&root().join("src").join(room)).iter().filter(|file| file.ends_with(".rs")) {
            let code = read(&format!("src/{room}/{file}"));
            let imported = code
                .split("crate::")
                .skip(1)
                .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            for name in
                imported.filter(|name| MAY_IMPORT.iter().any(|(known, _)| known == name) && *name != room)
            {
                assert!(allowed.contains(&name), "src/{room}/{file} imports {name}");
            }
        }
    }
}

#[test]
fn the_page_on_themes_names_every_file_of_the_theme_and_no_other() {
    let page = read("docs/theme.md");
    let files = files_of(&root().join("themes/italia"));
    for file in &files {
        let name = file.rsplit('/').next().unwrap();
        assert!(page.contains(&format!("`{name}`")) || page.contains(&format!("/{name}`")), "{file}");
    }
    for strings in ["it", "en"] {
        let text = read(&format!("themes/italia/strings/{strings}.yaml"));
        for key in
            text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(':').next())
        {
            assert!(page.contains(&format!("`{key}`")), "docs/theme.md does not know the string {key}");
        }
    }
}

/// What a template takes from its view, so that a key nobody uses is seen.
#[test]
fn every_interface_string_is_used() {
    let templates: String = files_of(&root().join("themes/italia/templates"))
        .iter()
        .map(|file| read(&format!("themes/italia/templates/{file}")))
        .collect();
    let code: String = files_of(&root().join("src"))
        .iter()
        .filter(|file| file.ends_with(".rs"))
        .map(|file| read(&format!("src/{file}")))
        .collect();
    let unused: Vec<_> = read("themes/italia/strings/it.yaml")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(':').next().map(str::to_owned))
        .filter(|key| !templates.contains(&format!("t.{key}")) && !code.contains(&format!("\"{key}\"")))
        .collect();
    assert_eq!(unused, [""; 0]);
}
