//! The sample documents hold what their READMEs say, and obey the two laws.

use std::path::PathBuf;

use recto::collate::collation::Collation;
use recto::collate::fix::Kind;
use recto::collate::plan::plan;
use recto::digest::Digest;
use recto::document::Text;
use recto::formats::page_break::{Edge, PageBreak};
use recto::log::audit::{Audit, Finding, Plan, audit};
use recto::log::seal::Verdict;
use recto::review::state::Review;
use recto::shell::judge::{Case, Judge};
use unicode_normalization::UnicodeNormalization;

use super::fuzz::collation::check_texts;

const PAIRS: [&str; 5] = ["early-print", "hostile", "memo-1963", "reflow", "scripts"];

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs"))
}

fn read(sample: &str, file: &str) -> String {
    let path = folder().join(sample).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn pair(sample: &str) -> [String; 2] {
    ["base.txt", "transcript.txt"].map(|file| read(sample, file))
}

fn review(sample: &str) -> Review {
    let [base, transcript] = pair(sample).map(|text| Text::new(text).expect("samples are short"));
    Review::new(Collation::complete(plan(base, transcript)))
}

/// Returns how many fixes of a sample have this kind.
fn count(review: &Review, kind: Kind) -> usize {
    let collation = review.collation();
    collation.fixes().filter(|&id| collation.fix(id).kind == kind).count()
}

#[test]
fn every_folder_says_what_it_teaches_and_whose_it_is() {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the samples are there") {
        let name = entry.expect("readable").file_name().into_string().expect("plain names");
        let readme = read(&name, "README.md");
        for part in ["**What it teaches.**", "**Origin and licence.**"] {
            assert!(readme.contains(part), "{name}/README.md lacks {part}");
        }
        found.push(name);
    }
    found.retain(|name| name != "logs");
    found.sort();
    assert_eq!(found, PAIRS);
}

#[test]
fn both_laws_hold_on_every_sample() {
    for sample in PAIRS {
        let [base, transcript] = pair(sample);
        assert_ne!(base, transcript, "{sample}");
        check_texts(&base, &transcript, &[7, 40, 4, 5, 134, 2, 3]);
    }
}

#[test]
fn memo_base_is_the_reading_as_it_was_published() {
    let base = read("memo-1963", "base.txt");
    let digest = Digest::of(base.as_bytes()).to_hex();
    assert!(read("memo-1963", "README.md").contains(&digest), "{digest}");
}

#[test]
fn memo_pages_end_at_the_serial_stamps_on_both_sides() {
    let readme = read("memo-1963", "README.md");
    let pattern = readme.split("--page-break '").nth(1).and_then(|rest| rest.split('\'').next());
    let page_break = PageBreak::new(pattern.expect("the README shows how"), Edge::End);
    let page_break = page_break.expect("a regular expression");
    for text in pair("memo-1963") {
        let text = page_break.apply(Text::new(text).expect("short"));
        assert_eq!(text.page_count(), 4);
        for page in 1..=4 {
            let last = text.slice(text.page(page)).trim_end().lines().last().unwrap_or_default();
            assert!(last.starts_with('C') && last.contains("-11"), "page {page} ends with {last}");
        }
    }
}

#[test]
fn memo_transcript_keeps_lines_marks_and_furniture() {
    let [base, transcript] = pair("memo-1963");
    assert_eq!(base.lines().count(), transcript.lines().count());
    for (base, transcript) in base.lines().zip(transcript.lines()) {
        assert_eq!(base.is_empty(), transcript.is_empty());
        let tail = |line: &str| line.len() - line.trim_end().len();
        assert_eq!(tail(base), tail(transcript), "{base}");
        for mark in ["**", "~~"] {
            assert_eq!(base.matches(mark).count(), transcript.matches(mark).count(), "{base}");
        }
    }
    assert!(!transcript.ends_with('\n'), "the last line of the OCR has no line end");
    for stamp in [
        "CU-1148",
        "CU-1149",
        "CU-1150",
        "CU-1151",
        "CUT III-106/1",
        "CUT III-106/3",
        "CUT III-106/4",
    ] {
        assert_eq!(transcript.lines().filter(|line| *line == stamp).count(), 1, "{stamp}");
    }
    // Doubtful readings are the reviewer's to decide, not the transcript's.
    for kept in
        ["recognises", "realises", "efforts", "has been noted", "has sought", "Jakob", "Two .."]
    {
        assert!(base.contains(kept) && transcript.contains(kept), "{kept}");
    }
    assert!(transcript.is_ascii(), "three letters of Karpov were Cyrillic");
}

#[test]
fn memo_has_a_name_misread_four_times() {
    let review = review("memo-1963");
    assert_eq!(read("memo-1963", "base.txt").matches("Kumetssov").count(), 4);
    let name = |proposed: &str| {
        let fixes = review.collation().fixes();
        fixes.filter(|&id| review.proposed(id).starts_with(proposed)).count()
    };
    assert_eq!(name("Kuznetsov"), 4);
}

