//! The mouse moves, and never decides.

use recto::ui::msg::{Effect, Mouse, MouseAct, Msg};

use super::driver::{Screen, parse};

const BASE: &str = "one twc three\nfcur five\nsix sevem\nalike\neight nime tem\n";
const TRANSCRIPT: &str = "one two three\nfour five\nsix seven\nalike\neight nine ten\n";

fn mouse(screen: &mut Screen, act: MouseAct, column: u16, row: u16) {
    screen.send(Msg::Mouse(Mouse { act, column, row }));
}

#[test]
fn a_click_goes_to_a_line_or_a_fix_on_either_side() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    mouse(&mut screen, MouseAct::Press, 8, 5);
    assert!(screen.line(">").contains("alike"), "{}", screen.text());
    // "nime" in the left pane, then "ten" in the right one.
    mouse(&mut screen, MouseAct::Press, 12, 6);
    assert_eq!(screen.reversed(), ["nime", "nine"]);
    mouse(&mut screen, MouseAct::Press, 57, 6);
    assert_eq!(screen.reversed(), ["tem", "ten"]);
    assert!(screen.log.is_empty());
    screen.press("a");
    assert_eq!(screen.log.len(), 1);
    // Below the text, on the bar, on the rule, outside of everything: nothing.
    let before = screen.model.cursor().clone();
    for (column, row) in [(10, 15), (3, 0), (40, 4), (999, 999), (3, 23)] {
        mouse(&mut screen, MouseAct::Press, column, row);
        assert_eq!(screen.model.cursor(), &before, "{column} {row}");
    }
}

#[test]
fn no_mouse_ever_decides() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    for keys in ["", "e", "<Esc>/", "<Esc>P", "<Esc>PaP", "?", "<Esc>i", "<Esc>*"] {
        screen.press(keys);
        for act in [
            MouseAct::Press,
            MouseAct::Drag,
            MouseAct::Release,
            MouseAct::WheelDown,
            MouseAct::WheelUp,
        ] {
            for row in 0..24 {
                mouse(&mut screen, act, 9, row);
            }
        }
    }
    assert!(screen.log.is_empty());
}

#[test]
fn the_wheel_scrolls_and_the_mouse_can_be_given_back() {
    let base: String = (0..100).map(|line| format!("line {line} is as it is\n")).collect();
    let mut screen = Screen::new(&base, &base.replace("line 0", "line O"));
    mouse(&mut screen, MouseAct::WheelDown, 9, 5);
    assert!(screen.row(2).contains("line 3"), "{}", screen.text());
    mouse(&mut screen, MouseAct::WheelUp, 9, 5);
    assert!(screen.row(2).contains("line 0"), "{}", screen.text());
    // In the list of places alike it moves the cursor of the list.
    let line = "a tbe b\n";
    let mut list = Screen::new(&line.repeat(9), &line.replace("tbe", "the").repeat(9));
    list.press("*");
    let before = list.text();
    mouse(&mut list, MouseAct::WheelDown, 9, 5);
    assert_ne!(list.text(), before);
    mouse(&mut list, MouseAct::WheelUp, 9, 5);
    assert_eq!(list.text(), before);
    screen.press(":mouse<Enter>");
    assert!(screen.asked.contains(&Effect::Mouse(false)), "{:?}", screen.asked);
    screen.press(":mouse<Enter>");
    assert!(screen.asked.contains(&Effect::Mouse(true)), "{:?}", screen.asked);
}

#[test]
fn a_click_goes_to_a_place_of_a_list_and_ticks_nothing() {
    let line = "a tbe b\n";
    let (base, transcript) = (line.repeat(40), line.replace("tbe", "the").repeat(40));
    let both = "so tbe end\n";
    let mut screen = Screen::new(&format!("{base}{both}"), &format!("{transcript}{both}"));
    screen.press("*");
    let ticks = |screen: &Screen| screen.row(1);
    let before = ticks(&screen);
    assert!(before.contains("40 ticked of 41"), "{before}");
    // Above the list stand its head and a heading: they are no places.
    mouse(&mut screen, MouseAct::Press, 9, 3);
    assert!(screen.line(">").contains("  1 a tbe b"), "{}", screen.text());
    mouse(&mut screen, MouseAct::Press, 9, 8);
    assert!(screen.line(">").contains("  5 a tbe b"), "{}", screen.text());
    // Far down the list moves, the place that was clicked in its middle.
    mouse(&mut screen, MouseAct::Press, 9, 17);
    assert!(screen.line(">").contains(" 14 a tbe b"), "{}", screen.text());
    mouse(&mut screen, MouseAct::Press, 9, 9);
    assert!(screen.line(">").contains(" 13 a tbe b"), "{}", screen.text());
    screen.press("G");
    let last = screen.text().lines().position(|row| row.contains("so tbe end")).expect("shown");
    screen.press("g");
    mouse(&mut screen, MouseAct::WheelDown, 9, 9);
    assert!(screen.line(">").contains("  4 a tbe b"), "{}", screen.text());
    screen.press("Gk");
    mouse(&mut screen, MouseAct::Press, 9, last as u16);
    assert!(screen.line(">").contains("so tbe end"), "{}", screen.text());
    assert_eq!(ticks(&screen), before);
    for keys in ["<Esc>f", "<Esc>p"] {
        let mut screen = Screen::new(&"a tbe b\n\u{c}".repeat(40), &"a the b\n\u{c}".repeat(40));
        screen.press(keys);
        let second = screen.row(3).trim().to_owned();
        mouse(&mut screen, MouseAct::Press, 9, 3);
        assert!(screen.line(">").ends_with(&second), "{}", screen.text());
        mouse(&mut screen, MouseAct::WheelDown, 9, 3);
        assert!(screen.row(6).starts_with('>'), "{}", screen.text());
        mouse(&mut screen, MouseAct::Press, 9, 1);
        assert!(screen.row(6).starts_with('>'), "a heading is no place: {}", screen.text());
    }
}

