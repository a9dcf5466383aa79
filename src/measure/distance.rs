//! The exact edit distance of two sequences: insertions, deletions and substitutions, one each.

use rapidfuzz::distance::levenshtein;

use crate::measure::least::Least;
use crate::measure::waves::{NOWHERE, slide, step};

/// Returns the Levenshtein distance of two sequences.
///
/// It is exact whatever the length. Long sequences that are nearly alike are measured by waves,
/// among few diagonals: from the others the goal is out of reach, as `Least` tells from seeds of so
/// many elements, which only change the time. Where waves would grow too wide, and for short
/// sequences, bit-parallel columns (Hyyrö 2003) cost the length times the distance.
#[must_use]
pub fn distance(one: &[u32], other: &[u32], seed: usize) -> usize {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - tail], &other[..other.len() - tail]);
    if one.len().min(other.len()) < SHORT {
        return by_columns(one, other, 0);
    }
    of_long(one, other, seed)
}

/// Sequences shorter than this are measured at once.
const SHORT: usize = 1 << 10;

fn of_long(one: &[u32], other: &[u32], seed: usize) -> usize {
    let bound = Least::new(one, other, seed);
    let least = (bound.from(0) as usize).max(one.len().abs_diff(other.len()));
    let long = one.len().max(other.len());
    let mut wider = 4;
    // About so many diagonals are looked at for each number of edits, and a diagonal costs about as
    // much as sixty-four cells of bit columns.
    while (least + wider) * (wider + 64) < long * (2 * (least + wider)).div_ceil(64) {
        if let Some(distance) = by_waves(one, other, &bound, least + wider) {
            return distance;
        }
        // Few errors are counted out almost wholly; of more the bound tells less.
        wider = (2 * wider).max(16);
    }
    // What is unlike to here is mostly unlike throughout, and low guesses are paid for one by one.
    by_columns(one, other, 4 * (least + wider))
}

/// Measures by bit-parallel columns, the quicker the better the guess.
fn by_columns(one: &[u32], other: &[u32], guess: usize) -> usize {
    let guess = levenshtein::Args::default().score_hint(guess);
    levenshtein::distance_with_args(one.iter().copied(), other.iter().copied(), &guess)
}

/// Measures by waves, giving up above `most` edits.
fn by_waves(one: &[u32], other: &[u32], least: &Least, most: usize) -> Option<usize> {
    let (rows, columns) = (i32::try_from(one.len()).ok()?, i32::try_from(other.len()).ok()?);
    let (goal, most) = (columns - rows, i32::try_from(most).ok()?);
    if goal.abs() > most {
        return None;
    }
    // Diagonal k = column - row stands at index k + middle of a wave; what is kept is the row.
    let middle = most + 3;
    let index = |k: i32| (k + middle) as usize;
    let mut last = vec![NOWHERE; index(middle) + 1];
    let mut wave = last.clone();
    // The first edit has row 0 of diagonal 0 before it, spent on nothing.
    last[index(0)] = -1;
    let (mut from, mut to) = (0, 0);
    for edits in 0..=most {
        step(&last[index(from) - 1..=index(to) + 1], &mut wave[index(from)..=index(to)], rows);
        for (row, k) in wave[index(from)..=index(to)].iter_mut().zip(from..) {
            *row = slide((one, other), (*row).min(columns - k), k);
        }
        if (from..=to).contains(&goal) && wave[index(goal)] == rows {
            return Some(edits as usize);
        }
        // From the diagonals at the edges the goal may be out of reach.
        let hopeless = |k: i32| {
            let row = wave[index(k)];
            row < 0 || row + k < 0 || edits + least.from(row).max((goal - k).abs()) > most
        };
        from = (from..=to).find(|&k| !hopeless(k))?;
        to = (from..=to).rev().find(|&k| !hopeless(k))?;
        // Those beside them are read next, and must not hold what an older wave left.
        for beside in [from - 2, from - 1, to + 1, to + 2] {
            wave[index(beside)] = NOWHERE;
        }
        (from, to) = ((from - 1).max(-rows), (to + 1).min(columns));
        std::mem::swap(&mut last, &mut wave);
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table: the distance of each beginning of the one to each of the other.
    pub(in crate::measure) fn table(one: &[u32], other: &[u32]) -> Vec<Vec<usize>> {
        let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
        for (i, a) in one.iter().enumerate() {
            let mut row = vec![i + 1];
            for (j, b) in other.iter().enumerate() {
                let cost = rows[i][j] + usize::from(a != b);
                row.push(cost.min(rows[i][j + 1] + 1).min(row[j] + 1));
            }
            rows.push(row);
        }
        rows
    }

    fn by_table(one: &[u32], other: &[u32]) -> usize {
        table(one, other)[one.len()][other.len()]
    }

    /// A sequence of few or many elements, and one or two copies of it, of which pieces were lost,
    /// moved and changed.
    pub(in crate::measure) fn altered() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
        let elements = prop_oneof![Just(2_u32), Just(4), Just(60)];
        let sequence = elements.prop_flat_map(|most| prop::collection::vec(0..most, 0..60));
        let pieces = prop::collection::vec((0_usize..60, 0_usize..9, 0_usize..60), 0..6);
        (sequence, prop::collection::vec(pieces, 1..3)).prop_map(|(one, copies)| {
            let other = copies.into_iter().flat_map(|pieces| changed(&one, pieces)).collect();
            (one, other)
        })
    }

    fn changed(one: &[u32], pieces: Vec<(usize, usize, usize)>) -> Vec<u32> {
        let mut other = one.to_vec();
        for (from, length, to) in pieces {
            let from = from.min(other.len());
            let piece: Vec<u32> = other.drain(from..(from + length).min(other.len())).collect();
            let to = to.min(other.len());
            match length % 3 {
                0 => drop(other.splice(to..to, piece)),
                1 => drop(other.splice(from..from, piece.iter().map(|element| element + 1))),
                _ => {}
            }
        }
        other
    }

    proptest! {
        #[test]
        fn agrees_with_the_table((one, other) in altered(), seed in 1_usize..5) {
            let expected = by_table(&one, &other);
            prop_assert_eq!(distance(&one, &other, seed), expected);
            prop_assert_eq!(of_long(&one, &other, seed), expected);
        }

        #[test]
        fn waves_agree_with_the_table_up_to_their_limit(
            (one, other) in altered(), most in 0_usize..30, seed in 1_usize..5,
        ) {
            let true_distance = by_table(&one, &other);
            let expected = (true_distance <= most).then_some(true_distance);
            prop_assert_eq!(by_waves(&one, &other, &Least::new(&one, &other, seed), most), expected);
        }

        #[test]
        fn few_edits_in_a_long_text(seed in any::<u64>(), edits in 0_usize..20) {
            let long: Vec<u32> = (0..250_u64).map(|i| (i.wrapping_mul(seed | 1) >> 7) as u32 % 50).collect();
            let mut changed = long.clone();
            for edit in 0..edits {
                let at = (seed as usize).wrapping_mul(edit + 7) % changed.len();
                match edit % 3 {
                    0 => drop(changed.remove(at)),
                    1 => changed.insert(at, 99),
                    _ => changed[at] = 98,
                }
            }
            prop_assert_eq!(of_long(&long, &changed, 12), by_table(&long, &changed));
        }
    }
}
