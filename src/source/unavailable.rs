//! Why the content of a file cannot be had, in the words of whoever keeps it.

use std::fmt;
use std::io;

use crate::diagnostic::{Lang, Text};

/// A reason that is told to editors in both languages, carried by an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unavailable {
    /// What is wrong.
    pub(crate) why: Text,
    /// What to do next.
    pub(crate) help: Text,
}

impl Unavailable {
    /// The reason that an error carries.
    pub(crate) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why.in_lang(Lang::En))
    }
}

impl std::error::Error for Unavailable {}

impl From<Unavailable> for io::Error {
    fn from(unavailable: Unavailable) -> Self {
        Self::other(unavailable)
    }
}
