//! Writes a site to a folder: only what changed, each file whole, nothing that is not ours touched.
//!
//! Everything is rendered into a staging folder first. Only when every page is there do the files move to
//! their places, so a build that fails changes nothing; a crash in between leaves whole files, and the
//! record that is written before the first move lets the next build repair the rest.

mod folder;
mod record;
mod stage;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::site::{Site, SitePath, gather};

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

/// Publishes every path of a site to `output`; `tick` is called once for each.
///
/// # Errors
/// See [`PublishError`]; the output folder is then unchanged.
pub fn publish(site: &Site, output: &Path, tick: &(dyn Fn() + Sync)) -> Result<Report, PublishError> {
    let before = Record::open(output)?;
    let stage = Stage::create(output)?;
    let target = Target { output, before: &before, stage: &stage };
    // The index does not wait for the pages, nor they for it.
    let (rendered, index) = thread::scope(|scope| {
        let index = scope.spawn(|| index_all(site, &target));
        (render_all(site, &target, tick), index.join())
    });
    let mut rendered = rendered?;
    let (files, took) = index.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    rendered.extend(files);
    let mut report = Report { search: took, ..Report::default() };
    let mut after = BTreeMap::new();
    let mut staged = Vec::new();
    for file in rendered {
        report.bytes += file.entry.size;
        report.slowest.extend(file.took.map(|took| (file.path.clone(), took)));
        if file.staged.is_some() {
            report.written += 1;
        } else {
            report.unchanged += 1;
        }
        staged.extend(file.staged.map(|from| (from, file.path.clone())));
        after.insert(file.path.as_str().to_owned(), file.entry);
    }
    report.slowest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    report.slowest.truncate(SLOWEST);
    report.removed = stage.commit(output, &before, after, &staged)?;
    Ok(report)
}

/// A rendered file: what the record will say of it, and where it waits if it has to be written.
struct RenderedFile {
    path: SitePath,
    entry: Entry,
    staged: Option<PathBuf>,
    /// How long it took to render; the files of the search index are made together.
    took: Option<Duration>,
}

/// Where files go, and what is there.
#[derive(Clone, Copy)]
struct Target<'a> {
    output: &'a Path,
    before: &'a Record,
    stage: &'a Stage,
}

fn render_all(
    site: &Site,
    target: &Target<'_>,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<RenderedFile>, PublishError> {
    let problems = Mutex::new(Vec::new());
    let paths: Vec<_> = site.paths().collect();
    let rendered: Result<Vec<Option<RenderedFile>>, PublishError> = paths
        .par_iter()
        .enumerate()
        .map(|(number, path)| {
            let start = Instant::now();
            let bytes = match site.render(path) {
                Some(Ok(bytes)) => bytes,
                Some(Err(problem)) => {
                    if let Ok(mut problems) = problems.lock() {
                        problems.push(*problem);
                    }
                    return Ok(None);
                }
                None => return Ok(None),
            };
            let took = start.elapsed();
            let file = target.keep_or_stage(path, &bytes, &number.to_string())?;
            tick();
            Ok(Some(RenderedFile { took: Some(took), ..file }))
        })
        .collect();
    let problems = problems.into_inner().unwrap_or_default();
    if !problems.is_empty() {
        return Err(PublishError::Diagnostics(gather(problems)));
    }
    Ok(rendered?.into_iter().flatten().collect())
}

/// Makes the search index, and tells how long that took.
fn index_all(site: &Site, target: &Target<'_>) -> Result<(Vec<RenderedFile>, Duration), PublishError> {
    let start = Instant::now();
    let files = site.search_index().map_err(|problem| PublishError::Diagnostics(vec![*problem]))?;
    let took = start.elapsed();
    let files: Vec<_> = files.iter().enumerate().collect();
    let staged = files
        .par_iter()
        .map(|(number, (path, bytes))| target.keep_or_stage(path, bytes, &format!("search-{number}")));
    Ok((staged.collect::<Result<_, _>>()?, took))
}

impl Target<'_> {
    /// Leaves a file that is already right, and stages one that is not, under a name of its own.
    fn keep_or_stage(&self, path: &SitePath, bytes: &[u8], name: &str) -> Result<RenderedFile, PublishError> {
        let entry = Entry {
            hash: blake3::hash(bytes).to_hex().to_string(),
            size: bytes.len() as u64,
            modified: None,
        };
        let kept = |entry| RenderedFile { path: path.clone(), entry, staged: None, took: None };
        let target = self.output.join(path.as_str());
        match self.before.state_of(path, &target, &entry, bytes) {
            record::State::Same(entry) => Ok(kept(entry)),
            record::State::Different => {
                let staged = self.stage.write(name, bytes)?;
                Ok(RenderedFile { staged: Some(staged), ..kept(entry) })
            }
            record::State::NotOurs => Err(PublishError::NotOurs(target)),
        }
    }
}
