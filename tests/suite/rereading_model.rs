//! Handbooks to read again: one with a file of every kind, and edits that know nothing of what a file means. So they make every
//! state that an editor leaves behind, whole or broken, and mend what they broke.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Handbook, bytes_of};
use crate::redline_model::Dice;

/// Every file by its path.
type Files = BTreeMap<String, Vec<u8>>;

/// A handbook on disk that is being edited.
pub(crate) struct Edited {
    pub(crate) handbook: Handbook,
    /// The texts that it has had, of which an edit may put one back.
    past: Vec<(String, Vec<u8>)>,
    /// What was done, for whoever has to understand a failure.
    pub(crate) done: Vec<String>,
}

/// An edit: what it is and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) kind: u8,
    pub(crate) seed: u64,
}

impl Step {
    pub(crate) const KINDS: u8 = 24;
    /// The edits of this kind are words more in a line of prose.
    pub(crate) const WORDS: u8 = 0;
}

const FILES: [(&str, &str); 20] = [
    (
        "handbook.yaml",
        "title: Manuale\nbase_url: https://ente.example/m/\nlanguages: [it, en]\nacts: [l-1, l-2]\n\
         not_applicable: [{articles: [art. 3], reason: Non serve.}]\n\
         legal:\n- {label: Note, target: note.md}\nicon: img/a.svg\n\
         funding: {statement: Pagato, emblems: [{file: img/b.svg, alternative: Emblema}]}\n",
    ),
    (
        "acts/l-1.yaml",
        "id: l-1\ntitle: Legge uno\narticles:\n- {number: 1}\n\
         - {number: 2, paragraphs: [{number: 1, points: [a, b]}, {number: 2, points: []}]}\n- {number: 3}\n",
    ),
    ("acts/l-2.yaml", "id: l-2\ntitle: Legge due\narticles: [{number: 1}]\n"),
    (
        "vocabularies.yaml",
        "audience:\n  partner:\n    label: {it: Partner, en: Partners}\nphases:\n  bandi:\n    label: Bandi\n    articles: [1]\n",
    ),
    (
        "glossary.yaml",
        "terms:\n- {term: preavviso, forms: [preavvisi], definition: Il tempo prima., see: [LG-01]}\n\
         - {term: autorità di gestione, acronym: AdG, definition: Chi gestisce., also: [preavviso]}\n",
    ),
    (
        "activity-lines.yaml",
        "source: Prova\nlines: [{id: a, name: A}]\ngroups: [{id: g, name: G}]\nbodies: [{id: b, name: B, group: g, lines: [a]}]\n",
    ),
    (
        "index.md",
        "# Casa\n\nSi comincia [qui](linee-guida/01-uno.md#LG-01.1).\n\nE poi [[LG-02]] con [[Prova sul campo]].\n",
    ),
    ("note.md", "# Note\n\nUna nota[^1] e una riga.\n\n[^1]: In fondo.\n"),
    (
        "linee-guida/01-uno.md",
        "---\nid: LG-01\ntitle: Uno\ndescription: Prova.\nstatus: approved\narticles: [\"art. 2\"]\naudience: [partner]\nupdated: 2026-01-31\n---\n\n\
         Testo con un preavviso.\n\n## Avvisare {#LG-01.1 .deve}\n\nCon il preavviso (art. 2, par. 1, lett. a)).\n\n\
         - primo punto\n- secondo punto\n\n## Altro {#LG-01.2 .puo}\n\nVedi [due](02-due.md#LG-02.1).\n",
    ),
    (
        "linee-guida/02-due.md",
        "---\nid: LG-02\ntitle: Due\nstatus: draft\nphases: [bandi]\naliases: [linee-guida/vecchia]\n---\n\n\
         ## Contesto\n\nL'AdG scrive (art. 1).\n\n## Scrivere {#LG-02.1 .dovrebbe}\n\nSecondo [[art. 2, par. 2]].\n",
    ),
    ("linee-guida/index.md", "# Le linee guida\n\nLe regole.\n"),
    (
        "pratiche/prova.md",
        "---\nid: PR-01\ntitle: Prova sul campo\nstatus: approved\ntests: [{provision: LG-01.1, lesson: Si vede.}]\n---\n\n\
         Testo con un [modulo](../strumenti/modulo.md).\n\n![Un quadro](../img/a.svg)\n",
    ),
    (
        "strumenti/modulo.md",
        "---\nid: ST-01\ntitle: Modulo\nsupports: [LG-01]\n---\n\nSi compila.\n\n| a | b |\n|---|---|\n| uno | due |\n\n```rust\nfn main() {}\n```\n",
    ),
    (
        "conoscenza/giorni.md",
        "---\nid: IN-01\ntitle: Giorni\ndata: giorni.csv\nlabel: riunione\nmeasures: [LG-01.1]\n---\n\n## Come si legge\n\nTesto.\n",
    ),
    ("conoscenza/giorni.csv", "riunione,giorni\nA,12\nB,9\n"),
    ("libero/Un testo.md", "Un testo senza titolo.\n\n## Contesto\n\nVedi [note](../note.md) e [[Due]].\n"),
    ("en/index.md", "# Home\n\nSome words.\n"),
    ("img/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>\n"),
    ("img/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>\n"),
    ("themes/italia/assets/redline.css", "/* mio */\n"),
];

