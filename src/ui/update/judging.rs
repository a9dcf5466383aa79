//! Settling disputes: taking a reviewer's reading, or typing another.

use crate::log::adjudicate::Unsettled;
use crate::log::merge::Run;
use crate::review::command::Decision;
use crate::review::event::Event;
use crate::ui::disputes::Disputes;
use crate::ui::mode::Asks;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::{Code, Effect};
use crate::ui::update::{ask, verbs};

/// Actions that are no adjudicator's: they decide for one reviewer.
const OTHERS: [&str; 6] = ["accept", "reject", "reopen", "alike", "sign", "history-bring"];

/// Says what an adjudicator does instead of an action, if it is not theirs.
pub(crate) fn refused(model: &Model, action: &str) -> Option<String> {
    let disputes = model.bench().filter(|_| OTHERS.contains(&action))?;
    let (take, edit) = (model.keymap.key("take"), model.keymap.key("edit"));
    let said = format!("{take} takes a reviewer's reading, {edit} is for your own");
    Some(if disputes.runs().is_empty() { "nothing is disputed".to_owned() } else { said })
}

/// Takes the reading of the log whose number was pressed.
pub(crate) fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Code::Char(digit)) = model.pressed else { return Vec::new() };
    let number = digit.to_digit(10).unwrap_or_default() as usize;
    settle(model, |disputes, run| disputes.take(run, number))
}

/// Asks for a reading of the adjudicator's own, beginning with the first one.
pub(crate) fn ask_own(model: &mut Model) -> Vec<Effect> {
    let Some(reading) = model.dispute().map(|run| run.voices[0].reading.clone()) else {
        model.say("nothing is disputed here");
        return Vec::new();
    };
    let span = model.dispute().map(|run| run.span.clone());
    model.go_to_dispute(span);
    ask::ask(model, Asks::Reading, reading)
}

/// Settles a dispute with what was typed.
pub(crate) fn keep_own(model: &mut Model, reading: &str) -> Vec<Effect> {
    settle(model, |disputes, run| disputes.own(run, reading))
}

fn settle(
    model: &mut Model,
    make: impl FnOnce(&Disputes, &Run) -> Result<Event, Unsettled>,
) -> Vec<Effect> {
    let Some(disputes) = model.bench() else {
        model.say("`recto adjudicate` settles disputes; this is your own review");
        return Vec::new();
    };
    let Some(run) = model.dispute() else {
        model.say("nothing is disputed here");
        return Vec::new();
    };
    let span = run.span.clone();
    if model.cursor.narrow != Narrow::Word(span.clone()) {
        // What is settled was highlighted before.
        model.go_to_dispute(Some(span));
        return Vec::new();
    }
    match make(disputes, run) {
        Ok(event) => {
            let line = model.review.base().line_of(span.start) + 1;
            let said = format!("line {line}: settled");
            let decision = Decision { events: vec![event], confirm: None, said, go: None };
            verbs::append(model, decision, true)
        }
        Err(why) => {
            model.say(why.to_string());
            Vec::new()
        }
    }
}
