//! Words by UAX 29, their borders moved out to cluster borders, and what stands between them.

use unicode_segmentation::UnicodeSegmentation;

/// Tells what a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A word or number.
    Word,
    /// A unit of a script that is written without blanks: an ideograph, a syllable, a kana run.
    Glyph,
    /// A run of blanks.
    Blank,
    /// A run of one and the same mark: `,` or `...`.
    Mark,
    /// A control character other than a line end.
    Control,
    /// A form feed.
    PageEnd,
    /// LF or CR LF.
    LineEnd,
}

/// Holds a token's byte span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is.
    pub class: Class,
}

impl Token {
    /// Returns the span, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the bytes of the token in the text that it was made from.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// Appends the tokens of `text`, their offsets moved on by `offset`. They cover it without a hole.
///
/// `text` must start and end at cluster borders of the whole; a line of it does.
pub fn tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    if text.is_ascii() {
        ascii_tokens(text.as_bytes(), offset, out);
    } else if text.chars().all(is_simple) {
        simple_tokens(text, offset, out);
    } else {
        unicode_tokens(text, offset, out);
    }
}

/// Says whether a character is one that stands for itself among letters of one kind: a cluster of its
/// own, and by UAX 29 a letter, a digit, a mark within words, or nothing of note.
fn is_simple(c: char) -> bool {
    c.is_ascii()
        || is_simple_letter(c)
        || matches!(c, '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}')
        || "\u{2013}\u{2014}\u{2026}«»¬°£§¡¿©®†•".contains(c)
}

fn is_simple_letter(c: char) -> bool {
    match c {
        '×' | '÷' => false,
        'À'..='ɏ' => true,
        // Greek, Cyrillic, Arabic: the letters that carry no marks apart.
        'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='Ρ' | 'Σ'..='ϵ' | 'Ϸ'..='Ͽ' => true,
        'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => true,
        '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => true,
        _ => false,
    }
}

/// Finds tokens in text of which every character [`is_simple`].
fn simple_tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || is_simple_letter(c);
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let (length, class) = if is_word(first) {
            (simple_word(rest, is_word), Class::Word)
        } else if first.is_ascii() {
            let (end, class) = ascii_token(text.as_bytes(), start);
            (end - start, class)
        } else {
            (rest.len() - rest.trim_start_matches(first).len(), Class::Mark)
        };
        let (from, end) = ((offset + start) as u32, (offset + start + length) as u32);
        out.push(Token { start: from, end, class });
        start += length;
    }
}

/// Returns how long the word is that `text` starts with: UAX 29 restricted to simple
/// letters.
fn simple_word(text: &str, is_word: impl Fn(char) -> bool) -> usize {
    let letter = |c: char| c.is_ascii_alphabetic() || is_simple_letter(c);
    let (mut before, mut end) = ('_', 0);
    loop {
        while let Some(&byte) = text.as_bytes().get(end)
            && is_word_byte(byte)
        {
            (before, end) = (char::from(byte), end + 1);
        }
        let mut ahead = text[end..].chars();
        match (ahead.next(), ahead.next()) {
            (Some(c), _) if is_word(c) => (before, end) = (c, end + c.len_utf8()),
            (Some(c), Some(after))
                if (matches!(c, '.' | '\'' | ':' | '\u{2018}' | '\u{2019}')
                    && letter(before)
                    && letter(after))
                    || (matches!(c, '.' | '\'' | ',' | ';' | '\u{2018}' | '\u{2019}')
                        && before.is_ascii_digit()
                        && after.is_ascii_digit()) =>
            {
                (before, end) = (after, end + c.len_utf8() + after.len_utf8());
            }
            _ => return end,
        }
    }
}

fn ascii_tokens(text: &[u8], offset: usize, out: &mut Vec<Token>) {
    let mut start = 0;
    while start < text.len() {
        let (end, class) = ascii_token(text, start);
        out.push(Token { start: (offset + start) as u32, end: (offset + end) as u32, class });
        start = end;
    }
}

/// Returns the end and the class of the ASCII token at `start`.
fn ascii_token(text: &[u8], start: usize) -> (usize, Class) {
    let run = |test: fn(u8) -> bool| {
        text[start..].iter().position(|&byte| !test(byte)).map_or(text.len(), |at| start + at)
    };
    match text[start] {
        byte if is_word_byte(byte) => (ascii_word_end(text, start), Class::Word),
        b' ' | b'\t' => (run(|byte| byte == b' ' || byte == b'\t'), Class::Blank),
        b'\n' => (start + 1, Class::LineEnd),
        b'\r' if text.get(start + 1) == Some(&b'\n') => (start + 2, Class::LineEnd),
        b'\x0c' => (start + 1, Class::PageEnd),
        byte if byte.is_ascii_control() => (start + 1, Class::Control),
        mark => {
            let same = text[start..].iter().position(|&byte| byte != mark);
            (same.map_or(text.len(), |at| start + at), Class::Mark)
        }
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
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

/// Returns where the word at `start` ends: UAX 29 restricted to ASCII.
fn ascii_word_end(text: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    loop {
        match text.get(end) {
            Some(&byte) if is_word_byte(byte) => end += 1,
            Some(&byte) if joins(text[end - 1], byte, text.get(end + 1)) => end += 2,
            _ => return end,
        }
    }
}

/// Says whether `byte` joins the letters or the digits on its two sides.
fn joins(before: u8, byte: u8, after: Option<&u8>) -> bool {
    let Some(after) = after else { return false };
    match byte {
        b'.' | b'\'' | b':' if before.is_ascii_alphabetic() && after.is_ascii_alphabetic() => true,
        b'.' | b'\'' | b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn unicode_tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    let first = out.len();
    let mut clusters = text.grapheme_indices(true).map(|(at, c)| at + c.len()).peekable();
    let mut start = 0;
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
                    Class::Mark => is_run_of(&text[last.start as usize - offset..end], end - start),
                    _ => false,
                }
        });
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

    #[test]
    fn the_short_way_for_simple_letters_is_right_of_every_character() {
        for c in ('\0'..='\u{3000}').filter(|&c| is_simple(c)) {
            for text in [
                format!("a{c}{c}a"),
                format!("1{c}2{c}"),
                format!(" {c}_{c}ß"),
                format!("{c}.{c}'a"),
            ] {
                let (mut short, mut long) = (Vec::new(), Vec::new());
                simple_tokens(&text, 7, &mut short);
                unicode_tokens(&text, 7, &mut long);
                assert_eq!(short, long, "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_short_way_for_simple_letters_is_right(text in "[aB1_ .,:;'\t\r\nßéſ×σЯيک\u{2014}\u{201e}\u{2019}]{0,30}") {
            let simple: String = text.chars().filter(|&c| is_simple(c)).collect();
            let (mut short, mut long) = (Vec::new(), Vec::new());
            simple_tokens(&simple, 0, &mut short);
            unicode_tokens(&simple, 0, &mut long);
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
