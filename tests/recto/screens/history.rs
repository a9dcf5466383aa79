//! The history of a line while reviewing: choosing a reading, bringing it back by a new record.

use recto::review::event::{Event, Scope, Verdict};

use super::driver::{Screen, parse};

const BASE: &str = "one twc three\nfcur five\nsix\n";
const TRANSCRIPT: &str = "one two three\nfour five\nsix\nseven\n";

fn established(screen: &Screen) -> String {
    screen.model.review().ledger().established()
}

/// Opens the history of the first line, in which `two` was accepted, then edited to `tow`.
fn twice() -> Screen {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    screen.press("g<Tab>ag<Tab>e<C-u><C-k>tow<Enter>gH");
    assert!(established(&screen).starts_with("one tow three\n"), "{}", established(&screen));
    screen
}

#[test]
fn an_earlier_reading_is_asked_about_and_brought_back_by_a_new_record() {
    let mut screen = twice();
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 2/3  accepted 0  rejected 0  edited 1  mk
    ── line 1, so far ──────────────────────────────────────────────────── 2 of 2 ──
      #1     24 Nov 2026  09:12:07 UTC  mk                                 replaced
        accept  fix    twc → two
    > #2     24 Nov 2026  09:12:07 UTC  mk                                   stands
        edit    fix    two → tow

















     Enter bring back  j later  k earlier  Esc close                        history
    "#);
    screen.press("k<Enter>");
    assert!(screen.text().contains("bring back two of #1 in place of tow? Enter does it"));
    assert_eq!(screen.log.len(), 2, "asking records nothing");
    screen.press("<Enter>");
    let decided = screen.log.last().and_then(Event::decision).expect("a decision");
    assert_eq!((decided.verdict, decided.scope), (Verdict::Accept, Scope::Fix));
    assert!(established(&screen).starts_with("one two three\n"));
    assert!(screen.text().contains("brought back \"twc\" → \"two\""), "{}", screen.text());
    screen.press("u");
    assert!(established(&screen).starts_with("one tow three\n"), "undo takes it back");
}

#[test]
fn the_answer_counts_only_if_the_question_was_on_the_screen() {
    let mut screen = twice();
    screen.press("k");
    let seen = screen.model.next_frame() - 1;
    let enter = parse("<Enter>")[0];
    screen.key(enter, seen);
    screen.key(enter, seen);
    screen.key(enter, seen);
    assert_eq!(screen.log.len(), 2, "keys held down decide nothing");
    screen.draw();
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 3);
}

#[test]
fn what_was_left_as_it_was_stays() {
    let mut screen = twice();
    screen.press("k<Enter><Esc>");
    assert_eq!(screen.log.len(), 2);
    screen.press("gH<Enter>");
    assert!(screen.text().contains("that is what stands here now"), "{}", screen.text());
    assert_eq!(screen.log.len(), 2);
}

#[test]
fn a_rejection_an_insertion_and_an_undone_act_are_brought_back() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    screen.press("g<Tab>rug<Tab>agHk");
    assert!(screen.text().contains("undone by #2"), "{}", screen.text());
    screen.press("<Enter><Enter>");
    let decided = screen.log.last().and_then(Event::decision).expect("a decision");
    assert_eq!(decided.verdict, Verdict::Reject);
    assert!(established(&screen).starts_with("one twc three\n"));
    screen.press("Gagj<Esc>Gr");
    screen.press("G<Tab>oG<Tab>aG<Tab>rGH");
    let shown = screen.text();
    assert!(shown.contains("nothing → seven¶"), "{shown}");
    screen.press("k<Enter><Enter>");
    assert!(established(&screen).ends_with("six\nseven\n"), "{}\n{shown}", established(&screen));
}

#[test]
fn a_reading_under_a_wider_one_is_refused() {
    let mut screen = Screen::new("one twc thre\n", "one two three\n");
    screen.press("g<Tab>a");
    screen.press("<Esc>ge<C-u><C-k>another line<Enter>gH");
    let shown = screen.text();
    screen.press("g<Esc>gHkkkkk<Enter>");
    let log = screen.log.len();
    let refused = screen.text().contains("a later reading reaches over this place");
    let asked = screen.text().contains("bring back");
    assert!(refused || asked, "{shown}\n{}", screen.text());
    assert_eq!(screen.log.len(), log);
}
