//! What was typed before, in the command line and the search: up and down through it.

use crate::ui::input::Input;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::msg::Effect;

/// Takes the line before or after the one that is recalled; beyond the newest is what was being
/// typed. Where nothing is remembered, it takes the next choice.
pub(crate) fn recall(model: &mut Model, older: bool) -> Vec<Effect> {
    let Mode::Prompt(prompt) = &mut model.mode else { return Vec::new() };
    let Some(lines) = model.typed.of(&prompt.asks) else {
        prompt.asks.turn(!older);
        return Vec::new();
    };
    let (at, draft) = match prompt.recalled.take() {
        Some((at, draft)) => (at, draft),
        None => (lines.len(), prompt.input.text().to_owned()),
    };
    let at = if older { at.saturating_sub(1) } else { (at + 1).min(lines.len()) };
    let text = lines.get(at).unwrap_or(&draft).clone();
    prompt.input = Input::new(text);
    prompt.recalled = Some((at, draft));
    Vec::new()
}
