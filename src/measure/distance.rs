//! The exact edit distance of two sequences: insertions, deletions and substitutions, one each.

use rapidfuzz::distance::levenshtein;

/// Above this share of edits (one in so many elements) the waves grow wider than bit columns.
const WAVES_UP_TO: usize = 16;

/// Returns the Levenshtein distance of two sequences.
///
/// It is exact whatever the length. Sequences that are nearly alike are measured by waves: for
/// each number of edits, how far every diagonal reaches (Ukkonen 1985; Myers 1986), which costs
/// the square of the distance. Where that grows too wide, by bit-parallel columns (Hyyrö 2003),
/// which cost the length times the distance.
#[must_use]
pub fn distance(one: &[u32], other: &[u32]) -> usize {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - tail], &other[..other.len() - tail]);
    if one.is_empty() || other.is_empty() {
        return one.len() + other.len();
    }
    let most = one.len().max(other.len()) / WAVES_UP_TO + 64;
    by_waves(one, other, most)
        .unwrap_or_else(|| levenshtein::distance(one.iter().copied(), other.iter().copied()))
}

/// Measures by waves, giving up above `most` edits.
fn by_waves(one: &[u32], other: &[u32], most: usize) -> Option<usize> {
    let (rows, columns) = (one.len() as isize, other.len() as isize);
    let goal = columns - rows;
    if goal.unsigned_abs() > most {
        return None;
    }
    // Diagonal k = column - row stands at index k + most + 1 of a wave; what is kept is the row.
    let middle = most as isize + 1;
    let width = 2 * most + 3;
    let (mut last, mut wave) = (vec![isize::MIN / 2; width], vec![isize::MIN / 2; width]);
    let slide = |mut row: isize, k: isize| {
        while row < rows && row + k < columns && one[row as usize] == other[(row + k) as usize] {
            row += 1;
        }
        row
    };
    for edits in 0..=most as isize {
        // Diagonals from which the goal cannot be reached with the edits that are left do not
        // matter, and none beyond the sequences exists.
        let spare = most as isize - edits;
        let from = (-edits).max(-rows).max(goal - spare);
        let to = edits.min(columns).min(goal + spare);
        for k in from..=to {
            let at = (k + middle) as usize;
            let row = match edits {
                0 => 0,
                _ => last[at - 1].max(last[at] + 1).max(last[at + 1] + 1),
            };
            let row = row.min(rows).min(columns - k);
            wave[at] = if row + k >= 0 && row >= 0 { slide(row, k) } else { isize::MIN / 2 };
        }
        if (from..=to).contains(&goal) && wave[(goal + middle) as usize] >= rows {
            return Some(edits as usize);
        }
        std::mem::swap(&mut last, &mut wave);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table.
    fn by_table(one: &[u32], other: &[u32]) -> usize {
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in one.iter().enumerate() {
            let mut corner = row[0];
            row[0] = i + 1;
            for (j, b) in other.iter().enumerate() {
                let cost = corner + usize::from(a != b);
                corner = row[j + 1];
                row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
            }
        }
        row[other.len()]
    }

    proptest! {
        #[test]
        fn agrees_with_the_table(
            one in prop::collection::vec(0_u32..4, 0..40), other in prop::collection::vec(0_u32..4, 0..40),
        ) {
            prop_assert_eq!(distance(&one, &other), by_table(&one, &other));
        }

        #[test]
        fn waves_agree_with_the_table_up_to_their_limit(
            one in prop::collection::vec(0_u32..3, 0..30), other in prop::collection::vec(0_u32..3, 0..30),
            most in 0_usize..30,
        ) {
            let true_distance = by_table(&one, &other);
            let expected = (true_distance <= most).then_some(true_distance);
            prop_assert_eq!(by_waves(&one, &other, most), expected);
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
            prop_assert_eq!(distance(&long, &changed), by_table(&long, &changed));
        }
    }
}
