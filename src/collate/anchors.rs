//! Sure points in long runs of words: pairs of words that occur once on each side.

use std::collections::HashMap;

use crate::collate::mixing::Mixing;

/// Holds where a pair of words was seen on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nowhere,
    Once(u32),
    Often,
}

impl Seen {
    fn again(&mut self, at: usize) {
        *self = if *self == Self::Nowhere { Self::Once(at as u32) } else { Self::Often };
    }
}

/// Returns the longest ascending run of places where two words in a row, given as numbers, occur
/// once on each side.
pub(crate) fn anchors(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let keys = |side: &[u32]| -> Vec<u64> {
        side.windows(2).map(|pair| u64::from(pair[0]) << 32 | u64::from(pair[1])).collect()
    };
    unique_in_order(&keys(old), &keys(new))
}

/// Returns the longest ascending run of places of numbers, all below `most`, that occur once on
/// each side.
pub(crate) fn unique_numbers(old: &[u32], new: &[u32], most: usize) -> Vec<(usize, usize)> {
    let mut seen = vec![[Seen::Nowhere; 2]; most];
    for (side, numbers) in [old, new].into_iter().enumerate() {
        for (at, &number) in numbers.iter().enumerate() {
            seen[number as usize][side].again(at);
        }
    }
    let common = old.iter().filter_map(|&number| both_once(seen[number as usize]));
    longest_ascending(&common.collect::<Vec<_>>())
}

fn both_once(seen: [Seen; 2]) -> Option<(usize, usize)> {
    match seen {
        [Seen::Once(x), Seen::Once(y)] => Some((x as usize, y as usize)),
        _ => None,
    }
}

/// Returns the longest ascending run of places of keys that occur once on each side.
pub(crate) fn unique_in_order(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<u64, [Seen; 2], Mixing> =
        HashMap::with_capacity_and_hasher(old.len(), Mixing);
    for (at, &key) in old.iter().enumerate() {
        seen.entry(key).or_insert([Seen::Nowhere; 2])[0].again(at);
    }
    for (at, key) in new.iter().enumerate() {
        if let Some(seen) = seen.get_mut(key) {
            seen[1].again(at);
        }
    }
    let common = old.iter().filter_map(|key| both_once(seen[key]));
    longest_ascending(&common.collect::<Vec<_>>())
}

/// Returns the longest run of points that ascend on both sides; the first side ascends already.
fn longest_ascending(points: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(points.len());
    for (at, point) in points.iter().enumerate() {
        let length = tails.partition_point(|&tail| points[tail].1 < point.1);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut run = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(at) = next {
        run.push(points[at]);
        next = before[at];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_once_in_order() {
        assert_eq!(anchors(&[1, 2, 3, 1, 2, 9, 8], &[7, 9, 5, 1, 2, 3]), [(1, 4)]);
        assert_eq!(anchors(&[1, 2, 5, 3, 4], &[1, 2, 6, 3, 4]), [(0, 0), (3, 3)]);
        assert!(anchors(&[], &[1]).is_empty());
    }
}
