//! Acts as data, and the citations that people write of their places.
//!
//! The room knows no act by name: what there is to know comes from an act's YAML file ([`Act::load`]).
//!
//! ```text
//! id, number, label ─► address      names of places; only `structure` and `series` make an `Address`
//! load ─► data ─► structure         the file, what it says, what the act has (`nearest`: what was meant)
//!            ├──► format, series    an address, or several, in the words of lawyers (`words`)
//!            ├──► names             what prose calls the act (`kind`, `reference`, `nickname`)
//!            └──► versions, changes what the act was before, and what changed since
//! acts ─► citation                  the way back: prose and metadata to addresses and problems
//! ```

mod acts;
mod address;
mod changes;
mod citation;
mod cursor;
mod data;
mod format;
mod id;
mod kind;
mod label;
mod load;
mod names;
mod nearest;
mod nickname;
mod number;
mod reference;
mod series;
mod structure;
mod versions;
mod word_set;
mod words;

pub use acts::Acts;
pub use address::{Address, Locus};
pub use changes::{Changed, PlaceChange};
pub use citation::{Citation, Cited, Found, Problem, cite, read_citation, scan};
pub use data::{
    Act, ActCitation, Article, Chapter, CitationStyle, Dates, Items, LetteredItem, Links, OfficialJournal,
    Paragraph, Phase, RelatedAct, Unverified, Verification,
};
pub use format::{Form, Style};
pub use id::ActId;
pub use label::{Letter, Point};
pub use number::Number;
pub use structure::{AddressError, Existing, Level};
