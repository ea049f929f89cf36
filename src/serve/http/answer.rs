//! A resource as an answer: whole, a part of it, or the word that the client has it already (RFC 9110, 13 and 14).

use std::ops::RangeInclusive;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE,
    LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};

use super::Resource;

/// The answer to a request. One for several ranges is answered whole, as a server may.
pub(super) fn to<B>(request: &Request<B>, resource: &Resource) -> Response<Body> {
    let headers = request.headers();
    match resource.status {
        StatusCode::OK if has_it(headers, &resource.tag) => unchanged(resource),
        StatusCode::OK if *request.method() == Method::GET => match part_of(headers, resource) {
            Part::Whole => whole(resource),
            Part::Range(range) => partial(resource, range),
            Part::Nothing => beyond(resource),
        },
        StatusCode::MOVED_PERMANENTLY => moved(resource, request.uri().query()),
        _ => whole(resource),
    }
}

/// All of a resource, with its own status.
pub(super) fn whole(resource: &Resource) -> Response<Body> {
    let mut response = empty(resource.status, resource);
    set(&mut response, CONTENT_TYPE, &resource.content_type);
    // Of an answer to HEAD it tells what GET would bring.
    set(&mut response, CONTENT_LENGTH, &resource.bytes.len().to_string());
    *response.body_mut() = Body::from(resource.bytes.clone());
    response
}

/// What of a resource is wanted.
enum Part {
    Whole,
    Range(RangeInclusive<u64>),
    /// What lies beyond its end.
    Nothing,
}

fn part_of(headers: &HeaderMap, resource: &Resource) -> Part {
    let Some(asked) = headers.get(RANGE).and_then(|value| value.to_str().ok()) else { return Part::Whole };
    // Part of other bytes than the client has is of no use to it; a date is never the newest, for files have none here.
    if headers.get(IF_RANGE).is_some_and(|known| known.as_bytes() != quoted(&resource.tag).as_bytes()) {
        return Part::Whole;
    }
    let length = u64::try_from(resource.bytes.len()).unwrap_or(u64::MAX);
    let ranges = parse_range_header(asked).and_then(|ranges| ranges.validate(length));
    match ranges.as_deref() {
        Ok([range]) => Part::Range(range.clone()),
        Ok(_) => Part::Whole,
        Err(RangeUnsatisfiableError::Unsatisfiable) => Part::Nothing,
        // What cannot be read is as if it were not there.
        Err(_) => Part::Whole,
    }
}

fn partial(resource: &Resource, range: RangeInclusive<u64>) -> Response<Body> {
    let bounds = (usize::try_from(*range.start()), usize::try_from(*range.end()));
    let bytes = match bounds {
        (Ok(first), Ok(last)) if first <= last && last < resource.bytes.len() => {
            resource.bytes.slice(first..=last)
        }
        _ => return beyond(resource),
    };
    let mut response = empty(StatusCode::PARTIAL_CONTENT, resource);
    let place = format!("bytes {}-{}/{}", range.start(), range.end(), resource.bytes.len());
    set(&mut response, CONTENT_TYPE, &resource.content_type);
    set(&mut response, CONTENT_RANGE, &place);
    *response.body_mut() = Body::from(bytes);
    response
}

fn beyond(resource: &Resource) -> Response<Body> {
    let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE, resource);
    set(&mut response, CONTENT_RANGE, &format!("bytes */{}", resource.bytes.len()));
    response
}

fn unchanged(resource: &Resource) -> Response<Body> {
    empty(StatusCode::NOT_MODIFIED, resource)
}

/// The query goes along.
fn moved(resource: &Resource, query: Option<&str>) -> Response<Body> {
    let location = resource.location.as_deref().unwrap_or("/");
    let mut response = whole(resource);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    set(&mut response, LOCATION, &format!("{location}{query}"));
    response
}

/// Only what stands at its own address can be asked for again, or in parts.
fn empty(status: StatusCode, resource: &Resource) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if resource.status == StatusCode::OK {
        set(&mut response, ETAG, &quoted(&resource.tag));
        set(&mut response, ACCEPT_RANGES, "bytes");
    }
    response
}

/// Whether the client has these bytes; the weak comparison, as `If-None-Match` asks for it.
fn has_it(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut known = lists.flat_map(|list| list.split(',')).map(str::trim);
    known.any(|known| known == "*" || known.trim_start_matches("W/") == quoted(tag))
}

fn quoted(tag: &str) -> String {
    format!("\"{tag}\"")
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
