//! The player in a pseudo-terminal: it plays, writes nothing, opens what holds of a broken log.

use crate::harness::Desk;
use crate::pty::Pty;
use crate::seals::attacks::{joined, rehashed};

const RECTO: &str = env!("CARGO_BIN_EXE_recto");
const LOG: &str = "base.mk.recto.jsonl";

/// Leaves a log of four decisions, each of its own session: records 0 and 3 to 10.
fn desk() -> Desk {
    let desk = Desk::with("a qu1ck f0x\njumqs\n1azy\n", "a quick fox\njumps\nlazy\n");
    for line in ["1", "2", "3"] {
        desk.ok(&["accept", "base.txt", "transcript.txt", "--line", line]);
    }
    desk.ok(&["undo", LOG]);
    desk
}

fn replay(desk: &Desk, arguments: &[&str]) -> Pty {
    let arguments: Vec<&str> =
        ["replay", LOG].into_iter().chain(arguments.iter().copied()).collect();
    Pty::start(&desk.path(""), (80, 24), RECTO, &arguments, &[])
}

#[test]
fn it_plays_to_the_end_and_writes_nothing() {
    let desk = desk();
    let before = desk.files();
    let mut pty = replay(&desk, &["--at", "0"]);
    pty.wait("record 0/10");
    pty.send("++++++ ");
    pty.wait("record 10/10");
    pty.wait("the end of the log");
    pty.send("g");
    pty.wait("record 0/10");
    pty.send("v");
    pty.wait("intact to 11");
    pty.send("q");
    pty.wait("record 0/10");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
    assert_eq!(desk.files(), before);
}

#[test]
fn at_rest_nothing_is_drawn() {
    let desk = desk();
    let mut pty = replay(&desk, &[]);
    pty.wait("record 10/10");
    pty.press(",");
    let frames = pty.frames();
    pty.press(",");
    assert_eq!(pty.frames(), frames + 1, "one key, one frame");
}

#[test]
fn it_opens_a_log_that_another_process_holds() {
    let desk = desk();
    let mut review = Pty::start(&desk.path(""), (80, 24), RECTO, &["review", LOG], &[]);
    review.wait("open 1/");
    let pty = replay(&desk, &[]);
    pty.wait("took back #8");
    review.send("q");
}

#[test]
fn it_shows_what_holds_of_a_broken_log_and_says_so() {
    let desk = desk();
    let log = String::from_utf8(desk.read(LOG)).expect("a log is UTF-8");
    let begin = log.find("{\"v\":1,\"seq\":8").expect("record 8");
    desk.write(LOG, log[..begin].to_owned() + &log[begin..].replacen("accept", "reject", 1));
    let pty = replay(&desk, &[]);
    pty.wait("record 7/7");
    pty.wait("record 8 at byte");
    desk.write(LOG, &log[..log.len() - 40]);
    let pty = replay(&desk, &[]);
    pty.wait("record 9/9");
    pty.wait("is no whole record");
    let kept = desk.read(LOG);
    assert_eq!(kept, log.as_bytes()[..log.len() - 40], "nothing is cut");
}

#[test]
fn its_text_at_any_record_is_that_of_a_replay_in_print() {
    let desk = desk();
    for at in ["0", "4", "8", "10"] {
        let mut pty = replay(&desk, &["--at", at]);
        pty.wait(&format!("record {at}/10"));
        pty.send("x\r");
        let file = format!("base.at-{at}.txt");
        pty.wait_until("the file", |_| desk.path(&file).exists());
        pty.send("q");
        pty.end();
        assert_eq!(desk.read(&file), desk.ok(&["replay", LOG, "--at", at, "--text"]), "{at}");
    }
    assert_ne!(desk.read("base.at-8.txt"), desk.read("base.at-10.txt"));
}

#[test]
fn of_a_newer_log_it_shows_what_it_can_read_and_says_so() {
    let desk = desk();
    let log = String::from_utf8(desk.read(LOG)).expect("a log is UTF-8");
    let mut lines: Vec<String> = log.lines().map(str::to_owned).collect();
    // A kind to come after record 7, and one that may be passed over before it.
    for (at, kind) in [(7, r#""divined""#), (6, r#""sung","optional":true"#)] {
        let (head, _) = lines[at].split_once("\"kind\":").expect("a kind");
        let end = &lines[at][lines[at].len() - 75..];
        let line = format!("{head}\"kind\":{kind}{end}");
        lines.insert(at + 1, line);
    }
    desk.write("newer.recto.jsonl", joined(&rehashed(&lines)));
    let arguments = ["replay", "newer.recto.jsonl"];
    let mut pty = Pty::start(&desk.path(""), (80, 24), RECTO, &arguments, &[]);
    pty.wait("record 8/8");
    pty.wait("newer recto");
    pty.press(",");
    pty.wait("record 7/8");
    pty.send("q");
    assert!(pty.end().success());
}

/// The texts of then are collated beside the screen, and exports are of them too.
#[test]
fn it_shows_and_writes_the_corrected_text_of_each_record() {
    let desk = desk();
    desk.write("newer.txt", "a quick fox\njumps over\nlazy\nend\n");
    let newer = ["accept", "base.txt", "newer.txt", "--new-transcript", "--line", "3"];
    desk.ok(&newer);
    let mut pty = replay(&desk, &["--at", "10"]);
    pty.wait("by transcript.txt");
    pty.wait("open 1/");
    let shown = |pty: &Pty, seq: &str| {
        pty.wait(&format!("record {seq}/14"));
        pty.wait_until("its fixes", |seen| !seen.text.contains("comparing"));
        pty.screen()
    };
    for (seq, name) in
        [("12", "by newer.txt of #12"), ("4", "by transcript.txt"), ("14", "by newer")]
    {
        pty.send(format!(":{seq}\r"));
        let screen = shown(&pty, seq);
        let counts = desk.ok(&["export", LOG, "--at", seq, "--to", "json"]);
        let counts: serde_json::Value = serde_json::from_slice(&counts).expect("JSON");
        let open = format!("open {}/", counts["counts"]["open"]);
        assert!(screen.contains(name) && screen.contains(&open), "{open}\n{screen}");
        pty.send(format!(":w {seq}.html\r"));
        pty.wait(&format!("written: {seq}.html"));
        let name = ["--at", seq, "--to", "html", "--pending", "base"];
        let printed = desk.ok(&[&["export", LOG][..], &name].concat());
        assert_eq!(desk.read(&format!("{seq}.html")), printed, "{seq}");
    }
}
