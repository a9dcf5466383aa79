//! The command line and the filter: what they count, decide and show.

use recto::review::event::Scope;

use super::driver::{Screen, parse};
use super::verbs::{established, log};

const BASE: &str = "\
one twc three\n\
a line that both have, the first\n\
a line that both have, the second\n\
fcur five;\n\
a line that both have, the third\n\
a line that both have, the fourth\n\
a line that both have, the fifth\n\
six sevem, eight.\n\
a line that both have, the sixth\n\
and the Kumetssov name\n";
const TRANSCRIPT: &str = "\
one two three\n\
a line that both have, the first\n\
a line that both have, the second\n\
four five:\n\
a line that both have, the third\n\
a line that both have, the fourth\n\
a line that both have, the fifth\n\
six seven, eight!\n\
a line that both have, the sixth\n\
and the Kuznetsov name\n";

fn screen() -> Screen {
    Screen::new(BASE, TRANSCRIPT)
}

#[test]
fn a_command_counts_while_it_is_typed_and_takes_one_enter() {
    let mut screen = screen();
    screen.press(":accept");
    assert!(
        screen.text().contains("── Enter: accept 6 places: the whole document ─"),
        "{}",
        screen.text()
    );
    screen.press(" k<Tab>");
    assert!(screen.text().contains(":accept kind="), "{}", screen.text());
    assert!(screen.text().contains("line-end page-end missing-line"), "{}", screen.text());
    // All kinds are told, on a second line where the keys are else.
    assert!(screen.line(" diacritic").ends_with(" look-alike name word"), "{}", screen.text());
    screen.press("punc<Tab>");
    assert!(screen.text().contains("Tab complete"), "{}", screen.text());
    assert!(
        screen.text().contains("── Enter: accept 2 places: punctuation ─"),
        "{}",
        screen.text()
    );
    screen.press("line=5..8");
    assert!(screen.text().contains("accept 1 place: punctuation, lines 5–8"), "{}", screen.text());
    assert!(screen.log.is_empty());
    screen.press("<Enter>");
    assert_eq!(log(&screen), ["accept alike 1"]);
    assert_eq!(screen.log[0].decision().expect("a decision").offered, Some(1));
    assert!(established(&screen).contains("eight!"));
}

#[test]
fn tab_goes_through_what_a_word_may_be() {
    let mut screen = screen();
    let typed = |screen: &Screen| screen.line(" :").trim().to_owned();
    screen.press(":accept kind=p<Tab>");
    assert_eq!(typed(&screen), ":accept kind=page-end");
    screen.press("<Tab>");
    assert_eq!(typed(&screen), ":accept kind=punctuation");
    assert!(screen.text().contains("Enter: accept 2 places"), "{}", screen.text());
    screen.press("<Tab><S-Tab>");
    assert_eq!(typed(&screen), ":accept kind=punctuation", "round and round, and back");
    screen.press(",n<Tab>");
    assert_eq!(typed(&screen), ":accept kind=punctuation,name");
    assert!(screen.text().contains("accept 3 places: punctuation, names"), "{}", screen.text());
    screen.press("<Enter>");
    assert_eq!(log(&screen), ["accept alike 3"]);
    screen.press(":re<S-Tab>");
    assert_eq!(typed(&screen), ":redo", "what was typed since counts, not the round before");
}

#[test]
fn enter_counts_only_if_the_count_was_on_the_screen() {
    let mut screen = screen();
    screen.press(":accep");
    let seen = screen.model.next_frame() - 1;
    for key in parse("t<Enter>") {
        screen.key(key, seen);
    }
    screen.draw();
    assert!(screen.log.is_empty());
    assert!(screen.text().contains(":accept"), "it waits for another Enter: {}", screen.text());
    screen.press("<Enter>");
    assert_eq!(log(&screen), ["accept all 6"]);
}

