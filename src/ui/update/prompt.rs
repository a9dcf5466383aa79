//! Prompts: what is typed at the foot, its choices, and what Enter makes of it.

use crate::review::command::Command;
use crate::review::event::{Mark, Read};
use crate::text::visible::{Repertoire, glyphs};
use crate::ui::input::Input;
use crate::ui::mode::{Asks, Confirm, Mode, Offered, Prompt, Signs};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{ask, command_line, judging, play, search, verbs};

/// Does something with the line of input.
pub(crate) fn line(model: &mut Model, act: fn(&mut Input)) -> Vec<Effect> {
    if let Some(input) = model.mode.input() {
        act(input);
    }
    Vec::new()
}

/// Puts pasted text into the line of input; over the panes it does nothing at all.
///
/// In an edit its line ends are line ends of the text, and that is said; elsewhere they are blanks.
pub(crate) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let ends = matches!(model.mode, Mode::Edit(_));
    let Some(input) = model.mode.input() else {
        model.say("a paste is only for a line of input");
        return Vec::new();
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    let text = text.trim_end_matches('\n');
    let lines = text.matches('\n').count();
    let hidden = glyphs(text, Repertoire::Unicode);
    let hidden = hidden.filter(|glyph| glyph.sign && &text[glyph.bytes.clone()] != "\n").count();
    input.insert(&if ends { text.to_owned() } else { text.replace('\n', " ") });
    let mut said = Vec::new();
    match (ends, lines) {
        (_, 0) => {}
        (true, 1) => said.push("1 line end pasted: it would be one of the text".to_owned()),
        (true, _) => said.push(format!("{lines} line ends pasted: they would be the text's")),
        (false, _) => said.push("line ends pasted as blanks".to_owned()),
    }
    if hidden > 0 {
        said.push("what cannot be seen is shown by sign".to_owned());
    }
    if let Mode::Edit(edit) = &mut model.mode {
        edit.special = None;
        if !said.is_empty() {
            said.push(format!("{} takes it back", model.keymap.key("edit-undo")));
        }
    }
    if !said.is_empty() {
        model.say(said.join("; "));
    }
    Vec::new()
}

/// Takes the next or previous choice; in the command line, completes the word.
pub(crate) fn turn(model: &mut Model, forward: bool) -> Vec<Effect> {
    if let Mode::Prompt(prompt) = &mut model.mode {
        prompt.asks.turn(forward);
        if prompt.asks == Asks::Command && model.player.is_none() {
            complete(prompt, forward);
        }
    }
    Vec::new()
}

/// Completes the word as far as it can only be one, and after that goes through what it may be.
fn complete(prompt: &mut Prompt, forward: bool) {
    let text = prompt.input.text();
    let offered = prompt.offered.take().filter(|offered| offered.texts[offered.at] == text);
    let offered = match offered {
        Some(Offered { texts, at }) => {
            let step = if forward { 1 } else { texts.len() - 1 };
            Offered { at: (at + step) % texts.len(), texts }
        }
        None if let Some(longer) = command_line::complete(text) => {
            prompt.input = Input::new(longer);
            return;
        }
        None => {
            let texts = command_line::continuations(text);
            let Some(last) = texts.len().checked_sub(1) else { return };
            Offered { at: if forward { 0 } else { last }, texts }
        }
    };
    prompt.input = Input::new(offered.texts[offered.at].as_str());
    prompt.offered = Some(offered);
}

/// Back to the text; nothing is done.
pub(crate) fn leave(model: &mut Model) -> Vec<Effect> {
    let left = std::mem::replace(&mut model.mode, Mode::Review);
    let said = match &left {
        Mode::Confirm(_) => Some("left as it was"),
        Mode::Offer(_) => Some("going on with the corrected text that the log has"),
        _ => None,
    };
    model.enter(match left {
        Mode::Confirm(Confirm { over: Some(over), .. }) => *over,
        _ => Mode::Review,
    });
    if let Some(said) = said {
        model.say(said);
    }
    Vec::new()
}

/// Does what was typed.
pub(crate) fn keep(model: &mut Model) -> Vec<Effect> {
    let work = model.mode.work();
    let Mode::Prompt(prompt) = std::mem::replace(&mut model.mode, Mode::Review) else {
        return Vec::new();
    };
    model.enter(Mode::Review);
    let text = prompt.input.text().to_owned();
    model.typed.keep(&prompt.asks, &text);
    let effects = match prompt.asks {
        Asks::Search if model.player.is_some() => play::begin_search(model, text),
        Asks::Command if model.player.is_some() => play::run(model, &text),
        Asks::Search => search::begin(model, text),
        Asks::Command => command_line::run(model, &text),
        Asks::Note(mark) => keep_note(model, mark, text),
        Asks::Export(stands) => ask::write(model, &text, stands, false),
        Asks::Reading => judging::keep_own(model, &text),
        Asks::Sign(signs) => keep_signature(model, signs),
    };
    if let Some(pending) = model.pending.as_mut().filter(|_| work.is_some()) {
        pending.over = work;
    }
    effects
}

fn keep_note(model: &mut Model, mark: Mark, note: String) -> Vec<Effect> {
    if mark == Mark::Note && note.trim().is_empty() {
        model.say("an empty note is not kept");
        return Vec::new();
    }
    let Some(highlight) = model.highlight() else { return Vec::new() };
    verbs::command(model, &Command::Note { at: highlight.span, mark, note })
}

fn keep_signature(model: &mut Model, signs: Signs) -> Vec<Effect> {
    let page = model.page();
    let (page, read) = match signs {
        Signs::PageFixes => (Some(page), Read::Fixes),
        Signs::PageAll => (Some(page), Read::All),
        Signs::DocumentFixes => (None, Read::Fixes),
        Signs::DocumentAll => (None, Read::All),
    };
    verbs::command(model, &Command::SignOff { page, read })
}
