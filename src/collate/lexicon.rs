//! The words that a transcript has in lower case: what occurs there is no name.

use std::collections::HashSet;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::mixing::Mixing;
use crate::document::Text;

/// Holds the lower-case words of a text, gathered when first asked for.
#[derive(Debug, Default)]
pub struct Lexicon(OnceLock<HashSet<Box<str>, Mixing>>);

impl Lexicon {
    /// Says whether `word` occurs in lower case in `text`, which must be the same at every call.
    pub(crate) fn has_in_lower_case(&self, text: &Text, word: &str) -> bool {
        let lower = self.0.get_or_init(|| gather(text.as_str()));
        lower.contains(word.to_lowercase().as_str())
    }
}

fn gather(text: &str) -> HashSet<Box<str>, Mixing> {
    let mut words: HashSet<Box<str>, Mixing> = HashSet::with_hasher(Mixing);
    for word in text.unicode_words() {
        if word.chars().all(char::is_lowercase) && !words.contains(word) {
            words.insert(word.into());
        }
    }
    words
}
