//! Finds the hits of a search: in both texts, and in the text as it stands.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::collate::fix::{Fix, FixId, Row, RowId};
use crate::document::Text;
use crate::review::counts::State;
use crate::review::event::{Event, Place};
use crate::review::piece::{Piece, Role};
use crate::review::state::{Review, Run};
use crate::text::small::ascii_stays_apart;
use crate::ui::searched::Hit;

/// Finds all hits in the order of the text, at most one a word or fix.
#[must_use]
pub fn find(review: &Review, wanted: &str) -> Vec<Hit> {
    let collation = review.collation();
    let found = [review.base(), review.transcript()].map(|text| found_in_text(text, wanted));
    let (mut base, mut transcript) = (Ahead::of(&found[0]), Ahead::of(&found[1]));
    let mut odd = Odd::of(review);
    let mut reach = 0;
    let mut hits = Vec::new();
    let rows = std::iter::successors(collation.first_row(), |&row| collation.next_row(row));
    for row in rows {
        let lines = collation.row(row);
        let (base, whole) = base.within(&lines.base);
        let (transcript, whole_too) = transcript.within(&lines.transcript);
        let fixes = fixes_of(review, row.block, &lines);
        let reaches = reach > lines.base.start;
        reach = fixes.iter().fold(reach, |reach, fix| reach.max(fix.at.end));
        let plain = whole && whole_too && !reaches && reach <= lines.base.end;
        let right = shows(review, row.block, &lines).filter(|_| plain && !odd.touch(&lines.base));
        match right {
            Some(Shows::Base) => plain_hits((row, &lines), fixes, (base, &[]), &mut hits),
            Some(Shows::Transcript) => {
                plain_hits((row, &lines), fixes, (base, transcript), &mut hits);
            }
            None => hits.extend(hits_in_pieces(review, row, wanted)),
        }
    }
    hits
}

/// So few places are looked at alone when an act changes them.
const FEW: usize = 8;

/// Finds anew the hits of the rows that a recorded act touched; says whether that was all there is
/// to do, and if not leaves everything as it was.
pub fn renew(review: &Review, wanted: &str, hits: &mut Vec<Hit>, events: &[Event]) -> bool {
    let mut places = Vec::new();
    for event in events {
        match event {
            Event::Decided(decided) => places.extend(decided.sites.iter().map(|it| it.place)),
            Event::Undone(of) | Event::Redone(of) => {
                let act = review.ledger().act(*of);
                places.extend(act.into_iter().flat_map(|act| review.ledger().places(act)));
            }
            Event::Noted(_) | Event::SignedOff(_) => {}
            Event::Adjudicated(..) => return false,
        }
    }
    if places.len() > FEW {
        return false;
    }
    let collation = review.collation();
    let mut rows = BTreeSet::new();
    for place in places {
        let Run { span, fixes, .. } = review.run(place);
        rows.extend(fixes.into_iter().map(|(_, id)| collation.row_of(id)));
        let at = |byte| collation.row_at(byte);
        let first = at(span.start).and_then(|row| collation.previous_row(row).or(Some(row)));
        let last = at(span.end).and_then(|row| collation.next_row(row).or(Some(row)));
        let here = std::iter::successors(first, |&row| collation.next_row(row));
        rows.extend(here.take_while(|&row| last.is_some_and(|last| row <= last)));
    }
    for row in rows {
        let start = hits.partition_point(|hit| hit.row < row);
        let end = hits.partition_point(|hit| hit.row <= row);
        hits.splice(start..end, hits_in_pieces(review, row, wanted));
    }
    true
}

/// Returns the fixes that start in a row.
fn fixes_of<'a>(review: &'a Review, block: u32, lines: &Row) -> &'a [Fix] {
    let fixes = review.collation().gap(block).map_or(&[][..], |gap| &gap.fixes);
    &fixes[lines.fixes.start as usize..lines.fixes.end as usize]
}

/// Tells which text stands in a row.
#[derive(Clone, Copy)]
enum Shows {
    Base,
    Transcript,
}

/// Says which of the two texts stands in a row whose fixes are decided one by one; neither where
/// some are decided otherwise than others.
fn shows(review: &Review, block: u32, lines: &Row) -> Option<Shows> {
    if !review.collation().known(block) {
        return Some(Shows::Transcript);
    }
    let all = |is: fn(State) -> bool| {
        let mut fixes = lines.fixes.clone().map(|fix| FixId { block, fix });
        fixes.all(|id| is(review.state(id)))
    };
    match () {
        () if all(|state| state == State::Rejected) => Some(Shows::Base),
        () if all(|state| matches!(state, State::Open | State::Accepted)) => {
            Some(Shows::Transcript)
        }
        () => None,
    }
}

/// Holds where readings stand that are not of one fix each.
struct Odd {
    /// Ascending by where they start.
    spans: Vec<Range<usize>>,
    /// How many of them start before what was asked last, and how far these reach.
    gone: usize,
    reach: Option<usize>,
}

impl Odd {
    fn of(review: &Review) -> Self {
        let place = |fix: &Fix| Place::new(fix.at.clone(), fix.n);
        let mut fixes = review.all_fixes().map(|(_, fix, _)| place(fix)).peekable();
        let mut spans = Vec::new();
        for site in review.ledger().standing() {
            while fixes.next_if(|&fix| fix < site.place).is_some() {}
            if fixes.peek() != Some(&site.place) {
                spans.push(site.place.span());
            }
        }
        Self { spans, gone: 0, reach: None }
    }

