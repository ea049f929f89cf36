//! Every page and file of the site, and its path.

use std::collections::{BTreeMap, HashMap};

use crate::act::Address;
use crate::diagnostic::{Code, Diagnostic, Lang, Place, SourceFile};
use crate::handbook::{Child, Document, Handbook};
use crate::links::{Target, counts};
use crate::say;
use crate::source::SourcePath;

use super::concerns::{Concerns, Dimension, Value};
use super::data::DataFile;
use super::departures::Departures;
use super::headers::HostFile;
use super::{SitePath, analytic_index, feed, search, whole};

/// What stands at a path. Numbers index the handbook's own lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Page {
    Document(usize),
    /// A folder without a page of its own.
    Section(usize),
    Acts,
    Act(usize),
    /// An act with all its articles on one page.
    WholeAct(usize),
    Article {
        act: usize,
        article: usize,
    },
    Glossary,
    Term(usize),
    ActivityLines,
    /// The page that lists the files of data.
    DataIndex,
    Data(DataFile),
    Coverage,
    Cycle,
    /// The ways into what concerns a reader.
    Concerns,
    /// What concerns one value of one dimension.
    Concern {
        dimension: usize,
        value: usize,
    },
    /// The data of the combined filter.
    Filter,
    AnalyticIndex,
    /// The page that searches.
    Search,
    /// The whole handbook on one page, for paper.
    Print,
    /// What has changed since the edition before.
    Changes,
    /// The list of all editions.
    Editions,
    /// The feed of editions.
    EditionsFeed,
    /// A page of an earlier edition that is no longer here: where it went, or why it is gone.
    Departed(usize),
    /// A file of an earlier edition that is no longer here.
    Kept(usize),
    NotFound,
    Sitemap,
    Robots,
    /// What is new, in a language.
    Feed(Lang),
    /// The list of the pages' texts for language models.
    Llms,
    /// The Markdown of a document, as its author wrote it.
    Markdown(usize),
    /// A file that tells a host how to answer.
    Host(HostFile),
    /// A file of the theme.
    Asset(String),
    /// A file of the handbook.
    File(usize),
}

impl Page {
    /// The place in the tree of folders of a page that an author wrote, or of a folder.
    pub(super) fn child(&self) -> Option<Child> {
        match self {
            Self::Document(number) => Some(Child::Document(*number)),
            Self::Section(number) => Some(Child::Section(*number)),
            Self::Acts
            | Self::Act(_)
            | Self::WholeAct(_)
            | Self::Article { .. }
            | Self::Glossary
            | Self::Term(_)
            | Self::ActivityLines
            | Self::DataIndex
            | Self::Data(_)
            | Self::Coverage
            | Self::Cycle
            | Self::Concerns
            | Self::Concern { .. }
            | Self::Filter
            | Self::AnalyticIndex
            | Self::Search
            | Self::Print
            | Self::Changes
            | Self::Editions
            | Self::EditionsFeed
            | Self::Departed(_)
            | Self::Kept(_)
            | Self::NotFound
            | Self::Sitemap
            | Self::Robots
            | Self::Feed(_)
            | Self::Llms
            | Self::Host(_)
            | Self::Markdown(_)
            | Self::Asset(_)
            | Self::File(_) => None,
        }
    }
}

/// What a site has beside its handbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Has {
    /// Whether it is known where the site will be.
    pub(super) base_url: bool,
    /// Whether it can be searched.
    pub(super) search: bool,
    /// Whether it stands in the root of the site, with what hosts look for there.
    pub(super) root: bool,
    /// Whether there is a text before it, to tell what has changed.
    pub(super) changes: bool,
    /// The folder of the editions, where it lists them.
    pub(super) editions: Option<&'static str>,
    /// Whether search engines and readers of news should know it.
    pub(super) is_listed: bool,
}

/// The paths of everything, both ways.
#[derive(Debug, Default)]
pub(super) struct Pages {
    by_path: BTreeMap<SitePath, Page>,
    documents: Vec<SitePath>,
    sections: Vec<SitePath>,
    files: Vec<SitePath>,
    lang: Lang,
}

