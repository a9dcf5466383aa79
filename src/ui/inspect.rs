//! What a highlight is made of: its letters on both sides, how often its readings occur, and what
//! was decided where the texts differ in the same way.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;

use crate::collate::fix::{FixId, Kind};
use crate::review::change::change;
use crate::review::counts::State;
use crate::review::state::Review;
use crate::text::lookalike::look_alike;
use crate::text::scripts::{foreign, script, scripts};
use crate::ui::layout::row::{Part, Sides};
use crate::ui::model::{Model, Narrow};
use crate::ui::special;

/// So many letters of a side are told; what is beyond is counted.
const LETTERS: usize = 2_000;
/// Above so many fixes the places alike are not counted.
const COUNTED: usize = 20_000;

/// Holds what is known of a highlight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspected {
    /// The readings: the OCR's and the one that stands.
    pub texts: Sides<String>,
    /// Letter beside letter; one side is missing where the other has more.
    pub letters: Vec<Sides<Option<Letter>>>,
    /// How many letters are not told.
    pub untold: usize,
    /// Sentences about the whole.
    pub facts: Vec<String>,
}

/// Tells what one line of an inspection shows.
#[derive(Debug, Clone, Copy)]
pub enum Line<'a> {
    /// A sentence about the whole.
    Fact(&'a str),
    /// Nothing, between facts and letters.
    Blank,
    /// Both readings.
    Readings,
    /// Letter beside letter.
    Letters(&'a Sides<Option<Letter>>),
    /// How many letters are not told.
    Untold(usize),
}

impl Inspected {
    /// Returns what is shown of it, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let facts = self.facts.iter().map(|fact| Line::Fact(fact));
        let blank = (!self.facts.is_empty()).then_some(Line::Blank);
        let untold = (self.untold > 0).then_some(Line::Untold(self.untold));
        let letters = self.letters.iter().map(Line::Letters);
        facts.chain(blank).chain([Line::Readings]).chain(letters).chain(untold).collect()
    }
}

/// Holds one letter with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter.
    pub letter: char,
    /// Its script, or what it is where it has none.
    pub script: &'static str,
    /// Its name, or another letter that looks like it, in a word or two; nothing for most.
    pub note: String,
    /// Whether it is of another script than the rest of its word.
    pub foreign: bool,
}

/// Inspects what is highlighted.
#[must_use]
pub fn inspect(model: &Model) -> Inspected {
    let texts = readings(model);
    let (base, right) = (letters(&texts.base), letters(&texts.right));
    let all = texts.base.chars().count().max(texts.right.chars().count());
    let facts = facts(model, &texts);
    let untold = all.saturating_sub(LETTERS);
    Inspected { letters: side_by_side(&base, &right), untold, facts, texts }
}

/// Returns the highlight's readings in the OCR and in the text as it stands.
pub(crate) fn readings(model: &Model) -> Sides<String> {
    let mut sides = Sides::<String>::default();
    let Some(row) = model.cursor.row else { return sides };
    let laid = model.laid(row);
    let wanted = |part: &&Part| match &model.cursor.narrow {
        Narrow::Fix(id) => part.fix() == Some(*id),
        Narrow::Word(span) => part.span.start < span.end && span.start < part.span.end,
        _ => true,
    };
    for part in laid.parts.iter().filter(wanted) {
        if let (Narrow::Word(span), None) = (&model.cursor.narrow, part.fix()) {
            let from = span.start.max(part.span.start) - part.span.start;
            let to = span.end.min(part.span.end) - part.span.start;
            sides.base.push_str(part.text.base.get(from..to).unwrap_or_default());
            sides.right.push_str(part.text.right.get(from..to).unwrap_or_default());
        } else {
            sides.base.push_str(&part.text.base);
            sides.right.push_str(&part.text.right);
        }
    }
    while sides.base.ends_with('\n') && sides.right.ends_with('\n') {
        sides.base.pop();
        sides.right.pop();
    }
    sides
}

