//! The summary of a first opening: what the work is. It leaves at the first key.

use std::collections::BTreeMap;

use ratatui::style::Style;

use crate::collate::fix::{FixId, Kind};
use crate::text::visible::width;
use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::{foot, words};

/// Draws the summary above the foot.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let area = geometry.panel;
    if model.mode != Mode::Summary || area.height == 0 {
        return;
    }
    let mut row = ratatui::layout::Rect { height: 1, ..area };
    foot::rule(row, &heading(model), ("", Style::new()), pen);
    let cells = usize::from(area.width).saturating_sub(4);
    let mut lines = in_lines(&kinds(model), "   ", cells);
    lines.truncate(3);
    lines.extend(in_lines(&commonest(model), " · ", cells).into_iter().take(1));
    for line in lines {
        row.y += 1;
        if row.y < area.bottom() {
            pen.write((row.x + 2, row.y), row.right(), &line, pen.style(Look::Text));
        }
    }
}

/// Says how much work there is.
fn heading(model: &Model) -> String {
    let counts = model.review.counts();
    let collation = model.review.collation();
    let mut rows: Vec<_> = collation.fixes().map(|id| collation.row_of(id)).collect();
    rows.dedup();
    let more = if counts.complete { "" } else { "+" };
    let total = counts.total();
    match (total, counts.complete) {
        (0, true) => "no differences: read on; e edits any line".to_owned(),
        (1, true) => "1 difference".to_owned(),
        _ => format!("{total}{more} differences on {}{more} lines", rows.len()),
    }
}

/// Returns the kinds that occur, the commonest first.
fn kinds(model: &Model) -> Vec<String> {
    let collation = model.review.collation();
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for id in collation.fixes().filter(|&id| !model.review.in_class(id)) {
        *counts.entry(collation.fix(id).kind).or_default() += 1;
    }
    let mut counts: Vec<(Kind, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    let mut words: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| format!("{count} {}", words::kind(kind, count)))
        .collect();
    if let Some(class) = model.review.counts().class {
        words.push(format!("+ {} line ends, one class:  :accept kind=line-end", class.total));
    }
    words
}

/// Returns the changes that occur most often, and a word of comfort.
fn commonest(model: &Model) -> Vec<String> {
    let review = &model.review;
    let lines_alone = |id: &FixId| {
        let kind = review.collation().fix(*id).kind;
        !matches!(kind, Kind::MissingLine | Kind::ExtraLine | Kind::LineEnd | Kind::PageEnd)
    };
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for id in review.collation().fixes().filter(lines_alone) {
        *counts.entry((review.base_reading(id), review.proposed(id))).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    counts.sort_by_key(|&(change, count)| (std::cmp::Reverse(count), change));
    let mut words: Vec<String> = counts
        .into_iter()
        .take(4)
        .map(|((base, proposed), count)| {
            format!("{} → {} {count}", words::reading(base, 16), words::reading(proposed, 16))
        })
        .collect();
    if let Some(first) = words.first_mut() {
        *first = format!("most often: {first}");
    }
    words.truncate(3);
    words.push("every decision is kept".to_owned());
    words
}

/// Joins words into lines of at most `cells` cells.
fn in_lines(words: &[String], between: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(line) + width(between) + width(word) <= cells => {
                line.push_str(between);
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}
