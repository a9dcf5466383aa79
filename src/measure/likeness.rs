//! Whether two texts can be one document: how many of their short letter sequences they share.

use unicode_normalization::UnicodeNormalization;

/// How many letters of each text are looked at; more would only cost time.
const ENOUGH: usize = 2_000_000;

/// With fewer letters on a side nothing is said: a line or two may well be rewritten wholly.
const FEWEST: usize = 200;

/// Returns how alike two texts are, from 0 to 1; none where one is too short to tell.
///
/// It is twice the shared sequences of three letters over those of both texts, blanks and
/// composition aside, wherever they stand. On real pairs of OCR and transcript it lies above 0.5,
/// on texts of the same language that have nothing to do with each other below 0.45.
#[must_use]
pub fn likeness(base: &str, transcript: &str) -> Option<f64> {
    let base = Sequences::of(base);
    let transcript = Sequences::of(transcript);
    if base.letters < FEWEST || transcript.letters < FEWEST {
        return None;
    }
    let pairs = base.counts.iter().zip(&transcript.counts);
    let shared: usize = pairs.map(|(&one, &other)| one.min(other) as usize).sum();
    // A text of n letters has n - 2 sequences of three.
    let all = base.letters + transcript.letters - 4;
    Some(2.0 * shared as f64 / all as f64)
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
        for c in text.nfc().filter(|c| !c.is_whitespace()).take(ENOUGH) {
            sequences.letters += 1;
            if sequences.letters > 2 {
                sequences.counts[slot(before, last, c)] += 1;
            }
            (before, last) = (last, c);
        }
        sequences
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
        assert!(likeness(MEMO, OTHER).expect("long enough") < 0.35);
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
    }
}
