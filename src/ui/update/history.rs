//! The history of the cursor's line: choosing a reading, and bringing it back by a new record.

use crate::log::line_history::{Deed, history_of};
use crate::log::record::Record;
use crate::review::command::Command;
use crate::review::decide::decide;
use crate::review::event::Place;
use crate::ui::mode::{Confirm, History, Mode};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{play, verbs};
use crate::ui::words;

/// Opens the history of the cursor's line; in a replay, that up to the end of the log.
pub(crate) fn open(model: &mut Model) -> Vec<Effect> {
    let effects = play::rest(model);
    let Some(row) = model.cursor.row else { return effects };
    let collation = model.review.collation();
    let line = collation.row(row).base;
    let here = |place: Place| {
        place.overlaps(Place::new(line.clone(), 0))
            || model.review.fixes_over(place).any(|id| collation.row_of(id) == row)
    };
    let pasts = history_of(&model.chronicle, model.review.base(), here);
    // What stands is what one looks for first; in a replay, what is shown.
    let chosen = match model.replayed().map(|record| record.seq) {
        Some(seq) => pasts.iter().rposition(|past| record(model, past.index).seq <= seq),
        None => pasts.iter().rposition(|past| matches!(past.deed, Deed::Decided { .. })),
    };
    model.enter(Mode::History(History { pasts, chosen: chosen.unwrap_or(0) }));
    effects
}

fn record(model: &Model, index: usize) -> &Record {
    &model.chronicle.records()[index]
}

/// Chooses the entry after, or before.
pub(crate) fn choose(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::History(history) = &mut model.mode {
        history.choose(by);
    }
    Vec::new()
}

/// Asks whether the chosen reading shall stand again; in a replay, goes to its record.
pub(crate) fn bring_back(model: &mut Model) -> Vec<Effect> {
    let Mode::History(history) = &model.mode else { return Vec::new() };
    let Some(past) = history.pasts.get(history.chosen).cloned() else { return Vec::new() };
    model.enter(Mode::Review);
    if model.player.is_some() {
        model.show_record(past.index);
        return Vec::new();
    }
    if let Some(why) = &model.read_only {
        let why = format!("read only: {why}");
        model.warn(why);
        return Vec::new();
    }
    if verbs::is_saving(model, "key dropped") {
        return Vec::new();
    }
    let reading = match &past.deed {
        Deed::Decided { after: Some(reading), .. } => reading.clone(),
        Deed::Decided { after: None, .. } => {
            let key = model.keymap.key("reopen");
            model.say(format!("that act left the place open: {key} reopens"));
            return Vec::new();
        }
        Deed::Remarked => {
            model.say("a note or signature has no reading to bring back");
            return Vec::new();
        }
    };
    ask(model, &past.place, past.index, reading)
}

fn ask(model: &mut Model, place: &Place, index: usize, reading: String) -> Vec<Effect> {
    let words = words::or_nothing(&reading, 30);
    match decide(&model.review, &Command::Restore { place: *place, reading }) {
        Ok(decision) => {
            let now = words::or_nothing(&model.review.text_over(*place), 30);
            let seq = record(model, index).seq;
            let question = format!("bring back {words} of #{seq} in place of {now}?");
            model.go_to_byte(place.start);
            if let Some(id) = model.review.fixes_over(*place).next() {
                model.cursor.row = Some(model.review.collation().row_of(id));
            }
            model.enter(Mode::Confirm(Confirm::new(&question, decision, false, None)));
        }
        Err(refusal) => model.say(refusal.to_string()),
    }
    Vec::new()
}
