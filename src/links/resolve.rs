//! Resolves every reference of the handbook.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::act::Address;
use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::handbook::{Config, Details, Document, Handbook, IdReference};
use crate::markdown::{Chapter, Provision, Reference, ReferenceKind};
use crate::say;
use crate::source::SourcePath;

use super::backlinks::{Backlink, ToDocuments, ToOthers};
use super::role::references_of;
use super::{Coverage, Index, Names, Target, Trials, former, path, succession, wiki};

/// Where every reference leads. A copy shares what does not change.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// By document.
    documents: Vec<Arc<DocumentLinks>>,
    /// By term, by where the value stands in the glossary.
    glossary: Arc<HashMap<usize, Target>>,
    /// By the settings' legal links.
    legal: Arc<Vec<Option<Target>>>,
    /// The files that the settings bring and the successors that they name, by where the values stand there.
    settings: Arc<HashMap<usize, Target>>,
    to_documents: ToDocuments,
    /// Gathered when somebody asks for the first of them.
    to_others: OnceLock<Arc<ToOthers>>,
    /// What the practices tried.
    pub trials: Arc<Trials>,
    /// Which places of the acts the guidelines implement.
    pub coverage: Arc<Coverage>,
    names: Arc<Names>,
    /// Whether anything has a former name; it may be that of any place.
    has_former_names: bool,
    /// The documents in which something is wrong.
    broken: BTreeSet<usize>,
    /// What is wrong that is no single document's fault.
    problems: Arc<[Diagnostic]>,
}

/// Resolves everything; each reference that leads nowhere is a diagnostic, sorted by place.
pub fn link(handbook: &Handbook) -> (Links, Vec<Diagnostic>) {
    let (names, mut problems) = Names::of(handbook);
    let index = Index::new(handbook, &names);
    let mut links = Links::default();
    let resolved = handbook.documents.par_iter().enumerate().map(|(n, d)| Arc::new(of_document(n, d, index)));
    links.documents = resolved.collect();
    for (number, document) in handbook.documents.iter().enumerate() {
        links.take_in(number, document);
    }
    links.of_glossary(index, &mut problems);
    links.of_settings(index, &mut problems);
    problems.extend(succession::circles(handbook, &links));
    problems.extend(former::clashes(handbook));
    links.has_former_names = former::has_any(handbook);
    links.trials = Arc::new(Trials::gather(handbook, &links));
    links.coverage = Arc::new(Coverage::of(handbook, &links));
    links.names = Arc::new(names);
    links.problems = problems.into();
    let diagnostics = links.diagnostics();
    (links, diagnostics)
}

impl Links {
    /// The same for a handbook of which these documents differ, in nothing that has a name. `None` where that is not enough.
    pub fn relink(&self, before: &Handbook, handbook: &Handbook, changed: &[usize]) -> Option<Self> {
        let mut links = Self { to_others: OnceLock::new(), ..self.clone() };
        let index = Index::new(handbook, &self.names);
        let mut same_cover = true;
        for number in self.concerned(before, handbook, changed)? {
            let (Some(old), Some(new)) = (before.documents.get(number), handbook.documents.get(number))
            else {
                continue;
            };
            links.remove_backlinks(number, old);
            if let Some(document) = links.documents.get_mut(number) {
                *document = Arc::new(of_document(number, new, index));
            }
            links.take_in(number, new);
            let cites = |links: &Self, document: &Document| {
                let chapter = &document.chapter;
                let places = chapter.provisions.iter().map(|p| links.cited_by(number, chapter, p));
                places.map(|places| places.into_iter().cloned().collect()).collect::<Vec<Vec<Address>>>()
            };
            same_cover &= cites(self, old) == cites(&links, new);
        }
        if !same_cover {
            links.coverage = Arc::new(Coverage::of(handbook, &links));
        }
        Some(links)
    }

    /// The documents whose references may lead elsewhere when these have changed: themselves and, where places have come or
    /// gone in them, those that lead to them and those that lead nowhere. `None` where it may be more than documents.
    fn concerned(
        &self,
        before: &Handbook,
        handbook: &Handbook,
        changed: &[usize],
    ) -> Option<BTreeSet<usize>> {
        let mut concerned: BTreeSet<usize> = changed.iter().copied().collect();
        let has_same_places = |number: &usize| {
            let (old, new) = (before.documents.get(*number), handbook.documents.get(*number));
            old.zip(new).is_some_and(|(old, new)| old.chapter.has_same_places(&new.chapter))
        };
        let moved: Vec<usize> = changed.iter().filter(|number| !has_same_places(number)).copied().collect();
        if moved.is_empty() {
            return Some(concerned);
        }
        let leads_there = |target: &Target| target.document().is_some_and(|number| moved.contains(&number));
        let others = self.legal.iter().flatten().chain(self.settings.values()).chain(self.glossary.values());
        // Nobody says what leads nowhere because a file could not be read.
        if self.has_former_names || !handbook.unread.is_empty() || others.into_iter().any(leads_there) {
            return None;
        }
        concerned.extend(&self.broken);
        concerned.extend(moved.iter().flat_map(|number| self.to_documents.sources(*number)));
        Some(concerned)
    }

