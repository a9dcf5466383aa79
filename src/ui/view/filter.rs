//! The list from which a filter is chosen, in place of the panes.

use ratatui::layout::Rect;

use crate::ui::filter::{By, Menu};
use crate::ui::layout::geometry::Geometry;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars::{hint_texts, hints, last, row_of, rule, write_hints};
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// Draws the choices with how many places each has.
pub(crate) fn draw(menu: &Menu, geometry: &Geometry, pen: &mut Pen<'_>) {
    let top = geometry.status.bottom();
    let height = geometry.foot.top().saturating_sub(top);
    let area = Rect { y: top, height, ..geometry.foot };
    if area.height == 0 {
        return;
    }
    let style = pen.style(Look::Dim);
    rule(Rect { height: 1, ..area }, "show only lines with", ("", style), pen);
    for (Rect { y, .. }, index) in menu.lines(geometry).rows() {
        let choice = &menu.choices[index];
        let here = index == menu.at;
        let look = if here { Look::Here } else { Look::Text };
        let sign = if here { ">" } else { " " };
        let tick = if menu.ticked[index] { "[x] " } else { "[ ] " };
        let name = match choice.by {
            By::Stand(stand) => stand.word().to_owned(),
            By::Kind(kind) => words::kind(kind, 2).to_owned(),
            By::Suspect(reason) => format!("suspect: {reason}"),
        };
        let look = if choice.count == 0 && !here { Look::Dim } else { look };
        let x = pen.write((area.x, y), area.right(), &format!("{sign}{tick}"), pen.style(look));
        let text = format!("{name:<28} {:>8}", choice.count);
        pen.write((x, y), area.right(), &text, pen.style(look));
    }
}

/// Draws the foot: what would be shown, how many lines around, the keys.
pub(crate) fn foot(model: &Model, menu: &Menu, area: Rect, pen: &mut Pen<'_>) {
    if let Some(row) = row_of(area, 0, 3) {
        let around = format!("lines around each: {}", menu.around);
        rule(row, &menu.wanted().in_words(), (&around, pen.style(Look::Said)), pen);
    }
    if let Some(row) = row_of(area, 1, 3) {
        hints(model, &["list-tick", "list-more", "list-fewer"], "", row, pen);
    }
    let actions = ["list-go", "list-down", "list-up", "list-back"];
    let texts =
        hint_texts(model, &actions, |action| (action == "list-go").then(|| "show".to_owned()));
    write_hints(&texts, "filter", last(area), pen);
}
