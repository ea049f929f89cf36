//! Ordinary links: `../strumenti/calendario.md#passi`, images, downloads, URLs.

use percent_encoding::percent_decode_str;

use crate::diagnostic::{Code, Diagnostic, Text, nearest, nearest_many};
use crate::handbook::Document;
use crate::markdown::{decode_fragment, without_accents};
use crate::say;
use crate::source::{PathError, SourcePath};

use super::{Index, Target};

/// Where a link written in a file of `folder` leads; `own` is the document that it stands in.
pub(super) fn resolve(
    link: &str,
    folder: &SourcePath,
    own: Option<usize>,
    index: Index<'_>,
) -> Result<Target, Box<Diagnostic>> {
    if link.is_empty() {
        return Err(problem(
            Code::BrokenLink,
            say!("il collegamento è vuoto"; "the link is empty"),
            Some(
                say!("scrivi tra parentesi il file o l'indirizzo"; "write the file or the address in the brackets"),
            ),
        ));
    }
    if let Some(scheme) = scheme(link) {
        return external(link, &scheme);
    }
    let (path, fragment) =
        link.split_once('#').map_or((link, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or(path);
    let target = if path.is_empty() { own.map(Target::Document) } else { None };
    let target = match target {
        Some(target) => target,
        None => file(path, folder, index)?,
    };
    match fragment {
        Some(fragment) if !fragment.is_empty() => anchor(target, &decode_fragment(fragment), link, index),
        Some(_) | None => Ok(target),
    }
}

/// Whether a link may well be right, and its file could not be read.
pub(super) fn may_be_unread(link: &str, folder: &SourcePath, index: Index<'_>) -> bool {
    let path = link.split(['#', '?']).next().unwrap_or(link);
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let Ok(path) = folder.join(&decoded) else { return false };
    let unread = &index.handbook.unread;
    let document = index.path(&path).and_then(Target::document);
    let document = document.and_then(|number| index.handbook.documents.get(number));
    match document {
        // The text after metadata that cannot be read is known, and so are its headings.
        Some(document) => unread.has(&path) && document.chapter.body.is_empty(),
        None if path.parent().as_str() == "acts" => unread.acts(),
        None => unread.has(&path),
    }
}

/// The scheme of an absolute link, in lower case; `//host` counts as one without a name.
fn scheme(link: &str) -> Option<String> {
    if link.starts_with("//") {
        return Some(String::new());
    }
    let (scheme, _) = link.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn external(link: &str, scheme: &str) -> Result<Target, Box<Diagnostic>> {
    match scheme {
        "" | "http" | "https" | "mailto" | "tel" | "ftp" | "sftp" | "xmpp" | "geo" | "doi" | "urn" => {
            Ok(Target::External(link.to_owned()))
        }
        other => Err(problem(
            Code::BrokenLink,
            say!("un collegamento `{other}:` non può stare in una pagina pubblica"; "a `{other}:` link cannot stand on a public page"),
            Some(
                say!("usa un file del manuale, `https:`, `mailto:` o `tel:`"; "use a file of the handbook, `https:`, `mailto:` or `tel:`"),
            ),
        )),
    }
}

/// What stands at a path written in a link.
fn file(path: &str, folder: &SourcePath, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let wanted = folder.join(&decoded).map_err(|error| match error {
        PathError::Outside => problem(
            Code::OutsideHandbook,
            say!("`{path}` porta fuori dal manuale"; "`{path}` leads out of the handbook"),
            Some(say!("copia il file nel manuale, oppure usa il suo indirizzo `https:`"; "copy the file into the handbook, or use its `https:` address")),
        ),
        PathError::Character => problem(
            Code::BrokenLink,
            say!("`{path}` contiene un carattere che un indirizzo non ammette"; "`{path}` holds a character that an address cannot have"),
            Some(say!("scrivi le cartelle con `/`"; "write folders with `/`")),
        ),
    })?;
    if let Some(target) = index.path(&wanted).cloned().or_else(|| generated(&wanted, index)) {
        return Ok(target);
    }
    if let Some(other) = index.path_in_other_case(&wanted) {
        let right = relative(other, folder);
        return Err(problem(
            Code::WrongCase,
            say!("`{path}` differisce dal file solo per maiuscole e minuscole"; "`{path}` differs from the file only in upper and lower case"),
            Some(say!("scrivi `{right}`"; "write `{right}`")),
        ));
    }
    Err(problem(
        Code::BrokenLink,
        say!("il file `{path}` non esiste"; "the file `{path}` does not exist"),
        candidates(&wanted, folder, index),
    ))
}

/// The pages that the site makes from data: a link to the data leads to its page.
fn generated(path: &SourcePath, index: Index<'_>) -> Option<Target> {
    match path.as_str() {
        "glossary.yaml" => index.handbook.glossary.file.is_some().then_some(Target::Glossary),
        "activity-lines.yaml" => index.handbook.activity_lines.is_some().then_some(Target::ActivityLines),
        _ if path.parent().as_str() == "acts" && path.extension() == "yaml" => {
            index.handbook.acts.by_name(path.stem()).map(|act| Target::Act(act.id.clone()))
        }
        _ => None,
    }
}

/// The files that the author may have meant: near in spelling, or of the same name in another folder.
fn candidates(wanted: &SourcePath, folder: &SourcePath, index: Index<'_>) -> Option<Text> {
    let paths: Vec<&SourcePath> = index.paths().filter(|path| !path.is_root()).collect();
    let mut found = nearest_many(wanted.as_str(), paths.iter().map(|path| path.as_str()), 3);
    let name = bare_name(wanted.file_name());
    let is_name = |path: &&&SourcePath| !name.is_empty() && bare_name(path.file_name()) == name;
    let mut same_name: Vec<_> = paths.iter().filter(is_name).map(|path| path.as_str()).collect();
    same_name.sort_unstable();
    same_name.retain(|path| !found.contains(path));
    found.splice(0..0, same_name.into_iter().take(3));
    found.truncate(3);
    let found: Vec<_> = found
        .into_iter()
        .filter_map(|path| SourcePath::new(path).ok())
        .map(|path| relative(&path, folder))
        .filter(|path| !path.is_empty())
        .map(|path| format!("`{path}`"))
        .collect();
    let found = found.join(", ");
    (!found.is_empty()).then(|| say!("forse intendevi {found}"; "did you mean {found}?"))
}

/// A name without its number, extension, accents and case: what an author remembers of it.
fn bare_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    crate::markdown::slug(
        stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' ')),
    )
}

