//! Words by UAX 29, their borders moved out to cluster borders, and what stands between them.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::simple::{ascii_tokens, ascii_word_end, is_word_byte, simple_tokens, stretch};
use crate::text::token::{Class, Token};

/// Appends the tokens of `text`, their offsets moved on by `offset`. They cover it without a hole.
///
/// `text` must start and end at cluster borders of the whole; a line of it does.
pub fn tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    if text.is_ascii() {
        return ascii_tokens(text.as_bytes(), offset, out);
    }
    let mut start = 0;
    while start < text.len() {
        let (length, is_simple) = stretch(&text[start..]);
        let tokens = if is_simple { simple_tokens } else { unicode_tokens };
        tokens(&text[start..start + length], offset + start, out);
        start += length;
    }
}

/// Calls `found` with each [`Class::Word`] of a line that is of lower-case letters only.
pub(crate) fn lower_words<'a>(line: &'a str, mut found: impl FnMut(&'a str)) {
    if !line.is_ascii() {
        if !line.chars().any(char::is_lowercase) {
            return;
        }
        let mut all = Vec::new();
        tokens(line, 0, &mut all);
        let words = all.iter().filter(|token| token.class == Class::Word);
        let lower = |word: &&str| word.chars().all(char::is_lowercase);
        words.map(|token| token.of(line)).filter(lower).for_each(found);
        return;
    }
    let text = line.as_bytes();
    let mut at = 0;
    while let Some(&first) = text.get(at) {
        if !is_word_byte(first) {
            at += 1;
            continue;
        }
        let lower = text[at..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let end = if lower == 0 { at + 1 } else { at + lower };
        // Most words end where their lower-case letters do.
        let end = match text.get(end) {
            None | Some(b' ' | b'\n') => end,
            _ => ascii_word_end(text, end - 1),
        };
        if end == at + lower {
            found(&line[at..end]);
        }
        at = end;
    }
}

/// Finds tokens by the tables of Unicode.
fn unicode_tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    let first = out.len();
    let mut clusters = text.grapheme_indices(true).map(|(at, c)| at + c.len()).peekable();
    // How long the mark is of which the last token is a run, if it is one.
    let (mut start, mut unit) = (0, 0);
    for (at, word) in text.split_word_bound_indices() {
        let end = at + word.len();
        while clusters.next_if(|&border| border < end).is_some() {}
        if clusters.peek() != Some(&end) {
            continue; // A word's border inside a cluster is none.
        }
        let class = class_of(&text[start..end]);
        let token = Token { start: (offset + start) as u32, end: (offset + end) as u32, class };
        let runs_on = out[first..].last().is_some_and(|last| {
            last.class == class
                && match class {
                    Class::Blank => true,
                    Class::Mark if unit == end - start => {
                        text[start - unit..].starts_with(&text[start..end])
                    }
                    Class::Mark => is_run_of(&text[last.start as usize - offset..end], end - start),
                    _ => false,
                }
        });
        unit = end - start;
        match out.last_mut() {
            Some(last) if runs_on => last.end = token.end,
            _ => out.push(token),
        }
        start = end;
    }
}

/// Says whether `text` is made of copies of its last `length` bytes.
fn is_run_of(text: &str, length: usize) -> bool {
    let bytes = text.as_bytes();
    let (head, mark) = bytes.split_at(bytes.len() - length);
    head.len().is_multiple_of(length) && head.chunks(length).all(|chunk| chunk == mark)
}

fn class_of(text: &str) -> Class {
    let mut chars = text.chars();
    let first = chars.next().expect("a token is never empty");
    match first {
        '\n' => return Class::LineEnd,
        '\r' if text.len() > 1 => return Class::LineEnd,
        '\x0c' => return Class::PageEnd,
        '\u{85}' | '\u{2028}' | '\u{2029}' => return Class::Control,
        _ if first.is_control() && first != '\t' => return Class::Control,
        _ => {}
    }
    if text.chars().all(is_blank) {
        return Class::Blank;
    }
    match text.chars().find(|c| c.is_alphanumeric() || *c == '_') {
        Some(c) if is_unspaced(c) => Class::Glyph,
        Some(_) => Class::Word,
        None => Class::Mark,
    }
}

