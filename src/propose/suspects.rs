//! All suspects of a text.

use crate::document::Text;
use crate::propose::suspect::Suspect;
use crate::propose::{brackets, digits, scripts, unseen};

/// Finds the suspects of a text, in its order, one a place: several linear passes.
#[must_use]
pub fn suspects(text: &Text) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (at, line) in text.each_line() {
        if !line.is_ascii() {
            scripts::of_line(line, at, &mut found);
        }
        unseen::of_line(line, at, &mut found);
    }
    digits::of_text(text.as_str(), &mut found);
    brackets::of_text(text, &mut found);
    found.sort_by_key(|suspect| (suspect.at.start, suspect.reason));
    found.dedup_by(|later, first| later.at.start < first.at.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the suspects of a text as `reason:text`.
    fn shown(text: &str) -> Vec<String> {
        suspects(&Text::new(text).expect("short"))
            .iter()
            .map(|it| format!("{}:{}", it.reason, text[it.at.clone()].escape_debug()))
            .collect()
    }

    #[test]
    fn what_cannot_be_seen_is_suspect_where_it_has_no_business() {
        assert_eq!(
            shown("a zero\u{200b}width and \u{7}bell\n"),
            ["invisible:\\u{200b}", "invisible:\\u{7}"]
        );
        assert_eq!(shown("lost \u{fffd} here"), ["invisible:\u{fffd}"]);
        assert_eq!(shown("in\u{ad}side"), ["invisible:\\u{ad}"]);
        for fine in [
            "\u{feff}begin\n",
            "hy\u{ad}\nphen",
            "می\u{200c}خواهم",
            "👨\u{200d}👩\u{200d}👧",
            "a\tb\u{c}\r\n",
            "a\u{a0}b",
        ] {
            assert!(shown(fine).is_empty(), "{fine:?}: {:?}", shown(fine));
        }
    }

    #[test]
    fn one_place_is_one_suspect() {
        assert_eq!(shown("Kar\u{43f}\u{43e}\u{ad}v"), ["mixed-script:Kar\u{43f}\u{43e}\\u{ad}v"]);
    }
}
