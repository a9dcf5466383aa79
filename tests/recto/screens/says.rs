//! What the screen says: of acts taken back, of long words, of keys that do not count.

use recto::text::visible::Repertoire;
use recto::ui::msg::{Effect, Msg};

use super::driver::{Screen, parse, setup};

const BASE: &str = "one twc three\nfcur five\nsix sevem\nalike\neight nime tem\n";
const TRANSCRIPT: &str = "one two three\nfour five\nsix seven\nalike\neight nine ten\n";

fn screen() -> Screen {
    Screen::new(BASE, TRANSCRIPT)
}

#[track_caller]
fn says(screen: &Screen, words: &str) {
    assert!(screen.text().contains(words), "not said: {words}\n{}", screen.text());
}

#[test]
fn undo_redo_and_reopening_name_the_reading_that_was_typed() {
    let mut screen = screen();
    screen.press("<Tab>e<C-u>tvo<Enter>");
    says(&screen, "line 1: yours, \"two\" → \"tvo\"");
    screen.press("u");
    says(&screen, "took back #1 edit \"twc\" → \"tvo\" in line 1");
    screen.press("U");
    says(&screen, "put back #1 edit \"twc\" → \"tvo\" in line 1");
    screen.press("go");
    says(&screen, "line 1: open again, \"tvo\" stood");
    screen.press("u");
    says(&screen, "took back #4 reopen \"twc\" → \"two\" in line 1");
}

#[test]
fn undo_of_a_signature_or_a_mark_says_so_and_a_signature_keeps_the_place() {
    let mut screen = screen();
    screen.press("jjy<Enter>");
    screen.press("Gu");
    says(&screen, "took back #1 the signature under the document");
    assert!(screen.line(">").contains("eight"), "{}", screen.text());
    screen.press("k");
    screen.press("U");
    says(&screen, "put back #1 the signature under the document");
    assert!(screen.line(">").contains("alike"), "{}", screen.text());
    screen.press("ggd");
    screen.press("u");
    says(&screen, "took back #4 the mark doubtful at line 1");
    screen.press("ccheck the scan<Enter>Gu");
    says(&screen, "took back #6 the note at line 1");
    assert!(screen.line(">").contains("twc"), "{}", screen.text());
}

#[test]
fn a_difference_deep_in_a_long_word_is_seen_at_the_foot() {
    let word = "Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";
    let misread = word.replace("werk", "wcrk");
    let mut screen = Screen::new(&format!("die {misread} da\n"), &format!("die {word} da\n"));
    let foot = screen.row(22);
    assert!(foot.contains("wcrk") && foot.contains("…") && foot.contains("werk"), "{foot}");
    screen.press("a");
    says(&screen, "wcrk");
}

#[test]
fn apostrophes_and_backslashes_are_said_as_they_are() {
    let mut screen = Screen::new("the Kumetssov\\'s view\n", "the Kuznetsov\\'s view\n");
    screen.press("a");
    says(&screen, "Kumetssov");
    assert!(!screen.text().contains("\\\\"), "{}", screen.text());
    screen.press(":don't<Enter>");
    says(&screen, "no command \"don't\"");
}

#[test]
fn a_space_is_named_at_the_foot() {
    let screen = Screen::new("a  b c\n", "a b c\n");
    says(&screen, "2 spaces → a space");
}

#[test]
fn an_editor_that_fails_is_named_and_the_edit_goes_on() {
    let mut screen = screen();
    screen.press("<Tab>etwice<C-x>");
    assert_eq!(screen.asked, [Effect::Editor("twotwice".to_owned())]);
    let why = "the editor \"nano --speller nothing\" ended with an error; the edit is as it was";
    screen.send(Msg::Edited(Err(why.to_owned())));
    says(&screen, "the editor \"nano --speller nothing\" ended with an error");
    says(&screen, "yours      twotwice");
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 1);
}

#[test]
fn what_is_too_small_to_be_read_is_not_decided() {
    for size in [(6, 3), (12, 24), (16, 2), (15, 5), (80, 1)] {
        let mut screen = Screen::open(setup(BASE, TRANSCRIPT, size));
        screen.press("arod<Tab>aru:undo<Enter>Pa<Enter>");
        assert!(screen.log.is_empty(), "{size:?}: {:?}", screen.log);
        screen.resize(80, 24);
        screen.press("<Esc>ga");
        assert_eq!(screen.log.len(), 1, "{size:?}");
    }
    let mut screen = Screen::open(setup(BASE, TRANSCRIPT, (20, 6)));
    screen.press("a");
    assert_eq!(screen.log.len(), 1, "a word fits on {}", screen.text());
    let mut screen = Screen::open(setup(BASE, TRANSCRIPT, (15, 5)));
    screen.press("a");
    says(&screen, "key dropped");
}

