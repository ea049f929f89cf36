//! Resolves every reference of the handbook.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::act::Address;
use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::handbook::{Config, Details, Document, Handbook, IdReference};
use crate::markdown::{Chapter, Provision, Reference, ReferenceKind};
use crate::say;
use crate::source::SourcePath;

use super::backlinks::{Backlink, Backlinks};
use super::role::references_of;
use super::{Coverage, Index, Target, Trials, former, path, succession, wiki};

/// Where every reference leads.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// By document, by reference of its chapter; `None` for a broken one.
    texts: Vec<Vec<Option<Target>>>,
    /// By document, by where the value stands in its front matter.
    metadata: Vec<HashMap<usize, Target>>,
    /// By term, by where the value stands in the glossary.
    glossary: HashMap<usize, Target>,
    /// By the settings' legal links.
    legal: Vec<Option<Target>>,
    /// The files that the settings bring and the successors that they name, by where the values stand there.
    settings: HashMap<usize, Target>,
    /// What leads to each place.
    pub backlinks: Backlinks,
    /// What the practices tried.
    pub trials: Trials,
    /// Which places of the acts the guidelines implement.
    pub coverage: Coverage,
}

/// Resolves everything; each reference that leads nowhere is a diagnostic, sorted by place.
pub fn link(handbook: &Handbook) -> (Links, Vec<Diagnostic>) {
    let (index, mut diagnostics) = Index::new(handbook);
    let resolved: Vec<DocumentLinks> =
        handbook.documents.par_iter().enumerate().map(|(n, d)| of_document(n, d, &index)).collect();
    let mut links = Links::default();
    for (number, found) in resolved.into_iter().enumerate() {
        links.collect_backlinks(number, handbook, &found);
        links.texts.push(found.text);
        links.metadata.push(found.metadata);
        diagnostics.extend(found.diagnostics);
    }
    links.of_glossary(&index, &mut diagnostics);
    links.of_settings(&index, &mut diagnostics);
    diagnostics.extend(succession::circles(handbook, &links));
    diagnostics.extend(former::clashes(handbook));
    links.trials = Trials::gather(handbook, &links);
    links.coverage = Coverage::of(handbook, &links);
    diagnostic::sort(&mut diagnostics);
    (links, diagnostics)
}

impl Links {
    /// Where a reference of a document's text leads.
    pub fn text(&self, document: usize, reference: usize) -> Option<&Target> {
        self.texts.get(document)?.get(reference)?.as_ref()
    }

    /// Every place that a document cites or refers to, in its metadata, its prose or in `[[…]]`.
    pub fn addresses<'a>(
        &'a self,
        number: usize,
        document: &'a Document,
    ) -> impl Iterator<Item = &'a Address> {
        let named = document.front.articles.iter().map(|(address, _)| address);
        let cited = document.chapter.citations.iter().map(|citation| &citation.address);
        let referred = self.texts.get(number).into_iter().flatten().filter_map(|target| match target {
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
        self.metadata.get(document)?.get(&value.range.start)
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

    fn collect_backlinks(&mut self, number: usize, handbook: &Handbook, found: &DocumentLinks) {
        let Some(document) = handbook.documents.get(number) else { return };
        for (reference, target) in document.chapter.references.iter().zip(&found.text) {
            if let Some(target) = target {
                let at = Some(reference.range.start);
                self.backlinks.add(target, Backlink { document: number, heading: reference.heading, at });
            }
        }
        let in_front_matter = Backlink { document: number, heading: None, at: None };
        for (_, value) in references_of(document) {
            if let Some(target) = found.metadata.get(&value.range.start) {
                self.backlinks.add(target, in_front_matter.clone());
            }
        }
        for citation in &document.chapter.citations {
            let at = Some(citation.range.start);
            let from = Backlink { document: number, heading: citation.heading, at };
            self.backlinks.add(&Target::Address(citation.address.clone()), from);
        }
        for (address, _) in &document.front.articles {
            self.backlinks.add(&Target::Address(address.clone()), in_front_matter.clone());
        }
        for term in &document.chapter.terms {
            let at = Some(term.range.start);
            let from = Backlink { document: number, heading: term.heading, at };
            self.backlinks.add(&Target::Term(term.term), from);
        }
    }

    fn of_glossary(&mut self, index: &Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let glossary = &index.handbook.glossary;
        let Some(file) = &glossary.file else { return };
        for value in glossary.terms.iter().flat_map(|term| term.see.iter().chain(&term.also)) {
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(of_value(value, index), at, diagnostics);
            self.glossary.extend(target.map(|target| (value.range.start, target)));
        }
    }

    fn of_settings(&mut self, index: &Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(file) = &index.handbook.config_file else { return };
        for link in &index.handbook.config.legal {
            let target = of_path(&link.target.text, &SourcePath::root(), None, index);
            let at = Place::range(file, link.target.range.clone());
            self.legal.push(found_or_reported(target, at, diagnostics));
        }
        for value in files_of_settings(&index.handbook.config) {
            let target = of_path(&value.text, &SourcePath::root(), None, index);
            let target = target.map_err(brought_in).and_then(own_file);
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(target, at, diagnostics);
            self.settings.extend(target.map(|target| (value.range.start, target)));
        }
        for value in former::successors(&index.handbook.config.withdrawn) {
            let at = Place::range(file, value.range.clone());
            let target = found_or_reported(of_successor(value, index), at, diagnostics);
            self.settings.extend(target.map(|target| (value.range.start, target)));
        }
    }
}

/// What one document's references became.
struct DocumentLinks {
    text: Vec<Option<Target>>,
    metadata: HashMap<usize, Target>,
    diagnostics: Vec<Diagnostic>,
}

fn of_document(number: usize, document: &Document, index: &Index<'_>) -> DocumentLinks {
    let mut found = DocumentLinks { text: Vec::new(), metadata: HashMap::new(), diagnostics: Vec::new() };
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
    index: &Index<'_>,
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
fn of_image(
    link: &str,
    folder: &SourcePath,
    own: Option<usize>,
    index: &Index<'_>,
) -> Result<Target, Broken> {
    match of_path(link, folder, own, index)? {
        Target::External(_) => Err(Broken::Because(foreign_image())),
        target => is_file(target),
    }
}

/// Where a value of metadata leads.
fn of_value(value: &IdReference, index: &Index<'_>) -> Result<Target, Broken> {
    wiki::resolve_value(&value.text, index).map_err(|problem| of_name(problem, &value.text, index))
}

/// What has taken the place of something withdrawn.
fn of_successor(value: &IdReference, index: &Index<'_>) -> Result<Target, Broken> {
    former::successor(value, index).map_err(|problem| of_name(problem, &value.text, index))
}

fn of_name(problem: Box<Diagnostic>, name: &str, index: &Index<'_>) -> Broken {
    if wiki::may_be_unread(&problem, name, index) { Broken::PerhapsUnread } else { Broken::Because(problem) }
}

fn of_path(link: &str, folder: &SourcePath, own: Option<usize>, index: &Index<'_>) -> Result<Target, Broken> {
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
