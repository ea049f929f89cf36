//! The closed lists of the contract, for the schema.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::handbook::{Kind, Status};
use crate::links::State;
use crate::markdown::Level;

/// The kinds of documents.
pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Kind::ALL.map(Kind::name) })
}

/// The statuses of documents; `null` for a document without one.
pub(super) fn status(_: &mut SchemaGenerator) -> Schema {
    let names = Status::ALL.map(|status| Some(status.name()));
    let names: Vec<Option<&str>> = names.into_iter().chain([None]).collect();
    json_schema!({ "type": ["string", "null"], "enum": names })
}

/// The levels of provisions.
pub(super) fn level(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Level::ALL.map(Level::name) })
}

/// The states of addresses.
pub(super) fn state(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": State::ALL.map(State::name) })
}
