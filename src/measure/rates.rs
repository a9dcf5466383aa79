//! Error rates of an OCR text against its transcript, by characters, clusters and words.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr_iter;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::collate::mixing::Mixing;
use crate::measure::distance::distance;

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

/// Measures a base against its transcript. Exact; the time grows with length and errors.
#[must_use]
pub fn rates(base: &str, transcript: &str, aside: Aside) -> Rates {
    let (base, transcript) = (set_aside(base, aside), set_aside(transcript, aside));
    let (base, transcript) = (&*base, &*transcript);
    let chars = rate(code_points(base), code_points(transcript), CHARS);
    let graphemes = match lone(base) && lone(transcript) {
        true => chars,
        false => {
            let mut numbers = Numbers::default();
            let mut of = |text| numbers.all(str::graphemes(text, true));
            rate(of(base), of(transcript), CHARS)
        }
    };
    let pieces = Pieces::new(base, transcript);
    Rates {
        chars,
        graphemes,
        words: pieces.rate(str::unicode_words),
        words_whitespace: pieces.rate(str::split_whitespace),
    }
}

/// Returns the characters of a text, as numbers.
fn code_points(text: &str) -> Vec<u32> {
    let mut all = Vec::with_capacity(text.len());
    for (at, line) in lines(text).enumerate() {
        all.extend((at > 0).then_some(u32::from('\n')));
        match line.is_ascii() {
            true => all.extend(line.bytes().map(u32::from)),
            false => all.extend(line.chars().map(u32::from)),
        }
    }
    all
}

/// Cuts a text at its line feeds, which are left out.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.map(move |end| {
        let line = &text[from..end];
        from = end + 1;
        line
    })
}

/// How many characters, and how many words, make a seed: so many that few stand in two places, and few
/// have an error in them.
const CHARS: usize = 12;
const WORDS: usize = 3;

/// Says whether every cluster of a text is one character.
fn lone(text: &str) -> bool {
    // No cluster but CR LF has a line feed or two ASCII characters in it.
    let lone = |line: &str| match line.is_ascii() {
        true => !line.contains('\r'),
        false => line.graphemes(true).count() == line.chars().count(),
    };
    if text.is_ascii() { lone(text) } else { lines(text).all(lone) }
}

fn set_aside(text: &str, aside: Aside) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if aside.trim {
        let mut trimmed = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
        trimmed.truncate(trimmed.trim_end().len());
        text = trimmed.into();
    }
    if aside.nfc { text.nfc().collect() } else { text }
}

/// Numbers units, equal ones alike.
#[derive(Default)]
struct Numbers<'a> {
    /// No hash order gets out of it: it is asked by key, and emptied into places by number.
    known: HashMap<&'a str, u32, Mixing>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, unit: &'a str) -> u32 {
        let next = self.known.len() as u32;
        *self.known.entry(unit).or_insert(next)
    }

    fn all(&mut self, units: impl Iterator<Item = &'a str>) -> Vec<u32> {
        units.map(|unit| self.of(unit)).collect()
    }
}

/// Holds both texts as pieces between white space, so that each is looked into only once.
struct Pieces<'a> {
    distinct: Vec<&'a str>,
    base: Vec<u32>,
    transcript: Vec<u32>,
}

/// The only white space that a word of UAX 29 can have within it (narrow no-break, ExtendNumLet).
const WITHIN: char = '\u{202f}';

impl<'a> Pieces<'a> {
    fn new(base: &'a str, transcript: &'a str) -> Self {
        let mut numbers = Numbers::default();
        let mut known = HashMap::<&str, Range<usize>, Mixing>::default();
        let mut of_base = Vec::new();
        for line in lines(base) {
            let from = of_base.len();
            each_piece(line, |piece| of_base.push(numbers.of(piece)));
            known.insert(line, from..of_base.len());
        }
        let mut of_transcript = Vec::with_capacity(of_base.len());
        for line in lines(transcript) {
            // Most lines are those of the base, whose pieces have their numbers.
            match known.get(line) {
                Some(pieces) => of_transcript.extend_from_slice(&of_base[pieces.clone()]),
                None => each_piece(line, |piece| of_transcript.push(numbers.of(piece))),
            }
        }
        let mut distinct = vec![""; numbers.known.len()];
        for (piece, number) in numbers.known {
            distinct[number as usize] = piece;
        }
        Self { distinct, base: of_base, transcript: of_transcript }
    }

    /// Measures by the units of which the pieces consist.
    fn rate<I: Iterator<Item = &'a str>>(&self, units: impl Fn(&'a str) -> I) -> Rate {
        let mut numbers = Numbers::default();
        let (mut known, mut starts) = (Vec::new(), vec![0]);
        for piece in &self.distinct {
            known.extend(units(piece).map(|unit| numbers.of(unit)));
            starts.push(known.len());
        }
        let of = |pieces: &[u32]| {
            let mut all = Vec::with_capacity(pieces.len());
            for &piece in pieces {
                match &known[starts[piece as usize]..starts[piece as usize + 1]] {
                    [unit] => all.push(*unit),
                    units => all.extend_from_slice(units),
                }
            }
            all
        };
        rate(of(&self.base), of(&self.transcript), WORDS)
    }
}

/// Gives each piece of a line between white space, empty ones too.
fn each_piece<'a>(line: &'a str, mut piece: impl FnMut(&'a str)) {
    if !line.is_ascii() {
        return line.split(|c: char| c.is_whitespace() && c != WITHIN).for_each(piece);
    }
    let mut from = 0;
    for (at, byte) in line.bytes().enumerate() {
        if char::from(byte).is_whitespace() {
            piece(&line[from..at]);
            from = at + 1;
        }
    }
    piece(&line[from..]);
}

fn rate(base: Vec<u32>, transcript: Vec<u32>, seed: usize) -> Rate {
    let (edits, truth) = (distance(&base, &transcript, seed), transcript.len());
    let rate = (truth > 0).then(|| edits as f64 / truth as f64);
    Rate { edits, truth, rate }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_have_the_words_of_the_text(
            lines in prop::collection::vec("[ab1.,'_ \r\u{b}\u{1c}\u{85}\u{a0}\u{ad}\u{301}\u{200d}\u{202f}\u{3000}\u{5d0}\"\u{3042}\u{30a2}🇦👍]{0,9}", 0..5),
            kept in prop::collection::vec(0_usize..5, 0..5),
            new in "[ab1. \n\u{202f}]{0,20}",
        ) {
            let base = lines.join("\n");
            let kept = kept.iter().filter_map(|&at| lines.get(at)).map(String::as_str);
            let transcript = kept.chain([new.as_str()]).collect::<Vec<_>>().join("\n");
            let rates = rates(&base, &transcript, Aside::default());
            let mut numbers = Numbers::default();
            let words = numbers.all(base.unicode_words());
            let words = rate(words, numbers.all(transcript.unicode_words()), WORDS);
            prop_assert_eq!(rates.words, words);
            let mut numbers = Numbers::default();
            let words = numbers.all(base.split_whitespace());
            let words = rate(words, numbers.all(transcript.split_whitespace()), WORDS);
            prop_assert_eq!(rates.words_whitespace, words);
        }
    }

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
