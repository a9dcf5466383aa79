//! the two laws, rows and kinds by cases, gaps in any order

use proptest::prelude::*;
use recto::collate::collation::Collation;
use recto::collate::fix::Kind;
use recto::collate::gap::gap;
use recto::collate::marks::marks;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::text::graphemes::cluster_ends;

fn text(text: &str) -> Text {
    Text::new(text).expect("short")
}

fn collate(base: &str, transcript: &str) -> Collation {
    Collation::complete(plan(text(base), text(transcript)))
}

/// Pieces of text that are easily cut in the wrong place.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "\n", "\n", "\n\n", "\r\n", "\r", "\u{feff}", "\x0c", "\0", " ", "  ", "-\n", "-",
            "e\u{301}", "\u{301}", "น้ำ", "ကို", "مرحبا", "👩\u{200d}👧", "\u{200d}", "\u{2028}", "日本",
            "\t", ".", "...", "'", "\u{ad}\n", "¬\n", "\u{a0}", "ﬁ", "🇩🇪", "🇩", "\u{600}",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            "the", "word", "words", "wrods", "SECRET\n", "for", "mer", "former", "page 12",
            "a longer line of text\n", "a longer lime of texts\n", "another line altogether\n", "x",
        ]).prop_map(str::to_owned),
        1 => "[ -~]{0,12}",
    ]
}

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// A text and another that was made from it by leaving out, doubling and putting in pieces.
fn pair() -> impl Strategy<Value = (String, String)> {
    let related = prop::collection::vec((piece(), 0..12_u8, piece()), 0..40).prop_map(|pieces| {
        let (mut base, mut transcript) = (String::new(), String::new());
        for (one, fate, other) in pieces {
            match fate {
                0 => base.push_str(&one),
                1 => transcript.push_str(&one),
                2 => {
                    base.push_str(&one);
                    transcript.push_str(&other);
                }
                _ => {
                    base.push_str(&one);
                    transcript.push_str(&one);
                }
            }
        }
        (base, transcript)
    });
    prop_oneof![3 => related, 1 => (nasty(), nasty())]
}

/// Checks everything that holds of any collation.
fn check_laws(base: &str, transcript: &str) {
    let collation = collate(base, transcript);
    let (mut at, mut transcript_at) = (0, 0);
    let mut accepted = String::new();
    let mut last: Option<(usize, usize, u32)> = None;
    let borders = |text: &str| {
        let mut borders = vec![0];
        cluster_ends(text, 0, &mut borders);
        borders
    };
    let (base_borders, transcript_borders) = (borders(base), borders(transcript));
    for id in collation.fixes() {
        let fix = collation.fix(id);
        assert!(at <= fix.at.start && transcript_at <= fix.transcript_at.start, "fixes overlap");
        let here = (fix.at.start, fix.at.end, fix.n);
        assert!(last.is_none_or(|last| last < here), "fixes do not ascend");
        assert_eq!(&base[at..fix.at.start], &transcript[transcript_at..fix.transcript_at.start]);
        accepted.push_str(&base[at..fix.at.start]);
        let (old, new) = (&base[fix.at.clone()], &transcript[fix.transcript_at.clone()]);
        assert_ne!(old, new, "a fix without a change");
        for (borders, span) in [(&base_borders, &fix.at), (&transcript_borders, &fix.transcript_at)]
        {
            for end in [span.start, span.end] {
                assert!(borders.binary_search(&(end as u32)).is_ok(), "cluster cut: {fix:?}");
            }
        }
        let lines = |text: &str| text.strip_suffix('\n').unwrap_or(text).contains('\n');
        if fix.at.is_empty() {
            let n = last.filter(|last| last.0 == fix.at.start && last.1 == fix.at.end);
            assert_eq!(fix.n, n.map_or(0, |last| last.2 + 1), "insertions are counted");
            assert!(!lines(new), "an insertion with a line end inside: {new:?}");
        } else {
            assert_eq!(fix.n, 0);
        }
        if !matches!(fix.kind, Kind::LineEnd | Kind::ExtraLine | Kind::MissingLine | Kind::PageEnd)
        {
            assert!(!old.contains('\n') && !new.contains('\n'), "{fix:?} {old:?} {new:?}");
        }
        accepted.push_str(new);
        (at, transcript_at) = (fix.at.end, fix.transcript_at.end);
        last = Some(here);
        let mut shown = (0, 0);
        for (x, y) in marks(old, new) {
            assert_eq!(&old[shown.0..x.start], &new[shown.1..y.start]);
            shown = (x.end, y.end);
        }
        assert_eq!(&old[shown.0..], &new[shown.1..]);
    }
    accepted.push_str(&base[at..]);
    assert_eq!(accepted, transcript);
    check_rows(&collation, base, transcript);
}