    /// The references of the handbook to exactly this place, in its order.
    pub fn backlinks(&self, target: &Target, handbook: &Handbook) -> &[Backlink] {
        match target.document() {
            Some(number) => self.to_documents.to(number, target),
            None => self.to_others.get_or_init(|| Arc::new(self.gather_others(handbook))).to(target),
        }
    }

    fn gather_others(&self, handbook: &Handbook) -> ToOthers {
        let mut others = ToOthers::default();
        for (number, (document, links)) in handbook.documents.iter().zip(&self.documents).enumerate() {
            links.each_reference(number, document, |target, from| others.add(target, from));
        }
        others
    }

    /// Every reference that leads nowhere, and whatever else is wrong between documents, sorted by place.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let broken = self.broken.iter().filter_map(|number| self.documents.get(*number));
        let of_documents = broken.flat_map(|document| &document.diagnostics);
        let mut diagnostics: Vec<_> = of_documents.chain(self.problems.iter()).cloned().collect();
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// What is wrong that is no single document's fault, such as an id that two have.
    pub fn problems_between(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Where a reference of a document's text leads.
    pub fn text(&self, document: usize, reference: usize) -> Option<&Target> {
        self.documents.get(document)?.text.get(reference)?.as_ref()
    }

    /// Every place that a document cites or refers to, in its metadata, its prose or in `[[…]]`.
    pub fn addresses<'a>(
        &'a self,
        number: usize,
        document: &'a Document,
    ) -> impl Iterator<Item = &'a Address> {
        let named = document.front.articles.iter().map(|(address, _)| address);
        let cited = document.chapter.citations.iter().map(|citation| &citation.address);
        let texts = self.documents.get(number).into_iter().flat_map(|document| &document.text);
        let referred = texts.filter_map(|target| match target {
            Some(Target::Address(address)) => Some(address),
            Some(_) | None => None,
        });
        named.chain(cited).chain(referred)
    }

    /// The places that a provision cites, in its prose or in `[[…]]`, each once, in the order of the act.
    pub fn cited_by<'a>(
        &'a self,
        document: usize,
        chapter: &'a Chapter,
        provision: &Provision,
    ) -> Vec<&'a Address> {
        let mut cited = chapter.cited_by(provision);
        for (number, _) in chapter.references_in(provision) {
            if let Some(Target::Address(address)) = self.text(document, number) {
                cited.push(address);
            }
        }
        cited.sort_unstable();
        cited.dedup();
        cited
    }

    /// Where a value of a document's front matter leads.
    pub fn metadata(&self, document: usize, value: &IdReference) -> Option<&Target> {
        self.documents.get(document)?.metadata.get(&value.range.start)
    }

    /// Where the values of a document's front matter lead, the broken ones aside.
    pub fn of_metadata<'l>(
        &'l self,
        number: usize,
        document: &'l Document,
    ) -> impl Iterator<Item = &'l Target> {
        let named = references_of(document).into_iter().map(|(_, value)| value);
        let values = named.chain(data_of(document));
        values.filter_map(move |value| self.metadata(number, value))
    }

    /// Where a value of the glossary leads.
    pub fn glossary(&self, value: &IdReference) -> Option<&Target> {
        self.glossary.get(&value.range.start)
    }

    /// Where a legal link of the settings leads.
    pub fn legal(&self, number: usize) -> Option<&Target> {
        self.legal.get(number)?.as_ref()
    }

    /// What a value of the settings names: an emblem, a font, the icon; the successor of something withdrawn.
    pub fn setting(&self, value: &IdReference) -> Option<&Target> {
        self.settings.get(&value.range.start)
    }

    /// Takes in what came of a document.
    fn take_in(&mut self, number: usize, document: &Document) {
        let Some(links) = self.documents.get(number).cloned() else { return };
        match links.diagnostics.is_empty() {
            true => self.broken.remove(&number),
            false => self.broken.insert(number),
        };
        links.each_reference(number, document, |target, from| self.to_documents.add(target, from));
    }

    fn remove_backlinks(&mut self, number: usize, document: &Document) {
        let Some(links) = self.documents.get(number).cloned() else { return };
        links.each_reference(number, document, |target, _| self.to_documents.remove(target, number));
    }

    fn of_glossary(&mut self, index: Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let glossary = &index.handbook.glossary;
        let Some(file) = &glossary.file else { return };
        let mut found = HashMap::new();
        for value in glossary.terms.iter().flat_map(|term| term.see.iter().chain(&term.also)) {
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(of_value(value, index), at, diagnostics);
            found.extend(target.map(|target| (value.range.start, target)));
        }
        self.glossary = Arc::new(found);
    }

    fn of_settings(&mut self, index: Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(file) = &index.handbook.config_file else { return };
        let (mut legal, mut settings) = (Vec::new(), HashMap::new());
        for link in &index.handbook.config.legal {
            let target = of_path(&link.target.text, &SourcePath::root(), None, index);
            let at = Place::range(file, link.target.range.clone());
            legal.push(found_or_reported(target, at, diagnostics));
        }
        for value in files_of_settings(&index.handbook.config) {
            let target = of_path(&value.text, &SourcePath::root(), None, index);
            let target = target.map_err(brought_in).and_then(own_file);
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(target, at, diagnostics);
            settings.extend(target.map(|target| (value.range.start, target)));
        }
        for value in former::successors(&index.handbook.config.withdrawn) {
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(of_successor(value, index), at, diagnostics);
            settings.extend(target.map(|target| (value.range.start, target)));
        }
        (self.legal, self.settings) = (Arc::new(legal), Arc::new(settings));
    }
}

