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
    let rendered = render_all(site, output, &before, &stage, tick)?;
    let mut report = Report::default();
    let mut after = BTreeMap::new();
    let mut staged = Vec::new();
    for file in rendered {
        report.bytes += file.entry.size;
        report.slowest.push((file.path.clone(), file.took));
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
    took: Duration,
}

fn render_all(
    site: &Site,
    output: &Path,
    before: &Record,
    stage: &Stage,
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
            let file = keep_or_stage(path, &bytes, number, output, before, stage)?;
            tick();
            Ok(Some(RenderedFile { took, ..file }))
        })
        .collect();
    let problems = problems.into_inner().unwrap_or_default();
    if !problems.is_empty() {
        return Err(PublishError::Diagnostics(gather(problems)));
    }
    Ok(rendered?.into_iter().flatten().collect())
}

/// Leaves a file that is already right, and stages one that is not.
fn keep_or_stage(
    path: &SitePath,
    bytes: &[u8],
    number: usize,
    output: &Path,
    before: &Record,
    stage: &Stage,
) -> Result<RenderedFile, PublishError> {
    let entry =
        Entry { hash: blake3::hash(bytes).to_hex().to_string(), size: bytes.len() as u64, modified: None };
    let kept = |entry| RenderedFile { path: path.clone(), entry, staged: None, took: Duration::ZERO };
    let target = output.join(path.as_str());
    match before.state_of(path, &target, &entry, bytes) {
        record::State::Same(entry) => Ok(kept(entry)),
        record::State::Different => {
            let staged = stage.write(number, bytes)?;
            Ok(RenderedFile { staged: Some(staged), ..kept(entry) })
        }
        record::State::NotOurs => Err(PublishError::NotOurs(target)),
    }
}
