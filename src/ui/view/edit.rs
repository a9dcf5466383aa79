//! The foot during an edit: both witnesses, what is typed, what would be recorded.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::review::command::{Command, Refusal};
use crate::review::decide::decide;
use crate::review::event::Site;
use crate::ui::mode::Edit;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::{bars, input};
use crate::ui::words;

/// The lines of the foot, in order, each with how soon it gives way on a low screen: the lines
/// with the smallest numbers stay longest.
const LINES: [(Row, u8); 7] = [
    (Row::Rule, 4),
    (Row::Base, 2),
    (Row::Proposed, 3),
    (Row::Yours, 0),
    (Row::Records, 5),
    (Row::Hints, 1),
    (Row::MoreHints, 6),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Rule,
    Base,
    Proposed,
    Yours,
    Records,
    Hints,
    MoreHints,
}

/// Cells of the words before the texts.
const LABEL_CELLS: u16 = 12;

/// Draws the foot of an edit and returns where the cursor is.
pub(crate) fn draw(
    model: &Model,
    edit: &Edit,
    area: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let lines = LINES.iter().filter(|(_, order)| u16::from(*order) < area.height);
    let mut cursor = None;
    for (index, (line, _)) in lines.enumerate() {
        let row = Rect { y: area.y + index as u16, height: 1, ..area };
        let text = Rect {
            x: row.x + LABEL_CELLS,
            width: row.width.saturating_sub(LABEL_CELLS + 1),
            ..row
        };
        let skip = input::scrolled(&edit.input, usize::from(text.width), pen);
        match line {
            Row::Rule => draw_rule(model, edit, row, pen),
            Row::Base => witness("OCR", &edit.base, skip, (row, text), pen),
            Row::Proposed => witness("corrected", &edit.proposed, skip, (row, text), pen),
            Row::Yours => {
                label("yours", row, pen);
                cursor = input::draw(&edit.input, text, pen);
            }
            Row::Records => {
                label("records", row, pen);
                let records = records(model, edit, usize::from(text.width));
                pen.write((text.x, text.y), text.right(), &records, pen.style(Look::Dim));
            }
            Row::Hints => {
                let actions = ["edit-keep", "edit-leave", "edit-base", "edit-proposed"];
                bars::hints(model, &actions, "edit", row, pen);
            }
            Row::MoreHints => {
                let actions = ["input-rub-word", "edit-code", "edit-line-end", "edit-external"];
                bars::hints(model, &actions, "", row, pen);
            }
        }
    }
    cursor
}

fn draw_rule(model: &Model, edit: &Edit, row: Rect, pen: &mut Pen<'_>) {
    let line = model.review.base().line_of(model.place()) + 1;
    let said = match (&edit.code, &model.message) {
        (Some(code), _) => format!("letter by code: U+{code}_  then Enter"),
        (None, Some(message)) => message.text.clone(),
        (None, None) => String::new(),
    };
    let style = pen.style(Look::Said);
    bars::rule(row, &format!("editing line {line}"), (&said, style), pen);
}

fn label(word: &str, row: Rect, pen: &mut Pen<'_>) {
    pen.write((row.x + 1, row.y), row.right(), word, pen.style(Look::Title));
}

fn witness(word: &str, text: &str, skip: usize, at: (Rect, Rect), pen: &mut Pen<'_>) {
    let (row, area) = at;
    pen.write((row.x + 1, row.y), row.right(), word, Style::new());
    input::draw_text(text, skip, area, pen);
}

/// Names the records that the edit would make.
fn records(model: &Model, edit: &Edit, cells: usize) -> String {
    let (scope, target) = (edit.scope, edit.target.clone());
    let text = edit.input.text().to_owned();
    match decide(&model.review, &Command::Edit { scope, target, text }) {
        Err(Refusal::Unchanged) => "nothing so far: this is the text as it stands".to_owned(),
        Err(refusal) => refusal.to_string(),
        Ok(decision) => {
            let decided = decision.events.first().and_then(|event| event.decision());
            let sites = decided.map(|decided| decided.sites.as_slice()).unwrap_or_default();
            let named: Vec<String> = sites.iter().map(|site| record(site, cells)).collect();
            named.join(";  ")
        }
    }
}

fn record(site: &Site, cells: usize) -> String {
    let each = (cells / 4).max(10);
    let reading = site.reading.as_deref().unwrap_or_default();
    let whose = match () {
        () if site.proposed.as_deref() == Some(reading) => "as proposed",
        () if site.base == reading => "as the OCR",
        () => "yours",
    };
    let base =
        if site.base.is_empty() { "nothing".to_owned() } else { words::reading(&site.base, each) };
    let reading =
        if reading.is_empty() { "nothing".to_owned() } else { words::reading(reading, each) };
    format!("{base} → {reading} {whose}")
}
