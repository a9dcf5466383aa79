//! Draws a line of input, scrolled so that its cursor is in sight.
//!
//! Only what lies around the cursor is measured, so that a line of a megabyte is drawn as fast as
//! a short one.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::visible::{Repertoire, glyphs};
use crate::ui::input::Input;
use crate::ui::theme::Look;
use crate::ui::view::pen::{Pen, in_line};

/// Returns how many cells a text takes.
pub(crate) fn cells(text: &str, repertoire: Repertoire) -> usize {
    glyphs(text, repertoire).map(|glyph| usize::from(glyph.cells)).sum()
}

/// Goes back from byte `at`, a cluster border, over at most `room` cells of whole clusters.
pub(crate) fn back(text: &str, at: usize, room: usize, repertoire: Repertoire) -> usize {
    let (mut start, mut used) = (at, 0);
    for cluster in text[..at].graphemes(true).rev() {
        used += cells(cluster, repertoire);
        if used > room {
            break;
        }
        start -= cluster.len();
    }
    start
}

/// Returns the byte from which a line of input is drawn, so that its cursor is in sight.
pub(crate) fn start(input: &Input, width: usize, repertoire: Repertoire) -> usize {
    let (text, at, room) = (input.text(), input.cursor(), width.saturating_sub(1));
    // The letter at the cursor is not the one whose place the sign of a cut takes.
    let next = glyphs(&text[at..], repertoire).find(|glyph| glyph.cells > 0);
    let after = match next.filter(|_| says_cuts(width)) {
        Some(letter) => usize::from(letter.cells) + 1,
        None => 0,
    };
    match back(text, at, room.saturating_sub(after), repertoire) {
        0 => 0,
        // With a third of the width after the cursor, as one reads what comes.
        _ => back(text, at, room.saturating_sub(after.max(width / 3)), repertoire),
    }
}

/// In fewer cells every one is for letters.
const SAYS_CUTS: usize = 12;

/// Says whether so many cells have room for signs where a text is cut.
fn says_cuts(width: usize) -> bool {
    width >= SAYS_CUTS
}

/// Draws a text from byte `start`, a cluster border, on; where it is cut stands an ellipsis.
pub(crate) fn draw_text(text: &str, start: usize, area: Rect, pen: &mut Pen<'_>) {
    draw_cut(text, (start, start > 0), area, pen);
}

/// Draws a text from byte `start` on, with a sign in the first letter's place or without.
fn draw_cut(text: &str, (start, cut): (usize, bool), area: Rect, pen: &mut Pen<'_>) {
    let (plain, sign, dim) = (pen.style(Look::Text), pen.style(Look::Sign), pen.style(Look::Dim));
    let (mut x, y, right) = (area.x, area.y, area.right());
    let says = says_cuts(usize::from(area.width));
    let mut before = x;
    for glyph in glyphs(&text[start..], pen.repertoire()) {
        let cells = usize::from(glyph.cells);
        if usize::from(x) + cells > usize::from(right) {
            if says {
                // A wide letter that is left out can leave a cell; else one that was drawn gives way.
                let at = if x < right { x } else { before };
                pen.fill((at, y), x, ' ', plain);
                pen.write((at, y), right, "…", dim);
            }
            return;
        }
        if x == area.x && cut && says {
            x += u16::from(glyph.cells);
            pen.write((area.x, y), x, "…", dim);
            continue;
        }
        let symbol = in_line(&glyph);
        let style = if glyph.sign { sign } else { plain };
        before = if cells > 0 { x } else { before };
        x = pen.glyph((x, y), right, (symbol, cells), style);
    }
}

/// Draws a line of input and returns where its cursor is.
pub(crate) fn draw(input: &Input, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let start = start(input, usize::from(area.width), pen.repertoire());
    // The letter at the cursor is never the one that gives way.
    draw_cut(input.text(), (start, 0 < start && start < input.cursor()), area, pen);
    let before = cells(&input.text()[start..input.cursor()], pen.repertoire());
    Some((area.x + (before as u16).min(area.width - 1), area.y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::theme::Theme;

    /// Letters that take no cell, one or two, run from right to left or are shown by sign.
    const LETTERS: &str = "[ab é\u{301}\u{5b8}שלمر漢字ｶﾞ👩\u{200d}🇦🇺\u{202e}\t\n\u{feff}]{0,40}";

    proptest! {
        #[test]
        fn the_cursor_is_on_the_letter_that_is_next(
            text in LETTERS, at in 0_usize..120, width in 1_u16..30, ascii: bool,
        ) {
            let repertoire = if ascii { Repertoire::Ascii } else { Repertoire::Unicode };
            let theme = Theme::named("mono").expect("built in");
            let area = Rect { x: 2, y: 0, width, height: 1 };
            let mut buffer = Buffer::empty(Rect { width: width + 4, height: 1, x: 0, y: 0 });
            let input = Input::with_cursor(text, at);
            let mut pen = Pen::new(&mut buffer, &theme, repertoire);
            let (x, _) = draw(&input, area, &mut pen).expect("there is room");
            prop_assert!(area.x <= x && x < area.right());
            // To the left of the cursor the text before it, cell by cell; at it, what comes next.
            let shown = |range: std::ops::Range<u16>| -> String {
                range.map(|x| buffer[(x, 0)].symbol().to_owned()).collect()
            };
            let symbols = |text: &str| -> String {
                glyphs(text, repertoire)
                    .flat_map(|glyph| {
                        let symbol = if glyph.symbol == "␊" { "¶" } else { &*glyph.symbol };
                        let rest = " ".repeat(usize::from(glyph.cells) - 1);
                        [symbol.to_owned(), rest]
                    })
                    .collect()
            };
            let from = start(&input, usize::from(width), repertoire);
            let before = symbols(&input.text()[from..input.cursor()]);
            if !ascii {
                let cut = 0 < from && from < input.cursor() && width >= SAYS_CUTS as u16;
                let left = shown(area.x..x);
                match left.strip_prefix('…').filter(|_| cut) {
                    Some(left) => prop_assert!(before.ends_with(left.trim_start())),
                    None => prop_assert_eq!(left, before),
                }
                let rest = symbols(&input.text()[input.cursor()..]);
                let after = shown(x..area.right());
                let after = after.trim_end().trim_end_matches('…');
                prop_assert!(rest.starts_with(after), "{rest:?} {after:?}");
                prop_assert!(after.is_empty() == rest.trim_end().is_empty() || width < SAYS_CUTS as u16);
            }
            prop_assert_eq!(shown(0..2), "  ");
            prop_assert_eq!(shown(area.right()..area.right() + 2), "  ");
        }
    }
}
