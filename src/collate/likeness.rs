//! How alike two lines or words are: longest common subsequences, sixty-four cells at a time.
//!
//! Nothing here decides that texts are equal; it only guides which lines and words are paired.

/// Counts this as wholly alike.
pub(crate) const ALIKE: u32 = 1000;

/// Longest stretch of a line, in folded characters, that is looked at from either end.
pub(crate) const ENDS: usize = 2048;

/// Holds lines as strings of one byte a character, blanks folded, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    bytes: Vec<u8>,
    ends: Vec<(u32, u32)>,
    /// How often each line has each letter, several letters counted as one.
    letters: Vec<[u8; 32]>,
}

impl Folded {
    /// Appends a line. Very long ones keep their two ends only.
    pub(crate) fn push(&mut self, line: &str) {
        if !self.bytes.is_empty() {
            self.bytes.push(b' ');
        }
        let start = self.bytes.len();
        fold_ends(line, ENDS, &mut self.bytes);
        self.ends.push((start as u32, self.bytes.len() as u32));
        let mut letters = [0_u8; 32];
        for byte in &self.bytes[start..] {
            let count = &mut letters[usize::from(byte & 31)];
            *count = count.saturating_add(1);
        }
        self.letters.push(letters);
    }

    /// Returns how many characters a line has in common with one of another text at the very most.
    pub(crate) fn common_at_most(&self, line: usize, other: &Self, other_line: usize) -> usize {
        let shorter = self.lines(line, 1).len().min(other.lines(other_line, 1).len());
        // In a longer line more may be common than was counted.
        if shorter > usize::from(u8::MAX) {
            return shorter;
        }
        let counts = self.letters[line].iter().zip(&other.letters[other_line]);
        counts.map(|(&one, &other)| u32::from(one.min(other))).sum::<u32>() as usize
    }

    /// Returns how many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns `count` lines from `first` on, a blank between them.
    pub(crate) fn lines(&self, first: usize, count: usize) -> &[u8] {
        let (start, end) = (self.ends[first].0, self.ends[first + count - 1].1);
        &self.bytes[start as usize..end as usize]
    }
}

/// Appends `text` with one byte a character: case folded, runs of blanks as one, none at the ends.
pub(crate) fn fold(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        return fold_ascii(text, out);
    }
    let start = out.len();
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && out.len() > start {
            out.push(b' ');
        }
        blank = false;
        out.push(if c.is_ascii() { c.to_ascii_lowercase() as u8 } else { c as u8 | 0x80 });
    }
}

/// Appends what [`fold`] does, but of what is longer than twice `ends` the two ends only: what it is
/// compared with is as long, and the work is the product of the two lengths.
pub(crate) fn fold_ends(text: &str, ends: usize, out: &mut Vec<u8>) {
    let start = out.len();
    fold(text, out);
    if out.len() - start > 2 * ends {
        let tail = out.len() - ends;
        out.copy_within(tail.., start + ends);
        out.truncate(start + 2 * ends);
    }
}

fn fold_ascii(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    for word in text.as_bytes().split(|byte| matches!(byte, b' ' | b'\t'..=b'\r')) {
        if !word.is_empty() {
            if out.len() > start {
                out.push(b' ');
            }
            out.extend_from_slice(word);
        }
    }
    out[start..].make_ascii_lowercase();
}

/// Finds the length of the longest common subsequence of one pattern and many texts (Hyyrö 2004).
#[derive(Debug)]
pub(crate) struct Pattern {
    masks: Vec<u64>,
    row: Vec<u64>,
    bytes: Vec<u8>,
    words: usize,
}

impl Default for Pattern {
    fn default() -> Self {
        Self { masks: vec![0; 256], row: Vec::new(), bytes: Vec::new(), words: 1 }
    }
}

impl Pattern {
    /// Takes another pattern.
    pub(crate) fn set(&mut self, pattern: &[u8]) {
        // All masks are zero after this, whatever the pattern's length was.
        if self.words == 1 {
            self.bytes.iter().for_each(|&byte| self.masks[usize::from(byte)] = 0);
        } else {
            for &byte in &self.bytes {
                let at = byte as usize * self.words;
                // Filling a slice of one or two costs more than the rest of this.
                for word in 0..self.words {
                    self.masks[at + word] = 0;
                }
            }
        }
        let words = pattern.len().div_ceil(64).max(1);
        self.words = words;
        if self.masks.len() < 256 * words {
            self.masks.resize(256 * words, 0);
        }
        if words == 1 {
            for (at, &byte) in pattern.iter().enumerate() {
                self.masks[usize::from(byte)] |= 1 << at;
            }
        } else {
            for (at, &byte) in pattern.iter().enumerate() {
                self.masks[byte as usize * words + at / 64] |= 1 << (at % 64);
            }
        }
        self.bytes.clear();
        self.bytes.extend_from_slice(pattern);
    }

