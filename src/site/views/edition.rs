//! Which edition a page is of, and where the same page is in the others.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::edition::{Edition, Published, State, Trail, Withdrawn};
use crate::handbook::{Consultation, Date, Status};
use crate::theme::Strings;

use super::super::hrefs::{Hrefs, NOT_FOUND};
use super::super::page::Page;
use super::super::{SitePath, Volume, citation, register};
use super::frame::LinkView;
use super::words::DateView;

/// The edition of a page.
#[derive(Debug, Serialize)]
pub(in crate::site) struct EditionView {
    /// Whether the page stands in the root of the site.
    in_root: bool,
    /// Its number; a draft has none.
    number: Option<String>,
    /// `Edizione 2026.1`, or the word for a draft.
    name: String,
    /// `draft`, `consultation`, `approved`, `superseded` or `withdrawn`.
    state: &'static str,
    state_label: String,
    /// When it was published.
    date: Option<DateView>,
    /// When comments are asked for.
    consultation: Option<ConsultationView>,
    /// Since when and why it no longer holds.
    withdrawn: Option<WithdrawnView>,
    /// The edition that holds, where this one does not: the same page there.
    current: Option<CurrentView>,
    /// The other editions, the newest first.
    others: Vec<OtherView>,
    /// The list of all editions.
    list: LinkView,
    /// What has changed since the edition before.
    changes: Option<ChangesView>,
}

/// A time for comments.
#[derive(Debug, Serialize)]
pub(super) struct ConsultationView {
    opens: DateView,
    closes: DateView,
}

/// Why something no longer holds.
#[derive(Debug, Serialize)]
pub(super) struct WithdrawnView {
    date: Option<DateView>,
    reason: String,
    successor: Option<LinkView>,
}

impl WithdrawnView {
    pub(super) fn new(date: Option<DateView>, reason: String, successor: Option<LinkView>) -> Self {
        Self { date, reason, successor }
    }
}

/// The edition that holds.
#[derive(Debug, Serialize)]
struct CurrentView {
    name: String,
    /// The same page there, or its home page.
    href: String,
    /// Whether it has the page.
    has_page: bool,
    /// Why it does not.
    withdrawn: Option<WithdrawnView>,
}

/// Another edition.
#[derive(Debug, Serialize)]
struct OtherView {
    name: String,
    state: &'static str,
    state_label: String,
    /// The same page there, or its home page.
    href: String,
    /// Whether it has the page.
    has_page: bool,
    /// Whether it is the edition that the reader is in.
    current: bool,
}

/// The way to the changes.
#[derive(Debug, Serialize)]
struct ChangesView {
    /// The number of the edition before.
    since: String,
    href: String,
}

/// The edition of a page; `None` for a handbook that has no editions and asks for no comments.
pub(super) fn edition_view(hrefs: Hrefs<'_>, lang: Lang, strings: &Strings) -> Option<EditionView> {
    let volume = hrefs.volume;
    let (library, text) = (&volume.library, volume.mount.text);
    let status = status_of(volume, text);
    if is_plain(volume) {
        return None;
    }
    let page = register::address(hrefs.from);
    let pages = library.pages_in(&page, text);
    let edition = library.edition(text);
    let changes = volume.pages.changes();
    Some(EditionView {
        in_root: volume.mount.is_root(),
        number: library.number(text).map(|number| number.to_string()),
        name: name(volume, text, strings),
        state: status.name(),
        state_label: state_label(status, strings),
        date: edition.map(|edition| DateView::new(edition.listed.date, lang)),
        consultation: consultation_of(volume, text).map(|consultation| consultation_view(consultation, lang)),
        withdrawn: edition.and_then(|edition| withdrawn_edition(hrefs, edition, lang, strings)),
        current: current(hrefs, &page, &pages, lang, strings),
        others: others(hrefs, &pages, strings),
        list: LinkView::new(strings.get("editions"), hrefs.to_site(&library.editions_page())),
        changes: volume.pages.get(&changes).zip(library.before(text)).map(|(_, before)| ChangesView {
            since: library.number(before).map(|number| number.to_string()).unwrap_or_default(),
            href: hrefs.to(&changes),
        }),
    })
}

