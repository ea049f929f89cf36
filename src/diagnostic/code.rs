//! The stable names of the kinds of problem. Each has its section in `docs/diagnostics.md` (a test sees to it).

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The kind of a problem: a stable name for settings, for tools and for looking it up.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable kebab-case name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    UnreadableFile = "unreadable-file",
    /// A file that should be text is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A file's name is not UTF-8, or holds characters that no address can hold.
    UnusableName = "unusable-name",
    /// A symbolic link that leads nowhere.
    DanglingSymlink = "dangling-symlink",
    /// A symbolic link that leads out of the handbook.
    SymlinkOutside = "symlink-outside",
    /// Symbolic links that lead back to themselves.
    SymlinkLoop = "symlink-loop",
    /// Editions are in a git repository that is not there, or cannot be opened.
    NoRepository = "no-repository",
    /// An edition that its store does not have whole.
    UnreadableEdition = "unreadable-edition",
    /// The tag of a release that cannot be made.
    UnwritableTag = "unwritable-tag",
    /// YAML that cannot be read.
    InvalidYaml = "invalid-yaml",
    /// The same key twice in one mapping.
    DuplicateKey = "duplicate-key",
    /// A key that the format does not know.
    UnknownKey = "unknown-key",
    /// A key that the format needs.
    MissingKey = "missing-key",
    /// A value of another type: a list where a text belongs.
    WrongType = "wrong-type",
    /// A value that its format does not allow.
    InvalidValue = "invalid-value",
    /// A value that its vocabulary does not list.
    UnknownValue = "unknown-value",
    /// A file of data that cannot be read as a table, or has cells that do not fit.
    InvalidData = "invalid-data",
    /// Front matter that is opened with `---` and never closed.
    UnclosedFrontMatter = "unclosed-front-matter",
    /// Lists or quotes nested deeper than any reader could follow.
    NestingTooDeep = "nesting-too-deep",
    /// An id with characters that an address cannot hold.
    InvalidId = "invalid-id",
    /// An id that the interface of the site keeps for itself.
    ReservedId = "reserved-id",
    /// The same id twice.
    DuplicateId = "duplicate-id",
    /// A heading that is nearly a provision: a level without an id, two levels, a level without its dot.
    InvalidProvision = "invalid-provision",
    /// HTML that is shown as text, because it would not be safe or could not be checked.
    RawHtml = "raw-html",
    /// A mark of Markdown that stayed text: a link or note without its definition, a reference that is not closed.
    UndefinedReference = "undefined-reference",
    /// Two pages or files with one address on the site.
    DuplicatePath = "duplicate-path",
    /// A link to a file that does not exist.
    BrokenLink = "broken-link",
    /// A link to a place of a page that does not exist.
    BrokenAnchor = "broken-anchor",
    /// A link that differs from its target in upper and lower case.
    WrongCase = "wrong-case",
    /// A link that leads out of the handbook.
    OutsideHandbook = "outside-handbook",
    /// `[[…]]` whose target is no id, title, term or citation.
    UnknownTarget = "unknown-target",
    /// `[[…]]` that could mean several things.
    AmbiguousTarget = "ambiguous-target",
    /// A value of metadata that names something of another kind than belongs there.
    UnfitTarget = "unfit-target",
    /// A citation that cannot be read.
    InvalidCitation = "invalid-citation",
    /// A citation of a place that the act does not have.
    UnknownAddress = "unknown-address",
    /// An act that the handbook does not have.
    UnknownAct = "unknown-act",
    /// Versions of an act that cannot be told apart, or a day from which none holds.
    ActVersion = "act-version",
    /// A citation that is understood and yet not written as the act's own rules want.
    CitationStyle = "citation-style",
    /// A guideline that names no article of an act.
    GuidelineWithoutArticle = "guideline-without-article",
    /// A duty that cites no place of an act.
    DutyWithoutAddress = "duty-without-address",
    /// An approved guideline that refers to a draft.
    RestsOnDraft = "rests-on-draft",
    /// A superseded document that does not name its successor.
    NoSuccessor = "no-successor",
    /// A practice that tested an edition which the handbook never published.
    UnknownEdition = "unknown-edition",
    /// A fund that does not belong to the document's programming periods.
    FundNotOfPeriod = "fund-not-of-period",
    /// A term of the glossary that no text uses.
    UnusedTerm = "unused-term",
    /// An acronym that neither the glossary nor the text explains.
    UndefinedAcronym = "undefined-acronym",
    /// An article that no guideline implements.
    ArticleWithoutGuideline = "article-without-guideline",
    /// A place within an article that no provision implements.
    UncoveredAddress = "uncovered-address",
    /// A citation of a place that changed with a version of the act against which the text was not reviewed.
    SuspectReference = "suspect-reference",
    /// A document whose date of review is past.
    ReviewOverdue = "review-overdue",
    /// A sentence in which readers lose the thread.
    LongSentence = "long-sentence",
    /// A link whose words do not say where it leads.
    VagueLinkText = "vague-link-text",
    /// An image without alternative text.
    MissingAlternative = "missing-alternative",
    /// A heading that leaves out a rank.
    HeadingSkipped = "heading-skipped",
    /// A handbook that claims a profile and lacks what it demands.
    ProfileIncomplete = "profile-incomplete",
    /// A colour on which the theme's words could not be read.
    LowContrast = "low-contrast",
    /// A template of the theme that cannot be used.
    Template = "template",
    /// A page for which a theme of the handbook's own has no template.
    MissingTemplate = "missing-template",
    /// A theme that neither the program nor the handbook has.
    UnknownTheme = "unknown-theme",
    /// A file of a theme that nothing reads.
    ThemeFile = "theme-file",
    /// An interface string that is missing or has no text.
    InterfaceString = "interface-string",
    /// A file of a published edition that is no longer as it was.
    ChangedEdition = "changed-edition",
    /// A name that an edition published, and of which the next says nothing.
    VanishedName = "vanished-name",
    /// The search index cannot be made.
    SearchIndex = "search-index",
}

impl Code {
    /// The code with this stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether its problem is one of a citation that is held against an act.
    pub fn is_of_citations(self) -> bool {
        [Self::InvalidCitation, Self::UnknownAddress, Self::UnknownAct, Self::CitationStyle].contains(&self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented_once_and_the_documentation_knows_no_other() {
        let page = include_str!("../../docs/diagnostics.md");
        let mut documented: Vec<_> =
            page.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
        let mut codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        documented.sort_unstable();
        codes.sort_unstable();
        assert_eq!(documented, codes);
    }

    #[test]
    fn a_name_leads_back_to_its_code() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.name()), Some(*code));
        }
    }
}
