//! One line of input: a text and a cursor that moves by grapheme clusters.

use unicode_segmentation::UnicodeSegmentation;

/// Holds a text that is being typed and where the cursor stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// A byte offset on a cluster border.
    at: usize,
}

impl Input {
    /// Starts with `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text }
    }

    /// Starts with `text`, the cursor at byte `at` or the cluster border before it.
    #[must_use]
    pub fn with_cursor(text: impl Into<String>, at: usize) -> Self {
        let mut input = Self::new(text);
        input.at = input.border(at);
        input
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the cursor's place, a byte offset.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.at
    }

    /// Puts `typed` in at the cursor.
    pub fn insert(&mut self, typed: &str) {
        self.text.insert_str(self.at, typed);
        // A mark that was typed may have joined the letter before it.
        let end = self.at + typed.len();
        self.at = self.border_from(end);
    }

    /// Replaces the bytes `from..to`, which lie on character borders; the cursor goes behind them.
    pub fn replace(&mut self, from: usize, to: usize, text: &str) {
        self.text.replace_range(from..to, text);
        self.at = self.border_from(from + text.len());
    }

    /// One cluster to the left.
    pub fn left(&mut self) {
        self.at = self.before();
    }

    /// One cluster to the right.
    pub fn right(&mut self) {
        self.at = self.after();
    }

    /// To the start of the word before.
    pub fn word_left(&mut self) {
        self.at = self.word_before();
    }

    /// To the end of the word after.
    pub fn word_right(&mut self) {
        let words = self.text[self.at..].split_word_bound_indices();
        let end = words
            .filter(|(_, word)| !word.trim().is_empty())
            .map(|(at, word)| self.at + at + word.len())
            .next();
        self.at = end.unwrap_or(self.text.len());
    }

    /// To the start.
    pub fn start(&mut self) {
        self.at = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.at = self.text.len();
    }

    /// Rubs out the cluster before the cursor.
    pub fn rub(&mut self) {
        let from = self.before();
        self.replace(from, self.at, "");
    }

    /// Rubs out the cluster at the cursor.
    pub fn delete(&mut self) {
        let to = self.after();
        self.replace(self.at, to, "");
    }

    /// Rubs out the word before the cursor.
    pub fn rub_word(&mut self) {
        let from = self.word_before();
        self.replace(from, self.at, "");
    }

    /// Rubs out all before the cursor.
    pub fn cut_start(&mut self) {
        self.replace(0, self.at, "");
    }

    /// Rubs out all after the cursor.
    pub fn cut_end(&mut self) {
        self.text.truncate(self.at);
    }

    fn before(&self) -> usize {
        let clusters = self.text[..self.at].grapheme_indices(true);
        clusters.map(|(at, _)| at).next_back().unwrap_or(0)
    }

    fn after(&self) -> usize {
        let cluster = self.text[self.at..].graphemes(true).next();
        self.at + cluster.map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let words = self.text[..self.at].split_word_bound_indices();
        let start = words.filter(|(_, word)| !word.trim().is_empty()).map(|(at, _)| at).next_back();
        start.unwrap_or(0)
    }

    /// Returns the last cluster border at or before `at`.
    fn border(&self, at: usize) -> usize {
        let borders = self.text.grapheme_indices(true).map(|(at, _)| at);
        let last = borders.take_while(|&border| border <= at).last().unwrap_or(0);
        if at >= self.text.len() { self.text.len() } else { last }
    }

    /// Returns the first cluster border at or after `at`.
    fn border_from(&self, at: usize) -> usize {
        let borders = self.text.grapheme_indices(true).map(|(at, _)| at);
        borders.chain([self.text.len()]).find(|&border| border >= at).unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn moves_and_rubs_out_whole_clusters() {
        let mut input = Input::new("cafe\u{301} au");
        input.rub_word();
        assert_eq!(input.text(), "cafe\u{301} ");
        input.rub();
        input.rub();
        assert_eq!((input.text(), input.cursor()), ("caf", 3));
        input.insert("e");
        input.insert("\u{301}");
        input.left();
        assert_eq!(input.cursor(), 3);
        input.delete();
        assert_eq!(input.text(), "caf");
        input.start();
        input.word_right();
        assert_eq!(input.cursor(), 3);
    }

    proptest! {
        #[test]
        fn the_cursor_stays_on_a_character_border(
            text in "\\PC*", typed in "\\PC{0,3}", acts in prop::collection::vec(0_usize..11, 0..30),
        ) {
            let mut input = Input::with_cursor(text, 3);
            let table: [fn(&mut Input); 11] = [
                Input::left, Input::right, Input::word_left, Input::word_right, Input::start,
                Input::end, Input::rub, Input::delete, Input::rub_word, Input::cut_start,
                Input::cut_end,
            ];
            for act in acts {
                table[act](&mut input);
                input.insert(&typed);
                prop_assert!(input.text().is_char_boundary(input.cursor()));
            }
        }
    }
}
