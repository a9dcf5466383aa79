//! Second readers without the screen: how far they agree, and what they dispute.

use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::Desk;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nHe came at l0.\nIt ends here.\n";
const TRANSCRIPT: &str =
    "The memo had one error.\nKuznetsov spoke.\nHe came at 10.\nIt ends here.\n";

/// Two reviewers: they differ in "has", and in a line that both texts have alike; ab leaves line 3.
pub(super) fn two_readers() -> Desk {
    let desk = Desk::with(BASE, TRANSCRIPT);
    for (reviewer, arguments) in [
        ("mk", &["accept", "--open"][..]),
        ("mk", &["edit", "--line", "4", "--text", "It ends there."]),
        ("ab", &["reject", "--alike", "has"]),
        ("ab", &["accept", "--line", "1"]),
        ("ab", &["accept", "--line", "2"]),
        ("ab", &["edit", "--line", "4", "--text", "It ended here."]),
        ("ab", &["edit", "--line", "4", "--text", "It ended where."]),
    ] {
        let mut all = vec![arguments[0], "base.txt", "transcript.txt", "--reviewer", reviewer];
        all.extend(&arguments[1..]);
        desk.ok(&all);
    }
    desk
}

#[test]
fn agreement_and_disputes_are_printed() {
    let desk = two_readers();
    let before = desk.files();
    let run = desk.run(&["compare", "base.mk.recto.jsonl", "base.ab.recto.jsonl"]);
    assert_snapshot!(run, @r#"
    exit 1
    --- stdout
    mk       base.mk.recto.jsonl  7 records, not blind
    ab       base.ab.recto.jsonl  13 records, not blind

    mk and ab                       n  alike      raw  kappa
    fixes both decided              3      2   66.7 %   0.00
      word                          3      2   66.7 %   0.00
    1 left open by ab alone: line 3

           2 places decided alike
           2 decided by one alone
           0 adjudicated
           2 disputed
      p1:1     OCR "has"  mk "had"  ab "has"
      p1:4     OCR "here"  mk "there"  ab "where"
    "#);
    // An OCR text stands for the logs beside it; the one named first says what the units are.
    let beside = desk.run(&["compare", "base.txt"]);
    assert_eq!(beside.code, Some(1));
    assert!(beside.to_string().contains("ab and mk "), "{beside}");
    assert_eq!(desk.files(), before, "nothing is written");
}

#[test]
fn readers_of_one_mind_are_a_yes() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--reviewer", "mk", "--open"]);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--reviewer", "ab", "--open"]);
    let run = desk.run(&["compare", "base.txt"]);
    assert_snapshot!(run, @r"
    exit 0
    --- stdout
    ab       base.ab.recto.jsonl  5 records, not blind
    mk       base.mk.recto.jsonl  5 records, not blind

    ab and mk                       n  alike      raw  kappa
    fixes both decided              4      4  100.0 %      -
      digit                         1      1  100.0 %      -
      word                          3      3  100.0 %      -

           4 places decided alike
           0 decided by one alone
           0 adjudicated
           0 disputed
    ");
}

#[test]
fn the_figures_are_data_too() {
    let desk = two_readers();
    let logs = ["base.mk.recto.jsonl", "base.ab.recto.jsonl"];
    let run = desk.run(&["compare", logs[0], logs[1], "--json"]);
    let json: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(json["logs"][0]["reviewer"], "mk");
    assert_eq!(json["logs"][0]["blind"], "no");
    let pair = &json["pairs"][0];
    assert_eq!((&pair["n"], &pair["agreed"]), (&3.into(), &2.into()), "{pair:#}");
    assert_eq!(pair["raw"].as_f64().map(|raw| (raw * 1000.0) as u32), Some(666));
    assert_eq!(pair["left_open"][0]["log"], 1);
    assert_eq!(pair["left_open"][0]["line"], 3);
    assert_eq!(json["disputes"][0]["readings"][1]["reading"], "has", "{json:#}");
    assert_eq!(json["disputes"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["single"], 2);
}

#[test]
fn logs_that_do_not_belong_together_are_refused() {
    let desk = two_readers();
    desk.write("other.txt", BASE.replace("memo", "note"));
    desk.ok(&["accept", "other.txt", "transcript.txt", "--open"]);
    let run = desk.run(&["compare", "base.mk.recto.jsonl", "other.mk.recto.jsonl"]);
    assert_snapshot!(run, @r"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl and other.mk.recto.jsonl are logs of different OCR texts
    hint: logs can be compared that began with the same OCR text
    ");
    // A copy of a log that was written on elsewhere, and one that was not.
    desk.write("copy.recto.jsonl", desk.read("base.mk.recto.jsonl"));
    let run = desk.run(&["compare", "base.mk.recto.jsonl", "copy.recto.jsonl"]);
    assert_snapshot!(run, @r"
    exit 2
    --- stderr
    recto: there is one log only, and nothing to compare it with
    hint: name two or more logs, or the OCR text that they lie beside
    ");
    // On another machine, whose anchors know nothing of this one.
    let mut undo = desk.command(&["undo", "copy.recto.jsonl"]);
    assert!(undo.env("XDG_STATE_HOME", desk.path("elsewhere")).status().expect("runs").success());
    desk.ok(&["note", "base.mk.recto.jsonl", "--line", "1", "--text", "elsewhere"]);
    let run = desk.run(&["compare", "base.mk.recto.jsonl", "copy.recto.jsonl"]);
    assert_snapshot!(run, @r"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl and copy.recto.jsonl are one log that went two ways: neither goes on from the other
    hint: a log has one writer; name only the one that counts
    ");
}
