//! Panels in place of the panes: the keys, and what was decided in a line.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::review::event::{Mark, Place};
use crate::review::ledger::Remark;
use crate::text::visible::width;
use crate::ui::keymap::Action;
use crate::ui::layout::geometry::Geometry;
use crate::ui::layout::row::Signs;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// Returns the room of a panel: everything between the bar and the foot.
pub(crate) fn room(geometry: &Geometry) -> Rect {
    let top = geometry.status.bottom();
    Rect {
        x: geometry.foot.x,
        y: top,
        width: geometry.foot.width.max(geometry.base.width),
        height: geometry.foot.bottom().saturating_sub(top + geometry.foot.height.min(1)),
    }
}

/// Where the words of the help begin.
const HELP_COLUMN: u16 = 20;

/// Draws the keys from line `top` on, generated from the keymap.
pub(crate) fn help(model: &Model, geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = room(geometry);
    if area.height == 0 {
        return;
    }
    bars::rule(Rect { height: 1, ..area }, "the keys", ("", Style::new()), pen);
    let cells = usize::from(area.width.saturating_sub(HELP_COLUMN)).max(16);
    let lines: Vec<(String, String)> = help_lines(model)
        .into_iter()
        .flat_map(|(keys, text)| {
            let cells =
                if keys.is_empty() { usize::from(area.width).saturating_sub(2) } else { cells };
            let lines = words::in_lines(&text, cells).into_iter().enumerate();
            let first = move |index: usize| if index == 0 { keys.clone() } else { " ".to_owned() };
            lines.map(move |(index, line)| (first(index), line)).collect::<Vec<_>>()
        })
        .collect();
    let body = usize::from(area.height) - 1;
    let top = top.min(lines.len().saturating_sub(body));
    for (index, (keys, text)) in lines.iter().skip(top).take(body).enumerate() {
        let y = area.y + 1 + index as u16;
        let look = if keys.is_empty() { Look::Title } else { Look::Text };
        let x = pen.write((area.x + 2, y), area.right(), keys, pen.style(Look::Key));
        let column =
            if keys.is_empty() { area.x + 1 } else { (area.x + HELP_COLUMN - 1).max(x + 1) };
        pen.write((column, y), area.right(), text, pen.style(look));
    }
    if top + body < lines.len() {
        let left = format!("{} more", lines.len() - top - body);
        let start = area.right().saturating_sub(width(&left) as u16 + 2);
        pen.write((start, area.bottom() - 1), area.right(), &left, pen.style(Look::Dim));
    }
}

/// Returns the lines of the help: keys and what they do; headings have no keys.
fn help_lines(model: &Model) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = vec![
        (String::new(), "Left is what the OCR read; it never changes.".to_owned()),
        (String::new(), "Right is the text as it now stands, open fixes as proposed.".to_owned()),
        (
            String::new(),
            "A verb acts on what is highlighted: the line, until it is narrowed.".to_owned(),
        ),
    ];
    let mut group = "";
    for action in model.keymap.actions() {
        if action.group != group {
            group = &action.group;
            lines.push((String::new(), String::new()));
            lines.push((String::new(), group.to_owned()));
        }
        lines.push((keys(model, action), action.doc.clone()));
    }
    lines.push((String::new(), String::new()));
    lines.push((String::new(), "In the gutter".to_owned()));
    let signs = [
        ("3?", "three open fixes"),
        ("a r e", "accepted, rejected, edited"),
        ("m", "decided differently"),
        ("!", "disputed"),
        ("d", "doubtful"),
        ("c", "a note"),
    ];
    lines.extend(signs.map(|(sign, text)| (sign.to_owned(), text.to_owned())));
    lines.push((String::new(), String::new()));
    lines.push((String::new(), "In the text".to_owned()));
    let signs = Signs::of(model.repertoire);
    let signs = [
        (signs.blank, "a changed blank"),
        (signs.line_end, "a line end that only one side has"),
        (signs.soft_hyphen, "a soft hyphen"),
        (signs.page_end, "a page end"),
        (signs.missing, "no such line on this side"),
    ];
    lines.extend(signs.map(|(sign, text)| (sign.to_owned(), text.to_owned())));
    lines
}

fn keys(model: &Model, action: &Action) -> String {
    model.keymap.keys(&action.name).join(" ")
}

/// Draws what was decided in the cursor's line, from line `top` on.
pub(crate) fn history(model: &Model, geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = room(geometry);
    if area.height == 0 {
        return;
    }
    let line = model.review.base().line_of(model.place()) + 1;
    let heading = format!("line {line}, so far");
    bars::rule(Rect { height: 1, ..area }, &heading, ("", Style::new()), pen);
    let mut lines = history_lines(model);
    if lines.is_empty() {
        lines.push((true, "nothing was decided here yet".to_owned()));
    }
    let body = usize::from(area.height) - 1;
    let top = top.min(lines.len().saturating_sub(body));
    for (y, (live, text)) in (area.y + 1..).zip(lines.iter().skip(top).take(body)) {
        let look = if *live { Look::Text } else { Look::Dim };
        pen.write((area.x + 2, y), area.right(), text, pen.style(look));
    }
}

/// Names the acts that touched the cursor's line, and whether each is in force.
fn history_lines(model: &Model) -> Vec<(bool, String)> {
    let (Some(row), ledger) = (model.cursor.row, model.review.ledger()) else { return Vec::new() };
    let line = model.review.collation().row(row).base;
    let here = |place: &Place| {
        place.overlaps(Place::new(line.clone(), 0))
            || model.review.fixes_over(*place).any(|id| model.review.collation().row_of(id) == row)
    };
    let lines = ledger.acts().iter().filter_map(|act| {
        let places: Vec<Place> = ledger.places(act).into_iter().filter(here).collect();
        let first = places.first()?;
        let what = match (act.verdict, act.scope) {
            (Some(verdict), Some(scope)) => format!("{verdict:<7} {scope:<6}"),
            _ => remark(act.remark),
        };
        let base = words::or_nothing(model.review.base().slice(first.span()), 24);
        let stands = ledger.standing_at(*first).filter(|site| site.seq == act.seq);
        let reading = stands.map_or(String::new(), |site| {
            format!(" → {}  stands", words::or_nothing(site.reading, 24))
        });
        let more = match places.len() {
            1 => String::new(),
            count => format!("  and {} more here", count - 1),
        };
        let undone = if act.is_live() { "" } else { "  taken back" };
        Some((act.is_live(), format!("#{:<4} {what}  {base}{reading}{more}{undone}", act.seq)))
    });
    lines.collect()
}

/// Names an act that decides nothing.
fn remark(remark: Option<Remark>) -> String {
    match remark {
        Some(Remark::Note(Mark::Note)) | None => "note".to_owned(),
        Some(Remark::Note(mark)) => format!("marked {mark}"),
        Some(Remark::Signature(extent)) => format!("signed, the {extent}"),
    }
}
