//! `update`: what a message does to the model, and what it asks of the shell. It does no I/O.

pub mod action;
pub mod alike;
pub mod ask;
pub mod bench;
pub mod command_line;
pub mod edit;
pub mod filter;
pub mod follow;
pub mod history;
pub mod hits;
pub mod judging;
pub mod list;
pub mod mouse;
pub mod moving;
pub mod play;
pub mod prompt;
pub mod recall;
pub mod seals;
pub mod search;
pub mod settle;
pub mod special;
pub mod suspects;
pub mod texts;
pub mod travel;
pub mod verbs;
pub mod wait;

use crate::collate::gap::Gap;
use crate::ui::keymap::Meaning;
use crate::ui::mode::{Mode, Then};
use crate::ui::model::{Model, Narrow, summary};
use crate::ui::msg::{Code, Effect, Key, Msg};
use crate::ui::update::action::{ACTIONS, Weight};

/// Takes in a message and returns what the shell shall do, in this order.
///
/// [`Msg::Drawn`] must come right after a frame was wholly written, before any other message: by
/// it the model knows what the reviewer can have seen.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Drawn) {
        model.drawn += 1;
        model.dirty = false;
        return Vec::new();
    }
    let command = model.mode.command().map(str::to_owned);
    let mut effects = match msg {
        Msg::Key { key, frame } => take_key(model, key, frame),
        Msg::Paste(text) => prompt::paste(model, &text),
        Msg::Mouse(it) => mouse::take(model, it),
        Msg::Copied(answer) => ask::copied(model, answer),
        Msg::Resize { columns, rows } => {
            model.size = (columns, rows);
            model.layouts.clear();
            model.fill_body();
            Vec::new()
        }
        Msg::Suspected(found) => {
            texts::suspected(model, found);
            Vec::new()
        }
        Msg::Collated(gaps) => collated(model, gaps),
        Msg::Recollated(collation, found) => texts::recollated(model, *collation, found),
        Msg::Appended { first, time } => verbs::appended(model, first, &time),
        Msg::NotSaved { why, stopped } => verbs::not_saved(model, &why, stopped),
        Msg::Sealed { seq } => seals::sealed(model, seq),
        Msg::NotSealed { why } => seals::not_sealed(model, &why),
        Msg::Edited(answer) => edit::edited(model, answer),
        Msg::Written(Ok(path)) => {
            model.say(format!("written: {path}"));
            Vec::new()
        }
        Msg::Written(Err(why)) => {
            model.warn(why);
            Vec::new()
        }
        Msg::Tick => play::tick(model),
        Msg::Verified(report) => play::verified(model, report),
        Msg::Drawn => Vec::new(),
    };
    if model.mode.command() != command.as_deref() {
        // What Enter would decide is another now, and has not been drawn yet.
        model.asked += 1;
        if model.mode.command().is_some() {
            model.message = None;
        }
    }
    model.dirty = true;
    model.settle();
    effects.extend(model.wants());
    effects
}

fn take_key(model: &mut Model, key: Key, frame: u64) -> Vec<Effect> {
    if matches!(model.mode, Mode::Summary(_)) {
        // The summary leaves at the first key, and the key counts.
        model.mode = Mode::Review;
    }
    // What was said has been read by whoever presses the next key.
    model.message = None;
    model.begun.push(key);
    let contexts = model.contexts();
    let name = match model.keymap.meaning(contexts, &model.begun) {
        Meaning::Action(name) => name.to_owned(),
        Meaning::Begun => return Vec::new(),
        Meaning::Nothing => {
            let alone = model.begun.len() == 1;
            model.begun.clear();
            if alone {
                typed(model, key);
            }
            return Vec::new();
        }
    };
    if let Some(player) = &mut model.player {
        player.pressed = Some(key);
    }
    model.begun.clear();
    let action = ACTIONS.iter().find(|action| action.name == name);
    let action = action.expect("a test holds the keymap and the actions together");
    let records = match action.weight {
        Weight::Decides | Weight::Begins => true,
        Weight::AsAsked => model.mode.records(),
        Weight::Looks => false,
    };
    if records && verbs::is_saving(model, "key dropped") {
        return Vec::new();
    }
    let typed = model.mode.command();
    let why = match action.weight {
        Weight::Decides => undue(model, frame),
        Weight::AsAsked if model.mode.records() => undue(model, frame),
        // The command line says by itself where nothing can be recorded.
        Weight::AsAsked if typed.is_some_and(command_line::decides) => unseen(model, frame),
        Weight::Begins => read_only(model),
        Weight::AsAsked | Weight::Looks => None,
    };
    if let Some(why) = why {
        model.warn(why);
        return Vec::new();
    }
    if let Some(why) = judging::refused(model, action.name) {
        model.say(why);
        return Vec::new();
    }
    model.pressed = Some(key.code);
    let left = travel::before(model, action.name);
    let effects = (action.run)(model);
    travel::after(model, left);
    effects
}

