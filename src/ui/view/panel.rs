//! Panels in place of the panes: the keys, and what the check of a log found.

use ratatui::layout::Rect;

use crate::ui::help::{Help, WORDS_COLUMN, report_lines};
use crate::ui::layout::geometry::Geometry;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::pen::Pen;

/// Draws the keys from line `top` on, column beside column.
pub(crate) fn help(model: &Model, geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = geometry.room();
    if area.height == 0 {
        return;
    }
    let Help { lines, columns } = Help::new(model, area.width);
    let body = usize::from(area.height) - 1;
    let shown = body * usize::from(columns);
    let top = top.min(lines.len().saturating_sub(shown));
    panel_rule("the keys", lines.len().saturating_sub(top + shown), area, pen);
    let width = area.width / columns;
    for (index, line) in lines.iter().skip(top).take(shown).enumerate() {
        let x = area.x + (index / body) as u16 * width;
        let y = area.y + 1 + (index % body) as u16;
        help_line(line, Rect { x, y, width, height: 1 }, pen);
    }
}

/// Draws the rule over a panel, with how many lines are below what is shown.
pub(crate) fn panel_rule(heading: &str, below: usize, area: Rect, pen: &mut Pen<'_>) {
    let left = if below > 0 { format!("{below} more below") } else { String::new() };
    bars::rule(Rect { height: 1, ..area }, heading, (&left, pen.style(Look::Dim)), pen);
}

fn help_line((keys, text): &(String, String), row: Rect, pen: &mut Pen<'_>) {
    let (y, right) = (row.y, row.right());
    if keys.is_empty() {
        pen.write((row.x + 1, y), right, text, pen.style(Look::Title));
        return;
    }
    let x = pen.write((row.x + 2, y), right, keys, pen.style(Look::Key));
    let column = (row.x + WORDS_COLUMN - 1).max(x + 1);
    pen.write((column, y), right, text, pen.style(Look::Text));
}

/// Draws the lines of a report from line `top` on.
pub(crate) fn report(lines: &[String], geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = geometry.room();
    if area.height == 0 {
        return;
    }
    let lines = report_lines(lines, area.width);
    let body = usize::from(area.height) - 1;
    let top = top.min(lines.len().saturating_sub(body));
    let below = lines.len().saturating_sub(top + body);
    panel_rule("what the log's check found", below, area, pen);
    for (y, line) in (area.y + 1..).zip(lines.iter().skip(top).take(body)) {
        pen.write((area.x + 2, y), area.right(), line, pen.style(Look::Text));
    }
}
