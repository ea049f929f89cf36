//! Which provision each place of a chapter belongs to: the innermost one around its heading.

use super::Chapter;

/// The answers, computed once: a chapter with thousands of provisions is asked thousands of times.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// For each heading, the number of its provision.
    pub(super) around: Vec<Option<usize>>,
    /// For each provision, the numbers of its citations.
    pub(super) citations: Vec<Vec<usize>>,
    /// For each provision, the numbers of its references.
    pub(super) references: Vec<Vec<usize>>,
}

impl Places {
    pub(super) fn of(chapter: &Chapter) -> Self {
        let around = around(chapter);
        let count = chapter.provisions.len();
        let gather = |headings: &mut dyn Iterator<Item = Option<usize>>| {
            let mut gathered = vec![Vec::new(); count];
            for (number, heading) in headings.enumerate() {
                let provision = heading.and_then(|heading| *around.get(heading)?);
                if let Some(inside) = provision.and_then(|provision| gathered.get_mut(provision)) {
                    inside.push(number);
                }
            }
            gathered
        };
        let citations = gather(&mut chapter.citations.iter().map(|citation| citation.heading));
        let references = gather(&mut chapter.references.iter().map(|reference| reference.heading));
        Self { around, citations, references }
    }
}

/// Provisions lie one in the other or one after the other, as their headings do.
fn around(chapter: &Chapter) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut around = Vec::with_capacity(chapter.headings.len());
    for (number, heading) in chapter.headings.iter().enumerate() {
        let at = heading.range.start;
        while open.pop_if(|last| chapter.provisions.get(*last).is_none_or(|p| p.range.end <= at)).is_some() {}
        if chapter.provisions.get(next).is_some_and(|provision| provision.heading == number) {
            open.push(next);
            next += 1;
        }
        around.push(open.last().copied());
    }
    around
}
