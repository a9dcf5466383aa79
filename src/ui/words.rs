//! Fixes in plain words, for foot, summary and questions.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{FixId, Kind};
use crate::log::merge::Run;
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::state::Review;
use crate::text::excerpt::excerpts;
use crate::text::visible::{Repertoire, glyphs, width};
use crate::ui::disputes::Disputes;

/// The kinds by their names, as on the command line and in JSON: one of it, several of it.
const KINDS: [(Kind, &str, &str); 14] = [
    (Kind::LineEnd, "line end", "line ends"),
    (Kind::PageEnd, "page end", "page ends"),
    (Kind::MissingLine, "missing line", "missing lines"),
    (Kind::ExtraLine, "extra line", "extra lines"),
    (Kind::Encoding, "encoding", "encoding"),
    (Kind::Space, "space", "spaces"),
    (Kind::Hyphen, "hyphen", "hyphens"),
    (Kind::Case, "case", "case"),
    (Kind::Diacritic, "diacritic", "diacritics"),
    (Kind::Punctuation, "punctuation", "punctuation"),
    (Kind::Digit, "digit", "digits"),
    (Kind::LookAlike, "look-alike", "look-alikes"),
    (Kind::Name, "name", "names"),
    (Kind::Word, "word", "words"),
];

/// Returns a kind in plain words, for so many of it.
#[must_use]
pub fn kind(kind: Kind, count: usize) -> &'static str {
    let entry = KINDS.iter().find(|(known, _, _)| *known == kind);
    entry.map_or("fix", |(_, one, several)| if count == 1 { one } else { several })
}

/// Returns which text has a line that only one has, in words; none for other kinds.
#[must_use]
pub fn only_in(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::ExtraLine => Some("only in the OCR"),
        Kind::MissingLine => Some("only in the corrected"),
        _ => None,
    }
}

/// Returns a reading on one line: blanks at its ends as `·`, line ends as `¶`, at most `cells` wide.
#[must_use]
pub fn reading(text: &str, cells: usize) -> String {
    let [shown, _] = excerpts([text, ""], cells);
    part(text, shown, cells)
}

/// Returns two readings of one place on one line, at most `cells` wide each: of long ones the part
/// that differs, with an ellipsis where it is cut.
#[must_use]
pub fn change(base: &str, reading: &str, cells: usize) -> (String, String) {
    let [before, after] = excerpts([base, reading], cells);
    let shown =
        |text: &str, shown| if text.is_empty() { NOTHING.into() } else { part(text, shown, cells) };
    (shown(base, before), shown(reading, after))
}

/// What is said for a reading without a letter.
const NOTHING: &str = "nothing";

/// Blanks that nobody would see as a reading of their own, in words.
const BLANKS: [(char, &str, &str); 2] =
    [(' ', "a space", "spaces"), ('\u{3000}', "a wide space", "wide spaces")];

/// Shows a part of a reading, with an ellipsis on each side that is cut; of a cluster that is too
/// wide for the cells, its beginning.
fn part(text: &str, shown: Range<usize>, cells: usize) -> String {
    for (blank, one, several) in BLANKS {
        if !text.is_empty() && text.trim_matches(blank).is_empty() {
            return match text.chars().count() {
                1 => one.to_owned(),
                count => format!("{count} {several}"),
            };
        }
    }
    let dots = |cut: bool| if cut { "…" } else { "" };
    let mut words = dots(shown.start > 0).to_owned();
    let trailing = text.trim_end_matches(' ').len();
    let leading = text.len() - text.trim_start_matches(' ').len();
    let whole = if shown.is_empty() { shown.start..text.len() } else { shown.clone() };
    let mut room = if shown.is_empty() { cells.saturating_sub(2) } else { usize::MAX };
    for glyph in glyphs(&text[whole.clone()], Repertoire::Unicode) {
        if usize::from(glyph.cells) > room {
            break;
        }
        room -= usize::from(glyph.cells);
        let at = whole.start + glyph.bytes.start..whole.start + glyph.bytes.end;
        words.push_str(match &text[at.clone()] {
            "\n" => "¶",
            " " if at.start >= trailing || at.end <= leading => "·",
            _ => &glyph.symbol,
        });
    }
    words.push_str(dots(shown.end < text.len()));
    words
}

/// Returns every reading of a fix, in about `cells` cells: `OCR → corrected`, and what stands where
/// that is another.
#[must_use]
pub fn readings(review: &Review, id: FixId, cells: usize) -> String {
    let base = review.base_reading(id);
    let proposed = review.proposed(id);
    let kind = review.collation().fix(id).kind;
    let edited = review.state(id) == State::Edited;
    let each = if edited { cells.saturating_sub(13) / 3 } else { cells.saturating_sub(3) / 2 };
    let each = each.max(12);
    let words = match kind {
        Kind::ExtraLine => {
            format!("{} → left out", or_blank_line(base.trim_end_matches('\n'), each))
        }
        Kind::MissingLine => {
            format!("{NOTHING} → {}", or_blank_line(proposed.trim_end_matches('\n'), each))
        }
        _ => {
            let (base, proposed) = change(base, proposed, each);
            format!("{base} → {proposed}")
        }
    };
    if edited {
        let (_, yours) = change(base, &standing(review, id), each);
        return format!("{words} → yours: {yours}");
    }
    words
}

