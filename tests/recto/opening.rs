//! Logs that cannot be written, opened on a real terminal: damaged, of a newer recto, in use.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use recto::digest::Digest;

use crate::pty::Pty;

const RECTO: &str = env!("CARGO_BIN_EXE_recto");
const LOG: &str = "letter.mk.recto.jsonl";

/// Holds a folder with the sample logs.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs/logs");
        for name in [LOG, "altered.recto.jsonl"] {
            let copied = fs::copy(format!("{samples}/{name}"), desk.path(name));
            copied.expect("a sample can be copied");
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn open(&self, arguments: &[&str]) -> Pty {
        let all: Vec<&str> = ["review"].iter().chain(arguments).copied().collect();
        Pty::start(self.0.path(), (100, 24), RECTO, &all, &[])
    }

    /// Opens the log for writing.
    fn writer(&self) -> Pty {
        let pty = self.open(&["--resume", LOG]);
        pty.wait("open 0/9");
        pty
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the log can be read")
    }

    /// Takes the log over and waits until it can be written.
    fn take_over(&self) -> Pty {
        let mut pty = self.open(&["--take-over", "--resume", LOG]);
        pty.wait("open 0/9");
        pty.send("d");
        pty.wait("doubtful noted");
        pty
    }

    /// Asserts that the log is not taken over, and why.
    fn refuses(&self, why: &str) {
        let mut pty = self.open(&["--take-over", "--resume", LOG]);
        assert_eq!(pty.end().exit_code(), 2, "{}", pty.screen());
        pty.wait(why);
    }
}

fn looks_only(desk: &Desk, log: &str, why: &str) {
    let before = desk.bytes(log);
    let mut pty = desk.open(&["--resume", log]);
    pty.wait("/9");
    pty.send("d");
    pty.wait(why);
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(desk.bytes(log) == before, "{log} was written to");
}

#[test]
fn damaged_and_newer_logs_are_shown_as_far_as_they_are_sound() {
    let desk = Desk::new();
    looks_only(&desk, "altered.recto.jsonl", "record 16 at byte");
    let mut newer = String::from_utf8(desk.bytes(LOG)).expect("UTF-8");
    let head = newer.trim_end().strip_suffix("\"}").expect("a hash");
    let body = format!(
        r#"{{"v":1,"seq":{},"prev":"{}","time":"2026-11-23T17:31:02.114Z","kind":"divined""#,
        newer.lines().count(),
        &head[head.len() - 64..]
    );
    let hash = Digest::of(body.as_bytes());
    newer = format!("{newer}{body},\"hash\":\"{hash}\"}}\n");
    fs::write(desk.path("newer.recto.jsonl"), newer).expect("the folder can be written");
    looks_only(&desk, "newer.recto.jsonl", "from a newer recto");
}

#[test]
fn a_log_in_use_is_looked_at_until_it_is_taken_over() {
    let desk = Desk::new();
    let mut first = desk.writer();
    looks_only(&desk, LOG, &format!("process {} on", first.process()));
    let mut second = desk.take_over();
    assert!(!first.end().success(), "it ended by the signal");
    first.assert_restored();
    // A process that was suspended has to wake up to leave.
    second.signal("STOP");
    let third = desk.take_over();
    assert!(!second.end().success(), "it ended by the signal");
    drop(third);
}

#[test]
fn a_log_is_taken_over_line_by_line_and_back() {
    let desk = Desk::new();
    let mut screen = desk.writer();
    let mut refused = desk.open(&["--plain", "--resume", LOG]);
    assert_eq!(refused.end().exit_code(), 2, "{}", refused.screen());
    refused.wait("--take-over asks that");
    let mut plain = desk.open(&["--plain", "--take-over", "--resume", LOG]);
    plain.wait("u undoes, q quits");
    assert!(!screen.end().success(), "it ended by the signal");
    plain.send("u\r");
    plain.wait("of an earlier session?\ny does it");
    plain.send("y\r");
    plain.wait("took back");
    let mut screen = desk.open(&["--take-over", "--resume", LOG]);
    screen.wait("open 0/9");
    assert!(!plain.end().success(), "it ended by the signal");
    screen.send("d");
    screen.wait("doubtful noted");
    let log = String::from_utf8(desk.bytes(LOG)).expect("UTF-8");
    assert!(log.contains(r#""by":"plain""#), "the log says how");
}

#[test]
fn only_the_process_that_holds_the_log_is_ended() {
    let desk = Desk::new();
    let file = File::open(desk.path(LOG)).expect("the log is there");
    file.lock().expect("the log can be locked");
    desk.refuses("nobody knows which process");
    file.unlock().expect("it was locked");
    // Killed, it leaves its note behind; its number may be another process's by then.
    let mut killed = desk.writer();
    killed.signal("KILL");
    killed.end();
    let mut innocent = Command::new("sleep").arg("100").spawn().expect("a process");
    rename_note(&desk, innocent.id());
    file.lock().expect("the log is free");
    desk.refuses("but not by process");
    assert!(innocent.try_wait().expect("it can be asked").is_none(), "it was ended");
    innocent.kill().expect("it runs");
    innocent.wait().expect("it ends");
}

/// Puts another process's number into the note of who writes.
fn rename_note(desk: &Desk, process: u32) {
    let locks = desk.path("state/recto/locks");
    let note = fs::read_dir(&locks).expect("notes").next().expect("one").expect("readable").path();
    let text = fs::read_to_string(&note).expect("a note");
    let (_, rest) = text.split_once(',').expect("members");
    fs::write(&note, format!("{{\"pid\":{process},{rest}")).expect("a note");
}

#[test]
fn a_newer_corrected_text_is_asked_about() {
    let desk = Desk::new();
    fs::write(desk.path("letter.txt"), sample("letter.txt")).expect("the folder can be written");
    let fair = sample("letter.fair.txt").replace("Captain", "Capt.");
    fs::write(desk.path("newer.txt"), fair).expect("the folder can be written");
    let before = desk.bytes(LOG);
    let mut pty = desk.open(&["letter.txt", "newer.txt"]);
    pty.wait("newer.txt is not the corrected text in your log: take it?");
    pty.press("\x1b");
    pty.wait("going on with the corrected text that the log has");
    pty.wait("open 0/9");
    pty.send("q");
    pty.end();
    let mut pty = desk.open(&["letter.txt", "newer.txt"]);
    pty.wait("take it?");
    pty.press("\r");
    pty.wait("newer.txt is the corrected text from now on; 9 decided places stand");
    pty.wait("open 1/10");
    assert!(desk.bytes(LOG) == before, "a look alone is not worth a record");
    pty.press("n");
    while !pty.screen().contains("open 0/10") {
        pty.press("a");
    }
    let log = String::from_utf8(desk.bytes(LOG)).expect("UTF-8");
    assert!(log.contains(r#""kind":"proposals","transcript":{"name":"newer.txt""#));
}

fn sample(name: &str) -> String {
    let path = format!("{}/sample_docs/logs/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect("a sample")
}
