//! The search in both panes, and the way from hit to hit or from open place to open place.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::document::Text;
use crate::review::piece::{Piece, Role};
use crate::review::state::Review;
use crate::text::small::ascii_stays_apart;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::searched::{Counted, Hit, Search};
use crate::ui::update::{bench, filter, moving, suspects};
use crate::ui::words;

/// Starts a search and goes to its first hit from here on.
pub(crate) fn begin(model: &mut Model, wanted: String) -> Vec<Effect> {
    if wanted.is_empty() {
        model.search = None;
        return Vec::new();
    }
    model.search = Some(Search { wanted, hits: Vec::new(), counted: None });
    step(model, Step { forward: true, here: true });
    Vec::new()
}

/// To the next hit while a search stands, else to the next open place.
pub(crate) fn next(model: &mut Model) -> Vec<Effect> {
    if model.search.is_some() {
        step(model, Step { forward: true, here: false });
        return Vec::new();
    }
    if model.bench().is_some() {
        return bench::step(model, true);
    }
    if suspects::step(model, true) || filter::step(model, true) {
        return Vec::new();
    }
    let Some(row) = model.cursor.row else { return Vec::new() };
    let after = match &model.cursor.narrow {
        Narrow::Fix(id) => Some(*id),
        Narrow::Word(span) => {
            let collation = model.review.collation();
            let before = |id: &FixId| collation.fix(*id).at.start < span.end;
            let last = collation.fixes_in_row(row).take_while(before).last();
            last.or_else(|| before_row(model, row))
        }
        _ => model.last_fix_until(row),
    };
    let found = model.next_open(after);
    if !model.go_to_open(found) {
        let first = model.next_open(None);
        wrapped(model, first, "from the top");
    }
    Vec::new()
}

/// To the hit before while a search stands, else to the open place before.
pub(crate) fn previous(model: &mut Model) -> Vec<Effect> {
    if model.search.is_some() {
        step(model, Step { forward: false, here: false });
        return Vec::new();
    }
    if model.bench().is_some() {
        return bench::step(model, false);
    }
    if suspects::step(model, false) || filter::step(model, false) {
        return Vec::new();
    }
    let Some(row) = model.cursor.row else { return Vec::new() };
    let before = match model.cursor.narrow {
        Narrow::Fix(id) => id,
        _ => model.first_fix_from(row),
    };
    let found = model.previous_open(Some(before));
    if !model.go_to_open(found) {
        let last = model.previous_open(None);
        wrapped(model, last, "from the end");
    }
    Vec::new()
}

/// Names the last fix before a row; it need not exist.
fn before_row(model: &Model, row: RowId) -> Option<FixId> {
    model.review.collation().previous_row(row).and_then(|before| model.last_fix_until(before))
}

fn wrapped(model: &mut Model, found: Option<FixId>, from: &str) {
    if model.go_to_open(found) {
        model.say(format!("on {from}"));
    } else if let Some(nothing) = model.nothing_fits() {
        model.say(nothing);
    } else if model.review.counts().complete {
        model.say(if model.is_reader() {
            "no corrected text, so nothing is open"
        } else {
            "nothing is open"
        });
    } else {
        model.say("nothing open so far; still comparing the rest");
    }
}

/// Tells which way a search goes, and whether the present row counts from its start.
#[derive(Clone, Copy)]
struct Step {
    forward: bool,
    here: bool,
}

/// Goes to the next hit in one direction, round the ends if need be.
fn step(model: &mut Model, step: Step) {
    count(model);
    let (Some(search), Some(row)) = (&model.search, model.cursor.row) else { return };
    // Where the cursor stands among the hits: after those before `from`, before those from `to` on.
    let (from, to) = match &model.cursor.narrow {
        _ if step.here => (0, 0),
        Narrow::Fix(id) => {
            let start = model.review.place(*id).start;
            (start, start + 1)
        }
        Narrow::Word(span) => (span.start, span.end.max(span.start + 1)),
        _ if step.forward => (usize::MAX, usize::MAX),
        _ => (0, 0),
    };
    let before = search.hits.partition_point(|hit| (hit.row, hit.at) < (row, from));
    let after = search.hits.partition_point(|hit| (hit.row, hit.at) < (row, to));
    let last = search.hits.len().checked_sub(1);
    let Some(last) = last else {
        model.say("not found");
        model.search = None;
        return;
    };
    let (index, round) = match step.forward {
        true if after > last => (0, "; on from the top"),
        true => (after, ""),
        false if before == 0 => (last, "; on from the end"),
        false => (before - 1, ""),
    };
    let hit = search.hits[index].clone();
    let more = if model.review.collation().missing() > 0 { "+" } else { "" };
    let wanted = words::reading(&search.wanted, 24);
    let said = format!("{wanted}: {} of {}{more}{round}", index + 1, last + 1);
    go(model, &hit);
    model.say(said);
}