#[test]
fn what_is_wrong_with_a_command_is_said_before_and_after_enter() {
    let cases = [
        ("accept page=9", "there is no page 9: the OCR has 1"),
        ("reject kind=frob", "no kind \"frob\""),
        ("accept line=3..x", "line \"3..x\": write line=2 or line=2..4"),
        ("accept colour=red", "\"colour=red\": write kind=, page=, line=, state= or suspect="),
        ("reopen", "nothing fits: decided"),
        ("frob", ""),
    ];
    for (command, wrong) in cases {
        let mut screen = screen();
        screen.press(&format!(":{command}"));
        assert!(screen.text().contains(wrong), "{command}: {}", screen.text());
        screen.press("<Enter>");
        let wrong =
            if wrong.is_empty() { "no command \"frob\"; there are: 76 (line)" } else { wrong };
        assert!(screen.text().contains(wrong), "{command}: {}", screen.text());
        assert!(screen.log.is_empty());
    }
}

#[test]
fn decided_places_are_taken_by_their_state() {
    let mut screen = screen();
    screen.press("ar:accept state=rejected<Enter>");
    assert_eq!(log(&screen)[2..], ["accept all 2"]);
    assert_eq!(screen.log[2].decision().expect("a decision").scope, Scope::All);
    screen.press(":reopen line=1..4<Enter>");
    assert_eq!(log(&screen)[3..], ["reopen range 3"]);
    assert_eq!(established(&screen), BASE);
}

#[test]
fn up_and_down_recall_what_was_typed() {
    let mut screen = screen();
    screen.press(":4<Enter>:10<Enter>:re<Up>");
    assert!(screen.text().contains("\n :10\n"), "{}", screen.text());
    screen.press("<Up>");
    assert!(screen.text().contains("\n :4\n"), "{}", screen.text());
    screen.press("<Down><Down>");
    assert!(screen.text().contains("\n :re\n"), "{}", screen.text());
    screen.press("<Esc>/five<Enter><Esc>/<Up><Enter>");
    assert!(screen.text().contains("five: 1 of 1"), "{}", screen.text());
}

