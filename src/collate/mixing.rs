//! A quick hash for tables of words and lines. Nothing depends on the order that it gives.

use std::hash::{BuildHasher, Hasher};

/// Makes hashers that multiply and rotate.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mixing;

impl BuildHasher for Mixing {
    type Hasher = Mixer;

    fn build_hasher(&self) -> Mixer {
        Mixer(0)
    }
}

/// Holds the hash so far.
#[derive(Debug)]
pub(crate) struct Mixer(u64);

/// An odd number without a pattern: the golden ratio's digits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Mixer {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word ^ FACTOR) * u128::from(FACTOR);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().expect("eight bytes")));
        }
        self.mix(last(chunks.remainder()) ^ (bytes.len() as u64).rotate_left(56));
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns at most seven bytes as a number, without a detour through memory: a load right after
/// shorter stores would wait for them.
fn last(bytes: &[u8]) -> u64 {
    let quarter = |from: usize| {
        let quarter = bytes[from..from + 4].try_into().expect("four bytes");
        u64::from(u32::from_le_bytes(quarter))
    };
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    match bytes.len() {
        0 => 0,
        len @ 1..4 => byte(0) | byte(len / 2) | byte(len - 1),
        len => quarter(0) | quarter(len - 4) >> (8 * (8 - len)) << 32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bytes_are_their_number() {
        for length in 0..8 {
            let bytes: Vec<u8> = (0..length).map(|at| 0x81 + 17 * at).collect();
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(&bytes);
            assert_eq!(last(&bytes), u64::from_le_bytes(padded), "{length}");
        }
    }
}
