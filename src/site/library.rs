//! What the volumes of a site know of each other.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use crate::diagnostic::{Diagnostic, Lang};
use crate::edition::redline::{Between, Gone, Redline, redline_over};
use crate::edition::{Edition, Published, Register, Shelf, Trail, follow};
use crate::handbook::{Date, EditionNumber, Handbook};
use crate::markdown::Highlighter;
use crate::theme::Theme;

use super::concerns::Concerns;
use super::content::Content;
use super::page::{Has, Pages};
use super::{Clock, SitePath, register};

/// The texts of a handbook: its editions by their index on the shelf, and after them the draft, which is the handbook as
/// it is on disk.
pub(super) struct Library {
    pub(super) shelf: Arc<Shelf>,
    pub(super) theme: Arc<Theme>,
    /// Loaded when the first page with code is rendered.
    pub(super) highlighter: Arc<OnceLock<Highlighter>>,
    /// Where the site stands, with a final `/`.
    pub(super) base_url: Option<String>,
    /// Whether the site can be searched.
    pub(super) search: bool,
    /// Whether the draft has pages, where there are editions.
    pub(super) shows_draft: bool,
    draft: Arc<Content>,
    draft_register: OnceLock<Arc<Register>>,
    contents: Arc<Mutex<Contents>>,
    /// The differences that were found last, between which texts: an edition that stands at two places is compared once.
    redline: Mutex<Option<(usize, usize, Arc<Redline>)>>,
}

/// The editions that were read. Those that nobody uses any longer are forgotten, but for the last two: whoever goes
/// through all of them, each beside the one before, reads each once.
#[derive(Default)]
struct Contents {
    used: HashMap<usize, Weak<Content>>,
    last: VecDeque<Arc<Content>>,
}

/// How many editions are kept though nobody uses them.
const KEPT: usize = 2;

impl Contents {
    fn keep(&mut self, content: &Arc<Content>) {
        self.last.retain(|kept| !Arc::ptr_eq(kept, content));
        self.last.push_back(Arc::clone(content));
        while self.last.len() > KEPT {
            self.last.pop_front();
        }
    }
}

/// Where a text stands in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mount {
    /// The folder, with a final `/`; empty for the root.
    pub(super) folder: String,
    /// Which text.
    pub(super) text: usize,
}

impl Mount {
    pub(super) fn is_root(&self) -> bool {
        self.folder.is_empty()
    }
}

impl Library {
    pub(super) fn new(
        shelf: Shelf,
        theme: Theme,
        draft: Arc<Content>,
        base_url: Option<String>,
        search: bool,
        shows_draft: bool,
    ) -> Self {
        Self {
            shelf: Arc::new(shelf),
            theme: Arc::new(theme),
            highlighter: Arc::default(),
            base_url,
            search,
            shows_draft,
            draft,
            draft_register: OnceLock::new(),
            contents: Arc::default(),
            redline: Mutex::default(),
        }
    }

    /// The same with a draft that differs in nothing but its words.
    pub(super) fn with_other_words(&self, draft: Arc<Content>) -> Self {
        let redline = self.redline.lock().unwrap_or_else(PoisonError::into_inner);
        let redline = redline.clone().filter(|(_, after, _)| *after != self.draft());
        Self {
            shelf: Arc::clone(&self.shelf),
            theme: Arc::clone(&self.theme),
            highlighter: Arc::clone(&self.highlighter),
            base_url: self.base_url.clone(),
            search: self.search,
            shows_draft: self.shows_draft,
            draft,
            draft_register: self.draft_register.clone(),
            contents: Arc::clone(&self.contents),
            redline: Mutex::new(redline),
        }
    }

    /// The index of the draft.
    pub(super) fn draft(&self) -> usize {
        self.shelf.editions().len()
    }

    /// Whether anything was published.
    pub(super) fn has_editions(&self) -> bool {
        !self.shelf.editions().is_empty()
    }

    /// The text that stands in the root.
    pub(super) fn current(&self) -> usize {
        self.shelf.current().unwrap_or_else(|| self.draft())
    }

