//! What a release says when it is done, and why it could not be.

use std::path::Path;

use crate::diagnostic::Text;
use crate::edition::{Release, ReleaseError, Tagged, folder_of};
use crate::say;

use super::super::console::{Console, plural};
use super::Order;
use super::refusal::{Refusal, taken};

/// What was written where, and what comes next.
pub(super) fn written(console: &Console, release: &Release, order: Order<'_>) {
    let (number, place) = (release.seal().edition, place(release, order.folder));
    let Text { it, en } = amount(release);
    let folder = order.argument();
    console.say(&say!("L'edizione {number} è pubblicata in `{place}`: {it}."; "The edition {number} is published in `{place}`: {en}."));
    console.say(&say!(
        "Ora aggiungi `{place}` al repository, se il manuale ne ha uno, e pubblica il sito con `vademecum build{folder}`.";
        "Now commit `{place}`, if the handbook is in a repository, and publish the site with `vademecum build{folder}`."
    ));
    console.say(&say!(
        "Quei file non cambiano più: `vademecum verify{folder}` dice se qualcuno li tocca.";
        "Those files never change again: `vademecum verify{folder}` tells if somebody touches them."
    ));
}

/// Which tag was made, and what comes next.
pub(super) fn tagged(console: &Console, tagged: &Tagged, files: usize, order: Order<'_>) {
    let name = tagged.name();
    let (it, en) = (plural(files, "file", "file"), plural(files, "file", "files"));
    let folder = order.argument();
    console.say(&say!("L'edizione è pubblicata nel tag `{name}`: {it}."; "The edition is published in the tag `{name}`: {en}."));
    console.say(&say!(
        "Ora condividi il tag con `git push origin {name}`, e pubblica il sito con `vademecum build{folder}`.";
        "Now share the tag with `git push origin {name}`, and publish the site with `vademecum build{folder}`."
    ));
}

/// Which tag would be made.
pub(super) fn would_be_tagged(console: &Console, tagged: &Tagged, files: usize) {
    let name = tagged.name();
    let (it, en) = (plural(files, "file", "file"), plural(files, "file", "files"));
    console.say(&say!("L'edizione si può pubblicare. Il tag `{name}` avrebbe {it}."; "The edition can be published. The tag `{name}` would hold {en}."));
    console.say(&say!("Nulla è stato scritto."; "Nothing was written."));
}

/// What would be written where.
pub(super) fn would_be_written(console: &Console, release: &Release, handbook: &Path) {
    let (number, place) = (release.seal().edition, place(release, handbook));
    let Text { it, en } = amount(release);
    console.say(&say!("L'edizione {number} si può pubblicare. In `{place}` starebbero {it}."; "The edition {number} can be published. `{place}` would hold {en}."));
    console.say(&say!("Nulla è stato scritto."; "Nothing was written."));
}

fn place(release: &Release, handbook: &Path) -> String {
    format!("{}/", handbook.join(folder_of(release.seal().edition)).display())
}

/// How much an edition is, with its seal.
fn amount(release: &Release) -> Text {
    let files = release.seal().sources.len();
    let (it, en) = (plural(files, "file", "file"), plural(files, "file", "files"));
    let size = release.size();
    say!("{it} e il sigillo, {size} byte in tutto"; "{en} and the seal, {size} bytes in all")
}

/// Why nothing, or not all, could be written.
pub(super) fn failed(console: &Console, error: ReleaseError) {
    let nothing = say!("Nulla è stato scritto."; "Nothing was written.");
    match error {
        ReleaseError::Taken(place) => {
            let Refusal { message, help } = taken(&place.display().to_string());
            console.failure(&message, Some(&help));
            console.say(&nothing);
        }
        ReleaseError::Busy(folder) => {
            let folder = folder.display();
            console.failure(
                &say!("qualcun altro sta pubblicando un'edizione in `{folder}`"; "somebody else is publishing an edition in `{folder}`"),
                Some(&say!("aspetta che finisca, e ripeti il comando"; "wait for it to end, and repeat the command")),
            );
            console.say(&nothing);
        }
        ReleaseError::Io(path, error) => {
            let path = path.display();
            console.failure(
                &say!("`{path}` non si può scrivere: {error}"; "`{path}` cannot be written: {error}"),
                Some(&say!("controlla permessi e spazio su disco, e ripeti il comando"; "check permissions and disk space, and repeat the command")),
            );
            console.say(&nothing);
        }
        ReleaseError::Different(folder, changes) => {
            let names =
                changes.iter().map(|change| format!("`{}`", change.name())).collect::<Vec<_>>().join(", ");
            let folder = folder.display();
            console.failure(
                &say!("in `{folder}` il disco non ha ciò che è stato scritto: {names}"; "in `{folder}` the disk does not have what was written: {names}"),
                Some(&say!("controlla il disco, togli la cartella se c'è ancora, e ripeti il comando"; "check the disk, remove the folder if it is still there, and repeat the command")),
            );
        }
        ReleaseError::Unsure(place, error) => {
            let place = place.display();
            console.failure(
                &say!("l'edizione è in `{place}`, ma il disco non assicura di averla scritta: {error}"; "the edition is in `{place}`, but the disk does not say that it has written it: {error}"),
                Some(&say!("controllala con `vademecum verify`"; "look at it with `vademecum verify`")),
            );
        }
    }
}
