//! Aligns two runs of tokens: which answer each other, and how surely.

use std::collections::HashMap;
use std::hash::BuildHasher;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::collate::anchors::anchors;
use crate::collate::likeness::{ALIKE, Pattern, fold_ends, share};
use crate::collate::mixing::Mixing;
use crate::text::token::{Class, Token};

/// The most cells of one table; longer runs are first cut at equal words.
const CELLS: usize = 10_000;
/// From this many tokens on, the diff that cuts long runs may miss the shortest script.
const EXACT: usize = 4_000;
/// Up to this many words without a sure point are searched whatever they are.
const SEARCHED: usize = 400;
/// From this many words on without a sure point, half must be shared.
const UNRELATED: usize = 6_000;
/// The least likeness of two words that are taken for one, in thousandths.
const SAME_WORD: u32 = 400;
/// What a letter in common is worth, and how many letters of a word count.
const GAIN: u32 = 10;
const LONG: u32 = 1_000;
/// The longest stretch of a word, in letters, that is looked at from either end: it may be a megabyte
/// without a blank.
const ENDS: usize = 256;

/// Says that a base token answers a transcript token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// The base token, by index.
    pub(crate) base: u32,
    /// The transcript token, by index.
    pub(crate) transcript: u32,
    /// Whether the two are the same bytes.
    pub(crate) equal: bool,
}

/// Aligns tokens of two texts; keeps its buffers from one call to the next.
#[derive(Debug, Default)]
pub(crate) struct Aligner {
    folded: [Vec<u8>; 2],
    words: [Vec<Word>; 2],
    scores: Vec<u32>,
    gains: Vec<u32>,
    pattern: Pattern,
}

/// Holds what a table must know of a token: it is read once, and compared with many.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Where its folded letters start, none but a word's, and how many there are.
    start: u32,
    length: u32,
    /// Which letters they are, one bit for several.
    letters: u32,
    class: Class,
    /// Its length in bytes.
    size: u32,
    /// The hash of its bytes: two that differ and share one are aligned as if equal, nothing else.
    hash: u64,
}

impl Word {
    fn folded<'a>(&self, all: &'a [u8]) -> &'a [u8] {
        &all[self.start as usize..][..self.length as usize]
    }
}

/// Holds the tokens of one side with their text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side<'a> {
    /// The whole text.
    pub(crate) text: &'a str,
    /// Some tokens of it, in order.
    pub(crate) tokens: &'a [Token],
}

impl<'a> Side<'a> {
    fn token(&self, index: usize) -> &'a str {
        self.tokens[index].of(self.text)
    }

    fn part(&self, from: usize, to: usize) -> Self {
        Self { text: self.text, tokens: &self.tokens[from..to] }
    }
}

impl Aligner {
    /// Appends the matches of two runs of tokens, ascending on both sides.
    pub(crate) fn align(&mut self, base: Side<'_>, transcript: Side<'_>, out: &mut Vec<Match>) {
        self.trimmed(base, transcript, (0, 0), out);
    }

    fn trimmed(&mut self, base: Side, transcript: Side, at: (u32, u32), out: &mut Vec<Match>) {
        let same = |&(x, y): &(usize, usize)| base.token(x) == transcript.token(y);
        let shorter = base.tokens.len().min(transcript.tokens.len());
        let head = (0..shorter).map(|k| (k, k)).take_while(same).count();
        let (n, m) = (base.tokens.len(), transcript.tokens.len());
        let tail = (1..=shorter - head).map(|k| (n - k, m - k)).take_while(same).count();
        let equal = |x: usize, y: usize| Match {
            base: at.0 + x as u32,
            transcript: at.1 + y as u32,
            equal: true,
        };
        out.extend((0..head).map(|k| equal(k, k)));
        let inner = (base.part(head, n - tail), transcript.part(head, m - tail));
        self.inner(inner.0, inner.1, (at.0 + head as u32, at.1 + head as u32), out);
        out.extend((1..=tail).rev().map(|k| equal(n - k, m - k)));
    }

    fn inner(&mut self, base: Side, transcript: Side, at: (u32, u32), out: &mut Vec<Match>) {
        let (n, m) = (base.tokens.len(), transcript.tokens.len());
        if n == 0 || m == 0 {
        } else if n * m <= CELLS {
            self.table(base, transcript, at, out);
        } else {
            self.long(base, transcript, at, out);
        }
    }

    /// Cuts a long run at the words that a diff finds equal.
    fn long(&mut self, base: Side, transcript: Side, at: (u32, u32), out: &mut Vec<Match>) {
        let mut ids = HashMap::with_hasher(Mixing);
        let (old, old_places) = numbered(base, &mut ids);
        let (new, new_places) = numbered(transcript, &mut ids);
        let mut from = (0, 0);
        for (x, y) in equal_words(&old, &new) {
            let (x, y) = (old_places[x], new_places[y]);
            self.between(base, transcript, (from, (x, y)), at, out);
            out.push(Match { base: at.0 + x as u32, transcript: at.1 + y as u32, equal: true });
            from = (x + 1, y + 1);
        }
        let to = (base.tokens.len(), transcript.tokens.len());
        self.between(base, transcript, (from, to), at, out);
    }

