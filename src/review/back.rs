//! Undo and redo: which act goes back, where it was, and whether Enter is asked for first.

use crate::review::command::{Decision, Refusal};
use crate::review::event::{Event, Extent, Mark, Place, Verdict};
use crate::review::ledger::{Act, Ledger, Remark};
use crate::review::site::{change_in_words, reading_in_words};
use crate::review::state::Review;

impl Ledger {
    /// Returns the act that an undo takes back: the live one that became live last. What came in
    /// under the number 0, which no decision of a log can have, is the ground and stays.
    #[must_use]
    pub fn undoable(&self) -> Option<&Act> {
        let &(since, index) = self.live.last()?;
        (since > 0).then(|| &self.acts[index as usize])
    }

    /// Returns the act that a redo revives: the one undone last, unless new work came after it.
    #[must_use]
    pub fn redoable(&self) -> Option<&Act> {
        let &(by, index) = self.undone.last()?;
        (Some(by) > self.last_work).then(|| &self.acts[index as usize])
    }
}

/// Takes back the live act that became live last.
///
/// # Errors
/// Where no act is in force: [`Refusal::NothingToUndo`].
pub fn undo(review: &Review) -> Result<Decision, Refusal> {
    let act = review.ledger().undoable().ok_or(Refusal::NothingToUndo)?;
    Ok(turn(review, act, Event::Undone(act.seq), ("take back", "took back")))
}

/// Revives the act that was undone last.
///
/// # Errors
/// Where nothing was undone since the last new work: [`Refusal::NothingToRedo`].
pub fn redo(review: &Review) -> Result<Decision, Refusal> {
    let act = review.ledger().redoable().ok_or(Refusal::NothingToRedo)?;
    Ok(turn(review, act, Event::Redone(act.seq), ("put back", "put back")))
}

fn turn(review: &Review, act: &Act, event: Event, verbs: (&str, &str)) -> Decision {
    let places = review.ledger().places(act);
    let name = in_words(review, act, &places);
    let lines = |place: &Place| review.base().line_of(place.start);
    let one_line = places.windows(2).all(|pair| lines(&pair[0]) == lines(&pair[1]));
    let earlier = act.seq < review.session();
    let confirm = (earlier || !one_line).then(|| {
        let when = if earlier { ", of an earlier session" } else { "" };
        format!("{} #{} {name}{when}?", verbs.0, act.seq)
    });
    let go = places.first().map(|place| place.start);
    Decision { events: vec![event], confirm, said: format!("{} #{} {name}", verbs.1, act.seq), go }
}

/// Names an act for people: `accept "has" → "had" in line 76`, `reject in 12 places`, `the
/// signature under page 2`.
fn in_words(review: &Review, act: &Act, places: &[Place]) -> String {
    let start = places.first().map_or(0, |place| place.start);
    let line = review.base().line_of(start) + 1;
    let what = match (act.verdict, act.remark) {
        (Some(verdict), _) => verdict.to_string(),
        (None, Some(Remark::Signature(Extent::Document))) => {
            return "the signature under the document".to_owned();
        }
        (None, Some(Remark::Signature(Extent::Page))) => {
            return format!("the signature under page {}", review.base().page_of(start));
        }
        (None, Some(Remark::Note(Mark::Note)) | None) => return format!("the note at line {line}"),
        (None, Some(Remark::Note(mark))) => return format!("the mark {mark} at line {line}"),
    };
    match places {
        [place] => format!("{what} {} in line {line}", change(review, act, *place)),
        places => format!("{what} in {} places from line {line} on", places.len()),
    }
}

/// Writes the change that an act of one place was about: the reading that it gave, or, where the
/// base's was to stand, what was proposed.
fn change(review: &Review, act: &Act, place: Place) -> String {
    let base = review.base().slice(place.span());
    let gave = matches!(act.verdict, Some(Verdict::Accept | Verdict::Edit));
    let given = review.ledger().first_reading(act);
    if gave && given == Some(base) {
        return reading_in_words(base);
    }
    let reading = given.filter(|&reading| reading != base);
    let fix = || review.fixes_over(place).find(|&id| review.place(id) == place);
    match reading.or_else(|| fix().map(|id| review.proposed(id))) {
        Some(reading) => change_in_words(base, reading),
        None => reading_in_words(base),
    }
}
