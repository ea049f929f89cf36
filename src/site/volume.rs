//! One handbook of the site, ready to be rendered page by page.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use crate::act::Act;
use crate::diagnostic::{Code, Diagnostic, Lang};
use crate::edition::redline::Redline;
use crate::handbook::Handbook;
use crate::links::Links;
use crate::markdown::{Highlighter, Labels, Level};
use crate::say;
use crate::source::{Source, unreadable};
use crate::theme::Theme;

use super::concerns::Concerns;
use super::content::Content;
use super::data::{DataFile, DataFiles, Extent};
use super::departures::Departures;
use super::image_size::{ImageSize, image_size};
use super::library::{Library, Mount};
use super::navigation::Siblings;
use super::page::{Page, Pages};
use super::search::Searched;
use super::whole::Whole;
use super::{SitePath, editions_feed, feed, gather, llms, look, register, sitemap, views};

/// A handbook ready to be rendered, page by page.
pub(super) struct Volume {
    pub(super) library: Arc<Library>,
    pub(super) mount: Mount,
    /// The text that this one is compared with: the one before, as a rule.
    pub(super) compared: Option<usize>,
    /// What it is made of.
    pub(super) content: Arc<Content>,
    pub(super) source: Arc<dyn Source>,
    pub(super) handbook: Arc<Handbook>,
    pub(super) links: Arc<Links>,
    pub(super) theme: Arc<Theme>,
    /// By [`Lang::ALL`].
    labels: [Labels; Lang::ALL.len()],
    pub(super) pages: Arc<Pages>,
    pub(super) concerns: Arc<Concerns>,
    pub(super) departures: Arc<Departures>,
    /// Where it stands on the web, with a final `/`.
    pub(super) base_url: Option<String>,
    /// The theme's, with the handbook's own colour and font; `None` where it has neither.
    stylesheet: Option<Arc<[u8]>>,
    made: Made,
}

/// What is made when somebody asks for the first page that needs it.
struct Made {
    data: DataFiles,
    /// By the number of the file; read when the first page that shows it is rendered.
    image_sizes: Vec<OnceLock<Option<ImageSize>>>,
    /// By the number of the section; made when the first of its pages is rendered.
    siblings: Vec<OnceLock<Siblings>>,
    /// Made when the page with the whole handbook is rendered.
    whole: OnceLock<Whole>,
    /// Made when the first page that tells of it is rendered.
    redline: OnceLock<Result<Arc<Redline>, Box<Diagnostic>>>,
}

impl Made {
    fn nothing_of(handbook: &Handbook) -> Self {
        Self {
            data: DataFiles::default(),
            image_sizes: handbook.files.iter().map(|_| OnceLock::new()).collect(),
            siblings: handbook.sections.all().iter().map(|_| OnceLock::new()).collect(),
            whole: OnceLock::new(),
            redline: OnceLock::new(),
        }
    }
}

impl Volume {
    /// Gives the pages of a text their paths; the problems are those that only pages have.
    pub(super) fn new(library: Arc<Library>, mount: Mount, content: Arc<Content>) -> (Self, Vec<Diagnostic>) {
        let Content { source, handbook, links, .. } = content.as_ref().clone();
        let theme = Arc::clone(&library.theme);
        let concerns = Concerns::of(&handbook);
        let (mut pages, mut diagnostics) =
            Pages::assign(&handbook, &concerns, theme.assets(), library.has(&mount));
        let (stylesheet, problem) = look::stylesheet(&handbook, &links, &pages, &theme);
        diagnostics.extend(problem);
        // Beside no edition nobody asks.
        if mount.text == library.draft() && library.has_editions() {
            library.set_draft_register(register::of(&handbook, &links, &pages));
        }
        let answers_for_others = mount.is_root() || mount.text == library.draft();
        let departures = match answers_for_others {
            true => Departures::of(&library, mount.text, &pages),
            false => Departures::default(),
        };
        pages.add_departed(&departures);
        let labels = Lang::ALL.map(|lang| labels(&theme, &handbook, lang));
        let made = Made::nothing_of(&handbook);
        let base_url = library.base_url.as_ref().map(|base| format!("{base}{}", mount.folder));
        let volume = Self {
            compared: library.before(mount.text),
            library,
            mount,
            content,
            source,
            handbook,
            links,
            theme,
            labels,
            pages: Arc::new(pages),
            concerns: Arc::new(concerns),
            departures: Arc::new(departures),
            base_url,
            stylesheet: stylesheet.map(Arc::from),
            made,
        };
        (volume, diagnostics)
    }

    /// The same for a text that differs in nothing but its words: every page has the path that it had.
    pub(super) fn with_other_words(&self, library: Arc<Library>, content: Arc<Content>) -> Self {
        let Content { source, handbook, links, .. } = content.as_ref().clone();
        Self {
            compared: self.compared,
            library,
            mount: self.mount.clone(),
            content,
            source,
            theme: Arc::clone(&self.theme),
            labels: self.labels.clone(),
            pages: Arc::clone(&self.pages),
            concerns: Arc::clone(&self.concerns),
            departures: Arc::clone(&self.departures),
            base_url: self.base_url.clone(),
            stylesheet: self.stylesheet.clone(),
            made: Made::nothing_of(&handbook),
            handbook,
            links,
        }
    }