    /// Aligns what lies between two equal words, in pieces if the table would be too large.
    fn between(
        &mut self,
        base: Side,
        transcript: Side,
        (mut from, to): ((usize, usize), (usize, usize)),
        at: (u32, u32),
        out: &mut Vec<Match>,
    ) {
        let pieces = ((to.0 - from.0) * (to.1 - from.1)).div_ceil(CELLS).isqrt().max(1);
        let pieces = if pieces > 1 { (pieces + 1).max((to.0 - from.0).div_ceil(100)) } else { 1 };
        for left in (1..=pieces).rev() {
            let next = (from.0 + (to.0 - from.0) / left, from.1 + (to.1 - from.1) / left);
            let inner = (base.part(from.0, next.0), transcript.part(from.1, next.1));
            let at = (at.0 + from.0 as u32, at.1 + from.1 as u32);
            if inner.0.tokens.len() * inner.1.tokens.len() <= CELLS {
                self.trimmed(inner.0, inner.1, at, out);
            }
            from = next;
        }
    }

    /// Finds the matches with the greatest sum of gains.
    fn table(&mut self, base: Side, transcript: Side, at: (u32, u32), out: &mut Vec<Match>) {
        let (n, m) = (base.tokens.len(), transcript.tokens.len());
        self.read(base, transcript);
        let width = m + 1;
        self.scores.clear();
        self.scores.resize((n + 1) * width, 0);
        self.gains.clear();
        self.gains.resize(n * m, 0);
        for x in (0..n).rev() {
            self.fill_row(x, m);
        }
        let (mut x, mut y) = (0, 0);
        while x < n && y < m {
            let here = x * width + y;
            let gain = self.gains[x * m + y];
            if gain > 0 && self.scores[here] == gain + self.scores[here + width + 1] {
                let equal = base.token(x) == transcript.token(y);
                let (base, transcript) = (at.0 + x as u32, at.1 + y as u32);
                out.push(Match { base, transcript, equal });
                (x, y) = (x + 1, y + 1);
            } else if self.scores[here] == self.scores[here + width] {
                x += 1;
            } else {
                y += 1;
            }
        }
    }

    /// Reads the tokens of both sides for a table.
    fn read(&mut self, base: Side, transcript: Side) {
        for (side, (folded, words)) in
            [base, transcript].iter().zip(self.folded.iter_mut().zip(&mut self.words))
        {
            folded.clear();
            words.clear();
            for token in side.tokens {
                let start = folded.len();
                if token.class == Class::Word {
                    fold_ends(token.of(side.text), ENDS, folded);
                }
                let letters = folded[start..].iter().fold(0, |all, byte| all | 1 << (byte & 31));
                words.push(Word {
                    start: start as u32,
                    length: (folded.len() - start) as u32,
                    letters,
                    class: token.class,
                    size: token.end - token.start,
                    hash: Mixing.hash_one(token.of(side.text)),
                });
            }
        }
    }

    /// Fills the scores and gains of the tokens from `x` on, those behind them being known.
    fn fill_row(&mut self, x: usize, m: usize) {
        let width = m + 1;
        let one = self.words[0][x];
        let (above, below) = self.scores.split_at_mut((x + 1) * width);
        let (scores, gains) = (&mut above[x * width..][..m], &mut self.gains[x * m..][..m]);
        let cells = scores.iter_mut().zip(gains).zip(&below[..m]).zip(&self.words[1]);
        let (mut is_set, mut right, mut after) = (false, 0, 0);
        for (((score, gain), &down), other) in cells.rev() {
            let skip = down.max(right);
            // Equal tokens are of one class.
            *gain = if other.class != one.class {
                0
            } else if one.hash == other.hash {
                gain_of_equals(one.class, one.size)
            } else if one.class != Class::Word {
                gain_of_unequals(one.class)
            } else if !worth_counting(one, *other, skip - after) {
                0
            } else {
                if !is_set {
                    self.pattern.set(one.folded(&self.folded[0]));
                    is_set = true;
                }
                gain_of_words(&mut self.pattern, other.folded(&self.folded[1]))
            };
            *score = if *gain > 0 { skip.max(*gain + after) } else { skip };
            (right, after) = (*score, down);
        }
    }
}

/// Says whether two words that differ may be taken for one, and that for a gain of `needed` or more.
fn worth_counting(one: Word, other: Word, needed: u32) -> bool {
    let shorter = one.length.min(other.length);
    if GAIN * shorter.min(LONG) < needed || 5 * shorter < one.length + other.length {
        return false;
    }
    // A letter that the other word lacks cannot be common.
    let lacking = |one: Word, other: Word| (one.letters & !other.letters).count_ones();
    let most = (one.length - lacking(one, other)).min(other.length - lacking(other, one));
    gain_of_common(most, one.length + other.length) >= needed.max(1)
}

