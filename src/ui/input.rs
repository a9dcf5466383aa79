//! One line of input: a text, a cursor that moves by grapheme clusters, and what can be undone.
//!
//! Nothing here takes longer on a longer text than its copying does: cluster borders are looked for
//! around the cursor only.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::graphemes::{border_after, border_before};

/// How many changes can be undone.
const UNDONE: usize = 1000;

/// Holds a text that is being typed and where the cursor stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// A byte offset on a cluster border.
    at: usize,
    /// What was changed, the last one at the end.
    done: Vec<Change>,
    /// What was undone and can be done again, the next one at the end.
    undone: Vec<Change>,
}

/// Holds one change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    /// Where, in bytes.
    at: usize,
    /// What was there.
    out: String,
    /// What is there now.
    put: String,
    /// Where the cursor was before.
    cursor: usize,
}

impl Input {
    /// Starts with `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text, ..Self::default() }
    }

    /// Starts with `text`, the cursor at byte `at` or the cluster border before it.
    #[must_use]
    pub fn with_cursor(text: impl Into<String>, at: usize) -> Self {
        let mut input = Self::new(text);
        input.at = border_before(&input.text, at);
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
        // A mark that was typed may have joined the letter before it.
        self.replace(self.at, self.at, typed);
    }

    /// Replaces the bytes `from..to`, which lie on character borders; the cursor goes behind them.
    pub fn replace(&mut self, from: usize, to: usize, put: &str) {
        let out = self.text[from..to].to_owned();
        if out == put {
            self.at = border_after(&self.text, to);
            return;
        }
        let change = Change { at: from, out, put: put.to_owned(), cursor: self.at };
        self.set(from..to, put);
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if last.takes(&change) => last.put.push_str(put),
            _ => self.done.push(change),
        }
        if self.done.len() > UNDONE {
            self.done.remove(0);
        }
    }

    /// Takes the last change back; letters typed in one word are one change. Says whether there was
    /// one.
    pub fn undo(&mut self) -> bool {
        let Some(change) = self.done.pop() else { return false };
        self.set(change.at..change.at + change.put.len(), &change.out);
        self.at = border_before(&self.text, change.cursor);
        self.undone.push(change);
        true
    }

    /// Does again what was taken back last. Says whether there was something.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.undone.pop() else { return false };
        self.set(change.at..change.at + change.out.len(), &change.put);
        self.done.push(change);
        true
    }

    fn set(&mut self, range: std::ops::Range<usize>, put: &str) {
        let end = range.start + put.len();
        self.text.replace_range(range, put);
        self.at = border_after(&self.text, end);
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
        self.at = self.word_after();
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
        self.replace(self.at, self.text.len(), "");
    }

    /// Rubs out to the end of the word after the cursor.
    pub fn delete_word(&mut self) {
        self.replace(self.at, self.word_after(), "");
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
        border_before(&self.text, start.unwrap_or(0))
    }

    fn word_after(&self) -> usize {
        let mut words = self.text[self.at..].split_word_bound_indices();
        let word = words.find(|(_, word)| !word.trim().is_empty());
        border_after(
            &self.text,
            word.map_or(self.text.len(), |(at, word)| self.at + at + word.len()),
        )
    }
}

impl Change {
    /// Says whether the next change goes on typing the word that this one typed.
    fn takes(&self, next: &Self) -> bool {
        let typed = |change: &Self| change.out.is_empty() && !change.put.is_empty();
        let blank = |text: &str| text.trim().is_empty();
        typed(self)
            && typed(next)
            && self.at + self.put.len() == next.at
            && next.put.graphemes(true).count() == 1
            && (blank(&next.put) || !self.put.ends_with(char::is_whitespace))
            && !self.put.contains('\n')
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

    #[test]
    fn undo_takes_back_a_word_at_a_time() {
        let mut input = Input::with_cursor("ab", 1);
        "one two".chars().for_each(|letter| input.insert(&letter.to_string()));
        input.rub_word();
        assert_eq!(input.text(), "aone b");
        let mut seen = Vec::new();
        while input.undo() {
            seen.push((input.text().to_owned(), input.cursor()));
        }
        let back = [("aone twob", 8), ("aone b", 5), ("ab", 1)];
        assert_eq!(seen, back.map(|(text, at)| (text.to_owned(), at)));
        assert!(input.redo() && input.redo());
        assert_eq!(input.text(), "aone twob");
        input.insert("!");
        assert!(!input.redo());
    }

    proptest! {
        #[test]
        fn undo_leads_back_to_the_start_and_redo_to_the_end(
            text in "[a b\u{301}שク]{0,12}", typed in prop::collection::vec("[x \u{300}é]{1,3}", 1..9),
        ) {
            let mut input = Input::with_cursor(text.clone(), 4);
            let table: [fn(&mut Input); 4] =
                [Input::rub, Input::word_left, Input::delete_word, Input::left];
            for (index, typed) in typed.iter().enumerate() {
                input.insert(typed);
                table[(index + typed.len()) % 4](&mut input);
            }
            let last = input.text().to_owned();
            while input.undo() {}
            prop_assert_eq!(input.text(), &text);
            while input.redo() {}
            prop_assert_eq!(input.text(), &last);
        }

        #[test]
        fn the_cursor_stays_on_a_cluster_border(
            text in "\\PC*", typed in "\\PC{0,3}", acts in prop::collection::vec(0_usize..14, 0..30),
        ) {
            let mut input = Input::with_cursor(text, 3);
            fn undo(input: &mut Input) {
                let _ = input.undo();
            }
            fn redo(input: &mut Input) {
                let _ = input.redo();
            }
            let table: [fn(&mut Input); 14] = [
                Input::left, Input::right, Input::word_left, Input::word_right, Input::start,
                Input::end, Input::rub, Input::delete, Input::rub_word, Input::cut_start,
                Input::cut_end, Input::delete_word, undo,
                redo,
            ];
            for act in acts {
                table[act](&mut input);
                input.insert(&typed);
                let mut borders = input.text().grapheme_indices(true).map(|(at, _)| at);
                let at = input.cursor();
                prop_assert!(at == input.text().len() || borders.any(|border| border == at));
            }
        }
    }
}
