//! The values of an indicator: a CSV file beside its document, as a table.

mod number;
mod problem;
mod records;
mod table;
mod values;

pub use number::Number;
pub use table::{Cell, Column, DataTable};
pub use values::{Chart, Values};

pub(super) use values::path_of;
