//! Text in XML.

use pulldown_cmark_escape::escape_html;

/// Writes a text so that XML 1.0 can hold it: escaped, and without the control characters that it has no form for.
pub(super) fn escape(xml: &mut String, text: &str) {
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    // Writing to a String cannot fail.
    let _ = escape_html(xml, &clean);
}

/// `<name>text</name>`, on a line of its own.
pub(super) fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    escape(xml, text);
    xml.push_str(&format!("</{name}>\n"));
}
