//! HTML in Markdown: a short list of harmless elements passes, everything else is text.
//!
//! Prose never executes, and every link of a handbook is checked: so a `<script>`, an `<a>` or an `<img>`
//! written as HTML is shown as the text that it is (with a warning), and `<PA>` or `<0,5` were text all along.

use std::ops::Range;

use crate::diagnostic::Text;
use crate::say;

/// What becomes of a piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Plain text, to be escaped.
    Text,
    /// A comment: not shown.
    Comment,
    /// A tag that passes.
    Allowed(Tag),
    /// A tag of HTML that is shown as text.
    Refused {
        /// The element's name in lower case.
        name: String,
    },
}

/// A tag that passes, with the attributes that may stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) closing: bool,
    pub(super) attributes: Vec<(&'static str, String)>,
}

impl Tag {
    /// Whether it has no end tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.name, "br" | "wbr")
    }
}

/// Elements that carry text and nothing else.
const ALLOWED: [&str; 26] = [
    "abbr", "b", "bdi", "br", "cite", "code", "del", "details", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "time", "var", "wbr",
];

/// Attributes that say something about the text.
const ATTRIBUTES: [&str; 5] = ["title", "lang", "dir", "datetime", "open"];

/// The elements of HTML that are refused aloud; any other name in angle brackets is just text.
const REFUSED: [&str; 58] = [
    "a",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "blockquote",
    "body",
    "button",
    "canvas",
    "center",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "object",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "svg",
    "table",
    "td",
    "textarea",
    "video",
];

/// What to write instead.
pub(super) fn help(name: &str) -> Text {
    match name {
        "a" => {
            say!("scrivi `[testo](indirizzo)`: così il collegamento è verificato"; "write `[text](address)`: so the link is checked")
        }
        "img" => say!("scrivi `![descrizione](file.png)`"; "write `![description](file.png)`"),
        "table" | "td" => say!("scrivi una tabella con `|`"; "write a table with `|`"),
        "script" | "style" | "iframe" | "object" | "embed" => {
            say!("togli l'elemento: una pagina non contiene programmi né stili propri"; "remove the element: a page holds no programs or styles of its own")
        }
        _ => {
            say!("usa la sintassi Markdown, oppure scrivi `\\<` per mostrare il segno"; "use Markdown, or write `\\<` to show the sign")
        }
    }
}

/// Cuts a run of HTML into its pieces, each with its byte range; together they are the whole run.
pub(super) fn pieces(html: &str) -> Vec<(Verdict, Range<usize>)> {
    let mut pieces = Vec::new();
    let (mut text_from, mut at) = (0, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let Some((verdict, length)) = html.get(start..).and_then(markup) else {
            at = start + 1;
            continue;
        };
        if text_from < start {
            pieces.push((Verdict::Text, text_from..start));
        }
        pieces.push((verdict, start..start + length));
        at = start + length;
        text_from = at;
    }
    if text_from < html.len() {
        pieces.push((Verdict::Text, text_from..html.len()));
    }
    pieces
}

/// The comment or tag at the start of `html`, with its length; `None` when it is only a `<`.
fn markup(html: &str) -> Option<(Verdict, usize)> {
    if let Some(comment) = html.strip_prefix("<!--") {
        return Some((
            Verdict::Comment,
            comment.find("-->").map_or(html.len(), |end| "<!--".len() + end + "-->".len()),
        ));
    }
    let closing = html.starts_with("</");
    let name_start = if closing { 2 } else { 1 };
    let rest = html.get(name_start..)?;
    let name_length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let name = rest.get(..name_length)?.to_ascii_lowercase();
    let (attributes, length) = attributes(html, name_start + name_length)?;
    if let Some(allowed) = ALLOWED.iter().find(|allowed| **allowed == name) {
        return Some((Verdict::Allowed(Tag { name: allowed, closing, attributes }), length));
    }
    let verdict = if REFUSED.contains(&name.as_str()) { Verdict::Refused { name } } else { Verdict::Text };
    Some((verdict, length))
}

type Attributes = Vec<(&'static str, String)>;

/// The attributes that may stay, and the length of the tag with its `>`.
fn attributes(html: &str, from: usize) -> Option<(Attributes, usize)> {
    let mut kept = Vec::new();
    let mut at = from;
    loop {
        let rest = html.get(at..)?;
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let rest = html.get(at..)?;
        if rest.starts_with('>') {
            return Some((kept, at + 1));
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name_length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let name = rest.get(..name_length)?.to_ascii_lowercase();
        at += name_length.max(1);
        let value = match html.get(at..)?.trim_start().strip_prefix('=') {
            Some(after) => {
                let after = after.trim_start();
                let start = html.len() - after.len();
                let (value, end) = value(after)?;
                at = start + end;
                value
            }
            None => String::new(),
        };
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name) {
            kept.push((*known, value));
        }
    }
}

/// An attribute's value and how many bytes it takes.
fn value(text: &str) -> Option<(String, usize)> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            let end = rest.find(quote)?;
            return Some((rest.get(..end)?.to_owned(), end + 2));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    Some((text.get(..end)?.to_owned(), end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn verdicts(html: &str) -> Vec<String> {
        pieces(html)
            .into_iter()
            .map(|(verdict, range)| match verdict {
                Verdict::Text => format!("text {}", &html[range]),
                Verdict::Comment => "comment".to_owned(),
                Verdict::Allowed(tag) => {
                    format!("{}{} {:?}", if tag.closing { "/" } else { "" }, tag.name, tag.attributes)
                }
                Verdict::Refused { name } => format!("refused {name}"),
            })
            .collect()
    }

    #[test]
    fn harmless_elements_pass_with_their_harmless_attributes() {
        assert_eq!(
            verdicts("<abbr title='Autorità' onclick=\"x()\" style=color:red>AdG</ABBR><br/>"),
            ["abbr [(\"title\", \"Autorità\")]", "text AdG", "/abbr []", "br []"]
        );
    }

    #[test]
    fn everything_else_is_text() {
        assert_eq!(
            verdicts("a <PA> < b <script src=x> <!-- no --> <?php ?> <img"),
            [
                "text a ",
                "text <PA>",
                "text  < b ",
                "refused script",
                "text  ",
                "comment",
                "text  <?php ?> <img"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_whole(html in "[<>/a-z !\\-='\"]{0,40}") {
            let mut at = 0;
            for (_, range) in pieces(&html) {
                prop_assert_eq!(range.start, at);
                at = range.end;
            }
            prop_assert_eq!(at, html.len());
        }
    }
}
