//! The tags of a repository that are editions.

use gix::ObjectId;
use gix::objs::{CommitRef, Kind, TagRef};

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;

use super::objects::{Fault, Objects, reason};
use super::tag::is_tag_name;
use super::{Moment, Tag, TagPattern};

/// Far more than a handbook has editions: a pattern with more tags is not what its author means.
const MOST_TAGS: usize = 10_000;

/// A store with more wrong names than these is wrong as a whole.
const MOST_PROBLEMS: usize = 100;

/// How many tags may lead to one another before the last leads to a commit.
const MOST_HOPS: usize = 16;

const TAGS: &str = "refs/tags/";

/// A tag as it is listed, before anybody looks where it leads.
#[derive(Debug, Clone)]
struct Listed {
    name: String,
    full: String,
    id: ObjectId,
}

/// The tags that fit the pattern, in the order of their names. Only these are looked up among the objects.
pub(super) fn tags(objects: &Objects, pattern: &TagPattern) -> (Vec<Tag>, Vec<Diagnostic>) {
    let (listed, mut diagnostics) = list(objects, pattern);
    let mut tags = Vec::new();
    for listed in listed {
        match peel(objects, &listed) {
            Ok(tag) => tags.push(tag),
            Err(fault) => {
                let unavailable = objects.explain(&fault);
                diagnostics.push(unreadable(&listed.full, &unavailable.why).help(unavailable.help));
            }
        }
    }
    (tags, diagnostics)
}

/// A tag that cannot be read as an edition.
pub(super) fn unreadable(tag: &str, why: &Text) -> Diagnostic {
    let Text { it, en } = why;
    Diagnostic::error(
        Code::UnreadableEdition,
        say!("l'etichetta `{tag}` non si può leggere come edizione: {it}"; "the tag `{tag}` cannot be read as an edition: {en}"),
    )
    .at(Place::file(&SourceFile::without_text(tag)))
}

fn list(objects: &Objects, pattern: &TagPattern) -> (Vec<Listed>, Vec<Diagnostic>) {
    let mut list = List { pattern, listed: Vec::new(), diagnostics: Vec::new() };
    let outcome = objects.with(|repository| {
        let references = repository.references()?;
        for reference in references.prefixed(format!("{TAGS}{}", pattern.before()).as_str())? {
            match reference {
                Ok(reference) => list.take(reference.name().as_bstr(), reference.target().try_id()),
                Err(error) => list.broken(&error),
            }
            if list.is_full() {
                break;
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        list.diagnostics.push(unlisted(&reason(&error)));
    }
    if list.listed.len() > MOST_TAGS {
        return (Vec::new(), vec![too_many(pattern)]);
    }
    (list.listed, list.diagnostics)
}

struct List<'a> {
    pattern: &'a TagPattern,
    listed: Vec<Listed>,
    diagnostics: Vec<Diagnostic>,
}

impl List<'_> {
    fn is_full(&self) -> bool {
        self.listed.len() > MOST_TAGS || self.diagnostics.len() > MOST_PROBLEMS
    }

    fn take(&mut self, reference: &[u8], target: Option<&gix::oid>) {
        let Some(full) = reference.strip_prefix(TAGS.as_bytes()) else { return };
        let Some(name) = self.pattern.name(full) else { return };
        let (Ok(full), Ok(name)) = (str::from_utf8(full), str::from_utf8(name)) else {
            return self.diagnostics.push(unusable(full));
        };
        if !is_tag_name(full) {
            return self.diagnostics.push(unusable(full.as_bytes()));
        }
        match target {
            Some(id) => {
                self.listed.push(Listed { name: name.to_owned(), full: full.to_owned(), id: id.to_owned() });
            }
            None => self.diagnostics.push(
                unreadable(full, &say!("rimanda a un altro nome, e può cambiare"; "it points at another name, and may change"))
                    .help(say!("togli questa etichetta con `git tag -d {full}`, e rifalla sul commit"; "remove this tag with `git tag -d {full}`, and make it again on the commit")),
            ),
        }
    }

    /// A line or a file that is no reference. It matters only if it would be one of these tags.
    fn broken(&mut self, error: &gix::Error) {
        let about = error.metadata_merged();
        let line = match about.get("input") {
            Some(gix::error::MetadataValue::Bytes(line)) => Some(line.as_slice()),
            _ => None,
        };
        let reference = line.and_then(|line| line.splitn(2, |byte| *byte == b' ').nth(1));
        match reference.and_then(|reference| reference.strip_prefix(TAGS.as_bytes())) {
            Some(full) if self.pattern.name(full).is_none() => {}
            Some(full) => self.diagnostics.push(unusable(full)),
            None => self.diagnostics.push(unlisted(&reason(error))),
        }
    }
}

fn unusable(full: &[u8]) -> Diagnostic {
    let shown = String::from_utf8_lossy(full).escape_debug().to_string();
    unreadable(&shown, &say!("il nome non è quello di un'etichetta"; "its name is not one of a tag"))
        .help(say!("togli questa etichetta: nessun sito potrebbe avere un indirizzo così"; "remove this tag: no site could have such an address"))
}

fn unlisted(reason: &str) -> Diagnostic {
    Diagnostic::error(
        Code::UnreadableEdition,
        say!("l'elenco delle etichette del deposito è guasto: {reason}"; "the repository's list of tags is damaged: {reason}"),
    )
    .help(say!("`git fsck` dice che cosa non va; clona di nuovo il deposito"; "`git fsck` says what is wrong; clone the repository again"))
}

fn too_many(pattern: &TagPattern) -> Diagnostic {
    Diagnostic::error(
        Code::UnreadableEdition,
        say!("più di {MOST_TAGS} etichette sono come `{pattern}`: non possono essere tutte edizioni"; "more than {MOST_TAGS} tags are like `{pattern}`: they cannot all be editions"),
    )
    .help(say!("scrivi un modello che solo le edizioni seguono, come `edizione-*`"; "write a pattern that only editions follow, such as `edizione-*`"))
}

/// Follows a tag over other tags and a commit to a tree. What the first tag says of itself counts.
fn peel(objects: &Objects, listed: &Listed) -> Result<Tag, Fault> {
    let Listed { name, full, mut id } = listed.clone();
    let mut tag = Tag { name, full, message: None, date: None, id: String::new(), is_annotated: false };
    for _ in 0..MOST_HOPS {
        let (kind, bytes) = objects.read(id)?;
        let broken = |error: gix::Error| Fault::Broken(id, reason(&error));
        id = match kind {
            Kind::Tag => {
                let object = TagRef::from_bytes(&bytes, id.kind()).map_err(broken)?;
                if !tag.is_annotated {
                    tag.message = Some(String::from_utf8_lossy(object.message).trim_end().to_owned());
                    tag.is_annotated = true;
                }
                tag.date = tag.date.or_else(|| moment(object.tagger().ok()??.time().ok()?));
                object.target()
            }
            Kind::Commit => {
                let commit = CommitRef::from_bytes(&bytes, id.kind()).map_err(broken)?;
                tag.date = tag.date.or_else(|| moment(commit.committer().ok()?.time().ok()?));
                commit.tree()
            }
            Kind::Tree => {
                tag.id = id.to_string();
                return Ok(tag);
            }
            Kind::Blob => return Err(Fault::Unfit(id, kind)),
        };
    }
    Err(Fault::Endless)
}

/// The moment of a signature; one whose offset is more than a day is made up.
fn moment(time: gix::date::Time) -> Option<Moment> {
    (time.offset.abs() <= 24 * 60 * 60).then_some(Moment { seconds: time.seconds, offset: time.offset })
}
