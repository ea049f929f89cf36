//! The template engine's errors, told to editors: which template, at which line, on which page, and what to do.

use std::ops::Range;

use tera::ErrorKind;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Text, did_you_mean, nearest};
use crate::say;

use super::files::{Named, names};

/// What the engine found wrong in one place.
struct Fault<'f> {
    reason: Reason,
    template: Option<&'f Named>,
    range: Option<Range<usize>>,
}

/// Why a template cannot be used, and what would help.
struct Reason {
    text: Text,
    help: Option<Text>,
}

/// The problems that keep the templates from being compiled.
pub(super) fn unreadable(error: &tera::Error, templates: &[Named]) -> Vec<Diagnostic> {
    let faults = match error.kind() {
        ErrorKind::Msg(reports) => reported(reports, templates),
        kind => vec![fault(kind, templates, None)],
    };
    let faults = faults.into_iter().map(|fault| in_the_handbook(fault, templates));
    let tell = |fault: Fault<'_>| {
        let Text { it, en } = &fault.reason.text;
        let text = say!("il modello non si può leggere: {it}"; "the template cannot be read: {en}");
        diagnostic(text, fault, templates)
    };
    let mut found: Vec<Diagnostic> = faults.map(tell).collect();
    found.dedup();
    found
}

/// A template of the program that cannot be read is not at fault: one of the handbook's that it names is, such as a
/// `base.html` without the block that the others fill.
fn in_the_handbook<'f>(fault: Fault<'f>, templates: &'f [Named]) -> Fault<'f> {
    let Some((_, theirs)) = fault.template.filter(|(_, template)| !template.is_own) else { return fault };
    let named = |(name, template): &&Named| template.is_own && names(theirs.file.text(), name);
    let Some(own) = templates.iter().find(named) else { return fault };
    let Text { it, en } = fault.reason.text;
    let name = &own.0;
    let text = say!("{it}, come serve ai modelli del programma che usano `{name}`"; "{en}, as the program's templates that use `{name}` need it");
    let help = say!("confronta `{name}` con quello del programma"; "compare `{name}` with the program's own");
    Fault { reason: Reason { text, help: Some(help) }, template: Some(own), range: None }
}

/// The problem that keeps a template from being applied to a page.
pub(super) fn inapplicable(
    error: &tera::Error,
    templates: &[Named],
    template: &str,
    page: &str,
) -> Diagnostic {
    let fault = fault(error.kind(), templates, Some(template));
    let Text { it, en } = &fault.reason.text;
    let text = say!("il modello non si può applicare a `{page}`: {it}"; "the template cannot be applied to `{page}`: {en}");
    diagnostic(text, fault, templates)
}

fn diagnostic(text: Text, fault: Fault<'_>, templates: &[Named]) -> Diagnostic {
    let help = fault.reason.help.unwrap_or_else(|| match fault.template {
        Some((name, template)) if !template.is_own => of_the_program(name, templates),
        Some(_) | None => say!(
            "confronta il modello con quello del tema; i valori di ogni modello sono in docs/theme.md";
            "compare the template with the theme's own; the values of each template are in docs/theme.md"
        ),
    });
    let place = fault.template.map(|(_, template)| match fault.range {
        Some(range) => Place::range(&template.file, range),
        None => Place::file(&template.file),
    });
    let diagnostic = Diagnostic::error(Code::Template, text).help(help);
    match place {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}

/// An editor looks for the file in vain: what is wrong is in one of the handbook's own.
fn of_the_program(name: &str, templates: &[Named]) -> Text {
    let own = templates.iter().filter(|(_, template)| template.is_own);
    let own = own.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    say!("`{name}` è del programma e non si adatta ai modelli del manuale: correggi {own}"; "`{name}` is the program's and does not fit the handbook's templates: mend {own}")
}

fn fault<'f>(kind: &ErrorKind, templates: &'f [Named], applied: Option<&str>) -> Fault<'f> {
    let named = |name: &str| templates.iter().find(|(known, _)| known == name);
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (template, range) = (named(report.filename()), report.span().range.clone());
            let before = template
                .and_then(|(_, template)| template.file.text().get(..range.start)?.strip_suffix("t."));
            let is_string =
                before.is_some_and(|text| !text.ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c)));
            Fault { reason: reason(report.message(), is_string, templates), template, range: Some(range) }
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => circle(
            tpl,
            chain,
            templates,
            &say!("i modelli si estendono in circolo"; "the templates extend each other in a circle"),
        ),
        ErrorKind::CircularInclude { include_chain: chain, .. } => {
            let (first, rest) =
                chain.split_first().map_or(("", chain.as_slice()), |(first, rest)| (first, rest));
            circle(
                first,
                rest,
                templates,
                &say!("i modelli si includono in circolo"; "the templates include each other in a circle"),
            )
        }
        ErrorKind::MissingParent { current, parent } => {
            at_name(current, parent, unknown_template(parent, templates), templates)
        }
        other => Fault {
            reason: reason(&other.to_string(), false, templates),
            template: applied.and_then(named),
            range: None,
        },
    }
}

