//! Holds the handbook to the names that its newest edition published.

use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::edition::{Contract, Desk, Published, vanished};
use crate::handbook::Date;

use super::library::Library;

/// One problem for each name that is gone without a word.
pub(super) fn kept(library: &Library, today: Option<Date>) -> Vec<Diagnostic> {
    let draft = library.draft();
    let Some(newest) = draft.checked_sub(1) else { return Vec::new() };
    let Some(number) = library.number(newest) else { return Vec::new() };
    let (Some(before), Some(after)) = (library.register(newest), library.register(draft)) else {
        return Vec::new();
    };
    let contract = Contract { number, before: &before, after: &after, today };
    vanished(contract, &|place| desk(library, place))
}

/// Where an editor tells of a name: the document that has it, or had it, else the settings.
fn desk(library: &Library, place: &Published) -> Option<Desk> {
    let handbook = library.draft_handbook();
    let register = library.register(library.draft())?;
    let page = register.page(&place.page).map_or(place.page.as_str(), |page| page.page.as_str());
    let document = handbook.documents.iter().find(|document| document.address == page);
    if let Some(document) = document {
        let id = document.front.id.as_ref().map(|(_, range)| document.place_at(range.clone()));
        return Some(Desk { place: id.unwrap_or_else(|| document.place()), is_document: true });
    }
    let settings = handbook.config_file.clone();
    let settings = settings.unwrap_or_else(|| SourceFile::without_text("handbook.yaml"));
    Some(Desk { place: Place::file(&settings), is_document: false })
}