impl Pages {
    /// Gives every page its path; two things on one path are reported, also when they differ only in case.
    pub(super) fn assign<'a>(
        handbook: &Handbook,
        concerns: &Concerns,
        assets: impl Iterator<Item = &'a str>,
        has: Has,
    ) -> (Self, Vec<Diagnostic>) {
        let mut pages = Self { lang: handbook.config.default_language(), ..Self::default() };
        let mut taken = Taken {
            handbook,
            by_folded_path: HashMap::new(),
            folders: HashMap::new(),
            diagnostics: Vec::new(),
        };
        if has.search {
            // Its files are not known before the index is made; nothing else may stand among them.
            taken.claim(&SitePath::file(search::FOLDER), &Page::Search);
        }
        for (number, document) in handbook.documents.iter().enumerate() {
            let path = SitePath::page(&document.address);
            pages.documents.push(path.clone());
            let is_free = pages.add(path, Page::Document(number), &mut taken);
            if is_free && handbook.config.handles.publish_markdown {
                pages.add(pages.markdown(document), Page::Markdown(number), &mut taken);
            }
        }
        for (number, section) in handbook.sections.all().iter().enumerate() {
            let path = SitePath::page(&section.address);
            pages.sections.push(path.clone());
            if section.index.is_none() {
                pages.add(path, Page::Section(number), &mut taken);
            }
        }
        for (number, (_, address)) in handbook.files.iter().enumerate() {
            let path = SitePath::file(address);
            pages.files.push(path.clone());
            pages.add(path, Page::File(number), &mut taken);
        }
        for (path, page) in pages.generated(handbook, has) {
            pages.add(path, page, &mut taken);
        }
        for (path, page) in pages.handles(handbook, has) {
            pages.add(path, page, &mut taken);
        }
        for (path, page) in pages.of_concerns(concerns) {
            pages.add(path, page, &mut taken);
        }
        for asset in assets {
            pages.add(SitePath::file(&format!("assets/{asset}")), Page::Asset(asset.to_owned()), &mut taken);
        }
        (pages, taken.diagnostics)
    }

    fn generated(&self, handbook: &Handbook, has: Has) -> Vec<(SitePath, Page)> {
        let mut pages = Vec::new();
        if has.root {
            pages.push((SitePath::file("404.html"), Page::NotFound));
            pages.push((SitePath::file("robots.txt"), Page::Robots));
        }
        if has.base_url && has.is_listed {
            pages.push((SitePath::file("sitemap.xml"), Page::Sitemap));
        }
        if has.changes {
            pages.push((self.changes(), Page::Changes));
        }
        if let Some(folder) = has.editions {
            pages.push((SitePath::page(folder), Page::Editions));
            if has.base_url {
                pages.push((SitePath::file(&format!("{folder}/feed.xml")), Page::EditionsFeed));
            }
        }
        if has.search {
            pages.push((self.search(), Page::Search));
        }
        if whole::is_wanted(handbook) {
            pages.push((self.print(), Page::Print));
        }
        if !handbook.acts.is_empty() {
            pages.push((self.acts(), Page::Acts));
        }
        for (number, act) in handbook.acts.iter().enumerate() {
            pages.push((self.act(act.id.as_str()), Page::Act(number)));
            pages.push((self.whole_act(act.id.as_str()), Page::WholeAct(number)));
            for (article_number, article) in act.articles.iter().enumerate() {
                let slug = format!("art-{}", article.number);
                let path = SitePath::page(&format!("{}/{}/{slug}", self.acts_folder(), act.id));
                pages.push((path, Page::Article { act: number, article: article_number }));
            }
        }
        if handbook.glossary.file.is_some() {
            pages.push((self.glossary(), Page::Glossary));
        }
        for (number, term) in handbook.glossary.terms.iter().enumerate() {
            pages.push((self.term(&term.slug), Page::Term(number)));
        }
        if handbook.documents.iter().any(|document| counts(document, handbook)) {
            pages.push((self.cycle(), Page::Cycle));
            if !handbook.acts.is_empty() {
                pages.push((self.coverage(), Page::Coverage));
            }
        }
        if handbook.activity_lines.is_some() {
            pages.push((self.activity_lines(), Page::ActivityLines));
        }
        pages.push((self.data_index(), Page::DataIndex));
        pages.extend(DataFile::ALL.map(|file| (self.data(file), Page::Data(file))));
        if analytic_index::is_wanted(handbook) {
            pages.push((self.analytic_index(), Page::AnalyticIndex));
        }
        pages
    }

    /// The files for machines. Where the handbook brings a host's file of its own, that one stands.
    fn handles(&self, handbook: &Handbook, has: Has) -> Vec<(SitePath, Page)> {
        let mut pages = vec![(self.llms(), Page::Llms)];
        if has.base_url && has.is_listed {
            let langs = Lang::ALL.into_iter().filter(|lang| feed::has_entries(handbook, *lang));
            pages.extend(langs.map(|lang| (self.feed(lang), Page::Feed(lang))));
        }
        if !has.root {
            return pages;
        }
        let always = HostFile::ALL.into_iter().filter(|file| *file != HostFile::Redirects);
        let files = always.map(|file| (SitePath::file(file.name()), Page::Host(file)));
        pages.extend(files.filter(|(path, _)| !self.files.contains(path)));
        pages
    }

    fn of_concerns(&self, concerns: &Concerns) -> Vec<(SitePath, Page)> {
        if concerns.dimensions.is_empty() {
            return Vec::new();
        }
        let mut pages = vec![(self.concerns(), Page::Concerns), (self.filter(), Page::Filter)];
        for (number, dimension) in concerns.dimensions.iter().enumerate() {
            for (value_number, value) in dimension.values.iter().enumerate() {
                let page = Page::Concern { dimension: number, value: value_number };
                pages.push((self.concern(dimension, value), page));
            }
        }
        pages
    }

    /// Gives a page its path; `false` when somebody has it.
    fn add(&mut self, path: SitePath, page: Page, taken: &mut Taken<'_>) -> bool {
        let is_free = taken.claim(&path, &page);
        if is_free {
            self.by_path.insert(path, page);
        }
        is_free
    }

    /// Every path, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.by_path.keys()
    }

    /// Every path with its page, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&SitePath, &Page)> {
        self.by_path.iter()
    }

    /// What stands at a path.
    pub(super) fn get(&self, path: &SitePath) -> Option<&Page> {
        self.by_path.get(path)
    }

    /// The path of a page of the tree of folders.
    pub(super) fn child(&self, child: Child) -> Option<&SitePath> {
        match child {
            Child::Section(number) => self.sections.get(number),
            Child::Document(number) => self.documents.get(number),
        }
    }

    /// Where a reference leads: the page, and the place on it.
    pub(super) fn of_target(
        &self,
        target: &Target,
        handbook: &Handbook,
    ) -> Option<(SitePath, Option<String>)> {
        let document = |number: usize| self.documents.get(number).cloned();
        match target {
            Target::Document(number) => Some((document(*number)?, None)),
            Target::Heading { document: number, anchor } => Some((document(*number)?, Some(anchor.clone()))),
            Target::Provision { document: number, provision } => {
                let chapter = &handbook.documents.get(*number)?.chapter;
                let heading = chapter.headings.get(chapter.provisions.get(*provision)?.heading)?;
                Some((document(*number)?, Some(heading.id.to_string())))
            }
            Target::Section(number) => Some((self.sections.get(*number)?.clone(), None)),
            Target::Address(address) => Some((self.article(address), address.anchor())),
            Target::Act(id) => Some((self.act(id.as_str()), None)),
            Target::Term(number) => {
                Some((self.glossary(), Some(handbook.glossary.terms.get(*number)?.slug.clone())))
            }
            Target::Glossary => Some((self.glossary(), None)),
            Target::ActivityLines => Some((self.activity_lines(), None)),
            Target::File(number) => Some((self.files.get(*number)?.clone(), None)),
            Target::External(_) => None,
        }
    }

    /// The page of an article.
    pub(super) fn article(&self, address: &Address) -> SitePath {
        SitePath::page(&[self.acts_folder(), address.act().as_str(), &address.slug()].join("/"))
    }

    /// The page of an act.
    pub(super) fn act(&self, id: &str) -> SitePath {
        SitePath::page(&format!("{}/{id}", self.acts_folder()))
    }

    /// An act with all its articles.
    pub(super) fn whole_act(&self, id: &str) -> SitePath {
        let name = match self.lang {
            Lang::It => "intero",
            Lang::En => "whole",
        };
        SitePath::page(&format!("{}/{id}/{name}", self.acts_folder()))
    }

    /// The list of the acts.
    pub(super) fn acts(&self) -> SitePath {
        SitePath::page(self.acts_folder())
    }

    /// The glossary.
    pub(super) fn glossary(&self) -> SitePath {
        SitePath::page(self.glossary_folder())
    }

    /// A term's own page.
    pub(super) fn term(&self, slug: &str) -> SitePath {
        SitePath::page(&format!("{}/{slug}", self.glossary_folder()))
    }

    /// Which places of the acts the guidelines implement.
    pub(super) fn coverage(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "copertura",
            Lang::En => "coverage",
        })
    }

    /// Guidelines, practices and changes.
    pub(super) fn cycle(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "ciclo-delle-prove",
            Lang::En => "trial-cycle",
        })
    }

    fn glossary_folder(&self) -> &'static str {
        match self.lang {
            Lang::It => "glossario",
            Lang::En => "glossary",
        }
    }

    /// The table of the activity lines.
    pub(super) fn activity_lines(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "linee-di-attivita",
            Lang::En => "activity-lines",
        })
    }

    /// The page that lists the files of data.
    pub(super) fn data_index(&self) -> SitePath {
        SitePath::page(self.data_folder())
    }

    /// A file of data.
    pub(super) fn data(&self, file: DataFile) -> SitePath {
        SitePath::file(&format!("{}/{}", self.data_folder(), file.name()))
    }

    fn data_folder(&self) -> &'static str {
        match self.lang {
            Lang::It => "dati",
            Lang::En => "data",
        }
    }

    /// What is new in a language: the handbook's own in the root, others in their folder.
    pub(super) fn feed(&self, lang: Lang) -> SitePath {
        match lang == self.lang {
            true => SitePath::file("feed.xml"),
            false => SitePath::file(&format!("{lang}/feed.xml")),
        }
    }

    /// The list of the pages' texts.
    pub(super) fn llms(&self) -> SitePath {
        SitePath::file("llms.txt")
    }

    /// The Markdown of a document, beside its page.
    pub(super) fn markdown(&self, document: &Document) -> SitePath {
        match document.address.as_str() {
            "" => SitePath::file("index.md"),
            address => SitePath::file(&format!("{address}/index.md")),
        }
    }

    /// The ways into what concerns a reader.
    pub(super) fn concerns(&self) -> SitePath {
        SitePath::page(self.concerns_folder())
    }

    /// What concerns one value.
    pub(super) fn concern(&self, dimension: &Dimension, value: &Value) -> SitePath {
        let folder = self.concerns_folder();
        SitePath::page(&format!("{folder}/{}/{}", dimension.facet.slug(self.lang), value.slug))
    }

    /// The data of the combined filter.
    pub(super) fn filter(&self) -> SitePath {
        SitePath::file(match self.lang {
            Lang::It => "dati/filtro.json",
            Lang::En => "data/filter.json",
        })
    }

    /// The index of all words.
    pub(super) fn analytic_index(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "indice-analitico",
            Lang::En => "index-of-terms",
        })
    }

    /// The page that searches.
    pub(super) fn search(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "cerca",
            Lang::En => "search",
        })
    }

    /// The whole handbook on one page.
    pub(super) fn print(&self) -> SitePath {
        SitePath::page(self.print_folder())
    }

    /// What has changed since the edition before.
    pub(super) fn changes(&self) -> SitePath {
        SitePath::page(match self.lang {
            Lang::It => "modifiche",
            Lang::En => "changes",
        })
    }

    /// Adds a page for each that has left, where nothing else stands.
    pub(super) fn add_departed(&mut self, departures: &Departures) {
        let pages = departures.pages.iter().enumerate();
        let pages = pages.map(|(number, departed)| (SitePath::page(&departed.page), Page::Departed(number)));
        let files = departures.files.iter().enumerate();
        let files = files.map(|(number, kept)| (kept.path.clone(), Page::Kept(number)));
        for (path, page) in pages.chain(files) {
            self.by_path.entry(path).or_insert(page);
        }
        let redirects = HostFile::Redirects;
        let answers_for_hosts = self.by_path.contains_key(&SitePath::file(HostFile::Headers.name()));
        if answers_for_hosts && departures.moves().next().is_some() {
            self.by_path.entry(SitePath::file(redirects.name())).or_insert(Page::Host(redirects));
        }
    }

    /// Whether a path is that page's; asked at every link.
    pub(super) fn is_print(&self, path: &SitePath) -> bool {
        path.as_str().strip_prefix(self.print_folder()) == Some("/index.html")
    }

    fn print_folder(&self) -> &'static str {
        match self.lang {
            Lang::It => "stampa",
            Lang::En => "print",
        }
    }

    fn concerns_folder(&self) -> &'static str {
        match self.lang {
            Lang::It => "che-cosa-riguarda-me",
            Lang::En => "what-concerns-me",
        }
    }

    fn acts_folder(&self) -> &'static str {
        match self.lang {
            Lang::It => "atti",
            Lang::En => "acts",
        }
    }
}

