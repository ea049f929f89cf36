//! What earlier editions published in the root, and what no longer stands there: its addresses answer for ever.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::edition::{Published, Trail};

use super::SitePath;
use super::library::Library;
use super::page::Pages;

/// A page that is no longer there.
#[derive(Debug)]
pub(super) struct Departed {
    /// The last edition that had it.
    pub(super) edition: usize,
    /// Its address there.
    pub(super) page: String,
    /// Its title; pages that the program makes have none that was kept.
    pub(super) title: Option<String>,
    /// What became of it.
    pub(super) trail: Trail,
    /// What stood on it.
    pub(super) places: Vec<Left>,
}

/// A file that is no longer there: it is kept as it was.
#[derive(Debug)]
pub(super) struct Kept {
    /// The last edition that had it.
    pub(super) edition: usize,
    /// Its path there.
    pub(super) path: SitePath,
}

/// A place that is no longer where it was.
#[derive(Debug, Clone)]
pub(super) struct Left {
    /// What it was.
    pub(super) place: Published,
    /// The last edition that had it there.
    pub(super) edition: usize,
    /// What became of it.
    pub(super) trail: Trail,
}

/// All of these.
#[derive(Debug, Default)]
pub(super) struct Departures {
    pub(super) pages: Vec<Departed>,
    pub(super) files: Vec<Kept>,
    /// By the address of the page, which is still there.
    left: HashMap<String, Vec<Left>>,
}

impl Departures {
    /// What has left the root, where `text` stands now, or will stand.
    pub(super) fn of(library: &Library, text: usize, pages: &Pages) -> Self {
        let mut departures = Self::default();
        let mut seen = HashSet::new();
        let Some(own) = library.register(text) else { return departures };
        let anchors: HashSet<String> = own.places().iter().map(Published::address).collect();
        let earlier = (0..text.min(library.draft())).rev();
        for edition in
            earlier.filter(|edition| library.edition(*edition).is_some_and(|edition| edition.was_current()))
        {
            let Some(register) = library.register(edition) else { continue };
            let mut left: BTreeMap<&str, Vec<Left>> = BTreeMap::new();
            for place in register.places().iter().filter(|place| place.anchor.is_some()) {
                if !anchors.contains(&place.address()) && seen.insert(place.address()) {
                    let trail = library.trail(place, edition, text);
                    left.entry(&place.page).or_default().push(Left { place: place.clone(), edition, trail });
                }
            }
            for place in register.places().iter().filter(|place| place.anchor.is_none()) {
                let is_gone = pages.get(&SitePath::page(&place.page)).is_none();
                if is_gone && seen.insert(place.page.clone()) {
                    let departed = Departed {
                        edition,
                        page: place.page.clone(),
                        title: Some(place.title.clone()),
                        trail: library.trail(place, edition, text),
                        places: left.remove(place.page.as_str()).unwrap_or_default(),
                    };
                    departures.went_elsewhere(&departed, &anchors);
                    departures.pages.push(departed);
                }
            }
            for path in register.paths() {
                departures.path(edition, path, pages, &mut seen);
            }
            for (page, places) in left {
                departures.left.entry(page.to_owned()).or_default().extend(places);
            }
        }
        departures
    }

    /// Where a host itself leads a reader on to the new page, the address keeps its place: what went elsewhere from the
    /// old page must be told on the new one.
    fn went_elsewhere(&mut self, departed: &Departed, anchors: &HashSet<String>) {
        let Some(now) = departed.trail.place() else { return };
        let is_there = |left: &&Left| {
            left.place
                .anchor
                .as_ref()
                .is_some_and(|anchor| anchors.contains(&format!("{}#{anchor}", now.page)))
        };
        let elsewhere = departed.places.iter().filter(|left| !is_there(left)).cloned();
        self.left.entry(now.page.clone()).or_default().extend(elsewhere);
    }

    /// The addresses of the pages that have moved, each with that of the page in its place.
    pub(super) fn moves(&self) -> impl Iterator<Item = (SitePath, SitePath)> {
        let moved = self.pages.iter().filter_map(|page| Some((page, page.trail.place()?)));
        moved.map(|(page, now)| (SitePath::page(&page.page), SitePath::page(&now.page)))
    }

    /// A page that the program made, or a file.
    fn path(&mut self, edition: usize, path: &str, pages: &Pages, seen: &mut HashSet<String>) {
        let (page, file) = (SitePath::page(path), SitePath::file(path));
        if pages.get(&page).is_some() || pages.get(&file).is_some() || !seen.insert(path.to_owned()) {
            return;
        }
        if is_file(path) {
            self.files.push(Kept { edition, path: file });
        } else {
            self.pages.push(Departed {
                edition,
                page: path.to_owned(),
                title: None,
                trail: Trail::Absent,
                places: Vec::new(),
            });
        }
    }

    /// What has left a page that is still there.
    pub(super) fn left(&self, page: &str) -> &[Left] {
        self.left.get(page).map_or(&[], Vec::as_slice)
    }
}

/// Whether a path names a file: the addresses of pages have no end.
fn is_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
