//! Diagnostics for a person at a terminal: the line, the place under it, and the way out.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Lang, Place, Severity};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language of the sentences.
    pub lang: Lang,
    /// Colours, when the output is a terminal that shows them.
    pub colour: bool,
}

/// Excerpts longer than this are cut: an excerpt orients, it does not quote.
const MOST_EXCERPT_LINES: usize = 4;

/// One diagnostic as several lines, ending in a line break.
pub fn render(diagnostic: &Diagnostic, style: Style) -> String {
    let level = level(diagnostic.severity, style.lang);
    let message = diagnostic.message.in_lang(style.lang);
    let title = level.primary_title(message).id(diagnostic.code.name());
    let excerpts: Vec<_> =
        diagnostic.place.iter().chain(diagnostic.related.iter().map(|r| &r.place)).map(Excerpt::of).collect();
    let mut group = Group::with_title(title);
    for (index, excerpt) in excerpts.iter().enumerate() {
        let related = index.checked_sub(usize::from(diagnostic.place.is_some()));
        let label = related.and_then(|i| diagnostic.related.get(i)).map(|r| r.message.in_lang(style.lang));
        group = excerpt.add_to(group, label);
    }
    let mut report = vec![group];
    if let Some(help) = &diagnostic.help {
        let name = match style.lang {
            Lang::It => "aiuto",
            Lang::En => "help",
        };
        report.push(Group::with_title(Level::HELP.with_name(name).secondary_title(help.in_lang(style.lang))));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.decor_style(DecorStyle::Ascii).render(&report);
    text.push('\n');
    text
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    match (severity, lang) {
        (Severity::Error, Lang::It) => Level::ERROR.with_name("errore"),
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Warning, Lang::It) => Level::WARNING.with_name("avviso"),
        (Severity::Warning, Lang::En) => Level::WARNING,
    }
}

/// The few lines of a file that a place needs: the renderer must not walk a file of 50 MB.
struct Excerpt<'a> {
    name: &'a str,
    lines: &'a str,
    first_line: usize,
    /// Within `lines`; `None` for a file as a whole.
    span: Option<Range<usize>>,
}

impl<'a> Excerpt<'a> {
    fn of(place: &'a Place) -> Self {
        let name = place.file.name();
        let (Some(range), Some((start, end))) = (&place.range, place.positions()) else {
            return Self { name, lines: "", first_line: 1, span: None };
        };
        let last = end.line.min(start.line + MOST_EXCERPT_LINES - 1);
        let lines = place.file.line_range(start.line, last);
        let span =
            range.start.saturating_sub(lines.start)..range.end.min(lines.end).saturating_sub(lines.start);
        let lines = place.file.text().get(lines).unwrap_or("");
        let clamp = |at: usize| lines.floor_char_boundary(at.min(lines.len()));
        let span = clamp(span.start)..clamp(span.end.max(span.start));
        Self { name, lines, first_line: start.line, span: Some(span) }
    }

    fn add_to(&self, group: Group<'a>, label: Option<&'a str>) -> Group<'a> {
        match &self.span {
            None => group.element(Origin::path(self.name)),
            Some(span) => {
                let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
                let annotation = kind.span(span.clone()).label(label);
                group.element(
                    Snippet::source(self.lines)
                        .path(self.name)
                        .line_start(self.first_line)
                        .fold(false)
                        .annotation(annotation),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceFile};
    use crate::say;

    fn plain(diagnostic: &Diagnostic) -> String {
        render(diagnostic, Style { lang: Lang::It, colour: false })
    }

    #[test]
    fn an_excerpt_shows_the_line_the_place_and_the_way_out() {
        let file = SourceFile::new("a.md", "prima\nVedi [x](manca.md) qui.\n");
        let diagnostic =
            Diagnostic::error(Code::BrokenLink, say!("il file `manca.md` non esiste"; "no file"))
                .at(Place::range(&file, 15..23))
                .help(say!("scrivi `c.md`"; "write `c.md`"));
        insta::assert_snapshot!(plain(&diagnostic), @r"
        errore[broken-link]: il file `manca.md` non esiste
         --> a.md:2:10
          |
        2 | Vedi [x](manca.md) qui.
          |          ^^^^^^^^
          |
        aiuto: scrivi `c.md`
        ");
    }

    #[test]
    fn a_file_as_a_whole_has_no_excerpt() {
        let file = SourceFile::without_text("b.md");
        let diagnostic =
            Diagnostic::error(Code::UnreadableFile, say!("illeggibile"; "unreadable")).at(Place::file(&file));
        insta::assert_snapshot!(plain(&diagnostic), @r"
        errore[unreadable-file]: illeggibile
        --> b.md
        ");
    }

    #[test]
    fn a_span_of_many_lines_is_cut() {
        let file = SourceFile::new("a.md", "x\n".repeat(100));
        let diagnostic =
            Diagnostic::error(Code::InvalidYaml, say!("no"; "no")).at(Place::range(&file, 0..200));
        assert!(plain(&diagnostic).lines().count() < 12, "{}", plain(&diagnostic));
    }
}
