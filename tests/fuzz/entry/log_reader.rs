//! What must hold for any bytes that claim to be a log.

use recto::digest::Digest;
use recto::log::audit::{Audit, Plan, audit};
use recto::log::chain::Tail;

/// Takes the bytes as a log, then as the members of records to which the right chain is given, so
/// that what lies behind the hashes is reached too.
pub(crate) fn check(data: &[u8]) {
    check_bytes(data);
    let text = String::from_utf8_lossy(data);
    let lines: Vec<&str> = text.lines().collect();
    check_bytes(&chained(&lines));
}

/// Makes a log with the right chain: each text is what follows `"kind":` in its record.
pub(crate) fn chained(members: &[&str]) -> Vec<u8> {
    let mut log = Vec::new();
    let mut prev = Digest::ZERO;
    for (seq, members) in members.iter().enumerate() {
        let time = "2026-11-23T17:31:02.114Z";
        let line =
            format!(r#"{{"v":1,"seq":{seq},"prev":"{prev}","time":"{time}","kind":{members}"#);
        prev = Digest::of(line.as_bytes());
        log.extend_from_slice(format!("{line},\"hash\":\"{prev}\"}}\n").as_bytes());
    }
    log
}

/// Checks that reading ends, that the valid prefix is one, and that it reads the same by itself.
pub(crate) fn check_bytes(data: &[u8]) -> Audit {
    let found = audit(data, Plan { keep: true, ..Plan::default() });
    let valid = usize::try_from(found.bytes).expect("within the data");
    assert!(valid <= data.len());
    assert!(data[..valid].is_empty() || data[..valid].ends_with(b"\n"));
    if found.tail == Tail::Clean {
        assert_eq!(valid, data.len());
    }
    if valid > 0 && found.tail != Tail::NoLineFeed {
        let prefix = audit(&data[..valid], Plan::default());
        assert_eq!((prefix.size, prefix.head, prefix.bytes), (found.size, found.head, found.bytes));
        assert_eq!(prefix.tail, Tail::Clean);
        let text = |audit: &Audit| audit.replay.as_ref().map(|replay| replay.ledger.established());
        assert_eq!(text(&prefix), text(&found));
    }
    found
}
