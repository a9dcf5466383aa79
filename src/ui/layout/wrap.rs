//! Aligned wrap: both sides of a row are broken at the same shared words, in one pass.
//!
//! A *chunk* is what should not be torn: a shared word with the blanks after it, or a fix with
//! both its readings and whatever hangs on it without a blank. A chunk goes whole into a sub-row
//! if it fits there on both sides. One that is too wide for any sub-row flows on each side alone;
//! after it both sides go on together in the sub-row where the longer one ended.

use std::ops::Range;

use crate::text::visible::Repertoire;
use crate::ui::layout::row::{Part, Shown, Side, Sides, Spot, shown};

/// Holds one sub-row: what of each side is drawn in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubRow {
    /// The stretch of glyphs on each side; the end is exclusive.
    pub stretch: Sides<Range<Spot>>,
}

/// Holds the sub-rows of a row.
#[derive(Debug, Clone)]
pub struct Wrapped {
    /// At least one.
    pub sub_rows: Vec<SubRow>,
    /// By part, the first and last sub-row in which some of it is drawn.
    pub part_rows: Vec<(usize, usize)>,
}

const SIDES: [Side; 2] = [Side::Base, Side::Right];

/// Wraps a row to so many cells on each side; a width of 0 counts as 1.
#[must_use]
pub fn wrap(parts: &[Part], cells: Sides<usize>, repertoire: Repertoire) -> Wrapped {
    let mut wrapper = Wrapper {
        parts,
        cells: Sides { base: cells.base.max(1), right: cells.right.max(1) },
        repertoire,
        done: Wrapped { sub_rows: Vec::new(), part_rows: vec![(0, 0); parts.len()] },
        row_start: Sides::default(),
        column: Sides::default(),
        chunk: Chunk {
            after_blank: Sides { base: true, right: true },
            shared: true,
            ..Chunk::default()
        },
    };
    for index in 0..parts.len() {
        wrapper.take_part(index);
    }
    wrapper.place_chunk();
    wrapper.close(Sides { base: wrapper.end(), right: wrapper.end() });
    wrapper.done
}

/// Gathers what should not be torn.
#[derive(Debug, Default)]
struct Chunk {
    /// Where it ends on each side; it starts where the one before ended.
    start: Sides<Spot>,
    end: Sides<Spot>,
    cells: Sides<usize>,
    /// The cells of the blanks at its end, which may hang over the edge.
    hanging: Sides<usize>,
    /// Whether the glyph before was a blank, or there was none.
    after_blank: Sides<bool>,
    /// The parts in it.
    parts: Range<usize>,
    /// Whether both sides are the same text.
    shared: bool,
    /// Whether a line end was drawn on a side: what follows starts a sub-row.
    ends_line: Sides<bool>,
    /// Whether something does follow a line end within the chunk.
    torn: bool,
}

struct Wrapper<'a> {
    parts: &'a [Part],
    cells: Sides<usize>,
    repertoire: Repertoire,
    done: Wrapped,
    row_start: Sides<Spot>,
    column: Sides<usize>,
    chunk: Chunk,
}

