//! T3: five other values of every byte of a log. All are reported, none is taken for a torn tail.

use std::fs;

use recto::log::audit::{Finding, Plan};
use recto::shell::log_reader;
use recto::shell::recovery::OpenFault;

use crate::counts::counted;
use crate::faults::samples::Sample;
use crate::faults::{Chance, grouped, open, quick_folder};

/// Returns five values that a byte does not have: a bit off, its case, a line feed, a quote, any.
fn others(byte: u8, chance: &mut Chance) -> [u8; 5] {
    let mut others = [byte ^ 1, byte ^ 0x20, b'\n', b'"', chance.byte()];
    for at in 0..others.len() {
        while others[at] == byte || others[..at].contains(&others[at]) {
            others[at] = chance.byte();
        }
    }
    others
}

/// Alters every `step`th byte, and returns how many alterations were judged.
fn alter(step: usize) -> usize {
    let folder = quick_folder();
    let path = folder.path().join("memo.mk.recto.jsonl");
    let mut count = 0;
    for sample in Sample::all() {
        let mut chance = Chance::new(sample.bytes.len() as u64);
        let last = sample.bytes.len() - 1;
        for at in (0..=last).filter(|&at| at % step == 0 || at == last) {
            for other in others(sample.bytes[at], &mut chance) {
                let place = format!("{}: byte {at} made {other:#04x}", sample.name);
                let mut log = sample.bytes.clone();
                log[at] = other;
                // A file of its own each time, so that no lock on the one before matters.
                let _ = fs::remove_file(&path);
                fs::write(&path, &log).expect("written");
                let found = log_reader::read(&path, &Plan::default()).expect("readable");
                assert_eq!(found.finding(), Finding::Damaged, "{place}");
                let fault = open(&path).map(drop);
                assert!(matches!(fault, Err(OpenFault::Damaged(..))), "{place}: {fault:?}");
                assert_eq!(fs::read(&path).expect("readable"), log, "{place}: touched");
                count += 1;
            }
        }
    }
    let files = fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(files, 1, "something was cut off");
    count
}

#[test]
fn altered_bytes_are_reported_and_never_cut() {
    println!("T3, a sample: {} changes: all reported, none cut", grouped(alter(1_201)));
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t3_five_changes_of_every_byte() {
    counted("T3", 90_000, alter(1), "changed bytes: all reported, none cut");
}
