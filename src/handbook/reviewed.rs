//! Against which version of an act somebody reviewed a document: `reviewed: {reg-2014-240: 2027-01-01}`.

use crate::act::{Act, ActId, Acts};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Entry, Fields};

use super::Date;

/// A version of an act against which a document was reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The act.
    pub act: ActId,
    /// The day from which that version holds.
    pub version: Date,
}

impl Reviewed {
    pub(super) fn list(fields: &mut Fields<'_, '_>, acts: &Acts) -> Vec<Self> {
        let entries = fields.entries("reviewed");
        entries.iter().filter_map(|entry| Self::decode(entry, acts, fields.decoder())).collect()
    }

    fn decode(entry: &Entry, acts: &Acts, decoder: &mut Decoder) -> Option<Self> {
        let act = acts.by_name(&entry.key);
        if act.is_none() {
            let place = Place::range(decoder.file(), entry.key_range.clone());
            decoder.report(unknown_act(&entry.key, acts).at(place));
        }
        let version = Date::decode(&entry.value, decoder)?;
        let act = act?;
        if act.version_from(version).is_none() {
            let place = entry.value.place(decoder);
            decoder.report(unknown_version(version, act).at(place));
        }
        Some(Self { act: act.id.clone(), version })
    }
}

fn unknown_act(id: &str, acts: &Acts) -> Diagnostic {
    let help = match nearest(id, acts.iter().map(|act| act.id.as_str())) {
        Some(near) => did_you_mean(near),
        None => {
            let all: Vec<_> = acts.iter().map(|act| format!("`{}`", act.id)).collect();
            let all = all.join(", ");
            say!("gli atti del manuale sono {all}"; "the handbook's acts are {all}")
        }
    };
    let message = say!("il manuale non ha l'atto `{id}`"; "the handbook does not have the act `{id}`");
    Diagnostic::error(Code::UnknownAct, message).help(help)
}

fn unknown_version(day: Date, act: &Act) -> Diagnostic {
    let id = &act.id;
    let days: Vec<_> = act.versions().filter_map(Act::holds_from).map(|day| format!("`{day}`")).collect();
    let help = match days.join(", ") {
        none if none.is_empty() => {
            say!("il file dell'atto non dice da quando vale: aggiungi lì `in_force_from: {day}`, oppure togli questa riga"; "the act's file does not say from when it holds: add `in_force_from: {day}` there, or remove this line")
        }
        days => say!("le versioni valgono dal {days}"; "the versions hold from {days}"),
    };
    let message = say!("nessuna versione di `{id}` vale dal {day}"; "no version of `{id}` holds from {day}");
    Diagnostic::error(Code::ActVersion, message).help(help)
}
