//! The forms of a glossary's terms, found in prose: whole words, the longest form first.

use std::collections::HashMap;
use std::ops::Range;

/// Every form in which a text may use a term. A word with capitals, such as an acronym, is found only as it is
/// written; other forms in any case.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By the first word, in lower case; the longest form first.
    by_first: HashMap<String, Vec<Form>>,
}

#[derive(Debug, Clone)]
struct Form {
    term: usize,
    /// As it must be written; `None` for any case.
    exactly: Option<String>,
    /// What follows the first word: what stands between, and the next word in lower case.
    rest: Vec<(String, String)>,
}

impl Lexicon {
    /// A lexicon of forms, each with the number of its term; of two equal forms the first counts.
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, usize)>) -> Self {
        let mut lexicon = Self::default();
        for (form, term) in forms {
            let words: Vec<_> = words(form).collect();
            let Some((first, rest)) = words.split_first() else { continue };
            let mut end = first.end;
            let rest: Vec<_> = rest
                .iter()
                .map(|word| {
                    let between = part(form, end..word.start);
                    end = word.end;
                    (between.to_owned(), part(form, word.clone()).to_lowercase())
                })
                .collect();
            let first = part(form, first.clone());
            let is_exact = rest.is_empty() && first.chars().any(char::is_uppercase);
            let exactly = is_exact.then(|| first.to_owned());
            lexicon.by_first.entry(first.to_lowercase()).or_default().push(Form { term, exactly, rest });
        }
        for forms in lexicon.by_first.values_mut() {
            // A stable sort: of two equal forms the first stays first.
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        lexicon
    }

    /// Whether it has no form.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The terms that a text uses, in order, without overlaps, each with its place.
    pub fn scan(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        if self.is_empty() {
            return found;
        }
        for word in words(text) {
            if found.last().is_none_or(|(_, last)| last.end <= word.start) {
                found.extend(self.at(text, &word));
            }
        }
        found
    }

    /// The longest form that starts with a word.
    fn at(&self, text: &str, first: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let written = part(text, first.clone());
        let forms = match is_lower(written) {
            true => self.by_first.get(written),
            false => self.by_first.get(&written.to_lowercase()),
        };
        let fits = |form: &Form| {
            let end = form.end(text, first)?;
            let range = first.start..end;
            stands_alone(text, &range).then_some((form.term, range))
        };
        forms?.iter().find_map(fits)
    }
}

impl Form {
    /// Where the form ends that starts with a word; `None` where the text says something else.
    fn end(&self, text: &str, first: &Range<usize>) -> Option<usize> {
        if self.exactly.as_deref().is_some_and(|form| form != part(text, first.clone())) {
            return None;
        }
        let mut end = first.end;
        let mut next = words_from(text, end);
        for (between, word) in &self.rest {
            let following = next.next()?;
            let written = part(text, following.clone());
            let same = if is_lower(written) { written == word } else { written.to_lowercase() == *word };
            if !same || !same_gap(between, part(text, end..following.start)) {
                return None;
            }
            end = following.end;
        }
        Some(end)
    }
}

/// The words of a text: letters and digits, with the `+` that ends a name such as `FSE+`.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    words_from(text, 0)
}

/// Those of the words that begin with a capital letter of ASCII.
pub(super) fn capitalised_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let next = move || {
        let start = from + text.as_bytes().get(from..)?.iter().position(u8::is_ascii_uppercase)?;
        from = end_of_word(text, start);
        Some(start..from)
    };
    let begins = |word: &Range<usize>| !part(text, 0..word.start).ends_with(char::is_alphanumeric);
    std::iter::from_fn(next).filter(begins)
}

fn words_from(text: &str, mut at: usize) -> impl Iterator<Item = Range<usize>> {
    std::iter::from_fn(move || {
        let start = skip::<false>(text, at);
        at = end_of_word(text, start);
        (start < at).then_some(start..at)
    })
}

