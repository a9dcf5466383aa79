//! Rules, hints and rows that foot and panels share.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::visible::width;
use crate::ui::message::Message;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::words;

/// Returns the last row of an area.
pub(crate) fn last(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area }
}

/// Returns row `index` of an area, counted so that rows at the top are missing when it is low.
pub(crate) fn row_of(area: Rect, index: u16, wanted: u16) -> Option<Rect> {
    let missing = wanted.saturating_sub(area.height);
    let at = index.checked_sub(missing)?;
    Some(Rect { y: area.y + at, height: 1, ..area })
}

/// Draws a rule with a heading at its left and words at its right, where they fit.
///
/// Returns whether the words at the right were drawn.
pub(crate) fn rule(area: Rect, left: &str, right: (&str, Style), pen: &mut Pen<'_>) -> bool {
    let line = pen.style(Look::Rule);
    pen.fill((area.x, area.y), area.right(), '─', line);
    let title = pen.words_on_rule(Look::Title);
    let x = if left.is_empty() {
        area.x
    } else {
        pen.write((area.x + 2, area.y), area.right(), &format!(" {left} "), title)
    };
    if x == area.right() && width(left) + 4 > usize::from(area.width) {
        let dots = pen.in_repertoire("…");
        let at = area.right().saturating_sub(width(&dots) as u16).max(area.x);
        pen.write((at, area.y), area.right(), &dots, title);
    }
    let (text, style) = (pen.in_repertoire(right.0), Style::reset().patch(right.1));
    let text = text.as_ref();
    let wanted = width(text) as u16 + 4;
    if text.is_empty() || x.saturating_add(wanted) > area.right() {
        return text.is_empty();
    }
    let start = area.right() - wanted;
    pen.write((start, area.y), area.right(), &format!(" {text} "), style);
    true
}

/// Draws a rule with a heading and, at its right, what was said last: where both don't fit, what
/// was said takes the heading's place.
///
/// Returns what has no room there either; [`more`] draws it in place of the keys.
pub(crate) fn said_rule(model: &Model, area: Rect, heading: &str, pen: &mut Pen<'_>) -> String {
    let Some(message) = &model.message else {
        return heading_rule(area, heading, pen);
    };
    let style = message_style(message, pen);
    if rule(area, heading, (&message.text, style), pen) {
        return String::new();
    }
    rule(area, "", ("", style), pen);
    let style = Style::reset().patch(style);
    let (first, rest) = first_line(&message.text, usize::from(area.width).saturating_sub(4));
    pen.write((area.x + 1, area.y), area.right(), &format!(" {first} "), style);
    rest
}

/// Draws a rule with what of a heading fits, and returns the rest of it.
fn heading_rule(area: Rect, heading: &str, pen: &mut Pen<'_>) -> String {
    let cells = usize::from(area.width).saturating_sub(5);
    let (first, rest) = first_line(heading, cells);
    rule(area, &first, ("", pen.style(Look::Said)), pen);
    rest
}

/// Divides a sentence after the words that fit into so many cells.
pub(crate) fn first_line(text: &str, cells: usize) -> (String, String) {
    let mut lines = words::in_lines(text, cells).into_iter();
    let first = lines.next().unwrap_or_default();
    (first, lines.collect::<Vec<_>>().join(" "))
}

/// Draws the rest of what is said into a row, if there is any, and says whether there was.
pub(crate) fn more(model: &Model, rest: &str, row: Rect, pen: &mut Pen<'_>) -> bool {
    let style = model
        .message
        .as_ref()
        .map_or(pen.words_on_rule(Look::Title), |message| message_style(message, pen));
    if !rest.is_empty() && row.height > 0 {
        pen.write_cut((row.x + 1, row.y), row.right(), rest, style);
    }
    !rest.is_empty()
}

/// Returns how a message looks.
pub(crate) fn message_style(message: &Message, pen: &Pen<'_>) -> Style {
    pen.style(if message.warning { Look::Warning } else { Look::Said })
}

/// Draws the keys of some actions, as many as fit, and a word at the right.
pub(crate) fn hints(model: &Model, actions: &[&str], word: &str, area: Rect, pen: &mut Pen<'_>) {
    write_hints(&hint_texts(model, actions, |_| None), word, area, pen);
}

/// Returns the keys of some actions with their words, or with `other` ones where they do something
/// else here.
pub(crate) fn hint_texts(
    model: &Model,
    actions: &[&str],
    other: impl Fn(&str) -> Option<String>,
) -> Vec<(String, String)> {
    let word = |action: &str| other(action).unwrap_or_else(|| model.keymap.hint(action).to_owned());
    actions.iter().map(|action| (model.keymap.key(action), word(action))).collect()
}

/// Draws keys with their words in these styles, as many as fit; returns where the next would begin.
pub(crate) fn hint_run(
    texts: &[(String, String)],
    (key_style, style): (Style, Style),
    area: Rect,
    pen: &mut Pen<'_>,
) -> u16 {
    let mut x = area.x + 1;
    for (key, hint) in texts.iter().filter(|(key, _)| !key.is_empty()) {
        let cells = width(key) + width(hint) + 1;
        if usize::from(x) + cells > usize::from(area.right()) {
            break;
        }
        x = pen.write((x, area.y), area.right(), key, key_style);
        x = pen.write((x + 1, area.y), area.right(), hint, style) + 2;
    }
    x
}

/// Draws keys with their words, as many as fit, and a word at the right.
pub(crate) fn write_hints(texts: &[(String, String)], word: &str, area: Rect, pen: &mut Pen<'_>) {
    if area.height == 0 {
        return;
    }
    let end = area.right().saturating_sub(width(word) as u16 + u16::from(!word.is_empty()) * 2);
    let room = Rect { width: end.saturating_sub(area.x), ..area };
    let styles = (pen.style(Look::Key), pen.style(Look::Text));
    let x = hint_run(texts, styles, room, pen);
    let start = area.right().saturating_sub(width(word) as u16 + 1);
    if start >= x {
        pen.write((start, area.y), area.right(), word, pen.style(Look::Title));
    }
}