/// Checks that rows cover both texts, end where they should, and hold every fix once.
fn check_rows(collation: &Collation, base: &str, transcript: &str) {
    let (mut at, mut transcript_at) = (0, 0);
    let mut fixes = collation.fixes();
    let mut next = collation.first_row();
    while let Some(id) = next {
        let row = collation.row(id);
        assert_eq!((row.base.start, row.transcript.start), (at, transcript_at), "rows have a hole");
        (at, transcript_at) = (row.base.end, row.transcript.end);
        assert!(!row.base.is_empty() || !row.transcript.is_empty(), "an empty row");
        let line = &base[row.base.clone()];
        assert!(line.is_empty() || line.ends_with('\n') || at == base.len());
        assert!(!line.strip_suffix('\n').unwrap_or(line).contains('\n'), "two lines in a row");
        for fix in collation.fixes_in_row(id) {
            assert_eq!(fixes.next(), Some(fix));
            assert_eq!(collation.row_of(fix), id);
            let fix = collation.fix(fix);
            assert!(row.base.start <= fix.at.start && fix.at.start <= row.base.end);
            assert!(fix.transcript_at.end <= row.transcript.end, "a fix's text in another row");
        }
        next = collation.next_row(id);
    }
    assert_eq!(fixes.next(), None);
    assert_eq!((at, transcript_at), (base.len(), transcript.len()));
}

#[test]
fn no_fix_crosses_a_line_end_beside_a_separator() {
    let base = "aAp0aa!a!another line altogether\n\u{2028}\n\nSECRET\n\u{feff}";
    let transcript = "a longer line of text\nthe";
    check_laws(base, transcript);
    check_laws(transcript, base);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn both_laws((base, transcript) in pair()) {
        check_laws(&base, &transcript);
        check_laws(&transcript, &base);
    }

    #[test]
    fn gaps_in_any_order((base, transcript) in pair(), seed in any::<u64>()) {
        let forward = collate(&base, &transcript);
        let plan = plan(text(&base), text(&transcript));
        let mut blocks: Vec<u32> = (0..plan.blocks.len() as u32).collect();
        blocks.sort_by_key(|&block| (u64::from(block) + 1).wrapping_mul(seed | 1).rotate_left(29));
        let gaps: Vec<_> = blocks.iter().map(|&block| (block, gap(&plan, block))).collect();
        for (block, gap) in gaps {
            if !plan.blocks[block as usize].equal {
                prop_assert_eq!(forward.gap(block), Some(&gap));
            }
        }
    }

    #[test]
    fn insertions_divide_after_line_ends(
        head in "[a-c ]{0,5}\n?", lines in prop::collection::vec("[A-Z]{0,3}\n{1,2}", 1..4), tail in "[d-f]{0,4}\n?",
    ) {
        let inserted = lines.concat();
        check_laws(&format!("{head}{tail}"), &format!("{head}{inserted}{tail}"));
    }
}

/// Returns a collation's fixes, one a line.
fn fixes(base: &str, transcript: &str) -> String {
    let collation = collate(base, transcript);
    let plan = collation.plan();
    let shown = |text: &str| text.replace('\n', "¶");
    let line = |id| {
        let fix = collation.fix(id);
        let (old, new) =
            (plan.base.slice(fix.at.clone()), plan.transcript.slice(fix.transcript_at.clone()));
        format!("  {} {} -> {}", fix.kind, shown(old), shown(new))
    };
    collation.fixes().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn cases() {
    let all = include_str!("../cases/collate/words.txt");
    let read = |text: &str| text.replace('¶', "\n");
    for case in all.split("\n\n") {
        let (head, expected) = case.trim_start_matches('\n').split_once('\n').unwrap();
        let (head, expected) = match head.strip_prefix('#') {
            Some(_) => expected.split_once('\n').unwrap(),
            None => (head, expected),
        };
        let (base, transcript) = head.split_once(" || ").unwrap();
        let found = fixes(&read(base), &read(transcript));
        assert_eq!(found, expected.trim_end_matches('\n'), "{base}");
        check_laws(&read(base), &read(transcript));
    }
}

#[test]
fn large_and_odd_texts_keep_the_laws() {
    let blank = |count: usize| "\n".repeat(count);
    let same = |count: usize| "the same line of text\n".repeat(count);
    let long = |word: &str| [word, " and more, "].concat().repeat(3_000);
    let pairs = [
        (format!("x{}y", blank(20_000)), format!("z{}w", blank(10_000))),
        (format!("x{}y", same(3_000)), format!("z{}w", same(2_000))),
        (long("one"), long("other")),
        ((0..3_000).map(|k| format!("{k} alpha beta\n")).collect(), long("gamma")),
        (same(300).replace('\n', "\r\n"), same(300)),
    ];
    for (base, transcript) in &pairs {
        check_laws(base, transcript);
    }
}

#[test]
fn a_long_line_that_repeats_itself_is_still_aligned() {
    let line: String = (0..12_000).map(|k| format!("word{} alpha{} ", k % 97, k % 13)).collect();
    let transcript = line.replace("word7 ", "w0rd7 ");
    let fixes = collate(&line, &transcript).fixes().count();
    assert_eq!(fixes, 12_000 / 97 + 1);
}