#[test]
fn scripts_hold_the_same_letters_in_other_code_points() {
    let [base, transcript] = pair("scripts");
    let same =
        |(base, transcript): &(&str, &str)| base != transcript && base.nfkc().eq(transcript.nfkc());
    assert_eq!(base.lines().zip(transcript.lines()).filter(same).count(), 2);
    assert!(count(&review("scripts"), Kind::Encoding) >= 3);
}

#[test]
fn early_print_has_two_pages_and_words_cut_at_line_ends() {
    for text in pair("early-print") {
        assert_eq!(Text::new(text).expect("short").page_count(), 2);
    }
    let review = review("early-print");
    assert!(count(&review, Kind::LineEnd) >= 4);
    assert_eq!(read("early-print", "base.txt").matches("fhall").count(), 4);
    assert!(!read("early-print", "base.txt").contains('ſ'));
}

#[test]
fn reflowed_line_ends_are_one_class_beside_five_words() {
    let review = review("reflow");
    assert!(review.has_class());
    let counts = review.counts();
    assert_eq!(counts.total(), 5);
    assert!(counts.class.is_some_and(|class| class.kind == Kind::LineEnd && class.open > 15));
}

#[test]
fn hostile_bytes_are_all_there() {
    let base = read("hostile", "base.txt");
    let signs = [
        "\u{1b}[2J",
        "\u{1b}]0;",
        "\u{1b}]52;",
        "\u{1b}]8;;",
        "\u{1b}[\n",
        "\u{9b}",
        "\u{90}",
        "\0",
        "\u{7}",
        "\u{8}",
        "\u{7f}",
        "\rO",
        "\t",
        "\u{b}",
        "\u{c}",
        "\u{202e}",
        "\u{2067}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\u{ad}",
        "\u{2060}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\n\u{301}",
        "\n\u{e31}",
        "\u{e0001}",
        "\u{3164}",
        "\u{f0000}",
        "\u{ffff}",
        "\u{fffd}",
    ];
    for sign in signs {
        assert!(base.contains(sign), "{}", sign.escape_unicode());
    }
    let longest = base.lines().map(str::len).max();
    assert_eq!(longest, Some(30_001));
    assert!(!base.ends_with('\n'));
}

fn audited(log: &str) -> Audit {
    let path = folder().join("logs").join(log);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    audit(&bytes, Plan::default())
}

/// Logs of this version must replay for ever: the digests are never to be changed.
#[test]
pub(crate) fn good_logs_give_the_text_that_they_gave_when_they_were_made() {
    let cases = [
        (
            "letter.mk.recto.jsonl",
            21,
            "7fa1b186eb39ec22f35999f39dec0df890fbcf7906047e252b506110d4f8e40e",
        ),
        (
            "letter.ab.recto.jsonl",
            9,
            "d24d6ec4346471a141b832804c7728e883d5d336240ed407973b9ded84bbe7da",
        ),
        (
            "sealed.recto.jsonl",
            12,
            "57748713e274901e913cff4b968d7e970f71b32062034b08af27b8f96773ce31",
        ),
    ];
    for (log, size, digest) in cases {
        let audit = audited(log);
        assert_eq!((audit.finding(), audit.size), (Finding::Intact, size), "{log}");
        let replay = audit.replay.expect("a log with its sources");
        assert_eq!(replay.base.as_str(), read("logs", "letter.txt"));
        assert_eq!(Digest::of(replay.ledger.established().as_bytes()).to_hex(), digest, "{log}");
    }
}

/// The signature must verify for ever, whoever reads it.
#[test]
fn the_sealed_log_is_sealed_by_its_listed_key() {
    let audit = audited("sealed.recto.jsonl");
    let header = audit.header.as_ref().expect("a header");
    let signers = folder().join("logs").join("allowed_signers");
    for fast in [false, true] {
        let mut judge = Judge::new(None, None, fast);
        let log = folder().join("logs").join("sealed.recto.jsonl");
        assert_eq!(judge.signers_of(&log).as_deref(), Some(signers.as_path()));
        let signers = Some(signers.as_path());
        let case = Case { log: &header.log, reviewer: &header.reviewer, signers };
        let verdicts: Vec<_> = audit.seals.iter().map(|seal| judge.judge(seal, &case)).collect();
        assert_eq!(verdicts, [Verdict::Good]);
        // Moved to another log it is none.
        let case = Case { log: "00000000000000000000000000000000", ..case };
        assert!(matches!(judge.judge(&audit.seals[0], &case), Verdict::Broken(_)));
    }
}

#[test]
fn a_torn_and_an_altered_log_are_told_apart() {
    let whole = audited("letter.mk.recto.jsonl").size;
    let torn = audited("torn.recto.jsonl");
    assert_eq!((torn.finding(), torn.size), (Finding::Torn, whole - 1));
    let altered = audited("altered.recto.jsonl");
    assert_eq!((altered.finding(), altered.size), (Finding::Damaged, 16));
}