/// Lines of a text: each may break something, or mend what leads to it.
const LINES: [&str; 34] = [
    "Una riga di parole.",
    "Con preavvisi e con l'autorità di gestione.",
    "Lo dice l'art. 2, par. 1, lett. b), e l'art. 9.",
    "Vedi [uno](../linee-guida/01-uno.md).",
    "Vedi [un punto](../linee-guida/02-due.md#contesto).",
    "Vedi [un paragrafo](linee-guida/01-uno.md#LG-01.1-p1).",
    "Vedi [[LG-02.1]] e [[LG-01|la prima]].",
    "Vedi [[Due]] oppure [[preavviso]].",
    "Vedi [[ZZ-09]].",
    "Vedi [niente](manca.md#qui).",
    "Vedi [[Nuovo]] e [nuovo](../nuovo.md).",
    "![Quadro](../img/b.svg)",
    "![Quadro](img/a.svg)",
    "<span id=\"segno\">segno</span> e [là](#segno).",
    "Una nota[^a].",
    "[^a]: Il suo testo.",
    "## Contesto",
    "## Nuovo titolo {#nuovo}",
    "### Obbligo nuovo {#LG-09.1 .deve}",
    "### Obbligo {#LG-01.1 .deve}",
    "#### Dentro",
    "# Un titolo",
    "- un punto",
    "1. un passo (art. 1)",
    "| c | d |",
    "```yaml",
    "```",
    "---",
    "<div>",
    "> [!NOTE]",
    "<script>alert(1)</script>",
    "$x$ e {{ title }}",
    "ABC e PNRR: sigle.",
    "Il 31/12/2026 < 5 & [x]",
];

/// Lines of metadata and of settings.
const KEYS: [&str; 30] = [
    "id: LG-01",
    "id: LG-07",
    "title: Nuovo",
    "title: \"\"",
    "description: Altre parole.",
    "status: approved",
    "status: superseded",
    "superseded_by: LG-02",
    "status: boh",
    "articles: [\"art. 1\", \"art. 2, par. 2\"]",
    "articles: [\"art. 77\"]",
    "audience: [partner, boh]",
    "phases: [bandi]",
    "updated: 2026-13-45",
    "updated: 2026-11-26",
    "keywords: [chiave, preavviso]",
    "aliases: [linee-guida/uno, LG-99]",
    "moved_from: {LG-55.1: LG-01.1}",
    "withdrawn: [{id: LG-66, date: 2026-01-31, reason: Non serve.}]",
    "data: giorni.csv",
    "label: giorni",
    "tests: [LG-02.1]",
    "order: 1",
    "numbered_headings: true",
    "link_terms: false",
    "link_citations: false",
    "kind: page",
    "titel: Sbaglio",
    "# un commento",
    "changes: [{provision: LG-01.1, because: [art. 1], note: Detto.}]",
];

const SETTINGS: [&str; 14] = [
    "profile: pa",
    "notice: Un avviso.",
    "link_terms: false",
    "numbered_headings: false",
    "primary_color: \"#7a1f5c\"",
    "collections: {linee-guida: page, libero: guideline}",
    "acts: [l-2]",
    "title: Altro titolo",
    "publisher: Un ente",
    "typography: true",
    "lints: {undefined-acronym: error}",
    "theme: manca",
    "withdrawn: [{id: ST-09, date: 2026-01-31, reason: Mai usato., successor: LG-01}]",
    "publish_markdown: false",
];

