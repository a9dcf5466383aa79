//! The edit log: chain, every altered byte, torn tails, acts in parts, creation, recovery, lock.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use recto::digest::Digest;
use recto::document::{Document, Text};
use recto::log::audit::{Audit, Finding, Plan, audit};
use recto::log::chain::{Broken, Tail};
use recto::log::draft::{Embed, MAX_PART, NewLog, parts};
use recto::log::encode;
use recto::log::record::{Body, By, Record, Session};
use recto::log::replay::Given;
use recto::review::event::{Decided, Event, Mark, Noted, Place, Scope, Site, Verdict};
use recto::shell::recovery::{self, Loaded, OpenFault};
use recto::shell::store::{CreateFault, Store};
use recto::shell::{lock, log_reader};

use crate::faults;
use tempfile::TempDir;

pub(crate) const TIME: &str = "2026-11-23T17:31:02.114Z";
const BASE: &str = "Kumetssov came\non Tuesday\u{1b}[2J.\n";
const TRANSCRIPT: &str = "Kuznetsov came\non Tuesday.\n";

pub(crate) fn document(name: &str, text: &str) -> Document {
    Document {
        name: name.to_owned(),
        format: "text".to_owned(),
        encoding: None,
        file_sha256: Digest::of(text.as_bytes()),
        text: Text::new(text).expect("short"),
    }
}

pub(crate) fn session() -> Session {
    Session {
        app: "recto/0.1.0".to_owned(),
        reviewer: "mk".to_owned(),
        by: By::Command,
        blind: false,
        scans: Vec::new(),
        login_key: None,
    }
}

pub(crate) fn new_log<'a>(base: &'a Document, transcript: Option<&'a Document>) -> NewLog<'a> {
    NewLog {
        log: "0123456789abcdef0123456789abcdef".to_owned(),
        document: "memo".to_owned(),
        page_break: None,
        base,
        transcript,
        embed: Embed::Usual,
        session: session(),
        seen: Vec::new(),
    }
}

pub(crate) fn site(base: &str, at: usize, old: &str, new: &str) -> Site {
    assert_eq!(&base[at..at + old.len()], old);
    Site {
        place: Place::new(at..at + old.len(), 0),
        page: Some("1".into()),
        line: Some(1),
        base: old.into(),
        proposed: Some(new.into()),
        reading: Some(new.into()),
        from: None,
    }
}

pub(crate) fn accept(sites: Vec<Site>) -> Event {
    let scope = Scope::Fix;
    Event::Decided(Decided { verdict: Verdict::Accept, scope, offered: None, act: None, sites })
}

/// Decisions, a note, undo and redo over [`BASE`].
fn events() -> Vec<Event> {
    vec![
        accept(vec![site(BASE, 0, "Kumetssov", "Kuznetsov")]),
        accept(vec![site(BASE, 25, "\u{1b}[2J", "")]),
        Event::Undone(5),
        Event::Noted(Noted {
            at: 0..9,
            page: None,
            line: None,
            base: "Kumetssov".to_owned(),
            mark: Mark::Doubtful,
            note: "\",\"hash\":\"\u{202e}\\ \u{9b}31m".to_owned(),
        }),
        Event::Redone(5),
    ]
}

/// Writes bodies as a log with a right chain.
pub(crate) fn chained(bodies: impl IntoIterator<Item = Body>) -> Vec<u8> {
    let mut log = Vec::new();
    let mut head = Digest::ZERO;
    for (seq, body) in (0..).zip(bodies) {
        let line = encode::line(&Record { seq, time: TIME.to_owned(), body }, head);
        log.extend(line.bytes);
        head = line.hash;
    }
    log
}

fn small_log() -> Vec<u8> {
    let (base, transcript) = (document("b.txt", BASE), document("t.txt", TRANSCRIPT));
    let records = new_log(&base, Some(&transcript)).records();
    chained(records.into_iter().chain(events().into_iter().map(Body::Review)))
}

fn check(bytes: &[u8]) -> Audit {
    audit(bytes, Plan::default())
}

