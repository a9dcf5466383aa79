//! The time line of a replay: where the record shown is in its log, and the marks along the way.

use ratatui::layout::Rect;

use crate::log::landmark::LANDMARKS;
use crate::log::time;
use crate::text::visible::width;
use crate::ui::model::Model;
use crate::ui::player::Player;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;

/// Draws the line: times of the first and last record, a cell for each share of the records.
pub(crate) fn draw(model: &Model, player: &Player, area: Rect, pen: &mut Pen<'_>) {
    let (from, to) = ends(model);
    let cells = usize::from(area.width).saturating_sub(width(&from) + width(&to) + 4);
    if cells < 8 {
        return;
    }
    let (text, dim) = (pen.style(Look::Text), pen.style(Look::Dim));
    let x = pen.write((area.x, area.y), area.right(), &format!("{from} "), text);
    let x = pen.write((x, area.y), area.right(), "├", pen.style(Look::Rule));
    let count = player.landmarks.len();
    let cell = |index: usize| index * (cells - 1) / count.saturating_sub(1).max(1);
    let here = cell(player.at);
    let end = x + cells as u16;
    pen.fill((x, area.y), x + here as u16, '─', pen.style(Look::Rule));
    pen.fill((x + here as u16, area.y), end, '┄', dim);
    for (column, letter) in marks(player, cells, cell) {
        let style = pen.style(if column <= here { Look::Title } else { Look::Dim });
        pen.write((x + column as u16, area.y), end, letter, style);
    }
    pen.write((x + here as u16, area.y), end, "●", pen.style(Look::Here));
    let x = pen.write((end, area.y), area.right(), "┤", pen.style(Look::Rule));
    pen.write((x, area.y), area.right(), &format!(" {to}"), text);
}

/// Returns the times at the ends: of one day to the minute, else the dates.
fn ends(model: &Model) -> (String, String) {
    let records = model.chronicle.records();
    let (first, last) = (records.first(), records.last());
    let times = (first.map_or("", |it| &it.time), last.map_or("", |it| &it.time));
    if time::date(times.0) == time::date(times.1) {
        return (time::minute(times.0).to_owned(), time::minute(times.1).to_owned());
    }
    (time::date(times.0).to_owned(), time::date(times.1).to_owned())
}

/// Returns the greatest landmark of each cell that has one, by its letter.
fn marks(
    player: &Player,
    cells: usize,
    cell: impl Fn(usize) -> usize,
) -> impl Iterator<Item = (usize, &'static str)> {
    let mut greatest = vec![None; cells];
    for (index, landmark) in player.landmarks.iter().enumerate() {
        let slot = &mut greatest[cell(index).min(cells - 1)];
        *slot = (*slot).max(*landmark);
    }
    let letter = |landmark| LANDMARKS.iter().find(|(known, _, _)| *known == landmark);
    let named = greatest.into_iter().enumerate();
    named.filter_map(move |(column, found)| Some((column, letter(found?)?.1)))
}

/// Names the marks that this log has.
pub(crate) fn legend(player: &Player, area: Rect, pen: &mut Pen<'_>) {
    let mut x = area.x + 7;
    for (landmark, letter, name) in LANDMARKS {
        if player.landmarks.contains(&Some(landmark)) {
            let after = pen.write((x, area.y), area.right(), letter, pen.style(Look::Title));
            x = pen.write((after + 1, area.y), area.right(), name, pen.style(Look::Dim)) + 3;
        }
    }
}
