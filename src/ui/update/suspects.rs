//! From suspect to suspect.

use std::ops::Range;

use crate::collate::fix::RowId;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::suspects::Stop;
use crate::ui::wanted::Wanted;

/// What is said where suspects are wanted before they are known.
const STILL_LOOKING: &str = "still looking for suspects";

/// Says why what is wanted cannot be told yet, if it is about suspects.
pub(crate) fn known_for(model: &Model, wanted: &Wanted) -> Result<(), String> {
    if wanted.suspects.is_empty() || model.suspects.is_some() {
        return Ok(());
    }
    Err(STILL_LOOKING.to_owned())
}

/// To the next suspect, round the end.
pub(crate) fn next(model: &mut Model) -> Vec<Effect> {
    go(model, true);
    Vec::new()
}

/// To the suspect before, round the start.
pub(crate) fn previous(model: &mut Model) -> Vec<Effect> {
    go(model, false);
    Vec::new()
}

/// Goes on to the next suspect where a filter is about suspects, and says whether one is.
pub(crate) fn step(model: &mut Model, forward: bool) -> bool {
    let about = model.filter.as_ref().is_some_and(|filter| !filter.wanted.suspects.is_empty());
    if about {
        go(model, forward);
    }
    about
}

/// Highlights the first suspect of a row where a filter is about suspects.
pub(crate) fn enter(model: &mut Model, row: RowId) {
    if model.filter.as_ref().is_some_and(|filter| !filter.wanted.suspects.is_empty())
        && let Some(stop) = stops(model, row).into_iter().next()
    {
        model.cursor.narrow = narrowed(&stop);
    }
}

fn narrowed(stop: &Stop) -> Narrow {
    match stop.fix {
        Some(id) => Narrow::Fix(id),
        None => Narrow::Word(stop.at.clone()),
    }
}

/// Returns the suspects of a row: of a line that a filter leaves out none, nor those it does not
/// want.
fn stops(model: &Model, row: RowId) -> Vec<Stop> {
    let Some(suspects) = &model.suspects else { return Vec::new() };
    let Some(filter) = &model.filter else { return suspects.in_row(&model.review, row) };
    if !filter.has(row) {
        return Vec::new();
    }
    let mut stops = suspects.wanted_in_row(&model.review, row, &filter.wanted.suspects);
    stops.retain(|stop| stop.fix.is_none_or(|id| model.takes(id)));
    stops
}

fn go(model: &mut Model, forward: bool) {
    let Some(row) = model.cursor.row else { return };
    if model.suspects.is_none() {
        model.say(STILL_LOOKING);
        return;
    }
    let Some((at, stop, round)) = find(model, row, forward) else {
        match model.nothing_fits() {
            Some(nothing) if model.filter.is_some() => model.add(&nothing),
            _ => model.say("no suspect left: nothing odd was found in what both texts have"),
        }
        return;
    };
    model.cursor.row = Some(at);
    model.cursor.narrow = narrowed(&stop);
    let round = match (round, forward) {
        (false, _) => "",
        (true, true) => "on from the top: ",
        (true, false) => "on from the end: ",
    };
    model.add(&format!("{round}{}", stop.reason.words()));
}

/// Finds the nearest suspect in one direction, and whether the way went round an end.
fn find(model: &Model, row: RowId, forward: bool) -> Option<(RowId, Stop, bool)> {
    let here = match &model.cursor.narrow {
        Narrow::Word(span) => Some(span.start),
        Narrow::Fix(id) => Some(model.review.place(*id).start),
        _ => None,
    };
    let beyond = |stop: &Stop| match (here, forward) {
        (None, forward) => forward,
        (Some(here), true) => stop.at.start > here,
        (Some(here), false) => stop.at.start < here,
    };
    let pick = |mut stops: Vec<Stop>| if forward { stops.drain(..).next() } else { stops.pop() };
    let mut here = stops(model, row);
    here.retain(beyond);
    if let Some(stop) = pick(here) {
        return Some((row, stop, false));
    }
    let suspects = model.suspects.as_ref()?;
    let blocks = model.review.collation().plan().blocks.len() as u32;
    let in_block = |block: u32| suspects.rows(&model.review, block..block + 1).into_iter();
    let rows = |blocks: Range<u32>| blocks.flat_map(in_block);
    let found = |at: RowId, round: bool| Some((at, pick(stops(model, at))?, round));
    if forward {
        let onward = rows(row.block..blocks).filter(|&at| at > row);
        let around = rows(0..row.block + 1).filter(|&at| at <= row);
        let rows = onward.map(|at| (at, false)).chain(around.map(|at| (at, true)));
        return { rows }.find_map(|(at, round)| found(at, round));
    }
    let rows = |blocks: Range<u32>| blocks.rev().flat_map(|block| in_block(block).rev());
    let onward = rows(0..row.block + 1).filter(|&at| at < row);
    let around = rows(row.block..blocks).filter(|&at| at >= row);
    let rows = onward.map(|at| (at, false)).chain(around.map(|at| (at, true)));
    { rows }.find_map(|(at, round)| found(at, round))
}
