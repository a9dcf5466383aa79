//! The scroll bar at the right edge: where the body is in the text, and where something is open.

use crate::ui::layout::geometry::Geometry;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;

/// Draws the bar, where there is a column for it and the text is longer than the body.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let bar = geometry.scroll;
    let body = model.body();
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return };
    let collation = model.review.collation();
    let all = collation.first_row() == Some(first.row) && collation.last_row() == Some(last.row);
    if bar.width == 0 || bar.height == 0 || all {
        return;
    }
    let lines = model.review.base().line_count().max(1);
    let height = usize::from(bar.height);
    let line = |row| model.review.base().line_of(collation.row(row).base.start);
    let top = (line(first.row) * height / lines).min(height - 1);
    let end = (line(last.row) * height / lines).min(height - 1);
    for (at, y) in (bar.top()..bar.bottom()).enumerate() {
        let open = is_open(model, at * lines / height..(at + 1) * lines / height);
        // Their ticks point away from the text: one beside its last letter is a hyphen to the eye.
        let sign = match (top <= at && at <= end, open) {
            (true, true) => '┣',
            (true, false) => '┃',
            (false, true) => '├',
            (false, false) => '│',
        };
        pen.fill((bar.x, y), bar.right(), sign, pen.style(Look::Rule));
    }
}

/// Says whether something is open in some lines of the base.
fn is_open(model: &Model, lines: std::ops::Range<usize>) -> bool {
    let base = model.review.base();
    if lines.is_empty() {
        return false;
    }
    let (start, end) = (base.line(lines.start).start, base.line(lines.end - 1).end);
    let Some(row) = model.review.collation().row_at(start) else { return false };
    let before =
        model.review.collation().previous_row(row).and_then(|row| model.last_fix_until(row));
    let next = model.review.next_open(before);
    next.is_some_and(|id| model.review.place(id).start < end)
}