    /// Every path of the site, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.pages.paths()
    }

    /// The bytes at a path; `None` when there is nothing.
    ///
    /// # Errors
    /// A template cannot be applied, or a file of the handbook is no longer readable.
    pub(super) fn render(&self, path: &SitePath) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        self.pages.get(path).map(|page| self.render_page(path, page))
    }

    /// Renders everything and keeps only what went wrong, sorted by place: what `check` says beyond loading.
    pub(super) fn dry_run(&self) -> Vec<Diagnostic> {
        let paths: Vec<_> = self.pages.iter().collect();
        let problem = |(path, page): &(&SitePath, &Page)| self.render_page(path, page).err();
        gather(paths.par_iter().filter_map(problem).map(|problem| *problem).collect())
    }

    /// What can be searched for on its pages; `None` where the site has no search.
    pub(super) fn searched(&self) -> Option<Searched> {
        self.pages.get(&self.pages.search()).map(|_| Searched::of(self))
    }

    fn render_page(&self, path: &SitePath, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        let lang = self.handbook.config.default_language();
        match page {
            Page::Document(number) => match self.handbook.documents.get(*number) {
                Some(document) => self.html(
                    "document.html",
                    document.lang,
                    &views::document(self, path, *number, document),
                    path,
                ),
                None => Ok(Vec::new()),
            },
            Page::Section(number) => match self.handbook.sections.get(*number) {
                Some(section) => self.html(
                    "section.html",
                    section.lang,
                    &views::section(self, path, *number, section),
                    path,
                ),
                None => Ok(Vec::new()),
            },
            Page::Acts => self.html("acts.html", lang, &views::acts(self, path), path),
            Page::Act(number) => {
                self.of_act(*number, |act| self.html("act.html", lang, &views::act(self, path, act), path))
            }
            Page::Article { act, article } => self.of_act(*act, |act| {
                self.html("article.html", lang, &views::article(self, path, act, *article), path)
            }),
            Page::WholeAct(number) => self.of_act(*number, |act| {
                self.html("whole-act.html", lang, &views::whole_act(self, path, act), path)
            }),
            Page::Term(number) => self.html("term.html", lang, &views::term(self, path, *number), path),
            Page::Coverage => self.html("coverage.html", lang, &views::coverage(self, path), path),
            Page::Cycle => self.html("cycle.html", lang, &views::cycle(self, path), path),
            Page::Glossary => self.html("glossary.html", lang, &views::glossary(self, path), path),
            Page::ActivityLines => {
                self.html("activity-lines.html", lang, &views::activity_lines(self, path), path)
            }
            Page::DataIndex => self.html("data.html", lang, &views::data(self, path), path),
            Page::Data(file) => Ok(self.made.data.bytes(self, *file)),
            Page::Concerns => self.html("concerns.html", lang, &views::concerns(self, path), path),
            Page::Concern { dimension, value } => match self.concerns.get(*dimension, *value) {
                Some((dimension, value)) => {
                    self.html("concern.html", lang, &views::concern(self, path, dimension, value), path)
                }
                None => Ok(Vec::new()),
            },
            Page::Filter => Ok(views::filter(self)),
            Page::AnalyticIndex => {
                self.html("analytic-index.html", lang, &views::analytic_index(self, path), path)
            }
            Page::Search => self.html("search.html", lang, &views::search(self, path), path),
            Page::Print => self.html("print.html", lang, &views::print(self, path)?, path),
            Page::Changes => self.html("redline.html", lang, &views::redline(self, path)?, path),
            Page::Editions => self.html("editions.html", lang, &views::editions(self, path), path),
            Page::EditionsFeed => Ok(editions_feed::feed(self).into_bytes()),
            Page::Departed(number) => self.departed(*number, path, lang),
            Page::Kept(number) => self.kept(*number),
            Page::NotFound => self.html("not-found.html", lang, &views::not_found(self, path), path),
            Page::Sitemap => Ok(sitemap::sitemap(self).into_bytes()),
            Page::Robots => Ok(sitemap::robots(self).into_bytes()),
            Page::Asset(name) => Ok(self.asset(name).to_vec()),
            Page::Feed(lang) => Ok(feed::feed(self, *lang).into_bytes()),
            Page::Llms => Ok(llms::llms(self).into_bytes()),
            Page::Host(file) => Ok(file.text(self).into_bytes()),
            Page::Markdown(number) => Ok(self.markdown(*number)),
            Page::File(number) => self.file(*number),
        }
    }

    fn of_act(
        &self,
        number: usize,
        make: impl FnOnce(&Act) -> Result<Vec<u8>, Box<Diagnostic>>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.handbook.acts.iter().nth(number).map_or_else(|| Ok(Vec::new()), make)
    }

    fn html(
        &self,
        template: &str,
        lang: Lang,
        view: &impl Serialize,
        path: &SitePath,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.theme.render(template, lang, view, path.as_str()).map(String::into_bytes)
    }

    fn asset(&self, name: &str) -> &[u8] {
        let own = self.stylesheet.as_deref().filter(|_| name == look::STYLESHEET);
        own.or_else(|| self.theme.asset(name)).unwrap_or_default()
    }

    fn departed(&self, number: usize, path: &SitePath, lang: Lang) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some(departed) = self.departures.pages.get(number) else { return Ok(Vec::new()) };
        self.html("departed.html", lang, &views::departed(self, path, departed), path)
    }

    /// A file of an earlier edition, as it was there.
    fn kept(&self, number: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some(kept) = self.departures.files.get(number) else { return Ok(Vec::new()) };
        let library = &self.library;
        let content = library.content(kept.edition).map_err(first)?;
        let mount = Mount { folder: library.folder(kept.edition), text: kept.edition };
        let (volume, _) = Self::new(Arc::clone(library), mount, content);
        volume.render(&kept.path).unwrap_or_else(|| Ok(Vec::new()))
    }

    fn file(&self, number: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some((path, _)) = self.handbook.files.get(number) else { return Ok(Vec::new()) };
        self.source.read(path).map_err(|error| Box::new(unreadable(path, &error)))
    }

    /// What the author wrote, metadata and all: the text that the page is made of.
    fn markdown(&self, number: usize) -> Vec<u8> {
        let document = self.handbook.documents.get(number);
        document.map(|document| document.chapter.file.text().as_bytes().to_vec()).unwrap_or_default()
    }

    /// What has changed since the text before.
    ///
    /// # Errors
    /// Its store does not have that one whole.
    pub(super) fn redline(&self) -> Result<&Redline, Box<Diagnostic>> {
        let made = self.made.redline.get_or_init(|| {
            // The first text has changed in nothing.
            let before = self.compared.unwrap_or(self.mount.text);
            self.library.redline(before, self.mount.text).map_err(first)
        });
        made.as_deref().map_err(Clone::clone)
    }

    /// What has changed, as a page that needs no other.
    ///
    /// # Errors
    /// The text before cannot be read, or the template cannot be applied.
    pub(super) fn redline_alone(&self) -> Result<String, Box<Diagnostic>> {
        let path = self.pages.changes();
        let lang = self.handbook.config.default_language();
        self.theme.render("redline-alone.html", lang, &views::redline(self, &path)?, path.as_str())
    }

    /// The words that the Markdown renderer adds, in a language.
    pub(super) fn labels(&self, lang: Lang) -> &Labels {
        let [it, en] = &self.labels;
        match lang {
            Lang::It => it,
            Lang::En => en,
        }
    }

    /// The path of the site's root on its host: `/`, or `/vademecum/` when the site is published there.
    pub(super) fn root_of_host(&self) -> &str {
        let base = self.base_url.as_deref().unwrap_or("/");
        let host = base.find("://").map_or(0, |scheme| scheme + "://".len());
        let path = base.get(host..).and_then(|rest| rest.find('/')).map(|slash| host + slash);
        path.and_then(|path| base.get(path..)).unwrap_or("/")
    }

    /// How large a file of data is.
    pub(super) fn data_extent(&self, file: DataFile) -> Extent {
        self.made.data.extent(self, file)
    }

    /// The size of an image of the handbook; `None` where it is not known.
    pub(super) fn image_size(&self, file: usize) -> Option<ImageSize> {
        let (path, _) = self.handbook.files.get(file)?;
        let read = || image_size(&path.extension(), &self.source.read(path).ok()?);
        *self.made.image_sizes.get(file)?.get_or_init(read)
    }

    /// Where the navigation of a section's pages is kept.
    pub(super) fn siblings(&self, section: usize) -> Option<&OnceLock<Siblings>> {
        self.made.siblings.get(section)
    }

    pub(super) fn whole(&self) -> &Whole {
        self.made.whole.get_or_init(|| Whole::of(&self.handbook))
    }

    pub(super) fn highlighter(&self) -> &Highlighter {
        self.library.highlighter.get_or_init(Highlighter::new)
    }
}

/// The theme's words for the Markdown renderer, with the vocabulary's names of the levels.
fn labels(theme: &Theme, handbook: &Handbook, lang: Lang) -> Labels {
    let mut labels = theme.labels(lang).clone();
    for (level, label) in Level::ALL.into_iter().zip(&mut labels.levels) {
        if let Some(known) = handbook.vocabularies.levels.known_label(level.name(), lang) {
            known.clone_into(label);
        }
    }
    labels
}

/// Of the problems of an edition, the one that a page tells.
fn first(problems: Vec<Diagnostic>) -> Box<Diagnostic> {
    let first = problems.into_iter().next();
    Box::new(first.unwrap_or_else(|| {
        let message = say!("l'edizione non si può leggere"; "the edition cannot be read");
        Diagnostic::error(Code::UnreadableEdition, message)
    }))
}
