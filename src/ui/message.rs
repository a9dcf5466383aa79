//! What is said at the foot of the screen.

use std::cell::Cell;

use crate::ui::words;

/// Holds a sentence for the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Whether something went wrong.
    pub warning: bool,
    /// How many lines it takes in so many cells: the geometry asks for it again and again.
    counted: Cell<Option<(usize, usize)>>,
}

impl Message {
    /// Makes a sentence for the foot.
    #[must_use]
    pub fn new(text: impl Into<String>, warning: bool) -> Self {
        Self { text: text.into(), warning, counted: Cell::new(None) }
    }

    /// Returns how many lines it takes in so many cells.
    pub(crate) fn lines(&self, cells: usize) -> usize {
        let known = self.counted.get().filter(|(of, _)| *of == cells);
        let count = || words::in_lines(&self.text, cells).len();
        let (_, count) = known.unwrap_or_else(|| (cells, count()));
        self.counted.set(Some((cells, count)));
        count
    }
}
