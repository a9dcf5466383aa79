//! What sort of change a fix is.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

use crate::collate::change::Place;
use crate::collate::fix::Kind;
use crate::collate::marks::marks;
use crate::collate::plan::Plan;
use crate::text::lookalike::{look_alike, may_begin_alike, may_end_alike};

/// Holds a change's two readings and what is known of it.
pub(crate) struct Reading<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) base: &'a str,
    pub(crate) proposed: &'a str,
    /// Where the proposed reading starts in the transcript.
    pub(crate) at: usize,
    pub(crate) place: Place,
}

/// Returns the first kind that fits.
pub(crate) fn kind(reading: &Reading<'_>) -> Kind {
    let Reading { base, proposed, .. } = *reading;
    match reading.place {
        Place::LineEnd => return Kind::LineEnd,
        _ if is_page_end(base, proposed) => return Kind::PageEnd,
        Place::Missing => return Kind::MissingLine,
        Place::Extra => return Kind::ExtraLine,
        Place::Text => {}
    }
    TESTS
        .iter()
        .find(|(_, test)| test(base, proposed))
        .map(|&(kind, _)| kind)
        .unwrap_or_else(|| letters(reading))
}

type Test = fn(&str, &str) -> bool;

/// The kinds that the two readings as a whole tell, in the order in which they are tried.
const TESTS: [(Kind, Test); 6] = [
    (Kind::Encoding, is_encoding),
    (Kind::Space, |x, y| without(x, y, char::is_whitespace)),
    (Kind::Hyphen, |x, y| without(x, y, |c| is_hyphen(c) || c.is_whitespace())),
    (Kind::Case, is_case),
    (Kind::Diacritic, |x, y| !(x.is_ascii() && y.is_ascii()) && bare(x).eq(bare(y))),
    (Kind::Punctuation, |x, y| without(x, y, |c| !c.is_alphanumeric())),
];

/// Returns the kind that the differing clusters tell.
fn letters(reading: &Reading<'_>) -> Kind {
    let Reading { base, proposed, .. } = *reading;
    // Digits that are not all on both sides, in one order, differ whatever is marked.
    if !digits(base).eq(digits(proposed)) {
        return Kind::Digit;
    }
    let (has_digits, alike) = (digits(base).next().is_some(), look_alike(base, proposed));
    // The differing clusters cost most of all here, and most words can do without.
    if has_digits || (!alike && edges_may_look_alike(base, proposed)) {
        let differing = marks(base, proposed);
        let part = |(x, y): &(Range<usize>, Range<usize>)| (&base[x.clone()], &proposed[y.clone()]);
        let parts = || differing.iter().map(part);
        if parts().any(|(x, y)| digits(x).chain(digits(y)).next().is_some()) {
            return Kind::Digit;
        }
        if alike || parts().all(|(x, y)| look_alike(x, y)) {
            return Kind::LookAlike;
        }
    } else if alike {
        return Kind::LookAlike;
    }
    if is_name(reading) { Kind::Name } else { Kind::Word }
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| c.is_numeric())
}

/// Says whether every differing part of two readings may look alike, as far as the first letters
/// that differ and the last ones tell.
fn edges_may_look_alike(base: &str, proposed: &str) -> bool {
    // CR LF is the only cluster of two ASCII characters.
    let plain = |text: &str| text.is_ascii() && !text.contains('\r');
    if !plain(base) || !plain(proposed) {
        return true;
    }
    let (base, proposed) = (base.as_bytes(), proposed.as_bytes());
    let head = base.iter().zip(proposed).take_while(|(x, y)| x == y).count();
    let (x, y) = (&base[head..], &proposed[head..]);
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[..x.len() - tail], &y[..y.len() - tail]);
    // Nothing looks like what is not there.
    let edges = (x.first().zip(y.first()), x.last().zip(y.last()));
    let (Some(first), Some(last)) = edges else { return false };
    may_begin_alike(*first.0, *first.1) && may_end_alike(*last.0, *last.1)
}

fn is_page_end(base: &str, proposed: &str) -> bool {
    let feeds = |text: &str| text.bytes().filter(|&byte| byte == b'\x0c').count();
    feeds(base) != feeds(proposed)
}

fn is_encoding(base: &str, proposed: &str) -> bool {
    let written = |c: &char| !matches!(c, '\u{feff}' | '\r');
    let blank = |text: &str| text.chars().all(|c| matches!(c, ' ' | '\t' | '\n'));
    let folded = |text: &str| text.chars().filter(written).nfkc().collect::<String>();
    let plain = |text: &str| text.is_ascii() && !text.contains('\r');
    if (plain(base) && plain(proposed)) || (blank(base) && blank(proposed)) {
        return false;
    }
    let composed = |text: &str| is_nfkc_quick(text.chars().filter(written)) == IsNormalized::Yes;
    if composed(base) && composed(proposed) {
        return base.chars().filter(written).eq(proposed.chars().filter(written));
    }
    folded(base) == folded(proposed)
}

