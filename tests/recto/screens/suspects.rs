//! Suspects: the way from one to the next, what is said of them, and checking one off.

use recto::document::Text;
use recto::propose::suspects::suspects;
use recto::ui::msg::Msg;
use recto::ui::suspects::Suspects;

use super::driver::Screen;
use super::verbs::{established, log};

const BASE: &str = "\
a first line of text\n\
Mr. Kar\u{43f}\u{43e}\u{432} spoke\n\
the Commi1tee (of ten\n\
\n\
and Ha1l too\n";
const TRANSCRIPT: &str = "\
a first line of text\n\
Mr. Karpov spoke\n\
the Commi1tee (of ten\n\
\n\
and H\u{430}ll too\n";

fn look(base: &str, transcript: &str) -> Suspects {
    let [base, transcript] =
        [base, transcript].map(|text| suspects(&Text::new(text).expect("short")));
    Suspects { base, transcript }
}

fn screen() -> Screen {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    let found = look(BASE, TRANSCRIPT);
    screen.send(Msg::Suspected(found));
    screen
}

#[test]
fn s_goes_from_suspect_to_suspect_and_says_why() {
    let mut screen = screen();
    screen.press("gs");
    assert_eq!(screen.reversed(), ["Commi1tee", "Commi1tee"], "a fix mends the one before");
    assert!(screen.text().contains("a digit inside a word"), "{}", screen.text());
    assert_eq!(screen.row(4).chars().nth(43), Some('s'), "{}", screen.text());
    screen.press("s");
    assert_eq!(screen.reversed(), ["(", "("]);
    screen.press("s");
    assert_eq!(screen.reversed(), ["Ha1l", "H\u{430}ll"], "the corrected text has it wrong too");
    assert!(screen.text().contains("letters of two scripts in one word"), "{}", screen.text());
    screen.press("s");
    assert!(screen.text().contains("on from the top"), "{}", screen.text());
    screen.press("S");
    assert!(screen.text().contains("on from the end"), "{}", screen.text());
}

#[test]
fn a_checks_a_suspect_off_and_goes_to_the_next() {
    let mut screen = screen();
    screen.press("gsa");
    assert_eq!(log(&screen), ["checked "]);
    assert_eq!(established(&screen), BASE);
    assert_eq!(screen.reversed(), ["(", "("], "on to the next suspect: {}", screen.text());
    screen.press("r");
    assert_eq!(screen.log.len(), 1, "there is nothing to reject");
    screen.press("ggs");
    assert_eq!(screen.reversed(), ["(", "("], "what was checked is no stop any more");
    screen.press("u");
    screen.press("gs");
    assert_eq!(screen.reversed(), ["Commi1tee", "Commi1tee"]);
}

#[test]
fn a_suspect_proposal_is_a_fix_like_any_other() {
    let mut screen = screen();
    screen.press("GSss");
    screen.press("gsssr");
    assert_eq!(log(&screen), ["reject fix 1"]);
    screen.press("gsss");
    assert!(screen.text().contains("on from the top"), "{}", screen.text());
}

#[test]
fn a_filter_by_suspect_goes_from_one_to_the_next() {
    let mut screen = screen();
    screen.press("f");
    assert!(screen.text().contains("suspect: digit-in-word              1"), "{}", screen.text());
    screen.press("<Esc>:filter su<Tab>");
    assert!(screen.text().contains("Enter: show only 2 lines: suspects"), "{}", screen.text());
    screen.press("<Enter>");
    assert_eq!(screen.reversed(), ["Commi1tee", "Commi1tee"], "the first one: {}", screen.text());
    assert!(!screen.text().contains("a first line"), "{}", screen.text());
    assert!(screen.row(0).contains("only suspects"), "{}", screen.text());
    screen.press("n");
    assert_eq!(screen.reversed(), ["(", "("]);
    screen.press("a");
    assert_eq!(log(&screen), ["checked "]);
    assert_eq!(screen.reversed(), ["Ha1l", "H\u{430}ll"], "on to the next: {}", screen.text());
    screen.press("r");
    assert_eq!(log(&screen)[1..], ["reject fix 1"]);
    assert_eq!(screen.reversed(), ["Commi1tee", "Commi1tee"], "round the end: {}", screen.text());
    screen.press("a");
    assert!(screen.text().contains("nothing left of suspects: f shows all"), "{}", screen.text());
}

#[test]
fn a_filter_wants_suspects_of_its_reasons_only() {
    let mut screen = screen();
    screen.press(":filter suspect=bracket<Enter>ss");
    assert_eq!(screen.reversed(), ["(", "("], "the digit before it is none: {}", screen.text());
    screen.press(":filter suspect=mixed-script kind=digit<Enter>");
    assert_eq!(screen.reversed(), ["Ha1l", "H\u{430}ll"]);
    screen.press(":filter suspect=mixed-script rejected<Enter>");
    assert!(screen.text().contains("no line fits"), "{}", screen.text());
    screen.press(":reject suspect<Enter>");
    assert_eq!(log(&screen), ["reject alike 1"], "what is proposed can be rejected by it");
}

#[test]
fn suspects_are_no_filter_before_they_are_known() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    screen.press(":filter suspect");
    assert!(screen.text().contains("still looking for suspects"), "{}", screen.text());
    screen.press("<Enter>");
    assert!(screen.text().contains("still looking for suspects"), "{}", screen.text());
    screen.press(":reject suspect<Enter>");
    assert!(screen.log.is_empty());
}

#[test]
fn what_the_corrected_text_makes_whole_is_no_suspect() {
    let base = "some (words\nand two (more of thern\n(and one\n";
    let transcript = "so some (words)\nand two (more) of them\n(and one\n";
    let mut screen = Screen::new(base, transcript);
    let found = look(base, transcript);
    assert_eq!(found.base.len(), 3);
    screen.send(Msg::Suspected(found));
    screen.press(":filter suspect");
    assert!(screen.text().contains("show only 1 line: suspects"), "{}", screen.text());
    screen.press("<Enter>");
    assert!(screen.line(">").contains("(and one"), "{}", screen.text());
}
