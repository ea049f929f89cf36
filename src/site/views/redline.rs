//! What has changed since the edition before.

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::act::Address;
use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::edition::redline::{
    ByLevel, Counts, CoverageChange, DocumentChange, DocumentName, Edit, Gone, KeyChange, Piece,
    ProvisionChange, ProvisionName, Reason, Redline, Summary, TermChange, Wording, key_words,
};
use crate::handbook::{Date, Status};
use crate::markdown::{BlockKind, Level};
use crate::theme::Strings;

use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::cycle::{ChangeView, changes};
use super::edition::{WithdrawnView, name, title_of};
use super::frame::{Frame, LinkView, PageInfo};
use super::words::{DateView, kind_key, status_label};

/// What `redline.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct RedlinePage {
    frame: Frame,
    /// Where relative links start, on a page that stands outside the site.
    base: Option<String>,
    title: String,
    /// The name of this text, and of the one before.
    edition: LinkView,
    before: LinkView,
    /// Whether nothing has changed that a reader could see.
    is_empty: bool,
    /// The figures, the weightiest first.
    summary: Vec<FigureView>,
    coverage: Option<CoverageView>,
    documents: Vec<DocumentRow>,
    terms: Vec<TermRow>,
}

/// How many there are of something.
#[derive(Debug, Serialize)]
pub(super) struct FigureView {
    count: usize,
    words: String,
    /// Whether it is about what must be done.
    is_duty: bool,
}

/// How the coverage of the acts changed.
#[derive(Debug, Serialize)]
struct CoverageView {
    /// The places of acts that a provision implements, before and now, of how many.
    implemented_before: usize,
    implemented: usize,
    tested_before: usize,
    tested: usize,
    places: usize,
    gained: Vec<LinkView>,
    lost: Vec<String>,
    newly_tested: Vec<LinkView>,
    no_longer_tested: Vec<String>,
}

/// A document that changed.
#[derive(Debug, Serialize)]
struct DocumentRow {
    /// Its id on the page.
    anchor: String,
    title: String,
    kind_label: String,
    /// `added`, `withdrawn` or `changed`.
    state: &'static str,
    state_label: String,
    /// It in the edition before, and in this one.
    before: Option<LinkView>,
    after: Option<LinkView>,
    gone: Option<WithdrawnView>,
    /// Where it stood, if that was elsewhere.
    moved_from: Option<String>,
    /// HTML.
    title_words: Option<String>,
    metadata: Vec<KeyView>,
    values_changed: bool,
    /// HTML.
    text: Option<String>,
    /// The provisions that stand elsewhere on the page.
    reordered: Vec<String>,
    reasons: Vec<ChangeView>,
    provisions: Vec<ProvisionRow>,
}

/// A provision that changed.
#[derive(Debug, Serialize)]
struct ProvisionRow {
    anchor: String,
    id: String,
    title: String,
    state: &'static str,
    state_label: String,
    before: Option<LinkView>,
    after: Option<LinkView>,
    gone: Option<WithdrawnView>,
    moved_from: Option<String>,
    level: LevelView,
    title_words: Option<String>,
    text: Option<String>,
    gained: Vec<LinkView>,
    lost: Vec<String>,
    reasons: Vec<ChangeView>,
}

/// How much a provision binds.
#[derive(Debug, Serialize)]
struct LevelView {
    name: &'static str,
    label: String,
    /// How much it bound, if that was otherwise.
    before: Option<String>,
    /// `new_duty` or `ended_duty`, where that is the change.
    duty: Option<&'static str>,
}

/// A term that changed.
#[derive(Debug, Serialize)]
struct TermRow {
    name: String,
    state: &'static str,
    state_label: String,
    href: Option<String>,
    gone: Option<WithdrawnView>,
    moved_from: Option<String>,
    definition: Option<String>,
    metadata: Vec<KeyView>,
}

/// A key of the metadata that changed.
#[derive(Debug, Serialize)]
struct KeyView {
    label: String,
    before: Vec<String>,
    after: Vec<String>,
}

/// What changed in one document, for its own page.
#[derive(Debug, Serialize)]
pub(super) struct ChangedView {
    /// The number of the edition before.
    since: String,
    /// Where all of it is told.
    href: String,
    /// Whether the document is new.
    is_new: bool,
    /// The figures.
    figures: Vec<FigureView>,
}

