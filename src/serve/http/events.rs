//! The news for a tab: how things stand when it connects, and again at every change.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::super::live::State;
use super::Service;

/// After so long a browser tries again where the server has gone.
const RETRY: Duration = Duration::from_secs(1);

/// How things stand, for one tab.
#[derive(Serialize)]
struct News<'a> {
    /// What stands at the tab's address: another one than its page has means that there is another page.
    page: Option<&'a str>,
    /// What keeps the newest state back, as HTML; empty where nothing does.
    problems: &'a str,
    /// The language of the problems.
    lang: &'a str,
}

/// The news for the tab whose address is `path` in the query. Somebody who slept through several states is told the newest.
pub(super) fn stream(
    service: &Arc<Service>,
    query: Option<&str>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let shown: Option<Arc<str>> = query.and_then(shown).map(Arc::from);
    let service = Arc::clone(service);
    let news = WatchStream::new(service.live.news()).then(move |state| {
        let (service, shown) = (Arc::clone(&service), shown.clone());
        async move { Ok(event(&service, state, shown.as_deref()).await) }
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}

/// The path that a tab shows, as its address has it.
fn shown(query: &str) -> Option<String> {
    let path = query.split('&').find_map(|part| part.strip_prefix("path="))?;
    Some(percent_decode_str(path).decode_utf8().ok()?.into_owned())
}

async fn event(service: &Service, state: State, shown: Option<&str>) -> Event {
    let problems = Arc::clone(&state.problems);
    let resource = match shown {
        Some(path) => Some(service.kept.get(&service.live, state, path).await),
        None => None,
    };
    let page = resource.as_ref().map(|resource| resource.page.as_str());
    let news = News { page, problems: &problems, lang: service.live.lang().tag() };
    let event = Event::default().event("news").retry(RETRY);
    event.data(serde_json::to_string(&news).unwrap_or_default())
}
