//! HTTP: what a static host would answer, and a stream of news for the browser.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State as Extract;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use crate::diagnostic::{Lang, overlay};
use crate::site::{HEADERS, SitePath};

use super::live::{Live, News, State};

/// Where the server's own files are; no page of a handbook can have such an address.
const EVENTS: &str = "/_vademecum/events";
const SCRIPT: &str = "/_vademecum/live.js";
const STYLE: &str = "/_vademecum/live.css";

struct Service {
    live: Arc<Live>,
    host: IpAddr,
}

/// Answers for a site.
pub(super) fn router(live: Arc<Live>, host: IpAddr) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(Service { live, host }))
}

/// Every answer has the headers that the published site should have; in a preview nothing is kept.
async fn answer(Extract(service): Extract<Arc<Service>>, request: Request<Body>) -> Response<Body> {
    let mut response = answer_without_headers(&service, request).await;
    for (name, value) in HEADERS {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

async fn answer_without_headers(service: &Service, request: Request<Body>) -> Response<Body> {
    if !is_for_us(request.headers(), service.host) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "this server answers for its own address only\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "GET or HEAD\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let path = request.uri().path();
    match path {
        EVENTS => return events(&service.live).into_response(),
        SCRIPT => {
            return file(
                "text/javascript; charset=utf-8",
                include_bytes!("live.js").to_vec(),
                request.headers(),
            );
        }
        STYLE => {
            return file("text/css; charset=utf-8", include_bytes!("live.css").to_vec(), request.headers());
        }
        _ => {}
    }
    let state = service.live.state();
    let (path, headers) = (path.to_owned(), request.headers().clone());
    let live = Arc::clone(&service.live);
    let answered = tokio::task::spawn_blocking(move || page(&live, &state, &path, &headers)).await;
    answered.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be rendered\n"))
}

/// Whether a request names this server: a page elsewhere must not reach it under a name of its own
/// (DNS rebinding).
fn is_for_us(headers: &HeaderMap, host: IpAddr) -> bool {
    let Some(name) = headers.get(HOST).and_then(|value| value.to_str().ok()) else { return true };
    let name = match name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) | None => name,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback() || address == host || host.is_unspecified())
}

/// The answer for one path of the site.
fn page(live: &Live, state: &State, url: &str, headers: &HeaderMap) -> Response<Body> {
    let lang = live.lang();
    let decoded = percent_decode_str(url).decode_utf8().ok();
    let path = decoded.as_deref().and_then(|path| path.strip_prefix('/'));
    let Some(path) = path else { return not_found(state, lang) };
    let wanted =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let Some(wanted) = SitePath::parse(&wanted) else { return not_found(state, lang) };
    if let Some(bytes) = live.search(&wanted) {
        return file(&content_type(&wanted), bytes, headers);
    }
    match state.site.render(&wanted) {
        Some(Ok(bytes)) => {
            file(&content_type(&wanted), with_script(&wanted, bytes, state.generation), headers)
        }
        Some(Err(problem)) => broken(&overlay::render(&[*problem], lang)),
        None => match SitePath::parse(&format!("{wanted}/index.html"))
            .and_then(|folder| state.site.render(&folder))
        {
            Some(_) => moved(&format!("{url}/")),
            None => not_found(state, lang),
        },
    }
}

fn not_found(state: &State, lang: Lang) -> Response<Body> {
    let page = SitePath::parse("404.html").and_then(|path| Some((state.site.render(&path)?, path)));
    match page {
        Some((Ok(bytes), path)) => {
            let mut response =
                file(&content_type(&path), with_script(&path, bytes, state.generation), &HeaderMap::new());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        Some((Err(problem), _)) => broken(&overlay::render(&[*problem], lang)),
        None => plain(StatusCode::NOT_FOUND, "not found\n"),
    }
}

/// The bytes of the page are those of the build; the preview's script comes after its end, where HTML allows it. It is
/// told which site the page is of: a change between the page and the first news would else go unseen.
fn with_script(path: &SitePath, mut bytes: Vec<u8>, generation: u64) -> Vec<u8> {
    if path.as_str().ends_with(".html") {
        let script = format!("<script type=\"module\" src=\"{SCRIPT}?generation={generation}\"></script>\n");
        bytes.extend_from_slice(script.as_bytes());
    }
    bytes
}

fn content_type(path: &SitePath) -> String {
    let guess = mime_guess::from_path(path.as_str()).first_or_octet_stream();
    let text = guess.type_() == "text" || matches!(guess.subtype().as_str(), "javascript" | "json" | "xml");
    if text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

fn file(content_type: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response<Body> {
    let hash = blake3::hash(&bytes).to_hex();
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged =
        known.is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag));
    let builder = Response::builder()
        .header(CONTENT_TYPE, content_type)
        .header(ETAG, tag)
        .header(CACHE_CONTROL, "no-cache");
    let (status, body) = if unchanged {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        (StatusCode::OK, Body::from(bytes))
    };
    builder
        .status(status)
        .body(body)
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "bad header\n"))
}

fn moved(location: &str) -> Response<Body> {
    // `//host/` would be another site.
    let location = format!("/{}", location.trim_start_matches('/'));
    let response = Response::builder()
        .status(StatusCode::MOVED_PERMANENTLY)
        .header(LOCATION, location)
        .body(Body::empty());
    response.unwrap_or_else(|_| plain(StatusCode::NOT_FOUND, "not found\n"))
}

fn broken(problem: &str) -> Response<Body> {
    let html = format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>vademecum</title>\n<link rel=\"stylesheet\" href=\"{STYLE}\">\n\
         <section class=\"vademecum-problems\">{problem}</section>\n<script type=\"module\" src=\"{SCRIPT}\"></script>\n"
    );
    let mut response = file("text/html; charset=utf-8", html.into_bytes(), &HeaderMap::new());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// The news of a site: first how things stand, then every change.
fn events(live: &Live) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    // Subscribed before the state is taken: a change in between is told twice rather than never.
    let news = BroadcastStream::new(live.news());
    let state = live.state();
    let now = [News::Problems(state.problems), News::Generation(state.generation)];
    // Somebody slept through several: the next news tells all there is to know.
    let later = news.filter_map(Result::ok);
    let events = tokio_stream::iter(now).chain(later).map(|news| Ok(event(news)));
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn event(news: News) -> Event {
    match news {
        News::Generation(generation) => Event::default().event("generation").data(generation.to_string()),
        News::Problems(html) => Event::default().event("problems").data(&*html),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_answered() {
        let asks = |host: &str, bound: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            is_for_us(&headers, bound.parse().unwrap())
        };
        for ours in ["localhost", "localhost:4000", "127.0.0.1:4000", "[::1]:4000", "127.0.0.1"] {
            assert!(asks(ours, "127.0.0.1"), "{ours}");
        }
        for foreign in ["evil.example", "evil.example:4000", "10.0.0.7:4000", "localhost.evil.example"] {
            assert!(!asks(foreign, "127.0.0.1"), "{foreign}");
        }
        assert!(asks("10.0.0.7:4000", "0.0.0.0"));
        assert!(!asks("evil.example", "0.0.0.0"));
    }

    #[test]
    fn a_folder_never_redirects_to_another_host() {
        assert_eq!(moved("//evil.example/").headers()[LOCATION], "/evil.example/");
    }
}
