//! How others take hold of the pages: their pictures, and where they are changed and reported.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::yaml::{Decoder, Fields, Node};

use super::IdReference;
use super::url_template::{EDIT, REPORT, UrlTemplate};

/// The settings of what surrounds pages in browsers, search engines, readers of news and forges.
#[derive(Debug, Clone)]
pub struct Handles {
    /// The picture of the site in a browser's tabs: a file of the handbook.
    pub icon: Option<IdReference>,
    /// The picture that stands beside a link to the site in messages and posts.
    pub image: Option<Image>,
    /// Where the source of a page is changed.
    pub edit_url: Option<UrlTemplate>,
    /// Where a problem of a page is told.
    pub report_url: Option<UrlTemplate>,
    /// Whether the Markdown of each page is published beside it.
    pub publish_markdown: bool,
}

/// A picture with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// A file of the handbook.
    pub file: IdReference,
    /// What it shows, for those who do not see it.
    pub description: String,
}

impl Default for Handles {
    fn default() -> Self {
        Self { icon: None, image: None, edit_url: None, report_url: None, publish_markdown: true }
    }
}

/// What browsers take as the picture of a tab.
const ICONS: [&str; 3] = ["svg", "png", "ico"];
/// What messages and posts show; none of them draws an SVG.
const IMAGES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

impl Handles {
    /// Reads the keys, which stand among the other settings.
    pub(super) fn decode(fields: &mut Fields<'_, '_>) -> Self {
        let icon = fields.text_node("icon");
        let edit_url = fields.text_node("edit_url");
        let report_url = fields.text_node("report_url");
        Self {
            icon: icon.and_then(|(text, node)| picture(text, node, &ICONS, fields.decoder())),
            image: fields.node("image").and_then(|node| image(node, fields.decoder())),
            edit_url: UrlTemplate::decode(fields, edit_url, &EDIT),
            report_url: UrlTemplate::decode(fields, report_url, &REPORT),
            publish_markdown: fields.boolean("publish_markdown", true),
        }
    }
}

fn image(node: &Node, decoder: &mut Decoder) -> Option<Image> {
    let mut fields = Fields::of(node, decoder);
    fields.require("file");
    let file = fields.text_node("file");
    let file = file.and_then(|(text, node)| picture(text, node, &IMAGES, fields.decoder()));
    let description = fields.required_text("description");
    fields.finish();
    Some(Image { file: file?, description: description? })
}

/// A file with one of these ends; that it is there is for the links to see.
fn picture(text: String, node: &Node, ends: &[&str], decoder: &mut Decoder) -> Option<IdReference> {
    let end = text.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    if ends.contains(&end.as_str()) {
        return Some(IdReference::new((text, node)));
    }
    let ends = ends.iter().map(|end| format!("`.{end}`")).collect::<Vec<_>>().join(", ");
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(
            Code::InvalidValue,
            say!("`{text}` non è un'immagine che si può usare qui"; "`{text}` is no picture that can be used here"),
        )
        .at(place)
        .help(say!("scrivi un file del manuale che finisce in {ends}"; "write a file of the handbook that ends in {ends}")),
    );
    None
}
