//! How many edits are needed at least from a place of a sequence on, whatever the alignment.
//!
//! The sequence is cut into stretches. What a stretch costs beside that piece of the other sequence
//! which suits it best, no alignment can save; so the sum of the stretches is a lower bound, as the
//! seeds of A* are (Ivanov, Bichsel and Vechev 2022; Groot Koerkamp and Ivanov 2024), which count
//! one edit each at most. A stretch holds a change with enough of what is equal on either side, so
//! that going elsewhere saves nothing: the bound is nearly the distance where errors are few.

use std::ops::Range;

use crate::measure::seeds::{Found, find};
use crate::measure::waves::{NOWHERE, slide, step};

/// Holds how many edits are needed at least from each seed on.
#[derive(Debug)]
pub(super) struct Least {
    /// How many elements a seed has.
    length: usize,
    /// A number for each seed, and one for the end.
    counts: Vec<i32>,
}

impl Least {
    /// Returns how many edits the stretches cost that start at `row` or later.
    pub(super) fn from(&self, row: i32) -> i32 {
        let seed = (row as usize).div_ceil(self.length).min(self.counts.len() - 1);
        self.counts[seed]
    }

    /// Bounds the edits between two sequences by seeds of so many elements. The time grows with the
    /// length alone.
    pub(super) fn new(one: &[u32], other: &[u32], length: usize) -> Self {
        let seeds = Seeds { one, other, length, found: find(one, other, length) };
        let sure = seeds.sure();
        let cuts = seeds.cuts(&sure);
        let mut counts = vec![0; seeds.found.len() + 1];
        let mut room = [Vec::new(), Vec::new()];
        let (mut sum, mut to) = (0, sure.len());
        for cut in cuts.windows(2).rev() {
            counts[cut[0] + 1..cut[1]].fill(sum);
            let within = sure[..to].iter().rev().take_while(|at| at.seed >= cut[0]).count();
            // The seed after a stretch says on which diagonal it ends.
            let near = &sure[to - within..sure.len().min(to + 1)];
            to -= within;
            // Most stretches are a sure seed alone, which costs nothing.
            if cut[1] - cut[0] > 1 || within == 0 {
                sum += seeds.least(cut[0]..cut[1], near, &mut room);
            }
            counts[cut[0]] = sum;
        }
        Self { length, counts }
    }
}

/// Places a seed on the diagonal on which alone it is found.
#[derive(Debug, Clone, Copy)]
struct Sure {
    seed: usize,
    diagonal: i32,
}

struct Seeds<'a> {
    one: &'a [u32],
    other: &'a [u32],
    length: usize,
    found: Vec<Found>,
}

/// How many times as long as a change what stands equal on either side of it must be, in elements.
/// Text that is laid beside other text costs an edit for two elements or so.
const BESIDE: usize = 8;

/// How many seeds a stretch has before it is ended near a change: more cost more than they tell.
const LONG: usize = 128;

/// How many edits are looked for at first beside twice those that are sure.
const FEW: i32 = 3;

/// How many diagonals are looked at for an element of a stretch, at most.
const WORK: usize = 64;