/// Says why nothing can be recorded, if so.
fn read_only(model: &Model) -> Option<String> {
    model.read_only.as_ref().map(|why| format!("read only: {why}"))
}

/// Says why a deciding key that came after frame `frame` does not count, if so.
fn undue(model: &Model, frame: u64) -> Option<String> {
    read_only(model).or_else(|| unseen(model, frame))
}

/// Says why what a key is about was not seen in frame `frame`, if so.
fn unseen(model: &Model, frame: u64) -> Option<String> {
    let in_sight = model.showing.as_ref().is_some_and(|showing| showing.in_sight);
    match () {
        () if frame < model.highlight_since => {
            Some("key dropped: it came before this was on the screen".to_owned())
        }
        () if !in_sight => Some("key dropped: the screen is too small to show this".to_owned()),
        () => None,
    }
}

/// Takes a letter that is no key of the keymap.
fn typed(model: &mut Model, key: Key) {
    let Code::Char(letter) = key.code else { return };
    if key.ctrl || key.alt {
        return;
    }
    if matches!(model.mode, Mode::Edit(_)) {
        return special::typed(model, letter);
    }
    match model.mode.input() {
        Some(input) => input.insert(letter.encode_utf8(&mut [0; 4])),
        None => {
            let help = model.keymap.key("help");
            model.say(format!("no such key; {help} shows the keys"));
        }
    }
}

/// Takes in gaps; the cursor stays at its byte of the base.
fn collated(model: &mut Model, gaps: Vec<(u32, Gap)>) -> Vec<Effect> {
    let Some(gaps) = texts::of_text_in_force(model, gaps) else { return Vec::new() };
    let anchor = |model: &Model, row| model.review.collation().row(row).base.start;
    let cursor = model.cursor.row.map(|row| (row.block, anchor(model, row)));
    let top = model.cursor.row.map(|_| (model.top.row.block, anchor(model, model.top.row)));
    let lines = match model.cursor.narrow {
        Narrow::Lines(from) => Some((from.block, anchor(model, from))),
        _ => None,
    };
    let waiting = model.cursor.row.is_some() && model.review.next_open(None).is_none();
    let mut changed = Vec::new();
    for (block, gap) in gaps {
        changed.push(block);
        model.review.learn(block, gap);
    }
    let at = |model: &Model, place: Option<(u32, usize)>| {
        let (_, byte) = place.filter(|(block, _)| changed.contains(block))?;
        model.review.collation().row_at(byte)
    };
    if let Some(row) = at(model, cursor) {
        model.cursor.row = Some(row);
        if matches!(model.cursor.narrow, Narrow::Fix(_)) {
            model.cursor.narrow = Narrow::Line;
        }
    }
    if let Some(row) = at(model, top) {
        model.top.row = row;
        model.top.entry = 0;
    }
    if let Some(row) = at(model, lines) {
        model.cursor.narrow = Narrow::Lines(row);
    }
    // Gaps elsewhere change nothing of what is highlighted: its keys go on counting.
    let wide = matches!(model.cursor.narrow, Narrow::Lines(_) | Narrow::Page);
    let touched = model.cursor.row.is_some_and(|row| changed.contains(&row.block));
    if wide || touched {
        model.generation += 1;
    }
    model.layouts.forget(&changed);
    if let Some(filter) = &mut model.filter {
        filter.relearn(&model.review, model.suspects.as_ref(), changed.iter().copied());
    }
    if let Mode::Summary(shown) = &model.mode {
        // It is a pass over all fixes: made anew at each telling, it would cost their square.
        let counts = model.review.counts();
        if counts.complete || counts.total() >= 2 * shown.known {
            model.mode = Mode::Summary(summary(&model.review, model.size));
        }
    }
    // The first start puts the cursor on the first open place as soon as there is one; a later
    // start leaves it where the reviewer was.
    if model.player.is_some() && model.cursor.row.is_some_and(|row| changed.contains(&row.block)) {
        model.go_to_record();
    } else if waiting && (model.drawn <= 1 || matches!(model.mode, Mode::Summary(_))) {
        match model.bookmark {
            Some(at) => model.go_to_byte(at),
            None if model.bench().is_some() => model.go_to_first_dispute(),
            None => drop(model.go_to_open(model.review.next_open(None))),
        }
    }
    go_on(model)
}

/// Goes on with an act that waits, if nothing is waited for any more.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let Mode::Wait(wait) = &mut model.mode else { return Vec::new() };
    let collation = model.review.collation();
    wait.blocks.retain(|&block| !collation.known(block));
    if !wait.blocks.is_empty() {
        return Vec::new();
    }
    let then = wait.then.clone();
    model.enter(Mode::Review);
    match then {
        Then::Verdict(verdict) => verbs::verdict(model, verdict),
        Then::Alike => alike::open(model),
        Then::Command(text) => command_line::run_waited(model, &text),
    }
}
