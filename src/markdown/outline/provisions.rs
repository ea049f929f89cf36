//! The provisions of a chapter: headings with an id and a level.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text, nearest};
use crate::markdown::{Level, Provision};
use crate::say;

use super::ids::TakenHeading;

/// Collects the provisions; a heading that is nearly one is reported.
pub(super) fn provisions(
    headings: &[TakenHeading],
    body: &Range<usize>,
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Provision> {
    let mut provisions = Vec::new();
    for (index, taken) in headings.iter().enumerate() {
        let heading = &taken.heading;
        let levels: Vec<_> = taken.classes.iter().filter_map(|class| Level::parse(class)).collect();
        let place = Place::range(file, heading.range.clone());
        diagnostics.extend(stranger(taken, place.clone()));
        match levels.as_slice() {
            [] => diagnostics.extend(misspelt_level(taken, place)),
            [level] if heading.explicit && taken.top_level => {
                let next = headings.iter().skip(index + 1).find(|h| h.top_level && h.heading.level <= heading.level);
                let end = next.map_or(body.end, |next| next.heading.range.start);
                provisions.push(Provision { heading: index, level: *level, range: heading.range.start..end });
            }
            [_] if !taken.top_level => diagnostics.push(invalid_provision(
                say!("una disposizione non può stare in un elenco o in una citazione"; "a provision cannot stand in a list or a quote"),
                say!("sposta il titolo fuori dall'elenco"; "move the heading out of the list"),
                place,
            )),
            [_] if taken.refused => {}
            [level] => {
                let name = level.name();
                diagnostics.push(invalid_provision(
                    say!("la disposizione ha il livello `{name}` ma nessun identificativo"; "the provision has the level `{name}` but no id"),
                    say!("scrivi `{{#LG-00.1 .{name}}}`, con il numero della linea guida"; "write `{{#LG-00.1 .{name}}}`, with the guideline's number"),
                    place,
                ));
            }
            [first, ..] => {
                let name = first.name();
                diagnostics.push(invalid_provision(
                    say!("la disposizione ha più di un livello"; "the provision has more than one level"),
                    say!("tieni un solo livello, per esempio `.{name}`"; "keep one level, such as `.{name}`"),
                    place,
                ));
            }
        }
    }
    provisions
}

/// `{#LG-04.1 deve}`: only an id and classes have a meaning in the braces of a heading.
fn stranger(taken: &TakenHeading, place: Place) -> Option<Diagnostic> {
    let name = taken.strangers.first()?;
    let help = match Level::parse(name) {
        Some(level) => {
            let level = level.name();
            say!("scrivi `.{level}`, con il punto"; "write `.{level}`, with the dot")
        }
        None => {
            say!("tra le graffe scrivi solo `#identificativo` senza spazi e `.livello`"; "in the braces write only `#id` without blanks and `.level`")
        }
    };
    let message = say!("`{name}` tra le graffe non è né un identificativo né un livello"; "`{name}` in the braces is neither an id nor a level");
    Some(invalid_provision(message, help, place))
}

/// `.dovrebe` on a heading with an id: nobody means a class of that name.
fn misspelt_level(taken: &TakenHeading, place: Place) -> Option<Diagnostic> {
    let levels = Level::ALL.map(Level::name);
    let (class, meant) =
        taken.classes.iter().find_map(|class| nearest(class, levels).map(|meant| (class.as_str(), meant)))?;
    Some(invalid_provision(
        say!("`.{class}` non è un livello"; "`.{class}` is not a level"),
        say!("forse intendevi `.{meant}`"; "did you mean `.{meant}`?"),
        place,
    ))
}

fn invalid_provision(message: Text, help: Text, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidProvision, message).at(place).help(help)
}