fn end_of_word(text: &str, start: usize) -> usize {
    let end = skip::<true>(text, start);
    if start == end {
        end
    } else {
        end + part(text, end..text.len()).bytes().take_while(|byte| *byte == b'+').count()
    }
}

/// The first place from `at` on that is no letter or digit, or is one.
fn skip<const OF_WORD: bool>(text: &str, mut at: usize) -> usize {
    // Every letter of the handbook passes here: those of one byte without being decoded.
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() != OF_WORD {
                break;
            }
            at += 1;
        } else {
            let letter = part(text, at..text.len()).chars().next();
            match letter.filter(|letter| letter.is_alphanumeric() == OF_WORD) {
                Some(letter) => at += letter.len_utf8(),
                None => break,
            }
        }
    }
    at
}

/// Whether a place is no part of a longer name: `programma-quadro`, `nome@ente.it`, `LG-04.1`.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let glue = |letter: &char| matches!(letter, '-' | '‑' | '.' | '@' | '_');
    let mut before = part(text, 0..range.start).chars().rev();
    let mut after = part(text, range.end..text.len()).chars();
    let glued_before =
        before.next().as_ref().is_some_and(glue) && before.next().is_some_and(char::is_alphanumeric);
    let glued_after =
        after.next().as_ref().is_some_and(glue) && after.next().is_some_and(char::is_alphanumeric);
    !glued_before && !glued_after
}

/// Blanks of every kind are one, so are the two apostrophes and the two hyphens.
fn same_gap(form: &str, text: &str) -> bool {
    if form.trim().is_empty() {
        return !text.is_empty() && text.trim().is_empty();
    }
    let plain = |letter: char| match letter {
        '’' => '\'',
        '‑' => '-',
        other => other,
    };
    form.chars().map(plain).eq(text.chars().map(plain))
}

fn is_lower(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(forms: &[&str], text: &'t str) -> Vec<&'t str> {
        let lexicon = Lexicon::new(forms.iter().enumerate().map(|(number, form)| (*form, number)));
        lexicon.scan(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn the_longest_form_wins_and_only_whole_words_count() {
        let forms = ["autorità", "autorità di gestione", "programma"];
        let text = "L'autorità di gestione e l'autorità; i programmatori e il programma-quadro.";
        assert_eq!(found(&forms, text), ["autorità di gestione", "autorità"]);
    }

    #[test]
    fn elisions_line_breaks_hard_blanks_and_capitals_do_not_hide_a_term() {
        let forms = ["autorità di gestione", "valle d'aosta"];
        for text in [
            "dell'autorità di gestione",
            "dell’Autorità di Gestione",
            "autorità\ndi gestione",
            "AUTORITÀ DI\u{a0}GESTIONE",
            "la Valle d’Aosta",
        ] {
            assert_eq!(found(&forms, text).len(), 1, "{text}");
        }
        assert_eq!(found(&forms, "autorità, di gestione"), [""; 0]);
    }

    #[test]
    fn a_word_with_capitals_is_found_only_as_it_is_written() {
        assert_eq!(
            found(&["ACT", "AdG", "FSE+", "FSE"], "act, ACT, adg, AdG, FSE+ e FSE"),
            ["ACT", "AdG", "FSE+", "FSE"]
        );
    }

    #[test]
    fn words_with_a_capital_are_those_of_all_words() {
        for text in ["L'AdG e l'FSE+Piano: àB, aB, È, Êa 3C +D D+E F++g", "", "Zeta", "a", "perché NO"] {
            let has_capital = |word: &Range<usize>| text.as_bytes()[word.start].is_ascii_uppercase();
            let expected: Vec<_> = words(text).filter(has_capital).collect();
            assert_eq!(capitalised_words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn names_that_hold_a_term_are_left_alone() {
        assert_eq!(found(&["lg", "ente"], "lg-04, info@ente.it, ente."), ["ente"]);
    }
}
