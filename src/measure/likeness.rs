//! Whether two texts can be one document: how much of their letters they share.

use rapidfuzz::distance::lcs_seq;
use unicode_normalization::UnicodeNormalization;

/// How many letters of each text are looked at for sequences; more would only cost time.
const ENOUGH: usize = 2_000_000;

/// How many letters of each text are looked at for their order; the cost grows with the square.
const ORDERED: usize = 8_000;

/// With fewer letters on a side nothing is said: one line may well be rewritten wholly, and both
/// are seen at a glance.
const FEWEST: usize = 40;

/// Returns how alike two texts are, from 0 to 1; none where one is too short to tell.
///
/// It is the greater of two shares, blanks and composition aside: of the letters at the texts'
/// beginnings that stand in the same order on both sides, and of the sequences of three letters
/// that both have, wherever they stand. The first holds for the worst recognition, the second for
/// columns in another order. On real pairs of OCR and transcript it lies above 0.55, on texts of
/// one language that have nothing to do with each other mostly below 0.5.
#[must_use]
pub fn likeness(base: &str, transcript: &str) -> Option<f64> {
    let (first, second) = (Sequences::of(base), Sequences::of(transcript));
    if first.letters < FEWEST || second.letters < FEWEST {
        return None;
    }
    Some(ordered(base, transcript).max(first.shared(&second)))
}

/// Returns the share of letters that stand in the same order on both sides.
fn ordered(base: &str, transcript: &str) -> f64 {
    let (base, transcript): (Vec<char>, Vec<char>) =
        (letters(base).take(ORDERED).collect(), letters(transcript).take(ORDERED).collect());
    let common = lcs_seq::similarity(base.iter().copied(), transcript.iter().copied());
    2.0 * common as f64 / (base.len() + transcript.len()) as f64
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfc().filter(|c| !c.is_whitespace())
}

/// Counts sequences of three letters, by a hash into a fixed number of slots.
struct Sequences {
    letters: usize,
    counts: Vec<u32>,
}

impl Sequences {
    const SLOTS: usize = 1 << 20;

    fn of(text: &str) -> Self {
        let mut sequences = Self { letters: 0, counts: vec![0; Self::SLOTS] };
        let (mut before, mut last) = ('\0', '\0');
        for c in letters(text).take(ENOUGH) {
            sequences.letters += 1;
            if sequences.letters > 2 {
                sequences.counts[slot(before, last, c)] += 1;
            }
            (before, last) = (last, c);
        }
        sequences
    }

    /// Returns twice the shared sequences over those of both.
    fn shared(&self, other: &Self) -> f64 {
        let pairs = self.counts.iter().zip(&other.counts);
        let shared: usize = pairs.map(|(&one, &other)| one.min(other) as usize).sum();
        // A text of n letters has n - 2 sequences of three.
        2.0 * shared as f64 / (self.letters + other.letters - 4) as f64
    }
}

/// Spreads a sequence over the slots; equal sequences share one, others seldom.
fn slot(first: char, second: char, third: char) -> usize {
    let key = u64::from(u32::from(first)) << 42
        | u64::from(u32::from(second)) << 21
        | u64::from(u32::from(third));
    // Fibonacci hashing: the multiplier is 2^64 over the golden ratio.
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMO: &str = "The Secretary said that he was very interested in these views. He is \
        interested in improving our relations, as the President said. One of our great problems, \
        the Secretary said, is that we must recognize our very important differences. We both \
        understand this.";
    const OTHER: &str = "Sing, o goddess, the anger of Achilles son of Peleus, that brought \
        countless ills upon the Achaeans. Many a brave soul did it send hurrying down to Hades, \
        and many a hero did it yield a prey to dogs and vultures, for so were the counsels of \
        Jove fulfilled.";

    #[test]
    fn one_document_and_two() {
        let misread = MEMO.replace("tha", "tlia").replace("nt", "ut").replace('\n', " ");
        assert!(likeness(MEMO, &misread).expect("long enough") > 0.7);
        assert!(likeness(MEMO, OTHER).expect("long enough") < 0.5);
        assert_eq!(likeness(MEMO, MEMO), Some(1.0));
    }

    #[test]
    fn blanks_and_composition_are_nothing() {
        let composed = MEMO.replace('e', "é");
        let apart = MEMO.replace('e', "e\u{301}").replace(' ', "\n");
        assert_eq!(likeness(&composed, &apart), Some(1.0));
    }

    #[test]
    fn too_short_to_tell() {
        assert_eq!(likeness("", OTHER), None);
        assert_eq!(likeness("a\nb\n", "something else\n"), None);
        let (one, other) = ("The Secretary said that he was very interested.", &OTHER[..60]);
        assert!(likeness(one, other).expect("a line and more") < 0.5);
    }
}
