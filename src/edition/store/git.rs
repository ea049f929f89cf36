//! Editions in the tags of the repository around the handbook.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::handbook::{Date, EditionNumber};
use crate::say;
use crate::source::{GitRepository, Source, SourcePath, Tag, TagPattern, read_text};

use super::super::Changed;
use super::super::seal::digest_of;
use super::{Listed, Store};

/// The line of a tag's message that seals the sources, before their digest.
const TRAILER: &str = "Vademecum-Seal: ";

/// The editions in the tags of a repository.
pub struct GitStore {
    repository: GitRepository,
    editions: Vec<Listed>,
    /// The tag of each.
    tags: Vec<Tag>,
}

/// What the settings ask for.
pub struct Tags<'a> {
    /// The names of the tags.
    pub pattern: &'a TagPattern,
    /// Whether every tag that fits should be an edition: an author who wrote a pattern means them all.
    pub all: bool,
    /// Where the settings say so.
    pub place: Place,
}

impl GitStore {
    /// Lists the editions of the repository around a handbook; a tag that should be one and is none is reported.
    ///
    /// # Errors
    /// There is no repository, or it cannot be opened.
    pub fn list(handbook: &Path, wanted: &Tags<'_>) -> Result<(Self, Vec<Diagnostic>), Box<Diagnostic>> {
        let repository = GitRepository::discover(handbook)
            .map_err(|problem| Box::new(problem.at(wanted.place.clone())))?;
        let (found, mut diagnostics) = repository.tags(wanted.pattern);
        let mut strangers = Vec::new();
        let mut editions = Vec::new();
        for tag in found {
            match tag.name.parse::<EditionNumber>() {
                Ok(number) => match listed(number, &tag) {
                    Some(edition) => editions.push((edition, tag)),
                    None => diagnostics.push(without_day(&tag)),
                },
                Err(error) => strangers.push((tag.full, error.reason().clone())),
            }
        }
        if wanted.all {
            diagnostics.extend(not_editions(&strangers, wanted));
        }
        editions.sort_by_key(|(edition, _)| edition.number);
        let (editions, tags) = editions.into_iter().unzip();
        Ok((Self { repository, editions, tags }, diagnostics))
    }

    fn tag(&self, edition: &Listed) -> Option<&Tag> {
        let index = self.editions.iter().position(|known| known.number == edition.number)?;
        self.tags.get(index)
    }
}

impl Store for GitStore {
    fn editions(&self) -> &[Listed] {
        &self.editions
    }

    fn peek(&self, edition: &Listed, path: &SourcePath) -> Option<SourceFile> {
        let (source, _) = self.repository.source(self.tag(edition)?).ok()?;
        source.contains(path).then(|| read_text(&source, path).ok())?
    }

    fn open(&self, edition: &Listed) -> Result<Arc<dyn Source>, Vec<Diagnostic>> {
        let Some(tag) = self.tag(edition) else { return Err(Vec::new()) };
        let (source, problems) = self.repository.source(tag).map_err(|problem| vec![*problem])?;
        if problems.iter().any(Diagnostic::is_error) {
            return Err(problems);
        }
        let sealed = tag.message.as_deref().and_then(digest_in);
        match sealed {
            Some(sealed) if digest_of(&source).is_ok_and(|digest| digest != sealed) => {
                Err(vec![Changed::Content(tag.full.clone()).in_tag(edition)])
            }
            Some(_) | None => Ok(Arc::new(source)),
        }
    }
}

/// The message of the tag of an edition: its note, and the digest of its sources.
pub fn message_of(note: &str, source: &dyn Source) -> std::io::Result<String> {
    Ok(format!("{}\n\n{TRAILER}{}\n", note.trim(), digest_of(source)?))
}

/// The digest in the message of a tag.
fn digest_in(message: &str) -> Option<&str> {
    message.lines().rev().find_map(|line| line.strip_prefix(TRAILER)).map(str::trim)
}

fn listed(number: EditionNumber, tag: &Tag) -> Option<Listed> {
    let message = tag.message.as_deref().unwrap_or_default();
    let note: Vec<&str> = message.lines().filter(|line| !line.starts_with(TRAILER)).collect();
    Some(Listed {
        number,
        date: Date::of_unix_time(tag.date?.on_the_wall()?)?,
        note: note.join("\n").trim().to_owned(),
        seal: None,
        place: named(&tag.full),
    })
}

impl Changed {
    /// The problem of an edition in a tag whose sources are not those that were sealed.
    fn in_tag(&self, edition: &Listed) -> Diagnostic {
        let number = edition.number;
        Diagnostic::error(
            Code::ChangedEdition,
            say!("le fonti dell'edizione {number} non sono quelle del suo sigillo"; "the sources of the edition {number} are not those of its seal"),
        )
        .at(named(self.name()))
        .help(say!("il tag è stato spostato: rimettilo dov'era, per esempio con `git fetch --tags --force`"; "the tag was moved: put it back where it was, for instance with `git fetch --tags --force`"))
    }
}

fn without_day(tag: &Tag) -> Diagnostic {
    let name = &tag.full;
    Diagnostic::error(
        Code::UnreadableEdition,
        say!("il tag `{name}` non dice quando l'edizione è stata pubblicata"; "the tag `{name}` does not say when the edition was published"),
    )
    .at(named(name))
    .help(say!("fai il tag con `vademecum release`, o con `git tag --annotate`"; "make the tag with `vademecum release`, or with `git tag --annotate`"))
}

/// One problem for all tags that fit and are no editions: there may be many.
fn not_editions(strangers: &[(String, Text)], wanted: &Tags<'_>) -> Option<Diagnostic> {
    let ((first, Text { it, en }), pattern) = (strangers.first()?, wanted.pattern);
    let more = strangers.len() - 1;
    let (and_it, and_en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!(" e altri {more}"), format!(" and {more} more")),
    };
    let problem = Diagnostic::warning(
        Code::UnreadableEdition,
        say!("il tag `{first}`{and_it} corrisponde a `{pattern}` e non è un'edizione: {it}"; "the tag `{first}`{and_en} fits `{pattern}` and is no edition: {en}"),
    )
    .at(wanted.place.clone())
    .help(say!("scegli in `tags` un nome che hanno solo le edizioni, per esempio `edizione-*`"; "choose in `tags` a name that only editions have, such as `edition-*`"));
    Some(problem)
}

fn named(tag: &str) -> Place {
    Place::file(&SourceFile::without_text(tag))
}
