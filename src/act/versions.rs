//! The versions of an act: what it is, and what it was.
//!
//! There is no clock here: the version with the newest day is the act, even where that day is still to come.

use crate::yaml::Date;

use super::address::Locus;
use super::data::Act;

impl Act {
    /// The act that these versions are of: the newest, with the others behind it. One that does not say from when it
    /// holds counts as the oldest.
    pub fn of_versions(mut versions: Vec<Self>) -> Option<Self> {
        versions.sort_by_key(Self::holds_from);
        let mut newest = versions.pop()?;
        versions.reverse();
        newest.earlier = versions;
        Some(newest)
    }

    /// The day from which this version holds, where its file says so.
    pub fn holds_from(&self) -> Option<Date> {
        self.in_force_from.as_ref().map(|(day, _)| *day)
    }

    /// What the act was before, the newest version first.
    pub fn earlier(&self) -> &[Self] {
        &self.earlier
    }

    /// Every version, the newest first.
    pub fn versions(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.earlier)
    }

    /// The version that holds from exactly this day.
    pub fn version_from(&self, day: Date) -> Option<&Self> {
        self.versions().find(|version| version.holds_from() == Some(day))
    }

    /// Since when the act no longer has a place that an earlier version had.
    pub(super) fn lost_since(&self, place: &Locus) -> Option<Date> {
        let had_it = |version: &&Self| version.check(place.clone()).is_ok();
        let after = self.versions().zip(&self.earlier);
        after.filter(|(_, earlier)| had_it(earlier)).find_map(|(later, _)| later.holds_from())
    }
}
