//! Diagnostics as an HTML fragment: what the watch server lays over the last good page.

use std::fmt::Write;

use crate::say;

use super::{Diagnostic, Lang, Place, Text};

/// So many are shown; the terminal tells all.
const MOST: usize = 100;

/// Diagnostics under a heading; no script, no style, every text escaped.
pub fn render(heading: &Text, diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut html = format!("<h2>{}</h2>\n<ol>\n", Escaped(heading.in_lang(lang)));
    for diagnostic in diagnostics.iter().take(MOST) {
        // Writing to a String cannot fail.
        let _ = entry(&mut html, diagnostic, lang);
    }
    html.push_str("</ol>\n");
    if let more @ 1.. = diagnostics.len().saturating_sub(MOST) {
        let more = say!("e altri {more}: il terminale li dice tutti"; "and {more} more: the terminal tells all of them");
        html.push_str(&format!("<p>{}</p>\n", Escaped(more.in_lang(lang))));
    }
    html
}

fn entry(html: &mut String, diagnostic: &Diagnostic, lang: Lang) -> std::fmt::Result {
    let message = diagnostic.message.in_lang(lang);
    write!(html, "<li class=\"{}\">", diagnostic.severity.name())?;
    write!(html, "<p><strong>{}</strong> <code>{}</code></p>", Escaped(message), diagnostic.code)?;
    if let Some(place) = &diagnostic.place {
        excerpt(html, place)?;
    }
    for related in &diagnostic.related {
        write!(html, "<p>{}</p>", Escaped(related.message.in_lang(lang)))?;
        excerpt(html, &related.place)?;
    }
    if let Some(help) = &diagnostic.help {
        write!(html, "<p>{}</p>", Escaped(help.in_lang(lang)))?;
    }
    html.write_str("</li>\n")
}

fn excerpt(html: &mut String, place: &Place) -> std::fmt::Result {
    let name = Escaped(place.file.name());
    let Some((start, end)) = place.positions() else {
        return write!(html, "<p>{name}</p>");
    };
    write!(html, "<p>{name}:{}:{}</p>", start.line, start.column)?;
    let line = place.file.line_range(start.line, start.line);
    let text = place.file.text();
    let range = place.range.clone().unwrap_or_default();
    let marked = range.start..if end.line > start.line { line.end } else { range.end };
    let part = |range: std::ops::Range<usize>| Escaped(text.get(range).unwrap_or(""));
    let (before, inside, after) =
        (part(line.start..marked.start), part(marked.clone()), part(marked.end..line.end));
    write!(html, "<pre><code>{before}<mark>{inside}</mark>{after}</code></pre>")
}

/// Text as HTML shows it.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceFile};
    use crate::say;

    #[test]
    fn an_excerpt_is_marked_and_never_becomes_markup() {
        let file = SourceFile::new("a.md", "<b> [x](y.md)\n");
        let found = Diagnostic::error(Code::BrokenLink, say!("<manca>"; "<missing>"))
            .at(Place::range(&file, 8..12))
            .related(Place::range(&file, 0..3), say!("anche <qui>"; "here too"));
        let html = render(&say!("a & b"; ""), &[found], Lang::It);
        assert!(html.starts_with("<h2>a &amp; b</h2>\n"), "{html}");
        assert!(html.contains("<strong>&lt;manca&gt;</strong>"), "{html}");
        assert!(html.contains("<pre><code>&lt;b&gt; [x](<mark>y.md</mark>)</code></pre>"), "{html}");
        assert!(html.contains("<p>anche &lt;qui&gt;</p><p>a.md:1:1</p>"), "{html}");
    }

    #[test]
    fn very_many_problems_are_counted() {
        let one = Diagnostic::error(Code::BrokenLink, say!("rotto"; "broken"));
        let html = render(&say!(""; ""), &vec![one; MOST + 7], Lang::It);
        assert_eq!(html.matches("<li").count(), MOST);
        assert!(html.contains("<p>e altri 7: "), "{html}");
    }
}
