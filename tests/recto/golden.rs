//! Extra: logs by an independent writer, where they are to be had.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use recto::digest::Digest;
use recto::log::audit::{Audit, Finding, Plan, audit};
use recto::log::encode;
use recto::log::record::{Body, Record};

use crate::counts::counted;
use crate::samples::good_logs_give_the_text_that_they_gave_when_they_were_made;
use crate::seals::attacks::{joined, rehashed};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/golden-logs");

/// Returns the README's table: each log's name and exit code; nothing where there is none.
fn table() -> Option<Vec<(String, u8)>> {
    let Ok(readme) = fs::read_to_string(format!("{FOLDER}/README.md")) else {
        println!("skipped: no golden logs at {FOLDER}");
        return None;
    };
    let rows = readme.lines().filter_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        Some((cells.next()?.to_owned(), cells.next()?.parse().ok()?))
    });
    Some(rows.collect())
}

fn log(name: &str) -> Vec<u8> {
    let path = PathBuf::from(format!("{FOLDER}/{name}.recto.jsonl"));
    fs::read(path).expect("a log of the table")
}

fn audit_until(bytes: &[u8], until: Option<u64>) -> Audit {
    audit(bytes, Plan { until, keep: true, ..Plan::default() })
}

#[test]
fn golden_logs_end_as_their_readme_says() {
    let Some(table) = table() else { return };
    assert_eq!(table.len(), 27);
    for (name, exit) in table {
        let found = audit_until(&log(&name), None);
        let code = match found.finding() {
            Finding::Intact => 0,
            Finding::Damaged => 1,
            Finding::Unchecked => 2,
            Finding::Torn => 3,
            Finding::Newer => 5,
        };
        assert_eq!(code, exit, "{name}: {:?}", found.complaint());
    }
}

