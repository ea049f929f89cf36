//! Handbooks for the redline: a model whose parts have a hidden number that no edit changes. So what was done is known
//! without looking at ids.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use vademecum::edition::redline::{Piece, ProvisionChange, Redline, Wording};

/// A small handbook.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    documents: Vec<Document>,
    terms: Vec<Term>,
    /// The hidden number of the next thing.
    next: usize,
}

#[derive(Debug, Clone)]
struct Document {
    number: usize,
    id: Option<String>,
    slug: String,
    title: String,
    phases: BTreeSet<&'static str>,
    intro: Vec<Block>,
    provisions: Vec<Provision>,
}

#[derive(Debug, Clone)]
struct Provision {
    number: usize,
    id: String,
    title: String,
    level: &'static str,
    blocks: Vec<Block>,
    articles: BTreeSet<u8>,
}

#[derive(Debug, Clone)]
struct Term {
    number: usize,
    name: String,
    definition: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    is_item: bool,
    words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Plain(String),
    /// A link to a provision, by its hidden number.
    Link(String, usize),
}

/// An edit: what it is, where, and how.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) kind: u8,
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) seed: u64,
}

impl Step {
    pub(crate) const KINDS: u8 = 20;
}

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

const WORDS: [&str; 24] = [
    "autorità",
    "partner",
    "comitato",
    "verbale",
    "riunione",
    "entro",
    "giorni",
    "5",
    "10",
    "1.500",
    "di",
    "e",
    "il",
    "la",
    "pubblica",
    "invia",
    "documenti",
    "programma",
    "società",
    "consulta",
    "prima",
    "dopo",
    "ogni",
    "anno",
];
const LEVELS: [&str; 4] = ["deve", "dovrebbe", "puo", "buona-pratica"];
const PHASES: [&str; 3] = ["programmi", "attuazione", "valutazione"];
const ACT: &str =
    "id: l-1\ntitle: Legge\narticles: [{number: 1}, {number: 2}, {number: 3}, {number: 4}, {number: 5}]\n";

