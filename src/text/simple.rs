//! Tokens of characters that stand for themselves, told without the tables of Unicode.
//!
//! Nearly all that documents hold is of this sort. What is not goes the long way, word by word: one
//! strange character in a line must not make the line cost four times as much.

use crate::text::token::{Class, Token};

/// Tells what a simple character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Ascii,
    Blank,
    /// A letter that makes words with others.
    Letter,
    /// A letter that is a token of its own.
    Glyph,
    /// A Thai letter: a token with the signs that stand on it.
    Thai,
    /// Such a sign.
    Sign,
    /// A katakana letter: a token with those beside it.
    Katakana,
    Mark,
}

/// Returns what a character is, if it is a cluster of its own, and by UAX 29 a letter, a digit, a
/// mark within words, or nothing of note.
fn sort(c: char) -> Option<Sort> {
    let sort = match c {
        '\0'..='\x7f' => Sort::Ascii,
        '\u{a0}' | '\u{3000}' => Sort::Blank,
        '×' | '÷' => return None,
        'À'..='ʯ' => Sort::Letter,
        // Greek, Cyrillic, Armenian, Arabic, Georgian: the letters that carry no marks apart.
        'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='Ρ' | 'Σ'..='ϵ' | 'Ϸ'..='Ͽ' => Sort::Letter,
        'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'Ա'..='Ֆ' | 'ա'..='և' => Sort::Letter,
        '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => Sort::Letter,
        'ა'..='ჺ' | 'Ḁ'..='ỿ' | 'Ⱡ'..='Ɀ' | 'Ꜣ'..='ꞇ' | '가'..='힣' | 'ﬀ'..='ﬆ' => {
            Sort::Letter
        }
        // Greek with breathings and accents.
        '\u{1f00}'..='\u{1f15}' | '\u{1f20}'..='\u{1f45}' | '\u{1f50}'..='\u{1f57}' => Sort::Letter,
        '\u{1f60}'..='\u{1f7d}' | '\u{1f80}'..='\u{1fb4}' | '\u{1fb6}'..='\u{1fbc}' => Sort::Letter,
        '\u{1fc2}'..='\u{1fc4}' | '\u{1fc6}'..='\u{1fcc}' | '\u{1fd6}'..='\u{1fdb}' => Sort::Letter,
        '\u{1fe0}'..='\u{1fec}' | '\u{1ff2}'..='\u{1ff4}' | '\u{1ff6}'..='\u{1ffc}' => Sort::Letter,
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e40}'..='\u{e46}' => Sort::Thai,
        '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' => Sort::Sign,
        '〇' | 'ぁ'..='ゖ' | '㐀'..='䶿' | '一'..='鿿' => Sort::Glyph,
        'ァ'..='ヺ' | 'ー'..='ヾ' => Sort::Katakana,
        '\u{2010}'..='\u{2022}' | '…' | '′' | '″' | '€' | '⸗' | '■'..='◿' => {
            Sort::Mark
        }
        '·' | '、'..='〃' | '〈'..='】' | '〔'..='〟' | '・' | '！'..='／' | '：'..='＠' => {
            Sort::Mark
        }
        _ if "«»¬°£§¡¿©®".contains(c) => Sort::Mark,
        _ => return None,
    };
    Some(sort)
}

/// Returns what a character is behind another, if it is a simple one there.
fn sort_behind(before: Option<Sort>, c: char) -> Option<Sort> {
    let sort = sort(c)?;
    let fits = match sort {
        Sort::Sign => matches!(before, Some(Sort::Thai | Sort::Sign)),
        // Joined to katakana it makes one word of them and what follows.
        Sort::Ascii if c == '_' => before != Some(Sort::Katakana),
        _ => true,
    };
    fits.then_some(sort)
}

/// Returns how much of `text`, which is not empty, is to be taken at once, and whether all of that
/// is simple. It ends with the text, or before a blank or glyph that starts a token whatever else is
/// around it.
pub(super) fn stretch(text: &str) -> (usize, bool) {
    let (mut border, mut is_all_simple, mut before) = (0, true, Some(Sort::Blank));
    let mut underscore = false;
    for (at, c) in text.char_indices() {
        let mut sort = sort_behind(before, c);
        if sort == Some(Sort::Katakana) && underscore {
            sort = None;
        }
        let begins = match before {
            None => false,
            Some(Sort::Blank) => sort == Some(Sort::Glyph),
            Some(_) => c == ' ' || sort == Some(Sort::Glyph),
        };
        if begins {
            if !is_all_simple {
                return (at, false);
            }
            border = at;
        }
        if sort.is_none() && is_all_simple {
            if border > 0 {
                return (border, true);
            }
            is_all_simple = false;
        }
        before = if matches!(c, ' ' | '\t') { Some(Sort::Blank) } else { sort };
        underscore = c == '_';
    }
    (text.len(), is_all_simple)
}

