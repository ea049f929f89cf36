//! Publishes an edition as a tag of the repository around the handbook.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile};
use crate::handbook::{Date, EditionNumber};
use crate::source::{GitRepository, Moment, Source, SourcePath, TagPattern};

use super::{GitStore, Store, Tags, message_of};

/// An edition that is ready to be written as a tag of the last commit.
pub struct Tagged {
    number: EditionNumber,
    date: Date,
    message: String,
    pattern: TagPattern,
}

impl Tagged {
    /// The edition of a handbook, whose files are those of the last commit.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(
        number: EditionNumber,
        date: Date,
        note: &str,
        handbook: &dyn Source,
        pattern: TagPattern,
    ) -> std::io::Result<Self> {
        Ok(Self { number, date, message: message_of(note, handbook)?, pattern })
    }

    /// The name of the tag.
    pub fn name(&self) -> String {
        self.pattern.tag(&self.number.to_string())
    }

    /// Writes the tag, and looks whether what it holds is what was sealed.
    ///
    /// # Errors
    /// The tag is there already, or cannot be written, or holds something else.
    pub fn write(&self, handbook: &Path) -> Result<(), Vec<Diagnostic>> {
        let repository = GitRepository::discover(handbook).map_err(|problem| vec![*problem])?;
        let name = self.name();
        // The tag tells a day; the hour would be of no use to readers, and make two releases of one day differ.
        let when = Moment { seconds: self.date.unix_time(), offset: 0 };
        repository.write_tag(&name, &self.message, when).map_err(|problem| vec![*problem])?;
        let place = Place::file(&SourceFile::without_text(name));
        let wanted = Tags { pattern: &self.pattern, all: false, place };
        let (store, problems) = GitStore::list(handbook, &wanted).map_err(|problem| vec![*problem])?;
        let edition = store.editions().iter().find(|edition| edition.number == self.number);
        edition.map_or(Err(problems), |edition| store.open(edition).map(drop))
    }
}

/// The files of a handbook that are not as in the last commit; none where it is in no repository.
///
/// # Errors
/// The repository has no commit, or its files cannot be had.
pub fn uncommitted(handbook: &dyn Source) -> Result<Vec<SourcePath>, Box<Diagnostic>> {
    let Some(folder) = handbook.folder() else { return Ok(Vec::new()) };
    match GitRepository::discover(folder) {
        Ok(repository) => repository.changes(handbook),
        Err(problem) if problem.code == Code::NoRepository => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}
