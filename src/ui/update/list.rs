//! What all lists share: the cursor goes up and down in them.

use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{alike, filter, travel};

/// Moves the cursor of a list by some places; it stops at the ends.
pub(crate) fn by(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some((at, count)) = model.mode.list() {
        *at = at.saturating_add_signed(by).min(count.saturating_sub(1));
    }
    Vec::new()
}

/// Moves the cursor of a list by a screen, or half of one.
pub(crate) fn by_screen(model: &mut Model, direction: isize) -> Vec<Effect> {
    let height = model.geometry().body_rows().max(2) as isize;
    by(model, direction * (height - 1))
}

/// Goes to where the place under the cursor is.
pub(crate) fn go(model: &mut Model) -> Vec<Effect> {
    match &model.mode {
        Mode::Alike(_) => alike::go(model),
        Mode::Filter(_) => filter::choose(model),
        Mode::Pages(_) => travel::go_to_page(model),
        _ => Vec::new(),
    }
}

/// Ticks what is under the cursor, or takes its tick away.
pub(crate) fn tick(model: &mut Model) -> Vec<Effect> {
    match &mut model.mode {
        Mode::Alike(list) => list.tick(),
        Mode::Filter(menu) => menu.ticked[menu.at] = !menu.ticked[menu.at],
        _ => {}
    }
    // What a verb would decide is another now, and has not been drawn yet.
    model.asked += 1;
    Vec::new()
}

/// Ticks all or nothing.
pub(crate) fn tick_all(model: &mut Model) -> Vec<Effect> {
    match &mut model.mode {
        Mode::Alike(list) => list.tick_all(),
        Mode::Filter(menu) => menu.ticked.fill(false),
        _ => {}
    }
    model.asked += 1;
    Vec::new()
}