/// A circle of templates: `first`, then `chain`, of which the last closes it. The handbook's own part of it is to mend.
fn circle<'f>(first: &str, chain: &[String], templates: &'f [Named], what: &Text) -> Fault<'f> {
    let names: Vec<&str> = [first].into_iter().chain(chain.iter().map(String::as_str)).collect();
    // What leads into the circle is no part of it.
    let start = names.iter().position(|name| Some(name) == names.last()).unwrap_or(0);
    let names = names.get(start..).unwrap_or(&names);
    let shown = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ");
    let is_own = |name: &str| templates.iter().any(|(known, template)| known == name && template.is_own);
    let steps = || names.iter().zip(names.iter().skip(1));
    let step = steps().find(|(from, _)| is_own(from)).or_else(|| steps().next());
    let Text { it, en } = what;
    let text = say!("{it}: {shown}"; "{en}: {shown}");
    let help = say!("togli uno dei rimandi"; "take one of the references away");
    let (from, to) = step.map_or((first, first), |(from, to)| (*from, *to));
    at_name(from, to, Reason { text, help: Some(help) }, templates)
}

/// The fault of a template that names another one, at that name.
fn at_name<'f>(template: &str, other: &str, reason: Reason, templates: &'f [Named]) -> Fault<'f> {
    let template = templates.iter().find(|(name, _)| name == template);
    let range = template.and_then(|(_, template)| {
        let text = template.file.text();
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{other}{quote}"));
        quoted.iter().find_map(|quoted| text.find(quoted.as_str()).map(|at| at..at + quoted.len()))
    });
    Fault { reason, template, range }
}

/// The engine checks the names in all templates at once, and tells what it found as one text: each problem is a line
/// `error: …` and below it `--> template:line:column`, with the place underlined further down.
fn reported<'f>(reports: &str, templates: &'f [Named]) -> Vec<Fault<'f>> {
    let lines: Vec<&str> = reports.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(number, line)| {
        let message = line.strip_prefix("error: ")?;
        let place = lines.get(number + 1)?.trim_start().strip_prefix("--> ")?;
        let underlined = lines.get(number + 4).map_or(0, |line| line.matches('^').count());
        Some((message, place, underlined))
    });
    let faults: Vec<_> = starts
        .map(|(message, place, underlined)| {
            let mut parts = place.rsplitn(3, ':');
            let (column, line, name) = (parts.next(), parts.next(), parts.next());
            let template = templates.iter().find(|(known, _)| Some(known.as_str()) == name);
            let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
            let range = template.and_then(|(_, template)| {
                range_at(&template.file, number(line)?, number(column)?, underlined)
            });
            Fault { reason: reason(message, false, templates), template, range }
        })
        .collect();
    if faults.is_empty() {
        vec![Fault { reason: reason(reports, false, templates), template: None, range: None }]
    } else {
        faults
    }
}

