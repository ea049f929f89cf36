//! Vademecum turns Markdown guideline chapters and YAML metadata into a versioned, cross-linked handbook.
//!
//! One direction, one folder a stage: `source → markdown + act → handbook → links → site → publish | serve`,
//! with [`diagnostic`] under all of them. `ARCHITECTURE.md` draws the house.

pub mod act;
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod handbook;
pub mod links;
pub mod lint;
pub mod markdown;
pub mod publish;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod yaml;
