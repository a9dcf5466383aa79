//! The list of places alike, in place of the panes, and its foot.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::collate::fix::RowId;
use crate::review::alike::{Likely, Width};
use crate::text::visible::width;
use crate::ui::alike::{Group, List, Shows, head};
use crate::ui::layout::geometry::{GUTTER_CELLS, Geometry, Panes};
use crate::ui::layout::row::{Side, Sides};
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars::{hints, last, row_of, rule, write_hints};
use crate::ui::view::excerpt::{self, Excerpt};
use crate::ui::view::panes;
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// Draws the list: what it is of, then one line a place, the one under the cursor in sight.
pub(crate) fn draw(model: &Model, list: &List, geometry: &Geometry, pen: &mut Pen<'_>) {
    let top = geometry.status.bottom();
    let height = geometry.foot.top().saturating_sub(top);
    let area = Rect { y: top, height, ..geometry.foot };
    if area.height == 0 {
        return;
    }
    if head(geometry) > 0 {
        heading(model, list, Rect { height: 1, ..area }, pen);
        panes::titles(model, &moved(geometry, top + 1), pen);
    }
    for (row, line) in list.lines(geometry).rows() {
        match list.line(line) {
            Shows::Blank => {}
            Shows::Heading(group) => {
                let text = group_heading(list, group);
                pen.write((row.x + 1, row.y), row.right(), &text, pen.style(Look::Title));
            }
            Shows::Place(index) => place(model, (list, index), geometry, row, pen),
        }
    }
}

/// Returns the regions of the panes' titles, at another row.
fn moved(geometry: &Geometry, y: u16) -> Geometry {
    let title = |area: Rect| Rect { y, height: 1, ..area };
    let right =
        if geometry.panes != Panes::Beside { Rect::default() } else { title(geometry.right_title) };
    Geometry { base_title: title(geometry.base_title), right_title: right, ..*geometry }
}

fn group_heading(list: &List, group: Group) -> String {
    match group {
        Group::Proposed if list.asked.own => "Open there: your reading is offered".to_owned(),
        Group::Proposed => "The corrected text proposes it".to_owned(),
        Group::Forgotten => {
            let word = words::or_nothing(&list.asked.base, 24);
            format!("Both texts still have {word}: read, then tick")
        }
    }
}

/// Says what the list is of, how much is ticked and how wide it is.
fn heading(model: &Model, list: &List, area: Rect, pen: &mut Pen<'_>) {
    let cells = usize::from(area.width);
    let change = change_in_words(list, cells / 2);
    let x = pen.write((area.x + 1, area.y), area.right(), &change, pen.style(Look::Title));
    let count = format!("{} ticked of {}", list.count(), list.found.places.len());
    let wide = width_in_words(model, list);
    let start = area.right().saturating_sub(width(&wide) as u16 + 1);
    let middle = (area.x + area.width / 2).max(x + 3);
    let x = pen.write((middle, area.y), area.right(), &count, pen.style(Look::Text));
    if start > x + 1 {
        pen.write((start, area.y), area.right(), &wide, pen.style(Look::Dim));
    }
}

/// Writes the change of the list in words.
pub(crate) fn change_in_words(list: &List, cells: usize) -> String {
    let asked = &list.asked;
    match list.width {
        Width::Letters => letters_in_words(&asked.letters(), cells),
        Width::Kind => words::kind(asked.kind, list.found.places.len()).to_owned(),
        Width::Word => match words::line_verbs(asked.kind) {
            Some((put, _)) => {
                let text = if asked.base.is_empty() { &asked.reading } else { &asked.base };
                let text = text.trim_end_matches(['\n', '\r']);
                format!("{} → {put}", words::or_blank_line(text, cells.saturating_sub(14)))
            }
            None => {
                let each = (cells / 2).max(8);
                let (base, reading) = words::change(&asked.base, &asked.reading, each);
                format!("{base} → {reading}")
            }
        },
    }
}

fn letters_in_words(letters: &[(String, String)], cells: usize) -> String {
    let pair = |(from, to): &(String, String)| {
        format!("{} → {}", words::or_nothing(from, 12), words::or_nothing(to, 12))
    };
    let mut text = letters.iter().map(pair).collect::<Vec<_>>().join(", ");
    if width(&text) > cells {
        text = words::reading(&text, cells);
    }
    text
}

fn width_in_words(model: &Model, list: &List) -> String {
    let kind = list.asked.kind;
    match list.width {
        Width::Word if words::line_verbs(kind).is_some() => "this line".to_owned(),
        Width::Word if list.asked.own => format!("this word, as {} has it", model.reviewer),
        Width::Word => "in this word".to_owned(),
        Width::Letters => "in any word".to_owned(),
        Width::Kind => "all of this kind".to_owned(),
    }
}

fn row_and_sides(model: &Model, likely: &Likely) -> Option<(RowId, Sides<Excerpt>)> {
    let collation = model.review.collation();
    let row = match likely.fix {
        Some(id) => collation.row_of(id),
        None => collation.row_at(likely.place.start)?,
    };
    Some((row, excerpt::around(&model.review, row, (likely.place, likely.fix))))
}

