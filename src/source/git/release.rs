//! The last commit, and the tag that a release puts on it.

use std::path::Path;

use gix::ObjectId;
use gix::actor::Signature;
use gix::objs::{CommitRef, Kind};
use gix::open::permissions::{Config, Environment};
use gix::open::{Options, Permissions};
use gix::refs::transaction::PreviousValue;
use gix::sec::Permission;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text};
use crate::say;
use crate::source::Unavailable;

use super::Moment;
use super::list::unreadable;
use super::objects::{Fault, Objects, reason};
use super::tag::is_tag_name;

/// The last commit.
pub(super) struct Head {
    pub(super) commit: ObjectId,
    pub(super) tree: ObjectId,
}

/// The commit of `HEAD`.
pub(super) fn head(objects: &Objects) -> Result<Head, Box<Diagnostic>> {
    let commit =
        objects.with(|repository| repository.head_id().map(gix::Id::detach).map_err(|error| reason(&error)));
    let commit = commit.map_err(|reason| {
        let diagnostic = Diagnostic::error(
            Code::NoRepository,
            say!("il deposito non ha ancora un commit: {reason}"; "the repository has no commit yet: {reason}"),
        );
        Box::new(diagnostic.help(say!("salva il manuale nel deposito: `git add .` e `git commit`"; "put the handbook into the repository: `git add .` and `git commit`")))
    })?;
    let tree = objects.read(commit).and_then(|(kind, bytes)| match kind {
        Kind::Commit => CommitRef::from_bytes(&bytes, commit.kind())
            .map(|read| read.tree())
            .map_err(|error| Fault::Broken(commit, reason(&error))),
        Kind::Blob | Kind::Tree | Kind::Tag => Err(Fault::Unfit(commit, kind)),
    });
    let tree = tree.map_err(|fault| {
        let Unavailable { why, help } = objects.explain(&fault);
        Box::new(unreadable("HEAD", &why).help(help))
    })?;
    Ok(Head { commit, tree })
}

/// Who makes a tag, by the settings of the repository, the user and the machine, and by `GIT_COMMITTER_NAME` and `GIT_COMMITTER_EMAIL`.
pub(super) fn tagger(git_dir: &Path) -> Result<Option<Signature>, Box<Diagnostic>> {
    let env = Environment {
        home: Permission::Allow,
        xdg_config_home: Permission::Allow,
        identity: Permission::Allow,
        git_prefix: Permission::Allow,
        ..Environment::isolated()
    };
    let permissions = Permissions { env, config: Config::all(), ..Permissions::isolated() };
    let repository = Options::default().permissions(permissions).open_path_as_is(true).open(git_dir);
    let repository =
        repository.map_err(|error| Box::new(not_written("", &Text::verbatim(reason(&error)))))?;
    Ok(signature(&repository.to_thread_local()))
}

fn signature(repository: &gix::Repository) -> Option<Signature> {
    repository.committer()?.ok()?.to_owned().ok()
}

/// Writes the object of the tag, then its name.
pub(super) fn write(
    objects: &Objects,
    name: &str,
    message: &str,
    when: Moment,
    tagger: Option<Signature>,
) -> Result<(), Box<Diagnostic>> {
    if !is_tag_name(name) {
        return Err(Box::new(not_written(
            name,
            &say!("non può essere il nome di un'etichetta"; "it cannot be the name of a tag"),
        )));
    }
    let mut tagger = tagger.ok_or_else(|| Box::new(nobody(name)))?;
    tagger.time = gix::date::Time { seconds: when.seconds, offset: when.offset };
    let target = head(objects)?.commit;
    let tag = gix::objs::Tag {
        target,
        target_kind: Kind::Commit,
        name: name.into(),
        tagger: Some(tagger),
        message: format!("{}\n", message.trim_end()).into(),
        signature: None,
    };
    objects.with(|repository| {
        if let Some(other) = in_the_way(repository, name) {
            return Err(Box::new(taken(name, &other)));
        }
        let id = repository.write_object(&tag).map(gix::Id::detach);
        let written =
            id.and_then(|id| repository.tag_reference(name, id, PreviousValue::MustNotExist).map(drop));
        written.map_err(|error| Box::new(not_written(name, &Text::verbatim(reason(&error)))))
    })
}

fn not_written(name: &str, why: &Text) -> Diagnostic {
    let Text { it, en } = why;
    Diagnostic::error(
        Code::UnwritableTag,
        say!("l'etichetta `{name}` non si può creare: {it}"; "the tag `{name}` cannot be made: {en}"),
    )
    .at(Place::file(&SourceFile::without_text(name)))
}

/// The tag that keeps another from being made: the same, or one whose name would be a folder of the other's on disk.
fn in_the_way(repository: &gix::Repository, name: &str) -> Option<String> {
    let is_there =
        |tag: &str| repository.try_find_reference(&format!("refs/tags/{tag}")).is_ok_and(|tag| tag.is_some());
    let ends = name.match_indices('/').map(|(at, _)| at).chain([name.len()]);
    let above = ends.filter_map(|end| name.get(..end)).find(|tag| is_there(tag)).map(str::to_owned);
    above.or_else(|| {
        let references = repository.references().ok()?;
        let below = references.prefixed(format!("refs/tags/{name}/").as_str()).ok()?.find_map(Result::ok)?;
        Some(below.name().shorten().to_string())
    })
}

fn taken(name: &str, other: &str) -> Diagnostic {
    not_written(name, &say!("c'è già `{other}`"; "there is `{other}` already")).help(say!("un'edizione non cambia: dai alla nuova il numero che segue"; "an edition does not change: give the new one the next number"))
}

fn nobody(name: &str) -> Diagnostic {
    not_written(name, &say!("git non sa chi la crea"; "git does not know who makes it")).help(say!("dillo con `git config user.name \"Nome Cognome\"` e `git config user.email nome@ente.example`"; "say it with `git config user.name \"Name Surname\"` and `git config user.email name@body.example`"))
}

#[cfg(test)]
mod tests {
    use super::super::GitRepository;
    use super::*;

    #[test]
    fn a_tag_that_nobody_makes_is_not_made() {
        let dir = tempfile::tempdir().unwrap();
        gix::init(dir.path()).unwrap();
        let repository = GitRepository::discover(dir.path()).unwrap();
        let when = Moment { seconds: 0, offset: 0 };
        let problem = write(repository.objects(), "v1", "m", when, None).unwrap_err();
        assert_eq!(problem.code, Code::UnwritableTag);
        let help = problem.help.unwrap().en;
        assert!(help.contains("git config user.name") && help.contains("git config user.email"), "{help}");
    }
}
