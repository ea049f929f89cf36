//! A place in a text that is being read; copied before a try, and put back by forgetting the copy.

/// A position in a text, always between characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at: text.floor_char_boundary(at) }
    }

    pub(super) fn at(self) -> usize {
        self.at
    }

    pub(super) fn rest(self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The text between an earlier cursor and this one.
    pub(super) fn since(self, start: Self) -> &'t str {
        self.text.get(start.at..self.at).unwrap_or("")
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = self.text.floor_char_boundary(self.at + bytes);
    }

    /// Steps over one of these characters.
    pub(super) fn eat(&mut self, wanted: &[char]) -> bool {
        let Some(next) = self.peek().filter(|next| wanted.contains(next)) else {
            return false;
        };
        self.at += next.len_utf8();
        true
    }

    /// Steps over white space of any kind, non-breaking ones and soft line ends among it.
    pub(super) fn skip_spaces(&mut self) -> bool {
        let before = self.at;
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at > before
    }

    /// The letters from here on.
    pub(super) fn word(self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Steps over a whole word if it is one of these, capitals aside.
    pub(super) fn eat_word(&mut self, wanted: &[&str]) -> bool {
        let word = self.word();
        let known = is_one_of(word, wanted);
        if known {
            self.at += word.len();
        }
        known
    }

    /// The digits from here on, as a number.
    pub(super) fn digits(&mut self) -> Option<u32> {
        let length = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let value = self.rest().get(..length.min(9))?.parse().ok()?;
        self.at += length;
        Some(value)
    }

    /// Whether a word ends here.
    pub(super) fn at_word_end(self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }
}

/// Whether a word is in a list of lower-case ones, capitals aside.
pub(super) fn is_one_of(word: &str, wanted: &[&str]) -> bool {
    // Asked many times a word: most have no capital, and need not be lowered.
    if word.is_ascii() {
        return wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(word));
    }
    // Long runs of letters are no keyword, and lowering them for each try would not be linear.
    word.len() <= 24 && wanted.contains(&word.to_lowercase().as_str())
}
