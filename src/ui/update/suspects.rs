//! From suspect to suspect.

use crate::collate::fix::RowId;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::suspects::Stop;

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

fn go(model: &mut Model, forward: bool) {
    let Some(row) = model.cursor.row else { return };
    if model.suspects.is_none() {
        model.say("still looking for suspects");
        return;
    }
    let Some((at, stop, round)) = find(model, row, forward) else {
        model.say("no suspect left: nothing odd was found in what both texts have");
        return;
    };
    model.cursor.row = Some(at);
    model.cursor.narrow = match stop.fix {
        Some(id) => Narrow::Fix(id),
        None => Narrow::Word(stop.at),
    };
    let round = match (round, forward) {
        (false, _) => "",
        (true, true) => "on from the top: ",
        (true, false) => "on from the end: ",
    };
    model.say(format!("{round}{}", stop.reason.words()));
}

/// Finds the nearest suspect in one direction, and whether the way went round an end.
fn find(model: &Model, row: RowId, forward: bool) -> Option<(RowId, Stop, bool)> {
    let suspects = model.suspects.as_ref()?;
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
    let mut stops = suspects.in_row(&model.review, row);
    stops.retain(beyond);
    if let Some(stop) = pick(stops) {
        return Some((row, stop, false));
    }
    let collation = model.review.collation();
    let step = |at: &RowId| match forward {
        true => collation.next_row(*at),
        false => collation.previous_row(*at),
    };
    let end = if forward { collation.first_row() } else { collation.last_row() };
    let onward = std::iter::successors(step(&row), step).map(|at| (at, false));
    let to_here = |at: &RowId| if forward { *at <= row } else { *at >= row };
    let around = std::iter::successors(end, step).take_while(to_here).map(|at| (at, true));
    onward.chain(around).find_map(|(at, round)| {
        let stop = pick(suspects.in_row(&model.review, at))?;
        Some((at, stop, round))
    })
}