#[test]
fn the_filter_shows_lines_that_fit_with_lines_around() {
    let mut screen = screen();
    screen.press("jjjjf");
    insta::assert_snapshot!(screen.text(), @r"
     sample  p 1                     open 6/6  accepted 0  rejected 0  edited 0  mk
    ── show only lines with ────────────────────────────────────────────────────────
    >[ ] open                                6
     [ ] decided                             0
     [ ] accepted                            0
     [ ] rejected                            0
     [ ] edited                              0
     [ ] doubtful                            0
     [ ] noted                               0
     [ ] disputed                            0
     [ ] punctuation                         2
     [ ] look-alikes                         2
     [ ] names                               1
     [ ] words                               1







    ── open ──────────────────────────────────────────────── lines around each: 1 ──
     Space tick  + more lines around  - fewer
     Enter show  j down  k up  Esc back                                      filter
    ");
    screen.press("<Enter>");
    insta::assert_snapshot!(screen.text(), @r"
     sample  p 1  only open          open 6/6  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
       1 one twc three                      │ ?  one two three
       2 a line that both have, the first   │    a line that both have, the first
       3 a line that both have, the second  │    a line that both have, the second
       4 fcur five;                         │2?  four five:
       5 a line that both have, the third   │    a line that both have, the third
       7 a line that both have, the fifth   │    a line that both have, the fifth
    >  8 six sevem, eight.                  │2?  six seven, eight!
       9 a line that both have, the sixth   │    a line that both have, the sixth
      10 and the Kumetssov name             │ ?  and the Kuznetsov name
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
    ── line 8 ────────────────────────────────────────────── 4 lines: open; f all ──
     2 open: sevem → seven • eight. → eight!
     a accept  r reject  e edit  n next open  Tab next fix  ? keys  q quit     line
    ");
    assert!(screen.line(">").contains("sevem"), "on to the next that fits");
    screen.press("f");
    assert!(screen.text().contains("the fourth"), "{}", screen.text());
}

#[test]
fn a_line_that_was_decided_stays_until_the_filter_is_left() {
    let mut screen = screen();
    screen.press("f-<Enter>");
    assert!(!screen.text().contains("both have"), "{}", screen.text());
    screen.press("aa");
    assert!(screen.line("   1").contains("one two three"), "{}", screen.text());
    assert!(screen.styles().lines().nth(2).expect("a row").contains("dim"), "{}", screen.styles());
    assert!(screen.line(">").contains("sevem"), "{}", screen.text());
    screen.press("<Esc>f-<Enter>");
    assert!(!screen.text().contains("one two three"), "{}", screen.text());
}

#[test]
fn kinds_and_notes_are_filtered_too() {
    let mut screen = screen();
    screen.press("jdf-");
    screen.press(&"j".repeat(5));
    assert!(screen.line(">").contains("doubtful"), "{}", screen.text());
    screen.press("<Enter>");
    assert!(screen.line(">").contains("the first"), "{}", screen.text());
    assert!(!screen.text().contains("twc"), "{}", screen.text());
    screen.press(":filter kind=name<Enter>");
    assert!(screen.line(">").contains("Kumetssov"), "{}", screen.text());
    assert!(screen.row(0).contains("only names"), "{}", screen.text());
    screen.press(":filter accepted<Enter>");
    assert!(screen.text().contains("no line fits: accepted"), "{}", screen.text());
    screen.press(":filter<Enter>");
    assert!(screen.text().contains("the fifth"), "{}", screen.text());
}

#[test]
fn n_goes_on_within_the_filter() {
    let mut screen = screen();
    screen.press(":filter kind=punctuation<Enter>n");
    assert!(screen.line(">").contains("sevem"), "{}", screen.text());
    screen.press("n");
    assert!(screen.line(">").contains("fcur"), "{}", screen.text());
    screen.press("N");
    assert!(screen.line(">").contains("sevem"), "{}", screen.text());
    screen.press("a");
    assert!(screen.line(">").contains("fcur"), "after a verb, too: {}", screen.text());
}

#[test]
fn verbs_take_what_the_filter_wants_and_nothing_else() {
    let mut screen = screen();
    screen.press(":filter kind=punctuation<Enter>");
    assert_eq!(screen.reversed(), ["five;", "five:"], "the other fix of the line is no part of it");
    assert!(screen.text().contains("five; → five:"), "{}", screen.text());
    screen.press("a");
    assert_eq!(screen.reversed(), ["eight.", "eight!"], "on to the next of its kind");
    screen.press("a");
    assert_eq!(log(&screen), ["accept line 1", "accept line 1"]);
    assert!(screen.text().contains("nothing left of punctuation: f shows"), "{}", screen.text());
    screen.press("a");
    assert_eq!(screen.log.len(), 2);
    assert!(screen.text().contains("the filter leaves out what is open"), "{}", screen.text());
    screen.press("o");
    assert_eq!(log(&screen)[2..], ["reopen line 1"], "what was decided can be reopened");
    screen.press("f");
    assert_eq!(screen.reversed().len(), 4, "both fixes of the line: {}", screen.text());
}

#[test]
fn lines_that_a_filter_hides_are_not_decided() {
    let mut screen = screen();
    screen.press(":filter line=1..4<Enter>gvG");
    assert_eq!(screen.reversed(), ["twc", "two", "fcur", "five;", "four", "five:"]);
    screen.press("a");
    assert!(
        screen.text().contains("accept 3 open fixes that are shown in these lines?"),
        "{}",
        screen.text()
    );
    screen.press("<Esc><Esc>:filter kind=punctuation<Enter>Pa");
    assert!(
        screen.text().contains("accept 2 open fixes that are shown on page 1?"),
        "{}",
        screen.text()
    );
    screen.press("<Enter>");
    assert!(established(&screen).contains("sevem, eight!"), "{}", established(&screen));
}