impl Seeds<'_> {
    /// Returns the seeds that are found once, with another such beside it on nearly the same
    /// diagonal.
    fn sure(&self) -> Vec<Sure> {
        let once = |(seed, found): (usize, &Found)| match found {
            Found::Once(diagonal) => Some(Sure { seed, diagonal: *diagonal }),
            _ => None,
        };
        let once: Vec<Sure> = self.found.iter().enumerate().filter_map(once).collect();
        let beside = |at: usize, other: Option<usize>| {
            let other = other.and_then(|other| once.get(other));
            other.is_some_and(|other| other.diagonal.abs_diff(once[at].diagonal) <= 2)
        };
        let kept = |&at: &usize| beside(at, at.checked_sub(1)) || beside(at, Some(at + 1));
        (0..once.len()).filter(kept).map(|at| once[at]).collect()
    }

    /// Says whether the seeds of a range stand on a diagonal of the other sequence as they are.
    fn equal(&self, seeds: Range<usize>, diagonal: i32) -> bool {
        let rows = seeds.start * self.length..seeds.end * self.length;
        let column = |row: usize| usize::try_from(row as i64 + i64::from(diagonal)).ok();
        let (Some(from), Some(to)) = (column(rows.start), column(rows.end)) else { return false };
        self.other.get(from..to) == Some(&self.one[rows])
    }

    /// Returns the seeds at which stretches start, and the end: sure ones that are far enough from
    /// every change.
    fn cuts(&self, sure: &[Sure]) -> Vec<usize> {
        let end = self.found.len();
        // How many changes are too near begins and ends with these.
        let mut near = vec![0_i32; end + 2];
        for pair in sure.windows(2) {
            let (from, to) = (pair[0].seed + 1, pair[1].seed);
            let moved = pair[1].diagonal.abs_diff(pair[0].diagonal) as usize;
            if moved == 0 && (from == to || self.equal(from..to, pair[0].diagonal)) {
                continue;
            }
            let gone =
                self.found[from..to].iter().filter(|found| **found == Found::Nowhere).count();
            let beside = (BESIDE * moved.max(gone).max(1)).div_ceil(self.length);
            near[from.saturating_sub(beside)] += 1;
            near[(to + beside + 1).min(end + 1)] -= 1;
        }
        let (mut cuts, mut changes, mut at) = (vec![0], 0, 0);
        for Sure { seed, .. } in sure {
            changes += near[at..=*seed].iter().sum::<i32>();
            at = seed + 1;
            let long = seed - cuts[cuts.len() - 1] >= LONG;
            if *seed > 0 && (changes == 0 || long) {
                cuts.push(*seed);
            }
        }
        // A sequence shorter than a seed has no stretch.
        cuts.extend((end > 0).then_some(end));
        cuts
    }

    /// Returns how many edits a stretch of seeds costs at least.
    ///
    /// A path through the stretch may stay near the diagonals of its sure seeds, which is counted
    /// out. One that leaves them for good has none of these seeds, and one that comes or goes must
    /// pay for the way: `most` is what both cost at least. Seeds found nowhere cost an edit each in
    /// any case.
    fn least(&self, seeds: Range<usize>, sure: &[Sure], room: &mut [Vec<i32>; 2]) -> i32 {
        let found = &self.found[seeds.clone()];
        let gone = found.iter().filter(|found| **found == Found::Nowhere).count() as i32;
        let diagonals = sure.iter().map(|sure| sure.diagonal);
        let (Some(low), Some(high)) = (diagonals.clone().min(), diagonals.max()) else {
            return gone;
        };
        if low == high && self.equal(seeds.clone(), low) {
            return 0;
        }
        let near = |found: &&Found| matches!(found, Found::Once(at) if (low..=high).contains(at));
        let most = gone + found.iter().filter(near).count() as i32;
        let rows = seeds.start * self.length..seeds.end * self.length;
        let mut nearby = |most: i32| {
            let start = rows.start as i32;
            let diagonals = low - most + start..high + most + start + 1;
            nearby((&self.one[rows.clone()], self.other), diagonals, most, room)
        };
        // Few edits need few diagonals, and most stretches cost few.
        let few = most.min(2 * gone + FEW);
        let least = nearby(few);
        gone.max(if least < few { least } else { nearby(most) })
    }
}

/// Returns how many edits a sequence costs beside any piece of the other, on these diagonals alone;
/// `most` where there are more, or where it takes too long.
fn nearby(
    (one, other): (&[u32], &[u32]),
    diagonals: Range<i32>,
    most: i32,
    [last, wave]: &mut [Vec<i32>; 2],
) -> i32 {
    let (rows, count) = (one.len() as i32, diagonals.len());
    let most = most.min((WORK * one.len() / count) as i32);
    for wave in [&mut *last, wave] {
        wave.clear();
        wave.resize(count + 2, NOWHERE);
    }
    // A piece starts anywhere.
    wave[1..=count].fill(0);
    for edits in 0..most {
        for (row, k) in wave[1..=count].iter_mut().zip(diagonals.clone()) {
            *row = slide((one, other), *row, k);
            if *row == rows {
                return edits;
            }
        }
        std::mem::swap(last, wave);
        step(last, &mut wave[1..=count], rows);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::distance::tests::{altered, table};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_alignment_of_what_follows_has_fewer_edits(
            (one, other) in altered(), seed in 1_usize..5,
        ) {
            let least = Least::new(&one, &other, seed);
            let turned = |sequence: &[u32]| sequence.iter().rev().copied().collect::<Vec<_>>();
            for (rest, distances) in table(&turned(&one), &turned(&other)).iter().enumerate() {
                let row = (one.len() - rest) as i32;
                let fewest = *distances.iter().min().expect("a column") as i32;
                prop_assert!(least.from(row) <= fewest, "row {row}: {least:?}");
            }
        }
    }

    #[test]
    fn a_change_amid_equal_text_is_known_in_full() {
        let one: Vec<u32> = (0..900).collect();
        let added = [&one[..300], &[7; 20], &one[300..600], &one[602..]].concat();
        assert_eq!(Least::new(&one, &added, 4).from(0), 22);
        assert_eq!(Least::new(&added, &one, 4).from(0), 22);
    }
}
