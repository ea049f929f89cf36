//! Where the bars of a chart stand. Pure geometry: no words of its own, no colours.
//!
//! Lengths down are in `em` and lengths across in percent, so that there is no scale: letters keep the size that
//! the style sheet (or the reader) gives them, and bars take the width that there is. Above each bar stands its
//! label, beside it its value.

use serde::Serialize;

/// One row to draw.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) label: &'a str,
    /// How much, and how a reader writes it; `None` where nothing is recorded.
    pub(super) value: Option<(f64, String)>,
}

/// What `chart.html` draws.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Drawing {
    height: String,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    /// The label, in as many lines as it needs; what is too long ends in `…`.
    label: Vec<Line>,
    /// `None` where nothing is recorded.
    value: Option<String>,
    /// The bar's left end.
    x: String,
    width: String,
    /// The bar's upper edge.
    y: String,
    height: String,
    /// Where nought is.
    zero: String,
    /// Where the line at nought starts and ends.
    axis_top: String,
    axis_bottom: String,
    /// Where the value's text starts, or where it ends if it stands left of the bar.
    text_x: String,
    text_y: String,
    text_left: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    y: String,
    text: String,
}

/// Heights, in em.
const LINE: f64 = 1.3;
const BAR: f64 = 1.1;
const BETWEEN: f64 = 0.7;
/// How far the line at nought stands out of its bar.
const AXIS: f64 = 0.15;
/// Letters that fit in a line on a narrow phone.
const LETTERS: usize = 34;
const MOST_LINES: usize = 2;
/// Percents of the width that a letter of a value takes on a narrow phone, and that all of them take at most.
const LETTER: f64 = 3.0;
const MOST_LETTERS: f64 = 40.0;

/// Draws rows from top to bottom, in their order.
pub(super) fn draw(rows: &[Row<'_>]) -> Drawing {
    let scale = Scale::of(rows);
    let mut top = 0.0;
    let mut bars = Vec::with_capacity(rows.len());
    for row in rows {
        let (bar, bottom) = bar(row, top, scale);
        bars.push(bar);
        top = bottom + BETWEEN;
    }
    Drawing { height: em((top - BETWEEN + AXIS).max(0.0)), bars }
}

fn bar(row: &Row<'_>, top: f64, scale: Scale) -> (Bar, f64) {
    let label: Vec<Line> = (1_u8..)
        .zip(lines(row.label))
        .map(|(number, text)| Line { y: em(top + f64::from(number) * LINE - 0.3), text })
        .collect();
    let y = label.iter().fold(top, |y, _| y + LINE) + AXIS;
    let value = row.value.as_ref().map_or(0.0, |(value, _)| *value);
    let zero = scale.percent(0.0);
    let end = scale.percent(value);
    let text_left = if row.value.is_some() { value < 0.0 } else { zero > 50.0 };
    let bar = Bar {
        label,
        value: row.value.as_ref().map(|(_, text)| text.clone()),
        x: percent(zero.min(end)),
        width: percent((end - zero).abs()),
        y: em(y),
        height: em(BAR),
        zero: percent(zero),
        axis_top: em(y - AXIS),
        axis_bottom: em(y + BAR + AXIS),
        text_x: percent(end),
        text_y: em(y + BAR * 0.75),
        text_left,
    };
    (bar, y + BAR)
}

/// From values to percents of the width; room for the values' text is kept on either side that needs it.
#[derive(Debug, Clone, Copy)]
struct Scale {
    lowest: f64,
    /// From the lowest to the highest value, nought among them.
    span: f64,
    left: f64,
    width: f64,
}

impl Scale {
    fn of(rows: &[Row<'_>]) -> Self {
        let values = || rows.iter().filter_map(|row| row.value.as_ref());
        let lowest = values().fold(0.0, |lowest: f64, (value, _)| lowest.min(*value));
        let highest = values().fold(0.0, |highest: f64, (value, _)| highest.max(*value));
        let room = |is_there: fn(f64) -> bool| {
            let texts = values().filter(|(value, _)| is_there(*value)).map(|(_, text)| text.chars().count());
            let letters = texts.max().and_then(|letters| u16::try_from(letters).ok());
            letters.map_or(0.0, |letters| ((f64::from(letters) + 1.0) * LETTER).min(MOST_LETTERS))
        };
        let left = room(|value| value < 0.0);
        let width = 100.0 - left - room(|value| value >= 0.0);
        // Halves, so that the sum of two very large numbers is still a number.
        Self { lowest: lowest / 2.0, span: highest / 2.0 - lowest / 2.0, left, width }
    }

    fn percent(self, value: f64) -> f64 {
        let part = if self.span > 0.0 { (value / 2.0 - self.lowest) / self.span } else { 0.0 };
        self.left + part * self.width
    }
}

/// A label in lines, broken between words where that is possible.
fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace().flat_map(pieces) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(&word);
        } else if line.chars().count() + 1 + word.chars().count() <= LETTERS {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            *last = cut(last);
        }
    }
    lines
}

