//! The style sheet that is published: the theme's, with the handbook's own colour and font written at its end.
//!
//! A sheet of their own would be one more request of every first visit, and a `style` attribute is what the
//! site's policy forbids.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::{Colour, Font, Handbook};
use crate::links::Links;
use crate::say;
use crate::theme::Theme;

use super::SitePath;
use super::page::Pages;

/// The theme's own style sheet.
pub(super) const STYLESHEET: &str = "style.css";

/// What WCAG 2.2 AA wants of words and their ground (success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

/// The style sheet of a handbook that has a colour or a font of its own, and what is wrong with them; `None`
/// where the theme's serves as it is.
pub(super) fn stylesheet(
    handbook: &Handbook,
    links: &Links,
    pages: &Pages,
    theme: &Theme,
) -> (Option<Vec<u8>>, Option<Diagnostic>) {
    let Some(theirs) = theme.asset(STYLESHEET) else { return (None, None) };
    let css = String::from_utf8_lossy(theirs);
    let palette = Palette::of(&css);
    let (colours, problem) = match &handbook.config.primary_color {
        Some((colour, range)) => (palette.rules(*colour), palette.problem(*colour, range, handbook)),
        None => (None, None),
    };
    let font = handbook.config.font.as_ref().map(|font| font_rules(font, &css, handbook, links, pages));
    if colours.is_none() && font.is_none() {
        return (None, problem);
    }
    let own = colours.into_iter().chain(font).collect::<String>();
    (Some(format!("{css}\n/* The handbook's own */\n{own}").into_bytes()), problem)
}

/// The colours of a style sheet that meet the primary colour.
struct Palette {
    /// The sheet's own primary colour.
    primary: Option<Colour>,
    /// What is written on the primary colour, in light and in dark.
    on: Vec<Colour>,
    /// What links are written on, in light.
    light: Vec<Colour>,
    /// What links are written on, in dark.
    dark: Vec<Colour>,
}

impl Palette {
    /// A style sheet of a handbook may lack some of them: what is not there meets nothing.
    fn of(css: &str) -> Self {
        let pair = |name| declared(css, name).and_then(light_and_dark);
        let grounds: Vec<_> = ["--back", "--surface", "--mark"].into_iter().filter_map(pair).collect();
        let on = pair("--on-primary").map(|(light, dark)| vec![light, dark]).unwrap_or_default();
        Self {
            primary: pair("--primary").map(|(light, _)| light),
            on,
            light: grounds.iter().map(|(light, _)| *light).collect(),
            dark: grounds.iter().map(|(_, dark)| *dark).collect(),
        }
    }

    /// The colour, and the shades of it that read as words on the grounds of light and dark. The theme's own
    /// colour needs none: its shades are chosen by hand.
    fn rules(&self, colour: Colour) -> Option<String> {
        if self.primary == Some(colour) {
            return None;
        }
        let light = colour.towards(Colour::BLACK, &self.light, CONTRAST).unwrap_or(Colour::BLACK);
        let dark = colour.towards(Colour::WHITE, &self.dark, CONTRAST).unwrap_or(Colour::WHITE);
        let shades = format!("light-dark({light}, {dark})");
        Some(format!(":root {{ --primary: {colour}; --link: {shades}; --accent: {shades}; }}\n"))
    }

    /// The theme's words on the colour would not be read.
    fn problem(&self, colour: Colour, range: &Range<usize>, handbook: &Handbook) -> Option<Diagnostic> {
        let contrast = |other: &Colour| colour.contrast(*other);
        let worst = self.on.iter().min_by(|a, b| contrast(a).total_cmp(&contrast(b)))?;
        if contrast(worst) >= CONTRAST {
            return None;
        }
        // Rounded down: what is not enough must not look as if it were.
        let ratio = format!("{:.2}", (contrast(worst) * 100.0).floor() / 100.0);
        let comma = ratio.replace('.', ",");
        let nearest = colour.nearest(&self.on, CONTRAST);
        let help = nearest.map(|nearest| {
            say!("il colore più vicino che si legge è `primary_color: \"{nearest}\"`"; "the nearest colour that reads is `primary_color: \"{nearest}\"`")
        });
        let message = say!(
            "su `{colour}` le parole `{worst}` del tema hanno un contrasto di {comma}:1, e ne serve almeno 4,5:1";
            "on `{colour}` the theme's words in `{worst}` have a contrast of {ratio}:1, and it takes at least 4.5:1"
        );
        let place = handbook.config_file.as_ref().map(|file| Place::range(file, range.clone()));
        let mut problem = Diagnostic::error(Code::LowContrast, message).help_opt(help);
        problem.place = place;
        Some(problem)
    }
}