fn established(audit: &Audit) -> String {
    audit.replay.as_ref().expect("a base").ledger.established()
}

#[test]
fn a_sound_log_is_intact_and_gives_its_text() {
    let log = small_log();
    let found = audit(&log, Plan { keep: true, ..Plan::default() });
    assert_eq!(found.finding(), Finding::Intact, "{:?}", found.complaint());
    assert_eq!((found.size, found.bytes), (9, log.len() as u64));
    assert_eq!(established(&found), TRANSCRIPT);
    assert_eq!(found.records.len(), 7);
    let told: Vec<Event> = found
        .records
        .iter()
        .filter_map(|record| match &record.body {
            Body::Review(event) => Some(event.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(told, events());
    let at_5 = audit(&log, Plan { until: Some(6), ..Plan::default() });
    assert_eq!(established(&at_5), "Kuznetsov came\non Tuesday\u{1b}[2J.\n");
    let text = String::from_utf8(log).expect("UTF-8");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "cat of a log is harmless");
}

#[test]
fn every_altered_byte_is_reported() {
    let log = small_log();
    for at in 0..log.len() {
        for change in [1, 2, 0x20, 0x80, 0xff, log[at] ^ b'\n', log[at], log[at] ^ b'"'] {
            let mut altered = log.clone();
            altered[at] ^= change;
            if altered != log {
                let found = check(&altered).finding();
                assert_eq!(found, Finding::Damaged, "byte {at} xor {change}");
            }
        }
    }
}

#[test]
fn every_removed_or_added_byte_is_reported() {
    let log = small_log();
    for at in 0..log.len() {
        let mut shorter = log.clone();
        let gone = shorter.remove(at);
        let found = check(&shorter);
        if at == log.len() - 1 {
            assert_eq!((found.finding(), found.tail), (Finding::Torn, Tail::NoLineFeed));
        } else {
            assert_eq!(found.finding(), Finding::Damaged, "byte {at} ({gone}) removed");
        }
        let mut longer = log.clone();
        longer.insert(at, b' ');
        assert_eq!(check(&longer).finding(), Finding::Damaged, "a blank at {at}");
    }
}

/// Where each line ends, after its line feed.
fn ends(log: &[u8]) -> Vec<usize> {
    (1..=log.len()).filter(|&end| log[end - 1] == b'\n').collect()
}

#[test]
fn every_prefix_keeps_its_whole_records() {
    let log = small_log();
    let ends = ends(&log);
    for length in 0..log.len() {
        let found = check(&log[..length]);
        let whole = ends.iter().filter(|&&end| end <= length).count();
        let prefix = if whole == 0 { 0 } else { ends[whole - 1] };
        let (tail, size) = if length < ends[0] - 1 {
            assert!(matches!(found.tail, Tail::Damaged(_)), "prefix of {length}");
            assert_eq!(found.finding(), Finding::Damaged);
            continue;
        } else if length == prefix {
            (Tail::Clean, whole)
        } else if length + 1 == ends[whole] {
            (Tail::NoLineFeed, whole + 1)
        } else {
            (Tail::Torn { length: (length - prefix) as u64 }, whole)
        };
        assert_eq!((&found.tail, found.size), (&tail, size as u64), "prefix of {length}");
        assert_eq!(found.bytes, prefix as u64);
        // Of the sources all must be there, or none.
        let finding = match (size, tail) {
            (1, _) => Finding::Unchecked,
            (2, _) => Finding::Damaged,
            (_, Tail::Clean) => Finding::Intact,
            _ => Finding::Torn,
        };
        assert_eq!(found.finding(), finding, "prefix of {length}");
    }
}

#[test]
fn tails_of_noughts_and_noise_are_torn_but_whole_records_are_never_cut() {
    let log = small_log();
    let ends = ends(&log);
    let noise: Vec<u8> = (0..200u8).map(|i| i.wrapping_mul(37) | 0x80).collect();
    for length in ends[3]..log.len() {
        for tail in [&[0u8; 300][..], &noise] {
            let torn = [&log[..length], tail].concat();
            let found = check(&torn);
            if ends.iter().any(|&end| end == length + 1) {
                let no_lf = Tail::Damaged(Broken::NoLineFeed);
                assert_eq!(found.tail, no_lf, "a whole record, then noise at {length}");
            } else {
                assert!(matches!(found.tail, Tail::Torn { .. }), "noise at {length}");
            }
        }
    }
}

#[test]
fn lines_deleted_doubled_swapped_or_moved_are_reported() {
    let log = small_log();
    let lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    for at in 0..lines.len() {
        let mut deleted = lines.clone();
        deleted.remove(at);
        let found = check(&deleted.concat()).finding();
        // A log that ends earlier cannot be told from a shorter one.
        let expected = if at == lines.len() - 1 { Finding::Intact } else { Finding::Damaged };
        assert_eq!(found, expected, "line {at} deleted");
        for to in 0..lines.len() {
            let mut doubled = lines.clone();
            doubled.insert(to, lines[at]);
            assert_eq!(check(&doubled.concat()).finding(), Finding::Damaged, "{at} again at {to}");
            let mut swapped = lines.clone();
            swapped.swap(at, to);
            let expected = if at == to { Finding::Intact } else { Finding::Damaged };
            assert_eq!(check(&swapped.concat()).finding(), expected, "{at} and {to} swapped");
        }
    }
}

/// Returns a log of `opened` and one line whose members after `kind` are `members`.
fn log_with(version: u32, members: &str) -> Vec<u8> {
    let base = document("b.txt", BASE);
    let mut log = chained(new_log(&base, None).records().into_iter().take(2));
    let prev = String::from_utf8_lossy(&log[log.len() - 67..log.len() - 3]).into_owned();
    let line = format!(
        "{{\"v\":{version},\"seq\":2,\"prev\":\"{prev}\",\"time\":\"{TIME}\",\"kind\":{members}"
    );
    let hash = Digest::of(line.as_bytes());
    log.extend(format!("{line},\"hash\":\"{hash}\"}}\n").into_bytes());
    log
}

fn check_members(cases: &[(String, Finding)]) {
    for (members, finding) in cases {
        let found = check(&log_with(1, members));
        let shown: String = members.chars().take(200).collect();
        assert_eq!(found.finding(), *finding, "{shown}: {:?}", found.complaint());
    }
}

#[test]
fn right_hashes_do_not_make_wrong_sites_right() {
    let site = r#"{"at":[0,9],"base":"Kumetssov","proposed":"x","reading":"x"}"#;
    let record =
        |rest: &str| format!(r#""decided","verdict":"accept","scope":"fix","sites":{rest}"#);
    let one = |from: &str, to: &str| record(&format!("[{}]", site.replace(from, to)));
    let more = r#""reading":"x","later":{"a":[null]}}],"unknown":true"#;
    let good = [
        record(&format!("[{site}]")),
        record("[]"),
        record(&format!("[{}", site.replace(r#""reading":"x"}"#, more))),
        // Members in another order are read as well.
        format!(r#""decided","sites":[{site}],"scope":"all","verdict":"accept""#),
    ];
    let bad = [
        record(&format!("[{site},{site}]")),
        one("[0,9]", "[9,0]"),
        one("[0,9]", "[0,9,1]"),
        one("[0,9]", "[-1,9]"),
        one("[0,9]", "[0,9007199254740991]"),
        one("[0,9]", "[0,8]"),
        one(r#""reading":"x""#, r#""reading":"y""#),
        one(r#""base":"Kumetssov","#, ""),
        record("{}"),
        record("[1]"),
        record("[]").replace("fix", "galaxy"),
        r#""decided","verdict":"accept","scope":"fix""#.to_owned(),
    ];
    check_members(&good.map(|members| (members, Finding::Intact)));
    check_members(&bad.map(|members| (members, Finding::Damaged)));
}

#[test]
fn right_hashes_do_not_make_wrong_records_right() {
    let seal = |size: u64, text: Digest| {
        format!(
            r#""sealed","size":{size},"established":"{text}","namespace":"recto","public_key":"","signature":"""#
        )
    };
    let other = |rest: &str| format!(r#""x","optional":true{rest}"#);
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let own = Digest::of(BASE.as_bytes());
    let good = [
        seal(2, own),
        other(""),
        other(r#","sites":7"#),
        other(&format!(r#","a":{}"#, nested(63))),
    ];
    let newer = [r#""x""#.to_owned(), r#""x","optional":false"#.to_owned()];
    let bad = [
        seal(1, own),
        seal(2, Digest::ZERO),
        other(r#","a":1.5"#),
        other(r#","a":9007199254740992"#),
        other(r#","a":{"b":1,"\u0062":2}"#),
        other(r#","a":"\udfff""#),
        other(r#","hash":"0""#),
        other(r#", "a":1"#),
        other(&format!(r#","a":{}"#, nested(64))),
        other(&format!(r#","a":{}"#, "[".repeat(1_000_000))),
        r#""opened""#.to_owned(),
        r#""undone","of":2"#.to_owned(),
        r#""undone","of":-0"#.to_owned(),
        r#""redone","of":0"#.to_owned(),
        r#""source","of":"transcript","start":0,"text":"""#.to_owned(),
        r#""source","of":"base","start":32,"text":"x""#.to_owned(),
        r#""noted","at":[0,0],"base":"","mark":"shiny","note":"""#.to_owned(),
    ];
    check_members(&good.map(|members| (members, Finding::Intact)));
    check_members(&newer.map(|members| (members, Finding::Newer)));
    check_members(&bad.map(|members| (members, Finding::Damaged)));
}

#[test]
fn another_version_is_newer_only_behind_a_right_chain() {
    let newer = log_with(2, r#""whatever","number":1.5,"number2":1e9"#);
    assert_eq!(check(&newer).finding(), Finding::Newer);
    assert_eq!(check(&newer).size, 3);
    let mut altered = newer.clone();
    let at = newer.len() - 80;
    altered[at] ^= 1;
    assert_eq!(check(&altered).finding(), Finding::Damaged);
    let text = String::from_utf8(newer).expect("UTF-8");
    let wrong_seq = text.replace("\"v\":2,\"seq\":2", "\"v\":2,\"seq\":3");
    assert_eq!(check(wrong_seq.as_bytes()).finding(), Finding::Damaged);
}

#[test]
fn a_clock_that_goes_back_is_a_notice() {
    let base = document("b.txt", BASE);
    let mut head = Digest::ZERO;
    let mut log = Vec::new();
    let times = ["2024-03-01T00:00:01.500Z", "2024-02-29T23:59:59.000Z", TIME];
    for ((seq, body), time) in (0..).zip(new_log(&base, None).records()).zip(times) {
        let line = encode::line(&Record { seq, time: time.to_owned(), body }, head);
        log.extend(line.bytes);
        head = line.hash;
    }
    let found = check(&log);
    assert_eq!(found.finding(), Finding::Intact);
    let clock = found.clock.expect("it went back");
    assert_eq!((clock.seq, clock.milliseconds, clock.times), (1, 2500, 1));
    let text = String::from_utf8(log).expect("UTF-8");
    let month_13 = text.replace("2024-02-29", "2024-13-29");
    assert_eq!(check(month_13.as_bytes()).finding(), Finding::Damaged);
}

#[test]
fn sources_are_cut_at_characters_and_put_together_again() {
    let long = "дом\n".repeat(40_000);
    let base = document("b.txt", &long);
    let log = chained(new_log(&base, None).records());
    let found = check(&log);
    assert_eq!(found.finding(), Finding::Intact, "{:?}", found.complaint());
    assert_eq!(found.size, 2 + 5);
    assert_eq!(established(&found), long);
}

#[test]
fn a_log_without_sources_needs_its_base() {
    let (base, transcript) = (document("b.txt", BASE), document("t.txt", TRANSCRIPT));
    let bare = NewLog { embed: Embed::Never, ..new_log(&base, Some(&transcript)) };
    let events = vec![accept(vec![site(BASE, 0, "Kumetssov", "Kuznetsov")])];
    let log = chained(bare.records().into_iter().chain(events.into_iter().map(Body::Review)));
    assert_eq!(check(&log).finding(), Finding::Unchecked);
    let give = |text: &str| {
        let given = Given { base: Text::new(text).ok(), transcript: None };
        audit(&log, Plan { given, ..Plan::default() })
    };
    assert_eq!(give(TRANSCRIPT).finding(), Finding::Unchecked);
    assert_eq!(give(BASE).finding(), Finding::Intact);
    assert!(established(&give(BASE)).starts_with("Kuznetsov"));
    let desk = Desk::new();
    fs::write(&desk.log, &log).expect("written");
    let read = || log_reader::read(&desk.log, &Plan::default()).expect("readable").finding();
    assert_eq!(read(), Finding::Unchecked);
    fs::write(desk.log.with_file_name("b.txt"), BASE).expect("written");
    assert_eq!(read(), Finding::Intact);
}

#[test]
fn long_acts_go_into_parts_that_are_undone_as_one() {
    let text = "x".repeat(200);
    let big = "y".repeat(1 << 19);
    let sites: Vec<Site> = (0..10).map(|i| site(&text, i * 10, "x", &big)).collect();
    let act = accept(sites.clone());
    let cut = parts(act.clone(), 7);
    assert_eq!(cut.len(), 4);
    for part in &cut {
        let Event::Decided(decided) = part else { panic!("a decision") };
        assert_eq!(decided.act, Some(7));
        let body = Body::Review(part.clone());
        let record = Record { seq: 7, time: TIME.to_owned(), body };
        assert!(encode::line(&record, Digest::ZERO).bytes.len() <= MAX_PART);
    }
    let all: Vec<Site> =
        cut.iter().flat_map(|p| p.decision().expect("one").sites.clone()).collect();
    assert_eq!(all, sites);

    let desk = Desk::new();
    let base = document("b.txt", &text);
    let (mut store, seqs) =
        Store::create(&desk.log, &new_log(&base, None), &[act, Event::Undone(3)], TIME)
            .expect("made");
    assert_eq!(seqs, [3, 7]);
    assert_eq!(established(&desk.read()), text);
    let seqs = store.append(&[Event::Redone(3)], TIME).expect("appended");
    assert_eq!(seqs, [8]);
    assert_eq!(established(&desk.read()).len(), 190 + 10 * big.len());
}

/// A folder with a log's place in it.
struct Desk {
    folder: TempDir,
    log: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("memo.mk.recto.jsonl");
        Self { folder, log }
    }

    /// Holds a log of one decision.
    fn begun() -> (Self, Store) {
        let desk = Self::new();
        let (base, transcript) = (document("b.txt", BASE), document("t.txt", TRANSCRIPT));
        let new = new_log(&base, Some(&transcript));
        let (store, seqs) = Store::create(&desk.log, &new, &events()[..1], TIME).expect("made");
        assert_eq!(seqs, [4]);
        (desk, store)
    }

    fn read(&self) -> Audit {
        let found = log_reader::read(&self.log, &Plan::default()).expect("readable");
        assert_eq!(found.finding(), Finding::Intact, "{:?}", found.complaint());
        found
    }

    fn open(&self) -> Result<Loaded, OpenFault> {
        faults::open(&self.log)
    }

    /// Says whether the log is held; nothing is waited for.
    fn is_held(&self) -> bool {
        let opened = recovery::open(&self.log, &Plan::default(), session(), TIME);
        matches!(opened, Err(OpenFault::Held(..)))
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    }
}

#[test]
fn a_new_log_is_whole_and_never_replaces_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, store) = Desk::begun();
    assert_eq!(desk.names(), ["memo.mk.recto.jsonl"]);
    let found = desk.read();
    assert_eq!((found.size, found.head), (store.size(), store.head()));
    assert_eq!(fs::metadata(&desk.log).expect("there").permissions().mode() & 0o137, 0);
    let before = fs::read(&desk.log).expect("readable");
    let base = document("b.txt", BASE);
    let again = Store::create(&desk.log, &new_log(&base, None), &events()[..1], TIME);
    assert!(matches!(again, Err(CreateFault::Exists(_))));
    assert_eq!(fs::read(&desk.log).expect("readable"), before);
    assert_eq!(desk.names(), ["memo.mk.recto.jsonl"]);
    let nowhere = desk.folder.path().join("no/log.recto.jsonl");
    let missing = Store::create(&nowhere, &new_log(&base, None), &[], TIME);
    assert!(matches!(missing, Err(CreateFault::Io(..))));
}

#[test]
fn sessions_go_on_where_the_last_one_ended() {
    let (desk, store) = Desk::begun();
    drop(store);
    let bytes = fs::read(&desk.log).expect("readable");
    drop(desk.open().expect("sound"));
    assert_eq!(fs::read(&desk.log).expect("readable"), bytes, "a look writes nothing");
    let mut loaded = desk.open().expect("sound");
    assert_eq!((loaded.replay.seq, loaded.records.len()), (4, 3));
    // The first append tells who writes.
    assert_eq!(loaded.store.append(&events()[1..2], TIME).expect("appended"), [6]);
    assert_eq!(loaded.store.append(&[Event::Undone(6)], TIME).expect("appended"), [7]);
    assert_eq!(desk.read().size, 8);
    assert_eq!(desk.read().head, loaded.store.head());
}

#[test]
fn what_others_write_move_or_remove_stops_the_store() {
    let (desk, mut store) = Desk::begun();
    let mut other = fs::OpenOptions::new().append(true).open(&desk.log).expect("writable");
    other.write_all(b"x").expect("written");
    let fault = store.append(&events()[1..2], TIME).expect_err("another wrote");
    assert!(fault.stopped && fault.why.contains("another program"), "{fault}");
    assert!(store.append(&events()[1..2], TIME).is_err());

    for replaced in [false, true] {
        let (desk, mut store) = Desk::begun();
        let bytes = fs::read(&desk.log).expect("readable");
        fs::remove_file(&desk.log).expect("removed");
        if replaced {
            fs::write(&desk.log, bytes).expect("written");
        }
        let fault = store.append(&events()[1..2], TIME).expect_err("not the file");
        assert!(fault.stopped && fault.why.contains("replaced"), "{fault}");
    }
}

#[test]
fn torn_tails_are_kept_cut_off_and_told() {
    let (desk, store) = Desk::begun();
    drop(store);
    let sound = fs::read(&desk.log).expect("readable");
    let torn = b"{\"v\":1,\"seq\":5,\"prev\":\"\0\0\0";
    fs::write(&desk.log, [&sound, &torn[..]].concat()).expect("written");
    let mut loaded = desk.open().expect("repaired");
    assert_eq!(loaded.repairs.len(), 1);
    let cut = format!("memo.mk.recto.jsonl.cut-{}", sound.len());
    assert_eq!(desk.names(), ["memo.mk.recto.jsonl", &cut]);
    assert_eq!(fs::read(desk.folder.path().join(&cut)).expect("kept"), torn);
    let found = desk.read();
    assert_eq!(found.recovered.len(), 1);
    let told = &found.recovered[0].what;
    assert_eq!((told.at, told.cut), (sound.len() as u64, torn.len() as u64));
    assert_eq!(told.sha256, Digest::of(torn));
    assert!(matches!(loaded.records.last().map(|it| &it.body), Some(Body::Recovered(_))));
    assert_eq!(loaded.store.append(&[Event::Undone(4)], TIME).expect("appended"), [7]);
    drop(loaded);
    drop(desk.open().expect("sound"));
    assert_eq!(desk.read().recovered.len(), 1, "told once");
}

/// Killed anywhere between the copy and the record, the next start ends in the same state.
#[test]
fn recoveries_cut_short_are_finished() {
    let (desk, store) = Desk::begun();
    drop(store);
    let sound = fs::read(&desk.log).expect("readable");
    let torn = b"{\"v\":1,\"seq\":5";
    let cut = desk.folder.path().join(format!("memo.mk.recto.jsonl.cut-{}", sound.len()));
    let whole = [&sound, &torn[..]].concat();
    for (log, copied) in [(&whole, false), (&whole, true), (&sound, true)] {
        fs::write(&desk.log, log).expect("written");
        let _ = fs::remove_file(&cut);
        if copied {
            fs::write(&cut, torn).expect("written");
        }
        drop(desk.open().expect("repaired"));
        assert_eq!(desk.names().len(), 2);
        assert_eq!(fs::read(&cut).expect("kept"), torn);
        let found = desk.read();
        assert_eq!((found.recovered.len(), found.size), (1, 6));
    }
    // A copy of other bytes is never replaced.
    fs::write(&desk.log, &whole).expect("written");
    fs::write(&cut, b"others").expect("written");
    drop(desk.open().expect("repaired"));
    assert_eq!(fs::read(&cut).expect("kept"), b"others");
    assert_eq!((desk.names().len(), desk.read().recovered.len()), (3, 2));
}

#[test]
fn a_missing_last_line_feed_is_added() {
    let (desk, store) = Desk::begun();
    drop(store);
    let sound = fs::read(&desk.log).expect("readable");
    fs::write(&desk.log, &sound[..sound.len() - 1]).expect("written");
    let loaded = desk.open().expect("repaired");
    assert_eq!((loaded.repairs.len(), loaded.replay.seq), (1, 4));
    assert_eq!(fs::read(&desk.log).expect("readable"), sound);
}

/// Every cut through the last record is recovered from, and the log goes on.
#[test]
fn every_torn_append_is_recovered_from() {
    let (desk, mut store) = Desk::begun();
    let before = fs::read(&desk.log).expect("readable").len();
    store.append(&events()[1..2], TIME).expect("appended");
    drop(store);
    let whole = fs::read(&desk.log).expect("readable");
    for length in before..whole.len() {
        let desk = Desk::new();
        fs::write(&desk.log, &whole[..length]).expect("written");
        let mut loaded = desk.open().expect("repaired");
        loaded.store.append(&[Event::Undone(4)], TIME).expect("appended");
        let found = desk.read();
        assert_eq!(found.recovered.len(), usize::from(length > before && length < whole.len() - 1));
    }
}

#[test]
fn damaged_newer_and_odd_files_are_not_touched() {
    let (desk, store) = Desk::begun();
    drop(store);
    let sound = fs::read(&desk.log).expect("readable");
    let cases = [
        [&sound[..sound.len() - 1], b"\x0b"].concat(),
        [&sound[..], b"{}\n"].concat(),
        sound[..100].to_vec(),
        Vec::new(),
        log_with(1, r#""hologram""#),
    ];
    for bytes in cases {
        fs::write(&desk.log, &bytes).expect("written");
        let fault = desk.open().expect_err("not sound");
        assert!(matches!(fault, OpenFault::Damaged(..) | OpenFault::Newer(..)), "{fault}");
        assert_eq!(fs::read(&desk.log).expect("readable"), bytes);
        assert_eq!(desk.names().len(), 1);
    }
    let place = faults::open;
    for path in [desk.folder.path(), Path::new("/dev/null"), Path::new("/nowhere/at.all")] {
        assert!(matches!(place(path), Err(OpenFault::File(_))), "{}", path.display());
    }
}

#[test]
fn lines_too_long_are_found_without_keeping_them() {
    let desk = Desk::new();
    let mut file = File::create(&desk.log).expect("made");
    file.write_all(&small_log()).expect("written");
    // A hole: it takes no room on disk.
    file.set_len(70 << 20).expect("grown");
    let found = log_reader::read(&desk.log, &Plan::default()).expect("readable");
    let length = (70 << 20) - small_log().len() as u64;
    assert_eq!(found.tail, Tail::Torn { length });
    let mut end = fs::OpenOptions::new().append(true).open(&desk.log).expect("writable");
    end.write_all(b"\n").expect("written");
    let found = log_reader::read(&desk.log, &Plan::default()).expect("readable");
    assert_eq!(found.tail, Tail::Damaged(Broken::TooLong));
    assert_eq!(found.size, 9);
}

/// Runs one of the tests marked as a child's part in a process of its own.
fn child(part: &str, log: &Path, wrap: &str) -> Command {
    let me = std::env::current_exe().expect("a test binary");
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{wrap} exec \"$0\" --exact --nocapture --ignored \"$1\""))
        .arg(me)
        .arg(format!("log::{part}"))
        .env("RECTO_TEST_LOG", log)
        .env("XDG_STATE_HOME", log.with_file_name("state"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

/// Returns what a parent set; without one a child's part has nothing to do.
fn childs_log() -> Option<PathBuf> {
    std::env::var_os("RECTO_TEST_LOG").map(PathBuf::from)
}

#[test]
#[ignore = "a child's part"]
fn child_holds_the_log() {
    let Some(log) = childs_log() else { return };
    let loaded = recovery::open(&log, &Plan::default(), session(), TIME).expect("free");
    println!("\nheld {}", lock::holder(&log).expect("noted").pid);
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all).expect("readable");
    drop(loaded);
}

#[test]
fn one_process_at_a_time_writes_and_a_killed_one_frees_the_log() {
    let (desk, store) = Desk::begun();
    assert!(desk.is_held(), "held by this process");
    drop(store);
    let mut holder = child("child_holds_the_log", &desk.log, "").spawn().expect("started");
    let out = BufReader::new(holder.stdout.take().expect("piped"));
    let said = out.lines().map(|line| line.expect("text")).find(|line| line.starts_with("held"));
    assert_eq!(said, Some(format!("held {}", holder.id())));
    assert!(desk.is_held(), "held by another process");
    // Whoever only looks may, and does not judge what is being written.
    assert_eq!(desk.read().size, 5);
    let mut other = fs::OpenOptions::new().append(true).open(&desk.log).expect("writable");
    other.write_all(b"{\"v\":1").expect("written");
    assert_eq!(desk.read().size, 5);
    holder.kill().expect("killed");
    holder.wait().expect("gone");
    let loaded = desk.open().expect("free at once");
    assert_eq!(loaded.repairs.len(), 1);
}

#[test]
#[ignore = "a child's part"]
fn child_appends_until_the_limit() {
    let Some(log) = childs_log() else { return };
    let mut loaded = recovery::open(&log, &Plan::default(), session(), TIME).expect("free");
    for count in 0..1000 {
        let event = if count % 2 == 0 { Event::Undone(4) } else { Event::Redone(4) };
        if let Err(fault) = loaded.store.append(&[event], TIME) {
            println!("\nrefused after {count}, stopped: {}", fault.stopped);
            return;
        }
    }
    println!("\nno limit");
}

/// With a limit on file sizes the kernel writes as much as fits and refuses the rest, as a full
/// disk does.
#[test]
fn writes_that_fall_short_are_taken_back() {
    for blocks in 5..9 {
        let (desk, store) = Desk::begun();
        drop(store);
        let limit = format!("ulimit -f {blocks};");
        let done = child("child_appends_until_the_limit", &desk.log, &limit).output().expect("ran");
        let out = String::from_utf8_lossy(&done.stdout);
        let said = out.lines().find_map(|line| line.strip_prefix("refused after "));
        let (count, stopped) = said.expect("a refusal").split_once(", stopped: ").expect("both");
        assert_eq!(stopped, "false");
        let count: u64 = count.parse().expect("a number");
        // The session's record goes out with the first append.
        let expected = if count == 0 { 5 } else { 6 + count };
        assert_eq!(desk.read().size, expected, "{out}");
    }
}