/// Appends the tokens of text of which every character is simple, as [`stretch`] tells.
pub(super) fn simple_tokens(text: &str, offset: usize, out: &mut Vec<Token>) {
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let (length, class) = token(text, start, first);
        let (from, end) = ((offset + start) as u32, (offset + start + length) as u32);
        out.push(Token { start: from, end, class });
        start += length;
    }
}

/// Returns the length and the class of the token at `start`, which begins with `first`.
fn token(text: &str, start: usize, first: char) -> (usize, Class) {
    let rest = &text[start..];
    let run = |test: fn(char) -> bool| {
        first.len_utf8()
            + rest[first.len_utf8()..]
                .find(|c| !test(c))
                .unwrap_or_else(|| rest.len() - first.len_utf8())
    };
    match sort(first) {
        Some(Sort::Letter) => (word(rest), Class::Word),
        Some(Sort::Ascii) if is_word(first) => (word(rest), Class::Word),
        Some(Sort::Ascii) if first != ' ' && first != '\t' => {
            let (end, class) = ascii_token(text.as_bytes(), start);
            (end - start, class)
        }
        Some(Sort::Ascii | Sort::Blank) => {
            (run(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')), Class::Blank)
        }
        Some(Sort::Glyph) => (first.len_utf8(), Class::Glyph),
        Some(Sort::Thai) => (run(|c| sort(c) == Some(Sort::Sign)), Class::Glyph),
        Some(Sort::Katakana) => (run(|c| sort(c) == Some(Sort::Katakana)), Class::Glyph),
        Some(Sort::Mark | Sort::Sign) | None => {
            (rest.len() - rest.trim_start_matches(first).len(), Class::Mark)
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && sort(c) == Some(Sort::Letter))
}

fn is_word(c: char) -> bool {
    c.is_ascii_digit() || c == '_' || is_letter(c)
}

/// Returns how long the word is that `text` starts with: UAX 29 restricted to simple letters.
fn word(text: &str) -> usize {
    let (mut before, mut end) = ('_', 0);
    loop {
        while let Some(&byte) = text.as_bytes().get(end)
            && (byte.is_ascii_alphanumeric() || byte == b'_')
        {
            (before, end) = (char::from(byte), end + 1);
        }
        let mut ahead = text[end..].chars();
        match (ahead.next(), ahead.next()) {
            (Some(c), _) if is_word(c) => (before, end) = (c, end + c.len_utf8()),
            (Some(c), Some(after)) if joins(before, c, after) => {
                (before, end) = (after, end + c.len_utf8() + after.len_utf8());
            }
            _ => return end,
        }
    }
}

/// Says whether `c` joins the letters or the digits on its two sides.
fn joins(before: char, c: char, after: char) -> bool {
    let (letters, digits) = match c {
        '.' | '\'' | '\u{2018}' | '\u{2019}' | '\u{ff07}' | '\u{ff0e}' => (true, true),
        ':' | '·' | '\u{ff1a}' => (true, false),
        ',' | ';' | '\u{ff0c}' | '\u{ff1b}' => (false, true),
        _ => return false,
    };
    (letters && is_letter(before) && is_letter(after))
        || (digits && before.is_ascii_digit() && after.is_ascii_digit())
}

/// Finds tokens in ASCII text.
pub(super) fn ascii_tokens(text: &[u8], offset: usize, out: &mut Vec<Token>) {
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

/// Says whether an ASCII character is one of a word's.
pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns where the word at `start` ends: UAX 29 restricted to ASCII.
pub(super) fn ascii_word_end(text: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    loop {
        match text.get(end) {
            Some(&byte) if is_word_byte(byte) => end += 1,
            Some(&byte) if joins_ascii(text[end - 1], byte, text.get(end + 1)) => end += 2,
            _ => return end,
        }
    }
}

/// Says whether `byte` joins the letters or the digits on its two sides.
fn joins_ascii(before: u8, byte: u8, after: Option<&u8>) -> bool {
    let Some(after) = after else { return false };
    match byte {
        b'.' | b'\'' | b':' if before.is_ascii_alphabetic() && after.is_ascii_alphabetic() => true,
        b'.' | b'\'' | b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}