/// Writes a line that only one text has, at most so many cells wide.
#[must_use]
pub fn or_blank_line(text: &str, cells: usize) -> String {
    if text.trim_end_matches('\n').is_empty() {
        return "a blank line".to_owned();
    }
    reading(text, cells)
}

/// Returns a reading, or the word for none.
#[must_use]
pub fn or_nothing(text: &str, cells: usize) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { reading(text, cells) }
}

/// Returns what stands over a fix: the readings of the sites that overlap it.
fn standing(review: &Review, id: FixId) -> String {
    let place: Place = review.place(id);
    let sites = review.ledger().standing_over(place);
    sites.map(|site| site.reading).collect::<Vec<_>>().join(" ")
}

/// How many cells of the words before a fix, and of those after it, are told at the foot.
const NEIGHBOURS: usize = 12;

/// Returns how the text would read around an open fix once it is accepted, in `cells` cells.
#[must_use]
pub fn context(review: &Review, id: FixId, cells: usize) -> Option<String> {
    let fix = review.collation().fix(id);
    let kind = fix.kind;
    let lines = matches!(kind, Kind::LineEnd | Kind::MissingLine | Kind::ExtraLine | Kind::PageEnd);
    if review.state(id) != State::Open || lines || cells < 24 {
        return None;
    }
    let text = review.transcript().as_str();
    let at = &fix.transcript_at;
    let room = (cells.saturating_sub(6 + width(&text[at.clone()])) / 2).min(NEIGHBOURS);
    let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let head = text[line..at.start].split_word_bound_indices().rev();
    let from = head.map(|(word, _)| line + word).take_while(|&word| at.start - word <= room).last();
    let end = text[at.end..].find('\n').map_or(text.len(), |end| at.end + end);
    let tail = text[at.end..end].split_word_bound_indices();
    let to = tail.map(|(word, text)| at.end + word + text.len());
    let to = to.take_while(|&word| word - at.end <= room).last();
    let around = text[from.unwrap_or(at.start)..to.unwrap_or(at.end)].trim();
    let words = format!("in: {}", reading(around, cells.saturating_sub(4)));
    (around != text[at.clone()].trim() && width(&words) <= cells).then_some(words)
}

/// Returns what accepting and rejecting mean for a line that only one side has.
#[must_use]
pub fn line_verbs(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::ExtraLine => Some(("leave out", "keep")),
        Kind::MissingLine => Some(("put in", "leave out")),
        _ => None,
    }
}

/// Writes what a place reads in the OCR and in each reviewer's log, with the logs' numbers.
#[must_use]
pub fn dispute(disputes: &Disputes, run: &Run, base: &str, cells: usize) -> String {
    let each = (cells / (run.voices.len() + 1)).saturating_sub(10).max(6);
    let mut text = format!("OCR {}", or_nothing(base, each));
    for (number, reviewer, read) in disputes.readings(run) {
        let number = number.map_or(String::new(), |number| format!("{number} "));
        text = format!("{text}   {number}{reviewer} {}", or_nothing(read, each));
    }
    text
}

/// Returns a state in words.
#[must_use]
pub fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Accepted => "accepted",
        State::Rejected => "rejected",
        State::Edited => "edited",
        State::Disputed => "disputed",
    }
}

/// Cuts a sentence into lines of at most `cells` cells, at its blanks; a longer word, which is a
/// path for the most part, goes on in the next line.
#[must_use]
pub fn in_lines(text: &str, cells: usize) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').flat_map(|word| pieces(word, cells)).collect();
    joined(&words, " ", cells)
}

/// Cuts a word into pieces of at most `cells` cells.
fn pieces(word: &str, cells: usize) -> Vec<&str> {
    if width(word) <= cells {
        return vec![word];
    }
    let (mut cut, mut used) = (vec![0], 0);
    for (at, cluster) in word.grapheme_indices(true) {
        used += width(cluster);
        if used > cells && at > 0 {
            cut.push(at);
            used = width(cluster);
        }
    }
    cut.push(word.len());
    cut.windows(2).map(|ends| &word[ends[0]..ends[1]]).collect()
}

/// Joins words into lines of at most `cells` cells, with `between` between them.
#[must_use]
pub fn joined(words: &[impl AsRef<str>], between: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.iter().map(AsRef::as_ref) {
        match lines.last_mut() {
            Some(line) if width(line) + width(between) + width(word) <= cells => {
                line.push_str(between);
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_longer_than_a_line_goes_on_in_the_next() {
        let lines = in_lines("cannot write /a/long/path.json: the disk is full", 12);
        let wanted = ["cannot write", "/a/long/path", ".json: the", "disk is full"];
        assert_eq!(lines, wanted);
        assert_eq!(in_lines("", 4), [""]);
        assert_eq!(in_lines("a  漢字漢字", 4), ["a ", "漢字", "漢字"]);
    }
}
