//! A replay's bar and foot: the record in words, when and by whom, the time line, the keys.

use ratatui::layout::Rect;

use crate::log::record::{By, Record};
use crate::log::time;
use crate::text::visible::width;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::player::Player;
use crate::ui::telling;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::{bars, timeline};

/// The lines of the foot, in order, each with how soon it gives way on a low screen: the lines
/// with the smallest numbers stay longest.
const LINES: [(Row, u16); 8] = [
    (Row::Heading, 0),
    (Row::Record, 1),
    (Row::Was, 4),
    (Row::Next, 5),
    (Row::TimeLine, 2),
    (Row::Legend, 6),
    (Row::Hints, 3),
    (Row::MoreHints, 7),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading,
    Record,
    Was,
    Next,
    TimeLine,
    Legend,
    Hints,
    MoreHints,
}

/// Draws the foot.
pub(crate) fn draw(model: &Model, player: &Player, area: Rect, pen: &mut Pen<'_>) {
    let Some(record) = model.chronicle.records().get(player.at) else { return };
    // What is said takes the line of the keys, or where there is none that of the record.
    let said_at = if area.height > 3 { Row::Hints } else { Row::Record };
    // While something is asked its own keys stand below.
    let hidden =
        |row: Row| model.mode != Mode::Review && matches!(row, Row::Hints | Row::MoreHints);
    let mut orders: Vec<u16> =
        LINES.iter().filter(|(row, _)| !hidden(*row)).map(|(_, order)| *order).collect();
    orders.sort_unstable();
    let least = orders.get(usize::from(area.height)).copied().unwrap_or(u16::MAX);
    let lines = LINES.iter().filter(|(row, order)| !hidden(*row) && *order < least);
    let mut rest = String::new();
    for (y, (row, _)) in (area.y..).zip(lines) {
        let place = Rect { y, height: 1, ..area };
        match &model.message {
            Some(message) if *row == said_at => {
                let cells = usize::from(area.width).saturating_sub(2);
                let first;
                (first, rest) = bars::first_line(&message.text, cells);
                let style = bars::message_style(message, pen);
                pen.write((place.x + 1, y), place.right(), &first, style);
            }
            // A long reason goes on where more keys are else.
            _ if *row == Row::MoreHints && bars::more(model, &rest, place, pen) => {}
            _ => draw_row(model, (player, record), *row, place, pen),
        }
    }
}

fn draw_row(
    model: &Model,
    (player, record): (&Player, &Record),
    row: Row,
    area: Rect,
    pen: &mut Pen<'_>,
) {
    let cells = usize::from(area.width).saturating_sub(2);
    match row {
        Row::Heading => heading(model, (player, record), area, pen),
        Row::Record => {
            let words = telling::record(record, &model.chronicle, cells);
            pen.write((area.x + 1, area.y), area.right(), &words, pen.style(Look::Title));
        }
        Row::Was => {
            let fell = player.timeline.fell(model.review.ledger(), record.seq);
            let words = telling::was(record, &fell, &model.review, &model.chronicle);
            pen.write_cut((area.x + 1, area.y), area.right(), &words, pen.style(Look::Text));
        }
        Row::Next => {
            let words = match model.chronicle.records().get(player.at + 1) {
                Some(next) => {
                    let words = telling::record(next, &model.chronicle, cells.saturating_sub(11));
                    format!("then #{:<5} {words}", next.seq)
                }
                None => match &model.read_only {
                    Some(why) => format!("then       {why}"),
                    None => "then       the end of the log".to_owned(),
                },
            };
            pen.write_cut((area.x + 1, area.y), area.right(), &words, pen.style(Look::Dim));
        }
        Row::TimeLine => timeline::draw(model, player, area, pen),
        Row::Legend => timeline::legend(player, area, pen),
        Row::Hints => {
            let pairs: [(&[&str], &str); 6] = [
                (&["play"], "play"),
                (&["play-on", "play-back"], "one record"),
                (&["play-next-mark", "play-previous-mark"], "next mark"),
                (&["play-tenth"], "tenths"),
                (&["play-command"], "go to"),
                (&["play-faster", "play-slower"], "speed"),
            ];
            let speed = format!("{}x", player.speed);
            hints(model, &pairs, &speed, area, pen);
        }
        Row::MoreHints => {
            let names = [
                "play-search",
                "play-history",
                "play-export",
                "play-verify",
                "play-help",
                "play-quit",
            ];
            bars::hints(model, &names, "", area, pen);
        }
    }
}

