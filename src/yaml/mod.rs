//! YAML with places: every value knows where it stands, so that a wrong one is named at its line and column.
//!
//! [`parse`] turns a text into a [`Node`]; [`Fields`] takes a mapping apart, key by key, and reports every
//! wrong, missing and unknown key of a file in one go. The YAML library is young and has one maintainer:
//! nothing outside this room names it.

mod date;
mod fields;
mod node;
mod parse;

pub use date::{Date, not_a_date};
pub use fields::{Fields, unknown_language};
pub use node::{Entry, Node, Value};
pub use parse::{parse, parse_at};

use crate::diagnostic::{Diagnostic, SourceFile};

/// Reads a file that is one mapping: what the decoder makes of it, or `None` for one that is no YAML or holds
/// something else, and every problem, unknown keys among them.
pub fn read<T>(
    file: &SourceFile,
    decode: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    let node = match parse(file) {
        Ok(node) => node,
        Err(problem) => return (None, vec![*problem]),
    };
    let mut decoder = Decoder::new(file);
    if node.map(&mut decoder).is_none() {
        return (None, decoder.finish());
    }
    let mut fields = Fields::of(&node, &mut decoder);
    let value = decode(&mut fields);
    fields.finish();
    (Some(value), decoder.finish())
}

/// Where decoding puts what it finds: the file that it reads and the problems so far.
#[derive(Debug)]
pub struct Decoder {
    file: SourceFile,
    diagnostics: Vec<Diagnostic>,
}

impl Decoder {
    /// A decoder for one file.
    pub fn new(file: &SourceFile) -> Self {
        Self { file: file.clone(), diagnostics: Vec::new() }
    }

    /// The file that is being read.
    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    /// Notes a problem.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The problems found.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
