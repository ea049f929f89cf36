//! How a provision is cited: a box that opens beside its id.

use super::super::Heading;
use super::Writer;

/// The words with which a place is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationForms {
    /// Its id alone, for a text that names the handbook already.
    pub short: String,
    /// All that a letter needs.
    pub full: String,
    /// The address for ever; only when the site knows where it will be.
    pub address: Option<String>,
}

impl Writer<'_> {
    /// The box of a provision. It is closed: one stop for the keyboard, and behind it the forms and the links to the
    /// paragraphs.
    pub(super) fn citation_forms(&mut self, index: usize, heading: &Heading) {
        let Some(forms) = self.host.citing(heading) else { return };
        let labels = self.labels;
        let id = self.host.id(heading.id.as_str()).into_owned();
        self.put("\n<details class=\"cite-forms\"><summary>");
        self.put_escaped(&labels.cite);
        self.put(&format!("<span class=\"hidden\"> {id}</span></summary>\n<dl>\n"));
        self.form(&labels.cite_short, &forms.short);
        self.form(&labels.cite_full, &forms.full);
        self.put("<div><dt>");
        self.put_escaped(&labels.cite_address);
        self.put(&format!("</dt><dd class=\"form\"><a href=\"#{id}\">"));
        match &forms.address {
            Some(address) => self.put_escaped(&format!("{address}#{id}")),
            None => self.put_escaped(&format!("{} {id}", labels.permalink)),
        }
        self.put("</a></dd></div>\n");
        self.paragraph_links(index);
        self.put("</dl>\n</details>");
    }

    fn form(&mut self, name: &str, words: &str) {
        self.put("<div><dt>");
        self.put_escaped(name);
        self.put("</dt><dd class=\"form\">");
        self.put_escaped(words);
        self.put("</dd></div>\n");
    }

    fn paragraph_links(&mut self, heading: usize) {
        let chapter = self.chapter;
        let mut paragraphs = chapter.paragraphs_under(Some(heading)).peekable();
        if paragraphs.peek().is_none() {
            return;
        }
        let name = self.labels.cite_paragraphs.as_str();
        self.put("<div><dt>");
        self.put_escaped(name);
        self.put("</dt><dd>");
        for paragraph in paragraphs {
            let id = self.host.id(paragraph.id.as_str());
            self.put(&format!("<a href=\"#{id}\">{}</a> ", paragraph.number));
        }
        self.put("</dd></div>\n");
    }
}
