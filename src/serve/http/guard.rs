//! Whether a request means this server.

use std::net::IpAddr;

use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{Request, StatusCode, Version};

/// Refuses a request that names another server, or none where it must: a page elsewhere must not reach this one under a
/// name of its own (DNS rebinding).
pub(super) fn check<B>(request: &Request<B>, host: IpAddr) -> Result<(), (StatusCode, &'static str)> {
    let mut named = request.headers().get_all(HOST).iter();
    let (name, more) = (named.next(), named.next());
    // RFC 9112, 3.2: one and only one in HTTP/1.1; older clients may be silent.
    if more.is_some() || (name.is_none() && request.version() > Version::HTTP_10) {
        return Err((StatusCode::BAD_REQUEST, "one Host header\n"));
    }
    let of_header = name.map(|value| value.to_str().ok().and_then(|name| name.parse::<Authority>().ok()));
    // The address of a proxy's request (absolute form) counts before the header.
    let named = request.uri().authority().cloned().map(Some).or(of_header);
    match named {
        None => Ok(()),
        Some(Some(name)) if is_for_us(&name, host) => Ok(()),
        Some(_) => Err((StatusCode::MISDIRECTED_REQUEST, "this server answers for its own address only\n")),
    }
}

fn is_for_us(name: &Authority, host: IpAddr) -> bool {
    let bare = name.host().trim_start_matches('[').trim_end_matches(']');
    let is_ours = |address: IpAddr| address.is_loopback() || address == host || host.is_unspecified();
    let known = bare.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(is_ours);
    known && !name.as_str().contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(name: &str, bound: &str) -> u16 {
        let request = Request::builder().uri("/").header(HOST, name).body(()).unwrap();
        check(&request, bound.parse().unwrap()).map_or_else(|(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for ours in ["localhost", "LocalHost:4000", "127.0.0.1:4000", "[::1]:4000", "[::1]", "127.0.0.1"] {
            assert_eq!(asks(ours, "127.0.0.1"), 200, "{ours}");
        }
        for foreign in [
            "evil.example",
            "evil.example:4000",
            "10.0.0.7:4000",
            "localhost.evil.example",
            "evil.example@localhost",
            "localhost@evil.example",
            "",
            "a b",
        ] {
            assert_eq!(asks(foreign, "127.0.0.1"), 421, "{foreign}");
        }
        assert_eq!(asks("10.0.0.7:4000", "0.0.0.0"), 200);
        assert_eq!(asks("[fe80::7]:4000", "::"), 200);
        assert_eq!(asks("evil.example", "0.0.0.0"), 421);
    }

    #[test]
    fn one_name_is_given_unless_the_client_is_older_than_names() {
        let host = "127.0.0.1".parse().unwrap();
        let without = |version| Request::builder().uri("/").version(version).body(()).unwrap();
        assert_eq!(check(&without(Version::HTTP_11), host).unwrap_err().0, StatusCode::BAD_REQUEST);
        assert!(check(&without(Version::HTTP_10), host).is_ok());
        let two = Request::builder().uri("/").header(HOST, "localhost").header(HOST, "evil.example");
        assert_eq!(check(&two.body(()).unwrap(), host).unwrap_err().0, StatusCode::BAD_REQUEST);
    }

    #[test]
    fn an_absolute_address_counts_before_the_header() {
        let host = "127.0.0.1".parse().unwrap();
        let to = |uri| Request::builder().uri(uri).header(HOST, "localhost").body(()).unwrap();
        assert!(check(&to("http://127.0.0.1:4000/a/"), host).is_ok());
        assert_eq!(check(&to("http://evil.example/"), host).unwrap_err().0, StatusCode::MISDIRECTED_REQUEST);
    }
}
