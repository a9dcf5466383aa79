//! A replay over several corrected texts: at each record the fixes of the one then in force.

use proptest::prelude::*;
use recto::collate::collation::Collation;
use recto::collate::fix::FixId;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::review::command::{Command, Decide, Reach, Target};
use recto::review::decide::decide;
use recto::review::event::{Scope, Verdict};
use recto::review::state::Review;
use recto::ui::msg::{Effect, Msg};

use super::driver::Screen;
use super::player::Tape;
use crate::replay::told;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nHe came at l0.\nIt ends hcre.\n";
const FIRST: &str = "The memo had one error.\nKuznetsov spoke.\nHe came at 10.\nIt ends hcre.\n";
const SECOND: &str =
    "The memo has one error.\nKuznetsoff spoke.\nHe came at 10.\nIt ends here.\nEnd.\n";

/// A name accepted and a word rejected; then a second corrected text, by which another word is
/// accepted.
fn tape() -> Tape {
    let mut tape = Tape::new(BASE, FIRST);
    let name = tape.of("Kumetssov");
    tape.decide(Verdict::Accept, Scope::Fix, name);
    let has = tape.of("has");
    tape.decide(Verdict::Reject, Scope::Fix, has);
    tape.propose("second.txt", SECOND);
    let word = tape.of("hcre");
    tape.decide(Verdict::Accept, Scope::Fix, word);
    tape
}

/// Returns the review that is opened with the log as it was at a record.
fn afresh(tape: &Tape, seq: u64) -> Review {
    let text = |text: &str| Text::new(text.to_owned()).expect("short");
    let base = tape.review.base();
    let proposed = recto::log::replay::Transcript::at(&tape.transcripts, seq);
    let proposed = proposed.map_or(text(""), |it| it.text.clone().expect("there"));
    let events = tape.records.iter().take_while(|record| record.seq <= seq);
    let events = events.filter_map(|record| Some((record.seq, record.event()?)));
    Review::after(Collation::complete(plan(base.clone(), proposed)), events).expect("fits")
}

