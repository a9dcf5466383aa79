//! Words in letters of two scripts, and words whose letters only look like those around them.

use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;
use unicode_segmentation::UnicodeSegmentation;

use crate::propose::suspect::{Reason, Suspect};

/// Scripts whose letters are taken for one another's.
const ALIKE: [Script; 5] =
    [Script::Latin, Script::Greek, Script::Cyrillic, Script::Armenian, Script::Coptic];

/// Says whether a letter is of a script that needs joiners or direction marks.
pub(crate) fn is_joined(letter: char) -> bool {
    !letter.is_ascii()
        && letter.is_alphabetic()
        && !ALIKE.contains(&letter.script())
        && !matches!(
            letter.script(),
            Script::Han | Script::Hiragana | Script::Katakana | Script::Common | Script::Inherited
        )
}

/// Finds the words of a line that are in two scripts, or look like words of the script around.
pub(crate) fn of_line(line: &str, offset: usize, found: &mut Vec<Suspect>) {
    let words: Vec<(usize, &str, Letters)> = line
        .unicode_word_indices()
        .map(|(at, word)| (at, word, Letters::of(word)))
        .filter(|(_, _, letters)| *letters != Letters::None)
        .collect();
    for (index, (at, word, letters)) in words.iter().enumerate() {
        let reason = match letters {
            Letters::Mixed => Reason::MixedScript,
            Letters::One(script) => {
                let before = index.checked_sub(1).map(|before| words[before].2);
                let after = words.get(index + 1).map(|(_, _, letters)| *letters);
                if !stands_alone(*script, [before, after]) || !is_disguised(word, *script) {
                    continue;
                }
                Reason::LookAlike
            }
            Letters::None => continue,
        };
        found.push(Suspect { at: offset + at..offset + at + word.len(), reason });
    }
}

/// Tells of which scripts a word is, of those that are taken for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    None,
    One(Script),
    Mixed,
}

impl Letters {
    fn of(word: &str) -> Self {
        if word.is_ascii() {
            let letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
            return if letters { Self::One(Script::Latin) } else { Self::None };
        }
        let mut seen = Self::None;
        for script in word.chars().map(|letter| letter.script()) {
            if !ALIKE.contains(&script) {
                continue;
            }
            match seen {
                Self::None => seen = Self::One(script),
                Self::One(first) if first != script => return Self::Mixed,
                _ => {}
            }
        }
        seen
    }
}

/// Says whether a word stands between two that are both of another script: at the border of two
/// scripts, as where a quotation begins, a word is of its own for a good reason.
fn stands_alone(script: Script, around: [Option<Letters>; 2]) -> bool {
    around.iter().all(|letters| letters.is_some_and(|letters| letters != Letters::One(script)))
}

/// The small letters of the Latin script that have twins elsewhere; capitals have more.
const TWINS: &str = "aceiopsxyjvABEHIKMNOPTXYZC";
/// Latin letters that are numbers in texts of any script.
const NUMERALS: &str = "IVXLCDMivxlcdm";

/// Says whether all letters of a word look like letters of another script.
fn is_disguised(word: &str, script: Script) -> bool {
    if script == Script::Latin {
        let twins = word.chars().all(|letter| TWINS.contains(letter));
        let number = word.chars().all(|letter| NUMERALS.contains(letter));
        return twins && !number && word.chars().nth(1).is_some();
    }
    // A single letter is a sign more often than a word: an angle, a particle.
    let shown: String = skeleton(word).collect();
    word.chars().nth(1).is_some() && shown.chars().all(|letter| letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::propose::suspect;

    fn shown(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        of_line(text, 0, &mut found);
        suspect::shown(text, found)
    }

    #[test]
    fn two_scripts_in_a_word() {
        assert_eq!(
            shown("Mr. Kar\u{43f}\u{43e}\u{432} said"),
            ["mixed-script:Kar\u{43f}\u{43e}\u{432}"]
        );
        assert_eq!(shown("the 7\u{3a4}H day"), ["mixed-script:7\u{3a4}H"]);
        for fine in [
            "Deſſen Waſſer floſs; Œuvre, naïve",
            "日本語のテキスト、ABC と 第10頁",
            "كتاب من 1843 و ABC",
            "\u{3b1}-particles and Ω",
            "Жизнь и Life",
        ] {
            assert!(shown(fine).is_empty(), "{fine}: {:?}", shown(fine));
        }
    }

    #[test]
    fn a_word_that_only_looks_like_those_around() {
        assert_eq!(shown("the \u{421}\u{41e}\u{420} was"), ["look-alike:\u{421}\u{41e}\u{420}"]);
        assert_eq!(shown("и эта cop была"), ["look-alike:cop"]);
        for fine in ["глава XIV была", "see Μῆνιν ἄειδε θεά there", "Том I и II", "ὁ δὲ Plato ἔφη"]
        {
            assert!(shown(fine).is_empty(), "{fine}: {:?}", shown(fine));
        }
    }
}
