//! Text in XML.

use pulldown_cmark_escape::escape_html;

/// Writes a text so that XML 1.0 can hold it: escaped, and without the control characters and
/// the two noncharacters that it has no form for.
pub(super) fn escape(xml: &mut String, text: &str) {
    let fits = |c: &char| match c {
        '\n' | '\t' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    let clean: String = text.chars().filter(fits).collect();
    // Writing to a String cannot fail.
    let _ = escape_html(xml, &clean);
}

/// `<name>text</name>`, on a line of its own.
pub(super) fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    escape(xml, text);
    xml.push_str(&format!("</{name}>\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_has_no_form_for_is_left_out() {
        let mut xml = String::new();
        escape(&mut xml, "a\u{1}b\u{fffe}c\u{ffff}\n<\u{85}à");
        assert_eq!(xml, "abc\n&lt;à");
    }
}
