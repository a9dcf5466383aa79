//! An edit: begun from the text as it stands, kept with Enter, left with Esc.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::review::command::{Command, Refusal, Target};
use crate::review::counts::State;
use crate::review::edit::{Editable, editable};
use crate::review::event::{Place, Scope};
use crate::review::piece::Role;
use crate::review::state::Review;
use crate::ui::input::Input;
use crate::ui::mode::{Edit, Mode};
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::special::columns;
use crate::ui::update::{judging, moving, special, verbs};
use crate::ui::witness::Witness;

/// Begins an edit of what is highlighted: a word or a fix alone, else the whole line.
pub(crate) fn begin(model: &mut Model) -> Vec<Effect> {
    if model.bench().is_some() {
        return judging::ask_own(model);
    }
    match start(model) {
        Ok(edit) => model.enter(Mode::Edit(edit)),
        Err(refusal) => model.say(refusal.to_string()),
    }
    Vec::new()
}

fn start(model: &Model) -> Result<Edit, Refusal> {
    let row = model.cursor.row.ok_or(Refusal::NoFix)?;
    start_of(model, row, target(model, row))
}

/// Edits the whole line instead of a part of it, as long as nothing was typed.
pub(crate) fn whole_line(model: &mut Model) -> Vec<Effect> {
    let (Mode::Edit(edit), Some(row)) = (&model.mode, model.cursor.row) else { return Vec::new() };
    if matches!(edit.target, Target::Row(_)) {
        model.say("this is the whole line");
        return Vec::new();
    }
    if edit.input.text() != edit.began {
        model.say("first keep what is typed, or take it back");
        return Vec::new();
    }
    match start_of(model, row, (Scope::Line, Target::Row(row))) {
        Ok(mut edit) => {
            // The cursor stays at the part.
            let part = model.highlight().map(|highlight| highlight.span.start);
            let line = model.review.collation().row(row).base.start;
            if let Some(at) = part.and_then(|part| part.checked_sub(line)) {
                let at = edit.base.question(at);
                edit.input = Input::with_cursor(edit.began.clone(), at);
            }
            model.enter(Mode::Edit(edit));
        }
        Err(refusal) => model.say(refusal.to_string()),
    }
    Vec::new()
}

fn start_of(model: &Model, row: RowId, (scope, target): (Scope, Target)) -> Result<Edit, Refusal> {
    let found = editable(&model.review, &target)?;
    let (base, proposed) = witnesses(&model.review, row, &target, &found);
    let at = match target {
        Target::Row(row) => first_open(&model.review, row).unwrap_or(0),
        Target::Span(_) => found.shown.len(),
    };
    let (base, proposed) = (Witness::new(base, &found.shown), Witness::new(proposed, &found.shown));
    let input = Input::with_cursor(found.shown.clone(), at);
    Ok(Edit { scope, target, began: found.shown, base, proposed, input, special: None })
}

/// Returns what an edit would be of. A fix that reaches over its line is edited with the line.
fn target(model: &Model, row: RowId) -> (Scope, Target) {
    let line = model.review.collation().row(row).base;
    let fix = |id: FixId| model.review.collation().fix(id).at.clone();
    let (scope, span) = match &model.cursor.narrow {
        Narrow::Fix(id) if fix(*id).is_empty() => (Scope::Word, around(model, row, fix(*id).start)),
        Narrow::Fix(id) => (Scope::Fix, fix(*id)),
        Narrow::Word(span) => (Scope::Word, span.clone()),
        Narrow::Line | Narrow::Lines(_) | Narrow::Page => (Scope::Line, line.clone()),
    };
    let inside = line.start <= span.start && span.end <= line.end && !span.is_empty();
    let ends = model.review.base().slice(span.clone()).contains('\n');
    if scope == Scope::Line || !inside || ends {
        return (Scope::Line, Target::Row(row));
    }
    (scope, Target::Span(span))
}

/// An edit beside what the corrected text puts in takes no more than so many bytes of the line.
const NEAR: usize = 64;

