//! A picture as cells, so made that what looks the same is the same.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use crate::shell::pen::index;

/// Modifiers that can be seen on a blank.
pub(super) const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Set in the look of a symbol that is too long to be part of it.
const LONG: u128 = 1 << 127;

/// Holds cells, normalised so that equal looks are equal cells.
///
/// Each cell has its look in one number beside it, as pictures are compared over and over: with the
/// one before, and with it moved by some rows.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) width: usize,
    /// None once the picture is drawn, unless a symbol is no part of its look.
    cells: Vec<Cell>,
    looks: Vec<u128>,
}

impl Grid {
    /// Returns the cells of row `y`.
    pub(super) fn row(&self, y: usize) -> &[Cell] {
        &self.cells[y * self.width..(y + 1) * self.width]
    }

    /// Returns how many columns and rows there are.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.width, self.height())
    }

    /// Returns how many rows there are.
    pub(super) fn height(&self) -> usize {
        self.looks.len().checked_div(self.width).unwrap_or(0)
    }

    /// Says whether row `y` and row `other_y` of `other` look the same.
    pub(super) fn same_row(&self, y: usize, other: &Self, other_y: usize) -> bool {
        let (from, other_from) = (y * self.width, other_y * self.width);
        let looks = &self.looks[from..from + self.width];
        looks == &other.looks[other_from..other_from + self.width]
            && (!any_long(looks) || self.row(y) == other.row(other_y))
    }

    /// Counts the cells in some columns that differ between row `y` and row `other_y` of `other`.
    pub(super) fn differing(
        &self,
        (y, columns): (usize, Range<usize>),
        other: &Self,
        other_y: usize,
    ) -> usize {
        let at = |y: usize| y * self.width + columns.start..y * self.width + columns.end;
        let (here, there) = (at(y), at(other_y));
        let (looks, others) = (&self.looks[here.clone()], &other.looks[there.clone()]);
        let differing = looks.iter().zip(others).filter(|(one, two)| one != two).count();
        let cells = (self.cells.get(here), other.cells.get(there));
        let (true, (Some(cells), Some(other_cells))) = (any_long(looks), cells) else {
            return differing;
        };
        let long = looks.iter().zip(others).map(|(one, two)| one == two && one & LONG != 0);
        let cells = cells.iter().zip(other_cells).zip(long);
        differing + cells.filter(|((one, two), long)| *long && one != two).count()
    }

    /// Moves the rows from `top` to before `end` up by `rows`, down if it is negative, and blanks
    /// those that are bared.
    pub(super) fn scroll(&mut self, top: usize, end: usize, rows: isize) {
        let region = top * self.width..end * self.width;
        let by = rows.unsigned_abs() * self.width;
        if !self.cells.is_empty() {
            shift(&mut self.cells[region.clone()], by, rows > 0, &Cell::default());
        }
        shift(&mut self.looks[region], by, rows > 0, &look(&Cell::default()));
    }

    /// Makes a grid of blanks.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Self { width, looks: vec![look(&Cell::default()); width * height], cells: Vec::new() }
    }

    /// Returns what the next picture is compared with: the cells are half of what a key touches in
    /// memory, and hardly ever needed for that.
    pub(super) fn drawn(self) -> Self {
        let cells = if any_long(&self.looks) { self.cells } else { Vec::new() };
        Self { cells, ..self }
    }

    /// Takes the cells of `buffer`, without colours unless `colour`.
    pub(super) fn of(buffer: Buffer, colour: bool) -> Self {
        let width = usize::from(buffer.area.width);
        let mut cells = buffer.content;
        for row in cells.chunks_mut(width.max(1)) {
            normalise(row, colour);
        }
        let looks = cells.iter().map(look).collect();
        Self { width, cells, looks }
    }
}

/// Says whether one of some cells has a symbol that is no part of its look.
fn any_long(looks: &[u128]) -> bool {
    // Without a way out in the middle it goes by several cells at once.
    looks.iter().fold(0, |all, look| all | look) & LONG != 0
}

/// Moves what a slice holds towards its start or its end, and fills what is bared.
fn shift<T: Clone>(slice: &mut [T], by: usize, up: bool, blank: &T) {
    if up {
        slice.rotate_left(by);
        let from = slice.len() - by;
        slice[from..].fill(blank.clone());
    } else {
        slice.rotate_right(by);
        slice[..by].fill(blank.clone());
    }
}

/// Returns a number for what a cell shows: letters, colours and attributes. Cells of another number
/// look different; those of the same look the same, unless their symbol is too long for it.
fn look(cell: &Cell) -> u128 {
    let letters = match cell.symbol().as_bytes() {
        [letter] => u128::from(*letter),
        letters if letters.len() <= 4 => {
            letters.iter().fold(0, |number, letter| number << 8 | u128::from(*letter))
        }
        _ => LONG,
    };
    let style = match (cell.fg, cell.bg) {
        (Color::Reset, Color::Reset) => 0,
        (fg, bg) => u128::from(number(bg)) << 32 | u128::from(number(fg)),
    };
    letters | style << 32 | u128::from(cell.modifier.bits()) << 96
}

/// Returns a number for a colour.
fn number(colour: Color) -> u32 {
    match (colour, index(colour)) {
        (Color::Rgb(red, green, blue), _) => u32::from_be_bytes([2, red, green, blue]),
        (_, Some(index)) => u32::from_be_bytes([1, 0, 0, index]),
        (_, None) => 0,
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
