//! The line of an edit: what is typed, taken, undone, pasted, and how it is shown.

use recto::ui::msg::Msg;

use super::driver::{Screen, setup};
use super::verbs::established;

const BASE: &str = "Any transactlons\ncrease 1n L7. 5. employment, and\nof fo2es ſo\n";
const TRANSCRIPT: &str = "Any transactions\ncrease in L). S. employment, and\nof foxes ſo\n";

fn editing(keys: &str) -> Screen {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    screen.press(":2<Enter>e").press(keys);
    screen
}

fn yours(screen: &Screen) -> String {
    let line = screen.line(" yours");
    line[" yours      ".len()..].to_owned()
}

#[test]
fn typing_is_undone_in_the_line_and_nothing_of_it_is_recorded() {
    let mut screen = editing("<End> so on<C-w>far");
    assert_eq!(yours(&screen), "crease in L). S. employment, and so far");
    screen.press("<C-z>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and so");
    screen.press("<C-_><C-_>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and so");
    screen.press("<C-_><C-_><C-_>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and");
    assert!(screen.text().contains("nothing was typed before this"), "{}", screen.text());
    screen.press("<C-y><C-y>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and so");
    screen.press("<Esc>");
    assert!(screen.log.is_empty());
}

#[test]
fn a_text_is_taken_word_by_word_or_whole() {
    let mut screen = editing("");
    assert!(screen.text().contains(" records    nothing so far"), "{}", screen.text());
    screen.press("<Up>");
    assert_eq!(yours(&screen), "crease 1n L). S. employment, and");
    screen.press("<Down>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and");
    screen.press("<PgUp>");
    assert_eq!(yours(&screen), "crease 1n L7. 5. employment, and");
    screen.press("<PgDn>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and");
    screen.press("<PgUp><C-z>");
    assert_eq!(yours(&screen), "crease in L). S. employment, and");
    screen.press("<Home><Up>");
    assert!(screen.text().contains("the OCR has the same here"), "{}", screen.text());
}

#[test]
fn what_is_cut_says_so_and_the_heading_names_what_is_edited() {
    let long = format!("{} teh {}", "some words before".repeat(6), "and some after it ".repeat(9));
    let mut screen =
        Screen::new(&format!("{long}\n"), &format!("{}\n", long.replace("teh", "the")));
    screen.press("e");
    assert!(screen.text().contains("── editing line 1 ──"), "{}", screen.text());
    for line in [" OCR ", " corrected", " yours"] {
        let shown = &screen.line(line)[12..];
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{line}: {shown}");
    }
    screen.press("<Home>");
    for line in [" OCR ", " corrected", " yours"] {
        let shown = &screen.line(line)[12..];
        assert!(shown.starts_with("some words") && shown.ends_with('…'), "{line}: {shown}");
    }
    screen.press("<C-o>f");
    let made = &screen.line(" makes")[12..];
    assert!(made.starts_with("s ſ") && made.ends_with('…'), "{made}");
    assert!(screen.text().contains(" Esc back  "), "{}", screen.text());
    screen.press("<Esc><Esc><Tab>e");
    assert!(screen.text().contains("── editing line 1, fix 1 of 1 ──"), "{}", screen.text());
    assert_eq!(yours(&screen), "the");
}

#[test]
fn letters_come_by_code_by_two_keys_and_by_escape() {
    let mut screen = editing("<End><C-v>17f");
    assert!(screen.text().contains("letter by code: U+17F is ſ, then Enter"), "{}", screen.text());
    screen.press("<Enter><C-o>a'<C-o>-m<C-o>*w<C-o>_(<C-o>_|\\u{2020}");
    assert!(yours(&screen).ends_with("andſá—ᾡ†"), "{}", screen.text());
    screen.press("<C-z>");
    assert!(yours(&screen).ends_with("ᾡ\\u{2020}"), "an escape can be had back");
    screen.press("<C-o>q");
    assert!(screen.text().contains(" makes      "), "{}", screen.text());
    screen.press("Q");
    assert!(screen.text().contains("no letter is made of q and Q"), "{}", screen.text());
    screen.press("<C-o><Esc>x");
    assert!(yours(&screen).ends_with("}x"), "Esc leaves the two keys, not the edit");
}