fn letters(text: &str) -> Vec<Letter> {
    let strange = foreign(text);
    let letter = |(at, letter): (usize, char)| Letter {
        letter,
        script: script(letter).unwrap_or_else(|| what(letter)),
        note: note(letter),
        foreign: strange.iter().any(|range| range.start == at),
    };
    text.char_indices().take(LETTERS).map(letter).collect()
}

/// Says what a character is that belongs to no script.
fn what(letter: char) -> &'static str {
    match letter {
        _ if letter.is_control() => "control",
        _ if letter.is_whitespace() => "blank",
        _ if letter.is_numeric() => "digit",
        _ if crate::text::visible::is_sign(letter) => "invisible",
        _ if crate::text::visible::width(&letter.to_string()) == 0 => "mark",
        _ if letter.is_alphabetic() => "letter",
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' => "mark",
        _ => "sign",
    }
}

/// Names a letter by its table entry, by the marks on it, or by the plain one that it looks like.
fn note(letter: char) -> String {
    if letter.is_ascii() {
        return String::new();
    }
    let listed = special::table().find(|entry| entry.letter == letter);
    // That it is Greek stands beside it already.
    if let Some(entry) = listed.filter(|entry| script(letter) != Some(entry.name)) {
        return entry.name.to_owned();
    }
    if let Some(marked) = marked(letter) {
        return marked;
    }
    let mut shown = [0; 4];
    let shown: &str = letter.encode_utf8(&mut shown);
    let twin = (0x21_u8..0x7f)
        .map(char::from)
        .find(|ascii| letter.is_alphabetic() && look_alike(shown, ascii.encode_utf8(&mut [0; 4])));
    twin.map_or(String::new(), |twin| format!("like {twin}"))
}

/// Names the marks on a letter that is one with them: `ω, rough breathing, circumflex`.
fn marked(letter: char) -> Option<String> {
    let mut parts = letter.nfd();
    let mut named = parts.next()?.to_string();
    for mark in parts {
        let entry = special::table().find(|entry| entry.mark && entry.letter == mark)?;
        named = format!("{named}, {}", entry.name);
    }
    named.contains(',').then_some(named)
}

/// Puts the letters of both sides beside each other: equal ones in one row.
fn side_by_side(base: &[Letter], right: &[Letter]) -> Vec<Sides<Option<Letter>>> {
    // As numbers, which other texts are compared by too: each type is a search of its own.
    let chars =
        |letters: &[Letter]| letters.iter().map(|it| u32::from(it.letter)).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &chars(base), &chars(right)) {
        let (old, new) = (op.old_range(), op.new_range());
        let (old, new) = match op {
            DiffOp::Delete { .. } => (old, 0..0),
            DiffOp::Insert { .. } => (0..0, new),
            DiffOp::Equal { .. } | DiffOp::Replace { .. } => (old, new),
        };
        for index in 0..old.len().max(new.len()) {
            let at = |letters: &[Letter], range: &std::ops::Range<usize>| {
                letters[range.clone()].get(index).cloned()
            };
            rows.push(Sides { base: at(base, &old), right: at(right, &new) });
        }
    }
    rows
}

fn facts(model: &Model, texts: &Sides<String>) -> Vec<String> {
    let mut facts = Vec::new();
    for (whose, text) in [("the OCR's", &texts.base), ("the text's", &texts.right)] {
        if !foreign(text).is_empty() {
            let names = scripts(text).join(" and ");
            facts.push(format!("{names} letters in one word of {whose}: look closely"));
        }
        if texts.base == texts.right {
            break;
        }
    }
    if texts.base != texts.right && look_alike(&texts.base, &texts.right) {
        facts.push("both readings look alike".to_owned());
    }
    facts.extend(occurrences(&model.review, texts));
    if let Some(id) = fix_of(model) {
        facts.extend(decided_alike(&model.review, id));
    }
    facts
}

/// Says how often the readings occur as whole words, if they are short enough to occur again.
fn occurrences(review: &Review, texts: &Sides<String>) -> Vec<String> {
    let mut said = Vec::new();
    let mut readings = vec![texts.base.trim()];
    if texts.right.trim() != texts.base.trim() {
        readings.push(texts.right.trim());
    }
    for reading in readings {
        if reading.is_empty() || reading.chars().count() > 40 || reading.contains('\n') {
            continue;
        }
        let base = count_in(review.base().as_str(), reading);
        let transcript = count_in(review.transcript().as_str(), reading);
        let shown = crate::ui::words::reading(reading, 24);
        said.push(format!("{shown}: {base} in the OCR, {transcript} in the corrected text"));
    }
    said
}

