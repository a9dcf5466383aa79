//! Panels in place of the panes: the keys, and what the check of a log found.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::visible::width;
use crate::ui::keymap::{Action, Context};
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

/// What the help of a review begins with.
const REVIEW_HEADS: [&str; 3] = [
    "Left is what the OCR read; it never changes.",
    "Right is the text as it now stands, open fixes as proposed.",
    "A verb acts on what is highlighted: the line, until it is narrowed.",
];

/// What the help of a replay begins with.
const REPLAY_HEADS: [&str; 3] = [
    "Left is what the OCR read. Right is the text as it stood after the record shown.",
    "> marks what the record changed; the foot says what it was, when and by whom.",
    "A replay only looks: nothing is written, whatever key is pressed.",
];

/// Returns the lines of the help: keys and what they do; headings have no keys.
fn help_lines(model: &Model) -> Vec<(String, String)> {
    let replays = model.player.is_some();
    let heads = if replays { REPLAY_HEADS } else { REVIEW_HEADS };
    let mut lines: Vec<(String, String)> =
        heads.iter().map(|head| (String::new(), (*head).to_owned())).collect();
    let mut group = "";
    let others = [Context::Review, Context::Edit, Context::Confirm, Context::List, Context::Start];
    let counts = |action: &&Action| match replays {
        true => !others.contains(&action.context),
        false => action.context != Context::Player,
    };
    for action in model.keymap.actions().iter().filter(counts) {
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
        ("s", "a suspect"),
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

/// Draws the lines of a report from line `top` on.
pub(crate) fn report(lines: &[String], geometry: &Geometry, top: usize, pen: &mut Pen<'_>) {
    let area = room(geometry);
    if area.height == 0 {
        return;
    }
    bars::rule(Rect { height: 1, ..area }, "what the log's check found", ("", Style::new()), pen);
    let cells = usize::from(area.width).saturating_sub(3);
    let lines: Vec<String> = lines.iter().flat_map(|line| words::in_lines(line, cells)).collect();
    let body = usize::from(area.height) - 1;
    let top = top.min(lines.len().saturating_sub(body));
    for (y, line) in (area.y + 1..).zip(lines.iter().skip(top).take(body)) {
        pen.write((area.x + 2, y), area.right(), line, pen.style(Look::Text));
    }
}
