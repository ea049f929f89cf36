//! What changed between two versions of an act, place by place.
//!
//! The data hold the structure of an act and not its text. So a version says itself which places have other words than
//! before (`amended`); the rest is told by comparing.

use std::collections::BTreeSet;

use crate::diagnostic::Text;

use super::address::Address;
use super::data::{Act, Article};

/// A place of an act that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChange {
    /// The place. One that is new or gone with all that it holds is named alone.
    pub address: Address,
    /// What changed of it.
    pub what: Changed,
}

/// What changed of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its words, as the newer version says.
    Amended,
    /// The article's heading.
    Title {
        /// As it was; `None` where there was none.
        before: Option<Text>,
    },
    /// The article stands in another chapter.
    Chapter,
    /// The places of other acts that the article names.
    References,
    /// Words for the index: editorial.
    Keywords,
    /// Remarks: editorial.
    Note,
}

impl PlaceChange {
    /// Whether it concerns a text that cites this place: the place itself changed, something in it, or something around it.
    pub fn touches(&self, cited: &Address) -> bool {
        self.address.covers(cited) || cited.covers(&self.address)
    }
}

impl Act {
    /// What changed since one of its earlier versions, in the order of the act.
    pub fn changes_since(&self, earlier: &Self) -> Vec<PlaceChange> {
        let (before, now) = (places(earlier), places(self));
        let mut changes = Vec::new();
        let mut note = |address: &Address, what| changes.push(PlaceChange { address: address.clone(), what });
        for address in outermost(&now, &before).filter(|address| !earlier.may_leave_out(address)) {
            note(address, Changed::Added);
        }
        for address in outermost(&before, &now).filter(|address| !self.may_leave_out(address)) {
            note(address, Changed::Removed);
        }
        for address in self.amended_since(earlier) {
            if before.contains(address) && now.contains(address) {
                note(address, Changed::Amended);
            }
        }
        for address in now.iter().filter(|address| address.is_article() && before.contains(address)) {
            let (old, new) = (earlier.article(address.article()), self.article(address.article()));
            if let Some((old, new)) = old.zip(new) {
                of_article(old, new).into_iter().for_each(|what| note(address, what));
            }
        }
        // Stable: of one place, structure comes before the words.
        changes.sort_by(|a, b| a.address.cmp(&b.address));
        changes
    }

    /// A partial file may not list an article that the act has all the same.
    fn may_leave_out(&self, address: &Address) -> bool {
        self.partial && address.is_article()
    }

    /// The places that this version, or one between, says to have other words than before; each once.
    fn amended_since(&self, earlier: &Self) -> BTreeSet<&Address> {
        let later = self.versions().take_while(|version| version.holds_from() > earlier.holds_from());
        later.flat_map(|version| &version.amended).collect()
    }
}

fn places(act: &Act) -> BTreeSet<Address> {
    act.addresses().into_iter().collect()
}

/// The places that only the first set has, without those that lie in another such place.
fn outermost<'a>(
    set: &'a BTreeSet<Address>,
    other: &'a BTreeSet<Address>,
) -> impl Iterator<Item = &'a Address> {
    let is_own = |address: &Address| set.contains(address) && !other.contains(address);
    set.difference(other).filter(move |address| !address.parent().is_some_and(|parent| is_own(&parent)))
}

