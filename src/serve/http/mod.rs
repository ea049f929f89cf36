//! HTTP: what a static host would answer, and a stream of news for the browser.

mod answer;
mod connections;
mod events;
mod guard;
mod kept;
mod resource;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State as Extract;
use axum::http::header::{ALLOW, CACHE_CONTROL};
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use axum::response::IntoResponse;

use crate::site::HEADERS;

use super::live::Live;

pub(super) use connections::run;
use kept::Kept;
use resource::Resource;

/// Where the server's own files are; no page of a handbook can have such an address.
const EVENTS: &str = "/_vademecum/events";
const SCRIPT: &str = "/_vademecum/live.js";
const STYLE: &str = "/_vademecum/live.css";

/// What all connections share.
struct Service {
    live: Arc<Live>,
    host: IpAddr,
    kept: Kept,
}

/// Answers for a site.
pub(super) fn router(live: Arc<Live>, host: IpAddr) -> Router {
    let service = Service { live, host, kept: Kept::default() };
    Router::new().fallback(answer).with_state(Arc::new(service))
}

/// Every answer has the headers that the published site should have; in a preview nothing is kept without asking.
async fn answer(Extract(service): Extract<Arc<Service>>, request: Request<Body>) -> Response<Body> {
    // What comes with a request is of no use here.
    let mut response = answer_without_headers(&service, &request.map(drop)).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    for (name, value) in HEADERS {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

async fn answer_without_headers(service: &Arc<Service>, request: &Request<()>) -> Response<Body> {
    if let Err((status, why)) = guard::check(request, service.host) {
        return answer::whole(&Resource::plain(status, why));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refusal = Resource::plain(StatusCode::METHOD_NOT_ALLOWED, "GET or HEAD\n");
        let mut response = answer::whole(&refusal);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let (path, query) = (request.uri().path(), request.uri().query());
    match path {
        EVENTS => events::stream(service, query).into_response(),
        SCRIPT => answer::to(request, &Resource::script()),
        STYLE => answer::to(request, &Resource::style()),
        _ => {
            let resource = service.kept.get(&service.live, service.live.state(), path).await;
            answer::to(request, &resource)
        }
    }
}
