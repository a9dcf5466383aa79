//! A newer corrected text over the same OCR text: decisions stand, only what is new is open.

use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::Desk;
use crate::pty::Pty;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nHe came at l0.\nIt ends hcre.\n";
const FIRST: &str = "The memo had one error.\nKuznetsov spoke.\nHe came at 10.\nIt ends hcre.\n";
const SECOND: &str = "The memo has one error.\nKuznetsoff spoke.\nHe came at 10.\nIt ends here.\n";

/// Line 2 accepted, "has" rejected; then a second corrected text comes.
fn begun() -> Desk {
    let desk = Desk::with(BASE, FIRST);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "2"]);
    desk.ok(&["reject", "base.txt", "--alike", "has"]);
    desk.write("second.txt", SECOND);
    desk
}

fn kinds(desk: &Desk) -> Vec<String> {
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    let kind = |line: &str| {
        let record: Value = serde_json::from_str(line).expect("a record");
        record["kind"].as_str().expect("a kind").to_owned()
    };
    log.lines().map(kind).collect()
}

#[test]
fn without_being_asked_the_log_goes_on_with_its_own() {
    let desk = begun();
    let before = kinds(&desk);
    let run = desk.run(&["accept", "base.txt", "second.txt", "--line", "4"]);
    assert_snapshot!(run, @r"
    exit 1
    --- stderr
    second.txt is not the corrected text in your log; going on with the log's own copy (--new-transcript takes the new one)
    recto: the texts do not differ there
    hint: `recto edit` changes any line
    ");
    assert_eq!(kinds(&desk), before);
    assert_snapshot!(desk.run(&["stats", "base.txt", "second.txt", "--json"]).stderr, @r"
    second.txt is not the corrected text in your log; going on with the log's own copy
    ");
}

#[test]
fn taken_it_opens_what_is_new() {
    let desk = begun();
    let run = desk.run(&["accept", "base.txt", "second.txt", "--new-transcript", "--line", "4"]);
    assert_snapshot!(run, @r#"
    exit 0
    --- stdout
    line 4: accepted "hcre" → "here" (record 10); open 2, accepted 1, rejected 0, edited 1
    --- stderr
    second.txt is the corrected text from now on; 2 decided places stand
    "#);
    assert_eq!(kinds(&desk)[7..], ["session", "proposals", "source", "decided"]);
    desk.ok(&["verify", "base.mk.recto.jsonl"]);
    // From now on it is the log's; the name decided before stands, as a reading of its own.
    let data: Value =
        serde_json::from_slice(&desk.ok(&["export", "base.txt", "--to", "json"])).expect("JSON");
    assert_eq!(data["transcript"]["name"], "second.txt", "{data:#}");
    assert_snapshot!(desk.run(&["accept", "base.txt", "--open"]), @r"
    exit 0
    --- stdout
    accepted 2 places (record 12); open 0, accepted 3, rejected 0, edited 1
    ");
    assert_eq!(
        desk.ok(&["export", "base.txt"]),
        b"The memo has one error.\nKuznetsov spoke.\nHe came at 10.\nIt ends here.\n"
    );
    // Back over it and forth.
    desk.ok(&["undo", "base.txt"]);
    desk.ok(&["undo", "base.txt"]);
    assert_snapshot!(desk.run(&["undo", "base.txt"]), @r#"
    exit 0
    --- stdout
    took back #6 reject "has" in line 1 (record 18); open 3, accepted 0, rejected 0, edited 1
    "#);
    desk.ok(&["redo", "base.txt"]);
    desk.ok(&["verify", "base.mk.recto.jsonl"]);
}

/// At any record, the whole review as data is that of the log which ends there.
#[test]
fn an_export_of_a_record_is_that_of_the_log_until_then() {
    let desk = begun();
    desk.ok(&["accept", "base.txt", "second.txt", "--new-transcript", "--line", "4"]);
    desk.write("empty.txt", "");
    desk.ok(&["note", "base.txt", "empty.txt", "--new-transcript", "--mark", "sic", "--line", "1"]);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--new-transcript", "--line", "1"]);
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let sources = |line: &&&str| line.contains(r#""kind":"source""#);
    let mut texts = std::collections::BTreeSet::new();
    for seq in 0..lines.len() {
        // The pieces of a text belong to the record before them.
        let sources = lines[seq + 1..].iter().take_while(sources).count();
        desk.write("cut/base.mk.recto.jsonl", lines[..=seq + sources].concat());
        let at = seq.to_string();
        let args = ["--to", "json", "--pending", "transcript"];
        let data = |log: &str, more: &[&str]| -> Value {
            let run = [&["export", log][..], &args, more].concat();
            let mut data: Value = serde_json::from_slice(&desk.ok(&run)).expect("JSON");
            // How much of the file was read.
            data["log"].take();
            data["record"].take();
            data
        };
        let cut = data("cut/base.mk.recto.jsonl", &[]);
        assert_eq!(data("base.mk.recto.jsonl", &["--at", &at]), cut, "record {seq}");
        texts.insert(cut["transcript"]["name"].to_string());
    }
    assert_eq!(texts.len(), 3, "{texts:?}");
    let cast = desk.ok(&["export", "base.txt", "--to", "cast"]);
    let cast = String::from_utf8(cast).expect("UTF-8");
    let events: Vec<Value> =
        cast.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let of = |code: &str| {
        let events = events.iter().filter(move |event| event[1] == code);
        events.filter_map(|event| event[2].as_str()).map(str::to_owned).collect::<Vec<String>>()
    };
    let new: Vec<String> = of("m").into_iter().filter(|what| what.contains("new text")).collect();
    assert_eq!(
        new,
        ["#8 new text second.txt", "#12 new text empty.txt", "#15 new text transcript.txt"]
    );
    assert!(of("o").iter().any(|shown| shown.contains("second.txt")), "{cast}");
}

#[test]
fn what_the_log_was_before_is_still_to_be_had() {
    let desk = begun();
    desk.ok(&["accept", "base.txt", "second.txt", "--new-transcript", "--line", "4"]);
    let text = desk.ok(&["replay", "base.mk.recto.jsonl", "--at", "6", "--text"]);
    assert_eq!(text, b"The memo has one eror.\nKuznetsov spoke.\nHe came at l0.\nIt ends hcre.\n");
    let at = |seq: &str| desk.ok(&["export", "base.txt", "--at", seq, "--pending", "transcript"]);
    assert_eq!(at("6"), FIRST.replace("had", "has").as_bytes());
    assert_eq!(at("10"), SECOND.replace("Kuznetsoff", "Kuznetsov").as_bytes());
    // The first text again is a third proposal.
    desk.ok(&["accept", "base.txt", "transcript.txt", "--new-transcript", "--line", "1"]);
    assert_eq!(kinds(&desk).iter().filter(|kind| *kind == "proposals").count(), 2);
    desk.ok(&["verify", "base.mk.recto.jsonl"]);
    assert_eq!(desk.run(&["accept", "base.txt", "transcript.txt", "--open"]).stderr, "");
}

#[test]
fn a_log_without_copies_takes_a_text_that_was_changed_in_place() {
    let desk = Desk::with(BASE, FIRST);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--no-embed", "--line", "2"]);
    desk.write("transcript.txt", SECOND);
    let accept = ["accept", "base.txt", "transcript.txt", "--line", "4"];
    assert_snapshot!(desk.run(&accept), @r#"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl does not hold its texts, and "transcript.txt" beside it is not the one it began with
    hint: name the texts: BASE TRANSCRIPT --log LOG (a new corrected text with --new-transcript); wanted is "transcript.txt" as it was
    "#);
    let taken = [&accept[..], &["--new-transcript", "--no-embed"]].concat();
    desk.ok(&taken);
    assert!(!kinds(&desk).contains(&"source".to_owned()));
    assert_eq!(desk.run(&["verify", "base.mk.recto.jsonl"]).code, Some(0));
}

#[test]
fn a_log_without_a_corrected_text_takes_one() {
    let desk = Desk::with(BASE, FIRST);
    desk.ok(&["edit", "base.txt", "--line", "2", "--text", "Kuznetsov spoke."]);
    let run = desk.run(&["accept", "base.txt", "transcript.txt", "--new-transcript", "--open"]);
    assert_snapshot!(run, @r"
    exit 0
    --- stdout
    accepted 3 places (record 7); open 0, accepted 4, rejected 0, edited 0
    --- stderr
    transcript.txt is the corrected text from now on; 1 decided place stands
    ");
    assert_eq!(desk.ok(&["export", "base.txt"]), FIRST.as_bytes());
}

#[test]
fn an_ocr_text_that_changed_is_only_looked_at() {
    let desk = begun();
    desk.write("base.txt", BASE.replace("memo", "note"));
    let run = desk.run(&["accept", "base.txt", "second.txt", "--new-transcript", "--open"]);
    assert_snapshot!(run, @r"
    exit 2
    --- stderr
    recto: base.txt has changed since base.mk.recto.jsonl began; the log's own copy can be read, not decided on
    hint: `recto export LOG` gives the text as decided; nothing was changed
    ");
}

/// Who only looks can take no new text: they are told whose text they see, not asked.
#[test]
fn a_screen_that_only_looks_tells_instead_of_asking() {
    let desk = begun();
    let shows = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_recto");
        let mut pty = Pty::start(&desk.path(""), (120, 24), program, arguments, &[]);
        pty.wait("second.txt is not the corrected text in your log; going on with the log's own");
        assert!(!pty.screen().contains("take it?"), "{}", pty.screen());
        pty.send("q");
        pty.end();
    };
    shows(&["review", "base.txt", "second.txt", "--read-only"]);
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    let last = log.trim_end().rfind('\n').expect("lines");
    desk.write(
        "base.mk.recto.jsonl",
        log[..last].to_owned() + &log[last..].replacen("has", "hat", 1),
    );
    shows(&["review", "base.txt", "second.txt"]);
}
