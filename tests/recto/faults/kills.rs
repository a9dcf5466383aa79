//! T9: `kill -9` at any moment of a session. What the reviewer was told of is in the log.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::process::{Child, Stdio};

use crate::counts::counted;
use crate::faults::people::{LOG, PLAIN, desk, judge, log, told};
use crate::faults::{Chance, grouped};
use crate::harness::Desk;
use crate::pty::Pty;

/// Starts a session that is answered all at once, so that it writes as fast as it can.
fn session(desk: &Desk, answers: &str) -> Child {
    let mut command = desk.command(&PLAIN);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(answers.as_bytes()).expect("the pipe holds them all");
    child
}

/// Kills sessions when so many bytes of what they say have come, by chance; what was said before
/// the kill counts, read or not. Returns how many records were told of, and how many were kept.
fn kill(runs: usize, seed: u64) -> (u64, u64) {
    let mut chance = Chance::new(seed);
    let (mut all_told, mut all_kept) = (0, 0);
    let mut desk = desk();
    let mut before = 0;
    for run in 0..runs {
        if run % 5 == 0 {
            // A new log, so that its beginning is met as well.
            desk = crate::faults::people::desk();
            before = 0;
        }
        let mut answers = String::new();
        for _ in 0..40 {
            let answer = ["a", "r", "u", "s", "d", "e f\u{f6}ur"][chance.below(6)];
            writeln!(answers, "{answer}").expect("a string takes all");
        }
        let mut child = session(&desk, &answers);
        let mut out = child.stdout.take().expect("a pipe");
        let mut heard = vec![0; 1 + chance.below(4_000)];
        let mut length = 0;
        while length < heard.len() {
            match out.read(&mut heard[length..]).expect("readable") {
                0 => break,
                got => length += got,
            }
        }
        heard.truncate(length);
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
        out.read_to_end(&mut heard).expect("readable");
        let told = told(&heard);
        let found = judge(&log(&desk), told, &format!("run {run} of seed {seed}"));
        let size = found.map_or(0, |found| found.size);
        assert!(size >= before, "run {run}: {before} records were there, now {size}");
        all_told += told.map_or(0, |told| (told + 1).saturating_sub(before));
        all_kept += size - before;
        before = std::fs::read(log(&desk))
            .map_or(0, |log| log.iter().filter(|&&byte| byte == b'\n').count() as u64);
    }
    (all_told, all_kept)
}

/// Kills sessions on the screen as soon as it counts what was decided, with keys still on the way.
fn kill_the_screen(runs: usize) {
    let mut chance = Chance::new(9);
    for run in 0..runs {
        let desk = desk();
        let folder = desk.path("");
        let program = env!("CARGO_BIN_EXE_recto");
        let mut pty = Pty::start(&folder, (80, 24), program, &PLAIN[..3], &[]);
        pty.wait("open 100");
        let count = 1 + chance.below(4);
        for decided in 1..=count {
            pty.send("a");
            pty.wait(&format!("accepted {decided}"));
        }
        pty.send(&b"aaj"[..chance.below(4)]);
        pty.signal("KILL");
        pty.end();
        let found = judge(&desk.path(LOG), Some(3 + count as u64), &format!("screen {run}"));
        assert!(found.is_some());
    }
}

#[test]
fn what_was_told_outlives_a_kill() {
    let (told, kept) = kill(6, 1);
    assert!(0 < told && told <= kept, "{told} {kept}");
    kill_the_screen(1);
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t9_two_hundred_kills() {
    let (told, kept) = kill(250, 2);
    kill_the_screen(20);
    let [told, kept] = [told, kept].map(|count| grouped(usize::try_from(count).expect("few")));
    let what = format!(
        "kills of a session, {told} records told of, {kept} kept; 20 kills of a screen: \
         no decision lost that was told of"
    );
    counted("T9", 200, 250, &what);
}
