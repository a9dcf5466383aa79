//! T8: disks with no room. Limits on file sizes, a small tmpfs and a small ext4, each full at other
//! bytes of the log.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use recto::log::audit::Finding;

use crate::counts::counted;
use crate::faults::people::{LOG, PLAIN, desk, judge, log, told};
use crate::harness::{Desk, Run};

/// Answers that make a log grow to some 90,000 bytes.
fn answers() -> String {
    "a\nu\n".repeat(200) + "q\n"
}

/// Runs a shell's script in which `"$@"` is a session.
fn run(desk: &Desk, script: &str) -> Run {
    let usual = desk.command(&PLAIN);
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_recto")]).args(PLAIN);
    command.current_dir(desk.path("")).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in usual.get_envs() {
        command.env(name, value.expect("none is taken away"));
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a shell");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(answers().as_bytes()).expect("the pipe holds them");
    drop(stdin);
    Run::of(child.wait_with_output().expect("it ends"))
}

/// Asserts that a session that found no room said so, and lost nothing of what it had told of.
fn no_room(run: &Run, log: &Path, place: &str) {
    let place = format!("{place}:\n{}", run.stderr);
    assert_eq!(run.code, Some(2), "{place}");
    assert!(run.stderr.contains("not saved: ") && run.stderr.contains("; cannot "), "{place}");
    let told = told(&run.stdout);
    match judge(log, told, &place) {
        // What was written of the record that did not fit is taken back.
        Some(found) => {
            assert_eq!(found.finding(), Finding::Intact, "{place}");
            assert_eq!(Some(found.size - 1), told, "{place}");
            let kept = format!("all before is in the log, records 0 to {}", found.size - 1);
            assert!(run.stderr.contains(&kept), "{place}");
        }
        None => {
            assert_eq!(told, None, "{place}");
            assert!(run.stderr.contains("--log FILE puts the log elsewhere"), "{place}");
        }
    }
}

/// Allows files of so many blocks of 512 bytes.
fn limited(blocks: usize) {
    let desk = desk();
    let script = format!("ulimit -f {blocks}; exec \"$@\"");
    let run = run(&desk, &script);
    no_room(&run, &log(&desk), &format!("files of {blocks} blocks"));
}

/// Tells whether a file system can be mounted here, in a space of its own.
fn mounts(kind: &str, with: &str) -> bool {
    let desk = Desk::new();
    let run = run(&desk, &mounted(with, 0));
    let mounts = !run.stderr.contains("cannot mount");
    if !mounts {
        println!("skipped: no {kind} can be mounted here");
    }
    mounts
}

/// Makes a script that works in a file system of its own in which so many kilobytes are taken. It
/// goes with the script's end; the log is copied out before.
fn mounted(with: &str, taken: usize) -> String {
    let inner = format!(
        "mkdir small && {with} && cp base.txt transcript.txt small/ && \
         head -c {taken}k /dev/zero > small/taken; sync; cd small && \
         {{ \"$@\"; code=$?; cp {LOG} .. 2>/dev/null; exit $code; }}"
    );
    let inner =
        inner.replace(with, &format!("{{ {with} || {{ echo cannot mount >&2; exit 9; }}; }}"));
    format!(
        "unshare -m sh -c '{}' sh \"$@\" || {{ code=$?; [ $code = 1 ] && echo cannot mount >&2; exit $code; }}",
        inner
    )
}

const TMPFS: &str = "mount -t tmpfs -o size=64k none small 2>/dev/null";
const EXT4: &str = "head -c 1M /dev/zero > disk && mkfs.ext4 -q -O ^has_journal disk 2>/dev/null \
                    && mount -o loop disk small 2>/dev/null";

fn full(with: &str, taken: usize) {
    let desk = desk();
    let run = run(&desk, &mounted(with, taken));
    no_room(&run, &log(&desk), &format!("{with}, {taken} KB taken"));
}

#[test]
fn a_full_disk_is_said_and_takes_nothing_away() {
    limited(24);
    if mounts("tmpfs", TMPFS) {
        full(TMPFS, 30);
    }
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t8_no_room_at_every_place() {
    (1..=40).for_each(limited);
    let mut counts = [40, 0, 0];
    for (at, (kind, with, free)) in
        [("tmpfs", TMPFS, 0..48), ("ext4 on a loop device", EXT4, 850..920)].into_iter().enumerate()
    {
        if mounts(kind, with) {
            for taken in free.step_by(4) {
                full(with, taken);
                counts[at + 1] += 1;
            }
        }
    }
    let [limits, tmpfs, ext4] = counts;
    let what = format!(
        "disks without room ({limits} limits on file sizes, {tmpfs} full tmpfs, {ext4} full ext4): \
         all said, every record told of is there, nothing half of one"
    );
    counted("T8", 22, counts.iter().sum(), &what);
}
