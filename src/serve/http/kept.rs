//! What has been made of the site that is up: each resource once, however many ask for it at the same time or again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use tokio::sync::{OnceCell, Semaphore};

use super::super::live::{Live, State};
use super::Resource;

/// How many resources are made at the same time; the others wait without a thread.
const AT_A_TIME: usize = 8;
/// So many bytes are kept; then all are forgotten, which costs no more than making them again.
const MOST_BYTES: usize = 64 << 20;

/// Resources by their address. A tab is told of a change after its page has been made, and then asks for it.
pub(super) struct Kept {
    making: Arc<Semaphore>,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// Of which site.
    generation: u64,
    by_url: HashMap<String, Cell>,
    bytes: usize,
}

type Cell = Arc<OnceCell<Arc<Resource>>>;

impl Kept {
    /// What stands at a path of a URL.
    pub(super) async fn get(&self, live: &Arc<Live>, state: State, url: &str) -> Arc<Resource> {
        let cell = self.cell(state.generation, url);
        Arc::clone(cell.get_or_init(|| self.make(Arc::clone(live), state, url.to_owned())).await)
    }

    fn cell(&self, generation: u64, url: &str) -> Cell {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.generation < generation {
            *made = Made { generation, ..Made::default() };
        }
        // Whoever still asks for an earlier site makes it for himself.
        if made.generation == generation {
            return Arc::clone(made.by_url.entry(url.to_owned()).or_default());
        }
        Cell::default()
    }

    async fn make(&self, live: Arc<Live>, state: State, url: String) -> Arc<Resource> {
        let generation = state.generation;
        // Nobody closes it.
        let turn = Arc::clone(&self.making).acquire_owned().await.ok();
        let asked = url.clone();
        let making = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            Resource::at(&live, &state, &asked)
        });
        let failed =
            || Resource::plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be rendered\n");
        let resource = making.await.unwrap_or_else(|_| failed());
        self.weigh(generation, &url, &resource);
        Arc::new(resource)
    }

    /// Forgets what does not last or weighs too much.
    fn weigh(&self, generation: u64, url: &str, resource: &Resource) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.generation != generation {
            return;
        }
        if !resource.lasts {
            made.by_url.remove(url);
            return;
        }
        made.bytes += resource.bytes.len() + url.len();
        if made.bytes > MOST_BYTES {
            *made = Made { generation, ..Made::default() };
        }
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self { making: Arc::new(Semaphore::new(AT_A_TIME)), made: Mutex::default() }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Lang;
    use crate::site::{Options, Site};
    use crate::source::MemorySource;

    use super::*;

    #[test]
    fn a_page_is_made_once_for_each_site_however_many_ask() {
        let site = || {
            let source = MemorySource::new([("index.md", "# Casa\n")]);
            Arc::new(Site::load(Arc::new(source), &Options::default()).0)
        };
        let live = Arc::new(Live::new(site(), "".into(), [].into(), Lang::It));
        let kept = Arc::new(Kept::default());
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let asked = |state: &State| {
            let asking: Vec<_> = (0..100)
                .map(|_| {
                    let (kept, live, state) = (Arc::clone(&kept), Arc::clone(&live), state.clone());
                    runtime.spawn(async move { kept.get(&live, state, "/").await })
                })
                .collect();
            asking.into_iter().map(|one| runtime.block_on(one).unwrap()).collect::<Vec<_>>()
        };
        let (state, first) = (live.state(), asked(&live.state()));
        assert!(first.iter().all(|one| Arc::ptr_eq(one, &first[0])));
        // The same bytes on another site are made anew, and are no other page.
        live.replace(site(), "".into());
        let second = asked(&live.state());
        assert!(second.iter().all(|one| Arc::ptr_eq(one, &second[0])));
        assert!(!Arc::ptr_eq(&first[0], &second[0]));
        assert_eq!(first[0].page, second[0].page);
        // Who still holds the site before does not bring it back.
        assert!(!Arc::ptr_eq(&asked(&state)[0], &first[0]));
        assert!(Arc::ptr_eq(&asked(&live.state())[0], &second[0]));
    }
}
