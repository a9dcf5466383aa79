//! Which script a letter is of, and which letters of a word are of another than the rest.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// Scripts that one word may mix: they make up one way of writing.
const WRITTEN_TOGETHER: [Script; 5] =
    [Script::Han, Script::Hiragana, Script::Katakana, Script::Bopomofo, Script::Hangul];

/// Returns the script of a letter; none for what all scripts share: digits, marks, punctuation.
#[must_use]
pub fn script(letter: char) -> Option<&'static str> {
    own(letter).map(unicode_script::Script::full_name)
}

fn own(letter: char) -> Option<Script> {
    let script = letter.script();
    (!matches!(script, Script::Common | Script::Inherited | Script::Unknown)).then_some(script)
}

/// Returns the script of a letter, the ones that are written together as one.
fn kind(letter: char) -> Option<Script> {
    let script = own(letter)?;
    Some(if WRITTEN_TOGETHER.contains(&script) { Script::Han } else { script })
}

/// Finds the letters that are of another script than most letters of their word, as in `Karпов`:
/// their bytes, ascending. Of two scripts with equally many letters it is the one that comes later.
#[must_use]
pub fn foreign(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    text.unicode_word_indices().flat_map(|(at, word)| foreign_in(at, word)).collect()
}

fn foreign_in(at: usize, word: &str) -> Vec<Range<usize>> {
    let mut scripts: Vec<(Script, usize)> = Vec::new();
    for script in word.chars().filter_map(kind) {
        match scripts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => scripts.push((script, 1)),
        }
    }
    if scripts.len() < 2 {
        return Vec::new();
    }
    let most = scripts.iter().rev().max_by_key(|(_, count)| *count).map(|(script, _)| *script);
    let letters = word.char_indices().filter(|&(_, letter)| {
        let script = kind(letter);
        script.is_some() && script != most
    });
    letters.map(|(start, letter)| at + start..at + start + letter.len_utf8()).collect()
}

/// Returns the scripts of a text's letters, each once, in the order in which they come.
#[must_use]
pub fn scripts(text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for name in text.chars().filter_map(script) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_script_are_found() {
        let found = |text: &'static str| -> Vec<&str> {
            foreign(text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(found("Mr. Karпов said"), ["п", "о", "в"]);
        assert_eq!(found("Кarpov 7ΤH"), ["К", "H"]);
        assert_eq!(found("校正者は原文と読み取リを カタカナ"), Vec::<&str>::new());
        assert_eq!(found("naïve ſo 10µm Ὁ γραφεὺς שָׁלוֹם"), Vec::<&str>::new());
        assert_eq!(scripts("Karпов, 7"), ["Latin", "Cyrillic"]);
    }
}
