//! An edit becomes the smallest sites: one per changed word against the text as it stood.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::RowId;
use crate::review::command::{Decision, Refusal, Target};
use crate::review::counts::State;
use crate::review::event::{Decided, Event, Place, Scope, Site, Verdict};
use crate::review::piece::{Piece, Role};
use crate::review::site::{bare_site, change_in_words, widened};
use crate::review::state::Review;

/// Holds a stretch of text that can be edited: the text as it stands and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editable {
    /// The span of the base that it answers to.
    pub span: Range<usize>,
    /// The text as it stands, open fixes as proposed; a line end at its end is left out.
    pub shown: String,
    pieces: Vec<Piece>,
    /// A line end that the last piece has beyond what is shown.
    tail: &'static str,
}

/// Returns what an edit of `target` starts from.
///
/// # Errors
/// A span that does not lie within one row is [`Refusal::NoSpan`]; a row whose gap is not worked
/// out is [`Refusal::NotKnown`].
pub fn editable(review: &Review, target: &Target) -> Result<Editable, Refusal> {
    let row = match target {
        Target::Row(row) => *row,
        Target::Span(span) => row_of_span(review, span)?,
    };
    if !review.collation().known(row.block) {
        return Err(Refusal::NotKnown);
    }
    let mut pieces = review.pieces(row);
    let tail = match target {
        Target::Row(_) => cut_line_end(&mut pieces),
        Target::Span(span) => {
            clip(&mut pieces, span);
            ""
        }
    };
    let row_start = review.collation().row(row).base.start;
    let start = pieces.first().map_or(row_start, |piece| piece.base.start);
    let end = pieces.last().map_or(start, |piece| piece.base.end);
    let mut shown: String = pieces.iter().map(|piece| piece.right.as_str()).collect();
    shown.truncate(shown.len() - tail.len());
    Ok(Editable { span: start..end, shown, pieces, tail })
}

fn row_of_span(review: &Review, span: &Range<usize>) -> Result<RowId, Refusal> {
    let wrong = Refusal::NoSpan(span.start, span.end);
    review.base().as_str().get(span.clone()).ok_or(wrong.clone())?;
    let row = review.collation().row_at(span.start).ok_or(wrong.clone())?;
    let inside = span.end <= review.collation().row(row).base.end;
    inside.then_some(row).ok_or(wrong)
}

/// Takes the line end off the last piece: off the base too where both texts agree on it.
fn cut_line_end(pieces: &mut Vec<Piece>) -> &'static str {
    let Some(last) = pieces.last_mut() else { return "" };
    let end = match () {
        () if last.right.ends_with("\r\n") => "\r\n",
        () if last.right.ends_with('\n') => "\n",
        () => return "",
    };
    if last.role != Role::Same {
        return end;
    }
    last.right.truncate(last.right.len() - end.len());
    last.base.end -= end.len();
    if last.base.is_empty() {
        pieces.pop();
    }
    ""
}

/// Keeps what lies in `span`: agreed text is cut to it, readings are taken whole.
fn clip(pieces: &mut Vec<Piece>, span: &Range<usize>) {
    pieces.retain_mut(|piece| {
        if piece.role != Role::Same {
            let (base, inside) = (&piece.base, span.start <= piece.base.start);
            return base.start < span.end && span.start < base.end
                || (base.is_empty() && inside && base.end <= span.end);
        }
        let kept = piece.base.start.max(span.start)..piece.base.end.min(span.end);
        if kept.is_empty() {
            return false;
        }
        let from = kept.start - piece.base.start;
        piece.right = piece.right[from..from + kept.len()].to_owned();
        piece.base = kept;
        true
    });
}

/// Holds a changed stretch: bytes of the shown text and of the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// Works out the record of an edit. Words that changed are sites with the new reading; open fixes
/// left as shown are sites with the reading shown; decided places left as shown are not recorded.
///
/// # Errors
/// See [`editable`]; a text that is as shown already is [`Refusal::Unchanged`].
pub fn decide_edit(
    review: &Review,
    scope: Scope,
    target: &Target,
    text: &str,
) -> Result<Decision, Refusal> {
    let editable = editable(review, target)?;
    if editable.shown == text {
        return Err(Refusal::Unchanged);
    }
    let old = format!("{}{}", editable.shown, editable.tail);
    let new = format!("{text}{}", editable.tail);
    let changes = widened_changes(&old, &new, &editable.pieces);
    let mut sites = Vec::new();
    for change in &changes {
        change_sites(review, &editable, change, &new, &mut sites);
    }
    keep_shown(review, &editable, &mut sites);
    sites.sort_by_key(|site| site.place);
    let line = review.base().line_of(editable.span.start) + 1;
    let said = match changes.as_slice() {
        [only] => {
            let change = change_in_words(&old[only.old.clone()], &new[only.new.clone()]);
            format!("line {line}: yours, {change}")
        }
        changes => format!("line {line}: {} readings of yours", changes.len()),
    };
    let (verdict, offered, act) = (Verdict::Edit, None, None);
    let decided = Decided { verdict, scope, offered, act, sites };
    Ok(Decision { events: vec![Event::Decided(decided)], confirm: None, said, go: None })
}

