//! Where things stand: the fewest that moved, and where what is gone stood.

/// Those that must have moved for the rest to stand in its order: `before` is, in the later order, where each stood.
pub(super) fn moved(before: &[usize]) -> Vec<usize> {
    let kept = longest_rise(before);
    (0..before.len()).filter(|at| kept.binary_search(at).is_err()).collect()
}

/// The places of the longest run of rising numbers; of several, the one that rises the least.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // For each length, the place of the smallest number that ends a run of it.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers.get(*end).is_some_and(|end| end < number));
        previous.push(length.checked_sub(1).and_then(|before| ends.get(before).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    let mut run: Vec<usize> =
        std::iter::successors(last, |at| previous.get(*at).copied().flatten()).collect();
    run.reverse();
    run
}

/// The later order with what is gone put where it stood: after the nearest thing before it that stayed. `before` tells
/// for each thing of the earlier order its place in the later one.
pub(super) fn woven(before: &[Option<usize>], count: usize) -> Vec<Slot> {
    let mut gone_after: Vec<Vec<usize>> = vec![Vec::new(); count + 1];
    let mut last = 0;
    for (at, stayed) in before.iter().enumerate() {
        match stayed {
            Some(place) => last = place + 1,
            None => {
                if let Some(gone) = gone_after.get_mut(last) {
                    gone.push(at);
                }
            }
        }
    }
    let mut woven = Vec::with_capacity(before.len() + count);
    for (place, gone) in gone_after.into_iter().enumerate() {
        woven.extend(place.checked_sub(1).map(Slot::There));
        woven.extend(gone.into_iter().map(Slot::Gone));
    }
    woven
}

/// A thing in the woven order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// In the later order.
    There(usize),
    /// In the earlier order only.
    Gone(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_have_moved() {
        for (before, expected) in [
            (vec![0, 1, 2, 3], vec![]),
            (vec![1, 2, 3, 0], vec![3]),
            (vec![3, 0, 1, 2], vec![0]),
            (vec![1, 0], vec![0]),
            (vec![2, 1, 0], vec![0, 1]),
            (vec![], vec![]),
        ] {
            assert_eq!(moved(&before), expected, "{before:?}");
        }
    }

    #[test]
    fn what_is_gone_stands_where_it_stood() {
        use Slot::{Gone, There};
        assert_eq!(
            woven(&[None, Some(1), None, None, Some(0)], 3),
            [Gone(0), There(0), There(1), Gone(2), Gone(3), There(2)]
        );
        assert_eq!(woven(&[], 1), [There(0)]);
        assert_eq!(woven(&[None], 0), [Gone(0)]);
    }
}
