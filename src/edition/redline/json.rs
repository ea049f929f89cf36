//! A redline as data, for other programs. Names of keys never change; new ones may come.

use serde::Serialize;

use crate::act::Address;
use crate::diagnostic::{Lang, Text};
use crate::markdown::{BlockKind, Form, Level};

use super::{
    CoverageChange, DocumentChange, DocumentName, Edit, Figures, Gone, KeyChange, Piece, ProvisionChange,
    ProvisionName, Reason, Redline, Summary, TermChange, Wording,
};

/// The redline as JSON, with the words of a language.
pub fn json(redline: &Redline, lang: Lang) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&RedlineView {
        format: 1,
        summary: summary(&redline.summary()),
        documents: redline.documents.iter().map(|change| document(change, lang)).collect(),
        terms: redline.terms.iter().map(|change| term(change, lang)).collect(),
        coverage: coverage(&redline.coverage),
    })
}

#[derive(Serialize)]
struct RedlineView<'r> {
    format: u32,
    summary: SummaryView,
    documents: Vec<DocumentView<'r>>,
    terms: Vec<TermView<'r>>,
    coverage: CoverageView<'r>,
}

#[derive(Serialize)]
struct SummaryView {
    new_duties: usize,
    ended_duties: usize,
    documents: CountsView,
    provisions: CountsView,
    added: Vec<LevelView>,
    withdrawn: Vec<LevelView>,
    levels: Vec<LevelChangeView>,
    readdressed: usize,
    reordered: usize,
    terms: CountsView,
}

#[derive(Serialize)]
struct CountsView {
    added: usize,
    withdrawn: usize,
    moved: usize,
    reworded: usize,
}

#[derive(Serialize)]
struct LevelView {
    level: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct LevelChangeView {
    before: &'static str,
    after: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct DocumentView<'r> {
    change: &'static str,
    before: Option<NameView<'r>>,
    after: Option<NameView<'r>>,
    gone: Option<GoneView<'r>>,
    moved: bool,
    title: Option<Vec<EditView<'r>>>,
    metadata: Vec<KeyView<'r>>,
    values_changed: bool,
    text: Option<Vec<EditView<'r>>>,
    reordered: &'r [String],
    provisions: Vec<ProvisionView<'r>>,
    reasons: Vec<ReasonView<'r>>,
}

#[derive(Serialize)]
struct NameView<'r> {
    id: Option<&'r str>,
    address: &'r str,
    title: &'r str,
    kind: &'static str,
}

#[derive(Serialize)]
struct ProvisionView<'r> {
    change: &'static str,
    before: Option<ProvisionNameView<'r>>,
    after: Option<ProvisionNameView<'r>>,
    gone: Option<GoneView<'r>>,
    moved: bool,
    title: Option<Vec<EditView<'r>>>,
    text: Option<Vec<EditView<'r>>>,
    gained: Vec<String>,
    lost: Vec<String>,
    reasons: Vec<ReasonView<'r>>,
}

#[derive(Serialize)]
struct ProvisionNameView<'r> {
    id: &'r str,
    title: &'r str,
    level: &'static str,
    document: NameView<'r>,
}

#[derive(Serialize)]
struct GoneView<'r> {
    date: Option<String>,
    reason: Option<&'r str>,
    successor: Option<&'r str>,
}

#[derive(Serialize)]
struct KeyView<'r> {
    key: &'static str,
    before: Vec<&'r str>,
    after: Vec<&'r str>,
}

#[derive(Serialize)]
struct ReasonView<'r> {
    edition: Option<&'r str>,
    because: Vec<&'r str>,
    note: Option<&'r str>,
}

#[derive(Serialize)]
struct TermView<'r> {
    change: &'static str,
    before: Option<&'r str>,
    after: Option<&'r str>,
    slug: &'r str,
    gone: Option<GoneView<'r>>,
    moved: bool,
    definition: Option<Vec<EditView<'r>>>,
    metadata: Vec<KeyView<'r>>,
}

