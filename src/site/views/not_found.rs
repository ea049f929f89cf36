//! The page that is not there.

use serde::Serialize;

use crate::handbook::Child;

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, LinkView, PageInfo, child_link};

/// What `not-found.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct NotFoundPage {
    frame: Frame,
    /// The folders in the root, and the pages to look things up in.
    ways: Vec<LinkView>,
}

/// The view of the page that a host shows when an address does not exist. It costs the same however large the handbook
/// is: what is near to the address is for the script to ask, folder by folder.
pub(in crate::site) fn not_found(volume: &Volume, path: &SitePath) -> NotFoundPage {
    let hrefs = Hrefs { volume, from: path };
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let title = strings.get("not_found");
    let info = PageInfo { title, description: title, lang, child: None, above: Vec::new() };
    let root = volume.handbook.sections.get(0);
    let folders = root.into_iter().flat_map(|root| &root.children).filter_map(|child| match child {
        Child::Section(_) => Some(child_link(volume, hrefs, *child)),
        Child::Document(_) => None,
    });
    let looked_up =
        [("analytic_index", volume.pages.analytic_index()), ("glossary", volume.pages.glossary())]
            .into_iter()
            .filter(|(_, page)| volume.pages.get(page).is_some())
            .map(|(key, page)| LinkView::new(strings.get(key), hrefs.to(&page)));
    NotFoundPage { ways: folders.chain(looked_up).collect(), frame: Frame::new(volume, path, info) }
}
