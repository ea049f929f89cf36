//! How a provision is cited: a box that opens beside its id.

use super::super::Heading;
use super::{Link, Writer};

/// The words with which a place is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationForms {
    /// Its id alone, for a text that names the handbook already.
    pub short: String,
    /// All that a letter needs.
    pub full: String,
    /// The address for ever; only when the site knows where it will be.
    pub address: Option<String>,
    /// The same provision in other editions.
    pub editions: Vec<Link>,
    /// What a reader must know before citing it, such as where it is in the edition that holds; stands outside the box.
    pub remarks: Vec<Remark>,
}

/// A sentence beside a provision, with a link after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about, for the style sheet.
    pub class: &'static str,
    /// The sentence; empty where the link says it all.
    pub words: String,
    /// Where it leads.
    pub link: Option<Link>,
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
        self.edition_links(&forms.editions);
        self.put("</dl>\n</details>");
        for remark in &forms.remarks {
            self.remark(remark);
        }
    }

    fn edition_links(&mut self, editions: &[Link]) {
        if editions.is_empty() {
            return;
        }
        let name = self.labels.cite_editions.as_str();
        self.put("<div><dt>");
        self.put_escaped(name);
        self.put("</dt><dd>");
        for edition in editions {
            self.anchor(edition);
            self.put(" ");
        }
        self.put("</dd></div>\n");
    }

    fn remark(&mut self, remark: &Remark) {
        self.put(&format!("\n<p class=\"remark remark--{}\">", remark.class));
        self.put_escaped(&remark.words);
        if let Some(link) = &remark.link {
            self.put(if remark.words.is_empty() { "" } else { " " });
            self.anchor(link);
        }
        self.put("</p>");
    }

    fn anchor(&mut self, link: &Link) {
        self.put("<a href=\"");
        self.put_href(&link.href);
        self.put("\">");
        self.put_escaped(&link.label);
        self.put("</a>");
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
