//! The site: a function from path to bytes.
//!
//! A site has parts: a text of the handbook at a place, the root or the folder of an edition. [`Part::paths`] lists what a
//! part has and [`Part::render`] makes one of them; [`Site::render`] finds the part itself. `build` renders every path,
//! `serve` the one that is asked for; there is no other way a page is made, so a preview is what is published.

mod analytic_index;
mod citation;
mod concerns;
mod content;
mod contract;
mod data;
mod departures;
mod editions_feed;
mod feed;
mod headers;
mod hrefs;
mod image_size;
mod library;
mod llms;
mod look;
mod navigation;
mod page;
mod path;
mod problems;
mod provision;
mod register;
mod search;
mod shelf;
mod sitemap;
mod translations;
mod views;
mod volume;
mod whole;
mod xml;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use crate::diagnostic::{self, Diagnostic, Lang, Place, Text};
pub use crate::edition::KnownSeals;
use crate::edition::{self, Edition, Register, Shelf};
use crate::handbook::{Date, Handbook};
use crate::lint::lint;
use crate::say;
use crate::source::{Source, SourcePath};
pub use crate::theme::TemplateTime;
use crate::theme::{Choice, Theme};

use content::Content;
pub use headers::HEADERS;
use library::{Library, Mount};
pub use path::SitePath;
pub use problems::gather;
pub use search::{IndexFiles, Searched};
use volume::Volume;

/// What a site is made with, beside its sources.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Replaces the handbook's own `base_url`; absolute, with a final `/`.
    pub base_url: Option<String>,
    /// Whether the site can be searched; a program without the feature `search` makes none that can.
    pub search: bool,
    /// Whether the handbook as it is on disk has pages beside those of its editions.
    pub shows_draft: bool,
    /// The seals of editions that were read before.
    pub seals: KnownSeals,
    /// The day against which dates of review are held; it reaches no page. `None` holds none.
    pub today: Option<Date>,
}

impl Options {
    /// The options of a site that is made at this time.
    pub fn at(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).ok();
        Self {
            base_url: None,
            search: true,
            shows_draft: false,
            seals: KnownSeals::default(),
            today: since.and_then(|since| Date::of_unix_time(since.as_secs())),
        }
    }
}

/// All pages and files of a handbook and of its editions, ready to be rendered one by one.
pub struct Site {
    library: Arc<Library>,
    draft: Arc<Volume>,
    /// Where each text stands: the root first. One is read when somebody asks for its pages.
    shelves: Vec<(Mount, OnceLock<Opened>)>,
    /// What is wrong with all but the texts.
    problems: Arc<[Diagnostic]>,
    stage_times: Vec<(Text, Duration)>,
}

/// What a site is after files have changed.
#[derive(Debug)]
pub enum After {
    /// No page has changed.
    Same,
    /// Pages say something else, and all are where they were: no other file was read than those that were written.
    OtherWords(Box<Site>),
    /// The whole handbook was read.
    Anew(Box<Site>),
}

/// How a difference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffForm {
    /// For a terminal.
    Text,
    /// A page that stands by itself.
    Html,
    /// For programs.
    Json,
}

/// A volume, or why there is none.
type Opened = Result<Arc<Volume>, Vec<Diagnostic>>;

/// One text at one place of the site: the root, or the folder of an edition.
pub struct Part {
    volume: Arc<Volume>,
}

impl Site {
    /// Reads a handbook and links it. The problems are all that can be known without rendering, sorted by
    /// place; a site with errors can still be rendered where it is whole, but should not be published.
    pub fn load(source: Arc<dyn Source>, options: &Options) -> (Self, Vec<Diagnostic>) {
        let mut site = Self::read(source, options, None);
        let mut clock = Clock::start();
        let mut diagnostics = site.problems();
        diagnostics.extend(site.rules(options.today));
        diagnostic::sort(&mut diagnostics);
        clock.lap(say!("regole"; "rules"));
        site.stage_times.extend(clock.laps);
        (site, diagnostics)
    }