fn of_article(old: &Article, new: &Article) -> Vec<Changed> {
    let keywords = |article: &Article| (article.keywords_it.clone(), article.keywords_en.clone());
    [
        is_other_title(old.title.as_ref(), new.title.as_ref())
            .then(|| Changed::Title { before: old.title.clone() }),
        (old.chapter != new.chapter).then_some(Changed::Chapter),
        (old.refers_to != new.refers_to).then_some(Changed::References),
        (keywords(old) != keywords(new)).then_some(Changed::Keywords),
        (old.note != new.note).then_some(Changed::Note),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a heading has other words. A translation that came or went changes nothing: where one language has no words
/// of its own it shows the other's.
fn is_other_title(old: Option<&Text>, new: Option<&Text>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return old != new };
    let is_translated = |text: &Text| text.it != text.en;
    match (old.it == new.it, old.en == new.en) {
        (true, true) => false,
        (false, false) => true,
        (true, false) | (false, true) => is_translated(old) && is_translated(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{Form, Style};
    use crate::diagnostic::{Lang, SourceFile};

    fn version(day: &str, rest: &str) -> Act {
        let text = format!("id: x\ntitle: Prova\nin_force_from: {day}\n{rest}");
        let (act, problems) = Act::load(&SourceFile::new("acts/x.yaml", text));
        assert_eq!(problems, []);
        act.unwrap()
    }

    /// What changed from the oldest of the versions to the newest.
    fn changes(versions: &[(&str, &str)]) -> Vec<String> {
        let versions = versions.iter().map(|(day, rest)| version(day, rest)).collect();
        let act = Act::of_versions(versions).unwrap();
        let style = Style::new(Lang::En, Form::Short);
        let said = |change: PlaceChange| format!("{} {:?}", act.format(&change.address, style), change.what);
        act.changes_since(act.earlier().last().unwrap()).into_iter().map(said).collect()
    }

    fn two(old: &str, new: &str) -> Vec<String> {
        changes(&[("2027-01-01", new), ("2014-03-15", old)])
    }

    #[test]
    fn what_is_new_or_gone_is_named_once_at_its_widest() {
        assert_eq!(
            two(
                "articles: [{number: 1, paragraphs: [{number: 1}, {number: 2, points: [a, b]}]}, {number: 2}]\n",
                "articles: [{number: 1, paragraphs: [{number: 1, points: [a], subpoints: {a: [i, ii]}}]}, {number: 3}]\n",
            ),
            ["art. 1(1)(a) Added", "art. 1(2) Removed", "art. 2 Removed", "art. 3 Added"]
                .map(|line| line.replace("art.", "Art."))
        );
    }

    #[test]
    fn an_article_that_a_partial_file_does_not_list_is_neither_new_nor_gone() {
        let (one, other) =
            ("articles: [{number: 1}, {number: 2}]\n", "articles: [{number: 1}, {number: 3}]\n");
        assert_eq!(two(one, &format!("partial: true\n{other}")), ["Art. 3 Added"]);
        assert_eq!(two(&format!("partial: true\n{one}"), other), ["Art. 2 Removed"]);
    }

    #[test]
    fn the_data_of_an_article_are_compared_and_a_mere_translation_is_no_change() {
        let article = |rest: &str| {
            format!("chapters: [{{number: I}}, {{number: II}}]\narticles: [{{number: 1{rest}}}]\n")
        };
        for (old, new, said) in [
            (", title: Oggetto", ", title: Scopo", "Title"),
            (", title: Oggetto", ", title: {it: Oggetto, en: Subject}", ""),
            (", title: {en: Subject}", ", title: {it: Oggetto, en: Subject}", ""),
            (", title: {it: Oggetto, en: Subject}", ", title: {it: Scopo, en: Subject}", "Title"),
            (", title: {it: Oggetto, en: Subject}", ", title: {it: Oggetto, en: Scope}", "Title"),
            ("", ", title: Oggetto", "Title"),
            (", chapter: I", ", chapter: II", "Chapter"),
            ("", ", refers_to: [32013R1303]", "References"),
            (", keywords_it: [uno]", ", keywords_it: [due]", "Keywords"),
            (", note: Uno", "", "Note"),
            (", phases: [programmi]", ", phases: [attuazione]", ""),
            (", unverified: true", "", ""),
        ] {
            let changes = two(&article(old), &article(new));
            let expected = if said.is_empty() { 0 } else { 1 };
            assert_eq!(changes.len(), expected, "{old} {new}: {changes:?}");
            assert!(changes.iter().all(|line| line.starts_with(&format!("Art. 1 {said}"))), "{changes:?}");
        }
    }

    #[test]
    fn what_any_version_in_between_amended_counts_and_what_the_oldest_did_does_not() {
        let articles = "articles: [{number: 1}, {number: 2}, {number: 3}]\n";
        let amending = |place: &str| format!("amended: [\"{place}\"]\n{articles}");
        let (first, second, third) = (amending("1"), amending("art. 2"), amending("3"));
        let versions =
            [("2027-01-01", third.as_str()), ("2014-03-15", first.as_str()), ("2020-01-01", second.as_str())];
        assert_eq!(changes(&versions), ["Art. 2 Amended", "Art. 3 Amended"]);
    }

    #[test]
    fn a_place_is_lost_from_the_day_of_the_first_version_without_it() {
        let with = "articles: [{number: 1}, {number: 2}]\n";
        let without = "articles: [{number: 1}]\n";
        let versions = vec![
            version("2030-01-01", without),
            version("2014-03-15", with),
            version("2027-01-01", without),
            version("2020-01-01", with),
        ];
        let act = Act::of_versions(versions).unwrap();
        let locus = |number| crate::act::Locus::article(crate::act::Number::plain(number));
        assert_eq!(act.lost_since(&locus(2)).unwrap().to_string(), "2027-01-01");
        assert_eq!(act.lost_since(&locus(9)), None);
    }
}
