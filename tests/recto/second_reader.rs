//! `tests/second/reader.py`, written from the log format alone, agrees with recto on samples, logs by
//! an independent writer, and logs that were altered with and without right hashes.

use std::path::{Path, PathBuf};
use std::process::Command;

use recto::digest::Digest;
use recto::log::audit::{Finding, Plan, audit};
use serde_json::Value;

use crate::export::has;
use crate::faults::Chance;
use crate::harness::shared;
use crate::seals::attacks::{joined, rehashed};

const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second/reader.py");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs/logs");

fn logs_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path());
    let mut logs: Vec<PathBuf> =
        entries.filter(|path| path.to_string_lossy().ends_with(".recto.jsonl")).collect();
    logs.sort();
    logs
}

/// Says what recto finds: exit code, size, head, and the text after each of these records.
fn found(bytes: &[u8], seqs: &[u64]) -> (u64, u64, String, Vec<String>) {
    let whole = audit(bytes, Plan::default());
    let exit = match whole.finding() {
        Finding::Intact => 0,
        Finding::Damaged => 1,
        Finding::Unchecked => 2,
        Finding::Torn => 3,
        Finding::Newer => 5,
    };
    let text = |&seq: &u64| {
        let at = audit(bytes, Plan { until: Some(seq), ..Plan::default() });
        let text = at.replay.expect("a base").ledger.established();
        Digest::of(text.as_bytes()).to_hex()
    };
    (exit, whole.size, whole.head.to_hex(), seqs.iter().map(text).collect())
}

/// Lets the second reader read logs; one line of its answer for each.
fn second(paths: &[PathBuf]) -> Vec<Value> {
    let run = Command::new("python3").arg(READER).args(paths).output().expect("python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Compares both on these logs; returns how many texts were compared.
fn agree(paths: &[PathBuf]) -> usize {
    let mut texts = 0;
    let mut differ = Vec::new();
    for (path, told) in paths.iter().zip(second(paths)) {
        let bytes = std::fs::read(path).expect("a log");
        let said = told["texts"].as_object().expect("texts").iter();
        let known = said.filter(|(_, digest)| digest.is_string());
        let (seqs, digests): (Vec<u64>, Vec<&str>) = known
            .map(|(seq, digest)| {
                (seq.parse::<u64>().expect("a number"), digest.as_str().expect("a digest"))
            })
            .unzip();
        let (exit, size, head, own) = found(&bytes, &seqs);
        texts += own.len();
        if told["exit"] != exit || told["size"] != size || told["head"] != *head || own != digests {
            let why = audit(&bytes, Plan::default()).complaint();
            differ.push(format!(
                "{}: exit {exit}, size {size}, {why:?}; second {told}",
                path.display()
            ));
        }
    }
    assert!(differ.is_empty(), "{} disagreements:\n{}", differ.len(), differ.join("\n"));
    texts
}

/// Alters a log in so many ways: bytes, cuts, and changed records with right hashes.
fn altered(log: &str, ways: usize) -> Vec<Vec<u8>> {
    let mut chance = Chance::new(log.len() as u64);
    let lines: Vec<String> = log.lines().map(str::to_owned).collect();
    let bytes = log.as_bytes();
    (0..ways)
        .map(|way| match way % 8 {
            0 => {
                let mut bytes = bytes.to_vec();
                bytes[chance.below(log.len())] ^= 1 << chance.below(7);
                bytes
            }
            1 => bytes[..chance.below(log.len())].to_vec(),
            2 => [&bytes[..chance.below(log.len())], &[0; 9][..]].concat(),
            _ => {
                let mut lines = lines.clone();
                let at = chance.below(lines.len());
                change(&mut lines, at, &mut chance);
                joined(&rehashed(&lines))
            }
        })
        .collect()
}

/// Changes what a record says after its envelope: a word, a number, a letter, or the record whole.
fn change(lines: &mut Vec<String>, at: usize, chance: &mut Chance) {
    const WORDS: [(&str, &str); 12] = [
        ("\"accept\"", "\"reject\""),
        ("\"reject\"", "\"accept\""),
        ("\"edit\"", "\"reopen\""),
        ("\"undone\"", "\"redone\""),
        ("\"line\":", "\"n\":"),
        ("\"proposed\"", "\"was\""),
        ("\"page\":", "\"later\":"),
        ("\"scope\":\"", "\"scope\":\"un"),
        ("\"kind\":\"", "\"optional\":true,\"kind\":\"un"),
        ("\"kind\":\"", "\"kind\":\"un"),
        ("\"mark\":\"", "\"mark\":\"un"),
        ("[", "[ "),
    ];
    let body = lines[at].find("\"kind\":").expect("a kind")..lines[at].len() - 75;
    match chance.below(4) {
        0 => {
            let other = chance.below(lines.len());
            lines.swap(at, other);
        }
        1 => drop(lines.remove(at)),
        2 => {
            let here: Vec<_> =
                WORDS.iter().filter(|(from, _)| lines[at][body.clone()].contains(from)).collect();
            let (from, to) = here[chance.below(here.len())];
            let changed = lines[at][body.clone()].replacen(from, to, 1);
            lines[at].replace_range(body, &changed);
        }
        _ => {
            let digits: Vec<usize> =
                body.filter(|&byte| lines[at].as_bytes()[byte].is_ascii_alphanumeric()).collect();
            let byte = digits[chance.below(digits.len())];
            let other = ["0", "1", "7", "a", "é"][chance.below(5)];
            lines[at].replace_range(byte..=byte, other);
        }
    }
}

#[test]
fn it_agrees_on_samples_golden_logs_and_altered_ones() {
    if !has("python3") {
        return;
    }
    let mut logs = logs_in(Path::new(SAMPLES));
    logs.extend(shared("golden-logs").iter().flat_map(|folder| logs_in(folder)));
    let folder = tempfile::tempdir().expect("a folder");
    let mut changed = Vec::new();
    for name in ["letter.mk", "letter.ab", "sealed"] {
        let log = std::fs::read_to_string(format!("{SAMPLES}/{name}.recto.jsonl")).expect("a log");
        for (way, bytes) in altered(&log, 64).into_iter().enumerate() {
            let path = folder.path().join(format!("{name}-{way}.recto.jsonl"));
            std::fs::write(&path, bytes).expect("written");
            changed.push(path);
        }
    }
    let whole = agree(&logs);
    let texts = agree(&changed);
    println!(
        "a second reader agrees on {} logs ({whole} texts) and {} altered ones ({texts} texts)",
        logs.len(),
        changed.len()
    );
}
