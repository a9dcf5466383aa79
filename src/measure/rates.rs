//! Error rates of an OCR text against its transcript, by characters, clusters and words.

use std::collections::HashMap;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::collate::mixing::Mixing;
use crate::measure::distance::{Hint, distance};

/// Holds one rate: edits over the length of the truth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// The exact edit distance.
    pub edits: usize,
    /// The length of the transcript.
    pub truth: usize,
    /// Edits over truth; none over an empty truth.
    pub rate: Option<f64>,
}

/// Holds the rates of a pair of texts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rates {
    /// By code points (the usual CER).
    pub chars: Rate,
    /// By grapheme clusters.
    pub graphemes: Rate,
    /// By Unicode words, punctuation and blanks left out.
    pub words: Rate,
    /// By what stands between white space (the usual WER).
    pub words_whitespace: Rate,
}

/// Tells what is set aside before measuring; nothing by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Aside {
    /// Drops a BOM, reads CRLF as LF, and drops white space at the text's end.
    pub trim: bool,
    /// Brings both texts to NFC.
    pub nfc: bool,
}

/// Guesses how many edits there are between two texts of which these are the differing parts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guess {
    chars: usize,
    words: usize,
}

impl Guess {
    /// Adds a part: its two readings.
    pub fn add(&mut self, base: &str, transcript: &str) {
        let chars = |text: &str| text.chars().map(u32::from).collect::<Vec<_>>();
        let hint = Hint { seed: CHARS, edits: 0 };
        self.chars += distance(&chars(base), &chars(transcript), hint);
        let words = by_unit(base.split_whitespace(), transcript.split_whitespace(), hint);
        self.words += words.edits;
    }
}

/// Measures a base against its transcript. Exact; the time grows with length and errors.
#[must_use]
pub fn rates(base: &str, transcript: &str, aside: Aside) -> Rates {
    guided(base, transcript, aside, Guess::default())
}

/// Measures like [`rates`] with a guess, which only saves time.
#[must_use]
pub fn guided(base: &str, transcript: &str, aside: Aside, guess: Guess) -> Rates {
    let (base, transcript) = (set_aside(base, aside), set_aside(transcript, aside));
    let (base, transcript) = (base.as_str(), transcript.as_str());
    let by_chars = Hint { seed: CHARS, edits: guess.chars };
    let by_words = Hint { seed: WORDS, edits: guess.words };
    let chars = rate(base.chars().map(u32::from), transcript.chars().map(u32::from), by_chars);
    let graphemes = match lone(base) && lone(transcript) {
        true => chars,
        false => by_unit(base.graphemes(true), transcript.graphemes(true), by_chars),
    };
    Rates {
        chars,
        graphemes,
        words: by_unit(words(base), words(transcript), by_words),
        words_whitespace: by_unit(base.split_whitespace(), transcript.split_whitespace(), by_words),
    }
}

/// How many characters, and how many words, make the shortest seed, as powers of two.
const CHARS: u32 = 2;
const WORDS: u32 = 0;

/// Returns the words of a text, line by line, which the rules of UAX 29 allow and which lets lines of
/// ASCII take the short way.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').flat_map(str::unicode_words)
}

/// Says whether every cluster of a text is one character.
fn lone(text: &str) -> bool {
    // No cluster but CR LF has a line feed or two ASCII characters in it.
    text.split_inclusive('\n').all(|line| match line.is_ascii() {
        true => !line.contains('\r'),
        false => line.graphemes(true).count() == line.chars().count(),
    })
}

fn set_aside(text: &str, aside: Aside) -> String {
    let mut text = text.to_owned();
    if aside.trim {
        text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
        text.truncate(text.trim_end().len());
    }
    if aside.nfc { text.nfc().collect() } else { text }
}

/// Numbers the units of both texts, equal ones alike, and measures the numbers.
fn by_unit<'a>(
    base: impl Iterator<Item = &'a str>,
    transcript: impl Iterator<Item = &'a str>,
    hint: Hint,
) -> Rate {
    // Only asked for by key: its order is nobody's.
    let mut numbers: HashMap<&str, u32, Mixing> = HashMap::with_hasher(Mixing);
    let mut number = |unit: &'a str| {
        let next = numbers.len() as u32;
        *numbers.entry(unit).or_insert(next)
    };
    let base: Vec<u32> = base.map(&mut number).collect();
    let transcript: Vec<u32> = transcript.map(&mut number).collect();
    rate(base.into_iter(), transcript.into_iter(), hint)
}

fn rate(
    base: impl Iterator<Item = u32>,
    transcript: impl Iterator<Item = u32>,
    hint: Hint,
) -> Rate {
    let (base, transcript): (Vec<u32>, Vec<u32>) = (base.collect(), transcript.collect());
    let (edits, truth) = (distance(&base, &transcript, hint), transcript.len());
    let rate = (truth > 0).then(|| edits as f64 / truth as f64);
    Rate { edits, truth, rate }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_of_a_line() {
        let rates = rates("Kumetssov said: no\n", "Kuznetsov said no.\n", Aside::default());
        assert_eq!((rates.chars.edits, rates.chars.truth), (5, 19));
        assert_eq!((rates.words.edits, rates.words.truth), (1, 3));
        assert_eq!((rates.words_whitespace.edits, rates.words_whitespace.truth), (3, 3));
    }

    #[test]
    fn an_empty_truth_has_no_rate() {
        let rates = rates("a", "", Aside::default());
        assert_eq!(rates.chars, Rate { edits: 1, truth: 0, rate: None });
    }

    #[test]
    fn what_is_set_aside_is_only_what_was_asked() {
        let (base, truth) = ("\u{feff}cafe\u{301}\r\n", "café");
        assert_eq!(rates(base, truth, Aside::default()).chars.edits, 5);
        assert_eq!(rates(base, truth, Aside { trim: true, nfc: false }).chars.edits, 2);
        assert_eq!(rates(base, truth, Aside { trim: true, nfc: true }).chars.edits, 0);
    }
}