/// Finds what changed, word by word, widened to whole readings and never empty on the old side
/// unless there is no text at all.
fn widened_changes<'a>(old: &'a str, new: &'a str, pieces: &[Piece]) -> Vec<Change> {
    let (head, tail) = alike(old, new);
    let (left, right) =
        (tokens(&old[head..old.len() - tail], head), tokens(&new[head..new.len() - tail], head));
    let texts = |whole: &'a str, tokens: &[usize]| -> Vec<&'a str> {
        tokens.windows(2).map(|pair| &whole[pair[0]..pair[1]]).collect()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &texts(old, &left), &texts(new, &right));
    let raw: Vec<Change> = ops
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| Change {
            old: left[op.old_range().start]..left[op.old_range().end],
            new: right[op.new_range().start]..right[op.new_range().end],
        })
        .collect();
    let readings = readings(pieces);
    let mut spans: Vec<Range<usize>> = Vec::new();
    for change in &raw {
        let wide = widen(change.old.clone(), &raw, &readings, &left);
        match spans.last_mut() {
            Some(last) if last.end >= wide.start => last.end = last.end.max(wide.end),
            _ => spans.push(wide),
        }
    }
    spans.into_iter().map(|old| Change { new: new_side(&old, &raw), old }).collect()
}

/// Returns what answers to a stretch of the shown text that no change touches from outside.
fn new_side(old: &Range<usize>, raw: &[Change]) -> Range<usize> {
    let before = raw.iter().rev().find(|change| change.old.end < old.start);
    let within = raw.iter().rev().find(|change| change.old.start <= old.end);
    let map = |at: usize, change: Option<&Change>| {
        change.map_or(at, |change| change.new.end + (at - change.old.end))
    };
    map(old.start, before)..map(old.end, within)
}

/// Counts the bytes at the start and at the end that both texts share and that need not be compared
/// word by word: a long line costs no more than what changed in it.
fn alike(old: &str, new: &str) -> (usize, usize) {
    let (left, right) = (old.as_bytes(), new.as_bytes());
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let most = left.len().min(right.len()) - head;
    let tail = left.iter().rev().zip(right.iter().rev()).take(most).take_while(|(a, b)| a == b);
    let tail = tail.count();
    let cut = |at: &usize| is_cut(&left[*at - 1], &left[*at]);
    // One word more stays on each side, for a change that needs a word beside it.
    let head = (1..head).rev().filter(cut).nth(1).unwrap_or(0);
    let start = left.len() - tail;
    let end = (start + 1..left.len()).filter(cut).nth(1).unwrap_or(left.len());
    (head, left.len() - end)
}

/// Says whether words always end between these two bytes: a blank and an ASCII letter or digit.
fn is_cut(before: &u8, after: &u8) -> bool {
    *before == b' ' && after.is_ascii_alphanumeric()
}

/// Returns the byte borders of the words and of what stands between them, moved on by `offset`.
fn tokens(text: &str, offset: usize) -> Vec<usize> {
    let mut borders: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    borders.push(text.len());
    let clusters: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    borders.retain(|at| *at == text.len() || clusters.binary_search(at).is_ok());
    borders.iter().map(|at| at + offset).collect()
}

/// Returns the stretches of the shown text that no change may cut: readings, not agreed text.
fn readings(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut readings = Vec::new();
    for piece in pieces {
        let range = at..at + piece.right.len();
        at = range.end;
        if piece.role != Role::Same {
            readings.push(range);
        }
    }
    readings
}

/// Widens a changed stretch to the other changes that it touches and the readings that it cuts.
fn widen(
    old: Range<usize>,
    raw: &[Change],
    readings: &[Range<usize>],
    tokens: &[usize],
) -> Range<usize> {
    let mut wide = if old.is_empty() { beside_a_word(old.start, readings, tokens) } else { old };
    loop {
        let before = wide.clone();
        let touched = |other: &&Range<usize>| other.start <= wide.end && wide.start <= other.end;
        let cut = |other: &&Range<usize>| other.start < wide.end && wide.start < other.end;
        let changes = raw.iter().map(|change| &change.old).filter(touched);
        let (start, end) = changes
            .chain(readings.iter().filter(cut))
            .fold((wide.start, wide.end), |(start, end), other| {
                (start.min(other.start), end.max(other.end))
            });
        wide = start..end;
        if wide == before {
            return wide;
        }
    }
}

