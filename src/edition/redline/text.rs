//! A redline in plain text, for a terminal: marks say what changed, so that it reads without colour.

use crate::act::Address;
use crate::diagnostic::{Lang, Text};
use crate::handbook::Handbook;
use crate::markdown::{BlockKind, Form, Level};
use crate::say;

use super::{
    ByLevel, Counts, DocumentChange, Edit, Gone, KeyChange, Piece, ProvisionChange, Reason, Redline,
    TermChange, Wording,
};

/// The redline in the words of a language: the summary first, then chapter by chapter. `later` is the handbook of the later
/// edition, whose words name levels and articles.
pub fn text(redline: &Redline, later: &Handbook, lang: Lang) -> String {
    let mut writer = Writer { out: String::new(), later, lang };
    writer.summary(redline);
    for document in &redline.documents {
        writer.document(document);
    }
    if !redline.terms.is_empty() {
        writer.line(0, "");
        writer.say(0, &say!("Glossario"; "Glossary"));
        redline.terms.iter().for_each(|term| writer.term(term));
    }
    writer.out
}

struct Writer<'h> {
    out: String,
    later: &'h Handbook,
    lang: Lang,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        if !line.is_empty() {
            self.out.push_str(&"  ".repeat(depth));
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    fn say(&mut self, depth: usize, text: &Text) {
        let line = text.in_lang(self.lang).to_owned();
        self.line(depth, &line);
    }

    fn joined(&self, texts: &[Text]) -> String {
        texts.iter().map(|text| text.in_lang(self.lang)).collect::<Vec<_>>().join(", ")
    }

    fn level(&self, level: Level) -> String {
        level_words(level, self.later).in_lang(self.lang).to_owned()
    }

    fn summary(&mut self, redline: &Redline) {
        let summary = redline.summary();
        if redline.is_empty() {
            self.say(0, &say!("Nessuna modifica"; "Nothing changed"));
            return;
        }
        self.say(0, &say!("In breve"; "In short"));
        let (new, ended) = (summary.new_duties(), summary.ended_duties());
        let duties = [
            (new, say!("obblighi nuovi: {new}"; "new duties: {new}")),
            (ended, say!("obblighi venuti meno: {ended}"; "duties that ended: {ended}")),
        ];
        self.parts(1, duties);
        let provisions = self.counts(summary.provisions);
        self.labelled(1, &say!("Disposizioni"; "Provisions"), &provisions);
        let added = self.levels(summary.added);
        self.labelled(2, &say!("nuove, per livello"; "new, by level"), &added);
        let gone = self.levels(summary.withdrawn);
        self.labelled(2, &say!("ritirate, per livello"; "withdrawn, by level"), &gone);
        for (from, to, count) in &summary.levels {
            let (from, to) = (self.level(*from), self.level(*to));
            self.say(2, &say!("da «{from}» a «{to}»: {count}"; "from “{from}” to “{to}”: {count}"));
        }
        let (readdressed, reordered) = (summary.readdressed, summary.reordered);
        self.parts(
            2,
            [
                (
                    readdressed,
                    say!("con altri punti citati: {readdressed}"; "citing other places: {readdressed}"),
                ),
                (
                    reordered,
                    say!("in un altro posto della pagina: {reordered}"; "elsewhere on the page: {reordered}"),
                ),
            ],
        );
        let documents = self.counts(summary.documents);
        self.labelled(1, &say!("Documenti"; "Documents"), &documents);
        let terms = self.counts(summary.terms);
        self.labelled(1, &say!("Glossario"; "Glossary"), &terms);
        self.coverage(redline);
    }

    fn parts<const N: usize>(&mut self, depth: usize, parts: [(usize, Text); N]) {
        let told: Vec<Text> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        let line = self.joined(&told);
        if !line.is_empty() {
            self.line(depth, &line);
        }
    }

    fn labelled(&mut self, depth: usize, label: &Text, words: &str) {
        if !words.is_empty() {
            let line = format!("{}: {words}", label.in_lang(self.lang));
            self.line(depth, &line);
        }
    }

    fn counts(&self, counts: Counts) -> String {
        let Counts { added, withdrawn, moved, reworded } = counts;
        let parts = [
            (added, say!("{added} in più"; "{added} new")),
            (withdrawn, say!("{withdrawn} in meno"; "{withdrawn} gone")),
            (moved, say!("{moved} con un altro posto o nome"; "{moved} moved or renamed")),
            (reworded, say!("{reworded} con altre parole"; "{reworded} reworded")),
        ];
        let told: Vec<Text> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        self.joined(&told)
    }

    fn levels(&self, levels: ByLevel) -> String {
        let there =
            Level::ALL.into_iter().map(|level| (levels.get(level), level)).filter(|(count, _)| *count > 0);
        there.map(|(count, level)| format!("{count} «{}»", self.level(level))).collect::<Vec<_>>().join(", ")
    }

    fn coverage(&mut self, redline: &Redline) {
        let coverage = &redline.coverage;
        if coverage.is_empty() {
            return;
        }
        let (before, after) = coverage.total();
        let (old, new, places) = (before.implemented, after.implemented, after.places);
        let (tried, tested) = (before.tested, after.tested);
        self.say(1, &say!("Copertura: punti attuati da {old} a {new} su {places}; messi alla prova da {tried} a {tested}"; "Coverage: places implemented from {old} to {new} of {places}; tested from {tried} to {tested}"));
        for (label, places) in [
            (say!("attuati ora"; "implemented now"), &coverage.gained),
            (say!("non più attuati"; "no longer implemented"), &coverage.lost),
            (say!("messi alla prova ora"; "tested now"), &coverage.tested),
            (say!("non più messi alla prova"; "no longer tested"), &coverage.untested),
        ] {
            let places = self.places(places);
            self.labelled(2, &label, &places);
        }
    }

    fn places(&self, places: &[Address]) -> String {
        places.iter().map(|address| self.later.citation(address, self.lang)).collect::<Vec<_>>().join("; ")
    }

    fn document(&mut self, document: &DocumentChange) {
        let Some(name) = document.name() else { return };
        let id = name.id.as_ref().map(|id| format!("{id} ")).unwrap_or_default();
        let title = format!("{id}{} (/{})", name.title, name.address);
        self.line(0, "");
        match (&document.before, &document.after) {
            (None, _) => self.say(0, &say!("{title}: documento nuovo"; "{title}: new document")),
            (_, None) => self.say(0, &say!("{title}: documento ritirato"; "{title}: document withdrawn")),
            (Some(_), Some(_)) => self.line(0, &title),
        }
        self.gone(1, document.gone.as_ref());
        if let Some((before, after)) = document.before.as_ref().zip(document.after.as_ref()) {
            if before.address != after.address {
                let old = &before.address;
                self.say(1, &say!("prima all'indirizzo /{old}"; "formerly at /{old}"));
            }
            if before.id != after.id
                && let Some(old) = &before.id
            {
                self.say(1, &say!("prima {old}"; "formerly {old}"));
            }
        }
        self.wording(1, &say!("titolo"; "title"), document.title.as_ref());
        self.metadata(1, &document.metadata);
        if document.values_changed {
            self.say(1, &say!("i valori della tabella sono altri"; "the values of the table are others"));
        }
        self.wording(
            1,
            &say!("testo fuori dalle disposizioni"; "text outside provisions"),
            document.text.as_ref(),
        );
        let moved = document.reordered.join(", ");
        self.labelled(1, &say!("in un altro posto della pagina"; "elsewhere on the page"), &moved);
        self.reasons(1, &document.reasons);
        document.provisions.iter().for_each(|provision| self.provision(provision));
    }

    fn provision(&mut self, provision: &ProvisionChange) {
        let Some(name) = provision.name() else { return };
        let title = format!("{} {}", name.id, name.title);
        let level = self.level(name.level);
        match (&provision.before, &provision.after) {
            (None, _) => self.say(1, &say!("{title}: nuova, «{level}»"; "{title}: new, “{level}”")),
            (_, None) => {
                self.say(1, &say!("{title}: ritirata, era «{level}»"; "{title}: withdrawn, was “{level}”"));
            }
            (Some(_), Some(_)) => self.line(1, &title),
        }
        self.gone(2, provision.gone.as_ref());
        if let Some((from, to)) = provision.level() {
            let (old, new) = (self.level(from), self.level(to));
            let binding = match (from, to) {
                (_, Level::Must) => say!("OBBLIGO NUOVO: "; "NEW DUTY: "),
                (Level::Must, _) => say!("NON È PIÙ UN OBBLIGO: "; "NO LONGER A DUTY: "),
                (
                    Level::Should | Level::May | Level::GoodPractice,
                    Level::Should | Level::May | Level::GoodPractice,
                ) => Text::default(),
            };
            let Text { it, en } = binding;
            self.say(2, &say!("{it}da [-«{old}»-] a {{+«{new}»+}}"; "{en}from [-“{old}”-] to {{+“{new}”+}}"));
        }
        if let Some(before) = provision.before.as_ref().filter(|_| provision.moved) {
            let (id, page) = (&before.id, before.document.id.as_ref().unwrap_or(&before.document.address));
            self.say(2, &say!("prima {id}, in {page}"; "formerly {id}, in {page}"));
        }
        self.wording(2, &say!("titolo"; "title"), provision.title.as_ref());
        self.wording(2, &say!("testo"; "text"), provision.text.as_ref());
        let (gained, lost) = (self.places(&provision.gained), self.places(&provision.lost));
        self.labelled(2, &say!("cita anche"; "now cites"), &gained);
        self.labelled(2, &say!("non cita più"; "no longer cites"), &lost);
        self.reasons(2, &provision.reasons);
    }

    fn gone(&mut self, depth: usize, gone: Option<&Gone>) {
        let Some(gone) = gone else { return };
        if let Some(date) = gone.date {
            let reason = gone.reason.as_deref().unwrap_or_default();
            let date = date.in_words(self.lang);
            self.say(depth, &say!("ritiro del {date}: {reason}"; "withdrawn on {date}: {reason}"));
        }
        if let Some(successor) = &gone.successor {
            self.say(depth, &say!("al suo posto: {successor}"; "in its place: {successor}"));
        }
    }

    fn reasons(&mut self, depth: usize, reasons: &[Reason]) {
        for reason in reasons {
            let because = self.joined(&reason.because);
            let parts = [Some(because).filter(|because| !because.is_empty()), reason.note.clone()];
            let words = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
            self.labelled(depth, &say!("perché"; "why"), &words);
        }
    }

    fn metadata(&mut self, depth: usize, changes: &[KeyChange]) {
        for change in changes {
            let (before, after) = (self.joined(&change.before), self.joined(&change.after));
            let gone = if before.is_empty() { String::new() } else { format!("[-{before}-]") };
            let come = if after.is_empty() { String::new() } else { format!("{{+{after}+}}") };
            self.labelled(depth, &key_words(change.key), &format!("{gone}{come}"));
        }
    }

    fn term(&mut self, term: &TermChange) {
        let name = term.after.as_ref().or(term.before.as_ref()).cloned().unwrap_or_default();
        match (&term.before, &term.after) {
            (None, _) => self.say(1, &say!("{name}: voce nuova"; "{name}: new term")),
            (_, None) => self.say(1, &say!("{name}: voce ritirata"; "{name}: term withdrawn")),
            (Some(old), Some(new)) if old != new => {
                self.say(1, &say!("{name}: prima «{old}»"; "{name}: formerly “{old}”"));
            }
            (Some(_), Some(_)) => self.line(1, &name),
        }
        self.gone(2, term.gone.as_ref());
        self.wording(2, &say!("definizione"; "definition"), term.definition.as_ref());
        self.metadata(2, &term.metadata);
    }

    fn wording(&mut self, depth: usize, label: &Text, wording: Option<&Wording>) {
        let Some(wording) = wording else { return };
        let lines = lines(wording);
        if let [only] = lines.as_slice() {
            self.labelled(depth, label, only);
            return;
        }
        let label = format!("{}:", label.in_lang(self.lang));
        self.line(depth, &label);
        lines.iter().for_each(|line| self.line(depth + 1, line));
    }
}

