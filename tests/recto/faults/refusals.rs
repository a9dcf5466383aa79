//! T7: every write and every sync of the real program refused or killed in turn, by `strace`.

use std::process::{Command, Stdio};

use crate::counts::{counted, skipped};
use crate::faults::people::{LOG, PLAIN, desk, has, judge, log, told};
use crate::harness::{Desk, Run};
use crate::pty::Pty;

const FAULTS: [&str; 6] = [
    "write:error=ENOSPC",
    "write:error=EIO",
    "write:signal=KILL",
    "fdatasync:error=EIO",
    "fdatasync:signal=KILL",
    "fsync:error=EIO",
];

/// What the program is asked to do meanwhile, and what it is answered.
const WORK: [(&[&str], &str); 4] = [
    (
        &PLAIN,
        "a\nr\ne f\u{f6}ur\nu\na\nd\na\na\nr\nu\na\nr\ne x\nu\na\nd\na\na\nr\nu\na\na\na\na\nq\n",
    ),
    (&["accept", "base.txt", "transcript.txt", "--line", "7"], ""),
    (&["accept", LOG, "--line", "9"], ""),
    (&["undo", LOG], ""),
];

/// Which calls a fault meets: all of the process, or those on the log alone.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Everything,
    Log,
}

/// Makes a desk with a log of two decisions.
fn begun() -> Desk {
    let desk = desk();
    for line in ["1", "2"] {
        desk.ok(&["accept", "base.txt", "transcript.txt", "--line", line]);
    }
    desk
}

/// Makes the arguments for `strace` that let the `nth` such call fail.
fn strace(desk: &Desk, fault: &str, nth: usize, on: On) -> Vec<String> {
    let mut arguments = vec!["-f".to_owned(), "-qq".to_owned(), "-o".to_owned()];
    arguments.push("/dev/null".to_owned());
    arguments.extend(["-e".to_owned(), format!("inject={fault}:when={nth}")]);
    if on == On::Log {
        arguments.extend(["-P".to_owned(), log(desk).display().to_string()]);
    }
    arguments.push(env!("CARGO_BIN_EXE_recto").to_owned());
    arguments
}

/// Runs the program so, and looks at what it said and left. Returns whether it met the fault.
fn refuse(desk: &Desk, work: (&[&str], &str), fault: &str, nth: usize, on: On) -> bool {
    let usual = desk.command(work.0);
    let mut command = Command::new("strace");
    command.args(strace(desk, fault, nth, on)).args(work.0).current_dir(desk.path(""));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in usual.get_envs() {
        command.env(name, value.expect("none is taken away"));
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("strace starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, work.1.as_bytes()).expect("the pipe holds them");
    drop(stdin);
    let run = Run::of(child.wait_with_output().expect("it ends"));
    let place = format!("recto {}, {fault} at call {nth}:\n{run}", work.0.join(" "));
    let killed = fault.ends_with("KILL");
    let found = judge(&log(desk), told(&run.stdout), &place);
    assert!(!run.stderr.contains("panicked"), "{place}");
    match run.code {
        Some(0) => return false,
        Some(2) if !killed => {}
        None | Some(137) if killed => return true,
        _ => panic!("{place}"),
    }
    let mut said = run.stderr.lines().filter(|line| !line.trim_start().starts_with("hint"));
    assert!(said.any(|line| line.len() > 20 && line.contains(": ")), "no sentence: {place}");
    if on == On::Log {
        assert!(run.stderr.contains("not saved"), "{place}");
        assert!(found.is_some(), "{place}");
        let unknown = run.stderr.contains("whether it is kept is unknown");
        assert_eq!(unknown, fault.starts_with("fdatasync"), "{place}");
    }
    true
}

/// Lets the first calls fail in turn; returns how many runs there were, and how many met a fault.
fn refuse_all(faults: &[&str], works: &[usize], calls: &[usize]) -> (usize, usize) {
    let (mut runs, mut met) = (0, 0);
    for &fault in faults {
        for &work in works {
            for &nth in calls {
                // On a new log everything may fail; on one that is there, what concerns it.
                let (desk, on) = if work == 1 || nth % 2 == 0 && work == 0 {
                    (desk(), On::Everything)
                } else {
                    (begun(), On::Log)
                };
                runs += 1;
                met += usize::from(refuse(&desk, WORK[work], fault, nth, on));
            }
        }
    }
    (runs, met)
}

/// Lets the log refuse the second decision on the screen; nothing undecided is shown as decided.
fn refuse_on_screen(fault: &str, words: &str, goes_on: bool) {
    let desk = begun();
    let mut arguments = strace(&desk, fault, 2, On::Log);
    arguments.extend(PLAIN[..3].iter().map(|&argument| argument.to_owned()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut pty = Pty::start(&desk.path(""), (80, 24), "strace", &arguments, &[]);
    pty.wait("accepted 2");
    pty.send("n");
    pty.wait("── line 3 ");
    pty.send("a");
    pty.wait("accepted 3");
    pty.send("a");
    pty.wait("NOT SAVED");
    let screen = pty.screen();
    assert!(screen.contains(words), "{fault}:\n{screen}");
    assert!(screen.contains("accepted 3") && screen.contains("open 97"), "{fault}:\n{screen}");
    pty.press("j");
    pty.send("a");
    if goes_on {
        pty.wait("accepted 4");
    } else {
        pty.wait_until("a refusal", |seen| !seen.text.contains("NOT SAVED"));
        let screen = pty.screen();
        assert!(screen.contains("accepted 3") && screen.contains("open 97"), "{fault}:\n{screen}");
    }
    pty.send("q");
    pty.end();
    // The third decision is record 8. A fourth is there if it went well, or if nobody knows.
    let told = if goes_on { 9 } else { 8 };
    let found = judge(&log(&desk), Some(told), fault).expect("a log");
    assert!(found.size <= 10, "{fault}: {} records", found.size);
}

const ON_SCREEN: [(&str, &str, bool); 3] = [
    ("write:error=ENOSPC", "the disk is full", true),
    ("write:error=EIO", "cannot write", true),
    ("fdatasync:error=EIO", "the disk did not confirm", false),
];

#[test]
fn what_the_disk_refuses_is_said_and_does_not_show() {
    if !has("strace", "-V") {
        return;
    }
    let (runs, met) = refuse_all(&FAULTS[..4], &[0, 3], &[1]);
    assert_eq!((runs, met), (8, 8));
    let (fault, words, goes_on) = ON_SCREEN[2];
    refuse_on_screen(fault, words, goes_on);
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t7_every_call_refused_in_turn() {
    if !has("strace", "-V") {
        return skipped("T7", "no strace that works here");
    }
    let calls: Vec<usize> = (1..=20).collect();
    let (runs, met) = refuse_all(&FAULTS, &[0, 1], &calls);
    let (more, met_more) = refuse_all(&FAULTS, &[2, 3], &[1, 2, 3]);
    let (runs, met) = (runs + more, met + met_more);
    for (fault, words, goes_on) in ON_SCREEN {
        refuse_on_screen(fault, words, goes_on);
    }
    let what = format!(
        "writes and syncs refused or killed, in {runs} runs, 3 more on the screen: \
         all logs sound, all told"
    );
    counted("T7", 80, met, &what);
}
