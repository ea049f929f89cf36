//! A path inside a handbook, which cannot lead out of it.

use std::fmt;
use std::sync::Arc;

use super::text::in_nfc;

/// A path relative to the handbook's root: `/` between parts, no `.`, no `..`, no empty part, NFC.
/// The root itself is the empty path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// Why a text is not a path inside the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// `..` climbs above the root.
    Outside,
    /// A character that no file name should hold: NUL, a control character, a backslash.
    Character,
}

impl SourcePath {
    /// The handbook's root.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// A path from the root; `.` and `..` are resolved.
    ///
    /// # Errors
    /// When it leads out of the root or holds an impossible character.
    pub fn new(path: &str) -> Result<Self, PathError> {
        Self::root().join(path)
    }

    /// This folder's path with a relative one after it; a leading `/` starts again from the root.
    ///
    /// # Errors
    /// When the result leads out of the root or holds an impossible character.
    pub fn join(&self, relative: &str) -> Result<Self, PathError> {
        if relative.contains(|c: char| c == '\\' || c.is_control()) {
            return Err(PathError::Character);
        }
        let mut parts: Vec<&str> =
            if relative.starts_with('/') { Vec::new() } else { self.parts().collect() };
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathError::Outside)?;
                }
                name => parts.push(name),
            }
        }
        Ok(Self(in_nfc(parts.join("/")).into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts from the root down.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// The folder that holds this; the root holds itself.
    pub fn parent(&self) -> Self {
        self.0.rsplit_once('/').map_or_else(Self::root, |(parent, _)| Self(parent.into()))
    }

    /// The last part; empty for the root.
    pub fn file_name(&self) -> &str {
        self.parts().next_back().unwrap_or("")
    }

    /// The file name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The extension in lower case, without the dot; empty when there is none.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
    }

    /// Whether this is `folder` or lies in it.
    pub fn is_within(&self, folder: &Self) -> bool {
        folder.is_root()
            || self.0.strip_prefix(&*folder.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_is_resolved_and_never_leaves_the_root() {
        let folder = SourcePath::new("linee-guida/parte").unwrap();
        assert_eq!(folder.join("../a.md").unwrap().as_str(), "linee-guida/a.md");
        assert_eq!(folder.join("./img//x.png").unwrap().as_str(), "linee-guida/parte/img/x.png");
        assert_eq!(folder.join("/a.md").unwrap().as_str(), "a.md");
        assert_eq!(folder.join("../../.."), Err(PathError::Outside));
        assert_eq!(SourcePath::new("../x"), Err(PathError::Outside));
        assert_eq!(SourcePath::new("a\\..\\b"), Err(PathError::Character));
        assert_eq!(SourcePath::new("a\0b"), Err(PathError::Character));
    }

    #[test]
    fn twins_in_normalisation_are_one_path() {
        assert_eq!(SourcePath::new("responsabilita\u{300}.md"), SourcePath::new("responsabilità.md"));
    }

    #[test]
    fn parts_of_a_path() {
        let path = SourcePath::new("a/b/c.tar.GZ").unwrap();
        assert_eq!((path.parent().as_str(), path.file_name(), path.stem()), ("a/b", "c.tar.GZ", "c.tar"));
        assert_eq!(path.extension(), "gz");
        assert!(path.is_within(&SourcePath::new("a/b").unwrap()));
        assert!(!path.is_within(&SourcePath::new("a/bb").unwrap()));
        assert_eq!(SourcePath::root().parent(), SourcePath::root());
    }

    proptest! {
        #[test]
        fn no_text_makes_a_path_that_climbs(base in "[a-z/.]{0,12}", relative in "\\PC{0,20}") {
            if let Ok(path) = SourcePath::new(&base).and_then(|base| base.join(&relative)) {
                prop_assert!(path.parts().all(|part| part != ".." && part != "." && !part.is_empty()));
                prop_assert!(!path.as_str().starts_with('/'));
            }
        }
    }
}
