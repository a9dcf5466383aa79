//! Well-formed XML 1.0, whatever the text.
//!
//! XML 1.0 cannot hold most control characters, U+FFFE and U+FFFF, not even as references: whoever
//! writes a text must say how it stands for them. What else could be misread, changed by a parser
//! or act on a terminal is written as a reference.

use std::fmt::Write as _;

use crate::text::visible;

/// Says whether XML 1.0 can hold `c` at all.
#[must_use]
pub fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Writes one character, which XML can hold, as the text of an element or an attribute.
pub fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\n' | ' ' | '!'..='~' => out.push(c),
        // A parser would make a line feed of a carriage return.
        c if visible::is_sign(c) => {
            write!(out, "&#x{:X};", u32::from(c)).expect("a string takes all");
        }
        c => out.push(c),
    }
}

/// Writes a sentence, a name or a value for people: what XML cannot hold, and whatever could hide,
/// in its visible form.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    visible::escape(text).chars().for_each(|c| push(&mut out, c));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written() {
        assert_eq!(shown("a<b>&\"\u{1b}\n"), "a&lt;b&gt;&amp;&quot;␛␊");
        let mut out = String::new();
        "\r\t\u{85}\u{202e}é\n".chars().for_each(|c| push(&mut out, c));
        assert_eq!(out, "&#xD;&#x9;&#x85;&#x202E;é\n");
        assert!(!['\0', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'].into_iter().any(is_allowed));
        assert!(
            ['\t', '\u{7f}', '\u{fdd0}', '\u{1fffe}', '\u{10ffff}'].into_iter().all(is_allowed)
        );
    }
}
