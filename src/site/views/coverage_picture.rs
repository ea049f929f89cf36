//! The picture of an act's coverage: a square for each place, a row for each article.

use serde::Serialize;

use crate::act::{Act, Form, Style};
use crate::diagnostic::Lang;
use crate::links::ActCoverage;

/// How many squares stand side by side before a row goes on below.
const MOST_IN_ROW: usize = 16;
/// In the units of the picture: a square with the gap after it, the column of the names, the height of a row.
const STEP: usize = 16;
const NAMES: usize = 60;
const ROW: usize = 18;

/// A picture as an SVG wants it; its units are about a pixel on a phone.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct PictureView {
    width: usize,
    height: usize,
    rows: Vec<PictureRow>,
}

/// An article.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PictureRow {
    label: String,
    /// The line on which the label stands.
    baseline: usize,
    squares: Vec<Square>,
}

/// A place of the article.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Square {
    x: usize,
    y: usize,
    state: &'static str,
}

/// Draws an act's coverage.
pub(super) fn picture(act: &Act, coverage: &ActCoverage, lang: Lang) -> PictureView {
    let mut places = coverage.places.iter().peekable();
    let (mut rows, mut y, mut widest) = (Vec::new(), 0, 0);
    while let Some(first) = places.peek() {
        let article = first.address.article();
        let label = act.format(&first.address.whole_article(), Style::new(lang, Form::Short));
        let mut squares = Vec::new();
        while let Some(place) = places.next_if(|place| place.address.article() == article) {
            let (line, column) = (squares.len() / MOST_IN_ROW, squares.len() % MOST_IN_ROW);
            widest = widest.max(column + 1);
            squares.push(Square { x: NAMES + column * STEP, y: y + line * ROW, state: place.state.name() });
        }
        let lines = squares.len().div_ceil(MOST_IN_ROW);
        rows.push(PictureRow { label, baseline: y + 11, squares });
        y += lines * ROW;
    }
    PictureView { width: NAMES + widest * STEP, height: y, rows }
}