fn sentence(dice: &mut Dice) -> String {
    let count = 1 + dice.roll(7);
    (0..count).map(|_| dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn blocks(dice: &mut Dice, links: &[usize]) -> Vec<Block> {
    let count = 1 + dice.roll(3);
    let block = |dice: &mut Dice| {
        let is_item = dice.roll(3) == 0;
        let mut words: Vec<Word> =
            sentence(dice).split(' ').map(|word| Word::Plain(word.to_owned())).collect();
        if !links.is_empty() && dice.roll(2) == 0 {
            let at = dice.roll(words.len() + 1);
            words.insert(at, Word::Link("qui".to_owned(), dice.pick(links)));
        }
        Block { is_item, words }
    };
    (0..count).map(|_| block(dice)).collect()
}

impl Model {
    pub(crate) fn random(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut model = Self { documents: Vec::new(), terms: Vec::new(), next: 0 };
        for _ in 0..2 + dice.roll(3) {
            model.add_document(usize::MAX, &mut dice);
        }
        for _ in 0..dice.roll(5) {
            model.add_provision(dice.roll(9), dice.roll(9), &mut dice);
        }
        for _ in 0..dice.roll(3) {
            model.add_term(&mut dice);
        }
        model
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn links(&self) -> Vec<usize> {
        self.documents
            .iter()
            .flat_map(|document| &document.provisions)
            .map(|provision| provision.number)
            .collect()
    }

    fn add_document(&mut self, at: usize, dice: &mut Dice) {
        let (number, links) = (self.number(), self.links());
        let id = (dice.roll(3) > 0).then(|| format!("LG-{number}"));
        let document = Document {
            number,
            id,
            slug: format!("nome-{number}"),
            title: sentence(dice),
            phases: PHASES.into_iter().filter(|_| dice.roll(2) == 0).collect(),
            intro: if dice.roll(2) == 0 { blocks(dice, &links) } else { Vec::new() },
            provisions: Vec::new(),
        };
        let at = at % (self.documents.len() + 1);
        self.documents.insert(at, document);
    }

    fn add_provision(&mut self, document: usize, at: usize, dice: &mut Dice) {
        let (number, links) = (self.number(), self.links());
        let provision = Provision {
            number,
            id: format!("P-{number}"),
            title: sentence(dice),
            level: dice.pick(&LEVELS),
            blocks: blocks(dice, &links),
            articles: (1..=5).filter(|_| dice.roll(4) == 0).collect(),
        };
        self.put(provision, document, at);
    }

    fn put(&mut self, provision: Provision, document: usize, at: usize) {
        let count = self.documents.len();
        let Some(document) = self.documents.get_mut(document % count.max(1)) else { return };
        let at = at % (document.provisions.len() + 1);
        document.provisions.insert(at, provision);
    }

    fn add_term(&mut self, dice: &mut Dice) {
        let number = self.number();
        self.terms.push(Term { number, name: format!("voce {number}"), definition: sentence(dice) });
    }

    /// The place of a provision, whatever the number.
    fn place(&self, any: usize) -> Option<(usize, usize)> {
        let all: Vec<_> = self
            .documents
            .iter()
            .enumerate()
            .flat_map(|(document, page)| (0..page.provisions.len()).map(move |at| (document, at)))
            .collect();
        (!all.is_empty()).then(|| all[any % all.len()])
    }

    fn provision(&mut self, any: usize) -> Option<&mut Provision> {
        let (document, at) = self.place(any)?;
        Some(&mut self.documents[document].provisions[at])
    }

    fn document(&mut self, any: usize) -> Option<&mut Document> {
        let count = self.documents.len();
        self.documents.get_mut(any % count.max(1))
    }

    /// Words that led to what is gone lead nowhere.
    fn unlink(&mut self, gone: &[usize]) {
        let blocks = self.documents.iter_mut().flat_map(|document| {
            let of_provisions = document.provisions.iter_mut().flat_map(|provision| &mut provision.blocks);
            document.intro.iter_mut().chain(of_provisions)
        });
        for word in blocks.flat_map(|block| &mut block.words) {
            if let Word::Link(text, to) = word
                && gone.contains(to)
            {
                *word = Word::Plain(text.clone());
            }
        }
    }

    /// Does an edit, as far as there is something to edit.
    pub(crate) fn take(&mut self, step: &Step) {
        let mut dice = Dice(step.seed);
        let (a, b) = (step.a, step.b);
        match step.kind {
            0 => self.add_provision(a, b, &mut dice),
            1 => self.withdraw(a),
            2 => {
                let number = self.number();
                self.provision(a).into_iter().for_each(|provision| provision.id = format!("N-{number}"));
            }
            3 => {
                let Some((document, at)) = self.place(a) else { return };
                let provision = self.documents[document].provisions.remove(at);
                self.put(provision, b, dice.roll(9));
            }
            4 => {
                let number = self.number();
                self.document(a).into_iter().for_each(|document| document.slug = format!("altro-{number}"));
            }
            5 => {
                let number = self.number();
                let renamed = |document: &mut Document| {
                    if document.id.is_some() {
                        document.id = Some(format!("NG-{number}"));
                    }
                };
                self.document(a).into_iter().for_each(renamed);
            }
            6 | 7 => {
                let links = self.links();
                let Some(provision) = self.provision(a) else { return };
                reword(&mut provision.blocks, b, &mut dice, &links);
            }
            8 => self.provision(a).into_iter().for_each(|provision| provision.title = sentence(&mut dice)),
            9 => self.split(a, &mut dice),
            10 => self.merge(a, b),
            11 => {
                let Some(document) = self.document(a) else { return };
                let count = document.provisions.len();
                if count > 1 {
                    let provision = document.provisions.remove(b % count);
                    document.provisions.insert(dice.roll(count), provision);
                }
            }
            12 => self.provision(a).into_iter().for_each(|provision| provision.level = dice.pick(&LEVELS)),
            13 => self.document(a).into_iter().for_each(|document| {
                let phase = dice.pick(&PHASES);
                if !document.phases.remove(phase) {
                    document.phases.insert(phase);
                }
            }),
            14 => self.document(a).into_iter().for_each(|document| document.title = sentence(&mut dice)),
            15 => self.add_document(b, &mut dice),
            16 => self.withdraw_document(a),
            17 => self.provision(a).into_iter().for_each(|provision| {
                let article = u8::try_from(1 + dice.roll(5)).unwrap();
                if !provision.articles.remove(&article) {
                    provision.articles.insert(article);
                }
            }),
            18 => {
                let links = self.links();
                self.document(a).into_iter().for_each(|document| document.intro = blocks(&mut dice, &links));
            }
            _ => self.edit_terms(a, b, &mut dice),
        }
    }

    fn withdraw(&mut self, any: usize) {
        let Some((document, at)) = self.place(any) else { return };
        let gone = self.documents[document].provisions.remove(at);
        self.unlink(&[gone.number]);
    }

    fn withdraw_document(&mut self, any: usize) {
        if self.documents.len() < 2 {
            return;
        }
        let gone = self.documents.remove(any % self.documents.len());
        let numbers: Vec<_> = gone.provisions.iter().map(|provision| provision.number).collect();
        self.unlink(&numbers);
    }

    /// The second half of a provision becomes one of its own.
    fn split(&mut self, any: usize, dice: &mut Dice) {
        let number = self.number();
        let Some((document, at)) = self.place(any) else { return };
        let provision = &mut self.documents[document].provisions[at];
        let half = provision.blocks.len() / 2;
        let blocks = provision.blocks.split_off(half);
        let new = Provision {
            number,
            id: format!("P-{number}"),
            title: sentence(dice),
            level: provision.level,
            blocks,
            articles: BTreeSet::new(),
        };
        self.documents[document].provisions.insert(at + 1, new);
    }

    /// What a provision says goes into another.
    fn merge(&mut self, any: usize, into: usize) {
        let Some((document, at)) = self.place(any) else { return };
        let mut gone = self.documents[document].provisions.remove(at);
        if let Some(provision) = self.provision(into) {
            provision.blocks.append(&mut gone.blocks);
            provision.articles.append(&mut gone.articles);
        }
        self.unlink(&[gone.number]);
    }

    fn edit_terms(&mut self, a: usize, b: usize, dice: &mut Dice) {
        let number = self.number();
        if self.terms.is_empty() || b.is_multiple_of(4) {
            return self.add_term(dice);
        }
        let at = a % self.terms.len();
        match b % 4 {
            1 => drop(self.terms.remove(at)),
            2 => self.terms[at].name = format!("parola {number}"),
            _ => self.terms[at].definition = sentence(dice),
        }
    }
}

fn reword(blocks: &mut Vec<Block>, at: usize, dice: &mut Dice, links: &[usize]) {
    if blocks.is_empty() {
        blocks.push(Block { is_item: false, words: Vec::new() });
    }
    let count = blocks.len();
    let block = &mut blocks[at % count];
    let word = Word::Plain(dice.pick(&WORDS).to_owned());
    let at = dice.roll(block.words.len().max(1));
    match dice.roll(5) {
        0 if !block.words.is_empty() => block.words[at] = word,
        1 if block.words.len() > 1 => drop(block.words.remove(at)),
        2 => block.is_item = !block.is_item,
        3 if !links.is_empty() => {
            block.words.insert(at.min(block.words.len()), Word::Link("là".to_owned(), dice.pick(links)));
        }
        _ => block.words.insert(at.min(block.words.len()), word),
    }
    if block.words.is_empty() {
        block.words.push(Word::Plain("testo".to_owned()));
    }
}

impl Model {
    fn by_number(&self) -> BTreeMap<usize, (&Document, &Provision)> {
        let documents = self.documents.iter();
        let all = documents
            .flat_map(|document| document.provisions.iter().map(move |provision| (document, provision)));
        all.map(|(document, provision)| (provision.number, (document, provision))).collect()
    }

    fn document_of(&self, number: usize) -> Option<&Document> {
        self.documents.iter().find(|document| document.number == number)
    }

    /// The files; against an earlier edition they say what became of its names.
    pub(crate) fn files(&self, before: Option<&Self>, spelling: u64) -> Vec<(String, String)> {
        let mut dice = Dice(spelling);
        let mut settings = "title: Prova\nacts: [l-1]\n".to_owned();
        if let Some(before) = before {
            settings.push_str(&self.withdrawn(before));
        }
        let mut files =
            vec![("handbook.yaml".to_owned(), settings), ("acts/l-1.yaml".to_owned(), ACT.to_owned())];
        if !self.terms.is_empty() {
            files.push(("glossary.yaml".to_owned(), self.glossary(before)));
        }
        for (at, document) in self.documents.iter().enumerate() {
            files.push((document.path(at), self.page(document, before, &mut dice)));
        }
        files
    }

    fn withdrawn(&self, before: &Self) -> String {
        let there = self.by_number();
        let provisions = before.by_number();
        let provisions = provisions.values().filter(|(_, provision)| !there.contains_key(&provision.number));
        let documents =
            before.documents.iter().filter(|document| self.document_of(document.number).is_none());
        let terms =
            before.terms.iter().filter(|term| !self.terms.iter().any(|other| other.number == term.number));
        let ids = provisions.map(|(_, provision)| provision.id.clone());
        let ids =
            ids.chain(documents.map(|document| document.id.clone().unwrap_or_else(|| document.address())));
        let ids = ids.chain(terms.map(|term| format!("glossario/{}", term.name.replace(' ', "-"))));
        let lines: String = ids.fold(String::new(), |mut lines, id| {
            writeln!(lines, "- {{id: {id}, date: 2026-01-31, reason: \"via {id}\"}}").unwrap();
            lines
        });
        if lines.is_empty() { lines } else { format!("withdrawn:\n{lines}") }
    }

    fn glossary(&self, before: Option<&Self>) -> String {
        let mut text = "terms:\n".to_owned();
        for term in &self.terms {
            let old = before.and_then(|before| before.terms.iter().find(|old| old.number == term.number));
            let alias = old.filter(|old| old.name != term.name).map(|old| old.name.clone());
            let (name, definition) = (&term.name, &term.definition);
            writeln!(
                text,
                "- {{term: {name}, definition: \"{definition}\", aliases: [{}]}}",
                alias.unwrap_or_default()
            )
            .unwrap();
        }
        text
    }

    fn page(&self, document: &Document, before: Option<&Self>, dice: &mut Dice) -> String {
        let mut text = format!(
            "---\ntitle: \"{}\"\nphases: {:?}\n",
            document.title,
            document.phases.iter().collect::<Vec<_>>()
        );
        if let Some(id) = &document.id {
            writeln!(text, "id: {id}").unwrap();
        }
        if let Some(before) = before {
            text.push_str(&self.moves(document, before));
        }
        text.push_str("---\n\n");
        let mut definitions = String::new();
        self.write(&document.intro, document, dice, &mut text, &mut definitions);
        let heading = dice.roll(3);
        for provision in &document.provisions {
            let (title, id, level) = (spelt(&provision.title, dice), &provision.id, provision.level);
            match heading {
                0 => writeln!(text, "## {title} {{#{id} .{level}}}\n").unwrap(),
                1 => writeln!(text, "### {title}   {{#{id} .{level}}}").unwrap(),
                _ => writeln!(text, "{title} {{#{id} .{level}}}\n------\n").unwrap(),
            }
            self.write(&provision.blocks, document, dice, &mut text, &mut definitions);
            if !provision.articles.is_empty() {
                writeln!(text, "{}\n", articles(provision)).unwrap();
            }
        }
        text + &definitions
    }

    fn moves(&self, document: &Document, before: &Self) -> String {
        let mut text = String::new();
        if let Some(old) = before.document_of(document.number) {
            let id = old.id.clone().filter(|id| Some(id) != document.id.as_ref());
            let address = Some(format!("/{}/", old.address())).filter(|_| old.slug != document.slug);
            writeln!(text, "aliases: {:?}", id.into_iter().chain(address).collect::<Vec<_>>()).unwrap();
        }
        let old = before.by_number();
        let moved: Vec<_> = document
            .provisions
            .iter()
            .filter_map(|provision| Some((&old.get(&provision.number)?.1.id, &provision.id)))
            .filter(|(from, to)| from != to)
            .map(|(from, to)| format!("{from}: {to}"))
            .collect();
        writeln!(text, "moved_from: {{{}}}", moved.join(", ")).unwrap();
        text
    }

    /// Blocks in one of the many ways in which they can be written.
    fn write(
        &self,
        blocks: &[Block],
        own: &Document,
        dice: &mut Dice,
        text: &mut String,
        definitions: &mut String,
    ) {
        let bullet = dice.pick(&['-', '*', '+']);
        let is_loose = dice.roll(2) == 0;
        for (at, block) in blocks.iter().enumerate() {
            let next_is_item = blocks.get(at + 1).is_some_and(|next| next.is_item);
            let indent = if block.is_item { "  " } else { "" };
            if block.is_item {
                write!(text, "{bullet} ").unwrap();
            }
            for (at, word) in block.words.iter().enumerate() {
                if at > 0 {
                    let blank = if dice.roll(5) == 0 { format!("\n{indent}") } else { " ".to_owned() };
                    text.push_str(&blank);
                }
                text.push_str(&self.word(word, own, dice, definitions));
            }
            text.push_str(if block.is_item && next_is_item && !is_loose { "\n" } else { "\n\n" });
            if block.is_item && !next_is_item {
                text.push_str("<!-- -->\n\n");
            }
        }
    }

    fn word(&self, word: &Word, own: &Document, dice: &mut Dice, definitions: &mut String) -> String {
        let Word::Link(text, to) = word else {
            let Word::Plain(text) = word else { return String::new() };
            return spelt(text, dice);
        };
        let (at, page) = self
            .documents
            .iter()
            .enumerate()
            .find(|(_, document)| document.provisions.iter().any(|provision| provision.number == *to))
            .unwrap();
        let id = &self.by_number()[to].1.id;
        let path = if page.number == own.number { String::new() } else { format!("/{}", page.path(at)) };
        match dice.roll(3) {
            0 => format!("[{text}]({path}#{id})"),
            1 => format!("[[{id}|{text}]]"),
            _ => {
                let name = definitions.lines().count();
                writeln!(definitions, "[r{name}]: {path}#{id} 'titolo'").unwrap();
                format!("[{text}][r{name}]")
            }
        }
    }
}

/// Words in one of the many ways in which they can be written.
fn spelt(text: &str, dice: &mut Dice) -> String {
    let text = if dice.roll(2) == 0 { text.replace('à', "&agrave;") } else { text.to_owned() };
    match dice.roll(8) {
        0 => format!("*{text}*"),
        1 => format!("_{text}_"),
        2 => format!("__{text}__"),
        3 => text.replace('.', "\\."),
        _ => text,
    }
}

fn articles(provision: &Provision) -> String {
    provision
        .articles
        .iter()
        .map(|article| format!("Si applica art. {article}."))
        .collect::<Vec<_>>()
        .join(" ")
}

impl Document {
    fn path(&self, at: usize) -> String {
        format!("linee-guida/{at:02}-{}.md", self.slug)
    }

    fn address(&self) -> String {
        format!("linee-guida/{}", self.slug)
    }
}

/// What changed, in lines that can be compared.
pub(crate) type Told = Vec<String>;

/// What a redline says.
pub(crate) fn found(redline: &Redline) -> Told {
    let mut told = Vec::new();
    for document in &redline.documents {
        let name = |name: &Option<vademecum::edition::redline::DocumentName>| {
            name.as_ref().map(|name| (name.id.clone(), name.address.clone()))
        };
        told.push(format!("document {:?} {:?}", name(&document.before), name(&document.after)));
        told.extend(both("title", document.title.as_ref()));
        told.extend(both("text", document.text.as_ref()));
        for change in &document.metadata {
            let words = |texts: &[vademecum::diagnostic::Text]| {
                texts.iter().map(|text| text.it.clone()).collect::<Vec<_>>().join(",")
            };
            told.push(format!("{} {:?} {:?}", change.key, words(&change.before), words(&change.after)));
        }
        if document.after.is_none() {
            told.push(format!("gone {:?}", document.gone.as_ref().unwrap().reason));
        }
        told.push(format!("reordered {}", document.reordered.len()));
        told.extend(document.provisions.iter().flat_map(provision_found));
    }
    for term in &redline.terms {
        told.push(format!("term {:?} {:?} {}", term.before, term.after, term.moved));
        told.extend(both("definition", term.definition.as_ref()));
        assert!(term.metadata.is_empty(), "{term:?}");
        assert_eq!(term.gone.is_some(), term.after.is_none(), "{term:?}");
    }
    told
}

fn provision_found(provision: &ProvisionChange) -> Vec<String> {
    let name = |name: &Option<vademecum::edition::redline::ProvisionName>| {
        name.as_ref().map(|name| (name.id.clone(), name.level.name(), name.title.clone()))
    };
    let mut told = vec![format!(
        "provision {:?} {:?} {}",
        name(&provision.before),
        name(&provision.after),
        provision.moved
    )];
    told.extend(both("title", provision.title.as_ref()));
    told.extend(both("text", provision.text.as_ref()));
    let places = |places: &[vademecum::act::Address]| {
        places.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    };
    told.push(format!("cites {:?} {:?}", places(&provision.gained), places(&provision.lost)));
    if provision.after.is_none() {
        told.push(format!("gone {:?}", provision.gone.as_ref().unwrap().reason));
    }
    told
}

/// The text before and after, as the edits give it.
fn both(what: &str, wording: Option<&Wording>) -> Option<String> {
    let text = |pieces: Vec<Piece>| -> String {
        let words = pieces.iter().map(|piece| match piece {
            Piece::Break(_) => "\n".to_owned(),
            Piece::Words { text, link: None } => text.clone(),
            Piece::Words { text, link: Some(link) } => format!("{text}<{link}>"),
        });
        words.collect::<String>().trim_start().to_owned()
    };
    wording.map(|wording| format!("{what} {:?} {:?}", text(wording.before()), text(wording.after())))
}

/// What was done, by the hidden numbers.
pub(crate) fn expected(before: &Model, after: &Model) -> Told {
    let truth = Truth { before, after, old: before.by_number(), new: after.by_number() };
    let mut told = Vec::new();
    for (old, new) in truth.documents() {
        told.extend(truth.document(old, new));
    }
    told.extend(truth.terms());
    told
}

struct Truth<'m> {
    before: &'m Model,
    after: &'m Model,
    old: BTreeMap<usize, (&'m Document, &'m Provision)>,
    new: BTreeMap<usize, (&'m Document, &'m Provision)>,
}

/// Those of the later order, and after each those that are gone and stood after it.
fn woven<T>(old: &[T], new: &[T], number: impl Fn(&T) -> usize) -> Vec<usize> {
    let mut order: Vec<usize> = new.iter().map(&number).collect();
    let is_new: BTreeSet<usize> = order.iter().copied().collect();
    let mut at = 0;
    for number in old.iter().map(number) {
        if is_new.contains(&number) {
            at = order.iter().position(|other| *other == number).unwrap() + 1;
            // Past those that were put here for what stands before.
            while order.get(at).is_some_and(|other| !is_new.contains(other)) {
                at += 1;
            }
        } else {
            order.insert(at, number);
            at += 1;
        }
    }
    order
}

impl<'m> Truth<'m> {
    fn documents(&self) -> Vec<(Option<&'m Document>, Option<&'m Document>)> {
        let order = woven(&self.before.documents, &self.after.documents, |document| document.number);
        order
            .into_iter()
            .map(|number| (self.before.document_of(number), self.after.document_of(number)))
            .collect()
    }

    fn document(&self, old: Option<&Document>, new: Option<&Document>) -> Told {
        let name =
            |document: Option<&Document>| document.map(|document| (document.id.clone(), document.address()));
        let mut changes = Vec::new();
        if let Some((old, new)) = old.zip(new) {
            changes.extend(Self::both("title", &old.title, &new.title));
        }
        let text = |document: Option<&Document>| {
            document.map_or_else(String::new, |document| self.text(&document.intro, None))
        };
        let blocks =
            |document: Option<&Document>| document.map(|document| document.intro.clone()).unwrap_or_default();
        if blocks(old) != blocks(new) {
            changes.push(format!("text {:?} {:?}", text(old), text(new)));
        }
        if let Some((old, new)) = old.zip(new).filter(|(old, new)| old.phases != new.phases) {
            let phases = |document: &Document| document.phases.iter().copied().collect::<Vec<_>>().join(",");
            changes.push(format!("phases {:?} {:?}", phases(old), phases(new)));
        }
        if let Some(old) = old.filter(|_| new.is_none()) {
            changes.push(format!(
                "gone {:?}",
                Some(format!("via {}", old.id.clone().unwrap_or_else(|| old.address())))
            ));
        }
        let reordered = self.reordered(old, new);
        let is_changed = !changes.is_empty() || reordered > 0 || name(old) != name(new);
        changes.push(format!("reordered {reordered}"));
        let provisions = self.provisions(old, new);
        if !is_changed && provisions.is_empty() {
            return Vec::new();
        }
        let head = format!("document {:?} {:?}", name(old), name(new));
        std::iter::once(head).chain(changes).chain(provisions).collect()
    }

    /// How many must move: all but the longest run that keeps its order, found by trying every set.
    fn reordered(&self, old: Option<&Document>, new: Option<&Document>) -> usize {
        let Some((old, new)) = old.zip(new) else { return 0 };
        let place =
            |provision: &Provision| old.provisions.iter().position(|other| other.number == provision.number);
        let places: Vec<usize> = new.provisions.iter().filter_map(place).collect();
        let longest = (0_u32..1 << places.len())
            .filter(|set| {
                let kept: Vec<_> = places
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set & (1 << at) != 0)
                    .map(|(_, n)| n)
                    .collect();
                kept.is_sorted()
            })
            .map(u32::count_ones)
            .max();
        places.len() - usize::try_from(longest.unwrap_or(0)).unwrap()
    }

    fn provisions(&self, old: Option<&Document>, new: Option<&Document>) -> Told {
        let all = |document: Option<&Document>| {
            document.map(|document| document.provisions.clone()).unwrap_or_default()
        };
        // What went into another document is told there.
        let mut stayed = all(old);
        stayed.retain(|provision| {
            self.new
                .get(&provision.number)
                .is_none_or(|(document, _)| Some(document.number) == new.map(|new| new.number))
        });
        let order = woven(&stayed, &all(new), |provision| provision.number);
        order.into_iter().flat_map(|number| self.provision(number)).collect()
    }

    fn provision(&self, number: usize) -> Told {
        let (old, new) = (self.old.get(&number), self.new.get(&number));
        let (old, new) = (old.copied(), new.copied());
        let name = |place: Option<(&Document, &Provision)>| {
            place.map(|(_, provision)| (provision.id.clone(), provision.level, provision.title.clone()))
        };
        let moved = old.zip(new).is_some_and(|((a, old), (b, new))| a.number != b.number || old.id != new.id);
        let mut changes = Vec::new();
        if let Some(((_, old), (_, new))) = old.zip(new) {
            changes.extend(Self::both("title", &old.title, &new.title));
        }
        let body = |place: Option<(&Document, &Provision)>| {
            place
                .map(|(_, provision)| (provision.blocks.clone(), provision.articles.clone()))
                .unwrap_or_default()
        };
        let text = |place: Option<(&Document, &Provision)>| {
            place.map_or_else(String::new, |(_, provision)| self.text(&provision.blocks, Some(provision)))
        };
        if body(old) != body(new) {
            changes.push(format!("text {:?} {:?}", text(old), text(new)));
        }
        let same_level = old.zip(new).is_some_and(|((_, old), (_, new))| old.level == new.level);
        if changes.is_empty() && !moved && same_level {
            return Vec::new();
        }
        let places = |one: &BTreeSet<u8>, other: &BTreeSet<u8>| {
            one.difference(other).map(|article| format!("l-1:{article}")).collect::<Vec<_>>().join(",")
        };
        let (was, is) = (body(old).1, body(new).1);
        changes.push(format!("cites {:?} {:?}", places(&is, &was), places(&was, &is)));
        if let Some((_, old)) = old.filter(|_| new.is_none()) {
            changes.push(format!("gone {:?}", Some(format!("via {}", old.id))));
        }
        let head = format!("provision {:?} {:?} {moved}", name(old), name(new));
        std::iter::once(head).chain(changes).collect()
    }

    fn both(what: &str, old: &str, new: &str) -> Option<String> {
        (old != new).then(|| format!("{what} {old:?} {new:?}"))
    }

    /// A text; links have the name that their end has in the later edition.
    fn text(&self, blocks: &[Block], provision: Option<&Provision>) -> String {
        let name = |number: &usize| self.new.get(number).or(self.old.get(number)).unwrap().1.id.clone();
        let word = |word: &Word| match word {
            Word::Plain(text) => text.clone(),
            Word::Link(text, to) => format!("{text}<{}>", name(to)),
        };
        let lines = blocks.iter().map(|block| block.words.iter().map(word).collect::<Vec<_>>().join(" "));
        let articles = provision.filter(|provision| !provision.articles.is_empty()).map(articles);
        lines.chain(articles).collect::<Vec<_>>().join("\n")
    }

    fn terms(&self) -> Told {
        let mut all: BTreeMap<usize, (Option<&Term>, Option<&Term>)> = BTreeMap::new();
        self.before.terms.iter().for_each(|term| all.entry(term.number).or_default().0 = Some(term));
        self.after.terms.iter().for_each(|term| all.entry(term.number).or_default().1 = Some(term));
        let sorted = |terms: &[Term]| {
            let mut terms = terms.to_vec();
            terms.sort_by_key(|term| term.name.replace(' ', "-"));
            terms
        };
        let mut told = Vec::new();
        for number in woven(&sorted(&self.before.terms), &sorted(&self.after.terms), |term| term.number) {
            let (old, new) = all[&number];
            let name = |term: Option<&Term>| term.map(|term| term.name.clone());
            let definition =
                |term: Option<&Term>| term.map(|term| term.definition.clone()).unwrap_or_default();
            let moved = old.is_some() && new.is_some() && name(old) != name(new);
            let reworded = Self::both("definition", &definition(old), &definition(new));
            if name(old) != name(new) || reworded.is_some() {
                told.push(format!("term {:?} {:?} {moved}", name(old), name(new)));
                told.extend(reworded);
            }
        }
        told
    }
}
