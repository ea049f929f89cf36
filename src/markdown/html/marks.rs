//! Citations and terms that become links by themselves.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::act::{Acts, scan};
use crate::markdown::{Chapter, Citation, Lexicon, TermUse};

use super::Host;

/// A place of the prose that becomes a link.
#[derive(Clone, Copy)]
pub(super) enum Mark<'a> {
    Citation(&'a Citation),
    Term(&'a TermUse),
}

/// A mark whose link is open.
pub(super) struct OpenMark<'a> {
    pub(super) mark: Mark<'a>,
    pub(super) end: usize,
    pub(super) closing: &'static str,
    /// How many elements that began in it are open.
    pub(super) inside: usize,
}

impl<'a> Mark<'a> {
    pub(super) fn range(self) -> Range<usize> {
        match self {
            Self::Citation(citation) => citation.range.clone(),
            Self::Term(term) => term.range.clone(),
        }
    }

    /// Those of a chapter, in order.
    pub(super) fn of(chapter: &'a Chapter) -> Vec<Self> {
        in_order(&chapter.citations, &chapter.terms)
    }

    /// Opens the link; what comes back closes it.
    // Writing to a String cannot fail.
    pub(super) fn open(self, out: &mut String, host: &dyn Host) -> &'static str {
        match self {
            Mark::Citation(citation) => {
                let link = host.citation(citation);
                out.push_str("<a class=\"citation\" href=\"");
                let _ = escape_href(&mut *out, &link.href);
                out.push_str("\" title=\"");
                let _ = escape_html(&mut *out, &link.label);
                out.push_str("\">");
                "</a>"
            }
            Mark::Term(term) => {
                let link = host.term(term);
                if term.linked {
                    out.push_str("<a class=\"term\" href=\"");
                    let _ = escape_href(&mut *out, &link.href);
                    out.push_str("\">");
                }
                let expansion = link.expansion.filter(|_| term.explained);
                if let Some(expansion) = &expansion {
                    out.push_str("<abbr title=\"");
                    let _ = escape_html(&mut *out, expansion);
                    out.push_str("\">");
                }
                match (term.linked, expansion.is_some()) {
                    (true, true) => "</abbr></a>",
                    (true, false) => "</a>",
                    (false, true) => "</abbr>",
                    (false, false) => "",
                }
            }
        }
    }
}

fn in_order<'a>(citations: &'a [Citation], terms: &'a [TermUse]) -> Vec<Mark<'a>> {
    let citations = citations.iter().filter(|citation| !citation.range.is_empty()).map(Mark::Citation);
    let terms = terms.iter().filter(|term| term.linked || term.explained).map(Mark::Term);
    let mut marks: Vec<_> = citations.chain(terms).collect();
    marks.sort_by_key(|mark| mark.range().start);
    marks
}

/// A plain text as HTML: what it cites, and the first use of each term but `own`, become links.
pub fn linked_text(
    text: &str,
    acts: &Acts,
    lexicon: &Lexicon,
    own: Option<usize>,
    host: &dyn Host,
) -> String {
    let mut citations = Vec::new();
    for cited in scan(text, acts).into_iter().flat_map(|found| found.places) {
        citations.extend(cited.address.ok().map(|address| Citation {
            address,
            range: cited.range,
            heading: None,
        }));
    }
    let mut terms: Vec<TermUse> = Vec::new();
    let (mut linked, mut explained) = (HashSet::new(), HashSet::new());
    for (term, range) in lexicon.scan(text) {
        let in_citation = citations.iter().any(|c| c.range.start < range.end && range.start < c.range.end);
        if Some(term) != own && !in_citation {
            let (linked, explained) = (linked.insert(term), explained.insert(text.get(range.clone())));
            terms.push(TermUse { term, range, heading: None, linked, explained });
        }
    }
    let mut html = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for mark in in_order(&citations, &terms) {
        let range = mark.range();
        let _ = escape_html_body_text(&mut html, text.get(at..range.start).unwrap_or(""));
        let closing = mark.open(&mut html, host);
        let _ = escape_html_body_text(&mut html, text.get(range.clone()).unwrap_or(""));
        html.push_str(closing);
        at = range.end;
    }
    let _ = escape_html_body_text(&mut html, text.get(at..).unwrap_or(""));
    html
}
