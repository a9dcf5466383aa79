//! From one picture to the next in few bytes: over a slow link, bytes are the latency.
//!
//! The toolkit's own backend sends every changed cell of a scrolled screen, an absolute move after
//! each wide character and 25 bytes where nothing changed. The painter keeps what the terminal
//! shows, scrolls what only moved, and sends short moves, short changes of style and nothing else.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::Color;

use crate::shell::grid::{Grid, SEEN_ON_BLANK};
use crate::shell::pen::Pen;
use crate::shell::scroll;

/// Opens a synchronized update; a terminal that does not know it ignores it.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Closes a synchronized update.
const END: &[u8] = b"\x1b[?2026l";
/// Blanks in a row from which on erasing them is shorter than writing them.
const ERASE_FROM: usize = 10;

/// Holds what the terminal shows, and finds the bytes that make it show another picture.
#[derive(Debug)]
pub struct Painter {
    shown: Grid,
    /// Whether `shown` is what the terminal shows; if not, the next frame clears it first.
    known: bool,
    cursor_shown: bool,
    colour: bool,
    pen: Pen,
    /// The row of the terminal's cursor, once it is known. It never wraps by itself.
    row: Option<u16>,
    /// Its column; none after a symbol to which terminals give other widths.
    column: Option<u16>,
    out: Vec<u8>,
}

/// Says whether erasing gives this cell.
fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && cell.modifier.is_empty()
}

impl Painter {
    /// Starts with a terminal of which nothing is known but that its cursor is hidden.
    #[must_use]
    pub fn new(colour: bool) -> Self {
        Self {
            shown: Grid::default(),
            known: false,
            cursor_shown: false,
            colour,
            pen: Pen::default(),
            row: None,
            column: None,
            out: Vec::new(),
        }
    }

    /// Forgets what the terminal shows: the next frame clears it and draws everything.
    pub fn forget(&mut self) {
        self.known = false;
        self.cursor_shown = false;
    }

    /// Returns the bytes that make the terminal show `next`, with its cursor there or hidden; none
    /// at all if it shows that already. They are taken for sent.
    pub fn frame(&mut self, next: Buffer, cursor: Option<Position>) -> &[u8] {
        let next = Grid::of(next, self.colour);
        self.out.clear();
        self.out.extend_from_slice(BEGIN);
        if cursor.is_none() && self.cursor_shown {
            self.out.extend_from_slice(b"\x1b[?25l");
            self.cursor_shown = false;
        }
        if !self.known || self.shown.size() != next.size() {
            self.clear(&next);
        }
        self.scroll(&next);
        for y in 0..next.height() {
            if !next.same_row(y, &self.shown, y) {
                self.draw_row(y, &next);
            }
        }
        self.shown = next.drawn();
        self.place(cursor);
        if self.out.len() == BEGIN.len() {
            return &[];
        }
        self.out.extend_from_slice(END);
        &self.out
    }

    /// Clears the terminal to the size of `next`.
    fn clear(&mut self, next: &Grid) {
        self.out.extend_from_slice(b"\x1b[m\x1b[2J");
        self.pen = Pen::default();
        (self.row, self.column) = (None, None);
        self.shown = Grid::blank(next.width, next.height());
        self.known = true;
    }

    /// Puts the cursor where it is to be seen.
    fn place(&mut self, cursor: Option<Position>) {
        let Some(Position { x, y }) = cursor else { return };
        if usize::from(x) >= self.shown.width || usize::from(y) >= self.shown.height() {
            return;
        }
        self.go(x, y, &[]);
        if !self.cursor_shown {
            self.out.extend_from_slice(b"\x1b[?25h");
            self.cursor_shown = true;
        }
    }

    /// Moves rows that `next` has elsewhere, where that saves bytes.
    fn scroll(&mut self, next: &Grid) {
        let Some(scroll) = scroll::find(&self.shown, next) else { return };
        self.set_pen(&Cell::default());
        scroll.write(&mut self.out);
        // Setting the margins back moves the cursor to the top left.
        (self.row, self.column) = (Some(0), Some(0));
        self.shown.scroll(scroll.top, scroll.end, scroll.rows);
    }

    /// Draws what differs in row `y`.
    fn draw_row(&mut self, y: usize, next: &Grid) {
        let cells = next.row(y);
        let width = cells.len();
        let tail = width - cells.iter().rev().take_while(|it| is_erased(it)).count();
        let mut x = 0;
        while x < width {
            if self.changed(y, x..x + 1, next) == 0 || cells[x].symbol().is_empty() {
                x += 1;
                continue;
            }
            if x >= tail && self.changed(y, x..width, next) > 3 {
                self.erase((x, y), cells, b"\x1b[K");
                return;
            }
            let blanks = cells[x..].iter().take_while(|it| is_erased(it)).count();
            if self.changed(y, x..x + blanks, next) >= ERASE_FROM {
                let erase = format!("\x1b[{blanks}X");
                self.erase((x, y), cells, erase.as_bytes());
                x += blanks;
                continue;
            }
            self.go(x as u16, y as u16, cells);
            self.put(&cells[x], x, width);
            x += 1;
        }
    }

    fn changed(&self, y: usize, columns: Range<usize>, next: &Grid) -> usize {
        next.differing((y, columns), &self.shown, y)
    }

