//! What every page has around its content.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::Child;
use crate::theme::Strings;

use super::super::data::DataFile;
use super::super::hrefs::Hrefs;
use super::super::navigation::navigation;
use super::super::{SitePath, Volume, register};
use super::departed::{LeftView, left_view};
use super::edition::{self, EditionView};
use super::foot::{self, FundingView, LegalView};
use super::handles::HandlesView;
use super::words::DateView;

/// The frame of a page.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Frame {
    lang: &'static str,
    /// The page's own title.
    title: String,
    /// The title of the handbook.
    handbook: String,
    is_home: bool,
    description: String,
    publisher: Option<String>,
    notice: Option<String>,
    licence: Option<LinkView>,
    legal: Vec<LegalView>,
    funding: Option<FundingView>,
    /// When the handbook was last updated, where the page has no day of its own.
    handbook_updated: Option<DateView>,
    /// The address that search engines should know; only when the site knows where it will be.
    canonical: Option<String>,
    /// The address of the page for ever, in the folder of its edition.
    permanent: Option<String>,
    /// Which edition it is of; null where there are none.
    edition: Option<EditionView>,
    /// What the page says of itself to machines: JSON-LD.
    linked: Option<String>,
    /// The handbook as data; only on the pages that offer it.
    data: Option<String>,
    /// The handbook's own icon; `None` where it brings none.
    icon: Option<String>,
    /// What stood on the page in an earlier edition, and no longer does.
    left: Vec<LeftView>,
    home: String,
    /// The page that searches; where the site can be searched.
    search: Option<SearchView>,
    breadcrumbs: Vec<LinkView>,
    /// HTML.
    navigation: String,
    /// Which page it is, for the margin of the printed sheet: the handbook, and the document's id.
    print_head: String,
    /// Which text it is, for the same margin: version and day.
    print_edition: Option<String>,
    /// The whole handbook on one page.
    whole: Option<String>,
    /// The pages that are made from data: what concerns me, acts, glossary, activity lines, analytic index, files of data.
    references: Vec<LinkView>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    /// What browsers, search engines, readers of news and forges take hold of.
    handles: HandlesView,
}

/// The way to the search.
#[derive(Debug, Serialize)]
struct SearchView {
    href: String,
    current: bool,
}

/// A link with its words.
#[derive(Debug, Clone, Serialize)]
pub(in crate::site) struct LinkView {
    pub(in crate::site) title: String,
    pub(in crate::site) href: String,
    /// Whether it leads to the page that it stands on.
    pub(in crate::site) current: bool,
}

impl LinkView {
    pub(in crate::site) fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into(), current: false }
    }
}

/// What a frame needs to know of its page.
pub(super) struct PageInfo<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) lang: Lang,
    /// Its place in the tree of folders, when it has one.
    pub(super) child: Option<Child>,
    /// The pages above it, when it stands outside the tree.
    pub(super) above: Vec<LinkView>,
}

impl<'s> PageInfo<'s> {
    /// A page that the program makes for the whole handbook, by the keys of its words among the interface strings.
    pub(super) fn made(volume: &'s Volume, title: &'s str, description: &'s str) -> Self {
        let lang = volume.handbook.config.default_language();
        let strings = volume.theme.strings(lang);
        let (title, description) = (strings.get(title), strings.get(description));
        Self { title, description, lang, child: None, above: Vec::new() }
    }
}

impl Frame {
    pub(super) fn new(volume: &Volume, path: &SitePath, info: PageInfo<'_>) -> Self {
        let hrefs = Hrefs { volume, from: path };
        let config = &volume.handbook.config;
        let strings = volume.theme.strings(info.lang);
        let neighbours = info.child.map(|child| {
            volume.handbook.sections.neighbours(child_in_order(volume, child), &volume.handbook.documents)
        });
        let (previous, next) = neighbours.unwrap_or((None, None));
        Self {
            lang: info.lang.tag(),
            title: info.title.to_owned(),
            handbook: volume.handbook.title.clone(),
            is_home: path.as_str() == "index.html",
            description: info.description.to_owned(),
            publisher: config.publisher.clone(),
            notice: config.notice.clone(),
            licence: config.licence.as_ref().map(|licence| LinkView::new(&licence.name, &licence.url)),
            legal: foot::legal(hrefs, info.lang, strings),
            funding: foot::funding(hrefs, info.lang),
            handbook_updated: foot::updated(volume, path, info.lang),
            canonical: edition::canonical(hrefs),
            permanent: edition::permanent(hrefs),
            edition: edition::edition_view(hrefs, info.lang, strings),
            linked: None,
            data: offers_data(volume, path).then(|| hrefs.to(&volume.pages.data(DataFile::Handbook))),
            icon: icon(hrefs),
            left: volume
                .departures
                .left(&register::address(path))
                .iter()
                .map(|left| left_view(hrefs, left, info.lang))
                .collect(),
            home: hrefs.to(&SitePath::page("")),
            search: search(hrefs),
            breadcrumbs: match info.child {
                Some(child) => breadcrumbs(hrefs, child, strings),
                None => [vec![LinkView::new(strings.get("home"), hrefs.to(&SitePath::page("")))], info.above]
                    .concat(),
            },
            navigation: navigation(hrefs, info.child, strings),
            print_head: volume.handbook.title.clone(),
            print_edition: edition::print_mark(hrefs, info.lang, strings),
            whole: volume
                .pages
                .get(&volume.pages.print())
                .filter(|_| !volume.pages.is_print(path))
                .map(|_| hrefs.to(&volume.pages.print())),
            references: references(volume, path, strings),
            previous: previous.map(|child| child_link(volume, hrefs, child)),
            next: next.map(|child| child_link(volume, hrefs, child)),
            handles: HandlesView::new(hrefs, info.title, info.lang),
        }
    }
}

