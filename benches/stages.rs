//! How long each stage of the pipeline takes on a generated handbook.
//!
//! `cargo bench` measures 1,000 chapters; `VADEMECUM_BENCH_PAGES=10000 cargo bench` another number. The handbook is
//! made once, by `benches/generate.py`, under `target/`. Compare figures of one run only: machines are noisy.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot run should say so and stop")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use vademecum::diagnostic::{Severity, SourceFile};
use vademecum::edition::redline::{Side, redline};
use vademecum::lint::lint;
use vademecum::markdown::{Citation, Host, Labels, Link, Reading, Reference, TermLink, TermUse};
use vademecum::publish::publish;
use vademecum::site::{After, Options, Site, SitePath};
use vademecum::source::{Change, FolderSource, Source, absolute, read_text};
use vademecum::theme::Theme;
use vademecum::{handbook, links, markdown};

/// One page of each kind that a generated handbook has.
const PAGES: [&str; 14] = [
    "index.html",
    "linee-guida/parte-01/sezione-001/cap-00001/index.html",
    "linee-guida/parte-01/sezione-001/cap-00010/index.html",
    "linee-guida/parte-01/sezione-001/index.html",
    "linee-guida/index.html",
    "404.html",
    "atti/reg-2014-240/index.html",
    "atti/reg-2014-240/art-3/index.html",
    "atti/reg-2014-240/intero/index.html",
    "copertura/index.html",
    "indice-analitico/index.html",
    "sitemap.xml",
    "dati/handbook.json",
    "stampa/index.html",
];

/// The generated handbook, and how many chapters it has.
fn generated() -> (PathBuf, usize) {
    let pages: usize =
        std::env::var("VADEMECUM_BENCH_PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(1_000);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target").join(format!("bench-handbook-{pages}"));
    if !folder.exists() {
        let made = Command::new("python3")
            .arg(root.join("benches/generate.py"))
            .args(["--pages", &pages.to_string()])
            .arg(&folder)
            .status()
            .expect("python3 runs");
        assert!(made.success(), "the handbook could not be generated");
    }
    (folder, pages)
}

fn load(folder: &Path, options: &Options) -> Site {
    let (source, _) = FolderSource::scan(folder, &[]);
    let (site, problems) = Site::load(Arc::new(source), options);
    let error = problems.iter().find(|problem| problem.severity == Severity::Error);
    assert!(error.is_none(), "the generated handbook has no error: {error:?}");
    site
}

struct Nowhere;

impl Host for Nowhere {
    fn link(&self, _: usize, reference: &Reference) -> Link {
        Link { href: reference.target.clone(), label: String::new() }
    }

    fn citation(&self, _: &Citation) -> Link {
        Link::default()
    }

    fn term(&self, _: &TermUse) -> TermLink {
        TermLink::default()
    }
}

fn chapters(c: &mut Criterion, folder: &Path) {
    let (source, _) = FolderSource::scan(folder, &[]);
    let texts: Vec<SourceFile> = source
        .paths()
        .iter()
        .filter(|path| path.extension() == "md")
        .take(200)
        .filter_map(|path| read_text(&source, path).ok())
        .collect();
    let acts = handbook::load(&source).0.acts;
    let reading = Reading { acts: Some(&acts), ..Reading::default() };
    let outlines: Vec<_> =
        texts.iter().map(|file| markdown::outline(file, 0..file.text().len(), reading).0).collect();
    let mut group = c.benchmark_group("markdown of 200 chapters, one thread");
    group.throughput(Throughput::Bytes(texts.iter().map(|file| file.text().len() as u64).sum()));
    group.bench_function("outline", |b| {
        b.iter(|| {
            texts
                .iter()
                .map(|file| markdown::outline(file, 0..file.text().len(), reading).1.len())
                .sum::<usize>()
        });
    });
    group.bench_function("html", |b| {
        let labels = Labels::default();
        b.iter(|| {
            outlines.iter().map(|chapter| markdown::html(chapter, &Nowhere, &labels).len()).sum::<usize>()
        });
    });
    group.finish();
}

