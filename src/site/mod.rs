//! The site: a function from path to bytes.
//!
//! [`Site::paths`] lists what there is and [`Site::render`] makes one of them. `build` renders every path,
//! `serve` the one that is asked for; there is no other way a page is made, so a preview is what is published.

mod analytic_index;
mod citation;
mod concerns;
mod content;
mod data;
mod feed;
mod headers;
mod hrefs;
mod image_size;
mod llms;
mod look;
mod navigation;
mod page;
mod path;
mod problems;
mod search;
mod sitemap;
mod translations;
mod views;
mod volume;
mod whole;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::diagnostic::{self, Diagnostic, Place};
use crate::handbook::{Date, Handbook};
use crate::lint::lint;
use crate::source::Source;
use crate::theme::{Choice, Theme};

use content::Content;
pub use headers::HEADERS;
use page::Has;
pub use path::SitePath;
pub use problems::gather;
use volume::Volume;

/// What a site is made with, beside its sources.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Replaces the handbook's own `base_url`; absolute, with a final `/`.
    pub base_url: Option<String>,
    /// Whether the site can be searched; a program without the feature `search` makes none that can.
    pub search: bool,
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
            today: since.and_then(|since| Date::of_unix_time(since.as_secs())),
        }
    }
}

/// All pages and files of a handbook, ready to be rendered one by one.
pub struct Site {
    root: Volume,
    stage_times: Vec<(&'static str, Duration)>,
}

impl Site {
    /// Reads a handbook and links it. The problems are all that can be known without rendering, sorted by
    /// place; a site with errors can still be rendered where it is whole, but should not be published.
    pub fn load(source: Arc<dyn Source>, options: &Options) -> (Self, Vec<Diagnostic>) {
        let mut clock = Clock::start();
        let (content, mut diagnostics) = Content::read(Arc::clone(&source), &mut clock);
        let handbook = &content.handbook;
        diagnostics.extend(lint(handbook, &content.links, options.today));
        clock.lap("rules");
        let (theme, problems) = Theme::load(source.as_ref(), chosen_theme(handbook));
        diagnostics.extend(problems);
        clock.lap("theme");
        let base_url = options.base_url.clone().or_else(|| handbook.config.base_url.clone());
        let has = Has { base_url: base_url.is_some(), search: options.search && search::IS_BUILT_IN };
        let (root, problems) = Volume::new(content, Arc::new(theme), has, base_url);
        diagnostics.extend(problems);
        clock.lap("pages");
        diagnostic::sort(&mut diagnostics);
        (Self { root, stage_times: clock.laps }, diagnostics)
    }

    /// Every path of the site, in order.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.root.paths()
    }

    /// The bytes at a path; `None` when there is nothing.
    ///
    /// # Errors
    /// A template cannot be applied, or a file of the handbook is no longer readable.
    pub fn render(&self, path: &SitePath) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        self.root.render(path)
    }

    /// Renders everything and keeps only what went wrong, sorted by place: what `check` says beyond loading.
    pub fn dry_run(&self) -> Vec<Diagnostic> {
        self.root.dry_run()
    }

    /// The files of the search index, which is made anew at each call; none where the site cannot be searched.
    ///
    /// # Errors
    /// The index cannot be made.
    pub fn search_index(&self) -> Result<BTreeMap<SitePath, Vec<u8>>, Box<Diagnostic>> {
        self.root.search_index()
    }

    /// Whether a path is one of the search index, which is not made path by path.
    pub fn is_of_search_index(path: &SitePath) -> bool {
        path.as_str().strip_prefix(search::FOLDER).is_some_and(|rest| rest.starts_with('/'))
    }

    /// How long each stage of loading took.
    pub fn stage_times(&self) -> &[(&'static str, Duration)] {
        &self.stage_times
    }

    /// The handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.root.handbook
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
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { since: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now.duration_since(self.since)));
        self.since = now;
    }
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("title", &self.root.handbook.title).finish_non_exhaustive()
    }
}