    fn erase(&mut self, (x, y): (usize, usize), cells: &[Cell], sequence: &[u8]) {
        self.set_pen(&Cell::default());
        self.go(x as u16, y as u16, cells);
        self.out.extend_from_slice(sequence);
    }

    /// Writes one cell at the cursor, which is there.
    fn put(&mut self, cell: &Cell, x: usize, width: usize) {
        self.set_pen(cell);
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let cells = usize::from(cell.symbol().cell_width());
        let sure = x + cells < width && is_sure(cell.symbol());
        self.column = sure.then_some((x + cells) as u16);
    }

    fn set_pen(&mut self, cell: &Cell) {
        let blank = cell.symbol() == " ";
        if !(blank && self.pen.shows_blank(cell, SEEN_ON_BLANK)) {
            self.pen.change(cell, &mut self.out);
        }
    }

    /// Moves the cursor the shortest way; `cells` are those of row `y`, right already before `x`.
    fn go(&mut self, x: u16, y: u16, cells: &[Cell]) {
        // Mostly it is there already: cell follows upon cell.
        if (self.row, self.column) == (Some(y), Some(x)) {
            return;
        }
        let mut best = Move::to(x, y);
        let mut offer = |way: Move| {
            if way.length < best.length {
                best = way;
            }
        };
        if let Some(row) = self.row {
            if row == y {
                offer(Move::default().sequence(&[x + 1], b'G'));
            }
            let home = Move::default().put(b"\r").vertical(row, y);
            let straight = Move::default().vertical(row, y);
            for (way, from) in [(straight, self.column), (home, Some(0))] {
                let Some(from) = from else { continue };
                offer(way.horizontal(from, x));
                let between = cells.get(usize::from(from)..usize::from(x));
                if let Some(way) = between.and_then(|between| self.again(way, between)) {
                    offer(way);
                }
            }
        }
        self.out.extend_from_slice(&best.bytes[..best.length]);
        (self.row, self.column) = (Some(y), Some(x));
    }

    /// Goes on over a few cells that are right already by writing them again, if the pen can.
    fn again(&self, way: Move, cells: &[Cell]) -> Option<Move> {
        let cheap = |cell: &Cell| {
            let blank = cell.symbol() == " " && self.pen.shows_blank(cell, SEEN_ON_BLANK);
            blank || (cell.symbol().len() == 1 && self.pen.shows(cell))
        };
        let can = cells.len() <= 4 && cells.iter().all(cheap);
        can.then(|| cells.iter().fold(way, |way, cell| way.put(cell.symbol().as_bytes())))
    }
}

/// Holds a way of the cursor as bytes.
#[derive(Clone, Copy, Default)]
struct Move {
    /// The longest way takes a carriage return and a sequence of eight bytes in each direction.
    bytes: [u8; 24],
    length: usize,
}

impl Move {
    /// Goes to a cell from wherever the cursor is.
    fn to(x: u16, y: u16) -> Self {
        match (x, y) {
            (0, 0) => Self::default().put(b"\x1b[H"),
            (0, _) => Self::default().sequence(&[y + 1], b'H'),
            _ => Self::default().sequence(&[y + 1, x + 1], b'H'),
        }
    }

    fn put(mut self, bytes: &[u8]) -> Self {
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
        self
    }

    /// Appends a control sequence with its numbers.
    fn sequence(self, numbers: &[u16], end: u8) -> Self {
        let mut way = self.put(b"\x1b[");
        for (index, &number) in numbers.iter().enumerate() {
            way = way.put(if index > 0 { b";" } else { b"" });
            for digit in (0..=number.checked_ilog10().unwrap_or(0)).rev() {
                way = way.put(&[b'0' + (number / 10_u16.pow(digit) % 10) as u8]);
            }
        }
        way.put(&[end])
    }

    /// Goes from one row to another in the same column; line feeds never scroll, as the row is one
    /// of the screen's.
    fn vertical(self, from: u16, to: u16) -> Self {
        match (from, to) {
            (from, to) if to >= from && to - from <= 5 => {
                self.put(&b"\n\n\n\n\n"[..usize::from(to - from)])
            }
            (from, to) if to > from => self.sequence(&[to - from], b'B'),
            (from, to) if from - to == 1 => self.put(b"\x1b[A"),
            (from, to) => self.sequence(&[from - to], b'A'),
        }
    }

    fn horizontal(self, from: u16, to: u16) -> Self {
        match (from, to) {
            (from, to) if from == to => self,
            (from, to) if to == from + 1 => self.put(b"\x1b[C"),
            (from, to) if to > from => self.sequence(&[to - from], b'C'),
            (from, to) if from - to <= 4 => {
                self.put(&b"\x08\x08\x08\x08"[..usize::from(from - to)])
            }
            (from, to) => self.sequence(&[from - to], b'D'),
        }
    }
}

/// Says whether every terminal moves its cursor by the same width after this symbol; after any
/// other the next move is absolute, so that a disagreement stays in one place.
fn is_sure(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else { return false };
    matches!(char,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{2022}' | '\u{2026}' | '\u{2190}'..='\u{2193}' | '\u{2500}'..='\u{259f}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
#[path = "paint_tests.rs"]
mod tests;
