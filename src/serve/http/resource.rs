//! What an address leads to: a page or a file of the site, another address, or the page that says that there is nothing.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use percent_encoding::percent_decode_str;

use crate::diagnostic::{Diagnostic, overlay};
use crate::say;
use crate::site::SitePath;

use super::super::live::{Live, State};
use super::{SCRIPT, STYLE};

/// So often, and after so long each time, a file is looked for that is gone or empty.
const TRIES: u32 = 8;
const BETWEEN_TRIES: Duration = Duration::from_millis(25);

/// What is answered to everyone who asks for one address of one site.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) status: StatusCode,
    pub(super) content_type: String,
    /// Where it is instead.
    pub(super) location: Option<String>,
    pub(super) bytes: Bytes,
    /// Differs where the bytes do.
    pub(super) tag: String,
    /// Differs where the site has something else at this address; what a tab holds against what it shows.
    pub(super) page: String,
    /// Whether it is the same as long as the site is.
    pub(super) lasts: bool,
}

impl Resource {
    /// What stands at a path of a URL.
    pub(super) fn at(live: &Live, state: &State, url: &str) -> Self {
        let Some(wanted) = site_path(url) else { return Self::not_found(live, state) };
        if let Some(bytes) = live.search(&wanted) {
            return Self { lasts: false, ..Self::new(StatusCode::OK, content_type(&wanted), bytes) };
        }
        if let Some(found) = whole(&wanted, || state.site.render(&wanted)) {
            return Self::rendered(live, StatusCode::OK, &wanted, found);
        }
        // The folder's own path and not what was asked: `//host/` would be another site.
        let folder = SitePath::parse(&format!("{wanted}/index.html"));
        match folder.filter(|folder| state.site.render(folder).is_some()) {
            Some(folder) => Self::moved(format!("/{}", folder.url())),
            None => {
                // The index of the search comes a little later than its site.
                let lasts = state.site.searched_at(&wanted).is_none();
                Self { lasts, ..Self::not_found(live, state) }
            }
        }
    }

    /// A line of text, for programs.
    pub(super) fn plain(status: StatusCode, text: &'static str) -> Self {
        Self::new(status, "text/plain; charset=utf-8".to_owned(), text)
    }

    /// The script that every page of a preview ends with.
    pub(super) fn script() -> Self {
        let bytes = include_bytes!("../live.js").as_slice();
        Self::new(StatusCode::OK, "text/javascript; charset=utf-8".to_owned(), bytes)
    }

    /// Its style sheet.
    pub(super) fn style() -> Self {
        let bytes = include_bytes!("../live.css").as_slice();
        Self::new(StatusCode::OK, "text/css; charset=utf-8".to_owned(), bytes)
    }

    fn new(status: StatusCode, content_type: String, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let tag = tag(&[&bytes]);
        let page = tag.clone();
        Self { status, content_type, location: None, bytes, tag, page, lasts: true }
    }

    fn rendered(
        live: &Live,
        status: StatusCode,
        path: &SitePath,
        found: Result<Vec<u8>, Box<Diagnostic>>,
    ) -> Self {
        match found {
            Ok(bytes) if path.as_str().ends_with(".html") => Self::page(status, bytes),
            Ok(bytes) => Self::new(status, content_type(path), bytes),
            Err(problem) => Self::broken(live, &problem),
        }
    }

    /// The bytes of the page are those of the build; the preview's script comes after its end, where HTML allows it. It is
    /// told what it stands on: a change between the page and the first news would else go unseen.
    fn page(status: StatusCode, mut html: Vec<u8>) -> Self {
        // A page and the one that says that there is none may be equal for once, and are not the same.
        let page = tag(&[status.as_str().as_bytes(), &html]);
        let script = format!("<script type=\"module\" src=\"{SCRIPT}\" data-page=\"{page}\"></script>\n");
        html.extend_from_slice(script.as_bytes());
        Self { page, ..Self::new(status, "text/html; charset=utf-8".to_owned(), html) }
    }

    fn not_found(live: &Live, state: &State) -> Self {
        let page = SitePath::parse("404.html").and_then(|path| Some((state.site.render(&path)?, path)));
        match page {
            Some((found, path)) => Self::rendered(live, StatusCode::NOT_FOUND, &path, found),
            None => Self::plain(StatusCode::NOT_FOUND, "not found\n"),
        }
    }

    fn moved(location: String) -> Self {
        let plain = Self::plain(StatusCode::MOVED_PERMANENTLY, "");
        Self { page: tag(&[location.as_bytes()]), location: Some(location), ..plain }
    }

    /// A page that cannot be rendered says why.
    fn broken(live: &Live, problem: &Diagnostic) -> Self {
        let lang = live.lang();
        let heading = say!("Questa pagina non si può mostrare"; "This page cannot be shown");
        let problem = overlay::render(&heading, std::slice::from_ref(problem), lang);
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>vademecum</title>\n\
             <link rel=\"stylesheet\" href=\"{STYLE}\">\n<main class=\"vademecum-problems\">{problem}</main>\n",
            lang.tag()
        );
        // A file that is gone for a moment comes back as it was: then nobody tells of a change.
        Self { lasts: false, ..Self::page(StatusCode::INTERNAL_SERVER_ERROR, html.into_bytes()) }
    }
}

