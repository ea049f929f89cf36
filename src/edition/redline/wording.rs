//! The differences between two texts, word by word.

use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::markdown::{Block, Form, Word, words_of};

/// A text of two editions: what stayed, what is gone and what is new, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The pieces; of each change, what is gone comes before what is new.
    pub edits: Vec<Edit>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// In both editions.
    Same(Vec<Piece>),
    /// In the earlier edition only.
    Removed(Vec<Piece>),
    /// In the later edition only.
    Added(Vec<Piece>),
}

/// The beginning of a block, or words of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A block begins.
    Break(Form),
    /// Words that lead to one place, or to none.
    Words {
        /// The words with their blanks.
        text: String,
        /// The name of what they lead to.
        link: Option<Arc<str>>,
    },
}

/// What the comparison compares.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Token<'t> {
    Break(Form),
    Word(&'t Word),
}

/// A run of tokens that is in one of the texts, or in both.
struct Run<'t> {
    removed: Vec<Token<'t>>,
    added: Vec<Token<'t>>,
    is_same: bool,
}

/// Below this share of equal words two blocks are two texts, and not one that was reworded.
const LEAST_ALIKE: f32 = 0.3;

impl Wording {
    /// The differences between two texts; `None` where there are none.
    pub(super) fn of(before: &[Block], after: &[Block]) -> Option<Self> {
        let text = |blocks: &[Block]| {
            blocks.iter().map(|block| (block.form, block.words.clone())).collect::<Vec<_>>()
        };
        let (before, after) = (text(before), text(after));
        (before != after).then(|| Self::between(&before, &after))
    }

    /// The differences between two lines; `None` where there are none.
    pub(super) fn of_line(before: &str, after: &str) -> Option<Self> {
        Self::of_words(&words_of(before), &words_of(after))
    }

    /// The differences between the words of two lines; `None` where there are none.
    pub(super) fn of_words(before: &[Word], after: &[Word]) -> Option<Self> {
        if before == after {
            return None;
        }
        let token = |words| -> Vec<Token<'_>> { <[Word]>::iter(words).map(Token::Word).collect() };
        let mut runs = Vec::new();
        words_between(&token(before), &token(after), &mut runs);
        Some(Self::written(runs))
    }

    fn between(before: &[(Form, Vec<Word>)], after: &[(Form, Vec<Word>)]) -> Self {
        let mut runs = Vec::new();
        for op in capture_diff_slices(Algorithm::Patience, before, after) {
            let old = before.get(op.old_range()).unwrap_or_default();
            let new = after.get(op.new_range()).unwrap_or_default();
            match op {
                DiffOp::Equal { .. } => {
                    runs.push(Run { removed: tokens(old), added: Vec::new(), is_same: true });
                }
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {
                    runs.push(Run { removed: tokens(old), added: tokens(new), is_same: false });
                }
                DiffOp::Replace { .. } => blocks_between(old, new, &mut runs),
            }
        }
        Self::written(runs)
    }

    fn written(runs: Vec<Run<'_>>) -> Self {
        let mut edits = Vec::new();
        for run in merged(runs) {
            if run.is_same {
                edits.push(Edit::Same(pieces(&run.removed)));
                continue;
            }
            if !run.removed.is_empty() {
                edits.push(Edit::Removed(pieces(&run.removed)));
            }
            if !run.added.is_empty() {
                edits.push(Edit::Added(pieces(&run.added)));
            }
        }
        Self { edits }
    }

    /// A text that is new.
    pub(super) fn added(after: &[Block]) -> Option<Self> {
        Self::of(&[], after)
    }

    /// A text that is gone.
    pub(super) fn removed(before: &[Block]) -> Option<Self> {
        Self::of(before, &[])
    }

    /// The text of the earlier edition.
    pub fn before(&self) -> Vec<Piece> {
        self.text(|edit| match edit {
            Edit::Same(pieces) | Edit::Removed(pieces) => Some(pieces),
            Edit::Added(_) => None,
        })
    }

    /// The text of the later edition.
    pub fn after(&self) -> Vec<Piece> {
        self.text(|edit| match edit {
            Edit::Same(pieces) | Edit::Added(pieces) => Some(pieces),
            Edit::Removed(_) => None,
        })
    }

    fn text(&self, take: impl Fn(&Edit) -> Option<&Vec<Piece>>) -> Vec<Piece> {
        let mut text = Vec::new();
        for piece in self.edits.iter().filter_map(take).flatten() {
            push(&mut text, piece.clone());
        }
        text
    }
}

impl Piece {
    /// A text in the form in which [`Wording::before`] and [`Wording::after`] give it.
    pub fn of(blocks: &[Block]) -> Vec<Self> {
        let mut text = Vec::new();
        for block in blocks {
            push(&mut text, Self::Break(block.form));
            for word in &block.words {
                push(&mut text, Self::Words { text: word.text.clone(), link: word.link.clone() });
            }
        }
        text
    }
}

