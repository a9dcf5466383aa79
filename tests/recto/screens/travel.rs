//! Travel: counted searches, the way back, pages, other layouts, the scroll bar.

use super::driver::{Screen, setup};

fn long(lines: usize) -> (String, String) {
    let line = |n: usize| match n % 25 {
        0 => format!("line {n} has a wurd that is wrong\n"),
        24 => format!("line {n} ends its page\n\u{c}"),
        _ => format!("line {n} is right on both sides\n"),
    };
    let base: String = (0..lines).map(line).collect();
    let transcript = base.replace("wurd", "word");
    (base, transcript)
}

fn screen(lines: usize, size: (u16, u16)) -> Screen {
    let (base, transcript) = long(lines);
    Screen::open(setup(&base, &transcript, size))
}

#[test]
fn a_search_counts_its_hits() {
    let mut screen = screen(100, (80, 24));
    screen.press("/wrong<Enter>");
    assert!(screen.text().contains("1 of 4"), "{}", screen.text());
    screen.press("nn");
    assert!(screen.text().contains("3 of 4"), "{}", screen.text());
    screen.press("nn");
    assert!(screen.text().contains("1 of 4; on from the top"), "{}", screen.text());
    screen.press("N");
    assert!(screen.text().contains("4 of 4; on from the end"), "{}", screen.text());
    screen.press("/word<Enter>");
    assert!(screen.text().contains("of 4"), "the corrected text has it: {}", screen.text());
    screen.press("<Esc>:reject<Enter>/word<Enter>");
    assert!(screen.text().contains("not found"), "what stands is searched: {}", screen.text());
}

#[test]
fn the_way_back_after_going_far() {
    let mut screen = screen(100, (80, 24));
    screen.press("jjG");
    screen.press(":30<Enter>");
    screen.press("jj<C-o>");
    assert!(
        screen.text().contains("── line 100 ─") || screen.text().contains("── line 101 ─"),
        "{}",
        screen.text()
    );
    screen.press("<C-o>");
    assert!(screen.text().contains("── line 3 ─"), "{}", screen.text());
    screen.press("<C-o>");
    assert!(screen.text().contains("no place to go back to"), "{}", screen.text());
    screen.press("<C-n><C-n>");
    assert!(screen.text().contains("── line 32 ─"), "{}", screen.text());
}

#[test]
fn the_pages_are_listed_with_what_is_decided() {
    let mut screen = screen(100, (80, 24));
    screen.press("ap");
    insta::assert_snapshot!(screen.text(), @r"
     sample  p 2                     open 3/4  accepted 1  rejected 0  edited 0  mk
    ── 4 pages ─────────────────────────────────────────────────────────────────────
         1  line 1      ━━━━━━━━━━━━━━━━━━━━  1 of 1
    >    2  line 26     ────────────────────  0 of 1
         3  line 51     ────────────────────  0 of 1
         4  line 76     ────────────────────  0 of 1
















    ────────────────────────────────────────────────────────────────────────────────
     Enter go to the page  j down  k up  Esc back                             pages
    ");
    screen.press("jj<Enter>");
    assert!(screen.row(0).contains("p 4"), "{}", screen.text());
    screen.press("{{:pages<Enter><Esc>");
    assert!(screen.row(0).contains("p 2"), "{}", screen.text());
}

#[test]
fn the_text_as_it_stands_is_shown_alone() {
    let base = "one twc three\nan extra line here\nand the same long line on both sides\n";
    let transcript = "one two three and more\nand the same long line on both sides\n";
    let mut screen = Screen::open(setup(base, transcript, (60, 12)));
    screen.press("tt");
    insta::assert_snapshot!(screen.text(), @r"
     sample  p 1 open 3/3  accepted 0  rejected 0  edited 0  mk
    ── the text as it stands ───────────────────────────────────
    >  1 2?  one two three·and·more
       2  ?  ╌╌╌
       3     and the same long line on both sides




    ── line 1 ───────────────────────── the text as it stands ──
     2 open: twc → two • nothing → ·and more
     a accept  r reject  e edit  n next open  ? keys       line
    ");
    screen.press("r");
    assert!(screen.text().contains("   1  r  one twc three"), "{}", screen.text());
    screen.press("t");
    assert!(screen.text().contains("┬"), "{}", screen.text());
}

#[test]
fn the_divider_moves_and_both_sides_still_answer() {
    let mut screen = screen(50, (80, 24));
    screen.press(">>");
    let title = screen.row(1);
    assert_eq!(title.chars().position(|sign| sign == '┬'), Some(48), "{title}");
    screen.press(&"<lt>".repeat(20));
    assert!(screen.text().contains("no further"), "{}", screen.text());
    assert_eq!(screen.row(1).chars().position(|sign| sign == '┬'), Some(22), "{}", screen.text());
    assert!(screen.line(">").contains("line 0 has"), "{}", screen.text());
    screen.press("a");
    assert_eq!(screen.log.len(), 1);
}

#[test]
fn a_scroll_bar_marks_what_is_open() {
    let mut screen = screen(100, (80, 24));
    let bar = |screen: &Screen| -> String {
        (2..21).map(|row| screen.row(row).chars().nth(79).unwrap_or(' ')).collect()
    };
    assert_eq!(bar(&screen), "┣┃┃┃├││││├││││├││││");
    screen.press("aaa");
    assert_eq!(bar(&screen), "│││││││││││┃┃┃┣││││");
}

#[test]
fn the_end_of_the_text_fills_the_screen() {
    let base: String = (1..=30).map(|line| format!("line {line} is as it is\n")).collect();
    let blanks = |screen: &Screen| {
        (2..21).filter(|&row| screen.row(row).split('│').all(|pane| pane.trim().is_empty())).count()
    };
    let mut screen = Screen::new(&base, &base.replace("line 30 ", "line 3O "));
    for keys in ["g<Space>", "<Space>", "<Space>", "gG", "<C-u><C-d><C-d>", "<C-e><C-e>"] {
        screen.press(keys);
        assert_eq!(blanks(&screen), 0, "{keys}\n{}", screen.text());
    }
    assert!(screen.line(">").contains("line 30 "), "{}", screen.text());
    // One row more below there is none: the cursor stays. What was put further up stays, too.
    screen.press("gG<PgUp>kk");
    let before = screen.line(">");
    screen.press("g<C-y>");
    assert!(screen.line(">").contains("line 1 "), "{before}\n{}", screen.text());
    screen.press("Gzt<C-e>");
    let far = blanks(&screen);
    assert!(far >= 17, "{}", screen.text());
    screen.press("<C-y>");
    assert!(blanks(&screen) < far, "{}", screen.text());
}

#[test]
fn a_line_alone_is_folded_no_further_than_the_screen_is_high() {
    let long = "so it goes on and on, and nobody knows why it does, ".repeat(90);
    let base = format!("{long}tbe {long}");
    let mut screen = Screen::new(&base, &base.replace("tbe", "the"));
    let shown = |row: String| row.split('│').next().is_some_and(|left| !left.trim().is_empty());
    let rows = |screen: &Screen| (2..21).filter(|&row| shown(screen.row(row))).count();
    assert!(rows(&screen) >= 18, "{}", screen.text());
    assert!(screen.text().contains("⋯") && screen.text().contains("tbe"), "{}", screen.text());
    // Not beside others: there the next line is worth more.
    let base = format!("{base}\nlast\n");
    screen = Screen::new(&base, &base.replace("tbe", "the"));
    assert!(rows(&screen) <= 8, "{}", screen.text());
}
