//! Brackets without a partner. A paragraph ends at an empty line or a page end.

use crate::document::Text;
use crate::propose::suspect::{Reason, Suspect};

/// The brackets that are counted.
const PAIRS: [(char, char); 7] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('（', '）'), ('「', '」'), ('『', '』'), ('【', '】')];

/// A partner is looked for in so many lines.
const LINES: usize = 12;

/// Holds a bracket that is open: its place, its partner and the line it stands in.
struct Open {
    at: usize,
    letter: char,
    partner: char,
    line: usize,
}

/// Finds the brackets without a partner.
pub(crate) fn of_text(text: &Text, found: &mut Vec<Suspect>) {
    let mut open: Vec<Open> = Vec::new();
    for (number, (at, line)) in text.each_line().enumerate() {
        let old = open.iter().position(|it| it.line + LINES > number).unwrap_or(open.len());
        let ends = line.trim_start().is_empty() || line.as_bytes().contains(&b'\x0c');
        let given_up = if ends { open.len() } else { old };
        found.extend(open.drain(..given_up).map(|it| suspect(it.at, it.letter)));
        let letters = if may_have_brackets(line) { line } else { "" };
        for (inner, letter) in letters.char_indices() {
            if let Some((_, partner)) = PAIRS.iter().find(|(opens, _)| *opens == letter) {
                open.push(Open { at: at + inner, letter, partner: *partner, line: number });
            } else if PAIRS.iter().any(|(_, closes)| *closes == letter) {
                match open.iter().rposition(|it| it.partner == letter) {
                    Some(partner) => drop(open.remove(partner)),
                    None if is_list_mark(&line[..inner]) => {}
                    None => found.push(suspect(at + inner, letter)),
                }
            }
        }
    }
    found.extend(open.into_iter().map(|it| suspect(it.at, it.letter)));
}

/// Says whether brackets must be looked for; in most lines a glance at their bytes tells.
fn may_have_brackets(line: &str) -> bool {
    let may_be = |byte| matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}' | 0x80..);
    // Without a way out in the middle, many bytes are looked at at once.
    line.bytes().fold(false, |found, byte| found | may_be(byte))
}

fn suspect(at: usize, letter: char) -> Suspect {
    Suspect { at: at..at + letter.len_utf8(), reason: Reason::Bracket }
}

/// Says whether what stands before a closing bracket numbers a point of a list: `a)`, `12)`, `*)`.
fn is_list_mark(before: &str) -> bool {
    let word = before.rsplit([' ', '\t']).next().unwrap_or_default();
    word.chars().count() <= 3
        && (word.chars().all(|letter| letter.is_ascii_digit() || letter == '*')
            || word.chars().all(|letter| "ivxlcdm".contains(letter))
            || word.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::propose::suspect;

    fn shown(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        of_text(&Text::new(text).expect("short"), &mut found);
        suspect::shown(text, found)
    }

    #[test]
    fn partners_are_found_across_lines_but_not_across_paragraphs() {
        assert_eq!(shown("(one\ntwo) [three\n\nfour]"), ["bracket:[", "bracket:]"]);
        assert_eq!(shown("([)]"), Vec::<String>::new());
        assert_eq!(
            shown("a) first\n 12) second\nand iv) third (with one)\n"),
            Vec::<String>::new()
        );
        assert_eq!(shown("word) and 「本"), ["bracket:)", "bracket:「"]);
    }
}
