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
    match back(text, at, room, repertoire) {
        0 => 0,
        // With a third of the width after the cursor, as one reads what comes.
        _ => back(text, at, room - width / 3, repertoire),
    }
}

/// Draws a text from byte `start`, a cluster border, on.
pub(crate) fn draw_text(text: &str, start: usize, area: Rect, pen: &mut Pen<'_>) {
    let (plain, sign) = (pen.style(Look::Text), pen.style(Look::Sign));
    let mut x = area.x;
    let text = &text[start..];
    for glyph in glyphs(text, pen.repertoire()) {
        let cells = usize::from(glyph.cells);
        if usize::from(x) + cells > usize::from(area.right()) {
            break;
        }
        let symbol = in_line(&glyph);
        let style = if glyph.sign { sign } else { plain };
        x = pen.glyph((x, area.y), area.right(), (symbol, cells), style);
    }
}

/// Draws a line of input and returns where its cursor is.
pub(crate) fn draw(input: &Input, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let start = start(input, usize::from(area.width), pen.repertoire());
    draw_text(input.text(), start, area, pen);
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
                prop_assert_eq!(shown(area.x..x), before);
                let rest = symbols(&input.text()[input.cursor()..]);
                let after = shown(x..area.right());
                prop_assert!(rest.starts_with(after.trim_end()), "{rest:?} {after:?}");
            }
            prop_assert_eq!(shown(0..2), "  ");
            prop_assert_eq!(shown(area.right()..area.right() + 2), "  ");
        }
    }
}
