//! The panel with everything that was ever decided in a line.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::log::line_history::{Deed, Past};
use crate::log::record::{Body, Record};
use crate::log::time;
use crate::review::event::Event;
use crate::text::visible::width;
use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::History;
use crate::ui::model::Model;
use crate::ui::telling;
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// The lines that an entry takes: who and when, then what.
const LINES: usize = 2;

/// Draws the history; the chosen entry is always in sight.
pub(crate) fn draw(model: &Model, geometry: &Geometry, history: &History, pen: &mut Pen<'_>) {
    let area = geometry.room();
    if area.height == 0 {
        return;
    }
    let line = model.review.base().line_of(model.place()) + 1;
    let count = match history.pasts.len() {
        0 => String::new(),
        count => format!("{} of {count}", history.chosen + 1),
    };
    // In a replay what came after the record shown is told too.
    let reach = if model.player.is_some() { "in the whole log" } else { "so far" };
    let heading = format!("line {line}, {reach}");
    bars::rule(Rect { height: 1, ..area }, &heading, (&count, pen.style(Look::Title)), pen);
    if history.pasts.is_empty() {
        let at = (area.x + 2, area.y + 1);
        if area.height > 1 {
            let none = "nothing was decided here yet";
            pen.write(at, area.right(), none, pen.style(Look::Text));
        }
        return;
    }
    let room = (usize::from(area.height) - 1) / LINES;
    let first = (history.chosen + 1).saturating_sub(room.max(1));
    let shown = history.pasts.iter().enumerate().skip(first).take(room.max(1));
    for (index, past) in shown {
        let y = area.y + 1 + ((index - first) * LINES) as u16;
        let row = Rect { y, height: area.bottom().saturating_sub(y).min(LINES as u16), ..area };
        entry(model, past, index == history.chosen, row, pen);
    }
}

fn entry(model: &Model, past: &Past, chosen: bool, area: Rect, pen: &mut Pen<'_>) {
    let Some(record) = model.chronicle.records().get(past.index) else { return };
    if area.height == 0 {
        return;
    }
    let (fate, look) = fate(past);
    let shown = model.replayed().is_some_and(|shown| shown.seq == record.seq);
    let when = format!(
        "#{:<5} {}  {} UTC  {}{}",
        record.seq,
        time::day(&record.time),
        time::clock(&record.time),
        model.chronicle.reviewer(past.index),
        if shown { "  (shown)" } else { "" }
    );
    let highlight = if chosen { pen.style(Look::Highlight) } else { Style::new() };
    if chosen {
        pen.write((area.x, area.y), area.right(), ">", pen.style(Look::Here));
    }
    let style = pen.style(if past.undone_by.is_some() { Look::Dim } else { Look::Title });
    let x = pen.write((area.x + 2, area.y), area.right(), &when, style.patch(highlight));
    let start = area.right().saturating_sub(width(&fate) as u16 + 1);
    if start > x + 1 {
        pen.write((start, area.y), area.right(), &fate, pen.style(look));
    }
    if area.height > 1 {
        let what = what(model, past, record, usize::from(area.width).saturating_sub(4));
        pen.write((area.x + 4, area.y + 1), area.right(), &what, pen.style(Look::Text));
    }
}

/// Says what became of an entry.
fn fate(past: &Past) -> (String, Look) {
    match (past.undone_by, &past.deed) {
        (Some(by), _) => (format!("undone by #{by}"), Look::Dim),
        (None, Deed::Decided { stands: true, .. }) => ("stands".to_owned(), Look::Accepted),
        (None, Deed::Decided { after: None, .. }) => (String::new(), Look::Dim),
        (None, Deed::Decided { .. }) => ("replaced".to_owned(), Look::Dim),
        (None, Deed::Remarked) => (String::new(), Look::Dim),
    }
}

/// Says what an entry did: the text before and after.
fn what(model: &Model, past: &Past, record: &Record, cells: usize) -> String {
    let Deed::Decided { before, after, .. } = &past.deed else {
        return telling::record(record, &model.chronicle, cells);
    };
    let verdict = match &record.body {
        Body::Review(event) => event.decision().map(|decided| decided.verdict.to_string()),
        _ => None,
    };
    let verdict = verdict.unwrap_or_default();
    let scope = record.event().and_then(Event::decision).map(|decided| decided.scope.to_string());
    let each = cells.saturating_sub(22) / 2;
    let reading = |text: &str| words::or_nothing(text, each);
    let change = match after {
        None => format!("{} open again", reading(before)),
        Some(after) if after == before => format!("{} stays", reading(after)),
        Some(after) => format!("{} → {}", reading(before), reading(after)),
    };
    format!("{verdict:<7} {:<6} {change}", scope.unwrap_or_default())
}