/// Counts where `word` stands and no letter or digit goes on before or after it.
fn count_in(text: &str, word: &str) -> usize {
    let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let found = memchr::memmem::find_iter(text.as_bytes(), word.as_bytes());
    let whole = |&at: &usize| {
        let (before, after) =
            (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        let joins_before = goes_on(before) && goes_on(word.chars().next());
        let joins_after = goes_on(after) && goes_on(word.chars().next_back());
        !joins_before && !joins_after
    };
    found.filter(whole).count()
}

/// Returns the one fix that is inspected, if it is one.
fn fix_of(model: &Model) -> Option<FixId> {
    let fixes = model.highlight()?.fixes;
    fixes.first().copied().filter(|_| fixes.len() == 1)
}

/// Says what was decided where the same word is changed in the same way.
fn decided_alike(review: &Review, id: FixId) -> Vec<String> {
    if review.counts().total() > COUNTED {
        return Vec::new();
    }
    let of = |id: FixId| {
        let kind = review.collation().fix(id).kind;
        change(review.base_reading(id), review.proposed(id), kind)
    };
    let wanted = of(id);
    let kind = review.collation().fix(id).kind;
    let near = |other: Kind| other == kind || (kind >= Kind::LookAlike && other >= Kind::LookAlike);
    let mut counts = [0_usize; 5];
    let mut lines: Vec<String> = Vec::new();
    for other in review.collation().fixes().filter(|&other| other != id) {
        let fix = review.collation().fix(other);
        if !near(fix.kind) || of(other) != wanted {
            continue;
        }
        let state = review.state(other);
        counts[STATES.iter().position(|(known, _)| *known == state).unwrap_or(0)] += 1;
        if state != State::Open && lines.len() < 6 {
            lines.push((review.base().line_of(fix.at.start) + 1).to_string());
        }
    }
    let named = STATES.iter().zip(counts).filter(|(_, count)| *count > 0);
    let named: Vec<String> = named.map(|((_, word), count)| format!("{count} {word}")).collect();
    if named.is_empty() {
        return vec!["no other place is alike".to_owned()];
    }
    let lines = if lines.is_empty() {
        String::new()
    } else {
        format!(" (decided in line {})", lines.join(", "))
    };
    vec![format!("at like places: {}{lines}", named.join(", "))]
}

const STATES: [(State, &str); 5] = [
    (State::Open, "open"),
    (State::Accepted, "accepted"),
    (State::Rejected, "rejected"),
    (State::Edited, "edited"),
    (State::Disputed, "disputed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_counted() {
        assert_eq!(count_in("has hash has, 'has' washas", "has"), 3);
        assert_eq!(count_in("L). S. L). S", "L). S"), 2);
    }

    #[test]
    fn letters_are_named_and_paired() {
        let rows = side_by_side(&letters("Kar\u{43f}ov"), &letters("Karpovs"));
        assert_eq!(rows.len(), 7);
        let cyrillic = rows[3].base.clone().expect("a letter");
        assert_eq!((cyrillic.script, cyrillic.foreign), ("Cyrillic", true));
        assert_eq!(rows[6].base, None);
        let note = |letter| super::note(letter);
        assert_eq!(note('ſ'), "long s");
        assert_eq!(note('\u{43e}'), "like o");
        assert_eq!((note('ω'), note('\u{3bf}')), (String::new(), "like o".to_owned()));
        assert_eq!(note('ᾧ'), "ω, rough breathing, Greek circumflex, iota below");
        assert_eq!((note('é'), note('한')), ("e, acute".to_owned(), String::new()));
        assert_eq!(what('\u{200b}'), "invisible");
        assert_eq!((what('7'), what('\u{301}'), what('—')), ("digit", "mark", "sign"));
    }
}
