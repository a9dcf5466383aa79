//! The search in both panes, and the way from hit to hit or from open place to open place.

use crate::collate::fix::{FixId, RowId};
use crate::review::event::Event;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::searched::{Counted, Hit, Search};
use crate::ui::update::{bench, filter, hits, moving, suspects};
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
    let now = now(model);
    let Some(search) = &model.search else { return };
    if search.counted == Some(now) {
        return;
    }
    let hits = hits::find(&model.review, &search.wanted);
    if let Some(search) = &mut model.search {
        search.hits = hits;
        search.counted = Some(now);
    }
}

/// Takes what was just recorded, after which the text is another, into a search that stands.
pub(crate) fn follow(model: &mut Model, events: &[Event]) {
    let now = now(model);
    let Some(search) = &mut model.search else { return };
    let before = Counted { generation: now.generation - 1, ..now };
    if search.counted == Some(before)
        && hits::renew(&model.review, &search.wanted, &mut search.hits, events)
    {
        search.counted = Some(now);
    }
}

fn now(model: &Model) -> Counted {
    Counted { generation: model.generation, missing: model.review.collation().missing() }
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