    /// Says whether one of them touches `bytes`, which begin after those asked for before.
    fn touch(&mut self, bytes: &Range<usize>) -> bool {
        while let Some(span) = self.spans.get(self.gone).filter(|span| span.start <= bytes.end) {
            self.reach = self.reach.max(Some(span.end));
            self.gone += 1;
        }
        self.reach.is_some_and(|reach| reach >= bytes.start)
    }
}

/// Holds the hits of a whole text that the rows gone through so far have left.
struct Ahead<'a> {
    hits: &'a [Range<usize>],
    /// How far those gone through reach.
    reach: usize,
}

impl<'a> Ahead<'a> {
    fn of(hits: &'a [Range<usize>]) -> Self {
        Self { hits, reach: 0 }
    }

    /// Returns the hits that begin in `bytes`, which lie after those asked for before, and whether
    /// no hit reaches over their borders.
    fn within(&mut self, bytes: &Range<usize>) -> (&'a [Range<usize>], bool) {
        let before = self.hits.iter().take_while(|hit| hit.start < bytes.start).count();
        let here = self.hits[before..].iter().take_while(|hit| hit.start < bytes.end).count();
        let reached = self.reach.max(self.hits[..before].last().map_or(0, |hit| hit.end));
        let (here, ahead) = self.hits[before..].split_at(here);
        self.hits = ahead;
        self.reach = reached.max(here.last().map_or(0, |hit| hit.end));
        (here, reached <= bytes.start && self.reach <= bytes.end)
    }
}

/// Adds the hits of a row in which one of the texts stands: `found` are those that begin in the
/// base, and in the transcript where that stands.
fn plain_hits(
    (row, lines): (RowId, &Row),
    fixes: &[Fix],
    found: (&[Range<usize>], &[Range<usize>]),
    hits: &mut Vec<Hit>,
) {
    let id = |index: usize| FixId { block: row.block, fix: lines.fixes.start + index as u32 };
    let hit = |(fix, span): (Option<usize>, Range<usize>)| {
        let at = fix.map_or(span.start, |index| fixes[index].at.start);
        Hit { row, at, fix: fix.map(id), span }
    };
    let (mut next, mut beside) = (0, 0);
    let base = found.0.iter().map(|found| in_base(lines, fixes, &mut next, found));
    let right = found.1.iter().map(|found| in_transcript(lines, fixes, &mut beside, found));
    let (mut base, mut right) = (base.map(hit).peekable(), right.map(hit).peekable());
    let first = hits.len();
    loop {
        let hit = match (base.peek(), right.peek()) {
            (Some(one), Some(other)) if one.at <= other.at => base.next(),
            (_, Some(_)) => right.next(),
            _ => base.next(),
        };
        let Some(hit) = hit else { return };
        if hits[first..].last().is_none_or(|last| last.at != hit.at) {
            hits.push(hit);
        }
    }
}

/// Returns the fix in which a hit of the base begins, and its bytes, as far as one piece of the row
/// goes. `next` is the first fix that is not behind.
fn in_base(
    lines: &Row,
    fixes: &[Fix],
    next: &mut usize,
    found: &Range<usize>,
) -> (Option<usize>, Range<usize>) {
    while fixes.get(*next).is_some_and(|fix| fix.at.end <= found.start) {
        *next += 1;
    }
    let (fix, end) = match fixes.get(*next) {
        Some(fix) if fix.at.start <= found.start => (Some(*next), fix.at.end),
        Some(fix) => (None, fix.at.start),
        None => (None, lines.base.end),
    };
    (fix, found.start..found.end.min(end))
}

/// Returns the fix in which a hit of the transcript begins, and its bytes of the base alike.
fn in_transcript(
    lines: &Row,
    fixes: &[Fix],
    next: &mut usize,
    found: &Range<usize>,
) -> (Option<usize>, Range<usize>) {
    while fixes.get(*next).is_some_and(|fix| fix.transcript_at.end <= found.start) {
        *next += 1;
    }
    let (fix, from, to, end) = match fixes.get(*next) {
        Some(fix) if fix.transcript_at.start <= found.start => {
            (Some(*next), fix.transcript_at.start, fix.at.start, fix.at.end)
        }
        fix => {
            let end = fix.map_or(lines.base.end, |fix| fix.at.start);
            match next.checked_sub(1).and_then(|before| fixes.get(before)) {
                Some(before) => (None, before.transcript_at.end, before.at.end, end),
                None => (None, lines.transcript.start, lines.base.start, end),
            }
        }
    };
    let start = to + (found.start - from);
    (fix, start.min(end)..(start + found.len()).min(end))
}

/// Finds the hits of a row whatever stands in it.
fn hits_in_pieces(review: &Review, row: RowId, wanted: &str) -> Vec<Hit> {
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
    if text.is_ascii() && !wanted.is_ascii() {
        return Vec::new();
    }
    if text.is_ascii() || (wanted.is_ascii() && ascii_stays_apart(text)) {
        return places(&text.to_ascii_lowercase(), wanted).collect();
    }
    if places(&in_small(text), wanted).next().is_none() {
        return Vec::new();
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

/// Writes a text in small letters, each as if it stood alone.
fn in_small(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            small.push(letter.to_ascii_lowercase());
        } else {
            small.extend(letter.to_lowercase());
        }
    }
    small
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
