//! Where a line end of one side falls among words of the other that are not its own.

use std::ops::Range;

use crate::collate::likeness::Pattern;
use crate::document::Text;
use crate::text::graphemes::{border_after, border_before, cluster_ends};
use crate::text::token::Class;
use crate::text::words::tokens;

/// The most cells for finding a line end's place among words that differ.
const CELLS: usize = 1_000_000;
/// The longest stretch on each side of a line end that is compared.
const NEAR: usize = 400;
/// How many bytes around the likely place are looked at where there is too much to compare.
const WINDOW: usize = 400;

/// Says whether a line ends in what may part a word.
fn ends_in_hyphen(line: &str) -> bool {
    line.ends_with(['-', '\u{ad}', '\u{2010}', '\u{2011}', '¬', '=', '\u{2e17}', '\u{2e40}'])
}

/// Finds where between `left` and `right` the other side's `span` is best cut: a run of blanks, or
/// an empty range at a cluster border.
pub(crate) fn place(left: &str, right: &str, (text, span): (&Text, Range<usize>)) -> Range<usize> {
    let middle = text.slice(span.clone());
    let (tail, head) = (tail_of(left), head_of(right));
    let found = if (tail.len() + head.len()) * middle.len() > MOST_BYTES * CELLS {
        by_length((left, right), middle)
    } else {
        by_letters((&tail, &head), middle, ends_in_hyphen(left))
    };
    span.start + found.start..span.start + found.end
}

/// The most bytes of a character: with so many there are too many cells, whatever the letters are.
const MOST_BYTES: usize = 4;

/// Finds the place by the letters around it.
fn by_letters((left, right): (&[u8], &[u8]), middle: &str, in_words: bool) -> Range<usize> {
    let candidates = candidates(middle, in_words);
    let best = if candidates.len() == 1 {
        0
    } else {
        let clusters: Vec<u8> = middle.chars().map(plain).collect();
        if (left.len() + right.len()) * clusters.len() > CELLS {
            candidates.len() * left.len() / (left.len() + right.len())
        } else {
            best_candidate(left, right, &clusters, &candidates)
        }
    };
    candidates[best.min(candidates.len() - 1)].bytes.clone()
}

/// Finds the place by the lengths of what stands before and after it; only what is near is read, as
/// hundreds of line ends may be looked for in one long stretch.
fn by_length((left, right): (&str, &str), middle: &str) -> Range<usize> {
    let likely = middle.len() as u128 * left.len() as u128 / (left.len() + right.len()) as u128;
    let likely = likely as usize;
    let start = border_before(middle, likely.saturating_sub(WINDOW));
    let end = border_after(middle, (likely + WINDOW).min(middle.len()));
    // A word may be cut where the window starts and ends.
    let is_cut = |at: usize| (at == start && start > 0) || (at == end && end < middle.len());
    let places = candidates(&middle[start..end], false).into_iter();
    let places = places.map(|place| start + place.bytes.start..start + place.bytes.end);
    let nearest = places
        .filter(|place| !is_cut(place.start) && !is_cut(place.end))
        .min_by_key(|place| place.start.abs_diff(likely));
    let likely = border_before(middle, likely);
    nearest.unwrap_or(likely..likely)
}

fn tail_of(text: &str) -> Vec<u8> {
    let mut chars: Vec<u8> = text.chars().rev().take(NEAR).map(plain).collect();
    chars.reverse();
    chars
}

fn head_of(text: &str) -> Vec<u8> {
    text.chars().take(NEAR).map(plain).collect()
}

/// Folds what recognisers mix up most, case, and brings a character to one byte.
fn plain(c: char) -> u8 {
    let lower =
        if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
    if lower.is_ascii() { lower as u8 } else { lower as u8 | 0x80 }
}

/// Holds a place where a text may be cut.
struct Candidate {
    bytes: Range<usize>,
    /// Where it starts, in characters.
    chars: usize,
    bonus: usize,
}

