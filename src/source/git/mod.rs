//! Editions that are tags of a git repository, read from its object store: nothing is checked out, nothing runs, and nothing is
//! written but the tag of a release.
//!
//! A [`GitRepository`] stands around the handbook's folder. It lists the [`Tag`]s of a [`TagPattern`] and gives the files of one as a
//! [`GitSource`]. Whoever made the repository is not trusted: every name, number and object in it may be wrong.

#[cfg(not(feature = "git"))]
mod absent;
#[cfg(feature = "git")]
mod changes;
#[cfg(feature = "git")]
mod layout;
#[cfg(feature = "git")]
mod list;
#[cfg(feature = "git")]
mod objects;
#[cfg(feature = "git")]
mod release;
#[cfg(feature = "git")]
mod repository;
mod tag;
#[cfg(feature = "git")]
mod tree;
#[cfg(feature = "git")]
mod walk;

#[cfg(not(feature = "git"))]
pub use absent::{GitRepository, GitSource};
#[cfg(feature = "git")]
pub use repository::{GitRepository, GitSource};
pub use tag::{Moment, Tag, TagPattern};