#[test]
fn the_program_verifies_golden_logs_with_their_exit_codes() {
    let Some(table) = table() else { return };
    let verify = |logs: &[&str]| {
        let paths = logs.iter().map(|name| format!("{FOLDER}/{name}.recto.jsonl"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        let done = command.arg("verify").arg("--json").args(paths).output().expect("ran");
        let reports: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        (done.status.code(), reports)
    };
    for (name, exit) in &table {
        let (code, reports) = verify(&[name]);
        assert_eq!(code, Some(i32::from(*exit)), "{name}: {reports}");
        assert_eq!(reports[0]["exit"], *exit, "{name}");
    }
    // Of several codes the gravest.
    let orders = [
        (&["memo", "torn"][..], 3),
        (&["torn", "needs-unknown", "memo"], 5),
        (&["needs-unknown", "no-such-log", "torn"], 2),
        (&["needs-unknown", "no-such-log", "float"], 1),
    ];
    for (logs, exit) in orders {
        let (code, reports) = verify(logs);
        assert_eq!((code, reports.as_array().map(Vec::len)), (Some(exit), Some(logs.len())));
    }
}

#[test]
fn golden_logs_give_their_texts() {
    let Ok(expected) = fs::read_to_string(format!("{FOLDER}/expected.json")) else {
        return println!("skipped: no golden logs at {FOLDER}");
    };
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
    let mut texts = 0;
    for (name, digests) in expected.as_object().expect("logs") {
        let bytes = log(name);
        for (seq, digest) in digests.as_object().expect("records") {
            let found = audit_until(&bytes, seq.parse().ok());
            let text = found.replay.expect("sound").ledger.established();
            assert_eq!(Digest::of(text.as_bytes()).to_hex(), *digest, "{name} at {seq}");
            texts += 1;
        }
    }
    assert!(texts >= 60, "{texts}");
}

/// Returns the sample logs that are whole, by lines, with the text that each gives.
fn samples() -> Vec<(&'static str, Vec<String>, String)> {
    let sample = |name| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs/logs");
        let log = fs::read_to_string(format!("{folder}/{name}.recto.jsonl")).expect("a sample");
        let text = audit_until(log.as_bytes(), None).replay.expect("sound").ledger.established();
        (name, log.lines().map(str::to_owned).collect(), text)
    };
    ["letter.mk", "letter.ab", "sealed"].map(sample).into()
}

/// What later versions may add is kept and passed over; what they must not be without is told.
fn later_versions(step: usize) -> usize {
    let mut probes = 0;
    let mut probe = |name: &str, lines: &[String], finding: Finding, text: Option<&str>| {
        let found = audit_until(&joined(&rehashed(lines)), None);
        assert_eq!(found.finding(), finding, "{name}: {:?}", found.complaint());
        let stands = found.replay.map(|replay| replay.ledger.established());
        assert!(text.is_none() || text == stands.as_deref(), "{name}: {stands:?}");
        probes += 1;
    };
    for (name, lines, text) in samples() {
        for at in (0..lines.len()).step_by(step) {
            let mut more = lines.clone();
            let end = more[at].len() - 75;
            more[at].insert_str(end, r#","later":{"a":[null,-1,"\u001b"]}"#);
            probe(name, &more, Finding::Intact, Some(&text));
            // After the texts, as `source` must not be parted.
            if !lines[..=at].iter().any(|line| line.contains(r#""kind":"session""#)) {
                continue;
            }
            let kind = r#""kind":""#;
            let (head, _) = lines[at].split_once(kind).expect("a kind");
            let end = &lines[at][lines[at].len() - 75..];
            for (members, finding) in
                [(r#"divined","optional":true"#, Finding::Intact), (r#"divined""#, Finding::Newer)]
            {
                let mut more = lines.clone();
                more.insert(at + 1, format!("{head}{kind}{members}{end}"));
                let whole = finding == Finding::Intact;
                probe(name, &more, finding, whole.then_some(text.as_str()));
            }
        }
        let mut needs = lines.clone();
        needs[0] = needs[0].replace(r#""needs":[]"#, r#""needs":["telepathy"]"#);
        probe(name, &needs, Finding::Newer, None);
    }
    probes
}

#[test]
fn what_later_versions_add_is_kept_or_told() {
    later_versions(7);
}

#[test]
#[ignore = "seconds; cargo test --release -- --ignored"]
fn t14_logs_of_every_version_and_what_later_ones_add() {
    good_logs_give_the_text_that_they_gave_when_they_were_made();
    golden_logs_end_as_their_readme_says();
    golden_logs_give_their_texts();
    golden_logs_are_written_alike();
    let golden = table().map_or(0, |table| table.len());
    let what = format!(
        "logs of version 1 ({golden} by an independent writer, 3 samples, the rest with unknown \
         members, kinds, needs): all kept, or told to be newer"
    );
    counted("T14", 100, later_versions(1) + 3 + golden, &what);
}

/// What the independent writer wrote, ours writes byte for byte the same.
#[test]
fn golden_logs_are_written_alike() {
    let Some(table) = table() else { return };
    let mut lines = 0;
    for (name, _) in table.iter().filter(|(_, exit)| *exit == 0) {
        let bytes = log(name);
        let text = std::str::from_utf8(&bytes).expect("UTF-8");
        let mut prev = Digest::ZERO;
        let kept = audit_until(&bytes, None).records;
        let mut kept = kept.iter().peekable();
        for (seq, line) in text.split_inclusive('\n').enumerate() {
            let hash = Digest::from_hex(&line.as_bytes()[line.len() - 67..line.len() - 3]);
            // The members of a kind that we don't know are not kept.
            let known = |record: &&Record| !matches!(record.body, Body::Optional(_));
            let record = kept.next_if(|record| record.seq == seq as u64);
            if let Some(record) = record.filter(known) {
                let ours = encode::line(record, prev).bytes;
                assert_eq!(String::from_utf8_lossy(&ours), line, "{name} {seq}");
                lines += 1;
            }
            prev = hash.expect("a hash");
        }
    }
    assert!(lines > 100, "{lines}");
}
