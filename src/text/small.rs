//! Small letters: when those of a text can be had without the full Unicode tables.

use memchr::memmem;

/// The letters beyond ASCII whose small form has a letter of ASCII: the sign for kelvin, and the I
/// with a dot.
const ODD: [&str; 2] = ["\u{212a}", "\u{130}"];

/// Says whether letters of ASCII can be looked for in a text by its own letters of ASCII alone,
/// capitals or small.
#[must_use]
pub fn ascii_stays_apart(text: &str) -> bool {
    text.is_ascii() || ODD.iter().all(|odd| memmem::find(text.as_bytes(), odd.as_bytes()).is_none())
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
