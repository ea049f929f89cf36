#!/usr/bin/env python3
"""Writes a deterministic handbook of any size, for measuring.

    generate.py --pages N [--seed S] [--format hugo | --cross-links] [--force] OUT

The same N, S and mode give the same bytes on any Python >= 3.8; chapter i's own text depends on S and i only (its
link targets also on N).

The model
    parts (10 sections each) > sections (20 chapters each) > chapters.
    A chapter has front matter (id, title, articles, phase, tags), an opening paragraph, five level-2 headings
    of which three have a level-3 heading, a bullet list, a numbered list, a table, a footnote, three links to
    other chapters (one to a chapter of the same section, one anywhere, one to a heading of a chapter anywhere)
    and, on every 10th page, a code block. It is 6 to 8 KB of Italian-looking prose; a fifth or so of the words
    come from a Zipf-distributed vocabulary of 6,000 invented words, so that a search index meets a realistic
    number of distinct terms.

With ``--cross-links`` the handbook also has what connects its pages:
    * an act of 40 articles with paragraphs and letters, the same for every seed, which is the default of citations;
    * a glossary of 300 terms: 120 single words of the vocabulary, which the prose uses by itself, 100 names of two
      words and 80 of three words with an acronym, of which the prose has four more uses a page, some in another form;
    * three provisions a chapter, at its level-3 headings, of every level; each duty cites a place of the act, and
      a chapter has three citations on average.
The text without them is the one of the plain mode, which this mode never changes.

With ``--format hugo`` the same chapters are a complete project of Hugo, with links that it checks and a small theme with the
same page furniture: to measure one against the other.

What a test can rely on
    * the text ``Codice pagina LG-00042`` is in chapter 42's page and no other;
    * a link's text is ``LG-00017 Titolo...`` and it must lead to chapter 17;
    * ``Revisione corrente r0`` is in every chapter, for edit-to-served tests;
    * headings are plain ASCII and unique in their page.
"""
import argparse
import bisect
import json
import os
import random
import re
import shutil
import sys

import hugo_theme

CHAPTERS_PER_SECTION = 20
SECTIONS_PER_PART = 10
BASE_URL = "https://manuale.example/"

# ---------------------------------------------------------------- vocabulary

SUBJECTS = """la stazione appaltante|il responsabile del progetto|l'operatore economico
|la commissione giudicatrice|il direttore dei lavori|l'ente concedente|il soggetto aggregatore
|l'ufficio di supporto|il dirigente competente|la centrale di committenza|il concorrente
|l'amministrazione|il collaudatore|il seggio di gara|l'organo di controllo|il verificatore
|la struttura tecnica|il coordinatore della sicurezza|il fornitore|l'aggiudicatario""".replace("\n", "").split("|")

VERBS = """verifica|trasmette|approva|pubblica|acquisisce|documenta|richiede|conserva|valuta
|aggiorna|comunica|dispone|redige|motiva|attesta|esamina|registra|integra|rettifica|sottoscrive
|predispone|accerta|individua|convalida""".replace("\n", "").split("|")

OBJECTS = """la documentazione di gara|il verbale delle operazioni|la relazione istruttoria
|il quadro economico|l'elenco dei partecipanti|il capitolato speciale|lo schema di contratto
|il cronoprogramma|la garanzia definitiva|il certificato di regolare esecuzione|la perizia di variante
|il fascicolo virtuale|la determina a contrarre|il piano dei controlli|la scheda di valutazione
|il documento di indirizzo|l'attestazione di copertura|la stima dei costi|il registro delle modifiche
|la dichiarazione sostitutiva|il progetto esecutivo|l'offerta tecnica|la proposta di aggiudicazione
|il disciplinare""".replace("\n", "").split("|")

