//! Tags, and which of them are editions.

use std::fmt;

/// Which tags are editions: the name of a tag with one `*`, which stands for the edition's own name (`v*`, `edizione-*`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPattern {
    before: String,
    after: String,
}

impl TagPattern {
    /// The pattern that a text writes; `None` unless it has exactly one `*` and can be the name of a tag.
    pub fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_once('*')?;
        let pattern = Self { before: before.to_owned(), after: after.to_owned() };
        is_tag_name(&pattern.tag("0")).then_some(pattern)
    }

    /// The tag of the edition with this name.
    pub fn tag(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.after)
    }

    /// What stands for `*` in the name of a tag; `None` when the tag is not one of these. Bytes, for a tag need not be text.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "only a repository asks"))]
    pub(super) fn name<'a>(&self, tag: &'a [u8]) -> Option<&'a [u8]> {
        let name = tag.strip_prefix(self.before.as_bytes())?.strip_suffix(self.after.as_bytes())?;
        (!name.is_empty()).then_some(name)
    }

    /// What every such tag begins with.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "only a repository asks"))]
    pub(super) fn before(&self) -> &str {
        &self.before
    }
}

impl fmt::Display for TagPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag("*"))
    }
}

/// Whether git takes a text for the name of a tag (`git check-ref-format`, and no `-` in front).
pub(super) fn is_tag_name(name: &str) -> bool {
    let is_forbidden = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    !name.contains(is_forbidden)
        && !["..", "@{"].iter().any(|forbidden| name.contains(forbidden))
        && !name.starts_with('-')
        && !name.ends_with('.')
        && name.split('/').all(is_part)
}

/// A tag that is an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What stands for `*` in the pattern: `2025.1`.
    pub name: String,
    /// The whole name of the tag: `v2025.1`.
    pub full: String,
    /// What the person who made the tag wrote; only an annotated tag has it.
    pub message: Option<String>,
    /// When the tag was made; of a tag that is not annotated, when its commit was.
    pub date: Option<Moment>,
    /// The id of the tree of files that it leads to, in hexadecimal digits.
    pub id: String,
    /// Whether the tag is an object of its own, with message and date.
    pub is_annotated: bool,
}

/// A moment as git keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// How many seconds the clock on the wall is ahead of UTC.
    pub offset: i32,
}

impl Moment {
    /// Seconds since 1970-01-01T00:00:00 on the clock on the wall, which tell the day as the person there would; `None` before that.
    pub fn on_the_wall(self) -> Option<u64> {
        u64::try_from(self.seconds.checked_add(self.offset.into())?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_one_star_and_is_the_name_of_a_tag() {
        for text in ["v*", "*", "edizione-*", "edizioni/*/testo", "*-approvata"] {
            assert_eq!(TagPattern::parse(text).map(|pattern| pattern.to_string()).as_deref(), Some(text));
        }
        for text in
            ["v", "v*.*", "v**", "../*", "-*", "a b*", "*.lock", "/*", "x//*", ".v*", "v*\n", "v*:", "v*/"]
        {
            assert_eq!(TagPattern::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_stands_for_the_star_is_the_name_of_the_edition() {
        let pattern = TagPattern::parse("v*-ok").unwrap();
        assert_eq!(pattern.name(b"v2025.1-ok"), Some(b"2025.1".as_slice()));
        assert_eq!(pattern.name(b"v\xff-ok"), Some(b"\xff".as_slice()));
        assert_eq!(pattern.tag("2025.1"), "v2025.1-ok");
        for tag in [b"v-ok".as_slice(), b"2025.1-ok", b"v2025.1", b"v-o"] {
            assert_eq!(pattern.name(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn a_moment_falls_on_the_day_of_the_place_where_it_was() {
        let day = 24 * 60 * 60;
        assert_eq!(Moment { seconds: day - 1, offset: 3600 }.on_the_wall(), Some(86_400 + 3599));
        assert_eq!(Moment { seconds: -1, offset: 0 }.on_the_wall(), None);
        assert_eq!(Moment { seconds: i64::MAX, offset: 1 }.on_the_wall(), None);
    }
}