/// Draws one place.
fn place(model: &Model, of: (&List, usize), geometry: &Geometry, row: Rect, pen: &mut Pen<'_>) {
    let (list, index) = of;
    let likely = &list.found.places[index];
    let Some((_, sides)) = row_and_sides(model, likely) else { return };
    let here = index == list.at;
    let sign = if here { ">" } else { " " };
    let tick = if list.ticked[index] { "[x] " } else { "[ ] " };
    let style = pen.style(if here { Look::Here } else { Look::Text });
    let left_end =
        if geometry.panes != Panes::Beside { row.right() } else { geometry.base.right() };
    let x = pen.write((row.x, row.y), left_end, sign, style);
    let x = pen.write((x, row.y), left_end, tick, style);
    let digits = usize::from(geometry.number_cells).saturating_sub(2);
    let line = format!("{:>digits$} ", model.review.base().line_of(likely.place.start) + 1);
    let look = if here { Look::Here } else { Look::Number };
    let x = pen.write((x, row.y), left_end, &line, pen.style(look));
    let area = Rect { x, width: left_end.saturating_sub(x), ..row };
    excerpt::draw(&sides.base, area, marked(Side::Base, likely, here, pen), pen);
    if geometry.panes != Panes::Beside {
        return;
    }
    pen.write((left_end, row.y), left_end + 1, "│", pen.style(Look::Rule));
    let open = if likely.fix.is_some() { "?" } else { " " };
    pen.write((geometry.right.x + 1, row.y), row.right(), open, pen.style(Look::Here));
    let x = geometry.right.x + GUTTER_CELLS;
    let area = Rect { x, width: row.right().saturating_sub(x), ..row };
    excerpt::draw(&sides.right, area, marked(Side::Right, likely, here, pen), pen);
}

/// Returns the style of the place in a line: where it is only asked about, as in a search.
fn marked(side: Side, likely: &Likely, here: bool, pen: &Pen<'_>) -> Style {
    let look = match (likely.fix, side) {
        (None, _) => Look::Found,
        (Some(_), Side::Base) => Look::MarkBase,
        (Some(_), Side::Right) => Look::MarkProposed,
    };
    let style = pen.style(look);
    if here { style.patch(pen.style(Look::Highlight)) } else { style }
}

/// Draws the foot: the line under the cursor on both sides, what `*` adds, the keys.
pub(crate) fn foot(model: &Model, list: &List, area: Rect, pen: &mut Pen<'_>) {
    let likely = list.found.places.get(list.at);
    let found = likely.and_then(|likely| Some((likely, row_and_sides(model, likely)?.1)));
    let line = likely.map_or(0, |likely| model.review.base().line_of(likely.place.start) + 1);
    let said = model.message.as_ref().map_or("", |message| message.text.as_str());
    if let Some(row) = row_of(area, 0, 6) {
        rule(row, &format!("line {line}"), (said, pen.style(Look::Said)), pen);
    }
    if let Some((likely, sides)) = found {
        let names = [("OCR", Side::Base), ("corrected", Side::Right)];
        for ((name, side), index) in names.into_iter().zip(1..) {
            let Some(row) = row_of(area, index, 6) else { continue };
            pen.write((row.x + 1, row.y), row.right(), name, pen.style(Look::Dim));
            let area = Rect { x: row.x + 12, width: row.width.saturating_sub(13), ..row };
            excerpt::draw(sides.of(side), area, marked(side, likely, false, pen), pen);
        }
    }
    if let Some(row) = row_of(area, 3, 6) {
        let decided = format!("decided, not offered: {}", list.found.decided);
        rule(row, &wider_in_words(model, list), (&decided, pen.style(Look::Dim)), pen);
    }
    if let Some(row) = row_of(area, 4, 6) {
        let actions = ["list-tick", "list-tick-all", "list-wider", "list-go", "list-back"];
        hints(model, &actions, "", row, pen);
    }
    verbs(model, list, last(area), pen);
}

/// Says what the next wider list is.
fn wider_in_words(model: &Model, list: &List) -> String {
    let key = model.keymap.key("list-wider");
    match list.wider {
        None => "this is all".to_owned(),
        Some((Width::Letters, count)) => {
            let letters = letters_in_words(&list.asked.letters(), 20);
            format!("{key} again: same letters in any word, {letters}, {count}")
        }
        Some((_, count)) => {
            format!("{key} again: same kind, {count} {}", words::kind(list.asked.kind, count))
        }
    }
}

/// Draws the verbs with how many places they decide.
fn verbs(model: &Model, list: &List, area: Rect, pen: &mut Pen<'_>) {
    let count = list.count();
    let lines = Some(list.asked.kind).and_then(words::line_verbs);
    let verb = |action: &str, line: Option<&str>| {
        let hint = model.keymap.hint(action);
        let hint = line.map_or(hint.to_owned(), |line| format!("{hint}: {line}"));
        (model.keymap.key(action), format!("{hint} {count}"))
    };
    let texts = [
        verb("list-accept", lines.map(|(put, _)| put)),
        verb("list-reject", lines.map(|(_, keep)| keep)),
        (String::from(" "), "(one act, asks once)".to_owned()),
    ];
    write_hints(&texts, "alike", area, pen);
}