COMPLEMENTS = """entro {n} giorni dalla comunicazione|ai sensi dell'articolo {a}|nel rispetto del principio di {w}
|per gli affidamenti di importo superiore a {k} euro|secondo le indicazioni della sezione {w}
|quando ricorrono ragioni di {w} o di {w}|con le modalità previste per la fase di {w}
|prima della scadenza del termine di {w}|salvo diversa disposizione dell'ufficio {w}
|tramite la piattaforma di {w}|a condizione che il {w} sia già disponibile
|anche in assenza di un {w} formale|dopo aver sentito il referente per la {w}
|in coerenza con il programma triennale e con il {w}|purché l'attività di {w} risulti conclusa
|tenendo conto della {w} del mercato|con esclusione dei casi di {w}|sulla base del {w} e della {w}
|in modo che la {w} possa essere ricostruita|nei limiti della dotazione di {w}""".replace("\n", "").split("|")

LINKERS = """Inoltre|In ogni caso|Di conseguenza|Analogamente|A tal fine|Nei casi più semplici|Di norma
|Fermo restando quanto sopra|In particolare|Al contrario|Una volta concluso il {w}|Se la {w} non è possibile
|Per garantire la {w}|Quando il {w} è incompleto""".replace("\n", "").split("|")

HEADINGS = """Ambito di applicazione|Soggetti coinvolti|Documenti richiesti|Termini e scadenze
|Controlli e verifiche|Casi particolari|Soglie di importo|Modello di verbale|Responsabilita e deleghe
|Criteri di valutazione|Requisiti generali|Requisiti speciali|Flusso operativo|Comunicazioni obbligatorie
|Gestione delle varianti|Garanzie e cauzioni|Pubblicazione degli atti|Conservazione dei dati
|Indicatori di risultato|Errori frequenti|Esempio pratico|Domande ricorrenti|Riferimenti utili
|Adempimenti successivi|Verifica di anomalia|Calcolo del punteggio|Ricorso al subappalto|Penali e premi
|Tracciabilita dei pagamenti|Accesso agli atti|Chiusura del procedimento|Lista di controllo""".replace("\n", "").split("|")

TITLE_HEADS = """Verifica|Gestione|Predisposizione|Approvazione|Pubblicazione|Modalità di controllo
|Affidamento|Valutazione|Esecuzione|Collaudo|Programmazione|Monitoraggio""".replace("\n", "").split("|")
TITLE_TAILS = """dei requisiti di|delle offerte di|del progetto di|delle varianti di|dei contratti di
|delle garanzie di|del fascicolo di|dei pagamenti di|dei lavori di|dei servizi di""".replace("\n", "").split("|")

PHASES = ["programmazione", "progettazione", "affidamento", "esecuzione", "collaudo"]
TAGS = """appalti|concessioni|soglie|digitale|qualificazione|subappalto|varianti|sicurezza|ambiente|lavori
|servizi|forniture|controlli|garanzie|pagamenti|trasparenza|progettazione|urgenza|innovazione|archivio""".replace("\n", "").split("|")
ARTICLE_SUFFIXES = ["", "", "", "-bis", "-ter"]

SYLLABLES = "ba be bi bra ca ce chi co da de di do fa fi for ga ge gi go la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so sta sti tra ta te ti to va ve vi vo zio".split()
ENDINGS = "zione mento tura enza ismo ario ità ale ore".split()


def invented_words(count=6000):
    """A fixed list of invented words: the same for every seed."""
    rng = random.Random("vocabolario")
    seen, words = set(), []
    while len(words) < count:
        word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3))) + rng.choice(ENDINGS)
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


WORDS = invented_words()
CUMULATIVE = []
for _rank in range(len(WORDS)):
    CUMULATIVE.append((CUMULATIVE[-1] if CUMULATIVE else 0.0) + 1.0 / (_rank + 2.7))


def word(rng):
    """One invented word, the k-th most frequent with probability ~ 1/k."""
    return WORDS[bisect.bisect_left(CUMULATIVE, rng.random() * CUMULATIVE[-1])]


def fill(rng, template):
    while "{" in template:
        at = template.index("{")
        kind = template[at + 1]
        if kind == "n":
            value = str(rng.randint(2, 90))
        elif kind == "k":
            value = "%d.000" % rng.randint(5, 900)
        elif kind == "a":
            value = article(rng)
        else:
            value = word(rng)
        template = template[:at] + value + template[at + 3:]
    return template


def article(rng):
    return "%d%s" % (rng.randint(1, 220), rng.choice(ARTICLE_SUFFIXES))


