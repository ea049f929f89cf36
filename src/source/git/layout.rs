//! Which folder of a commit is the handbook: an old edition may have had its files elsewhere.

use gix::objs::tree::EntryKind;

use crate::diagnostic::{Diagnostic, Text};
use crate::say;
use crate::source::{SourcePath, ignored};

use super::list::unreadable;
use super::objects::{Entry, Fault, Objects};
use super::tree::{Folder, Trees};

/// The file that makes a folder a handbook.
const SETTINGS: &str = "handbook.yaml";

/// More folders than any repository of a handbook has, and few enough to look into.
const MOST_FOLDERS: usize = 50_000;

/// As deep as a search for a handbook goes.
const DEEPEST: usize = 64;

/// Finds the handbook in a commit: where it is today, if that has settings, or Markdown; else the only folder with settings; else all of it.
pub(super) fn handbook(
    objects: &Objects,
    trees: &mut Trees<'_>,
    tag: &str,
    root: &Folder,
    today: &SourcePath,
) -> Result<Folder, Box<Diagnostic>> {
    let fault = |fault: Fault| {
        let unavailable = objects.explain(&fault);
        Box::new(unreadable(tag, &unavailable.why).help(unavailable.help))
    };
    let there = trees.folder(root, today.parts()).map_err(fault)?;
    if let Some(there) = there {
        let has_settings =
            trees.entry(&there, SETTINGS.as_bytes()).map_err(fault)?.is_some_and(|entry| is_file(&entry));
        if has_settings || (!today.is_root() && survey(trees, &there).has_markdown) {
            return Ok(there);
        }
    }
    let found = survey(trees, root);
    match (found.handbooks.as_slice(), found.fault) {
        ([only], _) => Ok(only.clone()),
        ([], Some(missing)) => Err(fault(missing)),
        ([], None) if found.has_markdown => Ok(root.clone()),
        ([], None) => Err(Box::new(
            unreadable(tag, &say!("non contiene un manuale: né `{SETTINGS}`, né file Markdown"; "it holds no handbook: neither `{SETTINGS}` nor Markdown files"))
                .help(say!("se l'etichetta non è di un'edizione, cambia il modello delle etichette"; "if the tag is not of an edition, change the pattern of the tags")),
        )),
        (several, _) => Err(Box::new(ambiguous(tag, several, today))),
    }
}

fn ambiguous(tag: &str, folders: &[Folder], today: &SourcePath) -> Diagnostic {
    const SHOWN: usize = 8;
    let mut names: Vec<_> =
        folders.iter().take(SHOWN).map(|folder| format!("`{}`", folder.shown())).collect();
    if folders.len() > SHOWN {
        names.push("…".to_owned());
    }
    let names = names.join(", ");
    let why: Text = say!("contiene più manuali: {names}"; "it holds several handbooks: {names}");
    let today = if today.is_root() { "." } else { today.as_str() };
    unreadable(tag, &why).help(say!("il manuale di oggi sta in `{today}`, che lì non ha `{SETTINGS}`: tieni questa edizione in una cartella a sé"; "today's handbook is in `{today}`, which has no `{SETTINGS}` there: keep this edition in a folder of its own"))
}

/// What a look into all folders finds.
#[derive(Default)]
struct Survey {
    /// The folders with settings, outermost: what is inside one is its own.
    handbooks: Vec<Folder>,
    has_markdown: bool,
    /// The first folder into which nobody can look.
    fault: Option<Fault>,
}

fn survey(trees: &mut Trees<'_>, root: &Folder) -> Survey {
    let mut survey = Survey::default();
    let mut ahead = vec![root.clone()];
    let mut left = MOST_FOLDERS;
    while let Some(folder) = ahead.pop() {
        if left == 0 || folder.depth() > DEEPEST {
            continue;
        }
        left -= 1;
        let entries = match trees.entries(&folder) {
            Ok(entries) => entries,
            Err(fault) => {
                survey.fault.get_or_insert(fault);
                continue;
            }
        };
        survey.has_markdown |= entries.iter().any(|entry| is_file(entry) && entry.name.ends_with(b".md"));
        if entries.iter().any(|entry| is_file(entry) && entry.name == SETTINGS.as_bytes()) {
            survey.handbooks.push(folder);
            continue;
        }
        let folders =
            entries.iter().rev().filter(|entry| entry.kind == EntryKind::Tree && !is_hidden(&entry.name));
        ahead.extend(folders.map(|entry| folder.child(&entry.name, entry.id)));
    }
    survey
}

fn is_hidden(name: &[u8]) -> bool {
    str::from_utf8(name).is_ok_and(|name| ignored(name.as_ref()))
}

fn is_file(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Link => true,
        EntryKind::Tree | EntryKind::Commit => false,
    }
}
