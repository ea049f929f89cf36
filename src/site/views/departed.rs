//! The page at an address that an earlier edition published: where it went, or why it is gone.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::edition::Trail;

use super::super::departures::{Departed, Left};
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::edition::{WithdrawnView, name, title_of, withdrawn_view};
use super::frame::{Frame, LinkView, PageInfo};

/// What `departed.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct DepartedPage {
    frame: Frame,
    title: String,
    /// Where it is now.
    moved: Option<LinkView>,
    /// Why it is gone.
    withdrawn: Option<WithdrawnView>,
    /// The last edition that had it, where it can still be read.
    edition: LinkView,
    /// What stood on it.
    places: Vec<LeftView>,
}

/// A place that is no longer where it was.
#[derive(Debug, Serialize)]
pub(super) struct LeftView {
    /// Its id on the page, so that an old address still finds it.
    id: String,
    title: String,
    /// Where it is now.
    moved: Option<LinkView>,
    /// Why it is gone.
    withdrawn: Option<WithdrawnView>,
    /// The last edition that had it.
    edition: Option<LinkView>,
}

/// The view of a page that is no longer there.
pub(in crate::site) fn departed(volume: &Volume, path: &SitePath, departed: &Departed) -> DepartedPage {
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let hrefs = Hrefs { volume, from: path };
    let title = departed.title.clone().unwrap_or_else(|| strings.get("departed").to_owned());
    let info = PageInfo {
        title: &title,
        description: strings.get("departed_description"),
        lang,
        child: None,
        above: Vec::new(),
    };
    let mut frame = Frame::new(volume, path, info);
    frame.hide_from_search();
    let moved = moved(hrefs, &departed.trail);
    if let Some(link) = &moved {
        frame.lead_on(&link.href);
    }
    DepartedPage {
        frame,
        moved,
        withdrawn: withdrawn(hrefs, &departed.trail, lang),
        edition: LinkView::new(
            name(volume, departed.edition, strings),
            hrefs.to_edition(departed.edition, &departed.page),
        ),
        places: departed.places.iter().map(|left| left_view(hrefs, left, lang)).collect(),
        title,
    }
}

/// A place that has left.
pub(super) fn left_view(hrefs: Hrefs<'_>, left: &Left, lang: Lang) -> LeftView {
    LeftView {
        id: left.place.anchor.clone().unwrap_or_default(),
        title: title_of(&left.place),
        moved: moved(hrefs, &left.trail),
        withdrawn: withdrawn(hrefs, &left.trail, lang),
        edition: match left.trail {
            Trail::Here(_) => None,
            Trail::Withdrawn(_) | Trail::Absent => Some(last(hrefs, left, lang)),
        },
    }
}

/// The place in the last edition that had it.
fn last(hrefs: Hrefs<'_>, left: &Left, lang: Lang) -> LinkView {
    let volume = hrefs.volume;
    let href = hrefs.to_edition(left.edition, &left.place.address());
    LinkView::new(name(volume, left.edition, volume.theme.strings(lang)), href)
}

fn moved(hrefs: Hrefs<'_>, trail: &Trail) -> Option<LinkView> {
    let place = trail.place()?;
    Some(LinkView::new(title_of(place), hrefs.to_own(&place.address())))
}

fn withdrawn(hrefs: Hrefs<'_>, trail: &Trail, lang: Lang) -> Option<WithdrawnView> {
    match trail {
        Trail::Withdrawn(withdrawn) => Some(withdrawn_view(hrefs, hrefs.volume.mount.text, withdrawn, lang)),
        Trail::Here(_) | Trail::Absent => None,
    }
}