/// What one document's references became.
#[derive(Debug, Default)]
struct DocumentLinks {
    /// By reference of its chapter; `None` for a broken one.
    text: Vec<Option<Target>>,
    /// By where the value stands in its front matter.
    metadata: HashMap<usize, Target>,
    diagnostics: Vec<Diagnostic>,
}

impl DocumentLinks {
    /// Calls `tell` with every place that the document leads to, and from where.
    fn each_reference(&self, number: usize, document: &Document, mut tell: impl FnMut(&Target, Backlink)) {
        let backlink = |heading, at| Backlink { document: number, heading, at };
        for (reference, target) in document.chapter.references.iter().zip(&self.text) {
            if let Some(target) = target {
                tell(target, backlink(reference.heading, Some(reference.range.start)));
            }
        }
        for (_, value) in references_of(document) {
            if let Some(target) = self.metadata.get(&value.range.start) {
                tell(target, backlink(None, None));
            }
        }
        for citation in &document.chapter.citations {
            let target = Target::Address(citation.address.clone());
            tell(&target, backlink(citation.heading, Some(citation.range.start)));
        }
        for (address, _) in &document.front.articles {
            tell(&Target::Address(address.clone()), backlink(None, None));
        }
        for term in &document.chapter.terms {
            tell(&Target::Term(term.term), backlink(term.heading, Some(term.range.start)));
        }
    }
}

fn of_document(number: usize, document: &Document, index: Index<'_>) -> DocumentLinks {
    let mut found = DocumentLinks::default();
    let folder = document.path.parent();
    for reference in &document.chapter.references {
        let target = of_text(reference, number, &folder, index);
        let at = document.place_at(reference.range.clone());
        found.text.push(found_or_reported(target, at, &mut found.diagnostics));
    }
    for (role, value) in references_of(document) {
        let at = document.place_at(value.range.clone());
        let target = of_value(value, index)
            .and_then(|target| role.check(target, value, number, index.handbook).map_err(Broken::Because));
        let target = found_or_reported(target, at, &mut found.diagnostics);
        found.metadata.extend(target.map(|target| (value.range.start, target)));
    }
    for to in document.front.moved_from.iter().map(|moved| &moved.to) {
        let target = former::own_place(to, number, document).map_err(Broken::Because);
        let target = found_or_reported(target, document.place_at(to.range.clone()), &mut found.diagnostics);
        found.metadata.extend(target.map(|target| (to.range.start, target)));
    }
    for value in former::successors(&document.front.withdrawn) {
        let at = document.place_at(value.range.clone());
        let target = found_or_reported(of_successor(value, index), at, &mut found.diagnostics);
        found.metadata.extend(target.map(|target| (value.range.start, target)));
    }
    if let Some(data) = data_of(document) {
        let target = of_path(&data.text, &folder, Some(number), index).and_then(is_file);
        let at = document.place_at(data.range.clone());
        let target = found_or_reported(target, at, &mut found.diagnostics);
        found.metadata.extend(target.map(|target| (data.range.start, target)));
    }
    found
}

/// Why a reference leads nowhere.
enum Broken {
    /// For this reason.
    Because(Box<Diagnostic>),
    /// Perhaps into a file that could not be read: that is the problem to tell.
    PerhapsUnread,
}