/// A path as a link in `folder` writes it.
fn relative(path: &SourcePath, folder: &SourcePath) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.parts().collect(), path.parts().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    let relative = up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/");
    // A blank or a bracket would end the link.
    relative.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// A place on the page that a link leads to.
fn anchor(target: Target, fragment: &str, link: &str, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    match target {
        Target::Document(document) => heading(document, fragment, index),
        Target::Glossary => {
            let terms = &index.handbook.glossary.terms;
            let found = terms.iter().position(|term| term.slug == fragment).map(Target::Term);
            found.ok_or_else(|| no_anchor(fragment, terms.iter().map(|term| term.slug.as_str())))
        }
        Target::File(_) | Target::External(_) => Ok(target),
        Target::Heading { .. }
        | Target::Provision { .. }
        | Target::Section(_)
        | Target::Address(_)
        | Target::Act(_)
        | Target::Term(_)
        | Target::ActivityLines => Err(problem(
            Code::BrokenAnchor,
            say!("la pagina non ha un punto `#{fragment}`"; "the page has no place `#{fragment}`"),
            link.split('#').next().map(|page| say!("scrivi `{page}`"; "write `{page}`")),
        )),
    }
}

/// A heading of a document, by the anchor that a link gives it.
pub(super) fn heading(number: usize, fragment: &str, index: Index<'_>) -> Result<Target, Box<Diagnostic>> {
    let documents = &index.handbook.documents;
    let Some(document) = documents.get(number) else { return Err(no_anchor(fragment, std::iter::empty())) };
    let chapter = &document.chapter;
    // A forge keeps the accents of a heading in its anchor: `#responsabilità` is our `responsabilita`.
    let plain = without_accents(fragment);
    let found = chapter.heading_with_id(fragment).or_else(|| chapter.heading_with_id(&plain));
    if let Some(heading) = found {
        return Ok(target_of(number, document, heading.id.as_str()));
    }
    if let Some(paragraph) = chapter.paragraph_with_id(fragment) {
        return Ok(Target::Heading { document: number, anchor: paragraph.id.to_string() });
    }
    let ids = || chapter.title.iter().chain(&chapter.headings).map(|heading| heading.id.as_str());
    if let Some(other) = ids().find(|id| id.to_lowercase() == plain.to_lowercase()) {
        return Err(problem(
            Code::WrongCase,
            say!("`#{fragment}` differisce dal titolo solo per maiuscole e minuscole"; "`#{fragment}` differs from the heading only in upper and lower case"),
            Some(say!("scrivi `#{other}`"; "write `#{other}`")),
        ));
    }
    Err(no_anchor(fragment, ids()))
}

/// A heading of a document, or the provision that it opens.
pub(super) fn target_of(number: usize, document: &Document, id: &str) -> Target {
    let chapter = &document.chapter;
    let provision = chapter.provisions.iter().position(|provision| {
        chapter.headings.get(provision.heading).is_some_and(|heading| heading.id.as_str() == id)
    });
    match provision {
        Some(provision) => Target::Provision { document: number, provision },
        None => Target::Heading { document: number, anchor: id.to_owned() },
    }
}

fn no_anchor<'a>(fragment: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Box<Diagnostic> {
    let help = match nearest(fragment, ids.clone()) {
        Some(near) => Some(say!("forse intendevi `#{near}`"; "did you mean `#{near}`?")),
        None => {
            let some = ids.take(8).map(|id| format!("`#{id}`")).collect::<Vec<_>>().join(", ");
            (!some.is_empty()).then(|| say!("la pagina ha {some}"; "the page has {some}"))
        }
    };
    problem(
        Code::BrokenAnchor,
        say!("la pagina non ha un punto `#{fragment}`"; "the page has no place `#{fragment}`"),
        help,
    )
}

pub(super) fn problem(code: Code, message: Text, help: Option<Text>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, message).help_opt(help))
}