#[test]
fn what_is_highlighted_is_copied_as_it_stands() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    let copied = |screen: &Screen| match screen.asked.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    screen.press("Y");
    assert_eq!(copied(&screen), "one two three");
    screen.press("<Tab>rgY");
    assert_eq!(copied(&screen), "one twc three");
    screen.press("G<Tab>Y");
    assert_eq!(copied(&screen), "nine");
    screen.press("<Esc>PY");
    assert_eq!(copied(&screen), TRANSCRIPT.replace("two", "twc"));
    screen.send(Msg::Copied(Ok("to tmux's buffer".to_owned())));
    assert!(screen.text().contains("copied to tmux's buffer; x writes to a file"));
    let _ = parse("Y");
}

#[test]
fn the_divider_is_dragged_as_far_as_it_goes() {
    let mut screen = Screen::new(BASE, TRANSCRIPT);
    let divider = |screen: &Screen| screen.row(3).chars().position(|sign| sign == '│');
    assert_eq!(divider(&screen), Some(40));
    // A press beside it takes no hold of it.
    mouse(&mut screen, MouseAct::Press, 39, 5);
    mouse(&mut screen, MouseAct::Drag, 30, 5);
    assert_eq!(divider(&screen), Some(40));
    mouse(&mut screen, MouseAct::Press, 40, 5);
    for (column, stands) in [(30, 30), (33, 33), (0, 22), (79, 58), (999, 58), (50, 50)] {
        mouse(&mut screen, MouseAct::Drag, column, 999);
        assert_eq!(divider(&screen), Some(stands), "{column}\n{}", screen.text());
    }
    mouse(&mut screen, MouseAct::Release, 50, 5);
    mouse(&mut screen, MouseAct::Drag, 30, 5);
    assert_eq!(divider(&screen), Some(50), "released");
    // The keys go on from there.
    screen.press("<lt>");
    assert_eq!(divider(&screen), Some(46));
    // Held while the screen becomes too narrow for panes side by side: nothing.
    mouse(&mut screen, MouseAct::Press, 46, 5);
    screen.resize(40, 24);
    mouse(&mut screen, MouseAct::Drag, 10, 5);
    screen.resize(80, 24);
    assert_eq!(divider(&screen), Some(46));
    assert!(screen.log.is_empty());
}

#[test]
fn a_click_on_the_scroll_bar_goes_to_that_part_and_back() {
    let base: String = (0..190).map(|line| format!("line {line} is as it is\n")).collect();
    let mut screen = Screen::new(&base, &base.replace("line 150 ", "line 15O "));
    screen.press("g");
    let bar = |screen: &Screen| -> String {
        (2..21).map(|row| screen.row(row).chars().nth(79).unwrap_or(' ')).collect()
    };
    assert_eq!(bar(&screen), "┃┃│││││││││││││├│││");
    mouse(&mut screen, MouseAct::Press, 79, 2 + 15);
    assert!(screen.line(">").contains("line 150"), "{}", screen.text());
    assert_eq!(bar(&screen).chars().nth(15), Some('┣'));
    screen.press("<C-o>");
    assert!(screen.line(">").contains("line 0"), "{}", screen.text());
    for (size, rows) in [((50, 24), 12..20), ((80, 24), 2..21)] {
        screen.resize(size.0, size.1).press("tt");
        let last = usize::from(size.0) - 1;
        let bar = |row| screen.row(row).chars().nth(last).unwrap_or(' ');
        assert!(rows.map(bar).any(|sign| sign == '├'), "{}", screen.text());
    }
}

#[test]
fn the_text_stays_where_it_is_under_a_click_on_a_fix() {
    let long = "so it goes on and on, and nobody knows why it does, ".repeat(9);
    let base = format!("first\n{long}tbe {long}qux\nlast\n");
    let mut screen = Screen::new(&base, &base.replace("tbe", "the").replace("qux", "qox"));
    screen.press("gzz");
    let row = |screen: &Screen| screen.text().lines().position(|row| row.contains("tbe"));
    let before = row(&screen).expect("in sight");
    let column = screen.row(before).find("tbe").expect("there") as u16;
    mouse(&mut screen, MouseAct::Press, column, before as u16);
    assert_eq!(screen.reversed(), ["tbe", "the"], "{}", screen.text());
    assert_eq!(row(&screen), Some(before), "{}", screen.text());
}