#[test]
fn a_question_that_does_not_fit_is_not_answered() {
    let mut screen = Screen::open(setup(BASE, TRANSCRIPT, (20, 6)));
    screen.press("Pa<Enter>");
    assert!(screen.log.is_empty(), "{}", screen.text());
    screen.resize(20, 12);
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 1, "{}", screen.text());
}

#[test]
fn why_a_review_is_read_only_is_said_at_first_and_leaves_the_lines_of_the_foot() {
    let mut setup = setup(BASE, TRANSCRIPT, (80, 24));
    let why = "letter.mk.recto.jsonl: record 16 at byte 6807 is damaged: its hash is not that of \
               its bytes";
    setup.read_only = Some(why.to_owned());
    let mut screen = Screen::open(setup);
    says(&screen, "read only: letter.mk.recto.jsonl: record 16 at byte 6807");
    screen.press("j");
    assert!(screen.row(21).ends_with("─ read only ──"), "{}", screen.text());
    assert!(screen.row(23).starts_with(" n next open"), "{}", screen.text());
    assert!(screen.row(23).contains("? keys  q quit"), "{}", screen.text());
}

#[test]
fn the_choice_that_is_taken_is_in_sight_and_what_is_not_is_told() {
    let mut screen = Screen::open(setup(BASE, TRANSCRIPT, (60, 20)));
    screen.press("y");
    assert_eq!(screen.row(18).trim(), "page: fixes   page: every word  [document: fixes] …");
    screen.press("<Tab>");
    assert_eq!(screen.row(18).trim(), "…  document: fixes  [document: every word]");
    screen.press("<Tab>");
    assert_eq!(screen.row(18).trim(), "[page: fixes]  page: every word   document: fixes  …");
}

#[test]
fn read_only_is_said_at_once_by_every_verb() {
    let mut setup = setup(BASE, TRANSCRIPT, (80, 24));
    setup.read_only = Some("the log is damaged at record 3".to_owned());
    let mut screen = Screen::open(setup);
    for keys in
        ["a", "r", "e", "o", "u", "U", "d", "c", "y", "<Tab>a", ":undo<Enter>", ":sign<Enter>"]
    {
        screen.press("<Esc>j").press(keys);
        says(&screen, "read only: the log is damaged at record 3");
        assert!(screen.row(21).starts_with("── line"), "{keys}: {}", screen.text());
    }
    assert!(screen.log.is_empty());
}

#[test]
fn a_typed_verb_is_gated_like_its_key() {
    let mut screen = screen();
    screen.press("a");
    let frame = screen.model.next_frame() - 1;
    for key in parse(":undo<Enter>") {
        screen.key(key, frame);
    }
    screen.draw();
    assert_eq!(screen.log.len(), 1, "it came before its prompt was drawn");
    says(&screen, "key dropped: it came before this was on the screen");
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 2);
}

#[test]
fn without_a_corrected_text_nothing_is_said_of_differences() {
    let mut setup = setup(BASE, BASE, (80, 24));
    setup.transcript_name = None;
    setup.first_opening = true;
    let mut screen = Screen::open(setup);
    says(&screen, "no corrected text: read and edit");
    screen.press("a");
    says(&screen, "no corrected text to take or leave: e edits");
    says(&screen, "as the OCR read it");
    screen.press("<Tab>");
    says(&screen, "no corrected text, so no fixes: w picks a word");
    screen.press("n");
    says(&screen, "no corrected text, so nothing is open");
    screen.press(":#999<Enter>");
    says(&screen, "no record 999 that decides, notes or signs");
    screen.press("y");
    says(&screen, "[document: every word]");
    screen.press("<Esc>e<C-k>one two three<Enter>");
    says(&screen, "yours, \"twc\" → \"two\"");
    let text = screen.text();
    assert!(!text.contains("both texts") && !text.contains("nothing is open"), "{text}");
}

