//! Verdicts on places of a list: the transcript's readings, and readings carried over.

use crate::review::command::{Decision, Offer, Offers, Refusal};
use crate::review::event::{Decided, Event, Scope, Site, Verdict};
use crate::review::site::{bare_site, change_in_words, push_site, reach};
use crate::review::state::Review;

/// Says in a record who offered a reading that is not the transcript's.
const ALIKE: &str = "alike";

/// Works out what a verdict on places of a list would record: one decision over all of them.
///
/// # Errors
/// No place, or none that can be decided alone, is a [`Refusal`].
pub(crate) fn decide_offers(review: &Review, wish: &Offers) -> Result<Decision, Refusal> {
    let mut places: Vec<&Offer> = wish.places.iter().collect();
    places.sort_unstable_by_key(|offer| offer.place);
    let mut sites: Vec<Site> = Vec::with_capacity(places.len());
    for offer in places {
        if let Some(site) = site_of(review, offer, wish.verdict) {
            push_site(&mut sites, site);
        }
    }
    let Some(first) = sites.first() else { return Err(Refusal::NothingOpen) };
    let verb = if wish.verdict == Verdict::Accept { "accepted" } else { "rejected" };
    let line = first.line.unwrap_or(1);
    let said = match (sites.len(), &first.proposed) {
        (1, Some(proposed)) => {
            format!("line {line}: {verb} {}", change_in_words(&first.base, proposed))
        }
        (count, _) => format!("{count} {verb} alike, from line {line} on"),
    };
    let decided = Decided {
        verdict: wish.verdict,
        scope: Scope::Alike,
        offered: Some(wish.offered),
        act: None,
        sites,
    };
    Ok(Decision { events: vec![Event::Decided(decided)], confirm: None, said, go: None })
}

/// Makes the site of one place; none where a reading reaches over its borders: that is decided
/// where it can be seen.
fn site_of(review: &Review, offer: &Offer, verdict: Verdict) -> Option<Site> {
    let (place, proposed) = reach(review, offer.place);
    if offer.reading.is_some() && place != offer.place {
        return None;
    }
    let mut site = bare_site(review, place);
    site.proposed = match &offer.reading {
        Some(reading) => Some(reading.into()),
        None => proposed,
    };
    site.from = offer.reading.is_some().then(|| ALIKE.into());
    site.reading = match verdict {
        Verdict::Accept => site.proposed.clone(),
        _ => Some(site.base.clone()),
    };
    Some(site)
}
