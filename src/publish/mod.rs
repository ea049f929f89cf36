//! Writes a site to a folder: only what changed, each file whole, nothing that is not ours touched.
//!
//! Everything is rendered into a staging folder first. Only when every page is there do the files move to
//! their places, so a build that fails changes nothing; a crash in between leaves whole files, and the
//! record that is written before the first move lets the next build repair the rest.

mod folder;
mod record;
mod stage;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::site::{IndexFiles, Part, Searched, Site, SitePath, gather};

pub use folder::refuse_overlap;
use record::{Entry, Record};
use stage::Stage;

/// What a build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were written because they are new or different.
    pub written: usize,
    /// Files that were already right.
    pub unchanged: usize,
    /// Files of an earlier build that the site no longer has.
    pub removed: usize,
    /// Bytes of the whole site.
    pub bytes: u64,
    /// How long pages took to render, added up over all threads.
    pub rendering: Duration,
    /// How long it took to compare them with the earlier build and to stage what is new, added up over all threads.
    pub staging: Duration,
    /// How long it took to move what was staged to its place.
    pub moving: Duration,
    /// How long the search index took, while the pages were rendered.
    pub search: Duration,
    /// The slowest pages, with how long each took to render.
    pub slowest: Vec<(SitePath, Duration)>,
}

/// Why a site was not published. In every case the output folder is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// Pages that cannot be rendered.
    Diagnostics(Vec<Diagnostic>),
    /// The output folder holds files that no build of ours wrote.
    NotOurs(PathBuf),
    /// The output folder lies around or among the sources.
    Overlap(PathBuf),
    /// The record of the earlier build cannot be read.
    DamagedRecord(PathBuf),
    /// What the file system says, and of which file.
    Io(PathBuf, io::Error),
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Diagnostics(found) => write!(f, "{} pages cannot be rendered", found.len()),
            Self::NotOurs(path) => write!(f, "{} was not written by vademecum", path.display()),
            Self::Overlap(path) => write!(f, "{} lies around or among the sources", path.display()),
            Self::DamagedRecord(path) => write!(f, "{} cannot be read", path.display()),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {}

/// How many pages a report names as the slowest.
const SLOWEST: usize = 10;

/// How far a build has come.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// So many pages more are to be rendered.
    More(usize),
    /// One was.
    Done,
}

/// Publishes every path of a site to `output`; `tell` is called as it goes.
///
/// # Errors
/// See [`PublishError`]; the output folder is then unchanged.
pub fn publish(site: &Site, output: &Path, tell: &(dyn Fn(Progress) + Sync)) -> Result<Report, PublishError> {
    let before = Record::open(output)?;
    let stage = Stage::create(output)?;
    let target = Target { output, before: &before, stage: &stage };
    let mut rendered = Vec::new();
    let mut report = Report::default();
    let mut problems = Vec::new();
    let mut made = Index::default();
    let mut record = Record::default();
    for part in site.parts() {
        let part = match part {
            Ok(part) => part,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        // The index does not wait for the pages, nor they for it.
        let (pages, index) = thread::scope(|scope| {
            let index = scope.spawn(|| made.stage(&part, &target));
            (render_all(&part, &target, tell), index.join())
        });
        let index = index.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        record
            .searched
            .extend(made.mark.clone().map(|mark| (part.search_folder().as_str().to_owned(), mark)));
        for files in [pages, index] {
            match files {
                Ok(files) => rendered.extend(files),
                Err(PublishError::Diagnostics(found)) => problems.extend(found),
                Err(error) => return Err(error),
            }
        }
    }
    if !problems.is_empty() {
        return Err(PublishError::Diagnostics(gather(problems)));
    }
    report.search = made.took;
    for file in rendered {
        report.bytes += file.entry.size;
        if let Some(Took { rendering, staging }) = file.took {
            report.rendering += rendering;
            report.staging += staging;
            report.slowest.push((file.path.clone(), rendering));
        }
        if file.is_new {
            report.written += 1;
        } else {
            report.unchanged += 1;
        }
        record.files.insert(file.path.as_str().to_owned(), file.entry);
    }
    report.slowest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    report.slowest.truncate(SLOWEST);
    let start = Instant::now();
    report.removed = stage.commit(output, &before, record)?;
    report.moving = start.elapsed();
    Ok(report)
}

/// A rendered file: what the record will say of it, and whether it waits in the stage.
struct RenderedFile {
    path: SitePath,
    entry: Entry,
    is_new: bool,
    /// What it took; the files of the search index are made together.
    took: Option<Took>,
}

/// How long one page took.
struct Took {
    rendering: Duration,
    staging: Duration,
}

/// Where files go, and what is there.
#[derive(Clone, Copy)]
struct Target<'a> {
    output: &'a Path,
    before: &'a Record,
    stage: &'a Stage,
}

