//! A picture as cells, so made that what looks the same is the same.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// Modifiers that can be seen on a blank.
pub(super) const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Holds cells, normalised so that equal looks are equal cells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Grid {
    pub(super) width: usize,
    pub(super) cells: Vec<Cell>,
}

/// Says whether two cells look the same: what `==` says, without a call for each letter of ASCII.
#[inline]
pub(super) fn same(one: &Cell, other: &Cell) -> bool {
    match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one_letter], [letter]) => {
            one_letter == letter
                && one.fg == other.fg
                && one.bg == other.bg
                && one.modifier == other.modifier
        }
        _ => one == other,
    }
}

/// Says whether two rows look the same.
pub(super) fn same_row(one: &[Cell], other: &[Cell]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

impl Grid {
    /// Returns the cells of row `y`.
    pub(super) fn row(&self, y: usize) -> &[Cell] {
        &self.cells[y * self.width..(y + 1) * self.width]
    }

    /// Returns how many rows there are.
    pub(super) fn height(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Makes a grid of blanks.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Self { width, cells: vec![Cell::default(); width * height] }
    }

    /// Takes the cells of `buffer`, without colours unless `colour`.
    pub(super) fn of(buffer: Buffer, colour: bool) -> Self {
        let width = usize::from(buffer.area.width);
        let mut cells = buffer.content;
        for row in cells.chunks_mut(width.max(1)) {
            normalise(row, colour);
        }
        Self { width, cells }
    }
}

/// Makes cells that look the same equal: blanks lose what cannot be seen, what a wide character
/// covers is empty, and what no terminal should get is a question mark.
fn normalise(row: &mut [Cell], colour: bool) {
    let mut covered = 0_usize;
    for x in 0..row.len() {
        let room = row.len() - x;
        let cell = &mut row[x];
        if !colour {
            (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
        }
        if covered > 0 {
            covered -= 1;
            cell.reset();
            cell.set_symbol("");
            continue;
        }
        // Most cells hold a letter of ASCII, about which there is nothing to find out.
        if !matches!(cell.symbol().as_bytes(), [b' '..=b'~']) {
            covered = made_sure(cell, room).saturating_sub(1).min(room - 1);
        }
        if cell.symbol() == " " {
            cell.modifier &= SEEN_ON_BLANK;
            if cell.modifier.is_empty() {
                cell.fg = Color::Reset;
            }
        }
    }
}

/// Takes out of a cell what no terminal should get; returns how many cells its symbol takes.
fn made_sure(cell: &mut Cell, room: usize) -> usize {
    if cell.symbol().chars().any(char::is_control) {
        cell.set_symbol("?");
    }
    let width = usize::from(cell.symbol().cell_width());
    if width == 0 || width > room {
        cell.set_symbol(" ");
    }
    width
}
