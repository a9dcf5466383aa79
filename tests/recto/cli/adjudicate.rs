//! Disputes settled without the screen, and the text that several logs say together.

use insta::assert_snapshot;
use serde_json::Value;

use super::compare::two_readers;
use crate::harness::{Desk, Run};

const MK: &str = "base.mk.recto.jsonl";
const AB: &str = "base.ab.recto.jsonl";
const CD: &str = "base.cd.recto.jsonl";

fn settle(desk: &Desk, arguments: &[&str]) -> Run {
    desk.run(&[&["adjudicate", MK, AB, "--reviewer", "cd"], arguments].concat())
}

#[test]
fn disputes_are_settled_one_by_one() {
    let desk = two_readers();
    let before = (desk.read(MK), desk.read(AB));
    let text = ["export", MK, AB];
    assert_snapshot!(desk.run(&text), @r"
    exit 1
    --- stderr
    recto: 2 places are open or in dispute
    hint: settle them, or say what stands there: --pending base, or in an edition mark; transcript where nothing is in dispute
    ");
    assert_snapshot!(desk.run(&["export", MK, AB, "--pending", "transcript"]), @r"
    exit 1
    --- stderr
    recto: 2 places are in dispute
    hint: `recto adjudicate` settles them; --pending base lets the OCR's readings stand
    ");
    assert_snapshot!(settle(&desk, &["--take", "2", "--line", "1"]), @r"
    exit 0
    --- stdout
    settled 1 dispute (record 6); 1 left
    ");
    assert_snapshot!(settle(&desk, &["--text", "There", "--line", "4"]), @r"
    exit 0
    --- stdout
    settled 1 dispute (record 8); 0 left
    ");
    assert_eq!((desk.read(MK), desk.read(AB)), before, "each log has one writer");
    let all = desk.run(&["compare", MK, AB, CD]);
    assert_eq!(all.code, Some(0), "{all}");
    let text = [&text[..], &[CD]].concat();
    assert_snapshot!(desk.run(&text), @r"
    exit 0
    --- stdout
    The memo has one error.
    Kuznetsov spoke.
    He came at 10.
    It ended There.
    ");
    desk.ok(&["verify", MK, AB, CD]);
    // Taken back, it is a dispute again; put back, it is none.
    desk.ok(&["undo", CD, "--reviewer", "cd"]);
    assert_eq!(desk.run(&text).code, Some(1));
    desk.ok(&["redo", CD, "--reviewer", "cd"]);
    assert_eq!(desk.run(&text).code, Some(0));
    // A new decision that the adjudicator did not know opens it again.
    desk.ok(&["accept", AB, "--reviewer", "ab", "--all", "--line", "1"]);
    assert_eq!(desk.run(&["compare", "base.txt"]).code, Some(1));
}

#[test]
fn the_record_names_what_it_settles() {
    let desk = two_readers();
    assert_eq!(settle(&desk, &["--take", "1", "--at", "9-12"]).code, Some(0));
    let log = String::from_utf8(desk.read(CD)).expect("UTF-8");
    let records: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let seen = records.iter().filter(|record| record["kind"] == "seen").count();
    assert_eq!(seen, 2, "the logs that were read");
    let last = records.last().expect("a record");
    assert_eq!((&last["kind"], &last["verdict"]), (&"adjudicated".into(), &"accept".into()));
    assert_eq!(last["sites"][0]["reading"], "had");
    assert_eq!(last["sites"][0]["from"], "reviewer:mk");
    assert_eq!(last["over"].as_array().map(Vec::len), Some(2), "{last:#}");
}

#[test]
fn a_line_of_several_disputes_is_settled_by_one_record() {
    let desk = Desk::with("The memo has one eror.\n", "The memo had one error.\n");
    for (reviewer, verb) in [("mk", "accept"), ("ab", "reject")] {
        let all = [verb, "base.txt", "transcript.txt", "--reviewer", reviewer, "--line", "1"];
        desk.ok(&all);
    }
    let said = settle(&desk, &["--take", "1", "--line", "1"]);
    assert!(said.stdout.starts_with(b"settled 2 disputes (record "), "{said}");
    let log = String::from_utf8(desk.read(CD)).expect("UTF-8");
    let records: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let settling: Vec<&Value> = records.iter().filter(|it| it["kind"] == "adjudicated").collect();
    let [one] = settling[..] else { panic!("{settling:?}") };
    let readings: Vec<&Value> =
        one["sites"].as_array().expect("sites").iter().map(|site| &site["reading"]).collect();
    assert_eq!(readings, ["had", "error"]);
    assert_eq!(one["over"].as_array().map(Vec::len), Some(2), "a record of each, named once");
    desk.ok(&["verify", CD]);
    desk.ok(&["compare", "base.txt"]);
    // One act: taken back, both are disputed again.
    desk.ok(&["undo", CD, "--reviewer", "cd"]);
    let compared = desk.run(&["compare", "base.txt"]);
    assert!(compared.to_string().contains("2 disputed"), "{compared}");
}

#[test]
fn nobody_settles_their_own() {
    let desk = two_readers();
    let own = ["adjudicate", MK, AB, "--take", "1", "--line", "1"];
    assert_snapshot!(desk.run(&own), @r"
    exit 1
    --- stderr
    recto: mk has a reading in this dispute, and nobody settles their own
    hint: somebody else does, or --allow-self
    ");
    assert_eq!(desk.run(&[&own[..], &["--allow-self"]].concat()).code, Some(0));
    assert_eq!(desk.run(&["compare", "base.txt"]).code, Some(1), "line 4 is left");
}

#[test]
fn what_is_not_disputed_is_not_settled() {
    let desk = two_readers();
    assert_snapshot!(settle(&desk, &["--take", "1", "--line", "2"]), @r"
    exit 1
    --- stderr
    recto: nothing is disputed there
    hint: `recto compare` lists the disputes with their lines
    ");
    assert_snapshot!(settle(&desk, &["--take", "3", "--line", "1"]), @r"
    exit 2
    --- stderr
    recto: there is no log 3: 2 are named
    ");
    assert_snapshot!(settle(&desk, &["--take", "1"]).stderr.lines().next().unwrap_or_default(), @r"
    error: the following required arguments were not provided:
    ");
    assert!(!desk.path(CD).exists());
}

#[test]
fn what_nobody_has_decided_takes_the_reading_that_was_asked_for() {
    let desk =
        Desk::with("teh end\nof teh\nmemo\nhas it\n", "the end\nof the\nNew\nmemo\nhad it\n");
    for (reviewer, verb, line) in [("mk", "accept", "1"), ("ab", "reject", "2")] {
        desk.ok(&[verb, "base.txt", "transcript.txt", "--reviewer", reviewer, "--line", line]);
    }
    let export = |pending| String::from_utf8(desk.ok(&["export", MK, AB, "--pending", pending]));
    assert_eq!(export("base").as_deref(), Ok("the end\nof teh\nmemo\nhas it\n"));
    assert_eq!(export("transcript").as_deref(), Ok("the end\nof teh\nNew\nmemo\nhad it\n"));
    let edition = desk.ok(&["export", MK, AB, "--pending", "transcript", "--to", "tei"]);
    let edition = String::from_utf8_lossy(&edition);
    assert!(edition.contains("<lem wit=\"#transcript\">had</lem>"), "{edition}");
    let marked = desk.run(&["export", MK, AB, "--pending", "mark"]);
    assert_snapshot!(marked, @r"
    exit 2
    --- stderr
    recto: marks tell of one log, not of several
    hint: --pending base or transcript; an edition (--to tei) takes marks too
    ");
}
