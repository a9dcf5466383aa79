//! Letters that a keyboard may not have: by code, by two keys, from those that a document has.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::text::visible::is_sign;

/// Tells how a special letter is being put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Special {
    /// By its code, in hexadecimal, as far as it is typed.
    Code(String),
    /// By two keys; the first, once it is typed.
    Compose(Option<char>),
    /// From the letters of the document.
    Pick(Pick),
}

/// Holds the letters of a document beyond ASCII and which of them is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The letters with how often they occur, the most frequent first.
    pub letters: Vec<(char, usize)>,
    /// The chosen one's number.
    pub at: usize,
}

impl Pick {
    /// Goes to the next letter that is made from `letter`, round and round.
    pub fn seek(&mut self, letter: char) {
        let wanted = plain(letter);
        let next = (1..=self.letters.len()).map(|step| (self.at + step) % self.letters.len());
        let is = |&at: &usize| plain(self.letters[at].0) == wanted;
        self.at = next.into_iter().find(is).unwrap_or(self.at);
    }
}

/// Cells for one of the letters that are offered.
pub const CELLS: u16 = 4;

/// Returns how many letters are offered in one row of `width` cells.
#[must_use]
pub fn columns(width: u16) -> usize {
    usize::from(width.saturating_sub(2) / CELLS).max(1)
}

/// Tells what two keys make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Composed {
    /// This text.
    Text(String),
    /// This mark on the letter before the cursor.
    Mark(char),
}

/// The key that puts a mark on the letter before the cursor.
const BEFORE: char = '_';
/// The table that comes with the program.
const TABLE: &str = include_str!("../../assets/compose.txt");

/// Holds a line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The two keys; for a mark, its one key.
    pub keys: &'a str,
    /// The letter.
    pub letter: char,
    /// What it is called.
    pub name: &'a str,
    /// Whether it is a mark to be put on a letter.
    pub mark: bool,
}

/// Returns the table, line by line.
pub fn table() -> impl Iterator<Item = Entry<'static>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(entry)
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let (line, mark) = line.strip_prefix("mark ").map_or((line, false), |rest| (rest, true));
    let (keys, rest) = line.split_once(' ')?;
    let (letter, name) = rest.split_once(' ')?;
    let code = |digits| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let letter = match letter.strip_prefix("U+").or(mark.then_some(letter)) {
        Some(digits) => code(digits)?,
        None => letter.chars().next()?,
    };
    Some(Entry { keys, letter, name, mark })
}

/// Returns what two keys make: by the table, else the keys the other way round, else a mark on a
/// letter.
#[must_use]
pub fn compose(first: char, second: char) -> Option<Composed> {
    let listed = |keys: [char; 2]| {
        let is = |entry: &Entry<'_>| !entry.mark && entry.keys.chars().eq(keys);
        table().find(is).map(|entry| Composed::Text(entry.letter.to_string()))
    };
    let mark = |key: char| {
        let is = |entry: &Entry<'_>| entry.mark && entry.keys.starts_with(key);
        table().find(is).map(|entry| entry.letter)
    };
    let marked = |letter: char, key: char| {
        let mark = mark(key).filter(|_| letter.is_alphabetic())?;
        Some(Composed::Text([letter, mark].into_iter().nfc().collect()))
    };
    if first == BEFORE
        && let Some(mark) = mark(second)
    {
        return Some(Composed::Mark(mark));
    }
    listed([first, second])
        .or_else(|| listed([second, first]))
        .or_else(|| marked(first, second))
        .or_else(|| marked(second, first))
}

/// Returns what can follow a first key: the second keys with what they make, in the table's order.
#[must_use]
pub fn after(first: char) -> Vec<(char, Composed)> {
    let mut found: Vec<(char, Composed)> = Vec::new();
    for entry in table() {
        let mut keys = entry.keys.chars();
        let second = match (keys.next(), keys.next()) {
            (Some(key), None) => key,
            (Some(one), Some(other)) if one == first => other,
            (Some(one), Some(other)) if other == first => one,
            _ => continue,
        };
        if found.iter().any(|(known, _)| *known == second) {
            continue;
        }
        found.extend(compose(first, second).map(|made| (second, made)));
    }
    found
}

