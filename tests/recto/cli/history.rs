//! `log` with its filters, and `replay` without a terminal.

use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::Desk;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nIt ends here.\n";
const TRANSCRIPT: &str = "The memo had one error.\nKuznetsov spoke.\nIt ends there.\n";
const LOG: &str = "base.mk.recto.jsonl";

/// Leaves a log of three days: accept, reject, undo, edit, note.
fn desk() -> Desk {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let at = |day: &str, arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("RECTO_CLOCK", format!("2026-11-{day}.000Z"));
        assert!(command.output().expect("the program starts").status.success(), "{arguments:?}");
    };
    at("23T09:00:00", &["accept", "base.txt", "transcript.txt", "--line", "1"]);
    at("24T09:30:10", &["reject", LOG, "--line", "2"]);
    at("24T09:30:50", &["undo", LOG]);
    at("25T18:00:00", &["edit", LOG, "--line", "3", "--text", "It ends somewhere."]);
    at("25T18:05:00", &["note", LOG, "--line", "2", "--text", "a Russian name"]);
    desk
}

/// Returns the numbers of the records that a filter leaves.
fn left(desk: &Desk, filter: &[&str]) -> Vec<u64> {
    let arguments: Vec<&str> =
        ["log", LOG, "--json"].into_iter().chain(filter.iter().copied()).collect();
    let told: Value = serde_json::from_slice(&desk.ok(&arguments)).expect("one JSON document");
    let told = told.as_array().expect("a list of records");
    told.iter().filter_map(|record| record["seq"].as_u64()).collect()
}

#[test]
fn filters_name_records_and_several_name_fewer() {
    let desk = desk();
    let all = left(&desk, &[]);
    assert_eq!(all.len(), 11);
    assert_eq!(left(&desk, &["--kind", "decided"]), [4, 6, 10]);
    assert_eq!(left(&desk, &["--kind", "noted", "--kind", "undone"]), [8, 12]);
    assert_eq!(left(&desk, &["--verdict", "reject"]), [6, 8], "the undo goes with its act");
    assert_eq!(left(&desk, &["--line", "2"]), [6, 8, 12]);
    assert_eq!(left(&desk, &["--line", "1-2", "--kind", "decided"]), [4, 6]);
    assert_eq!(left(&desk, &["--page", "1", "--verdict", "edit"]), [10]);
    assert_eq!(left(&desk, &["--page", "2"]), [0_u64; 0]);
    assert_eq!(left(&desk, &["--text", "Kuznetsov"]), [6, 8]);
    assert_eq!(left(&desk, &["--text", "Russian"]), [12]);
    assert_eq!(left(&desk, &["--text", "somewhere"]), [10]);
    assert_eq!(left(&desk, &["--by", "mk"]), all);
    assert_eq!(left(&desk, &["--reviewer", "ab"]), [0_u64; 0]);
}

#[test]
fn times_take_in_the_whole_of_what_they_name() {
    let desk = desk();
    let decided = |filter: &[&str]| {
        let kinds = ["--kind", "decided", "--kind", "undone"];
        left(&desk, &[filter, &kinds].concat())
    };
    assert_eq!(decided(&["--since", "2026-11-24"]), [6, 8, 10]);
    assert_eq!(decided(&["--until", "2026-11-24"]), [4, 6, 8]);
    assert_eq!(decided(&["--since", "2026-11-24T09:30:11", "--until", "2026-11-24T09:30"]), [8]);
    let run = desk.run(&["log", LOG, "--since", "yesterday"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("a time is written 2026-11-24"), "{run}");
}

#[test]
fn the_history_for_people_marks_what_was_undone() {
    assert_snapshot!(desk().run(&["log", LOG, "--line", "1-2"]), @r#"
    exit 0
    --- stdout
        4  2026-11-23T09:00:00.000Z  mk  accept line, 2 places
           p1:1  "has" -> "had"
           p1:1  "eror" -> "error"
        6  2026-11-24T09:30:10.000Z  mk  reject line  p1:2  "Kumetssov" -> "Kumetssov"  (undone)
        8  2026-11-24T09:30:50.000Z  mk  undo of 6
       12  2026-11-25T18:05:00.000Z  mk  note  p1:2  "Kumetssov spoke."  a Russian name
    "#);
}

#[test]
fn a_replay_without_a_terminal_names_what_needs_none() {
    assert_snapshot!(desk().run(&["replay", LOG]), @r#"
    exit 2
    --- stderr
    recto: the screen needs a terminal, and standard output is none
    hint: --text prints the established text as it stood at --at SEQ
    "#);
}
