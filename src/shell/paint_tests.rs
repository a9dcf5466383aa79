//! Cases of the painter: what it sends makes any terminal show the picture.

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::*;

const WIDTH: u16 = 24;
const HEIGHT: u16 = 9;

fn buffer(lines: &[&str]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    for (y, line) in lines.iter().enumerate() {
        buffer.set_string(0, y as u16, line, Style::default());
    }
    buffer
}

fn sent(painter: &mut Painter, buffer: &Buffer) -> String {
    String::from_utf8(painter.frame(buffer.clone(), None).to_vec()).expect("frames are text")
}

/// Says how `buffer` and what the terminal shows differ first.
fn difference(terminal: &vt100::Parser, buffer: &Buffer) -> Option<String> {
    let grid = Grid::of(buffer.clone(), true);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let cell = &grid.row(usize::from(y))[usize::from(x)];
            let shown = terminal.screen().cell(y, x).expect("within the screen");
            let symbol = if shown.has_contents() || shown.is_wide_continuation() {
                shown.contents()
            } else {
                " "
            };
            let is = |modifier| cell.modifier.contains(modifier);
            let style = symbol != cell.symbol()
                || (!symbol.is_empty()
                    && (shown.inverse() != is(Modifier::REVERSED)
                        || shown.underline() != is(Modifier::UNDERLINED)
                        || shown.bgcolor() != vt_colour(cell.bg)))
                || (!symbol.trim().is_empty()
                    && (shown.bold() != is(Modifier::BOLD)
                        || shown.dim() != is(Modifier::DIM)
                        || shown.italic() != is(Modifier::ITALIC)
                        || shown.fgcolor() != vt_colour(cell.fg)));
            if style {
                return Some(format!("({x}, {y}) is {symbol:?} {shown:?}, not {cell:?}"));
            }
        }
    }
    None
}

fn vt_colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        other => panic!("{other:?} is none of the test's"),
    }
}

/// One change of a picture: words written in a style, or rows moved.
#[derive(Debug, Clone)]
enum Change {
    Write(u16, u16, String, Style),
    Clear(u16),
    Move(isize),
}

fn change() -> impl Strategy<Value = Change> {
    let colour = prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::LightBlue),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => Just(Color::Rgb(1, 2, 3)),
    ];
    let modifiers = [
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::REVERSED,
        Modifier::UNDERLINED.union(Modifier::ITALIC),
    ];
    let style = (colour.clone(), colour, proptest::sample::select(modifiers.to_vec()))
        .prop_map(|(fg, bg, modifier)| Style::reset().fg(fg).bg(bg).add_modifier(modifier));
    let text = prop_oneof!["[a-z ]{0,14}", "[ab漢字é\u{301}│─ ]{0,8}", " {0,24}"];
    prop_oneof![
        6 => (0..WIDTH, 0..HEIGHT, text, style)
            .prop_map(|(x, y, text, style)| Change::Write(x, y, text, style)),
        1 => (0..HEIGHT).prop_map(Change::Clear),
        2 => (-3_isize..=3).prop_map(Change::Move),
    ]
}

fn apply(buffer: &mut Buffer, change: &Change) {
    let width = usize::from(WIDTH);
    match change {
        Change::Write(x, y, text, style) => buffer.set_string(*x, *y, text, *style),
        Change::Clear(y) => {
            let from = usize::from(*y) * width;
            buffer.content[from..from + width].fill(Cell::default());
        }
        Change::Move(rows) => {
            let by = rows.unsigned_abs() * width;
            if *rows > 0 { buffer.content.rotate_left(by) } else { buffer.content.rotate_right(by) }
        }
    }
}