#[test]
fn each_record_has_the_fixes_of_its_own_text() {
    let mut screen = tape().open(Some(5));
    insta::assert_snapshot!(screen.text(), @r#"
     REPLAY   record 5/7             open 2/4  accepted 1  rejected 1  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── text  by transcript.txt ────────────
    >  1 The memo has one eror.             │ ?  The memo has one error.
       2 Kumetssov spoke.                   │ a  Kuznetsov spoke.
       3 He came at l0.                     │ ?  He came at 10.
       4 It ends hcre.                      │    It ends hcre.
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── #5  24 Nov 2026  09:10:05 UTC   mk   at the screen ───── stands to the end ──
     rejected   has stays, not had   line 1
     was        open   proposed by: corrected text
     then #6     a new corrected text   second.txt
    09:10 ├s───────────────────────────────●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄t┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ 09:10
           s session   t text
     Space play  . , one record  ] [ next mark  0-9 tenths  : go to  + - speed   1x
     / search  H this line's history  x export as it stands  v verify  ? keys
    "#);
    insta::assert_snapshot!(screen.press(".").text(), @r#"
     REPLAY   record 6/7             open 4/5  accepted 0  rejected 0  edited 1  mk
    ── OCR  base.txt ───────────────────────┬── text  by second.txt of #6 ──────────
       1 The memo has one eror.             │ ?  The memo has one error.
       2 Kumetssov spoke.                   │ e  Kuznetsov spoke.
       3 He came at l0.                     │ ?  He came at 10.
       4 It ends hcre.                      │ ?  It ends here.
         ╌╌╌                                │ ?  End.
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── #6  24 Nov 2026  09:10:06 UTC   mk   at the screen ──────────────────────────
     a new corrected text   second.txt
     was        none   what is decided stands
     then #7     accepted   hcre → here   line 4
    09:10 ├s───────────────────────────────────────────────●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ 09:10
           s session   t text
     Space play  . , one record  ] [ next mark  0-9 tenths  : go to  + - speed   1x
     / search  H this line's history  x export as it stands  v verify  ? keys
    "#);
    // Forward, back, and by the marks.
    for (keys, open, name) in [
        (".", "open 3/5", "second.txt"),
        (":#4<Enter>", "open 3/4", "transcript.txt"),
        ("]", "open 4/5", "second.txt"),
        ("g", "open 4/4", "transcript.txt"),
        ("G", "open 3/5", "second.txt"),
        ("5", "open 2/4", "transcript.txt"),
        ("/hcre<Enter>", "open 3/5", "second.txt"),
        ("/kuznetsov<Enter>", "open 3/4", "transcript.txt"),
    ] {
        let rows = [0, 1].map(|row| screen.press(if row == 0 { keys } else { "" }).row(row));
        assert!(rows[0].contains(open) && rows[1].contains(name), "{keys}\n{rows:#?}");
    }
}

#[test]
fn a_text_that_is_not_compared_yet_is_drawn_so() {
    let tape = tape();
    let mut screen = tape.open(Some(5));
    screen.answers = false;
    screen.press(".");
    assert_eq!(screen.asked, [Effect::Collate]);
    insta::assert_snapshot!(screen.text(), @r#"
     REPLAY   record 6/7                                  comparing with second.txt
    ── OCR  base.txt ───────────────────────┬── text  by second.txt of #6 ──────────
       1 The memo has one eror.             │ …  The memo has one error.
       2 Kumetssov spoke.                   │ …  Kuznetsoff spoke.
       3 He came at l0.                     │ …  He came at 10.
       4 It ends hcre.                      │ …  It ends here.
         ╌╌╌                                │ …  End.¶
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── #6  24 Nov 2026  09:10:06 UTC   mk   at the screen ──────────────────────────
     a new corrected text   second.txt
     was        none   what is decided stands
     then #7     accepted   hcre → here   line 4
    09:10 ├s───────────────────────────────────────────────●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ 09:10
           s session   t text
     Space play  . , one record  ] [ next mark  0-9 tenths  : go to  + - speed   1x
     / search  H this line's history  x export as it stands  v verify  ? keys
    "#);
    let late = screen.collated();
    // Whatever is done meanwhile, nothing is asked for a second time.
    screen.press(".,jkiH<Esc>").press(",");
    assert_eq!(screen.asked, [Effect::Collate]);
    assert_eq!(told(screen.model.review()), told(&afresh(&tape, 5)));
    screen.send(late);
    assert_eq!(told(screen.model.review()), told(&afresh(&tape, 5)), "it came too late");
    screen.press(".");
    assert_eq!(screen.asked, [Effect::Collate], "and is known now");
    assert_eq!(told(screen.model.review()), told(&afresh(&tape, 6)));
}

#[test]
fn playing_waits_for_a_text_that_is_not_compared_yet() {
    let mut screen = tape().open(Some(5));
    screen.answers = false;
    screen.press(" ").send(Msg::Tick).send(Msg::Tick);
    assert!(screen.row(0).starts_with(" PLAYING  record 6/"), "{}", screen.row(0));
    screen.asked.clear();
    let answer = screen.collated();
    screen.send(answer);
    assert_eq!(screen.asked, [Effect::Wake(Some(1000))]);
    screen.send(Msg::Tick);
    assert!(screen.row(0).contains("record 7/7"), "{}", screen.row(0));
}

#[test]
fn nothing_is_written_of_a_text_that_is_not_compared_yet() {
    let mut screen = tape().open(Some(5));
    screen.answers = false;
    screen.press(".x<Enter>");
    assert!(screen.text().contains("still comparing the texts"), "{}", screen.text());
    assert_eq!(screen.asked, [Effect::Collate]);
}

#[test]
fn a_text_that_is_lost_leaves_the_ocr_alone() {
    let mut tape = tape();
    tape.transcripts[1].text = None;
    let mut screen = tape.open(Some(5));
    insta::assert_snapshot!(screen.press(".").text(), @r#"
     REPLAY   record 6/7                 second.txt is not to be had: fixes unknown
    ── OCR  base.txt ───────────────────────┬── text  by second.txt of #6 ──────────
       1 The memo has one eror.             │ e  The memo has one eror.
       2 Kumetssov spoke.                   │ e  Kuznetsov spoke.
       3 He came at l0.                     │    He came at l0.
       4 It ends hcre.                      │    It ends hcre.
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── #6  24 Nov 2026  09:10:06 UTC   mk   at the screen ──────────────────────────
     a new corrected text   second.txt
     was        none   what is decided stands
     then #7     accepted   hcre → here   line 4
    09:10 ├s───────────────────────────────────────────────●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ 09:10
           s session   t text
     second.txt is neither in the log nor beside it: no fixes are shown
     / search  H this line's history  x export as it stands  v verify  ? keys
    "#);
    // As it is all that is known, the text with the OCR's readings can be written.
    screen.press("x<Tab><Enter>");
    assert!(screen.text().contains("only a text can be written"), "{}", screen.text());
    screen.asked.clear();
    screen.press("x<Enter>");
    assert!(matches!(screen.asked[..], [Effect::Export { .. }]), "{:?}", screen.asked);
    screen.press(".");
    assert!(screen.text().contains(" was        open   proposed by: corrected text"));
    screen.press(",");
    assert_eq!(screen.press(",").model.review().counts(), afresh(&tape, 5).counts());
}

#[test]
fn what_was_highlighted_of_a_text_is_not_looked_for_in_the_next() {
    let mut screen = Screen::new(BASE, FIRST);
    screen.press("jj<Tab>");
    let text = |text: &str| Text::new(text.to_owned()).expect("short");
    for (name, proposed) in [("same.txt", BASE), ("empty.txt", ""), ("second.txt", SECOND)] {
        let collation = Collation::complete(plan(text(BASE), text(proposed)));
        screen.model.take_text(Some(name.to_owned()), collation, "a new text".to_owned());
        screen.draw();
        assert!(screen.row(1).contains(name) && screen.text().contains("a new text"));
        screen.press("<Tab>");
    }
}

#[test]
fn what_stands_over_two_empty_texts_is_counted() {
    let mut tape = Tape::new("", "a line\n");
    let line = tape.review.collation().fixes().collect();
    tape.decide(Verdict::Accept, Scope::Fix, line);
    tape.propose("empty.txt", "").propose("again.txt", "a line\n");
    let mut screen = tape.open(Some(4));
    for (seq, counts) in [(5, "open 0/0  accepted 0  rejected 0  edited 0+1"), (6, "accepted 1")] {
        screen.press(&format!(":{seq}<Enter>jkti<Esc>tt"));
        assert!(screen.row(0).contains(counts), "{}", screen.text());
        assert_eq!(told(screen.model.review()), told(&afresh(&tape, seq)));
    }
    screen.press(",");
    assert!(screen.text().contains("both texts are empty"), "{}", screen.text());
}

/// Tells what a random log holds beside decisions: a newer corrected text, by its number.
#[derive(Debug, Clone)]
enum Step {
    Text(usize),
    Decide(Verdict, prop::sample::Index),
    Line(Verdict, prop::sample::Index),
    Edit(prop::sample::Index),
    Undo,
    Redo,
}

const TEXTS: [&str; 6] =
    [FIRST, SECOND, BASE, "", "He came at ten.\nIt ends.", "Kumetssov\nspoke.\n\nHe came\n"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let verdict = prop_oneof![Just(Verdict::Accept), Just(Verdict::Reject), Just(Verdict::Reopen)];
    let at = any::<prop::sample::Index>;
    let step = prop_oneof![
        2 => (0..TEXTS.len()).prop_map(Step::Text),
        3 => (verdict.clone(), at()).prop_map(|(verdict, at)| Step::Decide(verdict, at)),
        2 => (verdict, at()).prop_map(|(verdict, at)| Step::Line(verdict, at)),
        1 => at().prop_map(Step::Edit),
        1 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ];
    prop::collection::vec(step, 1..16)
}

fn wish(verdict: Verdict, scope: Scope, fixes: Vec<FixId>) -> Command {
    let (own, reach) = (Vec::new(), Reach::Every);
    Command::Decide(Decide { verdict, scope, fixes, own, reach, offered: None })
}

fn taped(steps: &[Step]) -> Tape {
    let mut tape = Tape::new(BASE, FIRST);
    for (number, step) in steps.iter().enumerate() {
        let fixes: Vec<FixId> = tape.review.collation().fixes().collect();
        let command = match step {
            Step::Text(text) => {
                tape.propose(&format!("text-{number}.txt"), TEXTS[*text]);
                continue;
            }
            Step::Undo => Command::Undo,
            Step::Redo => Command::Redo,
            Step::Edit(at) => {
                let words: Vec<_> = BASE.match_indices("e").map(|(at, _)| at..at + 1).collect();
                let target = Target::Span(at.get(&words).clone());
                Command::Edit { scope: Scope::Word, target, text: format!("<{number}>") }
            }
            Step::Decide(..) | Step::Line(..) if fixes.is_empty() => continue,
            Step::Decide(verdict, at) => wish(*verdict, Scope::Fix, vec![*at.get(&fixes)]),
            Step::Line(verdict, at) => {
                let row = tape.review.collation().row_of(*at.get(&fixes));
                let fixes = tape.review.collation().fixes_in_row(row).collect();
                wish(*verdict, Scope::Line, fixes)
            }
        };
        if decide(&tape.review, &command).is_ok() {
            tape.act(&command);
        }
    }
    tape
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However it is reached, and whether its collation is known before or late.
    #[test]
    fn a_record_is_shown_as_a_review_of_the_log_until_then(
        steps in steps(),
        jumps in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 1..12),
    ) {
        let tape = taped(&steps);
        let mut screen = tape.open(None);
        let mut held: Option<Msg> = None;
        for (index, answers) in jumps {
            screen.answers = answers > 1 && held.is_none();
            screen.press(&format!(":#{}<Enter>jk", index.get(&tape.records).seq));
            let fresh = afresh(&tape, screen.model.replayed().expect("a replay").seq);
            let is_fresh = |screen: &Screen| told(screen.model.review()) == told(&fresh);
            let unknown = screen.row(0).contains("comparing");
            prop_assert!(unknown || is_fresh(&screen), "at once");
            let established = screen.model.review().ledger().established();
            prop_assert_eq!(established, fresh.ledger().established());
            if screen.asked.drain(..).any(|effect| effect == Effect::Collate) {
                held = Some(screen.collated());
            }
            if answers == 0 && let Some(answer) = held.take() {
                screen.answers = true;
                screen.send(answer);
                prop_assert!(is_fresh(&screen), "late");
            }
        }
    }

    /// Whatever is pressed at whatever size, while collations come when they like.
    #[test]
    fn any_keys_at_any_size_come_through(
        steps in steps(),
        keys in prop::collection::vec(prop::sample::select(vec![
            ".", ",", "]", "[", "g", "G", "3", "j", "k", "<PgDn>", "<Enter>", "H", "<Esc>", "t", " ",
            "x", "i", "?", "/e<Enter>", "n", ":4<Enter>", "answer", "answers", "resize",
        ]), 0..30),
        columns in 0_u16..100,
        rows in 0_u16..30,
    ) {
        let tape = taped(&steps);
        let mut screen = Screen::open(tape.setup((columns, rows), Some(4)));
        let mut held: Vec<Msg> = Vec::new();
        for key in keys {
            match key {
                "answers" => screen.answers = !screen.answers,
                "answer" => drop(held.pop().map(|answer| screen.send(answer))),
                "resize" => drop(screen.resize(rows * 3, columns / 3)),
                key => drop(screen.press(key)),
            }
            screen.send(Msg::Tick);
            if screen.asked.drain(..).any(|effect| effect == Effect::Collate) {
                held.push(screen.collated());
            }
        }
        let fresh = afresh(&tape, screen.model.replayed().expect("a replay").seq);
        let shown = screen.model.review();
        prop_assert_eq!(shown.ledger().established(), fresh.ledger().established());
    }
}
