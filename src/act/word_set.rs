//! Words that are looked for at every word of a text, and nearly always in vain.

use std::collections::HashSet;

/// No word of a set has more bytes, in capitals neither.
const LONGEST_WORD: usize = 24;

/// A set of words in small letters.
pub(super) struct WordSet(HashSet<&'static str>);

impl WordSet {
    pub(super) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        Self(words.collect())
    }

    /// Whether a word is among them, capitals aside.
    pub(super) fn has(&self, word: &str) -> bool {
        if word.is_empty() || word.len() > LONGEST_WORD {
            return false;
        }
        match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            true => self.0.contains(word),
            false => self.0.contains(word.to_lowercase().as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_do_not_hide_a_word_and_others_are_none() {
        let set = WordSet::of(["nonché", "e"].into_iter());
        assert!(["nonché", "NONCHÉ", "Nonché", "e", "E"].iter().all(|word| set.has(word)));
        assert!(["", "non", "nonche", &"e".repeat(100)].iter().all(|word| !set.has(word)));
    }
}
