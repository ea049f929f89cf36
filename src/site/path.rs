//! A path of the published site.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// A file of the site, relative to its root: `linee-guida/index.html`. No part is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// What a URL's path cannot hold as it is (RFC 3986), and what would end an HTML attribute.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

const INDEX: &str = "index.html";

impl SitePath {
    /// The path that a text names; `None` when it could leave the site.
    pub fn parse(text: &str) -> Option<Self> {
        let clean = text.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        let plain = !text.contains(|c: char| c == '\\' || c.is_control());
        (clean && plain).then(|| Self(text.to_owned()))
    }

    /// The page at an address such as `linee-guida/consultare`; the empty address is the home page.
    pub(super) fn page(address: &str) -> Self {
        if address.is_empty() { Self(INDEX.to_owned()) } else { Self([address, INDEX].join("/")) }
    }

    /// A file whose path is known to be clean.
    pub(super) fn file(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of the URL, relative to the site's root and without a leading `/`: folders end with `/`.
    pub fn url(&self) -> String {
        utf8_percent_encode(without_index(&self.0), ESCAPED).to_string()
    }

    /// This path in a folder, which ends with `/`; the empty one is the root.
    pub(super) fn under(&self, folder: &str) -> Self {
        Self(format!("{folder}{}", self.0))
    }

    /// This path as one from such a folder; `None` where it is not in it.
    pub(super) fn within(&self, folder: &str) -> Option<Self> {
        self.0.strip_prefix(folder).filter(|rest| !rest.is_empty()).map(|rest| Self(rest.to_owned()))
    }

    /// The way up from this page to the root: empty, or `../` as often as there are folders.
    pub fn up(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// How a page writes its link to another: relative, so that the site works under any path.
    pub fn href_to(&self, other: &Self) -> String {
        let shared = self.common_folder(&other.0);
        let rest = without_index(other.0.get(shared..).unwrap_or(""));
        let up = self.0.bytes().skip(shared).filter(|byte| *byte == b'/').count();
        let mut href = String::with_capacity(3 * up + rest.len() + 2);
        // `nota:1.png` would be an address of the scheme `nota`.
        let is_a_scheme = || rest.split('/').next().is_some_and(|first| first.contains(':'));
        if up == 0 && (rest.is_empty() || is_a_scheme()) {
            href.push_str("./");
        }
        (0..up).for_each(|_| href.push_str("../"));
        href.extend(utf8_percent_encode(rest, ESCAPED));
        href
    }

    /// How many bytes of folders the two paths share.
    fn common_folder(&self, other: &str) -> usize {
        let shared = self.0.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        self.0.get(..shared).and_then(|common| common.rfind('/')).map_or(0, |slash| slash + 1)
    }
}

/// A folder for the page that stands for it.
fn without_index(path: &str) -> &str {
    path.strip_suffix(INDEX).filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path)
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_as_short_as_they_can_be() {
        let path = |text: &str| SitePath::parse(text).unwrap();
        for (from, to, href) in [
            ("index.html", "index.html", "./"),
            ("index.html", "a/index.html", "a/"),
            ("a/b/index.html", "index.html", "../../"),
            ("a/b/index.html", "a/c/index.html", "../c/"),
            ("a/b/index.html", "a/index.html", "../"),
            ("a/b/index.html", "a/b/index.html", "./"),
            ("a/index.html", "a/b/index.html", "b/"),
            ("a/index.html", "ab/x y?.png", "../ab/x%20y%3F.png"),
            ("index.html", "a:b.svg", "./a:b.svg"),
            ("a/index.html", "a/b:c/d.svg", "./b:c/d.svg"),
            ("a/index.html", "a:b.svg", "../a:b.svg"),
            ("a/b/index.html", "assets/style.css", "../../assets/style.css"),
        ] {
            assert_eq!(path(from).href_to(&path(to)), href, "{from} → {to}");
        }
    }

    #[test]
    fn no_path_leaves_the_site() {
        for wrong in ["../a", "a/../b", "/a", "a//b", "a/", "", ".", "a\\b", "a\0b"] {
            assert_eq!(SitePath::parse(wrong), None, "{wrong:?}");
        }
    }
}