/// Whether a text is a handbook that has no editions and asks for no comments.
fn is_plain(volume: &Volume) -> bool {
    volume.library.shelf.editions().is_empty() && status_of(volume, volume.mount.text) == Status::Draft
}

/// Why an edition no longer holds, where it was withdrawn.
pub(super) fn withdrawn_edition(
    hrefs: Hrefs<'_>,
    edition: &Edition,
    lang: Lang,
    strings: &Strings,
) -> Option<WithdrawnView> {
    let editions = hrefs.volume.library.shelf.editions();
    match &edition.state {
        State::Withdrawn(withdrawn) => Some(WithdrawnView {
            date: Some(DateView::new(withdrawn.date, lang)),
            reason: withdrawn.reason.clone(),
            successor: withdrawn.successor.and_then(|number| {
                let index = editions.iter().position(|edition| edition.number() == number)?;
                Some(LinkView::new(name(hrefs.volume, index, strings), hrefs.to_text(index, "")))
            }),
        }),
        State::Consultation(_) | State::Approved | State::Superseded(_) => None,
    }
}

/// The days of a consultation.
pub(super) fn consultation_view(consultation: &Consultation, lang: Lang) -> ConsultationView {
    ConsultationView {
        opens: DateView::new(consultation.opens, lang),
        closes: DateView::new(consultation.closes, lang),
    }
}

/// What the margin of the printed sheet says of the edition: which, when, and a mark where it does not hold.
pub(super) fn print_mark(hrefs: Hrefs<'_>, lang: Lang, strings: &Strings) -> Option<String> {
    let volume = hrefs.volume;
    if is_plain(volume) {
        return None;
    }
    let status = status_of(volume, volume.mount.text);
    let words = citation::published(hrefs, lang).unwrap_or_else(|| name(volume, volume.mount.text, strings));
    Some(match status {
        Status::Approved => words,
        Status::Draft => words.to_uppercase(),
        Status::Consultation | Status::Superseded | Status::Withdrawn => {
            format!("{words} · {}", state_label(status, strings).to_uppercase())
        }
    })
}

/// The name of a text.
pub(in crate::site) fn name(volume: &Volume, text: usize, strings: &Strings) -> String {
    match volume.library.number(text) {
        Some(number) => format!("{} {number}", strings.get("edition")),
        None => strings.get("edition_draft").to_owned(),
    }
}

/// Where a text stands in its life.
pub(in crate::site) fn status_of(volume: &Volume, text: usize) -> Status {
    match volume.library.edition(text).map(|edition| &edition.state) {
        Some(State::Consultation(_)) => Status::Consultation,
        Some(State::Approved) => Status::Approved,
        Some(State::Superseded(_)) => Status::Superseded,
        Some(State::Withdrawn(_)) => Status::Withdrawn,
        None if consultation_of(volume, text).is_some() => Status::Consultation,
        None => Status::Draft,
    }
}

/// The state of a text in words.
pub(in crate::site) fn state_label(status: Status, strings: &Strings) -> String {
    let key = match status {
        Status::Draft => "edition_state_draft",
        Status::Consultation => "edition_state_consultation",
        Status::Approved => "edition_state_approved",
        Status::Superseded => "edition_state_superseded",
        Status::Withdrawn => "edition_state_withdrawn",
    };
    strings.get(key).to_owned()
}

/// Whether search engines should pass a text over: it does not hold yet.
pub(super) fn is_hidden(volume: &Volume) -> bool {
    match status_of(volume, volume.mount.text) {
        Status::Draft => !is_plain(volume),
        Status::Consultation => true,
        Status::Approved | Status::Superseded | Status::Withdrawn => false,
    }
}

/// The consultation on a text.
pub(in crate::site) fn consultation_of(volume: &Volume, text: usize) -> Option<&Consultation> {
    match volume.library.edition(text).map(|edition| &edition.state) {
        Some(State::Consultation(consultation)) => Some(consultation),
        Some(State::Approved | State::Superseded(_) | State::Withdrawn(_)) => None,
        None => volume.library.draft_handbook().config.editions.consultation.as_ref(),
    }
}

