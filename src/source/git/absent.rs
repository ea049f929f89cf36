//! The same names in a program that was built without git.

use std::convert::Infallible;
use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::source::{Source, SourcePath};

use super::{Moment, Tag, TagPattern};

/// A repository, which this program cannot open.
#[derive(Debug)]
pub struct GitRepository(Infallible);

/// The files of a tag, which this program cannot read.
#[derive(Debug)]
pub struct GitSource(Infallible);

impl GitRepository {
    /// Says that this program has no git.
    ///
    /// # Errors
    /// Always.
    pub fn discover(_: &Path) -> Result<Self, Box<Diagnostic>> {
        Err(Box::new(
            Diagnostic::error(Code::NoRepository, say!("questo programma è stato costruito senza git: non può leggere le edizioni dalle etichette"; "this program was built without git: it cannot read editions from tags"))
                .help(say!("costruiscilo con `cargo build --features git`"; "build it with `cargo build --features git`")),
        ))
    }

    /// No repository, no tags.
    pub fn tags(&self, _: &TagPattern) -> (Vec<Tag>, Vec<Diagnostic>) {
        match self.0 {}
    }

    /// No repository, no tag.
    ///
    /// # Errors
    /// None.
    pub fn source(&self, _: &Tag) -> Result<(GitSource, Vec<Diagnostic>), Box<Diagnostic>> {
        match self.0 {}
    }

    /// No repository, no history.
    pub fn is_shallow(&self) -> bool {
        match self.0 {}
    }

    /// No repository, no last commit.
    ///
    /// # Errors
    /// None.
    pub fn changes(&self, _: &dyn Source) -> Result<Vec<SourcePath>, Box<Diagnostic>> {
        match self.0 {}
    }

    /// No repository, no new tag.
    ///
    /// # Errors
    /// None.
    pub fn write_tag(&self, _: &str, _: &str, _: Moment) -> Result<(), Box<Diagnostic>> {
        match self.0 {}
    }
}

impl Source for GitSource {
    fn paths(&self) -> &[SourcePath] {
        match self.0 {}
    }

    fn read(&self, _: &SourcePath) -> io::Result<Vec<u8>> {
        match self.0 {}
    }
}
