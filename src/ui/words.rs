//! Fixes in plain words, for foot, summary and questions.

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{FixId, Kind};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::state::Review;
use crate::text::visible::{Repertoire, glyphs, width};

/// The kinds in plain words: one of it, several of it.
const KINDS: [(Kind, &str, &str); 14] = [
    (Kind::LineEnd, "line end", "line ends"),
    (Kind::PageEnd, "page end", "page ends"),
    (Kind::MissingLine, "line only in the corrected", "lines only in the corrected"),
    (Kind::ExtraLine, "line only in the OCR", "lines only in the OCR"),
    (Kind::Encoding, "encoding", "encodings"),
    (Kind::Space, "blank", "blanks"),
    (Kind::Hyphen, "hyphen", "hyphens"),
    (Kind::Case, "capital", "capitals"),
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

/// Returns a reading on one line: blanks alone as `·`, line ends as `¶`, at most `cells` wide.
#[must_use]
pub fn reading(text: &str, cells: usize) -> String {
    let blanks = !text.is_empty() && text.trim_matches(' ').is_empty();
    let trailing = text.trim_end_matches(' ').len();
    let mut shown = String::new();
    let mut used = 0;
    for glyph in glyphs(text, Repertoire::Unicode) {
        let source = &text[glyph.bytes.clone()];
        let symbol = match source {
            "\n" => "¶",
            " " if blanks || glyph.bytes.start >= trailing => "·",
            _ => &glyph.symbol,
        };
        let width = usize::from(glyph.cells);
        if used + width > cells.saturating_sub(1) && glyph.bytes.end < text.len() {
            shown.push('…');
            return shown;
        }
        used += width;
        shown.push_str(symbol);
    }
    shown
}

/// Returns every reading of a fix: `OCR → corrected`, and what stands where that is another.
#[must_use]
pub fn readings(review: &Review, id: FixId, cells: usize) -> String {
    let base = review.base_reading(id);
    let proposed = review.proposed(id);
    let kind = review.collation().fix(id).kind;
    let each = (cells / 3).max(12);
    let mut words = match kind {
        Kind::ExtraLine => {
            format!("{} → left out", or_blank_line(base.trim_end_matches('\n'), each * 2))
        }
        Kind::MissingLine => {
            format!("nothing → {}", or_blank_line(proposed.trim_end_matches('\n'), each * 2))
        }
        _ => format!("{} → {}", or_nothing(base, each), or_nothing(proposed, each)),
    };
    if review.state(id) == State::Edited {
        let standing = standing(review, id);
        words = format!("{words} → yours: {}", or_nothing(&standing, each));
    }
    words
}

fn or_blank_line(text: &str, cells: usize) -> String {
    if text.is_empty() { "a blank line".to_owned() } else { reading(text, cells) }
}

/// Returns a reading, or the word for none.
#[must_use]
pub fn or_nothing(text: &str, cells: usize) -> String {
    if text.is_empty() { "nothing".to_owned() } else { reading(text, cells) }
}

/// Returns what stands over a fix: the readings of the sites that overlap it.
fn standing(review: &Review, id: FixId) -> String {
    let place: Place = review.place(id);
    let sites = review.ledger().standing_over(place);
    sites.map(|site| site.reading).collect::<Vec<_>>().join(" ")
}

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
    let room = (cells.saturating_sub(14 + width(&text[at.clone()])) / 2).min(24);
    let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let head = text[line..at.start].split_word_bound_indices().rev();
    let from = head.map(|(word, _)| line + word).take_while(|&word| at.start - word <= room).last();
    let end = text[at.end..].find('\n').map_or(text.len(), |end| at.end + end);
    let tail = text[at.end..end].split_word_bound_indices();
    let to = tail.map(|(word, text)| at.end + word + text.len());
    let to = to.take_while(|&word| word - at.end <= room).last();
    let around = text[from.unwrap_or(at.start)..to.unwrap_or(at.end)].trim();
    let words = format!("would read: {}", reading(around, cells.saturating_sub(12)));
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
