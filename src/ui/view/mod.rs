//! `view`: draws the model. It changes nothing and decides nothing.

pub mod alike;
pub mod bars;
pub mod edit;
pub mod excerpt;
pub mod filter;
pub mod foot;
mod found;
pub mod history;
pub mod input;
pub mod inspect;
pub mod pages;
pub mod panel;
pub mod panes;
pub mod pen;
pub mod pick;
pub mod playing;
pub mod scroll;
pub mod start;
pub mod status;
pub mod subject;
pub mod summary;
pub mod timeline;
pub mod verbs;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::mode::{Confirm, Mode};
use crate::ui::model::Model;
use crate::ui::view::pen::Pen;

/// Draws the model at any size of columns and rows; returns where the cursor is, if it shows.
///
/// It makes the picture itself: the toolkit's terminal would compare each with the one before, cell
/// by cell, for a backend that takes whole pictures.
#[must_use]
pub fn view(model: &Model, (width, height): (u16, u16)) -> (Buffer, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let mut geometry = model.geometry();
    if (area.width, area.height) != model.size {
        // A resize whose message has not come yet: what does not fit any more is left out.
        let fit = |region: &mut Rect| *region = region.intersection(area);
        for region in [
            &mut geometry.status,
            &mut geometry.base_title,
            &mut geometry.right_title,
            &mut geometry.base,
            &mut geometry.right,
            &mut geometry.scroll,
            &mut geometry.panel,
            &mut geometry.foot,
        ] {
            fit(region);
        }
    }
    let mut pen = Pen::new(&mut buffer, &model.theme, model.repertoire);
    status::draw(model, &geometry, &mut pen);
    match &model.mode {
        Mode::Help(top) => panel::help(model, &geometry, *top, &mut pen),
        Mode::History(chosen) => history::draw(model, &geometry, chosen, &mut pen),
        Mode::Report { lines, top } => panel::report(lines, &geometry, *top, &mut pen),
        Mode::Inspect(top) => inspect::draw(model, &geometry, *top, &mut pen),
        Mode::Alike(list) => alike::draw(model, list, &geometry, &mut pen),
        Mode::Confirm(Confirm { over: Some(over), .. }) if let Mode::Alike(list) = &**over => {
            alike::draw(model, list, &geometry, &mut pen);
        }
        Mode::Filter(menu) => filter::draw(menu, &geometry, &mut pen),
        Mode::Pages(pages) => pages::draw(model, pages, &geometry, &mut pen),
        _ => {
            panes::titles(model, &geometry, &mut pen);
            panes::draw(model, &geometry, &mut pen);
            scroll::draw(model, &geometry, &mut pen);
        }
    }
    summary::draw(model, &geometry, &mut pen);
    pick::draw(model, &geometry, &mut pen);
    let cursor = foot::draw(model, &geometry, &mut pen);
    let cursor = cursor.map(Position::from).filter(|&at| area.contains(at));
    (buffer, cursor)
}
