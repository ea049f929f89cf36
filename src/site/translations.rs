//! Which page is the same in another language: the one with the same address under that language's folder.

use crate::diagnostic::Lang;
use crate::handbook::Child;

use super::page::Page;
use super::{SitePath, Volume};

/// A page in every language that it is written in, itself among them, in the handbook's order; empty for a page that
/// has no other language. Costs as much as there are languages, however many pages there are.
pub(super) fn translations(volume: &Volume, page: &Page) -> Vec<(Lang, SitePath)> {
    let languages = &volume.handbook.config.languages;
    let Some((lang, address)) = place(volume, page).filter(|_| languages.len() > 1) else {
        return Vec::new();
    };
    let own = own_folder(lang, volume);
    let neutral = match own {
        Some(own) if address == own => "",
        Some(own) => address.strip_prefix(own).and_then(|rest| rest.strip_prefix('/')).unwrap_or(address),
        None => address,
    };
    let found: Vec<_> = languages.iter().filter_map(|lang| in_language(volume, *lang, neutral)).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

fn in_language(volume: &Volume, lang: Lang, neutral: &str) -> Option<(Lang, SitePath)> {
    let address = match (own_folder(lang, volume), neutral) {
        (None, neutral) => neutral.to_owned(),
        (Some(own), "") => own.to_owned(),
        (Some(own), neutral) => format!("{own}/{neutral}"),
    };
    let path = SitePath::page(&address);
    let (found, _) = place(volume, volume.pages.get(&path)?)?;
    (found == lang).then_some((lang, path))
}

/// The folder of a language; the handbook's own has none.
fn own_folder(lang: Lang, volume: &Volume) -> Option<&'static str> {
    (lang != volume.handbook.config.default_language()).then(|| lang.tag())
}

/// The language and the address of a page that an author wrote, or of a folder; the pages that are made for the whole
/// handbook have one language.
fn place<'s>(volume: &'s Volume, page: &Page) -> Option<(Lang, &'s str)> {
    match page.child()? {
        Child::Document(number) => {
            volume.handbook.documents.get(number).map(|document| (document.lang, document.address.as_str()))
        }
        Child::Section(number) => {
            volume.handbook.sections.get(number).map(|section| (section.lang, section.address.as_str()))
        }
    }
}
