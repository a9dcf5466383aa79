//! The exact edit distance of two sequences: insertions, deletions and substitutions, one each.

use rapidfuzz::distance::levenshtein;

/// Returns the Levenshtein distance of two sequences.
///
/// It is exact whatever the length. Sequences that are nearly alike are measured by waves: for
/// each number of edits, how far every diagonal reaches (Ukkonen 1985; Myers 1986). Seeds, which
/// are stretches of the one that the other does not have and that cost an edit each, tell from
/// which diagonals the goal is out of reach: what is left is a narrow band around the true path.
/// Where waves grow too wide, bit-parallel columns (Hyyrö 2003) cost the length times the distance.
///
/// `hint` only changes the time.
#[must_use]
pub fn distance(one: &[u32], other: &[u32], hint: Hint) -> usize {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - tail], &other[..other.len() - tail]);
    if one.is_empty() || other.is_empty() {
        return one.len() + other.len();
    }
    let seeds = (hint.seed..hint.seed + 3).map(|seed| Lost::new(one, other, seed));
    let lost = seeds.max_by_key(|lost| lost.from(0)).expect("three lengths of seeds");
    let least = (lost.from(0) as usize).max(one.len().abs_diff(other.len()));
    let mut most = hint.edits.max(least) + 2;
    // About so many diagonals are looked at for each number of edits.
    let width = |most: usize| most - least + 64;
    // A step of a wave costs about as much as sixty-four cells of bit columns.
    while most * width(most) < one.len().max(other.len()) * (2 * most).div_ceil(64) {
        if let Some(distance) = by_waves(one, other, &lost, most) {
            return distance;
        }
        most += most / 4 + 16;
    }
    let hint = levenshtein::Args::default().score_hint(most);
    levenshtein::distance_with_args(one.iter().copied(), other.iter().copied(), &hint)
}

/// Tells what is known beforehand of two sequences.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint {
    /// How many elements the shortest seed has, as a power of two; twice and four times as long ones
    /// are tried too. Short ones show more of many errors, long ones are seldom found elsewhere.
    pub seed: u32,
    /// The distance of some alignment, or a guess.
    pub edits: usize,
}

/// Counts the seeds of a sequence that another does not have.
struct Lost {
    /// How many elements a seed has, as a power of two.
    seed: u32,
    /// How many are lost from each seed on, and from the end on.
    counts: Vec<u32>,
}

impl Lost {
    /// Returns how many seeds are lost that start at `row` or later: no alignment of what follows
    /// has fewer edits.
    fn from(&self, row: i32) -> i32 {
        // What is left of a seed that started before is not counted.
        let seed = (row as usize + (1 << self.seed) - 1) >> self.seed;
        let seed = seed.min(self.counts.len() - 1);
        self.counts[seed] as i32
    }

    fn new(one: &[u32], other: &[u32], power: u32) -> Self {
        let seed = 1 << power;
        let places = (8 * other.len()).next_power_of_two().max(64);
        let place = |hash: u64| (hash.wrapping_mul(FACTOR) >> 24) as usize & (places - 1);
        let add = |hash: u64, element: u32| {
            hash.wrapping_mul(FACTOR).wrapping_add(u64::from(element) + 1)
        };
        let gone = (0..seed).fold(1_u64, |product, _| product.wrapping_mul(FACTOR));
        // Two seeds in one place only make the count smaller.
        let mut seen = vec![0_u64; places / 64];
        let mut hash = 0;
        for (at, &element) in other.iter().enumerate() {
            hash = add(hash, element);
            if at >= seed {
                hash = hash.wrapping_sub((u64::from(other[at - seed]) + 1).wrapping_mul(gone));
            }
            if at + 1 >= seed {
                seen[place(hash) / 64] |= 1 << (place(hash) % 64);
            }
        }
        let seeds = one.chunks_exact(seed);
        let mut counts = vec![0; seeds.len() + 1];
        for (at, elements) in seeds.enumerate().rev() {
            let place = place(elements.iter().fold(0, |hash, &element| add(hash, element)));
            let has = seen[place / 64] >> (place % 64) & 1;
            counts[at] = counts[at + 1] + 1 - has as u32;
        }
        Self { seed: power, counts }
    }
}

/// An odd number without a pattern, for hashes that roll along.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Measures by waves, giving up above `most` edits.
fn by_waves(one: &[u32], other: &[u32], lost: &Lost, most: usize) -> Option<usize> {
    const NOWHERE: i32 = i32::MIN / 2;
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
            row < 0 || row + k < 0 || edits + lost.from(row).max((goal - k).abs()) > most
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

/// Spends one edit: where each diagonal gets by one from itself or a neighbour. `last` has one
/// diagonal more at either end.
fn step(last: &[i32], wave: &mut [i32], rows: i32) {
    let count = wave.len();
    let (left, same, right) = (&last[..count], &last[1..=count], &last[2..count + 2]);
    for (((row, left), same), right) in wave.iter_mut().zip(left).zip(same).zip(right) {
        *row = (*left).max(same + 1).max(right + 1).min(rows);
    }
}

/// Goes on from `row` on diagonal `k` as far as the sequences are equal.
fn slide((one, other): (&[u32], &[u32]), mut row: i32, k: i32) -> i32 {
    // What lies before a sequence is no place in it either.
    let at = |sequence: &[u32], place: i32| sequence.get(place as usize).copied();
    while let Some(element) = at(one, row)
        && at(other, row.wrapping_add(k)) == Some(element)
    {
        row += 1;
    }
    row
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
            seed in 0_u32..4, edits in 0_usize..50,
        ) {
            prop_assert_eq!(distance(&one, &other, Hint { seed, edits }), by_table(&one, &other));
        }

        #[test]
        fn waves_agree_with_the_table_up_to_their_limit(
            one in prop::collection::vec(0_u32..3, 0..30), other in prop::collection::vec(0_u32..3, 0..30),
            most in 0_usize..30, seed in 0_u32..4,
        ) {
            let true_distance = by_table(&one, &other);
            let expected = (true_distance <= most).then_some(true_distance);
            prop_assert_eq!(by_waves(&one, &other, &Lost::new(&one, &other, seed), most), expected);
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
            prop_assert_eq!(distance(&long, &changed, Hint { seed: 1, edits }), by_table(&long, &changed));
        }
    }
}
