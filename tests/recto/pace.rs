//! A million records: what verifying them costs, beside `sha256sum` and a bare loop over the same
//! file in the same run. Prints, judges nothing: times wobble.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use compact_str::format_compact;
use recto::digest::Digest;
use recto::log::audit::{Finding, Plan};
use recto::log::encode;
use recto::log::record::{Body, Record};
use recto::review::event::{Event, Place, Site};
use recto::shell::log_reader;
use serde::de::IgnoredAny;
use sha2::{Digest as _, Sha256};

use crate::faults::grouped;
use crate::log::{TIME, accept, document, new_log};

const WORDS: usize = 5_000;

/// Writes a log of so many records that decide words of a small text, every `undo`th one taken back
/// and put in force again.
fn write(path: &Path, records: u64, undo: u64) {
    let base: String = (0..WORDS).map(|word| format!("word{word:05}\n")).collect();
    let document = document("base.txt", &base);
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    let (mut head, mut first) = (Digest::ZERO, new_log(&document, None).records().into_iter());
    for seq in 0..records {
        let body = first.next().unwrap_or_else(|| match seq % undo {
            1 => Body::Review(Event::Undone(seq - 1)),
            2 => Body::Review(Event::Redone(seq - 2)),
            _ => Body::Review(accept(vec![site(&base, seq)])),
        });
        let line = encode::line(&Record { seq, time: TIME.to_owned(), body }, head);
        file.write_all(&line.bytes).expect("written");
        head = line.hash;
    }
}

fn site(base: &str, seq: u64) -> Site {
    let word = seq as usize * 7919 % WORDS;
    let span = word * 10..word * 10 + 9;
    let reading = Some(format_compact!("w{seq}"));
    Site {
        page: Some("1".into()),
        line: Some(word as u64 + 1),
        base: base[span.clone()].into(),
        place: Place::new(span, 0),
        proposed: reading.clone(),
        reading,
        from: None,
    }
}

/// Returns the seconds of processor time that this process and its children have had, where that can
/// be known.
fn cpu() -> f64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return f64::NAN };
    let after = stat.rsplit(')').next().expect("a name in brackets");
    let times = after.split_whitespace().skip(11).take(4);
    times.map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / 100.0
}

fn bare_loop(path: &Path) {
    let file = BufReader::with_capacity(1 << 20, File::open(path).expect("a log"));
    let mut lines = 0;
    let mut reader = file;
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).expect("readable") > 0 {
        let body = &line[..line.len() - 76];
        let hash = Sha256::digest(body);
        assert!(line[line.len() - 67..].starts_with(format!("{:02x}", hash[0]).as_bytes()));
        serde_json::from_slice::<IgnoredAny>(&line).expect("JSON");
        lines += 1;
        line.clear();
    }
    assert!(lines > 0);
}

fn verify(path: &Path) {
    let found = log_reader::read(path, &Plan::default()).expect("readable");
    assert_eq!(found.finding(), Finding::Intact, "{:?}", found.complaint());
    // A process that ends need not give back each piece of memory.
    std::mem::forget(found);
}

fn sha256sum(path: &Path) {
    let run = Command::new("sha256sum").arg(path).stdout(Stdio::null()).status();
    assert!(run.is_ok_and(|run| run.success()));
}

#[test]
#[ignore = "a minute; cargo test --release --test recto pace:: -- --ignored --nocapture"]
fn a_million_records() {
    let folder = tempfile::tempdir().expect("a folder");
    for (what, undo) in [("decisions alone", u64::MAX), ("one in ten taken back and put back", 10)]
    {
        let path = folder.path().join("log.mk.recto.jsonl");
        write(&path, 1_000_000, undo);
        let bytes = std::fs::metadata(&path).expect("written").len() as usize;
        println!("{} bytes, {what}", grouped(bytes));
        for round in 1..=3 {
            let took = |job: fn(&Path)| {
                let (before, begun) = (cpu(), Instant::now());
                job(&path);
                (cpu() - before, begun.elapsed().as_secs_f64())
            };
            let jobs = [sha256sum, bare_loop, verify].map(took);
            // A verification hashes on one thread and replays on another.
            for (of, [sum, bare, verified]) in
                [("CPU", jobs.map(|job| job.0)), ("elapsed", jobs.map(|job| job.1))]
            {
                println!(
                    "round {round}, {of}: sha256sum {sum:.2} s, bare loop {bare:.2} s, verify \
                     {verified:.2} s: {:.2} times sha256sum, {:.2} times the bare loop",
                    verified / sum,
                    verified / bare
                );
            }
        }
    }
}
