//! The sound beginning of a damaged log as a new one.

use insta::assert_snapshot;

use crate::harness::Desk;

fn sample(desk: &Desk, name: &str) -> Vec<u8> {
    let path = format!("{}/sample_docs/logs/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("a sample");
    desk.write(name, &bytes);
    bytes
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

#[test]
fn the_sound_part_goes_on_as_the_same_log() {
    let desk = Desk::new();
    let old = sample(&desk, "altered.recto.jsonl");
    let repair = |to: &str| desk.run(&["repair", "altered.recto.jsonl", "--to", to, "-o", "new"]);
    assert_snapshot!(repair("16"), @r"
    exit 1
    --- stderr
    recto: altered.recto.jsonl: record 16 is not in the sound part, which ends with 15
    hint: --to 15 keeps all that is sound
    ");
    assert_snapshot!(repair("15"), @r"
    exit 0
    --- stderr
    new: records 0 to 15 of altered.recto.jsonl, and one that tells of the 1638 bytes from byte 6807 on that were left out
    ");
    let new = desk.read("new");
    let (old_lines, new_lines) = (lines(&old), lines(&new));
    assert_eq!(new_lines.len(), 17);
    assert_eq!(new_lines[..16], old_lines[..16], "byte for byte");
    assert_eq!(desk.read("altered.recto.jsonl"), old, "the old file stays as it is");
    let last: serde_json::Value = serde_json::from_slice(new_lines[16]).expect("a record");
    let at: usize = old_lines[..16].iter().map(|line| line.len()).sum();
    assert_eq!((&last["kind"], &last["at"]), (&"recovered".into(), &at.into()));
    assert_eq!(last["cut"], old.len() - at);
    assert_eq!(last["sha256"], recto::digest::Digest::of(&old[at..]).to_hex());
    desk.ok(&["verify", "new"]);
    // It is not replaced, and it can be written on.
    assert_snapshot!(repair("15"), @r"
    exit 2
    --- stderr
    recto: new exists already and was not overwritten
    hint: a log is never replaced: -o names another file
    ");
    desk.ok(&["accept", "new", "--open"]);
    desk.ok(&["verify", "new"]);
}

#[test]
fn what_the_anchor_remembers_is_told_and_stays() {
    let desk = Desk::new();
    sample(&desk, "letter.mk.recto.jsonl");
    desk.ok(&["note", "letter.mk.recto.jsonl", "--line", "1", "--text", "x"]);
    let run = desk.run(&["repair", "letter.mk.recto.jsonl", "--to", "18", "-o", "new"]);
    let said: Vec<&str> = run.stderr.lines().collect();
    assert!(said[1].starts_with("remembered of this log is record 22 with head "), "{run}");
    assert_eq!(desk.run(&["verify", "new"]).code, Some(1), "the anchor is as it was");
    desk.ok(&["head", "new", "--accept-shorter"]);
    desk.ok(&["verify", "new"]);
}

#[test]
fn what_cannot_be_repaired_is_refused() {
    let desk = Desk::new();
    let whole = sample(&desk, "letter.mk.recto.jsonl");
    let repair = |log: &str, to: &str| desk.run(&["repair", log, "--to", to, "-o", "new"]);
    assert_snapshot!(repair("letter.mk.recto.jsonl", "20"), @r"
    exit 1
    --- stderr
    recto: letter.mk.recto.jsonl is whole and ends with record 20
    hint: there is nothing to repair
    ");
    assert_snapshot!(repair("letter.mk.recto.jsonl", "1"), @r"
    exit 1
    --- stderr
    recto: letter.mk.recto.jsonl: with record 1 as its last it would not be sound (record 2 at byte 1530: the sources do not make up the transcript of 488 bytes)
    hint: `recto verify LOG` tells all of it
    ");
    desk.write("no.recto.jsonl", "nothing\n");
    assert_snapshot!(repair("no.recto.jsonl", "0"), @r"
    exit 1
    --- stderr
    recto: no.recto.jsonl: record 0 at byte 0 is damaged: it does not end in a hash
    hint: `recto verify LOG` tells all of it
    ");
    // A last record without its line feed is no part of what is copied byte for byte.
    desk.write("end.recto.jsonl", &whole[..whole.len() - 1]);
    assert_snapshot!(repair("end.recto.jsonl", "20"), @r"
    exit 1
    --- stderr
    recto: end.recto.jsonl: record 20 is not in the sound part, which ends with 19
    hint: --to 19 keeps all that is sound
    ");
    assert!(!desk.path("new").exists());
}

#[test]
fn a_report_says_what_can_be_done() {
    let desk = Desk::with("teh end\nof teh memo\n", "the end\nof the memo\n");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    desk.ok(&["accept", "base.txt", "--line", "2"]);
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    let lines: Vec<&str> = log.lines().collect();
    desk.write("base.mk.recto.jsonl", log.replacen("accept", "reject", 1));
    let counted = desk.run(&["stats", "base.mk.recto.jsonl"]);
    assert_eq!(counted.code, Some(1), "{counted}");
    assert!(counted.stderr.contains("counted to the damage: base.mk.recto.jsonl: record 4"));
    let without_last = format!("{}\n", lines[..lines.len() - 1].join("\n"));
    let cases = [
        (log.clone(), "", None),
        (log.clone(), "sealed", Some("`recto seal LOG` seals it")),
        (log.replacen("accept", "reject", 1), "", Some("`recto repair LOG --to 3 -o NEW`")),
        (log.replace('\n', "\r\n"), "", Some("`tr -d '\\r' <LOG >NEW`")),
        ("memo\n".to_owned(), "", Some("perhaps it is no log")),
        (without_last, "", Some("`recto head LOG --accept-shorter`")),
        (log.trim_end().to_owned(), "", Some("the next decision mends the end")),
    ];
    for (text, level, wanted) in cases {
        desk.write("base.mk.recto.jsonl", &text);
        let asked: &[&str] = if level.is_empty() { &[] } else { &["--require", level] };
        let run = desk.run(&[&["verify", "base.mk.recto.jsonl"], asked].concat());
        let told = String::from_utf8_lossy(&run.stdout).into_owned();
        let next = told.lines().find_map(|line| line.strip_prefix("next"));
        assert!(
            next.map_or(wanted.is_none(), |it| wanted.is_some_and(|want| it.contains(want))),
            "{told}"
        );
    } // What was given on the command line is nothing that could be given up.
    desk.write("base.mk.recto.jsonl", &log);
    let anchor = format!("3:{}", "0".repeat(64));
    let run = desk.run(&["verify", "base.mk.recto.jsonl", "--anchor", &anchor]);
    assert!(run.stdout.ends_with(b"next     look for the copy that is remembered\n"), "{run}");
}