#[derive(Serialize)]
struct EditView<'r> {
    edit: &'static str,
    pieces: Vec<PieceView<'r>>,
}

/// Words, or the beginning of a block.
#[derive(Serialize)]
#[serde(untagged)]
enum PieceView<'r> {
    Words {
        text: &'r str,
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<&'r str>,
    },
    Block {
        block: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        rank: Option<u8>,
        depth: usize,
        quotes: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        alert: Option<&'static str>,
        note: bool,
    },
}

#[derive(Serialize)]
struct CoverageView<'r> {
    acts: Vec<ActView<'r>>,
    gained: Vec<String>,
    lost: Vec<String>,
    tested: Vec<String>,
    untested: Vec<String>,
}

#[derive(Serialize)]
struct ActView<'r> {
    act: &'r str,
    before: Option<FiguresView>,
    after: Option<FiguresView>,
}

#[derive(Serialize)]
struct FiguresView {
    places: usize,
    implemented: usize,
    tested: usize,
}

fn summary(summary: &Summary) -> SummaryView {
    let counts = |counts: super::Counts| CountsView {
        added: counts.added,
        withdrawn: counts.withdrawn,
        moved: counts.moved,
        reworded: counts.reworded,
    };
    let levels = |levels: super::ByLevel| {
        Level::ALL.map(|level| LevelView { level: level.name(), count: levels.get(level) }).into()
    };
    let changed = summary.levels.iter();
    SummaryView {
        new_duties: summary.new_duties(),
        ended_duties: summary.ended_duties(),
        documents: counts(summary.documents),
        provisions: counts(summary.provisions),
        added: levels(summary.added),
        withdrawn: levels(summary.withdrawn),
        levels: changed
            .map(|(from, to, count)| LevelChangeView { before: from.name(), after: to.name(), count: *count })
            .collect(),
        readdressed: summary.readdressed,
        reordered: summary.reordered,
        terms: counts(summary.terms),
    }
}

/// Whether a thing is new, gone or another.
fn kind_of<T>(before: Option<&T>, after: Option<&T>) -> &'static str {
    match (before, after) {
        (None, _) => "added",
        (_, None) => "withdrawn",
        (Some(_), Some(_)) => "changed",
    }
}

fn document(change: &DocumentChange, lang: Lang) -> DocumentView<'_> {
    DocumentView {
        change: kind_of(change.before.as_ref(), change.after.as_ref()),
        before: change.before.as_ref().map(name),
        after: change.after.as_ref().map(name),
        gone: change.gone.as_ref().map(gone),
        moved: change.is_moved(),
        title: change.title.as_ref().map(edits),
        metadata: change.metadata.iter().map(|change| key(change, lang)).collect(),
        values_changed: change.values_changed,
        text: change.text.as_ref().map(edits),
        reordered: &change.reordered,
        provisions: change.provisions.iter().map(|change| provision(change, lang)).collect(),
        reasons: change.reasons.iter().map(|change| reason(change, lang)).collect(),
    }
}

fn name(name: &DocumentName) -> NameView<'_> {
    NameView { id: name.id.as_deref(), address: &name.address, title: &name.title, kind: name.kind.name() }
}

fn provision(change: &ProvisionChange, lang: Lang) -> ProvisionView<'_> {
    let places = |places: &[Address]| places.iter().map(ToString::to_string).collect();
    ProvisionView {
        change: kind_of(change.before.as_ref(), change.after.as_ref()),
        before: change.before.as_ref().map(provision_name),
        after: change.after.as_ref().map(provision_name),
        gone: change.gone.as_ref().map(gone),
        moved: change.moved,
        title: change.title.as_ref().map(edits),
        text: change.text.as_ref().map(edits),
        gained: places(&change.gained),
        lost: places(&change.lost),
        reasons: change.reasons.iter().map(|change| reason(change, lang)).collect(),
    }
}