/// What is read at last: a file of the handbook is read when it is asked for, and whoever saves it may have emptied or removed
/// it just now, to write it anew. Pages are made of what has been read before.
fn whole(
    path: &SitePath,
    read: impl Fn() -> Option<Result<Vec<u8>, Box<Diagnostic>>>,
) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
    let is_page = path.as_str().ends_with(".html");
    let is_whole =
        |found: &Result<Vec<u8>, _>| is_page || found.as_ref().is_ok_and(|bytes| !bytes.is_empty());
    let mut found = read()?;
    for _ in 0..TRIES {
        if is_whole(&found) {
            break;
        }
        std::thread::sleep(BETWEEN_TRIES);
        found = read()?;
    }
    Some(found)
}

/// The path of the site that a URL's path means; `None` where it could lead out of the site.
fn site_path(url: &str) -> Option<SitePath> {
    let decoded = percent_decode_str(url).decode_utf8().ok()?;
    let path = decoded.strip_prefix('/')?;
    let is_folder = path.is_empty() || path.ends_with('/');
    SitePath::parse(&if is_folder { format!("{path}index.html") } else { path.to_owned() })
}

fn tag(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let hash = hasher.finalize().to_hex();
    hash.get(..32).unwrap_or(&hash).to_owned()
}

fn content_type(path: &SitePath) -> String {
    let guess = mime_guess::from_path(path.as_str()).first_or_octet_stream();
    let is_text = guess.type_() == "text"
        || matches!(guess.subtype().as_str(), "javascript" | "json" | "xml")
        || (guess.type_() == "application"
            && guess.suffix().is_some_and(|form| matches!(form.as_str(), "json" | "xml")));
    if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use crate::diagnostic::Code;

    use super::*;

    #[test]
    fn files_have_the_types_that_hosts_give_them() {
        for (file, expected) in [
            ("assets/style.css", "text/css; charset=utf-8"),
            ("assets/site.js", "text/javascript; charset=utf-8"),
            ("dati/handbook.json", "application/json; charset=utf-8"),
            ("dati/a.csv", "text/csv; charset=utf-8"),
            ("a/index.md", "text/markdown; charset=utf-8"),
            ("feed.xml", "text/xml; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json; charset=utf-8"),
            ("img/a.svg", "image/svg+xml"),
            ("img/a.webp", "image/webp"),
            ("img/a.avif", "image/avif"),
            ("img/a.ico", "image/x-icon"),
            ("a.woff2", "font/woff2"),
            ("a.pdf", "application/pdf"),
            ("a.mp4", "video/mp4"),
            ("a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
            ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("pagefind/wasm.unknown.pagefind", "application/octet-stream"),
            ("a.wasm", "application/wasm"),
            ("pagefind/index/it_1.pf_index", "application/octet-stream"),
        ] {
            assert_eq!(content_type(&SitePath::parse(file).unwrap()), expected, "{file}");
        }
    }

    #[test]
    fn a_file_that_is_gone_or_empty_for_a_moment_is_read_whole() {
        let gone = || Err(Box::new(Diagnostic::error(Code::UnreadableFile, say!("x"; "x"))));
        let read = |path: &str, mut steps: Vec<Result<Vec<u8>, Box<Diagnostic>>>| {
            steps.reverse();
            let steps = RefCell::new(steps);
            let step = || {
                let mut steps = steps.borrow_mut();
                if steps.len() > 1 { steps.pop() } else { steps.first().cloned() }
            };
            let read = whole(&SitePath::parse(path).unwrap(), step);
            read.map(|found| found.map(|bytes| String::from_utf8(bytes).unwrap()).ok())
        };
        let some = |text: &str| Ok(text.as_bytes().to_vec());
        assert_eq!(read("a.svg", vec![some("x")]), Some(Some("x".to_owned())));
        assert_eq!(read("a.svg", vec![gone(), some(""), some("x")]), Some(Some("x".to_owned())));
        // It stays so.
        assert_eq!(read("a.svg", vec![some("")]), Some(Some(String::new())));
        assert_eq!(read("a.svg", vec![gone()]), Some(None));
        assert_eq!(read("a.svg", vec![]), None);
        // Of a page nothing else will be made.
        assert_eq!(read("a/index.html", vec![gone(), some("x")]), Some(None));
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        let path = |url| site_path(url).map(|path| path.as_str().to_owned());
        assert_eq!(path("/").as_deref(), Some("index.html"));
        assert_eq!(path("/a%20b/%C3%A8/").as_deref(), Some("a b/è/index.html"));
        for wrong in [
            "",
            "*",
            "a",
            "//",
            "//etc/passwd",
            "/../a",
            "/%2e%2e/a",
            "/a/%2e%2e%2fb",
            "/..%5ca",
            "/a%00.html",
            "/%ff",
            "/a//b",
            "/./a",
            "/%2e/a",
            "/a%2f%2e%2e%2f%2e%2e%2fb",
            "/a\\b",
        ] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
        // Decoded once and no more.
        assert_eq!(path("/%252e%252e/a").as_deref(), Some("%2e%2e/a"));
    }
}