/// A line of a text that is being written.
#[derive(Default)]
struct Line {
    text: String,
    has_change: bool,
    has_words: bool,
}

/// The blocks of a text, a line each; those without a change give way to one `…`.
fn lines(wording: &Wording) -> Vec<String> {
    let mut all: Vec<Line> = vec![Line::default()];
    for edit in &wording.edits {
        match edit {
            Edit::Same(pieces) => add(&mut all, pieces, None),
            Edit::Removed(pieces) => add(&mut all, pieces, Some(("[-", "-]"))),
            Edit::Added(pieces) => add(&mut all, pieces, Some(("{+", "+}"))),
        }
    }
    let mut told: Vec<String> = Vec::new();
    for line in all.iter().filter(|line| line.has_change || !line.text.is_empty()) {
        let text = if line.has_change { line.text.trim_end() } else { "…" };
        if text != "…" || told.last().is_none_or(|last| last != "…") {
            told.push(text.to_owned());
        }
    }
    told
}

fn add(lines: &mut Vec<Line>, pieces: &[Piece], mark: Option<(&str, &str)>) {
    let (open, close) = mark.unwrap_or_default();
    for (at, piece) in pieces.iter().enumerate() {
        let text = match piece {
            Piece::Break(form) => {
                let continues_row = matches!(form.kind, BlockKind::Cell { first: false, .. });
                // A block that became one of another kind is one line.
                if !continues_row && lines.last().is_some_and(|line| line.has_words) {
                    lines.push(Line::default());
                }
                // That a paragraph begins is the change where its words stayed.
                sign(*form, mark.is_some() && at + 1 == pieces.len())
            }
            Piece::Words { text, link: None } => text.clone(),
            Piece::Words { text, link: Some(link) } => format!("{text}<{link}>"),
        };
        let Some(line) = lines.last_mut() else { continue };
        line.has_words |= matches!(piece, Piece::Words { .. });
        line.has_change |= mark.is_some();
        if !text.is_empty() {
            // What follows in the same mark goes on in it.
            let goes_on = !close.is_empty() && line.text.ends_with(close);
            if goes_on {
                line.text.truncate(line.text.len() - close.len());
            } else {
                line.text.push_str(open);
            }
            line.text.push_str(&text);
            line.text.push_str(close);
        }
    }
}

