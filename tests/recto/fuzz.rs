//! The fuzz targets' entry points, by proptest, on stable Rust, with every run of the tests.

use proptest::prelude::*;
use recto::digest::Digest;
use recto::log::audit::Finding;

#[path = "../fuzz/entry/collation.rs"]
pub(super) mod collation;
#[path = "../fuzz/entry/log_reader.rs"]
mod log_reader;

/// Pieces that make trouble: scripts, marks without letters, every sort of line end and blank.
const PIECES: &[&str] = &[
    "the",
    "tlie",
    "Kuznetsov",
    "Kumetssov",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\u{c}",
    "-\n",
    ".",
    ",",
    "A",
    "a",
    "1",
    "l",
    "e\u{301}",
    "é",
    "\u{301}",
    "ſ",
    "ﬁ",
    "กำ",
    "ก\u{e4d}า",
    "များ",
    "שָׁ",
    "الأ",
    "日本",
    "👨‍👩‍👧",
    "🇫🇷",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "\0",
    "\t",
    "\u{a0}",
    "\u{ad}",
];

fn pieces(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(PIECES), 0..most)
}

/// A text and what a corrector might have made of it: pieces dropped, put in, exchanged.
fn a_pair() -> impl Strategy<Value = (String, String)> {
    let changes =
        prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, pieces(3)), 0..6);
    (pieces(60), changes).prop_map(|(base, changes)| {
        let mut transcript = base.clone();
        for (at, drop, put) in changes {
            let at = at.index(transcript.len() + 1);
            let end = (at + drop).min(transcript.len());
            transcript.splice(at..end, put);
        }
        (base.concat(), transcript.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn collation_of_a_corrected_text((base, transcript) in a_pair(), acts: Vec<u8>) {
        collation::check_texts(&base, &transcript, &acts);
    }

    #[test]
    fn collation_of_two_strangers(base in pieces(30), transcript in pieces(30), acts: Vec<u8>) {
        collation::check_texts(&base.concat(), &transcript.concat(), &acts);
    }

    #[test]
    fn collation_of_any_bytes(data: Vec<u8>) {
        collation::check(&data);
    }
}

/// Members of records that make a small log: both sources, decisions, a note, undo and redo.
fn members() -> Vec<String> {
    let described = |name: &str, text: &str| {
        let (bytes, digest) = (text.len(), Digest::of(text.as_bytes()));
        format!(
            r#"{{"name":"{name}","format":"text","file_sha256":"{digest}","bytes":{bytes},"sha256":"{digest}"}}"#
        )
    };
    let id = "0123456789abcdef".repeat(2);
    let decided = |verdict: &str, reading: &str| {
        format!(
            r#""decided","verdict":"{verdict}","scope":"fix","sites":[{{"at":[0,4],"page":"1","line":1,"base":"tlie","proposed":"the"{reading}}}]"#
        )
    };
    let (base, transcript) = (described("b.txt", "tlie\ncat"), described("t.txt", "the\ncat"));
    vec![
        format!(
            r#""opened","log":"{id}","app":"recto/0.1.0","needs":[],"reviewer":"mk","document":"b","page_break":null,"base":{base},"transcript":{transcript}"#
        ),
        r#""source","of":"base","start":0,"text":"tlie\ncat""#.into(),
        r#""source","of":"transcript","start":0,"text":"the\ncat""#.into(),
        r#""session","app":"recto/0.1.0","reviewer":"mk","by":"command","blind":false,"scans":[]"#
            .into(),
        decided("accept", r#","reading":"the""#),
        decided("reject", r#","reading":"tlie""#),
        r#""undone","of":5"#.into(),
        r#""redone","of":5"#.into(),
        r#""noted","at":[5,8],"page":"1","line":2,"base":"cat","mark":"doubtful","note":"?""#
            .into(),
        decided("edit", r#","reading":"thy\u0007""#),
        decided("reopen", ""),
    ]
}

fn small_log() -> Vec<u8> {
    let members = members();
    log_reader::chained(&members.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn the_small_log_is_sound() {
    let audit = log_reader::check_bytes(&small_log());
    assert_eq!(audit.finding(), Finding::Intact, "{:?} {:?}", audit.tail, audit.error);
    assert_eq!(audit.size, members().len() as u64);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn log_reader_on_any_bytes(data: Vec<u8>) {
        log_reader::check(&data);
    }

    #[test]
    fn log_reader_on_an_altered_log(at: prop::sample::Index, bit in 0..8, cut: prop::sample::Index) {
        let log = small_log();
        let mut altered = log.clone();
        altered[at.index(log.len())] ^= 1_u8 << bit;
        let found = log_reader::check_bytes(&altered);
        prop_assert_ne!(found.finding(), Finding::Intact);
        let short = log_reader::check_bytes(&log[..cut.index(log.len())]);
        prop_assert!(short.bytes <= cut.index(log.len()) as u64);
    }

    #[test]
    fn log_reader_behind_a_right_chain(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), pieces_of_json()), 1..4),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let mut members = members();
        for (line, at, put) in edits {
            let line = line.index(members.len());
            let text = &mut members[line];
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((at + put.len()).min(text.len()));
            text.replace_range(at..end, put);
        }
        for from in order {
            let line = members.remove(from.index(members.len()));
            members.push(line);
        }
        log_reader::check(members.join("\n").as_bytes());
    }
}

fn pieces_of_json() -> impl Strategy<Value = &'static str> {
    let pieces: &[&str] = &[
        "",
        "0",
        "9",
        "4,4",
        "-1",
        "1e9",
        "9007199254740993",
        "\"",
        "\\u0000",
        "\\ud800",
        "é",
        "{",
        "[",
        "]}",
        "null",
        "true",
        ",\"n\":1",
        ",\"optional\":true",
        "\"edit\"",
        "\"reopen\"",
        "\"all\"",
        ",\"hash\":\"",
    ];
    prop::sample::select(pieces)
}
