//! Anchors: what this user remembers of a log, what other reviewers' logs saw, what is on paper.

use serde_json::Value;

use crate::harness::{Desk, Run};

const LOG: &str = "base.mk.recto.jsonl";

fn desk() -> Desk {
    let desk = Desk::with("One eror.\nTwo erors.\nThree.\n", "One error.\nTwo errors.\nThree.\n");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    desk.ok(&["reject", "base.txt", "transcript.txt", "--line", "2"]);
    desk
}

/// Returns the log without its last records.
fn shorter(log: &[u8], by: usize) -> Vec<u8> {
    let lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    lines[..lines.len() - by].concat()
}

fn verify(desk: &Desk, more: &[&str]) -> (Run, Value) {
    let run = desk.run(&[&["verify", LOG, "--json"], more].concat());
    let reports: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let report = reports[0].clone();
    (run, report)
}

#[test]
fn a_log_cut_short_is_told_by_what_this_user_remembers() {
    let desk = desk();
    let whole = desk.read(LOG);
    let (run, report) = verify(&desk, &["--require", "anchored"]);
    assert_eq!((run.code, &report["anchor"]["state"]), (Some(0), &"ok".into()), "{report}");
    assert_eq!(report["anchor"]["to"], report["chain"]["records"]);
    for by in 1..5 {
        desk.write(LOG, shorter(&whole, by));
        let (run, report) = verify(&desk, &[]);
        assert_eq!((run.code, &report["anchor"]["state"]), (Some(1), &"BROKEN".into()), "{report}");
    }
    // Nothing is written into what is no longer the log that was seen.
    let run = desk.run(&["accept", "base.txt", "transcript.txt", "--line", "2"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("--accept-shorter"), "{run}");
    assert_eq!(desk.read(LOG), shorter(&whole, 4));
}

#[test]
fn an_anchor_is_given_up_only_on_purpose_and_by_name() {
    let desk = desk();
    let whole = desk.read(LOG);
    let run = desk.run(&["head", LOG, "--accept-shorter"]);
    assert_eq!(run.code, Some(1), "{run}");
    desk.write(LOG, shorter(&whole, 1));
    desk.ok(&["head", LOG, "--accept-shorter"]);
    let (run, report) = verify(&desk, &[]);
    assert_eq!(run.code, Some(0), "{report}");
    assert_eq!(report["anchor"]["given_up"][0]["by"], "mk");
    // The log goes on from there; what it was before is then another log.
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "2"]);
    desk.write(LOG, &whole);
    let (run, report) = verify(&desk, &[]);
    assert_eq!(run.code, Some(1), "{report}");
}

#[test]
fn what_was_written_on_paper_holds_where_nothing_else_is_remembered() {
    let desk = desk();
    let printed = String::from_utf8(desk.ok(&["head", LOG])).expect("text");
    let anchor = printed.lines().find_map(|line| line.strip_prefix("anchor   "));
    let anchor = anchor.expect("an anchor to copy").to_owned();
    let short = printed.lines().find_map(|line| line.strip_prefix("head     "));
    let size = anchor.split_once(':').expect("size and head").0;
    let on_paper = format!("{size}:{}", short.expect("a head for paper"));
    std::fs::remove_dir_all(desk.home()).expect("the memory is lost");
    let whole = desk.read(LOG);
    for anchor in [&anchor, &on_paper] {
        desk.write(LOG, &whole);
        let (run, report) = verify(&desk, &["--anchor", anchor, "--require", "anchored"]);
        assert_eq!(run.code, Some(0), "{report}");
        desk.write(LOG, shorter(&whole, 1));
        let (run, report) = verify(&desk, &["--anchor", anchor]);
        assert_eq!(run.code, Some(1), "{report}");
    }
    let (run, report) = verify(&desk, &["--require", "anchored"]);
    assert_eq!((run.code, &report["anchor"]["state"]), (Some(4), &"none".into()));
    let wrong = format!("{size}:{}", "0".repeat(64));
    desk.write(LOG, &whole);
    assert_eq!(verify(&desk, &["--anchor", &wrong]).0.code, Some(1));
    assert_eq!(desk.run(&["verify", LOG, "--anchor", "3:abc"]).code, Some(2));
}

#[test]
fn another_reviewers_log_is_a_witness() {
    use recto::digest::Digest;
    use recto::log::encode;
    use recto::log::record::{Body, Head, Record};

    let desk = desk();
    let whole = desk.read(LOG);
    let (_, report) = verify(&desk, &[]);
    let of = |member: &str| report["chain"][member].as_str().expect("text").to_owned();
    let head = Digest::from_hex(of("head").as_bytes()).expect("a digest");
    let log = report["log"].as_str().expect("an id").to_owned();
    let size = report["chain"]["records"].as_u64().expect("a number");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all", "--reviewer", "ab"]);
    let mut witness = desk.read("base.ab.recto.jsonl");
    let last = &witness[witness.len() - 67..witness.len() - 3];
    let last = Digest::from_hex(last).expect("a digest");
    let seq = witness.iter().filter(|&&byte| byte == b'\n').count() as u64;
    let body = Body::Seen(Head { log, size, head });
    let time = "2026-11-23T17:31:02.114Z".to_owned();
    witness.extend(encode::line(&Record { seq, time, body }, last).bytes);
    desk.write("base.ab.recto.jsonl", &witness);
    std::fs::remove_dir_all(desk.home()).expect("the memory is lost");
    let (run, report) = verify(&desk, &["--require", "anchored"]);
    assert_eq!(run.code, Some(0), "{report}");
    assert_eq!(report["anchor"]["heads"][0]["reviewer"], "ab");
    desk.write(LOG, shorter(&whole, 1));
    assert_eq!(verify(&desk, &[]).0.code, Some(1));
    // A torn end that a crash cannot have left is not cut off.
    let torn = whole[..whole.len() - 30].to_vec();
    desk.write(LOG, &torn);
    let run = desk.run(&["accept", "base.txt", "transcript.txt", "--line", "2"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(desk.read(LOG), torn);
}
