//! What `--timings` tells: how long each stage took, and which templates and pages were the slowest.

use std::time::Duration;

use crate::diagnostic::Text;
use crate::publish::Report;
use crate::say;
use crate::site::{Site, TemplateTime};

use super::console::{Console, plural};

/// How many templates are named.
const TEMPLATES: usize = 10;

/// What the clock said in a build.
pub(super) struct Spent {
    /// Until the files of the handbook were listed.
    pub(super) scanning: Duration,
    /// Until all was read and checked, from the start.
    pub(super) loading: Duration,
    /// From the first page to the last file in its place.
    pub(super) publishing: Duration,
    /// Until the end, from the start.
    pub(super) total: Duration,
}

/// Prints the stages one after the other, then what threads did at the same time, then the slowest.
pub(super) fn timings(console: &Console, site: &Site, report: &Report, spent: &Spent) {
    let Spent { scanning, loading, publishing, total } = *spent;
    let threads = rayon::current_num_threads();
    console.say(&say!("Per fase, col cronometro:"; "By stage, by the clock:"));
    let rendering = publishing.saturating_sub(report.moving);
    let telling = total.saturating_sub(loading).saturating_sub(publishing);
    let listing = (say!("elenco dei file"; "list of files"), scanning);
    let last = [
        (say!("elenco dei problemi sullo schermo"; "problems printed"), telling),
        (say!("pagine, con {threads} fili"; "pages, with {threads} threads"), rendering),
        (say!("spostamento dei file al loro posto"; "files moved to their places"), report.moving),
        (say!("in tutto"; "in all"), total),
    ];
    for (stage, took) in [listing].iter().chain(site.stage_times()).chain(&last) {
        row(console, *took, total, stage);
    }
    let mut templates: Vec<_> = site.template_times().collect();
    templates.sort_by(|a, b| b.took.cmp(&a.took).then(a.template.cmp(b.template)));
    console.say(&say!("Delle pagine, sommando i fili:"; "Of the pages, threads added up:"));
    let work = report.rendering + report.staging + report.search;
    for (what, took) in [
        (say!("composizione"; "rendering"), report.rendering),
        (say!("di cui nei modelli"; "of which in templates"), templates.iter().map(|time| time.took).sum()),
        (
            say!("confronto con quanto c'è, e scrittura"; "comparing with what is there, and writing"),
            report.staging,
        ),
        (say!("indice della ricerca, nello stesso tempo"; "search index, meanwhile"), report.search),
    ] {
        row(console, took, work, &what);
    }
    slowest(console, &templates, report);
}

fn slowest(console: &Console, templates: &[TemplateTime<'_>], report: &Report) {
    console.say(&say!("I modelli più lenti, con ciò che includono, sulla composizione:"; "The slowest templates, with what they include, of the rendering:"));
    for TemplateTime { template, times, took } in templates.iter().take(TEMPLATES) {
        let (it, en) = (plural(*times, "volta", "volte"), plural(*times, "time", "times"));
        row(console, *took, report.rendering, &say!("{template}, {it}"; "{template}, {en}"));
    }
    console.say(&say!("Le pagine più lente:"; "The slowest pages:"));
    for (path, took) in &report.slowest {
        row(console, *took, report.rendering, &Text::verbatim(path.as_str()));
    }
}

/// `   1234.5 ms  45.6 %  what`, the comma in Italian.
fn row(console: &Console, took: Duration, whole: Duration, what: &Text) {
    let share = 100.0 * took.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE);
    let en = format!("{:10.1} ms {share:6.1} %", took.as_secs_f64() * 1_000.0);
    let it = en.replace('.', ",");
    let Text { it: what_it, en: what_en } = what;
    console.say(&say!("{it}  {what_it}"; "{en}  {what_en}"));
}
