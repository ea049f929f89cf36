//! Readable ASCII for addresses: the ids of headings and the paths of pages.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case ASCII letters and digits in words joined by hyphens; empty when nothing of the text can be
/// written so.
///
/// ```
/// assert_eq!(vademecum::markdown::slug("Perché l'AdG è responsabile?"), "perche-l-adg-e-responsabile");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let folded: String;
    let ascii = if text.is_ascii() {
        text
    } else {
        folded = deunicode::deunicode(text);
        &folded
    };
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The text without accents, in its own upper and lower case: `responsabilità` and `responsabilita` are one.
pub fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A name different from all that are taken, by a number where it must be; it is then taken too.
pub fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let mut unique = name.to_owned();
    let mut count = 1;
    while !taken.insert(unique.clone()) {
        count += 1;
        unique = format!("{name}-{count}");
    }
    unique
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slug_is_readable_ascii_in_any_script() {
        for (text, expected) in [
            ("Ambito di applicazione", "ambito-di-applicazione"),
            ("Perché è così", "perche-e-cosi"),
            ("  1. Œuvre -- ß!  ", "1-oeuvre-ss"),
            ("Ελλάδα", "ellada"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn accents_go_and_case_stays() {
        assert_eq!(without_accents("Responsabilità"), "Responsabilita");
    }

    proptest! {
        #[test]
        fn a_slug_holds_only_what_an_address_can(text in "\\PC{0,40}") {
            let slug = slug(&text);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        }
    }
}
