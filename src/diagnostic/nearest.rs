//! "Did you mean": the known name nearest to what was typed.

use crate::say;

use super::Text;

/// The candidate nearest to `typed`, if one is near enough to be a slip of the keyboard.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_many(typed, candidates, 1).into_iter().next()
}

/// The help that proposes a name, such as the nearest known one.
pub fn did_you_mean(name: &str) -> Text {
    say!("forse intendevi `{name}`"; "did you mean `{name}`?")
}

/// Up to `most` candidates near to `typed`, the nearest first; equal distances in alphabetical order.
pub fn nearest_many<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let fold = |text: &str| text.to_lowercase();
    let wanted = fold(typed);
    let mut scored: Vec<_> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let distance = strsim::damerau_levenshtein(&wanted, &folded);
            let longest = wanted.chars().count().max(folded.chars().count());
            // A third of the letters may differ; short names may differ in one.
            (distance <= (longest / 3).max(1) && distance < longest).then_some((distance, candidate))
        })
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let keys = ["title", "status", "articles"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Status", keys), Some("status"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("x", ["y"]), None);
    }

    #[test]
    fn many_come_nearest_first() {
        assert_eq!(
            nearest_many("LG-04", ["LG-40", "PR-99", "LG-05", "LG-04.1"], 3),
            ["LG-05", "LG-40", "LG-04.1"]
        );
    }
}