/// Returns the places where `text` may be cut, in order: runs of blanks, borders of words, and of
/// clusters in words if a hyphen says so.
fn candidates(text: &str, in_words: bool) -> Vec<Candidate> {
    let (mut found, mut clusters) = (Vec::new(), Vec::new());
    tokens(text, 0, &mut found);
    let mut out: Vec<Candidate> = Vec::new();
    let (mut chars, mut after_blank, mut after_mark) = (0, false, false);
    // Without a hyphen at the line's end, words and their marks stay together.
    let blank = if in_words { 2 } else { 9 };
    for token in found {
        let piece = token.of(text);
        if matches!(token.class, Class::Blank | Class::LineEnd) {
            let line_end = token.class == Class::LineEnd;
            if !after_blank {
                let bonus = blank + usize::from(after_mark);
                out.push(Candidate { bytes: token.range(), chars, bonus });
            }
            let last = out.last_mut().expect("pushed with the run's first token");
            last.bytes.end = token.end as usize;
            last.bonus += if line_end { 2 } else { 0 };
        } else {
            clusters.clear();
            clusters.push(token.start);
            if in_words || token.class == Class::Glyph {
                cluster_ends(piece, token.start as usize, &mut clusters);
                clusters.pop();
            }
            for (at, &cluster) in clusters.iter().enumerate().skip(usize::from(after_blank)) {
                let chars =
                    chars + piece[..cluster as usize - token.start as usize].chars().count();
                let bytes = cluster as usize..cluster as usize;
                let edge = if chars == 0 { blank } else { 1 };
                out.push(Candidate { bytes, chars, bonus: if at == 0 { edge } else { 0 } });
            }
            after_mark = token.class == Class::Mark && !piece.starts_with(OPENING);
        }
        after_blank = matches!(token.class, Class::Blank | Class::LineEnd);
        chars += piece.chars().count();
    }
    if !after_blank {
        let bonus = blank + usize::from(after_mark);
        out.push(Candidate { bytes: text.len()..text.len(), chars, bonus });
    }
    out
}

/// Marks that belong to the word after them.
const OPENING: [char; 10] =
    ['(', '[', '{', '"', '\'', '\u{201c}', '\u{2018}', '\u{ab}', '\u{201e}', '$'];

fn best_candidate(left: &[u8], right: &[u8], middle: &[u8], candidates: &[Candidate]) -> usize {
    let mut pattern = Pattern::default();
    pattern.set(middle);
    let before = pattern.common_heads(left);
    let backwards = |text: &[u8]| -> Vec<u8> { text.iter().rev().copied().collect() };
    pattern.set(&backwards(middle));
    let after = pattern.common_heads(&backwards(right));
    let lengths = (left.len() + right.len()).max(1);
    let expected = middle.len() * left.len() / lengths;
    let likely = !(left.is_empty() && right.is_empty());
    let score = |candidate: &Candidate| {
        let off = if likely { candidate.chars.abs_diff(expected) } else { 0 };
        let blanks = candidate.bytes.len().min(middle.len() - candidate.chars);
        let behind = middle.len() - candidate.chars;
        let common = before[candidate.chars] + after[behind].max(after[behind - blanks]);
        // A line that has text on this side should get some on the other.
        let starved = (!left.is_empty() && candidate.chars == 0)
            || (!right.is_empty() && candidate.chars + blanks >= middle.len());
        (4 * common as usize + candidate.bonus) as isize
            - (off / 2) as isize
            - 3 * isize::from(starved)
    };
    let mut best = 0;
    for at in 1..candidates.len() {
        if score(&candidates[at]) > score(&candidates[best]) {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_long_stretch_the_place_is_where_its_length_says() {
        let middle = Text::new("unlike words ".repeat(20_000)).expect("short");
        let (left, right) = ("x".repeat(30_000), "y".repeat(90_000));
        let found = place(&left, &right, (&middle, 0..middle.len()));
        assert_eq!(middle.slice(found.clone()), " ");
        assert!(found.start.abs_diff(middle.len() / 4) < 13, "{found:?}");
        // A word without end is cut all the same, between clusters.
        let middle = Text::new("e\u{301}".repeat(20_000)).expect("short");
        let found = place(&left, &right, (&middle, 0..middle.len()));
        assert!(found.is_empty() && found.start.is_multiple_of(3), "{found:?}");
        assert!(found.start.abs_diff(middle.len() / 4) <= 3, "{found:?}");
    }
}