fn push(text: &mut Vec<Piece>, piece: Piece) {
    match (text.last_mut(), &piece) {
        (Some(Piece::Words { text: open, link: open_link }), Piece::Words { text, link })
            if open_link == link =>
        {
            open.push_str(text);
        }
        (Some(Piece::Words { .. } | Piece::Break(_)) | None, Piece::Words { .. } | Piece::Break(_)) => {
            text.push(piece);
        }
    }
}

fn pieces(tokens: &[Token<'_>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for token in tokens {
        let piece = match token {
            Token::Break(form) => Piece::Break(*form),
            Token::Word(word) => Piece::Words { text: word.text.clone(), link: word.link.clone() },
        };
        push(&mut pieces, piece);
    }
    pieces
}

fn tokens(blocks: &[(Form, Vec<Word>)]) -> Vec<Token<'_>> {
    let of_block = |block| {
        let (form, words): &(Form, Vec<Word>) = block;
        std::iter::once(Token::Break(*form)).chain(words.iter().map(Token::Word))
    };
    blocks.iter().flat_map(of_block).collect()
}

/// Blocks that take the place of others: block by block; but of a paragraph that became two, or two that became one, the
/// words stayed, and only the break is another.
fn blocks_between<'t>(old: &'t [(Form, Vec<Word>)], new: &'t [(Form, Vec<Word>)], runs: &mut Vec<Run<'t>>) {
    let mut apart = Vec::new();
    each_block(old, new, &mut apart);
    let (whole_old, whole_new) = (tokens(old), tokens(new));
    if old.len() != new.len() && whole_old.len().max(whole_new.len()) <= MOST_TOGETHER {
        let mut together = Vec::new();
        words_between(&whole_old, &whole_new, &mut together);
        if changed(&together) * 2 <= changed(&apart) {
            apart = together;
        }
    }
    runs.append(&mut apart);
}

/// How many words, signs and breaks blocks may have to be compared as one text.
const MOST_TOGETHER: usize = 4_000;

/// How many words are in one of the editions only.
fn changed(runs: &[Run<'_>]) -> usize {
    let count = |tokens: &[Token<'_>]| tokens.iter().filter(|token| is_word(token)).count();
    runs.iter().filter(|run| !run.is_same).map(|run| count(&run.removed) + count(&run.added)).sum()
}

/// Each block against the one that it is like, and the others whole.
fn each_block<'t>(old: &'t [(Form, Vec<Word>)], new: &'t [(Form, Vec<Word>)], runs: &mut Vec<Run<'t>>) {
    let (mut old, mut new) = (old, new);
    while let Some((at_old, at_new)) = first_alike(old, new) {
        let (gone, come) = (old.get(..at_old).unwrap_or_default(), new.get(..at_new).unwrap_or_default());
        let one =
            (old.get(at_old..=at_old).unwrap_or_default(), new.get(at_new..=at_new).unwrap_or_default());
        if at_old + at_new > 0 {
            runs.push(Run { removed: tokens(gone), added: tokens(come), is_same: false });
        }
        words_between(&tokens(one.0), &tokens(one.1), runs);
        old = old.get(at_old + 1..).unwrap_or_default();
        new = new.get(at_new + 1..).unwrap_or_default();
    }
    if !old.is_empty() || !new.is_empty() {
        runs.push(Run { removed: tokens(old), added: tokens(new), is_same: false });
    }
}

/// How far ahead a block looks for the one that it became.
const REACH: usize = 24;

/// The first block that became one of the new ones, and which.
fn first_alike(old: &[(Form, Vec<Word>)], new: &[(Form, Vec<Word>)]) -> Option<(usize, usize)> {
    old.iter().enumerate().find_map(|(at_old, (_, words))| {
        let alike =
            new.iter().take(REACH).enumerate().map(|(at_new, (_, other))| (alike(words, other), at_new));
        let best = alike.filter(|(share, _)| *share >= LEAST_ALIKE);
        let best = best.max_by(|(a, at_a), (b, at_b)| a.total_cmp(b).then(at_b.cmp(at_a)));
        best.map(|(_, at_new)| (at_old, at_new))
    })
}

/// The share of the words that two blocks have in common.
fn alike(one: &[Word], other: &[Word]) -> f32 {
    let words = |words: &[Word]| {
        let mut all: Vec<String> = words
            .iter()
            .map(|word| word.text.to_lowercase())
            .filter(|text| !text.trim().is_empty())
            .collect();
        all.sort_unstable();
        all
    };
    let (one, other) = (words(one), words(other));
    let (mut a, mut b, mut common) = (one.iter().peekable(), other.iter().peekable(), 0_u16);
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                common = common.saturating_add(1);
                a.next();
                b.next();
            }
        }
    }
    let length = u16::try_from(one.len().max(other.len())).unwrap_or(u16::MAX);
    if length == 0 { 1.0 } else { f32::from(common) / f32::from(length) }
}