def sentence(rng):
    parts = []
    if rng.random() < 0.35:
        parts.append(fill(rng, rng.choice(LINKERS)) + ",")
    parts.append(rng.choice(SUBJECTS))
    parts.append(rng.choice(VERBS))
    parts.append(rng.choice(OBJECTS))
    parts.append(fill(rng, rng.choice(COMPLEMENTS)))
    if rng.random() < 0.4:
        parts.append("e")
        parts.append(rng.choice(VERBS))
        parts.append(rng.choice(OBJECTS))
        parts.append(fill(rng, rng.choice(COMPLEMENTS)))
    text = " ".join(parts)
    return text[0].upper() + text[1:] + "."


# ---------------------------------------------------------------- model
#
# Inline content is a list of pieces: ("text", s), ("strong", s), ("em", s),
# ("code", s), ("link", chapter number, anchor or None), ("note",).
# A block is one of
#   ("p", inlines) ("h", level, text) ("ul", [inlines]) ("ol", [inlines])
#   ("table", header, rows) ("code", language, text)


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Chapter:
    """One chapter; ``blocks()`` makes its body (not kept, to save memory)."""

    def __init__(self, manual, number):
        self.manual = manual
        self.number = number                       # 1-based
        self.id = "LG-%05d" % number
        self.name = "cap-%05d" % number
        rng = random.Random("%s:meta:%d" % (manual.seed, number))
        self.title = "%s %s %s" % (rng.choice(TITLE_HEADS), rng.choice(TITLE_TAILS), word(rng))
        self.articles = sorted({"art. " + article(rng) for _ in range(rng.randint(1, 3))})
        self.phase = rng.choice(PHASES)
        self.tags = sorted(rng.sample(TAGS, rng.randint(2, 4)))
        self.headings = rng.sample(HEADINGS, 8)    # five level-2, three level-3

    @property
    def section(self):
        return self.manual.sections[(self.number - 1) // CHAPTERS_PER_SECTION]

    def path(self, ext=""):
        return "%s/%s/%s%s" % (self.section.part.name, self.section.name, self.name, ext)

    def link_targets(self):
        """Three other chapters: a neighbour, any, and any with a heading."""
        n, total = self.number, len(self.manual.chapters)
        rng = random.Random("%s:links:%d:%d" % (self.manual.seed, n, total))
        mates = [c for c in self.section.chapters if c is not self]
        near = rng.choice(mates) if mates else self
        far = self.manual.chapters[rng.randrange(total)]
        deep = self.manual.chapters[rng.randrange(total)]
        return [(near, None), (far, None), (deep, slug(deep.headings[rng.randrange(5)]))]

    def blocks(self):
        rng = random.Random("%s:body:%d" % (self.manual.seed, self.number))
        links = self.link_targets()

        def paragraph(sentences):
            pieces = []
            for _ in range(sentences):
                pieces.append(("text", sentence(rng) + " "))
                roll = rng.random()
                if roll < 0.10:
                    pieces += [("text", "Si veda il termine "), ("strong", word(rng)), ("text", ". ")]
                elif roll < 0.18:
                    pieces += [("text", "È ammesso anche l'uso di "), ("em", word(rng) + " " + word(rng)), ("text", ". ")]
                elif roll < 0.23:
                    pieces += [("text", "Il campo "), ("code", word(rng) + "_id"), ("text", " è obbligatorio. ")]
            kind, last = pieces[-1]
            pieces[-1] = (kind, last.rstrip())
            return pieces

        out = []
        opening = [("text", "Codice pagina %s. Revisione corrente r0. " % self.id)] + paragraph(3)
        out.append(("p", opening))
        h2, h3 = self.headings[:5], self.headings[5:]
        for i, heading in enumerate(h2):
            out.append(("h", 2, heading))
            body = paragraph(rng.randint(3, 4))
            if i == 0:
                body += [("text", " Per il caso contiguo si consulti "), ("link",) + links[0], ("text", ".")]
            elif i == 1:
                body += [("text", " Questa regola ha un'eccezione"), ("note",), ("text", ".")]
            elif i == 2:
                body += [("text", " Un caso diverso è trattato in "), ("link",) + links[1], ("text", ".")]
            elif i == 4:
                body += [("text", " I dettagli sono in "), ("link",) + links[2], ("text", ".")]
            out.append(("p", body))
            if i == 0:
                out.append(("ul", [paragraph(1) for _ in range(rng.randint(4, 6))]))
            elif i == 1:
                out.append(("h", 3, h3[0]))
                out.append(("p", paragraph(3)))
                rows = [[word(rng), "%d giorni" % rng.randint(5, 90), rng.choice(PHASES), "%d.000 euro" % rng.randint(5, 900)]
                        for _ in range(rng.randint(5, 8))]
                out.append(("table", ["Adempimento", "Termine", "Fase", "Soglia"], rows))
            elif i == 2:
                out.append(("ol", [paragraph(1) for _ in range(rng.randint(4, 6))]))
            elif i == 3:
                out.append(("h", 3, h3[1]))
                out.append(("p", paragraph(3)))
                if self.number % 10 == 0:
                    out.append(("code", "yaml", self._sample(rng)))
            else:
                out.append(("h", 3, h3[2]))
                out.append(("p", paragraph(3)))
        self._note = sentence(rng)
        return out

    @property
    def note(self):
        """The footnote's text; valid after blocks()."""
        return self._note

    def _sample(self, rng):
        lines = ["procedura: %s" % self.id, "fase: %s" % self.phase, "importo: %d" % rng.randint(5000, 900000), "lotti:"]
        for lot in range(1, 4):
            lines += ["  - numero: %d" % lot, "    oggetto: \"%s\"" % word(rng), "    aggiudicato: %s" % rng.choice(["true", "false"])]
        lines.append("# fine del modello")
        return "\n".join(lines)


class Section:
    def __init__(self, part, number):
        self.part, self.number = part, number
        self.name = "sezione-%03d" % number
        self.title = "Sezione %d: %s" % (number, TITLE_HEADS[number % len(TITLE_HEADS)].lower())
        self.chapters = []

    def path(self, leaf=""):
        return "%s/%s/%s" % (self.part.name, self.name, leaf)


class Part:
    def __init__(self, number):
        self.number = number
        self.name = "parte-%02d" % number
        self.title = "Parte %d" % number
        self.sections = []


class Manual:
    title = "Manuale delle procedure"
    summary = "Linee guida di prova, generate per il confronto tra generatori di siti."

    def __init__(self, pages, seed):
        self.seed, self.parts, self.sections = seed, [], []
        for s in range((pages + CHAPTERS_PER_SECTION - 1) // CHAPTERS_PER_SECTION):
            if s % SECTIONS_PER_PART == 0:
                self.parts.append(Part(len(self.parts) + 1))
            section = Section(self.parts[-1], s + 1)
            self.parts[-1].sections.append(section)
            self.sections.append(section)
        self.chapters = [Chapter(self, i + 1) for i in range(pages)]
        for chapter in self.chapters:
            chapter.section.chapters.append(chapter)


# ---------------------------------------------------------------- Markdown

def relative(from_dir, to):
    return os.path.relpath(to, from_dir or ".").replace(os.sep, "/")


class Markdown:
    """Writes a chapter's body as GitHub-flavoured Markdown with footnotes."""

    def __init__(self, link):
        self.link = link                   # (from chapter, to chapter, anchor) -> destination

    def inline(self, chapter, pieces):
        out = []
        for piece in pieces:
            kind = piece[0]
            if kind == "text":
                out.append(piece[1])
            elif kind == "strong":
                out.append("**%s**" % piece[1])
            elif kind == "em":
                out.append("*%s*" % piece[1])
            elif kind == "code":
                out.append("`%s`" % piece[1])
            elif kind == "note":
                out.append("[^1]")
            else:
                target, anchor = piece[1], piece[2]
                out.append("[%s %s](%s)" % (target.id, target.title, self.link(chapter, target, anchor)))
        return "".join(out)

    def body(self, chapter):
        out = []
        for block in chapter.blocks():
            kind = block[0]
            if kind == "p":
                out.append(self.inline(chapter, block[1]))
            elif kind == "h":
                out.append("#" * block[1] + " " + block[2])
            elif kind == "ul":
                out.append("\n".join("- " + self.inline(chapter, item) for item in block[1]))
            elif kind == "ol":
                out.append("\n".join("%d. %s" % (n, self.inline(chapter, item)) for n, item in enumerate(block[1], 1)))
            elif kind == "table":
                rows = ["| " + " | ".join(row) + " |" for row in block[2]]
                out.append("\n".join(["| " + " | ".join(block[1]) + " |", "|" + " --- |" * len(block[1])] + rows))
            else:
                out.append("```%s\n%s\n```" % (block[1], block[2]))
        out.append("[^1]: " + chapter.note)
        return "\n\n".join(out) + "\n"


def yaml_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False)   # JSON strings and flow lists are YAML


def front_matter(fields, indent=""):
    lines = []
    for key, value in fields:
        if isinstance(value, list) and value and isinstance(value[0], tuple):
            lines.append("%s%s:" % (indent, key))
            lines += front_matter(value, indent + "  ").splitlines()
        else:
            lines.append("%s%s: %s" % (indent, key, yaml_value(value)))
    return "\n".join(lines) + "\n"


def with_front_matter(fields, body):
    return "---\n" + front_matter(fields) + "---\n\n" + body


class Writer:
    def __init__(self, root):
        self.root, self.made = root, set()

    def put(self, path, text):
        full = os.path.join(self.root, path)
        folder = os.path.dirname(full)
        if folder not in self.made:
            os.makedirs(folder, exist_ok=True)
            self.made.add(folder)
        with open(full, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def relative_md(ext=".md"):
    def link(source, target, anchor):
        dest = relative(source.section.path().rstrip("/"), target.path(ext))
        return dest + ("#" + anchor if anchor else "")
    return link


# Addresses that exist in Reg. (EU) 240/2014, as they are written in prose.
VALID_CITATIONS = ["articolo 2", "articolo 3, paragrafo 1, lettera a)", "articolo 4, paragrafo 1, lettera c), punto ii)",
                   "articolo 5, paragrafo 2, lettera c)", "articolo 6, lettera a)", "articolo 8, lettera b)", "articolo 10, paragrafo 1",
                   "articolo 11, lettera b)", "articolo 13", "articolo 16, paragrafo 2", "articolo 17, paragrafo 3", "articolo 18, paragrafo 2"]
VADEMECUM_PHASES = ["accordo-di-partenariato", "programmi", "bandi", "sorveglianza", "valutazione", "relazioni", "trasversale"]


def write_handbook(manual, out):
    """One handbook of guidelines on Reg. (EU) 240/2014; every citation, in metadata and in prose, exists."""
    md = Markdown(relative_md())
    for c in manual.chapters:
        n = c.number
        body = re.sub(r"articolo \d+(?:-[a-z]+)?", lambda m: VALID_CITATIONS[(n + m.start()) % len(VALID_CITATIONS)], md.body(c))
        fields = [("id", c.id), ("title", c.title), ("status", "approved"),
                  ("articles", ["art. %d" % (2 + (n * k) % 17) for k in (1, 5)]),
                  ("phases", [VADEMECUM_PHASES[n % len(VADEMECUM_PHASES)]]), ("tags", c.tags)]
        out.put("linee-guida/" + c.path(".md"), with_front_matter(fields, body))
    for part in manual.parts:
        out.put("linee-guida/%s/index.md" % part.name, with_front_matter([("title", part.title)], manual.summary + "\n"))
        for s in part.sections:
            out.put("linee-guida/" + s.path("index.md"), with_front_matter([("title", s.title)], manual.summary + "\n"))
    out.put("index.md", with_front_matter([("title", manual.title)], manual.summary + "\n"))
    out.put("handbook.yaml", "title: %s\nbase_url: %s\nacts: [reg-2014-240]\n" % (yaml_value(manual.title), yaml_value(BASE_URL)))
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content")
    for name in ("acts/reg-2014-240.yaml", "vocabularies.yaml"):
        with open(os.path.join(data, name), encoding="utf-8") as f:
            out.put(name, f.read())


# ---------------------------------------------------------------- Hugo

def write_hugo(manual, out):
    """The same chapters in Hugo's idiom."""
    def link(_source, target, anchor):
        return '{{< relref "/%s%s" >}}' % (target.path(".md"), "#" + anchor if anchor else "")
    md = Markdown(link)
    for c in manual.chapters:
        fields = [("title", c.title), ("weight", c.number), ("tags", c.tags),
                  ("params", [("id", c.id), ("articles", c.articles), ("phase", c.phase)])]
        out.put("content/" + c.path(".md"), with_front_matter(fields, md.body(c)))
    out.put("content/_index.md", with_front_matter([("title", manual.title)], manual.summary + "\n"))
    for part in manual.parts:
        fields = [("title", part.title), ("weight", part.number)]
        out.put("content/%s/_index.md" % part.name, with_front_matter(fields, manual.summary + "\n"))
        for s in part.sections:
            fields = [("title", s.title), ("weight", s.number)]
            out.put("content/" + s.path("_index.md"), with_front_matter(fields, manual.summary + "\n"))
    out.put("hugo.toml", hugo_theme.CONFIG)
    for name, text in hugo_theme.LAYOUTS.items():
        out.put("layouts/" + name, text)
    out.put("static/style.css", hugo_theme.STYLE)


# ---------------------------------------------------------------- cross-links

ACT_ID = "reg-2099-1"
ACT_ARTICLES = 40
LEVELS = ["deve", "dovrebbe", "puo", "buona-pratica"]
ROMAN = set("IVXLCDM")


class Act:
    """An invented act: ``places`` are the citations of everything in it."""

    def __init__(self):
        rng = random.Random("atto")
        self.articles, self.places = [], []
        for number in range(1, ACT_ARTICLES + 1):
            paragraphs = [rng.choice([0, 0, 2, 4, 6]) for _ in range(rng.randint(1, 5))]
            self.articles.append((number, "Disposizioni su %s" % word(rng), paragraphs))
            self.places.append("art. %d" % number)
            for paragraph, letters in enumerate(paragraphs, 1):
                self.places.append("art. %d, par. %d" % (number, paragraph))
                self.places += ["art. %d, par. %d, lett. %s)" % (number, paragraph, letter) for letter in "abcdef"[:letters]]

    def yaml(self):
        lines = ["id: " + ACT_ID, "title: Regolamento di prova (UE) 2099/1",
                 "citation: {it: {full: regolamento (UE) 2099/1, short: reg. (UE) 2099/1}}", "articles:"]
        for number, title, paragraphs in self.articles:
            inner = ", ".join("{number: %d, points: [%s]}" % (n, ", ".join("abcdef"[:letters])) for n, letters in enumerate(paragraphs, 1))
            lines.append("- {number: %d, title: %s, paragraphs: [%s]}" % (number, yaml_value(title), inner))
        return "\n".join(lines) + "\n"


class Glossary:
    """Invented terms: ``inserted`` are the forms that the prose is given beside its own words."""

    def __init__(self):
        rng = random.Random("glossario")
        self.terms, self.inserted = [], []
        names, acronyms = set(), set()
        for rank in range(30, 30 + 120 * 12, 12):                       # neither the commonest nor the rarest words
            self.terms.append((WORDS[rank], None, [WORDS[rank], WORDS[rank] + "i"]))
        while len(self.terms) < 220:
            first, second = word(rng), word(rng)
            name = "%s di %s" % (first, second)
            if name not in names:
                names.add(name)
                forms = [name, "%si di %s" % (first, second)]
                self.terms.append((name, None, forms))
                self.inserted += forms
        while len(self.terms) < 300:
            words = [word(rng) for _ in range(3)]
            name, acronym = " ".join(words), "".join(w[0] for w in words).upper() + rng.choice("QWZ")
            if name not in names and acronym not in acronyms and not set(acronym) <= ROMAN:
                names.add(name)
                acronyms.add(acronym)
                self.terms.append((name, acronym, [name, acronym]))
                self.inserted += [name, acronym, acronym]

    def yaml(self):
        lines = ["terms:"]
        for name, acronym, forms in self.terms:
            lines.append("- term: " + yaml_value(name))
            if acronym:
                lines.append("  acronym: " + acronym)
            lines += ["  forms: " + yaml_value(forms), "  definition: " + yaml_value("Voce inventata: %s." % name)]
        return "\n".join(lines) + "\n"


def cross_linked(chapter, body, act, glossary):
    """The chapter's text with provisions, citations and terms."""
    rng = random.Random("%s:cross:%d" % (chapter.manual.seed, chapter.number))
    body = re.sub(r"ai sensi dell'articolo \d+(?:-[a-z]+)?", "ai sensi delle regole comuni", body)
    blocks, out, provisions = body.split("\n\n"), [], 0
    for i, block in enumerate(blocks):
        if block.startswith("### "):
            provisions += 1
            level = LEVELS[(chapter.number + provisions) % len(LEVELS)]
            block = "%s {#%s.%d .%s}" % (block, chapter.id, provisions, level)
        elif i and blocks[i - 1].startswith("### "):
            level = LEVELS[(chapter.number + provisions) % len(LEVELS)]
            count = 1 if level == "deve" else rng.randint(0, 2)
            block += "".join(" Così dispone la norma (%s)." % rng.choice(act.places) for _ in range(count))
        out.append(block)
    plain = [i for i, block in enumerate(out) if block[0].isalpha()]
    for i in rng.sample(plain, 4):
        out[i] += " Se ne occupa anche il documento su %s." % rng.choice(glossary.inserted)
    return "\n\n".join(out)


def write_cross_links(manual, out):
    """What ``--cross-links`` writes over the plain handbook."""
    act, glossary, md = Act(), Glossary(), Markdown(relative_md())
    for c in manual.chapters:
        rng = random.Random("%s:articles:%d" % (manual.seed, c.number))
        fields = [("id", c.id), ("title", c.title), ("status", "approved"),
                  ("articles", ["art. %d" % n for n in sorted(rng.sample(range(1, ACT_ARTICLES + 1), 2))]),
                  ("phases", [VADEMECUM_PHASES[c.number % len(VADEMECUM_PHASES)]]), ("tags", c.tags)]
        out.put("linee-guida/" + c.path(".md"), with_front_matter(fields, cross_linked(c, md.body(c), act, glossary)))
    out.put("acts/%s.yaml" % ACT_ID, act.yaml())
    out.put("glossary.yaml", glossary.yaml())
    out.put("handbook.yaml", "title: %s\nbase_url: %s\nacts: [%s]\n" % (yaml_value(manual.title), yaml_value(BASE_URL), ACT_ID))


def write(pages, out, seed="1", mode="plain"):
    """Writes a handbook to a new folder; ``mode`` is ``plain``, ``cross-links`` or ``hugo``."""
    manual, writer = Manual(pages, seed), Writer(out)
    if mode == "hugo":
        write_hugo(manual, writer)
        return
    write_handbook(manual, writer)
    if mode == "cross-links":
        write_cross_links(manual, writer)


def main():
    parser = argparse.ArgumentParser(description="Write a deterministic handbook for measuring.")
    parser.add_argument("--pages", type=int, required=True, help="number of chapters")
    parser.add_argument("--seed", default="1")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--cross-links", action="store_const", dest="mode", const="cross-links", default="plain",
                       help="with an act, a glossary, provisions, citations and terms")
    modes.add_argument("--format", choices=["vademecum", "hugo"], default="vademecum", help="for which program")
    parser.add_argument("--force", action="store_true", help="replace OUT if it exists")
    parser.add_argument("out")
    options = parser.parse_args()
    if options.pages < 1:
        parser.error("--pages must be at least 1")
    if os.path.exists(options.out):
        if not options.force:
            parser.error("%s exists (give --force to replace it)" % options.out)
        shutil.rmtree(options.out)
    write(options.pages, options.out, options.seed, "hugo" if options.format == "hugo" else options.mode)
    return 0


if __name__ == "__main__":
    sys.exit(main())
