//! A stretch of a line around one place, cut to the cells there are, the place always in sight.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::collate::fix::{FixId, RowId};
use crate::collate::marks::marks;
use crate::review::event::Place;
use crate::review::piece::Role;
use crate::review::state::Review;
use crate::text::visible::{Repertoire, glyphs};
use crate::ui::layout::row::{Sides, Signs};
use crate::ui::theme::Look;
use crate::ui::view::pen::{Pen, in_line};

/// Holds one side of a line and where the place lies in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text of the line.
    pub(crate) text: String,
    /// The bytes of the place in it.
    pub(crate) at: Range<usize>,
    /// The blanks of the place that differ: they are drawn by sign.
    blanks: Vec<usize>,
}

/// Returns both sides of a row around a fix, or around a place where both texts agree.
pub(crate) fn around(review: &Review, row: RowId, at: (Place, Option<FixId>)) -> Sides<Excerpt> {
    let (place, fix) = at;
    let mut sides: Sides<Excerpt> = Sides::default();
    let mut found = false;
    for piece in review.pieces(row) {
        let starts = (sides.base.text.len(), sides.right.text.len());
        sides.base.text.push_str(review.base().slice(piece.base.clone()));
        sides.right.text.push_str(&piece.right);
        let ends = (sides.base.text.len(), sides.right.text.len());
        let (base, right) = match (piece.role, fix) {
            (Role::Fix(id, _), Some(wanted)) if id == wanted => {
                (starts.0..ends.0, starts.1..ends.1)
            }
            (Role::Same, None)
                if piece.base.start <= place.start && place.end <= piece.base.end =>
            {
                let from = place.start - piece.base.start;
                let to = place.end - piece.base.start;
                (starts.0 + from..starts.0 + to, starts.1 + from..starts.1 + to)
            }
            _ => continue,
        };
        let start = if found { sides.base.at.start } else { base.start };
        sides.base.at = start..base.end;
        let start = if found { sides.right.at.start } else { right.start };
        sides.right.at = start..right.end;
        found = true;
    }
    if fix.is_some() {
        let (base, right) =
            (&sides.base.text[sides.base.at.clone()], &sides.right.text[sides.right.at.clone()]);
        let (mut left, mut other) = (Vec::new(), Vec::new());
        for (in_base, in_right) in marks(base, right) {
            left.extend(blanks(base, in_base).map(|at| sides.base.at.start + at));
            other.extend(blanks(right, in_right).map(|at| sides.right.at.start + at));
        }
        (sides.base.blanks, sides.right.blanks) = (left, other);
    }
    sides
}

/// Returns the blanks in some bytes of a text.
fn blanks(text: &str, within: Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    within.filter(|&at| bytes[at] == b' ')
}

/// Draws an excerpt into one row, its place in the style `marked`.
pub(crate) fn draw(excerpt: &Excerpt, area: Rect, marked: Style, pen: &mut Pen<'_>) {
    let signs = Signs::of(pen.repertoire());
    let (plain, sign, dim) = (pen.style(Look::Text), pen.style(Look::Sign), pen.style(Look::Dim));
    let ends = excerpt.text.trim_end_matches(['\n', '\r']).len();
    let text = &excerpt.text[..ends.max(excerpt.at.end)];
    if text.is_empty() {
        pen.write((area.x, area.y), area.right(), signs.missing, dim);
        return;
    }
    let room = usize::from(area.width);
    let from = start(text, excerpt.at.clone(), room, pen.repertoire());
    let mut x = area.x;
    if from > 0 {
        x = pen.write((x, area.y), area.right(), "…", dim);
    }
    for glyph in glyphs(&text[from..], pen.repertoire()) {
        let bytes = from + glyph.bytes.start..from + glyph.bytes.end;
        let here = excerpt.at.start < bytes.end && bytes.start < excerpt.at.end;
        let last = bytes.end >= text.len();
        let cells = usize::from(glyph.cells);
        let needed = usize::from(x) + cells + usize::from(!last);
        if needed > usize::from(area.right()) {
            pen.write((x, area.y), area.right(), "…", dim);
            return;
        }
        let differs = excerpt.blanks.binary_search(&bytes.start).is_ok();
        let symbol = if differs { signs.blank } else { in_line(&glyph) };
        let style = if glyph.sign || differs { sign } else { plain };
        let style = if here { style.patch(marked) } else { style };
        x = pen.glyph((x, area.y), area.right(), (symbol, cells), style);
    }
}

/// Returns the byte to begin at: 0 if the place is in sight then, else so far before the place that
/// a third of the room is before it.
fn start(text: &str, at: Range<usize>, room: usize, repertoire: Repertoire) -> usize {
    let mut before = 0;
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for glyph in glyphs(text, repertoire) {
        if glyph.bytes.start >= at.end.max(at.start + 1) {
            break;
        }
        if glyph.starts {
            starts.push((glyph.bytes.start, before));
        }
        before += usize::from(glyph.cells);
    }
    if before < room {
        return 0;
    }
    let place =
        starts.iter().find(|(byte, _)| *byte >= at.start).map_or(before, |&(_, cells)| cells);
    let wanted = place.saturating_sub(room / 3);
    starts.iter().find(|(_, cells)| *cells >= wanted).map_or(0, |&(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_in_sight_whatever_the_room() {
        let text = "a line of 漢字 and e\u{301}s and words that goes on for quite a while";
        for (at, _) in text.char_indices() {
            for room in 4..40 {
                let end = text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
                let from = start(text, at..end, room, Repertoire::Unicode);
                let before: usize = glyphs(&text[from..end], Repertoire::Unicode)
                    .map(|glyph| usize::from(glyph.cells))
                    .sum();
                assert!(from <= at && before <= room, "{at} in {room}: from {from}, {before}");
            }
        }
    }
}
