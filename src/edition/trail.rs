//! Follows a place through the editions.

use std::sync::Arc;

use super::{Fate, Published, Register, Withdrawn};

/// What a place has become, or was, in another edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trail {
    /// It is there.
    Here(Published),
    /// On the way there it was withdrawn.
    Withdrawn(Withdrawn),
    /// It is not there, and nothing says why: an older edition did not have it yet.
    Absent,
}

impl Trail {
    /// The place, where it is there.
    pub fn place(&self) -> Option<&Published> {
        match self {
            Self::Here(place) => Some(place),
            Self::Withdrawn(_) | Self::Absent => None,
        }
    }
}

/// Follows a place of the edition with the index `from` to all of `count` editions, its own among them; `register` gives
/// the names of the edition with an index, in the order of the numbers. One step from each edition to the next is all
/// that this costs.
pub fn follow(
    place: &Published,
    from: usize,
    count: usize,
    register: &dyn Fn(usize) -> Option<Arc<Register>>,
) -> Vec<Trail> {
    let mut trails = vec![Trail::Absent; count];
    let mut set = |index: usize, trail: Trail| {
        if let Some(place) = trails.get_mut(index) {
            *place = trail;
        }
    };
    set(from, Trail::Here(place.clone()));
    let mut now = Some(place.clone());
    for index in from + 1..count {
        let register = register(index);
        let fate = now.as_ref().zip(register.as_deref()).map(|(place, register)| register.fate(place));
        match fate {
            Some(Fate::Here(next)) => {
                set(index, Trail::Here(next.clone()));
                now = Some(next.clone());
            }
            Some(Fate::Withdrawn(withdrawn)) => {
                // What is gone stays gone, for the same reason.
                (index..count).for_each(|later| set(later, Trail::Withdrawn(withdrawn.clone())));
                break;
            }
            Some(Fate::Lost) | None => break,
        }
    }
    let mut then = place.clone();
    for index in (0..from).rev() {
        let registers = register(index + 1).zip(register(index));
        let Some(origin) = registers.and_then(|(after, before)| after.origin(&then, &before).cloned()) else {
            break;
        };
        set(index, Trail::Here(origin.clone()));
        then = origin;
    }
    trails
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::edition::PublishedKind;

    fn place(kind: PublishedKind, id: Option<&str>, address: &str) -> Published {
        let (page, anchor) =
            address.split_once('#').map_or((address, None), |(page, anchor)| (page, Some(anchor)));
        Published {
            kind,
            id: id.map(str::to_owned),
            page: page.to_owned(),
            anchor: anchor.map(str::to_owned),
            title: String::new(),
        }
    }

    fn register(places: Vec<Published>, moved: &[(&str, &str)], withdrawn: &[&str]) -> Arc<Register> {
        let moved = moved.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned()));
        let reason =
            Withdrawn {
                date: "2026-01-31".to_owned(), reason: "Non serve più.".to_owned(), successor: None
            };
        let withdrawn = withdrawn.iter().map(|name| ((*name).to_owned(), reason.clone()));
        Arc::new(Register::new(places, Vec::new(), moved.collect(), withdrawn.collect::<BTreeMap<_, _>>()))
    }

    #[test]
    fn a_place_is_followed_through_every_move_and_back() {
        use PublishedKind::{Document, Heading, Provision};
        let editions = [
            register(
                vec![
                    place(Document, Some("LG-04"), "lg/quattro"),
                    place(Provision, Some("LG-04.1"), "lg/quattro#LG-04.1"),
                    place(Heading, None, "lg/quattro#tempi"),
                    place(Document, None, "note"),
                ],
                &[],
                &[],
            ),
            register(
                vec![
                    place(Document, Some("LG-04"), "lg/consultare"),
                    place(Provision, Some("LG-04.7"), "lg/consultare#LG-04.7"),
                    place(Heading, None, "lg/consultare#tempi"),
                ],
                &[("lg/quattro", "LG-04"), ("LG-04.1", "LG-04.7")],
                &["note"],
            ),
            register(
                vec![
                    place(Document, Some("LG-05"), "lg/preparare"),
                    place(Provision, Some("LG-04.7"), "lg/preparare#LG-04.7"),
                    place(Document, Some("LG-04"), "lg/consultare"),
                    place(Heading, None, "lg/consultare#tempi"),
                ],
                &[],
                &[],
            ),
        ];
        let get = |index: usize| editions.get(index).cloned();
        let first = editions[0].places();
        let there = |number: usize| follow(&first[number], 0, 3, &get).pop().unwrap();
        let address =
            |trail: Trail| trail.place().map(Published::address).unwrap_or_else(|| format!("{trail:?}"));
        assert_eq!(address(there(0)), "lg/consultare");
        assert_eq!(address(there(1)), "lg/preparare#LG-04.7");
        assert_eq!(address(there(2)), "lg/consultare#tempi");
        assert!(matches!(there(3), Trail::Withdrawn(_)));
        for (number, place) in first.iter().enumerate().take(3) {
            let last = there(number).place().cloned().unwrap();
            assert_eq!(follow(&last, 2, 3, &get)[0], Trail::Here(place.clone()));
        }
        let new = editions[2].find("LG-05").unwrap();
        assert_eq!(follow(new, 2, 3, &get)[0], Trail::Absent);
    }
}
