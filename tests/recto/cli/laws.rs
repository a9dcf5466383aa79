//! The two laws through the program itself, on made pairs and on real ones.

use std::fs;
use std::path::Path;

use crate::harness::{Desk, shared};

/// Accepts and rejects everything on one log, one after the other, with undo and redo between;
/// after each step the export must be one of the two texts, byte for byte.
#[track_caller]
fn check(name: &str, base: &[u8], transcript: &[u8]) {
    let desk = Desk::with(base, transcript);
    let all = |verb| desk.run(&[verb, "base.txt", "transcript.txt", "--all", "--force"]);
    let is = |text: &[u8], step: &str| {
        let exported = desk.ok(&["export", "base.txt"]);
        if exported != text {
            let at = exported.iter().zip(text).position(|(one, other)| one != other);
            panic!("{name}: after {step} the export differs from byte {at:?} on");
        }
        let verified = desk.ok(&["verify", "base.mk.recto.jsonl"]);
        assert!(!String::from_utf8_lossy(&verified).contains("notices"), "{name}: after {step}");
    };
    let run = all("accept");
    assert_eq!(run.code, Some(0), "{name}: {run}");
    is(transcript, "accept --all");
    let run = all("reject");
    assert_eq!(run.code, Some(0), "{name}: {run}");
    is(base, "reject --all");
    desk.ok(&["undo", "base.txt"]);
    is(transcript, "undo");
    desk.ok(&["redo", "base.txt"]);
    is(base, "redo");
    desk.ok(&["undo", "base.txt"]);
    desk.ok(&["undo", "base.txt"]);
    let open = desk.run(&["export", "base.txt"]);
    assert_eq!(open.code, Some(1), "{name}: {open}");
    let pending = |what| desk.ok(&["export", "base.txt", "--pending", what]);
    assert_eq!(pending("base"), base, "{name}: --pending base");
    assert_eq!(pending("transcript"), transcript, "{name}: --pending transcript");
    assert_eq!(desk.read("base.txt"), base);
    assert_eq!(desk.read("transcript.txt"), transcript);
}

#[test]
fn one_side_empty() {
    check("empty against lines", b"", b"a line\nand another\n\nthe last");
    check("lines against empty", b"a line\nand another\n\nthe last\n", b"");
    check("nothing but a line feed", b"", b"\n");
}

#[test]
fn missing_and_extra_lines() {
    check(
        "several missing lines at one place",
        b"The first line of the page.\nThe last line of the page.\n",
        b"The first line of the page.\nSECRET\n\nBEST COPY\nCU-1148\nThe last line of the page.\n",
    );
    check("a missing line at the end", b"one line here", b"one line here\nand one more");
    check("extra lines at both ends", b"SECRET\n\nthe text\nCU-1148\n", b"the text\n");
}

#[test]
fn line_ends_and_marks_of_order() {
    check("CRLF in the base", b"one\r\ntwo\r\nthree\r\n", b"one\ntwo\nthree\n");
    check("CRLF in the transcript", b"one\ntwo\nthree", b"one\r\ntwo\r\nthree\r\n");
    check("BOM on one side", "\u{feff}one\ntwo\n".as_bytes(), b"one\ntwo\n");
    check("last line feed on one side", b"one\ntwo", b"one\ntwo\n");
    check("form feeds", b"one\n\x0ctwo\n", b"one\ntwo\n\x0c");
    check(
        "reflow",
        b"the relations between\nour two countries are\nof great importance to\nus all\n",
        b"the relations between our two\ncountries are of great\nimportance to us all\n",
    );
    check(
        "hyphen joined",
        b"a line that is bro-\nken in two\n",
        b"a line that is broken\nin two\n",
    );
}

#[test]
fn clusters_stay_whole() {
    check("NFD against NFC", "cafe\u{301} a\u{308}rger\n".as_bytes(), "café ärger\n".as_bytes());
    check("Thai", "ภาษาไทยนี้\n".as_bytes(), "ภาษาไทย น้ำ\n".as_bytes());
    check("Burmese", "မြန်မာဘာသာ\n".as_bytes(), "မြန်မာ့ဘာသာစကား\n".as_bytes());
    check("marks without a letter", "\u{301}\u{302}a\n".as_bytes(), "\u{302}a\u{301}\n".as_bytes());
    check("flags and families", "🇩🇪🇫🇷 👨‍👩‍👧\n".as_bytes(), "🇫🇷🇩🇪 👨‍👩‍👦\n".as_bytes());
}

#[test]
fn hostile_bytes() {
    check("controls", b"a\x1b[31mred\x00\x07\r\x9f".map(|b| b & 0x7f).as_slice(), b"a red\x00\n");
    check("overrides", "a\u{202e}b\u{2066}\n".as_bytes(), "ab\u{200b}\u{2028}\n".as_bytes());
}

#[test]
fn a_megabyte_on_one_line() {
    let base = "The quick brovvn fox jumps ouer the lazy dog. ".repeat(23_000);
    let transcript = base.replacen("brovvn", "brown", 200).replacen("ouer", "over", 100);
    assert!(base.len() > 1_000_000);
    let desk = Desk::with(&base, &transcript);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    assert!(desk.ok(&["export", "base.txt"]) == transcript.as_bytes());
    desk.ok(&["reject", "base.txt", "--all"]);
    assert!(desk.ok(&["export", "base.txt"]) == base.as_bytes());
}

/// Pairs of real OCR and transcript, few and small enough for every run of the tests.
const REAL: [(&str, &str); 6] = [
    ("frus-memcon/raw.txt", "frus-memcon/frus-d278.txt"),
    ("frus-memcon/raw.body.txt", "frus-memcon/frus-d278.body.txt"),
    ("page-xml-kant1784/TESS-Fraktur_0017.raw.txt", "page-xml-kant1784/PAGE_0017.gt.txt"),
    ("hocr-truth-scribe/filing_01.scribejs.txt", "hocr-truth-scribe/filing_01.truth.txt"),
    ("hocr-truth-scribe/multicol_05.scribejs.txt", "hocr-truth-scribe/multicol_05.truth.txt"),
    ("japanese-japoc/robota.raw.txt", "japanese-japoc/robota.gt.txt"),
];

#[test]
fn real_pairs() {
    let Some(data) = shared("data") else { return };
    for (base, transcript) in REAL {
        let read = |name: &str| fs::read(data.join(name));
        match (read(base), read(transcript)) {
            (Ok(base_bytes), Ok(transcript)) => check(base, &base_bytes, &transcript),
            _ => println!("skipped: no {base}"),
        }
    }
}

#[test]
fn the_samples() {
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs"));
    for name in ["memo-1963", "early-print", "reflow", "scripts", "hostile"] {
        let read = |file| fs::read(samples.join(name).join(file)).expect("a sample");
        check(name, &read("base.txt"), &read("transcript.txt"));
    }
}
