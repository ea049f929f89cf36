//! Sentences in the languages of the people who read them.

use std::fmt;

/// A language of the interface: Italian first, English second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of preference.
    pub const ALL: [Self; 2] = [Self::It, Self::En];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
        }
    }

    /// The language with this BCP 47 tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// One sentence in every language. Made by [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// In Italian.
    pub it: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The same words in every language: a name, a piece of the editor's own text.
    pub fn verbatim(words: impl Into<String>) -> Self {
        let it = words.into();
        Self { en: it.clone(), it }
    }

    /// The sentence in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::It => &self.it,
            Lang::En => &self.en,
        }
    }
}

/// A [`Text`](crate::diagnostic::Text) from an Italian and an English format string that share their
/// captured variables.
///
/// ```
/// let path = "a.md";
/// let text = vademecum::say!("il file `{path}` non esiste"; "file `{path}` does not exist");
/// assert_eq!(text.it, "il file `a.md` non esiste");
/// ```
#[macro_export]
macro_rules! say {
    ($it:literal; $en:literal) => {
        $crate::diagnostic::Text { it: format!($it), en: format!($en) }
    };
}