/// The view of what has changed.
///
/// # Errors
/// The edition before cannot be read.
pub(in crate::site) fn redline(volume: &Volume, path: &SitePath) -> Result<RedlinePage, Box<Diagnostic>> {
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let hrefs = Hrefs { volume, from: path };
    let (text, before) = (volume.mount.text, volume.compared.unwrap_or(volume.mount.text));
    let since = name(volume, before, strings);
    let title = format!("{} {}", strings.get("changes_since"), number_of(volume, before));
    let redline = volume.redline()?;
    let view = Maker { hrefs, before, strings, lang };
    let description = strings.get("redline_description");
    let info = PageInfo { title: &title, description, lang, child: None, above: Vec::new() };
    Ok(RedlinePage {
        base: volume.base_url.as_ref().map(|base| format!("{base}{}", path.url())),
        edition: LinkView::new(name(volume, text, strings), hrefs.to(&SitePath::page(""))),
        before: LinkView::new(since, view.there("")),
        is_empty: redline.is_empty(),
        summary: view.summary(&redline.summary()),
        coverage: (!redline.coverage.is_empty()).then(|| view.coverage(&redline.coverage)),
        documents: redline.documents.iter().filter_map(|document| view.document(document)).collect(),
        terms: redline.terms.iter().map(|term| view.term(term)).collect(),
        frame: Frame::new(volume, path, info),
        title,
    })
}

/// What changed in a document; `None` where nothing did, or there is no edition before.
pub(super) fn changed(hrefs: Hrefs<'_>, number: usize, lang: Lang) -> Option<ChangedView> {
    let volume = hrefs.volume;
    let before = volume.compared?;
    let strings = volume.theme.strings(lang);
    // An edition that cannot be read is told where its own pages are.
    let redline = volume.redline().ok()?;
    let is_own = |document: &&DocumentChange| document.after.as_ref().is_some_and(|own| own.number == number);
    let document = redline.documents.iter().find(is_own)?;
    let only = Redline::of_document(document);
    let view = Maker { hrefs, before, strings, lang };
    let page = hrefs.to(&volume.pages.changes());
    Some(ChangedView {
        since: number_of(volume, before),
        href: format!("{page}#{}", anchor_of(document)),
        is_new: document.before.is_none(),
        figures: view.summary(&only.summary()),
    })
}

/// The number of the edition before: only the newest text is a draft.
fn number_of(volume: &Volume, text: usize) -> String {
    volume.library.number(text).map(|number| number.to_string()).unwrap_or_default()
}

/// What the views of one page share.
struct Maker<'s> {
    hrefs: Hrefs<'s>,
    /// The edition before.
    before: usize,
    strings: &'s Strings,
    lang: Lang,
}

