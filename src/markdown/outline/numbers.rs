//! The numbers of a chapter's headings: 1, 1.1, 1.2, 2.

use crate::markdown::Provision;

use super::ids::TakenHeading;

/// The deepest heading that has a number, in numbers: readers lose count beyond 1.2.3.
const MOST_NUMBERS: usize = 3;

/// A heading that may have others under it.
struct Open {
    level: u8,
    number: usize,
    /// How many numbered headings stand directly under it.
    children: usize,
}

/// Numbers the headings in the flow of the page. A provision has its id for a number already, and what stands in it
/// is a part of it: a second number would be a second name for the same rule.
pub(super) fn assign(headings: &mut [TakenHeading], provisions: &[Provision]) {
    let mut open: Vec<Open> = Vec::new();
    let mut count = 0;
    let mut provisions = provisions.iter().peekable();
    // Where the provisions so far end.
    let mut end = 0;
    for taken in headings.iter_mut().filter(|taken| taken.top_level && !taken.heading.text.is_empty()) {
        let heading = &mut taken.heading;
        while let Some(provision) = provisions.next_if(|next| next.range.start <= heading.range.start) {
            end = end.max(provision.range.end);
        }
        if heading.range.start < end {
            continue;
        }
        // A rank that is skipped is no number: what stands under 2 is 2.1, whether `###` or `####`.
        while open.last().is_some_and(|last| last.level >= heading.level) {
            open.pop();
        }
        let siblings = match open.last_mut() {
            Some(parent) => &mut parent.children,
            None => &mut count,
        };
        *siblings += 1;
        let number = *siblings;
        open.push(Open { level: heading.level, number, children: 0 });
        if open.len() <= MOST_NUMBERS {
            heading.number = open.iter().map(|open| open.number).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceFile;
    use crate::markdown::{Reading, outline};

    fn numbered(text: &str) -> Vec<String> {
        let file = SourceFile::new("a.md", text);
        let (chapter, _) = outline(&file, 0..text.len(), Reading::default());
        let number = |number: &[usize]| number.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        chapter
            .headings
            .iter()
            .map(|h| format!("{} {}", number(&h.number), h.text).trim().to_owned())
            .collect()
    }

    #[test]
    fn headings_count_within_what_they_stand_under() {
        assert_eq!(
            numbered("## A\n\n### B\n\n#### C\n\n##### D\n\n### E\n\n## F\n\n### G\n"),
            ["1 A", "1.1 B", "1.1.1 C", "D", "1.2 E", "2 F", "2.1 G"]
        );
    }

    #[test]
    fn a_skipped_rank_is_no_number_and_no_number_comes_twice() {
        assert_eq!(
            numbered("## A\n\n#### B\n\n### C\n\n# D\n\n## E\n"),
            ["1 A", "1.1 B", "1.2 C", "2 D", "2.1 E"]
        );
    }

    #[test]
    fn a_provision_and_what_is_in_it_have_no_second_number() {
        assert_eq!(
            numbered("## A\n\n### B {#LG-01.1 .deve}\n\n#### C\n\n### D\n\n> ## E\n\n## F\n"),
            ["1 A", "B", "C", "1.1 D", "E", "2 F"]
        );
    }
}
