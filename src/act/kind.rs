//! The nouns with which acts' names begin.

use std::sync::LazyLock;

use super::cursor::{Cursor, is_one_of};
use super::word_set::WordSet;

/// A kind of act, as far as names tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Regulation,
    Directive,
    Decision,
    Law,
    RegionalLaw,
    LegislativeDecree,
    DecreeLaw,
    Decree,
    Constitution,
    Treaty,
    Code,
    /// Any other document that has articles: a statute, a contract, rules of procedure.
    Other,
}

/// Nouns and abbreviations without their dots.
const NOUNS: &[(Kind, &[&str])] = &[
    (Kind::Regulation, &["regolamento", "regolamenti", "reg", "regulation", "regulations"]),
    (Kind::Directive, &["direttiva", "direttive", "dir", "directive", "directives"]),
    (Kind::Decision, &["decisione", "decisioni", "dec", "decision", "decisions"]),
    (Kind::Law, &["legge", "leggi", "l", "law", "laws"]),
    (Kind::RegionalLaw, &["lr"]),
    (Kind::LegislativeDecree, &["dlgs", "dlg", "dlvo"]),
    (Kind::DecreeLaw, &["dl"]),
    (Kind::Decree, &["decreto", "decreti", "dpr", "dm", "dpcm", "decree"]),
    (Kind::Constitution, &["costituzione", "cost", "constitution"]),
    (Kind::Treaty, &["trattato", "trattati", "tue", "tfue", "treaty", "treaties", "teu", "tfeu"]),
    (Kind::Code, &["codice", "codici", "code", "cod", "cc", "cp", "cpc", "cpp"]),
    (
        Kind::Other,
        &[
            "statuto",
            "bando",
            "contratto",
            "accordo",
            "convenzione",
            "protocollo",
            "disciplinare",
            "avviso",
            "carta",
            "intesa",
            "delibera",
            "deliberazione",
            "ordinanza",
            "circolare",
            "raccomandazione",
            "comunicazione",
            "testo",
            "disposizioni",
            "disp",
            "preleggi",
            "tu",
            "linee",
            "agreement",
            "convention",
            "protocol",
            "charter",
            "statute",
            "statutes",
            "contract",
            "recommendation",
            "rules",
            "act",
            "guidelines",
        ],
    ),
];

/// Words between a preposition and the noun.
const BEFORE_NOUN: &[&str] = &[
    "presente",
    "medesimo",
    "medesima",
    "stesso",
    "stessa",
    "citato",
    "citata",
    "suddetto",
    "suddetta",
    "predetto",
    "predetta",
    "detto",
    "detta",
    "nuovo",
    "nuova",
    "vigente",
    "same",
    "said",
    "this",
    "that",
    "present",
    "commission",
    "council",
    "delegated",
    "implementing",
];

/// Every whole word with which a name can begin.
static BEGINNINGS: LazyLock<WordSet> = LazyLock::new(|| {
    let nouns = NOUNS.iter().flat_map(|(_, nouns)| nouns.iter());
    WordSet::of(nouns.chain(BEFORE_NOUN).copied())
});

/// A noun that begins an act's name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noun {
    pub(super) kind: Kind,
    /// Whether it is written as an abbreviation (`Cost.`, `TFUE`, `cpc`), which alone already names an act.
    pub(super) abbreviated: bool,
}

impl Noun {
    /// Steps over a noun and the adjectives before it.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let first = cursor.word();
        if first.chars().nth(1).is_some() && !BEGINNINGS.has(first) {
            return None;
        }
        let mut c = *cursor;
        eat_adjectives(&mut c);
        let start = c;
        let kind = abbreviation(&mut c).or_else(|| word(&mut c))?;
        let written = c.since(start);
        let capitals = written.len() > 1 && written.chars().all(char::is_uppercase);
        let kind = qualified(kind, c);
        *cursor = c;
        let no_word = is_one_of(written, ABBREVIATIONS);
        Some(Self { kind, abbreviated: capitals || no_word || written.ends_with('.') })
    }
}

/// Nouns that are abbreviations even in small letters without their dots.
const ABBREVIATIONS: &[&str] = &[
    "cc", "cp", "cpc", "cpp", "dlgs", "dlg", "dlvo", "dpr", "dpcm", "lr", "tue", "tfue", "teu", "tfeu",
    "cost",
];

/// Steps over `citato`, `stesso`, `said`: words between a preposition and a name.
pub(super) fn eat_adjectives(cursor: &mut Cursor<'_>) {
    while cursor.eat_word(BEFORE_NOUN) {
        cursor.skip_spaces();
    }
}

fn lookup(noun: &str) -> Option<Kind> {
    NOUNS.iter().find(|(_, nouns)| nouns.contains(&noun)).map(|(kind, _)| *kind)
}

/// `reg.`, `regolamento`, `TFUE`; a single letter is only an abbreviation with its dot.
fn word(cursor: &mut Cursor<'_>) -> Option<Kind> {
    let word = cursor.word();
    let mut c = *cursor;
    c.advance(word.len());
    if word.len() > 24 || !c.at_word_end() {
        return None;
    }
    let kind = lookup(&word.to_lowercase())?;
    let dotted = word.len() <= 4 && c.eat(&['.']);
    if word.len() == 1 && !dotted {
        return None;
    }
    *cursor = c;
    Some(kind)
}

/// `d.lgs.`, `d. lgs.`, `D.P.R.`, `c.c.`: a letter and its dot, then more of the kind.
fn abbreviation(cursor: &mut Cursor<'_>) -> Option<Kind> {
    let mut c = *cursor;
    let mut joined = String::new();
    let mut longest = None;
    for segment in 0..5 {
        let word = c.word();
        let most = if segment == 0 { 1 } else { 4 };
        if word.is_empty() || word.chars().count() > most {
            break;
        }
        joined.push_str(&word.to_lowercase());
        c.advance(word.len());
        let dotted = c.eat(&['.']);
        if segment > 0
            && c.at_word_end()
            && let Some(kind) = lookup(&joined)
        {
            longest = Some((kind, c));
        }
        if !dotted {
            break;
        }
        c.eat(&[' ', '\u{a0}']);
    }
    let (kind, end) = longest?;
    *cursor = end;
    Some(kind)
}

/// `decreto legislativo`, `decreto-legge`, `legge regionale`.
fn qualified(kind: Kind, mut after: Cursor<'_>) -> Kind {
    after.skip_spaces();
    after.eat(&['-', '‑']);
    match kind {
        Kind::Decree if after.eat_word(&["legislativo", "legislativi"]) => Kind::LegislativeDecree,
        Kind::Decree if after.eat_word(&["legge"]) => Kind::DecreeLaw,
        Kind::Law if after.eat_word(&["regionale", "regionali"]) => Kind::RegionalLaw,
        other => other,
    }
}
