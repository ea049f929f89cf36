//! What leads to a place, with the words around each reference.

use std::collections::BTreeMap;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diagnostic::Lang;
use crate::handbook::Document;
use crate::links::{Backlink, Target};

use super::super::hrefs::Hrefs;
use super::listed::{ListedDocument, MOST_DOCUMENTS, MoreView};

/// The mentions of a place, or of the parts of a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct MentionsView {
    documents: Vec<MentioningView>,
    /// Those beyond them.
    more: Option<MoreView>,
}

/// A document that mentions a place.
#[derive(Debug)]
struct MentioningView {
    document: ListedDocument,
    mentions: Vec<MentionView>,
}

impl Serialize for MentioningView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mentions = &self.mentions;
        self.document.serialize_with(serializer, 1, |view| view.serialize_field("mentions", mentions))
    }
}

/// One mention in the text of a document.
#[derive(Debug, Serialize)]
struct MentionView {
    /// The heading that it stands under.
    heading: Option<String>,
    href: String,
    /// The sentence around it.
    sentence: String,
    /// What exactly is mentioned, where it is a part of the page.
    part: Option<String>,
}

/// The mentions of these targets, each with the name of the part that it is; those of one document are left out.
pub(super) fn mentions(
    hrefs: Hrefs<'_>,
    targets: impl IntoIterator<Item = (Target, Option<String>)>,
    except: Option<usize>,
    lang: Lang,
) -> MentionsView {
    let volume = hrefs.volume;
    let mut by_document: BTreeMap<usize, Vec<(&Backlink, Option<String>)>> = BTreeMap::new();
    for (target, part) in targets {
        let backlinks = volume.links.backlinks(&target, &volume.handbook);
        for backlink in backlinks.iter().filter(|backlink| Some(backlink.document) != except) {
            by_document.entry(backlink.document).or_default().push((backlink, part.clone()));
        }
    }
    let data = || hrefs.to(&volume.pages.data_index());
    let more = MoreView::beyond(MOST_DOCUMENTS, by_document.len(), data);
    let documents = by_document.into_iter().take(MOST_DOCUMENTS).filter_map(|(number, backlinks)| {
        let document = volume.handbook.documents.get(number)?;
        let listed = ListedDocument::of(hrefs, number, document, lang);
        Some(MentioningView { mentions: in_document(document, &listed.href, backlinks), document: listed })
    });
    MentionsView { documents: documents.collect(), more }
}

/// The mentions in the text of one document, in its order, each sentence once.
fn in_document(
    document: &Document,
    href: &str,
    mut backlinks: Vec<(&Backlink, Option<String>)>,
) -> Vec<MentionView> {
    backlinks.sort_by_key(|(backlink, _)| backlink.at);
    let mut mentions: Vec<MentionView> = Vec::new();
    for (backlink, part) in backlinks {
        let Some(sentence) = backlink.at.and_then(|at| document.chapter.sentence_at(at)) else { continue };
        if mentions.last().is_some_and(|last| last.sentence == sentence) {
            continue;
        }
        let heading = backlink.heading.and_then(|heading| document.chapter.headings.get(heading));
        mentions.push(MentionView {
            heading: heading.map(|heading| heading.text.clone()),
            href: heading.map_or_else(|| href.to_owned(), |heading| format!("{href}#{}", heading.id)),
            sentence: sentence.to_owned(),
            part,
        });
    }
    mentions
}