/// Gives equal words equal numbers, blanks left out; returns them with their places.
fn numbered<'a>(side: Side<'a>, ids: &mut HashMap<&'a str, u32, Mixing>) -> (Vec<u32>, Vec<usize>) {
    let worth = |&k: &usize| side.tokens[k].class != Class::Blank;
    let places: Vec<usize> = (0..side.tokens.len()).filter(worth).collect();
    let numbers = places.iter().map(|&k| {
        let next = ids.len() as u32;
        *ids.entry(side.token(k)).or_insert(next)
    });
    (numbers.collect(), places)
}

/// Returns pairs of equal words, ascending: between sure points, what a diff finds.
fn equal_words(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let points = if old.len() + new.len() > EXACT { anchors(old, new) } else { Vec::new() };
    let mut out = Vec::new();
    let mut from = (0, 0);
    for to in points.into_iter().chain([(old.len(), new.len())]) {
        let (part, other) = (&old[from.0..to.0], &new[from.1..to.1]);
        // So many words without one sure point have little in common, or repeat themselves.
        if !worth_a_search(part, other) {
            from = to;
            continue;
        }
        let exact = part.len() + other.len() <= EXACT;
        let algorithm = if exact { Algorithm::RawMyers } else { Algorithm::Myers };
        for op in capture_diff_slices(algorithm, part, other) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                out.extend((0..len).map(|k| (from.0 + old_index + k, from.1 + new_index + k)));
            }
        }
        from = to;
    }
    out
}

/// Says whether two stretches without one sure point share enough to be searched: the longer they
/// are, the more, up to half. Texts that repeat themselves do, unrelated ones do not.
fn worth_a_search(old: &[u32], new: &[u32]) -> bool {
    let words = old.len() + new.len();
    let needed = words.clamp(UNRELATED / 4, UNRELATED);
    // Of two that differ in length the shorter may lie somewhere in the longer.
    let (shorter, longer) = (old.len().min(new.len()), old.len().max(new.len()));
    let of = if words <= EXACT { shorter } else { longer };
    words <= SEARCHED || 2 * UNRELATED * shared_pairs(old, new) > needed * of
}

/// Counts the pairs of words in a row that are on both sides, as often as on the poorer one.
fn shared_pairs(old: &[u32], new: &[u32]) -> usize {
    let mut counts: HashMap<(u32, u32), i32, Mixing> = HashMap::with_hasher(Mixing);
    for pair in old.windows(2) {
        *counts.entry((pair[0], pair[1])).or_default() += 1;
    }
    let shared = new.windows(2).filter(|pair| {
        let left = counts.get_mut(&(pair[0], pair[1])).filter(|left| **left > 0);
        left.is_some_and(|left| {
            *left -= 1;
            true
        })
    });
    shared.count()
}

/// Returns what a match of two equal tokens is worth.
fn gain_of_equals(class: Class, size: u32) -> u32 {
    match class {
        Class::Word => 12 + GAIN * size.min(LONG),
        Class::Glyph => 14,
        Class::Mark | Class::Control => 8,
        Class::Blank => 3,
        Class::PageEnd | Class::LineEnd => 20,
    }
}

/// Returns what a match of two tokens of one class, words aside, is worth.
fn gain_of_unequals(class: Class) -> u32 {
    match class {
        Class::Blank => 2,
        Class::Mark => 3,
        Class::LineEnd => 15,
        _ => 0,
    }
}

/// Returns what a match of two words that differ is worth.
fn gain_of_words(pattern: &mut Pattern, other: &[u8]) -> u32 {
    gain_of_common(pattern.common(other) as u32, (pattern.len() + other.len()) as u32)
}

/// Returns what a match of words with so many of all their letters in common is worth; the more,
/// the more it is.
fn gain_of_common(common: u32, total: u32) -> u32 {
    let likeness = share(common as usize, total as usize);
    if likeness < SAME_WORD { 0 } else { GAIN * common.min(LONG) * likeness / ALIKE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::tokens;

    #[test]
    fn a_word_without_end_is_compared_by_its_ends() {
        let texts = ["a".repeat(200_000), "a".repeat(99_000) + "b" + &"a".repeat(99_000)];
        let read = |text: &str| {
            let mut read = Vec::new();
            tokens(text, 0, &mut read);
            read
        };
        let all = [read(&texts[0]), read(&texts[1])];
        let side = |at: usize| Side { text: &texts[at], tokens: &all[at] };
        let (mut aligner, mut found) = (Aligner::default(), Vec::new());
        aligner.align(side(0), side(1), &mut found);
        assert_eq!(found, [Match { base: 0, transcript: 0, equal: false }]);
        assert!(aligner.folded.iter().all(|letters| letters.len() == 2 * ENDS));
    }
}
