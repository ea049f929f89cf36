//! Editions: what was published stays as it was, and every name that it published leads on.
//!
//! A [`Store`] keeps the sources of each edition. A [`Register`] lists what an edition published under which name, and
//! what it says of the names that it no longer has. The [`Shelf`] holds all editions of a handbook with the state of
//! each, and follows a name from one edition to another. A [`redline`] tells what changed between two of them. A
//! [`Release`] is an edition that is about to be published.

mod contract;
mod disk;
pub mod redline;
mod register;
mod release;
mod seal;
mod shelf;
mod store;
mod tagging;
mod trail;

pub use crate::handbook::SEAL;
pub use contract::{Contract, Desk, vanished};
pub use disk::{Disk, RealDisk};
pub use register::{Fate, Published, PublishedKind, Register, Withdrawn};
pub use release::{Release, ReleaseError, is_recorded};
pub use seal::{Changed, KnownSeals, Seal, SealError};
pub use shelf::{Edition, Shelf, State};
pub use store::{
    EDITIONS, FolderStore, GitStore, Listed, OpenStore, Store, Tags, folder_of, message_of, open_store,
};
pub use tagging::{Tagged, uncommitted};
pub use trail::{Trail, follow};
