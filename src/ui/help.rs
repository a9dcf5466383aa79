//! The lines of panels: those of the help, made from the keymap, in columns; those of a report.

use crate::ui::keymap::{Action, Context};
use crate::ui::layout::row::Signs;
use crate::ui::model::Model;
use crate::ui::words;

/// Where the words begin in a column, after the keys.
pub const WORDS_COLUMN: u16 = 20;
/// The cells of a column, at least, and how many columns there are at most.
const COLUMN_CELLS: u16 = 60;
const COLUMNS: u16 = 3;

/// Holds the help as it stands on a screen of some width.
pub struct Help {
    /// The lines in their order: keys and what they do; headings have no keys, lines that go on
    /// have a blank.
    pub lines: Vec<(String, String)>,
    /// How many columns stand side by side, each with the lines that follow those of the one before.
    pub columns: u16,
}

impl Help {
    /// Lays the help of a model out for so many cells.
    #[must_use]
    pub fn new(model: &Model, width: u16) -> Self {
        let columns = (width / COLUMN_CELLS).clamp(1, COLUMNS);
        let cells = usize::from(width / columns);
        let room = cells.saturating_sub(usize::from(WORDS_COLUMN)).max(16);
        let wrapped = |(keys, text): (String, String)| {
            let room = if keys.is_empty() { cells.saturating_sub(2) } else { room };
            let lines = words::in_lines(&text, room).into_iter().enumerate();
            let keys = move |index: usize| match index {
                1.. if !keys.is_empty() => " ".to_owned(),
                _ => keys.clone(),
            };
            lines.map(move |(index, line)| (keys(index), line)).collect::<Vec<_>>()
        };
        Self { lines: lines(model).into_iter().flat_map(wrapped).collect(), columns }
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

/// The signs of the gutter.
const GUTTER: [(&str, &str); 7] = [
    ("3?", "three open fixes"),
    ("a r e", "accepted, rejected, edited"),
    ("m", "decided differently"),
    ("!", "disputed"),
    ("d", "doubtful"),
    ("c", "a note"),
    ("s", "a suspect"),
];

/// Returns the lines before they are wrapped.
fn lines(model: &Model) -> Vec<(String, String)> {
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
            lines.extend(heading(group));
        }
        lines.push((keys(model, action), action.doc.clone()));
    }
    let told = |(sign, text): (&str, &str)| (sign.to_owned(), text.to_owned());
    lines.extend(heading("In the gutter"));
    lines.extend(GUTTER.map(told));
    lines.extend(heading("In the text"));
    let signs = Signs::of(model.repertoire);
    let signs = [
        (signs.blank, "a changed blank"),
        (signs.line_end, "a line end that only one side has"),
        (signs.soft_hyphen, "a soft hyphen"),
        (signs.page_end, "a page end"),
        (signs.missing, "no such line on this side"),
    ];
    lines.extend(signs.map(told));
    lines
}

/// Returns a heading with the blank line before it.
fn heading(words: &str) -> [(String, String); 2] {
    [(String::new(), String::new()), (String::new(), words.to_owned())]
}

/// Returns the keys of an action; of a row of digits the ends.
fn keys(model: &Model, action: &Action) -> String {
    let keys = model.keymap.keys(&action.name);
    let digits = keys.iter().all(|key| matches!(key.as_bytes(), [b'0'..=b'9']));
    match keys.as_slice() {
        [first, _, .., last] if digits => format!("{first}-{last}"),
        keys => keys.join(" "),
    }
}

/// Returns the lines of a report, wrapped to so many cells.
#[must_use]
pub fn report_lines(lines: &[String], width: u16) -> Vec<String> {
    let cells = usize::from(width).saturating_sub(3);
    lines.iter().flat_map(|line| words::in_lines(line, cells)).collect()
}
