//! The settings of editions: where they are kept, and where each stands in its life.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, nearest};
use crate::say;
use crate::source::TagPattern;
use crate::yaml::{Decoder, Fields, Node};

use super::url_template::COMMENT;
use super::{Date, EditionNumber, UrlTemplate};

/// What the settings say of editions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditionSettings {
    /// Where they are kept.
    pub store: StoreKind,
    /// The consultation on this text: on the draft, or on the edition that was published of it.
    pub consultation: Option<Consultation>,
    /// The editions that no longer hold.
    pub withdrawn: Vec<WithdrawnEdition>,
}

/// Where editions are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StoreKind {
    /// In the handbook's folder `editions/`.
    #[default]
    Folder,
    /// In the tags of the repository around the handbook whose names are this text, with the number for its `*`.
    Git {
        /// The pattern; `None` where the author gives none: every tag that is the number of an edition then is one.
        tags: Option<TagPattern>,
        /// Where the settings say so.
        range: Range<usize>,
    },
}

/// A time in which comments are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// The first day.
    pub opens: Date,
    /// The last day.
    pub closes: Date,
    /// Where a comment on a provision is left.
    pub comments: Option<UrlTemplate>,
}

/// An edition that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnEdition {
    /// Which.
    pub edition: EditionNumber,
    /// Since when.
    pub date: Date,
    /// Why.
    pub reason: String,
    /// The edition that takes its place.
    pub successor: Option<EditionNumber>,
    /// Where the settings say so.
    pub range: Range<usize>,
}

impl EditionSettings {
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Self {
        let mut fields = Fields::of(node, decoder);
        let settings = Self {
            store: store(&mut fields),
            consultation: fields.node("consultation").and_then(|node| consultation(node, fields.decoder())),
            withdrawn: fields
                .list("withdrawn")
                .iter()
                .filter_map(|node| withdrawn(node, fields.decoder()))
                .collect(),
        };
        fields.finish();
        settings
    }
}

fn store(fields: &mut Fields<'_, '_>) -> StoreKind {
    let tags =
        fields.text_node("tags").and_then(|(pattern, node)| tag_pattern(&pattern, node, fields.decoder()));
    let Some((name, node)) = fields.text_node("store") else { return StoreKind::Folder };
    match name.as_str() {
        "folder" => StoreKind::Folder,
        "git" => StoreKind::Git { tags, range: node.range.clone() },
        _ => {
            let help = match nearest(&name, ["folder", "git"]) {
                Some(near) => did_you_mean(near),
                None => {
                    say!("scrivi `folder` (la cartella `editions/`) oppure `git` (i tag)"; "write `folder` (the folder `editions/`) or `git` (the tags)")
                }
            };
            let place = node.place(fields.decoder());
            fields.decoder().report(
                Diagnostic::error(
                    Code::UnknownValue,
                    say!("`{name}` non è un modo di conservare le edizioni"; "`{name}` is no way to keep editions"),
                )
                .at(place)
                .help(help),
            );
            StoreKind::Folder
        }
    }
}

/// A pattern names many tags by one `*`.
fn tag_pattern(pattern: &str, node: &Node, decoder: &mut Decoder) -> Option<TagPattern> {
    if let Some(known) = TagPattern::parse(pattern) {
        return Some(known);
    }
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(
            Code::InvalidValue,
            say!("`{pattern}` non è il nome di molti tag"; "`{pattern}` is not the name of many tags"),
        )
        .at(place)
        .help(say!("scrivi un nome che git ammette, con un solo `*` dove sta il numero, per esempio `edizione-*`"; "write a name that git allows, with one `*` where the number stands, such as `edition-*`")),
    );
    None
}

fn consultation(node: &Node, decoder: &mut Decoder) -> Option<Consultation> {
    let mut fields = Fields::of(node, decoder);
    fields.require("opens");
    fields.require("closes");
    let opens = fields.node("opens").and_then(|node| Date::decode(node, fields.decoder()));
    let closes_at = fields.node("closes");
    let closes = closes_at.and_then(|node| Date::decode(node, fields.decoder()));
    let comments = fields.text_node("comments");
    let comments = UrlTemplate::decode(&mut fields, comments, &COMMENT);
    if let (Some(opens), Some(closes), Some(node)) = (opens, closes, closes_at)
        && closes < opens
    {
        let place = node.place(fields.decoder());
        fields.decoder().report(closes_too_early(place));
    }
    fields.finish();
    Some(Consultation { opens: opens?, closes: closes?, comments })
}

fn closes_too_early(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidValue,
        say!("la consultazione si chiude prima di aprirsi"; "the consultation closes before it opens"),
    )
    .at(place)
    .help(say!("scrivi in `closes` un giorno che viene dopo `opens`"; "write a day in `closes` that comes after `opens`"))
}

fn withdrawn(node: &Node, decoder: &mut Decoder) -> Option<WithdrawnEdition> {
    let mut fields = Fields::of(node, decoder);
    fields.require("edition");
    fields.require("date");
    let number = fields.node("edition");
    let edition = number.and_then(|node| EditionNumber::decode(node, fields.decoder()));
    let date = fields.node("date").and_then(|node| Date::decode(node, fields.decoder()));
    let reason = fields.required_text("reason");
    let successor = fields.node("successor").and_then(|node| EditionNumber::decode(node, fields.decoder()));
    fields.finish();
    Some(WithdrawnEdition {
        edition: edition?,
        date: date?,
        reason: reason?,
        successor,
        range: number?.range.clone(),
    })
}