impl Frame {
    /// What the page says of itself to machines.
    pub(super) fn set_linked(&mut self, json: String) {
        self.linked = Some(json);
    }

    /// What the margin of the printed sheet says beside the handbook's title.
    pub(super) fn set_edition(&mut self, id: Option<String>, edition: Option<String>) {
        if let Some(id) = id {
            self.print_head = format!("{} · {id}", self.print_head);
        }
        self.print_edition = self.print_edition.take().or(edition);
    }

    /// Asks search engines to pass the page over.
    pub(super) fn hide_from_search(&mut self) {
        self.handles.is_hidden = true;
    }

    /// Leads a browser on to another page.
    pub(super) fn lead_on(&mut self, href: &str) {
        self.handles.refresh = Some(href.to_owned());
    }

    /// The pages before and after one that stands outside the tree of folders.
    pub(super) fn set_neighbours(&mut self, previous: Option<LinkView>, next: Option<LinkView>) {
        self.previous = previous;
        self.next = next;
    }
}

/// The title and address of a page of the tree.
pub(super) fn child_link(volume: &Volume, hrefs: Hrefs<'_>, child: Child) -> LinkView {
    let handbook = &volume.handbook;
    let title = match child {
        Child::Section(number) => handbook.sections.get(number).map(|section| section.title.clone()),
        Child::Document(number) => handbook.documents.get(number).map(|document| document.title.clone()),
    };
    LinkView::new(title.unwrap_or_default(), hrefs.to_child(child))
}

/// In reading order a section's own page is the section.
fn child_in_order(volume: &Volume, child: Child) -> Child {
    match child {
        Child::Document(number) => {
            let document = volume.handbook.documents.get(number).filter(|document| document.is_index);
            let section =
                document.and_then(|document| volume.handbook.sections.of_folder(&document.path.parent()));
            section.map_or(child, Child::Section)
        }
        Child::Section(_) => child,
    }
}

fn breadcrumbs(hrefs: Hrefs<'_>, child: Child, strings: &Strings) -> Vec<LinkView> {
    let volume = hrefs.volume;
    let sections = &volume.handbook.sections;
    let mut above = Vec::new();
    let mut around = sections.around(child_in_order(volume, child), &volume.handbook.documents);
    while let Some(number) = around {
        let mut link = child_link(volume, hrefs, Child::Section(number));
        around = sections.get(number).and_then(|section| section.parent);
        if around.is_none() {
            strings.get("home").clone_into(&mut link.title);
        }
        above.push(link);
    }
    above.reverse();
    above
}

fn search(hrefs: Hrefs<'_>) -> Option<SearchView> {
    let page = hrefs.volume.pages.search();
    hrefs.volume.pages.get(&page).map(|_| SearchView { href: hrefs.to(&page), current: page == *hrefs.from })
}

/// The handbook's own icon.
fn icon(hrefs: Hrefs<'_>) -> Option<String> {
    let icon = hrefs.volume.handbook.config.handles.icon.as_ref()?;
    hrefs.volume.links.setting(icon).map(|target| hrefs.to_target(target))
}

/// The home page and the page of the data do: on every page it would be weight for the few who look for it.
fn offers_data(volume: &Volume, path: &SitePath) -> bool {
    *path == SitePath::page("") || *path == volume.pages.data_index()
}

fn references(volume: &Volume, path: &SitePath, strings: &Strings) -> Vec<LinkView> {
    let hrefs = Hrefs { volume, from: path };
    let pages = [
        ("concerns", volume.pages.concerns()),
        ("acts", volume.pages.acts()),
        ("coverage", volume.pages.coverage()),
        ("cycle", volume.pages.cycle()),
        ("glossary", volume.pages.glossary()),
        ("activity_lines", volume.pages.activity_lines()),
        ("analytic_index", volume.pages.analytic_index()),
        ("data_page", volume.pages.data_index()),
        ("print", volume.pages.print()),
    ];
    pages
        .into_iter()
        .filter(|(_, page)| volume.pages.get(page).is_some())
        .map(|(key, page)| LinkView {
            current: page == *path,
            ..LinkView::new(strings.get(key), hrefs.to(&page))
        })
        .collect()
}