impl Maker<'_> {
    fn word(&self, key: &str) -> String {
        self.strings.get(key).to_owned()
    }

    /// The link to an address of the edition before, in its own folder for ever.
    fn there(&self, address: &str) -> String {
        self.hrefs.to_edition(self.before, address)
    }

    fn here(&self, address: &str) -> String {
        self.hrefs.to_own(address)
    }

    fn summary(&self, summary: &Summary) -> Vec<FigureView> {
        let duty = |count, key: &str| FigureView { count, words: self.word(key), is_duty: true };
        let mut figures =
            vec![duty(summary.new_duties(), "new_duties"), duty(summary.ended_duties(), "ended_duties")];
        let levels = |levels: &ByLevel, key: &'static str| {
            let there = Level::ALL.into_iter().filter(|level| *level != Level::Must);
            let there = there.map(|level| (levels.get(level), level)).filter(|(count, _)| *count > 0);
            there.map(move |(count, level)| (count, key, level)).collect::<Vec<_>>()
        };
        for (count, key, level) in
            [levels(&summary.added, "provisions_added"), levels(&summary.withdrawn, "provisions_withdrawn")]
                .concat()
        {
            let words = format!("{} («{}»)", self.word(key), self.level(level));
            figures.push(FigureView { count, words, is_duty: false });
        }
        for (from, to, count) in &summary.levels {
            if *from != Level::Must && *to != Level::Must {
                let words = format!(
                    "{}: «{}» → «{}»",
                    self.word("level_changed"),
                    self.level(*from),
                    self.level(*to)
                );
                figures.push(FigureView { count: *count, words, is_duty: false });
            }
        }
        let Counts { moved, reworded, .. } = summary.provisions;
        let Counts { added, withdrawn, moved: documents_moved, reworded: documents_reworded } =
            summary.documents;
        let terms = summary.terms;
        for (count, key) in [
            (reworded, "provisions_reworded"),
            (moved, "provisions_moved"),
            (summary.readdressed, "provisions_readdressed"),
            (summary.reordered, "provisions_reordered"),
            (added, "documents_added"),
            (withdrawn, "documents_withdrawn"),
            (documents_moved, "documents_moved"),
            (documents_reworded, "documents_reworded"),
            (terms.added, "terms_added"),
            (terms.withdrawn, "terms_withdrawn"),
            (terms.moved, "terms_moved"),
            (terms.reworded, "terms_reworded"),
        ] {
            figures.push(FigureView { count, words: self.word(key), is_duty: false });
        }
        figures.retain(|figure| figure.count > 0);
        figures
    }

    fn level(&self, level: Level) -> String {
        self.hrefs.volume.labels(self.lang).level(level).to_owned()
    }

    fn coverage(&self, coverage: &CoverageChange) -> CoverageView {
        let (before, after) = coverage.total();
        CoverageView {
            implemented_before: before.implemented,
            implemented: after.implemented,
            tested_before: before.tested,
            tested: after.tested,
            places: after.places,
            gained: self.linked(&coverage.gained),
            lost: self.named(&coverage.lost),
            newly_tested: self.linked(&coverage.tested),
            no_longer_tested: self.named(&coverage.untested),
        }
    }

    fn linked(&self, addresses: &[Address]) -> Vec<LinkView> {
        let target = |address: &Address| crate::links::Target::Address(address.clone());
        let handbook = &self.hrefs.volume.handbook;
        addresses
            .iter()
            .map(|address| {
                LinkView::new(handbook.citation(address, self.lang), self.hrefs.to_target(&target(address)))
            })
            .collect()
    }

    fn named(&self, addresses: &[Address]) -> Vec<String> {
        addresses.iter().map(|address| self.hrefs.volume.handbook.citation(address, self.lang)).collect()
    }

    fn document(&self, document: &DocumentChange) -> Option<DocumentRow> {
        let name = document.name()?;
        let state = state_of(document.before.is_some(), document.after.is_some());
        let moved = document.before.as_ref().filter(|_| document.is_moved());
        Some(DocumentRow {
            anchor: anchor_of(document),
            title: titled(name),
            kind_label: self.word(kind_key(name.kind)),
            state,
            state_label: self.word(state_key(state)),
            before: document.before.as_ref().map(|old| self.old_link(self.there(&old.address))),
            after: document.after.as_ref().map(|new| self.new_link(self.here(&new.address))),
            gone: self.gone(document.gone.as_ref()),
            moved_from: moved.map(|old| format!("{} (/{}/)", titled(old), old.address)),
            title_words: document.title.as_ref().map(|words| self.wording(words)),
            metadata: self.metadata(&document.metadata),
            values_changed: document.values_changed,
            text: document.text.as_ref().map(|words| self.wording(words)),
            reordered: document.reordered.clone(),
            reasons: self.reasons(&document.reasons),
            provisions: document
                .provisions
                .iter()
                .filter_map(|provision| self.provision(provision))
                .collect(),
        })
    }

    fn provision(&self, provision: &ProvisionChange) -> Option<ProvisionRow> {
        let name = provision.name()?;
        let state = state_of(provision.before.is_some(), provision.after.is_some());
        let address = |name: &ProvisionName| format!("{}#{}", name.document.address, name.id);
        let moved = provision.before.as_ref().filter(|_| provision.moved);
        Some(ProvisionRow {
            anchor: format!("_{}", name.id),
            id: name.id.clone(),
            title: name.title.clone(),
            state,
            state_label: self.word(state_key(state)),
            before: provision.before.as_ref().map(|old| self.old_link(self.there(&address(old)))),
            after: provision.after.as_ref().map(|new| self.new_link(self.here(&address(new)))),
            gone: self.gone(provision.gone.as_ref()),
            moved_from: moved.map(|old| formerly(old, provision.after.as_ref())),
            level: self.level_view(provision, name),
            title_words: provision.title.as_ref().map(|words| self.wording(words)),
            text: provision.text.as_ref().map(|words| self.wording(words)),
            // What a new or a withdrawn provision cites stands in its text.
            gained: if state == "changed" { self.linked(&provision.gained) } else { Vec::new() },
            lost: if state == "changed" { self.named(&provision.lost) } else { Vec::new() },
            reasons: self.reasons(&provision.reasons),
        })
    }

    fn level_view(&self, provision: &ProvisionChange, name: &ProvisionName) -> LevelView {
        let change = provision.level();
        let duty = match (change, &provision.before, &provision.after) {
            (Some((_, Level::Must)), _, _) => Some("new_duty"),
            (Some((Level::Must, _)), _, _) => Some("ended_duty"),
            (Some(_), _, _) => None,
            (None, None, Some(new)) if new.level == Level::Must => Some("new_duty"),
            (None, Some(old), None) if old.level == Level::Must => Some("ended_duty"),
            (None, _, _) => None,
        };
        LevelView {
            name: name.level.name(),
            label: self.level(name.level),
            before: change.map(|(before, _)| self.level(before)),
            duty,
        }
    }

    fn term(&self, term: &TermChange) -> TermRow {
        let state = state_of(term.before.is_some(), term.after.is_some());
        let renamed = term.before.as_ref().filter(|old| term.after.as_ref().is_some_and(|new| new != *old));
        let pages = &self.hrefs.volume.pages;
        TermRow {
            name: term.after.as_ref().or(term.before.as_ref()).cloned().unwrap_or_default(),
            state,
            state_label: self.word(state_key(state)),
            href: term.after.as_ref().map(|_| self.hrefs.to(&pages.term(&term.slug))),
            gone: self.gone(term.gone.as_ref()),
            moved_from: renamed.cloned(),
            definition: term.definition.as_ref().map(|words| self.wording(words)),
            metadata: self.metadata(&term.metadata),
        }
    }

    fn old_link(&self, href: String) -> LinkView {
        LinkView::new(name(self.hrefs.volume, self.before, self.strings), href)
    }

    fn new_link(&self, href: String) -> LinkView {
        LinkView::new(name(self.hrefs.volume, self.hrefs.volume.mount.text, self.strings), href)
    }

    fn gone(&self, gone: Option<&Gone>) -> Option<WithdrawnView> {
        let gone = gone?;
        let successor = gone.successor.as_ref().and_then(|name| {
            let place = self.hrefs.volume.library.named(self.hrefs.volume.mount.text, name)?;
            Some(LinkView::new(title_of(&place), self.here(&place.address())))
        });
        Some(WithdrawnView::new(
            gone.date.map(|date| DateView::new(date, self.lang)),
            gone.reason.clone().unwrap_or_default(),
            successor,
        ))
    }

    fn metadata(&self, changes: &[KeyChange]) -> Vec<KeyView> {
        let view = |change: &KeyChange| {
            let words = |texts: &[Text]| -> Vec<String> {
                texts.iter().map(|text| self.value(change.key, text.in_lang(self.lang))).collect()
            };
            KeyView {
                label: key_words(change.key).in_lang(self.lang).to_owned(),
                before: words(&change.before),
                after: words(&change.after),
            }
        };
        changes.iter().map(view).collect()
    }

    /// A status is told in the words of the handbook, and a day in words; the redline has their stable forms.
    fn value(&self, key: &str, value: &str) -> String {
        let day = Date::parse(value).filter(|_| matches!(key, "updated" | "review_by"));
        let status = Status::parse(value).filter(|_| key == "status");
        match (status, day) {
            (Some(status), _) => status_label(self.hrefs.volume, status, self.lang),
            (None, Some(day)) => day.in_words(self.lang),
            (None, None) => value.to_owned(),
        }
    }

    fn reasons(&self, reasons: &[Reason]) -> Vec<ChangeView> {
        let handbook = &self.hrefs.volume.handbook;
        let view = |reason: &Reason| {
            let document = handbook.documents.get(reason.document)?;
            let change = document.front.changes.get(reason.change).cloned()?;
            changes(self.hrefs, reason.document, &[change], self.lang).pop()
        };
        reasons.iter().filter_map(view).collect()
    }

    /// A text as HTML, block by block: what is gone in `del`, what is new in `ins`, each also told in words for those who
    /// do not see it. Blocks without a change give way to one mark.
    fn wording(&self, wording: &Wording) -> String {
        let mut writer = WordingWriter::default();
        for edit in &wording.edits {
            match edit {
                Edit::Same(pieces) => writer.pieces(pieces, None),
                Edit::Removed(pieces) => writer.pieces(pieces, Some(("del", self.strings.get("removed")))),
                Edit::Added(pieces) => writer.pieces(pieces, Some(("ins", self.strings.get("added")))),
            }
        }
        writer.finish(self.strings.get("unchanged_text"))
    }
}

