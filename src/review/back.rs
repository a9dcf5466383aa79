//! Undo and redo: which act goes back, where it was, and whether Enter is asked for first.

use crate::review::command::{Decision, Refusal};
use crate::review::event::{Event, Place};
use crate::review::ledger::Act;
use crate::review::site::change_in_words;
use crate::review::state::Review;

/// Takes back the live act that became live last.
///
/// # Errors
/// Where no act is in force: [`Refusal::NothingToUndo`].
pub fn undo(review: &Review) -> Result<Decision, Refusal> {
    let act = review.ledger().undoable().ok_or(Refusal::NothingToUndo)?;
    Ok(turn(review, act, Event::Undone(act.seq), "took back"))
}

/// Revives the act that was undone last.
///
/// # Errors
/// Where nothing was undone since the last new work: [`Refusal::NothingToRedo`].
pub fn redo(review: &Review) -> Result<Decision, Refusal> {
    let act = review.ledger().redoable().ok_or(Refusal::NothingToRedo)?;
    Ok(turn(review, act, Event::Redone(act.seq), "put back"))
}

fn turn(review: &Review, act: &Act, event: Event, verb: &str) -> Decision {
    let places = review.ledger().places(act);
    let name = in_words(review, act, &places);
    let lines = |place: &Place| review.base().line_of(place.start);
    let one_line = places.windows(2).all(|pair| lines(&pair[0]) == lines(&pair[1]));
    let earlier = act.seq < review.session();
    let confirm = (earlier || !one_line).then(|| {
        let when = if earlier { ", of an earlier session" } else { "" };
        format!("#{} {name}{when}: Enter does it", act.seq)
    });
    let go = places.first().map(|place| place.start);
    Decision { events: vec![event], confirm, said: format!("{verb} #{} {name}", act.seq), go }
}

/// Names an act for people: `accept "has" → "had" in line 76`, `reject in 12 places`.
fn in_words(review: &Review, act: &Act, places: &[Place]) -> String {
    let line = places.first().map_or(1, |place| review.base().line_of(place.start) + 1);
    let Some(verdict) = act.verdict else {
        return format!("the note or signature at line {line}");
    };
    match places {
        [place] => {
            format!("{verdict} {} in line {line}", change(review, act, *place))
        }
        places => format!("{verdict} in {} places from line {line} on", places.len()),
    }
}

/// Writes the change that an act of one place was about: as proposed, or as the reviewer typed.
fn change(review: &Review, act: &Act, place: Place) -> String {
    let base = review.base().slice(place.span());
    let fix = review.fixes_over(place).find(|&id| review.place(id) == place);
    match (review.ledger().standing_at(place), fix) {
        (Some(site), _) if site.seq == act.seq && site.reading != base => {
            change_in_words(base, site.reading)
        }
        (_, Some(id)) => change_in_words(base, review.proposed(id)),
        _ => change_in_words(base, base),
    }
}
