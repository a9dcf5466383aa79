//! Seeds: the pieces of one length into which a sequence is cut, and where another has them.

use std::collections::HashMap;

use crate::collate::mixing::Mixing;

/// Says where a sequence has a seed of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Nowhere: whatever the seed is laid beside costs an edit.
    Nowhere,
    /// In one place, which is given as a diagonal: the place less the seed's own.
    Once(i32),
    /// Perhaps in several places.
    Often,
}

/// An odd number without a pattern, for hashes that roll along.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn add(hash: u64, element: u32) -> u64 {
    hash.wrapping_mul(FACTOR).wrapping_add(u64::from(element) + 1)
}

/// Looks for each seed of `one` in all of `other`.
///
/// A seed is known by its hash (Karp and Rabin 1987). What has the hash of a seed without being one
/// only makes the seed look more frequent.
pub(super) fn find(one: &[u32], other: &[u32], length: usize) -> Vec<Found> {
    let hash = |seed: &[u32]| seed.iter().fold(0, |hash, &element| add(hash, element));
    let hashes: Vec<u64> = one.chunks_exact(length).map(hash).collect();
    // A seed stands for all that have its hash: the first one.
    let mut known = HashMap::with_capacity_and_hasher(hashes.len(), Mixing);
    let number = |(seed, &hash): (usize, &u64)| *known.entry(hash).or_insert(seed as u32);
    let first: Vec<u32> = hashes.iter().enumerate().map(number).collect();
    let mut found = vec![Found::Nowhere; hashes.len()];
    // Most places of the other sequence begin no seed, which one bit says.
    let bits = (16 * hashes.len()).next_power_of_two().max(64);
    let place = |hash: u64| (hash.wrapping_mul(FACTOR) >> 24) as usize & (bits - 1);
    let mut begun = vec![0_u64; bits / 64];
    for hash in &hashes {
        begun[place(*hash) / 64] |= 1 << (place(*hash) % 64);
    }
    // What the first element of a seed adds to its hash.
    let head = (1..length).fold(1_u64, |product, _| product.wrapping_mul(FACTOR));
    let ends = other.get(length - 1..).unwrap_or_default();
    let mut rolling = other.get(..length - 1).map_or(0, hash);
    // After a seed the next one is likely, which needs no look into the table.
    let mut likely = 0;
    for (at, (&new, &old)) in ends.iter().zip(other).enumerate() {
        rolling = add(rolling, new);
        let place = place(rolling);
        if begun[place / 64] >> (place % 64) & 1 == 1 {
            let seed = match hashes.get(likely) {
                Some(&hash) if hash == rolling => Some(likely),
                _ => known.get(&rolling).map(|&seed| seed as usize),
            };
            if let Some(seed) = seed {
                likely = seed + 1;
                let found = &mut found[first[seed] as usize];
                *found = match found {
                    Found::Nowhere => Found::Once(at as i32),
                    _ => Found::Often,
                };
            }
        }
        rolling = rolling.wrapping_sub((u64::from(old) + 1).wrapping_mul(head));
    }
    let diagonal = |(seed, &first): (usize, &u32)| match found[first as usize] {
        Found::Once(place) => Found::Once(place - (seed * length) as i32),
        other => other,
    };
    first.iter().enumerate().map(diagonal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_seed_is_found_where_it_is() {
        let (one, other) = ([1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 3, 4, 5, 6, 0, 5, 6]);
        let expected = [Found::Nowhere, Found::Once(-1), Found::Often, Found::Nowhere];
        assert_eq!(find(&one, &other, 2), expected);
    }
}