const NEW: [(&str, &str); 16] = [
    ("nuovo.md", "# Nuovo\n\nUn testo nuovo.\n"),
    (
        "linee-guida/03-tre.md",
        "---\nid: LG-03\ntitle: Tre\n---\n\n### Fare {#LG-03.1 .deve}\n\nSubito (art. 1).\n",
    ),
    ("linee-guida/README.md", "# Un'altra pagina della cartella\n"),
    ("nuova/dentro/pagina.md", "Dentro una cartella nuova.\n"),
    ("pratiche/altra.md", "---\nid: PR-02\nkind: practice\ntests: [LG-02.1]\n---\n\nProvata.\n"),
    ("conoscenza/altri.csv", "chi,quanto\nX,1\n"),
    ("en/linee-guida/01-uno.md", "---\nid: EN-01\n---\n\n# One\n\nWords.\n"),
    ("acts/l-3.yaml", "id: l-3\ntitle: Legge tre\narticles: [{number: 1}]\n"),
    ("acts/l-1@2026.yaml", "id: l-1\nin_force_from: 2026-01-01\ntitle: Legge uno\narticles: [{number: 1}]\n"),
    ("themes/italia/templates/section.html", "<h1>{{ title }}</h1>\n"),
    ("themes/italia/templates/term.html", "<p>{{ titel }}</p>\n"),
    ("themes/italia/strings/it.yaml", "home: Da capo\n"),
    ("themes/italia/assets/site.js", "// mio\n"),
    ("img/c.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>\n"),
    ("editions/note.txt", "Qui non va.\n"),
    ("seal.json", "{}\n"),
];

const NAMES: [&str; 8] = [
    "linee-guida/04-nuovo-nome.md",
    "nuovo.md",
    "index.md",
    "libero/README.md",
    "linee-guida/00-prima.md",
    "appunti.txt",
    "pratiche/zeta.markdown",
    "glossary.yaml",
];

impl Edited {
    /// A handbook with a file of each kind, some of which may be missing.
    pub(crate) fn random(dice: &mut Dice) -> Self {
        let handbook = Handbook::of(&FILES);
        if dice.roll(3) == 0 {
            handbook.publish("2026.1", "2026-01-31", "La prima.");
            if dice.roll(2) == 0 {
                handbook.edit("linee-guida/02-due.md", "L'AdG scrive", "L'AdG scrive e firma");
                handbook.publish("2026.2", "2026-06-30", "La seconda.");
            }
        }
        for (path, _) in FILES {
            if dice.roll(12) == 0 {
                handbook.remove(path);
            }
        }
        let past = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { handbook, past, done: Vec::new() }
    }

    /// A whole handbook.
    pub(crate) fn whole() -> Self {
        Self { handbook: Handbook::of(&FILES), past: Vec::new(), done: Vec::new() }
    }

    /// Every file that is there.
    fn files(&self) -> Files {
        bytes_of(&self.handbook.root()).into_iter().collect()
    }

    /// Edits, and gives the paths on disk that a watcher tells of.
    pub(crate) fn take(&mut self, step: Step) -> BTreeSet<PathBuf> {
        let before = self.files();
        let mut dice = Dice(step.seed);
        let mut touched: BTreeSet<PathBuf> = BTreeSet::new();
        let steps = if step.kind == Step::KINDS - 1 { 2 + dice.roll(3) } else { 1 };
        for _ in 0..steps {
            let several = u8::try_from(dice.roll(usize::from(Step::KINDS) - 1)).unwrap();
            let kind = if steps > 1 { several } else { step.kind };
            touched.extend(self.edit(kind, &mut dice));
        }
        let after = self.files();
        let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let changed = all.into_iter().filter(|path| before.get(*path) != after.get(*path));
        touched.extend(changed.map(|path| self.handbook.path(path)));
        for path in &touched {
            let name = path.strip_prefix(self.handbook.root()).unwrap().to_str().unwrap().to_owned();
            self.past.extend(before.get(&name).map(|bytes| (name, bytes.clone())));
        }
        touched
    }

