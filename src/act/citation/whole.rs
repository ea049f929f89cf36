//! A string that must be a citation: a value in a front matter, the target of a `[[…]]`.

use std::ops::Range;

use crate::act::acts::Acts;
use crate::act::address::Address;
use crate::act::cursor::Cursor;
use crate::act::data::Act;
use crate::act::format::{Form, Style};
use crate::act::id::ActId;
use crate::act::structure::Level;
use crate::diagnostic::{Code, Lang, did_you_mean, nearest};
use crate::say;

use super::act_name::{self, Named};
use super::problem::{Problem, correction, unknown_address};
use super::{Found, grammar, inverse, resolve};

/// What a string cites: every place, and what should be written otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// The places, ranges written out, in the order of the text.
    pub addresses: Vec<Address>,
    /// Warnings.
    pub notes: Vec<Problem>,
}

/// The places that a whole string cites: `art. 5, par. 2`, `artt. 14, 15`, `5.2.c`, `reg-2014-240:5.2.c`.
///
/// # Errors
/// Everything that is wrong with it; ranges count in `text`.
pub fn cite(text: &str, acts: &Acts) -> Result<Vec<Address>, Vec<Problem>> {
    read_citation(text, acts).map(|citation| citation.addresses)
}

/// As [`cite`], with the warnings of a citation that is understood.
///
/// # Errors
/// As [`cite`].
pub fn read_citation(text: &str, acts: &Acts) -> Result<Citation, Vec<Problem>> {
    let start = text.len() - text.trim_start().len();
    let range = start..text.trim_end().len().max(start);
    let trimmed = text.trim();
    if let Some(result) = compact(trimmed, &range, acts) {
        return result.map_err(|problem| vec![problem]);
    }
    let mut citation = Citation::default();
    let mut problems = Vec::new();
    let mut c = Cursor::new(text, range.start);
    while c.at() < range.end {
        let Some(parsed) = grammar::read(c).or_else(|| inverse::read(c)) else {
            return Err(vec![unreadable(text, c.at()..range.end, acts)]);
        };
        let end = match act_name::of(text, &parsed, acts) {
            Named::Act(act, end) => {
                take(resolve::found(act, &parsed, end), &mut citation, &mut problems);
                end
            }
            Named::Unknown(name) => {
                let end = name.end.max(parsed.end);
                problems.push(unknown_act(text.get(name.clone()).unwrap_or(""), name, acts));
                end
            }
            Named::Nothing => {
                match acts.default_act() {
                    Some(act) => take(resolve::found(act, &parsed, parsed.end), &mut citation, &mut problems),
                    None => problems.push(no_act(range.clone())),
                }
                parsed.end
            }
        };
        c.advance(end - c.at());
        skip_separator(&mut c);
    }
    match (problems.is_empty(), citation.addresses.is_empty()) {
        (false, _) => Err(problems),
        (true, true) => Err(vec![unreadable(text, range, acts)]),
        (true, false) => Ok(citation),
    }
}

fn take(found: Found, citation: &mut Citation, problems: &mut Vec<Problem>) {
    for place in found.places {
        match place.address {
            Ok(address) => citation.addresses.push(address),
            Err(problem) => problems.push(problem),
        }
    }
    citation.notes.extend(found.notes);
}

/// `;`, `,`, `e`, `and` between whole citations.
fn skip_separator(c: &mut Cursor<'_>) {
    c.skip_spaces();
    c.eat(&[';', ',']);
    c.skip_spaces();
    if c.eat_word(&["e", "ed", "and"]) {
        c.skip_spaces();
    }
}

/// The compact form; `None` where the string is none.
fn compact(text: &str, range: &Range<usize>, acts: &Acts) -> Option<Result<Citation, Problem>> {
    let (id, place) = match text.split_once(':') {
        Some((id, place)) => (Some(ActId::parse(id)?), place),
        None => (None, text),
    };
    if !place.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let act = match &id {
        Some(id) => acts.get(id),
        None => acts.default_act(),
    };
    let Some(act) = act else {
        let name = id.as_ref().map_or("", ActId::as_str);
        let at = range.start..range.start + name.len();
        return Some(Err(if id.is_some() { unknown_act(name, at, acts) } else { no_act(range.clone()) }));
    };
    let locus = resolve::compact(act, place)?;
    let result = act.check(locus).map_err(|error| {
        let style = Style::new(Lang::It, Form::Short);
        let nearest = error.nearest.as_ref().map(|nearest| match &id {
            Some(_) => nearest.to_string(),
            None => nearest.locus().to_string(),
        });
        Problem {
            help: nearest.map(|better| correction(act, &error, &better)),
            range: range.clone(),
            ..unknown_address(act, &error, style)
        }
    });
    Some(result.map(|address| Citation { addresses: vec![address], notes: Vec::new() }))
}

fn unknown_act(name: &str, range: Range<usize>, acts: &Acts) -> Problem {
    let near = nearest(name, acts.iter().map(|act| act.id.as_str()));
    let help = match near {
        Some(near) => did_you_mean(near),
        None => {
            let list = |lang| {
                let names: Vec<_> =
                    acts.iter().map(|act| format!("`{}`", act.name(lang, Form::Short))).collect();
                names.join(", ")
            };
            let (it, en) = (list(Lang::It), list(Lang::En));
            say!("gli atti del manuale sono {it}; aggiungi l'atto in `acts/`, o citalo solo nel testo"; "the handbook's acts are {en}; add the act in `acts/`, or cite it only in prose")
        }
    };
    Problem {
        code: Code::UnknownAct,
        message: say!("il manuale non ha l'atto `{name}`"; "the handbook does not have the act `{name}`"),
        help: Some(help),
        range,
    }
}

fn no_act(range: Range<usize>) -> Problem {
    Problem {
        code: Code::UnknownAct,
        message: say!("il manuale non ha nessun atto da citare"; "the handbook has no act to cite"),
        help: Some(say!("aggiungi un atto in `acts/`"; "add an act in `acts/`")),
        range,
    }
}

const KEYWORDS: &[&str] = &["art.", "artt.", "articolo", "articoli", "article", "articles"];

fn unreadable(text: &str, range: Range<usize>, acts: &Acts) -> Problem {
    let wrong = text.get(range.clone()).unwrap_or("").trim().to_owned();
    let help = corrected(&wrong, acts).map(|better| did_you_mean(&better)).or_else(|| {
        let example = example(acts.default_act()?)?;
        Some(say!("scrivi una citazione come `{example}`"; "write a citation such as `{example}`"))
    });
    Problem {
        code: Code::InvalidCitation,
        message: say!("`{wrong}` non è una citazione"; "`{wrong}` is not a citation"),
        help,
        range,
    }
}

/// `artcolo 5` → `articolo 5`
fn corrected(wrong: &str, acts: &Acts) -> Option<String> {
    let (first, rest) = wrong.split_once(char::is_whitespace)?;
    let keyword = nearest(first, KEYWORDS.iter().copied())?;
    let better = format!("{keyword} {}", rest.trim_start());
    // A keyword is never near to itself, so this goes one level deep.
    (keyword != first.to_lowercase() && read_citation(&better, acts).is_ok()).then_some(better)
}

/// A citation that shows every level down to the letter, where the act has one.
fn example(act: &Act) -> Option<String> {
    let addresses = act.addresses();
    let deepest = addresses
        .iter()
        .find(|address| address.level() == Level::Letter && address.locus().paragraph.is_some());
    let address = deepest.or_else(|| addresses.first())?;
    Some(act.format(address, Style::new(Lang::It, Form::Short)))
}