/// Finds all hits, unless the text is the same as when they were found last.
fn count(model: &mut Model) {
    let now = Counted { generation: model.generation, missing: model.review.collation().missing() };
    let Some(search) = &model.search else { return };
    if search.counted == Some(now) {
        return;
    }
    let wanted = search.wanted.clone();
    let collation = model.review.collation();
    let rows = std::iter::successors(collation.first_row(), |&row| collation.next_row(row));
    let base = found_in_text(model.review.base(), &wanted);
    let transcript = found_in_text(model.review.transcript(), &wanted);
    let (mut base, mut transcript) = (Ahead(&base), Ahead(&transcript));
    let hits = rows.flat_map(|row| {
        let lines = collation.row(row);
        let found = (base.within(&lines.base), transcript.within(&lines.transcript));
        hits_in(model, row, &wanted, found)
    });
    let hits: Vec<Hit> = hits.collect();
    if let Some(search) = &mut model.search {
        search.hits = hits;
        search.counted = Some(now);
    }
}

fn go(model: &mut Model, hit: &Hit) {
    model.cursor.row = Some(hit.row);
    model.cursor.narrow = match hit.fix {
        Some(id) => Narrow::Fix(id),
        None => {
            let words = moving::words(model, hit.row);
            let word = words.into_iter().find(|word| word.contains(&hit.span.start));
            Narrow::Word(word.unwrap_or(hit.span.clone()))
        }
    };
}

/// Holds the hits of a whole text that the rows gone through so far have left.
struct Ahead<'a>(&'a [Range<usize>]);

impl<'a> Ahead<'a> {
    /// Returns the hits that begin in `bytes`, which lie after those asked for before.
    fn within(&mut self, bytes: &Range<usize>) -> &'a [Range<usize>] {
        let before = self.0.iter().take_while(|hit| hit.start < bytes.start).count();
        let here = self.0[before..].iter().take_while(|hit| hit.start < bytes.end).count();
        let (here, ahead) = self.0[before..].split_at(here);
        self.0 = ahead;
        here
    }
}

/// Finds the hits of a row in the order of the text, at most one a word or fix; `found` are those
/// that begin in its two texts.
fn hits_in(
    model: &Model,
    row: RowId,
    wanted: &str,
    found: (&[Range<usize>], &[Range<usize>]),
) -> Vec<Hit> {
    let review = &model.review;
    let lines = review.collation().row(row);
    // Only where something was decided can a hit be in neither of the two texts alone.
    if review.ledger().standing_from(lines.base.clone()).next().is_none() {
        if found.0.is_empty() && found.1.is_empty() {
            return Vec::new();
        }
        let transcript = review.transcript().slice(lines.transcript);
        if lines.fixes.is_empty() && review.base().slice(lines.base.clone()) == transcript {
            // Most lines of a long text: what is found in the one is what is found in the other.
            let hit = |span: Range<usize>| Hit { row, at: span.start, fix: None, span };
            let here = found.0.iter().filter(|hit| hit.end <= lines.base.end);
            return here.cloned().map(hit).collect();
        }
    }
    let pieces = pieces(review, row);
    let mut hits: Vec<Hit> = Vec::new();
    let sides: [Vec<&str>; 2] = [
        pieces.iter().map(|piece| review.base().slice(piece.base.clone())).collect(),
        pieces.iter().map(|piece| piece.right.as_str()).collect(),
    ];
    for (index, found) in sides.iter().flat_map(|texts| found_in_pieces(texts, wanted)) {
        let Some(piece) = pieces.get(index) else { continue };
        let span = piece.base.start + found.start..piece.base.start + found.end;
        let span = span.start.min(piece.base.end)..span.end.min(piece.base.end);
        let fix = match piece.role {
            Role::Fix(id, _) => Some(id),
            Role::Same | Role::Own(_) => None,
        };
        let at = if fix.is_some() { piece.base.start } else { span.start };
        hits.push(Hit { row, at, fix, span });
    }
    hits.sort_by_key(|hit| hit.at);
    hits.dedup_by(|later, first| later.at == first.at);
    hits
}

