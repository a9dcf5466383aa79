//! Readings in words that can be heard: signs and blanks are named, which a screen reader leaves
//! out.

use crate::text::visible::escape;
use crate::ui::special;

/// What the signs of ASCII are called.
const NAMES: [(char, &str); 33] = [
    (' ', "blank"),
    ('\n', "line end"),
    ('\r', "carriage return"),
    ('\t', "tab"),
    ('.', "full stop"),
    (',', "comma"),
    (';', "semicolon"),
    (':', "colon"),
    ('!', "exclamation mark"),
    ('?', "question mark"),
    ('\'', "apostrophe"),
    ('"', "quotation mark"),
    ('-', "hyphen"),
    ('_', "underline"),
    ('(', "opening parenthesis"),
    (')', "closing parenthesis"),
    ('[', "opening bracket"),
    (']', "closing bracket"),
    ('{', "opening brace"),
    ('}', "closing brace"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('|', "vertical bar"),
    ('*', "asterisk"),
    ('+', "plus"),
    ('=', "equals sign"),
    ('&', "ampersand"),
    ('%', "per cent"),
    ('#', "number sign"),
    ('@', "at sign"),
    ('^', "caret"),
    ('~', "tilde"),
    ('`', "grave accent"),
];

/// So many signs are named one by one.
const NAMED: usize = 12;

/// Returns a reading as it is to be heard: as it is, its signs named after it where they are what
/// matters.
#[must_use]
pub fn spoken(reading: &str) -> String {
    if reading.is_empty() {
        return "nothing".to_owned();
    }
    if reading.chars().any(char::is_alphanumeric) {
        let signs: Vec<String> = signs(reading);
        let shown = escape(reading);
        return match signs.len() {
            0 => shown,
            1..=4 => format!("{shown} (with {})", signs.join(", ")),
            count => format!("{shown} (with {count} signs)"),
        };
    }
    let signs = signs(reading);
    let more = signs.len().saturating_sub(NAMED);
    let mut named = signs[..signs.len().min(NAMED)].join(", ");
    if more > 0 {
        named = format!("{named} and {more} more");
    }
    named
}

/// Names the signs of a text, equal ones that follow each other once with their number.
fn signs(text: &str) -> Vec<String> {
    let mut named: Vec<(String, usize)> = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_alphanumeric()) {
        let name = name(letter);
        match named.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => named.push((name, 1)),
        }
    }
    named.into_iter().map(|(name, count)| times(name, count)).collect()
}

fn times(name: String, count: usize) -> String {
    if count == 1 { name } else { format!("{count} times {name}") }
}

fn name(letter: char) -> String {
    let ascii = NAMES.iter().find(|(known, _)| *known == letter).map(|(_, name)| *name);
    let listed = || special::table().find(|entry| entry.letter == letter).map(|entry| entry.name);
    match ascii.or_else(listed) {
        Some(name) => name.to_owned(),
        None => format!("{} U+{:04X}", escape(letter.encode_utf8(&mut [0; 4])), u32::from(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_named() {
        let cases = [
            ("", "nothing"),
            ("Kuznetsov", "Kuznetsov"),
            ("us...", "us... (with 3 times full stop)"),
            ("—", "em dash"),
            (" ", "blank"),
            ("\u{202e}", "‹U+202E› U+202E"),
            ("a, b", "a, b (with comma, blank)"),
        ];
        for (reading, heard) in cases {
            assert_eq!(spoken(reading), heard, "{reading:?}");
        }
    }
}
