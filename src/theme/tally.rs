//! How long templates take: counted while pages are rendered, printed by `--timings`, never published.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// What one template took so far. Threads add to it without waiting for each other.
#[derive(Debug, Default)]
pub(super) struct Tally {
    times: AtomicUsize,
    nanoseconds: AtomicU64,
}

/// How long a template took, with all that it includes and with the conversion of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateTime<'t> {
    /// Its name.
    pub template: &'t str,
    /// How many times it was applied.
    pub times: usize,
    /// All these times together, over all threads.
    pub took: Duration,
}

impl Tally {
    /// Counts one time more.
    pub(super) fn add(&self, took: Duration) {
        self.times.fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// What was counted; `None` for a template that was not applied.
    pub(super) fn read<'t>(&self, template: &'t str) -> Option<TemplateTime<'t>> {
        let times = self.times.load(Ordering::Relaxed);
        let took = Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed));
        (times > 0).then_some(TemplateTime { template, times, took })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_threads_count_and_what_was_not_applied_is_not_told() {
        let tally = Tally::default();
        assert_eq!(tally.read("page.html"), None);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100).for_each(|_| tally.add(Duration::from_micros(3))));
            }
        });
        let told = TemplateTime { template: "page.html", times: 400, took: Duration::from_micros(1_200) };
        assert_eq!(tally.read("page.html"), Some(told));
    }
}