/// Returns a row in pieces; one whose gap is not worked out is a single piece.
fn pieces(review: &Review, row: RowId) -> Vec<Piece> {
    if review.collation().known(row.block) {
        return review.pieces(row);
    }
    let lines = review.collation().row(row);
    let right = review.transcript().slice(lines.transcript).to_owned();
    vec![Piece { base: lines.base, right, role: Role::Same }]
}

/// Finds `wanted` in one side of a row: the piece in which each hit starts and its bytes there.
fn found_in_pieces(texts: &[&str], wanted: &str) -> Vec<(usize, Range<usize>)> {
    let mut hits = Vec::new();
    let (mut index, mut start) = (0, 0);
    for found in found_in(&texts.concat(), wanted) {
        while let Some(text) = texts.get(index)
            && start + text.len() <= found.start
        {
            start += text.len();
            index += 1;
        }
        hits.push((index, found.start - start..found.end - start));
    }
    hits
}

/// How much of a text is searched at once, in bytes: enough that the room for it costs little.
const AT_ONCE: usize = 64 * 1024;

/// Finds `wanted` in a whole text, some lines at a time.
fn found_in_text(text: &Text, wanted: &str) -> Vec<Range<usize>> {
    let (mut hits, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let end = text.line(text.line_of((start + AT_ONCE).min(text.len()))).start;
        // A line that is longer than all that, or the last one.
        let end = if end > start { end } else { text.line(text.line_of(start)).end };
        let end = if end > start { end } else { text.len() };
        let here = text.slice(start..end);
        // Folding letters beyond ASCII costs ten times as much: only lines that have some pay it,
        // and none where letters of ASCII are wanted.
        let whole = here.is_ascii() || (wanted.is_ascii() && ascii_stays_apart(here));
        let pieces = if whole { vec![here] } else { here.split_inclusive('\n').collect() };
        for piece in pieces {
            let found = found_in(piece, wanted).into_iter();
            hits.extend(found.map(|hit| start + hit.start..start + hit.end));
            start += piece.len();
        }
    }
    hits
}

/// Finds `wanted` in a text; without a capital it finds capitals too. Bytes of the text.
#[must_use]
pub fn found_in(text: &str, wanted: &str) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    if wanted.chars().any(char::is_uppercase) {
        return places(text, wanted).collect();
    }
    if text.is_ascii() || (wanted.is_ascii() && ascii_stays_apart(text)) {
        return places(&text.to_ascii_lowercase(), wanted).collect();
    }
    // Lower case may be longer: each of its bytes remembers where it came from.
    let mut folded = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        for lower in letter.to_lowercase() {
            folded.push(lower);
            from.resize(folded.len(), at);
        }
    }
    from.push(text.len());
    let back = |at: usize| from[at];
    let end = |at: usize| {
        let last = from[at - 1];
        text[last..].chars().next().map_or(text.len(), |letter| last + letter.len_utf8())
    };
    places(&folded, wanted).map(|hit| back(hit.start)..end(hit.end)).collect()
}

fn places<'a>(text: &'a str, wanted: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let found = memchr::memmem::find_iter(text.as_bytes(), wanted.as_bytes());
    found.map(move |at| at..at + wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_find_capitals_too() {
        assert_eq!(found_in("Has has HAS", "has"), [0..3, 4..7, 8..11]);
        assert_eq!(found_in("Has has Has", "Has"), [0..3, 8..11]);
        assert_eq!(found_in("İstanbul ÄRGER ärger", "ärger"), [10..16, 17..23]);
        assert!(found_in("abc", "").is_empty());
    }

    #[test]
    fn a_long_text_is_searched_as_a_short_one() {
        let line = "a line with ärger in it, and more\n";
        let long = "x".repeat(AT_ONCE) + " ärger";
        for text in [line.repeat(5000), format!("{long}\n{line}{long}"), "ärger".to_owned()] {
            let whole = found_in(&text, "ärger");
            let text = Text::new(text).expect("short");
            assert_eq!(found_in_text(&text, "ärger"), whole);
            assert!(!whole.is_empty());
        }
        assert!(found_in_text(&Text::new(String::new()).expect("short"), "a").is_empty());
    }
}
