//! The reference graph: where every reference of the handbook leads, and what leads to each place.
//!
//! A reference that leads nowhere is an error at its own line and column, with the nearest candidates.

mod backlinks;
mod coverage;
mod former;
mod index;
mod path;
mod resolve;
mod role;
mod succession;
mod target;
mod trials;
mod wiki;

pub use backlinks::Backlink;
pub use coverage::{ActCoverage, Coverage, Place, State, counts, is_live};
pub use index::{Index, Names};
pub use resolve::{Links, link};
pub use target::Target;
pub use trials::{ProvisionRef, TrialRef, Trials};
