//! `activity-lines.yaml`: which body takes part in which line of activity. A blank is "not recorded", never "no".

use crate::diagnostic::{Code, Diagnostic, Lang, SourceFile, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Fields, Node, read};

/// The table of the activity lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityLines {
    /// Where the data come from.
    pub source: Option<String>,
    /// The lines, as the columns of the table.
    pub lines: Vec<Line>,
    /// The groups of bodies.
    pub groups: Vec<Group>,
    /// The bodies, as the rows of the table.
    pub bodies: Vec<Body>,
    /// What is uncertain in the source.
    pub notes: Vec<String>,
    /// The language of the notes, where it is not the handbook's.
    pub notes_language: Option<Lang>,
}

/// A line of activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id in the file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its name stands for, and whether that is only inferred.
    pub expansion: Option<(String, bool)>,
}

/// A group of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id in the file.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A region or an administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its id in the file.
    pub id: String,
    /// Its name; `None` where the source has none.
    pub name: Option<String>,
    /// What the source prints, where the name corrects it.
    pub source_name: Option<String>,
    /// The group's id.
    pub group: String,
    /// The territory of the vocabulary that it is, where its name is not the territory's.
    pub territory: Option<String>,
    /// The ids of the lines that the source records for it.
    pub lines: Vec<String>,
}

impl ActivityLines {
    /// Reads the file; `None` where it cannot be read.
    pub fn load(file: &SourceFile) -> (Option<Self>, Vec<Diagnostic>) {
        read(file, Self::decode)
    }

    fn decode(fields: &mut Fields<'_, '_>) -> Self {
        let source = fields.text("source");
        let (lines, groups, bodies) = (fields.list("lines"), fields.list("groups"), fields.list("bodies"));
        let notes = fields.texts("notes").into_iter().map(|(text, _)| text).collect();
        let notes_language = fields.language("notes_language");
        let decoder = fields.decoder();
        let lines: Vec<Line> = lines.iter().filter_map(|node| line(node, decoder)).collect();
        let groups: Vec<Group> = groups.iter().filter_map(|node| group(node, decoder)).collect();
        let bodies = bodies.iter().filter_map(|node| body(node, &lines, &groups, decoder)).collect();
        Self { source, lines, groups, bodies, notes, notes_language }
    }
}

fn line(node: &Node, decoder: &mut Decoder) -> Option<Line> {
    let mut fields = Fields::of(node, decoder);
    let (id, name) = (fields.required_text("id"), fields.required_text("name"));
    let expansion = fields.node("expansion").filter(|node| node.value != crate::yaml::Value::Null);
    let expansion = expansion.and_then(|node| {
        let mut fields = Fields::of(node, fields.decoder());
        let (value, inferred) = (fields.required_text("value"), fields.boolean("inferred", false));
        fields.finish();
        value.map(|value| (value, inferred))
    });
    fields.finish();
    Some(Line { id: id?, name: name?, expansion })
}

fn group(node: &Node, decoder: &mut Decoder) -> Option<Group> {
    let mut fields = Fields::of(node, decoder);
    let (id, name) = (fields.required_text("id"), fields.required_text("name"));
    // Known to be unknown: the source never expands it.
    fields.node("expansion");
    fields.finish();
    Some(Group { id: id?, name: name? })
}

fn body(node: &Node, lines: &[Line], groups: &[Group], decoder: &mut Decoder) -> Option<Body> {
    let mut fields = Fields::of(node, decoder);
    let id = fields.required_text("id");
    let name = fields.node("name").filter(|node| node.value != crate::yaml::Value::Null);
    let name = name.and_then(|node| node.text(fields.decoder()).map(str::to_owned));
    let source_name = fields.text("source_name");
    let group = fields.text_node("group");
    if group.is_none() {
        fields.missing("group");
    }
    let territory = fields.text("territory");
    let ticks = fields.texts("lines");
    fields.finish();
    let (group, group_node) = group?;
    known(&group, group_node, groups.iter().map(|group| group.id.as_str()), decoder);
    for (line, node) in &ticks {
        known(line, node, lines.iter().map(|line| line.id.as_str()), decoder);
    }
    Some(Body {
        id: id?,
        name,
        source_name,
        group,
        territory,
        lines: ticks.into_iter().map(|(line, _)| line).collect(),
    })
}

fn known<'a>(id: &str, node: &Node, ids: impl Iterator<Item = &'a str> + Clone, decoder: &mut Decoder) {
    if ids.clone().any(|known| known == id) {
        return;
    }
    let help = nearest(id, ids).map(did_you_mean);
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(
            Code::UnknownValue,
            say!("`{id}` non è definito in questo file"; "`{id}` is not defined in this file"),
        )
        .at(place)
        .help_opt(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_in_an_unknown_line_or_group_is_named() {
        let file = SourceFile::new(
            "activity-lines.yaml",
            "lines: [{id: om, name: OM}]\ngroups: [{id: sud, name: Sud, expansion: null}]\n\
             bodies:\n- {id: a, name: A, group: sud, lines: [om]}\n- {id: b, name: null, group: nord, lines: [onn]}\n",
        );
        let (lines, found) = ActivityLines::load(&file);
        let lines = lines.unwrap();
        assert_eq!(lines.bodies.len(), 2);
        assert_eq!(lines.bodies[1].name, None);
        let messages: Vec<_> = found.into_iter().map(|d| d.message.en).collect();
        assert_eq!(messages, ["`nord` is not defined in this file", "`onn` is not defined in this file"]);
    }
}
