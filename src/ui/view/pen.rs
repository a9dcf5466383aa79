//! Puts text into cells: only its visible form, cut at the edge, in the looks of the theme.

use std::borrow::Cow;
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::visible::{Glyph, Repertoire, escape_for, glyphs, width};
use crate::ui::layout::row::Signs;
use crate::ui::theme::{Look, Theme};

/// Draws into a frame.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    repertoire: Repertoire,
}

/// The signs of the screen itself, in Unicode and in ASCII.
const SIGNS: [(char, &str); 21] = [
    ('─', "-"),
    ('│', "|"),
    ('┬', "+"),
    ('┴', "+"),
    ('├', "["),
    ('┤', "]"),
    ('┄', "."),
    ('●', "O"),
    ('→', "->"),
    ('•', "|"),
    ('·', "_"),
    ('¶', "<NL>"),
    ('⋯', "..."),
    ('…', "..."),
    ('▏', "|"),
    ('↑', "^"),
    ('↓', "v"),
    ('←', "<-"),
    ('┃', "#"),
    ('┣', "+"),
    ('━', "="),
];

/// Returns what is drawn for a glyph of a text on one line: a line end has the sign that it has in
/// the panes.
pub(crate) fn in_line<'a>(glyph: &'a Glyph<'_>) -> &'a str {
    if glyph.symbol == "␊" { Signs::of(Repertoire::Unicode).line_end } else { &glyph.symbol }
}

impl<'a> Pen<'a> {
    /// Starts to draw.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, repertoire: Repertoire) -> Self {
        Self { buffer, theme, repertoire }
    }

    /// Returns the style of a look.
    #[must_use]
    pub fn style(&self, look: Look) -> Style {
        self.theme.style(look)
    }

    /// Returns the style of words that stand on a rule: nothing of the rule's shines through, so
    /// that what is in the rule's grey is the rule alone.
    #[must_use]
    pub fn words_on_rule(&self, look: Look) -> Style {
        Style::reset().patch(self.style(look))
    }

    /// Returns the theme.
    #[must_use]
    pub fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// Returns the letters that can be shown.
    #[must_use]
    pub fn repertoire(&self) -> Repertoire {
        self.repertoire
    }

    /// Puts one glyph of `cells` cells at (`x`, `y`), if it fits before `right`; returns the next
    /// column.
    pub fn glyph(&mut self, at: (u16, u16), right: u16, glyph: (&str, usize), style: Style) -> u16 {
        let ((x, y), (symbol, cells)) = (at, glyph);
        let end = usize::from(x) + cells;
        if cells == 0 || end > usize::from(right) || !self.holds(x, y) {
            return if cells == 0 { x } else { right.max(x) };
        }
        let end = end as u16;
        if cells > 1 && !self.holds(end - 1, y) {
            return right;
        }
        let cell = &mut self.buffer[(x, y)];
        cell.set_symbol(symbol).set_style(style);
        if (cells, symbol.len()) != (1, 1) && usize::from(symbol.cell_width()) != cells {
            // The terminal library would count other cells than the layout did.
            let width = NonZeroU16::new(cells as u16).expect("a glyph of no cell is not drawn");
            cell.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        for x in x + 1..end {
            self.buffer[(x, y)].reset();
            self.buffer[(x, y)].set_style(style);
        }
        end
    }

    /// Puts letters of ASCII, each in a cell, from `x` to before `right`; returns the next column.
    pub fn letters(&mut self, at: (u16, u16), right: u16, letters: &str, style: Style) -> u16 {
        let (x, y) = at;
        let right = right.min(self.buffer.area.right());
        if x >= right || !self.holds(x, y) {
            return x;
        }
        let (from, room) = (self.buffer.index_of(x, y), usize::from(right - x));
        let cells = self.buffer.content[from..from + room].iter_mut();
        let written = cells.zip(letters.chars()).map(|(cell, letter)| {
            cell.set_char(letter).set_style(style);
        });
        x + written.count() as u16
    }

    /// Writes the screen's own words, or text from files in its visible form, from `x` to before
    /// `right`; returns the next column.
    pub fn write(&mut self, at: (u16, u16), right: u16, text: &str, style: Style) -> u16 {
        let (mut x, y) = at;
        let text = self.in_repertoire(text);
        for glyph in glyphs(&text, Repertoire::Unicode) {
            let cells = usize::from(glyph.cells);
            if usize::from(x) + cells > usize::from(right) {
                break;
            }
            x = self.glyph((x, y), right, (&glyph.symbol, cells), style);
        }
        x
    }

    /// Writes like [`Self::write`]; a text that does not fit ends with an ellipsis.
    pub fn write_cut(&mut self, at: (u16, u16), right: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(right.saturating_sub(at.0));
        if width(&self.in_repertoire(text)) <= room {
            return self.write(at, right, text, style);
        }
        let dots = width(&self.in_repertoire("…")) as u16;
        let x = self.write(at, right.saturating_sub(dots).max(at.0), text, style);
        self.write((x, at.1), right, "…", style)
    }

    /// Fills a row with one sign of the screen, from `x` to before `right`.
    pub fn fill(&mut self, at: (u16, u16), right: u16, sign: char, style: Style) {
        let mut bytes = [0; 4];
        let sign = self.in_repertoire(sign.encode_utf8(&mut bytes));
        for x in at.0..right {
            self.glyph((x, at.1), right, (&sign, 1), style);
        }
    }

    /// Lays a style over a region.
    pub fn paint(&mut self, region: Rect, style: Style) {
        self.buffer.set_style(region.intersection(self.buffer.area), style);
    }

    /// Returns a text in the letters that can be shown: the screen's signs have ASCII twins.
    #[must_use]
    pub fn in_repertoire<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.repertoire == Repertoire::Unicode {
            return Cow::Borrowed(text);
        }
        let mut ascii = String::with_capacity(text.len());
        for letter in text.chars() {
            match SIGNS.iter().find(|(sign, _)| *sign == letter) {
                Some((_, twin)) => ascii.push_str(twin),
                None => ascii.push(letter),
            }
        }
        escape_for(&ascii, Repertoire::Ascii).into()
    }

    fn holds(&self, x: u16, y: u16) -> bool {
        self.buffer.area.contains(ratatui::layout::Position { x, y })
    }
}