/// Writes a wording block by block.
#[derive(Default)]
struct WordingWriter {
    done: Vec<WrittenBlock>,
    block: WrittenBlock,
}

#[derive(Default)]
struct WrittenBlock {
    html: String,
    class: &'static str,
    has_change: bool,
    has_words: bool,
}

impl WordingWriter {
    fn pieces(&mut self, pieces: &[Piece], mark: Option<(&str, &str)>) {
        let mut is_open = false;
        for piece in pieces {
            match piece {
                Piece::Break(form) => {
                    if std::mem::take(&mut is_open) {
                        self.close(mark);
                    }
                    if matches!(form.kind, BlockKind::Cell { first: false, .. }) {
                        self.block.html.push_str(" | ");
                    } else if self.block.has_words {
                        self.done.push(std::mem::take(&mut self.block));
                    }
                    self.block.class = class_of(form.kind);
                    self.block.has_change |= mark.is_some();
                }
                Piece::Words { text, link } => {
                    if !std::mem::replace(&mut is_open, true) {
                        self.open(mark);
                    }
                    self.words(text, link.as_deref(), mark.is_some());
                }
            }
        }
        if is_open {
            self.close(mark);
        }
    }

    fn open(&mut self, mark: Option<(&str, &str)>) {
        let Some((element, words)) = mark else { return };
        self.block.has_change = true;
        self.block.html.push_str(&format!("<{element}><span class=\"hidden\">[{words}: </span>"));
    }

