//! The test plan T1 to T17: what each part asks for, and what a run has counted, in print.
//!
//! All of it, captured or not, in a quarter of an hour: `cargo test --release -- --ignored`

use std::io::Write as _;

use crate::faults::grouped;

/// Prints how much of a part of the plan was done, and fails if it asks for more.
#[track_caller]
pub(crate) fn counted(part: &str, asked: usize, count: usize, what: &str) {
    say(&format!("{part}: {} {what} (asked {})\n", grouped(count), grouped(asked)));
    assert!(count >= asked, "{part}: {count} {what}, asked {asked}");
}

/// Prints that a part of the plan cannot be done here.
pub(crate) fn skipped(part: &str, why: &str) {
    say(&format!("{part}: skipped: {why}\n"));
}

/// Prints past the capture of a test's output, in one write, so that no other line cuts this one.
fn say(line: &str) {
    std::io::stdout().lock().write_all(line.as_bytes()).expect("a run has an output");
}