/// Returns what stands around a place of a line where the OCR has nothing: up to the next blanks,
/// or, where none is near, the words that touch it; and the fixes in it whole.
///
/// An edit decides what is open in it, and the line may be a paragraph.
fn around(model: &Model, row: RowId, at: usize) -> Range<usize> {
    let (review, line) = (&model.review, model.review.collation().row(row).base);
    let line = line.start..line.start + review.base().slice(line.clone()).trim_end().len();
    if !(line.start..=line.end).contains(&at) {
        return at..at;
    }
    let (before, after) = (review.base().slice(line.start..at), review.base().slice(at..line.end));
    let ink = before.trim_end();
    let last = ink.char_indices().rev().find(|(_, letter)| letter.is_whitespace());
    let word = last.map_or(0, |(at, blank)| at + blank.len_utf8());
    let ends_here = ink.len() == before.len();
    let first = after.find(char::is_whitespace).unwrap_or(after.len());
    let start = if ends_here || first == 0 { line.start + word } else { at };
    let mut span = start..at + first;
    if span.len() > NEAR {
        let touching = moving::words(model, row).into_iter();
        let touching = touching.filter(|word| word.start <= at && at <= word.end);
        span =
            touching.fold(at..at, |span, word| span.start.min(word.start)..span.end.max(word.end));
    }
    let fixes: Vec<FixId> = review.fixes_over(Place::new(span.clone(), 0)).collect();
    fixes.into_iter().fold(span, |span, id| {
        let fix = &review.collation().fix(id).at;
        span.start.min(fix.start)..span.end.max(fix.end)
    })
}

/// Returns what the OCR and the corrected text have where an edit is.
fn witnesses(review: &Review, row: RowId, target: &Target, found: &Editable) -> (String, String) {
    let base = review.base().slice(found.span.clone()).trim_end_matches(['\n', '\r']).to_owned();
    if let Target::Row(_) = target {
        let text = review.transcript().slice(review.collation().row(row).transcript);
        return (base, text.trim_end_matches(['\n', '\r']).to_owned());
    }
    let mut proposed = String::new();
    let mut at = found.span.start;
    for id in review.fixes_over(Place::new(found.span.clone(), 0)) {
        let fix = review.place(id);
        proposed.push_str(review.base().slice(at..fix.start.max(at)));
        proposed.push_str(review.proposed(id));
        at = fix.end.max(at);
    }
    proposed.push_str(review.base().slice(at.min(found.span.end)..found.span.end));
    (base, proposed)
}

/// Returns where in the shown text of a row its first open fix is.
fn first_open(review: &Review, row: RowId) -> Option<usize> {
    let mut at = 0;
    for piece in review.pieces(row) {
        if matches!(piece.role, Role::Fix(_, State::Open | State::Disputed)) {
            return Some(at);
        }
        at += piece.right.len();
    }
    None
}

/// Keeps the reading: it goes to the log.
pub(crate) fn keep(model: &mut Model) -> Vec<Effect> {
    if special::finish(model) {
        return Vec::new();
    }
    let Mode::Edit(edit) = &model.mode else { return Vec::new() };
    let (scope, target) = (edit.scope, edit.target.clone());
    let text = edit.input.text().to_owned();
    let effects = verbs::command(model, &Command::Edit { scope, target, text });
    if matches!(model.mode, Mode::Edit(_)) {
        // Nothing changed: said, and back to the text.
        model.enter(Mode::Review);
    }
    effects
}

/// Leaves everything as it was.
pub(crate) fn leave(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode
        && edit.special.take().is_some()
    {
        return Vec::new();
    }
    model.enter(Mode::Review);
    model.say("left as it was");
    Vec::new()
}

/// Takes the OCR's word at the cursor.
pub(crate) fn take_base(model: &mut Model) -> Vec<Effect> {
    take(model, (|edit| &edit.base, -1), "the OCR has the same here")
}