    fn edit(&mut self, kind: u8, dice: &mut Dice) -> Option<PathBuf> {
        match kind {
            Step::WORDS => self.words(dice),
            1 | 2 => self.line(dice, &LINES, false),
            3 => self.line(dice, &LINES, true),
            4 | 5 => self.metadata(dice),
            6 => self.settings(dice),
            7 => self.without_a_line(dice),
            8 => self.line_twice(dice),
            9 | 10 => self.another_word(dice),
            11 => self.rename(dice),
            12 => self.rename_folder(dice),
            13 => self.remove(dice),
            14 => self.remove_folder(dice),
            15 | 16 => self.new_file(dice),
            17 => self.broken(dice),
            18 => self.cut(dice),
            19 => self.copy(dice),
            20 => self.touch(dice),
            _ => self.put_back(dice),
        }
    }

    fn pick(&self, dice: &mut Dice, wanted: impl Fn(&str) -> bool) -> Option<(String, Vec<u8>)> {
        let files: Vec<_> = self.files().into_iter().filter(|(path, _)| wanted(path)).collect();
        (!files.is_empty()).then(|| files[dice.roll(files.len())].clone())
    }

    fn write(&mut self, what: &str, path: &str, text: impl AsRef<[u8]>) -> Option<PathBuf> {
        // A file where a folder is, or in a file: nobody can do that.
        let there = self.handbook.path(path);
        let is_blocked = there.is_dir() || there.ancestors().skip(1).any(|above| above.is_file());
        if is_blocked {
            return None;
        }
        self.done.push(format!("{what} {path}:\n{}", String::from_utf8_lossy(text.as_ref())));
        self.handbook.file(path, text);
        Some(self.handbook.path(path))
    }

    fn lines(&self, dice: &mut Dice, wanted: impl Fn(&str) -> bool) -> Option<(String, Vec<String>)> {
        let (path, bytes) = self.pick(dice, wanted)?;
        let text = String::from_utf8(bytes).ok()?;
        Some((path, text.lines().map(str::to_owned).collect()))
    }