/// Who has which path already, without regard to case: a disk may not tell upper from lower.
struct Taken<'h> {
    handbook: &'h Handbook,
    by_folded_path: HashMap<String, (SitePath, Page)>,
    /// The folders of those paths: a file cannot have the name of a folder.
    folders: HashMap<String, (SitePath, Page)>,
    diagnostics: Vec<Diagnostic>,
}

impl Taken<'_> {
    /// Claims a path; `false`, and a diagnostic, when somebody has it.
    fn claim(&mut self, path: &SitePath, page: &Page) -> bool {
        let folded = path.as_str().to_lowercase();
        let folders: Vec<&str> = folded.match_indices('/').filter_map(|(at, _)| folded.get(..at)).collect();
        let first = self.by_folded_path.get(&folded).or_else(|| self.folders.get(&folded));
        let first = first.or_else(|| folders.iter().find_map(|folder| self.by_folded_path.get(*folder)));
        let Some((first_path, first)) = first else {
            // The folders around a known one are known.
            for folder in folders.into_iter().rev() {
                if self.folders.contains_key(folder) {
                    break;
                }
                self.folders.insert(folder.to_owned(), (path.clone(), page.clone()));
            }
            self.by_folded_path.insert(folded, (path.clone(), page.clone()));
            return true;
        };
        let url = path.url();
        let (a, b) = (first_path.as_str(), path.as_str());
        let message = if a == b {
            say!("due contenuti hanno lo stesso indirizzo `/{url}`"; "two contents have the same address `/{url}`")
        } else if a.to_lowercase() == b.to_lowercase() {
            say!("due contenuti hanno indirizzi che differiscono solo per maiuscole e minuscole: `/{url}`"; "two contents have addresses that differ only in upper and lower case: `/{url}`")
        } else {
            say!("un file e una cartella hanno lo stesso indirizzo: `{a}` e `{b}`"; "a file and a folder have the same address: `{a}` and `{b}`")
        };
        let is_generated = |page: &Page| place(self.handbook, page).is_none();
        let generated =
            if is_generated(first) { Some(first_path) } else { is_generated(page).then_some(path) };
        let help = match generated.map(SitePath::url) {
            Some(url) => {
                say!("il programma crea da sé la pagina `/{url}`: rinomina il file, o toglilo"; "the program makes the page `/{url}` by itself: rename the file, or remove it")
            }
            None => say!("rinomina il file, o toglilo"; "rename the file, or remove it"),
        };
        let mut diagnostic = Diagnostic::error(Code::DuplicatePath, message).help(help);
        // The place is a file that the author can rename: a generated page has none.
        let (first, second) = (place(self.handbook, first), place(self.handbook, page));
        diagnostic.place = second.clone().or_else(|| first.clone());
        if let (Some(first), Some(_)) = (first, second) {
            diagnostic = diagnostic.related(first, say!("l'altro è questo"; "the other is this"));
        }
        self.diagnostics.push(diagnostic);
        false
    }
}

fn place(handbook: &Handbook, page: &Page) -> Option<Place> {
    let named = |path: &SourcePath| Place::file(&SourceFile::without_text(path.as_str()));
    let of_document = |number: usize| handbook.documents.get(number).map(|document| document.place());
    if let Page::File(number) = page {
        return handbook.files.get(*number).map(|(path, _)| named(path));
    }
    if let Page::Markdown(number) = page {
        return of_document(*number);
    }
    match page.child()? {
        Child::Document(number) => of_document(number),
        Child::Section(number) => handbook.sections.get(number).map(|section| named(&section.path)),
    }
}
