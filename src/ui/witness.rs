//! What one of the two texts has where an edit is, and which place of it answers to the cursor.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::graphemes::border_before;

/// In texts longer than this, a word is compared with so many bytes around it.
const AROUND: usize = 4096;

/// A stretch of one text and what answers to it in another.
type Change = (Range<usize>, Range<usize>);

/// Holds one text's reading of what is edited, compared once with the text that the edit began from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    text: String,
    /// Where the text that the edit began from differs from this one, ascending.
    changes: Vec<Change>,
}

impl Witness {
    /// Compares a reading with the text that an edit begins from.
    #[must_use]
    pub fn new(text: String, began: &str) -> Self {
        let changes = changes(began, &text);
        Self { text, changes }
    }

    /// Returns the reading.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the cluster border of the reading that answers to byte `at` of `now`, into which
    /// the text `began` was edited.
    #[must_use]
    pub fn answer(&self, began: &str, now: &str, at: usize) -> usize {
        let at = before_edit(began, now, at);
        let found = self.changes.iter().rev().find(|(mine, _)| mine.start <= at);
        let there = match found {
            Some((mine, theirs)) if at < mine.end => theirs.end.min(theirs.start + at - mine.start),
            Some((mine, theirs)) => theirs.end + at - mine.end,
            None => at,
        };
        border_before(&self.text, there.min(self.text.len()))
    }

    /// Returns the byte of the text that the edit began from that answers to byte `at` of the
    /// reading: the other way round than [`Witness::answer`].
    #[must_use]
    pub fn question(&self, at: usize) -> usize {
        match self.changes.iter().rev().find(|(_, theirs)| theirs.start <= at) {
            Some((mine, theirs)) if at < theirs.end => mine.start,
            Some((mine, theirs)) => mine.end + at - theirs.end,
            None => at,
        }
    }

    /// Finds what differs at byte `at` of `now`, word by word: where it is, and where the reading
    /// has the other word; none where they agree.
    #[must_use]
    pub fn differing(&self, began: &str, now: &str, at: usize) -> Option<Change> {
        let there = self.answer(began, now, at);
        let (mine, theirs) = (around(now, at), around(&self.text, there));
        let changes = changes(&now[mine.clone()], &self.text[theirs.clone()]);
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        let mut changes =
            changes.into_iter().map(|(a, b)| (shift(a, mine.start), shift(b, theirs.start)));
        changes.find(|(mine, _)| mine.start <= at && at <= mine.end)
    }
}

/// Returns the byte of the text before an edit that byte `at` of the text after it answers to.
fn before_edit(began: &str, now: &str, at: usize) -> usize {
    let (old, new) = (began.as_bytes(), now.as_bytes());
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b);
    let tail = tail.count();
    match () {
        () if at <= head => at,
        () if at >= new.len() - tail => old.len() - (new.len() - at),
        () => head + (at - head).min(old.len() - tail - head),
    }
}

/// Returns the whole of a short text, or a stretch around byte `at` of a long one.
fn around(text: &str, at: usize) -> Range<usize> {
    if text.len() <= 2 * AROUND {
        return 0..text.len();
    }
    let start = border_before(text, at.saturating_sub(AROUND));
    start..border_before(text, (at + AROUND).min(text.len()))
}

/// Compares two texts word by word.
fn changes(mine: &str, theirs: &str) -> Vec<Change> {
    if mine == theirs {
        return Vec::new();
    }
    fn borders(text: &str) -> Vec<usize> {
        let words = text.split_word_bound_indices().map(|(at, _)| at);
        words.chain([text.len()]).collect()
    }
    fn words<'a>(text: &'a str, borders: &[usize]) -> Vec<&'a str> {
        borders.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
    }
    let (left, right) = (borders(mine), borders(theirs));
    let ops = capture_diff_slices(Algorithm::Myers, &words(mine, &left), &words(theirs, &right));
    let change = |op: similar::DiffOp| {
        let (old, new) = (op.old_range(), op.new_range());
        (left[old.start]..left[old.end], right[new.start]..right[new.end])
    };
    ops.into_iter().filter(|op| op.tag() != DiffTag::Equal).map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(mine: &'a str, theirs: &'a str, at: usize) -> Option<(&'a str, String)> {
        let witness = Witness::new(theirs.to_owned(), mine);
        let (mine_at, theirs_at) = witness.differing(mine, mine, at)?;
        Some((&mine[mine_at], theirs[theirs_at].to_owned()))
    }

    #[test]
    fn the_word_at_the_cursor_is_found_in_the_other_text() {
        let (mine, theirs) = ("crease in U. employment", "crease 1n L7. 5. employment");
        assert_eq!(found(mine, theirs, 0), None);
        assert_eq!(found(mine, theirs, 8), Some(("in", "1n".to_owned())));
        assert_eq!(found("same", "same", 2), None);
        let long = "all is well ".repeat(2000);
        let (mine, theirs) = (format!("{long}in {long}"), format!("1n {long}1n {long}"));
        let at = long.len() + 1;
        assert_eq!(found(&mine, &theirs, at), Some(("in", "1n".to_owned())));
    }

    #[test]
    fn places_answer_each_other_through_an_edit() {
        let (began, theirs) = ("the cat sat here", "tne black cat sat here");
        let witness = Witness::new(theirs.to_owned(), began);
        let now = "the fat cat sat here";
        assert_eq!(witness.question(theirs.find("cat").expect("there")), 4);
        let answer = |at: usize| &theirs[witness.answer(began, now, at)..];
        assert_eq!(answer(0), theirs);
        assert_eq!(answer(now.find("cat").expect("there")), "cat sat here");
        assert_eq!(answer(now.find("here").expect("there")), "here");
        assert_eq!(answer(now.len()), "");
    }
}