impl Wrapper<'_> {
    fn end(&self) -> Spot {
        Spot { part: self.parts.len(), at: 0, inner: 0 }
    }

    fn take_part(&mut self, index: usize) {
        let part = &self.parts[index];
        if part.fix().is_none() && part.text.base == part.text.right {
            self.take_shared(index);
        } else {
            self.take_changed(index);
        }
    }

    /// Takes a part that both sides share, chunk by chunk.
    fn take_shared(&mut self, index: usize) {
        let start = Spot { part: index, at: 0, inner: 0 };
        let parts = &self.parts[..=index];
        let mut before: Option<(usize, bool)> = None;
        shown(parts, Side::Base, start, self.repertoire).for_each(|glyph| {
            let breaks = match before {
                None => self.chunk.after_blank.base && self.chunk.after_blank.right && !glyph.blank,
                Some((cells, blank)) => !glyph.blank && (blank || cells == 2 || glyph.cells == 2),
            };
            if breaks {
                self.end_chunk_at(Sides { base: glyph.spot, right: glyph.spot });
            }
            self.grow(Side::Base, &glyph);
            self.grow(Side::Right, &glyph);
            self.chunk.parts.end = index + 1;
            before = Some((glyph.cells, glyph.blank));
        });
    }

    /// Takes a part that differs: one chunk, whatever hangs on it goes with it.
    fn take_changed(&mut self, index: usize) {
        let start = Spot { part: index, at: 0, inner: 0 };
        let parts = &self.parts[..=index];
        if self.chunk.after_blank.base && self.chunk.after_blank.right {
            self.end_chunk_at(Sides { base: start, right: start });
        }
        self.chunk.shared = false;
        self.chunk.parts.end = index + 1;
        for side in SIDES {
            for glyph in shown(parts, side, start, self.repertoire) {
                self.grow(side, &glyph);
            }
        }
        if self.chunk.ends_line.base || self.chunk.ends_line.right {
            let after = Spot { part: index + 1, at: 0, inner: 0 };
            self.end_chunk_at(Sides { base: after, right: after });
        }
    }

    fn grow(&mut self, side: Side, glyph: &Shown<'_>) {
        *self.chunk.cells.of_mut(side) += glyph.cells;
        let hanging = self.chunk.hanging.of_mut(side);
        if glyph.hangs() {
            *hanging += glyph.cells;
        } else if glyph.cells > 0 {
            *hanging = 0;
        }
        *self.chunk.after_blank.of_mut(side) = glyph.blank;
        let ended = self.chunk.ends_line.of_mut(side);
        self.chunk.torn |= *ended && glyph.cells > 0;
        *ended |= glyph.ends_line && glyph.cells > 0;
    }

    /// Ends the chunk before `spots`, puts it in and starts the next one there.
    fn end_chunk_at(&mut self, spots: Sides<Spot>) {
        let after_blank = self.chunk.after_blank;
        let forced = self.chunk.ends_line.base || self.chunk.ends_line.right;
        self.chunk.end = spots;
        self.put(spots);
        if forced && spots.base != self.end() {
            self.close(spots);
        }
        let part = spots.base.part;
        self.chunk = Chunk {
            start: spots,
            end: spots,
            after_blank,
            parts: part..part,
            shared: true,
            ..Chunk::default()
        };
    }

    fn place_chunk(&mut self) {
        let end = Sides { base: self.end(), right: self.end() };
        self.put(end);
    }

    /// Puts the chunk, which ends before `end`, into the present sub-row or the next ones.
    fn put(&mut self, end: Sides<Spot>) {
        self.chunk.end = end;
        let fresh = Sides { base: 0, right: 0 };
        let worth = self.fits(fresh) || self.chunk.shared;
        if !self.fits(self.column) && worth && self.column != fresh {
            self.close(self.chunk.start);
        }
        let first = self.done.sub_rows.len();
        if self.fits(self.column) {
            self.column.base += self.chunk.cells.base;
            self.column.right += self.chunk.cells.right;
        } else {
            self.flow();
        }
        self.note_parts(first, self.done.sub_rows.len());
    }

    /// Says whether the chunk fits from `column` on, its last blanks left out.
    fn fits(&self, column: Sides<usize>) -> bool {
        let needs = |side: Side| self.chunk.cells.of(side) - self.chunk.hanging.of(side);
        let fits = |side| needs(side) == 0 || column.of(side) + needs(side) <= *self.cells.of(side);
        !self.chunk.torn && SIDES.into_iter().all(fits)
    }

    /// Notes in which sub-rows the parts of the chunk are.
    fn note_parts(&mut self, first: usize, last: usize) {
        for index in self.chunk.parts.clone() {
            let begun = index != self.chunk.start.base.part || self.chunk.start.base.at == 0;
            let rows = &mut self.done.part_rows[index];
            if begun {
                rows.0 = first;
            }
            rows.1 = last;
        }
    }

    /// Lets a chunk that is too wide flow on each side alone.
    fn flow(&mut self) {
        let breaks = Sides { base: self.breaks(Side::Base), right: self.breaks(Side::Right) };
        let rows = breaks.base.0.len().max(breaks.right.0.len());
        for row in 0..rows {
            let at = |side: Side| {
                let breaks = &breaks.of(side).0;
                breaks.get(row).copied().unwrap_or(*self.chunk.end.of(side))
            };
            let spots = Sides { base: at(Side::Base), right: at(Side::Right) };
            self.close(spots);
        }
        for side in SIDES {
            let (spots, column) = breaks.of(side);
            *self.column.of_mut(side) = if spots.len() == rows { *column } else { 0 };
        }
    }

    /// Returns where a side of the chunk is broken if it flows alone, and the last column.
    fn breaks(&self, side: Side) -> (Vec<Spot>, usize) {
        let (start, end) = (*self.chunk.start.of(side), *self.chunk.end.of(side));
        let width = *self.cells.of(side);
        let (mut spots, mut column) = (Vec::new(), *self.column.of(side));
        // Where the present word began, and how the glyph before it was.
        let mut word = (start, column);
        let mut before: Option<Shown<'_>> = None;
        for glyph in shown(self.parts, side, start, self.repertoire) {
            if glyph.spot >= end {
                break;
            }
            let ended = before.as_ref().is_some_and(|before| before.ends_line && before.cells > 0);
            let loose = before
                .as_ref()
                .is_none_or(|before| before.blank || before.cells == 2 || glyph.cells == 2);
            if ended || loose {
                word = (glyph.spot, column);
            }
            let over = column + glyph.cells > width && !glyph.hangs() && column > 0;
            if ended || over {
                // Back to where the word began, unless it fills the sub-row by itself.
                let at = if word.1 > 0 { word.0 } else { glyph.spot };
                column = if word.1 > 0 { column - word.1 } else { 0 };
                spots.push(at);
                word = (at, 0);
            }
            if column + glyph.cells > width && !glyph.hangs() && column > 0 {
                spots.push(glyph.spot);
                (word, column) = ((glyph.spot, 0), 0);
            }
            column += glyph.cells;
            before = Some(glyph);
        }
        (spots, column)
    }

    /// Ends the present sub-row before `spots`.
    fn close(&mut self, spots: Sides<Spot>) {
        let stretch = Sides {
            base: self.row_start.base..spots.base,
            right: self.row_start.right..spots.right,
        };
        self.done.sub_rows.push(SubRow { stretch });
        self.row_start = spots;
        self.column = Sides::default();
    }
}
