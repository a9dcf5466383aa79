//! A reviewer who answers line by line, what they were told, and whether the log holds it.

use std::path::{Path, PathBuf};

use recto::log::audit::{Audit, Finding, Plan};
use recto::shell::log_reader;

use crate::faults::open;
use crate::harness::Desk;

pub(crate) const LOG: &str = "base.mk.recto.jsonl";
pub(crate) const PLAIN: [&str; 4] = ["review", "base.txt", "transcript.txt", "--plain"];

/// Puts two texts with a hundred differences on a desk.
pub(crate) fn desk() -> Desk {
    let lines = |word: &str| (0..100).map(|n| format!("{n}: a line with {word} in it\n")).collect();
    let (base, transcript): (String, String) = (lines("fcur"), lines("four"));
    Desk::with(base, transcript)
}

/// Returns the number of the last record that the reviewer was told of in a whole line.
pub(crate) fn told(out: &[u8]) -> Option<u64> {
    let out = String::from_utf8_lossy(out);
    let (whole, _) = out.rsplit_once('\n')?;
    let numbers = whole.lines().filter_map(|line| line.rsplit_once("(record ")?.1.split_once(')'));
    numbers.filter_map(|(number, _)| number.parse().ok()).max()
}

/// Asserts that the log at `path` is whole or torn, and holds every record up to `told`; then that
/// it can be gone on with. Returns what was found first; nothing where there is no log.
pub(crate) fn judge(path: &Path, told: Option<u64>, place: &str) -> Option<Audit> {
    if !path.exists() {
        assert_eq!(told, None, "{place}: told of a record, and there is no log");
        return None;
    }
    let found = log_reader::read(path, &Plan::default()).expect("readable");
    let well = matches!(found.finding(), Finding::Intact | Finding::Torn);
    assert!(well, "{place}: {:?}", found.complaint());
    let kept = found.size.checked_sub(1);
    assert!(kept >= told, "{place}: told of record {told:?}, kept up to {kept:?}");
    drop(open(path).unwrap_or_else(|fault| panic!("{place}: {fault}")));
    let again = log_reader::read(path, &Plan::default()).expect("readable");
    assert_eq!(again.finding(), Finding::Intact, "{place}: {:?}", again.complaint());
    Some(found)
}

pub(crate) fn log(desk: &Desk) -> PathBuf {
    desk.path(LOG)
}

/// Tells whether a program is there; says that a test is skipped where it is not.
pub(crate) fn has(program: &str, argument: &str) -> bool {
    let run = std::process::Command::new(program).arg(argument).output();
    let has = run.is_ok_and(|run| run.status.success());
    if !has {
        println!("skipped: no {program} here");
    }
    has
}

#[test]
fn only_whole_lines_tell() {
    assert_eq!(told(b"accepted (record 4); open 1\nx (record 5)"), Some(4));
    assert_eq!(told(b"accepted (record 4); open 1"), None);
}
