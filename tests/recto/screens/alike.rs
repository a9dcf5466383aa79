//! `*`: the list of places alike, and what is decided from it.

use recto::review::event::{Event, Verdict};
use recto::ui::msg::Effect;

use super::driver::{Screen, parse, setup};
use super::verbs::{established, log};

const BASE: &str = "\
Harold A. Sorgentl, Board Vice Chalrman\n\
the minutes of the meeting of May l0 were read\n\
Mr. Sorgentl's motion was put by a long line of speakers, among them Harold A. Sorgentl again\n\
Vice Chairman Sorgentl. The president spoke\n\
and of May l0 again\n";
const TRANSCRIPT: &str = "\
Harold A. Sorgenti, Board Vice Chairman\n\
the minutes of the meeting of May 10 were read\n\
Mr. Sorgenti's motion was put by a long line of speakers, among them Harold A. Sorgenti again\n\
Vice Chairman Sorgentl. The president spoke\n\
and of May 10 again\n";

fn screen() -> Screen {
    Screen::new(BASE, TRANSCRIPT)
}

#[test]
fn the_list_shows_both_sides_and_what_is_ticked() {
    let mut screen = screen();
    insta::assert_snapshot!(screen.press("*").text(), @r#"
     sample  p 1                     open 6/6  accepted 0  rejected 0  edited 0  mk
     Sorgentl → Sorgenti                    3 ticked of 4              in this word
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
     The corrected text proposes it
    >[x]   1 Harold A. Sorgentl, Board Vice…│ ?  Harold A. Sorgenti, Board Vice Cha…
     [x]   3 Mr. Sorgentl's motion was put …│ ?  Mr. Sorgenti's motion was put by a…
     [x]   3 …Harold A. Sorgentl again      │ ?  … Harold A. Sorgenti again

     Both texts still have Sorgentl: read, then tick
     [ ]   4 Vice Chairman Sorgentl. The pr…│    Vice Chairman Sorgentl. The presid…








    ── line 1 ──────────────────────────────────────────────────────────────────────
     OCR        Harold A. Sorgentl, Board Vice Chalrman
     corrected  Harold A. Sorgenti, Board Vice Chairman
    ── * again: same letters in any word, l → i, 4 ────── decided, not offered: 0 ──
     Space tick  t tick all or none  * wider  Enter go to the line  Esc back
     a accept 3  r reject 3    (one act, asks once)                           alike
    "#);
    assert_eq!(screen.reversed(), ["Sorgentl", "Sorgenti"]);
}

#[test]
fn what_is_ticked_is_one_act_that_takes_enter_and_one_undo() {
    let mut screen = screen();
    screen.press("*GjGk <Esc>");
    assert!(screen.log.is_empty());
    screen.press("*G a");
    assert!(screen.log.is_empty(), "it asks first");
    assert!(screen.text().contains("accept 4 places alike?"), "{}", screen.text());
    screen.press("<Esc>");
    assert!(screen.text().contains("4 ticked of 4"), "back in the list: {}", screen.text());
    screen.press("a<Enter>");
    assert_eq!(log(&screen), ["accept alike 4"]);
    assert_eq!(established(&screen).matches("Sorgenti").count(), 4);
    let decided = screen.log[0].decision().expect("a decision");
    assert_eq!(decided.offered, Some(4));
    let froms: Vec<Option<&str>> = decided.sites.iter().map(|site| site.from.as_deref()).collect();
    assert_eq!(froms, [None, None, None, Some("alike")]);
    assert!(screen.row(0).contains("accepted 3  rejected 0  edited 0+1"), "{}", screen.row(0));
    assert!(screen.text().contains("── line 1 ─"), "something is open there: {}", screen.text());
    screen.press("u");
    assert!(screen.text().contains("sure?"), "an act on several lines is named: {}", screen.text());
    screen.press("<Enter>");
    assert_eq!(established(&screen), BASE);
}

#[test]
fn what_was_looked_at_and_rejected_is_not_offered_again() {
    let mut screen = screen();
    screen.press("*tt");
    assert!(screen.text().contains("0 ticked of 4"), "{}", screen.text());
    screen.press("G r<Enter>");
    assert_eq!(log(&screen), ["reject alike 1"]);
    assert_eq!(established(&screen), BASE);
    screen.press("g*");
    assert!(screen.text().contains("3 ticked of 3"), "{}", screen.text());
    assert!(screen.row(0).contains("edited 0  mk"), "nothing changed: {}", screen.row(0));
}

#[test]
fn digits_are_ticked_by_hand() {
    let mut screen = screen();
    screen.press("j*");
    assert!(screen.text().contains("0 ticked of 2"), "{}", screen.text());
    screen.press("a");
    assert!(screen.text().contains("nothing is ticked: Space ticks"), "{}", screen.text());
    screen.press("ta<Enter>");
    assert_eq!(log(&screen), ["accept alike 2"]);
}

#[test]
fn a_reading_of_ones_own_is_offered_at_the_other_places() {
    let mut screen = screen();
    screen.press("<Tab>e<C-k><C-u>Sorgenty<Enter>");
    assert_eq!(log(&screen), ["edit fix 1"]);
    screen.press("g<Tab>*");
    assert!(screen.text().contains("Sorgentl → Sorgenty"), "{}", screen.text());
    assert!(screen.text().contains("0 ticked of 3"), "{}", screen.text());
    screen.press("ta<Enter>");
    screen.press("g<Tab>*ta<Enter>");
    assert!(established(&screen).contains("Mr. Sorgenty's motion"), "{}", established(&screen));
    let Event::Decided(decided) = &screen.log[1] else { panic!("{:?}", screen.log) };
    assert_eq!(decided.verdict, Verdict::Accept);
    assert!(decided.sites.iter().all(|site| site.from.as_deref() == Some("alike")));
    assert!(screen.row(0).contains("edited 3"), "{}", screen.row(0));
}

#[test]
fn a_word_that_both_texts_have_wrong_is_offered_once_it_is_edited() {
    let mut screen = Screen::new(
        "the Committe met\nno Committe there\n",
        "the Committe met\nno Committe there\n",
    );
    screen.press("ww*");
    assert!(screen.text().contains("both texts agree here: e edits"), "{}", screen.text());
    screen.press("e<End>e<Enter>*");
    assert!(screen.text().contains("Committe → Committee"), "{}", screen.text());
    screen.press("ta<Enter>");
    assert_eq!(established(&screen), "the Committee met\nno Committee there\n");
}

#[test]
fn enter_goes_to_the_place_and_widening_keeps_it() {
    let mut screen = screen();
    screen.press("*jj<Enter>");
    assert!(screen.log.is_empty());
    assert!(screen.text().contains("── line 3, fix 2 of 2 ─"), "{}", screen.text());
    assert_eq!(screen.reversed(), ["Sorgentl", "Sorgenti"]);
    screen.press("**");
    assert!(screen.text().contains("l → i"), "{}", screen.text());
    assert!(screen.text().contains("4 ticked of 4"), "{}", screen.text());
    assert!(screen.line(">").contains("Sorgentl again"), "{}", screen.text());
    screen.press("*");
    assert!(screen.text().contains("that is the widest list"), "{}", screen.text());
}

#[test]
fn a_tick_and_a_verb_in_one_burst_decide_nothing() {
    let mut screen = screen();
    screen.press("*");
    let seen = screen.model.next_frame() - 1;
    for key in parse(" a") {
        screen.key(key, seen);
    }
    screen.draw();
    assert!(!screen.text().contains("sure?"), "{}", screen.text());
    assert!(screen.log.is_empty());
}

#[test]
fn lists_and_pages_wait_for_the_gaps_they_need() {
    use recto::collate::collation::Collation;
    use recto::collate::gap::gap;
    use recto::collate::plan::plan;
    use recto::document::Text;
    use recto::review::state::Review;
    use recto::ui::msg::Msg;

    let between: String = (0..40).map(|line| format!("line {line} is the same\n")).collect();
    let long = |word: &str| format!("a {word} first\n{between}the {word} last\n");
    let text = |text: String| Text::new(text).expect("short");
    let whole = plan(text(long("word")), text(long("wurd")));
    let gaps: Vec<_> = (0..whole.blocks.len() as u32)
        .filter(|&block| !whole.blocks[block as usize].equal)
        .map(|block| (block, gap(&whole, block)))
        .collect();
    let [first, last] = gaps.try_into().expect("the test needs two gaps");
    for (keys, asked) in [("*", "2 ticked of 2"), ("Pa", "accept 2 open fixes on page 1?")] {
        let mut setup = setup("", "", (80, 24));
        setup.review = Review::new(Collation::new(plan(text(long("word")), text(long("wurd")))));
        let mut screen = Screen::open(setup);
        screen.press(keys);
        assert!(screen.text().contains("0 of 2 places compared"), "{}", screen.text());
        screen.send(Msg::Collated(vec![last.clone()]));
        assert!(screen.text().contains("1 of 2 places compared"), "{}", screen.text());
        screen.send(Msg::Collated(vec![first.clone()]));
        assert!(screen.text().contains(asked), "{keys}: {}", screen.text());
        assert!(screen.log.is_empty());
        assert!(!screen.asked.iter().any(|effect| matches!(effect, Effect::Append(_))));
    }
}

#[test]
fn the_list_fits_any_screen() {
    let mut screen = screen();
    screen.press("*");
    for (columns, rows) in [(0, 0), (1, 1), (10, 3), (40, 12), (59, 24), (200, 50), (80, 5)] {
        screen.resize(columns, rows).press("jk*");
    }
}

#[test]
fn a_blank_that_differs_has_a_sign_in_the_list() {
    let mut screen = Screen::new("a b\nc  d\na b\n", "a b \nc d\na b \n");
    screen.press("*");
    assert!(screen.line(">[x]").ends_with("a b·"), "{}", screen.text());
    assert!(screen.line(" corrected").ends_with(" a b·"), "{}", screen.text());
    // What both sides have is no sign.
    assert!(screen.line(" OCR ").ends_with(" a b"), "{}", screen.text());
}