    /// An edition; the draft is none.
    pub(super) fn edition(&self, text: usize) -> Option<&Edition> {
        self.shelf.editions().get(text)
    }

    /// The texts that readers can choose from; none where there is no edition.
    pub(super) fn choices(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let end = if self.shows_draft { self.draft() + 1 } else { self.draft() };
        let is_there = !self.shelf.editions().is_empty();
        0..if is_there { end } else { 0 }
    }

    /// The text before one, which it is compared with.
    pub(super) fn before(&self, text: usize) -> Option<usize> {
        text.checked_sub(1)
    }

    /// Where every text stands: the root first.
    pub(super) fn mounts(&self) -> Vec<Mount> {
        let root = Mount { folder: String::new(), text: self.current() };
        // The newest first: each is compared with the one before, which then need not be read again.
        let others = self.choices().rev().map(|text| Mount { folder: self.folder(text), text });
        std::iter::once(root).chain(others).collect()
    }

    /// Where the draft stands, or would stand: in the root as long as there is no edition.
    pub(super) fn draft_mount(&self) -> Mount {
        let is_alone = self.shelf.editions().is_empty();
        let folder = if is_alone { String::new() } else { self.folder(self.draft()) };
        Mount { folder, text: self.draft() }
    }

    /// The handbook as it is on disk.
    pub(super) fn draft_handbook(&self) -> &Handbook {
        &self.draft.handbook
    }

    /// The folder of a text, with a final `/`.
    pub(super) fn folder(&self, text: usize) -> String {
        let name = match (self.edition(text), self.lang()) {
            (Some(edition), _) => edition.number().to_string(),
            (None, Lang::It) => "bozza".to_owned(),
            (None, Lang::En) => "draft".to_owned(),
        };
        format!("{}/{name}/", self.editions_folder())
    }