    /// Returns the length of the pattern.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the length of the longest common subsequence with `text`.
    pub(crate) fn common(&mut self, text: &[u8]) -> usize {
        // As arrays of 256, nothing need be checked at each letter.
        if self.words == 1
            && let Some(masks) = self.masks.first_chunk::<256>()
        {
            let mut row = !0_u64;
            for &byte in text {
                let hit = row & masks[usize::from(byte)];
                row = row.wrapping_add(hit) | (row & !hit);
            }
            return (!row).count_ones() as usize;
        }
        if self.words == 2
            && let Some(masks) = self.masks.as_chunks::<2>().0.first_chunk::<256>()
        {
            let mut row = !0_u128;
            for &byte in text {
                let [low, high] = masks[usize::from(byte)];
                let hit = row & (u128::from(high) << 64 | u128::from(low));
                row = row.wrapping_add(hit) | (row & !hit);
            }
            return (!row).count_ones() as usize;
        }
        self.run(text);
        self.row.iter().map(|word| (!word).count_ones() as usize).sum()
    }

    /// Returns the length of the longest common subsequence of `text` and each head of the pattern,
    /// the empty one first.
    pub(crate) fn common_heads(&mut self, text: &[u8]) -> Vec<u32> {
        self.run(text);
        let mut common = 0;
        let bit = |at: usize| (!self.row[at / 64] >> (at % 64) & 1) as u32;
        std::iter::once(0)
            .chain((0..self.bytes.len()).map(|at| {
                common += bit(at);
                common
            }))
            .collect()
    }

    /// Leaves in `row` a zero for each character of the pattern that adds to what is common.
    fn run(&mut self, text: &[u8]) {
        self.row.clear();
        self.row.resize(self.words, !0);
        for &byte in text {
            let at = byte as usize * self.words;
            let mut carry = false;
            for (word, &mask) in self.row.iter_mut().zip(&self.masks[at..at + self.words]) {
                let hit = *word & mask;
                let (sum, first) = word.overflowing_add(hit);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                carry = first || second;
                *word = sum | (*word & !hit);
            }
        }
    }

    /// Returns twice the common length over the sum of lengths, in thousandths.
    pub(crate) fn likeness(&mut self, text: &[u8]) -> u32 {
        share(self.common(text), self.len() + text.len())
    }
}

/// Returns `2 * common / total` in thousandths; two empty texts are alike.
pub(crate) fn share(common: usize, total: usize) -> u32 {
    (2 * common * ALIKE as usize).checked_div(total).map_or(ALIKE, |share| share as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly(one: &[u8], other: &[u8]) -> usize {
        let mut row = vec![0; other.len() + 1];
        for x in one {
            let mut corner = 0;
            for (at, y) in other.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[other.len()]
    }

    proptest! {
        #[test]
        fn the_short_way_of_folding_ascii_is_right(text in "[ -~\\t\\n\\x0b\\x0c\\r]{0,30}") {
            let folded = |first: char| {
                let mut out = Vec::new();
                fold(&format!("{first}{text}"), &mut out);
                out
            };
            prop_assert_eq!(&folded('e')[1..], &folded('é')[1..]);
        }

        #[test]
        fn sixty_four_at_a_time_is_right(one in "[a-d]{0,150}", other in "[a-d]{0,150}", third in "[a-e]{0,20}") {
            let mut pattern = Pattern::default();
            for text in [&one, &other, &third, &one] {
                pattern.set(text.as_bytes());
                prop_assert_eq!(pattern.common(other.as_bytes()), slowly(text.as_bytes(), other.as_bytes()));
                let heads = pattern.common_heads(other.as_bytes());
                prop_assert_eq!(heads.len(), text.len() + 1);
                for (at, common) in heads.into_iter().enumerate() {
                    prop_assert_eq!(common as usize, slowly(&text.as_bytes()[..at], other.as_bytes()));
                }
            }
        }
    }
}
