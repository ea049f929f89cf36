//! The files of `acts/`: `reg-2014-240.yaml`, and the further versions of an act, `reg-2014-240.2027-01-01.yaml`.

use crate::act::{Act, ActId};
use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text, did_you_mean, nearest};
use crate::say;
use crate::source::SourcePath;
use crate::yaml::Date;

use super::IdReference;

/// The files that are named after one act.
pub(super) struct ActFiles<'s> {
    /// The act, by its name: what stands before the first dot, which no id holds.
    pub(super) act: &'s str,
    /// One for each version.
    pub(super) files: Vec<&'s SourcePath>,
}

/// The files of `acts/` by their acts, in the order of their names.
pub(super) fn by_act(paths: &[SourcePath]) -> Vec<ActFiles<'_>> {
    let mut acts: Vec<ActFiles<'_>> = Vec::new();
    for path in paths.iter().filter(|path| path.parent().as_str() == "acts" && path.extension() == "yaml") {
        let (act, _) = name_of(path.stem());
        match acts.iter_mut().find(|known| known.act == act) {
            Some(known) => known.files.push(path),
            None => acts.push(ActFiles { act, files: vec![path] }),
        }
    }
    acts
}

/// The act and the version in the name of a file without its extension.
fn name_of(stem: &str) -> (&str, Option<&str>) {
    stem.split_once('.').map_or((stem, None), |(act, version)| (act, Some(version)))
}

/// The act of the files that are named after one: one act, unless a file is named after another than its own.
pub(super) fn join(name: &str, versions: Vec<Act>) -> (Vec<Act>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut acts: Vec<Vec<Act>> = Vec::new();
    for mut act in versions {
        problems.extend(misnamed(name, &act).or_else(|| misdated(&mut act)));
        match acts.iter_mut().find(|known| known.first().is_some_and(|first| first.id == act.id)) {
            Some(known) => problems.extend(add(known, act)),
            None => acts.push(vec![act]),
        }
    }
    for versions in acts.iter().filter(|versions| versions.len() > 1) {
        problems.extend(versions.iter().filter_map(|act| undated(act, versions)));
    }
    (acts.into_iter().filter_map(Act::of_versions).collect(), problems)
}

