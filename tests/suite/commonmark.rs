//! On plain CommonMark our renderer says what the parser's own renderer says, on every example of the specification.
//!
//! The examples come from the npm package `commonmark-spec`, which `tests/run.sh` fetches.

use pulldown_cmark::{Event, Parser};
use vademecum::diagnostic::SourceFile;
use vademecum::markdown::{
    Citation, Host, Labels, Link, Reading, Reference, TermLink, TermUse, html, options, outline,
};

struct Example {
    number: usize,
    markdown: String,
}

/// Leaves every reference as the author wrote it.
struct AsWritten;

impl Host for AsWritten {
    fn link(&self, _: usize, reference: &Reference) -> Link {
        Link { href: reference.target.clone(), label: reference.target.clone() }
    }

    fn citation(&self, _: &Citation) -> Link {
        Link::default()
    }

    fn term(&self, _: &TermUse) -> TermLink {
        TermLink::default()
    }
}

/// The examples of `spec.txt`: fenced by 32 backquotes, Markdown and HTML divided by a line with a dot.
fn examples() -> Vec<Example> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/node_modules/commonmark-spec/spec.txt");
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{path}: {error}; run `npm ci` in tests/browser, or tests/run.sh"));
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with(&"`".repeat(32)) && line.ends_with("example") {
            let markdown: String =
                lines.by_ref().take_while(|line| *line != ".").map(|line| format!("{line}\n")).collect();
            let _html = lines.by_ref().take_while(|line| !line.starts_with(&"`".repeat(32))).count();
            examples.push(Example { number: examples.len() + 1, markdown: markdown.replace('→', "\t") });
        }
    }
    examples
}

/// The parser's own HTML.
fn stock(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, options(false)));
    html
}

/// Where we differ on purpose: an author's own HTML that could not be checked is text (prose never
/// executes), and comments are not published.
fn holds_html(markdown: &str) -> bool {
    Parser::new_ext(markdown, options(false))
        .any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

fn ours(markdown: &str) -> String {
    // A first line that is not a heading: a leading `# …` would become the page's title, outside the body.
    let text = format!("x\n\n{markdown}");
    let file = SourceFile::new("example.md", text.clone());
    let (chapter, _) = outline(&file, 0..text.len(), Reading::default());
    let html = html(&chapter, &AsWritten, &Labels::default());
    let html =
        html.strip_prefix("<p>x</p>\n").expect("the first line").replace("<pre tabindex=\"0\">", "<pre>");
    let html = html.replace(" loading=\"lazy\" decoding=\"async\"", "");
    let html = if chapter.heading_shift() == 1 { raise(&html) } else { html };
    without_heading_ids(&html)
}

/// Undoes the shift that keeps the page's title its only `h1`.
fn raise(html: &str) -> String {
    let mut html = html.to_owned();
    for level in 2..=6 {
        let up = level - 1;
        html = html
            .replace(&format!("<h{level} "), &format!("<h{up} "))
            .replace(&format!("</h{level}>"), &format!("</h{up}>"));
    }
    html
}

fn without_heading_ids(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<h").filter(|_| rest.contains(" id=\"")) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let is_heading =
            from.as_bytes().get(2).is_some_and(u8::is_ascii_digit) && from.get(3..8) == Some(" id=\"");
        if is_heading {
            let end = from.find('>').expect("a tag ends");
            out.push_str(&from[..3]);
            rest = &from[end..];
        } else {
            out.push_str(&from[..2]);
            rest = &from[2..];
        }
    }
    out.push_str(rest);
    out
}

#[test]
fn plain_commonmark_renders_as_the_parsers_own_renderer_does() {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the examples of CommonMark 0.31");
    let mut different = Vec::new();
    for example in &examples {
        let (ours, stock) = (ours(&example.markdown), stock(&example.markdown));
        if ours != stock && !holds_html(&example.markdown) {
            eprintln!("{}\n{:?}\n  ours  {ours:?}\n  stock {stock:?}", example.number, example.markdown);
            different.push(example.number);
        }
    }
    // Example 62 has headings of all six ranks: under the page's own `h1`, the sixth joins the fifth.
    assert_eq!(different, [62]);
}

#[test]
fn no_example_makes_markup_that_was_not_ours() {
    for example in examples() {
        let html = ours(&example.markdown);
        for refused in ["<script", "<style", "<iframe", "<!--", " style=", " onclick="] {
            assert!(!html.contains(refused), "example {}: {html}", example.number);
        }
    }
}
