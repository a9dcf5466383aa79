//! An edit: begun from the text as it stands, kept with Enter, left with Esc.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::RowId;
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
use crate::ui::update::verbs;

/// Begins an edit of what is highlighted: a word or a fix alone, else the whole line.
pub(crate) fn begin(model: &mut Model) -> Vec<Effect> {
    if let Some(why) = &model.read_only {
        let why = format!("read only: {why}");
        model.warn(why);
        return Vec::new();
    }
    if model.pending.is_some() {
        model.warn("still saving: key dropped");
        return Vec::new();
    }
    match start(model) {
        Ok(edit) => model.enter(Mode::Edit(edit)),
        Err(refusal) => model.say(refusal.to_string()),
    }
    Vec::new()
}

fn start(model: &Model) -> Result<Edit, Refusal> {
    let row = model.cursor.row.ok_or(Refusal::NoFix)?;
    let (scope, target) = target(model, row);
    let found = editable(&model.review, &target)?;
    let (base, proposed) = witnesses(&model.review, row, &target, &found);
    let at = match target {
        Target::Row(row) => first_open(&model.review, row).unwrap_or(0),
        Target::Span(_) => found.shown.len(),
    };
    let input = Input::with_cursor(found.shown, at);
    Ok(Edit { scope, target, base, proposed, input, code: None })
}

/// Returns what an edit would be of. A fix that reaches over its line is edited with the line.
fn target(model: &Model, row: RowId) -> (Scope, Target) {
    let line = model.review.collation().row(row).base;
    let (scope, span) = match &model.cursor.narrow {
        Narrow::Fix(id) => (Scope::Fix, model.review.collation().fix(*id).at.clone()),
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
    let Mode::Edit(edit) = &mut model.mode else { return Vec::new() };
    if let Some(code) = edit.code.take() {
        let letter = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        match letter.filter(|&letter| letter != '\0') {
            Some(letter) => edit.input.insert(letter.encode_utf8(&mut [0; 4])),
            None => model.say(format!("{code:?} is no code of a letter")),
        }
        return Vec::new();
    }
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
        && edit.code.take().is_some()
    {
        return Vec::new();
    }
    model.enter(Mode::Review);
    model.say("left as it was");
    Vec::new()
}

/// Takes the OCR's word at the cursor.
pub(crate) fn take_base(model: &mut Model) -> Vec<Effect> {
    take(model, |edit| edit.base.clone(), "the OCR has the same here")
}

/// Takes the corrected text's word at the cursor.
pub(crate) fn take_proposed(model: &mut Model) -> Vec<Effect> {
    take(model, |edit| edit.proposed.clone(), "the corrected text has the same here")
}

fn take(model: &mut Model, witness: fn(&Edit) -> String, same: &str) -> Vec<Effect> {
    let Mode::Edit(edit) = &mut model.mode else { return Vec::new() };
    let text = witness(edit);
    match differing(edit.input.text(), &text, edit.input.cursor()) {
        Some((mine, theirs)) => edit.input.replace(mine.start, mine.end, &text[theirs]),
        None => model.say(same),
    }
    Vec::new()
}

/// Finds what differs at byte `at` of `mine`, word by word: where it is, and what `theirs` has.
fn differing(mine: &str, theirs: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let borders = |text: &str| {
        let mut borders: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
        borders.push(text.len());
        borders
    };
    let (left, right) = (borders(mine), borders(theirs));
    fn words<'a>(text: &'a str, borders: &[usize]) -> Vec<&'a str> {
        borders.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
    }
    let ops = capture_diff_slices(Algorithm::Myers, &words(mine, &left), &words(theirs, &right));
    ops.into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| {
            let (old, new) = (op.old_range(), op.new_range());
            (left[old.start]..left[old.end], right[new.start]..right[new.end])
        })
        .find(|(mine, _)| mine.start <= at && at <= mine.end)
}

/// Puts a line end at the cursor.
pub(crate) fn line_end(model: &mut Model) -> Vec<Effect> {
    if let Some(input) = model.mode.input() {
        input.insert("\n");
    }
    Vec::new()
}

/// Begins a letter by its code.
pub(crate) fn code(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode {
        edit.code = Some(String::new());
    }
    Vec::new()
}

/// Rubs out a digit of the code that is being typed, or the letter before the cursor.
pub(crate) fn rub(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode
        && let Some(code) = &mut edit.code
    {
        code.pop();
    } else if let Some(input) = model.mode.input() {
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
            *input = Input::new(text.replace("\r\n", "\n"));
            model.asked += 1;
        }
        (Ok(_), None) => {}
        (Err(why), _) => model.warn(why),
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_at_the_cursor_is_found_in_the_other_text() {
        let (mine, theirs) = ("crease in U. employment", "crease 1n L7. 5. employment");
        assert_eq!(differing(mine, theirs, 0), None);
        let (at, other) = differing(mine, theirs, 8).expect("differs");
        assert_eq!((&mine[at], &theirs[other]), ("in", "1n"));
        assert_eq!(differing("same", "same", 2), None);
    }
}