    /// Reads a handbook and links it, but for what is as it was `before`.
    pub fn read(source: Arc<dyn Source>, options: &Options, before: Option<&Self>) -> Self {
        let mut clock = Clock::start();
        let content = Content::read(source, before.map(|before| before.draft.content.as_ref()), &mut clock);
        let handbook = Arc::clone(&content.handbook);
        let (shelf, mut problems) = shelf::open(&content.source, &handbook, &options.seals);
        clock.lap(say!("edizioni"; "editions"));
        let (theme, found) = Theme::load(content.source.as_ref(), chosen_theme(&handbook));
        problems.extend(found);
        clock.lap(say!("tema"; "theme"));
        let base_url = options.base_url.clone().or_else(|| handbook.config.base_url.clone());
        let search = options.search && search::IS_BUILT_IN;
        let content = Arc::new(content);
        let library = Library::new(shelf, theme, Arc::clone(&content), base_url, search, options.shows_draft);
        let library = Arc::new(library);
        let (draft, found) = Volume::new(Arc::clone(&library), library.draft_mount(), content);
        problems.extend(found);
        clock.lap(say!("indirizzi delle pagine"; "addresses of pages"));
        problems.extend(contract::kept(&library, options.today));
        clock.lap(say!("nomi promessi"; "names that were promised"));
        let site = Self::of(library, draft, problems.into());
        Self { stage_times: clock.laps, ..site }
    }

    /// The site after these files were written, of which the source has the bytes of now. Where none is named, others may
    /// have come or gone.
    pub fn after(&self, source: Arc<dyn Source>, written: &[SourcePath], options: &Options) -> After {
        let reread = if written.is_empty() { None } else { self.reread(Arc::clone(&source), written) };
        reread.unwrap_or_else(|| After::Anew(Box::new(Self::read(source, options, Some(self)))))
    }

    /// Reads again the files that were written. `None` where that is not enough: other pages and lists may know of what has
    /// changed.
    fn reread(&self, source: Arc<dyn Source>, written: &[SourcePath]) -> Option<After> {
        let handbook = self.handbook();
        let is_copied = |path: &&SourcePath| handbook.files.iter().any(|(file, _)| file == *path);
        let (copied, documents): (Vec<&SourcePath>, Vec<&SourcePath>) = written.iter().partition(is_copied);
        let documents: Vec<_> = documents.into_iter().cloned().collect();
        let is_data = copied.iter().any(|path| handbook.is_data(path));
        let is_told = |problem: &Diagnostic| {
            let places = problem.place.iter().chain(problem.related.iter().map(|related| &related.place));
            places.into_iter().any(|place| written.iter().any(|path| path.as_str() == place.file.name()))
        };
        if is_data || self.problems.iter().any(is_told) {
            return None;
        }
        let (content, changed) = self.draft.content.reread(source, &documents)?;
        if changed == 0 && copied.is_empty() {
            return Some(After::Same);
        }
        let content = Arc::new(content);
        let library = Arc::new(self.library.with_other_words(Arc::clone(&content)));
        let draft = self.draft.with_other_words(Arc::clone(&library), content);
        let site = Self::of(library, draft, Arc::clone(&self.problems));
        site.keep_editions_of(self);
        Some(After::OtherWords(Box::new(site)))
    }

    fn of(library: Arc<Library>, draft: Volume, problems: Arc<[Diagnostic]>) -> Self {
        let draft = Arc::new(draft);
        let shelves = library.mounts().into_iter().map(|mount| {
            let kept =
                if mount == draft.mount { OnceLock::from(Ok(Arc::clone(&draft))) } else { OnceLock::new() };
            (mount, kept)
        });
        let shelves = shelves.collect();
        Self { library, draft, shelves, problems, stage_times: Vec::new() }
    }

    /// The editions that were opened stay open.
    fn keep_editions_of(&self, before: &Self) {
        for ((mount, kept), (_, opened)) in self.shelves.iter().zip(&before.shelves) {
            if let Some(opened) = opened.get().filter(|_| mount.text != self.library.draft()) {
                // Nobody has opened it yet.
                let _ = kept.set(opened.clone());
            }
        }
    }

