//! A second reader, who sees that there is a first one, or wants to know nothing of them.

use serde_json::Value;

use crate::harness::Desk;
use crate::pty::Pty;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nIt ends here.\n";
const TRANSCRIPT: &str = "The memo had one error.\nKuznetsov spoke.\nIt ends here.\n";
const OWN: &str = "base.ab.recto.jsonl";
const PLAIN: [&str; 6] = ["review", "base.txt", "transcript.txt", "--plain", "--reviewer", "ab"];

/// Leaves the first reader's log: a line accepted, and a reading of their own where both texts agree.
fn first_read() -> Desk {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    desk.ok(&["edit", "base.txt", "--line", "3", "--text", "It ends there."]);
    desk
}

fn records(desk: &Desk, log: &str) -> Vec<Value> {
    let text = String::from_utf8(desk.read(log)).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn of_kind<'a>(records: &'a [Value], kind: &str) -> Vec<&'a Value> {
    records.iter().filter(|record| record["kind"] == kind).collect()
}

/// Goes on as ab, line by line; returns what was said on either channel, the log's head left out.
fn reads(desk: &Desk, blind: bool, answers: &str) -> String {
    let more = if blind { &["--blind"][..] } else { &[] };
    let run = desk.run_with_input(&[&PLAIN[..], more].concat(), answers.as_bytes());
    assert_eq!(run.code, Some(0), "{run}");
    let said = run.to_string();
    said.lines().filter(|line| !line.starts_with("head ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_first_readers_log_is_told_of_and_its_head_is_noted() {
    let desk = first_read();
    // A log of another text, and one that is none, are nobody's.
    desk.write("base.zz.recto.jsonl", "{}\n");
    let said = reads(&desk, false, "r\nq\n");
    assert!(said.contains("also read by mk"), "{said}");
    assert!(!said.contains("zz"), "{said}");
    let (own, first) = (records(&desk, OWN), records(&desk, "base.mk.recto.jsonl"));
    let seen = of_kind(&own, "seen");
    assert_eq!(seen.len(), 1, "{own:?}");
    assert_eq!(seen[0]["log"], first[0]["log"]);
    assert_eq!(seen[0]["size"], first.len());
    assert_eq!(seen[0]["head"], first[first.len() - 1]["hash"]);
    assert_eq!(of_kind(&own, "session")[0]["blind"], false);
    // What was seen once is not noted again; what came after is.
    reads(&desk, false, "r\nq\n");
    assert_eq!(of_kind(&records(&desk, OWN), "seen").len(), 1);
    desk.ok(&["accept", "base.mk.recto.jsonl", "--line", "2"]);
    reads(&desk, false, "a\nq\n");
    let own = records(&desk, OWN);
    let sizes: Vec<u64> =
        of_kind(&own, "seen").iter().map(|seen| seen["size"].as_u64().expect("a size")).collect();
    assert_eq!(sizes, [first.len() as u64, first.len() as u64 + 2], "a session and a decision");
    // Who saw it is a witness: the first log cut short is told by the second.
    let whole = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    let cut: String = whole.split_inclusive('\n').take(first.len() - 1).collect();
    desk.write("base.mk.recto.jsonl", cut);
    std::fs::remove_dir_all(desk.home().join("state")).expect("what is remembered here");
    let verified = desk.run(&["verify", "base.mk.recto.jsonl"]);
    assert_eq!(verified.code, Some(1), "{verified}");
    assert!(verified.to_string().contains("ab's log saw"), "{verified}");
}

#[test]
fn a_blind_reader_is_shown_nothing_and_counted_nothing_and_the_log_says_so() {
    let (desk, alone) = (first_read(), Desk::with(BASE, TRANSCRIPT));
    let answers = "r\nn read twice\ns\nu\nq\n";
    assert_eq!(reads(&desk, true, answers), reads(&alone, true, answers), "as if there were none");
    let own = records(&desk, OWN);
    assert_eq!(of_kind(&own, "session")[0]["blind"], true);
    assert!(of_kind(&own, "seen").is_empty());
    let id = records(&desk, "base.mk.recto.jsonl")[0]["log"].as_str().expect("an id").to_owned();
    let text = String::from_utf8(desk.read(OWN)).expect("UTF-8");
    assert!(!text.contains(&id), "{text}");
    let compared = desk.run(&["compare", "base.mk.recto.jsonl", OWN]).to_string();
    assert!(compared.contains("not blind") && compared.contains("records, blind"), "{compared}");
    // A later session that is not blind is told apart.
    reads(&desk, false, "a\nq\n");
    let own = records(&desk, OWN);
    let blind: Vec<&Value> = of_kind(&own, "session").iter().map(|it| &it["blind"]).collect();
    assert_eq!(blind, [true, false]);
    let compared = desk.run(&["compare", "base.mk.recto.jsonl", OWN]).to_string();
    assert!(compared.contains("partly blind"), "{compared}");
}

/// Opens the screen as ab and returns it as it stands before any key.
fn screen(desk: &Desk, more: &[&str]) -> String {
    let arguments = [&["review", "base.txt", "transcript.txt"], more].concat();
    let program = env!("CARGO_BIN_EXE_recto");
    let variables = [("RECTO_REVIEWER", "ab")];
    let mut pty = Pty::start(&desk.path(""), (80, 24), program, &arguments, &variables);
    pty.wait("open 3/3");
    let shown = pty.screen();
    pty.send("q");
    pty.end();
    shown
}

#[test]
fn the_screen_shows_the_first_reader_unless_it_is_blind() {
    let (desk, alone) = (first_read(), Desk::with(BASE, TRANSCRIPT));
    let shown = screen(&desk, &[]);
    assert!(shown.contains("also read by mk"), "{shown}");
    assert_eq!(screen(&desk, &["--blind"]), screen(&alone, &["--blind"]));
    assert!(!desk.path(OWN).exists(), "a look leaves no log");
}
