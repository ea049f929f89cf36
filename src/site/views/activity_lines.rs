//! The table of the activity lines.

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::handbook::{ActivityLines, Body, Line};

use super::super::{SitePath, Volume};
use super::frame::{Frame, PageInfo};

/// What `activity-lines.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ActivityLinesPage {
    frame: Frame,
    title: String,
    source: Option<String>,
    lines: Vec<LineView>,
    groups: Vec<GroupView>,
    notes: Vec<String>,
    /// The language of the notes, where it is not the page's.
    notes_lang: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct LineView {
    name: String,
    /// What the name stands for.
    expansion: Option<String>,
    /// Whether the expansion is only inferred.
    inferred: bool,
    /// How many bodies the source records for it.
    count: usize,
    /// Their names; those without one are only counted.
    bodies: Vec<String>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    name: String,
    bodies: Vec<BodyView>,
}

#[derive(Debug, Serialize)]
struct BodyView {
    /// `None` where the source has no name.
    name: Option<String>,
    source_name: Option<String>,
    /// In the order of the lines: whether the source records it; `false` is "not recorded", never "no".
    recorded: Vec<bool>,
    /// For how many lines it is recorded.
    count: usize,
}

/// The view of the activity lines.
pub(in crate::site) fn activity_lines(volume: &Volume, path: &SitePath) -> ActivityLinesPage {
    let info = PageInfo::made(volume, "activity_lines", "activity_lines_description");
    let title = info.title.to_owned();
    let frame = Frame::new(volume, path, info);
    let empty = ActivityLines::default();
    let data = volume.handbook.activity_lines.as_deref().unwrap_or(&empty);
    let groups = data.groups.iter().map(|group| GroupView {
        name: group.name.clone(),
        bodies: data
            .bodies
            .iter()
            .filter(|body| body.group == group.id)
            .map(|body| body_view(body, data))
            .collect(),
    });
    ActivityLinesPage {
        frame,
        title,
        source: data.source.clone(),
        lines: data.lines.iter().map(|line| line_view(line, data)).collect(),
        groups: groups.collect(),
        notes: data.notes.clone(),
        notes_lang: data.notes_language.map(Lang::tag),
    }
}

fn line_view(line: &Line, data: &ActivityLines) -> LineView {
    let recorded: Vec<_> = data.bodies.iter().filter(|body| body.lines.contains(&line.id)).collect();
    LineView {
        name: line.name.clone(),
        expansion: line.expansion.as_ref().map(|(value, _)| value.clone()),
        inferred: line.expansion.as_ref().is_some_and(|(_, inferred)| *inferred),
        count: recorded.len(),
        bodies: recorded.into_iter().filter_map(|body| body.name.clone()).collect(),
    }
}

fn body_view(body: &Body, data: &ActivityLines) -> BodyView {
    BodyView {
        name: body.name.clone(),
        source_name: body.source_name.clone(),
        recorded: data.lines.iter().map(|line| body.lines.contains(&line.id)).collect(),
        count: data.lines.iter().filter(|line| body.lines.contains(&line.id)).count(),
    }
}
