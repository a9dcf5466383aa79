//! Going far: back to where one was, from page to page by a list.

use crate::collate::fix::RowId;
use crate::ui::mode::{Mode, Pages};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::moving;

/// Actions that go step by step: no place is remembered for them.
const STEPS: [&str; 10] = [
    "down",
    "up",
    "screen-down",
    "screen-up",
    "half-down",
    "half-up",
    "row-down",
    "row-up",
    "jump-back",
    "jump-forward",
];

/// Holds where the cursor was before an action, and what was in sight.
pub(crate) struct Left {
    row: RowId,
    at: usize,
    seen: Option<(RowId, RowId)>,
}

/// Notes where the cursor is before an action that may take it far away.
pub(crate) fn before(model: &Model, action: &str) -> Option<Left> {
    let row = model.cursor.row.filter(|_| !STEPS.contains(&action))?;
    let body = model.body();
    let seen = body.first().zip(body.last()).map(|(first, last)| (first.row, last.row));
    Some(Left { row, at: model.place(), seen })
}

/// Remembers the place that was left, if the cursor is out of what was in sight.
pub(crate) fn after(model: &mut Model, left: Option<Left>) {
    let (Some(left), Some(row)) = (left, model.cursor.row) else { return };
    let near = left.seen.is_some_and(|(first, last)| first <= row && row <= last);
    if row != left.row && !near {
        model.jumps.leave(left.at);
    }
}

/// Back to where the cursor was before it went far.
pub(crate) fn back(model: &mut Model) -> Vec<Effect> {
    let here = model.place();
    match model.jumps.back(here) {
        Some(at) => model.go_to_byte(at),
        None => model.say("no place to go back to"),
    }
    Vec::new()
}

/// Forward to where the cursor was before it went back.
pub(crate) fn forward(model: &mut Model) -> Vec<Effect> {
    let here = model.place();
    match model.jumps.forward(here) {
        Some(at) => model.go_to_byte(at),
        None => model.say("no place to go forward to"),
    }
    Vec::new()
}

/// Lists the pages.
pub(crate) fn pages(model: &mut Model) -> Vec<Effect> {
    let base = model.review.base();
    let at = model.page().saturating_sub(1);
    let count = base.page_count();
    model.enter(Mode::Pages(Pages { at, count }));
    Vec::new()
}

/// Goes to the page under the list's cursor.
pub(crate) fn go_to_page(model: &mut Model) -> Vec<Effect> {
    let Mode::Pages(pages) = &model.mode else { return Vec::new() };
    let page = pages.at + 1;
    model.enter(Mode::Review);
    moving::to_page(model, page)
}
