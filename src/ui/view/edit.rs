//! The foot during an edit: both witnesses, what is typed, what would be recorded.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::review::command::{Command, Refusal, Target};
use crate::review::decide::decide;
use crate::review::event::Site;
use crate::ui::mode::Edit;
use crate::ui::model::Model;
use crate::ui::special::{self, Composed, Special};
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::{bars, input, subject};
use crate::ui::witness::Witness;
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

/// On a narrower screen the hints have fewer words.
const NARROW: u16 = 60;

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
    let (mut cursor, mut rest) = (None, String::new());
    for (index, (line, _)) in lines.enumerate() {
        let row = Rect { y: area.y + index as u16, height: 1, ..area };
        let text = Rect {
            x: row.x + LABEL_CELLS,
            width: row.width.saturating_sub(LABEL_CELLS + 1),
            ..row
        };
        match line {
            Row::Rule => rest = draw_rule(model, edit, row, pen),
            Row::Base => draw_witness(("OCR", &edit.base, Look::MarkBase), edit, (row, text), pen),
            Row::Proposed => {
                let which = ("corrected", &edit.proposed, Look::MarkProposed);
                draw_witness(which, edit, (row, text), pen);
            }
            Row::Yours => {
                label("yours", row, pen);
                cursor = input::draw(&edit.input, text, pen);
            }
            Row::Records => draw_records(model, edit, (row, text), pen),
            Row::Hints => draw_hints(model, edit, row, pen),
            Row::MoreHints if bars::more(model, &rest, row, pen) || edit.special.is_some() => {}
            Row::MoreHints => {
                let actions =
                    ["edit-undo", "edit-pick", "edit-compose", "edit-code", "edit-external"];
                bars::hints(model, &actions, "", row, pen);
            }
        }
    }
    cursor
}

/// Draws the keys of the edit, or of the letter that is being put in.
fn draw_hints(model: &Model, edit: &Edit, row: Rect, pen: &mut Pen<'_>) {
    let actions: &[&str] = match &edit.special {
        None | Some(Special::Pick(_)) => &["edit-keep", "edit-leave", "edit-base", "edit-proposed"],
        Some(Special::Code(_)) => &["edit-keep", "edit-leave"],
        Some(Special::Compose(_)) => &["edit-leave"],
    };
    let picks = matches!(edit.special, Some(Special::Pick(_)));
    let mut texts = bars::hint_texts(model, actions, |action| {
        let other = match action {
            "edit-leave" if edit.special.is_none() && row.width < NARROW => "leave",
            _ if edit.special.is_none() => return None,
            "edit-keep" => "put in",
            "edit-base" => "row up",
            "edit-proposed" => "row down",
            _ => "back",
        };
        Some(other.to_owned())
    });
    if picks {
        texts.push(("a-z".to_owned(), "next like it".to_owned()));
    }
    bars::write_hints(&texts, "edit", row, pen);
}

/// Draws the heading with what is said, and returns what has no room there.
fn draw_rule(model: &Model, edit: &Edit, row: Rect, pen: &mut Pen<'_>) -> String {
    let heading = match &edit.target {
        Target::Row(_) => {
            format!("editing line {}", model.review.base().line_of(model.place()) + 1)
        }
        Target::Span(_) => format!("editing {}", subject::heading(model)),
    };
    let said = match &edit.special {
        Some(Special::Code(code)) => {
            let letter = special::letter_of(code).map_or(String::new(), |it| format!(" is {it}"));
            format!("letter by code: U+{code}{letter}, then Enter")
        }
        Some(Special::Compose(None)) => {
            "two keys make a letter: f s ſ, a ' á, - m —, * a α".to_owned()
        }
        Some(Special::Compose(Some(first))) => format!("{first} and a second key"),
        Some(Special::Pick(_)) | None => return bars::said_rule(model, row, &heading, pen),
    };
    let style = pen.style(Look::Said);
    if !bars::rule(row, &heading, (&said, style), pen) {
        pen.write((row.x, row.y), row.right(), &format!(" {said} "), style);
    }
    String::new()
}

fn label(word: &str, row: Rect, pen: &mut Pen<'_>) {
    pen.write((row.x + 1, row.y), row.right(), word, pen.style(Look::Title));
}

/// Draws what a text has there: beside the cursor what answers to it, marked where it differs.
fn draw_witness(
    (word, witness, mark): (&str, &Witness, Look),
    edit: &Edit,
    (row, area): (Rect, Rect),
    pen: &mut Pen<'_>,
) {
    pen.write((row.x + 1, row.y), row.right(), word, Style::new());
    let (width, repertoire) = (usize::from(area.width), pen.repertoire());
    let (now, at) = (edit.input.text(), edit.input.cursor());
    let start = input::start(&edit.input, width, repertoire);
    let there = witness.answer(&edit.began, now, at);
    let room = width.saturating_sub(3);
    let fits = input::back(witness.text(), there, room, repertoire) == 0;
    let start = match start {
        0 if fits => 0,
        _ => {
            let column = input::cells(&now[start..at], repertoire);
            input::back(witness.text(), there, column, repertoire)
        }
    };
    let found = witness.differing(&edit.began, now, at).map(|(_, theirs)| theirs);
    input::draw_text(witness.text(), start, area, pen);
    if let Some(found) = found.filter(|found| found.start >= start) {
        let before = input::cells(&witness.text()[start..found.start], repertoire);
        let cells = input::cells(&witness.text()[found], repertoire).min(width);
        let x = area.x.saturating_add(before as u16);
        let marked = Rect { x, width: cells as u16, ..area }.intersection(area);
        pen.paint(marked, pen.style(mark));
    }
}

fn draw_records(model: &Model, edit: &Edit, (row, text): (Rect, Rect), pen: &mut Pen<'_>) {
    let (word, records) = match edit.special {
        Some(Special::Compose(Some(first))) => ("makes", made_with(first)),
        _ => ("records", records(model, edit, usize::from(text.width))),
    };
    label(word, row, pen);
    let dim = pen.style(Look::Dim);
    pen.write_cut((text.x, text.y), text.right(), &records, dim);
}

/// Lists what a first key makes with the second ones.
fn made_with(first: char) -> String {
    let found = special::after(first).into_iter().map(|(key, made)| match made {
        Composed::Text(text) => format!("{key} {text}"),
        Composed::Mark(mark) => format!("{key} ◌{mark}"),
    });
    found.collect::<Vec<_>>().join("  ")
}

/// Names the records that the edit would make.
fn records(model: &Model, edit: &Edit, cells: usize) -> String {
    let (scope, target) = (edit.scope, edit.target.clone());
    let text = edit.input.text().to_owned();
    if text == edit.began {
        return "nothing so far: this is the text as it stands".to_owned();
    }
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
    let (base, reading) = words::change(&site.base, reading, each);
    format!("{base} → {reading} {whose}")
}