#[test]
fn a_class_of_line_ends_is_named_as_one() {
    let base: String = (0..12).map(|line| format!("line {line} of it\r\n")).collect();
    let transcript = base.replace("\r\n", "\n");
    let mut setup = setup(&base, &transcript, (80, 24));
    setup.first_opening = true;
    let mut screen = Screen::open(setup);
    says(&screen, "no differences but line ends");
    says(&screen, "+ 12 line ends, one class: :accept kind=line-end");
    screen.press("a");
    says(&screen, "only line ends of one class here: :accept kind=line-end takes them all");
    assert!(screen.log.is_empty());
    screen.press(":accept kind=line-end<Enter><Enter>");
    assert_eq!(screen.log.len(), 1);
    screen.press("j");
    says(&screen, "no difference here but line ends, decided");
    assert!(!screen.row(0).contains("line ends"), "{}", screen.row(0));
    assert_eq!(screen.model.review().ledger().established(), transcript);
}

#[test]
fn pages_are_gone_through_one_by_one() {
    let text = "one\n\u{c}two\nmore\n\u{c}three\n";
    let mut screen = Screen::new(text, text);
    let on = |screen: &Screen, page: &str, line: &str| {
        assert!(screen.row(0).contains(page), "{}", screen.row(0));
        assert!(screen.text().contains(line), "{}", screen.text());
    };
    on(&screen, "p 1", "── line 1 ");
    screen.press("}");
    on(&screen, "p 2", "── line 2 ");
    screen.press("}");
    on(&screen, "p 3", "── line 4 ");
    screen.press("{");
    on(&screen, "p 2", "── line 2 ");
}

#[test]
fn readings_show_their_blanks_and_the_beginning_of_a_cluster_too_wide_for_them() {
    let base = "a family 👩\u{200d}👩\u{200d}👧\u{200d}👦 of four tmnks, left   \n";
    let transcript = "a family 👩\u{200d}👦 of four trunks, left\n";
    says(&Screen::new(base, transcript), "3 open: 👩‹ZWJ›👩‹… → 👩‹ZWJ›👦 • tmnks → trunks • ");
    says(&Screen::new("第一 章\n", "第一\u{3000}章\n"), "a space → a wide space");
    let columns = Screen::new("HERALD.     SHIPPING\n", "HERALD.\n");
    says(&columns, "·····SHIPPING → nothing");
}

#[test]
fn a_line_that_is_missing_is_placed_at_the_head_and_after_a_line_without_an_end() {
    let mut screen = Screen::new("one\ntwo", "\none\ntwo\nthree\n");
    screen.press("gk");
    says(&screen, "── before line 1 ──");
    screen.press("G");
    says(&screen, "── after line 2 ──");
}

#[test]
fn what_is_longer_in_ascii_is_cut_with_a_sign() {
    let base = "fprechen fo fchön fie fagte\n";
    let mut setup = setup(base, "ſprechen ſo ſchön ſie ſagte\n", (60, 20));
    setup.repertoire = Repertoire::Ascii;
    let mut screen = Screen::open(setup);
    let told = screen.line(" 5 open");
    assert!(told.len() > 55 && told.ends_with("..."), "{told}");
    screen.press("e<C-t>");
    says(&screen, " 17F ");
}

#[test]
fn blanks_at_line_ends_and_blank_lines_are_named_at_the_first_opening() {
    let mut setup =
        setup("one \ntwo \n\nthree\na  b\n\nc\n", "one\ntwo\nthree\na b\nc\n", (80, 24));
    setup.first_opening = true;
    let screen = Screen::open(setup);
    says(&screen, "most often: a blank line → left out (2) • a space → nothing at line ends (2)");
}

#[test]
fn two_differences_of_one_line_are_on_one_line() {
    let mut setup = setup("one twc thrce\n", "one two three\n", (80, 24));
    setup.first_opening = true;
    says(&Screen::open(setup), "2 differences on 1 line ─");
}

#[test]
fn a_line_end_in_words_is_told_in_ascii_as_in_the_panes() {
    let mut setup = setup("so it is\nand so on\n", "so it was\nand so on\n", (80, 24));
    setup.repertoire = Repertoire::Ascii;
    let mut screen = Screen::open(setup);
    screen.press("e<End><F10>x<Enter>");
    says(&screen, "was<NL>x");
    assert!(screen.text().is_ascii() && !screen.text().contains("00B6"), "{}", screen.text());
}