    /// The folder of all editions.
    pub(super) fn editions_folder(&self) -> &'static str {
        match self.lang() {
            Lang::It => "edizioni",
            Lang::En => "editions",
        }
    }

    /// The list of all editions, in the root.
    pub(super) fn editions_page(&self) -> SitePath {
        SitePath::page(self.editions_folder())
    }

    /// The feed of editions, in the root.
    pub(super) fn editions_feed(&self) -> SitePath {
        SitePath::file(&format!("{}/feed.xml", self.editions_folder()))
    }

    fn lang(&self) -> Lang {
        self.draft.handbook.config.default_language()
    }

    /// The folder where readers are sent to for a text: the one that holds stands in the root.
    pub(super) fn public_folder(&self, text: usize) -> String {
        if text == self.current() { String::new() } else { self.folder(text) }
    }

    /// The address for ever of a text, where the site's is known; a draft has none.
    pub(super) fn permanent_base(&self, text: usize) -> Option<String> {
        let base = self.base_url.as_ref()?;
        match self.shelf.editions().is_empty() {
            true => Some(base.clone()),
            false => self.edition(text).map(|_| format!("{base}{}", self.folder(text))),
        }
    }

    /// The sources of a text, read and linked.
    ///
    /// # Errors
    /// Its store does not have them whole.
    pub(super) fn content(&self, text: usize) -> Result<Arc<Content>, Vec<Diagnostic>> {
        if text == self.draft() {
            return Ok(Arc::clone(&self.draft));
        }
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = contents.used.get(&text).and_then(Weak::upgrade) {
            contents.keep(&content);
            return Ok(content);
        }
        // Its own problems were told when it was published, and nobody can mend them.
        let content = Arc::new(Content::read(self.shelf.open(text)?, None, &mut Clock::start()));
        contents.used.insert(text, Arc::downgrade(&content));
        contents.keep(&content);
        Ok(content)
    }

    /// What a site has that can be searched, and so on, for a text at a place.
    pub(super) fn has(&self, mount: &Mount) -> Has {
        let holds = self.edition(mount.text).is_some_and(Edition::was_current);
        Has {
            base_url: self.base_url.is_some(),
            search: self.search,
            root: mount.is_root(),
            changes: self.before(mount.text).is_some(),
            editions: (mount.is_root() && !self.shelf.editions().is_empty()).then(|| self.editions_folder()),
            is_listed: mount.is_root() || holds,
        }
    }

    /// The names of a text; `None` where it cannot be read.
    pub(super) fn register(&self, text: usize) -> Option<Arc<Register>> {
        if text == self.draft() {
            return self.draft_register.get().cloned();
        }
        self.shelf.register(text, || {
            let content = self.content(text).ok()?;
            let mount = Mount { folder: self.folder(text), text };
            let concerns = Concerns::of(&content.handbook);
            let (pages, _) =
                Pages::assign(&content.handbook, &concerns, self.theme.assets(), self.has(&mount));
            Some(register::of(&content.handbook, &content.links, &pages))
        })
    }

    /// The place that has a name in a text.
    pub(super) fn named(&self, text: usize, name: &str) -> Option<Published> {
        self.register(text)?.find(name).cloned()
    }

    /// Tells the names of the draft, which only its pages know.
    pub(super) fn set_draft_register(&self, register: Register) {
        // The second time they are the same.
        let _ = self.draft_register.set(Arc::new(register));
    }

    /// What a place of one text is in each of them, by their index.
    pub(super) fn trails(&self, place: &Published, from: usize) -> Vec<Trail> {
        follow(place, from, self.draft() + 1, &|text| self.register(text))
    }

    /// What a place of one text is in another.
    pub(super) fn trail(&self, place: &Published, from: usize, to: usize) -> Trail {
        self.trails(place, from).into_iter().nth(to).unwrap_or(Trail::Absent)
    }

    /// What a page of one text is in each of them, by their index; a list that the program makes has one address in all
    /// texts that have it.
    pub(super) fn pages_in(&self, page: &str, from: usize) -> Vec<Option<String>> {
        let own = self.register(from);
        if let Some(place) = own.as_ref().and_then(|own| own.page(page)) {
            let trails = self.trails(place, from).into_iter();
            return trails.map(|trail| trail.place().map(|place| place.page.clone())).collect();
        }
        let has = |text| self.register(text).is_some_and(|register| register.has_path(page));
        (0..=self.draft()).map(|text| has(text).then(|| page.to_owned())).collect()
    }

    /// The same for one of them.
    pub(super) fn page_in(&self, page: &str, from: usize, to: usize) -> Option<String> {
        self.pages_in(page, from).into_iter().nth(to).flatten()
    }

    /// What the texts between two say of the names of the first; those next to each other have none between.
    fn between(&self, before: usize, after: usize) -> Between {
        let mut between = Between::default();
        if after <= before + 1 {
            return between;
        }
        let Some(register) = self.register(before) else { return between };
        for place in register.places() {
            let names = [place.id.clone(), Some(place.address())].into_iter().flatten();
            match self.trail(place, before, after) {
                Trail::Here(now) if now.name() != place.name() || now.page != place.page => {
                    between.moved.extend(names.map(|name| (name, now.name())));
                }
                Trail::Withdrawn(withdrawn) => {
                    let gone = Gone {
                        date: Date::parse(&withdrawn.date),
                        reason: Some(withdrawn.reason),
                        successor: withdrawn.successor,
                    };
                    between.withdrawn.extend(names.map(|name| (name, gone.clone())));
                }
                Trail::Here(_) | Trail::Absent => {}
            }
        }
        between
    }

    /// What has changed from one text to a later one.
    ///
    /// # Errors
    /// The store does not have one of them whole.
    pub(super) fn redline(&self, before: usize, after: usize) -> Result<Arc<Redline>, Vec<Diagnostic>> {
        let mut made = self.redline.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, redline)) = made.as_ref().filter(|(old, new, _)| (*old, *new) == (before, after)) {
            return Ok(Arc::clone(redline));
        }
        let (old, new) = (self.content(before)?, self.content(after)?);
        let redline = Arc::new(redline_over(old.side(), new.side(), &self.between(before, after)));
        *made = Some((before, after, Arc::clone(&redline)));
        Ok(redline)
    }

    /// The number of a text; a draft has none.
    pub(super) fn number(&self, text: usize) -> Option<EditionNumber> {
        self.edition(text).map(Edition::number)
    }
}
