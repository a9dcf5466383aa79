//! Draws the start screen, at any size.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::visible::width;
use crate::ui::keymap::Context;
use crate::ui::start::{Asks, Entry, Start};
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::{bars, input};
use crate::ui::words;

/// Cells of the bar that shows how much is decided.
const BAR: usize = 10;

/// Cells of the count beside it.
const COUNT: usize = 13;

/// Rows of the list, with its heading and a blank one, that are worth more than what can be begun.
const ROWS: u16 = 9;

/// Cells that a name has at least beside what tells it apart.
const SHORT: usize = 5;

/// What can be begun, by action.
const BEGIN: [(&str, &str); 3] = [
    ("start-open", "open an OCR text and its corrected text"),
    ("start-play", "play back a saved log"),
    ("start-demo", "the demo: a declassified memorandum of 1963, ten minutes"),
];

/// Draws the start screen at a size of columns and rows; returns where the cursor is, if it shows.
pub fn start(start: &Start, (width, height): (u16, u16)) -> (Buffer, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    if height == 0 || width < 4 {
        return (buffer, None);
    }
    let mut pen = Pen::new(&mut buffer, &start.theme, start.repertoire);
    draw_bar(start, Rect { height: 1, ..area }, &mut pen);
    let foot = Rect { y: area.bottom().saturating_sub(2), height: area.height.min(2), ..area };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
    if start.help {
        draw_help(start, body, &mut pen);
    } else {
        draw_body(start, body, &mut pen);
    }
    let cursor = if area.height > 2 { draw_foot(start, foot, &mut pen) } else { None };
    (buffer, cursor.map(Position::from))
}

fn draw_bar(start: &Start, area: Rect, pen: &mut Pen<'_>) {
    let style = pen.style(Look::Status);
    pen.fill((area.x, area.y), area.right(), ' ', style);
    let x = pen.write((area.x + 1, area.y), area.right(), "recto", style);
    let who = format!("reviewer: {}", start.reviewer);
    let at = area.right().saturating_sub(width(&who) as u16 + 1);
    if at > x + 1 {
        pen.write((at, area.y), area.right(), &who, style);
    }
}

/// Draws list, details and beginnings; where it is low, the list has the room first.
fn draw_body(start: &Start, area: Rect, pen: &mut Pen<'_>) {
    let mut y = area.y;
    let title = pen.style(Look::Title);
    let begin = BEGIN.len() as u16 + 2;
    let details = start.entries.get(start.at).map_or(0, |entry| entry.details.len() as u16 + 2);
    // The keys at the foot say as well what can be begun; so many reviews come first.
    let rows = (start.entries.len() as u16 + 2).clamp(5, ROWS);
    let (begin, details) = match area.height {
        height if height >= begin + details + rows => (begin, details),
        height if height >= details + 5 => (0, details),
        height if height >= begin + 5 && start.entries.is_empty() => (begin, 0),
        _ => (0, 0),
    };
    let list = area.height.saturating_sub(begin + details);
    if list > 0 {
        let heading = match start.entries.len() {
            0 => "No review yet",
            _ => "Carry on where you stopped",
        };
        pen.write((area.x + 1, y), area.right(), heading, title);
        let rows = usize::from(list - 1);
        let first = (start.at + 1).saturating_sub(rows);
        for (index, entry) in start.entries.iter().enumerate().skip(first).take(rows) {
            y = area.y + 1 + (index - first) as u16;
            draw_entry(entry, index == start.at, Rect { y, height: 1, ..area }, pen);
        }
    }
    if details > 0
        && let Some(entry) = start.entries.get(start.at)
    {
        y = area.y + list;
        let row = Rect { y, height: 1, ..area };
        bars::rule(row, &words::reading(&entry.full_name(), 60), ("", Style::new()), pen);
        for (word, sentence) in &entry.details {
            y += 1;
            pen.write((area.x + 1, y), area.right(), word, title);
            pen.write_cut((area.x + 13, y), area.right(), sentence, pen.style(Look::Text));
        }
    }
    if begin > 0 {
        y = area.bottom() - begin + 1;
        pen.write((area.x + 1, y), area.right(), "Start something new", title);
        for (action, what) in BEGIN {
            y += 1;
            let key = start.keymap.key(action);
            let x = pen.write((area.x + 3, y), area.right(), &key, pen.style(Look::Key));
            pen.write_cut((x + 2, y), area.right(), what, pen.style(Look::Text));
        }
    }
}