/// Draws the keys of pairs of actions that belong together, as many as fit.
fn hints(model: &Model, pairs: &[(&[&str], &str)], word: &str, area: Rect, pen: &mut Pen<'_>) {
    let texts: Vec<(String, String)> = pairs
        .iter()
        .map(|(actions, hint)| {
            let keys: Vec<String> = actions.iter().map(|action| model.keymap.key(action)).collect();
            let keys = match *actions {
                ["play-tenth"] => tenths(model),
                _ => keys.join(" "),
            };
            let playing = model.player.as_ref().is_some_and(|player| player.playing);
            let hint = if playing && *actions == ["play"] { "rest" } else { hint };
            (keys, hint.to_owned())
        })
        .collect();
    bars::write_hints(&texts, word, area, pen);
}

/// Names the first and last of the keys for tenths.
fn tenths(model: &Model) -> String {
    let keys = model.keymap.keys("play-tenth");
    match keys.as_slice() {
        [first, .., last] => format!("{first}-{last}"),
        _ => keys.concat(),
    }
}

/// Draws the rule with the record's number, when and by whom it was written, what became of it.
fn heading(model: &Model, (player, record): (&Player, &Record), area: Rect, pen: &mut Pen<'_>) {
    let who = model.chronicle.reviewer(player.at);
    let by = model.chronicle.by(player.at).map_or("", |by: By| telling::by(by));
    let (day, clock) = (time::day(&record.time), time::clock(&record.time));
    let seq = record.seq;
    let fate = player.fate.as_deref().unwrap_or_default();
    let forms = [
        format!("#{seq}  {day}  {clock} UTC   {who}   {by}"),
        format!("#{seq}  {day}  {clock} UTC   {who}"),
        format!("#{seq}  {day} {clock}Z  {who}"),
        format!("#{seq} {day} {}Z {who}", time::minute(&record.time)),
        format!("#{seq} {} {who}", time::minute(&record.time)),
    ];
    // What became of it is worth more than the seconds, and then than the day.
    let room = usize::from(area.width).saturating_sub(4);
    let cells = |fate: &str| if fate.is_empty() { 0 } else { width(fate) + 4 };
    let short = in_a_word(fate);
    let tries = forms[..3].iter().map(|form| (form, fate));
    let tries = tries.chain(forms[2..].iter().map(|form| (form, short)));
    let fits = |(form, fate): &(&String, &str)| width(form.trim_end()) + cells(fate) <= room;
    let (form, fate) = { tries }.find(fits).unwrap_or((&forms[2], ""));
    bars::rule(area, form.trim_end(), (fate, pen.style(Look::Said)), pen);
}

/// Returns what became of a record without by whom: `undone`, `stands`, `2 of 3 replaced`.
fn in_a_word(fate: &str) -> &str {
    let more = [" to the end", " by #", ", first by", " since,"];
    let end = more.iter().filter_map(|more| fate.find(more)).min();
    &fate[..end.unwrap_or(fate.len())]
}

/// Returns what stands at the left of the bar, from the fullest form to the shortest.
pub(crate) fn status(model: &Model, player: &Player) -> [String; 2] {
    let playing = player.playing && model.mode == Mode::Review;
    let (word, sign) = if playing { ("PLAYING", "> ") } else { ("REPLAY", "") };
    let last = model.chronicle.records().last().map_or(0, |record| record.seq);
    let seq = model.chronicle.records().get(player.at).map_or(0, |record| record.seq);
    [format!(" {word:<7}  record {seq}/{last}"), format!(" {sign}#{seq}/{last}")]
}
