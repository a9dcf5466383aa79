//! The fuzz targets' entry points, by proptest, on stable Rust, with every run of the tests.

use proptest::prelude::*;

#[path = "../fuzz/entry/collation.rs"]
pub(super) mod collation;

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
