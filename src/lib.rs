//! Vademecum turns Markdown guideline chapters and YAML metadata into a versioned, cross-linked handbook.
//!
//! One direction, one folder a stage: `source → markdown + act → handbook → links → site → publish | serve`,
//! with [`diagnostic`] under all of them. `ARCHITECTURE.md` draws the house.

pub mod act;
pub mod diagnostic;
pub mod markdown;
pub mod source;
pub mod yaml;
