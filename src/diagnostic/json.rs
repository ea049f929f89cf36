//! Diagnostics for tools: one JSON object a line.
//!
//! `{"code","severity","message","file","line","column","end_line","end_column","help","related":[…]}`;
//! lines and columns count from 1, columns in characters; what is not known is `null`.

use serde::Serialize;

use super::{Diagnostic, Lang, Place};

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
    related: Vec<RelatedPlace<'a>>,
}

#[derive(Serialize)]
struct RelatedPlace<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

/// One diagnostic as one line of JSON, without the line break.
pub fn render(diagnostic: &Diagnostic, lang: Lang) -> String {
    let positions = diagnostic.place.as_ref().and_then(Place::positions);
    let line = Line {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: diagnostic.message.in_lang(lang),
        file: diagnostic.place.as_ref().map(|place| place.file.name()),
        line: positions.map(|(start, _)| start.line),
        column: positions.map(|(start, _)| start.column),
        end_line: positions.map(|(_, end)| end.line),
        end_column: positions.map(|(_, end)| end.column),
        help: diagnostic.help.as_ref().map(|help| help.in_lang(lang)),
        related: diagnostic
            .related
            .iter()
            .map(|related| {
                let start = related.place.positions().map(|(start, _)| start);
                RelatedPlace {
                    file: related.place.file.name(),
                    line: start.map(|p| p.line),
                    column: start.map(|p| p.column),
                    message: related.message.in_lang(lang),
                }
            })
            .collect(),
    };
    // Strings and numbers only: this cannot fail, and an empty line would be seen at once.
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceFile};
    use crate::say;

    #[test]
    fn a_line_carries_the_place_in_lines_and_columns() {
        let file = SourceFile::new("a.md", "è [x](y.md)\n");
        let diagnostic = Diagnostic::error(Code::BrokenLink, say!("manca"; "missing"))
            .at(Place::range(&file, 7..11))
            .help(say!("togli"; "remove"))
            .related(Place::range(&file, 0..2), say!("qui"; "here"));
        assert_eq!(
            render(&diagnostic, Lang::En),
            r#"{"code":"broken-link","severity":"error","message":"missing","file":"a.md","line":1,"column":7,"end_line":1,"end_column":11,"help":"remove","related":[{"file":"a.md","line":1,"column":1,"message":"here"}]}"#
        );
    }
}
