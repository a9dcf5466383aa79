//! Small letters: when those of a text can be had without the full Unicode tables.

use memchr::memchr2_iter;

/// The letters beyond ASCII whose small form has a letter of ASCII: the sign for kelvin, and the I
/// with a dot.
const ODD: [&str; 2] = ["\u{212a}", "\u{130}"];

/// Says whether letters of ASCII can be looked for in a text by its own letters of ASCII alone,
/// capitals or small.
#[must_use]
pub fn ascii_stays_apart(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    // One look for the first bytes of both: readings are short, and asked about by the thousand.
    let [kelvin, dotted] = ODD.map(str::as_bytes);
    let bytes = text.as_bytes();
    memchr2_iter(kelvin[0], dotted[0], bytes)
        .all(|at| !bytes[at..].starts_with(kelvin) && !bytes[at..].starts_with(dotted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_odd_letters_are_all_there_are() {
        for letter in (0x80..=0x10_ffff).filter_map(char::from_u32) {
            let odd = letter.to_lowercase().any(|small| small.is_ascii());
            assert_eq!(!ascii_stays_apart(&letter.to_string()), odd, "{letter:?}");
        }
    }
}