    /// Words more at the end of a line of prose.
    fn words(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, is_chapter)?;
        let body = beginning_of_body(&lines);
        let is_prose = |line: &String| line.ends_with('.') && line.starts_with(char::is_alphabetic);
        let prose: Vec<usize> = (body..lines.len()).filter(|at| is_prose(&lines[*at])).collect();
        let at = *prose.get(dice.roll(prose.len().max(1)))?;
        lines[at].push_str(dice.pick(&[
            " Altre parole.",
            " Con preavviso.",
            " Lo dice l'art. 1.",
            " Vedi [[LG-01]].",
        ]));
        self.write("words", &path, text_of(&lines))
    }

    fn line(&mut self, dice: &mut Dice, from: &[&str], anywhere: bool) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, |path| anywhere || is_chapter(path))?;
        let body = if anywhere { 0 } else { beginning_of_body(&lines) };
        let at = body + dice.roll(lines.len() - body + 1);
        if dice.roll(2) == 0 {
            lines.insert(at, String::new());
        }
        lines.insert(at, dice.pick(from).to_owned());
        if dice.roll(2) == 0 {
            lines.insert(at, String::new());
        }
        self.write("line", &path, text_of(&lines))
    }

    fn metadata(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, is_chapter)?;
        let end = beginning_of_body(&lines);
        if end == 0 {
            lines.splice(0..0, ["---".to_owned(), dice.pick(&KEYS).to_owned(), "---".to_owned()]);
        } else {
            let at = 1 + dice.roll(end - 1);
            lines.insert(at, dice.pick(&KEYS).to_owned());
            if dice.roll(2) == 0 && at + 1 < end {
                lines.remove(at + 1);
            }
        }
        self.write("metadata", &path, text_of(&lines))
    }

    fn settings(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, |path| path == "handbook.yaml")?;
        let line = dice.pick(&SETTINGS);
        let key = line.split(':').next().unwrap();
        lines.retain(|there| there.split(':').next() != Some(key));
        lines.push(line.to_owned());
        self.write("settings", &path, text_of(&lines))
    }

    fn without_a_line(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, is_source)?;
        if lines.is_empty() {
            return None;
        }
        lines.remove(dice.roll(lines.len()));
        self.write("without a line", &path, text_of(&lines))
    }

    fn line_twice(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, mut lines) = self.lines(dice, is_source)?;
        let line = lines.get(dice.roll(lines.len().max(1)))?.clone();
        lines.insert(dice.roll(lines.len() + 1), line);
        self.write("a line twice", &path, text_of(&lines))
    }

    /// A word of one line in the place of one of another.
    fn another_word(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, bytes) = self.pick(dice, is_source)?;
        let text = String::from_utf8(bytes).ok()?;
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n', ',', ':', '"']).collect();
        if words.is_empty() {
            return None;
        }
        let (from, to) = (dice.roll(words.len()), dice.roll(words.len()));
        words[to] = if dice.roll(4) == 0 { "" } else { words[from] };
        self.write("another word", &path, words.concat())
    }

    fn rename(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, _) = self.pick(dice, is_source)?;
        let to = dice.pick(&NAMES);
        self.rename_to(&path, to)
    }

    fn rename_folder(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let from = dice.pick(&[
            "linee-guida",
            "img",
            "conoscenza",
            "libero",
            "acts",
            "altrove",
            "sotto/linee-guida",
        ]);
        let to = dice.pick(&["altrove", "sotto/linee-guida", "linee-guida", "img", "conoscenza"]);
        let is_there = |path: &str| self.handbook.path(path).is_dir();
        if !is_there(from) || is_there(to) {
            return None;
        }
        self.rename_to(from, to)
    }

    fn rename_to(&mut self, from: &str, to: &str) -> Option<PathBuf> {
        let (from, to) = (self.handbook.path(from), self.handbook.path(to));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        self.done.push(format!("{} becomes {}", from.display(), to.display()));
        fs::rename(&from, &to).ok().map(|()| to)
    }

    fn remove(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, _) = self.pick(dice, |path| !path.starts_with("editions/2026") || path.len() % 7 == 0)?;
        self.done.push(format!("without {path}"));
        self.handbook.remove(&path);
        Some(self.handbook.path(&path))
    }

    fn remove_folder(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let path = self.handbook.path(dice.pick(&[
            "linee-guida",
            "img",
            "themes",
            "libero",
            "acts",
            "en",
            "pratiche",
        ]));
        self.done.push(format!("without {}", path.display()));
        fs::remove_dir_all(&path).ok().map(|()| path)
    }

    fn new_file(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, text) = dice.pick(&NEW);
        self.write("new", path, text)
    }

    /// A file that is no text, or that is empty.
    fn broken(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, _) = self.pick(dice, is_source)?;
        let bytes: &[u8] = dice.pick(&[b"\xff\xfe bytes", b"", b"{", b"\xef\xbb\xbf# BOM\r\n\r\nRighe.\r\n"]);
        self.write("broken", &path, bytes)
    }

    /// An editor that writes in pieces has written the first.
    fn cut(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, bytes) = self.pick(dice, is_source)?;
        self.write("cut", &path, &bytes[..dice.roll(bytes.len() + 1)])
    }

    fn copy(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (from, bytes) = self.pick(dice, is_source)?;
        let like = Path::new(&from).extension()?.to_owned();
        let (to, _) =
            self.pick(dice, |path| is_source(path) && Path::new(path).extension() == Some(&like))?;
        self.write(&format!("copy of {from} to"), &to, bytes)
    }

    fn touch(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, bytes) = self.pick(dice, is_source)?;
        self.write("touch", &path, bytes)
    }

    fn put_back(&mut self, dice: &mut Dice) -> Option<PathBuf> {
        let (path, bytes) = self.past[dice.roll(self.past.len())].clone();
        self.write("back", &path, bytes)
    }
}

fn is_chapter(path: &str) -> bool {
    path.ends_with(".md") && is_source(path)
}

/// What editors edit: an edition is sealed.
fn is_source(path: &str) -> bool {
    !path.starts_with("editions/")
}

/// The number of the first line after the metadata.
fn beginning_of_body(lines: &[String]) -> usize {
    match lines.first().map(String::as_str) {
        Some("---") => lines.iter().skip(1).position(|line| line == "---").map_or(0, |at| at + 2),
        Some(_) | None => 0,
    }
}

fn text_of(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
