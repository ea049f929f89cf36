//! How much a provision binds.

/// The normative level of a provision, written as a class of its heading: `{#LG-04.1 .deve}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A duty.
    Must,
    /// A recommendation.
    Should,
    /// A faculty.
    May,
    /// A good practice that the guideline advises on its own account.
    GoodPractice,
}

impl Level {
    /// Every level, the strongest first.
    pub const ALL: [Self; 4] = [Self::Must, Self::Should, Self::May, Self::GoodPractice];

    /// The stable name: the class in Markdown, the key in `vocabularies.yaml`, the value in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "deve",
            Self::Should => "dovrebbe",
            Self::May => "puo",
            Self::GoodPractice => "buona-pratica",
        }
    }

    /// The level with this stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}
