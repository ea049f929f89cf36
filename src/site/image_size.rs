//! How large an image is, read from the image itself.

/// Width and height in CSS pixels.
pub(super) type ImageSize = (u32, u32);

/// The size of an image in one of the forms that browsers show; `None` for anything else, and for an SVG that fits any
/// frame.
pub(super) fn image_size(extension: &str, bytes: &[u8]) -> Option<ImageSize> {
    match extension {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => {
            let size = imagesize::blob_size(bytes).ok()?;
            Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
        }
        "svg" => svg_size(std::str::from_utf8(bytes).ok()?),
        _ => None,
    }
    .filter(|(width, height)| *width > 0 && *height > 0)
}

/// What `width` and `height` say, else the size of the drawing (`viewBox`): SVG 2, section 8.
fn svg_size(text: &str) -> Option<ImageSize> {
    if may_explode(text) {
        return None;
    }
    // Drawing programs write a DOCTYPE.
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    let length = |name| root.attribute(name).and_then(pixels);
    let drawing = root.attribute("viewBox").and_then(|view| {
        let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        let mut next = || numbers.next().and_then(pixels);
        Some((next()?, next()?))
    });
    match (length("width"), length("height"), drawing) {
        (Some(width), Some(height), _) => Some((whole(width)?, whole(height)?)),
        (Some(width), None, Some((w, h))) => Some((whole(width)?, whole(width * h / w)?)),
        (None, Some(height), Some((w, h))) => Some((whole(height * w / h)?, whole(height)?)),
        (None, None, Some((w, h))) => Some((whole(w)?, whole(h)?)),
        (_, _, None) => None,
    }
}

/// The most bytes that the entities of a drawing may become.
const MOST_OF_ENTITIES: usize = 16 << 20;

/// How many references the parser follows for one: more are an error, but each may be as long as the file allows, and
/// references in the drawing itself are not counted.
const NESTED: usize = 256;

/// Whether a small file may fill the memory: a long entity that is named again and again.
fn may_explode(text: &str) -> bool {
    let Some(declared) = entities(text) else { return false };
    let nested = if declared.contains('&') { NESTED } else { 1 };
    text.matches('&').count().saturating_mul(declared.len()).saturating_mul(nested) > MOST_OF_ENTITIES
}

/// From the first declaration of an entity to the end of the last one; no entity is longer.
fn entities(text: &str) -> Option<&str> {
    const DECLARATION: &str = "<!ENTITY";
    let last = text.rfind(DECLARATION)?;
    let rest = text.get(last..)?;
    let end = rest.find(['"', '\'']).and_then(|quote| {
        let value = quote + 1;
        let closing = if rest.get(quote..)?.starts_with('"') { '"' } else { '\'' };
        Some(value + rest.get(value..)?.find(closing)?)
    });
    text.get(text.find(DECLARATION)?..last + end.unwrap_or(rest.len()))
}

/// A length in pixels; `None` for one that depends on the page (`100%`, `2em`).
fn pixels(length: &str) -> Option<f64> {
    // CSS Values 4, section 6.2: what a unit is in pixels.
    let units = [
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 9.6 / 2.54),
    ];
    let length = length.trim();
    let (number, unit) = units
        .iter()
        .find_map(|(name, unit)| Some((length.strip_suffix(name)?, *unit)))
        .unwrap_or((length, 1.0));
    number.trim().parse::<f64>().ok().map(|number| number * unit).filter(|pixels| *pixels > 0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the range just before"
)]
fn whole(pixels: f64) -> Option<u32> {
    let rounded = pixels.round();
    (rounded >= 1.0 && rounded <= f64::from(u32::MAX)).then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_size_that_it_says_or_that_of_its_frame() {
        for (attributes, size) in [
            ("width=\"300\" height=\"150\"", Some((300, 150))),
            ("width=\"96pt\" height=\"1in\"", Some((128, 96))),
            ("viewBox=\"0 0 640 480\"", Some((640, 480))),
            ("viewBox=\"0,0,640,480\" width=\"320\"", Some((320, 240))),
            ("viewBox=\"0 0 640 480\" width=\"100%\" height=\"100%\"", Some((640, 480))),
            ("width=\"100%\"", None),
            ("viewBox=\"0 0 0 480\"", None),
            ("", None),
        ] {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
            assert_eq!(image_size("svg", svg.as_bytes()), size, "{attributes}");
        }
        assert_eq!(image_size("svg", b"<svg"), None);
    }

    #[test]
    fn a_drawing_that_would_grow_without_bounds_has_no_size_and_one_with_short_entities_has() {
        let svg = |entity: &str, references: usize| {
            let named = "&a;".repeat(references);
            format!("<!DOCTYPE svg [<!ENTITY a \"{entity}\">]><svg width=\"3\" height=\"2\">{named}</svg>")
        };
        assert_eq!(image_size("svg", svg("http://www.w3.org/2000/svg", 9).as_bytes()), Some((3, 2)));
        assert_eq!(image_size("svg", svg(&"A".repeat(200_000), 40_000).as_bytes()), None);
        let nested = format!("{}\"> <!ENTITY b '&a;&a;&a;'> <!ENTITY c \"", "A".repeat(200_000));
        assert_eq!(image_size("svg", svg(&nested, 9).as_bytes()), None);
    }

    #[test]
    fn other_images_say_their_size_in_their_first_bytes_and_what_is_no_image_has_none() {
        let gif = b"GIF89a\x03\x00\x02\x00\x80\x00\x00";
        assert_eq!(image_size("gif", gif), Some((3, 2)));
        assert_eq!(image_size("png", b"not an image"), None);
        assert_eq!(image_size("csv", gif), None);
    }
}
