//! What a host says beside each page: one source for `serve`, for the files that hosts read and for the pages themselves.

use percent_encoding::percent_decode_str;

use super::Volume;

/// Nothing from elsewhere, no inline script or style. The search compiles WebAssembly.
macro_rules! policy {
    () => {
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
    };
}

/// The policy as a page can say it, where a host lets nobody set headers; no page can say who may frame it.
pub(super) const POLICY_IN_PAGE: &str = policy!();

/// Another site is not told which page its reader comes from; the host's own statistics are.
pub(super) const REFERRER: &str = "same-origin";

/// The headers of every answer.
pub const HEADERS: [(&str, &str); 3] = [
    ("Content-Security-Policy", concat!(policy!(), "; frame-ancestors 'self'")),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", REFERRER),
];

/// How long a browser may keep what stands in these folders without asking. All else it asks for each time, which
/// costs one answer without a body: names do not change with their content, so nothing may be kept for long. The
/// words and filters of the search index do carry their content in their names.
const KEPT: [(&str, &str); 3] = [
    ("assets/", "public, max-age=600"),
    ("pagefind/filter/", "public, max-age=31536000, immutable"),
    ("pagefind/index/", "public, max-age=31536000, immutable"),
];

/// What is worth compressing, beside HTML.
const COMPRESSED: &str = "text/css text/javascript application/javascript application/json application/xml \
                          application/atom+xml text/xml text/plain text/markdown text/csv image/svg+xml";

/// A file that tells a host how to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum HostFile {
    /// Netlify, Cloudflare Pages.
    Headers,
    /// Apache.
    Htaccess,
    /// To include in a server's configuration.
    Nginx,
    /// Netlify, Cloudflare Pages: where pages that have moved are now.
    Redirects,
    /// GitHub Pages: the files are the site, and nothing makes pages of the Markdown among them.
    NoJekyll,
}

impl HostFile {
    pub(super) const ALL: [Self; 5] =
        [Self::Headers, Self::Htaccess, Self::Nginx, Self::Redirects, Self::NoJekyll];

    /// Its name in the site's root.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Headers => "_headers",
            Self::Htaccess => ".htaccess",
            Self::Nginx => "nginx.conf",
            Self::Redirects => "_redirects",
            Self::NoJekyll => ".nojekyll",
        }
    }

    /// What it says.
    pub(super) fn text(self, volume: &Volume) -> String {
        match self {
            Self::Headers => headers(),
            Self::Htaccess => htaccess(volume.root_of_host(), &moves(volume)),
            Self::Nginx => nginx(volume.root_of_host(), &moves(volume)),
            Self::Redirects => redirects(&moves(volume)),
            Self::NoJekyll => String::new(),
        }
    }
}

/// The pages that have moved, and where they are now, from the site's root. A host that answers with the new address keeps
/// the place on the page that a reader asked for, without a script too.
fn moves(volume: &Volume) -> Vec<(String, String)> {
    volume.departures.moves().map(|(old, new)| (old.url(), new.url())).collect()
}

fn redirects(moves: &[(String, String)]) -> String {
    moves.iter().map(|(old, new)| format!("/{old} /{new} 301\n")).collect()
}

/// Such hosts read the file in the root of what they publish, so its paths start there.
fn headers() -> String {
    let mut text = String::from("/*\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for (folder, value) in KEPT {
        text.push_str(&format!("/{folder}*\n  Cache-Control: {value}\n"));
    }
    text
}

fn htaccess(root: &str, moves: &[(String, String)]) -> String {
    let mut text = format!("ErrorDocument 404 {root}404.html\nAddDefaultCharset utf-8\n");
    text.push_str("<IfModule mod_mime.c>\nAddType text/markdown .md\nAddCharset utf-8 .css .csv .js .json .md .txt .xml\n</IfModule>\n");
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    text.push_str("Header set Cache-Control \"no-cache\"\n<IfModule mod_setenvif.c>\n");
    let pattern = literal(root);
    for (number, (folder, value)) in KEPT.into_iter().enumerate() {
        text.push_str(&format!("SetEnvIf Request_URI \"^{pattern}{folder}\" vademecum_kept_{number}\n"));
        text.push_str(&format!("Header set Cache-Control \"{value}\" env=vademecum_kept_{number}\n"));
    }
    text.push_str("</IfModule>\n</IfModule>\n");
    text.push_str(&format!("<IfModule mod_filter.c>\n<IfModule mod_deflate.c>\nAddOutputFilterByType DEFLATE text/html {COMPRESSED}\n</IfModule>\n</IfModule>\n"));
    if !moves.is_empty() {
        text.push_str("<IfModule mod_alias.c>\n");
        for (old, new) in moves {
            text.push_str(&format!(
                "RedirectMatch 301 \"^{}$\" \"{root}{new}\"\n",
                literal(&decoded(root, old))
            ));
        }
        text.push_str("</IfModule>\n");
    }
    text
}

/// The path that a server compares: it decodes what a browser asks for.
fn decoded(root: &str, url: &str) -> String {
    percent_decode_str(&format!("{root}{url}")).decode_utf8_lossy().into_owned()
}

/// A path as a regular expression for itself alone; `SetEnvIf` reads its pattern as one.
fn literal(path: &str) -> String {
    let mut pattern = String::new();
    for c in path.chars() {
        if r"\.+*?()[]{}|^$".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// Lines for a `server` block; paths in quotes, for a `;` in one would end its line. `expires` instead of a header of a place: nginx drops the others where a place has its own.
fn nginx(root: &str, moves: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in HEADERS {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!("error_page 404 \"{root}404.html\";\ncharset utf-8;\n"));
    text.push_str(&format!(
        "charset_types {COMPRESSED};\ngzip on;\ngzip_vary on;\ngzip_types {COMPRESSED};\n"
    ));
    text.push_str("expires -1;\n");
    for (folder, value) in KEPT {
        let seconds = value.split("max-age=").nth(1).and_then(|rest| rest.split(',').next()).unwrap_or("0");
        text.push_str(&format!("location ^~ \"{root}{folder}\" {{ expires {seconds}s; }}\n"));
    }
    for (old, new) in moves {
        text.push_str(&format!("location = \"{}\" {{ return 301 \"{root}{new}\"; }}\n", decoded(root, old)));
    }
    text.push_str("location ~ \\.md$ { types { } default_type text/markdown; }\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_of_the_host_stays_a_path() {
        let moves = [("old/".to_owned(), "new%20one/".to_owned())];
        let (apache, nginx) = (htaccess("/a.b+;c/", &moves), nginx("/a.b+;c/", &moves));
        assert!(apache.contains(r#"SetEnvIf Request_URI "^/a\.b\+;c/assets/""#), "{apache}");
        assert!(nginx.contains(r#"location ^~ "/a.b+;c/assets/" {"#), "{nginx}");
        assert!(apache.contains(r#"RedirectMatch 301 "^/a\.b\+;c/old/$" "/a.b+;c/new%20one/""#), "{apache}");
        assert!(
            nginx.contains(r#"location = "/a.b+;c/old/" { return 301 "/a.b+;c/new%20one/"; }"#),
            "{nginx}"
        );
        assert!(nginx.contains(r#"error_page 404 "/a.b+;c/404.html";"#), "{nginx}");
    }
}