    fn close(&mut self, mark: Option<(&str, &str)>) {
        let Some((element, _)) = mark else { return };
        self.block.html.push_str(&format!("<span class=\"hidden\">]</span></{element}>"));
    }

    fn words(&mut self, text: &str, link: Option<&str>, is_change: bool) {
        self.block.has_words = true;
        let _ = escape_html(&mut self.block.html, text);
        // Where only what the words lead to has changed, the words alone would not tell.
        if let Some(link) = link.filter(|_| is_change) {
            self.block.html.push_str(" <small>(→ ");
            let _ = escape_html(&mut self.block.html, link);
            self.block.html.push_str(")</small>");
        }
    }

    fn finish(mut self, unchanged: &str) -> String {
        self.done.push(self.block);
        let mut html = String::new();
        let mut passed_over = false;
        for block in self.done.iter().filter(|block| block.has_words || block.has_change) {
            if block.has_change {
                html.push_str(&format!("<p class=\"wording wording--{}\">{}</p>", block.class, block.html));
                passed_over = false;
            } else if !std::mem::replace(&mut passed_over, true) {
                html.push_str("<p class=\"wording wording--same\">");
                let _ = escape_html(&mut html, unchanged);
                html.push_str("</p>");
            }
        }
        html
    }
}

fn class_of(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Item { .. } => "item",
        BlockKind::Cell { .. } => "row",
        BlockKind::Code => "code",
        BlockKind::Paragraph | BlockKind::Term | BlockKind::Definition | BlockKind::Rule => "paragraph",
    }
}

fn state_of(was_there: bool, is_there: bool) -> &'static str {
    match (was_there, is_there) {
        (false, _) => "added",
        (true, false) => "withdrawn",
        (true, true) => "changed",
    }
}

fn state_key(state: &str) -> &'static str {
    match state {
        "added" => "state_added",
        "withdrawn" => "state_withdrawn",
        _ => "state_changed",
    }
}

fn titled(name: &DocumentName) -> String {
    match &name.id {
        Some(id) => format!("{id} {}", name.title),
        None => name.title.clone(),
    }
}

/// What a provision was called, and where it stood, if that was another document.
fn formerly(old: &ProvisionName, new: Option<&ProvisionName>) -> String {
    match new.is_some_and(|new| new.document.id.is_some() && new.document.id == old.document.id) {
        true => old.id.clone(),
        false => format!("{}, {}", old.id, titled(&old.document)),
    }
}

/// The id of a document's section on the page.
fn anchor_of(document: &DocumentChange) -> String {
    let name = document.name().map(|name| name.id.as_ref().unwrap_or(&name.address).clone());
    format!("_{}", name.unwrap_or_default().replace('/', "-"))
}