/// Returns the letter of a code in hexadecimal, if it is one: all but NUL.
#[must_use]
pub fn letter_of(code: &str) -> Option<char> {
    let letter = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
    letter.filter(|&letter| letter != '\0')
}

/// Finds an escape such as `\u{17f}` at the end of `text`: where it begins and its letter.
#[must_use]
pub fn escape_at_end(text: &str) -> Option<(usize, char)> {
    let digits = text.strip_suffix('}')?;
    let start = digits.rfind("\\u{")?;
    let code = &digits[start + 3..];
    let whole = (1..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((start, letter_of(code).filter(|_| whole)?))
}

/// Counts the letters beyond ASCII in some texts, the most frequent first, then by code; those that
/// cannot be seen come last.
#[must_use]
pub fn letters_of(texts: &[&str]) -> Vec<(char, usize)> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for letter in texts.iter().flat_map(|text| text.chars()).filter(|letter| !letter.is_ascii()) {
        *counts.entry(letter).or_default() += 1;
    }
    let mut letters: Vec<(char, usize)> = counts.into_iter().collect();
    letters.sort_by_key(|&(letter, count)| (is_sign(letter), Reverse(count), letter));
    letters
}

/// Returns the plain letter that a letter is made from: `e` for `é`, `s` for `ſ`, `f` for `ﬁ`.
#[must_use]
pub fn plain(letter: char) -> char {
    letter.nfkd().next().unwrap_or(letter).to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_makes_its_letter() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        let entries: Vec<Entry<'_>> = table().collect();
        assert_eq!(entries.len(), lines);
        for entry in &entries {
            let keys: Vec<char> = entry.keys.chars().collect();
            match keys[..] {
                [key] if entry.mark => {
                    assert_eq!(compose(BEFORE, key), Some(Composed::Mark(entry.letter)));
                }
                [one, other] if !entry.mark => {
                    let made = Composed::Text(entry.letter.to_string());
                    assert_eq!(compose(one, other), Some(made), "{entry:?}");
                }
                _ => panic!("{entry:?}"),
            }
        }
    }

    #[test]
    fn keys_make_letters() {
        let cases = [
            ("fs", "ſ"),
            ("sf", "ſ"),
            ("-m", "—"),
            ("a'", "á"),
            ("'a", "á"),
            ("E:", "Ë"),
            ("*a", "α"),
            ("ω(", "ὡ"),
            ("x~", "x\u{303}"),
            ("\"<", "“"),
            ("~~", "\u{a0}"),
        ];
        for (keys, letter) in cases {
            let [one, other] = keys.chars().collect::<Vec<_>>()[..] else { panic!("{keys}") };
            assert_eq!(compose(one, other), Some(Composed::Text(letter.to_owned())), "{keys}");
        }
        assert_eq!(compose('q', 'x'), None);
        assert!(after('a').contains(&('\'', Composed::Text("á".to_owned()))));
    }

    #[test]
    fn letters_are_found_by_the_plain_ones() {
        let mut pick = Pick { letters: letters_of(&["ééeèſ"]), at: 0 };
        pick.seek('E');
        assert_eq!(pick.letters[pick.at].0, 'è');
        pick.seek('s');
        assert_eq!(pick.letters[pick.at].0, 'ſ');
        pick.seek('q');
        assert_eq!(pick.letters[pick.at].0, 'ſ');
    }

    #[test]
    fn escapes_and_letters_of_a_document() {
        assert_eq!(escape_at_end("lo\\u{17F}}".trim_end_matches('}')), None);
        assert_eq!(escape_at_end("lo\\u{17F}"), Some((2, 'ſ')));
        assert_eq!(escape_at_end("\\u{}"), None);
        assert_eq!(escape_at_end("\\u{0}"), None);
        assert_eq!(escape_at_end("\\u{d800}"), None);
        assert_eq!(letters_of(&["aſſé", "éſ—"]), [('ſ', 3), ('é', 2), ('—', 1)]);
        assert_eq!(letters_of(&["\u{200b}\u{200b}—"]), [('—', 1), ('\u{200b}', 2)]);
        assert_eq!((plain('É'), plain('ﬁ'), plain('ſ')), ('e', 'f', 's'));
    }
}
