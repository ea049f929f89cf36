//! What a search looks through on one page, and what it shows of it.
#![cfg_attr(
    not(any(feature = "search", test)),
    expect(dead_code, reason = "only the index reads the records")
)]

use pulldown_cmark_escape::escape_html;

use crate::diagnostic::Lang;
use crate::markdown::Level;
use crate::site::SitePath;

/// A page as the search knows it. Its words come from the handbook and not from the theme's templates: a theme can
/// show a page as it likes, and it is found all the same.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) path: SitePath,
    pub(super) lang: Lang,
    pub(super) title: String,
    /// What a reader types who wants this page and no other: an id, an acronym, `art5`.
    pub(super) keys: Vec<String>,
    /// The same, for a page that is meant less often: an article of an act that is not the handbook's first, and a
    /// guideline on an article.
    pub(super) lesser_keys: Vec<String>,
    /// The keys of the articles that its prose cites.
    pub(super) cites: Vec<String>,
    /// What kind of page it is, in words.
    pub(super) kind: String,
    /// Its status in words, where a reader must know it: a draft, or what no longer holds.
    pub(super) status: Option<String>,
    /// Whether it no longer holds: it is found after what holds.
    pub(super) is_over: bool,
    /// What a reader can choose by: the name of the filter, and a value.
    pub(super) filters: Vec<(&'static str, String)>,
    pub(super) parts: Vec<Part>,
}

/// The words under one heading.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// `None` for the beginning of the page.
    pub(super) heading: Option<Heading>,
    pub(super) blocks: Vec<String>,
}

/// A place of the page that a result can lead to.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) id: String,
    pub(super) text: String,
    /// Of a provision: its level, with the level's name in words.
    pub(super) level: Option<(Level, String)>,
}

/// Parts the title of a heading from the level and its name, in the one text that the library keeps for a heading.
const FIELD: char = '\t';

impl Record {
    /// The page in the form that the library reads (its documented `data-pagefind-*` attributes).
    pub(super) fn html(&self) -> String {
        let mut html = Html::default();
        html.put("<html lang=\"").put(self.lang.tag()).put("\"><body>");
        html.meta("title", &self.title).meta("kind", &self.kind);
        html.meta("key", &self.keys.join("\n")).meta("lesser", &self.lesser_keys.join("\n"));
        html.meta("cites", &self.cites.join("\n"));
        html.meta("status", self.status.as_deref().unwrap_or(""));
        for (filter, value) in &self.filters {
            html.put("<i data-pagefind-filter=\"").put(filter).put("[data-v]\" data-v=\"").escaped(value);
            html.put("\"></i>");
        }
        // What no longer holds weighs a quarter.
        html.put(if self.is_over { "<div data-pagefind-weight=\"0.25\">" } else { "<div>" });
        for part in &self.parts {
            html.part(part);
        }
        html.put("</div></body></html>");
        html.text
    }
}

#[derive(Default)]
struct Html {
    text: String,
}

impl Html {
    fn put(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn escaped(&mut self, text: &str) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = escape_html(&mut self.text, text);
        self
    }

    /// What is known of the page; the library looks through it too.
    fn meta(&mut self, name: &str, value: &str) -> &mut Self {
        if !value.is_empty() {
            self.put("<i data-pagefind-meta=\"")
                .put(name)
                .put("[data-v]\" data-v=\"")
                .escaped(value)
                .put("\"></i>");
        }
        self
    }

    fn part(&mut self, part: &Part) {
        if let Some(heading) = &part.heading {
            self.put("<h3 id=\"")
                .escaped(&heading.id)
                .put("\" data-pagefind-title=\"")
                .escaped(&heading.text);
            if let Some((level, name)) = &heading.level {
                self.text.push(FIELD);
                self.put(level.name());
                self.text.push(FIELD);
                self.escaped(name);
            }
            self.put("\">");
            if heading.level.is_some() {
                self.escaped(&heading.id).put(" ");
            }
            self.escaped(&heading.text).put("</h3>");
        }
        for block in &part.blocks {
            self.put("<p>").escaped(block).put("</p>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_escapes_what_the_handbook_says_and_marks_what_no_longer_holds() {
        let heading = Heading {
            id: "LG-01.1".to_owned(),
            text: "\"A\" & <b>".to_owned(),
            level: Some((Level::Must, "Deve".to_owned())),
        };
        let record = Record {
            path: SitePath::file("a/index.html"),
            lang: Lang::It,
            title: "1 < 2".to_owned(),
            keys: vec!["LG-01".to_owned()],
            lesser_keys: Vec::new(),
            cites: vec!["art5".to_owned()],
            kind: "Linea guida".to_owned(),
            status: None,
            is_over: true,
            filters: vec![("level", "deve".to_owned())],
            parts: vec![Part { heading: Some(heading), blocks: vec!["x & y".to_owned()] }],
        };
        assert_eq!(
            record.html(),
            "<html lang=\"it\"><body><i data-pagefind-meta=\"title[data-v]\" data-v=\"1 &lt; 2\"></i>\
             <i data-pagefind-meta=\"kind[data-v]\" data-v=\"Linea guida\"></i>\
             <i data-pagefind-meta=\"key[data-v]\" data-v=\"LG-01\"></i>\
             <i data-pagefind-meta=\"cites[data-v]\" data-v=\"art5\"></i>\
             <i data-pagefind-filter=\"level[data-v]\" data-v=\"deve\"></i>\
             <div data-pagefind-weight=\"0.25\">\
             <h3 id=\"LG-01.1\" data-pagefind-title=\"&quot;A&quot; &amp; &lt;b&gt;\tdeve\tDeve\">LG-01.1 &quot;A&quot; &amp; &lt;b&gt;</h3>\
             <p>x &amp; y</p></div></body></html>"
        );
    }
}