/// What shows the beginning of a block; of a paragraph, only where it alone is the change.
fn sign(form: Form, is_change: bool) -> String {
    let sign = match form.kind {
        BlockKind::Paragraph if is_change => "¶ ",
        BlockKind::Paragraph => "",
        BlockKind::Heading(_) => "# ",
        BlockKind::Item { ordered: true, .. } => "1. ",
        BlockKind::Item { task: Some(true), .. } => "• [x] ",
        BlockKind::Item { task: Some(false), .. } => "• [ ] ",
        BlockKind::Item { .. } => "• ",
        BlockKind::Cell { first: true, .. } => "| ",
        BlockKind::Cell { first: false, .. } => " | ",
        BlockKind::Code => "` ",
        BlockKind::Term => "? ",
        BlockKind::Definition => ": ",
        BlockKind::Rule => "———",
    };
    let note = if form.in_note { "* " } else { "" };
    format!("{}{note}{}{sign}", "> ".repeat(form.quotes), "  ".repeat(form.depth.saturating_sub(1)))
}

/// The words for a level: the vocabulary's, else the program's.
pub(super) fn level_words(level: Level, handbook: &Handbook) -> Text {
    let own = match level {
        Level::Must => say!("deve"; "must"),
        Level::Should => say!("dovrebbe"; "should"),
        Level::May => say!("può"; "may"),
        Level::GoodPractice => say!("buona pratica"; "good practice"),
    };
    let known = |lang| handbook.vocabularies.levels.known_label(level.name(), lang).map(str::to_owned);
    Text { it: known(Lang::It).unwrap_or(own.it), en: known(Lang::En).unwrap_or(own.en) }
}