/// Gives an insertion the reading it is in, the word before it, or the one after it: a stretch
/// that is not empty, so that the new text can stand over a span of the base.
fn beside_a_word(at: usize, readings: &[Range<usize>], tokens: &[usize]) -> Range<usize> {
    let inside = |range: &&Range<usize>| range.start < at && at < range.end;
    if let Some(reading) = readings.iter().find(inside) {
        return reading.clone();
    }
    let index = tokens.partition_point(|&border| border < at);
    let before = index.checked_sub(1).map(|i| tokens[i]..at);
    let after = tokens.get(index + 1).map(|&end| at..end);
    before.or(after).unwrap_or(at..at)
}

/// Makes the sites of one change: one over the span, and emptied insertions at its borders.
fn change_sites(
    review: &Review,
    editable: &Editable,
    change: &Change,
    new: &str,
    sites: &mut Vec<Site>,
) {
    let mut at = 0;
    let mut span: Option<Range<usize>> = None;
    let mut insertions = Vec::new();
    let mut head = String::new();
    for piece in &editable.pieces {
        let shown = at..at + piece.right.len();
        at = shown.end;
        let meets = shown.start < change.old.end && change.old.start < shown.end;
        let within = change.old.start < shown.start && shown.start < change.old.end;
        // Where nothing is shown, new text takes the place of the first reading that is left out
        // there: an insertion of its own would stand after all others at that offset.
        let instead =
            shown.is_empty() && shown == change.old && span.is_none() && insertions.is_empty();
        if !meets && !within && !instead {
            continue;
        }
        match piece.role {
            Role::Same => {
                let from = change.old.start.max(shown.start) - shown.start;
                let to = change.old.end.min(shown.end) - shown.start;
                join(&mut span, piece.base.start + from..piece.base.start + to);
            }
            _ if piece.base.is_empty() => insertions.push(place_of(review, piece)),
            _ => {
                let place = widened(review, Place::new(piece.base.clone(), 0));
                head.push_str(&earlier_text(review, place, editable.span.start));
                join(&mut span, place.span());
            }
        }
    }
    let mut reading = format!("{head}{}", &new[change.new.clone()]);
    let place = match span {
        Some(span) => Place::new(span, 0),
        None if insertions.is_empty() => own_insertion(review, editable.span.start),
        None => insertions.remove(0),
    };
    // An insertion strictly inside the span is covered by it; one at its border is not, and its
    // text now stands in the span's reading.
    for insertion in insertions.into_iter().filter(|other| !other.overlaps(place)) {
        sites.push(site(review, insertion, String::new()));
    }
    sites.push(site(review, place, std::mem::take(&mut reading)));
}

fn join(span: &mut Option<Range<usize>>, more: Range<usize>) {
    *span = Some(match span.take() {
        Some(span) => span.start.min(more.start)..span.end.max(more.end),
        None => more,
    });
}

/// Returns the text of a reading that starts before the edited row and reaches into it.
fn earlier_text(review: &Review, place: Place, from: usize) -> String {
    if place.start >= from {
        return String::new();
    }
    review.text_over(place)
}

fn place_of(review: &Review, piece: &Piece) -> Place {
    match piece.role {
        Role::Own(place) => place,
        Role::Fix(id, _) => review.place(id),
        Role::Same => Place::new(piece.base.clone(), 0),
    }
}

/// Names a new insertion at `at`, after those that the collation or the ledger have there.
fn own_insertion(review: &Review, at: usize) -> Place {
    let here = |place: &Place| place.is_empty() && place.start == at;
    let fixes = review.collation().fixes_touching(at..at).map(|id| review.place(id));
    let sites = review.ledger().standing_from(at..at).map(|site| site.place);
    let last = fixes.chain(sites).filter(here).map(|place| place.n).max();
    Place::new(at..at, last.map_or(0, |n| n + 1))
}

fn site(review: &Review, place: Place, reading: String) -> Site {
    let mut site = bare_site(review, place);
    let fix = review.fixes_over(place).find(|&id| review.place(id) == place);
    site.proposed = fix.map(|id| review.proposed(id).into());
    site.reading = Some(reading.into());
    site
}

/// Adds the open fixes that the edit left as shown.
fn keep_shown(review: &Review, editable: &Editable, sites: &mut Vec<Site>) {
    for piece in &editable.pieces {
        let Role::Fix(id, State::Open) = piece.role else { continue };
        let place = review.place(id);
        let bare = review.ledger().standing_over(place).next().is_none();
        let taken = sites.iter().any(|site| site.place.overlaps(place));
        if bare && !taken && place.start >= editable.span.start {
            sites.push(site(review, place, review.proposed(id).to_owned()));
        }
    }
}