proptest! {
    #[test]
    fn the_terminal_shows_the_picture(
        frames in proptest::collection::vec(proptest::collection::vec(change(), 0..8), 1..8),
        cursor in proptest::option::of((0..WIDTH, 0..HEIGHT)),
    ) {
        let cursor = cursor.map(|(x, y)| Position { x, y });
        let size = |cells| std::num::NonZero::new(cells).expect("the test's screen has cells");
        let mut terminal = vt100::Parser::new(size(HEIGHT), size(WIDTH), 0);
        terminal.process(b"stale");
        let mut painter = Painter::new(true);
        let mut picture = buffer(&[]);
        for changes in frames {
            for change in &changes {
                apply(&mut picture, change);
            }
            terminal.process(painter.frame(picture.clone(), cursor));
            if let Some(difference) = difference(&terminal, &picture) {
                prop_assert!(false, "{}", difference);
            }
            if let Some(Position { x, y }) = cursor {
                prop_assert_eq!(terminal.screen().cursor_position(), (y, x));
            }
            prop_assert!(painter.frame(picture.clone(), cursor).is_empty());
        }
    }
}

#[test]
fn only_what_differs_is_sent() {
    let mut painter = Painter::new(true);
    sent(&mut painter, &buffer(&["> one", "  two", "  three"]));
    let moved = sent(&mut painter, &buffer(&["  one", "> two", "  three"]));
    assert_eq!(moved, "\x1b[?2026h\x1b[H \n\x08>\x1b[?2026l");
    assert_eq!(sent(&mut painter, &buffer(&["  one", "> two", "  three"])), "");
}

#[test]
fn a_wiped_row_is_erased() {
    let mut painter = Painter::new(true);
    sent(&mut painter, &buffer(&["a long line of text"]));
    assert_eq!(sent(&mut painter, &buffer(&["a"])), "\x1b[?2026h\ra \x1b[K\x1b[?2026l");
    sent(&mut painter, &buffer(&["a long line of text   |"]));
    let bared = sent(&mut painter, &buffer(&["a                     |"]));
    assert_eq!(bared, "\x1b[?2026h\ra \x1b[20X\x1b[?2026l");
}

#[test]
fn a_scroll_sends_one_row() {
    let page = |from: u8| {
        let mut rows = vec!["HEAD".to_owned()];
        rows.extend((from..from + 7).map(|n| char::from(b'a' + n).to_string().repeat(20)));
        rows.push("foot".to_owned());
        buffer(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut painter = Painter::new(true);
    sent(&mut painter, &page(3));
    let up = "\x1b[?2026h\x1b[2;8r\x1b[8H\n\x1b[r\x1b[8Hkkkkkkkkkkkkkkkkkkkk\x1b[?2026l";
    assert_eq!(sent(&mut painter, &page(4)), up);
    let down = "\x1b[?2026h\x1b[2;8r\x1b[2H\x1bM\x1bM\x1b[r\ncccccccccccccccccccc\r\ndddddddddddddddddddd\x1b[?2026l";
    assert_eq!(sent(&mut painter, &page(2)), down);
}

#[test]
fn no_control_character_and_no_colour_gets_out() {
    let mut hostile = buffer(&["red"]);
    hostile[(0, 0)].set_symbol("\u{1b}[31m").set_fg(Color::Red);
    hostile[(1, 0)].set_symbol("\u{9b}").set_bg(Color::Rgb(1, 2, 3));
    hostile[(2, 0)].modifier = Modifier::BOLD;
    let sent = sent(&mut Painter::new(false), &hostile);
    assert_eq!(sent, "\x1b[?2026h\x1b[m\x1b[2J\x1b[H??\x1b[1md\x1b[?2026l");
}

#[test]
fn no_size_is_too_small() {
    for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1)] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        buffer.content.iter_mut().for_each(|cell| {
            cell.set_symbol("漢");
        });
        let mut painter = Painter::new(true);
        let cursor = Some(Position { x: 3, y: 3 });
        assert!(!painter.frame(buffer.clone(), cursor).contains(&b'\xe6'));
        assert!(painter.frame(buffer.clone(), cursor).is_empty());
    }
}
