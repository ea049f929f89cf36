//! Colours for code: syntect's scopes folded into a dozen classes.
//!
//! The stock class output writes every scope on every token, 23 to 45 times the input. A reader needs to
//! tell a comment from a keyword: twelve classes do, and a theme styles twelve.

use std::fmt;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};

/// Colours code blocks. Making one loads the grammars; make it once.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    /// Scope prefix → class; the longest prefix that fits wins, the innermost scope first.
    classes: Vec<(Scope, &'static str)>,
}

/// Scope prefixes and their classes; `code-` is added in the HTML.
const CLASSES: [(&str, &str); 20] = [
    ("comment", "comment"),
    ("string", "string"),
    ("constant.character.escape", "escape"),
    ("constant.numeric", "number"),
    ("constant.language", "constant"),
    ("constant", "constant"),
    ("keyword", "keyword"),
    ("keyword.operator", "operator"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("entity.name.tag", "tag"),
    ("entity.name", "name"),
    ("entity.other.attribute-name", "attribute"),
    ("support.function", "function"),
    ("support.type", "name"),
    ("variable.parameter", "attribute"),
    ("markup.heading", "keyword"),
    ("markup.inserted", "string"),
    ("markup.deleted", "tag"),
    ("invalid", "invalid"),
];

/// A line longer than this is data, not code: it is shown without colours.
const LONGEST_LINE: usize = 4_000;

impl Highlighter {
    /// Loads the grammars.
    pub fn new() -> Self {
        let classes =
            CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect();
        Self { syntaxes: two_face::syntax::extra_newlines(), classes }
    }

    /// The coloured HTML of a block of code; `None` for an unknown language, which is shown plain.
    pub fn html(&self, language: &str, code: &str) -> Option<String> {
        let syntax = self.syntax(language)?;
        if code.lines().any(|line| line.len() > LONGEST_LINE) {
            return None;
        }
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut painter = Painter { html: String::with_capacity(code.len() * 2), open: None };
        for line in code.split_inclusive('\n') {
            let operations = state.parse_line(line, &self.syntaxes).ok()?;
            self.paint_line(line, &operations, &mut stack, &mut painter)?;
        }
        painter.switch(None);
        Some(painter.html)
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let token = language.split(',').next().unwrap_or("");
        if token.is_empty() { None } else { self.syntaxes.find_syntax_by_token(token) }
    }

    fn paint_line(
        &self,
        line: &str,
        operations: &[(usize, ScopeStackOp)],
        stack: &mut ScopeStack,
        painter: &mut Painter,
    ) -> Option<()> {
        let mut from = 0;
        for (at, operation) in operations {
            painter.text(line.get(from..*at)?, self.class(stack));
            stack.apply(operation).ok()?;
            from = *at;
        }
        painter.text(line.get(from..)?, self.class(stack));
        Some(())
    }

    fn class(&self, stack: &ScopeStack) -> Option<&'static str> {
        stack.as_slice().iter().rev().find_map(|scope| {
            let fitting = self.classes.iter().filter(|(prefix, _)| prefix.is_prefix_of(*scope));
            fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, class)| *class)
        })
    }
}

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

/// Writes spans, joining neighbours of one class.
struct Painter {
    html: String,
    open: Option<&'static str>,
}

impl Painter {
    fn text(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // White space takes no colour: it must not end a span.
        if !text.trim().is_empty() {
            self.switch(class);
        }
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.html, text);
    }

    fn switch(&mut self, class: Option<&'static str>) {
        if self.open == class {
            return;
        }
        if self.open.is_some() {
            self.html.push_str("</span>");
        }
        if let Some(class) = class {
            self.html.push_str("<span class=\"code-");
            self.html.push_str(class);
            self.html.push_str("\">");
        }
        self.open = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_gets_few_classes_and_no_style() {
        let html = Highlighter::new().html("rust", "// <note>\nlet x = 1;\n").unwrap();
        assert_eq!(
            html,
            "<span class=\"code-comment\">// &lt;note&gt;\n</span><span class=\"code-keyword\">let</span> x \
             <span class=\"code-operator\">= </span><span class=\"code-number\">1</span>;\n"
        );
    }

    #[test]
    fn an_unknown_language_is_left_plain() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.html("klingon", "x"), None);
        assert_eq!(highlighter.html("", "x"), None);
        assert!(
            highlighter.html("yaml", "a: 1\n").is_some() && highlighter.html("toml", "a = 1\n").is_some()
        );
    }
}