/// Takes the corrected text's word at the cursor.
pub(crate) fn take_proposed(model: &mut Model) -> Vec<Effect> {
    take(model, (|edit| &edit.proposed, 1), "the corrected text has the same here")
}

/// Takes a witness's word at the cursor; among the letters of the document, goes a row up or down.
fn take(
    model: &mut Model,
    (witness, rows): (fn(&Edit) -> &Witness, isize),
    same: &str,
) -> Vec<Effect> {
    let columns = columns(model.geometry().panel.width);
    if special::step(model, rows * columns as isize) {
        return Vec::new();
    }
    let Mode::Edit(edit) = &mut model.mode else { return Vec::new() };
    edit.special = None;
    let (text, at) = (edit.input.text(), edit.input.cursor());
    match witness(edit).differing(&edit.began, text, at) {
        Some((mine, theirs)) => {
            let word = witness(edit).text()[theirs].to_owned();
            edit.input.replace(mine.start, mine.end, &word);
            model.message = None;
        }
        None => model.say(same),
    }
    Vec::new()
}

/// Takes all of the OCR's text.
pub(crate) fn take_base_whole(model: &mut Model) -> Vec<Effect> {
    take_whole(model, |edit| &edit.base, "all as the OCR has it")
}

/// Takes all of the corrected text.
pub(crate) fn take_proposed_whole(model: &mut Model) -> Vec<Effect> {
    take_whole(model, |edit| &edit.proposed, "all as the corrected text has it")
}

fn take_whole(model: &mut Model, witness: fn(&Edit) -> &Witness, said: &str) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode {
        edit.special = None;
        let text = witness(edit).text().to_owned();
        edit.input.replace(0, edit.input.text().len(), &text);
        model.say(said);
    }
    Vec::new()
}

/// Takes back what was typed last.
pub(crate) fn undo(model: &mut Model) -> Vec<Effect> {
    turn_back(model, Input::undo, "nothing was typed before this")
}

/// Types again what was taken back last.
pub(crate) fn redo(model: &mut Model) -> Vec<Effect> {
    turn_back(model, Input::redo, "nothing was taken back")
}

fn turn_back(model: &mut Model, act: fn(&mut Input) -> bool, none: &str) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode {
        edit.special = None;
        if act(&mut edit.input) {
            model.message = None;
        } else {
            model.say(none);
        }
    }
    Vec::new()
}

/// Moves the cursor by a letter, or among the letters of the document.
pub(crate) fn sideways(model: &mut Model, by: isize) -> Vec<Effect> {
    if !special::step(model, by)
        && let Some(input) = model.mode.input()
    {
        if by < 0 { input.left() } else { input.right() }
    }
    Vec::new()
}

/// Puts a line end at the cursor.
pub(crate) fn line_end(model: &mut Model) -> Vec<Effect> {
    if let Some(input) = model.mode.input() {
        input.insert("\n");
    }
    Vec::new()
}

/// Rubs out the letter before the cursor, or what was typed of a special one.
pub(crate) fn rub(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode
        && special::rub(&mut edit.special)
    {
        return Vec::new();
    }
    if let Some(input) = model.mode.input() {
        input.rub();
    }
    Vec::new()
}

/// Goes on in the reviewer's own editor.
pub(crate) fn external(model: &mut Model) -> Vec<Effect> {
    match &model.mode {
        Mode::Edit(edit) => vec![Effect::Editor(edit.input.text().to_owned())],
        _ => Vec::new(),
    }
}

/// Takes the text that the reviewer's own editor gave back; it is kept only with Enter.
pub(crate) fn edited(model: &mut Model, answer: Result<String, String>) -> Vec<Effect> {
    match (answer, model.mode.input()) {
        (Ok(text), Some(input)) => {
            let text = text.strip_suffix('\n').unwrap_or(&text);
            input.replace(0, input.text().len(), &text.replace("\r\n", "\n"));
            model.asked += 1;
        }
        (Ok(_), None) => {}
        (Err(why), _) => model.warn(why),
    }
    Vec::new()
}