/// What readers call a key of the metadata.
pub fn key_words(key: &str) -> Text {
    match key {
        "kind" => say!("tipo"; "kind"),
        "description" => say!("descrizione"; "description"),
        "status" => say!("stato"; "status"),
        "superseded_by" => say!("sostituito da"; "superseded by"),
        "review_by" => say!("da rivedere entro"; "review by"),
        "order" => say!("posto fra i vicini"; "place among its neighbours"),
        "articles" => say!("articoli"; "articles"),
        "phases" => say!("fasi"; "phases"),
        "audience" => say!("destinatari"; "audience"),
        "partner_types" => say!("tipi di partner"; "partner types"),
        "periods" => say!("periodi"; "periods"),
        "funds" => say!("fondi"; "funds"),
        "territories" => say!("territori"; "territories"),
        "keywords" => say!("parole chiave"; "keywords"),
        "version" => say!("versione"; "version"),
        "updated" => say!("aggiornato il"; "updated on"),
        "illustrative" => say!("solo un esempio"; "an example only"),
        "tests" => say!("mette alla prova"; "tests"),
        "tool_type" => say!("tipo di strumento"; "type of tool"),
        "supports" => say!("serve a"; "supports"),
        "nature" => say!("natura"; "nature"),
        "unit" => say!("unità di misura"; "unit"),
        "formula" => say!("formula"; "formula"),
        "source" => say!("fonte"; "source"),
        "data" => say!("dati"; "data"),
        "label" => say!("colonna dei nomi"; "column of the names"),
        "chart" => say!("colonna del grafico"; "column of the chart"),
        "measures" => say!("misura"; "measures"),
        "acronym" => say!("sigla"; "acronym"),
        "forms" => say!("altre forme"; "other forms"),
        "see" => say!("vedi"; "see"),
        "also" => say!("vedi anche"; "see also"),
        other => Text::verbatim(other),
    }
}
