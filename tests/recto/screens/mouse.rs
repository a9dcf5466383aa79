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
