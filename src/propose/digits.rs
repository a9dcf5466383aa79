//! Digits inside words: `Ha1l`, `1nvolving`, `C0PY`, not `19th`, `b7`, `10kg` or `S3`.

use crate::propose::suspect::{Reason, Suspect};

/// Finds the words with a digit among their letters.
pub(crate) fn of_text(text: &str, found: &mut Vec<Suspect>) {
    let mut next = 0;
    while let Some(at) = first_digit(text.as_bytes(), next) {
        let word = around(text, at);
        next = word.end;
        if is_suspect(&text[word.clone()]) {
            found.push(Suspect { at: word, reason: Reason::Digit });
        }
    }
}

/// Returns where the first digit is, from a byte on.
fn first_digit(text: &[u8], from: usize) -> Option<usize> {
    // A stretch is looked at as a whole first: without a way out in the middle that is quicker.
    let has = |stretch: &[u8]| stretch.iter().fold(false, |any, it| any | it.is_ascii_digit());
    let mut stretches = text[from..].chunks(64).enumerate();
    let (number, stretch) = stretches.find(|(_, stretch)| has(stretch))?;
    let at = stretch.iter().position(u8::is_ascii_digit)?;
    Some(from + number * 64 + at)
}

/// Returns the letters and digits around a digit.
fn around(text: &str, digit: usize) -> std::ops::Range<usize> {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let start = text[..digit].char_indices().rev().find(|(_, letter)| is_mark(*letter));
    let start = start.map_or(0, |(at, letter)| at + letter.len_utf8());
    let end = text[digit..].find(is_mark).map_or(text.len(), |at| digit + at);
    start..end
}

/// What may follow a number without a blank: ordinals, units, hours, formats of books.
const AFTER_NUMBERS: [&str; 40] = [
    "st", "nd", "rd", "th", "d", "s", "er", "re", "e", "es", "ème", "me", "te", "ten", "ter",
    "tes", "ste", "sten", "a", "o", "os", "as", "to", "vo", "mo", "kg", "km", "cm", "mm", "lb",
    "lbs", "oz", "ft", "in", "yds", "am", "pm", "cwt", "min", "hrs",
];

/// What common small words become.
const SMALL: [&str; 5] = ["1n", "1t", "0f", "0n", "0r"];

fn is_suspect(word: &str) -> bool {
    // Most numbers are nothing but digits.
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let letters: Vec<char> = word.chars().collect();
    let small = |at: usize| letters.get(at).is_some_and(|letter| letter.is_lowercase());
    let large = |at: usize| letters.get(at).is_some_and(|letter| letter.is_uppercase());
    let digits = |at: &usize| letters[*at].is_ascii_digit();
    let count = (0..letters.len()).filter(digits).count();
    // Codes have as many digits as letters.
    if SMALL.contains(&word) || count * 2 > letters.len() {
        return SMALL.contains(&word);
    }
    let inside = (1..letters.len()).filter(digits).any(|at| {
        (small(at - 1) && small(at + 1)) || (large(at - 1) && large(at + 1) && letters.len() > 3)
    });
    let head = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let rest: String = letters[head..].iter().collect();
    let begins = head > 0
        && head <= 2
        && rest.chars().count() > 2
        && rest.chars().all(char::is_lowercase)
        && !AFTER_NUMBERS.contains(&rest.as_str());
    let last = letters.len() - 1;
    let ends = count == 1
        && matches!(letters[last], '0' | '1')
        && last > 2
        && small(last - 1)
        && small(last - 2);
    inside || begins || ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_numbers_and_codes() {
        for word in ["Ha1l", "1nvolv1ng", "C0PY", "wi1l", "wil1", "0rder", "1n", "l0oked", "dеs1re"]
        {
            assert!(is_suspect(word), "{word}");
        }
        for word in [
            "19th", "1st", "22d", "1950s", "10kg", "5a", "b7", "S3", "12mo", "1er", "B52", "A1",
            "1963", "2nd", "20te", "第10頁", "제10회", "H2O", "CV1148", "DS1254", "3me",
        ] {
            assert!(!is_suspect(word), "{word}");
        }
    }
}
