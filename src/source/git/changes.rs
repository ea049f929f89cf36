//! What differs between the last commit and the files of today.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::objs::{Kind, compute_hash};
use rayon::prelude::*;

use crate::source::{Source, SourcePath};

/// The files that are not the same, or not on both sides, in order. Contents are compared by the id that git would give them.
pub(super) fn between(committed: &BTreeMap<SourcePath, ObjectId>, today: &dyn Source) -> Vec<SourcePath> {
    let all: BTreeSet<&SourcePath> = committed.keys().chain(today.paths()).collect();
    let differs = |path: &SourcePath| match (committed.get(path), today.read(path)) {
        (Some(id), Ok(bytes)) => !is_content(*id, &bytes),
        (Some(_) | None, _) => true,
    };
    let mut changed: Vec<SourcePath> = all.into_par_iter().filter(|path| differs(path)).cloned().collect();
    changed.sort_unstable();
    changed
}

/// Whether bytes are a file of this id; `\r\n` may stand for `\n`, as git writes it on some systems.
fn is_content(id: ObjectId, bytes: &[u8]) -> bool {
    let is_same = |bytes: &[u8]| compute_hash(id.kind(), Kind::Blob, bytes).is_ok_and(|found| found == id);
    is_same(bytes) || (bytes.windows(2).any(|pair| pair == b"\r\n") && is_same(&unix_lines(bytes)))
}

fn unix_lines(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let kept = bytes.iter().zip(next).filter(|pair| *pair != (&b'\r', Some(&b'\n')));
    kept.map(|(byte, _)| *byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_ends_of_another_system_are_no_change() {
        let id = compute_hash(gix::hash::Kind::Sha1, Kind::Blob, b"a\nb\r\rc\n").unwrap();
        assert!(is_content(id, b"a\nb\r\rc\n"));
        assert!(is_content(id, b"a\r\nb\r\rc\r\n"));
        assert!(!is_content(id, b"a\nb\rc\n"));
    }
}
