//! Draws a line of input, scrolled so that its cursor is in sight.

use ratatui::layout::Rect;

use crate::text::visible::glyphs;
use crate::ui::input::Input;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;

/// Returns how many cells of a text lie before byte `at`.
pub(crate) fn cells_before(text: &str, at: usize, pen: &Pen<'_>) -> usize {
    let glyphs = glyphs(text, pen.repertoire()).take_while(|glyph| glyph.bytes.end <= at);
    glyphs.map(|glyph| usize::from(glyph.cells)).sum()
}

/// Returns how many cells must be left out at the left so that the cursor is in sight.
pub(crate) fn scrolled(input: &Input, width: usize, pen: &Pen<'_>) -> usize {
    let before = cells_before(input.text(), input.cursor(), pen);
    if before < width { 0 } else { before + 1 - width + width / 3 }
}

/// Draws a text from cell `skip` on.
pub(crate) fn draw_text(text: &str, skip: usize, area: Rect, pen: &mut Pen<'_>) {
    let (plain, sign) = (pen.style(Look::Text), pen.style(Look::Sign));
    let (mut passed, mut x) = (0, area.x);
    for glyph in glyphs(text, pen.repertoire()) {
        let cells = usize::from(glyph.cells);
        passed += cells;
        if passed <= skip {
            continue;
        }
        if usize::from(x) + cells > usize::from(area.right()) {
            break;
        }
        let line_end =
            &text[glyph.bytes.clone()] == "\n" && glyph.cells == 1 && glyph.symbol != "J";
        let symbol = if line_end { pen.line_end() } else { glyph.symbol.as_ref() };
        let style = if glyph.sign { sign } else { plain };
        x = pen.glyph((x, area.y), area.right(), (symbol, cells), style);
    }
}

/// Draws a line of input and returns where its cursor is.
pub(crate) fn draw(input: &Input, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let skip = scrolled(input, usize::from(area.width), pen);
    draw_text(input.text(), skip, area, pen);
    let before = cells_before(input.text(), input.cursor(), pen).saturating_sub(skip);
    Some((area.x + (before as u16).min(area.width - 1), area.y))
}