/// Says whether a character makes a [`Class::Blank`]: white space that is no control and ends no
/// line, in this project's sense or in Unicode's.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c == '\t' || c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Says whether a letter belongs to a script that is written without blanks between words.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F // Burmese
        | 0x1780..=0x17FF | 0x1950..=0x19DF | 0x1A20..=0x1AAF // Khmer, Tai
        | 0x0F00..=0x0FFF // Tibetan
        | 0x2E80..=0x2FFF | 0x3005..=0x3007 | 0x3021..=0x312F // radicals, kana, bopomofo
        | 0x31A0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA000..=0xA4CF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x1B000..=0x1B16F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokens(text, 0, &mut out);
        out.iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn tokens_of_a_line() {
        assert_eq!(
            shown("U.S.-Soviet us...\r\n"),
            ["U.S", ".", "-", "Soviet", " ", "us", "...", "\r\n"]
        );
        assert_eq!(shown("don\u{2019}t  3,5"), ["don\u{2019}t", "  ", "3,5"]);
        assert_eq!(
            shown("\u{3000}日本ok\u{2014}\u{2014}x"),
            ["\u{3000}", "日", "本", "ok", "\u{2014}\u{2014}", "x"]
        );
        assert_eq!(shown("น้ำ"), ["น้ำ"]);
        assert_eq!(shown("a\u{200d}\u{301}\x0cb"), ["a\u{200d}\u{301}", "\x0c", "b"]);
    }

    fn both_ways(text: &str) -> [Vec<Token>; 2] {
        let (mut short, mut long) = (Vec::new(), Vec::new());
        tokens(text, 7, &mut short);
        unicode_tokens(text, 7, &mut long);
        [short, long]
    }

    #[test]
    fn the_short_way_is_right_of_every_character() {
        // Of those that are all alike every ninety-seventh.
        let many = |c: &char| matches!(c, '㐀'..='䶿' | '一'..='鿿' | '가'..='힣');
        let tried =
            |c: &char| stretch(&c.to_string()).1 && (!many(c) || (*c as u32).is_multiple_of(97));
        for c in ('\0'..='\u{ffff}').filter(tried) {
            for text in [
                format!("a{c}{c}a"),
                format!("1{c}2{c}"),
                format!(" {c}_{c}ß"),
                format!("{c}.{c}'a"),
                format!("ก{c} {c}ア{c}"),
            ] {
                let [short, long] = both_ways(&text);
                assert_eq!(short, long, "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_strange_among_glyphs_takes_the_next_one_with_it() {
        assert_eq!([stretch("人々はみな"), stretch("々はみな")], [(9, false), (6, false)]);
    }

    #[test]
    fn what_is_strange_takes_its_word_with_it_and_no_more() {
        let line = "the naïve words e\u{301}tude and others";
        let (length, is_simple) = stretch(line);
        assert_eq!((&line[..length], is_simple), ("the naïve words", true));
        let (strange, is_simple) = stretch(&line[length..]);
        assert_eq!((&line[length..][..strange], is_simple), (" e\u{301}tude", false));
        assert_eq!(stretch(" \u{301}x \u{301}"), (" \u{301}x".len(), false));
    }

    proptest! {
        #[test]
        fn the_short_way_is_right(
            text in "([aB1_ .,:;'\t\r\nßéſ×σЯيک\u{2014}\u{201e}\u{2019}]|[ぁ漢アー・、，：．한กำ่\u{3000}\u{a0}ﬁἀ·_ ]){0,30}",
        ) {
            let [short, long] = both_ways(&text);
            prop_assert_eq!(short, long);
        }

        #[test]
        fn so_it_is_beside_what_is_strange(
            text in "([aß1_ .,ア漢กé\t\n]|[ \u{600}\u{200d}\u{301}e\u{e31}\u{e33}🇦😀½क\u{94d}\u{903}\u{3099}\u{ad}\r\u{85}]){0,20}",
        ) {
            let [short, long] = both_ways(&text);
            prop_assert_eq!(short, long);
        }

        #[test]
        fn lower_words_are_the_tokens_that_are(text in "[abB1_ .,:;'\n-]{0,30}é?") {
            let (mut found, mut all) = (Vec::new(), Vec::new());
            lower_words(&text, |word| found.push(word));
            unicode_tokens(&text, 0, &mut all);
            let words = all.iter().filter(|token| token.class == Class::Word);
            let words = words.map(|token| token.of(&text));
            let lower: Vec<_> = words.filter(|word| word.chars().all(char::is_lowercase)).collect();
            prop_assert_eq!(found, lower);
        }

        #[test]
        fn the_short_way_for_ascii_is_right(text in "[aB1_ .,:;'\t\r\n\x0c\x00\"-]{0,30}") {
            let (mut short, mut long) = (Vec::new(), Vec::new());
            ascii_tokens(text.as_bytes(), 0, &mut short);
            unicode_tokens(&text, 0, &mut long);
            prop_assert_eq!(short, long);
        }

        #[test]
        fn tokens_cover_the_text_at_cluster_borders(text in "\\PC{0,20}[\u{300}-\u{310}\r\n\u{e33}\u{200d}]{0,4}\\PC{0,9}") {
            let (mut found, mut borders) = (Vec::new(), vec![0]);
            tokens(&text, 0, &mut found);
            crate::text::graphemes::cluster_ends(&text, 0, &mut borders);
            let mut at = 0;
            for token in found {
                prop_assert_eq!(token.start, at);
                prop_assert!(token.end > at && borders.contains(&token.end));
                at = token.end;
            }
            prop_assert_eq!(at as usize, text.len());
        }
    }
}
