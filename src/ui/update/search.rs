//! The search in both panes, and the way from hit to hit or from open place to open place.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::ui::layout::row::{Part, Side, parts};
use crate::ui::model::{Model, Narrow, Search};
use crate::ui::msg::Effect;
use crate::ui::update::moving;

/// Holds one hit: the row, the part of it, the side, the bytes within the part's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    row: RowId,
    /// The base byte at which it stands, or beside which.
    at: usize,
    fix: Option<FixId>,
    span: Range<usize>,
}

/// Starts a search and goes to its first hit from here on.
pub(crate) fn begin(model: &mut Model, wanted: String) -> Vec<Effect> {
    if wanted.is_empty() {
        model.search = None;
        return Vec::new();
    }
    model.search = Some(Search { wanted });
    step(model, Step { forward: true, here: true });
    Vec::new()
}

/// To the next hit while a search stands, else to the next open place.
pub(crate) fn next(model: &mut Model) -> Vec<Effect> {
    if model.search.is_some() {
        step(model, Step { forward: true, here: false });
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
    let found = model.review.next_open(after);
    if !model.go_to_open(found) {
        let first = model.review.next_open(None);
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
    let Some(row) = model.cursor.row else { return Vec::new() };
    let before = match model.cursor.narrow {
        Narrow::Fix(id) => id,
        _ => model.first_fix_from(row),
    };
    let found = model.review.previous_open(Some(before));
    if !model.go_to_open(found) {
        let last = model.review.previous_open(None);
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
    let (Some(search), Some(row)) = (model.search.clone(), model.cursor.row) else { return };
    let now = match &model.cursor.narrow {
        _ if step.here => None,
        Narrow::Fix(id) => {
            let start = model.review.place(*id).start;
            Some(start..start + 1)
        }
        Narrow::Word(span) => Some(span.clone()),
        _ => None,
    };
    let mut hits = hits_in(model, row, &search.wanted);
    let beyond = |hit: &Hit| match (&now, step.forward) {
        (None, forward) => forward && (step.here || !matches!(model.cursor.narrow, Narrow::Line)),
        (Some(now), true) => hit.at >= now.end,
        (Some(now), false) => hit.at < now.start,
    };
    hits.retain(beyond);
    let found = pick(hits, step.forward);
    if let Some(hit) = found.or_else(|| elsewhere(model, row, &search.wanted, step.forward)) {
        go(model, &hit);
        return;
    }
    let all = hits_in(model, row, &search.wanted);
    match pick(all, step.forward) {
        Some(hit) => go(model, &hit),
        None => {
            model.say("not found");
            model.search = None;
        }
    }
}

fn pick(hits: Vec<Hit>, forward: bool) -> Option<Hit> {
    if forward { hits.into_iter().next() } else { hits.into_iter().next_back() }
}

/// Finds the nearest hit in another row, round the ends.
fn elsewhere(model: &mut Model, row: RowId, wanted: &str, forward: bool) -> Option<Hit> {
    let collation = model.review.collation();
    let step = |at: &RowId| match forward {
        true => collation.next_row(*at),
        false => collation.previous_row(*at),
    };
    let end = if forward { collation.first_row() } else { collation.last_row() };
    let onward = std::iter::successors(step(&row), step).map(|at| (at, false));
    let around = std::iter::successors(end, step).take_while(|at| *at != row).map(|at| (at, true));
    let mut rows = onward.chain(around);
    let (hit, round) = rows.find_map(|(at, round)| {
        let hit = pick(hits_in(model, at, wanted), forward)?;
        Some((hit, round))
    })?;
    if round {
        model.say(if forward { "on from the top" } else { "on from the end" });
    }
    Some(hit)
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

/// Finds the hits of a row in the order of the text, at most one a word or fix.
fn hits_in(model: &Model, row: RowId, wanted: &str) -> Vec<Hit> {
    let base = model.review.collation().row(row).base;
    let equal = model.review.collation().plan().blocks[row.block as usize].equal;
    if equal
        && found_in(model.review.base().slice(base), wanted).is_empty()
        && model
            .review
            .ledger()
            .standing_from(model.review.collation().row(row).base)
            .next()
            .is_none()
    {
        return Vec::new();
    }
    let parts = parts(&model.review, row);
    let mut hits: Vec<Hit> = Vec::new();
    for side in [Side::Base, Side::Right] {
        for found in found_in_parts(&parts, side, wanted) {
            let Some(part) = parts.get(found.0) else { continue };
            let span = part.span.start + found.1.start..part.span.start + found.1.end;
            let span = span.start.min(part.span.end)..span.end.min(part.span.end);
            let fix = part.fix();
            let at = if fix.is_some() { part.span.start } else { span.start };
            hits.push(Hit { row, at, fix, span });
        }
    }
    hits.sort_by_key(|hit| hit.at);
    hits.dedup_by(|later, first| later.at == first.at);
    hits
}

/// Finds `wanted` in one side of a row: the part in which each hit starts and its bytes there.
fn found_in_parts(parts: &[Part], side: Side, wanted: &str) -> Vec<(usize, Range<usize>)> {
    let text: String = parts.iter().map(|part| part.text.of(side).as_str()).collect();
    let mut hits = Vec::new();
    let (mut index, mut start) = (0, 0);
    for found in found_in(&text, wanted) {
        while let Some(part) = parts.get(index)
            && start + part.text.of(side).len() <= found.start
        {
            start += part.text.of(side).len();
            index += 1;
        }
        hits.push((index, found.start - start..found.end - start));
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
        return text.match_indices(wanted).map(|(at, hit)| at..at + hit.len()).collect();
    }
    if text.is_ascii() {
        let folded = text.to_ascii_lowercase();
        return folded.match_indices(wanted).map(|(at, hit)| at..at + hit.len()).collect();
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
    folded.match_indices(wanted).map(|(at, hit)| back(at)..end(at + hit.len())).collect()
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
}
