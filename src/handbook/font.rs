//! The letters that a handbook brings itself.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::say;
use crate::yaml::{Decoder, Fields, Node};

use super::IdReference;

/// A family of letters for the whole site, out of files of the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// Its name, without quotes and backslashes.
    pub family: String,
    /// Its files, one for each weight and style.
    pub files: Vec<FontFile>,
}

/// One file of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// The file.
    pub file: IdReference,
    /// What kind of file it is.
    pub format: FontFormat,
    /// The weights that it has.
    pub weight: Weight,
    /// Whether its letters slope.
    pub italic: bool,
}

/// The kinds of file that browsers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontFormat {
    /// The smallest.
    Woff2,
    /// The one before it.
    Woff,
    /// `.ttf`.
    TrueType,
    /// `.otf`.
    OpenType,
}

impl FontFormat {
    fn of(file: &str) -> Option<Self> {
        let (_, extension) = file.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "woff2" => Some(Self::Woff2),
            "woff" => Some(Self::Woff),
            "ttf" => Some(Self::TrueType),
            "otf" => Some(Self::OpenType),
            _ => None,
        }
    }

    /// The name that CSS gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Woff2 => "woff2",
            Self::Woff => "woff",
            Self::TrueType => "truetype",
            Self::OpenType => "opentype",
        }
    }
}

/// The thinnest and the boldest weight of a file, from 1 to 1000; equal unless it is a variable font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    thinnest: u16,
    boldest: u16,
}

impl Weight {
    const REGULAR: Self = Self { thinnest: 400, boldest: 400 };

    fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u16> = text.split_whitespace().map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let (thinnest, boldest) = match numbers.as_slice() {
            [only] => (*only, *only),
            [first, last] => (*first, *last),
            _ => return None,
        };
        (1 <= thinnest && thinnest <= boldest && boldest <= 1000).then_some(Self { thinnest, boldest })
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.thinnest == self.boldest {
            write!(f, "{}", self.thinnest)
        } else {
            write!(f, "{} {}", self.thinnest, self.boldest)
        }
    }
}

impl Font {
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let mut fields = Fields::of(node, decoder);
        fields.require("family");
        let family = fields.text_node("family").and_then(|(name, node)| family(name, node, fields.decoder()));
        fields.require("files");
        let files = fields.list("files");
        let files = files.iter().filter_map(|node| file(node, fields.decoder())).collect();
        fields.finish();
        Some(Self { family: family?, files })
    }
}

/// A name that cannot end the text in which the style sheet writes it.
fn family(name: String, node: &Node, decoder: &mut Decoder) -> Option<String> {
    if !name.contains(|c: char| c.is_control() || matches!(c, '"' | '\'' | '\\' | '<' | '>')) {
        return Some(name);
    }
    let message = say!("`{name}` non è il nome di un carattere"; "`{name}` is not the name of a font");
    let help = say!("scrivi il nome con lettere, cifre e spazi: `Titillium Web`"; "write the name in letters, digits and blanks: `Titillium Web`");
    invalid(node, decoder, message, help);
    None
}

fn file(node: &Node, decoder: &mut Decoder) -> Option<FontFile> {
    let mut fields = Fields::of(node, decoder);
    fields.require("file");
    let file = fields.text_node("file");
    let format = file.as_ref().and_then(|(name, node)| format(name, node, fields.decoder()));
    let weight = match fields.text_node("weight") {
        Some((text, node)) => weight(&text, node, fields.decoder()),
        None => Some(Weight::REGULAR),
    };
    let italic = fields.boolean("italic", false);
    fields.finish();
    Some(FontFile { file: IdReference::new(file?), format: format?, weight: weight?, italic })
}

fn format(name: &str, node: &Node, decoder: &mut Decoder) -> Option<FontFormat> {
    let format = FontFormat::of(name);
    if format.is_none() {
        let message = say!("`{name}` non è il file di un carattere"; "`{name}` is not the file of a font");
        let help = say!("serve un file `.woff2`; vanno bene anche `.woff`, `.ttf` e `.otf`"; "it takes a `.woff2` file; `.woff`, `.ttf` and `.otf` will do, too");
        invalid(node, decoder, message, help);
    }
    format
}

fn weight(text: &str, node: &Node, decoder: &mut Decoder) -> Option<Weight> {
    let weight = Weight::parse(text);
    if weight.is_none() {
        let message = say!("`{text}` non è un peso"; "`{text}` is not a weight");
        let help = say!("scrivi `400` per il tondo, `700` per il neretto, `\"200 900\"` per un carattere variabile"; "write `400` for regular, `700` for bold, `\"200 900\"` for a variable font");
        invalid(node, decoder, message, help);
    }
    weight
}

fn invalid(node: &Node, decoder: &mut Decoder, message: Text, help: Text) {
    let place = node.place(decoder);
    decoder.report(Diagnostic::error(Code::InvalidValue, message).at(place).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_one_number_or_the_two_ends_of_a_variable_font() {
        let written = |text: &str| Weight::parse(text).map(|weight| weight.to_string());
        assert_eq!(written("700").as_deref(), Some("700"));
        assert_eq!(written("200 900").as_deref(), Some("200 900"));
        for wrong in ["", "bold", "0", "900 200", "400 1001", "1 2 3"] {
            assert_eq!(Weight::parse(wrong), None, "{wrong}");
        }
    }
}
