//! The panel of the inspection: both readings letter by letter, and what is known of them.

use ratatui::layout::Rect;

use crate::text::visible::escape_for;
use crate::ui::inspect::{Inspected, Letter, Line, inspect};
use crate::ui::layout::geometry::Geometry;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::panel::panel_rule;
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// Draws the inspection of the highlight from line `top` on.
pub(crate) fn draw(model: &Model, geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = geometry.room();
    if area.height == 0 {
        return;
    }
    let inspected = inspect(model);
    let lines = inspected.lines();
    let body = usize::from(area.height) - 1;
    let top = top.min(lines.len().saturating_sub(body));
    panel_rule("letter by letter", lines.len().saturating_sub(top + body), area, pen);
    for (y, line) in (area.y + 1..).zip(lines.iter().skip(top).take(body)) {
        draw_line(line, &inspected, Rect { y, height: 1, ..area }, pen);
    }
}

fn draw_line(line: &Line<'_>, inspected: &Inspected, row: Rect, pen: &mut Pen<'_>) {
    let middle = row.x + row.width / 2;
    let halves = [(row.x + 1, middle), (middle, row.right())];
    match line {
        Line::Blank => {}
        Line::Fact(fact) => {
            pen.write((row.x + 1, row.y), row.right(), fact, pen.style(Look::Text));
        }
        Line::Untold(count) => {
            let text = format!("{count} letters more");
            pen.write((row.x + 1, row.y), row.right(), &text, pen.style(Look::Text));
        }
        Line::Readings => {
            let texts = [("OCR", &inspected.texts.base), ("text", &inspected.texts.right)];
            for ((x, end), (word, text)) in halves.into_iter().zip(texts) {
                let x = pen.write((x, row.y), end, word, pen.style(Look::Dim));
                let text = words::or_nothing(text, usize::from(end.saturating_sub(x + 3)));
                pen.write((x + 2, row.y), end, &text, pen.style(Look::Title));
            }
        }
        Line::Letters(sides) => {
            let same = match (&sides.base, &sides.right) {
                (Some(base), Some(right)) => base.letter == right.letter,
                _ => false,
            };
            for ((x, end), letter) in halves.into_iter().zip([&sides.base, &sides.right]) {
                if let Some(letter) = letter {
                    draw_letter(letter, same, Rect { x, width: end.saturating_sub(x), ..row }, pen);
                }
            }
        }
    }
}

fn draw_letter(letter: &Letter, same: bool, area: Rect, pen: &mut Pen<'_>) {
    let mut shown = escape_for(letter.letter.encode_utf8(&mut [0; 4]), pen.repertoire());
    if letter.letter == ' ' {
        "·".clone_into(&mut shown);
    }
    let look = if letter.foreign { Look::Sign } else { Look::Title };
    let (y, end) = (area.y, area.right());
    let x = pen.write((area.x + 1, y), end, &shown, pen.style(look));
    let code = format!("U+{:04X}", u32::from(letter.letter));
    let strange = if letter.foreign { "! " } else { "" };
    let about = format!("{code}  {strange}{}  {}", letter.script, letter.note);
    let look = match (letter.foreign, same) {
        (true, _) => Look::Sign,
        (false, true) => Look::Dim,
        (false, false) => Look::Text,
    };
    pen.write_cut(((x + 1).max(area.x + 10), y), end, about.trim_end(), pen.style(look));
}