/// The differences between two runs of words, without confetti.
fn words_between<'t>(old: &[Token<'t>], new: &[Token<'t>], runs: &mut Vec<Run<'t>>) {
    let found = capture_diff_slices(Algorithm::Myers, old, new).into_iter().map(|op| {
        let is_same = matches!(op, DiffOp::Equal { .. });
        let removed = old.get(op.old_range()).unwrap_or_default().to_vec();
        // A run that is in both is kept once.
        let added = new.get(op.new_range()).filter(|_| !is_same).unwrap_or_default().to_vec();
        Run { removed, added, is_same }
    });
    let found = merged(found.collect());
    runs.extend(joined(found));
}

/// Runs of one kind that follow each other are one.
fn merged(runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let mut merged: Vec<Run<'_>> = Vec::new();
    for run in runs {
        push_run(&mut merged, run);
    }
    merged
}

fn push_run<'t>(runs: &mut Vec<Run<'t>>, run: Run<'t>) {
    match runs.last_mut() {
        Some(last) if last.is_same == run.is_same => {
            last.removed.extend(run.removed);
            last.added.extend(run.added);
        }
        Some(_) | None => runs.push(run),
    }
}

/// A few equal words between two changes tell a reader nothing: they join the changes into one.
fn joined(found: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let mut joined: Vec<Run<'_>> = Vec::new();
    let mut found = found.into_iter().peekable();
    while let Some(mut run) = found.next() {
        let next = found.peek().map(weight);
        if let (Some(before), Some(after), true) = (joined.last().map(weight), next, run.is_same)
            && is_confetti(&run, before, after)
        {
            run.added.clone_from(&run.removed);
            run.is_same = false;
        }
        push_run(&mut joined, run);
    }
    joined
}

/// How many words a change has, of the side that has more.
fn weight(run: &Run<'_>) -> usize {
    let count = |tokens: &[Token<'_>]| tokens.iter().filter(|token| is_word(token)).count();
    count(&run.removed).max(count(&run.added)).max(1)
}

fn is_word(token: &Token<'_>) -> bool {
    match token {
        Token::Break(_) => false,
        Token::Word(word) => word.text.chars().any(char::is_alphanumeric),
    }
}

/// Between two changes of some words, as many words or fewer are confetti, and so is what is no word; a block's beginning
/// never is.
fn is_confetti(same: &Run<'_>, before: usize, after: usize) -> bool {
    let has_break = same.removed.iter().any(|token| matches!(token, Token::Break(_)));
    let words = same.removed.iter().filter(|token| is_word(token)).count();
    !has_break && words <= before.min(after).saturating_sub(1).min(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let wording = Wording::of_line(before, after).unwrap();
        let text = |pieces: &[Piece]| -> String {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Break(_) => "¶",
                    Piece::Words { text, .. } => text,
                })
                .collect()
        };
        assert_eq!((text(&wording.before()), text(&wording.after())), (before.to_owned(), after.to_owned()));
        let mark = |edit: &Edit| match edit {
            Edit::Same(pieces) => text(pieces),
            Edit::Removed(pieces) => format!("[-{}-]", text(pieces)),
            Edit::Added(pieces) => format!("{{+{}+}}", text(pieces)),
        };
        wording.edits.iter().map(mark).collect()
    }

    #[test]
    fn a_change_is_told_in_whole_words() {
        for (before, after, expected) in [
            ("entro 5 giorni", "entro 10 giorni", "entro [-5-]{+10+} giorni"),
            (
                "Il verbale è pubblicato.",
                "Il verbale è pubblicato entro 10 giorni.",
                "Il verbale è pubblicato{+ entro 10 giorni+}.",
            ),
            ("a b", "a, b", "a{+,+} b"),
            ("1.000 euro", "1.500 euro", "[-1.000-]{+1.500+} euro"),
        ] {
            assert_eq!(marked(before, after), expected);
        }
    }

    #[test]
    fn a_short_word_between_two_changes_is_a_part_of_them() {
        assert_eq!(
            marked(
                "L'autorità trasmette i documenti ai membri del comitato cinque giorni prima.",
                "L'autorità invia tutte le carte ai partner invitati alla riunione cinque giorni prima.",
            ),
            "L'autorità [-trasmette i documenti ai membri del comitato-]{+invia tutte le carte ai partner invitati alla riunione+} cinque giorni prima."
        );
        assert_eq!(
            marked("entro 5 giorni e 3 ore", "entro 10 giorni e 6 ore"),
            "entro [-5-]{+10+} giorni e [-3-]{+6+} ore"
        );
    }
}
