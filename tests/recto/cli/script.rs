//! The chain's check in sh agrees with `recto verify` on samples and on altered logs.

use std::path::Path;
use std::process::Command;

use crate::harness::Desk;

/// Runs the script on a log; none where there is no sh with the tools it needs.
fn by_script(desk: &Desk, log: &Path) -> Option<i32> {
    let script = desk.path("verify.sh");
    std::fs::write(&script, desk.ok(&["verify", "--script"])).expect("written");
    Command::new("sh").arg(script).arg(log).output().ok()?.status.code()
}

fn agree(desk: &Desk, bytes: &[u8], what: &str) {
    desk.write("probe.mk.recto.jsonl", bytes);
    let log = desk.path("probe.mk.recto.jsonl");
    let Some(script) = by_script(desk, &log) else {
        println!("skipped: no sh");
        return;
    };
    // The script remembers nothing of the log, so neither may recto.
    let _ = std::fs::remove_dir_all(desk.home().join("state"));
    let recto = desk.command(&["verify", "probe.mk.recto.jsonl"]).output().expect("runs");
    assert_eq!(Some(script), recto.status.code(), "{what}");
}

#[test]
fn on_whole_torn_and_altered_logs() {
    let desk =
        Desk::with("The memo has one eror.\nIt ends.\n", "The memo had one error.\nIt ends.\n");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    desk.ok(&["undo", "base.txt"]);
    let log = desk.read("base.mk.recto.jsonl");
    agree(&desk, &log, "as written");
    agree(&desk, b"", "empty");
    for at in (0..log.len()).step_by(97).chain([log.len() - 1]) {
        let mut altered = log.clone();
        altered[at] ^= 1;
        agree(&desk, &altered, &format!("byte {at} altered"));
    }
    let second = 1 + log.iter().position(|&byte| byte == b'\n').expect("a line");
    for cut in [second, second + 40, log.len() - 1, log.len() - 30] {
        agree(&desk, &log[..cut], &format!("cut at {cut}"));
        let filled = [&log[..cut], &[0; 9][..]].concat();
        agree(&desk, &filled, &format!("cut at {cut}, then NUL"));
    }
}
