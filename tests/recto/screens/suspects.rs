//! Suspects: the way from one to the next, what is said of them, and checking one off.

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

fn screen() -> Screen {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    let found = Suspects { base: suspects(BASE), transcript: suspects(TRANSCRIPT) };
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