/// The page in the edition that holds; `pages` are what it is in every text.
fn current(
    hrefs: Hrefs<'_>,
    page: &str,
    pages: &[Option<String>],
    lang: Lang,
    strings: &Strings,
) -> Option<CurrentView> {
    let volume = hrefs.volume;
    let (library, text) = (&volume.library, volume.mount.text);
    let current = library.current();
    if text == current {
        return None;
    }
    let there = pages.get(current).and_then(Option::as_deref);
    let trail = || {
        let place = library.register(text)?.page(page).cloned()?;
        Some(library.trail(&place, text, current))
    };
    let gone = if there.is_none() { trail() } else { None };
    Some(CurrentView {
        name: name(volume, current, strings),
        href: hrefs.to_text(current, there.unwrap_or("")),
        has_page: there.is_some(),
        withdrawn: match gone {
            Some(Trail::Withdrawn(withdrawn)) => Some(withdrawn_view(hrefs, current, &withdrawn, lang)),
            Some(Trail::Here(_) | Trail::Absent) | None => None,
        },
    })
}

fn others(hrefs: Hrefs<'_>, pages: &[Option<String>], strings: &Strings) -> Vec<OtherView> {
    let view = |other: usize| other_view(hrefs, other, pages.get(other).and_then(Option::as_deref), strings);
    hrefs.volume.library.choices().rev().map(view).collect()
}

fn other_view(hrefs: Hrefs<'_>, other: usize, there: Option<&str>, strings: &Strings) -> OtherView {
    let volume = hrefs.volume;
    let status = status_of(volume, other);
    OtherView {
        name: name(volume, other, strings),
        state: status.name(),
        state_label: state_label(status, strings),
        href: hrefs.to_edition(other, there.unwrap_or("")),
        has_page: there.is_some(),
        current: other == volume.mount.text,
    }
}

/// Why something is gone; `text` is the one whose words tell it, and where its successor is.
pub(super) fn withdrawn_view(
    hrefs: Hrefs<'_>,
    text: usize,
    withdrawn: &Withdrawn,
    lang: Lang,
) -> WithdrawnView {
    let successor = withdrawn.successor.as_ref().and_then(|name| {
        let place = hrefs.volume.library.named(text, name)?;
        Some(LinkView::new(title_of(&place), hrefs.to_text(text, &place.address())))
    });
    let date = Date::parse(&withdrawn.date).map(|date| DateView::new(date, lang));
    WithdrawnView { date, reason: withdrawn.reason.clone(), successor }
}

/// The words for a place: its id and title.
pub(in crate::site) fn title_of(place: &Published) -> String {
    match &place.id {
        Some(id) if !place.title.is_empty() && *id != place.title => format!("{id} {}", place.title),
        Some(id) => id.clone(),
        None => place.title.clone(),
    }
}

/// The address of a page that search engines should know: that of the same page in the edition that holds.
pub(super) fn canonical(hrefs: Hrefs<'_>) -> Option<String> {
    let (volume, from) = (hrefs.volume, hrefs.from);
    let own = volume.base_url.as_ref().map(|base| format!("{base}{}", from.url()));
    if from.as_str() == NOT_FOUND {
        return None;
    }
    if volume.mount.is_root() {
        return own;
    }
    match status_of(volume, volume.mount.text) {
        Status::Draft => None,
        Status::Consultation => own,
        Status::Approved | Status::Superseded | Status::Withdrawn => {
            let (library, page) = (&volume.library, register::address(from));
            let there = library.page_in(&page, volume.mount.text, library.current());
            let there = there.map(|page| SitePath::page(&page).url());
            there.zip(library.base_url.as_ref()).map(|(page, base)| format!("{base}{page}")).or(own)
        }
    }
}

/// The address of a page for ever: that in the folder of its edition.
pub(super) fn permanent(hrefs: Hrefs<'_>) -> Option<String> {
    let (volume, from) = (hrefs.volume, hrefs.from);
    let base = match volume.pages.get(from) {
        // They belong to the whole site.
        Some(Page::Editions | Page::Departed(_)) => volume.base_url.clone(),
        Some(_) | None => volume.library.permanent_base(volume.mount.text),
    };
    base.filter(|_| from.as_str() != NOT_FOUND).map(|base| format!("{base}{}", from.url()))
}