/// The name of an act's file without the folder and the extension.
fn stem(act: &Act) -> &str {
    let name = act.place.file.name();
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A file that is named after another act.
fn misnamed(name: &str, act: &Act) -> Option<Diagnostic> {
    if ActId::parse(name).as_ref() == Some(&act.id) {
        return None;
    }
    let (found, stem) = (&act.id, stem(act));
    let version = name_of(stem).1.map(|version| format!(".{version}")).unwrap_or_default();
    let problem = Diagnostic::error(
        Code::UnknownAct,
        say!("il file si chiama `{stem}.yaml` ma l'atto ha `id: {found}`"; "the file is called `{stem}.yaml` but the act has `id: {found}`"),
    );
    let help =
        say!("rinomina il file in `{found}{version}.yaml`"; "rename the file to `{found}{version}.yaml`");
    Some(problem.at(Place::file(&act.place.file)).help(help))
}

/// A file whose name says another day than it does itself, or none; the day of its own counts, else that of the name.
fn misdated(act: &mut Act) -> Option<Diagnostic> {
    let (id, stem) = (act.id.clone(), stem(act).to_owned());
    let named = name_of(&stem).1?;
    let (day, said) = (Date::parse(named), act.in_force_from.clone());
    let (message, at, help): (Text, Place, Text) = match (day, said) {
        (Some(day), Some((said, _))) if day == said => return None,
        (Some(day), Some((said, place))) => (
            say!("il file si chiama `{stem}.yaml` ma la versione vale dal {said}"; "the file is called `{stem}.yaml` but the version holds from {said}"),
            place,
            say!("rinomina il file in `{id}.{said}.yaml`, oppure scrivi `in_force_from: {day}`"; "rename the file to `{id}.{said}.yaml`, or write `in_force_from: {day}`"),
        ),
        (Some(day), None) => {
            act.in_force_from = Some((day, act.place.clone()));
            (
                say!("il file si chiama `{stem}.yaml` ma non dice da quando vale"; "the file is called `{stem}.yaml` but does not say from when it holds"),
                act.place.clone(),
                say!("aggiungi la riga `in_force_from: {day}`"; "add the line `in_force_from: {day}`"),
            )
        }
        (None, said) => {
            let (day, day_en) = said
                .map_or(("AAAA-MM-GG".to_owned(), "YYYY-MM-DD".to_owned()), |(day, _)| {
                    (day.to_string(), day.to_string())
                });
            (
                say!("`{named}` nel nome del file non è un giorno: dopo l'id va quello da cui la versione vale"; "`{named}` in the name of the file is no day: after the id comes the one from which the version holds"),
                Place::file(&act.place.file),
                say!("rinomina il file in `{id}.{day}.yaml`, con lo stesso giorno che il file dice in `in_force_from`"; "rename the file to `{id}.{day_en}.yaml`, with the same day that the file says in `in_force_from`"),
            )
        }
    };
    Some(Diagnostic::error(Code::ActVersion, message).at(at).help(help))
}

/// Adds a version to those of its act, unless one of them holds from the same day.
fn add(known: &mut Vec<Act>, act: Act) -> Option<Diagnostic> {
    let same_day = |other: &&Act| act.holds_from().is_some() && other.holds_from() == act.holds_from();
    let first = known.iter().find(same_day).and_then(|other| other.in_force_from.clone());
    let (Some((_, first)), Some((day, place))) = (first, act.in_force_from.clone()) else {
        known.push(act);
        return None;
    };
    let id = &act.id;
    let problem = Diagnostic::error(
        Code::ActVersion,
        say!("due versioni di `{id}` valgono dal {day}"; "two versions of `{id}` hold from {day}"),
    );
    let help = say!("correggi il giorno di una delle due, oppure togli uno dei file"; "mend the day of one of them, or remove one of the files");
    Some(
        problem
            .at(place)
            .help(help)
            .related(first, say!("l'altra versione è questa"; "this is the other version")),
    )
}

/// A version that does not say from when it holds, beside others.
fn undated(act: &Act, versions: &[Act]) -> Option<Diagnostic> {
    if act.in_force_from.is_some() {
        return None;
    }
    let problem = Diagnostic::error(
        Code::ActVersion,
        say!("accanto a un'altra versione, questa deve dire da quando vale"; "beside another version, this one must say from when it holds"),
    );
    let is_free = |day: &Date| versions.iter().all(|other| other.holds_from() != Some(*day));
    let help = match act.dates.in_force.filter(is_free) {
        Some(day) => say!("aggiungi la riga `in_force_from: {day}`"; "add the line `in_force_from: {day}`"),
        None => {
            say!("aggiungi la riga `in_force_from: AAAA-MM-GG`, con il giorno giusto"; "add the line `in_force_from: YYYY-MM-DD`, with the right day")
        }
    };
    let other = versions.iter().find_map(|other| other.in_force_from.clone());
    let problem = problem.at(act.place.clone()).help(help);
    Some(match other {
        Some((_, place)) => {
            problem.related(place, say!("l'altra versione è questa"; "this is the other version"))
        }
        None => problem,
    })
}

/// An act that the settings name and `acts/` does not have.
pub(super) fn unknown(name: &IdReference, there: &[ActFiles<'_>], file: &SourceFile) -> Diagnostic {
    let id = &name.text;
    let (act, version) = name_of(id);
    let is_there = |act: &str| there.iter().any(|known| known.act == act);
    let help = match nearest(id, there.iter().map(|known| known.act)) {
        Some(_) | None if version.is_some() && is_there(act) => {
            say!("scrivi `{act}`: vale la versione più recente"; "write `{act}`: the newest version counts")
        }
        Some(near) => did_you_mean(near),
        None => say!("aggiungi il file `acts/{id}.yaml`"; "add the file `acts/{id}.yaml`"),
    };
    Diagnostic::error(
        Code::UnknownAct,
        say!("l'atto `{id}` non c'è in `acts/`"; "the act `{id}` is not in `acts/`"),
    )
    .at(Place::range(file, name.range.clone()))
    .help(help)
}
