//! The handbook: configuration, vocabularies, glossary, acts and documents, each checked as far as it can be
//! by itself. What depends on two documents at once (links, equal ids) is the next room's work.

mod activity_lines;
mod collections;
mod colour;
mod config;
mod data;
mod document;
mod font;
mod front_matter;
mod funding;
mod glossary;
mod handles;
mod id;
mod id_reference;
mod legal;
mod lints;
mod load;
mod profile;
mod sections;
mod succession;
mod unread;
mod url_template;
mod vocabularies;

pub use crate::yaml::Date;
pub use activity_lines::{ActivityLines, Body, Group, Line};
pub use collections::Collection;
pub use colour::Colour;
pub(crate) use config::clean_base_url;
pub use config::{Config, Exemption, Licence};
pub use data::{Cell, Chart, Column, DataTable, Number, Values};
pub use document::{Change, Details, Document, FrontMatter, Kind, Numbering, Status, Trial};
pub use font::{Font, FontFile, FontFormat, Weight};
pub use funding::{Emblem, Funding};
pub use glossary::{Glossary, Term};
pub use handles::{Handles, Image};
pub use id::Id;
pub use id_reference::IdReference;
pub use legal::{LegalLink, LegalRole};
pub use lints::LintLevels;
pub use load::{Handbook, NotApplicable, load};
pub use profile::{Profile, ProfileKind};
pub use sections::{Child, Section, Sections};
pub use succession::{Moved, Withdrawal};
pub use unread::Unread;
pub use url_template::{Placeholder, UrlTemplate};
pub use vocabularies::{Entry, Vocabularies, Vocabulary};