fn of_text(
    reference: &Reference,
    number: usize,
    folder: &SourcePath,
    index: Index<'_>,
) -> Result<Target, Broken> {
    match reference.kind {
        ReferenceKind::Link => of_path(&reference.target, folder, Some(number), index),
        ReferenceKind::Image => of_image(&reference.target, folder, Some(number), index),
        ReferenceKind::Wiki | ReferenceKind::WikiWithText => wiki::resolve(&reference.target, index)
            .map_err(|problem| of_name(problem, &reference.target, index)),
        ReferenceKind::Autolink => Ok(Target::External(reference.target.clone())),
    }
}

/// Where an image is: in the handbook.
fn of_image(link: &str, folder: &SourcePath, own: Option<usize>, index: Index<'_>) -> Result<Target, Broken> {
    match of_path(link, folder, own, index)? {
        Target::External(_) => Err(Broken::Because(foreign_image())),
        target => is_file(target),
    }
}

/// Where a value of metadata leads.
fn of_value(value: &IdReference, index: Index<'_>) -> Result<Target, Broken> {
    wiki::resolve_value(&value.text, index).map_err(|problem| of_name(problem, &value.text, index))
}

/// What has taken the place of something withdrawn.
fn of_successor(value: &IdReference, index: Index<'_>) -> Result<Target, Broken> {
    former::successor(value, index).map_err(|problem| of_name(problem, &value.text, index))
}

fn of_name(problem: Box<Diagnostic>, name: &str, index: Index<'_>) -> Broken {
    if wiki::may_be_unread(&problem, name, index) { Broken::PerhapsUnread } else { Broken::Because(problem) }
}

fn of_path(link: &str, folder: &SourcePath, own: Option<usize>, index: Index<'_>) -> Result<Target, Broken> {
    path::resolve(link, folder, own, index).map_err(|problem| {
        match path::may_be_unread(link, folder, index) {
            true => Broken::PerhapsUnread,
            false => Broken::Because(problem),
        }
    })
}

/// A page asks no other host for anything: its reader would be seen there.
fn foreign_image() -> Box<Diagnostic> {
    let message =
        say!("un'immagine di un altro sito non si può mostrare"; "an image of another site cannot be shown");
    let help = say!("copia l'immagine nel manuale, oppure scrivi un collegamento `[testo](indirizzo)`"; "copy the image into the handbook, or write a link `[text](address)`");
    Box::new(Diagnostic::error(Code::OutsideHandbook, message).help(help))
}

/// The files that the settings bring.
fn files_of_settings(config: &Config) -> impl Iterator<Item = &IdReference> {
    let emblems = config.funding.iter().flat_map(|funding| &funding.emblems).map(|emblem| &emblem.file);
    let fonts = config.font.iter().flat_map(|font| &font.files).map(|font| &font.file);
    let handles = &config.handles;
    let pictures = handles.icon.iter().chain(handles.image.as_ref().map(|image| &image.file));
    emblems.chain(fonts).chain(pictures)
}

/// What every page loads must be a file of the handbook: no page asks another site for anything.
fn own_file(target: Target) -> Result<Target, Broken> {
    match target {
        Target::External(_) => {
            let message =
                say!("un file di un altro sito non si può usare"; "a file of another site cannot be used");
            Err(brought_in(Broken::Because(Box::new(Diagnostic::error(Code::OutsideHandbook, message)))))
        }
        target => is_file(target),
    }
}

/// The way out for a file that lies elsewhere; the one that a link has, an address, is none here.
fn brought_in(broken: Broken) -> Broken {
    let help = || say!("copia il file nel manuale, e scrivi qui il suo nome"; "copy the file into the handbook, and write its name here");
    match broken {
        Broken::Because(problem) if problem.code == Code::OutsideHandbook => {
            Broken::Because(Box::new(problem.help(help())))
        }
        Broken::Because(_) | Broken::PerhapsUnread => broken,
    }
}

/// An image or a file of data must be a file.
fn is_file(target: Target) -> Result<Target, Broken> {
    if target.file().is_some() {
        return Ok(target);
    }
    Err(Broken::Because(Box::new(Diagnostic::error(
        Code::BrokenLink,
        say!("qui serve un file, e c'è una pagina"; "a file belongs here, and there is a page"),
    ))))
}

fn found_or_reported(
    target: Result<Target, Broken>,
    place: Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Target> {
    match target {
        Ok(target) => Some(target),
        Err(Broken::PerhapsUnread) => None,
        Err(Broken::Because(problem)) => {
            diagnostics.push(problem.at(place));
            None
        }
    }
}

fn data_of(document: &Document) -> Option<&IdReference> {
    match &document.front.details {
        Details::Indicator { data, .. } => data.as_ref(),
        Details::Guideline | Details::Practice { .. } | Details::Tool { .. } | Details::Page => None,
    }
}
