//! What an act's file says of itself as a version.

use crate::act::acts::Acts;
use crate::act::address::Address;
use crate::act::citation::read_citation;
use crate::act::data::Act;
use crate::diagnostic::Place;
use crate::yaml::{Date, Decoder, Fields, Node, Value};

/// The day from which the version holds; absent and `null` are both none.
pub(super) fn in_force_from(fields: &mut Fields<'_, '_>) -> Option<(Date, Place)> {
    let node = fields.node("in_force_from").filter(|node| node.value != Value::Null)?;
    let day = Date::decode(node, fields.decoder())?;
    Some((day, node.place(fields.decoder())))
}

/// The places whose words are not those of the version before: citations of this very act.
pub(super) fn amended(texts: &[(String, &Node)], act: &Act, decoder: &mut Decoder) -> Vec<Address> {
    if texts.is_empty() {
        return Vec::new();
    }
    let itself = Acts::new(vec![act.clone()]);
    let mut addresses = Vec::new();
    for (text, node) in texts {
        let problems = match read_citation(text, &itself) {
            Ok(citation) => {
                addresses.extend(citation.addresses);
                citation.notes
            }
            Err(problems) => problems,
        };
        for problem in problems {
            let place = node.place(decoder);
            decoder.report(problem.into_diagnostic().at(place));
        }
    }
    addresses
}
