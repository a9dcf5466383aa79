//! Special letters in an edit: by code, by two keys, from those that the document has.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::visible::quoted;
use crate::ui::input::Input;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::special::{self, Composed, Pick, Special};

/// Begins a letter by its code.
pub(crate) fn code(model: &mut Model) -> Vec<Effect> {
    begin(model, Special::Code(String::new()))
}

/// Begins a letter by two keys.
pub(crate) fn compose(model: &mut Model) -> Vec<Effect> {
    begin(model, Special::Compose(None))
}

/// Offers the letters beyond ASCII that both texts have.
pub(crate) fn pick(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &model.mode
        && matches!(edit.special, Some(Special::Pick(_)))
    {
        return leave(model);
    }
    let (base, transcript) = (model.review.base().as_str(), model.review.transcript().as_str());
    let letters = special::letters_of(&[base, transcript]);
    if letters.is_empty() {
        model.say("both texts have only plain ASCII letters");
        return Vec::new();
    }
    begin(model, Special::Pick(Pick { letters, at: 0 }))
}

fn begin(model: &mut Model, special: Special) -> Vec<Effect> {
    model.message = None;
    if let Mode::Edit(edit) = &mut model.mode {
        edit.special = Some(special);
    }
    Vec::new()
}

fn leave(model: &mut Model) -> Vec<Effect> {
    if let Mode::Edit(edit) = &mut model.mode {
        edit.special = None;
    }
    Vec::new()
}

/// Takes a letter that was typed in an edit.
pub(crate) fn typed(model: &mut Model, letter: char) {
    let Mode::Edit(edit) = &mut model.mode else { return };
    match &mut edit.special {
        None => {
            edit.input.insert(letter.encode_utf8(&mut [0; 4]));
            if letter == '}' {
                unescape(&mut edit.input);
            }
        }
        Some(Special::Code(code)) => {
            if letter.is_ascii_hexdigit() && code.len() < 6 {
                code.push(letter.to_ascii_uppercase());
            }
        }
        Some(Special::Compose(first @ None)) => *first = Some(letter),
        Some(Special::Compose(Some(first))) => {
            let first = *first;
            edit.special = None;
            match special::compose(first, letter) {
                Some(made) => put(&mut edit.input, &made),
                None => model.say(format!("no letter is made of {first} and {letter}")),
            }
        }
        Some(Special::Pick(pick)) => pick.seek(letter),
    }
}

/// Puts the letter in that is chosen or whose code is typed; says whether there was one to finish.
pub(crate) fn finish(model: &mut Model) -> bool {
    let Mode::Edit(edit) = &mut model.mode else { return false };
    match edit.special.take() {
        None => return false,
        Some(Special::Code(code)) => match special::letter_of(&code) {
            Some(letter) => edit.input.insert(letter.encode_utf8(&mut [0; 4])),
            None => model.say(format!("{} is no code of a letter", quoted(&code))),
        },
        Some(Special::Compose(_)) => {}
        Some(Special::Pick(pick)) => {
            if let Some((letter, _)) = pick.letters.get(pick.at) {
                edit.input.insert(letter.encode_utf8(&mut [0; 4]));
            }
        }
    }
    true
}

fn put(input: &mut Input, made: &Composed) {
    match made {
        Composed::Text(text) => input.insert(text),
        Composed::Mark(mark) => {
            let before = input.text()[..input.cursor()].graphemes(true).next_back();
            let before = before.unwrap_or_default();
            let marked: String = before.chars().chain([*mark]).nfc().collect();
            let start = input.cursor() - before.len();
            input.replace(start, input.cursor(), &marked);
        }
    }
}

/// Makes the letter of an escape such as `\u{17f}` that was just finished; undo gives it back.
fn unescape(input: &mut Input) {
    let at = input.cursor();
    if let Some((start, letter)) = special::escape_at_end(&input.text()[..at]) {
        input.replace(start, at, letter.encode_utf8(&mut [0; 4]));
    }
}

/// Rubs out a digit of a code, or goes back to the first of two keys; says whether there was any.
pub(crate) fn rub(special: &mut Option<Special>) -> bool {
    match special {
        None => return false,
        Some(Special::Code(code)) => drop(code.pop()),
        Some(Special::Compose(first)) => *first = None,
        Some(Special::Pick(_)) => *special = None,
    }
    true
}

/// Moves in the letters of the document by so many; says whether they are offered.
pub(crate) fn step(model: &mut Model, by: isize) -> bool {
    let Mode::Edit(edit) = &mut model.mode else { return false };
    let Some(Special::Pick(pick)) = &mut edit.special else { return false };
    pick.at = pick.at.saturating_add_signed(by).min(pick.letters.len() - 1);
    true
}