fn provision_name(provision: &ProvisionName) -> ProvisionNameView<'_> {
    ProvisionNameView {
        id: &provision.id,
        title: &provision.title,
        level: provision.level.name(),
        document: name(&provision.document),
    }
}

fn gone(gone: &Gone) -> GoneView<'_> {
    GoneView {
        date: gone.date.map(|date| date.to_string()),
        reason: gone.reason.as_deref(),
        successor: gone.successor.as_deref(),
    }
}

fn words(texts: &[Text], lang: Lang) -> Vec<&str> {
    texts.iter().map(|text| text.in_lang(lang)).collect()
}

fn key(change: &KeyChange, lang: Lang) -> KeyView<'_> {
    KeyView { key: change.key, before: words(&change.before, lang), after: words(&change.after, lang) }
}

fn reason(reason: &Reason, lang: Lang) -> ReasonView<'_> {
    ReasonView {
        edition: reason.edition.as_deref(),
        because: words(&reason.because, lang),
        note: reason.note.as_deref(),
    }
}

fn term(change: &TermChange, lang: Lang) -> TermView<'_> {
    TermView {
        change: kind_of(change.before.as_ref(), change.after.as_ref()),
        before: change.before.as_deref(),
        after: change.after.as_deref(),
        slug: &change.slug,
        gone: change.gone.as_ref().map(gone),
        moved: change.moved,
        definition: change.definition.as_ref().map(edits),
        metadata: change.metadata.iter().map(|change| key(change, lang)).collect(),
    }
}

fn edits(wording: &Wording) -> Vec<EditView<'_>> {
    wording.edits.iter().map(edit).collect()
}

fn edit(edit: &Edit) -> EditView<'_> {
    let (edit, pieces) = match edit {
        Edit::Same(pieces) => ("same", pieces),
        Edit::Removed(pieces) => ("removed", pieces),
        Edit::Added(pieces) => ("added", pieces),
    };
    EditView { edit, pieces: pieces.iter().map(piece).collect() }
}

fn piece(piece: &Piece) -> PieceView<'_> {
    match piece {
        Piece::Words { text, link } => PieceView::Words { text, link: link.as_deref() },
        Piece::Break(form) => PieceView::Block {
            block: block(*form),
            rank: rank(*form),
            alert: form.alert,
            depth: form.depth,
            quotes: form.quotes,
            note: form.in_note,
        },
    }
}

fn block(form: Form) -> &'static str {
    match form.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(_) => "heading",
        BlockKind::Item { ordered: true, .. } => "numbered_item",
        BlockKind::Item { ordered: false, .. } => "item",
        BlockKind::Cell { head: true, .. } => "head_cell",
        BlockKind::Cell { head: false, .. } => "cell",
        BlockKind::Code => "code",
        BlockKind::Term => "term",
        BlockKind::Definition => "definition",
        BlockKind::Rule => "rule",
    }
}

fn rank(form: Form) -> Option<u8> {
    match form.kind {
        BlockKind::Heading(rank) => Some(rank),
        BlockKind::Paragraph
        | BlockKind::Item { .. }
        | BlockKind::Cell { .. }
        | BlockKind::Code
        | BlockKind::Term
        | BlockKind::Definition
        | BlockKind::Rule => None,
    }
}

fn coverage(change: &CoverageChange) -> CoverageView<'_> {
    let places = |places: &[Address]| places.iter().map(ToString::to_string).collect();
    let figures = |figures: Figures| FiguresView {
        places: figures.places,
        implemented: figures.implemented,
        tested: figures.tested,
    };
    let acts = change.acts.iter().map(|act| ActView {
        act: act.act.as_str(),
        before: act.before.map(figures),
        after: act.after.map(figures),
    });
    CoverageView {
        acts: acts.collect(),
        gained: places(&change.gained),
        lost: places(&change.lost),
        tested: places(&change.tested),
        untested: places(&change.untested),
    }
}
