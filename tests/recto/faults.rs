//! What bad luck can do to a log: crashes at every byte, altered bytes, disks that are full or fail,
//! kills, losses of power, races for the lock.
//!
//! A sample of each is always run. All of it, with the counts in print:
//! `cargo test --release --test recto faults:: -- --ignored`

use std::path::Path;
use std::thread;

use recto::log::audit::Plan;
use recto::shell::recovery::{self, Loaded, OpenFault};

use crate::log::{TIME, session};

mod alterations;
mod crashes;
mod disk;
mod full;
mod kills;
mod people;
mod races;
mod refusals;
mod samples;
mod tails;

/// Gives numbers that look random and are the same on every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        // Spread by a prime, as neighbouring seeds would begin alike; the state must not be 0.
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        chance.below(2);
        chance
    }

    /// Returns a number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let high = usize::try_from(self.0 >> 33).expect("31 bits");
        high % limit
    }

    pub(crate) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("below 256")
    }
}

/// Writes a number as people read it: `91,200`.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[test]
fn numbers_are_grouped_by_threes() {
    assert_eq!([7, 200, 91_200].map(grouped), ["7", "200", "91,200"]);
}

/// Opens a log for writing that nobody else has open.
///
/// A process that another test starts holds every lock of ours from its fork to its exec, so a log
/// that was only just closed is tried again.
pub(crate) fn open(log: &Path) -> Result<Loaded, OpenFault> {
    let mut tries = 0;
    loop {
        match recovery::open(log, &Plan::default(), session(), TIME) {
            Err(OpenFault::Held(..)) if tries < 100_000 => tries += 1,
            opened => return opened,
        }
        thread::yield_now();
    }
}

/// Makes a folder where a sync costs nothing, if there is such a place.
pub(crate) fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}
