//! What was typed in this session, to be recalled.

use crate::ui::mode::Asks;

/// So many lines are kept.
const KEPT: usize = 200;

/// Holds what was typed in this session, the newest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    commands: Vec<String>,
    searches: Vec<String>,
}

impl Typed {
    /// Returns the lines of one sort of prompt; none where nothing is remembered.
    pub fn of(&mut self, asks: &Asks) -> Option<&mut Vec<String>> {
        match asks {
            Asks::Command => Some(&mut self.commands),
            Asks::Search => Some(&mut self.searches),
            Asks::Note(_) | Asks::Export(_) | Asks::Reading | Asks::Sign(_) => None,
        }
    }

    /// Remembers what was typed; the same line again only moves up.
    pub fn keep(&mut self, asks: &Asks, text: &str) {
        let Some(lines) = self.of(asks) else { return };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        lines.retain(|line| line != text);
        lines.push(text.to_owned());
        if lines.len() > KEPT {
            lines.remove(0);
        }
    }
}