#[test]
fn the_letters_of_the_document_can_be_picked() {
    let mut screen = Screen::new("naïve ſo\nœ\n", "naïve ſo ſo\nœuvre é\n");
    screen.press("e<C-t>");
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 2/2  accepted 0  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── corrected  transcript.txt ──────────
    >  1 naïve ſo                           │ ?  naïve ſo·ſo
       2 œ                                  │ ?  œuvre·é
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
    ── 4 letters of this document ──────────────────────────── ſ  U+017F  3 times ──
      ſ   ï   œ   é




    ── editing line 1 ──────────────────────────────────────────────────────────────
     OCR        naïve ſo
     corrected  naïve ſo ſo
     yours      naïve ſo ſo
     records    nothing so far: this is the text as it stands
     Enter put in  Esc back  ↑ row up  ↓ row down  a-z next like it            edit
    "#);
    screen.press("<Right><Enter>");
    assert!(yours(&screen).contains('ï'), "{}", screen.text());
    // A plain letter goes to those made from it.
    screen.press("<C-t>e<Enter>");
    assert!(yours(&screen).contains('é'), "{}", screen.text());
    screen.press("<C-t><Esc>");
    assert!(screen.text().contains("editing line 1"), "Esc leaves the letters, not the edit");
    let mut plain = Screen::new("a\n", "b\n");
    plain.press("e<C-t>");
    assert!(plain.text().contains("only plain ASCII letters"), "{}", plain.text());
}

#[test]
fn a_paste_is_told_of_where_it_holds_line_ends_or_what_cannot_be_seen() {
    let mut screen = editing("<End>");
    screen.send(Msg::Paste("; a\r\nb\u{202e}\x1b[2J\n".to_owned()));
    assert!(yours(&screen).ends_with("and; a¶b‹U+202E›␛[2J"), "{}", screen.text());
    // What is said is longer than the rule: it goes on where the keys are else.
    let said = "1 line end pasted: it would be one of the text; what cannot be seen is shown";
    assert!(screen.text().contains(said), "{}", screen.text());
    assert!(screen.line(" by sign; ").contains("Ctrl-z takes it back"), "{}", screen.text());
    screen.press("<C-z>");
    assert!(yours(&screen).ends_with("and"), "{}", screen.text());
    screen.press("<Esc>/");
    screen.send(Msg::Paste("foxes\nſo".to_owned()));
    assert!(screen.text().contains("foxes ſo"), "{}", screen.text());
}

#[test]
fn a_long_line_is_edited_with_both_texts_beside_the_cursor() {
    let words = "the quick brown fox jumps over a lazy dog and ".repeat(2000);
    let base = format!("1n {words}wrqng {words}end\n");
    let transcript = format!("in {words}wrong {words}end\n");
    let mut screen = Screen::open(setup(&base, &transcript, (80, 24)));
    // The first fix alone, then the whole line, then its second fix.
    screen.press("e");
    assert_eq!(yours(&screen), "in");
    screen.press("<F8><End>");
    assert!(yours(&screen).ends_with("dog and end"), "{}", screen.text());
    assert!(screen.line(" OCR  ").ends_with("dog and end"), "{}", screen.text());
    screen.press(&"<M-b>".repeat(12)).press("very ");
    let column = |start: &str, word: &str| screen.line(start).find(word).expect("shown");
    let word = column(" yours  ", "and the quick");
    assert_eq!(column(" OCR  ", "and the quick"), word, "{}", screen.text());
    assert_eq!(column(" corrected  ", "and the quick"), word, "{}", screen.text());
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 1, "{}", screen.text());
    let decided = screen.log[0].decision().expect("an edit");
    assert!(decided.sites.len() <= 3, "only what changed: {}", decided.sites.len());
}

#[test]
fn an_edit_where_the_ocr_has_nothing_takes_the_words_around_and_no_more() {
    let base = "very glad hereof,and caused the combatants to be brouqht\n";
    let transcript = "very glad hereof, and caused the combatants to be brought\n";
    let mut screen = Screen::new(base, transcript);
    screen.press("<Tab>e");
    assert!(screen.line(" yours").ends_with("hereof, and"), "{}", screen.text());
    screen.press("X<Enter>");
    assert_eq!(established(&screen), base.replace("hereof,and", "hereof, andX"));
    assert!(screen.row(0).contains("open 1/2"), "the other stays open: {}", screen.text());
    let mut screen = Screen::new("a bc\n", "a b c\n");
    screen.press("<Tab>e<C-u>xy<Enter>");
    assert_eq!(established(&screen), "a xy\n");
    let mut screen = Screen::new("a bc\n", "so a bc\n");
    screen.press("<Tab>e<Esc><Esc>e<End>!<Enter>");
    assert_eq!(established(&screen), "so a bc!\n", "the whole line, as ever");
}