fn render_all(
    part: &Part,
    target: &Target<'_>,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<RenderedFile>, PublishError> {
    let problems = Mutex::new(Vec::new());
    let paths: Vec<_> = part.paths().collect();
    tell(Progress::More(paths.len()));
    let rendered: Result<Vec<Option<RenderedFile>>, PublishError> = paths
        .par_iter()
        .map(|path| {
            let start = Instant::now();
            let bytes = match part.render(path) {
                Some(Ok(bytes)) => bytes,
                Some(Err(problem)) => {
                    if let Ok(mut problems) = problems.lock() {
                        problems.push(*problem);
                    }
                    return Ok(None);
                }
                None => return Ok(None),
            };
            let rendering = start.elapsed();
            let file = target.keep_or_stage(path, &bytes)?;
            let took = Took { rendering, staging: start.elapsed().saturating_sub(rendering) };
            tell(Progress::Done);
            Ok(Some(RenderedFile { took: Some(took), ..file }))
        })
        .collect();
    let problems = problems.into_inner().unwrap_or_default();
    if !problems.is_empty() {
        return Err(PublishError::Diagnostics(problems));
    }
    Ok(rendered?.into_iter().flatten().collect())
}

/// The search index of the last text: an edition that stands at two places is indexed once.
#[derive(Default)]
struct Index {
    text: Option<usize>,
    /// What it is made of, and what tells that from all else; `None` where the site has no search.
    searched: Option<Searched>,
    mark: Option<String>,
    files: Option<IndexFiles>,
    took: Duration,
}

impl Index {
    /// Stages the files of a part's index, or leaves those of the earlier build where they were made of the same.
    fn stage(&mut self, part: &Part, target: &Target<'_>) -> Result<Vec<RenderedFile>, PublishError> {
        let start = Instant::now();
        if self.text != Some(part.text()) {
            let searched = part.searched();
            let mark = searched.as_ref().map(Searched::mark);
            *self = Self { text: Some(part.text()), searched, mark, files: None, took: self.took };
        }
        let Some(mark) = &self.mark else { return Ok(Vec::new()) };
        let kept = target.before.index_of(target.output, &part.search_folder(), mark);
        if let Some(kept) = kept {
            self.took += start.elapsed();
            let unchanged = |(path, entry)| RenderedFile { path, entry, is_new: false, took: None };
            return Ok(kept.into_iter().map(unchanged).collect());
        }
        if let Some(searched) = self.searched.take() {
            self.files = Some(searched.index().map_err(|problem| PublishError::Diagnostics(vec![*problem]))?);
        }
        self.took += start.elapsed();
        let files: Vec<_> = self.files.iter().flatten().collect();
        files.par_iter().map(|(path, bytes)| target.keep_or_stage(&part.place(path), bytes)).collect()
    }
}

impl Target<'_> {
    /// Leaves a file that is already right, and stages one that is not.
    fn keep_or_stage(&self, path: &SitePath, bytes: &[u8]) -> Result<RenderedFile, PublishError> {
        let entry = Entry {
            hash: blake3::hash(bytes).to_hex().to_string(),
            size: bytes.len() as u64,
            modified: None,
        };
        let file = |entry, is_new| RenderedFile { path: path.clone(), entry, is_new, took: None };
        let target = self.output.join(path.as_str());
        match self.before.state_of(path, &target, &entry, bytes) {
            record::State::Same(entry) => Ok(file(entry, false)),
            record::State::Different => {
                let modified = self.stage.write(path, bytes)?;
                Ok(file(Entry { modified, ..entry }, true))
            }
            record::State::NotOurs => Err(PublishError::NotOurs(target)),
        }
    }
}