    /// All that is wrong and can be known without rendering, the rules aside, in no order.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.draft.content.diagnostics();
        problems.extend_from_slice(&self.problems);
        problems
    }

    /// What breaks the rules of the handbook, in no order.
    pub fn rules(&self, today: Option<Date>) -> Vec<Diagnostic> {
        let numbers: Vec<_> = self.editions().editions().iter().map(Edition::number).collect();
        lint(&self.draft.handbook, &self.draft.links, &numbers, today)
    }

    /// The parts of the site, one after the other; each is read when its turn comes, and forgotten when it is dropped.
    pub fn parts(&self) -> impl Iterator<Item = Result<Part, Vec<Diagnostic>>> {
        self.shelves.iter().map(|(mount, kept)| {
            let volume = kept.get().cloned().unwrap_or_else(|| self.open(mount));
            volume.map(|volume| Part { volume })
        })
    }

    /// The bytes at a path; `None` when there is nothing.
    ///
    /// # Errors
    /// A template cannot be applied, or a file of the handbook or an edition is not readable.
    pub fn render(&self, path: &SitePath) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        let (part, path) = self.part_at(path)?;
        match part {
            Ok(part) => part.volume.render(&path),
            Err(problems) => problems.into_iter().next().map(|problem| Err(Box::new(problem))),
        }
    }

    /// Renders everything and keeps only what went wrong, sorted by place: what `check` says beyond loading. A text that
    /// stands at two places is rendered at the first.
    pub fn dry_run(&self) -> Vec<Diagnostic> {
        let mut problems = self.draft.dry_run();
        let mut rendered = vec![self.library.draft()];
        for (mount, kept) in &self.shelves {
            if rendered.contains(&mount.text) {
                continue;
            }
            rendered.push(mount.text);
            match kept.get().cloned().unwrap_or_else(|| self.open(mount)) {
                Ok(volume) => problems.extend(volume.dry_run()),
                Err(found) => problems.extend(found),
            }
        }
        gather(problems)
    }

    /// The same for the handbook as it is on disk and for what stands in the root: all other editions were rendered before
    /// they were published.
    pub fn dry_run_of_next(&self) -> Vec<Diagnostic> {
        let mut problems = self.draft.dry_run();
        match self.parts().next() {
            Some(Ok(part)) if part.text() != self.library.draft() => problems.extend(part.volume.dry_run()),
            Some(Err(found)) => problems.extend(found),
            Some(Ok(_)) | None => {}
        }
        gather(problems)
    }

    /// The part whose search index has a file at this path, and the file's path in it.
    pub fn searched_at(&self, path: &SitePath) -> Option<(Part, SitePath)> {
        let (part, path) = self.part_at(path)?;
        let is_of_index =
            path.as_str().strip_prefix(search::FOLDER).is_some_and(|rest| rest.starts_with('/'));
        part.ok().filter(|_| is_of_index).map(|part| (part, path))
    }

    /// How long each stage of loading took.
    pub fn stage_times(&self) -> &[(Text, Duration)] {
        &self.stage_times
    }

    /// What each template of the theme took so far, added up over all threads and parts.
    pub fn template_times(&self) -> impl Iterator<Item = TemplateTime<'_>> {
        self.library.theme.template_times()
    }

    /// The handbook as it is on disk.
    pub fn handbook(&self) -> &Handbook {
        &self.draft.handbook
    }

    /// The path under which the handbook as it is on disk can be read: the home page of the draft, else of the site.
    pub fn draft_home(&self) -> SitePath {
        SitePath::page("").under(&self.library.draft_mount().folder)
    }

    /// The names that the handbook, as it is on disk, would publish.
    pub fn register(&self) -> Register {
        let Volume { handbook, links, pages, .. } = self.draft.as_ref();
        let known = self.library.register(self.library.draft());
        known.as_deref().cloned().unwrap_or_else(|| register::of(handbook, links, pages))
    }

    /// The editions.
    pub fn editions(&self) -> &Shelf {
        &self.library.shelf
    }

    /// What changed from one text to a later one, in a form; `None` for the handbook as it is on disk.
    ///
    /// # Errors
    /// One of them cannot be read, or a template cannot be applied.
    pub fn diff(
        &self,
        before: Option<usize>,
        after: Option<usize>,
        form: DiffForm,
        lang: Lang,
    ) -> Result<String, Vec<Diagnostic>> {
        let draft = self.library.draft();
        let (before, after) = (before.unwrap_or(draft), after.unwrap_or(draft));
        let mount = Mount { folder: self.library.folder(after), text: after };
        let content = self.library.content(after)?;
        let (mut volume, _) = Volume::new(Arc::clone(&self.library), mount, content);
        volume.compared = Some(before);
        let one = |problem: Box<Diagnostic>| vec![*problem];
        let redline = volume.redline().map_err(one)?;
        match form {
            DiffForm::Text => Ok(edition::redline::text(redline, &volume.handbook, lang)),
            DiffForm::Json => Ok(format!("{}\n", edition::redline::json(redline, lang).unwrap_or_default())),
            DiffForm::Html => volume.redline_alone().map_err(one),
        }
    }

    /// The part that a path is in, kept for the next time, and the path in it.
    fn part_at(&self, path: &SitePath) -> Option<(Result<Part, Vec<Diagnostic>>, SitePath)> {
        let within = |(mount, _): &&(Mount, _)| !mount.is_root() && path.within(&mount.folder).is_some();
        let (mount, kept) = self.shelves.iter().find(within).or_else(|| self.shelves.first())?;
        let volume = kept.get_or_init(|| self.open(mount)).clone();
        Some((volume.map(|volume| Part { volume }), path.within(&mount.folder)?))
    }

    fn open(&self, mount: &Mount) -> Opened {
        let content = self.library.content(mount.text)?;
        let (volume, _) = Volume::new(Arc::clone(&self.library), mount.clone(), content);
        Ok(Arc::new(volume))
    }
}