fn draw_entry(entry: &Entry, here: bool, row: Rect, pen: &mut Pen<'_>) {
    let text = pen.style(if here { Look::Here } else { Look::Text });
    if here {
        pen.write((row.x + 1, row.y), row.right(), ">", pen.style(Look::Here));
    }
    let wide = usize::from(row.width);
    let name = (wide / 4).clamp(8, 30);
    let place = if wide >= 72 { (wide / 4).min(30) - 1 } else { 0 };
    let mut x = row.x + 3;
    let write = |x: u16, what: &str, cells: usize, pen: &mut Pen<'_>, style: Style| {
        pen.write((x, row.y), row.right(), &words::reading(what, cells), style);
        x + cells as u16 + 1
    };
    let apart = match entry.apart.as_str() {
        "" => String::new(),
        // What tells it apart is of more use than the end of its name.
        apart => format!(" ({})", words::reading(apart, name.saturating_sub(SHORT + 3))),
    };
    let short = words::reading(&entry.name, name.saturating_sub(width(&apart)));
    x = write(x, &(short + &apart), name, pen, text);
    if place > 0 {
        x = write(x, &entry.place, place - 1, pen, pen.style(Look::Dim));
    }
    if wide >= 60 {
        let full = entry.decided * BAR / entry.total.max(1);
        let end = x + (full.min(BAR)) as u16;
        pen.fill((x, row.y), end.min(row.right()), '━', pen.style(Look::Accepted));
        pen.fill((end, row.y), (x + BAR as u16).min(row.right()), '─', pen.style(Look::Dim));
        x += BAR as u16 + 1;
    }
    pen.write((x, row.y), row.right(), &count(entry), text);
    x += COUNT as u16 + 1;
    let look = if entry.warns { Look::Warning } else { Look::Text };
    pen.write((x, row.y), row.right(), &entry.remark, pen.style(look));
}

/// Says how much is decided, in no more cells than there are: of very many a percentage.
fn count(entry: &Entry) -> String {
    let Entry { decided, total, .. } = entry;
    let ways = [
        format!("{decided:>5} of {total}"),
        format!("{decided} of {total}"),
        format!("{}% of {total}", decided * 100 / total.max(&1)),
    ];
    let fits = ways.iter().find(|way| way.len() <= COUNT).or(ways.last());
    fits.filter(|_| *total > 0).cloned().unwrap_or_default()
}

fn draw_help(start: &Start, area: Rect, pen: &mut Pen<'_>) {
    let actions = start.keymap.actions().iter().filter(|action| action.context == Context::Start);
    if area.height > 0 {
        bars::rule(Rect { height: 1, ..area }, "the keys", ("", Style::new()), pen);
    }
    for (y, action) in (area.y + 1..area.bottom()).zip(actions) {
        let keys = start.keymap.keys(&action.name).join(" ");
        pen.write((area.x + 2, y), area.right(), &keys, pen.style(Look::Key));
        pen.write((area.x + 18, y), area.right(), &action.doc, pen.style(Look::Text));
    }
}

fn draw_foot(start: &Start, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let said = pen.style(Look::Said);
    let top = Rect { height: 1, ..area };
    let last = Rect { y: area.y + 1, height: 1, ..area };
    let Some((asks, typed)) = &start.prompt else {
        bars::rule(top, "", (&start.said, said), pen);
        let actions = [
            "start-go-on",
            "start-open",
            "start-play",
            "start-demo",
            "start-forget",
            "start-help",
            "start-quit",
        ];
        let hint = |action: &&str| (start.keymap.key(action), start.keymap.hint(action).to_owned());
        let hints: Vec<(String, String)> = actions.iter().map(hint).collect();
        bars::write_hints(&hints, "", last, pen);
        return None;
    };
    let label = match asks {
        Asks::Base => "OCR text",
        Asks::Transcript(_) => "corrected text (none: Enter)",
        Asks::Log => "log",
    };
    let help = if start.said.is_empty() { "Tab completes, Esc leaves" } else { &start.said };
    if !bars::rule(top, "", (help, said), pen) {
        pen.write((top.x + 1, top.y), top.right(), help, said);
    }
    let x = pen.write((last.x + 1, last.y), last.right(), label, pen.style(Look::Title)) + 1;
    let room = Rect { x, width: last.right().saturating_sub(x + 1), ..last };
    input::draw(typed, room, pen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_never_cut() {
        let count = |decided, total| count(&Entry { decided, total, ..Entry::default() });
        assert_eq!(count(4, 25), "    4 of 25");
        assert_eq!(count(23, 235_120), "23 of 235120");
        assert_eq!(count(234_120, 235_120), "99% of 235120");
        assert_eq!(count(0, 0), "");
    }
}
