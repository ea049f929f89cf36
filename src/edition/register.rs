//! What an edition published under which name.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// A place that an edition published: others may have cited it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it is.
    pub kind: PublishedKind,
    /// The author's id, or the address of a place of an act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The address of its page on the site, without the final `/`; empty for the home page.
    pub page: String,
    /// Where it stands on the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Its title.
    pub title: String,
}

/// What a published place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedKind {
    /// A document.
    Document,
    /// A provision of a guideline.
    Provision,
    /// A heading to which the author gave an id.
    Heading,
    /// An entry of the glossary.
    Term,
    /// An act, an article, or a place in an article.
    Act,
}

impl Published {
    /// Its address on the site: the page, and the place on it after a `#`.
    pub fn address(&self) -> String {
        match &self.anchor {
            Some(anchor) => format!("{}#{anchor}", self.page),
            None => self.page.clone(),
        }
    }

    /// What people call it: its id, else its address.
    pub fn name(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.address())
    }
}

/// A name that an edition gives up, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Since when: a day, `AAAA-MM-GG`.
    pub date: String,
    /// Why.
    pub reason: String,
    /// The name of what takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
}

/// What became of a place in a later edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'r> {
    /// It is there, perhaps under another name.
    Here(&'r Published),
    /// It was withdrawn.
    Withdrawn(&'r Withdrawn),
    /// Nothing tells.
    Lost,
}

/// The names of one edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Names", into = "Names")]
pub struct Register {
    names: Names,
    by_id: HashMap<String, usize>,
    by_address: HashMap<String, usize>,
    by_path: HashSet<String>,
    /// The former names of each place, by its number.
    former: HashMap<usize, Vec<String>>,
}

/// A register as it is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Names {
    /// Everything that can be cited.
    places: Vec<Published>,
    /// Every other file of the site that somebody may have linked to.
    paths: Vec<String>,
    /// Former names, each with the name of what has taken its place.
    moved: BTreeMap<String, String>,
    /// Former names that were given up.
    withdrawn: BTreeMap<String, Withdrawn>,
}

impl From<Names> for Register {
    fn from(names: Names) -> Self {
        let mut register = Self { names, ..Self::default() };
        for (number, place) in register.names.places.iter().enumerate() {
            if let Some(id) = &place.id {
                register.by_id.entry(id.clone()).or_insert(number);
            }
            register.by_address.entry(place.address()).or_insert(number);
        }
        register.by_path = register.names.paths.iter().cloned().collect();
        for (old, new) in &register.names.moved {
            if let Some(number) = register.number(new) {
                register.former.entry(number).or_default().push(old.clone());
            }
        }
        register
    }
}

impl From<Register> for Names {
    fn from(register: Register) -> Self {
        register.names
    }
}

impl Register {
    /// A register of these places and files, with what the edition says of former names.
    pub fn new(
        places: Vec<Published>,
        paths: Vec<String>,
        moved: BTreeMap<String, String>,
        withdrawn: BTreeMap<String, Withdrawn>,
    ) -> Self {
        Names { places, paths, moved, withdrawn }.into()
    }

    /// Everything that can be cited, in the order of the pages.
    pub fn places(&self) -> &[Published] {
        &self.names.places
    }

    /// The other files.
    pub fn paths(&self) -> &[String] {
        &self.names.paths
    }

    /// Former names, each with the name of what has taken its place.
    pub fn moved(&self) -> &BTreeMap<String, String> {
        &self.names.moved
    }

    /// The page at this address, where it is more than a list that the program makes.
    pub fn page(&self, address: &str) -> Option<&Published> {
        self.at(address).filter(|place| place.anchor.is_none())
    }

    /// Whether there is a page or file at this address.
    pub fn has_path(&self, address: &str) -> bool {
        self.by_path.contains(address) || self.page(address).is_some()
    }

    /// The place with this id or address.
    pub fn find(&self, name: &str) -> Option<&Published> {
        self.names.places.get(self.number(name)?)
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.by_id.get(name).or_else(|| self.by_address.get(name)).copied()
    }

    /// Where a place of this edition stood in the edition before.
    pub fn origin<'b>(&self, place: &Published, before: &'b Self) -> Option<&'b Published> {
        let of_former_name = || {
            let former = self.former.get(&self.number(&place.name())?)?;
            former.iter().find_map(|name| before.find(name))
        };
        before.same(place).or_else(of_former_name).or_else(|| {
            // What stands on a page came with the page.
            let (page, anchor) = (self.at(&place.page)?, place.anchor.as_ref()?);
            let page = self.origin(page, before)?;
            before.at(&format!("{}#{anchor}", page.page))
        })
    }

    /// What became in this edition of a place of an earlier one.
    pub fn fate(&self, before: &Published) -> Fate<'_> {
        let names = [before.id.clone(), Some(before.address())];
        let names = || names.iter().flatten();
        if let Some(place) = self.same(before) {
            return Fate::Here(place);
        }
        if let Some(place) = names().find_map(|name| self.find(self.names.moved.get(name)?)) {
            return Fate::Here(place);
        }
        if let Some(withdrawn) = names().find_map(|name| self.names.withdrawn.get(name)) {
            return Fate::Withdrawn(withdrawn);
        }
        self.fate_with_page(before)
    }

    /// The same thing: what has an id is known by it, all else by its address.
    fn same(&self, before: &Published) -> Option<&Published> {
        match &before.id {
            Some(id) => self.by_id.get(id).and_then(|number| self.names.places.get(*number)),
            None => self.at(&before.address()).filter(|place| place.kind == before.kind),
        }
    }

    fn at(&self, address: &str) -> Option<&Published> {
        self.names.places.get(*self.by_address.get(address)?)
    }

    /// What stands on a page goes where the page goes.
    fn fate_with_page(&self, before: &Published) -> Fate<'_> {
        let Some(anchor) = &before.anchor else { return Fate::Lost };
        if let Some(page) = self.names.moved.get(&before.page).and_then(|name| self.find(name)) {
            let address = format!("{}#{anchor}", page.page);
            return self.at(&address).map_or(Fate::Lost, Fate::Here);
        }
        self.names.withdrawn.get(&before.page).map_or(Fate::Lost, Fate::Withdrawn)
    }
}
