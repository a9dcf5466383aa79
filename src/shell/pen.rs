//! The style that the terminal writes in, and the shortest sequence that changes it.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Modifiers with the numbers that set and clear them.
const MODIFIERS: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Holds the style that the terminal writes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    /// Says whether the pen writes in the style of `cell`.
    pub(super) fn shows(self, cell: &Cell) -> bool {
        self == Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Says whether a blank written now looks like `cell`; `seen` are the modifiers seen on one.
    pub(super) fn shows_blank(self, cell: &Cell, seen: Modifier) -> bool {
        let modifier = self.modifier & seen;
        modifier == cell.modifier & seen
            && self.bg == cell.bg
            && (modifier.is_empty() || self.fg == cell.fg)
    }

    /// Takes on the style of `cell` and writes what the terminal needs for that.
    pub(super) fn change(&mut self, cell: &Cell, out: &mut Vec<u8>) {
        if self.shows(cell) {
            return;
        }
        let next = Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        let plain = Self::default();
        let anew = plain.steps(next);
        // A number that is left out is 0, which is plain: a byte less in most changes of style.
        let anew = if anew.is_empty() { anew } else { format!(";{anew}") };
        let steps = self.steps(next);
        let shorter = if anew.len() < steps.len() { anew } else { steps };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(shorter.as_bytes());
        out.push(b'm');
        *self = next;
    }

    /// Returns the numbers that lead from this style to `next`, with semicolons between.
    fn steps(self, next: Self) -> String {
        let mut numbers = Vec::new();
        let mut left = self.modifier;
        for &(modifier, _, clear) in MODIFIERS {
            if left.contains(modifier) && !next.modifier.contains(modifier) {
                numbers.push(clear.to_string());
                for &(twin, _, _) in MODIFIERS.iter().filter(|it| it.2 == clear) {
                    left.remove(twin);
                }
            }
        }
        for &(modifier, set, _) in MODIFIERS {
            if next.modifier.contains(modifier) && !left.contains(modifier) {
                numbers.push(set.to_string());
            }
        }
        if self.fg != next.fg {
            numbers.push(colour(next.fg, 30));
        }
        if self.bg != next.bg {
            numbers.push(colour(next.bg, 40));
        }
        numbers.join(";")
    }
}

/// Returns the numbers of a colour; `base` is 30 for letters, 40 for what is behind them.
fn colour(colour: Color, base: u8) -> String {
    match (colour, index(colour)) {
        (Color::Rgb(red, green, blue), _) => format!("{};2;{red};{green};{blue}", base + 8),
        (_, Some(index @ 0..8)) => (base + index).to_string(),
        (_, Some(index @ 8..16)) => (base + 60 + index - 8).to_string(),
        (_, Some(index)) => format!("{};5;{index}", base + 8),
        (_, None) => (base + 9).to_string(),
    }
}

/// Returns the place of a colour among the 256; none for the terminal's usual one and for mixed ones.
pub(super) fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Reset | Color::Rgb(..) => return None,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) => index,
    })
}