/// Says whether two readings are alike once `drop` characters are left out.
fn without(base: &str, proposed: &str, drop: fn(char) -> bool) -> bool {
    base.chars().filter(|&c| !drop(c)).eq(proposed.chars().filter(|&c| !drop(c)))
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}'
                | '¬'
                | '\u{2212}'
                | '\u{2e17}'
                | '\u{2e40}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

fn is_case(base: &str, proposed: &str) -> bool {
    if base.is_ascii() && proposed.is_ascii() {
        return base.eq_ignore_ascii_case(proposed);
    }
    // A capital sigma is the one letter whose lower case depends on its neighbours.
    let plain =
        |text: &str| !text.contains('\u{3a3}') && is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if plain(base) && plain(proposed) {
        let lower = char::to_lowercase;
        return base.chars().flat_map(lower).eq(proposed.chars().flat_map(lower));
    }
    let lower = |text: &str| text.nfc().collect::<String>().to_lowercase();
    lower(base) == lower(proposed)
}

/// Returns a reading without the marks on its letters.
fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd().filter(|&c| !is_combining_mark(c) && canonical_combining_class(c) == 0).map(unbarred)
}

/// Returns the plain letter of one with a stroke through it.
fn unbarred(c: char) -> char {
    const BARRED: [(char, char); 12] = [
        ('ø', 'o'),
        ('Ø', 'O'),
        ('ł', 'l'),
        ('Ł', 'L'),
        ('đ', 'd'),
        ('Đ', 'D'),
        ('ħ', 'h'),
        ('Ħ', 'H'),
        ('ŧ', 't'),
        ('Ŧ', 'T'),
        ('ƀ', 'b'),
        ('ı', 'i'),
    ];
    BARRED.iter().find(|(barred, _)| *barred == c).map_or(c, |&(_, plain)| plain)
}

/// Says whether both readings are capitalised, not because a sentence starts, and the proposed word
/// never stands in lower case in the transcript.
fn is_name(reading: &Reading<'_>) -> bool {
    let letters = |text: &str| -> Option<(usize, char)> {
        text.char_indices().find(|(_, c)| c.is_alphanumeric())
    };
    let (Some((_, one)), Some((at, other))) = (letters(reading.base), letters(reading.proposed))
    else {
        return false;
    };
    if !one.is_uppercase() || !other.is_uppercase() {
        return false;
    }
    let word: &str = &reading.proposed[at..];
    let end = word.find(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    let word = &word[..end.unwrap_or(word.len())];
    !starts_sentence(reading.plan.transcript.as_str(), reading.at + at)
        && !reading.plan.lexicon.has_in_lower_case(&reading.plan.transcript, word)
}

/// Says whether the word at `at` starts a sentence: after `.`, `!`, `?` and blanks, or a line
/// after an empty one.
fn starts_sentence(text: &str, at: usize) -> bool {
    let mut line_ends = 0;
    for c in text[..at].chars().rev() {
        match c {
            '.' | '!' | '?' | '\u{2026}' => return true,
            '\n' => line_ends += 1,
            _ if c.is_whitespace() || "\"'([\u{201c}\u{2018}*_~".contains(c) => {}
            _ => return line_ends > 1,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edges_that_cannot_look_alike_are_right(base in "[rnmlic1IO0ab]{1,8}", proposed in "[rnmlic1IO0ab]{1,8}") {
            let differing = marks(&base, &proposed);
            let mut parts = differing.into_iter().map(|(x, y)| (&base[x], &proposed[y]));
            if base != proposed && parts.all(|(x, y)| look_alike(x, y)) {
                prop_assert!(edges_may_look_alike(&base, &proposed));
            }
        }

        #[test]
        fn the_short_ways_for_composed_letters_are_right(base in "[aÄäſßΣσİı\u{308}\r]{0,4}", proposed in "[aÄäſßΣσİı\u{308}\r]{0,4}") {
            let lower = |text: &str| text.nfc().collect::<String>().to_lowercase();
            prop_assert_eq!(is_case(&base, &proposed), lower(&base) == lower(&proposed));
            let folded = |text: &str| text.replace('\r', "").nfkc().collect::<String>();
            let plain = base.is_ascii() && proposed.is_ascii() && !(base.clone() + &proposed).contains('\r');
            let blank = base.is_empty() && proposed.is_empty();
            prop_assert_eq!(is_encoding(&base, &proposed), !plain && !blank && folded(&base) == folded(&proposed));
        }
    }
}
