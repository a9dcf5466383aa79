//! Blocks of words that only one side has, slid to line ends where the words around them repeat.
//!
//! A catchword announces the next page's first word, so either of the two may be taken for the one
//! that the other side has. The one to leave over is the one that stands as a line of its own.

/// The farthest that a block is slid, in words.
const FAR: usize = 40;

/// Slides the blocks that the first side of `pairs` has alone; the pairs are of equal words and
/// ascend on both sides, and do so afterwards. `same` says whether two words of that side are
/// equal, `is_end` whether a line ends before a word.
pub(crate) fn slide_to_line_ends(
    pairs: &mut [(usize, usize)],
    same: impl Fn(usize, usize) -> bool,
    is_end: impl Fn(usize) -> bool,
) {
    for at in 1..pairs.len() {
        let (from, to) = (pairs[at - 1].0 + 1, pairs[at].0);
        let alone = from < to && pairs[at - 1].1 + 1 == pairs[at].1;
        if !alone || (is_end(from) && is_end(to)) {
            continue;
        }
        // Towards the start, the words before the block give their partners to its last ones.
        let back = (1..=FAR.min(at))
            .take_while(|k| pairs[at - k].0 == from - k && same(from - k, to - k))
            .find(|k| is_end(from - k) && is_end(to - k));
        if let Some(back) = back {
            (1..=back).for_each(|k| pairs[at - k].0 = to - k);
            continue;
        }
        let on = (0..FAR.min(pairs.len() - at))
            .take_while(|k| pairs[at + k].0 == to + k && same(from + k, to + k))
            .find(|k| is_end(from + k + 1) && is_end(to + k + 1));
        if let Some(on) = on {
            (0..=on).for_each(|k| pairs[at + k].0 = from + k);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catchword_is_left_over() {
        // a very | word | STAMP | word b, of which the other side has: a very word b.
        let words = ["a", "very", "word", "STAMP", "word", "b"];
        let slid = |mut pairs: Vec<(usize, usize)>| {
            let is_end = |at: usize| [0, 2, 3, 4, 6].contains(&at);
            slide_to_line_ends(&mut pairs, |x, y| words[x] == words[y], is_end);
            pairs
        };
        let wanted = vec![(0, 0), (1, 1), (4, 2), (5, 3)];
        assert_eq!(slid(vec![(0, 0), (1, 1), (2, 2), (5, 3)]), wanted);
        assert_eq!(slid(wanted.clone()), wanted);
    }
}
