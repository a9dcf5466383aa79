//! Draws the summary of a first opening above the foot.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::pen::Pen;

/// Draws the summary.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let area = geometry.panel;
    let Mode::Summary(summary) = &model.mode else { return };
    if area.height == 0 {
        return;
    }
    let mut row = Rect { height: 1, ..area };
    bars::rule(row, &summary.heading, ("", Style::new()), pen);
    for line in &summary.lines {
        row.y += 1;
        if row.y < area.bottom() {
            pen.write((row.x + 2, row.y), row.right(), line, pen.style(Look::Text));
        }
    }
}
