//! Prompts: what is typed at the foot, its choices, and what Enter makes of it.

use crate::review::command::Command;
use crate::review::event::{Mark, Read};
use crate::ui::input::Input;
use crate::ui::mode::{Asks, Mode, Prompt, Signs, Stands};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{command_line, search, verbs};

fn ask(model: &mut Model, asks: Asks, text: String) -> Vec<Effect> {
    model.enter(Mode::Prompt(Prompt { asks, input: Input::new(text) }));
    Vec::new()
}

/// Asks for a note on what is highlighted.
pub(crate) fn note(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Note(Mark::Note), String::new())
}

/// Asks what was read and what is signed.
pub(crate) fn sign(model: &mut Model) -> Vec<Effect> {
    let pages = model.review.base().page_count();
    let signs = if pages > 1 { Signs::PageFixes } else { Signs::DocumentFixes };
    ask(model, Asks::Sign(signs), String::new())
}

/// Asks where to write the text to.
pub(crate) fn export(model: &mut Model) -> Vec<Effect> {
    let counts = model.review.counts();
    let open = counts.open + counts.class.map_or(0, |class| class.open);
    let stands = (open > 0 || !counts.complete).then_some(Stands::Base);
    let stem = model.base_name.rsplit_once('.').map_or(model.base_name.as_str(), |(stem, _)| stem);
    let path = format!("{stem}.reviewed.txt");
    ask(model, Asks::Export(stands), path)
}

/// Asks what to search for.
pub(crate) fn search(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Search, String::new())
}

/// Asks for a command.
pub(crate) fn command(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Command, String::new())
}

/// Does something with the line of input.
pub(crate) fn line(model: &mut Model, act: fn(&mut Input)) -> Vec<Effect> {
    if let Some(input) = model.mode.input() {
        act(input);
    }
    Vec::new()
}

/// Takes the next or previous choice; in the command line, completes the word.
pub(crate) fn turn(model: &mut Model, forward: bool) -> Vec<Effect> {
    if let Mode::Prompt(prompt) = &mut model.mode {
        prompt.asks.turn(forward);
        if prompt.asks == Asks::Command
            && let Some(complete) = command_line::complete(prompt.input.text())
        {
            prompt.input = Input::new(complete);
        }
    }
    Vec::new()
}

/// Back to the text; nothing is done.
pub(crate) fn leave(model: &mut Model) -> Vec<Effect> {
    let asked = matches!(model.mode, Mode::Confirm(_));
    model.enter(Mode::Review);
    if asked {
        model.say("left as it was");
    }
    Vec::new()
}

/// Does what was typed.
pub(crate) fn keep(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = std::mem::replace(&mut model.mode, Mode::Review) else {
        return Vec::new();
    };
    model.enter(Mode::Review);
    let text = prompt.input.text().to_owned();
    match prompt.asks {
        Asks::Search => search::begin(model, text),
        Asks::Command => command_line::run(model, &text),
        Asks::Note(mark) => keep_note(model, mark, text),
        Asks::Export(stands) => write(model, &text, stands, false),
        Asks::Sign(signs) => keep_signature(model, signs),
    }
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
    let page = model.review.base().page_of(model.place());
    let (page, read) = match signs {
        Signs::PageFixes => (Some(page), Read::Fixes),
        Signs::PageAll => (Some(page), Read::All),
        Signs::DocumentFixes => (None, Read::Fixes),
        Signs::DocumentAll => (None, Read::All),
    };
    verbs::command(model, &Command::SignOff { page, read })
}

/// The format that a file's ending asks for.
const FORMATS: [(&str, &str); 3] = [("json", "json"), ("diff", "diff"), ("patch", "diff")];

/// Asks the shell to write the text as it stands.
pub(crate) fn write(
    model: &mut Model,
    path: &str,
    stands: Option<Stands>,
    force: bool,
) -> Vec<Effect> {
    let path = path.trim().to_owned();
    if path.is_empty() {
        model.say("no file was named");
        return Vec::new();
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = FORMATS.iter().find(|(known, _)| *known == ending).map_or("text", |(_, it)| it);
    let pending = stands.map(|stands| match stands {
        Stands::Base => "base".to_owned(),
        Stands::Transcript => "transcript".to_owned(),
        Stands::Mark => "mark".to_owned(),
    });
    vec![Effect::Export { format: format.to_owned(), path, pending, force }]
}