/// The files of a font, and the font before those that the style sheet names anyway.
fn font_rules(font: &Font, css: &str, handbook: &Handbook, links: &Links, pages: &Pages) -> String {
    let sheet = SitePath::file(&format!("assets/{STYLESHEET}"));
    let family = &font.family;
    let faces = font.files.iter().filter_map(|file| {
        let (path, _) = pages.of_target(links.setting(&file.file)?, handbook)?;
        let (href, format, weight) = (sheet.href_to(&path), file.format.name(), file.weight);
        let style = if file.italic { "italic" } else { "normal" };
        Some(format!("@font-face {{ font-family: \"{family}\"; src: url(\"{href}\") format(\"{format}\"); font-weight: {weight}; font-style: {style}; font-display: swap; }}\n"))
    });
    let faces: String = faces.collect();
    let others = declared(css, "--sans").unwrap_or("sans-serif");
    format!("{faces}:root {{ --sans: \"{family}\", {others}; }}\n")
}

/// The value that a style sheet first gives a custom property.
fn declared<'c>(css: &'c str, name: &str) -> Option<&'c str> {
    let starts = css.match_indices(name).map(|(at, _)| at);
    let mut values = starts.filter_map(|at| {
        let rest = css.get(at..)?.strip_prefix(name)?.trim_start().strip_prefix(':')?;
        let before = css.get(..at)?.chars().next_back();
        let is_whole = before.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ';' | '/'));
        is_whole.then(|| rest.split([';', '}']).next().map(str::trim))?
    });
    values.next()
}

/// The colours of a value in light and in dark: `#fff`, or `light-dark(#fff, #12181f)`.
fn light_and_dark(value: &str) -> Option<(Colour, Colour)> {
    match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
        Some(both) => {
            let (light, dark) = both.split_once(',')?;
            Colour::parse(light.trim()).zip(Colour::parse(dark.trim()))
        }
        None => Colour::parse(value).map(|colour| (colour, colour)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = include_str!("../../themes/italia/assets/style.css");

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn the_theme_says_its_colours_in_a_form_that_is_understood() {
        let palette = Palette::of(CSS);
        assert_eq!(palette.primary, Some(colour("#0066cc")));
        assert_eq!(palette.on, [Colour::WHITE; 2]);
        assert_eq!((palette.light.len(), palette.dark.len()), (3, 3));
        assert!(palette.light.contains(&Colour::WHITE));
    }

    #[test]
    fn the_themes_own_shades_keep_the_contrast_that_is_demanded_of_others() {
        let palette = Palette::of(CSS);
        for name in ["--link", "--text", "--muted"] {
            let (light, dark) = declared(CSS, name).and_then(light_and_dark).unwrap();
            assert!(light.reads_on(&palette.light, CONTRAST), "{name} {light}");
            assert!(dark.reads_on(&palette.dark, CONTRAST), "{name} {dark}");
        }
    }

    /// Every colour on which white words read, in steps: their shades read on every ground.
    #[test]
    fn the_shades_of_any_colour_read_in_light_and_in_dark() {
        let palette = Palette::of(CSS);
        let steps = || (0..=255_u32).step_by(15);
        let all = steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b))));
        let all = all.map(|(r, g, b)| colour(&format!("#{r:02x}{g:02x}{b:02x}")));
        let fit: Vec<_> = all.filter(|colour| colour.reads_on(&palette.on, CONTRAST)).collect();
        assert!(fit.len() > 1000);
        for colour in fit {
            let rules = palette.rules(colour).unwrap();
            let (light, dark) = declared(&rules, "--link").and_then(light_and_dark).unwrap();
            assert!(light.reads_on(&palette.light, CONTRAST), "{rules}");
            assert!(dark.reads_on(&palette.dark, CONTRAST), "{rules}");
        }
    }

    #[test]
    fn a_property_is_found_by_its_whole_name() {
        assert_eq!(declared(":root { --on-primary: #fff; --primary: #06c }", "--primary"), Some("#06c"));
        assert_eq!(declared("a { color: var(--back) } :root{--back:#fff}", "--back"), Some("#fff"));
        assert_eq!(declared("a { color: var(--back) }", "--back"), None);
    }
}
