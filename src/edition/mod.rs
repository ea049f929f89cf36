//! Editions: what was published, and what has changed since.

pub mod redline;
