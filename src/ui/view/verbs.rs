//! The hints under the review: the keys for what is highlighted.
//!
//! Along the lines the keys keep their places, whatever a line needs; one that does not fit it is dim.
//! Hints that jump with every move are restless, and over a slow link cost as much as the move.

use ratatui::layout::Rect;

use crate::text::visible::width;
use crate::ui::model::{Model, Narrow};
use crate::ui::theme::Look;
use crate::ui::view::bars::{hint_run, hint_texts, write_hints};
use crate::ui::view::pen::Pen;
use crate::ui::view::subject::{only_fix, suspect};
use crate::ui::words;

/// Holds what the hints offer.
struct Offer {
    actions: Vec<&'static str>,
    /// How many of the first actions have nothing to do here.
    idle: usize,
    /// The word for what is highlighted.
    scope: &'static str,
}

impl Offer {
    fn new(actions: Vec<&'static str>, scope: &'static str) -> Self {
        Self { actions, idle: 0, scope }
    }
}

/// Returns what fits the highlight.
fn offer(model: &Model) -> Offer {
    if let Some(disputes) = model.bench() {
        let open: &[&str] = if disputes.runs().is_empty() { &[] } else { &["take", "edit"] };
        let actions = open.iter().chain(&["next-open", "undo", "export", "help", "quit"]);
        return Offer::new(actions.copied().collect(), "dispute");
    }
    if model.read_only.is_some() {
        let actions = ["next-open", "next-fix", "history", "search", "export", "help", "quit"];
        return Offer::new(actions.to_vec(), scope(model));
    }
    let fixes = model.highlight().map(|highlight| highlight.fixes).unwrap_or_default();
    let mut alone = fixes.iter().filter(|&&id| !model.review.in_class(id));
    let open = fixes.iter().any(|&id| model.review.is_open(id));
    let mut offer = match model.cursor.narrow {
        Narrow::Line => line(model, alone.count(), open),
        _ => narrowed(model, alone.next().is_some(), open),
    };
    if model.review.counts().open == 0 {
        // Where everything is decided the work ends with these.
        offer.actions.extend(["sign", "export"]);
    }
    offer.actions.extend(["help", "quit"]);
    offer
}

/// Returns what fits a whole line with so many fixes.
fn line(model: &Model, fixes: usize, open: bool) -> Offer {
    let done = model.review.counts().open == 0;
    let (first, idle): (&[&str], usize) = match fixes {
        _ if open => (&["accept", "reject"], 0),
        0 if done || model.is_reader() => (&[], 0),
        0 => (&["accept", "reject"], 2),
        _ => (&["reopen"], 0),
    };
    let then: &[&str] = match fixes {
        _ if model.is_reader() => &["edit", "next-word", "doubtful", "note", "undo"],
        0 | 1 => &["edit", "next-open", "undo"],
        _ => &["edit", "next-open", "next-fix"],
    };
    Offer { actions: [first, then].concat(), idle, scope: "line" }
}

/// Returns the word for what is highlighted.
fn scope(model: &Model) -> &'static str {
    match model.cursor.narrow {
        Narrow::Line => "line",
        Narrow::Fix(_) => "fix",
        Narrow::Word(_) => "word",
        Narrow::Lines(_) => "lines",
        Narrow::Page => "page",
    }
}

/// Returns what fits less or more than one line.
fn narrowed(model: &Model, fixes: bool, open: bool) -> Offer {
    let scope = scope(model);
    let mut actions: Vec<&'static str> = Vec::new();
    if open || (scope == "fix" && fixes) {
        actions.extend(["accept", "reject"]);
    } else if scope == "word" && model.cursor.row.and_then(|row| suspect(model, row)).is_some() {
        actions.push("accept");
    }
    actions.push("edit");
    if !open && fixes {
        actions.push("reopen");
    }
    match scope {
        "word" if model.is_reader() => actions.extend(["next-word", "back", "doubtful", "note"]),
        "fix" | "word" => actions.extend(["next-fix", "back"]),
        _ => actions.push("back"),
    }
    Offer::new(actions, scope)
}

/// Names the keys that take the readings of the dispute under the cursor: `1 2`, `1-4`.
fn takes(model: &Model) -> String {
    let voices = model.dispute().map_or(1, |run| run.voices.len());
    let keys = model.keymap.keys("take");
    match &keys[..keys.len().min(voices)] {
        [first, _, .., last] => format!("{first}-{last}"),
        keys => keys.join(" "),
    }
}

/// So many hints stay before the key of the help, however narrow the screen.
const FIRST: usize = 3;

/// Draws the hints; for a line that only one side has, accept and reject say what they do.
pub(crate) fn draw(model: &Model, area: Rect, pen: &mut Pen<'_>) {
    let kind = only_fix(model).map(|id| model.review.collation().fix(id).kind);
    let verbs = kind.and_then(words::line_verbs);
    let Offer { actions, idle, scope } = offer(model);
    let mut texts = hint_texts(model, &actions, |action| match (action, verbs) {
        ("accept", Some((put, _))) => Some(format!("accept: {put}")),
        ("reject", Some((_, keep))) => Some(format!("reject: {keep}")),
        ("back", _) => Some("whole line".to_owned()),
        _ => None,
    });
    for (action, (key, _)) in actions.iter().zip(&mut texts) {
        if *action == "take" {
            *key = takes(model);
        }
    }
    let fits = |texts: &[(String, String)]| {
        let cells: usize = texts.iter().map(|(key, word)| width(key) + width(word) + 3).sum();
        cells + width(scope) + 2 <= usize::from(area.width)
    };
    if scope == "line" && model.review.counts().open > 0 {
        let placed = in_places(model, &actions, &texts);
        texts = if fits(&placed) { placed } else { texts };
    }
    if !fits(&texts) {
        // Where not all fit, those that do something come first, and the key of the help, which
        // tells the others, stays longest.
        texts.drain(..idle);
        let help = actions.iter().position(|action| *action == "help").map(|help| help - idle);
        for at in (FIRST..help.unwrap_or(0)).rev() {
            if !fits(&texts[..=at + 1]) {
                texts.remove(at);
            }
        }
        write_hints(&texts, scope, area, pen);
        return;
    }
    write_hints(&texts, scope, area, pen);
    // The words stand as they are: to dim them too would cost more than the rest of the foot.
    let styles = (pen.words_on_rule(Look::Dim), pen.style(Look::Text));
    hint_run(&texts[..idle], styles, area, pen);
}

/// Actions of lines that stand in the place of others, which need so much room.
const PLACES: [(&str, &[&str]); 3] =
    [("reopen", &["accept", "reject"]), ("undo", &["next-fix"]), ("next-fix", &["undo"])];

/// Returns hints as wide as those in whose place they stand, so that what follows stays put.
fn in_places(model: &Model, actions: &[&str], texts: &[(String, String)]) -> Vec<(String, String)> {
    let cells = |key: &str, word: &str| width(key) + 1 + width(word);
    let placed = actions.iter().zip(texts).map(|(action, (key, word))| {
        let others = PLACES.iter().find(|(it, _)| it == action).map_or(&[][..], |it| it.1);
        let room = others.iter().map(|it| cells(&model.keymap.key(it), model.keymap.hint(it)) + 2);
        let missing = room.sum::<usize>().saturating_sub(2 + cells(key, word));
        (key.clone(), format!("{word}{}", " ".repeat(missing)))
    });
    placed.collect()
}