impl Part {
    /// Every path of the part, in order, each from the root of the site.
    pub fn paths(&self) -> impl Iterator<Item = SitePath> {
        self.volume.paths().map(|path| path.under(&self.volume.mount.folder))
    }

    /// The bytes at a path of the site; `None` when this part has nothing there.
    ///
    /// # Errors
    /// A template cannot be applied, or a file of the handbook is no longer readable.
    pub fn render(&self, path: &SitePath) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        self.volume.render(&path.within(&self.volume.mount.folder)?)
    }

    /// What can be searched for on its pages; `None` where the site has no search.
    pub fn searched(&self) -> Option<Searched> {
        self.volume.searched()
    }

    /// The folder of its search index.
    pub fn search_folder(&self) -> SitePath {
        self.place(&SitePath::file(search::FOLDER))
    }

    /// A path of this part as a path of the site.
    pub fn place(&self, path: &SitePath) -> SitePath {
        path.under(&self.volume.mount.folder)
    }

    /// Whether another part is the same reading of the same text.
    pub fn says_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.volume.content, &other.volume.content)
    }

    /// Which text it is: parts with the same text have the same search index.
    pub fn text(&self) -> usize {
        self.volume.mount.text
    }

    /// The folder where it stands, with a final `/`; empty for the root.
    pub fn folder(&self) -> &str {
        &self.volume.mount.folder
    }
}

/// The theme that `handbook.yaml` asks for.
fn chosen_theme(handbook: &Handbook) -> Option<Choice<'_>> {
    let (theme, file) = (handbook.config.theme.as_ref()?, handbook.config_file.as_ref()?);
    Some(Choice { name: &theme.text, place: Place::range(file, theme.range.clone()) })
}

/// Times the stages of loading; what it measures is printed, never published.
struct Clock {
    since: Instant,
    laps: Vec<(Text, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { since: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: Text) {
        let now = Instant::now();
        self.laps.push((stage, now.duration_since(self.since)));
        self.since = now;
    }
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("title", &self.draft.handbook.title).finish_non_exhaustive()
    }
}
