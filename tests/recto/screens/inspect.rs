//! The inspection: letters, scripts, how often, what was decided elsewhere.

use super::driver::Screen;

#[test]
fn a_word_of_two_scripts_is_taken_apart() {
    let mut screen = Screen::new(
        "Mr. Kar\u{43f}ov said\nand Kar\u{43f}ov went\nMr. Petro\u{432} came\n",
        "Mr. Karpov said\nand Karpov went\nMr. Petro\u{432} came\n",
    );
    screen.press("<Tab>r<Tab>i");
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 1/2  accepted 0  rejected 1  edited 0  mk
    ── letter by letter ────────────────────────────────────────────────────────────
     Latin and Cyrillic letters in one word of the OCR's: look closely
     Karпov: 2 in the OCR, 0 in the corrected text
     Karpov: 0 in the OCR, 2 in the corrected text
     at like places: 1 rejected (decided in line 1)

     OCR  Karпov                            text  Karpov
      K        U+004B  Latin                 K        U+004B  Latin
      a        U+0061  Latin                 a        U+0061  Latin
      r        U+0072  Latin                 r        U+0072  Latin
      п        U+043F  ! Cyrillic            p        U+0070  Latin
      o        U+006F  Latin                 o        U+006F  Latin
      v        U+0076  Latin                 v        U+0076  Latin









     Esc close  j down  k up  Space screen down
    "#);
    // Agreed words of two scripts are marked as well.
    screen.press("<Esc>");
    let text = screen.text();
    let y = text.lines().position(|line| line.contains("Petro")).expect("shown");
    let row = text.lines().nth(y).expect("a row");
    let x = row.chars().position(|letter| letter == '\u{432}').expect("shown");
    let style = screen.buffer()[(x as u16, y as u16)].modifier;
    assert!(style.contains(ratatui::style::Modifier::BOLD), "{row}");
}

#[test]
fn what_cannot_be_seen_is_named() {
    let mut screen = Screen::new("a\u{200b}b \u{17f}o\u{a0}x\n", "ab so x\n");
    screen.press("i");
    insta::assert_snapshot!(screen.text(), @r#"
     sample  p 1                     open 3/3  accepted 0  rejected 0  edited 0  mk
    ── letter by letter ────────────────────────────────────────────────────────────
     a‹ZWSP›b ſo⍽x: 1 in the OCR, 0 in the corrected text
     ab so x: 0 in the OCR, 1 in the corrected text

     OCR  a‹ZWSP›b ſo⍽x                     text  ab so x
      a        U+0061  Latin                 a        U+0061  Latin
      ‹ZWSP›   U+200B  invisible
      b        U+0062  Latin                 b        U+0062  Latin
      ·        U+0020  blank                 ·        U+0020  blank
      ſ        U+017F  Latin  long s         s        U+0073  Latin
      o        U+006F  Latin                 o        U+006F  Latin
      ⍽        U+00A0  blank  no-break blank ·        U+0020  blank
      x        U+0078  Latin                 x        U+0078  Latin









     Esc close  j down  k up  Space screen down
    "#);
}