fn stages(c: &mut Criterion) {
    let (folder, pages) = generated();
    chapters(c, &folder);
    let mut group = c.benchmark_group(format!("stages of {pages} chapters"));
    group.sample_size(10).throughput(Throughput::Elements(pages as u64));
    group.bench_function("scan", |b| b.iter(|| FolderSource::scan(&folder, &[])));
    let (source, _) = FolderSource::scan(&folder, &[]);
    group.bench_function("read", |b| {
        b.iter(|| source.paths().iter().filter_map(|path| read_text(&source, path).ok()).count());
    });
    group.bench_function("handbook", |b| b.iter(|| handbook::load(&source)));
    let (loaded, _) = handbook::load(&source);
    group.bench_function("links", |b| b.iter(|| links::link(&loaded)));
    let (linked, _) = links::link(&loaded);
    group.bench_function("rules", |b| b.iter(|| lint(&loaded, &linked, &[], None)));
    let side = Side { handbook: &loaded, links: &linked };
    group.bench_function("redline, nothing changed", |b| b.iter(|| redline(side, side)));
    group.bench_function("theme", |b| b.iter(|| Theme::load(&source, None)));
    group.bench_function("load: all that comes before pages, and their addresses", |b| {
        b.iter(|| load(&folder, &Options::default()));
    });
    let site = load(&folder, &Options::default());
    group.bench_function("search index", |b| {
        let site = load(&folder, &Options { search: true, ..Options::default() });
        let part = site.parts().next().expect("a part").expect("a readable one");
        b.iter(|| part.searched().expect("a search").index().expect("an index").len());
    });
    group.bench_function("render every page, write none", |b| b.iter(|| site.dry_run()));
    group.bench_function("publish to a new folder", |b| {
        b.iter_batched_ref(
            || tempfile::tempdir().expect("a folder"),
            |dir| publish(&site, &dir.path().join("site"), &|_| {}).expect("published"),
            BatchSize::PerIteration,
        );
    });
    let dir = tempfile::tempdir().expect("a folder");
    let output = dir.path().join("site");
    publish(&site, &output, &|_| {}).expect("published");
    group.bench_function("publish again, nothing changed", |b| {
        b.iter(|| publish(&site, &output, &|_| {}).expect("published"));
    });
    group.finish();
    pages_of_each_kind(c, &site, pages);
    after_a_save(c, &folder, pages);
}

/// What `serve` does between a save and the new page: a chapter that says something else, and one with another heading. The
/// chapter is as it was when it is over.
fn after_a_save(c: &mut Criterion, folder: &Path, pages: usize) {
    let mut group = c.benchmark_group(format!("after a save, {pages} chapters"));
    group.sample_size(20);
    let source = FolderSource::scan(folder, &[]).0.watched();
    let chapter = source.paths().iter().find(|path| path.as_str().contains("cap-")).expect("a chapter");
    let file = absolute(&folder.join(chapter.as_str()));
    let text = std::fs::read_to_string(&file).expect("a readable chapter");
    for (name, more) in [("a word", "\nAltre parole, {}.\n"), ("a heading", "\n## Titolo {}\n\nParole.\n")] {
        let mut site = Site::read(Arc::new(source.clone()), &Options::default(), None);
        let mut source = source.clone();
        let mut number = 0;
        group.bench_function(name, |b| {
            b.iter(|| {
                number += 1;
                let text = format!("{text}{}", more.replace("{}", &number.to_string()));
                std::fs::write(&file, text).expect("a writable chapter");
                let Change::Files(after, written) = source.after(Some(std::slice::from_ref(&file))) else {
                    panic!("another list of files");
                };
                source = after;
                site = match site.after(Arc::new(source.clone()), &written, &Options::default()) {
                    After::OtherWords(site) | After::Anew(site) => *site,
                    After::Same => panic!("nothing has changed"),
                };
            });
        });
    }
    group.finish();
    std::fs::write(&file, text).expect("a writable chapter");
}

/// One page of each kind; the last grow with the handbook.
fn pages_of_each_kind(c: &mut Criterion, site: &Site, pages: usize) {
    let mut group = c.benchmark_group(format!("one page of {pages} chapters"));
    group.sample_size(10);
    for path in PAGES {
        let page = SitePath::parse(path).expect("a path of the site");
        let render = || site.render(&page).expect("there is such a page").expect("it can be rendered");
        group.throughput(Throughput::Bytes(render().len() as u64));
        group.bench_function(path, |b| b.iter(render));
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
