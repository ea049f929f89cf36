//! The least that any generator has to do with a handbook, as fast as this machine does it: read the same Markdown, run
//! pulldown-cmark over it, and write as many files of the same sizes, in parallel.
//!
//! `floor HANDBOOK SITE OUT` takes the list of files and their sizes from a site that was built from the handbook, writes to
//! a new folder, and prints its time as JSON. `benches/run.py` builds it, runs it and holds builds against it.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]
#![expect(clippy::print_stdout, reason = "its time is what it is run for")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// Larger files are written in pieces of about this size, in bytes, so that no file is in memory as a whole.
const PIECE: u64 = 1 << 20;

/// A source file, and the files that are filled with its HTML.
struct Job {
    source: PathBuf,
    outputs: Vec<(PathBuf, u64)>,
}

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let mut next = || arguments.next().expect("usage: floor HANDBOOK SITE OUT");
    let (handbook, site, out) = (next(), next(), next());
    // What there is to do is known beforehand and not timed.
    let outputs = outputs(&site, &out);
    let folders: BTreeSet<_> = outputs.iter().filter_map(|(path, _)| path.parent()).collect();
    let folders: Vec<_> = folders.into_iter().map(Path::to_owned).collect();
    let (files, bytes) = (outputs.len(), outputs.iter().map(|(_, size)| size).sum::<u64>());
    let jobs = jobs(sources(&handbook), outputs);
    let start = Instant::now();
    folders.par_iter().for_each(|folder| fs::create_dir_all(folder).expect("a folder is made"));
    jobs.par_iter().for_each(run);
    let seconds = start.elapsed().as_secs_f64();
    println!(r#"{{"seconds": {seconds:.4}, "sources": {}, "files": {files}, "bytes": {bytes}}}"#, jobs.len());
}

/// The Markdown of a handbook.
fn sources(handbook: &Path) -> Vec<PathBuf> {
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    files(handbook).map(|(path, _)| path).filter(is_markdown).collect()
}

/// Every file of a built site, at its place in another folder, with its size.
fn outputs(site: &Path, out: &Path) -> Vec<(PathBuf, u64)> {
    let beyond = |path: &Path| out.join(path.strip_prefix(site).expect("a file of the site"));
    files(site).map(|(path, size)| (beyond(&path), size)).collect()
}

fn files(folder: &Path) -> impl Iterator<Item = (PathBuf, u64)> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), entry.metadata().expect("readable").len()))
}

/// Deals the outputs to the sources, one after the other.
fn jobs(sources: Vec<PathBuf>, outputs: Vec<(PathBuf, u64)>) -> Vec<Job> {
    assert!(!sources.is_empty(), "the handbook has Markdown");
    let mut jobs: Vec<_> = sources.into_iter().map(|source| Job { source, outputs: Vec::new() }).collect();
    let mut outputs = outputs.into_iter();
    while outputs.len() > 0 {
        for (job, output) in jobs.iter_mut().zip(outputs.by_ref()) {
            job.outputs.push(output);
        }
    }
    jobs
}

fn run(job: &Job) {
    let markdown = fs::read_to_string(&job.source).expect("readable");
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, Parser::new_ext(&markdown, options()));
    let mut bytes = rendered.into_bytes();
    if bytes.is_empty() {
        bytes.push(b'\n');
    }
    for (path, size) in &job.outputs {
        while (bytes.len() as u64) < PIECE.min(*size) {
            bytes.extend_from_within(..);
        }
        write(path, *size, &bytes);
    }
}

/// Writes so many bytes, over and over the same.
fn write(path: &Path, size: u64, bytes: &[u8]) {
    let mut file = File::create(path).expect("a file is made");
    let mut left = size;
    while left > 0 {
        let piece = usize::try_from(left).map_or(bytes, |left| bytes.get(..left).unwrap_or(bytes));
        file.write_all(piece).expect("a file is written");
        left -= piece.len() as u64;
    }
}

/// What handbooks have unless they say otherwise; metadata is no text.
fn options() -> Options {
    vademecum::markdown::options(false) | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}
