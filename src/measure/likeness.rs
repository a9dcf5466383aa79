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

/// How many letters are looked at together at first: pieces cost their length's square, not the
/// text's.
const PIECE: usize = 512;

/// Returns how alike two texts are, from 0 to 1, where that is less than `least`; none where it is
/// not, or where one is too short to tell.
///
/// It is the greater of two shares, blanks and composition aside: of the letters at the texts'
/// beginnings that stand in the same order on both sides, and of the sequences of three letters
/// that both have, wherever they stand. The first holds for the worst recognition, the second for
/// columns in another order. On real pairs of OCR and transcript it lies above 0.55, on texts of
/// one language that have nothing to do with each other mostly below 0.5.
#[must_use]
pub fn less_alike(base: &str, transcript: &str, least: f64) -> Option<f64> {
    let (first, second): (Vec<char>, Vec<char>) =
        (letters(base).take(ORDERED).collect(), letters(transcript).take(ORDERED).collect());
    if first.len() < FEWEST || second.len() < FEWEST {
        return None;
    }
    // A text's pieces, each beside the other's, have no more in order than the whole: for most
    // texts that is enough, and what costs more need not be known.
    if ordered(&first, &second, PIECE) >= least {
        return None;
    }
    let whole = ordered(&first, &second, ORDERED);
    if whole >= least {
        return None;
    }
    let share = whole.max(shared(base, transcript));
    (share < least).then_some(share)
}

/// Returns the share of letters that stand in the same order in the k-th piece of both sides.
fn ordered(base: &[char], transcript: &[char], piece: usize) -> f64 {
    let pieces = base.chunks(piece).zip(transcript.chunks(piece));
    let common: usize = pieces
        .map(|(one, two)| lcs_seq::similarity(one.iter().copied(), two.iter().copied()))
        .sum();
    2.0 * common as f64 / (base.len() + transcript.len()) as f64
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    // Composition does not reach over line ends, and there is none in ASCII.
    let lines = text.split_inclusive('\n').flat_map(|line| {
        let (plain, other) = if line.is_ascii() { (line, "") } else { ("", line) };
        plain.chars().chain(other.nfc())
    });
    lines.filter(|c| !c.is_whitespace())
}

/// Returns the share of sequences of three letters that both texts have.
fn shared(base: &str, transcript: &str) -> f64 {
    // Counted up on one side and down on the other, what is left is what one of them lacks.
    let mut counts = vec![0_i32; SLOTS];
    let one = count(base, &mut counts, 1);
    let other = count(transcript, &mut counts, -1);
    let left: usize = counts.iter().map(|count| count.unsigned_abs() as usize).sum();
    let all = one + other;
    (all - left) as f64 / all as f64
}

/// How many sequences are told apart.
const SLOTS: usize = 1 << 20;

/// Adds `by` for each sequence of three letters of a text; returns how many it has.
fn count(text: &str, counts: &mut [i32], by: i32) -> usize {
    let mut all = letters(text).take(ENOUGH);
    let (Some(mut before), Some(mut last)) = (all.next(), all.next()) else { return 0 };
    let mut seen = 0;
    for c in all {
        counts[slot(before, last, c)] += by;
        (before, last) = (last, c);
        seen += 1;
    }
    seen
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

    fn likeness(base: &str, transcript: &str) -> Option<f64> {
        less_alike(base, transcript, 2.0)
    }

    #[test]
    fn nothing_is_said_of_what_is_alike_enough() {
        let alike = likeness(MEMO, OTHER).expect("long enough");
        assert_eq!(less_alike(MEMO, OTHER, alike), None);
        assert_eq!(less_alike(MEMO, OTHER, alike + 0.01), Some(alike));
        assert_eq!(less_alike(MEMO, MEMO, 1.0), None);
        // In another order no letter of a piece finds its place, and the sequences tell.
        let long = |first: &str, second: &str| format!("{}{}", first.repeat(40), second.repeat(40));
        let (one, other) = (long(MEMO, OTHER), long(OTHER, MEMO));
        assert_eq!(less_alike(&one, &other, 0.95), None);
    }

    #[test]
    fn pieces_have_no_more_in_order_than_the_whole() {
        let (memo, other): (Vec<char>, Vec<char>) =
            (letters(MEMO).collect(), letters(OTHER).collect());
        for (one, two) in [(&memo, &other), (&memo, &memo[7..].to_vec()), (&other, &memo)] {
            for piece in [1, 10, 50, 100] {
                assert!(ordered(one, two, piece) <= ordered(one, two, ORDERED), "{piece}");
            }
        }
    }

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