/// The bytes of so many characters from a line and a column on, both counted from 1.
fn range_at(file: &SourceFile, line: usize, column: usize, characters: usize) -> Option<Range<usize>> {
    let text = file.text();
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(before..)?;
    let at = |number: usize| rest.char_indices().nth(number).map_or(rest.len(), |(at, _)| at);
    let start = column.checked_sub(1)?;
    Some(before + at(start)..before + at(start + characters))
}

/// The engine's words in both languages, where they are among those that editors meet; else as they are.
fn reason(message: &str, is_string: bool, templates: &[Named]) -> Reason {
    let (what, known) = match message.split_once(" is not defined.") {
        Some((what, known)) => (what, known.split_once(": ").map(|(_, known)| known)),
        None => (message.strip_suffix(" is not defined").unwrap_or(message), None),
    };
    let name = what.split('`').nth(1).unwrap_or_default();
    let plain = |text: Text| Reason { text, help: None };
    match what.split('`').next().map(str::trim_end) {
        Some("Field") if is_string => Reason {
            text: say!("la scritta `{name}` non c'è"; "there is no string `{name}`"),
            help: Some(missing_string(name, known)),
        },
        Some("Field" | "Variable") if what.len() < message.len() => Reason {
            text: say!("il valore `{name}` non c'è"; "there is no value `{name}`"),
            help: Some(known.map_or_else(may_be_null, |known| missing_name(name, known))),
        },
        Some("Asset") => Reason {
            text: say!("il tema non ha il file `assets/{name}`"; "the theme has no file `assets/{name}`"),
            help: known.map(|known| missing_name(name, known)),
        },
        Some("Unknown template") => unknown_template(name, templates),
        Some("Unknown filter") => plain(say!("il filtro `{name}` non c'è"; "there is no filter `{name}`")),
        Some("Unknown function") => {
            plain(say!("la funzione `{name}` non c'è"; "there is no function `{name}`"))
        }
        Some("Unknown test") => plain(say!("la prova `{name}` non c'è"; "there is no test `{name}`")),
        Some("Unknown component") => {
            plain(say!("il componente `{name}` non c'è"; "there is no component `{name}`"))
        }
        Some("Block") => plain(
            say!("manca il blocco `{name}` nel modello esteso"; "the block `{name}` is missing in the template that is extended"),
        ),
        Some("Iteration not possible on type") if name == "undefined" => {
            plain(say!("la lista da scorrere non c'è"; "the list to go through is not there"))
        }
        Some(_) | None => plain(Text::verbatim(message)),
    }
}

fn unknown_template(name: &str, templates: &[Named]) -> Reason {
    let known = templates.iter().map(|(known, _)| known.as_str());
    let help = nearest(name, known).map(did_you_mean);
    Reason {
        text: say!("il modello `{name}` non c'è"; "there is no template `{name}`"),
        help: help.or_else(|| {
            Some(say!("aggiungi `templates/{name}` al tema"; "add `templates/{name}` to the theme"))
        }),
    }
}

/// `known` is the engine's list of what is there.
fn missing_name(name: &str, known: &str) -> Text {
    match nearest(name, known.split(", ")) {
        Some(near) => did_you_mean(near),
        None => {
            let known: Vec<_> = known.split(", ").map(|known| format!("`{known}`")).collect();
            let known = known.join(", ");
            say!("qui ci sono {known}"; "there are {known} here")
        }
    }
}

/// The engine lists nothing where the value around it holds nothing.
fn may_be_null() -> Text {
    say!("il valore che lo contiene può mancare: chiedi prima con `{{% if … %}}`"; "the value that holds it may be missing: ask first with `{{% if … %}}`")
}

fn missing_string(name: &str, known: Option<&str>) -> Text {
    match known.and_then(|known| nearest(name, known.split(", "))) {
        Some(near) => did_you_mean(near),
        None => {
            say!("aggiungi una riga `{name}: …` alle scritte del tema, in `strings/it.yaml` e `strings/en.yaml`"; "add a line `{name}: …` to the theme's strings, in `strings/it.yaml` and `strings/en.yaml`")
        }
    }
}
