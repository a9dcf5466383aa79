//! An earlier reading brought back: a decision like any other, made by a new record.

use crate::review::command::{Decision, Refusal};
use crate::review::event::{Decided, Event, Place, Scope, Verdict};
use crate::review::site::{bare_site, change_in_words, proposed_over};
use crate::review::state::Review;

/// Lets `reading` stand at `place` again: as an acceptance where it is what is proposed, as a
/// rejection where it is the base's, else as an edit.
///
/// # Errors
/// A place that is none of the base; a reading that stands there already; a place that a standing
/// reading covers only together with others, which would be lost.
pub fn restore(review: &Review, place: Place, reading: &str) -> Result<Decision, Refusal> {
    let base = review.base().as_str().get(place.span());
    let base = base.ok_or(Refusal::NoSpan(place.start, place.end))?;
    let ledger = review.ledger();
    if ledger.standing_at(place).is_some_and(|site| site.reading == reading) {
        return Err(Refusal::Stands);
    }
    let beyond = |other: &Place| other.start < place.start || place.end < other.end;
    if let Some(wide) = ledger.standing_over(place).find(|site| beyond(&site.place)) {
        return Err(Refusal::ReachedOver(wide.seq));
    }
    let mut site = bare_site(review, place);
    let cut = review.fixes_over(place).map(|id| review.place(id)).any(|fix| beyond(&fix));
    site.proposed = if cut { None } else { proposed_over(review, place) };
    site.reading = Some(reading.into());
    let verdict = match () {
        () if site.proposed.as_deref() == Some(reading) => Verdict::Accept,
        () if base == reading => Verdict::Reject,
        () => Verdict::Edit,
    };
    let exact = review.fixes_over(place).any(|id| review.place(id) == place);
    let scope = if exact { Scope::Fix } else { Scope::Word };
    let line = review.base().line_of(place.start) + 1;
    let said = format!("line {line}: brought back {}", change_in_words(base, reading));
    let decided = Decided { verdict, scope, offered: None, act: None, sites: vec![site] };
    let events = vec![Event::Decided(decided)];
    Ok(Decision { events, confirm: None, said, go: Some(place.start) })
}
