//! The words that a transcript has in lower case: what occurs there is no name.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use crate::collate::mixing::Mixing;
use crate::document::Text;
use crate::text::words::lower_words;

/// Holds the hashes of the lower-case words of a text, gathered when first asked for. Should two
/// words share a hash, a fix is taken for a word and not a name: the kind, nothing else.
#[derive(Debug, Default)]
pub struct Lexicon(OnceLock<HashSet<u64, Mixing>>);

impl Lexicon {
    /// Gathers the words of `text` now, or waits until whoever began to has: it may be done beside
    /// the plan.
    pub fn prepare(&self, text: &Text) {
        self.0.get_or_init(|| gather(text));
    }

    /// Says whether `word` occurs in lower case in `text`, which must be the same at every call.
    pub(crate) fn has_in_lower_case(&self, text: &Text, word: &str) -> bool {
        let lower = self.0.get_or_init(|| gather(text));
        lower.contains(&Mixing.hash_one(word.to_lowercase().as_str()))
    }
}

fn gather(text: &Text) -> HashSet<u64, Mixing> {
    let mut words = HashSet::with_hasher(Mixing);
    for (_, line) in text.each_line() {
        lower_words(line, |word| _ = words.insert(Mixing.hash_one(word)));
    }
    words
}