/// A line that ends in `…`: without its last word, where the mark would not fit after it.
fn cut(line: &str) -> String {
    if line.chars().count() < LETTERS {
        return format!("{line}…");
    }
    match line.rsplit_once(' ') {
        Some((kept, _)) => format!("{kept}…"),
        None => format!("{}…", line.chars().take(LETTERS - 1).collect::<String>()),
    }
}

/// A word, in pieces where it is longer than a line.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(LETTERS).map(|piece| piece.iter().collect()).collect()
}

fn percent(number: f64) -> String {
    format!("{}%", rounded(number))
}

fn em(number: f64) -> String {
    format!("{}em", rounded(number))
}

/// Two decimals, and no `-0`.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(rows: &[(&str, Option<f64>)]) -> Drawing {
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|(label, value)| Row { label, value: value.map(|value| (value, value.to_string())) })
            .collect();
        draw(&rows)
    }

    /// `left end, width, where the text is` of each bar.
    fn across(rows: &[(&str, Option<f64>)]) -> Vec<String> {
        let bars = drawing(rows).bars;
        bars.iter()
            .map(|bar| {
                let side = if bar.text_left { "left of" } else { "right of" };
                format!("{} {} {side} {}", bar.x, bar.width, bar.text_x)
            })
            .collect()
    }

    #[test]
    fn bars_start_at_nought_and_keep_their_proportion() {
        assert_eq!(
            across(&[("A", Some(50.0)), ("B", Some(25.0)), ("C", Some(0.0))]),
            ["0% 91% right of 91%", "0% 45.5% right of 45.5%", "0% 0% right of 0%"]
        );
    }

    #[test]
    fn negative_values_go_left_of_nought_and_their_text_has_room() {
        assert_eq!(
            across(&[("A", Some(-5.0)), ("B", Some(5.0)), ("C", None)]),
            ["9% 42.5% left of 9%", "51.5% 42.5% right of 94%", "51.5% 0% left of 51.5%"]
        );
        assert_eq!(
            across(&[("A", Some(-4.0)), ("B", Some(-2.0))]),
            ["9% 91% left of 9%", "54.5% 45.5% left of 54.5%"]
        );
    }

    #[test]
    fn a_single_row_all_noughts_and_the_largest_numbers_can_be_drawn() {
        assert_eq!(across(&[("A", Some(7.0))]), ["0% 94% right of 94%"]);
        assert_eq!(across(&[("A", Some(0.0)), ("B", Some(0.0))]), ["0% 0% right of 0%", "0% 0% right of 0%"]);
        assert_eq!(across(&[("A", None)]), ["0% 0% right of 0%"]);
        let huge = across(&[("A", Some(f64::MAX)), ("B", Some(-f64::MAX))]);
        assert_eq!(huge, ["50% 10% right of 60%", "40% 10% left of 40%"]);
        assert_eq!(drawing(&[]).height, "0em");
    }

    #[test]
    fn rows_stand_under_each_other_and_a_long_label_takes_two_lines() {
        let drawing =
            drawing(&[("A", Some(1.0)), ("Organizzazioni della società civile e del lavoro", Some(2.0))]);
        let down: Vec<_> = drawing
            .bars
            .iter()
            .map(|bar| {
                (
                    bar.label.iter().map(|l| (l.y.as_str(), l.text.as_str())).collect::<Vec<_>>(),
                    bar.y.as_str(),
                )
            })
            .collect();
        assert_eq!(
            down,
            [
                (vec![("1em", "A")], "1.45em"),
                (vec![("4.25em", "Organizzazioni della società"), ("5.55em", "civile e del lavoro")], "6em"),
            ]
        );
        assert_eq!(drawing.height, "7.25em");
    }

    #[test]
    fn a_label_that_is_too_long_is_cut_between_its_words_or_within_one() {
        assert_eq!(lines(""), [""]);
        let long =
            lines("uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici");
        assert_eq!(long, ["uno due tre quattro cinque sei", "sette otto nove dieci undici…"]);
        let full = lines(&"Nord ".repeat(20));
        assert_eq!(full, ["Nord Nord Nord Nord Nord Nord Nord", "Nord Nord Nord Nord Nord Nord…"]);
        assert_eq!(cut("Nord Nord Nord Nord Nord Nord Norma"), "Nord Nord Nord Nord Nord Nord…");
        assert_eq!(lines(&"è".repeat(40)), ["è".repeat(34), "è".repeat(6)]);
        assert_eq!(lines(&"è".repeat(90)), ["è".repeat(34), format!("{}…", "è".repeat(33))]);
    }
}
